"""A room: how the views of a group spread, where it split, and what to talk about, before the rules' view is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MANY_RATERS, estimates
from thresholds.agreement.ratings import ratings
from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.exercise import Agency, Exercise
from thresholds.exercises.marking import Marking, mark_moment
from thresholds.exercises.reading.differences import DifferenceKind
from thresholds.exercises.room.group_files import GroupAnswer, GroupAnswers, UnusedLine
from thresholds.exercises.room.standing import Stands
from thresholds.exercises.room.talking_points import before_the_rules, beside_the_rules
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment, moments
from thresholds.language.rules import RuleSet
from thresholds.plain_text import plain
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown

SMALL = 30
"""Below so many, a group is called small on every page: one person more or less moves a figure much."""


@dataclass(frozen=True)
class OneCase:
    """What a group said of one moment of an exercise.

    `agencies` holds the group of each who answered, None where it is not said. Of those who took part, `silent` gave no answer
    to it, and the answers of `unused` cannot be used.
    """

    exercise: Exercise
    moment: Moment
    markings: Mapping[str, Marking]
    agencies: Mapping[str, Agency | None]
    silent: tuple[str, ...]
    unused: tuple[str, ...]
    took_part: int

    @cached_property
    def spread(self) -> Counter[TierSaid]:
        """How many said what."""
        return Counter(one.answer.said for one in self.markings.values())

    @cached_property
    def spread_by_agency(self) -> Mapping[Agency | None, Counter[TierSaid]]:
        """How many said what in each group, None for those of whom it is not said; empty where it is said of nobody."""
        found: dict[Agency | None, Counter[TierSaid]] = {}
        for agency in (*Agency, None):
            said = Counter(one.answer.said for name, one in self.markings.items() if self.agencies[name] is agency)
            if said:
                found[agency] = said
        return {} if found.keys() == {None} else found

    @cached_property
    def direction(self) -> Mapping[Stands, int]:
        """Which way the views differ from the rules': how many are the same, below, above, or have no tier to compare."""
        by_rules = TierSaid.of(self.moment.suggestion)
        counted = Counter(Stands.of(one.answer.said, by_rules) for one in self.markings.values())
        return {stands: counted[stands] for stands in Stands}

    @cached_property
    def carrying(self) -> Mapping[str, int]:
        """The facts that the rules' view rests on, and how many named each; the least named first."""
        why = self.moment.suggestion.why()
        facts = dict.fromkeys(support.fact for one in why.derivations for support in one.facts if support.fact != "age_months")
        named = {name: sum(name in one.answer.cited() for one in self.markings.values()) for name in facts}
        return dict(sorted(named.items(), key=lambda item: item[1]))

    @cached_property
    def asked(self) -> Counter[str]:
        """How many would ask what."""
        return Counter(name for one in self.markings.values() for name in one.answer.ask)

    @cached_property
    def kinds(self) -> Counter[DifferenceKind]:
        """How many views differ from the rules' in which way."""
        return Counter(
            kind for one in self.markings.values() for kind in DifferenceKind if kind in one.kinds
        )  # in one order on every run

    @cached_property
    def prompts(self) -> tuple[str, ...]:
        """What to talk about, drawn from where the group split; it does not give the rules' view away."""
        return tuple(before_the_rules(self))

    @cached_property
    def prompts_beside_the_rules(self) -> tuple[str, ...]:
        """What to talk about once the rules' view is shown, a tier that is too low first."""
        return tuple(beside_the_rules(self))


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
            "cases": [
                {
                    "exercise": one.exercise.id,
                    "moment": one.moment.number,
                    "answered": len(one.markings),
                    "spread": _written(one.spread),
                    "by_agency": {
                        agency.value if agency else "not_said": _written(spread)
                        for agency, spread in one.spread_by_agency.items()
                    },
                    "direction": {stands.value: number for stands, number in one.direction.items()},
                    "silent": list(one.silent),
                    "unused": list(one.unused),
                    "named": dict(one.carrying),
                    "asked": dict(one.asked.most_common()),
                    "prompts": list(one.prompts),
                    "prompts_beside_the_rules": list(one.prompts_beside_the_rules),
                    "kinds": {kind.value: number for kind, number in one.kinds.items()},
                    "rules_say": TierSaid.of(one.moment.suggestion).value,
                    "why_differ": [
                        {"participant": name, "moment": one.moment.number, "why": marking.answer.why_differ}
                        for name, marking in one.markings.items()
                        if marking.answer.why_differ
                    ],
                }
                for one in self.cases
            ],
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


def _written(spread: Counter[TierSaid]) -> dict[str, int]:
    return {said.value: number for said, number in spread.items()}


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
