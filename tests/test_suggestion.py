"""The suggestion: its status, tier and range, what is withheld, and the reasons that go with it."""

import json

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from thresholds import FACTS, Basis, Case, DvScale, Stage, Status, Tier, load_rule_set, suggest
from thresholds.evaluation.compiled import compile_rule_set
from thresholds.evaluation.reference import complete, holds
from thresholds.facts.record import POSITIONS
from thresholds.reasons import FactSupport, explainer
from thresholds.scales import Reading
from thresholds.schemas import Described, schema_of
from thresholds.testing import cases
from thresholds.verification.made_up import records

brief = settings(max_examples=100, deadline=None, derandomize=True)
BRUISED_BABY = {"age_months": 3, "bruise_or_mark": "yes", "mark_recorded_at_birth": "no"}
ALL_WELL = {"age_months": 30, "asked_alone_and_safely": "yes", "help_offered": "no"} | {
    name: "no" if fact.words else 0 for name, fact in FACTS.items() if fact.polarity == "risk" and fact.gate is None
}
ALL_WELL = {name: answer for name, answer in ALL_WELL.items() if name == "age_months" or len(FACTS[name].stages) > 1}


def fits(known):
    """The facts among these that are asked at the stage of the child."""
    return {name: answer for name, answer in known.items() if Case(age_months=known["age_months"]).stage in FACTS[name].stages}


WELL = fits(ALL_WELL)


# Status, tier and range.


def test_settled_where_nothing_unknown_could_change_the_tier():
    suggestion = suggest(WELL)
    assert (suggestion.status, suggestion.tier, suggestion.range) == (Status.SETTLED, Tier.ONE, (Tier.ONE, Tier.ONE))
    assert suggest(BRUISED_BABY | {"independently_mobile": "no"}).status is Status.SETTLED


def test_at_least_where_it_could():
    suggestion = suggest({"age_months": 150, "attendance_below_90": "yes"})
    assert suggestion.status is Status.AT_LEAST
    assert (suggestion.tier, suggestion.range) == (Tier.TWO_A, (Tier.TWO_A, Tier.THREE))


def test_suspicion_is_enough_and_the_tier_on_confirmed_facts_stands_beside_it():
    suggestion = suggest({"age_months": 30, "milestones_slow": "yes", "hurt_by_adult": "suspected"})
    assert (suggestion.tier, suggestion.confirmed_tier) == (Tier.THREE, Tier.TWO_A)
    assert "on confirmed facts alone 2A" in suggestion.text()


def test_confirmed_facts_alone_give_no_low_tier_where_too_little_was_asked():
    suspected = {"age_months": 30, "hurt_by_adult": "suspected"}
    suggestion = suggest(suspected)
    assert (suggestion.tier, suggestion.confirmed_tier) == (Tier.THREE, None)
    assert "on confirmed facts alone too little is known for a tier" in " ".join(suggestion.text().split())
    asked = load_rule_set("hackney-2011").required[Stage.EARLY_YEARS]
    safely = {"asked_alone_and_safely": "yes", "hurt_or_ill_treated": "suspected"}  # a no about violence counts only so
    answered = suggest({**dict.fromkeys(asked, "no"), **suspected, **safely})
    assert (answered.tier, answered.confirmed_tier) == (Tier.THREE, Tier.ONE)


def test_too_little_known_gives_no_tier_and_says_what_to_ask():
    suggestion = suggest({"age_months": 30})
    assert suggestion.status is Status.TOO_LITTLE_KNOWN
    assert suggestion.tier is suggestion.confirmed_tier is None
    assert suggestion.range == (Tier.ONE, Tier.THREE)
    required = load_rule_set("hackney-2011").required[suggestion.stage]
    assert suggestion.unanswered == required
    assert [question.fact.name for question in suggestion.ask_next(len(required)).questions] == list(required)


@pytest.mark.parametrize("name", sorted(load_rule_set("hackney-2011").required[Case(age_months=30).stage]))
def test_one_required_question_left_open_is_too_little(name):
    suggestion = suggest({fact: answer for fact, answer in WELL.items() if fact != name})
    assert suggestion.status is Status.TOO_LITTLE_KNOWN
    assert suggestion.unanswered == (name,)


def test_an_opening_question_answered_yes_with_nothing_more_known_is_not_answered():
    suggestion = suggest(WELL | {"health_or_development_concern": "yes"})
    assert suggestion.unanswered == ("health_or_development_concern",)
    assert suggestion.tier is None


