"""Which records can be, and how a case becomes one row of small integers.

A record holds every fact in the order of `FACTS`, as an integer or None. It says what the case says once the answers are
read together: a gate's *no* answers what hangs on it; a question not asked at the child's stage is answered no; a *no* that
nothing establishes is not known; answers that disagree are kept on their more protective reading. What is then None is
truly open. `Case`, every evaluator and the strategies for tests use what is declared here, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.scales import Answer, Stage, YesNo

Record = tuple[int | None, ...]
Values = Mapping[str, int | None]

POSITIONS: Mapping[str, int] = MappingProxyType({name: position for position, name in enumerate(FACTS)})
"""Where each fact stands in a record."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that do not go together: which facts, and how they were read."""

    facts: tuple[str, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fact stands in a record, and what an answer to it does there.

    `raises` is the gate that is found when this is found; `closes` is what this gate's *no* answers; `needs` is the fact
    without whose *yes* a *no* is not known. All are positions.
    """

    position: int
    counted: bool
    raises: int | None
    closes: tuple[int, ...]
    needs: int | None


def _place(fact: Fact) -> _Place:
    raises = fact.gate if fact.polarity is Polarity.RISK and fact.gate and FACTS[fact.gate].polarity is Polarity.RISK else None
    return _Place(
        position=POSITIONS[fact.name],
        counted=fact.kind is Kind.COUNT,
        raises=POSITIONS[raises] if raises else None,
        closes=tuple(POSITIONS[other.name] for other in FACTS.values() if other.gate == fact.name),
        needs=POSITIONS[fact.established_by] if fact.established_by else None,
    )


def _bears_on_findings(fact: Fact) -> bool:
    return fact.polarity in (Polarity.RISK, Polarity.PROTECTIVE)


def _blank(stage: Stage | None) -> list[int | None]:
    """The record of a child at this stage of whom nothing is known: what is not asked is answered no, the rest is open."""
    return [
        Answer.NO if stage is not None and stage not in fact.stages and _bears_on_findings(fact) else None
        for fact in FACTS.values()
    ]


GATES: tuple[str, ...] = tuple(name for name in FACTS if any(fact.gate == name for fact in FACTS.values()))
"""The opening questions whose *no* answers others."""

_PLACES: Mapping[str, _Place] = {name: _place(fact) for name, fact in FACTS.items()}
_BLANK: Mapping[Stage | None, list[int | None]] = {stage: _blank(stage) for stage in (None, *Stage)}
_CONTRADICTED = tuple(
    (POSITIONS[f.name], tuple(POSITIONS[risk] for risk in f.contradicted_by)) for f in FACTS.values() if f.contradicted_by
)
# Answers that cannot all be right, though none of them is impossible alone: if each of the first is as said, and one of
# the others is found. (Gates, stages and `contradicted_by` are checked from what each fact declares.)
_DISAGREEING: tuple[tuple[Mapping[str, int], tuple[str, ...], str], ...] = (
    (
        {"incidents_12_months": 0, "incidents_ever_before": 0},
        tuple(f.name for f in FACTS.values() if f.gate == "violence_at_home" and f.polarity is Polarity.RISK),
        "No incident is counted, and yet something is known to have happened: what is known counts.",
    ),
    (
        {"engagement": 1},
        ("help_offered_not_taken_up",),
        "The family is said to take up the help and not to: read as not taken up.",
    ),
    (
        {"previously_tier_3": 0},
        ("stepped_down",),
        "Stepped down from Tier 3, and yet never there: read as stepped down.",
    ),
    (
        {"routine_checks_missed": 0},
        ("appointments_missed_repeatedly",),
        "Routine checks are kept, and yet appointments are missed again and again: read as missed.",
    ),
)


def encode(values: Values, names: Iterable[str] | None = None) -> Record:
    """The record of a case whose facts have these values; what has no value, or None, is not known.

    `names` may say which facts of `values` to look at, where a caller knows that the others are None.
    """
    record = _BLANK[Stage.at(values.get("age_months"))].copy()
    answered_no: list[_Place] = []
    found: dict[int, int] = {}
    for name in values if names is None else names:
        value = values[name]
        place = _PLACES.get(name)
        if value is None or place is None:
            continue
        record[place.position] = value
        if value:
            if place.raises is not None:
                sure = Answer.YES if place.counted else value
                found[place.raises] = max(sure, found.get(place.raises, Answer.NO))
        elif place.closes or place.needs is not None:
            answered_no.append(place)
    for gate, sure in found.items():
        record[gate] = max(sure, record[gate] or Answer.NO)
    for place in answered_no:
        _read_no(record, place)
    for protection, risks in _CONTRADICTED:
        if any(record[risk] for risk in risks):
            record[protection] = YesNo.NO
        elif record[protection]:
            for risk in risks:
                record[risk] = Answer.NO
    return tuple(record)


def _read_no(record: list[int | None], place: _Place) -> None:
    """A *no*: not known where nothing establishes it, else it answers what hangs on it."""
    if record[place.position]:
        return  # something behind the gate was found, and counts
    if place.needs is not None and record[place.needs] != YesNo.YES:
        record[place.position] = None
        return
    for position in place.closes:
        if record[position] is None:
            record[position] = Answer.NO


def conflicts(values: Values) -> tuple[Conflict, ...]:
    """The answers of a case that do not go together, each with how it was read."""
    return tuple(_conflicts(values))


def _conflicts(values: Values) -> Iterator[Conflict]:
    stage = Stage.at(values.get("age_months"))
    for fact in FACTS.values():
        value = values.get(fact.name)
        if fact.established_by and value == Answer.NO and values.get(fact.established_by) != YesNo.YES:
            yield Conflict(
                (fact.name, fact.established_by),
                f"A no that nothing establishes ({FACTS[fact.established_by].says}: not known to be so): read as not known.",
            )
        if not value:
            continue
        if fact.gate and values.get(fact.gate) == 0 and fact.polarity is Polarity.RISK:
            yield Conflict((fact.gate, fact.name), "The opening question is answered no, and yet this is found: it counts.")
        if stage is not None and stage not in fact.stages and _bears_on_findings(fact):
            yield Conflict((fact.name,), f"Not asked of a child at this stage ({stage.label}): an answer given counts.")
        for risk in fact.contradicted_by:
            if values.get(risk):
                yield Conflict((fact.name, risk), "A protection and what undoes it: the protection is set aside.")
    for said, found, reading in _DISAGREEING:
        if all(values.get(name) == value for name, value in said.items()):
            against = [name for name in found if name not in said and values.get(name)]
            if against:
                yield Conflict((*said, *against), reading)


def impossible(values: Values) -> list[tuple[str, str]]:
    """What makes a record one that cannot be: the fact and what is wrong with it. Empty for a possible record.

    (A number outside its own limits is refused before, by the fact's own declaration.)
    """
    age = values.get("age_months")
    problems = []
    if age is None:
        return []
    if values.get("gestation_weeks") is not None and age >= Stage.INFANT.months[0]:
        problems.append(
            ("gestation_weeks", "Weeks of pregnancy belong to an unborn child's case, and this child is born by age_months.")
        )
    closed = values.get("months_since_closure")
    if closed is not None and closed > age - Stage.UNBORN.months[0]:
        problems.append(("months_since_closure", "This is longer ago than the child's life, by age_months."))
    return problems
