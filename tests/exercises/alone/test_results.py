"""What is kept of exercises done alone: read with every check, marked anew, and never lost or written over."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds import load_rule_set
from thresholds.cli import main
from thresholds.exercises.alone.results import LeftOut, Results, Unmarked, fingerprint
from thresholds.exercises.alone.results_files import ResultsError, ResultsFile, load_results
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.exercise import ForDiscussion, StepTold, Tone
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.form import read_form
from thresholds.plain_text import is_plain

FILES = Path(__file__).parent.parent / "files"
RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(FILES)
AT_HAND = {one.id: one for one in EXERCISES}
REVIEW, MARK = AT_HAND["what-the-review-heard"], AT_HAND["mark-on-a-baby"]


def flat(shown):
    return " ".join(shown.split())


def run(*arguments, typed=""):
    given = [str(one) for one in ("exercise", *arguments, "--folder", FILES)]
    return CliRunner().invoke(main, given, input=typed)


def answered(*, exercise=REVIEW, moment=0, given=("2A", "attendance_below_90")):
    return Results(RULES, AT_HAND).with_answer(exercise, moment, read_form(*given, rule_set=RULES))


def test_results_come_back_as_they_were_saved(tmp_path):
    before = answered().with_answer(AT_HAND["mark-on-a-baby"], 0, read_form("1", "bruise_or_mark=no", rule_set=RULES))
    ResultsFile(tmp_path / "one.json").keep(before)
    after = load_results(tmp_path / "one.json", EXERCISES, RULES)
    assert after.answered == before.answered
    assert after.kinds == before.kinds
    assert after.kinds[DifferenceKind.SAME_REASONS] == 1
    assert len(after.kinds) >= 3
    (_, mark_on_a_baby) = after.markings
    assert list(after.kinds)[1:] == [
        kind for kind in DifferenceKind if kind in mark_on_a_baby.kinds
    ]  # in one order on every run


def test_an_answer_to_the_same_moment_takes_the_place_of_the_earlier():
    twice = answered().with_answer(REVIEW, 0, read_form("3", rule_set=RULES))
    assert [one.answer.said.value for one in twice.answered] == ["3"]


@pytest.mark.parametrize("digest", ["sha256:0", None])
def test_a_file_from_other_rules_is_refused_and_nothing_is_lost(tmp_path, digest):
    file = tmp_path / "mine.json"
    ResultsFile(file).keep(answered())
    written = json.loads(file.read_text(encoding="utf-8"))
    if digest is None:
        written["rule_set"] = {"id": "hackney-2009", "version": "1", "digest": "sha256:1"}
    else:
        written["rule_set"]["digest"] = digest
    file.write_text(json.dumps(written), encoding="utf-8")
    before = file.read_bytes()
    done = run("--results", file, typed="2A\n\n\n\n\n")
    assert done.exit_code == 2
    assert "These answers were given under other rules than those at hand" in flat(done.output)
    assert "Nothing was changed in this file." in done.output
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.update(format="other"), 'format: Expected "exercise-results/1"'),
        (lambda one: one.pop("answers"), "answers: This is missing."),
        (lambda one: one.update(answer=[]), "answer: There is no such key; did you mean answers?"),
        (lambda one: one.update(answers={}), "answers: Expected a list."),
        (lambda one: one["answers"].append({}), "answer 2: Expected exercise, as_it_was, moment, answer."),
        (lambda one: one["answers"][0].update(moment=9), "answer 1: moment: Expected a number from 0 to 2."),
        (
            lambda one: one["answers"].append(one["answers"][0] | {"as_it_was": "0" * 16}),
            "answer 2: This is to the same moment",
        ),
        (lambda one: one["answers"][0].update(exercise="\x1b[2J"), "answer 1: Expected the id of an exercise"),
        (lambda one: one["answers"][0].update(as_it_was="\x1b[2J"), "answer 1: Expected the id of an exercise"),
        (lambda one: one["answers"][0].update(moment=True), "answer 1: Expected the id of an exercise"),
        (lambda one: one["answers"][0]["answer"].update(why_differ="\x1b[2J"), "answer 1: Expected text alone"),
        (lambda one: one["answers"][0]["answer"].update(why_differ="\ud800"), "answer 1: Expected text alone"),
        (lambda one: one["answers"][0]["answer"].update({"\x1b": "1"}), "answer 1: Expected text alone"),
        (lambda one: one.update({"\x1b[2J": 1}), "(a key that is no name of a fact): There is no such key"),
        (lambda one: one["rule_set"].update(digest="\x1b[2J"), "digest (not shown) then, sha256:"),
        (lambda one: one["answers"][0].update(moment="x"), "answer 1: Expected the id of an exercise, its fingerprint"),
        (lambda one: one["answers"][0]["answer"].update(said="5"), "answer 1: said: Expected 1, 2A, 2B, 3"),
        (lambda one: one["answers"][0]["answer"].update(ask=["violence"]), "violence: There is no such fact. Did you mean"),
    ],
)
def test_a_file_with_mistakes_is_refused_with_each_of_them(tmp_path, change, said):
    file = tmp_path / "mine.json"
    ResultsFile(file).keep(answered())
    written = json.loads(file.read_text(encoding="utf-8"))
    change(written)
    file.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(ResultsError) as error:
        load_results(file, EXERCISES, RULES)
    assert said in str(error.value)
    assert is_plain(str(error.value))
    assert all(problem.startswith(f"{file}: ") for problem in error.value.problems)


def test_a_file_that_is_no_results_at_all(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="This is not JSON"):
        load_results(file, EXERCISES, RULES)


def test_answers_to_an_exercise_that_is_told_otherwise_now_are_kept_and_not_marked():
    changed = REVIEW.model_copy(update={"vignette": "Another text."})
    results = Results(RULES, {changed.id: changed}, answered().answered)
    assert not results.markings
    assert results.left_out == (LeftOut(REVIEW.id, 0, Unmarked.TOLD_OTHERWISE),)
    assert not results.has(changed, 0)


def test_json_says_what_the_page_says_with_what_is_left_out_and_why(tmp_path):
    changed = MARK.model_copy(update={"vignette": "Another text."})
    kept = answered(given=("1", "")).with_answer(MARK, 0, read_form("3", rule_set=RULES))
    gone = EXERCISES[0].model_copy(update={"id": "gone-away"})
    kept = kept.with_answer(gone, 0, read_form("1", rule_set=RULES))
    kept = kept.with_answer(REVIEW, 2, read_form("1", rule_set=RULES))
    some = Results(RULES, {REVIEW.id: REVIEW, changed.id: changed}, kept.answered)
    said = some.to_dict()
    assert set(said) == {"markings", "kinds", "left_out"}
    assert [(one["exercise"], one["moment"]) for one in said["markings"]] == [(REVIEW.id, 0), (REVIEW.id, 2)]
    assert said["kinds"] == {kind.value: sum(kind in one.kinds for one in some.markings) for kind in some.kinds}
    assert 2 in said["kinds"].values()
    assert said["left_out"] == [
        {"exercise": MARK.id, "moment": 0, "why": "told_otherwise_now"},
        {"exercise": "gone-away", "moment": 0, "why": "not_at_hand"},
    ]
    file = tmp_path / "mine.json"
    ResultsFile(file).keep(kept)
    printed = json.loads(run("results", file, "--format", "json").stdout)
    assert printed["left_out"] == said["left_out"][1:]
    assert [one["exercise"] for one in printed["markings"]] == [REVIEW.id, MARK.id, REVIEW.id]
    assert "gone-away: there is no exercise of this id here" in flat(run("results", file).stdout)


def test_the_summary_is_by_kind_of_difference_and_gives_no_mark():
    shown = flat(answered(given=("3", "violence_at_home=yes")).text())
    assert "A fact read into the text" in shown
    assert "Put a finger on the words" in shown
    assert "score" not in shown.lower()


# The file: nobody's answers are written over.


def exercises_in(file):
    return [one["exercise"] for one in json.loads(file.read_text(encoding="utf-8"))["answers"]]


def another():
    return answered(exercise=MARK, given=("3", "bruise_or_mark"))


@pytest.mark.parametrize("is_there_at_the_start", [True, False])
def test_what_another_run_kept_is_not_written_over(tmp_path, is_there_at_the_start):
    file = tmp_path / "mine.json"
    if is_there_at_the_start:
        ResultsFile(file).keep(Results(RULES, AT_HAND))
    one, other = ResultsFile(file), ResultsFile(file)
    one.keep(answered())
    other.keep(another())
    assert (one.path, other.path) == (file, tmp_path / "mine-2.json")
    other.keep(another())  # and so from there on
    assert other.path == tmp_path / "mine-2.json"
    assert exercises_in(file) == [REVIEW.id]
    assert exercises_in(other.path) == [MARK.id]
    assert len(list(tmp_path.iterdir())) == 2
    other.path.write_text("somebody's too", encoding="utf-8")
    other.keep(another())
    assert other.path == tmp_path / "mine-3.json"


def test_a_file_that_is_there_beside_is_not_written_over_either(tmp_path):
    file, taken = tmp_path / "mine.json", tmp_path / "mine-2.json"
    taken.write_text("somebody's", encoding="utf-8")
    late = ResultsFile(file)
    file.write_text("somebody's", encoding="utf-8")
    late.keep(answered())
    assert late.path.name == "mine-3.json"
    assert file.read_text(encoding="utf-8") == taken.read_text(encoding="utf-8") == "somebody's"


def test_a_file_made_between_looking_and_writing_is_not_written_over(tmp_path, monkeypatch):
    file = tmp_path / "mine.json"
    late, opened = ResultsFile(file), Path.open

    def somebody_is_quicker(path, mode="r", **more):
        if mode == "xb" and path == file:
            path.write_text("somebody's", encoding="utf-8")
        return opened(path, mode, **more)

    monkeypatch.setattr(Path, "open", somebody_is_quicker)
    late.keep(answered())
    assert late.path.name == "mine-2.json"
    assert file.read_text(encoding="utf-8") == "somebody's"


def test_a_file_that_was_taken_away_is_made_again_and_an_empty_one_is_begun(tmp_path):
    file = tmp_path / "mine.json"
    file.touch()
    kept = ResultsFile(file)
    assert kept.results(EXERCISES, RULES).answered == ()
    kept.keep(answered())
    file.unlink()
    kept.keep(another())
    assert (kept.path, exercises_in(file)) == (file, [MARK.id])


def test_the_learner_is_told_where_the_answers_are(tmp_path, monkeypatch):
    file = tmp_path / "mine.json"
    kept = ResultsFile.keep

    def another_run_comes_first(this, results):
        if this.path == file:
            kept(ResultsFile(file), answered())
        kept(this, results)

    monkeypatch.setattr(ResultsFile, "keep", another_run_comes_first)
    done = run("--results", file, "--count", "1", typed="2A\n\n\n\n\n")
    assert done.exit_code == 0, done.output
    said = flat(done.output)
    assert f"{file} was changed by another run, or by somebody else" in said
    assert f"Your answers are in {tmp_path / 'mine-2.json'}. --results {tmp_path / 'mine-2.json'} goes on from there." in said
    assert exercises_in(file) == [REVIEW.id]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("broken", ["replace", "chmod"])
def test_a_crash_while_writing_leaves_what_was_there(tmp_path, monkeypatch, broken, is_new):
    file = tmp_path / "mine.json"
    kept = ResultsFile(file)
    if not is_new:
        kept.keep(answered())
    before = [] if is_new else [file.read_bytes()]

    def full(path, *more):
        assert path.read_bytes().endswith(b"}\n")  # whole before it is put in place
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, broken, full)
    with pytest.raises(OSError, match="No space left"):
        kept.keep(another())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == before
    monkeypatch.undo()
    kept.keep(another())
    assert (kept.path, exercises_in(file)) == (file, [MARK.id])


def test_a_learner_whose_file_cannot_be_written_is_told_and_keeps_what_was_kept(tmp_path, monkeypatch):
    file = tmp_path / "mine.json"
    run("--results", file, "--count", "1", typed="2A\n\n\n\n\n")
    before = file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = run("--results", file, typed="2A\n\n\n\n\n")
    assert done.exit_code == 2
    assert "This cannot be written: No space left on device. What was kept before is still there." in flat(done.stderr)
    assert file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are others there")
def test_a_link_stays_a_link_and_the_mode_of_the_file_stays(tmp_path):
    kept_apart = tmp_path / "kept apart"
    kept_apart.mkdir()
    link, file = tmp_path / "mine.json", kept_apart / "real.json"
    link.symlink_to(file)
    kept = ResultsFile(link)
    kept.keep(answered())
    file.chmod(0o640)
    kept.keep(another())
    assert link.is_symlink()
    assert exercises_in(file) == [MARK.id]
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in kept_apart.iterdir()] == ["real.json"]
    ResultsFile(link).results(EXERCISES, RULES)


@pytest.mark.skipif(sys.platform == "win32", reason="links are others there")
def test_links_in_a_circle_are_refused_and_stay(tmp_path):
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.symlink_to(other)
    other.symlink_to(one)
    done = run("--results", one)
    assert done.exit_code == 2
    assert f"{one}: This file cannot be read: " in done.stderr
    assert one.is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are others there")
def test_a_new_file_has_the_mode_of_every_new_file(tmp_path):
    (tmp_path / "any").touch()
    ResultsFile(tmp_path / "mine.json").keep(answered())
    assert (tmp_path / "mine.json").stat().st_mode == (tmp_path / "any").stat().st_mode


@pytest.mark.parametrize("place", ["none/mine.json", "a-file/mine.json"])
def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(tmp_path, place):
    (tmp_path / "a-file").touch()
    done = run("--results", tmp_path / place, typed="2A\n\n\n\n\n")
    assert done.exit_code == 2
    assert "Expected the name of a file in a folder that is there." in flat(done.stderr)
    assert "Which tier?" not in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes of a name here")
def test_a_pipe_in_the_place_of_a_file_is_refused_and_stays(tmp_path):
    """It would be waited for without end, and a device would be replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run("--results", pipe)
    assert (done.exit_code, "Expected a file, and this is a folder, a device or a pipe." in done.stderr) == (2, True)
    assert pipe.is_fifo()