def test_with_the_age_not_known_the_age_is_asked_first():
    suggestion = suggest({})
    assert suggestion.unanswered[0] == "age_months"
    assert suggestion.ask_next(1).questions[0].fact.name == "age_months"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"immediate_danger": "suspected"}, Status.ACT_FIRST),
        ({"immediate_danger": "yes", "open_to_social_care": "child_in_need"}, Status.ACT_FIRST),
        ({"open_to_social_care": "protection_plan"}, Status.NOT_FOR_THIS_TOOL),
        ({"allegation_against_staff": "suspected", "age_months": 100}, Status.NOT_FOR_THIS_TOOL),
        ({"age_months": 216}, Status.NOT_FOR_THIS_TOOL),
        ({"open_to_social_care": "no"}, Status.TOO_LITTLE_KNOWN),
    ],
)
def test_the_status_comes_first(facts, status):
    assert suggest(facts).status is status


def test_not_for_this_tool_gives_neither_tier_nor_range_nor_questions_and_keeps_the_reasons():
    suggestion = suggest({"age_months": 40, "open_to_social_care": "protection_plan", "hurt_by_adult": "yes"})
    assert suggestion.tier is suggestion.confirmed_tier is None
    assert suggestion.range == (None, None)
    assert suggestion.ask_next().questions == ()
    assert suggestion.reasons
    assert "Allocated" in suggestion.pathways[0].advice.text.title()


def test_advice_that_depends_on_a_tier_is_withheld_with_the_tier():
    known = WELL | {"harm_likely": None}
    assert not suggest(known).holding
    assert suggest(WELL).holding
    for given_advice in (suggest(known).pathways, suggest(known).prompts):
        assert all("tier is 1" not in one.rule.title for one in given_advice)
    assert not any(one.rule.id == "pathway-universal" for one in suggest(known).pathways)


# The matrix, sets, bases.


def test_the_matrix_raw_raised_and_without_the_raise():
    matrix = suggest({"age_months": 60, "coercive_control": "yes", "child_hears_or_sees": "no"}).dv
    assert (matrix.scale, matrix.scale_for_child) == (DvScale.MODERATE_TO_SERIOUS, DvScale.SERIOUS)
    assert matrix.without_raise is Tier.TWO_B
    unraised = suggest({"age_months": 120, "incidents_12_months": 2}).dv
    assert (unraised.scale, unraised.scale_for_child, unraised.without_raise) == (DvScale.MODERATE, DvScale.MODERATE, None)


def test_routes_and_concerns():
    suggestion = suggest(BRUISED_BABY)
    assert suggestion.routes == ("protection", "consult")
    assert suggestion.concerns == ("child",)


def test_what_the_tier_rests_on():
    assert suggest(BRUISED_BABY).rests_on == (Basis.OTHER_BOARD,)
    assert suggest({"age_months": 60, "harm_already": "yes"}).rests_on == (Basis.HACKNEY,)
    assert suggest({"age_months": 60}).rests_on == ()


# What goes in.


def test_a_mapping_and_a_case_give_the_same():
    assert suggest(BRUISED_BABY) == suggest(Case(**BRUISED_BABY))
    assert suggest(BRUISED_BABY, load_rule_set("hackney-2011")) == suggest(BRUISED_BABY)


def test_the_rule_set_is_a_name_or_a_rule_set_and_never_a_path(tmp_path):
    assert suggest(BRUISED_BABY, "hackney-2009").rule_set.id == "hackney-2009"
    with pytest.raises(TypeError, match="never a path"):
        suggest(BRUISED_BABY, tmp_path)
    with pytest.raises(KeyError, match="did you mean hackney-2011"):
        suggest(BRUISED_BABY, "hackney-2010x")


# Reasons.


def test_reasons_rest_on_the_record_that_gave_the_tier():
    rule_set = load_rule_set("hackney-2011")
    compiled, tier = compile_rule_set(rule_set), rule_set.outcome_positions["tier"]
    by_id = {rule.id: rule for rule in rule_set.findings}
    for record in records(seed=13, number=300):
        evaluation = compiled.evaluate(record)
        reasons, _ = explainer(rule_set).counting(evaluation, evaluation.suggested[tier])
        counting = {reason.rule.id for reason in reasons}
        assert counting == {rule_set.findings[position].id for position in evaluation.counting}
        confirmed = {rule_set.findings[position].id for position in evaluation.confirmed_counting}
        values = complete(record, Reading.LOWEST)
        for reason in reasons:
            assert reason.because, "a rule that counts rests on something"
            for support in reason.because:
                if isinstance(support, FactSupport):
                    assert support.value == FACTS[support.fact].written(record[POSITIONS[support.fact]])
                    assert support.value is not None
                else:
                    assert support.rules
                    assert set(support.rules) <= counting
                    assert any(c.outcome for name in support.rules for c in by_id[name].concludes)
            assert reason.suspected_only == (reason.rule.id not in confirmed)
            unless = reason.rule.unless
            expected = "none" if unless is None else "open" if holds(unless, values, {}) else "absent"
            assert reason.exception == expected
        decisive = [reason for reason in reasons if reason.decisive]
        assert bool(decisive) == (evaluation.suggested[tier] > 0)
        assert reasons[: len(decisive)] == tuple(decisive)
        for reason in explainer(rule_set).tempered(evaluation):
            assert reason.exception == "holds"
            assert reason.tempered_by
            assert all(support.value == "yes" for support in reason.tempered_by)


