"""A fact is found by its own words and by what people say, whatever the ending; nothing is taken for granted."""

import pytest

from thresholds.exercises.everyday_words import EVERYDAY, OF_HARM, words_in
from thresholds.exercises.finding_facts import MOST_LISTED, facts_like, respelt
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


@pytest.mark.parametrize(
    "forms",
    [
        ("bully", "bullied", "bullies", "bullying"),
        ("worry", "worried", "worries", "worrying"),
        ("carry", "carried", "carries", "carrying"),
        ("bruise", "bruised", "bruises", "bruising"),
        ("hit", "hits", "hitting"),
        ("slap", "slaps", "slapped", "slapping"),
        ("scare", "scared", "scares", "scaring"),
        ("scar", "scarred", "scars", "scarring"),
        ("deny", "denied", "denies", "denying"),
        ("soil", "soiled", "soils", "soiling"),
        ("abuse", "abused", "abuses", "abusing"),
        ("touch", "touches", "touching"),
    ],
)
def test_a_word_and_its_forms_find_the_same_first(forms):
    assert len({facts_like(form).facts[0] for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("worrying", "working"), ("carrying", "caring"), ("scared", "scarred")])
def test_words_that_only_look_alike_find_something_else(one, other):
    assert facts_like(one).facts[:1] != facts_like(other).facts[:1]


_INJURY = "bruise_or_mark injury_site_or_pattern"
_HURT = "hurt_by_adult hurt_or_ill_treated child_hurt_in_violence"
_CRUEL = "hurt_or_ill_treated terrified_or_humiliated hurt_by_adult"
_FRIGHTENED = "child_told_someone terrified_or_humiliated carer_frightened"
_DIE = "suicidal_thoughts suicidal_plan_or_attempt parent_self_harm_or_suicidal"
_LOW = "low_mood_or_anxiety behaviour_or_feelings_concern child_distressed_by_violence attachment_worry"
_CARE = "basic_care_minor basic_care_poor care_concern severe_neglect"
_HEALTH = "health_or_development_concern essential_treatment_not_reached"
_EXPLOITED = "exploitation_feared sexual_abuse_feared trafficking_feared unaccompanied"
_HOUSING = "housing_poor_or_insecure homeless_or_put_out"
_FIRST = {
    "broken leg, wrist, rib, nose, fell down, black and blue, concussion, torn frenulum, split lip, cut lip, swollen jaw, "
    "carpet burn, cigarette burns, scalded in the bath, hand print on her face, bruised cheek, bleeding ear, "
    "baby was dropped, bruises at the food bank, burnt at nursery, found unconscious, pushed downstairs, bald patch": _INJURY,
    "shaken baby, spanked, poisoned, drowning, chucked across the room, dangled, bashed, strap, slipper, hit with a stick, "
    "clipped round the ear, thrown against wall, kicked in the head, sat on him, soap in mouth, chilli in eyes, mum hit him, "
    "threw him, pillow over face, beaten by pastor": f"{_HURT} bruise_or_mark",
    "locked in room, cold shower, stands in the corner, made to stand outside, tied up, no dinner as punishment": _CRUEL,
    "scared, scared of dad, scared to go home, terrified, flinches, walks on eggshells": _FRIGHTENED,
    "fabricated illness, salt": "hurt_or_ill_treated",
    "rejected, scapegoat, hostile, worthless, belittled, called names": "terrified_or_humiliated",
    "overdose, took pills, hanging himself, hanging, jumped off a bridge, suicidal mum": _DIE,
    "cut her wrists, cuts himself, head banging, razor": "self_harm_episodes parent_self_harm_or_suicidal",
    "strangled by dad, choked": "strangulation",
    "threatened with a knife, stabbed": "weapon_used_or_threatened",
    "honour based violence, HBV, forced to marry, taken abroad, cutting season, demons": "harmful_practice_feared",
    "grandad touched her, uncle touched her, inappropriate touching, incest": "sexual_abuse_feared",
    "touching other children": "sexual_behaviour_harmful child_harmed_others sexual_abuse_feared hurt_or_ill_treated",
    "older men, CSE, blackmailed, snapchat, met online, nail bar, trafficked": _EXPLOITED,
    "hotel, taxi": "exploitation_feared",
    "nudes, porn": "sexual_behaviour_risky sexual_behaviour_beyond_age sexual_abuse_feared",
    "LADO, teaching assistant": "allegation_against_staff",
    "retracted, told her teacher": "child_told_someone child_words_recorded allegation_against_staff",
    "story changes, denying": "injury_explanation_doubtful",
    "mongolian spot": "mark_recorded_at_birth bruise_or_mark",
    "hits other children, bites other children": "child_harmed_others hurt_by_adult bruise_or_mark",
    "bullying, cyberbullying": "behaviour_or_feelings_concern",
    "low self esteem, nervous, flashbacks, self loathing, hates himself, lonely, crying all the time, "
    "mute, daydreaming, worrying": _LOW,
    "anorexia, eating disorder, won't eat": f"{_LOW} growth_faltering_unexplained",
    "soiling, bedwetting, wets herself, smearing": _HEALTH,
    "clingy": "attachment_worry warmth_lacking",
    "fire setting, spits, tantrums, swears at teachers": "behaviour_out_of_control difficult_behaviour",
    "glue sniffing": "low_level_substance_use parental_substance_misuse",
    "vaping": "low_level_substance_use",
    "mum drinks, dad drinks every night": "parental_substance_misuse substance_affects_care",
    "mum asleep on sofa": "parent_illness_affects_care",
    "dad in prison, sex offender": "person_posing_risk history_of_concern",
    "gambling": "adult_difficulties",
    "babysitter, home alone, nobody at home, left in the car, wandering": "left_alone",
    "urine, rubbish everywhere, bare mattress, no winter coat, shoes too small, stinks, begging, missed meals": _CARE,
    "hoarding, mice, six to a room, no bed, sofa surfing, eviction notice": _HOUSING,
    "rent arrears, bailiffs, loan shark, electric cut off, benefits stopped": "debt_or_low_income",
    "diabetes, asthma, seizures, premature": _HEALTH,
    "DNA, did not attend, not brought": "appointments_starting_to_be_missed",
    "missed injections": "routine_checks_missed",
    "late every day, refuses school": "absence_pattern",
    "suspended, managed move": "fixed_term_exclusions",
    "looking after siblings, caring": "cares_for_someone open_to_social_care care_concern",
    "disguised compliance": "engagement",
    "won't open door, not engaging, refused help": "help_offered_not_taken_up",
    "no further action": "earlier_referral_not_accepted",
    "broke up, split up": "separation_recent_or_planned",
    "controlling, won't let her out": "coercive_control",
}


