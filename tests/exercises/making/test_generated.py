"""Cases made near a threshold: possible, different, one answer from another tier, and told in plain sentences."""

import itertools
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pytest

from thresholds import FACTS, Stage, Tier, load_rule_set, suggest
from thresholds.exercises.choosing import in_order
from thresholds.exercises.exercise import Theme
from thresholds.exercises.making import generated
from thresholds.exercises.making.alike import likeness
from thresholds.exercises.making.beside import TOLD_LAST
from thresholds.exercises.making.check_generated import check
from thresholds.exercises.making.generated import MakeError, make
from thresholds.exercises.making.near_case import NearCase, pair_in_words
from thresholds.exercises.making.places import Place, places
from thresholds.exercises.making.possible import possible
from thresholds.exercises.making.telling import tells_something
from thresholds.exercises.making.themes import THEMES_OF_FACTS, theme_of
from thresholds.exercises.making.wanted import Wanted
from thresholds.language.conditions import All, Counted

RULES = load_rule_set("hackney-2011")
MADE = list(make(count=60, seed=5))
BALANCED = [*MADE, *make(count=60, seed=6)]


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
    bare = suggest({"age_months": 100, "hurt_or_ill_treated": "no", "incidents_12_months": 0})
    assert "nothing is told but what is not so" in "".join(check([replace(one, there=bare)]).wrong)
    old = suggest({"age_months": 3, "months_of_concern": 4})
    assert "older than the child" in "".join(check([replace(one, there=old)]).wrong)
    assert "comes twice" in "".join(check([one, older(one)]).wrong)


def older(near):
    """The same two a month older."""
    sides = ({**side.case.known(), "age_months": side.case.age_months + 1} for side in (near.here, near.there))
    return NearCase(*map(suggest, sides), near.fact)


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
    with pytest.raises(MakeError, match="No such case was found"):  # the other side of that edge is another stage
        list(make(rule="stage-bruise-not-mobile", stage=Stage.INFANT, fact="age_months"))


def test_an_opening_question_that_has_to_be_asked_is_answered_where_something_behind_it_is_found():
    looked_at = 0
    for near in MADE:
        known, required = near.here.case.known(), RULES.required[near.here.stage]
        gates = {FACTS[name].gate for name in _found(near.here) - {near.fact} - TOLD_LAST} & set(required)
        assert gates <= set(known)
        looked_at += len(gates)
    assert looked_at >= 20


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
        ({"rule": "stage-bruise-not-mobile", "stage": Stage.ADOLESCENT}, "No such case was found in"),
    ],
)
def test_what_cannot_be_made_is_said(asked, said):
    with pytest.raises(MakeError, match=said):
        list(make(**asked))


class SameAgain:
    """Comes upon the same two cases again and again, now from the one side and now from the other."""

    wanted = Wanted()
    stages = tuple(Stage)

    def __init__(self, near):
        self.waiting = itertools.cycle([near, near.swapped])
        self.asked_for = []

    def attempt(self, place, stage):
        self.asked_for.append((place, stage))
        return next(self.waiting)


def test_never_a_repeat_on_either_side():
    with pytest.raises(MakeError, match="No more than 1 such case was found"):
        list(generated._made(SameAgain(MADE[0]), 2, random.Random(0)))
    assert next(generated._made(SameAgain(MADE[0]), 2, random.Random(0))) == MADE[0]


def test_the_same_but_for_the_age_is_the_same_again():
    maker = SameAgain(MADE[0])
    maker.waiting = itertools.cycle([MADE[0], older(MADE[0])])
    with pytest.raises(MakeError, match="No more than 1 such case was found"):
        list(generated._made(maker, 2, random.Random(0)))


def test_it_is_given_up_after_so_many_in_a_row_and_each_side_at_each_stage_has_had_its_turn():
    maker = SameAgain(MADE[0])
    with pytest.raises(MakeError, match=f"in {generated.TRIES} attempts in a row"):
        list(generated._made(maker, 2, random.Random(0)))
    assert len(maker.asked_for) == 1 + generated.TRIES  # the first found one, and from then on it is counted anew
    assert set(maker.asked_for[1:]) == set(itertools.product(places(random.Random(0)), Stage))


def test_each_stage_comes_often_where_none_is_asked_for():
    stages = Counter(near.here.stage for near in BALANCED)
    assert set(stages) == set(Stage)
    assert min(stages.values()) >= 0.08 * len(BALANCED)  # by the month, one in twenty would be an infant


