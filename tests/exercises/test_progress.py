"""Before and after a course: each person compared with themself, by agency, with an interval and the warnings."""

from pathlib import Path

import pytest

from thresholds import load_rule_set
from thresholds.exercises.exercise import Agency
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.group_files import read_group_text
from thresholds.exercises.progress import progress

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent / "files")
HEADER = "exercise,participant,agency,tier\n"
MARK, REVIEW = "mark-on-a-baby", "what-the-review-heard"  # Tier 3 and Tier 2A by the rules


def read(*rows):
    return read_group_text((HEADER + "\n".join(rows)).encode(), "answers.csv", EXERCISES, RULES)


BEFORE = read(
    f"{MARK},p01,school,1",
    f"{MARK},p02,school,1",
    f"{MARK},p03,school,3",
    f"{MARK},p04,gp,2A",
    f"{MARK},p05,gp,3",
)
AFTER = read(
    f"{REVIEW},p01,school,2A",
    f"{REVIEW},p02,school,3",
    f"{REVIEW},p03,school,2A",
    f"{REVIEW},p04,gp,2A",
    f"{REVIEW},p06,gp,2A",
)


def flat(shown):
    return " ".join(shown.split())


def test_each_person_is_compared_with_themself():
    found = progress(BEFORE, AFTER, RULES)
    everybody, gp, school = found.changes
    assert (everybody.people, everybody.before, everybody.after) == (4, 0.25, 0.75)
    assert everybody.difference.value == pytest.approx(0.5)
    assert (gp.agency, gp.people, gp.difference.value) == (Agency.GP, 1, 1.0)
    assert (school.agency, school.people) == (Agency.SCHOOL, 3)
    assert school.difference.value == pytest.approx(1 / 3)


def test_the_interval_holds_the_change_and_is_over_people():
    everybody, gp, school = progress(BEFORE, AFTER, RULES).changes
    # Changes of 1, 0, 0 and 1: by hand, 0.5 and 3.182 times 0.57735 over the root of 4, which reaches past 1.
    assert everybody.difference.lower == pytest.approx(0.5 - 3.182446 * 0.5773503 / 2, abs=2e-3)
    assert everybody.difference.upper == 1
    assert school.difference.lower < everybody.difference.lower  # fewer people, less sure
    assert gp.difference.lower is None


def test_a_loss_is_as_sure_as_a_gain():
    gain, loss = (progress(*both, RULES).changes[0].difference for both in ((BEFORE, AFTER), (AFTER, BEFORE)))
    assert loss.value == -gain.value
    assert (loss.lower, loss.upper) == (-gain.upper, -gain.lower)


def test_who_answered_once_is_left_out_and_named():
    assert progress(BEFORE, AFTER, RULES).left_out == ("p05", "p06")


def test_a_share_is_over_all_the_answers_of_a_person():
    before = read(f"{MARK},p01,school,3", f"{REVIEW},p01,school,3")
    (everybody,) = progress(before, read(f"{MARK},p01,school,3"), RULES).changes
    assert (everybody.before, everybody.after) == (0.5, 1.0)


def test_the_warnings_stand_beside_the_figures():
    shown = flat(progress(BEFORE, AFTER, RULES).text())
    assert "Small groups (Everybody; GPs; Schools): one person more or less moves these figures." in shown
    assert "There is no group that had no course" in shown
    assert "The cases were others the second time" in shown
    assert "GPs: no interval: one person shows no spread." in shown
    assert "Everybody; Schools: with fewer than 15 people the interval is rough itself" in shown
    assert "one view" in shown
    assert "+50 points (95% interval" in shown
    again = flat(progress(BEFORE, BEFORE, RULES).text())
    assert "Some of the cases were the same both times" in again


def test_somebody_who_changed_agency_counts_for_the_first():
    after = read(f"{REVIEW},p01,gp,2A", f"{REVIEW},p02,gp,2A")
    found = progress(read(f"{MARK},p01,school,3", f"{MARK},p02,gp,3"), after, RULES)
    assert found.moved_agency == ("p01",)
    assert [one.agency for one in found.changes] == [None, Agency.GP, Agency.SCHOOL]
    assert "Another agency the second time (the first counts): p01." in flat(found.text())


def test_nobody_in_both():
    found = progress(read(f"{MARK},p01,school,3"), read(f"{MARK},p02,school,3"), RULES)
    assert not found.changes
    assert "Nobody answered both before and after." in found.text()
    assert found.to_dict()["left_out"] == ["p01", "p02"]


def test_a_large_group_is_not_called_small():
    rows = [f"{MARK},p{number},,{1 + 2 * (number % 2)}" for number in range(30)]
    found = progress(read(*rows), read(*rows), RULES)
    assert "Small groups" not in found.text()
    assert found.changes[0].difference.value == 0
