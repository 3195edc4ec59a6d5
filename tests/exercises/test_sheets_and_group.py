"""A room: the sheets, the file of answers, and what is shown of a group before the rules' view."""

import csv
import io
from pathlib import Path

import pytest

from thresholds import FACTS, load_rule_set
from thresholds.exercises.differences import DifferenceKind
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.group import group
from thresholds.exercises.group_files import GroupError, read_group, read_group_text
from thresholds.exercises.sheets import (
    COLUMNS,
    answers_form,
    as_html,
    as_markdown,
    facilitators_sheet,
    participants_sheet,
)
from thresholds.exercises.tier_said import TierSaid
from thresholds.views import text

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent / "files")
REVIEW = next(one for one in EXERCISES if one.id == "what-the-review-heard")
HEADER = ",".join(COLUMNS) + "\n"


def flat(shown):
    return " ".join(shown.split())


def read(rows, header=HEADER):
    return read_group_text((header + rows).encode(), "answers.csv", EXERCISES, RULES)


# The sheets.


def test_the_participants_sheet_gives_no_view_away():
    shown = as_markdown(participants_sheet(EXERCISES))
    for one in EXERCISES:
        assert flat(one.vignette)[:60] in flat(shown)
        assert not any(point in flat(shown) for point in one.learning_points)
        assert not any(name in shown for name in one.facts.known() if "_" in name)
        assert not any(flat(step.told) in flat(shown) for step in one.steps)
    assert "The rules" not in shown
    assert shown.count("This case is made up") == len(EXERCISES)


def test_the_facilitators_sheet_has_the_rules_view_with_its_source_as_one_view():
    pages = facilitators_sheet(EXERCISES, RULES)
    assert len(pages) == 1 + len(EXERCISES)
    shown = flat(as_markdown(pages))
    for one in EXERCISES:
        assert all(point in shown for point in one.learning_points)
        assert all(name in shown for name in (*one.facts.known(), *one.left_open))
        assert all(flat(step.told)[:50] in shown for step in one.steps)
    assert "is one view" in shown
    assert "It is not a decision." in shown
    assert "another board's" in shown
    assert "Say which one response you ask for" in shown
    assert all(column in shown for column in COLUMNS)


def test_a_sheet_as_html_is_one_document_made_for_paper():
    for pages in (participants_sheet(EXERCISES), facilitators_sheet(EXERCISES, RULES)):
        shown = as_html(pages)
        assert shown.count("<!DOCTYPE html>") == 1
        assert shown.count("<article") == len(pages)
        assert "break-after: page" in shown
    assert "<td></td>" in as_html(participants_sheet(EXERCISES))  # room to write


def test_a_participant_writes_a_number_and_never_a_name():
    shown = as_markdown(participants_sheet(EXERCISES))
    assert shown.count("Your number (never your name), and where you work") == len(EXERCISES)


def test_a_step_has_what_is_new_and_not_the_whole_case_again():
    (page,) = facilitators_sheet([REVIEW], RULES)[1:]
    (unfolds,) = [part for part in page.parts if part.heading == "How it unfolds"]
    assert unfolds.blocks[0].columns == ("Step", "Told", "New", "The rules then")
    new = [row[2] for row in unfolds.blocks[0].rows]
    weapon, attendance = (FACTS[name].says for name in ("weapon_used_or_threatened", "attendance_below_90"))
    assert f"{weapon}: yes" in new[0]
    assert not any(FACTS["age_months"].says in one for one in new)
    assert new[1] == f"{attendance}: no longer known"


def test_what_a_case_practises_is_said_in_words():
    shown = flat(as_markdown(facilitators_sheet(EXERCISES, RULES)))
    assert "From Hackney audit 2011, page" in shown
    mobile = FACTS["independently_mobile"].says
    assert f"It is a pair with baby-who-does-not-crawl-with-a-mark. They differ in just this: {mobile}." in shown


