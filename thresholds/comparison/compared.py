"""Each case of an audit with what the rules suggest of it: where the two agree, which way they differ, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from thresholds.comparison.audited import AuditedCase
from thresholds.comparison.judgements import Judgement, Question, Reply
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.reasons import Reason
from thresholds.scales import Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest


class Direction(StrEnum):
    """Which way the rules differ from an auditor."""

    AGREES = "agrees"
    OVER_CALLED = "over-called"
    UNDER_CALLED = "under-called"
    NO_TIER_SUGGESTED = "no tier suggested"
    NO_TIER_JUDGED = "no tier judged"


class HeldBelow(StrEnum):
    """Why a case was held below the tier that was warranted: the two hypotheses on page 1 of the audit of 2011."""

    NOT_IDENTIFIED = "the risk was not identified"
    NOT_REFERRED = "the risk was known, and the case was not referred"


@dataclass(frozen=True)
class ComparedCase:
    """One case of an audit, and what the rules suggest of its facts."""

    audited: AuditedCase
    suggestion: Suggestion

    @property
    def id(self) -> str:
        """The audit's key of the case."""
        return self.audited.id

    @property
    def is_settled(self) -> bool:
        """Whether nothing that is not known could change the suggested tier."""
        lowest, highest = self.suggestion.range
        return self.suggestion.tier is not None and lowest == highest

    def judged(self, auditor: str) -> Tier | None:
        """The tier that this auditor judged to be warranted; None where none was given."""
        judgement = self.audited.by(auditor)
        return judgement.tier if judgement else None

    def direction(self, auditor: str) -> Direction:
        """Which way the rules differ from this auditor."""
        judged, suggested = self.judged(auditor), self.suggestion.tier
        if judged is None:
            return Direction.NO_TIER_JUDGED
        if suggested is None:
            return Direction.NO_TIER_SUGGESTED
        if suggested == judged:
            return Direction.AGREES
        return Direction.OVER_CALLED if suggested > judged else Direction.UNDER_CALLED

    def steps(self, auditor: str) -> int | None:
        """By how many tiers the rules stand above this auditor (below zero: under); None where one of them gave none."""
        judged, suggested = self.judged(auditor), self.suggestion.tier
        return None if judged is None or suggested is None else int(suggested) - int(judged)

    def could_agree(self, auditor: str) -> bool | None:
        """Whether some answer to what is not known would bring the rules to this auditor's tier; None where there is none."""
        judged = self.judged(auditor)
        lowest, highest = self.suggestion.range
        if judged is None or lowest is None or highest is None:
            return None
        return lowest <= judged <= highest

    def must_agree(self, auditor: str) -> bool | None:
        """Whether the rules come to this auditor's tier whatever is not known turns out to be; None where there is none."""
        could = self.could_agree(auditor)
        return None if could is None else could and self.suggestion.range.lowest == self.suggestion.range.highest

    def held_below(self, auditor: str) -> HeldBelow | None:
        """Why the case was held below the tier that this auditor, or the record, supports; None where it was not.

        What the rules find in the record was there to be seen: it was known, and not referred. What only the auditor saw is
        not in the record, or was judged not to have been identified.
        """
        held, judged, suggested = self.audited.held, self.judged(auditor), self.suggestion.tier
        if held is None:
            return None
        is_below = judged is not None and judged > held.highest
        judgement = self.audited.by(auditor)
        if is_below and judgement is not None and _missed(judgement):
            return HeldBelow.NOT_IDENTIFIED
        if suggested is not None and suggested > held.highest and (judged is None or is_below):
            return HeldBelow.NOT_REFERRED
        return HeldBelow.NOT_IDENTIFIED if is_below else None

    def pulling_up(self, auditor: str) -> tuple[Reason, ...]:
        """The rules that bring the suggestion above this auditor's tier; none where it does not stand above."""
        judged = self.judged(auditor)
        if judged is None or self.direction(auditor) is not Direction.OVER_CALLED:
            return ()
        return tuple(reason for reason in self.suggestion.reasons if (_tier_of(reason) or Tier.ONE) > judged)


def _missed(judgement: Judgement) -> bool:
    return judgement.reply(Question.RISKS) in (Reply.NO, Reply.PARTLY)


def _tier_of(reason: Reason) -> Tier | None:
    return max(
        (Tier(conclusion.value) for conclusion in reason.rule.concludes if conclusion.outcome == "tier"),
        default=None,
    )


def compared_cases(cases: Iterable[AuditedCase], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[ComparedCase, ...]:
    """Each case with what the rules suggest of it. Raises `KeyError` as `suggest` does."""
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    return tuple(ComparedCase(audited, suggest(audited.case, loaded)) for audited in cases)


def auditors(cases: Iterable[AuditedCase]) -> tuple[str, ...]:
    """Everybody who judged a case of the audit, in the order in which they first appear."""
    return tuple(dict.fromkeys(judgement.auditor for case in cases for judgement in case.judgements))
