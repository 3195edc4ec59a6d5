"""Asking in a terminal: which words mean the same everywhere, what is refused, and lines that can be copied from."""

import builtins
import io
import sys

import pytest

from thresholds.terminal import GoBack, Stopped, folded, take_what_is_typed, typed

REFUSED = "There is something in this that is no text"


def answer(*lines, back=("undo",), monkeypatch):
    """What comes of typing these lines, one after the other; and how often it was asked, and more was said."""
    waiting, asked, told = iter(lines), [], []

    def given(prompt):
        line = next(waiting, EOFError())
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr(builtins, "input", given)
    try:
        return typed(lambda: asked.append(1), lambda: told.append(1), 80, back), len(asked), len(told)
    except (Stopped, GoBack) as end:
        return type(end), len(asked), len(told)


@pytest.mark.parametrize("word", ["stop", "QUIT", " q "])
def test_the_words_that_end(monkeypatch, word):
    assert answer(word, monkeypatch=monkeypatch) == (Stopped, 1, 0)


@pytest.mark.parametrize("end", [EOFError(), KeyboardInterrupt()])
def test_the_end_of_the_input_ends_on_a_line_of_its_own(monkeypatch, capsys, end):
    assert answer(end, monkeypatch=monkeypatch) == (Stopped, 1, 0)
    assert capsys.readouterr().out == "\n"


@pytest.mark.parametrize("word", ["?", "Help"])
def test_who_wants_to_know_more_is_told_and_asked_again(monkeypatch, word):
    assert answer(word, word, "yes", monkeypatch=monkeypatch) == ("yes", 3, 2)


def test_only_the_words_that_are_given_go_back(monkeypatch):
    assert answer("Undo", monkeypatch=monkeypatch) == (GoBack, 1, 0)
    assert answer("back", monkeypatch=monkeypatch) == ("back", 1, 0)
    assert answer("undo", back=("back", "b"), monkeypatch=monkeypatch) == ("undo", 1, 0)


@pytest.mark.parametrize("given", ["yes\x1b[A", "\udcff", "\x00", UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text")])
def test_what_is_no_text_is_refused_and_asked_again(monkeypatch, capsys, given):
    assert answer(given, "a\tb ", monkeypatch=monkeypatch) == ("a b", 2, 0)
    assert REFUSED in capsys.readouterr().out


def test_a_byte_that_is_no_text_takes_nothing_else_with_it(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\nyes\n"), encoding="utf-8"))
    take_what_is_typed()
    assert typed(lambda: None, lambda: None, 80, ()) == "yes"
    assert REFUSED in capsys.readouterr().out
    take_what_is_typed()  # it has been read from, and cannot be changed any more


def test_there_may_be_no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    take_what_is_typed()


def test_no_word_is_broken_and_lines_stand_under_each_other():
    name = "/a-folder/with-a-name/that-is-long.json"
    shown = folded(f"It is in {name} now.", 20, "  1. ")
    assert shown.splitlines() == ["  1. It is in", f"     {name}", "     now."]
