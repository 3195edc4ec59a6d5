"""Small rule sets and cases made by chance from a seed, so small that every answer can be tried."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, product

from thresholds import Case, Suggestion, suggest
from thresholds.evaluation.compiled import compile_rule_set
from thresholds.facts.record import GATES, POSITIONS, RAISED_BY, encode, impossible
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Counted, Found, Includes, Reached, YoungerThan, facts_read
from thresholds.language.rules import Citation, Conclusion, Rule, RuleSet, Scale
from thresholds.scales import Basis, Reading
from thresholds.testing import SCALES, make_rule_set

RISKS = (
    "cares_for_someone",
    "caring_affects_life",
    "main_carer",
    "own_relationship_abuse",
    "own_relationship_serious",
    "history_of_concern",
    "previous_child_harmed_or_removed",
    "bruise_or_mark",
    "coercive_control",
    "separation_recent_or_planned",
    "sexually_active",
    "harm_likely",
    "immediate_danger",
    "help_offered_not_taken_up",
)
COUNTS = ("missing_episodes_90_days", "incidents_12_months")
PROTECTIONS = ("independently_mobile", "no_contact_checked", "separated_over_12_months", "other_carer_all_hours")
AGES = (None, -3, 5, 30, 100, 150, 200)
MONTHS = (12, 84)
COUNTED_TO = 4
_SOURCE = Citation("tests", "nowhere", Basis.PRACTICE)


def rule_sets(seed: int, number: int) -> Iterator[RuleSet]:
    """So many small rule sets."""
    chance = random.Random(seed)
    for _ in range(number):
        risks, protections = chance.sample(RISKS, 3), chance.sample(PROTECTIONS, 1)
        counts = chance.sample(COUNTS, chance.choice([0, 1]))
        rules = [_rule(chance, f"rule-{n}", risks, counts, protections) for n in range(chance.randint(2, 6))]
        yield make_rule_set(rules)


def _rule(chance: random.Random, name: str, risks: list[str], counts: list[str], protections: list[str]) -> Rule:
    place = chance.choice([0, 1, 2, 3, 3, 3])
    outcome, before = SCALES[place], SCALES[:place]
    many = len(outcome.values) if isinstance(outcome, Scale) else len(outcome.members)
    value = chance.randrange(1 if isinstance(outcome, Scale) else 0, many)
    return Rule(
        id=name,
        title=name,
        when=_condition(chance, risks, counts, before, 0),
        unless=_exception(chance, protections) if chance.random() < 0.35 else None,
        concludes=(Conclusion(outcome.name, value),),
        source=_SOURCE,
    )


def _condition(chance, risks, counts, before, depth):
    if depth < 2 and chance.random() < 0.45:
        parts = tuple(_condition(chance, risks, counts, before, depth + 1) for _ in range(chance.randint(2, 3)))
        return chance.choice([All, AnyOf, lambda some: AtLeastOf(2, some)])(parts)
    if before and chance.random() < 0.3:
        outcome = chance.choice(before)
        if isinstance(outcome, Scale):
            return Reached(outcome.name, chance.randrange(1, len(outcome.values)))
        return Includes(outcome.name, chance.randrange(len(outcome.members)))
    if counts and chance.random() < 0.25:
        return Counted(chance.choice(counts), chance.randint(1, COUNTED_TO))
    risk = chance.choice(risks)
    found = Found(risk, risk not in GATES and chance.random() < 0.3)  # an opening question is never asked to be confirmed
    return All((found, YoungerThan(chance.choice(MONTHS)))) if chance.random() < 0.25 else found


def _exception(chance, protections):
    some = [Found(name) for name in protections]
    return some[0] if chance.random() < 0.7 else chance.choice([All, AnyOf])(tuple(some))


def read_by(rule_set: RuleSet) -> list[str]:
    """Every fact whose answer can matter to a rule set: what it reads, and what raises or undoes that; the age apart."""
    names = {name for rule in rule_set.findings for name in (*facts_read(rule.when), *facts_read(rule.unless))}
    for name in list(names):
        names |= {*RAISED_BY.get(name, ()), *FACTS[name].contradicted_by}
    return sorted(names - {"age_months"}, key=POSITIONS.__getitem__)


def suggestions(rule_set: RuleSet, chance: random.Random, number: int) -> Iterator[Suggestion]:
    """The suggestions for so many cases that a rule set can tell apart."""
    names = read_by(rule_set)
    gates = [FACTS[name].gate for name in names if FACTS[name].gate]
    for _ in range(number):
        share = chance.choice([0.2, 0.5, 0.9])
        values = {name: chance.choice(domain(name)) for name in {*names, *gates} if chance.random() < share}
        values |= {"age_months": chance.choice(AGES), "asked_alone_and_safely": chance.choice([None, 1])}
        if not impossible(values):
            answers = {name: FACTS[name].written(value) for name, value in values.items() if value is not None}
            yield suggest(Case(**answers), rule_set)


@cache
def domain(name: str) -> list[int]:
    """Every answer to a fact that small rule sets can tell apart."""
    fact = FACTS[name]
    if fact.polarity is Polarity.AGE:
        return [-3, *(side for months in MONTHS for side in (months - 1, months)), 200]
    return list(range(COUNTED_TO + 1)) if fact.kind is Kind.COUNT else [int(word) for word in fact.words]


def known_of(suggestion: Suggestion) -> dict[str, int]:
    """The answers that a case was given, as small integers."""
    return {name: value for name in FACTS if (value := suggestion.case.__dict__[name]) is not None}


def tiers_of(suggestion: Suggestion, ways: Iterable[Mapping[str, int]]) -> Iterator[tuple[Mapping[str, int], int]]:
    """Each of these ways with what the facts come to when its answers stand in the place of the case's own."""
    known, find = known_of(suggestion), compile_rule_set(suggestion.rule_set).find
    at = suggestion.rule_set.outcome_positions["tier"]
    for answers in ways:
        yield answers, find(encode({**known, **answers}), Reading.SUGGESTED).outcomes[at]


def stands(suggestion: Suggestion) -> int:
    """What the known facts come to."""
    return suggestion.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]]


def every_way(names: list[str], most: int) -> Iterator[dict[str, int]]:
    """Every choice of at most so many of these facts, with every answer to each."""
    for size in range(most + 1):
        for some in combinations(names, size):
            for values in product(*map(domain, some)):
                yield dict(zip(some, values, strict=True))


def smallest(families: Iterator[frozenset[str]]) -> set[frozenset[str]]:
    """Those sets that hold no other."""
    found = set(families)
    return {one for one in found if not any(other < one for other in found)}
