"""Each analysis against its twin, which tries everything: on small made-up rule sets and cases, 5,000 of them, they agree.

The twins know nothing of ways and steps. They put answers into the record, encode it and evaluate it, as `suggest` does.
"""

import random
from itertools import chain, combinations

import pytest

from tests.analysis.small import (
    domain,
    every_way,
    known_of,
    read_by,
    rule_sets,
    smallest,
    stands,
    suggestions,
    tiers_of,
)
from thresholds import Tier
from thresholds.analysis.asking import Moves
from thresholds.evaluation.reference import find
from thresholds.facts.record import GATES, POSITIONS, RAISED_BY, encode
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.rules import Rule
from thresholds.scales import Reading
from thresholds.testing import make_rule_set

pytestmark = pytest.mark.once
RULE_SETS, CASES_EACH, MOST_NAMES, MOST_TOGETHER = 625, 8, 4, 3
ALL = 100_000


@pytest.fixture(scope="module")
def made():
    """5,000 suggestions by 625 small rule sets."""
    chance = random.Random(29)
    small = (rule_set for rule_set in rule_sets(2011, 10 * RULE_SETS) if is_small(rule_set))
    found = [
        one for _, rule_set in zip(range(RULE_SETS), small, strict=False) for one in suggestions(rule_set, chance, CASES_EACH)
    ]
    assert len(found) >= 5_000
    return found


def is_small(rule_set):
    """Whether a rule set reads so few facts that every answer can be tried; what undoes a protection apart."""
    names = set(read_by(rule_set))
    undoing = {risk for name in names for risk in FACTS[name].contradicted_by}
    return len(names - undoing) <= MOST_NAMES and len(names) <= 2 * MOST_NAMES


def is_harm(name, value, than):
    """Whether an answer is more harm than another, which may be None for not known."""
    match FACTS[name].polarity:
        case Polarity.PROTECTIVE:
            return value == 0 and than == 1
        case Polarity.AGE:
            return than is None or value < than
        case _:
            return value > (than or 0)


def test_why_gives_every_smallest_set_of_facts(made):
    carried = 0
    for suggestion in made:
        for tier in Tier:
            if Tier.ONE < tier <= stands(suggestion):
                answer = suggestion.why(tier, limit=ALL)
                assert answer.is_all
                assert not answer.more
                got = [frozenset(one.fact for one in derivation.facts) for derivation in answer.derivations]
                assert sorted(map(len, got)) == list(map(len, got)), "smallest first"
                assert set(got) == sets_that_carry(suggestion, tier)
                assert len(set(got)) == len(got)
                carried += 1
    assert carried > 1_000


def sets_that_carry(suggestion, tier):
    """Every smallest set of known facts that carries a tier by the rules that count, whatever their exceptions."""
    rules = [suggestion.rule_set.findings[position] for position in suggestion.evaluation.counting]
    bare = make_rule_set([without_exception(rule) for rule in rules])
    at = bare.outcome_positions["tier"]
    known = {name: value for name, value in known_of(suggestion).items() if value or name == "age_months"}
    known.pop("asked_alone_and_safely", None)
    subsets = chain.from_iterable(combinations(known, size) for size in range(len(known) + 1))
    return smallest(
        frozenset(names)
        for names in subsets
        if find(bare, encode({name: known[name] for name in names}), Reading.SUGGESTED).outcomes[at] >= tier
    )


def without_exception(rule):
    return Rule(id=rule.id, title=rule.title, when=rule.when, concludes=rule.concludes, source=rule.source)


def test_why_not_gives_every_nearest_route(made):
    routed = 0
    for suggestion in made:
        known = {name: suggestion.evaluation.record[POSITIONS[name]] for name in FACTS}
        names = [*read_by(suggestion.rule_set), "age_months"]
        worse = [
            answers
            for answers in every_way(names, MOST_TOGETHER)
            if all(is_harm(name, value, known[name]) for name, value in answers.items())
        ]
        tried = list(tiers_of(suggestion, worse))
        for tier in Tier:
            if tier > stands(suggestion):
                answer = suggestion.why_not(tier, limit=ALL)
                pieces = [len(route.missing) for route in answer.routes]
                assert pieces == sorted(pieces), "nearest first"
                got = {
                    frozenset((one.fact, answer_of(one)) for one in route.missing)
                    for route in answer.routes
                    if len(route.missing) <= MOST_TOGETHER
                }
                reaching = [answers for answers, reached in tried if reached >= tier]
                assert got == {frozenset(answers.items()) for answers in least_harm(reaching)}
                routed += bool(got)
    assert routed > 1_000


def answer_of(missing):
    """The least harm that a missing piece asks for."""
    if missing.about.polarity is Polarity.PROTECTIVE:
        return 0
    return missing.level - 1 if missing.fact == "age_months" else missing.level


def least_harm(ways):
    """Those ways beside which none does as little harm or less."""

    def no_more(one, other):
        return all(
            name in other and (other[name] == value or is_harm(name, other[name], value)) for name, value in one.items()
        )

    kept = []
    for way in sorted(ways, key=len):
        if not any(no_more(other, way) for other in kept):
            kept = [other for other in kept if not no_more(way, other)] + [way]
    return kept


def test_every_route_says_how_each_missing_piece_stands(made):
    for suggestion in made[:1_000]:
        for route in suggestion.why_not(Tier.THREE).routes:
            for one in route.missing:
                given, read = known_of(suggestion).get(one.fact), suggestion.evaluation.record[POSITIONS[one.fact]]
                elsewhere = suggestion.stage is not None and suggestion.stage not in one.about.stages and given is None
                expected = "not known" if read is None else "asked only at another stage" if elsewhere else "known otherwise"
                assert one.standing == expected
            assert not {one.fact for one in route.met} & {one.fact for one in route.missing}


