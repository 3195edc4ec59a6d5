"""Which mutants the examples of a rule set notice, and which no possible case could tell from the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from thresholds.evaluation.findings import Outcomes
from thresholds.evaluation.reference import advice_holds, complete, find, holds
from thresholds.facts.case import Case
from thresholds.facts.record import Record
from thresholds.language.conditions import Condition
from thresholds.language.rules import Collection, Example, ExampleKind, Rule, RuleSet
from thresholds.loading.checking import example_outcomes, example_record, wrong_with_example
from thresholds.scales import Reading
from thresholds.verification.meaning import SymbolicAdvice, SymbolicFindings, different, without_discretion
from thresholds.verification.mutants import Mutant, mutants
from thresholds.verification.solver import z3
from thresholds.verification.symbols import NEVER, Formula, any_of, case_of
from thresholds.verification.worlds import View, World


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutant and what became of it."""

    mutant: Mutant
    fate: Fate


def judge_mutants(rule_set: RuleSet) -> Iterator[Judged]:
    """Every mutant of every rule, and what became of it."""
    examples = _Examples(rule_set)
    equivalent = Equivalence(rule_set)
    for rule in (*rule_set.findings, *rule_set.current_advice):
        for mutant in mutants(rule_set, rule):
            yield Judged(mutant, Fate.KILLED if examples.notice(mutant) else equivalent.fate(mutant))


# By the examples.


@dataclass(frozen=True)
class _Read:
    """One example, and what its rule set makes of it: once, for all mutants."""

    rule_set: RuleSet
    rule: Rule
    example: Example

    @cached_property
    def _record(self) -> Record:
        return example_record(self.example)

    @cached_property
    def _values(self) -> Mapping[str, int]:
        return complete(self._record, Reading.SUGGESTED)

    @cached_property
    def _outcomes(self) -> Mapping[Reading, Outcomes]:
        return example_outcomes(self.rule_set, self.example)

    @cached_property
    def _standing(self) -> dict[str, int | set[int]]:
        return standing(self.rule_set, find(self.rule_set, self._record, Reading.SUGGESTED, self.example.given).outcomes)

    def shows(self, rule: Rule) -> ExampleKind:
        """What a rule does here. (What it reads of outcomes is complete before it is looked at.)"""
        if not self._holds(rule, rule.when):
            return ExampleKind.DOES_NOT
        excepted = rule.unless is not None and self._holds(rule, rule.unless)
        return ExampleKind.EXCEPTED if excepted else ExampleKind.COUNTS

    def _holds(self, rule: Rule, condition: Condition) -> bool:
        if rule.advises:
            return advice_holds(self.rule_set, condition, self._record, self._outcomes)
        return holds(condition, self._values, self._standing)


def standing(rule_set: RuleSet, outcomes: Outcomes) -> dict[str, int | set[int]]:
    """Outcomes as conditions read them: of a set, its members."""
    return {
        outcome.name: {bit for bit in range(len(outcome.members)) if value >> bit & 1}
        if isinstance(outcome, Collection)
        else value
        for outcome, value in zip(rule_set.outcomes, outcomes, strict=True)
    }


class _Examples:
    """The examples of a rule set and of what it extends, each read by the rule set that declares its rule."""

    def __init__(self, rule_set: RuleSet) -> None:
        declaring = {one.id: one for one in lineage(rule_set)}
        self._all = [
            _Read(declaring[rule.rule_set], rule, example) for rule in rule_set.rules.values() for example in rule.examples
        ]
        self._own: dict[str, list[_Read]] = {}
        for read in self._all:
            self._own.setdefault(read.rule.id, []).append(read)

    def notice(self, mutant: Mutant) -> bool:
        """Whether some example no longer comes out as it says."""
        own = self._own.get(mutant.rule.id, [])
        if any(read.shows(mutant.instead) is not read.example.kind for read in own):
            return True
        if mutant.rule.advises:
            return False  # nothing reads advice, so no other example can notice
        concludes_otherwise = mutant.instead.concludes != mutant.rule.concludes
        mutated: dict[str, RuleSet] = {}
        for read in (*own, *self._all):
            if mutant.rule.id not in read.rule_set.rules:
                continue
            shown = read.shows(mutant.rule)
            may_differ = shown is ExampleKind.COUNTS if concludes_otherwise else shown is not read.shows(mutant.instead)
            if may_differ and self._is_wrong(read, mutant, mutated):
                return True
        return False

    def _is_wrong(self, read: _Read, mutant: Mutant, mutated: dict[str, RuleSet]) -> bool:
        if read.rule_set.id not in mutated:
            mutated[read.rule_set.id] = with_rule(read.rule_set, mutant.rule, mutant.instead)
        rule = mutant.instead if read.rule.id == mutant.rule.id else read.rule
        return any(True for _ in wrong_with_example(mutated[read.rule_set.id], rule, read.example))


def lineage(rule_set: RuleSet) -> Iterator[RuleSet]:
    """A rule set, and all that it extends."""
    yield rule_set
    if rule_set.extends is not None:
        yield from lineage(rule_set.extends)


def with_rule(rule_set: RuleSet, rule: Rule, instead: Rule) -> RuleSet:
    """The rule set with another rule in the place of one that finds."""
    return replace(rule_set, findings=tuple(instead if one.id == rule.id else one for one in rule_set.findings))


# By the solver.


class Equivalence:
    """Says whether some possible case tells a mutant from its rule."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._positions = {rule.id: position for position, rule in enumerate(rule_set.findings)}
        self._world = World()
        self._solver = self._world.solver()
        self._findings = {reading: self._world.findings(View(0, reading, rule_set)) for reading in Reading}
        self._advice = SymbolicAdvice(rule_set, self._world.record, self._findings)

    def fate(self, mutant: Mutant) -> Fate:
        """Equivalent, or survived, of a mutant that no example noticed."""
        answer = self._solver.check(self._differ(mutant))
        if answer == z3.unknown:
            return Fate.NOT_DECIDED
        return Fate.SURVIVED if answer == z3.sat else Fate.EQUIVALENT

    def telling(self, mutant: Mutant) -> Case:
        """A small possible case that tells a survivor from its rule."""
        answers = self._world.shown(self._solver, self._differ(mutant)).answers[0]
        assert answers is not None
        return case_of(answers)

    def _differ(self, mutant: Mutant) -> Formula:
        if mutant.instead.concludes != mutant.rule.concludes:
            position, suggested = self._positions[mutant.rule.id], self._findings[Reading.SUGGESTED]
            other = SymbolicFindings(self._rule_set, self._world.record, Reading.SUGGESTED, instead={position: mutant.instead})
            mutated = with_rule(self._rule_set, mutant.rule, mutant.instead)
            plain, plain_other = (without_discretion(one, self._world.record) for one in (self._rule_set, mutated))
            return z3.Or(different(suggested, other), different(plain, plain_other))
        one, other_shown = self._shows(mutant.rule), self._shows(mutant.instead)
        return any_of(part != other_part for part, other_part in zip(one, other_shown, strict=True))

    def _shows(self, rule: Rule) -> tuple[Formula, Formula]:
        holds_in = self._advice.holds if rule.advises else self._findings[Reading.SUGGESTED].holds
        return holds_in(rule.when), NEVER if rule.unless is None else z3.And(holds_in(rule.when), holds_in(rule.unless))
