"""Interviews in which a full record gives the answers: from nothing known to where no answer can change the tier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from thresholds import FACTS, Case, Status, Tier, suggest
from thresholds.facts.record import GATES, POSITIONS
from thresholds.interview import Interview


@dataclass(frozen=True)
class Held:
    """One interview: after how many questions, the opening ones apart, the tier was that of the full record and stayed so, and
    how many there were until no answer could change it."""

    case: Case
    tier: Tier | None
    to_reach: int
    to_settle: int


def hold(case: Case) -> Held:
    """An interview that this case answers; what is not known there is not known here."""
    interview, further, trail = Interview.begin(), 0, [(0, suggest(Case()).tier)]
    while interview.question and not interview.to_ask.tier_is_settled:
        name = interview.question.fact.name
        further += not (interview.question.required or name in GATES)
        value = case.record[POSITIONS[name]]
        interview = interview.answer(FACTS[name].written(value if value is not None else case.__dict__[name]))
        trail.append((further, interview.suggestion.tier))
    end = interview.suggestion.tier
    other = max((place for place, (_, tier) in enumerate(trail) if tier != end), default=-1)
    return Held(case, end, trail[other + 1][0], further)


def by_tier(cases: Iterable[Case]) -> dict[Tier | None, list[Held]]:
    """The interviews of these cases by the tier of their full records; without those that are no question of thresholds."""
    found: dict[Tier | None, list[Held]] = defaultdict(list)
    for case in cases:
        suggestion = suggest(case)
        if suggestion.status is not Status.NOT_FOR_THIS_TOOL:
            found[suggestion.tier].append(hold(case))
    return found
