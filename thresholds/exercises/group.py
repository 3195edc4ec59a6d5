"""A room: how the views of a group spread, where it split, and what to talk about, before the rules' view is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MANY_RATERS, estimates
from thresholds.agreement.ratings import ratings
from thresholds.exercises.differences import DifferenceKind
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.group_files import GroupAnswer, GroupAnswers
from thresholds.exercises.marking import Marking, mark_moment
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment, moments
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.page import Page
from thresholds.views.shown import Shown

APART = 0.5
"""How much more often, as a share, one side has to name a fact than the other for it to be put to the group."""
SMALL = 30
"""Below so many, a group is called small on every page: one person more or less moves a figure much."""


@dataclass(frozen=True)
class OneCase:
    """What a group said of one moment of an exercise. `silent` are those who took part and gave no answer to it."""

    exercise: Exercise
    moment: Moment
    markings: Mapping[str, Marking]
    silent: tuple[str, ...]

    @cached_property
    def spread(self) -> Counter[TierSaid]:
        """How many said what."""
        return Counter(one.answer.said for one in self.markings.values())

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
        """What to talk about, drawn from where the group split."""
        return tuple(_prompts(self))


@dataclass(frozen=True)
class RoomViews(Shown):
    """What a group said of several exercises. `refused` are the lines that could not be used, as sentences."""

    cases: tuple[OneCase, ...]
    participants: tuple[str, ...]
    refused: tuple[str, ...]

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
                    "spread": {said.value: number for said, number in one.spread.items()},
                    "silent": list(one.silent),
                    "named": dict(one.carrying),
                    "asked": dict(one.asked.most_common()),
                    "prompts": list(one.prompts),
                    "kinds": {kind.value: number for kind, number in one.kinds.items()},
                    "rules_say": TierSaid.of(one.moment.suggestion).value,
                }
                for one in self.cases
            ],
            "refused": list(self.refused),
        }


def group(given: GroupAnswers, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> RoomViews:
    """What the answers of a group come to, exercise by exercise in the order in which they first come."""
    by_case: dict[tuple[str, int], list[GroupAnswer]] = {}
    for one in given.answers:
        by_case.setdefault((one.exercise.id, one.moment), []).append(one)
    unfolded = {one.exercise.id: moments(one.exercise, rule_set) for one in given.answers}
    cases = []
    for (name, number), answers in by_case.items():
        moment = unfolded[name][number]
        markings = {one.participant: mark_moment(one.exercise, moment, one.answer) for one in answers}
        silent = tuple(person for person in given.participants if person not in markings)
        cases.append(OneCase(answers[0].exercise, moment, markings, silent))
    return RoomViews(tuple(cases), given.participants, given.refused)


# What to talk about.


def _prompts(case: OneCase) -> Iterator[str]:
    sides = case.spread.most_common()
    if not sides:
        return
    if len(sides) == 1:
        said = sides[0][0]
        yield f"All of you say {_quoted(said)}. What would have to be otherwise for you to say more, or less?"
    else:
        (one, many), (other, fewer) = sides[:2]
        yield _two_sides(case, one, many, other, fewer)
        for said, number in sides[1:]:
            if number == 1 and len(case.markings) > 2:
                yield f"One of you alone says {_quoted(said)}: hear them first, and what they saw in the text."
    for name, number in case.asked.most_common(2):
        if number < len(case.markings) or len(sides) > 1:
            would = f"{number} of {len(case.markings)} would ask"
            yield f"{would}: “{FACTS[name].question}” Which answer would change your view, and why?"


def _quoted(said: TierSaid) -> str:
    return said.words if said.tier is not None else f"“{said.words}”"


def _two_sides(case: OneCase, one: TierSaid, many: int, other: TierSaid, fewer: int) -> str:
    said = f"{many} say {_quoted(one)} and {fewer} say {_quoted(other)}."
    shares = {side: _shares(case, side) for side in (one, other)}
    every = {**shares[one], **shares[other]}
    apart = {name: shares[one].get(name, 0.0) - shares[other].get(name, 0.0) for name in every}
    name = max(apart, key=lambda fact: abs(apart[fact]), default=None)
    if name is None:
        return f"{said} Neither side names a fact: which words in the text carry it for you?"
    if abs(apart[name]) < APART:
        return f"{said} Both name much the same facts: what makes them weigh more, or less?"
    naming, not_naming = (one, other) if apart[name] > 0 else (other, one)
    return (
        f"{said} Those who say {_quoted(naming)} name “{FACTS[name].says}” more often than those who say "
        f"{_quoted(not_naming)}: what does the text say of it, and what does it mean for this child?"
    )


def _shares(case: OneCase, side: TierSaid) -> Mapping[str, float]:
    """How often each fact is named by those who say this."""
    answers: Sequence[Mapping[str, object]] = [one.answer.cited() for one in case.markings.values() if one.answer.said is side]
    counted = Counter(name for cited in answers for name in cited)
    return {name: number / len(answers) for name, number in counted.items()}
