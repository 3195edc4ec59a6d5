"""Which records can be, and how a case becomes one row of small integers.

A record holds every fact in the order of `FACTS`, as an integer or None. It says what the case says once the answers are
read together: a gate's *no* answers what hangs on it; a question not asked at the child's stage is answered no; a *no* that
nothing establishes is not known; answers that disagree are kept on their more protective reading. What is then None is
truly open. `Case`, every evaluator, the strategies for tests and the solver use what is declared here, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.scales import Answer, Stage, YesNo

Record = tuple[int | None, ...]
Values = Mapping[str, int | None]

_PLACES = {name: position for position, name in enumerate(FACTS)}
POSITIONS: Mapping[str, int] = MappingProxyType(_PLACES)
"""Where each fact stands in a record."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that do not go together: which facts, and how they were read."""

    facts: tuple[str, ...]
    reading: str


def _bears_on_findings(fact: Fact) -> bool:
    return fact.polarity in (Polarity.RISK, Polarity.PROTECTIVE)


def _blank(age_months: int | None, closed: int) -> list[int | None]:
    """The record of a child of this age, with these gates closed, of whom nothing else is known.

    What is not asked at the child's stage, or is answered by a closed gate, is answered no; the rest is open.
    """
    stage = Stage.at(age_months)
    shut = {gate for bit, gate in enumerate(GATES) if closed >> bit & 1}
    return [0 if _is_answered(fact, stage, shut) else None for fact in FACTS.values()]


_KEPT: dict[tuple[int | None, int], list[int | None]] = {}
_MOST_KEPT = 4096


def _fresh(age_months: int | None, closed: int) -> list[int | None]:
    """As `_blank`, and to be written in; each combination is worked out once (up to a limit)."""
    kept = _KEPT.get((age_months, closed))
    if kept is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[age_months, closed] = _blank(age_months, closed)
    return kept.copy()


def _is_answered(fact: Fact, stage: Stage | None, shut: set[str]) -> bool:
    return (fact.gate in shut and is_answered_by_gate(fact)) or is_not_asked_at(fact, stage)


def is_answered_by_gate(fact: Fact) -> bool:
    """Whether a *no* to the opening question answers this one: nothing happened, which says nothing of what protects."""
    return fact.gate is not None and fact.polarity is not Polarity.PROTECTIVE and fact.kind is not Kind.CHOICE


def is_not_asked_at(fact: Fact, stage: Stage | None) -> bool:
    """Whether this is read as no for want of being asked of a child at this stage; never where the stage is not known."""
    return stage is not None and stage not in fact.stages and _bears_on_findings(fact)


GATES: tuple[str, ...] = tuple(name for name in FACTS if any(fact.gate == name for fact in FACTS.values()))
"""The opening questions whose *no* answers others."""

_GATES = frozenset(GATES)
_CLOSING = {gate: 1 << bit for bit, gate in enumerate(GATES)}
CONTRADICTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {fact.name: fact.contradicted_by for fact in FACTS.values() if fact.contradicted_by}
)
"""For each protection that something undoes, the risks that do."""

_CONTRADICTED = tuple(
    (POSITIONS[protection], tuple(POSITIONS[risk] for risk in risks)) for protection, risks in CONTRADICTED.items()
)


def _raises(fact: Fact) -> str | None:
    """The gate that is found when this fact is."""
    gate = FACTS[fact.gate] if fact.gate else None
    raises = gate is not None and fact.raises_gate and Polarity.RISK is fact.polarity is gate.polarity
    return gate.name if gate is not None and raises else None


class Raised(NamedTuple):
    """What a risk does when it is found: its gate is found too, and `is_sure` says whether any of it makes the gate sure."""

    gate: str
    is_sure: bool


_RAISING = {name: Raised(gate, fact.kind is Kind.COUNT) for name, fact in FACTS.items() if (gate := _raises(fact))}
RAISING: Mapping[str, Raised] = MappingProxyType(_RAISING)
"""The risks behind gates that are found when these are."""

RAISED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {gate: tuple(name for name, raised in _RAISING.items() if raised.gate == gate) for gate in GATES}
)
"""For each gate, the risks behind it: when one of them is found, so is the gate."""

ESTABLISHING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        needed: frozenset(fact.name for fact in FACTS.values() if fact.established_by == needed)
        for needed in (fact.established_by for fact in FACTS.values())
        if needed
    }
)
"""What establishes a *no* by being answered yes, and the facts whose *no* it establishes."""

_ESTABLISHING = tuple((needed, facts, sum(_CLOSING.get(name, 0) for name in facts)) for needed, facts in ESTABLISHING.items())


class Disagreement(NamedTuple):
    """Answers that cannot all be right, though none is impossible alone: each of `said`, and one of `found` found."""

    said: Mapping[str, int]
    found: tuple[str, ...]
    reading: str


DISAGREEING: tuple[Disagreement, ...] = (
    Disagreement(
        {"incidents_12_months": 0, "incidents_ever_before": 0},
        (
            "minor_injury_to_adult",
            "violence_serious_or_persistent",
            "weapon_used_or_threatened",
            "weapon_used_to_hurt",
            "victim_needed_care",
            "severe_injury",
            "violence_life_threatening",
            "strangulation",
            "sexual_violence_to_adult",
            "child_hurt_in_violence",
        ),
        "No incident is counted, and yet one is known to have happened: what is known counts.",
    ),
    Disagreement(
        {"engagement": 1},
        ("help_offered_not_taken_up",),
        "The family is said to take up the help and not to: read as not taken up.",
    ),
    Disagreement(
        {"history_of_concern": 0},
        ("previously_tier_3", "stepped_down"),
        "No history of concern, and yet the child was at Tier 3: ask about the history again (what it answered stays no).",
    ),
    Disagreement(
        {"previously_tier_3": 0},
        ("stepped_down",),
        "Stepped down from Tier 3, and yet never there: read as stepped down.",
    ),
    Disagreement(
        {"routine_checks_missed": 0},
        ("appointments_missed_repeatedly",),
        "Routine checks are kept, and yet appointments are missed again and again: read as missed.",
    ),
)
"""Gates, stages, what establishes a no and what undoes a protection apart: those are declared with each fact."""


