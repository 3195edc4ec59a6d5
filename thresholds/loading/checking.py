"""Checking a rule set beyond what loading can see: that its examples come out as they say, and that its floors hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from pathlib import Path

from thresholds.evaluation.findings import Outcomes
from thresholds.evaluation.reference import advice_holds, find
from thresholds.facts.record import Record, encode
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Condition, Counted, Found, YoungerThan
from thresholds.language.rules import Collection, Example, ExampleKind, Floor, Rule, RuleSet, Scale
from thresholds.loading.places import SETTINGS
from thresholds.loading.problems import Place, Problem
from thresholds.scales import ADULT_MONTHS, Answer, Reading, Tier, YesNo

Answers = dict[str, int]


def check_rule_set(rule_set: RuleSet, folder: Path) -> list[Problem]:
    """What is wrong with a rule set that could be loaded: its own examples, and every floor, inherited ones too."""
    own = (rule for rule in rule_set.rules.values() if rule.rule_set == rule_set.id)
    examples = (
        Problem(Place(str(folder / Path(rule.file).name), example.line, 1), rule.id, wrong)
        for rule in own
        for example in rule.examples
        for wrong in wrong_with_example(rule_set, rule, example)
    )
    floors = (
        Problem(Place(str(folder / SETTINGS), 1, 1), floor.id, leak)
        for floor in rule_set.floors
        for leak in leaks(rule_set, floor)
    )
    return [*examples, *floors]


# Examples.


def example_record(example: Example) -> Record:
    """The record of an example; with `rest: no`, every other question has been asked properly and answered no."""
    values: dict[str, int | None] = dict(example.facts)
    if example.rest_is_no:
        values = _all_answered(Answer.NO) | values
    return encode(values)


def _all_answered(risks: int, protections: int | None = None) -> dict[str, int | None]:
    """Every question about risk answered so, asked properly, and every question about protection answered so."""
    properly = {fact.established_by for fact in FACTS.values()}
    answers: dict[str, int | None] = {}
    for name, fact in FACTS.items():
        if fact.polarity is Polarity.RISK:
            answers[name] = risks
        elif fact.polarity is Polarity.PROTECTIVE:
            answers[name] = protections
        elif name in properly:
            answers[name] = YesNo.YES
    return answers


def example_outcomes(rule_set: RuleSet, example: Example) -> Mapping[Reading, Outcomes]:
    """What the findings make of an example, in each reading."""
    record = example_record(example)
    return {reading: find(rule_set, record, reading, example.given).outcomes for reading in Reading}


def wrong_with_example(rule_set: RuleSet, rule: Rule, example: Example) -> Iterator[str]:
    """How an example does not come out as it says, each a sentence; none for one that does."""
    shown = _what_happens(rule_set, rule, example)
    if shown is not example.kind:
        yield f"An example under {example.kind} does not come out so: here the rule {_HAPPENS[shown]}."
    outcomes = example_outcomes(rule_set, example)[Reading.SUGGESTED]
    for name, expected in example.gives:
        outcome = rule_set.outcomes[rule_set.outcome_positions[name]]
        found = outcomes[rule_set.outcome_positions[name]]
        if isinstance(outcome, Scale) and found != expected:
            yield f"An example under {example.kind} gives {name} {outcome.values[found]}, not what it says."
        if isinstance(outcome, Collection):
            members = [member for bit, member in enumerate(outcome.members) if found >> bit & 1]
            wanted = expected if isinstance(expected, tuple) else (expected,)
            if members != [outcome.members[bit] for bit in wanted]:
                yield f"An example under {example.kind} gives {name} [{', '.join(members)}], not what it says."


_HAPPENS = {
    ExampleKind.COUNTS: "counts",
    ExampleKind.DOES_NOT: "does not count",
    ExampleKind.EXCEPTED: "would count, but its exception holds",
}


def _what_happens(rule_set: RuleSet, rule: Rule, example: Example) -> ExampleKind:
    record = example_record(example)
    if rule.advises:
        holds = advice_holds(rule_set, rule.when, record, example_outcomes(rule_set, example))
        return ExampleKind.COUNTS if holds else ExampleKind.DOES_NOT
    position = rule_set.findings.index(rule)
    found = find(rule_set, record, Reading.SUGGESTED, example.given)
    if position in found.counting:
        return ExampleKind.COUNTS
    return ExampleKind.EXCEPTED if position in found.tempered else ExampleKind.DOES_NOT


# Floors. Since findings rise with harm and fall with protection and age, the lowest tier of all cases that a floor speaks of
# stands where there is just the harm it names and no other, everything protects but what its exception names, and the child
# is as old as it allows. There are few such cases, and looking at each of them looks at all.


def leaks(rule_set: RuleSet, floor: Floor) -> Iterator[str]:
    """The cases in which a floor does not hold, each as a sentence; none for a floor that holds."""
    tier = rule_set.outcome_positions["tier"]
    for case in floor_cases(floor):
        found = find(rule_set, encode(case), Reading.SUGGESTED).outcomes[tier]
        if found < floor.at_least:
            harm = [name for name, value in case.items() if value and FACTS[name].polarity is Polarity.RISK]
            yield f"The floor does not hold: {' and '.join(harm)}, with everything that protects, is Tier {Tier(found)}."


def floor_cases(floor: Floor) -> Iterator[dict[str, int | None]]:
    """The cases at the edge of a floor: no other harm, and all the protection and age that it allows."""
    for harm, unprotected in product(_ways_to_be(floor.when), _ways_to_fail(floor.unless)):
        case = _all_answered(Answer.NO, YesNo.YES) | {"age_months": ADULT_MONTHS - 1} | harm
        yield case | dict.fromkeys(unprotected, YesNo.NO)


def _ways_to_be(condition: Condition) -> list[Answers]:
    """The least answers that make a condition true, each way once."""
    match condition:
        case Found(fact, confirmed):
            return [{fact: Answer.YES if confirmed else Answer.SUSPECTED}]
        case Counted(fact, at_least):
            return [{fact: at_least}]
        case YoungerThan(months):
            return [{"age_months": months - 1}]
        case AnyOf(parts):
            return list(chain.from_iterable(_ways_to_be(part) for part in parts))
        case All(parts):
            return [_together(ways) for ways in product(*(_ways_to_be(part) for part in parts))]
        case AtLeastOf(number, parts):
            return [way for chosen in combinations(parts, number) for way in _ways_to_be(All(chosen))]
        case _:
            raise TypeError(f"a floor may not say {type(condition).__name__}")


def _together(ways: tuple[Answers, ...]) -> Answers:
    """Answers that make all of several conditions true: the most harm and the least age that any of them asks for."""
    together: Answers = {}
    for name, value in chain.from_iterable(way.items() for way in ways):
        stronger = min if name == "age_months" else max
        together[name] = stronger(value, together.get(name, value))
    return together


def _ways_to_fail(condition: Condition | None) -> list[frozenset[str]]:
    """The smallest sets of protections whose absence makes an exception false, each way once."""
    match condition:
        case None:
            return [frozenset()]
        case Found(fact):
            return [frozenset({fact})]
        case All(parts):
            return list(chain.from_iterable(_ways_to_fail(part) for part in parts))
        case AnyOf(parts):
            return [frozenset().union(*ways) for ways in product(*(_ways_to_fail(part) for part in parts))]
        case _:
            raise TypeError(f"an exception may not say {type(condition).__name__}")
