"""What each condition means in each reading. Every statement is tested on every evaluator; this is the manual."""

import pytest

from thresholds.evaluation.compiled import CompiledRuleSet
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import encode
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
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
from thresholds.language.rules import Advice, AdviceKind, Citation, Conclusion, Rule
from thresholds.scales import Basis, Reading, Stage
from thresholds.testing import SCALES, make_rule_set

EVALUATORS = (Interpreter, CompiledRuleSet)
READINGS = (Reading.SUGGESTED, Reading.LOWEST, Reading.HIGHEST, Reading.CONFIRMED)
TIER = [outcome.name for outcome in SCALES].index("tier")
SOURCE = Citation("tests", "nowhere", Basis.PRACTICE)
A, B, C = "basic_care_poor", "warmth_lacking", "specialist_need"
COUNT, SAFE = "incidents_12_months", "other_carer_all_hours"


def finding(when, unless=None, concludes=("tier", 3), name="r", **more):
    return Rule(id=name, title=name, when=when, unless=unless, concludes=(Conclusion(*concludes),), source=SOURCE, **more)


def tiers(evaluator, known, *rules):
    """The tier in each reading, in the order of `READINGS`."""
    evaluation = evaluator(make_rule_set(rules)).evaluate(encode(known))
    return tuple(evaluation.outcomes(reading)[TIER] for reading in READINGS)


@pytest.fixture(params=EVALUATORS, ids=lambda evaluator: evaluator.__name__)
def evaluator(request):
    return request.param


# Each row: what is known of the child, then whether the condition is so as suggested, at its lowest, at its highest, and on
# confirmed facts alone (3 or 0, since the rule concludes the highest tier).


@pytest.mark.parametrize(
    ("known", "readings"),
    [
        ({A: 2}, (3, 3, 3, 3)),  # yes
        ({A: 1}, (3, 3, 3, 0)),  # suspicion is enough, but it is not confirmed
        ({A: 0}, (0, 0, 0, 0)),  # no
        ({}, (0, 0, 3, 0)),  # not known: it could be
    ],
)
def test_a_risk(evaluator, known, readings):
    assert tiers(evaluator, known, finding(Found(A))) == readings


@pytest.mark.parametrize(
    ("known", "readings"),
    [({A: 2}, (3, 3, 3, 3)), ({A: 1}, (0, 0, 0, 0)), ({A: 0}, (0, 0, 0, 0)), ({}, (0, 0, 3, 0))],
)
def test_a_risk_that_has_to_be_confirmed(evaluator, known, readings):
    assert tiers(evaluator, known, finding(Found(A, confirmed=True))) == readings


@pytest.mark.parametrize(
    ("known", "readings"),
    [({COUNT: 4}, (3, 3, 3, 3)), ({COUNT: 3}, (0, 0, 0, 0)), ({COUNT: 0}, (0, 0, 0, 0)), ({}, (0, 0, 3, 0))],
)
def test_a_number(evaluator, known, readings):
    assert tiers(evaluator, known, finding(Counted(COUNT, 4))) == readings


@pytest.mark.parametrize(
    ("age", "readings"), [(83, (3, 3, 3, 3)), (84, (0, 0, 0, 0)), (-3, (3, 3, 3, 3)), (None, (0, 0, 3, 0))]
)
def test_an_age(evaluator, age, readings):
    known = {A: 2} if age is None else {A: 2, "age_months": age}
    assert tiers(evaluator, known, finding(All((Found(A), YoungerThan(84))))) == readings


@pytest.mark.parametrize(
    ("known", "readings"),
    [
        ({A: 2, SAFE: 1}, (0, 0, 0, 0)),  # it protects
        ({A: 2, SAFE: 0}, (3, 3, 3, 3)),  # it does not
        ({A: 2}, (3, 0, 3, 3)),  # what nobody has established protects nobody, and could
    ],
)
def test_an_exception(evaluator, known, readings):
    assert tiers(evaluator, known, finding(Found(A), unless=Found(SAFE))) == readings


@pytest.mark.parametrize(
    ("protections", "protected"),
    [((1, 1), True), ((1, 0), False), ((0, 0), False)],
)
def test_an_exception_that_needs_two(evaluator, protections, protected):
    known = {A: 2, SAFE: protections[0], "carer_uses_help": protections[1]}
    both = All((Found(SAFE), Found("carer_uses_help")))
    assert tiers(evaluator, known, finding(Found(A), unless=both))[0] == (0 if protected else 3)


@pytest.mark.parametrize(
    ("condition", "known", "so"),
    [
        (All((Found(A), Found(B))), {A: 2, B: 1}, True),
        (All((Found(A), Found(B))), {A: 2}, False),
        (AnyOf((Found(A), Found(B))), {B: 1}, True),
        (AnyOf((Found(A), Found(B))), {A: 0, B: 0}, False),
        (AtLeastOf(2, (Found(A), Found(B), Found(C))), {A: 1, C: 2}, True),
        (AtLeastOf(2, (Found(A), Found(B), Found(C))), {A: 2, B: 0}, False),
    ],
)
def test_groups(evaluator, condition, known, so):
    assert tiers(evaluator, known, finding(condition))[0] == (3 if so else 0)


