"""A case in plain sentences: each answer, and what was asked and is not so."""

import re

import pytest

from thresholds import FACTS, Case, Stage, load_rule_set, suggest
from thresholds.exercises.making import asked, sayings
from thresholds.exercises.making.beside import ABOUT_THE_CHILD, SENT_BY
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.telling import tells_something, told, told_one

NEGATIVE = re.compile(
    r"\b(not|no|nobody|nowhere|nothing|none|never|nor|neither|without|cannot|\w+n't|lack\w*|hardly|barely|scarcely|little|few)\b",
    re.I,
)
ANSWER_IS_NO = re.compile(r", and the answer is no\.$|: no to each\.$")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"age_months": 3}, "The child is 3 months old. Nothing more is known."),
        ({"age_months": 0}, "The child is a newborn baby. Nothing more is known."),
        ({"age_months": -1}, "The child is not born yet; there is about 1 month to go. Nothing more is known."),
        ({"age_months": 121}, "The child is 10 years and 1 month old. Nothing more is known."),
        ({"age_months": 24, "hurt_by_adult": "yes"}, "An adult has hit, shaken, burnt or otherwise hurt the child."),
        ({"age_months": 24, "hurt_by_adult": "suspected"}, "It is suspected that an adult has hit, shaken"),
        (
            {"age_months": 24, "sexual_abuse_feared": "suspected"},
            "There are signs of this, and no more than signs: the child may",
        ),
        ({"age_months": 24, "care_concern": "suspected"}, "There may be a worry about the care, supervision or warmth"),
        (
            {"age_months": 24, "hurt_by_adult": "no"},
            "It was asked whether an adult has hit, shaken, burnt or otherwise hurt the child, and the answer is no. N",
        ),
        (
            {"age_months": 100, "missing_episodes_90_days": 2},
            "There have been at least 2 episodes of going missing in 90 days.",
        ),
        (
            {"age_months": 100, "fixed_term_exclusions": 1},
            "There has been at least 1 exclusion for a fixed term this school year.",
        ),
        (
            {"age_months": 100, "incidents_12_months": 2},
            "There have been at least 2 incidents of violence at home in the last 12 months. Nothing",
        ),
        ({"age_months": 100, "engagement": "in_words_only"}, "How the family takes up the help: in words only."),
        (
            {"age_months": 100, "incidents_12_months": 0},
            "There have been no incidents of violence at home in the last 12 months. N",
        ),
        (
            {"age_months": 24, "violence_at_home": "no", "asked_alone_and_safely": "yes"},
            "home or family (the adult who may be harmed has been asked alone and safely), and the answer is no. N",
        ),
        (
            {"age_months": 24, "violence_at_home": "suspected", "asked_alone_and_safely": "yes"},
            "home or family. The adult who may be harmed has been asked alone and safely. N",
        ),
        (
            {"age_months": 24, "hurt_by_adult": "no", "left_alone": "no"},
            "hurt the child, and whether the child is left alone, or with someone unfit, for longer than suits their age, and "
            "the answer is no to both. N",
        ),
        ({"age_months": 24, "bruise_or_mark": "suspected"}, "There may be an injury, bruise, burn, bite, bleeding or mark."),
        (
            {"age_months": 24, "agencies_with_low_level_worry": 1},
            "There has been at least 1 agency that holds a low-level worry",
        ),
        ({"age_months": 24, "months_of_concern": 3}, "There have been at least 3 months of worry about the same thing."),
        (
            {"age_months": 24, "parent_illness_affects_care": "no"},
            "whether care of the child suffers when a carer is unwell, and",
        ),
        ({"age_months": 24, "slides_back": "suspected"}, "It may be that things have got better and slid back"),
        ({}, "The age of the child is not known."),
    ],
)
def test_a_case_is_told_in_plain_sentences(facts, said):
    assert said in told(Case(**facts))


def test_a_worry_is_not_told_twice_and_violence_is_named_before_it_is_spoken_of():
    assert "worry about nursery" not in told(Case(school_or_learning_concern="yes", attendance_below_90="yes"))
    assert "worry about nursery" in told(Case(school_or_learning_concern="yes"))
    text = told(Case(violence_at_home="yes", child_hears_or_sees="yes"))
    assert text.index("violence, threats or control") < text.index("hears or sees it")


