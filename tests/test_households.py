"""The children of one home: what is given once, what is refused, and what shows only when they are seen together."""

import pytest
from jsonschema import Draft7Validator

from thresholds import FACTS, HouseholdError, Tier, suggest, suggest_household
from thresholds.schemas import Described, schema_of


def refused(children, **more):
    with pytest.raises(HouseholdError) as error:
        suggest_household(children, **more)
    return error.value.problems


def test_what_is_so_of_the_home_is_given_once():
    home = {"violence_at_home": "yes", "coercive_control": "suspected"}
    household = suggest_household([{"age_months": 60}, {"age_months": 150, "reference": "b"}], home=home)
    for child, own in zip(household.children, ({"age_months": 60}, {"age_months": 150, "reference": "b"}), strict=True):
        assert child == suggest({**own, **home})
    assert [household.name_of(place) for place in (0, 1)] == ["child 1", "b"]


def test_only_what_is_the_same_for_every_child_may_be_given_for_the_home():
    assert refused([{"age_months": 3}], home={"bruise_or_mark": "yes"}) == (
        "home: bruise_or_mark: This is asked of each child: give it with the children.",
    )
    (problem,) = refused([{"age_months": 3}], home={"coercive_contrl": "yes"})
    assert "did you mean coercive_control" in problem
    assert not FACTS["bond_with_safe_carer"].shared, "what protects one child protects no other"


def test_a_child_whose_own_answer_differs_is_refused():
    problems = refused([{"coercive_control": "no"}, {}], home={"coercive_control": "yes"})
    assert problems == ("child 1: coercive_control: The child's own answer differs from the home's: give it in one place.",)


def test_every_mistake_of_every_child_is_told():
    problems = refused([{"age_month": 3}, {"age_months": "x"}, {"reference": "a"}, {"reference": "a"}], home={})
    assert [problem.split(":")[0] for problem in problems][:2] == ["child 1", "child 2"]
    assert any("given twice" in problem for problem in problems)
    assert refused([]) == ("A household has one child or more.",)
    assert "Jo Smith" not in str(refused([{"Jo Smith": "yes"}]))


def test_brothers_and_sisters_in_different_panels_are_said():
    household = suggest_household([{"age_months": 30}, {"age_months": 150}], home={"coercive_control": "yes"})
    assert household.panels == (("MAT",), ("YPRRP",))
    assert any("different panels" in note and "child 1: MAT; child 2: YPRRP" in note for note in household.notes)


def test_answers_about_the_home_that_are_not_alike_are_said():
    household = suggest_household([{"age_months": 60, "coercive_control": "yes"}, {"age_months": 80}])
    assert any("not answered alike" in note for note in household.notes)
    alike = suggest_household([{"age_months": 60}, {"age_months": 80}], home={"coercive_control": "yes"})
    assert not any("not answered alike" in note for note in alike.notes)


def test_a_baby_where_there_is_violence_is_said():
    household = suggest_household([{"age_months": -2}, {"age_months": 80}], home={"coercive_control": "yes"})
    assert any("baby under one" in note for note in household.notes)
    said = suggest_household(
        [{"age_months": -2}], home={"coercive_control": "yes", "victim_pregnant_or_baby_under_one": "yes"}
    )
    assert not any("it is not said" in note for note in said.notes)


def test_one_on_the_protection_route_and_one_not():
    household = suggest_household(
        [{"age_months": 30, "hurt_by_adult": "yes"}, {"age_months": 80, "debt_or_low_income": "yes"}]
    )
    assert any("refer them together" in note for note in household.notes)


def test_the_page_and_the_json():
    household = suggest_household(
        [{"age_months": 30, "reference": "a"}, {"age_months": 150}], home={"coercive_control": "yes"}
    )
    assert household.children[0].tier is Tier.TWO_B
    page = str(household)
    assert page.index("A household") < page.index("Suggested tier for a") < page.index("Suggested tier for child 2")
    written = household.to_dict()
    assert written["format"] == "household/1"
    assert [child["child"] for child in written["side_by_side"]] == ["a", "child 2"]
    validator = Draft7Validator(schema_of(Described.SUGGESTION))
    for child in written["children"]:
        assert list(validator.iter_errors(child)) == []
    for shown in (household.markdown(), household.html(), household.handoff()):
        assert "It is not a decision." in shown
