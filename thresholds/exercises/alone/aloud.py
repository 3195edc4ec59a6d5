"""Exercises in a terminal: by keyboard alone, with plain lines that any terminal and a screen reader can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from thresholds.exercises.alone.asking import HOW, typed
from thresholds.exercises.alone.noting import note_facts, note_questions
from thresholds.exercises.alone.results import Results
from thresholds.exercises.answer import LONGEST_NOTE, AnswerError, CitedFact, LearnersAnswer, pathways_of, read_pathway
from thresholds.exercises.exercise import SAID_TO_BE_MADE_UP, Exercise
from thresholds.exercises.homes import households_of
from thresholds.exercises.marking import mark_moment
from thresholds.exercises.tier_said import MAY_BE_SAID, TIERS_IN_SHORT, TierSaid, read_tier_said
from thresholds.exercises.unfolding import Moment, moments
from thresholds.language.rules import RuleSet
from thresholds.terminal import GoBack, Stopped, folded, heading, say, take_what_is_typed
from thresholds.views import text
from thresholds.views.home_blocks import home_page
from thresholds.views.marking_page import apart

_TIER = f"Which tier? {MAY_BE_SAID}."
_TIER_HELP = (
    *TIERS_IN_SHORT,
    "Too little to say: for a text that leaves out what would have to be known.",
    "Not a question of thresholds: for what no tier answers, such as a case that a social worker has already.",
    "Of these two the first word is enough.",
)
_WHERE = 'Where would you take it? A part of the name of a panel or service, or none; "?" lists them.'
_NONE = ("none", "no service")
_WHICH_PLACE = "Which of these? Its number; Enter: you name no place; or other words."
_WHY = "Do you still see it otherwise, and why? This is kept for you and your trainer. No names."
_ON = "Enter: go on."


class _StoppedAfter(Stopped):
    """Somebody ends here, once an answer is given that is not known outside yet."""

    def __init__(self, results: Results) -> None:
        super().__init__()
        self.results = results


def run(exercises: Sequence[Exercise], results: Results, keep: Callable[[Results], None], width: int) -> Results:
    """Ask each exercise that is not answered yet, moment by moment; the results as they are when somebody stops.

    `keep` is called after each answer.
    """
    waiting = [one for one in exercises if _unanswered(one, results)]
    if not waiting:
        say(
            "0 to do. You have answered all of these: a higher --count, or another --stage, --theme or --level has more.",
            width,
        )
        return results
    take_what_is_typed()
    say(f"{len(waiting)} to do. For each: a text, four questions, and then feedback. {HOW}", width)
    try:
        for number, exercise in enumerate(waiting, 1):
            heading(f"{number} of {len(waiting)}: {exercise.title}", width)
            for moment in moments(exercise, results.rule_set):
                results = _one(exercise, moment, results, keep, width)
    except Stopped as stopped:
        click.echo()
        return stopped.results if isinstance(stopped, _StoppedAfter) else results
    return results


def _unanswered(exercise: Exercise, results: Results) -> bool:
    return not all(results.has(exercise, number) for number in range(len(exercise.steps) + 1))


def _one(exercise: Exercise, moment: Moment, results: Results, keep: Callable[[Results], None], width: int) -> Results:
    for block in moment.told.split("\n\n"):
        say(block, width)
    if results.has(exercise, moment.number):
        say("(You have answered this already.)", width)
        return results
    if not moment.number:
        say(SAID_TO_BE_MADE_UP, width)
    answer = _ask(moment, results.rule_set, width)
    results = results.with_answer(exercise, moment.number, answer)
    keep(results)
    marking = mark_moment(exercise, moment, answer)
    feedback, where_from = apart(marking.page())
    click.echo()
    click.echo(text.render(feedback, width))
    click.echo()
    _home(exercise, results, width)
    say(
        f"You: {answer.said.words}. The rules: {marking.rules_say.words}. This is no decision. "
        '"?" shows where the rules\' view comes from.',
        width,
    )
    try:
        why = _afterwards(_ON if marking.is_same_tier else _WHY, text.render(where_from, width), width)
    except Stopped:
        raise _StoppedAfter(results) from None
    if why and not marking.is_same_tier:
        results = results.with_answer(exercise, moment.number, answer.model_copy(update={"why_differ": why}))
        keep(results)
    return results


def _home(exercise: Exercise, results: Results, width: int) -> None:
    """The children of one home side by side, as far as they are answered: it would give the others away."""
    if exercise.household is not None:
        answered = [one for one in results.exercises.values() if results.has(one, 0)]
        shown = home_page(households_of(answered, results.rule_set).get(exercise.id))
        if shown is not None:
            click.echo(f"{text.render(shown, width)}\n")


def _afterwards(question: str, where_from: str, width: int) -> str:
    """What somebody types once they have read the feedback; there is no going back behind it."""
    while True:
        try:
            given = typed(question, width, shown=where_from)
            if len(given) <= LONGEST_NOTE:
                return given
            say(f"That is {len(given)} characters; say it in at most {LONGEST_NOTE}.", width)
        except GoBack:
            say("The feedback has been shown, so your answer stays as you gave it.", width)


def _ask(moment: Moment, rule_set: RuleSet, width: int) -> LearnersAnswer:
    """The four questions, one after the other; "back" goes to the one before, and takes nothing away."""
    said: TierSaid | None = None
    facts: dict[str, CitedFact] = {}
    questions: dict[str, str] = {}
    pathway: str | None = None
    stage = moment.suggestion.stage
    at = 0
    while at < _QUESTIONS or said is None:
        try:
            match at:
                case 0:
                    said = _tier(said, width)
                case 1:
                    note_facts(facts, stage, width)
                case 2:
                    note_questions(questions, stage, width)
                case _:
                    pathway = _pathway(rule_set, width)
        except GoBack:
            at = max(0, at - 1)
        else:
            at += 1
    return LearnersAnswer(said=said, carried_by=tuple(facts.values()), ask=tuple(questions), pathway=pathway)


_QUESTIONS = 4


def _tier(before: TierSaid | None, width: int) -> TierSaid:
    """The tier; for somebody who went back, Enter alone keeps what they said."""
    shown = "\n".join(folded(one, width) for one in _TIER_HELP)
    question = _TIER if before is None else f"{_TIER} You said: {before.words}. Enter alone keeps it."
    while True:
        given = typed(question, width, shown=shown)
        if not given and before is not None:
            return before
        try:
            return read_tier_said(given)
        except ValueError as error:
            say(str(error), width)


def _pathway(rule_set: RuleSet, width: int) -> str | None:
    """Where it goes: a whole name is taken as it stands, and of what a part of a name fits they choose by its number."""
    every = pathways_of(rule_set)
    numbers = {name: number for number, name in enumerate(every, 1)}
    listed, question = every, _WHERE
    while True:
        lines = "\n".join(folded(name, width, f"    {numbers[name]}. ") for name in listed)
        if listed is not every:
            click.echo(lines)
        given = typed(question, width, shown=lines)
        word = " ".join(given.lower().split())
        if not word:
            return None
        if word.isascii() and word.isdigit():
            chosen = [name for name in listed if numbers[name] == int(word)]
            if chosen:
                return chosen[0]
            say("No place has this number here.", width)
            continue
        fitting = tuple(name for name in every if word in name.lower())
        try:
            found = read_pathway(given, rule_set)
        except AnswerError as error:
            if not fitting:
                say(str(error), width)
                continue
        else:
            if word in (found.lower(), *_NONE):
                return found
        listed, question = fitting, _WHICH_PLACE
