"""What examples have to show of a rule, which mutants are made of it, and which of them are noticed."""

from dataclasses import replace

import pytest

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds import Tier, load_rule_set
from thresholds.evaluation.reference import find
from thresholds.facts.record import encode
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Counted, Found, Not, YoungerThan
from thresholds.language.rules import Advice, AdviceKind, Conclusion, Example, ExampleKind, Rule
from thresholds.scales import Answer, Reading, YesNo
from thresholds.testing import make_rule_set
from thresholds.verification.killing import Fate, judge_mutants
from thresholds.verification.mutants import mutants
from thresholds.verification.obligations import Satisfiable, met_by, obligations
from thresholds.verification.rule_tests import Fulfilment, measure_rule_tests

SOURCE = load_rule_set("hackney-2009").findings[0].source
A, B, PROTECTION = "bruise_or_mark", "strangulation", "independently_mobile"
YES, SUSPECTED, NO = Answer.YES, Answer.SUSPECTED, Answer.NO


def example(kind=ExampleKind.COUNTS, gives=(), **facts):
    return Example(kind, tuple((name, int(value)) for name, value in facts.items()), gives=gives)


def rule(when, unless=None, examples=(), **more):
    concludes = (Conclusion("tier", Tier.TWO_B),)
    made = {"id": "r", "title": "r", "when": when, "unless": unless, "source": SOURCE, "concludes": concludes}
    return Rule(**made | {"examples": tuple(examples), "rule_set": "made-up"} | more)


def met(one):
    rule_set = make_rule_set([one])
    return {(o.leaf, o.is_so) for shown in one.examples for o in met_by(rule_set, one, shown)}


# Obligations.


def test_each_part_is_to_be_shown_so_and_not_so():
    one = rule(All((Found(A), AnyOf((Found(B), Found(A))))), Found(PROTECTION))
    assert [(o.leaf.fact, o.is_so) for o in obligations(one)] == [
        (A, True), (A, False), (B, True), (B, False), (PROTECTION, True), (PROTECTION, False),
    ]  # fmt: skip


def test_in_all_of_two_one_example_shows_both_so_and_each_not_so_takes_its_own():
    both = rule(All((Found(A), Found(B))), examples=[example(**{A: YES, B: YES})])
    assert met(both) == {(Found(A), True), (Found(B), True)}
    without = replace(both, examples=(*both.examples, example(ExampleKind.DOES_NOT, **{A: YES, B: NO})))
    assert (Found(B), False) in met(without)
    assert (Found(A), False) not in met(without)


def test_in_any_of_two_a_part_decides_only_where_the_other_is_not_so():
    either = rule(AnyOf((Found(A), Found(B))), examples=[example(**{A: YES, B: YES})])
    assert met(either) == set()
    assert met(replace(either, examples=(example(**{A: YES}),))) == {(Found(A), True)}


def test_an_exception_is_shown_where_the_rule_would_count_but_for_it():
    one = rule(Found(A), Found(PROTECTION), [example(ExampleKind.EXCEPTED, **{A: YES, PROTECTION: YesNo.YES})])
    assert met(one) == {(Found(PROTECTION), True)}
    nothing = replace(one, examples=(example(ExampleKind.DOES_NOT, **{PROTECTION: YesNo.YES}),))
    assert met(nothing) == set()


def test_an_obligation_that_no_possible_case_meets_is_told_from_one_that_no_example_meets():
    one = rule(All((Counted("incidents_12_months", 1), Counted("incidents_12_months", 2))))
    rule_set = make_rule_set([one])
    could = {(o.leaf.at_least, o.is_so): Satisfiable(rule_set).could_be(o) for o in obligations(one)}
    assert could == {(1, True): True, (1, False): False, (2, True): True, (2, False): True}


def test_what_would_meet_an_obligation_does_meet_it():
    together = AtLeastOf(2, (Found(A), Found(B), Counted("incidents_12_months", 3)))
    one = rule(AnyOf((All((Found(A), YoungerThan(12))), together)))
    rule_set = make_rule_set([one])
    satisfiable = Satisfiable(rule_set)
    for obligation in obligations(one):
        assert satisfiable.could_be(obligation)
        found = satisfiable.example(obligation)
        counts = find(rule_set, encode(found), Reading.SUGGESTED).counting == (0,)
        kind = ExampleKind.COUNTS if counts else ExampleKind.DOES_NOT
        assert obligation in set(met_by(rule_set, one, example(kind, **found)))


# Mutants.


