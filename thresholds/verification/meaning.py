"""What a rule set makes of a symbolic record: the meaning that `evaluation.reference` gives, in formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
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
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import Rule, RuleSet, Scale
from thresholds.scales import Answer, Reading, Tier
from thresholds.verification.solver import z3
from thresholds.verification.symbols import (
    AGE,
    ALWAYS,
    NEVER,
    Entries,
    Entry,
    Formula,
    Reaches,
    all_of,
    any_of,
    at_stage,
)


def completed(record: Entries, fact: str, least: int, reading: Reading) -> Formula:
    """Whether a fact reaches this in a record completed so; as `evaluation.reference.completed`."""
    about, entry = FACTS[fact], record[fact]
    if about.kind is Kind.ANSWER and reading is Reading.CONFIRMED and about.polarity is Polarity.RISK:
        least = max(least, Answer.YES)
    if reading is _ASSUMED_IN.get(about.polarity) and least <= most(about):
        return z3.Or(entry.is_open, entry.reaches(least))
    return entry.reaches(least)


_ASSUMED_IN = {Polarity.RISK: Reading.HIGHEST, Polarity.PROTECTIVE: Reading.LOWEST}


def most(fact: Fact) -> int:
    """The most that can be answered."""
    return fact.highest if fact.words is None else max(fact.words)


def is_younger(record: Entries, months: int, reading: Reading) -> Formula:
    """Whether the child is younger, in a record completed so."""
    age = record[AGE]
    return z3.Or(age.is_open, z3.Not(age.reaches(months))) if reading is Reading.HIGHEST else _known_under(age, months)


def _known_under(number: Entry, limit: int) -> Formula:
    return z3.And(z3.Not(number.is_open), z3.Not(number.reaches(limit)))


class SymbolicFindings:
    """The findings of a record in one reading.

    `counts` and `tempered` are formulas by the position of a rule; `switched_off` makes a rule not count where its formula is
    so; `instead` are rules that stand in the place of others.
    """

    def __init__(
        self,
        rule_set: RuleSet,
        record: Entries,
        reading: Reading,
        switched_off: Mapping[int, Formula] | None = None,
        instead: Mapping[int, Rule | None] | None = None,
    ) -> None:
        self._rule_set, self._record, self._reading = rule_set, record, reading
        self.counts: dict[int, Formula] = {}
        self.tempered: dict[int, Formula] = {}
        self._concluding: dict[tuple[str, int], list[Formula]] = {key: [] for key in rule_set.concluding}
        self._standing: dict[tuple[str, int], Formula] = {}
        for step in rule_set.steps:
            self._standing.clear()
            for position in step:
                rule = (instead or {}).get(position, rule_set.findings[position])
                if rule is not None:
                    self._add(position, rule, (switched_off or {}).get(position, NEVER))
        self._standing.clear()

    def _add(self, position: int, rule: Rule, is_off: Formula) -> None:
        when = z3.And(self.holds(rule.when), z3.Not(is_off))
        excepted = NEVER if rule.unless is None else self.holds(rule.unless)
        self.tempered[position] = z3.And(when, excepted)
        self.counts[position] = z3.And(when, z3.Not(excepted))
        for conclusion in rule.concludes:
            for name in self._rule_set.raised_with[conclusion.outcome]:
                is_scale = isinstance(self._rule_set.outcome(name), Scale)
                for value in range(1, conclusion.value + 1) if is_scale else (conclusion.value,):
                    self._concluding[name, value].append(self.counts[position])

    def stands(self, outcome: str, value: int) -> Formula:
        """A scale stands at this value or higher; a set holds this member."""
        key = (outcome, value)
        if key not in self._standing:
            is_lowest = isinstance(self._rule_set.outcome(outcome), Scale) and value <= 0
            self._standing[key] = ALWAYS if is_lowest else any_of(self._concluding[key])
        return self._standing[key]

    def is_tier(self, tier: Tier) -> Formula:
        """The tier stands just here."""
        stands = self.stands("tier", tier)
        return stands if tier is Tier.THREE else z3.And(stands, z3.Not(self.stands("tier", tier + 1)))

    @cached_property
    def everything(self) -> dict[tuple[str, int], Formula]:
        """What stands, for each value of each outcome that anything could conclude."""
        return {
            (outcome.name, value): self.stands(outcome.name, value)
            for outcome in self._rule_set.outcomes
            for value in (range(1, len(outcome.values)) if isinstance(outcome, Scale) else range(len(outcome.members)))
        }

    def holds(self, condition: Condition) -> Formula:
        """Whether a finding's condition is so."""
        match condition:
            case Found(fact, confirmed):
                return completed(self._record, fact, Answer.YES if confirmed else Answer.SUSPECTED, self._reading)
            case Counted(fact, at_least):
                return completed(self._record, fact, at_least, self._reading)
            case YoungerThan(months):
                return is_younger(self._record, months, self._reading)
            case Reached(scale, value):
                return self.stands(scale, value)
            case Includes(collection, member):
                return self.stands(collection, member)
            case All(parts):
                return all_of(self.holds(part) for part in parts)
            case AnyOf(parts):
                return any_of(self.holds(part) for part in parts)
            case AtLeastOf(number, parts):
                return at_least_of(number, (self.holds(part) for part in parts))
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")