class Impossibility(NamedTuple):
    """A number that cannot be at some ages. `is_so` compares the number with the age in months: of numbers it makes a truth,
    of a solver's unknowns a formula."""

    fact: str
    is_so: Callable[[Any, Any], Any]
    message: str


IMPOSSIBLE: tuple[Impossibility, ...] = (
    Impossibility(
        "gestation_weeks",
        lambda weeks, age: age >= Stage.INFANT.months[0],
        "Weeks of pregnancy belong to an unborn child's case, and this child is born by age_months.",
    ),
    Impossibility(
        "months_since_closure",
        lambda months, age: months > age - Stage.UNBORN.months[0],
        "This is longer ago than the child's life, by age_months.",
    ),
)
"""What makes a record one that cannot be; a number outside its own limits is refused by the fact's own declaration."""


def encode(values: Values, names: AbstractSet[str] | None = None, _kept_open: int = 0) -> Record:
    """The record of a case whose facts have these values; what has no value, or None, is not known.

    `names` may say which of `values` to look at, where a caller knows that the others are None. (The gates whose bits are in
    `_kept_open` close nothing, whatever is answered.)
    """
    if names is None:
        names = values.keys() & _PLACES.keys()
    closed = 0
    for gate in _GATES & names:
        if values[gate] == 0:
            closed |= _CLOSING[gate]
    doubted: list[str] = []
    for needed, facts, gates in _ESTABLISHING:
        if values.get(needed) != 1:  # a no that nothing establishes is not known, and closes nothing
            closed &= ~gates
            doubted += facts & names
    closed &= ~_kept_open
    record = _fresh(values.get("age_months"), closed)

    places, raising = _PLACES, _RAISING
    found: dict[str, int] = {}
    for name in names:  # written to be quick: this is most of what a suggestion costs before any rule is looked at
        value = values[name]
        if value:
            if name in raising:
                gate, is_sure = raising[name]
                if found.get(gate, 0) < 2:
                    found[gate] = 2 if is_sure else value
            elif name not in places:
                continue  # a reference
            record[places[name]] = value
        elif value is not None:
            record[places[name]] = 0
    for name in doubted:
        if values[name] == 0:
            record[places[name]] = None
    for gate, sure in found.items():
        if closed & _CLOSING[gate]:  # found, and so it counts: the gate, though answered no, closes nothing
            return encode(values, names, _kept_open | _CLOSING[gate])
        if (record[places[gate]] or 0) < sure:
            record[places[gate]] = sure
    for protection, risks in _CONTRADICTED:
        _weigh(record, protection, risks)
    return tuple(record)


def _weigh(record: list[int | None], protection: int, risks: tuple[int, ...]) -> None:
    """A protection is set aside by what undoes it; else, where it is known, it says that nothing does."""
    for risk in risks:
        if record[risk]:
            record[protection] = YesNo.NO
            return
    if record[protection]:
        for risk in risks:
            record[risk] = Answer.NO


def conflicts(values: Values, names: AbstractSet[str] | None = None) -> tuple[Conflict, ...]:
    """The answers of a case that do not go together, each with how it was read, in the order of the facts.

    `names` as in `encode`.
    """
    looked_at = values.keys() if names is None else names
    return tuple(_conflicts(values, sorted(POSITIONS.keys() & looked_at, key=POSITIONS.__getitem__)))


def _conflicts(values: Values, names: Iterable[str]) -> Iterator[Conflict]:
    stage = Stage.at(values.get("age_months"))
    for name in names:
        fact, value = FACTS[name], values[name]
        if fact.established_by and value == Answer.NO and values.get(fact.established_by) != YesNo.YES:
            yield Conflict(
                (name, fact.established_by),
                f"A no that nothing establishes ({FACTS[fact.established_by].says}: not known to be so): read as not known.",
            )
        if not value:
            continue
        if fact.gate and values.get(fact.gate) == 0 and fact.polarity is Polarity.RISK and fact.raises_gate:
            yield Conflict((fact.gate, name), "The opening question is answered no, and yet this is found: it counts.")
        if stage is not None and stage not in fact.stages and _bears_on_findings(fact):
            yield Conflict((name,), f"Not asked of a child at this stage ({stage.label}): an answer given counts.")
        for risk in fact.contradicted_by:
            if values.get(risk):
                yield Conflict((name, risk), "A protection and what undoes it: the protection is set aside.")
    for said, found, reading in DISAGREEING:
        if all(values.get(name) == value for name, value in said.items()):
            against = [name for name in found if name not in said and values.get(name)]
            if against:
                yield Conflict((*said, *against), reading)


def impossible(values: Values) -> list[tuple[str, str]]:
    """What makes a record one that cannot be: the fact and what is wrong with it. Empty for a possible record."""
    age = values.get("age_months")
    if age is None:
        return []
    return [
        (fact, message)
        for fact, is_so, message in IMPOSSIBLE
        if (number := values.get(fact)) is not None and is_so(number, age)
    ]
