"""The shipped rules: every example comes out as it says, every source cell is answered for, and no fact is idle."""

from dataclasses import replace

import pytest

from thresholds import FACTS, Basis, Tier, load_rule_set
from thresholds.evaluation.reference import Interpreter, find
from thresholds.facts.record import GATES, encode
from thresholds.facts.vocabulary import Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import ExampleKind
from thresholds.loading.checking import check_rule_set, example_record, wrong_with_example
from thresholds.loading.places import shipped
from thresholds.scales import Reading

SHIPPED = ("hackney-2009", "hackney-2011")
SETS = {name: load_rule_set(name) for name in SHIPPED}
OWN = [(rule_set, rule) for rule_set in SETS.values() for rule in rule_set.rules.values() if rule.rule_set == rule_set.id]
EXAMPLES = [
    pytest.param(rule_set, rule, example, id=f"{rule.id}, line {example.line}")
    for rule_set, rule in OWN
    for example in rule.examples
]
LATEST = SETS["hackney-2011"]


@pytest.mark.parametrize(("rule_set", "rule", "example"), EXAMPLES)
def test_an_example_comes_out_as_it_says(rule_set, rule, example):
    assert list(wrong_with_example(rule_set, rule, example)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_command_check_finds_nothing(name):
    assert check_rule_set(SETS[name], shipped()[name]) == []


@pytest.mark.parametrize(("rule_set", "rule"), [pytest.param(*one, id=one[1].id) for one in OWN])
def test_every_rule_is_shown_counting_and_not_counting(rule_set, rule):
    kinds = {example.kind for example in rule.examples}
    expected = {ExampleKind.COUNTS, ExampleKind.DOES_NOT} | ({ExampleKind.EXCEPTED} if rule.unless else set())
    assert kinds == expected


def test_some_example_makes_each_rule_count_by_facts_alone_or_by_outcomes_that_rules_reach():
    counted = set()
    for _, rule in OWN:
        for example in rule.examples:
            for position in find(LATEST, example_record(example), Reading.SUGGESTED).counting:
                counted.add(LATEST.findings[position].id)
    assert {rule.id for rule in LATEST.findings} - counted == set()


def test_every_fact_is_read():
    read = set(GATES) | {fact.established_by for fact in FACTS.values()}
    for rule_set in SETS.values():
        for rule in rule_set.rules.values():
            read |= {*facts_read(rule.when), *facts_read(rule.unless)}
    assert set(FACTS) - read == set()


def test_every_source_cell_is_answered_for_or_says_why_not():
    covered = {cell for rule in (*LATEST.rules.values(), *LATEST.floors) for cell in rule.covers}
    for cell in LATEST.cells:
        answered = cell.id in covered or bool(cell.facts)
        assert answered or cell.none, f"{cell.id} has neither rule, fact nor reason"


def test_every_rule_that_reaches_tier_3_names_a_route():
    for rule in LATEST.findings:
        concluded = {(conclusion.outcome, conclusion.value) for conclusion in rule.concludes}
        if ("tier", Tier.THREE) in concluded:
            assert any(outcome == "routes" for outcome, _ in concluded), rule.id


def test_every_concern_stands_at_2a_or_above():
    """The second limb of 2B counts concerns, and each has to stand at 2A by the rule that found it."""
    for rule in LATEST.findings:
        outcomes = {conclusion.outcome for conclusion in rule.concludes}
        if "concerns" in outcomes and "tier" not in outcomes:
            for example in rule.examples:
                if example.kind is ExampleKind.COUNTS:
                    found = find(LATEST, example_record(example), Reading.SUGGESTED, example.given)
                    assert found.outcomes[LATEST.outcome_positions["tier"]] >= Tier.TWO_A, rule.id


def test_the_age_stage_rule_set_only_adds():
    for kind in ("findings", "advice", "floors"):
        model, by_stage = (getattr(SETS[name], kind) for name in SHIPPED)
        assert by_stage[: len(model)] == model
        assert len(by_stage) > len(model)


def test_every_source_can_be_found_and_is_cited():
    cited = {rule.source.work for rule in (*LATEST.rules.values(), *LATEST.floors)}
    assert cited <= set(LATEST.sources)
    for source in LATEST.sources.values():
        assert all((source.title, source.short, source.address, source.seen)), source.id


def test_every_basis_is_used_and_hackneys_own_is_only_hackneys():
    assert {rule.source.basis for rule in LATEST.rules.values()} == set(Basis)
    for rule in LATEST.rules.values():
        if rule.source.basis is Basis.HACKNEY:
            assert rule.source.work in ("hackney-model-2009", "audit-2011", "hackney-referral-form"), rule.id
        if rule.source.basis is Basis.DVRIM:
            assert rule.source.work == "dvrim", rule.id


def test_no_finding_reads_who_the_family_is_or_who_refers():
    for rule in LATEST.findings:
        for name in (*facts_read(rule.when), *facts_read(rule.unless)):
            assert FACTS[name].polarity is not Polarity.CONTEXT, rule.id


def test_skipping_the_forum_is_never_held_against_a_case_that_may_be_tier_3():
    rule = LATEST.rules["gap-no-multi-agency-forum"]
    for gap in (rule, *(rule for rule in LATEST.advice if any(advice.judges for advice in rule.advises))):
        without = replace(LATEST, advice=(gap,))
        for case in ({"referred_to": 7, "talked_over_with_others": 0}, {"immediate_danger": 2, "age_months": 60}):
            assert not _holds(without, case), gap.id


def _holds(rule_set, case):
    interpreter = Interpreter(rule_set)
    return interpreter.advise(interpreter.evaluate(encode(case)))
