"""Mend this referral: the gaps before and after, by the rules; what is only claimed is not believed."""

import itertools
from pathlib import Path

import pytest

from thresholds import FACTS, Stage
from thresholds.exercises.exercise_files import read_exercise, read_exercises
from thresholds.exercises.mend import Claim, MendError, Settling, mend, referral_facts, to_mend
from thresholds.facts.vocabulary import Polarity

FILES = Path(__file__).parent / "files"
POOR = read_exercise(FILES / "what-the-review-heard.yaml")
SHIPPED = {one.id: one for one in read_exercises() if one.referral is not None}
GAPS = {"gap-risks-not-named", "gap-response-not-stated", "gap-childs-day", "gap-history"}


def ids(rules):
    return {rule.id for rule in rules}


def test_a_referral_that_is_not_mended_lacks_what_it_lacked():
    mended = mend(POOR, {})
    assert ids(mended.left) >= GAPS
    assert not mended.closed
    assert not mended.opened
    assert mended.not_told == ("attendance_below_90",)


def test_what_is_mended_is_counted_and_told():
    mended = mend(POOR, {"risks_named": "yes", "attendance_below_90": "yes", "response_wanted": "advice"})
    assert ids(mended.closed) == {"gap-risks-not-named", "gap-response-not-stated"}
    assert ids(mended.left) >= {"gap-childs-day", "gap-history"}
    assert mended.told == ("attendance_below_90",)
    assert not mended.not_told
    assert f"Gaps before: {len(mended.before.referral_gaps)}. Gaps now: {len(mended.after.referral_gaps)}." in mended.text()
    assert len(mended.after.referral_gaps) == len(mended.before.referral_gaps) - 2


def test_that_the_risks_are_named_is_believed_only_where_one_is_told():
    mended = mend(POOR, {"risks_named": "yes"})
    assert mended.only_claimed is Claim.NO_RISK_TOLD
    assert "gap-risks-not-named" in ids(mended.left)
    assert "no risk of the case is told" in mended.text().replace("\n", " ")
    borne_out = mend(POOR, {"risks_named": "yes", "attendance_below_90": "yes"})
    assert borne_out.only_claimed is Claim.NONE
    assert borne_out.has_risks_to_name
    assert "is still read as" not in borne_out.text()


def test_what_the_exercise_does_not_have_is_read_in():
    mended = mend(POOR, {"hurt_by_adult": "yes", "attendance_below_90": "no"})
    assert set(mended.read_in) == {"hurt_by_adult", "attendance_below_90"}
    assert mended.told == ()


def test_a_gap_that_only_shows_once_more_is_told():
    mended = mend(POOR, {"sent_as_precaution": "yes"})
    assert ids(mended.opened) == {"gap-precaution"}


def test_as_json_the_gaps_are_named_by_their_rules():
    written = mend(POOR, {"history_described": "yes"}).to_dict()
    assert written["closed"] == ["gap-history"]
    assert written["gaps"]["after"] == written["gaps"]["before"] - 1


def test_what_cannot_be_mended_is_said():
    with pytest.raises(MendError, match=r"risk_named: There is no such fact. Did you mean risks_named"):
        mend(POOR, {"risk_named": "yes", "consent": "maybe"})
    with pytest.raises(MendError) as error:
        mend(POOR, {"risk_named": "yes", "consent": "maybe"})
    assert len(error.value.problems) == 2
    assert "maybe" not in str(error.value)
    with pytest.raises(ValueError, match="no referral to mend"):
        mend(read_exercise(FILES / "mark-on-a-baby.yaml"), {})


def flat(text):
    return " ".join(text.split())


def altered(exercise, facts, poor):
    """The exercise with other answers, in the case and in its poor referral."""
    told = exercise.referral.model_copy(update={"facts": exercise.referral.facts.with_facts(**poor)})
    return exercise.model_copy(update={"facts": exercise.facts.with_facts(**facts), "referral": told})


def test_a_risk_that_is_denied_is_not_named():
    with_a_no = altered(POOR, {"left_alone": "no", "incidents_12_months": 0}, {})
    mended = mend(with_a_no, {"risks_named": "yes", "left_alone": "no", "incidents_12_months": 0})
    assert set(mended.told) == {"left_alone", "incidents_12_months"}
    assert mended.only_claimed is Claim.NO_RISK_TOLD
    assert "gap-risks-not-named" in ids(mended.left)