def test_the_children_of_one_home_are_shown_to_belong_together():
    both = [one.model_copy(update={"household": "one-home"}) for one in EXERCISES[:2]]
    shown = as_markdown(participants_sheet([*both, EXERCISES[2]]))
    assert "A child of the same home: see 2." in shown
    assert "A child of the same home: see 1." in shown
    assert shown.count("same home") == 2


def test_the_children_of_one_home_stand_side_by_side_for_whoever_leads():
    both = [one.model_copy(update={"household": "one-home"}) for one in EXERCISES[:2]]
    shown = flat(as_markdown(facilitators_sheet([*both, EXERCISES[2]], RULES)))
    assert shown.count("## The children of this home, side by side") == 2
    assert "| A mark on a crawling baby's cheek | Tier 2A |" in shown
    assert "| A mark on a baby's cheek | Tier 3 |" in shown
    assert "One child of this home is on the protection route and another is not" in shown
    assert "side by side" not in as_markdown(facilitators_sheet(both[:1], RULES))


def test_the_form_for_answers_has_a_line_for_each_and_is_read_as_nobody_having_answered():
    form = answers_form(EXERCISES, 12)
    rows = list(csv.DictReader(io.StringIO(form)))
    assert len(rows) == 12 * len(EXERCISES)
    assert len({(row["exercise"], row["participant"]) for row in rows}) == len(rows)
    given = read_group_text(form.encode(), "form.csv", EXERCISES, RULES)
    assert len(given.participants) == 12
    assert not given.answers
    assert not given.refused


# The file.


def test_answers_are_read_with_their_facts_questions_and_agency():
    given = read(
        "what-the-review-heard,p01,school,2a,attendance below 90;violence_at_home=no,months_of_concern,map,Because.\n"
    )
    (one,) = given.answers
    assert (one.exercise, one.participant, one.agency.value, one.moment) == (REVIEW, "p01", "school", 0)
    assert one.answer.said is TierSaid.TWO_A
    assert dict(one.answer.cited()) == {"attendance_below_90": None, "violence_at_home": "no"}
    assert (one.answer.ask, one.answer.pathway, one.answer.why_differ) == (("months_of_concern",), "MAP", "Because.")


def test_a_file_as_spreadsheets_write_it_is_read():
    rows = '\ufeffExercise;Participant;Tier;Facts\nwhat-the-review-heard;p01;3;"attendance_below_90;violence_at_home"\n'
    given = read_group_text(rows.encode(), "answers.csv", EXERCISES, RULES)
    assert list(given.answers[0].answer.cited()) == ["attendance_below_90", "violence_at_home"]


GOOD = "what-the-review-heard,p09,,2A,,,,\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("what-the-review-heard,,,2A,,,,", "answers.csv:2: participant: This is missing: whose answer is it?"),
        ("what-the-review-heard,Jo Bloggs,,2A,,,,", "answers.csv:2: participant: Expected letters, digits"),
        (
            "what-the-review-herd,p01,,2A,,,,",
            "There is no exercise of this id here; did you mean what-the-review-heard?",
        ),
        (",p01,,2A,,,,", "exercise: This is missing."),
        ("what-the-review-heard,p01,,2C,,,,", "or not a question of thresholds; did you mean 2A or 2B?"),
        ("what-the-review-heard,p01,,,bruise_or_mark,,,", "tier: This is missing"),
        ("what-the-review-heard,p01,,2A,,,,,more", "More cells than columns"),
    ],
)
def test_a_line_that_cannot_be_used_is_said_and_the_others_are_answered(row, said):
    given = read(f"{row}\n{GOOD}")
    assert any(said in flat(one) for one in given.refused), given.refused
    assert [one.participant for one in given.answers] == ["p09"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "what-the-review-heard,p01,,2A,attendance_below,,,",
            "attendance_below: There is no such fact. Did you mean attendance",
        ),
        ("what-the-review-heard,p01,,2A,attendance_below_90=zebra,,,", "attendance_below_90: Expected no, suspected or yes"),
        (
            "what-the-review-heard,p01,,2A,,violence at hom,,",
            "violence_at_hom: There is no such fact. Did you mean violence_at",
        ),
        (
            "what-the-review-heard,p01,,2A,,,MAAT,",
            "pathway: There is none of this name, nor with this in its name; did you mean MAT",
        ),
        ("what-the-review-heard,p01,schools,2A,,,,", "agency: There is no such group; did you mean school?"),
        ("what-the-review-heard,p01,,2A,violence_at_home;violence_at_home=yes,,,", "named twice among the facts"),
    ],
)
def test_a_cell_that_cannot_be_used_is_said_and_left_out_and_the_tier_is_counted(row, said):
    given = read(f"{row}\n{GOOD}")
    (refused,) = given.refused
    assert said in flat(refused)
    assert "This cell is left out, and the rest of the line is counted." in flat(refused)
    assert [(one.participant, one.answer.said.value) for one in given.answers] == [("p01", "2A"), ("p09", "2A")]
    assert given.answers[0].agency is None
    assert "zebra" not in refused


