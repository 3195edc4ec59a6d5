"""The laws that every possible case keeps, and the floors: each proved, or refuted by a case that is replayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from thresholds.evaluation.reference import complete, find, holds
from thresholds.facts.record import Record
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.rules import Collection, Floor, RuleSet, Scale
from thresholds.language.words import in_one_line
from thresholds.scales import Reading, Tier
from thresholds.verification import worlds
from thresholds.verification.results import Counterexample, Result, TranslationError, Verdict
from thresholds.verification.solver import z3
from thresholds.verification.symbols import AGE, NEVER, Formula, any_of, case_of
from thresholds.verification.worlds import Follows, InModel, View, World, above, higher_outcomes


class NeverAbove(NamedTuple):
    """No outcome of the one view ever stands higher than in the other."""

    lower: View
    higher: View

    def broken(self, world: World) -> Formula:
        """Whether it is not so."""
        return above(world.findings(self.lower), world.findings(self.higher))

    def shown(self, records: tuple[Record, ...]) -> str:
        """How it is not so, by the interpreter; empty where it is so."""
        lower, higher = _found(self.lower, records), _found(self.higher, records)
        scales = [outcome.name for outcome in self.lower.rule_set.outcomes if isinstance(outcome, Scale)]
        names = higher_outcomes(lower, higher, scales)
        return "; ".join(
            f"{_standing(self.lower.rule_set, name, lower[name])} ({_as_read(self.lower, self.higher)}), against "
            f"{_standing(self.higher.rule_set, name, higher[name])} ({_as_read(self.higher, self.lower)})"
            for name in names
        )


class NeverBelow(NamedTuple):
    """In one view, a scale never stands below another."""

    view: View
    scale: str
    floor: str

    def broken(self, world: World) -> Formula:
        """Whether it is not so."""
        findings, declared = world.findings(self.view), self.view.rule_set.scale(self.floor)
        values = range(1, len(declared.values)) if declared else ()
        return any_of(
            z3.And(findings.stands(self.floor, value), z3.Not(findings.stands(self.scale, value))) for value in values
        )

    def shown(self, records: tuple[Record, ...]) -> str:
        """How it is not so, by the interpreter; empty where it is so."""
        found = _found(self.view, records)
        if found[self.scale] >= found[self.floor]:
            return ""
        scale, floor = (_standing(self.view.rule_set, name, found[name]) for name in (self.scale, self.floor))
        return f"{scale}, against {floor}"


class Kept(NamedTuple):
    """A floor of a rule set."""

    rule_set: RuleSet
    floor: Floor

    def speaks(self, world: World) -> Formula:
        """Whether the floor speaks of the case."""
        findings = world.findings(View(0, Reading.SUGGESTED, self.rule_set))
        excepted = NEVER if self.floor.unless is None else findings.holds(self.floor.unless)
        return z3.And(findings.holds(self.floor.when), z3.Not(excepted))

    def broken(self, world: World) -> Formula:
        """Whether it is not so."""
        findings = world.findings(View(0, Reading.SUGGESTED, self.rule_set))
        return z3.And(self.speaks(world), z3.Not(findings.stands("tier", self.floor.at_least)))

    def shown(self, records: tuple[Record, ...]) -> str:
        """How it is not so, by the interpreter; empty where it is so."""
        facts = complete(records[0], Reading.SUGGESTED)
        found = _found(View(0, Reading.SUGGESTED, self.rule_set), records)["tier"]
        speaks = holds(self.floor.when, facts, {}) and not (self.floor.unless and holds(self.floor.unless, facts, {}))
        return (
            f"Tier {Tier(found)}, where the floor is {self.floor.at_least}" if speaks and found < self.floor.at_least else ""
        )


class FindsNothing(NamedTuple):
    """Where no more is known than an age, no rule counts."""

    rule_set: RuleSet

    def broken(self, world: World) -> Formula:
        """Whether it is not so."""
        nothing = [world.case.entries[name].is_open for name in FACTS if name != AGE]
        return z3.And(*nothing, any_of(world.findings(View(0, Reading.SUGGESTED, self.rule_set)).counts.values()))

    def shown(self, records: tuple[Record, ...]) -> str:
        """How it is not so, by the interpreter; empty where it is so."""
        counting = find(self.rule_set, records[0], Reading.SUGGESTED).counting
        return ", ".join(self.rule_set.findings[position].id for position in counting)


Claim = NeverAbove | NeverBelow | Kept | FindsNothing


@dataclass(frozen=True)
class Law:
    """A sentence, and the claims it comes to: for each way in which a second case follows, what has to be so."""

    id: str
    sentence: str
    over: str
    claims: tuple[tuple[Follows | None, tuple[Claim, ...]], ...]


def laws(rule_set: RuleSet) -> Iterator[Law]:
    """The laws of a rule set, in the order in which they are printed."""

    def view(which: int, reading: Reading) -> View:
        return View(which, reading, rule_set)

    def rises(*readings: Reading) -> tuple[NeverAbove, ...]:
        return tuple(NeverAbove(view(0, reading), view(1, reading)) for reading in readings)

    def falls(*readings: Reading) -> tuple[NeverAbove, ...]:
        return tuple(NeverAbove(view(1, reading), view(0, reading)) for reading in readings)

    lowest, suggested, highest, confirmed = Reading.LOWEST, Reading.SUGGESTED, Reading.HIGHEST, Reading.CONFIRMED
    scales = "the tier, every scale, concerns and routes"
    risks, protections = _number_of(Polarity.RISK), _number_of(Polarity.PROTECTIVE)
    yield Law(
        "nothing-known",
        "Where nothing but an age is known, no rule counts.",
        "every age",
        ((None, (FindsNothing(rule_set),)),),
    )
    yield Law(
        "within-range",
        "The suggested tier lies within its range, and on confirmed facts alone nothing stands higher.",
        scales,
        (
            (
                None,
                (
                    NeverAbove(view(0, lowest), view(0, suggested)),
                    NeverAbove(view(0, suggested), view(0, highest)),
                    NeverAbove(view(0, confirmed), view(0, suggested)),
                ),
            ),
        ),
    )
    yield Law(
        "ends-reached",
        "With the age known, both ends of the range are the suggested tier of a possible case in which nothing is open.",
        scales,
        tuple(
            (
                worlds.completed_towards(end),
                (NeverAbove(view(0, end), view(1, suggested)), NeverAbove(view(1, suggested), view(0, end))),
            )
            for end in (lowest, highest)
        ),
    )
    yield Law(
        "learning",
        "Learning more, where nothing disagrees, never widens the range.",
        f"{len(FACTS)} facts; {scales}",
        ((worlds.more_known, (*rises(lowest), *falls(highest))),),
    )
    yield Law(
        "more-harm",
        "More harm never lowers anything.",
        f"{risks} risks; {scales}",
        (
            (worlds.more_harm, rises(lowest, suggested, confirmed)),
            (worlds.more_known_harm, rises(highest)),  # not known is already read as the most harm at the high end
        ),
    )
    yield Law(
        "more-protection",
        "More protection never raises anything.",
        f"{protections} protections; {scales}",
        (
            (worlds.more_protection, falls(suggested, highest, confirmed)),
            (worlds.more_known_protection, falls(lowest)),  # not known is already read as protection at the low end
        ),
    )
    yield Law(
        "older",
        "Being older never raises anything through an age test.",
        f"every age; {scales}",
        ((worlds.older, falls(*Reading)),),
    )
    yield Law(
        "context",
        "No fact of the referral, of the work done, or of who the child is (the context facts) moves a finding.",
        f"{_number_of(Polarity.CONTEXT)} facts; {scales}",
        (
            (worlds.other_context, (*rises(lowest, suggested, confirmed), *falls(lowest, suggested, confirmed))),
            # asked alone, and help offered, answer other questions, and so narrow what is open
            (worlds.other_context_that_answers_nothing, (*rises(highest), *falls(highest))),
        ),
    )
    for scale in rule_set.outcomes:
        for below in scale.at_least if isinstance(scale, Scale) else ():
            yield Law(
                f"{scale.name}-not-below-{below}",
                f"The {scale.label or scale.name} never stands below the {_label(rule_set, below)}.",
                "every reading",
                ((None, tuple(NeverBelow(view(0, reading), scale.name, below) for reading in Reading)),),
            )
    if rule_set.extends is not None:
        before = rule_set.extends
        yield Law(
            "extends",
            f"What {rule_set.id} adds to {before.id} only raises, or leaves as it was.",
            scales,
            ((None, tuple(NeverAbove(View(0, reading, before), view(0, reading)) for reading in Reading)),),
        )
    for floor in rule_set.floors:
        claim = Kept(rule_set, floor)
        yield Law(f"floor/{floor.id}", f"Floor: {floor.title}.", _where(rule_set, floor), ((None, (claim,)),))


def _where(rule_set: RuleSet, floor: Floor) -> str:
    """What is proved of a floor: its condition in words, which its title may put more shortly."""
    outcomes = {outcome.name: outcome for outcome in rule_set.outcomes}
    unless = "" if floor.unless is None else f"; unless {in_one_line(floor.unless, outcomes)}"
    return f"at least Tier {floor.at_least} where {in_one_line(floor.when, outcomes)}{unless}"


class Worlds:
    """Worlds and their solvers, each made once: what is built for one law serves others too."""

    def __init__(self) -> None:
        self._made: dict[Follows | None, tuple[World, Any]] = {}

    def __getitem__(self, follows: Follows | None) -> tuple[World, Any]:
        if follows not in self._made:
            world = World(follows)
            self._made[follows] = world, world.solver()
        return self._made[follows]


def check_law(law: Law, made: Worlds) -> Result:
    """A law's verdict, with a counterexample for each way in which it is broken."""
    counterexamples, notes, is_decided = list[Counterexample](), list[str](), True
    for follows, claims in law.claims:
        world, solver = made[follows]
        for claim in claims:
            broken = claim.broken(world)
            answer = solver.check(broken)
            if answer == z3.sat:
                counterexamples.append(_replayed(claim, world.shown(solver, broken)))
            is_decided &= answer != z3.unknown
            if isinstance(claim, Kept) and solver.check(claim.speaks(world)) == z3.unsat:
                notes.append(f"{claim.floor.id} speaks of no possible case.")
    verdict = Verdict.REFUTED if counterexamples or notes else Verdict.PROVED if is_decided else Verdict.NOT_DECIDED
    return Result(law.id, law.sentence, verdict, law.over, tuple(notes), tuple(counterexamples))


