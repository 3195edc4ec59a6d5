"""A case takes answers as people give them, refuses what cannot be, and never repeats an answer in an error."""

import pickle
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from thresholds import FACTS, Answer, Case, Stage
from thresholds.facts.vocabulary import Kind
from thresholds.testing import cases

brief = settings(max_examples=100, deadline=None, derandomize=True)
MARKER = "Xq7-marker"


class bool_:  # noqa: N801  # stands in for the truth value of numpy and pandas, which has this name
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return str(self.value)


def refused(**facts):
    with pytest.raises(ValidationError) as error:
        Case(**facts)
    return error.value.errors(include_url=False)


@pytest.mark.parametrize("yes", ["yes", "YES", " Yes ", True, Answer.YES, bool_(True)])
def test_yes_is_said_in_many_ways(yes):
    assert Case(bruise_or_mark=yes).bruise_or_mark is Answer.YES


@pytest.mark.parametrize("unknown", [None, "unknown", "not known", "Not_Known"])
def test_not_known_is_no_answer(unknown):
    assert Case(bruise_or_mark=unknown, age_months=unknown).known() == {}


@pytest.mark.parametrize(("given_as", "number"), [(30, 30), (30.0, 30), ("unknown", None)])
def test_numbers_are_whole(given_as, number):
    assert Case(age_months=given_as).age_months == number


@pytest.mark.parametrize("wrong", ["30", 30.5, True, float("nan"), [3], "thirty", 10**30, -11])
def test_what_is_no_number_is_refused(wrong):
    (problem,) = refused(age_months=wrong)
    assert problem["loc"] == ("age_months",)
    assert (
        problem["msg"]
        == "Expected a whole number from -10 to 300 (months, negative before birth); leave it out where it is not known."
    )


def test_a_wrong_word_says_what_may_be_answered():
    (problem,) = refused(bruise_or_mark="maybe")
    assert problem["msg"] == "Expected no, suspected or yes; leave it out where it is not known."


def test_a_protection_cannot_be_suspected():
    (problem,) = refused(no_contact_checked="suspected")
    assert "Expected no or yes" in problem["msg"]


def test_an_unknown_fact_names_the_nearest():
    (problem,) = refused(bruise_or_mrak="yes")
    assert problem["msg"] == "There is no such fact. Did you mean bruise_or_mark?"


def test_every_mistake_is_told_at_once():
    assert {problem["loc"] for problem in refused(bruise_or_mrak="yes", age_months="x", consent="perhaps")} == {
        ("bruise_or_mrak",),
        ("age_months",),
        ("consent",),
    }


def test_a_record_that_cannot_be_is_refused():
    assert refused(age_months=3, gestation_weeks=30)[0]["loc"] == ("gestation_weeks",)
    assert refused(age_months=12, months_since_closure=40)[0]["loc"] == ("months_since_closure",)


@brief
@given(st.sampled_from(sorted(FACTS)), st.text(max_size=5))
def test_an_error_never_holds_the_answer(name, more):
    for value in (MARKER + more, [MARKER + more], {MARKER: more}):
        with pytest.raises(ValidationError) as error:
            Case(**{name: value})
        assert MARKER not in str(error.value)
        assert MARKER not in error.value.json()


def test_a_reference_is_a_key_and_no_name():
    assert Case(reference="A-17").reference == "A-17"
    (problem,) = refused(reference="Jo Smith, 3 High Street")
    assert "Smith" not in problem["msg"]


def test_a_case_is_frozen_and_says_so_without_the_answer():
    case = Case(age_months=3)
    for change in (lambda: setattr(case, "strangulation", "suspected"), lambda: delattr(case, "age_months")):
        with pytest.raises(AttributeError) as refused:
            change()
        assert "with_facts" in str(refused.value)
        assert "suspected" not in str(refused.value)
    assert case == Case(age_months=3)


@brief
@given(cases())
def test_a_case_survives_writing_and_reading(case):
    again = Case(reference=case.reference, **case.known())
    assert again == case
    assert again.record == case.record
    assert pickle.loads(pickle.dumps(case)) == case
    assert Case.model_validate(case.model_dump()) == case
    assert Case.model_validate_json(case.model_dump_json()) == case


def test_changing_a_case_makes_another_that_is_checked():
    case = Case(age_months=3, bruise_or_mark="yes")
    assert case.with_facts(age_months=None).known() == {"bruise_or_mark": "yes"}
    assert case.model_copy(update={"age_months": 4}).record != case.record
    with pytest.raises(ValidationError):
        case.model_copy(update={"age_months": "old"})


def test_a_case_prints_only_what_is_known():
    assert repr(Case(age_months=3, bruise_or_mark="yes")) == "Case(bruise_or_mark='yes', age_months=3)"


def test_completeness_counts_what_could_bear_on_the_tier():
    thin, closed = Case(age_months=30), Case(age_months=30, violence_at_home="no", asked_alone_and_safely="yes")
    assert thin.completeness.facts == 1
    assert closed.completeness.facts == 2
    assert closed.completeness.of < thin.completeness.of


# What the facts are.


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_a_fact_is_declared_whole(fact):
    assert fact.question.endswith("?")
    assert fact.says
    assert not fact.says.endswith(".")
    assert fact.stages
    assert fact.who_knows
    assert fact.name.isidentifier()
    assert fact.name == fact.name.lower()
    if fact.kind in (Kind.COUNT, Kind.AGE):
        assert fact.unit
        assert fact.lowest < fact.highest
    if fact.gate:
        gate = FACTS[fact.gate]
        assert gate.gate is None, "gates stand one deep"
        assert set(fact.stages) <= set(gate.stages), "whoever is asked the one is asked the other"
    if fact.kind is Kind.CHOICE:
        assert fact.polarity == "context"


def test_the_stages_meet_without_a_gap():
    ends = [stage.months for stage in Stage]
    assert (ends[0][0], ends[-1][1]) == (-10, 215)
    assert all(before[1] + 1 == after[0] for before, after in pairwise(ends))
    assert [Stage.at(months) for months in (-1, 0, 11, 12, 59, 60, 131, 132, 191, 192, 215, 216, None)] == [
        Stage.UNBORN,
        Stage.INFANT,
        Stage.INFANT,
        Stage.EARLY_YEARS,
        Stage.EARLY_YEARS,
        Stage.PRIMARY,
        Stage.PRIMARY,
        Stage.ADOLESCENT,
        Stage.ADOLESCENT,
        Stage.OLDER_ADOLESCENT,
        Stage.OLDER_ADOLESCENT,
        None,
        None,
    ]
