"""Exercises under other rules than those they are written for: usable, with what those rules give, and said to differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thresholds.exercises.exercise import Exercise, Gives, StepTold
from thresholds.exercises.unfolding import moments
from thresholds.language.rules import RuleSet
from thresholds.suggestion import Suggestion


class ExerciseUnderOtherRules(Exercise):
    """An exercise as another rule set than its own reads it: `gives` is what that rule set gives, at every moment.

    `as_written` is the exercise as it stands in its file, `read_by` the id of the other rule set. A tone or a point for
    discussion whose tier those rules give themselves is left out, since there it is neither.
    """

    as_written: Exercise
    read_by: str

    @property
    def differs_under(self) -> str | None:
        """How these rules read it otherwise, for whoever leads; None where they give the same at every moment."""
        told = [
            f"{where} {here.words}, and not {there.words}"
            for where, here, there in _at_each_moment(self, self.as_written)
            if here != there
        ]
        if not told:
            return None
        return (
            f"Written for {self.rule_set}; {self.read_by} reads it otherwise: {'; '.join(told)}. "
            f"What it teaches was written for {self.rule_set}."
        )


def as_read_by(rule_set: RuleSet, exercise: Exercise) -> ExerciseUnderOtherRules:
    """The exercise as another rule set than its own reads it.

    Raises `SessionError` for a step that cannot be; the loader lets none through.
    """
    beginning, *later = moments(exercise, rule_set)
    steps = tuple(
        step.model_copy(update=_as_given(step, moment.suggestion)) for step, moment in zip(exercise.steps, later, strict=True)
    )
    changed = {**dict(exercise), **_as_given(exercise, beginning.suggestion), "steps": steps}
    return ExerciseUnderOtherRules.model_construct(**changed, as_written=exercise, read_by=rule_set.id)


def _as_given(one: Exercise | StepTold, suggestion: Suggestion) -> dict[str, Any]:
    """What is given, and the point for discussion and the tone, each only where its tier is not the one that is given."""
    discussed, tone = one.for_discussion, one.tone
    return {
        "gives": Gives(status=suggestion.status, tier=suggestion.tier),
        "for_discussion": None if discussed is None or discussed.tier is suggestion.tier else discussed,
        "tone": None if tone is None or tone.towards is suggestion.tier else tone,
    }


def _at_each_moment(one: Exercise, other: Exercise) -> Iterator[tuple[str, Gives, Gives]]:
    yield "at the beginning", one.gives, other.gives
    for number, (here, there) in enumerate(zip(one.steps, other.steps, strict=True), 1):
        yield f"after step {number}", here.gives, there.gives
