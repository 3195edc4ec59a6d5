"""An interview in a terminal: by keyboard alone, with plain lines that any terminal and a screen reader can show."""

from __future__ import annotations

from functools import partial

import click
from pydantic import ValidationError

from thresholds.analysis.asking import SETTLED, WHAT_FOLLOWS, Question
from thresholds.households import mistakes
from thresholds.interview import Interview, read_answer
from thresholds.terminal import STOP_AND_MORE, GoBack, Stopped, say, take_what_is_typed, typed
from thresholds.views import wording
from thresholds.views.analysis_pages import why_ask
from thresholds.views.household_page import standing_in_short

_UNDO = ("undo", "u")
_HOW = f'Enter alone: not known. "undo": take the last answer back. {STOP_AND_MORE}'


def ask_all(interview: Interview, width: int) -> Interview:
    """Ask until nothing is left that could matter, or somebody stops; the interview as it is then."""
    take_what_is_typed()
    say("One question at a time. " + _HOW, width)
    told = False
    while (question := interview.question) is not None:
        if interview.to_ask.tier_is_settled and not told:
            say(f"{SETTLED} {WHAT_FOLLOWS} You may stop here.", width)
        told = interview.to_ask.tier_is_settled
        try:
            given = typed(partial(_ask, question, width), partial(_more, question, width), width, _UNDO)
        except Stopped:
            return interview
        except GoBack:
            if interview.before is None:
                say("There is nothing to take back.", width)
            interview = interview.undo()
        else:
            interview = _answered(interview, question, given, width)
    say("Nothing is left to ask that could matter.", width)
    return interview


def _answered(interview: Interview, question: Question, given: str, width: int) -> Interview:
    try:
        after = interview.answer(read_answer(question, given) if given else None)
    except ValidationError as error:
        for mistake in mistakes(error):
            say(mistake, width)
        return interview
    except ValueError as error:
        say(f"{error} {_HOW}", width)
        return interview
    say(_moved(interview, after), width)
    return after


def _moved(before: Interview, after: Interview) -> str:
    """Where the case stands after an answer, and how that moved."""
    now, then = standing_in_short(after.suggestion), standing_in_short(before.suggestion)
    return f"Now: {now}." if now == then else f"Now: {now}. Before: {then}."


def _ask(question: Question, width: int) -> None:
    fact = question.fact
    click.echo()
    say(fact.question, width)
    if fact.ask_safely:
        say(f"How to ask: {fact.ask_safely}", width)
    if len(fact.values) > 3:
        for number, value in enumerate(fact.values, 1):
            say(f"{number}. {wording.value_in_words(fact, value)}", width, "    ")
    else:
        say(f"Answers: {', '.join(fact.values) or fact.expected}", width)


def _more(question: Question, width: int) -> None:
    fact = question.fact
    say(f"Why it is asked: {why_ask(question) or 'it could still matter'}.", width)
    say(f"Who would know: {', '.join(who.value for who in fact.who_knows)}.", width)
    say(_HOW, width)
