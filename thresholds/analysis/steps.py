"""Steps: one fact found to be worse than it is, or better, just as far as some rule asks.

Worse is more harm: a risk more certain or counted higher, a protection that is not there, a younger child. Every step is a few
bits, those of the lesser steps of the same fact among them, so that a greater step holds the lesser ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from thresholds.analysis.ways import Algebra, Way
from thresholds.facts.record import RAISED_BY
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.language.conditions import Counted, Found, YoungerThan, leaves
from thresholds.language.rules import RuleSet


class Step(NamedTuple):
    """A fact, and the level of it that is reached (worse) or no longer reached (better).

    A level is what a rule asks for: of a risk 1 (suspected) or 2 (yes), of a count the number, of a protection 1, of the age
    the months that the child is under.
    """

    fact: str
    level: int


@dataclass(frozen=True)
class Steps:
    """The steps that matter to one rule set: for each fact, the levels that some rule asks for, the least harm first."""

    levels: Mapping[str, tuple[int, ...]]

    @cached_property
    def _bits(self) -> Mapping[Step, int]:
        steps = [Step(fact, level) for fact, levels in self.levels.items() for level in levels]
        return {step: bit for bit, step in enumerate(steps)}

    @cached_property
    def _of_bit(self) -> tuple[Step, ...]:
        return tuple(self._bits)

    @cached_property
    def worse(self) -> Mapping[Step, Way]:
        """Each step that reaches a level, as a way."""
        return {
            Step(fact, level): sum(1 << self._bits[Step(fact, lesser)] for lesser in levels[: place + 1])
            for fact, levels in self.levels.items()
            for place, level in enumerate(levels)
        }

    @cached_property
    def better(self) -> Mapping[Step, Way]:
        """Each step that leaves a level, as a way."""
        return {
            Step(fact, level): sum(1 << self._bits[Step(fact, greater)] for greater in levels[place:])
            for fact, levels in self.levels.items()
            for place, level in enumerate(levels)
        }

    @cached_property
    def _first(self) -> int:
        return sum(1 << self._bits[Step(fact, levels[0])] for fact, levels in self.levels.items())

    @cached_property
    def _last(self) -> int:
        return sum(1 << self._bits[Step(fact, levels[-1])] for fact, levels in self.levels.items())

    def worsening(self, most_facts: int) -> Algebra:
        """How ways of such steps as `worse` are joined."""
        return Algebra(self._first, most_facts)

    def bettering(self, most_facts: int) -> Algebra:
        """How ways of such steps as `better` are joined."""
        return Algebra(self._last, most_facts)

    def read_worse(self, way: Way) -> tuple[Step, ...]:
        """The steps of a way that reaches levels: of each fact, the greatest."""
        return tuple({step.fact: step for step in self._in(way)}.values())

    def read_better(self, way: Way) -> tuple[Step, ...]:
        """The steps of a way that leaves levels: of each fact, the one that goes furthest down."""
        return tuple(reversed({step.fact: step for step in reversed(list(self._in(way)))}.values()))

    def _in(self, way: Way) -> Iterator[Step]:
        while way:
            bit = way & -way
            yield self._of_bit[bit.bit_length() - 1]
            way ^= bit


@lru_cache(maxsize=64)
def steps_of(rule_set: RuleSet) -> Steps:
    """The steps that matter to a rule set; made once."""
    asked: dict[str, set[int]] = {}
    for rule in rule_set.findings:
        for leaf in (*leaves(rule.when), *leaves(rule.unless)):
            match leaf:
                case Found(fact, confirmed):
                    asked.setdefault(fact, set()).add(2 if confirmed else 1)
                case Counted(fact, at_least):
                    asked.setdefault(fact, set()).add(at_least)
                case YoungerThan(months):
                    asked.setdefault("age_months", set()).add(months)
    for name in list(asked):
        for risk in (*RAISED_BY.get(name, ()), *FACTS[name].contradicted_by):
            asked.setdefault(risk, set()).update({1} if FACTS[risk].kind is Kind.COUNT else {1, 2})
    return Steps(
        {name: tuple(sorted(asked[name], reverse=FACTS[name].polarity is Polarity.AGE)) for name in FACTS if name in asked}
    )
