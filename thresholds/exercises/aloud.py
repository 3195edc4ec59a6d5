"""Exercises in a terminal: by keyboard alone, with plain lines that any terminal and a screen reader can show."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from thresholds.exercises.answer import (
    LONGEST_NOTE,
    AnswerError,
    CitedFact,
    LearnersAnswer,
    pathways_of,
    read_cited,
    read_pathway,
)
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.finding_facts import facts_like, in_a_line
from thresholds.exercises.marking import mark_moment
from thresholds.exercises.results import Results
from thresholds.exercises.sheets import MADE_UP
from thresholds.exercises.tier_said import TIERS_IN_SHORT, TierSaid, read_tier_said
from thresholds.exercises.unfolding import Moment, moments
from thresholds.facts.case import no_such_fact
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.views import text, wording
from thresholds.views.marking_page import apart

_STOP, _BACK, _HELP = ("stop", "quit", "q"), ("back", "b"), ("?", "help")
HOW = '"back": the question before. "stop": end here. "?": say more. Enter alone: nothing (more) to say.'
_TIER = "Which tier? 1, 2A, 2B, 3, too little, or not a threshold."
_TIER_HELP = (
    f"{' '.join(TIERS_IN_SHORT)} "
    '"too little" is for a text that leaves out what would have to be known; "not a threshold" for what no tier answers, such '
    "as a case that a social worker has already."
)
_FACTS = (
    "Which facts in the text carry it? One at a time, in a word or two (bruise; or bruise=suspected); Enter alone when there "
    "are no more."
)
_ASK = "What would you ask next? One at a time, in a word or two; Enter alone when there is no more."
_WHERE = 'Where would you take it? A panel or service, or none; a part of its name is enough, and "?" names them.'
_WHY = "Do you still see it otherwise, and why? This is kept for you and your trainer. No names."
_ON = "Enter: go on."


class _Stopped(Exception):  # noqa: N818  # no error: somebody has had enough
    def __init__(self, results: Results | None = None) -> None:
        super().__init__()
        self.results = results  # what was answered by then, where that is more than is known outside


class _GoBack(Exception):  # noqa: N818  # no error either
    pass


def run(exercises: Sequence[Exercise], results: Results, keep: Callable[[Results], None], width: int) -> Results:
    """Ask each exercise that is not answered yet, moment by moment; the results as they are when somebody stops.

    `keep` is called after each answer.
    """
    waiting = [one for one in exercises if _unanswered(one, results)]
    if not waiting:
        _say(
            "0 to do. You have answered all of these: a higher --count, or another --stage, --theme or --level has more.",
            width,
        )
        return results
    _say(f"{len(waiting)} to do. {HOW}", width)
    try:
        for number, exercise in enumerate(waiting, 1):
            _heading(f"{number} of {len(waiting)}: {exercise.title}", width)
            for moment in moments(exercise, results.rule_set):
                results = _one(exercise, moment, results, keep, width)
    except _Stopped as stopped:
        click.echo()
        return stopped.results or results
    return results


def _unanswered(exercise: Exercise, results: Results) -> bool:
    return not all(results.has(exercise, number) for number in range(len(exercise.steps) + 1))


def _one(exercise: Exercise, moment: Moment, results: Results, keep: Callable[[Results], None], width: int) -> Results:
    for block in moment.told.split("\n\n"):
        _say(block, width)
    if results.has(exercise, moment.number):
        _say("(You have answered this already.)", width)
        return results
    if not moment.number:
        _say(MADE_UP, width)
    answer = _ask(moment, results.rule_set, width)
    results = results.with_answer(exercise, moment.number, answer)
    keep(results)
    marking = mark_moment(exercise, moment, answer)
    feedback, where_from = apart(marking.page())
    click.echo()
    click.echo(text.render(feedback, width))
    click.echo()
    _say('This is no decision. "?" shows where the rules\' view comes from.', width)
    try:
        why = _afterwards(_ON if marking.is_same_tier else _WHY, text.render(where_from, width), width)
    except _Stopped:
        raise _Stopped(results) from None
    if why and not marking.is_same_tier:
        results = results.with_answer(exercise, moment.number, answer.model_copy(update={"why_differ": why}))
        keep(results)
    return results


def _afterwards(question: str, where_from: str, width: int) -> str:
    """What somebody types once they have read the feedback; there is no going back behind it."""
    while True:
        try:
            typed = _typed(question, width, shown=where_from)
            if len(typed) <= LONGEST_NOTE:
                return typed
            _say(f"That is {len(typed)} characters; say it in at most {LONGEST_NOTE}.", width)
        except _GoBack:
            _say("The feedback has been shown, so your answer stays as you gave it.", width)


def _ask(moment: Moment, rule_set: RuleSet, width: int) -> LearnersAnswer:
    """The four questions, one after the other; "back" goes to the one before."""
    given: dict[int, Any] = {}
    questions: tuple[Callable[[], object], ...] = (
        lambda: _tier(width),
        lambda: _facts(moment, width, given.get(1, ())),
        lambda: _questions(moment, width, given.get(2, ())),
        lambda: _pathway(rule_set, width),
    )
    at = 0
    while at < len(questions):
        try:
            given[at] = questions[at]()
        except _GoBack:
            at = max(0, at - 1)
        else:
            at += 1
    return LearnersAnswer(said=given[0], carried_by=given[1], ask=given[2], pathway=given[3])


def _tier(width: int) -> TierSaid:
    while True:
        typed = _typed(_TIER, width, _TIER_HELP)
        try:
            return read_tier_said(typed)
        except ValueError as error:
            _say(str(error), width)


def _facts(moment: Moment, width: int, before: Iterable[CitedFact]) -> tuple[CitedFact, ...]:
    """What carries the tier; `before` is what was noted already by somebody who went back."""
    found = {one.fact: one for one in before}
    click.echo()
    _say(_FACTS, width)
    _noted_before(found, width)
    while typed := _typed("", width, _FACTS):
        words, equals, answer = typed.partition("=")
        name = _chosen(words, moment, width)
        if name is None:
            continue
        try:
            found[name] = read_cited(f"{name}={answer}" if equals else name)
        except AnswerError as error:
            _say(str(error), width)
            continue
        shown = found[name].answer
        fact = FACTS[name]
        _say(fact.says if shown is None else wording.answered(fact, shown), width, "    noted: ")
    return tuple(found.values())


def _noted_before(names: Iterable[str], width: int) -> None:
    """What stands noted already: going back takes nothing away."""
    for name in names:
        _say(FACTS[name].says, width, "    noted before: ")


def _questions(moment: Moment, width: int, before: Iterable[str]) -> tuple[str, ...]:
    """What to ask next; `before` is what was noted already."""
    found = dict.fromkeys(before)
    click.echo()
    _say(_ASK, width)
    _noted_before(found, width)
    while typed := _typed("", width, _ASK):
        name = _chosen(typed, moment, width)
        if name is not None:
            found[name] = None
            _say(FACTS[name].question, width, "    noted: ")
    return tuple(found)


def _chosen(typed: str, moment: Moment, width: int) -> str | None:
    """The fact that somebody means: the only one that fits all they typed, or the one they choose of those that may."""
    fitting, is_sure = facts_like(typed, moment.suggestion.stage)
    if not fitting:
        _say(f"{no_such_fact('_'.join(typed.lower().split()))} Other words may find it.", width)
        return None
    if is_sure:
        return fitting[0]
    for number, name in enumerate(fitting, 1):
        _say(f"{number}. {in_a_line(FACTS[name])}", width, "    ")
    while True:
        which = _typed("Which of these? Its number; Enter: none.", width)
        if not which:
            return None
        if which.isascii() and which.isdigit() and 1 <= int(which) <= len(fitting):
            return fitting[int(which) - 1]
        _say(f"Expected a number from 1 to {len(fitting)}, or Enter.", width)


def _pathway(rule_set: RuleSet, width: int) -> str | None:
    known = f"There are: {'; '.join(pathways_of(rule_set))}."
    while typed := _typed(_WHERE, width, known):
        try:
            return read_pathway(typed, rule_set)
        except AnswerError as error:
            _say(str(error), width)
    return None


def _typed(question: str, width: int, more: str = "", shown: str = "") -> str:
    """What somebody types. A question mark says `more`, and prints what is `shown`. Raises `_Stopped` and `_GoBack`."""
    while True:
        if question:
            click.echo()
            _say(question, width)
        try:
            typed = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            raise _Stopped from None
        if typed.lower() in _STOP:
            raise _Stopped
        if typed.lower() in _BACK:
            raise _GoBack
        if typed.lower() not in _HELP:
            return typed
        if shown:
            click.echo(f"\n{shown}\n")
        _say(" ".join(filter(None, (more, HOW))), width)


def _heading(title: str, width: int) -> None:
    click.echo()
    _say(title, width)
    click.echo("-" * min(len(title), width))


def _say(said: str, width: int, begin: str = "") -> None:
    click.echo(textwrap.fill(said, width, initial_indent=begin, subsequent_indent=" " * len(begin)))