def test_every_mistake_of_a_line_is_said():
    given = read("what-the-review-heard,p01,,2C,attendance_below,violence,MAAT,\n")
    assert len(given.refused) == 4


def test_who_answers_twice_is_named_with_both_lines_and_neither_is_counted():
    given = read(f"what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p01,,3,,,,\n{GOOD}")
    assert [one.split(": ")[0] for one in given.refused] == ["answers.csv:2", "answers.csv:3"]
    assert all("p01 answers what-the-review-heard more than once" in one for one in given.refused)
    assert [one.participant for one in given.answers] == ["p09"]


def test_the_same_person_may_answer_each_step_once():
    header = "exercise,participant,step,tier\n"
    rows = "".join(f"what-the-review-heard,p01,{rest}\n" for rest in (",2A", "1,3", "3,3"))
    given = read(rows, header)
    assert [one.moment for one in given.answers] == [0, 1]
    assert "answers.csv:4: step: Expected 0 (the beginning) to 2." in given.refused[0]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("exercise,participant\n", "The column tier is missing."),
        ("exercise,participant,tier,fact\n", "There is no such column as fact; did you mean facts?"),
        ("exercise,participant,tier,tier\n", "The column tier is there twice."),
        ("", "This is empty"),
    ],
)
def test_a_file_that_is_no_table_of_answers(header, said):
    with pytest.raises(GroupError, match=said.replace("?", r"\?")):
        read("", header)


def test_a_file_that_is_not_there():
    with pytest.raises(GroupError, match=r"nowhere\.csv: There is no such file"):
        read_group("nowhere.csv", EXERCISES, RULES)


# The group.

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


def test_what_to_talk_about_is_drawn_from_where_the_group_split():
    (case,) = group(read(SPLIT), RULES).cases
    assert "7 say Tier 2A and 4 say Tier 3." in case.prompts[0]
    assert (
        "Those who say Tier 2A name “attendance is below 90 per cent” more often than those who say Tier 3" in case.prompts[0]
    )
    assert "7 of 11 would ask" in case.prompts[1]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,2A,attendance_below_90;b,2A,", "All of you say Tier 2A. What would have to be otherwise"),
        ("a,2A,;b,3,", "Neither side names a fact"),
        ("a,2A,attendance_below_90;b,3,attendance_below_90", "Both name much the same facts"),
        ("a,2A,;b,2A,;c,too little,", "One of you alone says “too little to say”: hear them first"),
    ],
)
def test_other_splits(rows, said):
    table = "\n".join(f"what-the-review-heard,{row}" for row in rows.split(";"))
    (case,) = group(read(table + "\n", "exercise,participant,tier,facts\n"), RULES).cases
    assert any(said in prompt for prompt in case.prompts)


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
    assert found.cases[1].silent == tuple(f"p{n:02}" for n in range(2, 12))
    shown = flat(found.text())
    assert "WITHOUT AN ANSWER" in shown
    assert "answers.csv:15: Expected 1, 2A" in shown
    assert found.to_dict()["refused"] == list(found.refused)
