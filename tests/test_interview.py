"""The interview: what is asked, what may be typed, undo and stop; and how soon it comes to the tier of the full record."""

import statistics
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.interviews import by_tier
from thresholds import Suggestion
from thresholds.case_files import suggest_from_file
from thresholds.cli import main
from thresholds.interview import Interview, read_answer
from thresholds.plain_text import is_plain

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "cases"


def shipped_cases():
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))
    return [one.case for path in files for one in suggest_from_file(str(path)) if isinstance(one, Suggestion)]


def test_an_interview_begins_with_the_age_and_the_opening_questions():
    interview = Interview.begin()
    assert interview.question.fact.name == "age_months"
    assert interview.answer(40).question.required


def test_not_known_is_never_asked_twice():
    interview = Interview.begin({"age_months": 40})
    asked = []
    while interview.question:
        asked.append(interview.question.fact.name)
        interview = interview.answer(None)
    assert len(asked) == len(set(asked))
    assert interview.suggestion.case == Interview.begin({"age_months": 40}).suggestion.case


def test_undo_takes_the_last_answer_back():
    begun = Interview.begin({"age_months": 40})
    assert begun.answer("yes").undo() == begun
    assert begun.undo() is begun


def test_a_question_that_could_change_nothing_is_not_asked():
    interview = Interview.begin({"age_months": 3, "hurt_by_adult": "yes"})
    assert interview.to_ask.tier_is_settled


@pytest.mark.parametrize(("typed", "answer"), [("y", "yes"), ("No", "no"), ("sus", "suspected"), ("3", "yes"), ("1", "no")])
def test_what_may_be_typed(typed, answer):
    question = Interview.begin({"age_months": 40}).question
    assert read_answer(question, typed) == answer


@pytest.mark.parametrize("typed", ["maybe", "4", "0", "-1", "yesno", "\x1b[A"])
def test_what_may_not_be_typed_is_refused_and_not_repeated(typed):
    question = Interview.begin({"age_months": 40}).question
    with pytest.raises(ValueError, match="Expected no, suspected or yes") as refused:
        read_answer(question, typed)
    assert typed not in str(refused.value).replace("yes", "").replace("no", "")


def test_a_number_is_read_as_one():
    question = Interview.begin().question
    assert read_answer(question, " 40 ") == 40
    with pytest.raises(ValueError, match="whole number"):
        read_answer(question, "forty")


def test_an_interview_comes_to_the_tier_of_the_full_record_within_twelve_questions_after_the_gates():
    held = by_tier(shipped_cases())
    assert len(held) == 5
    for tier, interviews in held.items():
        assert [one.case.reference for one in interviews if one.tier != tier] == []
        assert statistics.median(one.to_reach for one in interviews) <= 12


# In a terminal.


def talk(typed, *options):
    return CliRunner().invoke(main, ["interview", *options], input=typed)


def test_an_interview_in_a_terminal_shows_the_range_move_and_ends_with_the_suggestion():
    done = talk("40\nno\nsuspected\nstop\n")
    assert done.exit_code == 0
    assert "Now: at least Tier 2A, could be 2A to 3. Before: no tier: too little known, could be 1 to 3." in done.stdout
    assert "It is not a decision." in done.stdout


@pytest.mark.parametrize("typed", ["", "40\n", "40\n\n\n", "undo\nstop\n", "?\nstop\n", "40\nnonsense\nstop\n", "999\nstop\n"])
def test_stopping_undoing_and_mistyping_never_break_it(typed):
    done = talk(typed)
    assert done.exit_code == 0
    assert "ABOUT THIS SUGGESTION" in done.stdout
    assert "999" not in done.stdout
    assert "nonsense" not in done.stdout


@pytest.mark.parametrize("typed", [b"\x1b[A", b"yes\x07", b"\xff", "\ud800".encode("utf-8", "surrogatepass"), b"\x00"])
def test_what_is_no_text_is_refused_where_it_is_typed_and_the_interview_goes_on(typed):
    done = talk(b"40\n" + typed + b"\nsuspected\nstop\n")
    assert done.exit_code == 0, done.output
    assert done.stdout.count("There is something in this that is no text") == 1
    assert "Known: 2 of" in " ".join(done.stdout.split())
    assert is_plain(done.stdout)


def test_back_is_no_word_of_an_interview_and_undo_says_when_there_is_nothing_to_take_back():
    done = talk("40\nback\nb\nstop\n")
    assert done.stdout.count("Expected no, suspected or yes") == 2
    assert "Known: 1 of" in " ".join(done.stdout.split())
    assert "There is nothing to take back." in talk("u\nstop\n").stdout


def test_a_question_mark_says_why_it_is_asked_and_asks_again():
    asked = Interview.begin().question.fact.question
    shown = talk("?\nstop\n").stdout
    assert shown[: shown.rindex("> ")].count(asked) == 2
    assert "Why it is asked: " in shown
    assert "Who would know: " in shown
    assert " ".join(shown.split()).count('"undo": take the last answer back. "stop": end here. "?": say more.') == 2


def test_undo_in_a_terminal():
    done = talk("40\nyes\nundo\nstop\n")
    assert "Known: 1 of" in " ".join(done.stdout.split())


def test_the_case_can_be_saved_and_taken_up_again(tmp_path):
    file = tmp_path / "case.yaml"
    assert talk("40\nyes\nstop\n", "--save", str(file)).exit_code == 0
    (saved,) = suggest_from_file(str(file))
    assert saved.case.known() == {"hurt_or_ill_treated": "yes", "age_months": 40}
    again = talk("stop\n", "--from", str(file))
    assert again.exit_code == 0
    assert "3 years 4 months" in again.stdout


def test_a_file_that_exists_is_never_written_over(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("age_months: 3\n", encoding="utf-8")
    done = talk("40\nstop\n", "--save", str(file))
    assert done.exit_code == 2
    assert "does not exist yet" in done.stderr
    assert file.read_text(encoding="utf-8") == "age_months: 3\n"


def test_it_cannot_begin_with_what_is_no_case(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("age_month: 3\n", encoding="utf-8")
    done = talk("", "--from", str(file))
    assert done.exit_code == 2
    assert "Did you mean age_months?" in done.stderr
