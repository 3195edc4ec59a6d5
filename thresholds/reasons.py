"""Why a rule counts, would count, or is tempered: read off the record of the evaluation that gave the tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from thresholds.evaluation.findings import Evaluation, Outcomes
from thresholds.facts.record import POSITIONS, Record
from thresholds.facts.vocabulary import FACTS, Fact
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
from thresholds.language.rules import Rule, RuleSet, Scale
from thresholds.scales import YesNo


class Role(StrEnum):
    """What a rule does in a suggestion: it counts, it would if what is not known were so, or its exception holds."""

    COUNTS = "counts"
    OPEN = "open"
    TEMPERED = "tempered"


class FactSupport(NamedTuple):
    """A fact that a reason rests on, and its answer as case files write it (None where it is not known)."""

    fact: str
    value: str | int | None

    @property
    def about(self) -> Fact:
        """What the fact is."""
        return FACTS[self.fact]

    @property
    def question(self) -> str:
        """The fact as it is asked."""
        return self.about.question


class OutcomeSupport(NamedTuple):
    """An outcome that a reason rests on: a scale at this value or higher, or a set with this member; and what gave it.

    Of `at_least` and `includes`, the one that does not apply is None. `rules` are ids.
    """

    outcome: str
    at_least: str | None
    includes: str | None
    rules: tuple[str, ...]


Support = FactSupport | OutcomeSupport
ExceptionState = Literal["none", "open", "absent", "holds"]


class Reason(NamedTuple):
    """One rule in a suggestion, and what of this case it rests on.

    `decisive`: it concludes the suggested tier, or an outcome that such a rule rests on. `exception`: the rule has none, it
    is open whether it holds, it is absent, or it holds (and then `tempered_by` says through what). `missing` is what is not
    known and would make an open rule count. `suspected_only`: on confirmed facts alone the rule does not count.
    """

    rule: Rule
    role: Role
    because: tuple[Support, ...]
    decisive: bool = False
    exception: ExceptionState = "none"
    suspected_only: bool = False
    missing: tuple[Support, ...] = ()
    tempered_by: tuple[FactSupport, ...] = ()


_Explain = Callable[[Record, Outcomes, tuple[int, ...]], tuple[Support, ...]]
"""From a record, the outcomes of a reading and the rules that count in it to what makes a condition so; empty if it is not.

