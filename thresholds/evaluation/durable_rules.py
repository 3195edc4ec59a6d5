"""Conditions written for durable-rules: bounds of whole numbers, in rule sets small enough for it.

Every condition becomes a list of alternatives, each of which is so when all its bounds are; the engine is given each
alternative as a rule of its own. Nothing here needs durable-rules, or touches a case. Facts and outcomes are columns: `f3` a
fact by its place in a record, `o2` a scale, `o4m1` a member of a set, `n0` how many parts of a group are so. Advice also
reads `highest3`, a scale in one of the readings, and `settled`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

from thresholds.facts.record import POSITIONS
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
    Condition,
    Counted,
    Found,
    Includes,
    Leaf,
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import RuleSet, Scale
from thresholds.scales import Answer

UNKNOWN = -1_000
"""What stands in a column for a fact that is not known: lower than any answer. Advice alone may meet it."""

MOST_RULES = 50
"""In a rule set for the engine. One fact may wait at 64 places of its network at once (error 303), and no rule waits at more
than one; a network with 512 different bounds never answers."""
MOST_COLUMNS = 150
"""In a fact for the engine, which refuses more than 255 (error 302), its own among them."""
MOST_ALTERNATIVES, MOST_BOUNDS = 128, 100
"""Of one group. A larger one comes to the engine as a column: how many of its parts are so."""


class Bound(NamedTuple):
    """A column holds this number or a higher one; or, where not `at_least`, a lower one."""

    column: str
    at_least: bool
    number: int

    def holds(self, columns: Mapping[str, int]) -> bool:
        """Whether it is so of these columns."""
        return (columns[self.column] >= self.number) is self.at_least

    @property
    def denied(self) -> Bound:
        """The bound that is so just where this one is not."""
        return self._replace(at_least=not self.at_least)

    def as_json(self) -> dict[str, dict[str, int]]:
        """The bound as durable-rules reads it."""
        return {"$gte" if self.at_least else "$lt": {self.column: self.number}}


Alternative = tuple[Bound, ...]
"""So when all its bounds are; when it has none, always."""
Alternatives = tuple[Alternative, ...]
"""So when one alternative is, or more; when there is none, never."""


@dataclass(frozen=True, slots=True)
class Count:
    """A column to be worked out before the engine is asked: how many of these parts are so."""

    column: str
    parts: tuple[Alternatives, ...]

    def of(self, columns: Mapping[str, int]) -> int:
        """How many are so of these columns."""
        return sum(any(all(bound.holds(columns) for bound in one) for one in part) for part in self.parts)


class Label(NamedTuple):
    """Which condition a rule of the engine stands for: that of a rule by its position, or its exception."""

    position: int
    is_exception: bool = False


Conditions = Iterable[tuple[Label, Condition]]


@dataclass(frozen=True, slots=True)
class Part:
    """One rule set for the engine, within its limits, and the columns that it reads."""

    rules: tuple[tuple[Label, Alternative], ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Conditions that are to be matched together: the columns to count first, in order, and the rule sets for the engine."""

    counts: tuple[Count, ...]
    parts: tuple[Part, ...]


def written(rule_set: RuleSet, conditions: Conditions) -> Written:
    """The conditions for the engine; each is so when a rule with its label matches."""
    writer = _Writer(rule_set)
    rules = [(label, one) for label, condition in conditions for one in dict.fromkeys(writer.write(condition))]
    return Written(tuple(writer.counts), tuple(_packed(rules)))


def _packed(rules: Iterable[tuple[Label, Alternative]]) -> Iterator[Part]:
    """The rules in rule sets that keep the engine's limits; the alternatives of one condition may lie in several."""
    held: list[tuple[Label, Alternative]] = []
    columns: set[str] = set()
    for label, alternative in rules:
        read = {bound.column for bound in alternative}
        if held and (len(held) == MOST_RULES or len(columns | read) > MOST_COLUMNS):
            yield Part(tuple(held), tuple(sorted(columns)))
            held, columns = [], set()
        held.append((label, alternative))
        columns |= read
    if held:
        yield Part(tuple(held), tuple(sorted(columns)))


# Outcomes as columns.


def outcome_columns(rule_set: RuleSet) -> tuple[tuple[str, ...], ...]:
    """The columns of each outcome: one for a scale, one for each member of a set."""
    return tuple(
        (f"o{place}",) if isinstance(outcome, Scale) else tuple(f"o{place}m{member}" for member in range(len(outcome.members)))
        for place, outcome in enumerate(rule_set.outcomes)
    )


