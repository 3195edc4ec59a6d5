"""Noting facts one at a time in a terminal: found by words, chosen by number, and taken back at any time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from thresholds.exercises.alone.asking import typed
from thresholds.exercises.answer import AnswerError, CitedFact, read_cited
from thresholds.exercises.finding_facts import facts_like, in_a_line, respelt
from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage
from thresholds.terminal import GoBack, say
from thresholds.views import wording

_FACTS = (
    "Which facts in the text carry it? One at a time, in a word or two (bruise; or bruise=suspected); Enter alone when there "
    "are no more."
)
_ASK = "What would you ask next? One at a time, in a word or two; Enter alone when there is no more."
_TAKE_BACK = '"-1" takes back what is noted as 1; "take back" lists what is noted.'
_CHOOSE = 'A number notes that one. Enter alone notes none of them, and so does "back". Other words look again.'
_IS_IT, _WHICH = "Is it this? 1: yes; Enter: no; or other words.", "Which of these? Its number; Enter: none; or other words."
_LIST, _OFF = ("take back", "-"), re.compile(r"-\s*([0-9]{1,3})")
_YES, _NO = ("y", "yes"), ("n", "no", "none")
_ANSWERS = ("suspected", "yes")
_INDENT = "    "
_N = TypeVar("_N")


def note_facts(noted: dict[str, CitedFact], stage: Stage | None, width: int) -> None:
    """What carries the tier, put into `noted`, where what stood there already stays. Raises `Stopped` and `GoBack`."""

    def read(name: str, words: str) -> CitedFact:
        _, equals, answer = words.partition("=")
        return read_cited(f"{name}={answer}" if equals else name)

    def in_words(one: CitedFact) -> str:
        fact = FACTS[one.fact]
        return fact.says if one.answer is None else wording.answered(fact, one.answer)

    _note(_FACTS, noted, read, in_words, stage, width)


def note_questions(noted: dict[str, str], stage: Stage | None, width: int) -> None:
    """What to ask next, as `note_facts` does."""
    _note(_ASK, noted, lambda name, words: name, lambda name: FACTS[name].question, stage, width)


def _note(
    question: str,
    noted: dict[str, _N],
    read: Callable[[str, str], _N],
    in_words: Callable[[_N], str],
    stage: Stage | None,
    width: int,
) -> None:
    click.echo()
    say(question, width)
    if noted:
        _list("Noted before:", noted, in_words, width)
    waiting = ""
    while words := waiting or typed("", width, f"{question} {_TAKE_BACK}"):
        waiting = ""
        if words.lower() in _LIST or _OFF.fullmatch(words):
            _take_back(words, noted, in_words, width)
            continue
        name, waiting = _chosen(words, stage, width)
        if name is None:
            continue
        is_first = not noted
        try:
            noted[name] = read(name, words)
        except AnswerError as error:
            say(str(error), width)
            continue
        number = list(noted).index(name) + 1
        say(in_words(noted[name]), width, f"{_INDENT}noted {number}: ")
        if is_first:
            say('("-1" takes it back.)', width, _INDENT)


def _take_back(words: str, noted: dict[str, _N], in_words: Callable[[_N], str], width: int) -> None:
    """Take back what is noted under a number; without one, say what is noted."""
    if not noted:
        say("Nothing is noted here.", width)
        return
    off = _OFF.fullmatch(words)
    if off is None:
        _list("Noted:", noted, in_words, width)
        say(_TAKE_BACK, width)
        return
    number = int(off[1])
    if not 1 <= number <= len(noted):
        _list(f"Nothing is noted as {number}. Noted:", noted, in_words, width)
        return
    name = list(noted)[number - 1]
    say(in_words(noted.pop(name)), width, f"{_INDENT}taken back: ")
    if noted:
        _list("Still noted:", noted, in_words, width)


def _list(heading: str, noted: Mapping[str, _N], in_words: Callable[[_N], str], width: int) -> None:
    say(heading, width)
    for number, one in enumerate(noted.values(), 1):
        say(in_words(one), width, f"{_INDENT}{number}. ")


def _nothing_found(wanted: str) -> str:
    word = wanted.strip().lower()
    if word in _ANSWERS:
        return f"An answer goes with its fact, as in bruise={word}."
    return "There is no such fact. Other words may find it; what no fact says cannot be noted here and is for the talk."


def _chosen(words: str, stage: Stage | None, width: int) -> tuple[str | None, str]:
    """The fact that somebody means, and other words that they typed in its place.

    Only a whole name or statement is taken as it stands; what was found by a word is shown, and they choose.
    """
    wanted = words.partition("=")[0]
    fitting, is_sure = facts_like(wanted, stage)
    if not fitting:
        say(_nothing_found(wanted), width)
        return None, ""
    if is_sure:
        return fitting[0], ""
    for word, meant in respelt(wanted).items():
        say(f'"{word}" is read as "{meant}".', width, _INDENT)
    for number, name in enumerate(fitting, 1):
        say(in_a_line(FACTS[name]), width, f"{_INDENT}{number}. ")
    while True:
        try:
            which = typed(_WHICH if len(fitting) > 1 else _IS_IT, width, _CHOOSE)
        except GoBack:
            return None, ""
        word = which.lower()
        if not word or word in _NO:
            return None, ""
        if word in _YES and len(fitting) == 1:
            return fitting[0], ""
        if not (word in _YES or word.isdigit()):
            return None, which
        if word.isascii() and word.isdigit() and 1 <= int(word) <= len(fitting):
            return fitting[int(word) - 1], ""
        say(f"Expected a number from 1 to {len(fitting)}, or Enter.", width)
