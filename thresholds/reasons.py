"""Why a rule counts, would count, or is tempered: read off the record of the evaluation that gave the tier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from thresholds.evaluation.findings import Evaluation, Findings, Outcomes
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
    facts_read,
    leaves,
    outcomes_read,
)
from thresholds.language.rules import Rule, RuleSet, Scale
from thresholds.scales import Basis, YesNo


class Role(StrEnum):
    """What a rule does in a suggestion: it counts, it would if what is not known were so, or its exception holds."""

    COUNTS = "counts"
    OPEN = "open"
    TEMPERED = "tempered"


_COUNTS = Role.COUNTS
_BASES = tuple(Basis)
_BASES_IN = [tuple(b for bit, b in enumerate(_BASES) if bits >> bit & 1) for bits in range(1 << len(_BASES))]


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
        self._supports = {name: _all_supports(fact) for name, fact in FACTS.items()}
        self._rules = [
            (rule, self._explain(rule.when), _exception(rule.unless), self._waited_for(rule)) for rule in rule_set.findings
        ]
        self._bases = [1 << _BASES.index(rule.source.basis) for rule in rule_set.findings]

    def _waited_for(self, rule: Rule) -> tuple[frozenset[int], ...]:
        """For each outcome that a rule reads, the rules that make it so."""
        return tuple(
            self._rule_set.concluding[leaf.scale, leaf.value]
            if isinstance(leaf, Reached)
            else self._rule_set.concluding[leaf.collection, leaf.member]
            for leaf in leaves(rule.when)
            if isinstance(leaf, Reached | Includes)
        )

    # What counts.

    def counting(self, evaluation: Evaluation, tier: int) -> tuple[tuple[Reason, ...], tuple[Basis, ...]]:
        """The rules that count, those that decide this tier first; and how sure the sources of those are, the surest first."""
        record, outcomes, counting = evaluation.record, evaluation.suggested, evaluation.counting
        deciding = self.deciding(counting, tier)
        confirmed = frozenset(evaluation.confirmed_counting)
        first: list[Reason] = []
        then: list[Reason] = []
        bases = 0
        for position in counting:
            rule, explain, exception, _ = self._rules[position]
            decides = position in deciding
            because = explain(record, outcomes, counting)
            state: ExceptionState = "none" if exception is None else exception(record)
            reason = Reason(rule, _COUNTS, because, decides, state, position not in confirmed)
            if decides:
                first.append(reason)
                bases |= self._bases[position]
            else:
                then.append(reason)
        return (*first, *then), _BASES_IN[bases]

    def deciding(self, counting: tuple[int, ...], tier: int) -> AbstractSet[int]:
        """The rules that decide this tier, directly or through the outcomes that such rules rest on."""
        if not tier:
            return frozenset()
        deciding = set(self._rule_set.concluding["tier", tier].intersection(counting))
        waiting = list(deciding)
        while waiting:
            for concluding in self._rules[waiting.pop()][3]:
                given = concluding.intersection(counting) - deciding
                deciding |= given
                waiting += given
        return deciding

    def because(self, positions: Iterable[int], record: Record, found: Findings) -> tuple[Support, ...]:
        """All that these rules, which count, rest on; each once."""
        each = (self._rules[position][1](record, found.outcomes, found.counting) for position in positions)
        return tuple(dict.fromkeys(support for supports in each for support in supports))

    # What is tempered, and what is open.

    def tempered(self, evaluation: Evaluation) -> tuple[Reason, ...]:
        """The rules that would count but for their exception."""
        reasons = []
        for position in evaluation.tempered:
            rule, explain, _, _ = self._rules[position]
            because = explain(evaluation.record, evaluation.suggested, evaluation.counting)
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
                return _once_each(condition, _all_of([self._explain(part) for part in parts]))
            case AnyOf(parts):
                return _once_each(condition, _some_of(1, [self._explain(part) for part in parts]))
            case AtLeastOf(number, parts):
                return _once_each(condition, _some_of(number, [self._explain(part) for part in parts]))
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")

    def _explain_answer(self, fact: str, at_least: int) -> _Explain:
        position, lowest = POSITIONS[fact], FACTS[fact].lowest
        given: list[tuple[Support, ...]] = [
            (support,) if value >= at_least else () for value, support in enumerate(self._supports[fact], lowest)
        ]

        def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
            value = record[position]
            return () if value is None else given[value - lowest]

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
        rules, concluding = self._rule_set.findings, self._rule_set.concluding[name, value]
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


def _all_supports(fact: Fact) -> list[FactSupport]:
    """What each answer to a fact is as a support, from its lowest to its highest."""
    if fact.words is not None:
        return [FactSupport(fact.name, word.word) for word in fact.words]
    return [FactSupport(fact.name, value) for value in range(fact.lowest, fact.highest + 1)]


def _all_of(parts: list[_Explain]) -> _Explain:
    def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
        supports: tuple[Support, ...] = ()
        for part in parts:
            found = part(record, outcomes, counting)
            if not found:
                return ()
            supports += found
        return supports

    return explain


def _some_of(number: int, parts: list[_Explain]) -> _Explain:
    def explain(record: Record, outcomes: Outcomes, counting: tuple[int, ...]) -> tuple[Support, ...]:
        supports: tuple[Support, ...] = ()
        so = 0
        for part in parts:
            found = part(record, outcomes, counting)
            if found:
                supports += found
                so += 1
        return supports if so >= number else ()

    return explain


def _once_each(condition: Condition, explain: _Explain) -> _Explain:
    """The same, with no support twice; only a condition that reads a thing twice could give one twice."""
    read = [*facts_read(condition), *outcomes_read(condition)]
    if len(set(read)) == len(read):
        return explain
    return lambda record, outcomes, counting: tuple(dict.fromkeys(explain(record, outcomes, counting)))


def _exception(unless: Condition | None) -> Callable[[Record], ExceptionState] | None:
    """A function that says, of an exception that does not hold, whether it might if what is not known protected."""
    if unless is None:
        return None
    may_hold = _may_hold(unless)
    return lambda record: "open" if may_hold(record) else "absent"


def _may_hold(condition: Condition) -> Callable[[Record], bool]:
    match condition:
        case Found(fact):
            position = POSITIONS[fact]
            return lambda record: record[position] != 0
        case All(parts):
            tests = [_may_hold(part) for part in parts]
            return lambda record: all(test(record) for test in tests)
        case AnyOf(parts):
            tests = [_may_hold(part) for part in parts]
            return lambda record: any(test(record) for test in tests)
        case _:
            raise TypeError(f"an exception may not say {type(condition).__name__}")