def test_decisive_follows_what_a_deciding_rule_rests_on():
    suggestion = suggest({"age_months": 120, "weapon_used_or_threatened": "yes", "debt_or_low_income": "yes"})
    decisive = {reason.rule.id: reason.decisive for reason in suggestion.reasons}
    assert decisive["dv-scale-3-tier"]
    assert decisive["dvrim-scale-3-weapon"]
    assert not decisive["debt-or-low-income"]


def test_open_reasons_say_what_is_missing():
    suggestion = suggest({"age_months": 3, "bruise_or_mark": None})
    reason = next(reason for reason in suggestion.open if reason.rule.id == "stage-bruise-not-mobile")
    assert [support.fact for support in reason.missing] == ["bruise_or_mark"]
    assert [support.fact for support in reason.because] == ["age_months"]
    for reason in suggestion.open:
        assert reason.missing
        for support in reason.missing:
            if isinstance(support, FactSupport):
                assert suggestion.evaluation.record[POSITIONS[support.fact]] is None


# What to ask next.


def test_a_no_that_nobody_established_is_asked_again_properly():
    asked = [question.fact.name for question in suggest({"age_months": 30, "violence_at_home": "no"}).ask_next().questions]
    assert "asked_alone_and_safely" in asked
    assert "violence_at_home" not in asked


def test_what_an_answer_could_make_of_it_is_what_it_makes_of_it():
    known = {"age_months": 150, "attendance_below_90": "yes", "outside_home_concern": "suspected"}
    suggestion = suggest(known)
    for question in suggestion.ask_next().questions:
        name = question.fact.name
        if name in ("exploitation_feared", "gang_risk", "harm_likely"):
            tiers = [suggest(known | {name: answer}).tier for answer in ("no", "yes")]
            assert (question.lowest, question.highest) == (min(tiers), max(tiers))


def test_what_hangs_on_a_question_nobody_asked_is_not_asked_yet():
    for question in suggest({"age_months": 150, "attendance_below_90": "yes"}).ask_next().questions:
        gate = question.fact.gate
        assert gate is None or gate == "school_or_learning_concern"


# JSON.

KEYS = [
    "format",
    "library",
    "rule_set",
    "reference",
    "stage",
    "status",
    "tier",
    "confirmed_tier",
    "range",
    "known",
    "dv",
    "concerns",
    "routes",
    "reasons",
    "open",
    "tempered",
    "conflicts",
    "ask_next",
    "pathways",
    "prompts",
    "referral_gaps",
    "duties",
    "advice",
]
REASON_KEYS = [
    "rule",
    "title",
    "role",
    "concludes",
    "decisive",
    "exception",
    "because",
    "suspected_only",
    "discretion",
    "basis",
    "source",
]


def test_the_stable_keys():
    written = suggest({"age_months": 60, "coercive_control": "suspected"}).to_dict()
    assert set(KEYS) <= set(written)
    assert set(REASON_KEYS) <= set(written["reasons"][0])
    assert written["format"] == "suggestion/1"
    assert set(written["range"]) == {"lowest", "highest"}
    assert set(written["known"]) == {"facts", "of"}
    assert set(written["dv"]) == {"scale", "scale_for_child", "range", "without_raise"}
    assert set(written["ask_next"][0]) >= {"fact", "question", "who_knows", "could_become"}
    assert set(written["pathways"][0]) >= {"rule", "to", "expected_response", "why"}
    assert set(written["prompts"][0]) == {"rule", "text"}
    scale = next(support for reason in written["reasons"] for support in reason["because"] if "outcome" in support)
    assert set(scale) == {"outcome", "at_least", "from"}
    assert written["advice"] == "Suggested tier, for a qualified practitioner to consider. It is not a decision."


SCHEMA = Draft7Validator(schema_of(Described.SUGGESTION))


@brief
@given(cases())
def test_what_is_printed_is_what_the_schema_says(case):
    written = json.loads(json.dumps(suggest(case).to_dict()))
    assert [error.message for error in SCHEMA.iter_errors(written)] == []


@brief
@given(cases())
def test_every_page_carries_the_advice_line_and_nothing_breaks(case):
    suggestion = suggest(case)
    for page in (
        str(suggestion),
        suggestion.markdown(),
        suggestion.html(),
        suggestion.handoff(),
        suggestion.to_dict()["advice"],
    ):
        assert "It is not a decision." in page
