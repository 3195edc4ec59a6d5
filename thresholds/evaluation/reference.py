"""The meaning of a rule set, written to be read: the specification that every other evaluator has to match.

A record is completed in one of four ways, so that every question has an answer; then every condition is simply true or
false. Because findings rise with harm and fall with protection and age, the completion that assumes the most harm and the
least protection gives the upper end of the range, and the opposite one the lower end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thresholds.evaluation.findings import Evaluation, Findings, Outcomes
from thresholds.facts.record import POSITIONS, Record
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
from thresholds.language.rules import Conclusion, RuleSet, Scale
from thresholds.scales import Answer, Reading, Stage, YesNo

Values = Mapping[str, int]
Standing = dict[str, int | set[int]]


def complete(record: Record, reading: Reading) -> dict[str, int]:
    """Every fact, with no question left open."""
    return {
        name: completed(fact, record[position], reading)
        for (name, fact), position in zip(FACTS.items(), POSITIONS.values(), strict=True)
    }


def completed(fact: Fact, value: int | None, reading: Reading) -> int:
    """One fact, with no question left open. (No finding reads a context fact: the loader sees to that.)"""
    if fact.polarity is Polarity.RISK:
        most = fact.highest if fact.kind is Kind.COUNT else Answer.YES
        if value is None:
            return most if reading is Reading.HIGHEST else 0
        suspicion = fact.kind is Kind.ANSWER and value == Answer.SUSPECTED
        return Answer.NO if suspicion and reading is Reading.CONFIRMED else value
    if value is not None:
        return value
    if fact.polarity is Polarity.PROTECTIVE:
        return YesNo.YES if reading is Reading.LOWEST else YesNo.NO
    if fact.polarity is Polarity.CONTEXT:
        return 0
    return fact.lowest - 1 if reading is Reading.HIGHEST else fact.highest  # the age: every age test true, or none


def find(
    rule_set: RuleSet,
    record: Record,
    reading: Reading,
    given: Iterable[Conclusion] = (),
    left_out: frozenset[int] = frozenset(),
) -> Findings:
    """What the findings make of a record in one reading.

    `given` are conclusions taken as made already, `left_out` rules (by position) that are not to count.
    """
    values = complete(record, reading)
    found: Standing = {outcome.name: 0 if isinstance(outcome, Scale) else set() for outcome in rule_set.outcomes}
    for conclusion in given:
        _conclude(rule_set, found, conclusion)
    counting, tempered = [], []
    for step in rule_set.steps:
        for position in step:
            rule = rule_set.findings[position]
            if position in left_out or not holds(rule.when, values, found):
                continue
            if rule.unless is not None and holds(rule.unless, values, found):
                tempered.append(position)
                continue
            counting.append(position)
            for conclusion in rule.concludes:
                _conclude(rule_set, found, conclusion)
    return Findings(_as_outcomes(found), tuple(counting), tuple(tempered))


def _conclude(rule_set: RuleSet, found: Standing, conclusion: Conclusion) -> None:
    """A scale rises to the value, and with it every scale that never stands below it; a set gains a member."""
    for name in rule_set.raised_with[conclusion.outcome]:
        standing = found[name]
        if isinstance(standing, set):
            standing.add(conclusion.value)
        else:
            found[name] = max(standing, conclusion.value)


def _as_outcomes(found: Standing) -> Outcomes:
    return tuple(sum(1 << member for member in value) if isinstance(value, set) else value for value in found.values())


def holds(condition: Condition, values: Values, found: Mapping[str, int | set[int]]) -> bool:
    """Whether a finding's condition is true of completed facts and of what is found so far."""
    match condition:
        case Found(fact, confirmed):
            return values[fact] >= (Answer.YES if confirmed else 1)
        case Counted(fact, at_least):
            return values[fact] >= at_least
        case YoungerThan(months):
            return values["age_months"] < months
        case Reached(scale, value):
            standing = found[scale]
            return isinstance(standing, int) and standing >= value
        case Includes(collection, member):
            members = found[collection]
            return isinstance(members, set) and member in members
        case All(parts):
            return all(holds(part, values, found) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values, found) for part in parts)
        case AtLeastOf(number, parts):
            return sum(holds(part, values, found) for part in parts) >= number
        case _:
            raise TypeError(f"a finding may not say {type(condition).__name__}")


def evaluate(rule_set: RuleSet, record: Record) -> Evaluation:
    """The findings of a record, in all four readings."""
    may = frozenset(position for position, rule in enumerate(rule_set.findings) if rule.discretion)
    found = {reading: find(rule_set, record, reading) for reading in Reading}
    return Evaluation.of(record, found, find(rule_set, record, Reading.SUGGESTED, left_out=may).outcomes)


# Advice: evaluated once, last, over the record as it stands, where not known is an answer of its own.


def advise(rule_set: RuleSet, evaluation: Evaluation) -> tuple[int, ...]:
    """The rules of `RuleSet.current_advice` that hold, by position."""
    record, outcomes = evaluation.record, {reading: evaluation.outcomes(reading) for reading in Reading}
    return tuple(
        position
        for position, rule in enumerate(rule_set.current_advice)
        if advice_holds(rule_set, rule.when, record, outcomes)
    )


def advice_holds(rule_set: RuleSet, condition: Condition, record: Record, outcomes: Mapping[Reading, Outcomes]) -> bool:
    """Whether an advice condition is true of a record and of what the findings made of it."""

    def part_holds(part: Condition) -> bool:
        return advice_holds(rule_set, part, record, outcomes)

    def standing(outcome: str, reading: Reading = Reading.SUGGESTED) -> int:
        return outcomes[reading][rule_set.outcome_positions[outcome]]

    match condition:
        case Found(fact, confirmed):
            return (record[POSITIONS[fact]] or 0) >= (Answer.YES if confirmed else 1)
        case Answered(fact, answers):
            return record[POSITIONS[fact]] in answers
        case Number(fact, comparison, number):
            value = record[POSITIONS[fact]]
            return value is not None and compare(value, comparison, number)
        case AtStage(stages):
            return Stage.at(record[POSITIONS["age_months"]]) in stages
        case Stands(scale, reading, comparison, value):
            return compare(standing(scale, reading), comparison, value)
        case Includes(collection, member):
            return bool(standing(collection) >> member & 1)
        case Settled():
            return standing("tier", Reading.LOWEST) == standing("tier", Reading.HIGHEST)
        case All(parts):
            return all(part_holds(part) for part in parts)
        case AnyOf(parts):
            return any(part_holds(part) for part in parts)
        case AtLeastOf(number, parts):
            return sum(part_holds(part) for part in parts) >= number
        case Not(part):
            return not part_holds(part)
        case _:
            raise TypeError(f"advice may not say {type(condition).__name__}")


def compare(value: int, comparison: Comparison, other: int) -> bool:
    """Whether two ordered values compare so."""
    match comparison:
        case Comparison.AT_LEAST:
            return value >= other
        case Comparison.AT_MOST:
            return value <= other
        case Comparison.BELOW:
            return value < other
        case Comparison.ABOVE:
            return value > other
        case Comparison.IS:
            return value == other


class Interpreter:
    """A rule set that is evaluated by reading it."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set

    def evaluate(self, record: Record) -> Evaluation:
        """As `evaluate`."""
        return evaluate(self._rule_set, record)

    def find(self, record: Record, reading: Reading) -> Findings:
        """As `find`."""
        return find(self._rule_set, record, reading)

    def advise(self, evaluation: Evaluation) -> tuple[int, ...]:
        """As `advise`."""
        return advise(self._rule_set, evaluation)
