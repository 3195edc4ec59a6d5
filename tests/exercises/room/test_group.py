"""A room: what a group said is counted and shown, the rules' view last of all, and nothing is lost."""

from pathlib import Path

import pytest

from tests.exercises.made import exercise
from thresholds import load_rule_set
from thresholds.exercises.exercise import Agency
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.marking import mark, mark_moment
from thresholds.exercises.reading.differences import DifferenceKind
from thresholds.exercises.room import group as group_module
from thresholds.exercises.room.group import group
from thresholds.exercises.room.group_files import read_group_text
from thresholds.exercises.room.sheets import COLUMNS
from thresholds.exercises.tier_said import TierSaid
from thresholds.views import text

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
HEADER = ",".join(COLUMNS) + "\n"
REVIEW, MARK = "what-the-review-heard", "mark-on-a-baby"  # Tier 2A and Tier 3 by the rules
GOOD = f"{REVIEW},p09,,2A,,,,\n"


def flat(shown):
    return " ".join(shown.split())


def read(rows, header=HEADER):
    return read_group_text((header + rows).encode(), "answers.csv", EXERCISES, RULES)


def of_made(facts, *said):
    """A file in which p01, p02 and so on say these, each a tier and a fact, of an exercise with these facts."""
    rows = (f"made-in-a-test;p{number};{one}\n" for number, one in enumerate(said, 1))
    table = "exercise;participant;tier;facts\n" + "".join(rows)
    return group(read_group_text(table.encode(), "answers.csv", [exercise(facts)], RULES), RULES)


def tiers(name, *said):
    """A file in which p01, p02 and so on say these tiers of one exercise."""
    rows = (f"{name},p{number},{tier}\n" for number, tier in enumerate(said, 1))
    return group(read("".join(rows), "exercise,participant,tier\n"), RULES)


SPLIT = "".join(f"what-the-review-heard,p{n:02},,2A,attendance_below_90,violence_at_home,,\n" for n in range(1, 8)) + "".join(
    f"what-the-review-heard,p{n:02},,3,violence_at_home=yes,,,He sounds dangerous.\n" for n in range(8, 12)
)


def test_the_spread_and_the_prompts_come_before_the_rules_view():
    shown = flat(text.render(group(read(SPLIT), RULES).page()))
    places = [
        shown.index(part)
        for part in (
            "HOW THE TIERS SPREAD",
            "HOW FAR THE GROUP AGREES",
            "TO TALK ABOUT",
            "THE RULES' VIEW",
            "At least Tier 2A",
        )
    ]
    assert places == sorted(places)
    assert shown.count("At least Tier 2A") == 1
    assert shown.count("Named by") == 1
    assert "He sounds dangerous." in shown[places[4] :]


def test_what_a_group_said_is_counted():
    (case,) = group(read(SPLIT), RULES).cases
    assert case.spread == {TierSaid.TWO_A: 7, TierSaid.THREE: 4}
    assert case.carrying == {"attendance_below_90": 7}
    assert case.asked == {"violence_at_home": 7}
    assert case.kinds[DifferenceKind.SAME_REASONS] == 7
    assert case.kinds[DifferenceKind.FACT_READ_IN] == 4


def test_kinds_come_in_one_order_on_every_run():
    row = "mark-on-a-baby,p01,,1,bruise_or_mark=no;attendance_below_90;harm_likely=no,,,\n"
    (case,) = group(read(row), RULES).cases
    assert len(case.kinds) >= 3
    assert list(case.kinds) == [kind for kind in DifferenceKind if kind in case.kinds]


def test_agreement_in_the_group_is_that_of_several_raters_with_its_cautions():
    found = group(read(SPLIT), RULES)
    expected = (7 * 6 + 4 * 3) / (11 * 10)
    assert found.agreement["observed"].value == pytest.approx(expected)
    shown = flat(found.text())
    assert "No interval: one case shows no spread." in shown
    assert "This is a small group" in shown
    assert group(read(GOOD), RULES).agreement == "Agreement needs two who take part, or more."


def test_who_did_not_answer_is_named_and_nothing_is_lost():
    rows = SPLIT + "mark-on-a-baby,p01,,3,bruise_or_mark,,,\nmark-on-a-baby,p02,,,,,,\nmark-on-a-baby,p03,,2C,,,,\n"
    found = group(read(rows), RULES)
    assert found.cases[1].silent == tuple(f"p{n:02}" for n in range(2, 12) if n != 3)
    assert found.cases[1].unused == ("p03",)
    shown = flat(found.text())
    assert "WITHOUT AN ANSWER" in shown
    assert "answers.csv:15: tier: Expected 1, 2A" in shown
    assert found.to_dict()["refused"] == list(found.refused)