@pytest.mark.parametrize("stage", [Stage.INFANT, Stage.EARLY_YEARS, Stage.PRIMARY, Stage.ADOLESCENT])
def test_what_is_said_of_harm_care_and_help_never_leads_first_to_something_else(stage):
    led_astray = {}
    for said, first in _FIRST.items():
        asked = [name for name in first.split() if stage in FACTS[name].stages]
        for words in said.split(", "):
            found = facts_like(words, stage).facts
            if not found or (asked and found[0] not in asked):
                led_astray[words] = found[:1]
    assert led_astray == {}


@pytest.mark.parametrize("beside", ["food bank", "falling behind at school", "attendance", "new baby brother"])
def test_a_word_of_harm_comes_before_any_other(beside):
    facts_of_harm = {name for phrase in OF_HARM for name in EVERYDAY[phrase]}
    for phrase in sorted(OF_HARM):
        found = facts_like(f"{beside} {' '.join(phrase)}", Stage.PRIMARY).facts
        if any(Stage.PRIMARY in FACTS[name].stages for name in EVERYDAY[phrase]):
            assert found[0] in facts_of_harm, (beside, phrase)
            assert set(EVERYDAY[phrase][:3]) & set(found), (beside, phrase)


def test_the_little_words_of_a_phrase_are_needed():
    separated = "separation_recent_or_planned"
    assert facts_like("broke up").facts[0] == separated
    assert separated not in facts_like("broken leg").facts + facts_like("broke").facts
    assert facts_like("pushed down").facts[0] != "special_needs"
    assert "special_needs" in facts_like("Down\N{RIGHT SINGLE QUOTATION MARK}s").facts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("suicde", "suicide"),
        ("burises", "bruises"),
        ("alchohol", "alcohol"),
        ("agressive", "aggressive"),
        ("strangeled", "strangled"),
    ],
)
def test_a_word_with_a_slip_in_it_is_read_as_the_one_that_is_meant(typed, meant):
    assert respelt(f"the {typed}") == {typed: meant}
    assert facts_like(typed) == facts_like(meant)
    assert facts_like(typed).facts


@pytest.mark.parametrize(
    "word",
    [
        *("bruise", "bullying", "locked", "soiling", "drowning", "denying", "hoarding", "worrying", "setting"),  # known
        *("wearing", "writing", "cooked", "smiling", "poking", "bottles", "crossed", "beast", "zebra"),  # another word
        *("hte", "nxious", "agrues"),  # short; the first letter; agrees or argues
    ],
)
def test_a_word_that_is_known_or_is_not_very_near_is_left_as_it_is(word):
    assert respelt(word) == {}


@pytest.mark.parametrize("word", ["wearing", "writing", "cooked", "smiling"])
def test_what_nobody_knows_finds_nothing(word):
    assert facts_like(word) == ((), False)


def test_who_alone_is_no_match_for_what_happened():
    assert facts_like("mum yodels") == ((), False)
    assert facts_like("mum drinks", Stage.ADOLESCENT).facts[0] == "parental_substance_misuse"


def test_words_are_parted_by_no_apostrophe():
    assert words_in("Mum's 2 A&E can\N{RIGHT SINGLE QUOTATION MARK}t") == ("mums", "a", "e", "cant")


def test_what_only_begins_as_a_word_of_harm_does_not_come_first():
    assert facts_like("terror", Stage.ADOLESCENT).facts[0] == "child_told_someone"
    assert facts_like("terrorism", Stage.ADOLESCENT).facts[0] == "radicalisation_feared"


@pytest.mark.parametrize(
    "typed", ["s", "es", "ed", "ing", "y", "e", "ies", "ied", "yed", "sss", "a's", "&", "'", "é", "\N{SNOWMAN}"]
)
def test_whatever_is_typed_is_answered(typed):
    assert not facts_like(typed).is_sure
    assert not respelt(typed)
