"""The sides of thresholds: what a side holds, and that every side at every stage has its turn."""

import itertools
import random
from collections import Counter
from types import SimpleNamespace

from thresholds import Stage, Tier
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.places import Place, places, turns


def near_case(here, there):
    """Two sides at these tiers."""
    return NearCase(SimpleNamespace(tier=here), SimpleNamespace(tier=there), "left_alone")


def test_turns_come_to_every_side_at_every_stage_and_keep_to_neither():
    sides = places(random.Random(0))
    for stages in (list(Stage), [Stage.INFANT]):
        order = turns(sides, stages)
        assert sorted(order, key=repr) == sorted(itertools.product(sides, stages), key=repr)
        assert all(one[0] != other[0] for one, other in itertools.pairwise(order))
    assert all(one[1] is not other[1] for one, other in itertools.pairwise(turns(sides, list(Stage))[: len(sides)]))


def test_a_side_of_a_threshold_holds_what_is_told_from_it_and_reaches_over_it():
    one = near_case(Tier.TWO_B, Tier.THREE)
    assert Place(Tier.TWO_B, Tier.THREE).holds(one)
    assert not Place(Tier.TWO_B, Tier.TWO_A).holds(one)
    assert not Place(Tier.TWO_A, Tier.TWO_B).holds(one)
    assert Place(Tier.THREE, Tier.TWO_B).holds(one.swapped)
    wide = near_case(Tier.THREE, Tier.TWO_A)
    assert Place(Tier.THREE, Tier.TWO_B).holds(wide)


def test_places_begin_with_each_tier_alike():
    chance = random.Random(1)
    first = Counter(places(chance)[0].told for _ in range(400))
    assert set(first) == set(Tier)
    assert min(first.values()) >= 70
    assert len(set(places(chance))) == 6