def test_each_tier_is_told_as_often_and_each_threshold_from_both_sides():
    told = Counter(near.here.tier for near in BALANCED)
    assert set(told) == set(Tier)
    assert min(told.values()) >= 0.15 * len(BALANCED)
    crossed = Counter(
        (near.here.tier > near.there.tier, edge)
        for near in BALANCED
        for edge in itertools.pairwise(Tier)
        if min(near.here.tier, near.there.tier) <= edge[0] < max(near.here.tier, near.there.tier)
    )
    assert len(crossed) == 6
    assert min(crossed.values()) >= 0.05 * len(BALANCED)


def test_company_weighs_less_than_the_threshold_so_that_it_does_not_hide_it():
    maker = generated._Maker(RULES, random.Random(1), Wanted())
    for below, stage in itertools.product((Tier.TWO_A, Tier.TWO_B, Tier.THREE), (Stage.INFANT, Stage.ADOLESCENT)):
        company = set()
        for _ in range(40):
            answers = {"age_months": stage.months[0]}
            maker._add_company(answers, stage, below)
            company |= set(answers) - {"age_months"}
        alone = [suggest({"age_months": stage.months[0], name: 6 if FACTS[name].words is None else "yes"}) for name in company]
        assert len(company) >= 4
        assert all(one.tier is None or one.tier < below for one in alone)


def test_a_case_for_the_lowest_threshold_has_it_asked_and_denied_and_others_have_it_now_and_then():
    maker = generated._Maker(RULES, random.Random(1), Wanted())

    def share(place):
        cases = [case for _ in range(80) if (case := maker._case(place, Stage.PRIMARY)) is not None]
        return sum(case.history_of_concern is not None for case in cases) / len(cases)

    assert share(Place(Tier.ONE, Tier.TWO_A)) > 0.9
    assert share(Place(Tier.TWO_A, Tier.ONE)) > 0.9
    assert 0.3 < share(Place(Tier.TWO_A, Tier.TWO_B)) < 0.9


def test_a_case_at_tier_1_has_all_that_has_to_be_asked_answered():
    lowest = [near for near in BALANCED if near.here.tier is Tier.ONE]
    assert len(lowest) >= 10
    for near in lowest:
        known = near.here.case.known()
        denied = [name for name in RULES.required[near.here.stage] if known.get(name) == "no"]
        assert len(denied) >= 3
        assert "asked about" in near.told
        assert near.told.count("there is a worry about") <= 1


def test_what_sums_a_case_up_is_no_hinge_unless_it_is_asked_for():
    assert not any(near.fact in generated._OVERALL for near in BALANCED)
    assert not any(name in generated._OVERALL for near in BALANCED for name in _found(near.here) - _found(near.there))
    assert {near.fact for near in make(fact="harm_likely", count=2, seed=1)} == {"harm_likely"}
    company = {fact.name for fact in FACTS.values() if generated._may_be_company(fact)}
    assert not company & generated._OVERALL
    assert {"debt_or_low_income", "slides_back"} <= company


def _found(side):
    return {name for name, answer in side.case.known().items() if answer not in ("no", 0)}


@pytest.mark.parametrize("fact", ["missing_episodes_90_days", "incidents_12_months"])
def test_of_a_number_the_nearest_that_gives_another_tier_is_taken(fact):
    for near in make(fact=fact, count=6, seed=4):
        here, there = near.here.case.known(), near.there.case.known()
        first, last = sorted((here[fact], there[fact]))
        between = [suggest({**here, fact: number}).tier for number in range(first, last + 1)]
        turns = sum(one is not other for one, other in itertools.pairwise(between))
        assert turns == 1


EMPTY = [*make(count=12, seed=2, theme=Theme.PHYSICAL_HARM), *make(count=40, seed=7)]


def test_of_no_side_is_it_told_only_what_is_not_so():
    bare = 0
    for near in EMPTY:
        for side in (near.here, near.there):
            assert tells_something(side.case)
            found = {name for name in _found(side) if name not in TOLD_LAST} - {"age_months", "asked_alone_and_safely"}
            bare += not found
    assert bare >= 10  # so that what stands beside is all there is


def test_what_stands_beside_leaves_tier_and_pair_as_they_are():
    looked_at = 0
    for near in [*EMPTY, *MADE]:
        beside = set(near.here.case.known()) & TOLD_LAST - {near.fact}
        assert beside == set(near.there.case.known()) & TOLD_LAST - {near.fact}
        for side in (near.here, near.there):
            without = suggest({name: answer for name, answer in side.case.known().items() if name not in beside})
            assert (without.tier, without.status) == (side.tier, side.status)
            assert without.evaluation.counting == side.evaluation.counting
        looked_at += bool(beside)
    assert looked_at >= 30