def test_who_answered_and_cannot_be_counted_is_told_from_who_said_nothing():
    rows = [
        f"{REVIEW},p01,,2A,,,,",
        f"{REVIEW},p02,,2A,,,,,more",
        f"{REVIEW},p03,,2C,,,,",
        "what-the-review-herd,p04,,2A,,,,",
        f"{REVIEW},p05,,,,,,",
        f"{REVIEW},Jo Bloggs,,3,,,,",
        f"{REVIEW},p06,,3,,,,",
        f"{REVIEW},p6,,3,,,,",
    ]
    found = group(read("\n".join(rows) + "\n"), RULES)
    (case,) = found.cases
    assert (case.unused, case.silent, case.took_part) == (("p02", "p03", "p06"), ("p05",), 6)
    shown = flat(found.text())
    assert "6 took part, in 1 case." in shown
    without, _, rest = shown.partition("WITHOUT AN ANSWER")[2].partition("TOOK PART, AND THE ANSWER COULD NOT BE USED")
    assert without.strip() == "- What the review heard: p05"
    listed = rest.partition("LINES THAT")[0]
    assert "What the review heard: p02, p03, p06" in listed
    assert "In a case whose name could not be read: p04" in listed
    assert "1 line that does not say whose the answer is" in listed
    written = found.to_dict()
    assert (written["cases"][0]["unused"], written["cases"][0]["silent"]) == (["p02", "p03", "p06"], ["p05"])
    assert {"participant": "p04", "exercise": None, "moment": None, "line": 5} in written["unused"]
    assert "Bloggs" not in str(written) + shown


def test_a_case_to_which_no_answer_can_be_used_is_not_forgotten():
    found = group(read(f"{GOOD}{MARK},p01,,2C,,,,\n"), RULES)
    assert [one.exercise.id for one in found.cases] == [REVIEW]
    assert "A mark on a baby's cheek: p01" in flat(found.text())


def test_a_step_that_there_is_not_may_be_any_of_those_there_are():
    header = "exercise,participant,step,tier\n"
    found = group(read(f"{REVIEW},p01,0,2A\n{REVIEW},p01,1,3\n{REVIEW},p02,0,2A\n{REVIEW},p02,9,3\n", header), RULES)
    assert [(one.moment.number, one.silent, one.unused) for one in found.cases] == [(0, (), ()), (1, (), ("p02",))]
    assert "What the review heard, at a step that there is not: p02" in flat(found.text())


def test_a_line_of_one_step_is_of_no_other():
    header = "exercise,participant,step,tier\n"
    found = group(read(f"{REVIEW},p01,0,2A\n{REVIEW},p01,1,3\n{REVIEW},p02,1,2C\n", header), RULES)
    assert [(one.moment.number, one.silent, one.unused) for one in found.cases] == [(0, ("p02",), ()), (1, (), ("p02",))]


# Which way.


@pytest.mark.parametrize(
    ("name", "said", "way"),
    [
        (REVIEW, ("1", "1", "2A", "2B", "3", "3", "3", "too little"), (2, 1, 4, 1)),
        (MARK, ("1", "2A", "2B", "3", "not a threshold"), (3, 1, 0, 1)),
        (MARK, ("3",), (0, 1, 0, 0)),
    ],
)
def test_which_way_a_group_differs_from_the_rules(name, said, way):
    found = tiers(name, *said)
    (case,) = found.cases
    expected = dict(zip(("below", "same", "above", "no_tier"), way, strict=True))
    assert case.direction == expected
    assert found.to_dict()["cases"][0]["direction"] == expected


@pytest.mark.parametrize(("more", "same"), [({}, 1), ({"open_to_social_care": "child_in_need"}, 2)])
def test_where_the_rules_give_no_tier_there_is_no_way(more, same):
    (case,) = of_made({"age_months": 100, **more}, "1;", "3;", "too little;", "not a threshold;", "not a threshold;").cases
    assert case.direction == {"same": same, "below": 0, "above": 0, "no_tier": 5 - same}


def test_too_low_comes_first_once_the_rules_view_is_shown_and_not_before():
    found = tiers(REVIEW, "1", "1", "2A", "3", "too little")
    (case,) = found.cases
    assert case.prompts_beside_the_rules[0].startswith("2 of the 5 who answered said a lower tier than the rules. Begin here")
    shown = flat(found.text())
    assert shown.index("than the rules") > shown.index("THE RULES' VIEW")
    assert found.to_dict()["cases"][0]["prompts_beside_the_rules"] == list(case.prompts_beside_the_rules)