def test_one_answer_is_told_by_itself():
    says = FACTS["hurt_by_adult"].says
    assert told_one("hurt_by_adult", None) == f"It is not known whether this is so: {says}."
    assert told_one("hurt_by_adult", "no") == f"It was asked whether {says}, and the answer is no."
    assert told_one("missing_episodes_90_days", 0) == "There have been no episodes of going missing in 90 days."
    assert told_one("age_months", 0) == "The child is a newborn baby."


def test_an_opening_question_is_told_where_what_follows_is_less_sure_or_is_counted_as_none():
    worry = "a worry about the child's feelings or behaviour"
    sure = {"age_months": 100, "behaviour_or_feelings_concern": "yes"}
    assert worry not in told(Case(**sure, low_mood_or_anxiety="yes"))
    assert worry in told(Case(**sure, low_mood_or_anxiety="suspected"))
    assert worry in told(Case(**sure, self_harm_episodes=0))
    assert worry in told(Case(**sure, low_mood_or_anxiety="no"))
    assert worry not in told(Case(**sure, self_harm_episodes=2))
    unsure = {"age_months": 100, "behaviour_or_feelings_concern": "suspected"}
    assert worry not in told(Case(**unsure, low_mood_or_anxiety="suspected"))


def test_the_worry_about_a_pregnancy_is_told_before_what_it_calls_for():
    text = told(Case(age_months=-3, pregnancy_concern="yes", prebirth_assessment_needed="yes"))
    assert text.index("a worry about the pregnancy") < text.index("The worry calls for")


def test_what_has_to_be_asked_and_is_denied_is_told_shortly_and_together():
    denied = dict.fromkeys(("hurt_or_ill_treated", "care_concern", "behaviour_or_feelings_concern", "harm_likely"), "no")
    assert told(Case(age_months=100, **denied)) == (
        "The child is 8 years and 4 months old. It was asked about the child being hurt or ill-treated; care, supervision and "
        "warmth; feelings and behaviour; and whether serious harm is likely if things go on as they are: no to each. "
        "Nothing more is known."
    )
    with_more = told(Case(age_months=100, **denied, debt_or_low_income="no"))
    assert "asked whether money is short, or there is debt, and the answer is no. It was also asked about the" in with_more
    two = told(Case(age_months=100, care_concern="no", harm_likely="no"))
    assert "asked about" not in two
    assert "no to both" in two


@pytest.mark.parametrize("rule_set", ["hackney-2009", "hackney-2011"])
def test_all_that_has_to_be_asked_at_any_stage_can_be_told_shortly(rule_set):
    required = load_rule_set(rule_set).required
    assert set(required) == set(Stage)
    assert {name for names in required.values() for name in names} <= set(asked._SHORTLY)
    assert set(asked._SHORTLY) <= set(FACTS)


def test_each_fact_that_is_counted_can_be_said():
    for fact in FACTS.values():
        if fact.kind is fact.kind.COUNT:
            assert told_one(fact.name, 1).startswith("There has been at least 1 "), fact.name
            assert told_one(fact.name, 2).startswith("There have been at least 2 "), fact.name
            assert told_one(fact.name, 0).startswith("There have been no "), fact.name


@pytest.mark.parametrize(
    ("facts", "tells"),
    [
        ({"age_months": 100}, False),
        ({"age_months": 100, "hurt_or_ill_treated": "no", "incidents_12_months": 0}, False),
        ({"age_months": 100, "violence_at_home": "no", "asked_alone_and_safely": "yes"}, False),
        ({"age_months": 100, "asked_alone_and_safely": "yes"}, True),
        ({"age_months": 100, "left_alone": "suspected"}, True),
        ({"age_months": 100, "other_safe_adult": "yes"}, True),
    ],
)
def test_whether_anything_is_told_beside_age_and_denials(facts, tells):
    assert tells_something(Case(**facts)) is tells


def test_what_weighs_nothing_is_told_after_what_is_found_and_before_what_is_not_so():
    text = told(Case(age_months=100, other_safe_adult="yes", debt_or_low_income="yes", hurt_or_ill_treated="no"))
    order = [text.index(one) for one in ("Money is short", "another safe adult", "asked whether there is a sign")]
    assert order == sorted(order)