def different(one: SymbolicFindings, other: SymbolicFindings, outcome: str | None = None) -> Formula:
    """Whether some outcome stands otherwise, or just this one; of the values that both have."""
    both = (key for key in one.everything if key in other.everything and outcome in (None, key[0]))
    return any_of(one.everything[key] != other.everything[key] for key in both)


def without_discretion(
    rule_set: RuleSet, record: Entries, switched_off: Mapping[int, Formula] | None = None
) -> SymbolicFindings:
    """What is suggested had no rule marked "may" counted: its tier is printed beside the other."""
    may = {position: None for position, rule in enumerate(rule_set.findings) if rule.discretion}
    return SymbolicFindings(rule_set, record, Reading.SUGGESTED, switched_off=switched_off, instead=may)


def at_least_of(number: int, parts: Iterable[Formula]) -> Formula:
    """So many parts are so, or more."""
    counted = [(part, 1) for part in parts]
    return z3.PbGe(counted, number) if number <= len(counted) else NEVER


class SymbolicAdvice:
    """What the advice of a rule set makes of a record and of its findings in every reading."""

    def __init__(self, rule_set: RuleSet, record: Entries, findings: Mapping[Reading, SymbolicFindings]) -> None:
        self._rule_set, self._record, self._findings = rule_set, record, findings

    def holds(self, condition: Condition) -> Formula:
        """Whether an advice rule's condition is so; as `evaluation.reference.advice_holds`."""
        match condition:
            case Found(fact, confirmed):
                return self._record[fact].reaches(Answer.YES if confirmed else Answer.SUSPECTED)
            case Answered(fact, answers):
                entry = self._record[fact]
                return any_of(entry.is_open if value is None else entry.is_exactly(value) for value in answers)
            case Number(fact, comparison, number):
                entry = self._record[fact]
                return z3.And(z3.Not(entry.is_open), _compared(entry.reaches, comparison, number))
            case AtStage(stages):
                return any_of(at_stage(self._record, stage) for stage in stages)
            case Stands(scale, reading, comparison, value):
                return _compared(lambda least: self._stands(scale, least, reading), comparison, value)
            case Includes(collection, member):
                return self._findings[Reading.SUGGESTED].stands(collection, member)
            case Settled():
                tier = self._rule_set.scale("tier")
                values = range(1, len(tier.values) if tier else 1)
                return all_of(
                    self._stands("tier", value, Reading.LOWEST) == self._stands("tier", value, Reading.HIGHEST)
                    for value in values
                )
            case All(parts):
                return all_of(self.holds(part) for part in parts)
            case AnyOf(parts):
                return any_of(self.holds(part) for part in parts)
            case AtLeastOf(number, parts):
                return at_least_of(number, (self.holds(part) for part in parts))
            case Not(part):
                return z3.Not(self.holds(part))
            case _:
                raise TypeError(f"advice may not say {type(condition).__name__}")

    def _stands(self, scale: str, value: int, reading: Reading) -> Formula:
        declared = self._rule_set.scale(scale)
        beyond = declared is not None and value >= len(declared.values)
        return NEVER if beyond else self._findings[reading].stands(scale, value)


def _compared(at_least: Reaches, comparison: Comparison, number: int) -> Formula:
    match comparison:
        case Comparison.AT_LEAST:
            return at_least(number)
        case Comparison.AT_MOST:
            return z3.Not(at_least(number + 1))
        case Comparison.BELOW:
            return z3.Not(at_least(number))
        case Comparison.ABOVE:
            return at_least(number + 1)
        case Comparison.IS:
            return z3.And(at_least(number), z3.Not(at_least(number + 1)))