def test_the_spread_of_each_agency_is_counted_where_it_is_said():
    rows = [("school", "2A"), ("school", "2A"), ("school", "1"), ("gp", "3"), ("", "too little")]
    table = "".join(f"{REVIEW},p{number},{agency},{tier},,,,\n" for number, (agency, tier) in enumerate(rows))
    found = group(read(table), RULES)
    (case,) = found.cases
    assert case.spread_by_agency == {
        Agency.GP: {TierSaid.THREE: 1},
        Agency.SCHOOL: {TierSaid.TWO_A: 2, TierSaid.ONE: 1},
        None: {TierSaid.TOO_LITTLE: 1},
    }
    assert found.to_dict()["cases"][0]["by_agency"] == {
        "gp": {"3": 1},
        "school": {"2A": 2, "1": 1},
        "not_said": {"too_little_known": 1},
    }
    shown = flat(found.text())
    assert "What the review heard: schools" in shown.partition("HOW FAR")[0]
    without = tiers(REVIEW, "2A", "3")
    assert without.cases[0].spread_by_agency == {}
    assert "of each group" not in without.text()


# What is shown.


def test_why_somebody_still_differs_is_kept_with_who_and_when():
    header = "exercise,participant,step,tier,why\n"
    found = group(read(f"{REVIEW},p1,0,2A,Early.\n{REVIEW},p01,1,2A,Late.\n{REVIEW},p02,1,2A,\n", header), RULES)
    assert [one["why_differ"] for one in found.to_dict()["cases"]] == [
        [{"participant": "p01", "moment": 0, "why": "Early."}],
        [{"participant": "p01", "moment": 1, "why": "Late."}],
    ]
    assert "p01: Late." in flat(found.text()).partition("THE RULES' VIEW: WHAT THE REVIEW HEARD, STEP 1")[2]


def test_how_many_answered_stands_beside_how_many_named():
    found = group(read(f"{REVIEW},p1,,2A,attendance_below_90,,,\n{REVIEW},p2,,2A,,,,\n{REVIEW},p3,,,,,,\n"), RULES)
    written = found.to_dict()["cases"][0]
    assert (written["answered"], written["named"]) == (2, {"attendance_below_90": 1})
    assert "attendance is below 90 per cent 1 of 2" in flat(found.text())


def test_the_least_named_comes_first():
    facts = ("violence_at_home", "weapon_used_or_threatened", "strangulation")
    known = {"age_months": 100, "asked_alone_and_safely": "yes", **dict.fromkeys(facts, "yes")}
    (plain,) = of_made(known, "3;").cases
    order = list(plain.carrying)
    assert len(order) > 1
    (case,) = of_made(known, f"3;{order[0]}", f"3;{order[0]}", f"3;{order[1]}", "3;").cases
    assert list(case.carrying.values()) == sorted(case.carrying.values())
    assert list(case.carrying)[-1] == order[0], "named most, and so last"
    assert (case.carrying[order[0]], case.carrying[order[1]]) == (2, 1)


@pytest.mark.parametrize(("number", "small"), [(29, True), (30, False)])
def test_a_group_is_small_below_thirty(number, small):
    assert ("This is a small group" in flat(tiers(REVIEW, *["2A"] * number).text())) is small


def test_what_somebody_wrote_is_text_on_every_page():
    found = group(read(f"{REVIEW},p01,,3,,,,<b onclick=x>No</b> | *not* `so`\n"), RULES)
    assert "&lt;b onclick=x&gt;No&lt;/b&gt; | *not*" in found.html()
    assert "<b onclick" not in found.html()
    assert r"\<b onclick=x\>No\</b\> \| \*not\* \`so\`" in found.markdown()


# Alike answers.


def test_answers_that_are_alike_are_marked_once_and_each_keeps_its_reason(monkeypatch):
    marked = []
    monkeypatch.setattr(group_module, "mark_moment", lambda *about: marked.append(about) or mark_moment(*about))
    rows = [f"{REVIEW},p{n},,{'2A' if n % 2 else '3'},attendance_below_90,,,Because {n}.\n" for n in range(10)]
    given = read("".join(rows))
    (case,) = group(given, RULES).cases
    assert len(marked) == 2
    assert [one.answer.why_differ for one in case.markings.values()] == [f"Because {n}." for n in range(10)]
    for one in given.answers:
        assert case.markings[one.participant] == mark(one.exercise, one.answer, RULES)


def test_an_exercise_unfolds_once(monkeypatch):
    unfolded = []
    wanted = group_module.moments
    monkeypatch.setattr(group_module, "moments", lambda *about: unfolded.append(about) or wanted(*about))
    tiers(REVIEW, *["2A"] * 10)
    assert len(unfolded) == 1
