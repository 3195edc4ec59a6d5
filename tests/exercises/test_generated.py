"""Cases made near a threshold: possible, different, one answer from another tier, and told in plain sentences."""

import itertools
from dataclasses import replace

import pytest

from thresholds import FACTS, Case, Stage, Tier, load_rule_set, suggest
from thresholds.exercises import generated
from thresholds.exercises.check_generated import check
from thresholds.exercises.generated import MakeError, make, pair_in_words
from thresholds.exercises.telling import told, told_one

RULES = load_rule_set("hackney-2011")
MADE = list(make(count=60, seed=5))


def test_each_is_possible_different_and_one_answer_from_another_tier():
    done = check(MADE)
    assert done.cases == 60
    assert not done.wrong
    assert set(done.stages) == {stage.word for stage in Stage}
    assert len(done.between) >= 5
    assert done.facts >= 20


def test_the_check_sees_what_is_wrong():
    one, other = MADE[:2]
    assert "comes twice" in "".join(check([one, one]).wrong)
    assert "differ in more or less" in "".join(check([replace(one, there=other.there)]).wrong)
    assert "not in two tiers" in "".join(check([replace(one, there=one.here)]).wrong)
    assert "other tiers" in "".join(check([replace(one, here=with_another_tier(one.here))]).wrong)
    hidden = suggest({"age_months": 8, "left_alone": "yes", "hurt_or_ill_treated": "no", "bruise_or_mark": "yes"})
    assert "no such record" in "".join(check([replace(one, here=hidden)]).wrong)


def with_another_tier(suggestion):
    """A suggestion that says another tier than the rules do."""
    others = [suggest({"age_months": 100, name: "yes"}) for name in ("attendance_below_90", "hurt_by_adult")]
    told_wrong = suggest(suggestion.case)
    vars(told_wrong)["_read"] = next(other._read for other in others if other.tier is not suggestion.tier)
    return told_wrong


def test_the_same_seed_makes_the_same_cases_and_another_makes_others():
    first = [near.told for near in make(count=5, seed=9)]
    assert first == [near.told for near in make(count=5, seed=9)]
    assert first != [near.told for near in make(count=5, seed=10)]


@pytest.mark.parametrize("rule", ["stage-bruise-not-mobile", "dv-scale-3-tier", "stage-dv-raised-under-one", "parental-trio"])
def test_a_rule_that_is_asked_for_counts_on_one_side_alone(rule):
    position = next(place for place, one in enumerate(RULES.findings) if one.id == rule)
    for near in make(rule=rule, count=3, seed=2):
        assert (position in near.here.evaluation.counting) is not (position in near.there.evaluation.counting)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_stage_that_is_asked_for_is_that_of_both_sides(stage):
    for near in make(stage=stage, count=3, seed=2):
        assert near.here.stage is near.there.stage is stage


def test_both_sides_stay_at_the_stage_even_where_it_is_the_age_that_differs():
    for near in make(stage=Stage.PRIMARY, fact="age_months", count=2, seed=1):  # the matrix turns at 7, the stages at 5 and 11
        assert near.here.stage is near.there.stage is Stage.PRIMARY
    with pytest.raises(MakeError, match="No more than 0"):  # the other side of that edge is another stage
        list(make(rule="stage-bruise-not-mobile", stage=Stage.INFANT, fact="age_months"))


def test_what_is_found_behind_an_opening_question_comes_with_that_question_answered():
    for near in MADE:
        known = near.here.case.known()
        found = [name for name, answer in known.items() if answer not in ("no", 0) and FACTS[name].gate]
        assert all(FACTS[name].gate in known for name in found if name != near.fact)


@pytest.mark.parametrize("fact", ["independently_mobile", "age_months", "incidents_12_months", "hurt_by_adult"])
def test_a_fact_that_is_asked_for_is_what_the_sides_differ_in(fact):
    assert {near.fact for near in make(fact=fact, count=3, seed=2)} == {fact}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rule": "stage-bruise-not-mobil"}, "did you mean stage-bruise-not-mobile"),
        ({"rule": "gap-history"}, "advises and moves no tier"),
        ({"fact": "bruise"}, "There is no such fact; did you mean bruise_or_mark"),
        ({"fact": "consent"}, "This fact moves no tier"),
        ({"count": 0}, "Expected 1 or more"),
        ({"rule": "stage-bruise-not-mobile", "stage": Stage.ADOLESCENT}, "No more than 0 such cases"),
    ],
)
def test_what_cannot_be_made_is_said(asked, said):
    with pytest.raises(MakeError, match=said):
        list(make(**asked))


