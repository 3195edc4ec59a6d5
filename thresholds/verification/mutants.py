"""Small faults made in a rule on purpose: what its examples ought to notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from thresholds.facts.record import GATES
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    Counted,
    Found,
    Not,
    Number,
    Reached,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import Conclusion, Rule, RuleSet, Scale
from thresholds.language.words import conclusions_in_words, in_one_line

_T = TypeVar("_T")

NEVER_SO = AnyOf(())
"""A condition that no case meets: a rule with it is as good as dropped."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule, what was done to it, and the rule as it is then."""

    rule: Rule
    done: str
    instead: Rule


def mutants(rule_set: RuleSet, rule: Rule) -> Iterator[Mutant]:
    """The rule with each small fault in turn: a part dropped, *all* for *any*, a number shifted, a suspicion no longer enough,
    a conclusion raised, lowered or dropped, the exception dropped, the whole rule dropped."""
    outcomes = {outcome.name: outcome for outcome in rule_set.outcomes}
    yield Mutant(rule, "the rule is dropped", replace(rule, when=NEVER_SO))
    for when in _changed(rule_set, rule.when):
        yield Mutant(rule, f"when: {in_one_line(when, outcomes)}", replace(rule, when=when))
    if rule.unless is not None:
        yield Mutant(rule, "the exception is dropped", replace(rule, unless=None))
        for unless in _changed(rule_set, rule.unless):
            yield Mutant(rule, f"unless: {in_one_line(unless, outcomes)}", replace(rule, unless=unless))
    for concludes in _concluding_otherwise(rule_set, rule):
        said = conclusions_in_words(concludes, outcomes) or "nothing"
        yield Mutant(rule, f"then: {said}", replace(rule, concludes=concludes))


def _changed(rule_set: RuleSet, condition: Condition) -> Iterator[Condition]:
    """The condition with one thing changed, somewhere in it."""
    match condition:
        case All(parts) | AnyOf(parts):
            other: type[All] | type[AnyOf] = AnyOf if isinstance(condition, All) else All
            if len(parts) > 1:
                yield other(parts)
                yield from (type(condition)(fewer) for fewer in _dropped(parts))
            yield from (type(condition)(changed) for changed in _one_changed(rule_set, parts))
        case AtLeastOf(number, parts):
            yield from (AtLeastOf(n, parts) for n in (number - 1, number + 1) if 1 <= n <= len(parts))
            yield from (AtLeastOf(number, fewer) for fewer in _dropped(parts))
            yield from (AtLeastOf(number, changed) for changed in _one_changed(rule_set, parts))
        case Not(part):
            yield part
            yield from (Not(changed) for changed in _changed(rule_set, part))
        case Found(fact, confirmed):
            about = FACTS[fact]
            if about.kind is Kind.ANSWER and about.polarity is Polarity.RISK and fact not in GATES:
                yield Found(fact, not confirmed)
        case Counted(fact, at_least):
            yield from (Counted(fact, n) for n in (at_least - 1, at_least + 1) if n >= 1)
        case YoungerThan(months):
            yield from (YoungerThan(n) for n in (months - 1, months + 1))
        case Reached(scale, value):
            yield from (Reached(scale, n) for n in _beside(rule_set, scale, value) if n >= 1)
        case Number(fact, comparison, number):
            yield from (Number(fact, comparison, n) for n in (number - 1, number + 1))
        case Stands(scale, reading, comparison, value):
            yield from (Stands(scale, reading, comparison, n) for n in _beside(rule_set, scale, value))
        case Answered(fact, answers) if len(answers) > 1:
            yield from (Answered(fact, tuple(fewer)) for fewer in _dropped(answers))


def _dropped(parts: tuple[_T, ...]) -> Iterator[tuple[_T, ...]]:
    for place in range(len(parts)):
        yield (*parts[:place], *parts[place + 1 :])


def _one_changed(rule_set: RuleSet, parts: tuple[Condition, ...]) -> Iterator[tuple[Condition, ...]]:
    for place, part in enumerate(parts):
        for changed in _changed(rule_set, part):
            yield (*parts[:place], changed, *parts[place + 1 :])


def _beside(rule_set: RuleSet, scale: str, value: int) -> Iterator[int]:
    declared = rule_set.scale(scale)
    return (n for n in (value - 1, value + 1) if declared is not None and 0 <= n < len(declared.values))


def _concluding_otherwise(rule_set: RuleSet, rule: Rule) -> Iterator[tuple[Conclusion, ...]]:
    for place, conclusion in enumerate(rule.concludes):
        others: list[tuple[Conclusion, ...]] = [()]
        if isinstance(rule_set.outcome(conclusion.outcome), Scale):
            values = _beside(rule_set, conclusion.outcome, conclusion.value)
            others = [(Conclusion(conclusion.outcome, n),) if n else () for n in values]
        for instead in others:
            yield (*rule.concludes[:place], *instead, *rule.concludes[place + 1 :])
