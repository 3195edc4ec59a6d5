"""Which cases change tier from one rule set to another: a few small ones for each direction, or the proof that none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from thresholds.facts.case import Case
from thresholds.language.rules import Outcome, RuleSet, Scale
from thresholds.scales import Reading
from thresholds.verification.given import GIVEN, Given, GivenTier, replay
from thresholds.verification.meaning import different, without_discretion
from thresholds.verification.solver import z3
from thresholds.verification.symbols import AGE, Formula, any_of, case_of
from thresholds.verification.worlds import View, World

MOST_WITNESSES = 3
"""How many cases are shown for each direction."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cases of which `suggest` gives one tier by the first rule set and another by the second, or none by one of them (None).

    Each rests on something that the others leave open, and the interpreter gives the same.
    """

    before: Given
    after: Given
    witnesses: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Every direction in which `suggest` gives another tier of some possible case; none: it is proved that it does of no case.

    `others` says in words what else changes of some case: an end of the range, the tier without what may raise it, another
    scale or set. `not_compared` are the scales and sets that the two rule sets declare otherwise, or that only one declares.
    `is_decided` is false where the solver gave up on any of it.
    """

    moves: tuple[Move, ...]
    others: tuple[str, ...]
    not_compared: tuple[str, ...]
    is_decided: bool


def moves(before: RuleSet, after: RuleSet, most: int = MOST_WITNESSES) -> Moves:
    """Which possible cases change tier.

    Raises `TranslationError` where the solver and the interpreter disagree, which is a mistake of this library.
    """
    world = World()
    solver = world.solver()
    one, other = GivenTier(before, world), GivenTier(after, world)
    found, is_decided = [], True
    for lower, higher in permutations(GIVEN, 2):
        witnesses, answer = _witnesses(world, solver, z3.And(one.is_given(lower), other.is_given(higher)), most)
        is_decided &= answer != z3.unknown
        for case in witnesses:
            replay(case, before, lower)
            replay(case, after, higher)
        if witnesses:
            found.append(Move(lower, higher, witnesses))
    others = {label: solver.check(changes) for label, changes in _others(world, before, after)}
    is_decided &= z3.unknown not in others.values()
    changing = tuple(label for label, answer in others.items() if answer == z3.sat)
    return Moves(tuple(found), changing, tuple(_not_compared(before, after)), is_decided)


def _others(world: World, before: RuleSet, after: RuleSet) -> Iterator[tuple[str, Formula]]:
    """What else may change, each in words, and whether it does."""

    def differs(outcome: str, reading: Reading) -> Formula:
        return different(world.findings(View(0, reading, before)), world.findings(View(0, reading, after)), outcome)

    yield "an end of the range", any_of(differs("tier", end) for end in (Reading.LOWEST, Reading.HIGHEST))
    plain, plain_after = (without_discretion(rule_set, world.record) for rule_set in (before, after))
    yield "the tier without what may raise it", different(plain, plain_after, "tier")
    for outcome in before.outcomes:
        if outcome.name != "tier" and _is_declared_alike(outcome, after.outcome(outcome.name)):
            yield outcome.label or outcome.name, differs(outcome.name, Reading.SUGGESTED)


def _not_compared(before: RuleSet, after: RuleSet) -> Iterator[str]:
    for name in dict.fromkeys((*before.outcome_positions, *after.outcome_positions)):
        one, other = before.outcome(name), after.outcome(name)
        if one is None or not _is_declared_alike(one, other):
            declared = one or other
            yield (declared.label if declared else "") or name


def _is_declared_alike(one: Outcome, other: Outcome | None) -> bool:
    """Whether two rule sets mean the same by a value: the same values or members, in the same order."""
    if isinstance(one, Scale):
        return isinstance(other, Scale) and one.values == other.values
    return not isinstance(other, Scale) and other is not None and one.members == other.members


def _witnesses(world: World, solver: Any, direction: Formula, most: int) -> tuple[tuple[Case, ...], Any]:
    """Small cases of a direction, each of which leaves open something that the one before rests on; and the first answer."""
    solver.push()
    solver.add(direction)
    first = answer = solver.check()
    cases: list[Case] = []
    while answer == z3.sat:
        answers = world.shown(solver).answers[0]
        assert answers is not None
        cases.append(case_of(answers))
        solver.add(any_of(world.case.entries[name].is_open for name in answers if name != AGE))
        answer = solver.check() if len(cases) < most else z3.unsat
    solver.pop()
    return tuple(cases), first
