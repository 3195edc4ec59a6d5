"""Puts things that weigh nothing beside what a made case tells, so that the child is somebody to a reader."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from thresholds.exercises.making.beside import ABOUT_THE_CHILD, SENT_BY, Beside
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.possible import possible
from thresholds.exercises.making.telling import tells_something
from thresholds.language.rules import RuleSet
from thresholds.suggestion import Suggestion, suggest

_BESIDE_ELSEWHERE = 0.3
"""How often something stands beside where it need not: often enough that it does not give a bare case away."""
_MOST_BESIDE = 3
"""So many things stand beside at most: with more, what the case is about would be hard to find."""


@dataclass(frozen=True)
class Furnishing:
    """Chooses by chance what stands beside, and asks these rules whether it weighs nothing."""

    rules: RuleSet
    chance: random.Random

    def furnished(self, near: NearCase) -> NearCase | None:
        """The same two with a few things beside that weigh nothing: always where one of them would tell of nothing else (None
        where none fits), and now and then elsewhere, so that they give nothing away."""
        is_empty = not all(tells_something(side.case) for side in (near.here, near.there))
        wanted = self.chance.randint(1, _MOST_BESIDE) if is_empty or self.chance.random() < _BESIDE_ELSEWHERE else 0
        with_one = self._with_some(near, ABOUT_THE_CHILD, min(1, wanted))
        if is_empty and with_one is near:
            return None
        return self._with_some(with_one, (*ABOUT_THE_CHILD, *SENT_BY), wanted - 1)

    def _with_some(self, near: NearCase, things: Sequence[Beside], wanted: int) -> NearCase:
        """The same two with as many of these beside as are wanted, or as many as there can be."""
        added = 0
        for one in self.chance.sample(things, len(things)):
            if added < wanted and (furnished := self._with(near, one)) is not None:
                near, added = furnished, added + 1
        return near

    def _with(self, near: NearCase, beside: Beside) -> NearCase | None:
        """The same two with this told in both; None where it cannot be told in both, or weighs something in either."""
        here, there = (self._side_with(side, beside) for side in (near.here, near.there))
        return None if here is None or there is None else NearCase(here, there, near.fact)

    def _side_with(self, side: Suggestion, beside: Beside) -> Suggestion | None:
        known = side.case.known()
        case = possible({**known, **beside.answers}) if beside.may_stand_in(known) else None
        again = None if case is None else suggest(case, self.rules)
        return None if again is None or not _weighs_the_same(side, again) else again


def _weighs_the_same(one: Suggestion, other: Suggestion) -> bool:
    """Whether the rules say the same of two cases, and for the same reasons."""
    same = (one.tier, one.status, one.confirmed_tier) == (other.tier, other.status, other.confirmed_tier)
    return same and tuple(one.evaluation.counting) == tuple(other.evaluation.counting)
