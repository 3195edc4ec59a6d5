"""How an outcome can come about, or stop standing: the rules read as families of smallest ways.

`Making` and `Breaking` mirror each other. To make a condition so, all parts of an "all" have to be made so, and one of an
"any"; to break it, one part of an "all" has to be broken, and all of an "any". What a step costs, and whether it may be taken,
is for the caller to say. Rules mean what `evaluation.reference` says, and tests hold these ways to it by trying every one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Set

from thresholds.analysis.steps import Step
from thresholds.analysis.ways import Algebra, Ways
from thresholds.facts.record import RAISED_BY
from thresholds.facts.vocabulary import FACTS, Kind
from thresholds.language.conditions import (
    All,
    AnyOf,
    AtLeastOf,
    Condition,
    Counted,
    Found,
    Includes,
    Reached,
    YoungerThan,
)
from thresholds.language.rules import RuleSet

OfStep = Callable[[Step], Ways]
"""The ways to take one step of one fact: `DONE`, `NO_WAY` or the step itself."""


class _Routes(ABC):
    """The rules as ways. `rules` are those that are looked at, by position; all where it is None."""

    def __init__(self, rule_set: RuleSet, algebra: Algebra, step: OfStep, rules: Set[int] | None = None) -> None:
        self._rule_set = rule_set
        self._algebra = algebra
        self._step = step
        self._rules = rules
        self._known: dict[tuple[str, int] | int, Ways] = {}

    def to(self, outcome: str, value: int) -> Ways:
        """The ways for a scale to reach this value (or to fall below it), or for a set to gain this member (or lose it)."""
        key = (outcome, value)
        if key not in self._known:
            concluding = self._rule_set.concluding[key]
            rules = concluding if self._rules is None else concluding & self._rules
            self._known[key] = self._some(self._rule(position) for position in sorted(rules))
        return self._known[key]

    def _rule(self, position: int) -> Ways:
        if position not in self._known:
            rule = self._rule_set.findings[position]
            self._known[position] = self._of_rule(rule.when, rule.unless)
        return self._known[position]

    def _condition(self, condition: Condition) -> Ways:
        match condition:
            case Found(fact, confirmed):
                return self._risk(fact, 2 if confirmed else 1)
            case Counted(fact, at_least):
                return self._step(Step(fact, at_least))
            case YoungerThan(months):
                return self._step(Step("age_months", months))
            case Reached(name, value) | Includes(name, value):
                return self.to(name, value)
            case All(parts):
                return self._every([self._condition(part) for part in parts])
            case AnyOf(parts):
                return self._some(self._condition(part) for part in parts)
            case AtLeastOf(number, parts):
                return self._so_many(number, [self._condition(part) for part in parts])
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")

    def _risk(self, fact: str, level: int) -> Ways:
        """A risk at this level: by its own answer, or by what is behind it where it is an opening question."""
        behind = (self._step(Step(risk, 1 if FACTS[risk].kind is Kind.COUNT else level)) for risk in RAISED_BY.get(fact, ()))
        return self._some((self._step(Step(fact, level)), *behind))

    def _exception(self, unless: Condition) -> Ways:
        """The ways for an exception not to hold (or to hold)."""
        match unless:
            case Found(protection):
                undone = (self._risk(risk, 1) for risk in FACTS[protection].contradicted_by)
                return self._some((self._step(Step(protection, 1)), *undone))
            case All(parts):
                return self._some(self._exception(part) for part in parts)
            case AnyOf(parts):
                return self._every([self._exception(part) for part in parts])
            case _:
                raise TypeError(f"an exception may not say {type(unless).__name__}")

    @abstractmethod
    def _of_rule(self, when: Condition, unless: Condition | None) -> Ways: ...

    @abstractmethod
    def _every(self, families: list[Ways]) -> Ways: ...

    @abstractmethod
    def _some(self, families: Iterable[Ways]) -> Ways: ...

    @abstractmethod
    def _so_many(self, number: int, families: list[Ways]) -> Ways: ...


class Making(_Routes):
    """How an outcome can come about. Its steps reach a level of harm, and undo what protects."""

    def _of_rule(self, when: Condition, unless: Condition | None) -> Ways:
        made = self._condition(when)
        return made if unless is None or not made else self._algebra.both(made, self._exception(unless))

    def _every(self, families: list[Ways]) -> Ways:
        return self._algebra.all_of(families)

    def _some(self, families: Iterable[Ways]) -> Ways:
        return self._algebra.either(families)

    def _so_many(self, number: int, families: list[Ways]) -> Ways:
        return self._algebra.at_least(number, families)


class Breaking(_Routes):
    """How an outcome can stop standing. Its steps leave a level of harm, and establish what protects."""

    def _of_rule(self, when: Condition, unless: Condition | None) -> Ways:
        broken = self._condition(when)
        return broken if unless is None else self._algebra.either((broken, self._exception(unless)))

    def _every(self, families: list[Ways]) -> Ways:
        return self._algebra.either(families)

    def _some(self, families: Iterable[Ways]) -> Ways:
        return self._algebra.all_of(families)

    def _so_many(self, number: int, families: list[Ways]) -> Ways:
        return self._algebra.at_least(len(families) - number + 1, families)
