"""An audit and a rule set side by side as JSON, and as flat rows for a table; stable keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MEASURES
from thresholds.agreement.ranges import Allowed
from thresholds.agreement.ratings import TIERS, Undefined
from thresholds.comparison.pairing import Pairing
from thresholds.comparison.subgroups import COUNTS, Subgroups
from thresholds.scales import Tier

if TYPE_CHECKING:
    from thresholds.comparison.compared import ComparedCase
    from thresholds.comparison.comparing import AuditChange, Comparison
    from thresholds.comparison.disagreements import Disagreement
    from thresholds.comparison.what_if import WhatIf
    from thresholds.language.rules import RuleSet

FORMAT, CHANGE_FORMAT = "comparison/1", "audit-change/1"

Json = dict[str, Any]


def comparison_as_json(comparison: Comparison) -> Json:
    """A comparison as JSON holds it."""
    return {
        "format": FORMAT,
        "audit": comparison.audit.name,
        "label": comparison.label,
        "notes": list(comparison.audit.notes),
        "rule_set": _rule_set(comparison.rule_set),
        "cases": case_records(comparison),
        "together": _pairing(comparison.together),
        "each_auditor": [_pairing(one) for one in comparison.each],
        "ceiling": {
            "auditors": list(comparison.ceiling.auditors),
            "pairs": [_pairing(one) for one in comparison.ceiling.pairs],
            "together": _estimates(comparison.ceiling.together),
        },
        "subgroups": [_subgroups(one) for one in comparison.subgroups],
        "held_below": [{"id": case.id, "why": why.name.lower()} for case, why in comparison.held_below],
        "disagreements": [_disagreement(one) for one in comparison.disagreements],
        "rules_behind": [
            {"rule": one.rule.id, "cases": list(one.cases), "alone": list(one.alone)} for one in comparison.rules_behind
        ],
        "cannot_show": list(comparison.cannot_show),
    }


def case_records(comparison: Comparison) -> list[Json]:
    """A flat mapping for each case: what was judged and what was suggested, in words as they are written."""
    return [_case(case) for case in comparison.cases]


def _case(case: ComparedCase) -> Json:
    judged, suggestion = case.judged(), case.suggestion
    held_below = case.held_below()
    return {
        "id": case.id,
        "process": case.audited.process,
        "stage": None if suggestion.stage is None else suggestion.stage.word,
        "multi_agency": case.audited.multi_agency,
        "held": None if case.audited.held is None else case.audited.held.value,
        "judged_lowest": None if judged is None else judged.lowest.word,
        "judged_highest": None if judged is None else judged.highest.word,
        "status": suggestion.status.value,
        "suggested": _word(suggestion.tier),
        "lowest": _word(suggestion.range.lowest),
        "highest": _word(suggestion.range.highest),
        "confirmed": _word(suggestion.confirmed_tier),
        "settled": case.is_settled,
        "called": case.called().name.lower(),
        "steps": case.steps(),
        "held_below": None if held_below is None else held_below.name.lower(),
        "deciding_rules": [reason.rule.id for reason in suggestion.reasons if reason.decisive],
        "invented": case.audited.invented,
    }


def _word(tier: Tier | None) -> str | None:
    return None if tier is None else tier.word


def _rule_set(rule_set: RuleSet) -> Json:
    return {"id": rule_set.id, "version": rule_set.version, "digest": rule_set.digest, "status": rule_set.status}


def _pairing(pairing: Pairing) -> Json:
    found = pairing.direction
    return {
        "reference": pairing.reference,
        "given": pairing.given,
        "cases": len(pairing.cases),
        "compared": pairing.compared,
        "not_compared": {why: list(ids) for why, ids in pairing.not_compared.items()},
        "tiers": [tier.word for tier in TIERS],
        "table": [list(row) for row in pairing.table],
        "agreement": _estimates(pairing.estimates),
        "settled": _estimates(pairing.settled),
        "unsettled": _estimates(pairing.unsettled),
        "allowed": {name: _allowed(one) for name, one in pairing.allowed.items()},
        "direction": {
            "same": found.same.to_dict(),
            "over": found.over.to_dict(),
            "under": found.under.to_dict(),
            "under_by_two": found.under_by_two.to_dict(),
        },
        "under_by_two": [case.id for case in pairing.under_by_two()],
    }


def _estimates(figures: Mapping[str, Estimate]) -> Json:
    return {measure.name: figures[measure.name].to_dict() for measure in MEASURES if measure.name in figures}


def _allowed(one: Allowed) -> Json:
    undefined = one.lowest.reason if isinstance(one.lowest, Undefined) else None
    return {
        "lowest": None if isinstance(one.lowest, Undefined) else one.lowest,
        "highest": None if isinstance(one.highest, Undefined) else one.highest,
        "undefined": undefined,
        "open_cases": one.open_cases,
        "exact": one.exact,
        "caution": one.caution,
    }


def _subgroups(found: Subgroups) -> Json:
    return {
        "column": found.column,
        "fewest_shown": found.fewest_shown,
        "parts": [
            {
                "name": part.name,
                **dict(zip((name.replace(" ", "_").replace("-", "_") for name in COUNTS), counts, strict=True)),
                "all": total,
                "agreement": None if part.agreement is None else part.agreement.to_dict(),
            }
            for part, counts, total in zip(found.parts, found.counts.counts, found.counts.row_totals, strict=True)
        ],
    }


def _disagreement(one: Disagreement) -> Json:
    return {
        "id": one.id,
        "judged": one.judged.word,
        "suggested": one.suggested.word,
        "steps": one.steps,
        "may_be_on": [about.value for about in one.may_be_on],
        "pulling_up": [reason.rule.id for reason in one.pulling_up],
        "on_suspicion": [reason.rule.id for reason in one.on_suspicion],
        "would_raise": [reason.rule.id for reason in one.would_raise],
        "open_facts": [fact.name for fact in one.open_facts],
    }


def what_if_as_json(tried: WhatIf) -> Json:
    """What other rules would do, as JSON holds it."""
    return {
        "without_rule": None if tried.rule is None else tried.rule.id,
        "rule_set": None if tried.rule is not None or not tried.after else _rule_set(tried.after[0].suggestion.rule_set),
        "moved": [
            {"id": one.id, "before": _word(one.before), "after": _word(one.after), "judged": _word(one.judged)}
            for one in tried.moved
        ],
        "change": tried.change.to_dict(),
    }


def change_as_json(found: AuditChange) -> Json:
    """What changed from one audit to the next, as JSON holds it."""
    return {
        "format": CHANGE_FORMAT,
        "label": found.label,
        "rule_set": _rule_set(found.after.rule_set),
        "before": {"audit": found.before.audit.name, "agreement": _estimates(found.before.together.estimates)},
        "after": {"audit": found.after.audit.name, "agreement": _estimates(found.after.together.estimates)},
        "change": _estimates(found.changes),
    }
