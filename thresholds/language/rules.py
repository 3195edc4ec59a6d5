"""Rules and rule sets as frozen, typed values."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter

from thresholds.language.conditions import Condition, outcomes_read
from thresholds.scales import Basis, Stage, Tier


@dataclass(frozen=True, slots=True)
class Scale:
    """An outcome with ordered values, the lowest first; the highest that any rule concludes stands.

    It never stands below the scales in `at_least`, which have the same values. `label` is its name on a page.
    """

    name: str
    values: tuple[str, ...]
    at_least: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """An outcome that collects members. `label` is its name on a page."""

    name: str
    members: tuple[str, ...]
    label: str = ""


Outcome = Scale | Collection


class AdviceKind(StrEnum):
    """What advice can be about. Nothing reads it."""

    STATUS = "status"
    PATHWAYS = "pathways"
    PROMPTS = "prompts"
    REFERRAL_GAPS = "referral_gaps"
    DUTIES = "duties"
    HOLDING = "holding"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a finding rule concludes: a scale stands at least at this value, or a set holds this member."""

    outcome: str
    value: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What an advice rule says.

    `text` is the sentence; for a status it is the status, for a pathway where it leads. `expected_response` is what to
    expect of a pathway, and `panel` the panel or service that takes the case by it, where one does. `judges` is set on a
    gap that calls the referral not appropriate, rather than not complete.
    """

    kind: AdviceKind
    text: str
    expected_response: str = ""
    panel: str = ""
    judges: bool = False

    @property
    def place(self) -> str:
        """Where a pathway leads, by the name of the panel or service where it has one."""
        return self.panel or self.text


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from: a work in the list of sources, where in it, and how sure that is."""

    work: str
    at: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Source:
    """A work that rules cite. `short` is what a page calls it, `seen` when it was read."""

    id: str
    short: str
    title: str
    address: str
    seen: str


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One thing that a source says, in our words, that some rule or fact should answer for; else `none` says why not."""

    id: str
    says: str
    facts: tuple[str, ...] = ()
    none: str = ""


class ExampleKind(StrEnum):
    """What an example shows of its rule."""

    COUNTS = "counts"
    DOES_NOT = "does_not"
    EXCEPTED = "excepted"


@dataclass(frozen=True, slots=True)
class Example:
    """A case in small that shows what its rule does.

    `facts` are answers, None where a fact is not known in spite of `rest_is_no`, by which every other question of the stage is
    answered no. `given` are outcomes taken as found. `gives` is what the rule set that declares the rule makes of the case.
    """

    kind: ExampleKind
    facts: tuple[tuple[str, int | None], ...]
    given: tuple[Conclusion, ...] = ()
    gives: tuple[tuple[str, int | tuple[int, ...]], ...] = ()
    rest_is_no: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition, maybe an exception, and what it concludes (a finding) or says (advice)."""

    id: str
    title: str
    when: Condition
    unless: Condition | None = None
    concludes: tuple[Conclusion, ...] = ()
    advises: tuple[Advice, ...] = ()
    source: Citation
    covers: tuple[str, ...] = ()
    discretion: bool = False
    disagreement: str = ""
    note: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    examples: tuple[Example, ...] = ()
    rule_set: str = ""
    file: str = ""
    line: int = 0

    def valid_on(self, date: dt.date) -> bool:
        """Whether the rule holds on this date."""
        return (self.valid_from or date) <= date <= (self.valid_to or date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A sentence that every possible case must keep: where `when` is so and `unless` is not, the tier is at least this."""

    id: str
    title: str
    when: Condition
    unless: Condition | None
    at_least: Tier
    source: Citation
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleSet:
    """A named, versioned, dated set of rules, with all that it extends.

    `findings` and `advice` are in the order of their files, those of the rule set it `extends` first. `required` names, for
    each stage, what has to be answered before the lowest tier may be suggested. `pathways_on` is the date whose pathways,
    and other dated advice, are given. `cells` are what the sources say, one by one.
    """

    id: str
    version: str
    title: str
    status: str
    valid_from: dt.date
    valid_to: dt.date | None
    extends: RuleSet | None
    authors: tuple[str, ...]
    reviewed_by: tuple[str, ...]
    pathways_on: dt.date
    about: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Rule, ...]
    advice: tuple[Rule, ...]
    floors: tuple[Floor, ...]
    required: Mapping[Stage, tuple[str, ...]]
    sources: Mapping[str, Source]
    cells: tuple[SourceCell, ...] = field(default=())

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for rule in (*self.findings, *self.advice)}

    @cached_property
    def outcome_positions(self) -> Mapping[str, int]:
        """Where each outcome stands among the outcomes."""
        return {outcome.name: position for position, outcome in enumerate(self.outcomes)}

    @cached_property
    def current_advice(self) -> tuple[Rule, ...]:
        """The advice rules that hold on the date whose pathways are named."""
        return tuple(rule for rule in self.advice if rule.valid_on(self.pathways_on))

    def scale(self, name: str) -> Scale | None:
        """The scale of this name; None where the rule set has none."""
        found = self.outcome(name)
        return found if isinstance(found, Scale) else None

    def outcome(self, name: str) -> Outcome | None:
        """The outcome of this name; None where the rule set has none."""
        position = self.outcome_positions.get(name)
        return None if position is None else self.outcomes[position]

    @cached_property
    def raised_with(self) -> Mapping[str, tuple[str, ...]]:
        """For each outcome, itself and the scales that never stand below it."""
        return {outcome.name: (outcome.name, *self._above(outcome.name)) for outcome in self.outcomes}

    def _above(self, name: str) -> Iterator[str]:
        for outcome in self.outcomes:
            if isinstance(outcome, Scale) and name in outcome.at_least:
                yield outcome.name
                yield from self._above(outcome.name)

    @cached_property
    def concluding(self) -> Mapping[tuple[str, int], frozenset[int]]:
        """For each value of a scale, the findings (by position) that make it stand there or higher; for each member of a set,
        those that put it in."""
        found: dict[tuple[str, int], set[int]] = {}
        for outcome in self.outcomes:
            for value in range(len(outcome.values if isinstance(outcome, Scale) else outcome.members)):
                found[outcome.name, value] = set()
        for position, rule in enumerate(self.findings):
            for conclusion in rule.concludes:
                for name in self.raised_with[conclusion.outcome]:
                    lowest = 1 if isinstance(self.outcome(name), Scale) else conclusion.value
                    for value in range(lowest, conclusion.value + 1):
                        found[name, value].add(position)
        return {key: frozenset(positions) for key, positions in found.items()}

    @cached_property
    def steps(self) -> tuple[tuple[int, ...], ...]:
        """The findings, by position, in steps: a rule comes after every rule that concludes what it reads.

        Raises ValueError where rules read each other in a circle; a loaded rule set never does.
        """
        return derive_steps(self)

    @cached_property
    def digest(self) -> str:
        """A fingerprint of all that the rule set says, what it extends included; examples, order and line ends apart."""
        by_id = (sorted(part, key=attrgetter("id")) for part in (self.findings, self.advice, self.floors))
        content = [_plain(part) for part in (self.outcomes, *by_id)]
        content += [self.id, self.version, str(self.pathways_on)]
        content.append({stage.word: list(names) for stage, names in self.required.items()})
        written = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


_NOT_IN_DIGEST = {"examples", "file", "line"}


def _plain(value: object) -> object:
    """A node as JSON can hold it, with the name of its class, in the order of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in _NOT_IN_DIGEST}
        return {"node": type(value).__name__, **named}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, dt.date) else value


class CircleError(ValueError):
    """Rules that read each other's conclusions in a circle; `rules` are their ids."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        super().__init__(f"these rules wait for each other: {', '.join(rules)}")
        self.rules = rules


def derive_steps(rule_set: RuleSet) -> tuple[tuple[int, ...], ...]:
    """The findings in steps, by who reads what. Raises `CircleError`."""
    concludes: dict[str, set[int]] = {outcome.name: set() for outcome in rule_set.outcomes}
    for position, rule in enumerate(rule_set.findings):
        for conclusion in rule.concludes:
            for name in rule_set.raised_with[conclusion.outcome]:
                concludes[name].add(position)
    order = TopologicalSorter(
        {
            position: set().union(*(concludes[name] for name in outcomes_read(rule.when)))
            for position, rule in enumerate(rule_set.findings)
        }
    )
    try:
        order.prepare()
    except CycleError as error:
        raise CircleError(tuple(rule_set.findings[position].id for position in error.args[1][1:])) from None
    steps = []
    while order.is_active():
        ready = order.get_ready()
        steps.append(tuple(sorted(ready)))
        order.done(*ready)
    return tuple(steps)
