"""Each disagreement between auditors and rules explained: the rules that pull, the facts that are open, what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from thresholds.analysis.asking import ask_next
from thresholds.comparison.compared import TOGETHER, Called, ComparedCase, concluded_tier
from thresholds.facts.vocabulary import Fact
from thresholds.language.rules import Rule
from thresholds.reasons import Reason
from thresholds.scales import Tier

QUESTIONS = 5
"""How many open facts are named at most."""


class DiffersOn(StrEnum):
    """What a difference may be about. Which it was, only the people who judged can say."""

    FACTS = "facts"
    WEIGHING = "weighing"
    RULE = "rule"

    @property
    def words(self) -> str:
        """What it means, for a page."""
        return _MEANS[self]


_MEANS = {
    DiffersOn.FACTS: "facts: an answer to what is open would bring the rules to the auditors' tier",
    DiffersOn.WEIGHING: "weighing: without what is only suspected, or without rules that leave it to judgement, they agree",
    DiffersOn.RULE: "the rule: of these facts, whatever is open, the rules say otherwise",
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
    def judged(self) -> Tier:
        """The auditors' tier."""
        tier = self.case.tier(self.auditor)
        assert tier is not None
        return tier

    @property
    def suggested(self) -> Tier:
        """The rules' tier."""
        tier = self.case.suggestion.tier
        assert tier is not None
        return tier

    @property
    def steps(self) -> int:
        """By how many tiers the rules stand above the auditors; below zero: under."""
        return int(self.suggested) - int(self.judged)

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
        return tuple(reason for reason, tier in tiers if self.suggested < tier <= self.judged)

    @cached_property
    def open_facts(self) -> tuple[Fact, ...]:
        """The open facts whose answer could bring the rules to the auditors' tier, the best to ask first; at most a few."""
        asked = ask_next(self.case.suggestion).questions
        helping = (one.fact for one in asked if one.moves_tier and one.lowest <= self.judged <= one.highest)
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
        if self.judged in _weighed_otherwise(self.case):
            found.append(DiffersOn.WEIGHING)
        return tuple(found) or (DiffersOn.RULE,)


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """A rule that stands behind disagreements: the cases that it pulls up, and those in which no other does."""

    rule: Rule
    cases: tuple[str, ...]
    alone: tuple[str, ...]


def disagreements(cases: Iterable[ComparedCase], auditor: str | None = TOGETHER) -> tuple[Disagreement, ...]:
    """Every case in which each side gives one tier and the two differ; the farthest under-called first."""
    found = [Disagreement(case, auditor) for case in cases if case.called(auditor) in (Called.OVER, Called.UNDER)]
    return tuple(sorted(found, key=lambda one: one.steps))


def rules_behind(found: Sequence[Disagreement]) -> tuple[RuleAccount, ...]:
    """The rules that pull cases above the auditors' tier, those behind most cases first."""
    rules: dict[str, Rule] = {}
    pulled: dict[str, list[str]] = {}
    alone: dict[str, list[str]] = {}
    for one in found:
        for reason in one.pulling_up:
            rules[reason.rule.id] = reason.rule
            pulled.setdefault(reason.rule.id, []).append(one.id)
            if len(one.pulling_up) == 1:
                alone.setdefault(reason.rule.id, []).append(one.id)
    order = sorted(rules, key=lambda rule: (-len(pulled[rule]), rule))
    return tuple(RuleAccount(rules[rule], tuple(pulled[rule]), tuple(alone.get(rule, ()))) for rule in order)


def _weighed_otherwise(case: ComparedCase) -> Iterator[Tier]:
    """The tier on confirmed facts alone, and that without rules which leave it to judgement."""
    suggestion = case.suggestion
    if suggestion.confirmed_tier is not None:
        yield suggestion.confirmed_tier
    position = suggestion.rule_set.outcome_positions["tier"]
    yield Tier(suggestion.evaluation.without_discretion[position])
