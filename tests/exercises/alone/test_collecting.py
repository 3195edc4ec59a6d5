"""Answers of several learners collected into the CSV of a group: none is altered, and none is lost in silence."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds import load_rule_set
from thresholds.cli import main
from thresholds.exercises.alone.results import Results
from thresholds.exercises.alone.results_files import ResultsFile
from thresholds.exercises.answer import LONGEST_NOTE, LearnersAnswer, pathways_of
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.form import read_form
from thresholds.exercises.room.group_files import read_group
from thresholds.exercises.room.sheets import COLUMNS

FILES = Path(__file__).parent.parent / "files"
RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(FILES)
AT_HAND = {one.id: one for one in EXERCISES}
REVIEW, MARK = AT_HAND["what-the-review-heard"], AT_HAND["mark-on-a-baby"]
FORMULAS = ['=HYPERLINK("https://example.org")', "+1", "-1+1", "@SUM(A1)", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201"]


def collect(*arguments):
    return CliRunner().invoke(main, ["exercise", "collect", *map(str, arguments), "--folder", str(FILES)])


def flat(shown):
    return " ".join(shown.split())


def kept(file, *answers, rules=RULES, exercises=AT_HAND):
    """A file of results with these answers, each an exercise, a moment and an answer."""
    results = Results(rules, exercises)
    for exercise, moment, answer in answers:
        results = results.with_answer(exercise, moment, answer)
    ResultsFile(file).keep(results)
    return file


def said(*given):
    return read_form(*given, rule_set=RULES)


def cells_of(file):
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_what_is_collected_is_read_back_with_the_same_answers(tmp_path):
    one = (
        (
            MARK,
            0,
            said(
                "3",
                "bruise_or_mark=suspected; injury_explanation_doubtful",
                "disabled; mark_recorded_at_birth",
                "MAT",
                'Both, "so"; yes.',
            ),
        ),
        (REVIEW, 0, said("too little", "attendance_below_90; incidents_12_months=3")),
        (REVIEW, 2, said("not", "", "", "none", "x" * LONGEST_NOTE)),
    )
    other = ((MARK, 0, said("2A")), (REVIEW, 1, said("1", "", "disabled")))
    first, second, written = (tmp_path / name for name in ("1.json", "2.json", "answers.csv"))
    done = collect(f"p01={kept(first, *one)}", f"P 2={kept(second, *other)}", "--save", written)
    assert (done.exit_code, done.stderr) == (0, "")
    assert f"5 answers, of 2 participants: {written}" in done.stdout
    read = read_group(written, EXERCISES, RULES)
    assert (read.refused, read.participants) == ((), ("p01", "p02"))
    assert [(line.participant, line.exercise, line.moment, line.answer) for line in read.answers] == [
        *(("p01", *answer) for answer in one),
        *(("p02", *answer) for answer in other),
    ]
    assert list(cells_of(written)[0]) == ["exercise", "participant", "step", *COLUMNS[2:]]
    assert {line["agency"] for line in cells_of(written)} == {""}
    tiers = [line["tier"] for line in cells_of(written)]
    assert tiers == ["3", "too little to say", "not a question of thresholds", "2A", "1"]  # as a person would write them
    assert written.read_bytes().startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    group = CliRunner().invoke(main, ["exercise", "group", str(written), "--folder", str(FILES)])
    assert (group.exit_code, group.stderr) == (0, "")


@pytest.mark.parametrize("place", pathways_of(RULES))
def test_every_place_is_read_back(tmp_path, place):
    answer = LearnersAnswer(said="3", pathway=place)
    collect(f"p1={kept(tmp_path / '1.json', (MARK, 0, answer))}", "--save", tmp_path / "a.csv")
    (line,) = read_group(tmp_path / "a.csv", EXERCISES, RULES).answers
    assert line.answer == answer


@pytest.mark.parametrize("why", FORMULAS)
def test_no_spreadsheet_takes_what_somebody_wrote_for_a_formula_and_it_is_read_back(tmp_path, why):
    answer = LearnersAnswer(said="3", why_differ=why, pathway=why)
    collect(f"p1={kept(tmp_path / '1.json', (MARK, 0, answer))}", "--save", tmp_path / "a.csv")
    (cells,) = cells_of(tmp_path / "a.csv")
    assert cells["why"] == cells["pathway"] == f"\N{NO-BREAK SPACE}{why}"
    (line,) = read_group(tmp_path / "a.csv", EXERCISES, RULES).answers
    assert line.answer.why_differ == why


def test_lines_in_what_somebody_wrote_are_never_lines_of_the_table(tmp_path):
    answer = LearnersAnswer(said="3", why_differ="See\nmark-on-a-baby,p02,0,,1,,,,\n\t=1+1")
    collect(f"p1={kept(tmp_path / '1.json', (MARK, 0, answer))}", "--save", tmp_path / "a.csv")
    (line,) = read_group(tmp_path / "a.csv", EXERCISES, RULES).answers
    assert (line.participant, line.answer.why_differ) == ("p01", "See mark-on-a-baby,p02,0,,1,,,, =1+1")


def test_a_fact_that_a_file_names_twice_is_named_once(tmp_path):
    twice = LearnersAnswer(said="3", carried_by=[{"fact": "bruise_or_mark"}, {"fact": "bruise_or_mark", "answer": "yes"}])
    collect(f"p1={kept(tmp_path / '1.json', (MARK, 0, twice))}", "--save", tmp_path / "a.csv")
    (line,) = read_group(tmp_path / "a.csv", EXERCISES, RULES).answers
    assert line.answer.cited() == twice.cited()


def test_what_cannot_be_marked_is_not_in_it_and_said(tmp_path):
    gone, changed = MARK.model_copy(update={"id": "gone-away"}), REVIEW.model_copy(update={"vignette": "Another."})
    first = kept(tmp_path / "1.json", (MARK, 0, said("3")), (gone, 0, said("3")), (changed, 1, said("3")))
    nothing = kept(tmp_path / "2.json")
    done = collect(f"p1={first}", f"p2={nothing}", "--save", tmp_path / "a.csv")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "Not in it:",
        "p01: gone-away: there is no exercise of this id here.",
        "p01: what-the-review-heard, step 1: it is told otherwise now.",
        "p02: there is no answer in the file.",
    ]
    assert [(line["participant"], line["exercise"]) for line in cells_of(tmp_path / "a.csv")] == [("p01", MARK.id)]


def test_where_there_is_no_answer_nothing_is_written(tmp_path):
    done = collect(f"p1={kept(tmp_path / '1.json')}", "--save", tmp_path / "a.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "p01: there is no answer in the file. There is no answer here that can be used" in flat(done.stderr)
    assert not (tmp_path / "a.csv").exists()


def test_every_mistake_is_said_at_once_without_what_may_be_a_name_and_nothing_is_written(tmp_path):
    good, wrong, broken = (tmp_path / name for name in ("good.json", "other-rules.json", "broken.json"))
    kept(good, (MARK, 0, said("3")))
    kept(wrong, (MARK, 0, said("3")), rules=load_rule_set("hackney-2009"))
    broken.write_text("{", encoding="utf-8")
    given = [
        "Somebody=a.json",
        f"p1={good}",
        f"p01={good}",
        f"p2={good}",
        f"p3={wrong}",
        f"p4={broken}",
        "p5=",
        "p6",
        "p7=no=ne.json",
    ]
    done = collect(*given, "--save", tmp_path / "a.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    for expected in (
        "number 1 of 9: Expected a letter or two and a number",
        "p01: This is given twice: each who took part has one file.",
        "p02: This is the file of p01 too: each who took part has their own.",
        f"p03: {wrong}: rule_set: These answers were given under other rules than those at hand",
        f"p04: {broken}: This is not JSON",
        "number 7 of 9: Expected a number and a file, as in p01=my-answers.json.",
        "number 8 of 9: Expected a number and a file, as in p01=my-answers.json.",
        "p07: no=ne.json: There is no such file.",
    ):
        assert expected in flat(done.stderr)
    assert "Somebody" not in done.stderr
    assert not (tmp_path / "a.csv").exists()


def test_nothing_is_written_over(tmp_path):
    file = kept(tmp_path / "1.json", (MARK, 0, said("3")))
    before = file.read_bytes()
    done = collect(f"p1={file}", "--save", file)
    assert (done.exit_code, "does not exist yet" in done.stderr) == (2, True)
    assert file.read_bytes() == before
    assert collect("--save", tmp_path / "a.csv").exit_code == 2
    assert collect(f"p1={file}").exit_code == 2


def test_what_a_learner_typed_is_collected(tmp_path):
    place = ["--folder", str(FILES)]
    done = CliRunner().invoke(
        main, ["exercise", "--results", str(tmp_path / "1.json"), "--count", "1", *place], input="3\nbruise\n1\n\n\n\n=so\n"
    )
    assert done.exit_code == 0, done.output
    collect(f"p9={tmp_path / '1.json'}", "--save", tmp_path / "a.csv")
    (line,) = read_group(tmp_path / "a.csv", EXERCISES, RULES).answers
    (answer,) = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))["answers"]
    assert line.answer == LearnersAnswer.model_validate(answer["answer"])
    assert line.answer.why_differ == "=so"