class SameAgain:
    """Comes upon the same two cases again and again, now from the one side and now from the other."""

    def __init__(self, near):
        self.waiting = itertools.cycle([near, replace(near, here=near.there, there=near.here)])

    def attempt(self):
        return next(self.waiting)


def test_never_a_repeat_on_either_side():
    with pytest.raises(MakeError, match="No more than 1 such cases were found"):
        list(generated._made(SameAgain(MADE[0]), 2))
    made = generated._made(SameAgain(MADE[0]), 2)
    assert next(made) == MADE[0]


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
        ({"age_months": 24, "hurt_by_adult": "no"}, "This was asked about, and it is not so: an adult has hit"),
        ({"age_months": 100, "missing_episodes_90_days": 2}, "Episodes of going missing: at least 2 in 90 days."),
        ({"age_months": 100, "fixed_term_exclusions": 1}, "Exclusions for a fixed term: at least 1 this school year."),
        ({"age_months": 100, "incidents_12_months": 2}, "violence at home in the last 12 months: at least 2. Nothing"),
        ({"age_months": 100, "engagement": "in_words_only"}, "How the family takes up the help: in words only."),
        ({"age_months": 100, "incidents_12_months": 0}, "Incidents of violence at home in the last 12 months: none. Nothing"),
        (
            {"age_months": 24, "violence_at_home": "no", "asked_alone_and_safely": "yes"},
            "adults in the child's home or family (the adult who may be harmed has been asked alone and safely). N",
        ),
        (
            {"age_months": 24, "violence_at_home": "suspected", "asked_alone_and_safely": "yes"},
            "home or family. The adult who may be harmed has been asked alone and safely. N",
        ),
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


def test_a_grave_case_is_not_gainsaid_by_what_is_answered_no():
    grave = [near.here for near in make(count=80, seed=3) if near.here.tier is Tier.THREE]
    assert any(one.case.care_concern == 0 for one in grave)
    assert not any(one.case.harm_likely == 0 or one.case.hurt_or_ill_treated == 0 for one in grave)


@pytest.mark.parametrize(
    ("found", "denied"),
    [
        ("own_relationship_abuse", "hurt_or_ill_treated"),
        ("own_relationship_abuse", "outside_home_concern"),
        ("parent_illness_affects_care", "care_concern"),
        ("child_distressed_by_violence", "behaviour_or_feelings_concern"),
        ("homeless_or_put_out", "home_or_money_concern"),
    ],
)
def test_what_is_found_is_not_gainsaid_by_an_opening_question_that_is_answered_no(found, denied):
    sides = [side.case.known() for near in make(fact=found, count=25, seed=3) for side in (near.here, near.there)]
    with_it = [known for known in sides if known.get(found, "no") != "no"]
    assert any("no" in known.values() for known in with_it)  # other things are answered no beside it
    assert not any(known.get(denied) == "no" for known in with_it)
    made = suggest({"age_months": 200, found: "yes", denied: "no"})
    assert "is gainsaid" in "".join(check([replace(MADE[0], here=made)]).wrong)


def test_one_answer_is_told_by_itself():
    says = FACTS["hurt_by_adult"].says
    assert told_one("hurt_by_adult", None) == f"It is not known whether this is so: {says}."
    assert told_one("hurt_by_adult", "no") == f"This was asked about, and it is not so: {says}."
    assert told_one("missing_episodes_90_days", 0) == "Episodes of going missing: none in 90 days."
    assert told_one("age_months", 0) == "The child is a newborn baby."


def test_a_made_case_is_a_pair_of_exercises_that_can_be_marked():
    here, there = MADE[0].exercises(7)
    assert (here.id, here.pair.of, there.pair.of) == ("made-0007-here", there.id, here.id)
    assert here.pair.differs_in == (MADE[0].fact,)
    assert here.gives.tier is not there.gives.tier
    assert here.vignette == MADE[0].told


def test_both_sides_of_a_made_case_are_told_as_a_suggestion_would_be():
    for near in make(None, None, "child_hears_or_sees", 3, 2, "hackney-2011"):
        said = pair_in_words(near)
        for side in (near.here, near.there):
            is_open = side.range.highest != side.tier
            assert (f"At least Tier {side.tier}" in said) is is_open
