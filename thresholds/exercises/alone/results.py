"""What one learner answered, marked anew whenever it is looked at; never a mark.

Nothing is kept of a tier but the learner's own. Answers belong to the rule set that they were given under, and to the
exercises as they were then.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.marking import Marking, kinds_of, mark_moment
from thresholds.exercises.unfolding import moments
from thresholds.language.rules import RuleSet
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True)
class KeptAnswer:
    """One answer that was kept: to which moment of which exercise, and a fingerprint of the exercise as it was."""

    exercise: str
    as_it_was: str
    moment: int
    answer: LearnersAnswer


class Unmarked(StrEnum):
    """Why an answer that is kept cannot be marked."""

    NOT_AT_HAND = "not_at_hand"
    TOLD_OTHERWISE = "told_otherwise_now"

    @property
    def words(self) -> str:
        """As it stands behind the exercise on the page."""
        return "there is no exercise of this id here" if self is Unmarked.NOT_AT_HAND else "it is told otherwise now"


@dataclass(frozen=True)
class LeftOut:
    """An answer that is kept and cannot be marked: to which moment of which exercise, and why."""

    exercise: str
    moment: int
    why: Unmarked

    @property
    def words(self) -> str:
        """Which it is and why, in a line."""
        return f"{self.exercise}{f', step {self.moment}' if self.moment else ''}: {self.why.words}"


_FINGERPRINTED = {"vignette", "facts", "left_open", "steps", "tone", "for_discussion"}
"""What an answer is marked against; a title may be mended without losing what was answered."""


def fingerprint(exercise: Exercise) -> str:
    """A fingerprint of what an exercise tells and records."""
    written = exercise.model_dump(mode="json", include=_FINGERPRINTED)
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Results(Shown):
    """What a learner answered, in order, by the rules of one rule set."""

    rule_set: RuleSet
    exercises: Mapping[str, Exercise]
    answered: tuple[KeptAnswer, ...] = ()

    def with_answer(self, exercise: Exercise, moment: int, answer: LearnersAnswer) -> Results:
        """The results with this answer; one to the same moment takes the place of the earlier."""
        kept = tuple(one for one in self.answered if (one.exercise, one.moment) != (exercise.id, moment))
        return replace(self, answered=(*kept, KeptAnswer(exercise.id, fingerprint(exercise), moment, answer)))

    def has(self, exercise: Exercise, moment: int) -> bool:
        """Whether this moment is answered, of the exercise as it is now."""
        key = (exercise.id, fingerprint(exercise), moment)
        return any((one.exercise, one.as_it_was, one.moment) == key for one in self.answered)

    @cached_property
    def _as_they_are(self) -> Mapping[str, str]:
        """The fingerprints of the exercises that were answered and are at hand, as they are now."""
        named = dict.fromkeys(one.exercise for one in self.answered)
        return {name: fingerprint(self.exercises[name]) for name in named if name in self.exercises}

    def _unmarked(self, one: KeptAnswer) -> Unmarked | None:
        """Why this answer cannot be marked; None where it can."""
        if one.exercise not in self._as_they_are:
            return Unmarked.NOT_AT_HAND
        return None if self._as_they_are[one.exercise] == one.as_it_was else Unmarked.TOLD_OTHERWISE

    @cached_property
    def markable(self) -> tuple[KeptAnswer, ...]:
        """The answers to exercises that are at hand and told as they were then, in order."""
        return tuple(one for one in self.answered if self._unmarked(one) is None)

    @cached_property
    def markings(self) -> tuple[Marking, ...]:
        """Each answer that can be marked, marked, in order."""
        names = dict.fromkeys(one.exercise for one in self.markable)
        unfolded = {name: moments(self.exercises[name], self.rule_set) for name in names}
        return tuple(
            mark_moment(self.exercises[one.exercise], unfolded[one.exercise][one.moment], one.answer) for one in self.markable
        )

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The answers that are kept and cannot be marked, in order."""
        why = ((one, self._unmarked(one)) for one in self.answered)
        return tuple(LeftOut(one.exercise, one.moment, reason) for one, reason in why if reason is not None)

    @cached_property
    def kinds(self) -> Counter[DifferenceKind]:
        """How often each kind of difference came up."""
        return kinds_of(self.markings)

    def page(self) -> Page:
        """A summary by kind of difference."""
        from thresholds.views.results_page import results_page

        return results_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """What the answers come to, as JSON holds it."""
        return {
            "markings": [one.to_dict() for one in self.markings],
            "kinds": {kind.value: number for kind, number in self.kinds.items()},
            "left_out": [{"exercise": one.exercise, "moment": one.moment, "why": one.why.value} for one in self.left_out],
        }
