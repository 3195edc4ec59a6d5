"""A fact is found by its own words and by what people say, whatever the ending; nothing is taken for granted."""

import pytest

from thresholds.exercises.alone.everyday_words import EVERYDAY
from thresholds.exercises.alone.finding_facts import MOST_LISTED, facts_like
from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage


@pytest.mark.parametrize(
    ("typed", "stage", "found"),
    [
        ("bruise_or_mark", None, "bruise_or_mark"),
        ("Bruise or mark", None, "bruise_or_mark"),
        ("bruise", None, "bruise_or_mark"),
        ("hit by an adult", None, "hurt_by_adult"),
        ("attendance below", Stage.PRIMARY, "attendance_below_90"),
        ("is there an explanation?", None, "injury_explanation_doubtful"),
        ("missing", Stage.ADOLESCENT, "missing_episodes_90_days"),
        ("the boy was hit with a belt", Stage.PRIMARY, "hurt_by_adult"),
        ("she says she wants to die", Stage.ADOLESCENT, "suicidal_thoughts"),
        ("he wants to die", Stage.INFANT, "parent_self_harm_or_suicidal"),  # and not that somebody died
        ("gang dealing", Stage.ADOLESCENT, "gang_risk"),  # the likeliest by one of the words
        ("mum drinks", Stage.INFANT, "parental_substance_misuse"),
    ],
)
def test_the_likeliest_fact_comes_first(typed, stage, found):
    assert facts_like(typed, stage).facts[0] == found


@pytest.mark.parametrize(
    ("typed", "stage", "found"),
    [
        ("suicide", Stage.ADOLESCENT, "suicidal_thoughts"),
        ("suicidal", Stage.ADOLESCENT, "suicidal_plan_or_attempt"),
        ("suicidal", Stage.INFANT, "parent_self_harm_or_suicidal"),
        ("she says she wants to die", Stage.ADOLESCENT, "suicidal_thoughts"),
        ("kill herself", Stage.PRIMARY, "suicidal_thoughts"),
        ("DV", Stage.INFANT, "violence_at_home"),
        ("domestic abuse", Stage.UNBORN, "violence_at_home"),
        ("domestic violence", Stage.PRIMARY, "violence_at_home"),
        ("dirty", Stage.PRIMARY, "basic_care_poor"),
        ("drunk", Stage.INFANT, "parental_substance_misuse"),
        ("drinking", Stage.UNBORN, "substance_use_in_pregnancy"),
        ("drinking", Stage.ADOLESCENT, "regular_substance_use"),
        ("depressed", Stage.INFANT, "parental_mental_ill_health"),
        ("depression", Stage.ADOLESCENT, "low_mood_or_anxiety"),
        ("knife", Stage.PRIMARY, "weapon_used_or_threatened"),
        ("knives", Stage.PRIMARY, "weapon_used_to_hurt"),
        ("FGM", Stage.PRIMARY, "harmful_practice_feared"),
        ("bruises", Stage.INFANT, "bruise_or_mark"),
        ("bruising", Stage.INFANT, "bruise_or_mark"),
        ("cut", Stage.PRIMARY, "bruise_or_mark"),
        ("cuts", Stage.ADOLESCENT, "self_harm_episodes"),
        ("cutting", Stage.ADOLESCENT, "self_harm_episodes"),
        ("cutting herself", Stage.ADOLESCENT, "self_harm_episodes"),
        ("choked", Stage.PRIMARY, "strangulation"),
        ("strangled", Stage.PRIMARY, "strangulation"),
        ("choking", Stage.ADOLESCENT, "own_relationship_serious"),
        ("hungry", Stage.PRIMARY, "basic_care_poor"),
        ("home alone", Stage.PRIMARY, "left_alone"),
        ("beaten", Stage.PRIMARY, "hurt_by_adult"),
        ("beaten at home", Stage.PRIMARY, "hurt_by_adult"),
        ("hit", Stage.PRIMARY, "hurt_by_adult"),
        ("hitting", Stage.PRIMARY, "hurt_by_adult"),
        ("slapped", Stage.PRIMARY, "hurt_by_adult"),
        ("smacked", Stage.PRIMARY, "hurt_by_adult"),
        ("shaken", Stage.INFANT, "hurt_by_adult"),
        ("drugs", Stage.INFANT, "parental_substance_misuse"),
        ("drugs", Stage.ADOLESCENT, "gang_or_drug_crime"),
        ("truant", Stage.PRIMARY, "absence_pattern"),
        ("truanting", Stage.ADOLESCENT, "persistent_absence"),
        ("bullied", Stage.PRIMARY, "behaviour_or_feelings_concern"),
        ("grooming", Stage.ADOLESCENT, "exploitation_feared"),
        ("sexting", Stage.ADOLESCENT, "exploitation_feared"),
        ("gang", Stage.ADOLESCENT, "gang_risk"),
        ("gangs", Stage.ADOLESCENT, "gang_or_drug_crime"),
        ("county lines", Stage.ADOLESCENT, "gang_or_drug_crime"),
        ("homeless", Stage.OLDER_ADOLESCENT, "homeless_or_put_out"),
        ("homeless", Stage.INFANT, "housing_poor_or_insecure"),
        ("evicted", Stage.INFANT, "housing_poor_or_insecure"),
        ("trafficked", Stage.ADOLESCENT, "trafficking_feared"),
        ("forced marriage", Stage.OLDER_ADOLESCENT, "harmful_practice_feared"),
        ("honour", Stage.ADOLESCENT, "harmful_practice_feared"),
        ("learning disability", Stage.PRIMARY, "special_needs"),
        ("learning disability", Stage.INFANT, "parent_needs_help_to_understand"),
        ("autism", Stage.PRIMARY, "special_needs"),
        ("wheelchair", Stage.PRIMARY, "cannot_move_independently"),
        ("asylum", Stage.OLDER_ADOLESCENT, "unaccompanied"),
        ("asylum", Stage.INFANT, "no_recourse_to_public_funds"),
        ("debt", Stage.INFANT, "debt_or_low_income"),
        ("mould", Stage.INFANT, "housing_poor_or_insecure"),
        ("sad", Stage.PRIMARY, "low_mood_or_anxiety"),
        ("ran away", Stage.ADOLESCENT, "missing_episodes_90_days"),
        ("runs away", Stage.ADOLESCENT, "talks_of_running_away"),
        ("pregnant", Stage.ADOLESCENT, "expecting_or_a_parent"),
        ("pregnant", Stage.PRIMARY, "victim_pregnant_or_baby_under_one"),
        ("unborn", Stage.UNBORN, "pregnancy_concern"),
        ("GP", Stage.INFANT, "appointments_missed_repeatedly"),
        ("dentist", Stage.PRIMARY, "dental_decay_untreated"),
        ("teeth", Stage.PRIMARY, "dental_decay_untreated"),
        ("weight", Stage.INFANT, "growth_faltering_unexplained"),
        ("sleep", Stage.PRIMARY, "low_mood_or_anxiety"),
        ("nappies", Stage.INFANT, "basic_care_poor"),
        ("head lice", Stage.PRIMARY, "basic_care_minor"),
        ("prison", Stage.INFANT, "person_posing_risk"),
        ("police", Stage.INFANT, "history_of_concern"),
        ("suicde", Stage.ADOLESCENT, "suicidal_thoughts"),
        ("depresed", Stage.INFANT, "parental_mental_ill_health"),
    ],
)
def test_what_people_say_finds_the_fact(typed, stage, found):
    like = facts_like(typed, stage)
    assert found in like.facts
    assert not like.is_sure


