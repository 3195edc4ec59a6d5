"""Mend this referral: the gaps before and after, by the rules; what is only claimed is not believed."""

from pathlib import Path

import pytest

from thresholds.exercises.exercise_files import read_exercise
from thresholds.exercises.mend import MendError, mend

FILES = Path(__file__).parent / "files"
POOR = read_exercise(FILES / "what-the-review-heard.yaml")
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
    assert mended.is_claimed_only
    assert "gap-risks-not-named" in ids(mended.left)
    assert "no risk of the case is told" in mended.text().replace("\n", " ")
    assert not mend(POOR, {"risks_named": "yes", "attendance_below_90": "yes"}).is_claimed_only


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