@pytest.mark.parametrize("one", [*ABOUT_THE_CHILD, *SENT_BY], ids=lambda one: " ".join(one.answers.values()))
def test_what_weighs_nothing_is_told_in_a_whole_sentence(one):
    text = told(Case(age_months=one.stages[-1].months[1], **one.answers))
    assert ":" not in text
    assert "_" not in text
    assert "Who makes" not in text


def test_what_nobody_would_say_is_told_otherwise():
    assert "Someone older, or with a hold over the child, spends time with them." in told(
        Case(age_months=180, older_or_controlling_associate="yes")
    )
    assert "asked whether someone older, or with a hold over the child, spends time with them" in told_one(
        "older_or_controlling_associate", "no"
    )
    at_seventeen = told(Case(age_months=207, cannot_move_independently="yes"))
    assert "The child has a disability and cannot move about by themself." in at_seventeen
    at_two = told(Case(age_months=26, cannot_move_independently="yes"))
    assert "does not move about by themself, not yet or because of a disability" in at_two
    assert "has a disability" in told_one("cannot_move_independently", None, Stage.OLDER_ADOLESCENT)
    assert "answer is that the child moves about by themself." in told_one("cannot_move_independently", "no")


def test_what_is_told_otherwise_names_facts_and_answers():
    assert {*sayings._OTHERWISE, *sayings._FROM_SCHOOL_AGE} <= set(FACTS)
    assert not set(sayings._ASKED) & set(sayings._CONTRARY)
    for name in (*sayings._ASKED, *sayings._CONTRARY):
        assert "no" in FACTS[name].values
        assert NEGATIVE.search(sayings.says(name)), name  # else it needs no other words
    assert all(answer in FACTS[name].values for name, answer in sayings._WHOLE)


@pytest.mark.parametrize("fact", [fact for fact in FACTS.values() if "no" in fact.values], ids=lambda fact: fact.name)
def test_no_answer_of_no_is_told_with_a_negative_in_it(fact):
    for stage in (None, *fact.stages):
        whole = told_one(fact.name, "no", stage)
        said = ANSWER_IS_NO.sub("", whole)
        assert NEGATIVE.search(said) is None, whole
        assert (said == whole) is (sayings.contrary(fact.name) is not None)  # what is so needs no "no" after it


def test_what_is_asked_shortly_has_no_negative_in_it_either():
    (said,) = asked.denied_told(list(asked._SHORTLY), {})
    assert said.endswith(": no to each.")
    assert NEGATIVE.search(ANSWER_IS_NO.sub("", said)) is None


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("not_in_education_or_work", "and the answer is that the young person is in education, employment or training."),
        (
            "mark_recorded_at_birth",
            "whether the only mark is one that a doctor or midwife has already recorded as a birthmark, and the answer is no.",
        ),
        ("basic_care_minor", "whether food, hygiene or clothing fall short now and then, and the answer is no."),
        ("unable_to_protect", "the answer is that the harmed adult is able to protect the child, at least to some degree."),
    ],
)
def test_where_a_fact_is_that_something_is_not_so_a_no_says_what_is_so(fact, said):
    assert said in told_one(fact, "no")


def test_what_is_so_is_told_first_and_then_what_else_was_asked():
    first, then, last = asked.denied_told(
        [
            "care_concern",
            "essential_treatment_not_reached",
            "harm_likely",
            "left_alone",
            "not_in_education_or_work",
            "hurt_or_ill_treated",
        ],
        {"not_in_education_or_work": "somebody rang"},
    )
    assert first == (
        "It was asked, and the answers are that the child is brought for any treatment that matters to their health, and that "
        "the young person is in education, employment or training (somebody rang)."
    )
    assert then.startswith("It was also asked whether the child is left alone")
    assert last.startswith("It was also asked about the child being hurt or ill-treated;")


def test_a_made_case_that_turns_on_a_no_says_so_with_no_negative_in_it():
    sides = (Case(age_months=200, not_in_education_or_work=answer) for answer in ("no", "yes"))
    here, _ = NearCase(*map(suggest, sides), "not_in_education_or_work").exercises()
    assert here.learning_points[0] == (
        "The tier turns on one answer here. It was asked, and the answer is that the young person is in education, employment "
        "or training."
    )
