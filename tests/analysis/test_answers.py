"""What one may ask of a suggestion, on the shipped rules: read as the manual, each name says what holds."""

import json

import pytest

from thresholds import Case, Status, Tier, suggest
from thresholds.analysis.agenda import agenda
from thresholds.analysis.known import Standing

WEAPON = {"age_months": 30, "weapon_used_or_threatened": "yes", "asked_alone_and_safely": "yes"}
SCHOOL = {"age_months": 150, "attendance_below_90": "yes"}
DONE = {"age_months": 3, "bruise_or_mark": "yes", "hurt_by_adult": "yes"}


def facts_of(some):
    return [{one.fact for one in each.facts} for each in some.derivations]


# Why.


def test_why_names_the_facts_that_carry_the_tier_and_the_rules_from_fact_to_tier_through_the_matrix():
    why = suggest(WEAPON).why()
    assert why.tier is Tier.THREE
    (carried,) = why.derivations
    assert {one.fact for one in carried.facts} == {"weapon_used_or_threatened"}
    concluded = [conclusion.outcome for rule in carried.rules for conclusion in rule.concludes]
    assert concluded.index("dv_evidence") < concluded.index("tier")


def test_a_tier_that_rests_on_age_names_the_age():
    assert {"bruise_or_mark", "age_months"} in facts_of(suggest(DONE).why())


def test_several_ways_to_a_tier_are_each_given_the_smallest_first():
    sizes = [len(facts) for facts in facts_of(suggest(DONE).why())]
    assert sizes == sorted(sizes)
    assert len(sizes) >= 2


def test_why_a_tier_that_is_not_reached_says_so():
    why = suggest(SCHOOL).why(Tier.THREE)
    assert why.derivations == ()
    assert why.said == "Nothing that is known carries Tier 3: it comes to Tier 2A."


def test_why_tier_1_needs_no_fact():
    assert "no fact has to carry it" in suggest(SCHOOL).why(Tier.ONE).said


def test_a_limit_is_said_and_never_cut_in_silence():
    why = suggest(DONE).why(limit=1)
    assert len(why.derivations) == 1
    assert why.more >= 1
    assert "not listed" in why.text()
    why_not = suggest(SCHOOL).why_not(Tier.THREE, limit=2)
    assert len(why_not.routes) == 2
    assert f"{why_not.more} more routes are not listed" in why_not.text()


# Why not.


def test_why_not_a_higher_tier_gives_routes_with_each_missing_piece_and_how_it_stands():
    routes = suggest(SCHOOL | {"harm_likely": "no"}).why_not(Tier.THREE, limit=500).routes
    alone = {route.missing[0].fact: route.missing[0].standing for route in routes if len(route.missing) == 1}
    assert alone["harm_already"] is Standing.NOT_KNOWN
    assert alone["harm_likely"] is Standing.KNOWN_OTHERWISE
    assert any(one.standing is Standing.OTHER_STAGE for route in routes for one in route.missing)


def test_what_is_not_known_is_nearer_than_what_is_known_otherwise():
    routes = suggest(SCHOOL | {"harm_likely": "no"}).why_not(Tier.THREE, limit=500).routes
    alone = [route.missing[0].standing for route in routes if len(route.missing) == 1]
    assert alone == sorted(alone, key=list(Standing).index)


def test_a_route_that_protection_stands_in_the_way_of_names_the_protection():
    routes = suggest({"age_months": 8, "bruise_or_mark": "yes", "independently_mobile": "yes"}).why_not(Tier.THREE, 500).routes
    assert any([one.fact for one in route.missing] == ["independently_mobile"] for route in routes)


def test_why_not_a_lower_tier_gives_the_rules_that_stand_in_the_way():
    why_not = suggest(WEAPON).why_not(Tier.TWO_A)
    assert not why_not.routes
    assert any(conclusion.outcome == "tier" for reason in why_not.in_the_way for conclusion in reason.rule.concludes)


def test_why_not_the_suggested_tier_says_that_it_is_suggested():
    assert suggest(WEAPON).why_not(Tier.THREE).said == "Tier 3 is suggested."


# What would change it.


def test_learning_and_a_change_in_what_is_known_are_told_apart():
    changes = suggest(SCHOOL).what_would_change()
    assert all(list(change.before.values()) == [None] for change in changes.learning_up.listed)
    assert all(None not in change.before.values() for change in changes.changing_down.listed)
    assert [dict(change.after) for change in changes.changing_down.listed] == [{"attendance_below_90": "no"}]


def test_a_change_makes_the_case_that_it_promises():
    suggestion = suggest({"age_months": 8, "bruise_or_mark": "yes", "hurt_or_ill_treated": "yes"})
    changes = suggestion.what_would_change().learning_down.listed
    assert {"independently_mobile": "yes"} in [dict(change.after) for change in changes]
    for change in changes:
        assert suggestion.with_facts(**change.after).tier == change.tier


def test_what_is_behind_an_opening_question_answered_no_opens_it_and_disagrees_with_nothing():
    suggestion = suggest(SCHOOL | {"care_concern": "no"})
    changes = suggestion.what_would_change(limit=500).changing_up.listed
    (change,) = [change for change in changes if "severe_neglect" in change.after]
    assert dict(change.before) == {"care_concern": "no", "severe_neglect": "no"}
    assert dict(change.after) == {"care_concern": "suspected", "severe_neglect": "suspected"}
    assert suggestion.with_facts(**change.after).conflicts == ()