def test_what_is_told_and_not_so_is_shown_under_its_heading():
    shown = flat(mend(POOR, {"hurt_by_adult": "suspected"}).text())
    assert (
        f"THE EXERCISE DOES NOT HAVE IT SO - {FACTS['hurt_by_adult'].says[0].upper()}{FACTS['hurt_by_adult'].says[1:]}: susp"
        in shown
    )
    assert "DOES NOT HAVE IT SO" not in mend(POOR, {"attendance_below_90": "yes"}).text()


def test_an_opening_question_and_what_stands_behind_it_answer_each_other():
    bruised = SHIPPED["bruises-on-two-shins"]  # which records the bruise, and not the opening question
    told = mend(bruised, {"hurt_or_ill_treated": "yes"})
    assert told.read_in == ()
    assert told.told == ("hurt_or_ill_treated",)
    assert mend(bruised, {"care_concern": "yes"}).read_in == ("care_concern",)
    calm = SHIPPED["nineteen-and-expecting"]  # which records that there is no violence at home
    assert mend(calm, {"coercive_control": "no"}).read_in == ()
    assert mend(calm, {"coercive_control": "yes"}).read_in == ("coercive_control",)


def test_an_opening_question_that_carries_the_tier_is_told_by_what_stands_behind_it():
    hurt = altered(POOR, {"hurt_or_ill_treated": "yes", "attendance_below_90": None, "school_or_learning_concern": None}, {})
    assert mend(hurt, {}).not_told == ("hurt_or_ill_treated",)
    assert mend(hurt, {"child_told_someone": "yes"}).not_told == ()


def test_a_worry_that_follows_from_what_was_told_already_names_no_risk():
    panel = SHIPPED["the-panel-asks-somebody-else"]
    assert mend(panel, {"risks_named": "yes", "care_concern": "suspected"}).only_claimed is Claim.NO_RISK_TOLD
    assert mend(panel, {"risks_named": "yes", "family_isolated": "yes"}).only_claimed is Claim.NONE


def test_where_there_is_no_risk_to_name_what_was_asked_is_told_instead():
    calm = SHIPPED["nineteen-and-expecting"]
    claimed = mend(calm, {"risks_named": "yes"})
    assert claimed.only_claimed is Claim.NOTHING_TOLD
    assert not claimed.has_risks_to_name
    assert "gap-risks-not-named" in ids(claimed.left)
    assert "nothing is told of what was asked or seen" in flat(claimed.text())
    assert claimed.to_dict()["risks_claimed_only"] is True
    plain = mend(calm, {"risks_named": "yes", "violence_at_home": "no", "asked_alone_and_safely": "yes"})
    assert "gap-risks-not-named" in ids(plain.closed)
    assert "has no risk beyond what the referral told already" in flat(plain.text())
    assert (plain.to_dict()["risks_claimed_only"], plain.to_dict()["risks_to_name"]) == (False, False)
    assert "has no risk beyond" not in flat(mend(POOR, {}).text())


def test_where_all_of_the_case_was_told_the_claim_is_believed():
    all_told = altered(POOR, {}, POOR.facts.known())
    mended = mend(all_told, {"risks_named": "yes"})
    assert mended.only_claimed is Claim.NONE
    assert "gap-risks-not-named" in ids(mended.closed)


@pytest.mark.parametrize("name", list(SHIPPED))
def test_each_referral_that_is_shipped_can_be_mended_whole(name):
    """All of the case is told, all that a referral should say is said, and some place and response close what is left."""
    poor = SHIPPED[name]
    bad = {"forwarded_by_another", "sent_as_precaution", "waiting_for_panel", "disagreement_unresolved"}
    said = {fact.name: "no" if fact.name in bad else "yes" for fact in referral_facts() if fact.values == ("no", "yes")}
    case = poor.facts.known()
    chosen = ("referred_to", "response_wanted", "consent")
    ways = itertools.product(*([word.word for word in FACTS[one].words] for one in chosen))
    for way in ways:
        mended = mend(poor, {**case, **said, **dict(zip(chosen, way, strict=True)), "weeks_since_decision_to_refer": 0})
        if not mended.after.referral_gaps:
            break
    assert not mended.after.referral_gaps
    assert not mended.left
    assert not mended.read_in
    assert ids(mended.closed) == {given.rule.id for given in mended.before.referral_gaps}


def test_what_can_be_told_is_listed_and_nothing_of_what_the_case_comes_to():
    shown = to_mend(POOR, POOR.referral)
    assert [one["fact"] for one in shown["referral_facts"]] == [fact.name for fact in referral_facts()]
    assert {"risks_named", "response_wanted", "weeks_since_information"} <= {fact.name for fact in referral_facts()}
    assert shown["referral"] == POOR.referral.text
    assert set(shown) == {"exercise", "title", "vignette", "referral", "referral_facts"}


