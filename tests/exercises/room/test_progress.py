"""Before and after a course: each person compared with themself, by agency, with an interval and the warnings."""

from pathlib import Path

import pytest

from tests.exercises.made import exercise
from thresholds import load_rule_set, suggest
from thresholds.exercises.exercise import Agency
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.room import progress as of_progress
from thresholds.exercises.room.group_files import read_group_text
from thresholds.exercises.room.progress import Stands, progress
from thresholds.exercises.tier_said import TierSaid
from thresholds.plain_text import is_plain
from thresholds.scales import Status

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
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


MARK_2A = "baby-who-crawls-with-a-mark"  # Tier 2A by the rules
THREE = ((MARK, "3"), (MARK_2A, "2A"), (REVIEW, "2A"))


def shares(**right):
    """Answers of some people to three cases, so many of each at the rules' tier."""
    return read(
        *(
            f"{case},{name},,{by_rules if place < n else 1}"
            for name, n in right.items()
            for place, (case, by_rules) in enumerate(THREE)
        )
    )


def test_who_all_change_by_the_same_show_no_spread_whatever_rounding_makes_of_it():
    (everybody,) = progress(shares(p1=0, p2=1, p3=2), shares(p1=1, p2=2, p3=3), RULES).changes
    assert everybody.difference.value == 1 / 3
    assert (everybody.difference.lower, everybody.difference.upper) == (None, None)
    assert "all changed by the same" in everybody.difference.caution


def test_a_narrow_interval_is_printed_with_a_width():
    names = [f"p{number}" for number in range(400)]
    before = shares(**dict.fromkeys(names, 1))
    after = shares(**dict.fromkeys(names, 2) | {"p0": 1})
    found = progress(before, after, RULES)
    (difference,) = (one.difference for one in found.changes)
    assert difference.lower < difference.value < difference.upper
    assert "+33.2 points (95% interval +33.1 to +33.4)" in flat(found.text())


@pytest.mark.parametrize(
    ("said", "rules_tier", "stands"),
    [
        ("2A", MARK, "below"),
        ("too little", MARK, "no_tier"),
        ("not a threshold", MARK, "no_tier"),
        ("3", MARK, "same"),
        ("3", REVIEW, "above"),
        ("1", REVIEW, "below"),
    ],
)
def test_an_answer_is_below_above_or_beside_the_scale(said, rules_tier, stands):
    (everybody,) = progress(read(f"{rules_tier},p01,,{said}"), read(f"{rules_tier},p01,,{said}"), RULES).changes
    assert {one.value: float(share) for one, share in everybody.shares_before.items()} == dict.fromkeys(Stands, 0.0) | {
        stands: 1.0
    }
    assert everybody.shares_after == everybody.shares_before


def test_a_tier_where_the_rules_name_none_is_neither_below_nor_above():
    said, of = TierSaid, Stands.of
    assert of(said.ONE, said.TOO_LITTLE) is of(said.THREE, said.NOT_FOR_THIS) is Stands.NO_TIER
    assert of(said.TOO_LITTLE, said.NOT_FOR_THIS) is Stands.NO_TIER
    assert of(said.TOO_LITTLE, said.TOO_LITTLE) is Stands.SAME


def test_somebody_in_danger_today_is_tier_3_to_which_no_question_of_thresholds_is_beside_the_scale():
    danger = exercise({"age_months": 100, "immediate_danger": "yes"})
    given = read_group_text((HEADER + f"{danger.id},p01,,not a threshold\n{danger.id},p02,,3").encode(), "x", [danger], RULES)
    (everybody,) = progress(given, given, RULES).changes
    assert suggest(danger.facts, RULES).status is Status.ACT_FIRST
    assert everybody.shares_before == {Stands.SAME: 0.5, Stands.BELOW: 0, Stands.ABOVE: 0, Stands.NO_TIER: 0.5}
    assert everybody.shares_before[Stands.SAME] == everybody.before


def test_below_and_above_stand_on_the_page_and_in_json_for_everybody_and_by_agency():
    found = progress(BEFORE, AFTER, RULES)
    everybody, gp, school = found.to_dict()["changes"]
    assert everybody["below"] == {"before": 0.75, "after": 0}
    assert everybody["above"] == {"before": 0, "after": 0.25}
    assert everybody["no_tier"] == {"before": 0, "after": 0}
    assert (gp["below"], school["above"]) == ({"before": 1, "after": 0}, {"before": 0, "after": 1 / 3})
    ways = flat(found.text()).partition("WHICH WAY THE OTHER ANSWERS WENT")[2]
    assert "a child's need may go unseen" in ways
    assert "- Everybody Below the rules' tier: 75% before, 0% after Above it: 0% before, 25% after No tier: 0% before" in ways
    assert "- Schools Below the rules' tier: 67% before, 0% after Above it: 0% before, 33% after" in ways
    assert "WHICH WAY" not in progress(read(f"{MARK},p01,,3"), read(f"{MARK},p02,,3"), RULES).text()


def test_each_person_counts_alike_however_much_they_answered():
    before = read(f"{MARK},p01,,1", f"{REVIEW},p01,,1", f"{MARK_2A},p01,,1", f"{MARK},p02,,3")
    (everybody,) = progress(before, before, RULES).changes
    assert everybody.shares_before[Stands.BELOW] == everybody.before == 0.5


def test_the_rules_are_asked_once_of_each_exercise(monkeypatch):
    asked, moments = [], of_progress.moments
    monkeypatch.setattr(of_progress, "moments", lambda one, rules: asked.append(one.id) or moments(one, rules))
    progress(shares(p1=0, p2=1, p3=2), shares(p1=1, p2=2, p3=3), RULES)
    assert sorted(asked) == sorted(case for case, _ in THREE)


def test_no_control_character_of_a_file_reaches_the_terminal():
    bad = read(f"{MARK},p01,,3", f"{MARK},p01,,3", "\x1b[2J,p01,,3", "\x1b[2J,p01,,3", f"{MARK},p02,,1")
    found = progress(bad, bad, RULES)
    assert len(found.refused) == 4, "each mistake once, with its lines"
    assert all(map(is_plain, found.refused))
    assert is_plain(found.text())
