"""Each disagreement between auditors and rules explained: the rules that pull, the facts that are open, what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from thresholds.analysis.asking import ask_next
from thresholds.comparison.compared import TOGETHER, Called, ComparedCase, Judged, concluded_tier
from thresholds.facts.vocabulary import Fact
from thresholds.language.rules import Rule
from thresholds.reasons import Reason
from thresholds.scales import Tier

QUESTIONS = 5
"""How many open facts are named at most."""


class DiffersOn(StrEnum):
    """What would bring the two together, and so what a difference may be about; only those who judged can say what it was."""

    FACTS = "facts"
    WEIGHING = "weighing"
    RULE = "rule"

    @property
    def words(self) -> str:
        """What it means, for a page."""
        return _MEANS[self]


_MEANS = {
    DiffersOn.FACTS: "facts: perhaps an answer to what is open, whose range holds the auditors' tier",
    DiffersOn.WEIGHING: "weighing: leaving out what is only suspected, or rules that leave it to judgement",
    DiffersOn.RULE: "the rule: nothing but another rule, whatever is open",
}


@dataclass(frozen=True)
class Disagreement:
    """A case in which the rules' tier is not the auditors'.

    `may_be_on` says what it may be about: facts, or weighing, or both; the rule itself only where it can be neither.
    """

    case: ComparedCase
    auditor: str | None

    @property
    def id(self) -> str:
        """The audit's key of the case."""
        return self.case.id

    @property
    def called(self) -> Called:
        """Which way the rules differ."""
        return self.case.called(self.auditor)

    @property
    def judged(self) -> Judged:
        """The auditors' lowest and highest tier: the same where they do not differ."""
        judged = self.case.judged(self.auditor)
        assert judged is not None
        return judged

    @property
    def suggested(self) -> Tier:
        """The rules' tier."""
        tier = self.case.suggestion.tier
        assert tier is not None
        return tier

    @property
    def steps(self) -> int:
        """By how many tiers the rules stand above all of the auditors; below nought: under all of them."""
        steps = self.case.steps(self.auditor)
        assert steps is not None
        return steps

    @cached_property
    def pulling_up(self) -> tuple[Reason, ...]:
        """The rules that bring the suggestion above the auditors' tier; none where it is below."""
        return self.case.pulling_up(self.auditor)

    @cached_property
    def would_raise(self) -> tuple[Reason, ...]:
        """The rules that would bring an under-called case up to the auditors' tier if what is open were so."""
        if self.called is not Called.UNDER:
            return ()
        tiers = ((reason, concluded_tier(reason.rule) or Tier.ONE) for reason in self.case.suggestion.open)
        return tuple(reason for reason, tier in tiers if self.suggested < tier <= self.judged.highest)

    @cached_property
    def open_facts(self) -> tuple[Fact, ...]:
        """The open facts whose answer could bring the rules to the auditors' tier, the best to ask first; at most a few."""
        asked = ask_next(self.case.suggestion).questions
        helping = (one.fact for one in asked if one.moves_tier and self._holds(one.lowest, one.highest))
        return tuple(fact for fact, _ in zip(helping, range(QUESTIONS), strict=False))

    @property
    def on_suspicion(self) -> tuple[Reason, ...]:
        """Those of the rules pulling up that would not count on confirmed facts alone."""
        return tuple(reason for reason in self.pulling_up if reason.suspected_only)

    @cached_property
    def may_be_on(self) -> tuple[DiffersOn, ...]:
        """What the difference may be about."""
        found = []
        if self.case.could_agree(self.auditor):
            found.append(DiffersOn.FACTS)
        if any(self._holds(tier, tier) for tier in _weighed_otherwise(self.case)):
            found.append(DiffersOn.WEIGHING)
        return tuple(found) or (DiffersOn.RULE,)

    def _holds(self, lowest: Tier, highest: Tier) -> bool:
        """Whether some tier of a range is one that the auditors gave, or lies between theirs."""
        return lowest <= self.judged.highest and self.judged.lowest <= highest


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """A rule that stands behind disagreements: the cases that it pulls up, or would raise, and those where no other does."""

    rule: Rule
    cases: tuple[str, ...]
    alone: tuple[str, ...]


def disagreements(cases: Iterable[ComparedCase], auditor: str | None = TOGETHER) -> tuple[Disagreement, ...]:
    """Every case in which the rules stand above or below all of the auditors; the farthest under-called first."""
    found = [Disagreement(case, auditor) for case in cases if case.called(auditor) in (Called.OVER, Called.UNDER)]
    return tuple(sorted(found, key=lambda one: one.steps))


def rules_behind(found: Iterable[Disagreement]) -> tuple[RuleAccount, ...]:
    """The rules that pull cases above the auditors' tiers, those behind most cases first."""
    return _accounts((one.id, one.pulling_up) for one in found)


def rules_wanting(found: Iterable[Disagreement]) -> tuple[RuleAccount, ...]:
    """The rules that would raise under-called cases if what is open were so, those of most cases first."""
    return _accounts((one.id, one.would_raise) for one in found)


def _accounts(behind: Iterable[tuple[str, tuple[Reason, ...]]]) -> tuple[RuleAccount, ...]:
    rules: dict[str, Rule] = {}
    cases: dict[str, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for id, reasons in behind:
        for reason in reasons:
            rules[reason.rule.id] = reason.rule
            cases.setdefault(reason.rule.id, []).append(id)
            if len(reasons) == 1:
                alone.setdefault(reason.rule.id, []).append(id)
    order = sorted(rules, key=lambda rule: (-len(cases[rule]), rule))
    return tuple(RuleAccount(rules[rule], tuple(cases[rule]), tuple(alone.get(rule, ()))) for rule in order)


def counted(found: Iterable[Disagreement]) -> Mapping[tuple[Called, DiffersOn], tuple[str, ...]]:
    """The ids of the cases by which way they differ and what would bring the two together; a case may stand in two."""
    ids: dict[tuple[Called, DiffersOn], list[str]] = {}
    for one in found:
        for about in one.may_be_on:
            ids.setdefault((one.called, about), []).append(one.id)
    return {key: tuple(of_key) for key, of_key in sorted(ids.items(), key=lambda item: _KINDS.index(item[0]))}


_KINDS = [(called, about) for called in (Called.UNDER, Called.OVER) for about in DiffersOn]


def _weighed_otherwise(case: ComparedCase) -> Iterator[Tier]:
    """The tier on confirmed facts alone, and that without rules which leave it to judgement."""
    suggestion = case.suggestion
    if suggestion.confirmed_tier is not None:
        yield suggestion.confirmed_tier
    position = suggestion.rule_set.outcome_positions["tier"]
    yield Tier(suggestion.evaluation.without_discretion[position])
