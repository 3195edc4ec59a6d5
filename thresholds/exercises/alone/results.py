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
from functools import cached_property

from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.marking import Marking, mark_moment
from thresholds.exercises.reading.differences import DifferenceKind
from thresholds.exercises.unfolding import moments
from thresholds.language.rules import RuleSet
from thresholds.version import __version__
from thresholds.views.page import Page
from thresholds.views.shown import Shown

FORMAT = "exercise-results/1"
RULE_SET_KEYS = ("id", "version", "digest")


@dataclass(frozen=True)
class KeptAnswer:
    """One answer that was kept: to which moment of which exercise, and a fingerprint of the exercise as it was."""

    exercise: str
    as_it_was: str
    moment: int
    answer: LearnersAnswer


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

    def _can_be_marked(self, one: KeptAnswer) -> bool:
        return self._as_they_are.get(one.exercise) == one.as_it_was

    @cached_property
    def markings(self) -> tuple[Marking, ...]:
        """Each answer marked, in order; without those to exercises that are not at hand, or are told otherwise now."""
        known = [one for one in self.answered if self._can_be_marked(one)]
        unfolded = {
            name: moments(self.exercises[name], self.rule_set) for name in dict.fromkeys(one.exercise for one in known)
        }
        return tuple(
            mark_moment(self.exercises[one.exercise], unfolded[one.exercise][one.moment], one.answer) for one in known
        )

    def left_out(self) -> tuple[str, ...]:
        """The exercises whose answers are kept and cannot be marked: not at hand, or told otherwise now."""
        return tuple(dict.fromkeys(one.exercise for one in self.answered if not self._can_be_marked(one)))

    def kinds(self) -> Counter[DifferenceKind]:
        """How often each kind of difference came up."""
        return Counter(
            kind for one in self.markings for kind in DifferenceKind if kind in one.kinds
        )  # in one order on every run

    def page(self) -> Page:
        """A summary by kind of difference."""
        from thresholds.views.results_page import results_page

        return results_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The results as their file holds them."""
        return {
            "format": FORMAT,
            "library": __version__,
            "rule_set": {key: getattr(self.rule_set, key) for key in RULE_SET_KEYS},
            "answers": [
                {
                    "exercise": one.exercise,
                    "as_it_was": one.as_it_was,
                    "moment": one.moment,
                    "answer": one.answer.model_dump(mode="json", exclude_defaults=True),
                }
                for one in self.answered
            ],
        }