def _replayed(claim: Claim, shown: InModel) -> Counterexample:
    what = claim.shown(shown.records)
    if not what:
        raise TranslationError(f"The solver refutes {type(claim).__name__}, and the interpreter does not.")
    first, *others = (None if answers is None else case_of(answers) for answers in shown.answers)
    assert first is not None
    if shown.records[1:] and others == [None]:
        months = shown.records[1][list(FACTS).index(AGE)]
        what += f"; the second is the same record at {months} months"
    return Counterexample(first, others[0] if others else None, what)


def _found(view: View, records: tuple[Record, ...]) -> Mapping[str, int]:
    outcomes = find(view.rule_set, records[view.which], view.reading).outcomes
    return {outcome.name: found for outcome, found in zip(view.rule_set.outcomes, outcomes, strict=True)}


def _as_read(view: View, other: View) -> str:
    """How a view is told from another: which case, which reading, which rules."""
    parts = []
    if view.which != other.which:
        parts.append("the first case" if view.which == 0 else "the second")
    if view.reading is not other.reading:
        parts.append(view.reading.value)
    if view.rule_set is not other.rule_set:
        parts.append(view.rule_set.id)
    return ", ".join(parts)


def _standing(rule_set: RuleSet, name: str, value: int) -> str:
    outcome = rule_set.outcome(name)
    if isinstance(outcome, Collection):
        members = [member for bit, member in enumerate(outcome.members) if value >> bit & 1]
        return f"{outcome.label or name} {' and '.join(members) or 'none'}"
    assert outcome is not None
    return f"{outcome.label or name} {outcome.values[value]}"


def _label(rule_set: RuleSet, name: str) -> str:
    outcome = rule_set.outcome(name)
    return (outcome.label if outcome else "") or name


def _number_of(polarity: Polarity) -> int:
    return sum(fact.polarity is polarity for fact in FACTS.values())