def test_what_stands_beside_gives_no_theme():
    sides = ({"age_months": months, "other_safe_adult": "yes", "learning_needs_unmet": "yes"} for months in (59, 60))
    assert NearCase(*map(suggest, sides), "age_months").theme is Theme.EDUCATION


def test_no_two_are_alike_but_for_the_age_and_the_months():
    many = [*BALANCED[:60]]
    sides = [{likeness(side.case.known()) for side in (near.here, near.there)} for near in many]
    assert sum(map(len, sides)) == len(set().union(*sides))


def test_no_worry_is_older_than_the_child():
    maker = generated._Maker(RULES, random.Random(1), Wanted(rule=RULES.rules["chronic-neglect"]))
    cases = [case for _ in range(60) if (case := maker._case(Place(Tier.TWO_B, Tier.THREE), Stage.INFANT)) is not None]
    assert all(case.slides_back or (case.months_of_concern or 0) >= 6 for case in cases)  # what the rule asks for
    with_months = [case.age_months for case in cases if (case.months_of_concern or 0) >= 6]
    assert len(with_months) >= 10
    assert min(with_months) >= 6
    here = suggest({"age_months": 63, "basic_care_poor": "yes", "months_of_concern": 5})
    younger = suggest({"age_months": 3, "basic_care_minor": "yes", "months_of_concern": 3})
    assert maker._other_side(here, "months_of_concern", Place(Tier.TWO_B, Tier.THREE)).there.case.months_of_concern == 6
    assert possible({**younger.case.known(), "months_of_concern": 4}) is None
    assert possible(younger.case.known()) is not None


def test_company_of_months_is_cut_to_the_time_lived():
    maker = generated._Maker(RULES, random.Random(1), Wanted())
    told = set()
    for _ in range(200):
        answers = {"age_months": 2}
        maker._add_company(answers, Stage.INFANT, Tier.THREE)
        told.add(answers.get("months_of_concern"))
    assert told == {None, 1, 2}


def test_no_pregnancy_is_told_of_before_anybody_knows_of_it():
    assert min(near.here.case.age_months for near in make(stage=Stage.UNBORN, count=25, seed=1)) >= -7


def test_that_a_child_does_not_move_about_is_never_suspected_and_told_only_where_a_rule_asks_for_it():
    about = [
        side.case.known().get("cannot_move_independently")
        for near in make(rule="stage-bruise-cannot-move", count=12, seed=1)
        for side in (near.here, near.there)
    ]
    assert set(about) <= {"yes", "no", None}
    assert "yes" in about
    assert not any(generated._may_be_company(FACTS[name]) for name in generated._SEEN_AT_A_GLANCE)
    maker = generated._Maker(RULES, random.Random(1), Wanted())
    assert {maker._found(FACTS["cannot_move_independently"]) for _ in range(40)} == {"yes"}
    assert maker._other_answers(FACTS["cannot_move_independently"], "no") == ["yes"]
    assert maker._other_answers(FACTS["left_alone"], "no") == ["suspected", "yes"]


def test_of_two_numbers_the_nearer_is_chosen_from_either_side():
    maker = generated._Maker(RULES, random.Random(3), Wanted(fact="missing_episodes_90_days"))
    for number, nearest in ((1, 2), (2, 1), (6, 2)):
        here = suggest({"age_months": 160, "missing_episodes_90_days": number})
        tiers = {count: suggest({"age_months": 160, "missing_episodes_90_days": count}).tier for count in (nearest, number)}
        assert tiers[nearest] is not tiers[number]
        place = Place(*((here.tier, Tier(here.tier + 1)) if number < nearest else (here.tier, Tier(here.tier - 1))))
        near = maker._other_side(here, "missing_episodes_90_days", place)
        assert near.there.case.missing_episodes_90_days == nearest


