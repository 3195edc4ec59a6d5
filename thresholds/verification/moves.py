"""Which cases change tier from one rule set to another: a few small ones for each direction, or the proof that none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from thresholds.evaluation.reference import find
from thresholds.facts.case import Case
from thresholds.facts.record import Record
from thresholds.language.rules import RuleSet
from thresholds.scales import Reading, Tier
from thresholds.verification.meaning import SymbolicFindings
from thresholds.verification.results import TranslationError
from thresholds.verification.solver import z3
from thresholds.verification.symbols import AGE, Formula, any_of, case_of
from thresholds.verification.worlds import View, World

MOST_WITNESSES = 3
"""How many cases are shown for each direction."""


@dataclass(frozen=True, slots=True)
class Move:
    """Cases that are suggested one tier by the first rule set and another by the second; each differs from the others in
    what it rests on, and the interpreter gives the same."""

    before: Tier
    after: Tier
    witnesses: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Every direction in which some possible case changes its suggested tier; none: it is proved that no case does.

    `ends` says whether an end of the range of some case moves, `others` are the other scales and sets in which some case
    changes, by their labels, and `is_decided` is false where the solver gave up on some direction.
    """

    moves: tuple[Move, ...]
    ends: bool
    others: tuple[str, ...]
    is_decided: bool


def moves(before: RuleSet, after: RuleSet, most: int = MOST_WITNESSES) -> Moves:
    """Which possible cases change tier.

    Raises `TranslationError` where the solver and the interpreter disagree, which is a mistake of this library.
    """
    world = World()
    solver = world.solver()
    one, other = (world.findings(View(0, Reading.SUGGESTED, rule_set)) for rule_set in (before, after))
    found, is_decided = [], True
    for lower in Tier:
        for higher in Tier:
            if lower is higher:
                continue
            direction = z3.And(_is_tier(one, lower), _is_tier(other, higher))
            witnesses = tuple(_witnesses(world, solver, direction, most))
            is_decided &= solver.check(direction) != z3.unknown
            for case in witnesses:
                _replay(case, (before, lower), (after, higher))
            if witnesses:
                found.append(Move(lower, higher, witnesses))
    ends = (
        _differ(world.findings(View(0, end, before)), world.findings(View(0, end, after)), "tier")
        for end in (Reading.LOWEST, Reading.HIGHEST)
    )
    others = {
        outcome.label or outcome.name: solver.check(_differ(one, other, outcome.name))
        for outcome in before.outcomes
        if outcome.name != "tier" and after.outcome(outcome.name) is not None
    }
    ends_move = solver.check(any_of(ends))
    is_decided &= z3.unknown not in (ends_move, *others.values())
    changing = tuple(label for label, answer in others.items() if answer == z3.sat)
    return Moves(tuple(found), ends_move == z3.sat, changing, is_decided)


def _is_tier(findings: SymbolicFindings, tier: Tier) -> Formula:
    stands = findings.stands("tier", tier)
    return stands if tier is Tier.THREE else z3.And(stands, z3.Not(findings.stands("tier", tier + 1)))


def _differ(one: SymbolicFindings, other: SymbolicFindings, outcome: str) -> Formula:
    both = (key for key in one.everything if key[0] == outcome and key in other.everything)
    return any_of(one.everything[key] != other.everything[key] for key in both)


def _witnesses(world: World, solver: Any, direction: Formula, most: int) -> Iterator[Case]:
    """Small cases of a direction; each leaves open something that the one before rests on."""
    solver.push()
    solver.add(direction)
    for _ in range(most):
        if solver.check() != z3.sat:
            break
        answers = world.shown(solver).answers[0]
        assert answers is not None
        yield case_of(answers)
        rests_on = [name for name in answers if name != AGE]
        solver.add(any_of(world.case.entries[name].is_open for name in rests_on))
    solver.pop()


def _replay(case: Case, *expected: tuple[RuleSet, Tier]) -> None:
    for rule_set, tier in expected:
        if _tier(rule_set, case.record) != tier:
            raise TranslationError(f"The solver gives Tier {tier} by {rule_set.id}, and the interpreter does not.")


def _tier(rule_set: RuleSet, record: Record) -> int:
    return find(rule_set, record, Reading.SUGGESTED).outcomes[rule_set.outcome_positions["tier"]]