@pytest.mark.parametrize("include_unchangeable", [False, True])
def test_what_would_change_gives_every_smallest_change(made, include_unchangeable):
    moved = dict.fromkeys(("learning_up", "learning_down", "changing_up", "changing_down"), 0)
    for suggestion in made[:: 10 if include_unchangeable else 1]:
        now, record = stands(suggestion), suggestion.evaluation.record
        names = [*read_by(suggestion.rule_set), "age_months"]
        learnable = {name for name in names if record[POSITIONS[name]] is None}
        changeable = {
            name
            for name in set(names) - learnable
            if (include_unchangeable or FACTS[name].changeable)
            and (suggestion.stage is None or suggestion.stage in FACTS[name].stages or name in known_of(suggestion))
        }
        tried = list(tiers_of(suggestion, every_way(names, MOST_TOGETHER)))
        answer = suggestion.what_would_change(ALL, MOST_TOGETHER, include_unchangeable)
        for name, allowed, moves in (
            ("learning_up", learnable, lambda tier, now=now: tier > now),
            ("learning_down", learnable, lambda tier, now=now: tier < now),
            ("changing_up", changeable, lambda tier, now=now: tier > now),
            ("changing_down", changeable, lambda tier, now=now: tier < now),
        ):
            moving = {frozenset(answers) for answers, tier in tried if allowed >= answers.keys() and moves(tier)}
            few = min(map(len, moving), default=0)
            changes = getattr(answer, name)
            assert {facts_of(suggestion, change) for change in changes.listed} == {one for one in moving if len(one) == few}
            for change in changes.listed:
                assert suggestion.with_facts(**change.after).tier == change.tier
                assert change.tier is None or moves(change.tier)
                if name.startswith("learning") and change.tier is not None:
                    assert suggestion.range.lowest <= change.tier <= suggestion.range.highest
                moved[name] += 1
    assert min(moved.values()) >= 3  # each kind of move is met more than once, so that none is tested in name only


def facts_of(suggestion, change):
    """The facts that change by themselves: not an opening question that opens with what is behind it."""
    opened = {
        gate
        for gate in change.after
        if suggestion.evaluation.record[POSITIONS[gate]] == 0 and set(RAISED_BY.get(gate, ())) & change.after.keys()
    }
    return frozenset(change.after.keys() - opened)


def test_every_answer_given_to_ask_next_can_move_something_and_none_is_forgotten(made):
    asked = settled = 0
    for suggestion in made:
        answer = suggestion.ask_next()
        record = suggestion.evaluation.record
        open_names = [name for name in [*read_by(suggestion.rule_set), "age_months"] if record[POSITIONS[name]] is None]
        tried = tiers_of(suggestion, every_way(open_names, MOST_TOGETHER))
        outcomes = {frozenset(answers.items()): tier for answers, tier in tried}
        can_move = len(set(outcomes.values())) > 1
        if answer.tier_is_settled:
            assert not can_move
            settled += 1
        elif can_move:
            assert answer.questions
        for question in answer.questions:
            for leads_to in question.leads_to:
                assert suggestion.range.lowest <= leads_to.lowest <= leads_to.highest <= suggestion.range.highest
            if question.lowest < question.highest or (question.further or ALL) <= MOST_TOGETHER:
                assert Moves.TIER in question.moves
                assert moves_tier(question.fact.name, outcomes)
            if (question.further or ALL) <= MOST_TOGETHER:
                assert question.further == fewest_to_three(question.fact.name, outcomes, suggestion)
        asked += len(answer.questions)
    assert min(asked, settled) > 1_000


def stands_for(name):
    """A question and what is asked by it: what is behind an opening question, and what it establishes."""
    behind = {fact.name for fact in FACTS.values() if name in (fact.gate, fact.established_by)}
    return {name, *behind, *(fact.name for fact in FACTS.values() if fact.gate in behind)}


def moves_tier(name, outcomes):
    """Whether two records that differ in this question's answers alone come to different tiers."""
    about = stands_for(name)
    tiers = {}
    for answers, tier in outcomes.items():
        others = frozenset(one for one in answers if one[0] not in about)
        tiers.setdefault(others, set()).add(tier)
    return any(len(some) > 1 for some in tiers.values())


def fewest_to_three(name, outcomes, suggestion):
    """The size of the smallest set of answers that leads to Tier 3, holds one of this question, and would not without it."""
    about = stands_for(name)
    reaching = [
        dict(answers)
        for answers, tier in outcomes.items()
        if tier == Tier.THREE > stands(suggestion) and all(is_harm(*answer, None) for answer in answers)
    ]
    return min((len(way) for way in least_harm(reaching) if about & way.keys()), default=None)


def test_stability_finds_every_answer_on_which_the_tier_turns(made):
    turning = 0
    for suggestion in made[::20]:
        hinges = {hinge.fact: {one.tier for one in hinge.otherwise} for hinge in suggestion.stability().hinges}
        for name in known_of(suggestion):
            tiers = {suggestion.with_facts(**{name: FACTS[name].written(value)}).tier for value in domain(name)}
            assert hinges.get(name, set()) >= tiers - {suggestion.tier}
            if name != "age_months":
                assert hinges.get(name, set()) == tiers - {suggestion.tier}
            turning += name in hinges
    assert turning > 80


def test_gates_and_what_undoes_a_protection_are_among_the_made_up_facts(made):
    names = {name for suggestion in made for name in read_by(suggestion.rule_set)}
    assert names & set(GATES)
    assert any(set(FACTS[name].contradicted_by) <= names for name in names if FACTS[name].contradicted_by)