A condition that nothing makes true cannot be written in a finding, so empty always means that it is not so.
"""


class Explainer:
    """Gives the reasons of one rule set. Make one with `explainer`."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._supports = {
            name: [FactSupport(name, fact.written(value)) for value in range(fact.lowest, fact.highest + 1)]
            if fact.words is None
            else [FactSupport(name, word.word) for word in fact.words]
            for name, fact in FACTS.items()
        }
        self._concluding = _concluding(rule_set)
        self._when = [self._explain(rule.when) for rule in rule_set.findings]

    # What counts.

    def counting(self, evaluation: Evaluation, tier: int) -> tuple[Reason, ...]:
        """The rules that count, those that decide this tier first."""
        record, counting = evaluation.record, evaluation.counting
        rules, confirmed = self._rule_set.findings, evaluation.confirmed_counting
        because = {position: self._when[position](record, evaluation.suggested, counting) for position in counting}
        deciding = self._deciding(because, tier)
        first: list[Reason] = []
        then: list[Reason] = []
        for position, supports in because.items():
            rule = rules[position]
            decisive = rule.id in deciding
            exception: ExceptionState = "none" if rule.unless is None else _exception(rule.unless, record)
            reason = Reason(rule, Role.COUNTS, supports, decisive, exception, position not in confirmed)
            (first if decisive else then).append(reason)
        return (*first, *then)

    def _deciding(self, because: Mapping[int, tuple[Support, ...]], tier: int) -> set[str]:
        """The ids of the rules that decide this tier, directly or through what the rules that do rest on."""
        rules = self._rule_set.findings
        if not tier:
            return set()
        concluding = self._concluding["tier", tier]
        waiting = [rules[position].id for position in because if position in concluding]
        if not any(type(support) is OutcomeSupport for position in because for support in because[position]):
            return set(waiting)
        by_id = {rules[position].id: supports for position, supports in because.items()}
        deciding: set[str] = set()
        while waiting:
            rule = waiting.pop()
            if rule not in deciding:
                deciding.add(rule)
                waiting += [name for support in by_id[rule] if type(support) is OutcomeSupport for name in support.rules]
        return deciding

    # What is tempered, and what is open.

    def tempered(self, evaluation: Evaluation) -> tuple[Reason, ...]:
        """The rules that would count but for their exception."""
        reasons = []
        for position in evaluation.tempered:
            rule = self._rule_set.findings[position]
            because = self._when[position](evaluation.record, evaluation.suggested, evaluation.counting)
            by = tuple(dict.fromkeys(self._protecting(rule.unless, evaluation.record)))
            reasons.append(Reason(rule, Role.TEMPERED, because, exception="holds", tempered_by=by))
        return tuple(reasons)

    def open(self, evaluation: Evaluation, counting_highest: tuple[int, ...], highest: Outcomes) -> tuple[Reason, ...]:
        """The rules that do not count and would, if what is not known were so."""
        settled = {*evaluation.counting, *evaluation.tempered}
        reasons = []
        for position in counting_highest:
            if position in settled:
                continue
            rule = self._rule_set.findings[position]
            because, missing = self._found_and_missing(rule.when, evaluation, highest)
            reasons.append(Reason(rule, Role.OPEN, tuple(because), missing=tuple(missing)))
        return tuple(reasons)

    def _found_and_missing(
        self, condition: Condition, evaluation: Evaluation, highest: Outcomes
    ) -> tuple[dict[Support, None], dict[Support, None]]:
        """The parts of a condition that are so already, and those that are not known and would be so at their highest."""
        found = dict.fromkeys(self._explain(condition)(evaluation.record, evaluation.suggested, evaluation.counting))
        if found:
            return found, {}
        match condition:
            case All(parts) | AnyOf(parts) | AtLeastOf(_, parts):
                missing: dict[Support, None] = {}
                for part in parts:
                    so, not_so = self._found_and_missing(part, evaluation, highest)
                    found |= so
                    missing |= not_so
                return found, missing
            case Found(fact) | Counted(fact):
                unknown = evaluation.record[POSITIONS[fact]] is None
                return {}, {FactSupport(fact, None): None} if unknown else {}
            case YoungerThan():
                unknown = evaluation.record[POSITIONS["age_months"]] is None
                return {}, {FactSupport("age_months", None): None} if unknown else {}
            case Reached(scale, value):
                could = highest[self._rule_set.outcome_positions[scale]] >= value
                return {}, {self._outcome_support(scale, value): None} if could else {}
            case Includes(collection, member):
                could = bool(highest[self._rule_set.outcome_positions[collection]] >> member & 1)
                return {}, {self._outcome_support(collection, member): None} if could else {}
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")

    def _outcome_support(self, name: str, value: int) -> OutcomeSupport:
        outcome = self._rule_set.outcomes[self._rule_set.outcome_positions[name]]
        if isinstance(outcome, Scale):
            return OutcomeSupport(name, outcome.values[value], None, ())
        return OutcomeSupport(name, None, outcome.members[value], ())

    def _protecting(self, condition: Condition | None, record: Record) -> Iterator[FactSupport]:
        """The known protections in an exception that holds."""
        match condition:
            case Found(fact) if record[POSITIONS[fact]]:
                yield self._supports[fact][YesNo.YES]
            case All(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._protecting(part, record)

    # Conditions, each made once into a function.

    def _explain(self, condition: Condition) -> _Explain:
        match condition:
            case Found(fact, confirmed):
                return self._explain_answer(fact, 2 if confirmed else 1)
            case Counted(fact, at_least):
                return self._explain_answer(fact, at_least)
            case YoungerThan(months):
                return self._explain_age(months)
            case Reached(name, value) | Includes(name, value):
                return self._explain_outcome(name, value)
            case All(parts):
                return _all_of([self._explain(part) for part in parts])
            case AnyOf(parts):
                return _some_of(1, [self._explain(part) for part in parts])
            case AtLeastOf(number, parts):
                return _some_of(number, [self._explain(part) for part in parts])
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")

    def _explain_answer(self, fact: str, at_least: int) -> _Explain:
        position, lowest = POSITIONS[fact], FACTS[fact].lowest
        supports = [(support,) for support in self._supports[fact]]

        def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
            value = record[position]
            return supports[value - lowest] if value is not None and value >= at_least else ()

        return explain

    def _explain_age(self, months: int) -> _Explain:
        position, lowest = POSITIONS["age_months"], FACTS["age_months"].lowest
        supports = self._supports["age_months"]

        def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
            age = record[position]
            return (supports[age - lowest],) if age is not None and age < months else ()

        return explain

    def _explain_outcome(self, name: str, value: int) -> _Explain:
        position = self._rule_set.outcome_positions[name]
        rules, concluding = self._rule_set.findings, self._concluding[name, value]
        _, at_least, includes, _ = self._outcome_support(name, value)

        def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
            stands = outcomes[position]
            if not (stands >= value if includes is None else stands >> value & 1):
                return ()
            ids = tuple([rules[p].id for p in counting if p in concluding])
            return (OutcomeSupport(name, at_least, includes, ids),)

        return explain


@lru_cache(maxsize=64)
def explainer(rule_set: RuleSet) -> Explainer:
    """What gives the reasons of this rule set; made once."""
    return Explainer(rule_set)


def _all_of(parts: list[_Explain]) -> _Explain:
    def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
        supports: tuple[Support, ...] = ()
        for part in parts:
            found = part(record, outcomes, counting)
            if not found:
                return ()
            supports += found
        return tuple(dict.fromkeys(supports))

    return explain


def _some_of(number: int, parts: list[_Explain]) -> _Explain:
    def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
        found = [supports for part in parts if (supports := part(record, outcomes, counting))]
        if len(found) < number:
            return ()
        return found[0] if len(found) == 1 else tuple(dict.fromkeys([one for supports in found for one in supports]))

    return explain


def _concluding(rule_set: RuleSet) -> Mapping[tuple[str, int], frozenset[int]]:
    """The rules that make a scale stand at a value or higher, or put a member in a set."""
    concluding: dict[tuple[str, int], set[int]] = {}
    for outcome in rule_set.outcomes:
        for value in range(len(outcome.values if isinstance(outcome, Scale) else outcome.members)):
            concluding[outcome.name, value] = set()
    for position, rule in enumerate(rule_set.findings):
        for conclusion in rule.concludes:
            for name in rule_set.raised_with[conclusion.outcome]:
                scale = isinstance(rule_set.outcome(name), Scale)
                for value in range(1 if scale else conclusion.value, conclusion.value + 1):
                    concluding[name, value].add(position)
    return {key: frozenset(positions) for key, positions in concluding.items()}


def _exception(condition: Condition, record: Record) -> ExceptionState:
    """Whether an exception that does not hold might, if what is not known protected; else it is absent."""
    return "open" if _may_hold(condition, record) else "absent"


def _may_hold(condition: Condition, record: Record) -> bool:
    match condition:
        case Found(fact):
            return record[POSITIONS[fact]] != YesNo.NO
        case All(parts):
            return all(_may_hold(part, record) for part in parts)
        case AnyOf(parts):
            return any(_may_hold(part, record) for part in parts)
        case _:
            raise TypeError(f"an exception may not say {type(condition).__name__}")
