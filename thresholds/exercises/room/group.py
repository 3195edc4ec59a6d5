"""A room: how the views of a group spread, where it split, and what to talk about, before the rules' view is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MANY_RATERS, estimates
from thresholds.agreement.ratings import ratings
from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.marking import Marking, mark_moment
from thresholds.exercises.room.group_files import GroupAnswer, GroupAnswers, UnusedLine
from thresholds.exercises.room.one_case import OneCase
from thresholds.exercises.room.participants import missing_numbers
from thresholds.exercises.unfolding import Moment, moments
from thresholds.language.rules import RuleSet
from thresholds.plain_text import plain
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True)
class RoomViews(Shown):
    """What a group said of several exercises.

    `refused` are the lines that could not be used, as sentences, and `unused` those of them that hold an answer.
    """

    cases: tuple[OneCase, ...]
    participants: tuple[str, ...]
    refused: tuple[str, ...]
    unused: tuple[UnusedLine, ...]

    @cached_property
    def no_line(self) -> tuple[str, ...]:
        """Who has no line at all, by the gaps in the numbers of those who have."""
        return missing_numbers(self.participants)

    @cached_property
    def agreement(self) -> Mapping[str, Estimate] | str:
        """How far the participants agree with each other on the tier, by each measure; or why that cannot be said."""
        rows = [
            [one.markings[name].answer.said.tier if name in one.markings else None for name in self.participants]
            for one in self.cases
        ]
        if len(self.participants) < 2 or not rows:
            return "Agreement needs two who take part, or more."
        return estimates(ratings(rows), MANY_RATERS)

    def page(self) -> Page:
        """The group's views as a page: the spread first, the rules' view last."""
        from thresholds.views.group_page import group_page

        return group_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """What the group said, as JSON holds it."""
        agreement = self.agreement
        return {
            "participants": list(self.participants),
            "agreement": agreement if isinstance(agreement, str) else {k: one.to_dict() for k, one in agreement.items()},
            "cases": [one.to_dict() for one in self.cases],
            "no_line": list(self.no_line),
            "unused": [
                {
                    "participant": one.participant,
                    "exercise": one.exercise.id if one.exercise else None,
                    "moment": one.moment,
                    "line": one.line,
                }
                for one in self.unused
            ],
            "refused": list(self.refused),
        }


def group(given: GroupAnswers, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> RoomViews:
    """What the answers of a group come to, exercise by exercise in the order in which they first come."""
    by_case: dict[tuple[str, int], list[GroupAnswer]] = {}
    for one in given.answers:
        by_case.setdefault((one.exercise.id, one.moment), []).append(one)
    unfolded: dict[str, tuple[Moment, ...]] = {}
    cases = []
    for (name, number), answers in by_case.items():
        exercise = answers[0].exercise
        if name not in unfolded:
            unfolded[name] = moments(exercise, rule_set)
        markings = _markings(exercise, unfolded[name][number], answers)
        lost = {one.participant for one in given.unused if _may_be_of(one, exercise, number)}
        known = {one.participant for one in given.unused if one.exercise is not None and _may_be_of(one, exercise, number)}
        cases.append(
            OneCase(
                exercise,
                unfolded[name][number],
                markings,
                {one.participant: one.agency for one in answers},
                silent=tuple(person for person in given.participants if person not in markings and person not in lost),
                unused=tuple(person for person in given.participants if person not in markings and person in known),
                took_part=len(given.participants),
                facts_unread=tuple(one.participant for one in answers if "facts" in one.unread),
                place_unread=tuple(one.participant for one in answers if "pathway" in one.unread),
            )
        )
    return RoomViews(tuple(cases), given.participants, tuple(map(plain, given.refused)), given.unused)


def _markings(exercise: Exercise, moment: Moment, answers: Iterable[GroupAnswer]) -> dict[str, Marking]:
    """The marking of each answer. Answers that are alike, but for why they differ, are marked once: marking takes long."""
    marked: dict[LearnersAnswer, Marking] = {}
    found = {}
    for one in answers:
        alike = one.answer.model_copy(update={"why_differ": ""})
        if alike not in marked:
            marked[alike] = mark_moment(exercise, moment, alike)
        found[one.participant] = replace(marked[alike], answer=one.answer)
    return found


def _may_be_of(line: UnusedLine, exercise: Exercise, moment: int) -> bool:
    """Whether a line that could not be used is, or where it does not say so may be, an answer to this moment."""
    return (line.exercise is None or line.exercise.id == exercise.id) and (line.moment is None or line.moment == moment)
