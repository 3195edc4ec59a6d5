"""The sides of the thresholds between tiers from which a made case can be told, and the order in which they are tried."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from thresholds.exercises.making.near_case import NearCase
from thresholds.scales import Stage, Tier


@dataclass(frozen=True)
class Place:
    """A side of the threshold between two neighbouring tiers: the case is told from the one, and the other lies beyond."""

    told: Tier
    beyond: Tier

    @property
    def upper(self) -> Tier:
        """The higher of the two tiers that meet at the threshold."""
        return max(self.told, self.beyond)

    def holds(self, near: NearCase) -> bool:
        """Whether the case is told from here, and the other side lies beyond, next to the threshold or further."""
        other = near.there.tier
        if near.here.tier is not self.told or other is None:
            return False
        return other >= self.beyond if self.beyond > self.told else other <= self.beyond


def places(chance: random.Random) -> list[Place]:
    """Every side of every threshold in an order by chance, in which each tier is as likely as any other to come first."""
    of_tier: dict[Tier, list[Place]] = {tier: [] for tier in Tier}
    for lower, upper in pairwise(Tier):
        of_tier[lower].append(Place(lower, upper))
        of_tier[upper].append(Place(upper, lower))
    tiers = chance.sample(list(Tier), len(Tier))
    return [place for tier in tiers for place in chance.sample(of_tier[tier], len(of_tier[tier]))]


def turns(sides: Sequence[Place], stages: Sequence[Stage]) -> list[tuple[Place, Stage]]:
    """Every one of these sides at every stage, going on to the next of both each time, so that neither is kept to for long."""
    rounds = range(len(stages))
    return [(place, stages[(at + shift) % len(stages)]) for shift in rounds for at, place in enumerate(sides)]
