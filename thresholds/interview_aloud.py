"""An interview in a terminal: by keyboard alone, with plain lines that any terminal and a screen reader can show."""

from __future__ import annotations

import textwrap

import click
from pydantic import ValidationError

from thresholds.analysis.asking import SETTLED, WHAT_FOLLOWS, Question
from thresholds.households import mistakes
from thresholds.interview import Interview, read_answer
from thresholds.views import wording
from thresholds.views.analysis_pages import why_ask
from thresholds.views.household_page import standing_in_short

_UNDO, _STOP, _MORE = ("undo", "u"), ("stop", "quit", "q"), ("?", "help")
_HOW = 'Enter alone: not known. "undo": take the last answer back. "stop": end here. "?": say more.'


def ask_all(interview: Interview, width: int) -> Interview:
    """Ask until nothing is left that could matter, or somebody stops; the interview as it is then."""
    _say("One question at a time. " + _HOW, width)
    told = False
    while (question := interview.question) is not None:
        if interview.to_ask.tier_is_settled and not told:
            _say(f"{SETTLED} {WHAT_FOLLOWS} You may stop here.", width)
        told = interview.to_ask.tier_is_settled
        _ask(question, width)
        try:
            typed = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            click.echo()
            return interview
        word = typed.lower()
        if word in _STOP:
            return interview
        if word in _MORE:
            _more(question, width)
        elif word in _UNDO:
            if interview.before is None:
                _say("There is nothing to take back.", width)
            interview = interview.undo()
        else:
            interview = _answered(interview, question, typed, width)
    _say("Nothing is left to ask that could matter.", width)
    return interview


def _answered(interview: Interview, question: Question, typed: str, width: int) -> Interview:
    try:
        after = interview.answer(read_answer(question, typed) if typed else None)
    except ValidationError as error:
        for mistake in mistakes(error):
            _say(mistake, width)
        return interview
    except ValueError as error:
        _say(f"{error} {_HOW}", width)
        return interview
    _say(_moved(interview, after), width)
    return after


def _moved(before: Interview, after: Interview) -> str:
    """Where the case stands after an answer, and how that moved."""
    now, then = standing_in_short(after.suggestion), standing_in_short(before.suggestion)
    return f"Now: {now}." if now == then else f"Now: {now}. Before: {then}."


def _ask(question: Question, width: int) -> None:
    fact = question.fact
    click.echo()
    _say(fact.question, width)
    if fact.ask_safely:
        _say(f"How to ask: {fact.ask_safely}", width)
    if len(fact.values) > 3:
        for number, value in enumerate(fact.values, 1):
            _say(f"{number}. {wording.value_in_words(fact, value)}", width, "    ")
    else:
        _say(f"Answers: {', '.join(fact.values) or fact.expected}", width)


def _more(question: Question, width: int) -> None:
    fact = question.fact
    _say(f"Why it is asked: {why_ask(question) or 'it could still matter'}.", width)
    _say(f"Who would know: {', '.join(who.value for who in fact.who_knows)}.", width)
    _say(_HOW, width)


def _say(text: str, width: int, indent: str = "") -> None:
    click.echo(textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent))