def test_the_same_seed_makes_the_same_cases_on_every_run():
    program = (
        "from thresholds.exercises.making.generated import make\n"
        "for one in make(count=6, seed=2): print(one.told, one.otherwise)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert said.pop().count("\n") == 6


@pytest.mark.parametrize("theme", [Theme.DOMESTIC_VIOLENCE, Theme.YOUNG_CARER, Theme.EDUCATION, Theme.SELF_HARM])
def test_a_theme_that_is_asked_for_is_that_of_what_differs(theme):
    for near in make(count=3, seed=1, theme=theme):
        assert near.theme is theme
        assert near.fact == "age_months" or theme_of(near.fact) is theme


def test_an_age_has_the_theme_of_what_is_found_and_not_that_of_its_section():
    sides = [suggest({"age_months": age, "self_harm_episodes": 1}) for age in (140, 141)]
    assert NearCase(*sides, "age_months").theme is Theme.SELF_HARM


def test_a_theme_that_no_fact_has_is_refused_with_those_that_there_are():
    with pytest.raises(MakeError, match=r"stepped-down-too-soon: No fact .* is of this theme; known: domestic-violence, "):
        make(theme=Theme.STEPPED_DOWN_TOO_SOON)
    assert len(THEMES_OF_FACTS) >= 15


@pytest.mark.parametrize("fact", ["care_concern", "help_offered"])
def test_of_an_opening_question_it_is_said_why_and_what_is_asked_after_it(fact):
    with pytest.raises(MakeError) as error:
        list(make(fact=fact))
    assert "This is an opening question, and what moves the tier is asked after it: ask for one of" in str(error.value)
    behind = {one.name for one in FACTS.values() if one.gate == fact and one.polarity is not one.polarity.CONTEXT}
    assert all(name in str(error.value) for name in behind)
    with pytest.raises(MakeError) as error:
        list(make(fact="left_alone_overnight", stage=Stage.UNBORN))
    assert "opening question" not in str(error.value)


def test_a_grave_case_is_not_gainsaid_by_what_is_answered_no():
    grave = [side for near in BALANCED for side in (near.here, near.there) if side.tier is Tier.THREE]
    assert any(one.case.history_of_concern == 0 for one in grave)
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


def test_a_made_case_is_a_pair_of_exercises_that_can_be_marked():
    here, there = MADE[0].exercises(7)
    assert (here.id, here.pair.of, there.pair.of) == ("made-0007", there.id, here.id)
    assert here.pair.differs_in == there.pair.differs_in == (MADE[0].fact,)
    assert (here.gives.tier, there.gives.tier) == (MADE[0].here.tier, MADE[0].there.tier)
    assert (here.vignette, there.vignette) == (MADE[0].told, MADE[0].swapped.told)
    assert here.title != there.title
    assert here.themes == (MADE[0].theme,)
    assert f"Then the rules come to Tier {MADE[0].there.tier}." in here.learning_points[1]
    assert f"Then the rules come to Tier {MADE[0].here.tier}." in there.learning_points[1]


def test_who_practises_in_order_meets_every_first_side_before_any_second_one():
    pairs = [near.exercises(number) for number, near in enumerate(MADE[:12], 1)]
    practised = in_order([one for pair in pairs for one in pair])
    assert list(practised) == [here for here, _ in pairs] + [there for _, there in pairs]
    assert [one.id for one in practised] == sorted(one.id for one in practised)


def test_what_is_not_known_is_left_open_on_the_side_where_it_is_not():
    near = next(iter(make(fact="independently_mobile", count=1, seed=2)))
    for one in near.exercises():
        assert list(one.left_open) == ([] if "independently_mobile" in one.facts.known() else ["independently_mobile"])


def test_both_sides_of_a_made_case_are_told_as_a_suggestion_would_be():
    for near in make(None, None, "child_hears_or_sees", 3, 2, "hackney-2011"):
        said = pair_in_words(near)
        for side in (near.here, near.there):
            is_open = side.range.highest != side.tier
            assert (f"At least Tier {side.tier}" in said) is is_open


def test_the_numbers_tried_are_those_beside_which_the_rules_turn():
    maker = generated._Maker(RULES, random.Random(1), Wanted())
    for fact in ("missing_episodes_90_days", "months_of_concern", "incidents_12_months", "self_harm_episodes"):
        tried = maker._other_answers(FACTS[fact], None)
        beside = {"basic_care_poor": "yes"} if fact == "months_of_concern" else {}
        tiers = [suggest({"age_months": 160, **beside, fact: number}).tier for number in range(20)]
        turning = [number for number in range(1, 20) if tiers[number] is not tiers[number - 1]]
        assert turning
        assert {edge for number in turning for edge in (number - 1, number)} <= set(tried)
        assert tried == sorted(tried)
    assert maker._other_answers(FACTS["months_of_concern"], 3) == [0, 1, 2, 5, 6]


def test_no_number_that_a_rule_asks_for_is_too_high_to_be_tried():
    rules = SimpleNamespace(
        findings=[SimpleNamespace(when=All((Counted("order_breaches", 500), Counted("self_harm_episodes", 9))))]
    )
    maker = generated._Maker(rules, random.Random(1), Wanted())
    assert maker._other_answers(FACTS["order_breaches"], None) == [0, 1, 499, 500]