def test_a_file_that_is_kept_from_being_written_is_left_as_it_is(tmp_path):
    file = tmp_path / "mine.json"
    run("--results", file, typed="2A\n\n\n\n\nstop\n")
    before = file.read_bytes()
    file.chmod(0o444)
    done = run("--results", file, typed="2A\n\n\n\n\nstop\n")
    assert (done.exit_code, "kept from being written to" in done.stderr) == (2, True)
    assert file.read_bytes() == before


def test_a_folder_in_the_place_of_a_file_and_no_file_at_all(tmp_path):
    done = run("--results", tmp_path)
    assert (done.exit_code, "Expected a file, and this is a folder" in done.stderr) == (2, True)
    done = run("results", tmp_path / "none.json")
    assert (done.exit_code, "There is no such file." in flat(done.stderr)) == (2, True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may read everything is refused nothing")
def test_a_file_that_may_not_be_read(tmp_path):
    file = tmp_path / "mine.json"
    file.touch(0o000)
    assert "This file cannot be read: " in run("--results", file).stderr


# What is marked.


@pytest.mark.parametrize(
    "changed",
    [
        {"vignette": "Another text."},
        {"facts": MARK.facts},
        {"left_open": {"disabled": "The text does not say."}},
        {"steps": REVIEW.steps[:1]},
        {"steps": (StepTold(told="Another.", learnt=REVIEW.steps[0].learnt, gives=REVIEW.steps[0].gives), *REVIEW.steps[1:])},
        {"tone": Tone(towards="1", because="It is friendly.")},
        {"for_discussion": ForDiscussion(tier="2B", because="It lasts.")},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_an_exercise_that_is_told_otherwise_has_another_fingerprint(changed):
    now = REVIEW.model_copy(update=changed)
    assert fingerprint(now) != fingerprint(REVIEW)
    results = Results(RULES, {now.id: now}, answered().answered)
    assert not results.has(now, 0)
    assert (results.markings, [one.exercise for one in results.left_out]) == ((), [REVIEW.id])


def test_what_nothing_is_marked_by_may_change():
    for changed in ({"title": "Another"}, {"level": 3}, {"learning_points": ("Another.",)}, {"agencies": MARK.agencies}):
        assert fingerprint(REVIEW.model_copy(update=changed)) == fingerprint(REVIEW)


def test_the_summary_names_what_is_kept_and_not_marked():
    changed = REVIEW.model_copy(update={"vignette": "Another text."})
    both = (
        answered().with_answer(MARK, 0, read_form("3", rule_set=RULES)).with_answer(REVIEW, 1, read_form("3", rule_set=RULES))
    )
    some = Results(RULES, {changed.id: changed, MARK.id: MARK}, both.answered)
    shown = flat(some.text())
    assert "1 answer; the same tier as the rules' view in 1." in shown
    assert (
        f"KEPT AND NOT MARKED - {REVIEW.id}: it is told otherwise now - {REVIEW.id}, step 1: it is told otherwise now" in shown
    )
    assert "KEPT AND NOT MARKED" not in both.text()
    assert "No answer that can be shown yet." in Results(RULES, {}, both.answered).text()
    assert [one.why for one in Results(RULES, {}, both.answered).left_out] == [Unmarked.NOT_AT_HAND] * 3
