"""Noting facts in a terminal: nothing is noted that was not chosen, and what was noted can be taken back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds.cli import main
from thresholds.facts.vocabulary import FACTS

FILES = Path(__file__).parent.parent / "files"
BRUISE, VIOLENCE = FACTS["bruise_or_mark"], FACTS["violence_at_home"]


def answer(typed, tmp_path):
    """What is kept of an answer whose questions about facts are answered so, and what was printed."""
    kept = tmp_path / "mine.json"
    given = ["exercise", "--count", "1", "--results", str(kept), "--folder", str(FILES)]
    done = CliRunner().invoke(main, given, input=f"2A\n{typed}\n\n\n")
    assert done.exit_code == 0, done.output
    (one,) = json.loads(kept.read_text(encoding="utf-8"))["answers"]
    answered = one["answer"]
    cited = {fact["fact"]: fact.get("answer") for fact in answered.get("carried_by", ())}
    return cited, answered.get("ask", []), " ".join(done.output.split())


@pytest.mark.parametrize("yes", ["1", "y", "YES"])
def test_what_one_word_finds_is_shown_and_noted_only_when_it_is_chosen(tmp_path, yes):
    cited, asked, shown = answer(f"bruise\n{yes}\n\nmark recorded at\n1\n\n", tmp_path)
    assert (list(cited), asked) == (["bruise_or_mark"], ["mark_recorded_at_birth"])
    assert f"1. {BRUISE.says} [bruise_or_mark]" in shown
    assert "Is it this? 1: yes; Enter: no; or other words." in shown
    assert f"noted 1: {BRUISE.says}" in shown


@pytest.mark.parametrize("no", ["", "n", "No", "none", "back"])
def test_what_was_found_and_not_meant_is_not_noted(tmp_path, no):
    cited, asked, shown = answer(f"bruise\n{no}\n\nmark recorded at\n{no}\n\n", tmp_path)
    assert (cited, asked) == ({}, [])
    assert "noted 1" not in shown
    assert "You said: " not in shown  # "back" goes to the list of facts, and no further


@pytest.mark.parametrize("whole", ["bruise_or_mark", "Bruise or mark", BRUISE.says])
def test_a_whole_name_or_statement_is_noted_at_once(tmp_path, whole):
    cited, _, shown = answer(f"{whole}\n\n\n", tmp_path)
    assert list(cited) == ["bruise_or_mark"]
    assert "Is it this?" not in shown


def test_other_words_look_again_with_their_own_answer(tmp_path):
    cited, _, shown = answer("hit=yes\nbruise=suspected\n1\n\n\n", tmp_path)
    assert cited == {"bruise_or_mark": "suspected"}
    assert "Which of these? Its number; Enter: none; or other words." in shown


@pytest.mark.parametrize("wrong", ["0", "99", "\u00b2", "yes"])
def test_a_number_that_is_not_listed_is_said_and_asked_again(tmp_path, wrong):
    cited, _, shown = answer(f"hit\n{wrong}\n1\n\n\n", tmp_path)
    assert list(cited) == ["hurt_by_adult"]
    assert "Expected a number from 1 to" in shown


def test_a_noted_fact_is_taken_back_by_its_number(tmp_path):
    cited, asked, shown = answer(
        "bruise_or_mark=suspected\nviolence_at_home\n-1\n\nbruise_or_mark\nviolence_at_home\n- 2\n\n", tmp_path
    )
    assert (list(cited), asked) == (["violence_at_home"], ["bruise_or_mark"])
    assert f"taken back: {BRUISE.says}: suspected Still noted: 1. {VIOLENCE.says}" in shown
    assert f"taken back: {VIOLENCE.question}" in shown
    assert shown.count('("-1" takes it back.)') == 2


@pytest.mark.parametrize("typed", ["take back", "-"])
def test_what_is_noted_is_listed_and_nothing_is_taken_back_by_that(tmp_path, typed):
    cited, _, shown = answer(f"{typed}\nbruise_or_mark\nviolence_at_home\n{typed}\n-3\n-0\n\n\n", tmp_path)
    assert list(cited) == ["bruise_or_mark", "violence_at_home"]
    assert "Nothing is noted here." in shown
    assert f"Noted: 1. {BRUISE.says} 2. {VIOLENCE.says}" in shown
    assert "Nothing is noted as 3. Noted: 1. " in shown
    assert "Nothing is noted as 0. Noted: 1. " in shown


def test_a_question_mark_says_how_to_take_back_and_to_choose(tmp_path):
    _, _, shown = answer("?\nbruise\n?\n1\n\n\n", tmp_path)
    assert '"-1" takes back what is noted as 1; "take back" lists what is noted.' in shown
    assert "A number notes that one." in shown


def test_going_back_takes_no_noted_fact_away_from_the_middle_of_a_question_either(tmp_path):
    cited, asked, shown = answer(
        "bruise_or_mark\nback\n2A\nviolence_at_home\n\nbruise_or_mark\nback\n\nviolence_at_home\n\n", tmp_path
    )
    assert list(cited) == ["bruise_or_mark", "violence_at_home"]
    assert asked == ["bruise_or_mark", "violence_at_home"]
    assert f"Noted before: 1. {BRUISE.says}" in shown
    assert f"Noted before: 1. {BRUISE.question}" in shown


def test_the_same_fact_again_keeps_its_number_and_takes_the_new_answer(tmp_path):
    cited, _, shown = answer("bruise_or_mark\nviolence_at_home\nbruise_or_mark=no\n\n\n", tmp_path)
    assert cited == {"bruise_or_mark": "no", "violence_at_home": None}
    assert f"noted 1: {BRUISE.says}: no" in shown


def test_words_that_find_nothing_note_nothing(tmp_path):
    cited, _, shown = answer("zebra=yes\n\n\n", tmp_path)
    assert cited == {}
    assert "There is no such fact. Other words may find it; what no fact says" in shown


@pytest.mark.parametrize("word", ["suspected", "Yes"])
def test_an_answer_without_its_fact_is_told_how_it_goes(tmp_path, word):
    cited, _, shown = answer(f"bruise_or_mark\n{word}\n\n\n", tmp_path)
    assert cited == {"bruise_or_mark": None}
    assert f"An answer goes with its fact, as in bruise={word.lower()}." in shown