PRECAUTION = {name: one for name, one in SHIPPED.items() if one.referral.facts.known().get("sent_as_precaution") == "yes"}
INSTEAD = "ask for advice instead of referring"
UNTIL_MENDED = "It asks for advice, as somebody does who is not sure"


@pytest.mark.parametrize("name", list(PRECAUTION))
def test_who_asks_for_advice_is_not_told_to_ask_for_advice_instead(name):
    mended = mend(PRECAUTION[name], {"response_wanted": "advice"})
    assert "gap-precaution" in ids(mended.closed)
    assert mended.settled == {"sent_as_precaution": Settling.ADVICE_ASKED}
    assert UNTIL_MENDED in flat(mended.text())
    assert mended.to_dict()["settled"] == {"sent_as_precaution": "advice_asked"}
    for other in ("early_help_family_support", "safeguarding_response", "not_stated"):
        left = mend(PRECAUTION[name], {"response_wanted": other})
        assert "gap-precaution" in ids(left.left)
        assert not left.settled


@pytest.mark.parametrize("name", list(PRECAUTION))
def test_who_tells_of_violence_is_told_to_refer_and_not_to_ask_for_advice_instead(name):
    for response in ({}, {"response_wanted": "advice"}):
        mended = mend(PRECAUTION[name], {"violence_at_home": "suspected", "strangulation": "suspected", **response})
        lacking = flat(" ".join(given.advice.text for given in mended.after.referral_gaps))
        assert "Refer all the same" in lacking
        assert INSTEAD not in lacking
        assert mended.settled["sent_as_precaution"] is Settling.RISK_TOLD
        assert "It tells a particular risk" in flat(mended.text())


def test_what_is_denied_or_was_told_already_is_no_particular_risk():
    denied = {"violence_at_home": "no", "asked_alone_and_safely": "yes", "incidents_12_months": 0}
    assert "gap-precaution" in ids(mend(PRECAUTION["nineteen-and-expecting"], denied).left)
    told_before = altered(PRECAUTION["nineteen-and-expecting"], {}, {"debt_or_low_income": "yes"})
    assert "gap-precaution" in ids(mend(told_before, {"debt_or_low_income": "yes"}).left)
    assert "gap-precaution" in ids(mend(told_before, {"family_isolated": "yes"}).closed)


def test_what_is_said_to_be_a_precaution_is_settled_as_well():
    mended = mend(POOR, {"sent_as_precaution": "yes", "response_wanted": "advice"})
    assert not mended.opened
    assert mended.settled == {"sent_as_precaution": Settling.ADVICE_ASKED}
    assert mended.at_their_word == ("response_wanted",)


def test_to_ask_for_advice_is_to_talk_to_somebody_first():
    nobody_asked = altered(SHIPPED["nineteen-and-expecting"], {}, {"consulted_before_referring": "no"})
    asked = [one for one in FACTS.values() if one.polarity is Polarity.RISK and Stage.UNBORN in one.stages]
    settled_case = {one.name: "no" if one.words else 0 for one in asked} | {"asked_alone_and_safely": "yes"}  # no Tier 3 open
    assert "gap-talk-first" in ids(mend(nobody_asked, {**settled_case, "response_wanted": "not_stated"}).opened)
    mended = mend(nobody_asked, {**settled_case, "response_wanted": "advice"})
    assert "gap-talk-first" not in ids([given.rule for given in mended.after.referral_gaps])
    assert mended.settled["consulted_before_referring"] is Settling.ADVICE_ASKED
    assert "to talk first with somebody who can say" in flat(mended.text())


def test_what_is_said_of_the_referral_is_taken_at_their_word_and_the_page_says_so_once():
    said = {"childs_day_described": "yes", "history_described": "yes", "risks_named": "yes"}
    mended = mend(POOR, said)
    assert mended.at_their_word == ("childs_day_described", "history_described")
    assert ids(mended.closed) == {"gap-childs-day", "gap-history"}
    assert flat(mended.text()).count("taken at your word, all but that the risks are named. Give it to another person") == 1
    assert mended.to_dict()["taken_at_their_word"] == ["childs_day_described", "history_described"]
    of_the_case_alone = mend(POOR, {"attendance_below_90": "yes"})
    assert of_the_case_alone.at_their_word == ()
    assert "at your word" not in flat(of_the_case_alone.text())
