"""Exercises in the terminal and what is kept of them: by keyboard alone, resumable, and never lost."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds import load_rule_set
from thresholds.cli import main
from thresholds.exercises.alone.results_files import load_results
from thresholds.exercises.answer import pathways_of
from thresholds.exercises.exercise_files import read_exercises
from thresholds.plain_text import is_plain

FILES = Path(__file__).parent.parent / "files"
RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(FILES)


def flat(shown):
    return " ".join(shown.split())


def run(*arguments, typed=""):
    given = [str(one) for one in ("exercise", *arguments, "--folder", FILES)]
    return CliRunner().invoke(main, given, input=typed)


def test_a_whole_exercise_by_keyboard_with_feedback_and_a_summary():
    done = run("--count", "1", typed="2B\nbruise\n1\n\n\n\nIt is small.\n")
    assert done.exit_code == 0, done.output
    shown = flat(done.output)
    assert "1 of 1: A mark on a crawling baby's cheek" in shown
    assert "This case is made up." in shown
    assert "You: Tier 2B. The rules: Tier 2A." in shown
    assert "Your answers so far" in shown
    assert "1 answer; the same tier as the rules' view in 0." in shown
    assert "A mark on a crawling baby's cheek: It is small." in shown


def test_no_command_is_the_same_as_run():
    assert run("--count", "1", typed="stop\n").output == run("run", "--count", "1", typed="stop\n").output


def test_back_goes_to_the_question_before_and_a_question_mark_says_more():
    done = run("--count", "1", typed="?\n1\nback\n2A\nbruise\n1\n\n\n\n")
    assert "Too little to say: for a text that leaves out what would have to be known." in flat(done.output)
    assert "You: Tier 2A." in done.output


def test_a_question_mark_lists_the_panels_and_services_by_number():
    every = pathways_of(RULES)
    shown = flat(run("--count", "1", typed=f"2A\nbruise\n1\n\n\n?\n{every.index('MAT') + 1}\n\n").output)
    listed = shown.partition('"?" lists them.')[2].partition("Feedback")[0]
    assert all(f"{number}. {flat(name)}" in listed for number, name in enumerate(every, 1))
    assert "You: MAT, which the rules name too. They name more" in shown


@pytest.mark.parametrize("whole", ["MAT", "mat", "none", "no service"])
def test_a_whole_name_of_a_place_is_taken_as_it_stands(whole):
    shown = flat(run("--count", "1", typed=f"2A\n\n\n{whole}\nstop\n").output)
    assert "Which of these?" not in shown
    assert f"You: {'MAT' if whole.lower() == 'mat' else 'no service'}" in shown


def test_a_part_of_a_name_is_shown_with_its_number_and_chosen():
    every = pathways_of(RULES)
    (nurse,) = (number for number, name in enumerate(every, 1) if "school nurse" in name.lower())
    asked = run("--count", "1", typed=f"2A\n\n\nschool nurse\n{nurse}\n\n").output
    assert f"{nurse}. {every[nurse - 1]}" in flat(asked)
    assert f"You: {every[nurse - 1]}" in flat(asked)
    named_none = flat(run("--count", "1", typed="2A\n\n\nschool nurse\n\n\n").output)
    assert "Which of these? Its number; Enter: you name no place; or other words." in named_none
    assert f"You: {every[nurse - 1]}" not in named_none
    not_listed = flat(run("--count", "1", typed="2A\n\n\nschool nurse\n1\n\n\n").output)
    assert "No place has this number here." in not_listed
    several = [name for name in every if "first response" in name.lower()]
    assert len(several) > 1
    last = every.index(several[-1]) + 1
    chosen = flat(run("--count", "1", typed=f"2A\n\n\nfirst resp\n{last}\n\n").output)
    assert all(f"{every.index(name) + 1}. {flat(name)}" in chosen.partition("Which of these?")[0] for name in several)
    assert f"You: {flat(several[-1])}" in chosen


@pytest.mark.parametrize("number", ["0", "99"])
def test_a_number_that_no_place_has_is_said(number):
    shown = flat(run("--count", "1", typed=f"2A\n\n\n{number}\nMAT\n\n").output)
    assert "No place has this number here." in shown
    assert "You: MAT" in shown


def test_the_last_line_before_going_on_says_the_two_views_once_more():
    shown = flat(run("--count", "1", typed="2B\n\n\n\n\n").output)
    assert "You: Tier 2B. The rules: Tier 2A. This is no decision." in shown


def test_what_cannot_be_read_is_answered_and_asked_again():
    done = run("--count", "1", typed="2C\n2A\nzzzz\nbruise=purple\n1\nbruise\n1\n\n\nmaat\nMAT\n")
    shown = flat(done.output)
    assert "did you mean 2A or 2B?" in shown
    assert "There is no such fact." in shown
    assert "bruise_or_mark: Expected no, suspected or yes" in shown
    assert "did you mean MAT?" in shown
    assert "You: MAT, which the rules name too. They name more" in shown


def test_several_facts_that_fit_are_numbered_to_choose_from():
    done = run("--count", "1", typed="2A\nmark\n99\n1\n\n\n\n")
    shown = flat(done.output)
    assert "1. " in shown
    assert "Which of these? Its number; Enter: none; or other words." in shown
    assert "Expected a number from 1 to" in shown
    assert "noted 1: " in shown


def test_results_are_kept_after_each_answer_and_gone_on_from(tmp_path):
    file = tmp_path / "mine.json"
    first = run("--results", file, "--count", "2", typed="2A\nbruise\n1\n\n\n\nstop\n")
    assert first.exit_code == 0, first.output
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert [one["exercise"] for one in kept["answers"]] == ["baby-who-crawls-with-a-mark"]
    again = run("--results", file, "--count", "2", typed="3\nbruise\n1\n\n\n\n")
    assert "1 to do." in again.output
    assert "1 of 1: A mark on a baby's cheek" in again.output
    assert len(json.loads(file.read_text(encoding="utf-8"))["answers"]) == 2
    third = run("--results", file, "--count", "2")
    assert "0 to do. You have answered all of these: a higher --count" in flat(third.output)
    assert "2 answers; the same tier as the rules' view in 2." in third.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.json"]


def test_an_unfolding_exercise_is_gone_on_with_in_the_middle(tmp_path):
    file = tmp_path / "mine.json"
    run("--results", file, "--level", "2", typed="2A\nattendance below\n1\n\n\n\nstop\n")
    again = run("--results", file, "--level", "2", typed="3\nweapon threatened\n1\n\n\n\n\n3\n\n\n\n")
    assert "(You have answered this already.)" in again.output
    assert [one["moment"] for one in json.loads(file.read_text(encoding="utf-8"))["answers"]] == [0, 1, 2]


def test_why_they_differ_is_kept_and_shown_to_the_trainer(tmp_path):
    file = tmp_path / "mine.json"
    run("--results", file, "--count", "1", typed="3\nbruise\n1\n\n\n\nThe mark is on the cheek.\n")
    assert load_results(file, EXERCISES, RULES).answered[0].answer.why_differ == "The mark is on the cheek."
    assert "The mark is on the cheek." in run("--results", file, "--count", "1").output


def test_feedback_waits_to_be_read_and_says_on_asking_where_it_comes_from():
    done = run("--count", "2", typed="2A\nbruise\n1\n\n\n\n?\n\n3\nstop\n")
    feedback, _, rest = done.output.partition("This is no decision.")
    assert "THE RULES' VIEW: WHY" in feedback
    assert "THE RULES' VIEW: SOURCES" not in feedback
    asked, _, after = rest.partition("THE RULES' VIEW: SOURCES")
    assert "Enter: go on." in asked
    assert "Seen:" in after
    assert "Rule set hackney-2011" in after
    assert "2 of 2: A mark on a baby's cheek" in after  # only once somebody has read the first
    assert "2 of 2" not in feedback + asked


@pytest.mark.parametrize("given", ["3", "2A"])
def test_who_stops_at_the_feedback_loses_nothing_and_nobody_goes_back_behind_it(given):
    done = run("--count", "1", typed=f"{given}\nbruise\n1\n\n\n\nback\nstop\n")
    assert done.exit_code == 0, done.output
    assert "your answer stays as you gave it" in flat(done.output)
    assert f"1 answer; the same tier as the rules' view in {1 if given == '2A' else 0}." in flat(done.output)


def test_who_goes_back_to_the_tier_is_shown_what_they_said_and_keeps_it_with_enter(tmp_path):
    kept = tmp_path / "mine.json"
    done = run("--count", "1", "--results", kept, typed="2B\nback\n\n\n\n\n\n")
    assert "You said: Tier 2B. Enter alone keeps it." in flat(done.output)
    (answer,) = json.loads(kept.read_text(encoding="utf-8"))["answers"]
    assert answer["answer"] == {"said": "2B"}


def test_enter_alone_is_no_tier_at_first():
    assert "Expected 1, 2A, 2B, 3, too little to say, or not a question of thresholds" in flat(
        run("--count", "1", typed="\nstop\n").output
    )


@pytest.mark.parametrize("typed", [b"\x1b[A", b"small \x07", b"\xff", "\ud800".encode("utf-8", "surrogatepass"), b"\x00"])
def test_what_is_no_text_is_refused_where_it_is_typed_and_nothing_of_it_comes_back(tmp_path, typed):
    kept = tmp_path / "mine.json"
    given = [str(one) for one in ("exercise", "--count", "1", "--results", kept, "--folder", FILES)]
    done = CliRunner().invoke(main, given, input=b"2B\n\n\n\n" + typed + b"\nIt is small.\n")
    assert done.exit_code == 0, done.output
    assert "There is something in this that is no text" in flat(done.output)
    assert is_plain(done.output)
    (answer,) = json.loads(kept.read_text(encoding="utf-8"))["answers"]
    assert answer["answer"].get("why_differ", "It is small.") == "It is small."


def test_a_tab_is_a_space(tmp_path):
    kept = tmp_path / "mine.json"
    run("--count", "1", "--results", kept, typed="2B\n\n\n\nIt\tis small.\n")
    assert load_results(kept, EXERCISES, RULES).answered[0].answer.why_differ == "It is small."


def test_a_question_mark_at_the_tier_says_what_each_means():
    shown = flat(run("--count", "1", typed="?\nstop\n").output)
    assert "Tier 2B: several concerns about child and family together" in shown