def test_what_cannot_change_is_left_alone_unless_asked_for():
    suggestion = suggest({"age_months": 4, "bruise_or_mark": "yes", "mark_recorded_at_birth": "no"})
    assert all("age_months" not in change.after for change in suggestion.what_would_change().changing_down.listed)
    asked = suggestion.what_would_change(include_unchangeable=True).changing_down.listed
    assert any("age_months" in change.after for change in asked)


def test_no_change_makes_a_record_that_cannot_be():
    suggestion = suggest({"gestation_weeks": 30, "violence_at_home": "yes"})
    for change in suggestion.what_would_change(limit=500).learning_up.listed:
        suggestion.with_facts(**change.after)


def test_a_change_to_no_tier_is_said():
    changes = suggest(SCHOOL).what_would_change()
    assert changes.changing_down.listed[0].tier is None
    assert "no tier" in changes.text()


# What to ask next.


def test_from_nothing_what_is_required_comes_first():
    asked = suggest({"age_months": 30}).ask_next(3)
    assert all(question.required for question in asked.questions)
    assert asked.said == "No tier is suggested before what is required is answered."
    assert asked.more > 10


def test_no_further_answer_is_said_when_the_tier_is_settled():
    asked = suggest(DONE).ask_next()
    assert asked.tier_is_settled
    assert asked.said.startswith("No further answer can change the tier.")


def test_each_question_says_who_knows_how_to_ask_and_what_each_answer_leads_to():
    asked = suggest({"age_months": 30}).ask_next(2).questions
    violence = next(question for question in asked if question.fact.name == "violence_at_home")
    assert violence.fact.ask_safely
    assert {one.answer for one in violence.leads_to} == {"no", "suspected", "yes"}
    assert violence.further == 1


def test_what_was_asked_in_vain_is_left_out():
    first = suggest({"age_months": 30}).ask_next(1).questions[0].fact.name
    assert first not in [question.fact.name for question in suggest({"age_months": 30}).ask_next(leave_out=[first]).questions]


# How steady it is.


def test_stability_names_the_answers_on_which_the_tier_turns():
    hinges = {hinge.fact: hinge for hinge in suggest(SCHOOL).stability().hinges}
    assert {one.value for one in hinges["attendance_below_90"].otherwise} == {"no"}
    assert not [hinge for hinge in suggest(DONE).stability().hinges if hinge.fact == "bruise_or_mark"], "two ways to Tier 3"


# A meeting.


def test_a_meeting_takes_danger_first_and_then_whoever_could_still_be_tier_3():
    cases = [
        Case(reference="school", **SCHOOL),
        Case(reference="danger", immediate_danger="yes"),
        Case(reference="hurt", **DONE),
        Case(reference="adult", age_months=220),
    ]
    order = agenda(cases)
    assert [item.name for item in order.items] == ["danger", "hurt", "school", "adult"]
    school = order.items[2]
    assert school.answers_from_3 == 1
    assert school.ask is not None
    assert school.ask.further == 1


def test_a_case_without_a_reference_is_named_by_its_place():
    assert [item.name for item in agenda([suggest(SCHOOL), suggest(DONE)]).items] == ["case 2", "case 1"]


# All of them.


def answers(facts):
    suggestion = suggest(facts)
    return [
        suggestion.why(),
        suggestion.why_not(Tier.THREE),
        suggestion.why_not(Tier.ONE),
        suggestion.what_would_change(),
        suggestion.ask_next(5),
        suggestion.stability(),
        agenda([suggestion]),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        SCHOOL,
        WEAPON,
        DONE,
        {"open_to_social_care": "child_in_need"},
        {"immediate_danger": "suspected"},
        {"age_months": 216},
    ],
)
def test_each_is_a_page_and_json_in_the_style_of_the_suggestion(facts):
    for answer in answers(facts):
        assert str(answer) == answer.text()
        assert "It is not a decision." in answer.text()
        assert answer.markdown().startswith("# ")
        assert answer._repr_html_() == answer.html()
        assert answer.html().startswith('<article class="thresholds">')
        assert "None" not in answer.text()
        written = answer.to_dict()
        assert json.loads(json.dumps(written)) == written
        assert written["format"].endswith("/1")
        assert written["advice"].endswith("It is not a decision.")


def test_not_a_question_of_thresholds_gives_no_tier_by_the_back_door():
    for answer in answers({"age_months": 40, "open_to_social_care": "protection_plan", "hurt_by_adult": "yes"})[:5]:
        assert answer.suggestion.status is Status.NOT_FOR_THIS_TOOL
        assert "Tier 3." not in answer.text()
        assert "not a question of thresholds" in answer.text().lower()


@pytest.mark.parametrize("wrong", [0, -1])
def test_a_limit_below_one_is_refused(wrong):
    suggestion = suggest(SCHOOL)
    for ask in (suggestion.why, suggestion.ask_next, suggestion.what_would_change):
        with pytest.raises(ValueError, match="limit"):
            ask(limit=wrong)
    with pytest.raises(ValueError, match="limit"):
        suggestion.why_not(Tier.THREE, limit=wrong)
