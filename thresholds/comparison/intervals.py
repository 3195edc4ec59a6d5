"""Intervals: how far a figure from these cases may be from what more cases would show."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

from thresholds.comparison.agreement import Figure, Undefined

LEVEL, RESAMPLES = 0.95, 2_000
FEWEST_DEFINED = 0.9
"""The share of resamples in which a figure has to have a meaning for an interval to be given."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval: `method` in words, `cases` how many entered it, `level` the share of intervals that would
    hold the true value.

    `value` is None where the figure has no meaning here, `lower` and `upper` where its interval has none; `undefined` is why.
    """

    value: float | None
    lower: float | None
    upper: float | None
    method: str
    cases: int
    level: float = LEVEL
    undefined: str = ""


def wilson(successes: int, cases: int, level: float = LEVEL) -> Estimate:
    """A share with Wilson's interval (1927), which stays within 0 and 1 and holds for few cases.

    Raises ValueError for fewer than no successes, or more than there are cases.
    """
    if not 0 <= successes <= cases:
        raise ValueError("Expected between none and all of the cases.")
    if cases == 0:
        return Estimate(None, None, None, "Wilson", 0, level, "there is no case")
    share, z = successes / cases, NormalDist().inv_cdf((1 + level) / 2)
    spread = z * sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    middle, scale = share + z * z / (2 * cases), 1 + z * z / cases
    return Estimate(share, max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale), "Wilson", cases, level)


def bootstrap(
    cases: Sequence[_T],
    figure: Callable[[Sequence[_T]], Figure],
    *,
    seed: int,
    stratum: Callable[[_T], Hashable] | None = None,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Estimate:
    """A figure of these cases with a percentile bootstrap interval (Efron, 1979): the cases are drawn again and again, each as
    often as chance has it, within each stratum where the sample was drawn by strata. The same seed gives the same interval.

    With few cases such an interval is somewhat too narrow. It cannot leave what the figure can be.
    """
    method = f"percentile bootstrap over cases, {resamples} resamples, seed {seed}"
    value = figure(cases)
    if isinstance(value, Undefined):
        return Estimate(None, None, None, method, len(cases), level, value.reason)
    groups: dict[Hashable, list[_T]] = {}
    for case in cases:
        groups.setdefault(stratum(case) if stratum else None, []).append(case)
    chance = random.Random(seed)
    drawn = ([one for group in groups.values() for one in chance.choices(group, k=len(group))] for _ in range(resamples))
    found = sorted(one for resample in drawn if not isinstance(one := figure(resample), Undefined))
    if len(found) < resamples * FEWEST_DEFINED:
        reason = f"in {1 - len(found) / resamples:.0%} of the resamples it has no meaning"
        return Estimate(value, None, None, method, len(cases), level, reason)
    tail = (1 - level) / 2
    return Estimate(value, _quantile(found, tail), _quantile(found, 1 - tail), method, len(cases), level)


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
