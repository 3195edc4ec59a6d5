"""How agreement would change with other rules, on the same cases: one rule left out, or another rule set.

A sample that was used to choose a rule cannot show how good the choice is: `WARNING` is printed with every such figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from thresholds.agreement.changes import paired_change
from thresholds.agreement.intervals import Estimate
from thresholds.comparison.compared import TOGETHER, Called, ComparedCase, compared_cases
from thresholds.comparison.pairing import Pairing, rules_beside
from thresholds.evaluation.engines import Engine
from thresholds.language.rules import Rule, RuleSet
from thresholds.scales import Tier
from thresholds.views.page import Page
from thresholds.views.shown import Shown

WARNING = (
    "Do not choose rules by this. Rules that are fitted to these cases agree with them better than with any others, and "
    "agreement is no proof that either side is right. A rule is changed for what its source says, and tried on cases that "
    "nobody has looked at."
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that gets another tier: before, after, and the tier that was judged; each None where there is none."""

    id: str
    before: Tier | None
    after: Tier | None
    judged: Tier | None

    @property
    def gained(self) -> bool:
        """Whether the two sides agree only after the change."""
        return self.judged is not None and self.after == self.judged != self.before

    @property
    def lost(self) -> bool:
        """Whether the two sides agreed only before the change."""
        return self.judged is not None and self.before == self.judged != self.after


@dataclass(frozen=True)
class WhatIf(Shown):
    """The same cases by other rules. `rule` is the rule that was left out; None where it is another rule set."""

    before: tuple[ComparedCase, ...]
    after: tuple[ComparedCase, ...]
    auditor: str | None
    rule: Rule | None = None

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """The cases that get another tier, in the order of the audit."""
        return tuple(
            Moved(one.id, one.suggestion.tier, other.suggestion.tier, one.tier(self.auditor))
            for one, other in zip(self.before, self.after, strict=True)
            if one.suggestion.tier != other.suggestion.tier
        )

    @property
    def gain(self) -> int:
        """In how many more cases the two sides would agree; below nought: in how many fewer."""
        return sum(one.gained - one.lost for one in self.moved)

    @cached_property
    def pairings(self) -> tuple[Pairing, Pairing]:
        """The rules beside the auditors, before and after, with every figure."""
        return rules_beside(self.before, self.auditor), rules_beside(self.after, self.auditor)

    @cached_property
    def change(self) -> Estimate:
        """The change in the share of cases in which both give the same tier, among those with one tier on all sides."""
        counts = {(one, other): 0 for one in (True, False) for other in (True, False)}
        for one, other in zip(self.before, self.after, strict=True):
            both = one.called(self.auditor), other.called(self.auditor)
            if all(called in (Called.ALIKE, Called.OVER, Called.UNDER) for called in both):
                counts[both[0] is Called.ALIKE, both[1] is Called.ALIKE] += 1
        return paired_change(counts[True, True], counts[True, False], counts[False, True], counts[False, False])

    def page(self) -> Page:
        """The change as a page, with the warning."""
        from thresholds.views.what_if_page import what_if_page

        return what_if_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The change as JSON holds it."""
        from thresholds.views.comparison_json import what_if_as_json

        return what_if_as_json(self)


@dataclass(frozen=True)
class RulesLeftOut(Shown):
    """The same cases without each single rule that moves one, those that would gain most agreement first."""

    tried: tuple[WhatIf, ...]

    def page(self) -> Page:
        """All of them as a page, with the warning."""
        from thresholds.views.what_if_page import rules_left_out_page

        return rules_left_out_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """All of them as JSON holds it."""
        return {"format": "rules-left-out/1", "warning": WARNING, "tried": [one.to_dict() for one in self.tried]}


def what_if(before: Sequence[ComparedCase], rule_set: str | RuleSet, auditor: str | None = TOGETHER) -> WhatIf:
    """The same cases by another rule set. Raises `KeyError` for a name that is not shipped."""
    return WhatIf(tuple(before), compared_cases([case.audited for case in before], rule_set), auditor)


def leave_one_rule_out(before: Sequence[ComparedCase], auditor: str | None = TOGETHER) -> RulesLeftOut:
    """The same cases without each single rule that moves one of them.

    Only a rule that counts in a case can move its tier, so no others are tried; rules that give advice are left alone, since
    they give no tier.
    """
    if not before:
        return RulesLeftOut(())
    rule_set = before[0].suggestion.rule_set
    counting = {reason.rule.id: reason.rule for case in before for reason in case.suggestion.reasons}
    found = []
    for rule in counting.values():
        without = replace(rule_set, findings=tuple(one for one in rule_set.findings if one.id != rule.id))
        after = tuple(_again(case, rule, without) for case in before)
        tried = WhatIf(tuple(before), after, auditor, rule)
        if tried.moved:
            found.append(tried)
    return RulesLeftOut(tuple(sorted(found, key=lambda one: (-one.gain, one.rule.id if one.rule else ""))))


def _again(case: ComparedCase, rule: Rule, without: RuleSet) -> ComparedCase:
    if all(reason.rule.id != rule.id for reason in case.suggestion.reasons):
        return case
    # Each of these rule sets is asked of a few cases only: making the faster engine ready would take far longer than it saves.
    return compared_cases([case.audited], without, Engine.REFERENCE)[0]
