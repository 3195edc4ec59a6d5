"""Which way two raters differ: over-called and under-called against the reference, and by how much."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from thresholds.agreement.intervals import LEVEL, Estimate, wilson
from thresholds.agreement.ratings import Ratings


@dataclass(frozen=True, slots=True)
class PairCount:
    """How many cases have this pair of categories, and what share of the cases with that reference they are."""

    reference: Hashable
    given: Hashable
    cases: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way what was given differs from the reference, in the cases where both are known and neither is open.

    Each share is of `compared` cases, from 0 to 1, with Wilson's interval. `under_by_two` are among the under-called. `pairs`
    holds each pair of different categories that came up, the farthest under-called first. `left_out` cases lack a rating or
    have an open one.
    """

    compared: int
    left_out: int
    same: Estimate
    over: Estimate
    under: Estimate
    under_by_two: Estimate
    counts: tuple[int, int, int, int]
    pairs: tuple[PairCount, ...]


def direction(ratings: Ratings, level: float = LEVEL) -> Direction:
    """Which way the second rater of each pair differs from the first, the reference.

    These are counts of the cases in hand: where cases were drawn with different weights, the shares are those of the sample
    and not of the population. ValueError where there are more than two raters or the level is not between 0 and 1.
    """
    if ratings.raters != 2:
        raise ValueError("Direction is for two raters, the reference first: choose them with `between`.")
    q = len(ratings.categories)
    table = [[0] * q for _ in range(q)]
    for cell in ratings.cells:
        reference, given = cell.choices
        if len(reference) == len(given) == 1:
            table[reference[0]][given[0]] += cell.cases
    steps = [(given - reference, cases) for reference, row in enumerate(table) for given, cases in enumerate(row)]
    compared = sum(cases for _, cases in steps)
    counts = (
        sum(cases for step, cases in steps if step == 0),
        sum(cases for step, cases in steps if step > 0),
        sum(cases for step, cases in steps if step < 0),
        sum(cases for step, cases in steps if step <= -2),
    )
    same, over, under, under_by_two = (wilson(cases, compared, level) for cases in counts)
    apart = sorted(
        (given - reference, reference, given)
        for reference, row in enumerate(table)
        for given, cases in enumerate(row)
        if cases and given != reference
    )
    pairs = tuple(
        PairCount(
            ratings.categories[reference],
            ratings.categories[given],
            table[reference][given],
            wilson(table[reference][given], sum(table[reference]), level),
        )
        for _, reference, given in apart
    )
    return Direction(compared, ratings.cases - compared, same, over, under, under_by_two, counts, pairs)
