"""The commands of exercises: what they print, where, and with which exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds import FACTS
from thresholds.cli import main
from thresholds.exercises.choosing import a_mixture, fitting
from thresholds.exercises.exercise import Agency
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.making import generated

FILES = Path(__file__).parent / "files"


def run(*arguments, given=None, folder=True):
    place = ["--folder", str(FILES)] if folder else []
    return CliRunner().invoke(main, ["exercise", *(str(one) for one in arguments), *place], input=given)


def flat(shown):
    return " ".join(shown.split())


def test_the_list_shows_what_there_is_and_no_tier():
    done = run("list")
    assert done.exit_code == 0
    assert "4 exercises. All are made up." in done.stdout
    assert "Tier" not in done.stdout
    assert [one["id"] for one in json.loads(run("list", "--stage", "primary", "--format", "json").stdout)] == [
        "what-the-review-heard"
    ]


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (("--level", "1"), 3),
        (("--agency", "school"), 1),
        (("--theme", "physical-harm"), 3),
        (("--stage", "infant", "--count", "2"), 2),
        (("--stage", "infant", "--agency", "school"), 0),
    ],
)
def test_exercises_are_chosen(choice, number):
    done = run("list", *choice, "--format", "json")
    if number:
        assert len(json.loads(done.stdout)) == number
    else:
        assert done.exit_code == 2
        assert "No exercise fits all of this" in done.stderr


def test_the_list_says_which_unfold_and_which_have_a_referral_or_a_brother_or_sister():
    listed = flat(run("list", folder=False).stdout)
    for one in read_exercises():
        about = listed.partition(f"({one.id})")[2].partition("- ")[0]
        assert (f"unfolds in {len(one.steps)} step" in about) is bool(one.steps), one.id
        assert ("a referral to mend" in about) is (one.referral is not None)
        assert ("a child of a home" in about) is (one.household is not None)


def test_exercises_for_a_mixed_room_suit_each_of_its_groups():
    listed = {
        tuple(word for word in ("school", "gp") if word in given): ids(*given)
        for given in (("--agency", "school"), ("--agency", "gp"), ("--agency", "school", "--agency", "gp"))
    }
    assert listed["school", "gp"] == listed["school",] & listed["gp",]
    assert listed["school", "gp"] not in (set(), listed["school",])


def ids(*choice):
    return {one["id"] for one in json.loads(run("list", *choice, "--format", "json", folder=False).stdout)}


def test_one_who_learns_alone_can_take_an_exercise_by_name():
    done = run("--exercise", "mark-on-a-baby", given="stop\n")
    assert "1 to do." in done.stdout
    assert run("--exercise", "mark-on-a-babi").exit_code != 0
    assert "did you mean mark-on-a-baby" in run("--exercise", "mark-on-a-babi").stderr
    assert "Smith" not in run("--exercise", "Jane Smith").stderr


def test_a_command_that_there_is_not_is_answered_with_the_nearest():
    done = run("shet", folder=False)
    assert done.exit_code == 2
    assert "There is no such command as shet; did you mean sheet?" in done.stderr


def test_cases_are_made_and_told_and_what_the_rules_say_comes_at_the_end():
    done = run("make", "--count", "3", "--seed", "4", folder=False)
    assert done.exit_code == 0
    cases, answers = flat(done.stdout).split("ANSWERS")
    assert answers.count("Now with one answer otherwise") == 3
    assert [f"Case {number}. By the rules: " in answers for number in (1, 2, 3)] == [True] * 3
    assert "By the rules" not in cases
    assert "Tier" not in cases
    assert cases.index("CASE 1 The child is") < cases.index("CASE 3 The child is")
    made = [json.loads(line) for line in run("make", "--count", "3", "--format", "json", folder=False).stdout.splitlines()]
    assert all(one["here"]["tier"] != one["there"]["tier"] for one in made)
    assert all(set(one) == {"told", "fact", "here", "there"} for one in made)
    assert run("make", "--format", "html", folder=False).stdout.count("<!DOCTYPE html>") == 1


def test_made_cases_are_kept_and_practised_on(tmp_path):
    folder = tmp_path / "made"
    done = run("make", "--count", "2", "--seed", "3", "--theme", "neglect", "--save", folder, folder=False)
    assert done.exit_code == 0, done.output
    assert f"thresholds exercise --folder {folder}" in done.stdout
    assert "Tier" not in done.stdout
    ids = [f"made-{side}{number:04}" for side in ("", "otherwise-") for number in (1, 2)]
    assert [one.id for one in read_exercises(folder)] == ids
    place = ["--folder", str(folder)]
    practised = CliRunner().invoke(main, ["exercise", *place, "--count", "1"], input="3\n\n\n\n\nstop\n")
    assert practised.exit_code == 0
    assert "THE RULES' VIEW" in practised.stdout
    sheet = CliRunner().invoke(main, ["exercise", "sheet", *place, "--theme", "neglect", "--format", "text"])
    assert "1. Made-up case 1" in sheet.stdout
    again = run("make", "--fact", "care_concern", "--save", folder, folder=False)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "nothing is ever written over" in again.stderr
    assert "opening question" not in again.stderr  # it is said before anything is made


def test_what_was_found_is_kept_where_there_is_no_more(tmp_path, monkeypatch):
    def only_two(*wish):
        yield from made(count=2)
        raise generated.MakeError("No more than 2 such cases were found.")

    made = generated.make
    monkeypatch.setattr(generated, "make", only_two)
    done = run("make", "--count", "5", "--save", tmp_path / "made", folder=False)
    assert done.exit_code == 2
    assert "No more than 2" in done.stderr
    assert len(read_exercises(tmp_path / "made")) == 4


def test_what_cannot_be_made_is_said_after_what_can():
    done = run("make", "--fact", "bruse_or_mark", folder=False)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean bruise_or_mark?" in done.stderr
    done = run("make", "--rule", "stage-dv-any-under-one", "--fact", "harm_already", folder=False)
    assert done.exit_code == 2
    assert "No such case was found" in done.stderr


def test_a_referral_is_shown_and_then_marked():
    shown = run("mend", "what-the-review-heard")
    assert "Please look into it." in shown.stdout
    assert "Gaps" not in shown.stdout
    assert FACTS["risks_named"].question in flat(shown.stdout)
    assert "--tell: risks_named=no | yes" in shown.stdout
    assert "--tell: weeks_since_information=NUMBER" in shown.stdout
    assert "thresholds facts --stage primary" in flat(shown.stdout)
    assert "attendance_below_90" not in shown.stdout  # the names of what the case has would give it away
    written = json.loads(run("mend", "what-the-review-heard", "--format", "json").stdout)
    assert written["exercise"] == "what-the-review-heard"
    assert {"fact": "risks_named", "question": FACTS["risks_named"].question, "expected": "no or yes"} in written[
        "referral_facts"
    ]
    done = run("mend", "what-the-review-heard", "--tell", "risks_named=yes", "--tell", "attendance_below_90=yes")
    assert done.exit_code == 0
    assert "Gaps before: " in done.stdout
    assert json.loads(run("mend", "what-the-review-heard", "--tell", "history_described=yes", "--format", "json").stdout)[
        "closed"
    ] == ["gap-history"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mend", "what-the-review-herd"), "There is no such exercise; did you mean what-the-review-heard?"),
        (("mend", "mark-on-a-baby"), "There is no referral to mend here. There is one in: what-the-review-heard."),
        (
            ("mend", "what-the-review-heard", "--tell", "risk_named=yes"),
            "There is no such fact. Did you mean risks_named?",
        ),
        (("mend", "what-the-review-heard", "--tell", "risks_named=maybe"), "risks_named: Expected no or yes"),
        (("sheet", "--exercise", "mark-on-baby"), "There is no such exercise; did you mean mark-on-a-baby?"),
    ],
)
def test_mistakes_are_answered_with_the_nearest(arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in flat(done.stderr)
    assert "maybe" not in done.stderr


def test_a_sheet_and_a_form_for_the_answers_of_twelve(tmp_path):
    sheet, answers = tmp_path / "sheet.html", tmp_path / "answers.csv"
    done = run("sheet", "--save", sheet, "--answers", answers, "--participants", "12")
    assert done.exit_code == 0, done.output
    assert sheet.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert len(answers.read_text(encoding="utf-8").splitlines()) == 1 + 12 * (4 + 2)  # one of the four unfolds in two steps
    again = run("sheet", "--save", sheet)
    assert again.exit_code == 2
    assert "does not exist yet" in again.stderr
    assert run("sheet", "--save", tmp_path / "x", "--answers", tmp_path / "x").exit_code == 2


def test_sheets_are_printed_in_the_order_that_is_asked_for():
    wanted = ("--exercise", "what-the-review-heard", "--exercise", "mark-on-a-baby")
    shown = run("sheet", *wanted, "--format", "markdown").stdout
    assert shown.index("1. What the review heard") < shown.index("2. A mark on a baby's cheek")
    facilitator = run("sheet", *wanted, "--facilitator", "--format", "text").stdout
    assert "THE RULES' VIEW: WHY" in facilitator
    assert "THE RULES' VIEW" not in run("sheet", *wanted, "--format", "text").stdout


def test_a_group_is_shown_and_what_cannot_be_used_is_listed(tmp_path):
    rows = "exercise,participant,tier\nmark-on-a-baby,p01,3\nmark-on-a-baby,p02,1\nmark-on-a-baby,p03,2C\n"
    done = run("group", "-", given=rows)
    assert done.exit_code == 2
    assert "HOW THE TIERS SPREAD" in done.stdout
    assert "standard input:4: " in done.stdout
    file = tmp_path / "answers.csv"
    file.write_text(rows.replace("2C", "2A"), encoding="utf-8")
    assert run("group", file).exit_code == 0
    assert json.loads(run("group", file, "--format", "json").stdout)["cases"][0]["spread"] == {"3": 1, "1": 1, "2A": 1}
    assert run("group", file, "--format", "html").stdout.count("<table>") >= 2
    assert run("group", tmp_path / "none.csv").exit_code == 2
    empty = run("group", "-", given="exercise,participant,tier\nmark-on-a-baby,p01,\n")
    assert (empty.exit_code, "There is no answer here that can be used." in empty.stderr) == (2, True)


def test_progress_over_a_course(tmp_path):
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text("exercise,participant,agency,tier\nmark-on-a-baby,p01,gp,1\nmark-on-a-baby,p02,gp,3\n", encoding="utf-8")
    after.write_text("exercise,participant,agency,tier\nmark-on-a-baby,p01,gp,3\nmark-on-a-baby,p02,gp,3\n", encoding="utf-8")
    done = run("progress", before, after)
    assert done.exit_code == 0
    assert "+50 points" in done.stdout
    assert json.loads(run("progress", before, after, "--format", "json").stdout)["changes"][0]["people"] == 2


def test_a_folder_that_holds_no_exercises_is_refused_by_each(tmp_path):
    for arguments in (("list",), ("run",), ("sheet",), ("group", "-"), ("mend", "x")):
        done = CliRunner().invoke(main, ["exercise", *arguments, "--folder", str(tmp_path)], input="")
        assert done.exit_code == 2
        assert "There is no exercise here" in done.stderr


def test_a_folder_with_mistakes_says_each_with_its_place(tmp_path):
    text = (FILES / "mark-on-a-baby.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(text.replace('tier: "3"', "tier: 1").replace("level: 1", "level: 7"), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(text.replace("infant", "infants"), encoding="utf-8")
    done = CliRunner().invoke(main, ["exercise", "list", "--folder", str(tmp_path)])
    assert done.exit_code == 2
    assert [line.split(":")[0].rsplit("/")[-1] for line in done.stderr.splitlines()] == ["one.yaml", "two.yaml"]


def test_a_trainer_sees_what_a_learner_answered_and_why(tmp_path):
    file = tmp_path / "mine.json"
    run("--results", file, "--count", "1", given="3\nbruise\n1\n\n\n\nThe mark is on the cheek.\n")
    shown = flat(run("results", file).stdout)
    assert "A mark on a crawling baby's cheek: The mark is on the cheek." in shown
    assert "ANSWER BY ANSWER" in shown
    (one,) = json.loads(run("results", file, "--format", "json").stdout)["markings"]
    assert (one["said"], one["rules_say"], one["why_differ"]) == ("3", "2A", "The mark is on the cheek.")
    assert run("results", tmp_path / "none.json").exit_code == 2


def test_the_children_of_one_home_come_one_after_the_other(tmp_path):
    for path in FILES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        home = path.stem in ("baby-who-crawls-with-a-mark", "what-the-review-heard")
        text = text.replace("level: ", "household: one-home\nlevel: ") if home else text
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["exercise", "list", "--format", "json", "--folder", str(tmp_path)])
    assert [one["id"] for one in json.loads(done.stdout)][:2] == ["baby-who-crawls-with-a-mark", "what-the-review-heard"]


def test_a_few_of_the_shipped_ones_are_a_mixture_and_the_list_shows_what_a_sheet_takes(tmp_path):
    choice = ("--agency", "school", "--count", "3")
    listed = [one["id"] for one in json.loads(run("list", *choice, "--format", "json", folder=False).stdout)]
    assert listed == [one.id for one in a_mixture(fitting(read_exercises(), agencies=[Agency.SCHOOL]), 3)]
    done = run("sheet", *choice, "--save", tmp_path / "s.html", "--answers", tmp_path / "a.csv", folder=False)
    assert done.exit_code == 0
    rows = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert list(dict.fromkeys(row.split(",")[0] for row in rows)) == listed
    assert len(rows) == 3 * 12