def concluded(rule_set: RuleSet, position: int) -> Iterator[tuple[str, int]]:
    """What a finding concludes: columns, each with the number that it then holds at least."""
    columns = outcome_columns(rule_set)
    for conclusion in rule_set.findings[position].concludes:
        for name in rule_set.raised_with[conclusion.outcome]:
            of_outcome = columns[rule_set.outcome_positions[name]]
            is_scale = isinstance(rule_set.outcome(name), Scale)
            yield (of_outcome[0], conclusion.value) if is_scale else (of_outcome[conclusion.value], 1)


# Writing.


class _Writer:
    """Writes conditions as alternatives, and keeps the columns that have to be counted for them."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.counts: list[Count] = []
        self._places = rule_set.outcome_positions

    def write(self, condition: Condition) -> Alternatives:
        match condition:
            case All(parts):
                return self._all([self.write(part) for part in parts])
            case AnyOf(parts):
                return self._any([self.write(part) for part in parts])
            case AtLeastOf(number, parts):
                return self._counted([self.write(part) for part in parts], number)
            case Not(part):
                return self._all([_denied(alternative) for alternative in self.write(part)])
            case _:
                return self._leaf(condition)

    def _all(self, parts: Sequence[Alternatives]) -> Alternatives:
        if prod(map(len, parts)) > MOST_ALTERNATIVES or sum(max(map(len, part), default=0) for part in parts) > MOST_BOUNDS:
            return self._counted(parts, len(parts))
        return tuple(tuple(dict.fromkeys(bound for one in way for bound in one)) for way in product(*parts))

    def _any(self, parts: Sequence[Alternatives]) -> Alternatives:
        if sum(map(len, parts)) > MOST_ALTERNATIVES:
            return self._counted(parts, 1)
        return tuple(one for part in parts for one in part)

    def _counted(self, parts: Sequence[Alternatives], number: int) -> Alternatives:
        column = f"n{len(self.counts)}"
        self.counts.append(Count(column, tuple(parts)))
        return _one(Bound(column, True, number))

    def _leaf(self, leaf: Leaf) -> Alternatives:
        match leaf:
            case Found(fact, confirmed):
                return _one(_fact(fact, Answer.YES if confirmed else Answer.SUSPECTED))
            case Counted(fact, at_least):
                return _one(_fact(fact, at_least))
            case YoungerThan(months):
                return _one(_fact("age_months", months).denied)
            case Reached(scale, value):
                return _one(Bound(f"o{self._places[scale]}", True, value))
            case Includes(collection, member):
                return _one(Bound(f"o{self._places[collection]}m{member}", True, 1))
            case Answered(fact, answers):
                wanted = [UNKNOWN if answer is None else answer for answer in answers]
                return self._any([_compared(_column(fact), Comparison.IS, answer) for answer in wanted])
            case Number(fact, comparison, number):
                return self._all([_one(_fact(fact, UNKNOWN + 1)), _compared(_column(fact), comparison, number)])
            case AtStage(stages):
                limits = [stage.months for stage in stages]
                return tuple((_fact("age_months", first), _fact("age_months", last + 1).denied) for first, last in limits)
            case Stands(scale, reading, comparison, value):
                return _compared(f"{reading}{self._places[scale]}", comparison, value)
            case Settled():
                return _one(Bound("settled", True, 1))


def _column(fact: str) -> str:
    return f"f{POSITIONS[fact]}"


def _fact(fact: str, at_least: int) -> Bound:
    return Bound(_column(fact), True, int(at_least))


def _one(*bounds: Bound) -> Alternatives:
    return (bounds,)


def _denied(alternative: Alternative) -> Alternatives:
    return tuple((bound.denied,) for bound in alternative)


def _compared(column: str, comparison: Comparison, number: int) -> Alternatives:
    """Every comparison of whole numbers is said with two: so many or more, and fewer."""
    here, next_up = Bound(column, True, int(number)), Bound(column, True, number + 1)
    match comparison:
        case Comparison.AT_LEAST:
            return _one(here)
        case Comparison.ABOVE:
            return _one(next_up)
        case Comparison.BELOW:
            return _one(here.denied)
        case Comparison.AT_MOST:
            return _one(next_up.denied)
        case Comparison.IS:
            return _one(here, next_up.denied)
