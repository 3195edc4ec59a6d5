"""An exercise moment by moment: how the case stands at the beginning and after each step, by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thresholds.exercises.exercise import Exercise, ForDiscussion, Gives, StepTold, Tone
from thresholds.facts.record import POSITIONS
from thresholds.language.rules import RuleSet
from thresholds.session import Session
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion


@dataclass(frozen=True)
class Moment:
    """One moment of an exercise: what is told, what the rules make of all that is known then, and what is then left open.

    `for_discussion` and `tone` are those of this moment: what is said of the beginning does not hold after a step, where the
    facts are others.
    """

    number: int
    told: str
    suggestion: Suggestion
    gives: Gives
    left_open: Mapping[str, str]
    for_discussion: ForDiscussion | None = None
    tone: Tone | None = None


def moments(exercise: Exercise, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Moment, ...]:
    """The beginning of an exercise and each of its steps, in order.

    Raises `SessionError` for a step that cannot be (the loader lets none through), and as `suggest` does for a rule set.
    """
    session = Session.begin(exercise.facts, rule_set)
    found = [_moment(0, exercise.vignette, exercise, exercise, session.suggestion)]
    for number, step in enumerate(exercise.steps, 1):
        session = after_step(session, step)
        found.append(_moment(number, step.told, step, exercise, session.suggestion))
    return tuple(found)


def after_step(session: Session, step: StepTold) -> Session:
    """The session once what a step tells is learnt, and what it takes back is withdrawn.

    Raises `SessionError` for a step that cannot be. No fact may be both learnt and withdrawn.
    """
    return session.learn(**dict(step.learnt), **dict.fromkeys(step.withdrawn))


def _moment(number: int, told: str, one: Exercise | StepTold, exercise: Exercise, suggestion: Suggestion) -> Moment:
    left_open = _still_open(exercise, suggestion)
    return Moment(number, told, suggestion, one.gives, left_open, one.for_discussion, one.tone)


def _still_open(exercise: Exercise, suggestion: Suggestion) -> Mapping[str, str]:
    record = suggestion.case.record
    still = {name: why for name, why in exercise.left_open.items() if record[POSITIONS[name]] is None}
    return MappingProxyType(still)