def test_every_everyday_word_stands_for_facts_that_there_are_and_finds_each_of_them():
    for phrase, facts in EVERYDAY.items():
        assert facts
        assert set(facts) <= set(FACTS), phrase
        assert len(set(facts)) == len(facts) <= MOST_LISTED, phrase
        assert facts_like(" ".join(phrase)).facts, phrase
        assert any(facts[0] in facts_like(" ".join(phrase), stage).facts for stage in FACTS[facts[0]].stages), phrase


def test_only_a_whole_name_or_statement_is_sure():
    for fact in FACTS.values():
        for written in (fact.name, fact.name.replace("_", " ").upper(), fact.says, f" {fact.says}. "):
            assert facts_like(written) == ((fact.name,), True)
    assert not facts_like("mark_recorded_at").is_sure
    assert not facts_like("a bruise or mark").is_sure


def test_words_that_find_nothing_or_much():
    assert facts_like("zebra") == facts_like("the 1 is") == facts_like("") == facts_like("she has not been") == ((), False)
    assert len(facts_like("child").facts) == MOST_LISTED


@pytest.mark.parametrize("short", ["re", "dvd", "gpx"])
def test_short_words_are_taken_as_they_are(short):
    assert facts_like(short) == ((), False)


def test_facts_of_the_stage_come_first():
    unborn, adolescent = (facts_like("drinking", stage).facts for stage in (Stage.UNBORN, Stage.ADOLESCENT))
    assert unborn.index("substance_use_in_pregnancy") < unborn.index("regular_substance_use")
    assert adolescent.index("regular_substance_use") < adolescent.index("substance_use_in_pregnancy")


def test_a_word_that_fits_less_than_half_as_well_is_left_out():
    assert "attendance_below_90" in facts_like("attendance").facts
    assert facts_like("attendance below 90 per cent of what").facts == ("attendance_below_90",)
