"""Before and after a course: how much nearer the views of a group came to the rules' view, with how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from thresholds.agreement.intervals import LEVEL, Estimate, students_t
from thresholds.exercises.exercise import Agency
from thresholds.exercises.room.group_files import GroupAnswer, GroupAnswers
from thresholds.exercises.room.standing import Stands
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import moments
from thresholds.language.rules import RuleSet
from thresholds.plain_text import plain
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown

Shares = Mapping[Stands, Fraction]
"""Which share of answers stands how to the rules' view: exact, and 1 together."""


@dataclass(frozen=True)
class Person:
    """One who answered before and after, and how their answers stood to the rules' view each time."""

    name: str
    agency: Agency | None
    before: Shares
    after: Shares

    @property
    def change(self) -> Fraction:
        """By how much the share of answers at the rules' tier changed, from -1 to 1."""
        return self.after[Stands.SAME] - self.before[Stands.SAME]


@dataclass(frozen=True)
class CourseChange:
    """How a group changed. `agency` is None for everybody, or for those of whom it is not said (`is_everybody` tells).

    `shares_before` and `shares_after` are the means over people of how their answers stood to the rules' view; `difference` is
    the mean of each person's own change in the share at the rules' tier, from -1 to 1, with its interval.
    """

    agency: Agency | None
    is_everybody: bool
    people: int
    shares_before: Shares
    shares_after: Shares
    difference: Estimate

    @property
    def before(self) -> float:
        """The share of answers at the rules' tier before the course."""
        return float(self.shares_before[Stands.SAME])

    @property
    def after(self) -> float:
        """The share of answers at the rules' tier after the course."""
        return float(self.shares_after[Stands.SAME])


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
                    **{
                        stands.value: {"before": float(one.shares_before[stands]), "after": float(one.shares_after[stands])}
                        for stands in (Stands.BELOW, Stands.ABOVE, Stands.NO_TIER)
                    },
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
    by_rules = _by_rules((*before.answers, *after.answers), rule_set)
    first, then = (_by_person(given.answers, by_rules) for given in (before, after))
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
        tuple(map(plain, (*before.refused, *after.refused))),
    )


def _by_rules(answers: Iterable[GroupAnswer], rule_set: str | RuleSet) -> Mapping[tuple[str, int], TierSaid]:
    """What the rules say of each moment of each exercise that was answered."""
    exercises = {one.exercise.id: one.exercise for one in answers}
    return {
        (name, moment.number): TierSaid.of(moment.suggestion)
        for name, exercise in exercises.items()
        for moment in moments(exercise, rule_set)
    }


def _by_person(answers: Iterable[GroupAnswer], by_rules: Mapping[tuple[str, int], TierSaid]) -> dict[str, Shares]:
    """For each person, which share of their answers stands how to the rules' view."""
    given: dict[str, Counter[Stands]] = {}
    for one in answers:
        stands = Stands.of(one.answer.said, by_rules[one.exercise.id, one.moment])
        given.setdefault(one.participant, Counter())[stands] += 1
    return {name: {stands: Fraction(counted[stands], counted.total()) for stands in Stands} for name, counted in given.items()}


def _agencies(answers: Iterable[GroupAnswer]) -> dict[str, dict[Agency, None]]:
    found: dict[str, dict[Agency, None]] = {}
    for one in answers:
        found.setdefault(one.participant, {}).update({one.agency: None} if one.agency is not None else {})
    return found


def _change(agency: Agency | None, everybody: bool, people: Sequence[Person]) -> CourseChange:
    before, after = _mean(one.before for one in people), _mean(one.after for one in people)
    return CourseChange(agency, everybody, len(people), before, after, _difference([one.change for one in people]))


def _mean(each: Iterable[Shares]) -> Shares:
    """The mean over people: each counts alike, however many answers they gave."""
    shares = list(each)
    return {stands: sum((one[stands] for one in shares), Fraction()) / len(shares) for stands in Stands}


def _difference(changes: Sequence[Fraction]) -> Estimate:
    """The mean change with an interval over people: each is compared with themself.

    Leaving out one person at a time (the jackknife) gives, for a mean, the ordinary spread over the root of how many there
    are; limits are Student's t, cut off at -1 and 1. It treats a gain and a loss alike, as the jackknife on the scale of
    disagreement would not. The spread is worked out in exact fractions, since rounding would make one where there is none.
    """
    n = len(changes)
    mean = sum(changes, Fraction()) / n
    squares = sum(((one - mean) ** 2 for one in changes), Fraction())
    words = "jackknife over people, Student's t"
    if not squares:
        return Estimate(float(mean), None, None, words, n, LEVEL, ONE_PERSON if n == 1 else ALL_ALIKE)
    half = students_t((1 + LEVEL) / 2, n - 1) * math.sqrt(squares / (n * (n - 1)))
    middle = float(mean)
    return Estimate(middle, max(-1.0, middle - half), min(1.0, middle + half), words, n, LEVEL, ROUGH if n < FEW else "")


ONE_PERSON = "No interval: one person shows no spread."
ALL_ALIKE = "No interval: all changed by the same, which shows no spread."
FEW = 15
ROUGH = f"With fewer than {FEW} people the interval is rough itself: shares of a few answers are not spread as it supposes."