def done_to(one):
    return [mutant.done for mutant in mutants(make_rule_set([one]), one)]


def test_the_mutants_of_a_rule():
    one = rule(All((Found(A), Counted("incidents_12_months", 2))), Found(PROTECTION))
    instead = [mutant.instead for mutant in mutants(make_rule_set([one]), one)]
    assert replace(one, when=AnyOf(())) in instead  # dropped
    assert replace(one, when=AnyOf(one.when.parts)) in instead
    assert replace(one, when=All((Found(A),))) in instead
    assert replace(one, when=All((Found(A, True), one.when.parts[1]))) in instead
    assert replace(one, when=All((Found(A), Counted("incidents_12_months", 1)))) in instead
    assert replace(one, when=All((Found(A), Counted("incidents_12_months", 3)))) in instead
    assert replace(one, unless=None) in instead
    assert replace(one, concludes=(Conclusion("tier", Tier.TWO_A),)) in instead
    assert replace(one, concludes=(Conclusion("tier", Tier.THREE),)) in instead
    assert len(instead) == len(set(instead))
    assert one not in instead


def test_the_number_of_parts_that_are_needed_is_shifted_and_not_is_dropped():
    parts = (Found(A), Found(B), Found("severe_neglect"))
    whens = [mutant.instead.when for mutant in mutants(make_rule_set([]), rule(AtLeastOf(2, parts)))]
    assert AtLeastOf(1, parts) in whens
    assert AtLeastOf(3, parts) in whens
    advice = rule(Not(Found(A)), concludes=(), advises=(Advice(AdviceKind.PROMPTS, "ask"),))
    assert Found(A) in [mutant.instead.when for mutant in mutants(make_rule_set([], [advice]), advice)]


def fates(*rules):
    return {judged.mutant.done: judged.fate for judged in judge_mutants(make_rule_set(rules))}


def test_without_examples_every_mutant_that_differs_survives():
    assert set(fates(rule(Found(A))).values()) == {Fate.SURVIVED}


def test_examples_kill_mutants():
    shown = [
        example(gives=(("tier", Tier.TWO_B),), **{A: SUSPECTED, "age_months": 30}),
        example(ExampleKind.DOES_NOT, gives=(("tier", Tier.ONE),), **{A: NO}),
    ]
    assert set(fates(rule(Found(A), examples=shown)).values()) == {Fate.KILLED}
    silent = [replace(one, gives=()) for one in shown]
    survived = {done for done, fate in fates(rule(Found(A), examples=silent)).items() if fate is Fate.SURVIVED}
    assert survived == {"then: Tier 2A", "then: Tier 3"}


def test_another_rules_example_may_kill_a_mutant():
    lower = rule(Found(A), concludes=(Conclusion("raw", 2),), id="raw")
    reads = rule(Found(B), examples=[example(gives=(("raw", 2),), **{A: SUSPECTED, B: YES})])
    assert Fate.SURVIVED not in {f for d, f in fates(lower, reads).items() if "raw scale" in d}


def test_a_mutant_that_no_possible_case_tells_from_the_rule_is_set_aside():
    same = rule(All((Counted("incidents_12_months", 2), Counted("incidents_12_months", 1))))
    equivalent = {
        judged.mutant.instead.when
        for judged in judge_mutants(make_rule_set([same]))
        if judged.fate is Fate.EQUIVALENT and judged.mutant.instead.concludes == same.concludes
    }
    assert All((Counted("incidents_12_months", 2),)) in equivalent
    assert All((Counted("incidents_12_months", 1),)) not in equivalent


# The measure of a whole rule set.


def test_what_is_missing_is_said_with_a_case_that_would_do():
    tests = measure_rule_tests(make_rule_set([rule(All((Found(A), Found(B))), examples=[example(**{A: YES, B: YES})])]))
    assert tests.counted(Fulfilment.MET) == 2
    assert tests.counted(Fulfilment.NOT_MET) == 2
    assert all(due.would_do for due in tests.due if due.standing is Fulfilment.NOT_MET)
    assert not tests.is_whole
    assert "This would do: " in tests.text()
    assert tests.to_dict()["obligations"]["not met"] == 2


@pytest.mark.parametrize("name", ["hackney-2009", "hackney-2011"])
def test_the_shipped_rules_are_tested_whole(name):
    tests = measure_rule_tests(load_rule_set(name))
    assert tests.is_whole, tests.text()
    assert tests.counted(Fulfilment.MET) > 1000
    assert tests.fated(Fate.KILLED) > 1500
    assert tests.survivors == ()
