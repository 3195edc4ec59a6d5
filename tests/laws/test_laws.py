"""The laws of the language, on the shipped rule sets and on made-up ones. Each name is the law, in words."""

import random
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from thresholds import load_rule_set
from thresholds.evaluation.compiled import CompiledRuleSet, compile_rule_set
from thresholds.evaluation.reference import complete, holds
from thresholds.facts.record import GATES, POSITIONS, conflicts, encode, impossible
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import Scale
from thresholds.loading.checking import floor_cases, leaks
from thresholds.scales import Reading
from thresholds.testing import answers_to, make_rule_set, rule_sets, values
from thresholds.verification.made_up import records
from thresholds.verification.made_up import values as made_up_values

pytestmark = pytest.mark.once  # that each Python computes alike is seen by the engines compared

SHIPPED = ("hackney-2009", "hackney-2011")
laws = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
RISKS = [name for name, fact in FACTS.items() if fact.polarity is Polarity.RISK]
PROTECTIONS = [name for name, fact in FACTS.items() if fact.polarity is Polarity.PROTECTIVE]
CONTEXT = [name for name, fact in FACTS.items() if fact.polarity is Polarity.CONTEXT]


def read_by(rule_set):
    """The facts that a rule set reads, so that made-up records meet its rules."""
    return sorted({name for rule in rule_set.findings for name in (*facts_read(rule.when), *facts_read(rule.unless))})


@st.composite
def rule_set_and_values(draw):
    """A rule set, shipped or made up, and the known facts of a case, mostly such as it reads."""
    if draw(st.booleans()):
        rule_set = load_rule_set(draw(st.sampled_from(SHIPPED)))
        return rule_set, compile_rule_set(rule_set), draw(values())
    rule_set = draw(rule_sets())
    about = read_by(rule_set)
    gates = [FACTS[name].gate for name in about if FACTS[name].gate]
    return rule_set, CompiledRuleSet(rule_set), draw(values(sorted({*about, *gates, "asked_alone_and_safely"})))


def is_at_most(rule_set, lower, higher):
    """Whether every outcome of the first stands no higher than in the second."""
    return all(
        one <= other if isinstance(outcome, Scale) else one & ~other == 0
        for outcome, one, other in zip(rule_set.outcomes, lower, higher, strict=True)
    )


@laws
@given(rule_set_and_values())
def test_on_confirmed_facts_alone_no_outcome_is_higher(made):
    rule_set, compiled, known = made
    evaluation = compiled.evaluate(encode(known))
    assert is_at_most(rule_set, evaluation.confirmed, evaluation.suggested)


@laws
@given(rule_set_and_values())
def test_the_suggestion_lies_within_its_range(made):
    rule_set, compiled, known = made
    evaluation = compiled.evaluate(encode(known))
    assert is_at_most(rule_set, evaluation.lowest, evaluation.suggested)
    assert is_at_most(rule_set, evaluation.suggested, evaluation.highest)


@settings(laws, max_examples=150)
@given(rule_sets(most_facts=3, most_rules=6), st.data())
def test_with_the_age_known_the_range_is_exact(rule_set, data):
    about = [name for name in read_by(rule_set) if name != "age_months"]
    known = data.draw(values(about, age=st.integers(-10, 215)))
    record = encode(known)
    unknown = [name for name in about if record[POSITIONS[name]] is None]
    assume(len(unknown) <= 5)
    tier = rule_set.outcome_positions["tier"]
    compiled = CompiledRuleSet(rule_set)
    could_be = [
        compiled.evaluate(encode({**known, **dict(zip(unknown, answers, strict=True))})).suggested[tier]
        for answers in product(*(possible_answers(name) for name in unknown))
    ]
    evaluation = compiled.evaluate(record)
    assert (evaluation.lowest[tier], evaluation.highest[tier]) == (min(could_be), max(could_be))


def possible_answers(name):
    """Every answer that matters; of numbers, those that rules made up for tests ask for, and the most."""
    fact = FACTS[name]
    return [int(word) for word in fact.words] if fact.words else [*range(6), fact.highest]


@settings(laws, max_examples=200)
@given(rule_set_and_values(), st.data())
def test_learning_a_fact_never_widens_the_range(made, data):
    rule_set, compiled, known = made
    about = [name for name in (read_by(rule_set) or RISKS) if known.get(name) is None]
    assume(about)
    name = data.draw(st.sampled_from(about))
    learnt = {**known, name: data.draw(st.integers(-10, 215) if name == "age_months" else answers_to(FACTS[name]))}
    assume(not conflicts(known) and not conflicts(learnt) and not impossible(learnt))
    before, after = compiled.evaluate(encode(known)), compiled.evaluate(encode(learnt))
    assert is_at_most(rule_set, before.lowest, after.lowest)
    assert is_at_most(rule_set, after.highest, before.highest)


@settings(laws, max_examples=200)
@given(rule_set_and_values(), st.data())
def test_more_harm_never_lowers_a_tier(made, data):
    rule_set, compiled, known = made
    harms = [name for name in (read_by(rule_set) or RISKS) if FACTS[name].polarity is Polarity.RISK]
    assume(harms)
    name = data.draw(st.sampled_from(harms))
    fact, before = FACTS[name], known.get(name)
    most = fact.highest if fact.kind is Kind.COUNT else 2
    assume(before is None or before < most)
    after = data.draw(st.integers(1 if before is None else before + 1, most))
    one, other = compiled.evaluate(encode(known)), compiled.evaluate(encode({**known, name: after}))
    for reading in (Reading.SUGGESTED, Reading.LOWEST, Reading.CONFIRMED):
        assert is_at_most(rule_set, one.outcomes(reading), other.outcomes(reading))
    if before is not None:  # not known is already read as the most harm at the high end
        assert is_at_most(rule_set, one.highest, other.highest)