def test_the_highest_conclusion_on_a_scale_stands(evaluator):
    rules = [finding(Found(A), concludes=("tier", 1)), finding(Found(B), concludes=("tier", 2), name="s")]
    assert tiers(evaluator, {A: 2, B: 2}, *rules)[0] == 2


def test_a_rule_reads_what_another_has_found(evaluator):
    rules = [
        finding(Reached("raw", 2), concludes=("tier", 3), name="second"),
        finding(Found(A), concludes=("raw", 2), name="first"),
    ]
    assert tiers(evaluator, {A: 1}, *rules) == (3, 3, 3, 0)


def test_a_scale_never_stands_below_one_it_is_at_least(evaluator):
    rules = [finding(Found(A), concludes=("raw", 2)), finding(Reached("raised", 2), name="s")]
    assert tiers(evaluator, {A: 2}, *rules)[0] == 3


def test_a_set_collects(evaluator):
    rules = [
        finding(Found(A), concludes=("concerns", 0)),
        finding(Found(B), concludes=("concerns", 1), name="s"),
        finding(All((Includes("concerns", 0), Includes("concerns", 1))), name="t"),
    ]
    assert tiers(evaluator, {A: 2}, *rules)[0] == 0
    assert tiers(evaluator, {A: 2, B: 1}, *rules)[0] == 3


def test_without_discretion_no_rule_marked_may_counts(evaluator):
    rules = [finding(Found(A), concludes=("tier", 2)), finding(Found(A), name="s", discretion=True)]
    evaluation = evaluator(make_rule_set(rules)).evaluate(encode({A: 2}))
    assert (evaluation.suggested[TIER], evaluation.without_discretion[TIER]) == (3, 2)


def test_what_counts_and_what_is_tempered_is_listed(evaluator):
    rules = [finding(Found(A)), finding(Found(A), unless=Found(SAFE), name="s"), finding(Found(B), name="t")]
    evaluation = evaluator(make_rule_set(rules)).evaluate(encode({A: 1, SAFE: 1}))
    assert (evaluation.counting, evaluation.tempered, evaluation.confirmed_counting) == ((0,), (1,), ())


@pytest.mark.parametrize(
    ("condition", "known", "so"),
    [
        (Answered("consent", (None,)), {}, True),
        (Answered("consent", (None,)), {"consent": 1}, False),
        (Answered(A, (0,)), {A: 0}, True),
        (Answered(A, (0,)), {}, False),
        (Answered(A, (0, None)), {}, True),
        (Answered(A, (1, 2)), {A: 2}, True),
        (Found(A), {A: 1}, True),
        (Found(A), {}, False),
        (Found(A, confirmed=True), {A: 1}, False),
        (Number("weeks_since_information", Comparison.ABOVE, 4), {"weeks_since_information": 5}, True),
        (Number("weeks_since_information", Comparison.ABOVE, 4), {"weeks_since_information": 4}, False),
        (Number("weeks_since_information", Comparison.ABOVE, 4), {}, False),
        (Number("weeks_since_information", Comparison.AT_MOST, 4), {"weeks_since_information": 4}, True),
        (Number("age_months", Comparison.AT_LEAST, 216), {"age_months": 216}, True),
        (Number("weeks_since_information", Comparison.IS, 0), {}, False),
        (AtStage((Stage.INFANT, Stage.PRIMARY)), {"age_months": 11}, True),
        (AtStage((Stage.INFANT, Stage.PRIMARY)), {"age_months": 12}, False),
        (AtStage((Stage.INFANT,)), {}, False),
        (Stands("tier", Reading.SUGGESTED, Comparison.IS, 3), {A: 1}, True),
        (Stands("tier", Reading.CONFIRMED, Comparison.IS, 3), {A: 1}, False),
        (Stands("tier", Reading.HIGHEST, Comparison.BELOW, 3), {}, False),
        (Stands("tier", Reading.HIGHEST, Comparison.BELOW, 3), {A: 0}, True),
        (Settled(), {A: 0}, True),
        (Settled(), {}, False),
        (Not(Found(A)), {}, True),
        (Not(Found(A)), {A: 2}, False),
        (All((Found(A), Not(Found(B)))), {A: 2}, True),
        (AnyOf((Found(A), Found(B))), {B: 2}, True),
        (AtLeastOf(2, (Found(A), Found(B))), {B: 2}, False),
    ],
)
def test_advice_says_what_it_likes_of_what_is_known_and_found(evaluator, condition, known, so):
    advice = Rule(id="a", title="a", when=condition, advises=(Advice(AdviceKind.PROMPTS, "said"),), source=SOURCE)
    made = evaluator(make_rule_set([finding(Found(A))], [advice]))
    assert made.advise(made.evaluate(encode(known))) == ((0,) if so else ())
