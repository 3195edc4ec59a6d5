"""Each case of an audit with what the rules suggest of it: where the two agree, which way they differ, and what differs.

Everything is asked of one auditor by their key, or, with no key, of the auditors together: the group that agreed by
discussion where there is one, or else everybody. Where these gave different tiers there is a range and no tier, for nobody
is outvoted here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from thresholds.audits.audited import AuditedCase
from thresholds.audits.judgements import Judgement, Question, Reply
from thresholds.evaluation.engines import DEFAULT_ENGINE
from thresholds.language.rules import Rule, RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.reasons import Reason
from thresholds.scales import Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest

TOGETHER = None
"""In the place of an auditor's key: the auditors together."""


class Called(StrEnum):
    """How the rules' tier stands to the auditors'."""

    ALIKE = "the same tier"
    OVER = "over-called"
    UNDER = "under-called"
    AUDITORS_DIFFER = "the auditors differ"
    NO_TIER_SUGGESTED = "no tier suggested"
    NO_TIER_JUDGED = "no tier judged"


class HeldBelow(StrEnum):
    """Why a case was held below the tier that was warranted: the two hypotheses on page 1 of the audit of 2011."""

    NOT_IDENTIFIED = "the risk was not identified"
    NOT_REFERRED = "the risk was known, and the case was not referred"


class Judged(NamedTuple):
    """The lowest and the highest tier that was judged to be warranted: the same where nobody differs."""

    lowest: Tier
    highest: Tier


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

    def judged(self, auditor: str | None = TOGETHER) -> Judged | None:
        """The tiers that were judged to be warranted; None where none was given."""
        tiers = [one.tier for one in self._judgements(auditor) if one.tier is not None]
        return Judged(min(tiers), max(tiers)) if tiers else None

    def tier(self, auditor: str | None = TOGETHER) -> Tier | None:
        """The tier that was judged to be warranted; None where none was given, or the auditors differ."""
        judged = self.judged(auditor)
        return judged.lowest if judged and judged.lowest is judged.highest else None

    def called(self, auditor: str | None = TOGETHER) -> Called:
        """How the rules' tier stands to the auditors'."""
        judged, tier, suggested = self.judged(auditor), self.tier(auditor), self.suggestion.tier
        if judged is None:
            return Called.NO_TIER_JUDGED
        if suggested is None:
            return Called.NO_TIER_SUGGESTED
        if tier is None:
            return Called.AUDITORS_DIFFER
        if suggested == tier:
            return Called.ALIKE
        return Called.OVER if suggested > tier else Called.UNDER

    def steps(self, auditor: str | None = TOGETHER) -> int | None:
        """By how many tiers the rules stand above the auditors (below zero: under); None where one of them gave none."""
        tier, suggested = self.tier(auditor), self.suggestion.tier
        return None if tier is None or suggested is None else int(suggested) - int(tier)

    def could_agree(self, auditor: str | None = TOGETHER) -> bool | None:
        """Whether some answer to what is not known brings the rules to a tier that was judged; None where there is none."""
        judged = self.judged(auditor)
        lowest, highest = self.suggestion.range
        if judged is None or lowest is None or highest is None:
            return None
        return lowest <= judged.highest and judged.lowest <= highest

    def must_agree(self, auditor: str | None = TOGETHER) -> bool | None:
        """Whether the rules come to the auditors' tier whatever is not known turns out to be; None where there is none."""
        judged = self.judged(auditor)
        lowest, highest = self.suggestion.range
        if judged is None or lowest is None or highest is None:
            return None
        return lowest == highest == judged.lowest == judged.highest

    def held_below(self, auditor: str | None = TOGETHER) -> HeldBelow | None:
        """Why the case was held below the tier that the auditors, or the record, support; None where it was not.

        What the rules find in the record was there to be seen: it was known, and not referred. What only the auditors saw is
        not in the record, or was judged not to have been identified. Where auditors differ, the lowest of their tiers counts.
        """
        held, judged, suggested = self.audited.held, self.judged(auditor), self.suggestion.tier
        if held is None:
            return None
        is_below = judged is not None and judged.lowest > held.highest
        if is_below and any(_missed(judgement) for judgement in self._judgements(auditor)):
            return HeldBelow.NOT_IDENTIFIED
        if suggested is not None and suggested > held.highest and (judged is None or is_below):
            return HeldBelow.NOT_REFERRED
        return HeldBelow.NOT_IDENTIFIED if is_below else None

    def pulling_up(self, auditor: str | None = TOGETHER) -> tuple[Reason, ...]:
        """The rules that bring the suggestion above the auditors' tier; none where it does not stand above."""
        tier = self.tier(auditor)
        if tier is None or self.called(auditor) is not Called.OVER:
            return ()
        return tuple(reason for reason in self.suggestion.reasons if (concluded_tier(reason.rule) or Tier.ONE) > tier)

    def _judgements(self, auditor: str | None) -> tuple[Judgement, ...]:
        if auditor is TOGETHER:
            return self.audited.leading
        judgement = self.audited.by(auditor)
        return (judgement,) if judgement else ()


def _missed(judgement: Judgement) -> bool:
    return judgement.reply(Question.RISKS) in (Reply.NO, Reply.PARTLY)


def concluded_tier(rule: Rule) -> Tier | None:
    """The tier that a rule concludes; None where it concludes something else only."""
    return max((Tier(one.value) for one in rule.concludes if one.outcome == "tier"), default=None)


def compared_cases(
    cases: Iterable[AuditedCase], rule_set: str | RuleSet = DEFAULT_RULE_SET, engine: str = DEFAULT_ENGINE
) -> tuple[ComparedCase, ...]:
    """Each case with what the rules suggest of it; `engine` never changes that. Raises `KeyError` as `suggest` does."""
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    return tuple(ComparedCase(audited, suggest(audited.case, loaded, engine)) for audited in cases)
