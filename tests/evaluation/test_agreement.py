"""The generated Python means what the interpreter means, on every reading, outcome and rule."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thresholds import load_rule_set
from thresholds.evaluation.compiled import CompiledRuleSet, compile_rule_set, compile_tier_only
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import encode
from thresholds.facts.vocabulary import FACTS
from thresholds.language.conditions import facts_read
from thresholds.scales import Reading
from thresholds.testing import records as generated_records
from thresholds.testing import rule_sets
from thresholds.verification.made_up import records

SHIPPED = ("hackney-2009", "hackney-2011")
CASES_EACH, RULE_SETS, CASES_PER_RULE_SET = 7_500, 200, 30


def test_twenty_thousand_cases_or_more_are_compared():
    assert CASES_EACH * len(SHIPPED) + RULE_SETS * CASES_PER_RULE_SET >= 20_000


def assert_agree(rule_set, record, interpreter, compiled, tier_only):
    meant, made = interpreter.evaluate(record), compiled.evaluate(record)
    assert made == meant
    assert compiled.advise(made) == interpreter.advise(meant)
    assert tier_only(record) == meant.suggested[rule_set.outcome_positions["tier"]]


@pytest.mark.parametrize("name", SHIPPED)
def test_on_shipped_rule_sets(name):
    rule_set = load_rule_set(name)
    made = Interpreter(rule_set), compile_rule_set(rule_set), compile_tier_only(rule_set)
    for record in records(seed=SHIPPED.index(name), number=CASES_EACH):
        assert_agree(rule_set, record, *made)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("reading", Reading)
def test_on_what_counts_in_each_reading(name, reading):
    rule_set = load_rule_set(name)
    interpreter, compiled = Interpreter(rule_set), compile_rule_set(rule_set)
    for record in records(seed=7, number=300):
        assert compiled.find(record, reading) == interpreter.find(record, reading)


@settings(max_examples=RULE_SETS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(rule_sets(), st.integers(0, 2**32))
def test_on_made_up_rule_sets(rule_set, seed):
    read = {name for rule in rule_set.rules.values() for name in _facts(rule)}
    made = Interpreter(rule_set), CompiledRuleSet(rule_set), compile_tier_only(rule_set)
    for record in _about(read, seed):
        assert_agree(rule_set, record, *made)
        for reading in Reading:
            assert made[1].find(record, reading) == made[0].find(record, reading)


def _facts(rule):
    return [*facts_read(rule.when), *facts_read(rule.unless)]


def _about(names, seed):
    """Records in which just these facts are known or not, by chance."""
    chance = random.Random(seed)
    for _ in range(CASES_PER_RULE_SET):
        found = {}
        for name in sorted(names):
            fact = FACTS[name]
            most = 7 if fact.words is None else len(fact.words) - 1
            if chance.random() < 0.7:
                found[name] = chance.randint(0, most)
        found["age_months"] = chance.choice([None, -5, 0, 11, 12, 40, 83, 84, 131, 150, 200])
        yield encode(found)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(generated_records())
def test_on_records_that_hypothesis_can_make_smaller(record):
    rule_set = load_rule_set("hackney-2011")
    assert compile_rule_set(rule_set).evaluate(record) == Interpreter(rule_set).evaluate(record)


def test_a_rule_set_is_compiled_once():
    rule_set = load_rule_set("hackney-2011")
    assert compile_rule_set(rule_set) is compile_rule_set(rule_set)
