"""Marking: each kind of difference comes of an answer made for it and of no other, and a plain twin finds the same."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.exercises import twin
from tests.exercises.made import as_values, chance_case, exercise, open_facts
from thresholds import FACTS, load_rule_set
from thresholds.exercises.answer import AnswerError, CitedFact, LearnersAnswer, read_cited
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.differences.without import asks_age, without_age
from thresholds.exercises.exercise import Tone
from thresholds.exercises.exercise_files import read_exercise
from thresholds.exercises.form import read_form
from thresholds.exercises.making.generated import make
from thresholds.exercises.marking import kinds_of, mark
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import moments
from thresholds.language.conditions import Found, YoungerThan
from thresholds.language.rules import Citation, Conclusion, Rule
from thresholds.scales import Basis, Tier

FILES = Path(__file__).parent / "files"
RULES = load_rule_set("hackney-2011")
MARK = read_exercise(FILES / "mark-on-a-baby.yaml")
MISSING_SCHOOL = {"age_months": 100, "school_or_learning_concern": "yes", "attendance_below_90": "yes"}
HIT = exercise({**MISSING_SCHOOL, "hurt_by_adult": "yes"})
MAYBE_HIT = exercise({**MISSING_SCHOOL, "hurt_by_adult": "suspected"})
NOT_HIT = exercise(MISSING_SCHOOL)
MAY_HAVE_BEEN_HIT = exercise(MISSING_SCHOOL, left_open={"hurt_by_adult": "Nobody has asked the child."})
NOBODY_ASKED = exercise({"age_months": 40}, left_open={"violence_at_home": "Nobody has asked."})
WEAPON = exercise({**MISSING_SCHOOL, "weapon_used_or_threatened": "yes"})
NOTHING = exercise({"age_months": 100, "asked_alone_and_safely": "yes", **dict.fromkeys(RULES.required[3], "no")})
ALLOCATED = exercise({**MISSING_SCHOOL, "open_to_social_care": "child_in_need"})

CERTAIN_ONLY = replace(
    RULES,
    findings=(
        *RULES.findings,
        Rule(
            id="made-up",
            title="Made up",
            when=Found("attendance_below_90", confirmed=True),
            concludes=(Conclusion("tier", int(Tier.TWO_B)),),
            source=Citation("practice", "nowhere", Basis.PRACTICE),
        ),
    ),
)
BOTH = exercise({**MISSING_SCHOOL, "hurt_by_adult": "yes", "weapon_used_or_threatened": "yes"})
SMALL_CHILD = exercise({"age_months": 40, "incidents_12_months": 4})
MAYBE_AWAY = exercise({"age_months": 100, "attendance_below_90": "suspected"}, CERTAIN_ONLY)

CONSTRUCTED = [
    (DifferenceKind.SAME_REASONS, HIT, ("3", "hurt_by_adult")),
    (DifferenceKind.OTHER_REASONS, HIT, ("3", "attendance_below_90")),
    (DifferenceKind.FACT_MISSED, HIT, ("2A", "attendance_below_90")),
    (DifferenceKind.FACT_READ_IN, NOT_HIT, ("3", "attendance_below_90; hurt_by_adult=yes")),
    (DifferenceKind.UNKNOWN_AS_NO, NOBODY_ASKED, ("1",)),
    (DifferenceKind.SUSPICION_AS_CERTAINTY, MAYBE_AWAY, ("2B", "attendance_below_90=yes")),
    (DifferenceKind.SUSPICION_AS_NOTHING, MAYBE_HIT, ("2A", "attendance_below_90")),
    (DifferenceKind.WEIGHED_OTHERWISE, HIT, ("2B", "hurt_by_adult; attendance_below_90")),
    (DifferenceKind.MATRIX_NOT_APPLIED, WEAPON, ("2A", "weapon_used_or_threatened; attendance_below_90")),
    (DifferenceKind.AGE_NOT_APPLIED, MARK, ("2A", "bruise_or_mark", "mark_recorded_at_birth")),
    (DifferenceKind.TONE_AS_NEED, MARK, ("1", "bruise_or_mark")),
    (DifferenceKind.QUESTION_WOULD_SETTLE, MAY_HAVE_BEEN_HIT, ("3", "attendance_below_90")),
]


def marked(one, given, rules=RULES):
    return mark(one, read_form(*given, rule_set=rules), rules)


@pytest.mark.parametrize(("kind", "one", "given"), CONSTRUCTED, ids=[kind.value for kind, *_ in CONSTRUCTED])
def test_each_kind_comes_of_the_answer_made_for_it_alone(kind, one, given):
    marking = marked(one, given, CERTAIN_ONLY if one is MAYBE_AWAY else RULES)
    assert marking.kinds == {kind}
    assert {found for found, *_ in CONSTRUCTED} == set(DifferenceKind)


@pytest.mark.parametrize(
    ("one", "given", "facts"),
    [
        (HIT, ("2A", "attendance_below_90"), ("hurt_by_adult",)),
        (NOT_HIT, ("3", "attendance_below_90; hurt_by_adult"), ("hurt_by_adult",)),
        (MAYBE_HIT, ("2A", "attendance_below_90"), ("hurt_by_adult",)),
        (MAY_HAVE_BEEN_HIT, ("3", "attendance_below_90"), ("hurt_by_adult",)),
        (MARK, ("2A", "bruise_or_mark", "mark_recorded_at_birth"), ("bruise_or_mark", "independently_mobile")),
        (WEAPON, ("2A", "weapon_used_or_threatened"), ("weapon_used_or_threatened",)),
        (BOTH, ("2A", "attendance_below_90"), ("hurt_by_adult", "weapon_used_or_threatened")),
        (SMALL_CHILD, ("2A", "incidents_12_months"), ("incidents_12_months",)),
    ],
)
def test_a_difference_names_the_facts_that_it_rests_on(one, given, facts):
    (difference,) = marked(one, given).differences
    assert set(difference.facts) == set(facts)
    assert all(FACTS[name].says in difference.said for name in facts)


def test_the_age_that_the_matrix_itself_asks_is_a_reading_by_age_too():
    assert marked(SMALL_CHILD, ("2A", "incidents_12_months")).kinds == {DifferenceKind.AGE_NOT_APPLIED}


def test_a_rule_that_asks_no_age_is_no_reading_by_age():
    """Nobody knows where the young person is, and there is little warmth: that counts at any age by the rules."""
    adrift = exercise({"age_months": 175, "whereabouts_often_unknown": "yes", "warmth_lacking": "yes", "months_of_concern": 8})
    every_tier = {
        tier: marked(adrift, (tier, "whereabouts_often_unknown; warmth_lacking; months_of_concern"))
        for tier in ("1", "2A", "2B", "3")
    }
    assert all(DifferenceKind.AGE_NOT_APPLIED not in marking.kinds for marking in every_tier.values())


def test_each_rule_set_that_another_extends_is_left_out_by_itself_first():
    by_2011, by_both = without_age(RULES)
    gone = [{rule.id for rule in RULES.findings} - {rule.id for rule in one.findings} for one in (by_2011, by_both)]
    assert gone[0] < gone[1]
    assert {rule.rule_set for rule in RULES.findings if rule.id in gone[0]} == {"hackney-2011"}
    assert all(asks_age(rule) for rule in RULES.findings if rule.id in gone[1])
    assert not any(asks_age(rule) for rule in by_both.findings)
    (alone,) = without_age(load_rule_set("hackney-2009"))
    assert not any(asks_age(rule) for rule in alone.findings)


def test_a_rule_that_age_tempers_asks_the_age_too():
    rule = next(rule for rule in RULES.findings if not asks_age(rule))
    assert asks_age(replace(rule, unless=YoungerThan(12)))


def test_how_a_text_sounds_is_told_of_its_beginning_alone():
    """Later, what is new may weigh more with a learner than how the text sounds."""
    one = read_exercise(FILES / "what-the-review-heard.yaml")
    rules_say = [TierSaid.of(moment.suggestion) for moment in moments(one, RULES)]
    other = next(tier for tier in Tier if TierSaid(tier.word) not in rules_say[:2])
    toned = one.model_copy(update={"tone": Tone(towards=other, because="It.")})
    answer = LearnersAnswer(said=TierSaid(other.word))
    assert DifferenceKind.TONE_AS_NEED in mark(toned, answer, RULES, 0).kinds
    assert DifferenceKind.TONE_AS_NEED not in mark(toned, answer, RULES, 1).kinds


def test_how_old_the_child_is_is_no_reason_beside_others():
    marking = marked(MARK, ("3", ""))
    (difference,) = marking.differences
    assert "age_months" in [support.fact for one in marking.suggestion.why(limit=1).derivations for support in one.facts]
    assert "age_months" not in difference.facts


def test_the_matrix_is_shown_only_where_something_is_on_it():
    heading = "matrix"
    assert not any(heading in part.heading for part in marked(HIT, ("3", "hurt_by_adult")).page().parts)
    assert any(heading in part.heading for part in marked(WEAPON, ("3", "weapon_used_or_threatened")).page().parts)


def test_what_is_read_as_less_and_what_is_not_named_are_one_fact_missed():
    (difference,) = marked(HIT, ("2B", "attendance_below_90=no")).differences
    assert (difference.kind, set(difference.facts)) == (
        DifferenceKind.FACT_MISSED,
        {"attendance_below_90", "hurt_by_adult"},
    )


def test_what_is_weighed_otherwise_names_the_rules_that_decide():
    (difference,) = marked(HIT, ("2B", "hurt_by_adult; attendance_below_90")).differences
    assert difference.rules
    assert all(any(c.outcome == "tier" and c.value == Tier.THREE for c in rule.concludes) for rule in difference.rules)
    (difference,) = marked(WEAPON, ("2A", "weapon_used_or_threatened")).differences
    assert "dvrim-scale-3-weapon" in [rule.id for rule in difference.rules]


STAFF = exercise({"age_months": 76, "allegation_against_staff": "suspected", "hurt_by_adult": "suspected"})


def test_where_it_is_not_a_question_of_thresholds_the_rule_that_says_so_is_named():
    (difference,) = marked(STAFF, ("2A", "hurt_by_adult; allegation_against_staff")).differences
    assert difference.kind is DifferenceKind.WEIGHED_OTHERWISE
    assert [rule.id for rule in difference.rules] == ["status-allegation"]
    assert "not a question of thresholds. It goes elsewhere" in difference.said
    (difference,) = marked(STAFF, ("2A", "hurt_by_adult")).differences
    assert (difference.kind, difference.facts) == (DifferenceKind.FACT_MISSED, ("allegation_against_staff",))
    assert [rule.id for rule in difference.rules] == ["status-allegation"]


def test_who_makes_less_of_a_case_and_does_not_name_what_carries_it_has_not_weighed_it():
    """A disclosure that is not named is told as missing in the view, whichever other facts are named, or none."""
    for facts in ("attendance_below_90", ""):
        for tier in ("2B", "not a question of thresholds"):
            (difference,) = marked(HIT, (tier, facts)).differences
            assert (difference.kind, difference.facts, difference.accounts) == (
                DifferenceKind.FACT_MISSED,
                ("hurt_by_adult",),
                False,
            )
            assert "only you can say" in difference.said
    assert marked(MARK, ("1", "")).kinds == {DifferenceKind.TONE_AS_NEED, DifferenceKind.FACT_MISSED}
    assert marked(NOT_HIT, ("2B", "")).kinds == {DifferenceKind.WEIGHED_OTHERWISE}  # above the rules, nothing was missed
    assert marked(NOTHING, ("not", "")).kinds == {DifferenceKind.WEIGHED_OTHERWISE}  # nor where there is nothing to miss


DENIED = exercise({**MISSING_SCHOOL, "hurt_by_adult": "no"})


def test_to_name_a_risk_that_the_text_denies_is_to_read_it_in_where_the_tier_is_above_the_rules():
    (difference,) = marked(DENIED, ("3", "hurt_by_adult")).differences
    assert (difference.kind, difference.facts, difference.accounts) == (DifferenceKind.FACT_READ_IN, ("hurt_by_adult",), True)
    assert DifferenceKind.FACT_READ_IN not in marked(DENIED, ("2A", "attendance_below_90; hurt_by_adult")).kinds
    assert DifferenceKind.FACT_READ_IN not in marked(DENIED, ("1", "hurt_by_adult")).kinds  # that it is not so may carry it
    unprotected = exercise({**MISSING_SCHOOL, "carer_uses_help": "no"})  # that there is no such help may well carry it
    assert DifferenceKind.FACT_READ_IN not in marked(unprotected, ("3", "carer_uses_help")).kinds


@pytest.mark.parametrize(
    ("one", "given", "kinds"),
    [
        (MAYBE_HIT, ("3", "hurt_by_adult=yes"), {DifferenceKind.SAME_REASONS, DifferenceKind.SUSPICION_AS_CERTAINTY}),
        (MAYBE_HIT, ("3", "hurt_by_adult=no"), {DifferenceKind.OTHER_REASONS, DifferenceKind.SUSPICION_AS_NOTHING}),
        (
            NOT_HIT,
            ("2A", "attendance_below_90; hurt_by_adult=no"),
            {DifferenceKind.SAME_REASONS, DifferenceKind.UNKNOWN_AS_NO},
        ),
        (NOT_HIT, ("2A", "attendance_below_90; harm_likely"), {DifferenceKind.SAME_REASONS, DifferenceKind.FACT_READ_IN}),
        (HIT, ("3", "hurt_by_adult; attendance_below_90=no"), {DifferenceKind.SAME_REASONS, DifferenceKind.FACT_MISSED}),
        (HIT, ("2B", "hurt_by_adult=yes; harm_likely=no"), {DifferenceKind.UNKNOWN_AS_NO, DifferenceKind.WEIGHED_OTHERWISE}),
        (NOBODY_ASKED, ("too little", "", "asked_alone_and_safely"), {DifferenceKind.SAME_REASONS}),
        (NOBODY_ASKED, ("too little", "", "months_of_concern"), {DifferenceKind.OTHER_REASONS}),
        (NOTHING, ("1",), {DifferenceKind.SAME_REASONS}),
        (NOTHING, ("1", "hurt_by_adult=yes"), {DifferenceKind.OTHER_REASONS, DifferenceKind.FACT_READ_IN}),
        (NOTHING, ("too little", "violence_at_home"), {DifferenceKind.FACT_MISSED}),
        (ALLOCATED, ("not a threshold", "open_to_social_care"), {DifferenceKind.SAME_REASONS}),
        (ALLOCATED, ("not a threshold", "attendance_below_90"), {DifferenceKind.OTHER_REASONS}),
        (ALLOCATED, ("2A", "attendance_below_90"), {DifferenceKind.FACT_MISSED}),
        (MARK, ("2A", "bruise_or_mark"), {DifferenceKind.AGE_NOT_APPLIED, DifferenceKind.QUESTION_WOULD_SETTLE}),
    ],
)
def test_several_may_hold_and_answers_without_a_tier(one, given, kinds):
    assert marked(one, given).kinds == kinds


def test_a_fact_that_something_in_the_text_tempers_does_not_carry_the_tier():
    crawls = {"age_months": 9, "bruise_or_mark": "yes", "independently_mobile": "yes", "hurt_by_adult": "yes"}
    assert marked(exercise(crawls), ("3", "bruise_or_mark")).kinds == {DifferenceKind.OTHER_REASONS}
    assert marked(exercise({**crawls, "independently_mobile": "no"}), ("3", "bruise_or_mark")).kinds == {
        DifferenceKind.SAME_REASONS
    }


@pytest.mark.parametrize("typed", ["bruise_or_mark=unknown", "bruise_or_mark=", "age_months=three", "incidents_12_months=-1"])
def test_what_is_no_answer_to_a_fact_is_refused_with_what_would_be(typed):
    with pytest.raises(AnswerError, match=r"Expected (no, suspected or yes|a whole number from)"):
        read_cited(typed)


def test_what_does_not_account_for_the_tier_says_so():
    weighed, unknown = marked(HIT, ("2B", "hurt_by_adult=yes; harm_likely=no")).differences
    assert (unknown.kind, unknown.accounts) == (DifferenceKind.UNKNOWN_AS_NO, False)
    assert "does not by itself account" in unknown.said
    assert weighed.kind is DifferenceKind.WEIGHED_OTHERWISE


def test_the_rules_are_shown_as_one_view_with_source_and_basis_and_never_as_right():
    for _, one, given in CONSTRUCTED:
        rules = CERTAIN_ONLY if one is MAYBE_AWAY else RULES
        text = " ".join(marked(one, given, rules).text().split())
        assert "is one view" in text
        assert "It is not a decision." in text
        assert not any(f" {word}" in text.lower() for word in ("incorrect", "correct answer", "your mistake", "you are wrong"))
    text = " ".join(marked(HIT, ("2A", "attendance_below_90")).text().split())
    assert "Source: Children Act 1989: section 47, reasonable cause to suspect significant harm [" in text


def test_questions_and_pathway_are_told_apart():
    given = ("2A", "bruise_or_mark", "mark_recorded_at_birth; bruise_or_mark; months_of_concern", "First Response")
    marking = marked(MARK, given)
    assert marking.useful == ("mark_recorded_at_birth",)
    assert marking.told == ("bruise_or_mark",)
    assert marking.not_asked == ("injury_explanation_doubtful",)
    assert marking.is_same_pathway
    assert marked(MARK, (*given[:3], "MAT")).is_same_pathway is False
    assert marked(MARK, given[:3]).is_same_pathway is None
    assert marked(NOTHING, ("1", "", "", "none")).is_same_pathway
    assert marked(MARK, (*given[:3], "none")).is_same_pathway is False


def test_what_is_not_asked_of_a_child_of_this_age_is_not_told_by_the_text():
    marking = marked(MARK, ("3", "", "trafficking_feared"))
    assert marking.told == marking.useful == ()
    assert "it may matter for the plan" in " ".join(marking.text().split())


def test_the_view_declared_for_discussion_is_recognised():
    one = exercise(dict(MISSING_SCHOOL), for_discussion={"tier": "2B", "because": "It has gone on for long."})
    assert marked(one, ("2B", "attendance_below_90")).is_for_discussion
    assert "This is your view." in marked(one, ("2B", "attendance_below_90")).text()
    assert not marked(one, ("3", "attendance_below_90")).is_for_discussion


def test_each_step_of_an_exercise_is_marked_by_what_is_known_then():
    one = read_exercise(FILES / "what-the-review-heard.yaml")
    answer = read_form("2A", "attendance_below_90", rule_set=RULES)
    assert mark(one, answer, RULES, 0).is_same_tier
    assert not mark(one, answer, RULES, 1).is_same_tier
    with pytest.raises(ValueError, match="from 0 to 2"):
        mark(one, answer, RULES, 3)


def test_a_marking_as_json_holds_what_the_trainer_reads():
    written = marked(HIT, ("2B", "hurt_by_adult", "", "", "The father has gone.")).to_dict()
    assert written["why_differ"] == "The father has gone."
    assert (written["said"], written["rules_say"]) == ("2B", "3")
    assert [one["kind"] for one in written["differences"]] == ["weighed_otherwise"]


# The twin.


def chance_answer(case, left_open, tone, chance):
    """An answer by chance: often near to the case, so that every kind comes up."""
    known, every = list(case.known()), list(FACTS)
    names = chance.sample(known, min(len(known), chance.randint(0, 4)))
    names += chance.sample(every, chance.choice([0, 0, 0, 1, 2]))
    cited = {}
    for name in dict.fromkeys(names):
        fact = FACTS[name]
        kept = case.known().get(name) if chance.random() < 0.5 else None
        words = fact.values if fact.words else [case.known().get(name, fact.lowest), fact.lowest + chance.randint(0, 3)]
        cited[name] = chance.choice([None, kept, chance.choice(list(words))])
    ask = chance.sample(every, chance.randint(0, 2)) + chance.sample(left_open, min(len(left_open), chance.randint(0, 1)))
    said = chance.choice([*TierSaid, TierSaid(tone)] if tone else list(TierSaid))
    return LearnersAnswer(
        said=said,
        carried_by=tuple(CitedFact(fact=name, answer=answer) for name, answer in cited.items()),
        ask=tuple(dict.fromkeys(ask)),
    )


def compare_with_the_twin(exercises, seed, answers):
    """The kinds that came up, both having found the same for so many answers to each exercise."""
    chance, seen = random.Random(seed), set()
    for one in exercises:
        tone = None if one.tone is None else one.tone.towards.word
        for _ in range(answers):
            answer = chance_answer(one.facts, list(one.left_open), tone, chance)
            cited = {
                name: given if given is None or FACTS[name].words is None else int(_word(name, given))
                for name, given in answer.cited().items()
            }
            told = (as_values(one.facts), answer.said.value, cited, answer.ask, list(one.left_open), tone)
            expected = twin.kinds(*told, RULES)
            assert {kind.value for kind in mark(one, answer, RULES).kinds} == expected, (one.facts, answer, told)
            seen |= expected
    return seen


def chance_exercises(seed, number):
    """Exercises about cases by chance, some of which leave facts open on purpose and have a tone."""
    chance = random.Random(seed)
    for _ in range(number):
        case = chance_case(chance)
        unknown = open_facts(case)
        left_open = chance.sample(unknown, min(len(unknown), chance.randint(0, 3)))
        one = exercise(case, left_open=dict.fromkeys(left_open, "Open."))
        towards = chance.choice([None, *(tier for tier in Tier if tier is not one.gives.tier)])
        tone = None if towards is None else Tone(towards=towards, because="It.")
        yield one.model_copy(update={"tone": tone})


def test_marking_agrees_with_a_brute_force_twin_on_cases_by_chance():
    assert compare_with_the_twin(chance_exercises(6, 45), 6, 3) == {kind.value for kind in DifferenceKind}


@pytest.mark.once
def test_marking_agrees_with_the_twin_on_many_more_cases():
    assert compare_with_the_twin(chance_exercises(16, 250), 16, 2) == {kind.value for kind in DifferenceKind}


def test_marking_agrees_with_the_twin_on_cases_made_near_a_threshold():
    made = [one for near in make(count=12, seed=8) for one in near.exercises()]
    assert len(compare_with_the_twin(made, 8, 3)) >= 7


def _word(name, given):
    return next(word for word in FACTS[name].words if word.word == given)


def test_a_suspicion_of_what_the_text_leaves_open_on_purpose_is_no_misreading():
    answer = LearnersAnswer(said=TierSaid.THREE, carried_by=(CitedFact(fact="hurt_by_adult", answer="suspected"),))
    assert DifferenceKind.FACT_READ_IN not in mark(MAY_HAVE_BEEN_HIT, answer, RULES).kinds
    assert DifferenceKind.FACT_READ_IN in mark(NOT_HIT, answer, RULES).kinds
    sure = LearnersAnswer(said=TierSaid.THREE, carried_by=(CitedFact(fact="hurt_by_adult", answer="yes"),))
    assert DifferenceKind.FACT_READ_IN in mark(MAY_HAVE_BEEN_HIT, sure, RULES).kinds


def test_a_place_that_is_one_of_several_does_not_stand_for_the_others_and_danger_comes_first():
    danger = exercise({**MISSING_SCHOOL, "immediate_danger": "yes"})
    page = " ".join(mark(danger, LearnersAnswer(said=TierSaid.THREE, pathway="MAT"), RULES).text().split())
    assert "==== Somebody may be in danger now. That is acted on first, before any referral. You: Tier 3." in page
    assert "one does not stand for another" in page
    calm = " ".join(mark(HIT, LearnersAnswer(said=TierSaid.THREE, pathway="MAT"), RULES).text().split())
    assert "in danger now" not in calm
    assert "elsewhere" not in calm


@pytest.mark.parametrize(
    ("one", "tier", "is_same"),
    [(NOTHING, "1", True), (HIT, "1", False), (NOT_HIT, "1", False), (NOBODY_ASKED, "1", False), (ALLOCATED, "not", False)],
)
def test_that_no_service_is_needed_is_what_the_rules_say_at_tier_1_alone(one, tier, is_same):
    marking = marked(one, (tier, "", "", "none"))
    assert marking.is_same_pathway is is_same
    assert ("as the rules have it too" in " ".join(marking.text().split())) is is_same


def test_before_enough_is_known_the_rules_name_no_place():
    assert "The rules name no place before more is known." in marked(NOBODY_ASKED, ("1", "", "", "none")).text()


def test_what_is_no_name_of_a_fact_is_not_repeated():
    with pytest.raises(AnswerError) as refused:
        read_form("3", "Mary Smith was hit", "john smith", rule_set=RULES)
    assert "mith" not in str(refused.value)


@pytest.mark.parametrize("typed", ["2", "Tier 2", "2C", "2 b or so"])
def test_a_tier_2_of_no_kind_is_not_nearer_to_the_higher_one(typed):
    with pytest.raises(AnswerError, match="did you mean 2A or 2B"):
        read_form(typed, rule_set=RULES)


def test_who_denies_the_reason_does_not_share_it():
    assert DifferenceKind.OTHER_REASONS in marked(HIT, ("3", "hurt_by_adult=no")).kinds
    assert DifferenceKind.SAME_REASONS in marked(HIT, ("3", "hurt_by_adult")).kinds


def test_what_the_text_denies_is_not_told_as_so():
    asked_and_denied = exercise({**MISSING_SCHOOL, "immediate_danger": "no"})
    page = " ".join(marked(asked_and_denied, ("2A", "attendance_below_90", "immediate_danger")).text().split())
    assert "The text answers already: the child, or someone in the home, is in danger today: no." in page


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"hurt_by_adult": "suspected"}, "otherwise hurt the child: suspected”"),
        ({"hurt_by_adult": "yes"}, "otherwise hurt the child”"),
        ({"incidents_12_months": 4}, "in the last 12 months: 4”"),
    ],
)
def test_what_was_missed_is_told_with_the_answer_of_the_text(facts, told):
    one = exercise({**MISSING_SCHOOL, **facts})
    (missed,) = [d for d in marked(one, ("too little",)).differences if d.kind is DifferenceKind.FACT_MISSED]
    assert told in missed.said


def test_what_the_text_denies_is_never_told_as_what_it_says():
    """Somebody who finds too little in a text that says much, some of it in denials."""
    one = exercise({**MISSING_SCHOOL, "hurt_by_adult": "yes", "suicidal_thoughts": "no", "harm_likely": "no"})
    (missed,) = [d for d in marked(one, ("too little",)).differences if d.kind is DifferenceKind.FACT_MISSED]
    assert not {"suicidal_thoughts", "harm_likely"} & set(missed.facts)
    said = next(d.said for d in marked(NOTHING, ("too little", "")).differences if d.kind is DifferenceKind.FACT_MISSED)
    assert f"{FACTS['violence_at_home'].says}: no”" in said


def test_a_text_that_has_it_otherwise_says_how():
    assert f"“{FACTS['hurt_by_adult'].says}: no”" in marked(DENIED, ("3", "hurt_by_adult")).differences[0].said
    assert (
        f"The text does not say “{FACTS['hurt_by_adult'].says}”."
        in marked(NOT_HIT, ("3", "hurt_by_adult")).differences[0].said
    )


def test_the_same_tier_for_other_reasons_is_told_by_what_the_rules_say():
    (said,) = [
        d.said for d in marked(NOTHING, ("1", "special_needs=no")).differences if d.kind is DifferenceKind.OTHER_REASONS
    ]
    assert "rests on" not in said
    assert "you read something otherwise" in said
    (said,) = [d.said for d in marked(ALLOCATED, ("not", "attendance_below_90")).differences]
    assert said.startswith("The facts that you name do not come to this by the rules. By the rules it rests on")
    assert "child in need" in said


GRAVE = exercise({**MISSING_SCHOOL, "suicidal_thoughts": "yes", "suicidal_plan_or_attempt": "yes", "immediate_danger": "yes"})


@pytest.mark.parametrize(("tier", "facts"), [("3", "suicidal_plan_or_attempt"), ("2B", "suicidal_plan_or_attempt")])
def test_what_is_gravest_and_not_named_is_told_though_what_is_named_is_enough_for_the_tier(tier, facts):
    said = " ".join(d.said for d in marked(GRAVE, (tier, facts)).differences)
    assert f"rests also on “{FACTS['immediate_danger'].says}”" in said
    assert FACTS["suicidal_plan_or_attempt"].says not in said
    assert "rests also on" not in " ".join(d.said for d in marked(HIT, (tier, "hurt_by_adult")).differences)


def test_where_the_tone_accounts_for_a_lower_tier_what_decides_is_told_beside_it():
    toned = BOTH.model_copy(update={"tone": Tone(towards=Tier.ONE, because="All is praised.")})
    (difference,) = marked(toned, ("1", "hurt_by_adult")).differences
    assert difference.kind is DifferenceKind.TONE_AS_NEED
    assert difference.rules
    upwards = NOT_HIT.model_copy(update={"tone": Tone(towards=Tier.THREE, because="All is alarm.")})
    (difference,) = marked(upwards, ("3", "attendance_below_90")).differences
    assert (difference.rules, "rests also on" in difference.said) == ((), False)


def test_what_would_temper_a_rule_and_is_denied_is_among_what_it_rests_on():
    (difference,) = marked(MARK, ("2A", "bruise_or_mark", "mark_recorded_at_birth")).differences
    assert f"{FACTS['independently_mobile'].says}: no" in difference.said


def test_all_that_was_missed_is_told_by_what_decides_where_any_of_it_does():
    much = exercise({**MISSING_SCHOOL, "hurt_by_adult": "yes", "harm_already": "yes", "low_mood_or_anxiety": "yes"})
    found = [d for d in marked(much, ("too little",)).differences if d.kind is DifferenceKind.FACT_MISSED]
    assert set(found[0].facts) == {"hurt_by_adult", "harm_already"}


def test_act_first_is_no_place_for_the_view_that_another_may_be_held():
    danger = " ".join(marked(GRAVE, ("3", "immediate_danger")).text().split())
    assert "a careful reader may hold another" not in danger
    assert "a careful reader may hold another" in " ".join(marked(HIT, ("3", "hurt_by_adult")).text().split())


def test_who_asks_is_settled_first_where_it_is_tier_3():
    line = "settled with social care first"
    assert line in " ".join(marked(HIT, ("3", "hurt_by_adult", "violence_at_home")).text().split())
    assert line not in " ".join(marked(NOT_HIT, ("2A", "attendance_below_90", "violence_at_home")).text().split())
    assert line not in " ".join(marked(HIT, ("3", "hurt_by_adult")).text().split())


def test_what_cannot_move_the_tier_is_told_as_of_the_plan():
    settled = exercise({**MISSING_SCHOOL, "hurt_by_adult": "yes"}, left_open={"low_mood_or_anxiety": "Not asked."})
    shown = " ".join(marked(settled, ("3", "hurt_by_adult")).text().split())
    assert "they would not move the tier and matter for the plan" in shown
    shown = " ".join(marked(MAY_HAVE_BEEN_HIT, ("2A", "attendance_below_90")).text().split())
    assert "The text leaves these open, and they matter:" in shown


def test_one_place_of_several_is_told_with_the_others():
    marking = marked(HIT, ("3", "hurt_by_adult", "", "First Response"))
    shown = " ".join(marking.text().split())
    assert ("which the rules name too. They name more" in shown) is (len(marking.pathways) > 1)
    several = marked(MARK, ("3", "bruise_or_mark", "", "First Response"))
    assert len(several.pathways) > 1
    shown = " ".join(several.text().split()).partition("They name more")[2]
    assert all(place in shown for place in several.pathways if place != "First Response")


def test_who_asks_what_is_left_open_on_purpose_is_never_told_that_it_is_of_no_use():
    for name, why in MARK.left_open.items():
        page = " ".join(marked(MARK, ("2A", "bruise_or_mark", name)).text().split())
        assert "may matter for the plan" not in page
        assert FACTS[name].question in page
        assert why


@pytest.mark.parametrize(("fact", "answer"), [("no_such", "yes"), ("bruise_or_mark", "maybe"), ("incidents_12_months", -1)])
def test_a_cited_fact_is_a_fact_with_an_answer_that_it_can_have(fact, answer):
    with pytest.raises(ValueError, match=r"Expected|There is no such fact"):
        CitedFact(fact=fact, answer=answer)


def test_kinds_are_counted_over_several_markings():
    one, other = marked(MARK, ("1", "")), marked(NOT_HIT, ("2B", ""))
    assert kinds_of([one, one, other]) == {
        DifferenceKind.TONE_AS_NEED: 2,
        DifferenceKind.FACT_MISSED: 2,
        DifferenceKind.WEIGHED_OTHERWISE: 1,
    }
    assert list(kinds_of(iter([one]))) == [kind for kind in DifferenceKind if kind in one.kinds]  # in one order on every run
    assert kinds_of([]) == {}
