"""Before and after a course: how much nearer the views of a group came to the rules' view, with how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import stdev

from thresholds.agreement.intervals import LEVEL, Estimate, students_t
from thresholds.exercises.exercise import Agency
from thresholds.exercises.group_files import GroupAnswer, GroupAnswers
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import moments
from thresholds.language.rules import RuleSet
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown

SMALL = 30
"""Below so many people, a before-and-after measure is said to be of a small group."""


@dataclass(frozen=True)
class Person:
    """One who answered before and after: which share of their answers came to the rules' tier each time."""

    name: str
    agency: Agency | None
    before: float
    after: float


@dataclass(frozen=True)
class CourseChange:
    """How a group changed. `agency` is None for everybody, or for those of whom it is not said (`is_everybody` tells).

    `before` and `after` are shares; `difference` is the mean of each person's own change, from -1 to 1, with its interval.
    """

    agency: Agency | None
    is_everybody: bool
    people: int
    before: float
    after: float
    difference: Estimate


@dataclass(frozen=True)
class Progress(Shown):
    """Before and after a course, for everybody and by agency. `left_out` are those who answered only once.

    `are_same_cases`: the same exercises were answered both times, so that part of a change may be memory.
    """

    changes: tuple[CourseChange, ...]
    left_out: tuple[str, ...]
    moved_agency: tuple[str, ...]
    are_same_cases: bool
    refused: tuple[str, ...]

    def page(self) -> Page:
        """The measure as a page, with its warnings."""
        from thresholds.views.progress_page import progress_page

        return progress_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The measure as JSON holds it."""
        return {
            "changes": [
                {
                    "agency": one.agency.value if one.agency else None,
                    "everybody": one.is_everybody,
                    "people": one.people,
                    "before": one.before,
                    "after": one.after,
                    "difference": one.difference.to_dict(),
                }
                for one in self.changes
            ],
            "left_out": list(self.left_out),
            "moved_agency": list(self.moved_agency),
            "same_cases": self.are_same_cases,
            "refused": list(self.refused),
        }


def progress(before: GroupAnswers, after: GroupAnswers, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Progress:
    """How a group changed between two files of answers, person by person.

    Who is in one file only is left out and named: comparing other people before and after would measure who came.
    """
    first, then = _by_person(before.answers, rule_set), _by_person(after.answers, rule_set)
    agencies = _agencies((*before.answers, *after.answers))
    both = [name for name in first if name in then]
    people = [Person(name, next(iter(agencies[name]), None), first[name], then[name]) for name in both]
    groups = [(None, True, people)]
    for agency in (*Agency, None):
        members = [one for one in people if one.agency is agency]
        if members and len(members) < len(people):
            groups.append((agency, False, members))
    cases = [{(one.exercise.id, one.moment) for one in given.answers} for given in (before, after)]
    return Progress(
        tuple(_change(agency, everybody, members) for agency, everybody, members in groups if members),
        tuple(sorted((first.keys() | then.keys()) - set(both))),
        tuple(name for name in both if len(agencies[name]) > 1),
        bool(cases[0] & cases[1]),
        (*before.refused, *after.refused),
    )


def _by_person(answers: Iterable[GroupAnswer], rule_set: str | RuleSet) -> dict[str, float]:
    """For each person, the share of answers that came to the rules' tier."""
    given: dict[str, list[bool]] = {}
    said: dict[tuple[str, int], TierSaid] = {}
    for one in answers:
        if (one.exercise.id, one.moment) not in said:
            said |= {(one.exercise.id, at.number): TierSaid.of(at.suggestion) for at in moments(one.exercise, rule_set)}
        given.setdefault(one.participant, []).append(one.answer.said is said[one.exercise.id, one.moment])
    return {name: sum(same) / len(same) for name, same in given.items()}


def _agencies(answers: Iterable[GroupAnswer]) -> dict[str, dict[Agency, None]]:
    found: dict[str, dict[Agency, None]] = {}
    for one in answers:
        found.setdefault(one.participant, {}).update({one.agency: None} if one.agency is not None else {})
    return found


def _change(agency: Agency | None, everybody: bool, people: Sequence[Person]) -> CourseChange:
    n = len(people)
    return CourseChange(
        agency, everybody, n, sum(one.before for one in people) / n, sum(one.after for one in people) / n, _difference(people)
    )


def _difference(people: Sequence[Person]) -> Estimate:
    """The mean change with an interval over people: each is compared with themself.

    Leaving out one person at a time (the jackknife) gives, for a mean, the ordinary spread over the root of how many there
    are; limits are Student's t, cut off at -1 and 1. It treats a gain and a loss alike, as the jackknife on the scale of
    disagreement would not.
    """
    changes = [one.after - one.before for one in people]
    n, mean = len(changes), sum(changes) / len(changes)
    words = "jackknife over people, Student's t"
    spread = stdev(changes) if n > 1 else 0.0
    if not spread:
        return Estimate(mean, None, None, words, n, LEVEL, ONE_PERSON if n == 1 else ALL_ALIKE)
    half = students_t((1 + LEVEL) / 2, n - 1) * spread / math.sqrt(n)
    return Estimate(mean, max(-1.0, mean - half), min(1.0, mean + half), words, n, LEVEL, ROUGH if n < FEW else "")


ONE_PERSON = "No interval: one person shows no spread."
ALL_ALIKE = "No interval: all changed by the same, which shows no spread."
FEW = 15
ROUGH = f"With fewer than {FEW} people the interval is rough itself: shares of a few answers are not spread as it supposes."