@settings(laws, max_examples=200)
@given(rule_set_and_values(), st.data())
def test_more_protection_never_raises_a_tier(made, data):
    rule_set, compiled, known = made
    protections = [name for name in (read_by(rule_set) or PROTECTIONS) if FACTS[name].polarity is Polarity.PROTECTIVE]
    assume(protections)
    name = data.draw(st.sampled_from(protections))
    one = compiled.evaluate(encode({**known, name: data.draw(st.sampled_from([None, 0]))}))
    other = compiled.evaluate(encode({**known, name: 1}))
    for reading in Reading:
        if reading is not Reading.LOWEST or known.get(name) is not None:
            assert is_at_most(rule_set, other.outcomes(reading), one.outcomes(reading))


@laws
@given(rule_set_and_values(), st.integers(-10, 215), st.integers(0, 60))
def test_an_age_test_never_raises_a_tier_as_a_child_grows(made, months, older):
    rule_set, compiled, known = made
    record = list(encode(known))
    record[POSITIONS["age_months"]] = months
    younger = compiled.evaluate(tuple(record))
    record[POSITIONS["age_months"]] = months + older
    grown = compiled.evaluate(tuple(record))
    for reading in Reading:
        assert is_at_most(rule_set, grown.outcomes(reading), younger.outcomes(reading))


@laws
@given(rule_set_and_values(), st.randoms(use_true_random=False))
def test_the_order_of_rules_and_of_facts_does_not_matter(made, chance):
    rule_set, compiled, known = made
    names = list(known)
    chance.shuffle(names)
    assert encode({name: known[name] for name in names}) == encode(known)
    if rule_set.id != "made-up":
        return
    shuffled = list(rule_set.findings)
    chance.shuffle(shuffled)
    other = make_rule_set(shuffled)
    one, two = compiled.evaluate(encode(known)), CompiledRuleSet(other).evaluate(encode(known))
    assert one[4:] == two[4:]
    for listed, relisted in zip(one[1:4], two[1:4], strict=True):
        assert {rule_set.findings[p].id for p in listed} == {other.findings[p].id for p in relisted}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_empty_case_makes_no_finding(name):
    evaluation = compile_rule_set(load_rule_set(name)).evaluate(encode({}))
    assert evaluation.counting == evaluation.tempered == ()
    assert not any(evaluation.suggested)


def test_the_age_stage_files_only_raise_or_leave():
    model, by_stage = (load_rule_set(name) for name in SHIPPED)
    assert model.outcomes == by_stage.outcomes
    for record in records(seed=3, number=3_000):
        one, other = compile_rule_set(model).evaluate(record), compile_rule_set(by_stage).evaluate(record)
        for reading in Reading:
            assert is_at_most(model, one.outcomes(reading), other.outcomes(reading))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_floor_holds_in_every_case(name):
    rule_set = load_rule_set(name)
    assert rule_set.floors
    for floor in rule_set.floors:
        assert list(leaks(rule_set, floor)) == []
    tier = rule_set.outcome_positions["tier"]
    met = 0
    for record in records(seed=5, number=400):
        found = compile_rule_set(rule_set).evaluate(record).suggested[tier]
        facts = complete(record, Reading.SUGGESTED)
        for floor in rule_set.floors:
            if holds(floor.when, facts, {}) and not (floor.unless and holds(floor.unless, facts, {})):
                met += 1
                assert found >= floor.at_least, floor.id
    assert met > 100


@pytest.mark.parametrize("name", SHIPPED)
def test_a_floor_that_no_rule_keeps_leaks(name):
    rule_set = load_rule_set(name)
    bare = make_rule_set([], outcomes=rule_set.outcomes)
    for floor in rule_set.floors:
        assert list(leaks(bare, floor))
        assert list(floor_cases(floor))


def test_no_referral_or_context_fact_moves_a_finding():
    answering = {fact.established_by for fact in FACTS.values()} | {gate for gate in GATES if gate in CONTEXT}
    assert answering - {None} == {"asked_alone_and_safely", "help_offered"}
    compiled = compile_rule_set(load_rule_set("hackney-2011"))
    chance = random.Random(11)
    for _ in range(1_500):
        known = made_up_values(chance)
        context = {name: chance.choice([None, 0, 1]) for name in CONTEXT if chance.random() < 0.5}
        one, other = compiled.evaluate(encode(known)), compiled.evaluate(encode({**known, **context}))
        assert one.suggested == other.suggested
        assert one.lowest == other.lowest
        assert one.confirmed == other.confirmed
        if not answering & context.keys():  # these two answer questions, and so narrow what is open
            assert one.highest == other.highest


@settings(laws, max_examples=200)
@given(rule_set_and_values(), st.data())
def test_not_known_is_never_read_as_no(made, data):
    rule_set, compiled, known = made
    name = data.draw(st.sampled_from(read_by(rule_set) or RISKS))
    assume(FACTS[name].polarity is Polarity.RISK)
    without = {fact: value for fact, value in known.items() if fact != name}
    found = {**without, name: FACTS[name].highest if FACTS[name].kind is Kind.COUNT else 2}
    assume(not conflicts(found))
    assert is_at_most(rule_set, compiled.evaluate(encode(found)).suggested, compiled.evaluate(encode(without)).highest)
