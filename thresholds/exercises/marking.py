"""Marking: where a learner's view and the rules' part, and by what kind of difference; never only right or wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thresholds.exercises.answer import NO_SERVICE, LearnersAnswer
from thresholds.exercises.differences.kinds import Difference, DifferenceKind
from thresholds.exercises.differences.readings import differences_of
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment, moments
from thresholds.facts.record import POSITIONS
from thresholds.language.rules import RuleSet
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True)
class Marking(Shown):
    """What a learner said of a moment of an exercise, and how it differs from the rules' view, which is one view.

    `useful` are the questions they would ask whose answer can still move something by the rules, `told` those that the text
    answers. `not_asked` is what the text leaves open on purpose and they did not ask. `pathways` say where the case goes by
    the rules. `is_for_discussion`: their tier is the one that a careful reader of the model might hold instead.
    """

    exercise: Exercise
    moment: Moment
    answer: LearnersAnswer
    differences: tuple[Difference, ...]
    useful: tuple[str, ...]
    told: tuple[str, ...]
    not_asked: tuple[str, ...]
    pathways: tuple[str, ...]

    @property
    def suggestion(self) -> Suggestion:
        """The rules' view."""
        return self.moment.suggestion

    @property
    def rules_say(self) -> TierSaid:
        """The rules' tier, or why there is none."""
        return TierSaid.of(self.suggestion)

    @property
    def is_same_tier(self) -> bool:
        """Whether the learner and the rules say the same."""
        return self.answer.said is self.rules_say

    @property
    def kinds(self) -> frozenset[DifferenceKind]:
        """The kinds of difference that were found."""
        return frozenset(one.kind for one in self.differences)

    @property
    def is_for_discussion(self) -> bool:
        """Whether the learner holds the other view that the exercise declares."""
        declared = self.moment.for_discussion
        return declared is not None and declared.tier is self.answer.said.tier

    @property
    def is_same_pathway(self) -> bool | None:
        """Whether the case goes where the learner says by the rules too; None where they named nothing.

        That no service beyond the universal ones is needed is what the rules say at Tier 1 alone.
        """
        if self.answer.pathway is None:
            return None
        if self.answer.pathway == NO_SERVICE:
            return self.rules_say is TierSaid.ONE
        return self.answer.pathway in self.pathways

    def page(self) -> Page:
        """The feedback as a page."""
        from thresholds.views.marking_page import marking_page

        return marking_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The marking as JSON holds it."""
        return {
            "exercise": self.exercise.id,
            "moment": self.moment.number,
            "said": self.answer.said.value,
            "rules_say": self.rules_say.value,
            "differences": [
                {
                    "kind": one.kind.value,
                    "facts": list(one.facts),
                    "rules": [rule.id for rule in one.rules],
                    "accounts": one.accounts,
                    "said": one.said,
                }
                for one in self.differences
            ],
            "questions": {"useful": list(self.useful), "told": list(self.told), "not_asked": list(self.not_asked)},
            "pathway": {"given": self.answer.pathway, "rules": list(self.pathways)},
            "why_differ": self.answer.why_differ,
        }


def kinds_of(markings: Iterable[Marking]) -> Counter[DifferenceKind]:
    """In how many of these each kind of difference was found; in one order on every run."""
    return Counter(kind for one in markings for kind in DifferenceKind if kind in one.kinds)


def mark(exercise: Exercise, answer: LearnersAnswer, rule_set: str | RuleSet = DEFAULT_RULE_SET, moment: int = 0) -> Marking:
    """How an answer to one moment of an exercise differs from the rules' view; moment 0 is the beginning.

    Raises ValueError where the exercise has no such moment, and as `suggest` does for a rule set.
    """
    every = moments(exercise, rule_set)
    if not 0 <= moment < len(every):
        raise ValueError(f"moment: Expected a number from 0 to {len(every) - 1}.")
    return mark_moment(exercise, every[moment], answer)


def mark_moment(exercise: Exercise, moment: Moment, answer: LearnersAnswer) -> Marking:
    """As `mark`, of a moment that is worked out already."""
    suggestion = moment.suggestion
    differences = tuple(differences_of(moment, answer))
    moving = {question.fact.name for question in suggestion.ask_next().questions}
    record = suggestion.case.record
    known = {name for name in suggestion.case.known() if record[POSITIONS[name]] is not None}
    return Marking(
        exercise,
        moment,
        answer,
        differences,
        useful=tuple(name for name in answer.ask if name in moving),
        told=tuple(name for name in answer.ask if name in known),
        not_asked=tuple(name for name in moment.left_open if name not in answer.ask),
        pathways=tuple(dict.fromkeys(given.advice.place for given in suggestion.pathways)),
    )
