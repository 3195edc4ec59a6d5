"""How much a figure changed, with the interval of the change: between two audits, or on the same cases.

Two audits: the limits of the two figures combined, after Newcombe (1998), "Interval estimation for the difference between
independent proportions", his method 10; for any figure with limits of its own, Zou and Donner (2008), "Construction of
confidence limits about effect measures: a general approach". The same cases: Newcombe (1998), "Improved confidence intervals
for the difference between binomial proportions based on paired data", his method 10.
"""

from __future__ import annotations

import math

from thresholds.agreement.intervals import LEVEL, Estimate, check_level, wilson_limits
from thresholds.agreement.ratings import Undefined


def change(before: Estimate, after: Estimate) -> Estimate:
    """`after` less `before`, two figures of one measure from different cases, with its interval.

    Undefined where either is. There is no interval where either has none. ValueError where their levels differ.
    """
    if before.level != after.level:
        raise ValueError("Both figures need intervals of the same level.")
    cases, words = before.cases + after.cases, "limits of the two combined (Newcombe 1998; Zou and Donner 2008)"
    if isinstance(before.value, Undefined) or isinstance(after.value, Undefined):
        why = before.value if isinstance(before.value, Undefined) else after.value
        assert isinstance(why, Undefined)
        return Estimate(why, None, None, words, cases, before.level)
    difference = after.value - before.value
    caution = " ".join(dict.fromkeys(filter(None, (before.caution, after.caution))))
    if before.lower is None or before.upper is None or after.lower is None or after.upper is None:
        return Estimate(difference, None, None, words, cases, before.level, caution)
    lower = difference - math.hypot(after.value - after.lower, before.upper - before.value)
    upper = difference + math.hypot(after.upper - after.value, before.value - before.lower)
    return Estimate(difference, lower, upper, words, cases, before.level, caution)


def paired_change(both: int, only_before: int, only_after: int, neither: int, level: float = LEVEL) -> Estimate:
    """The change in a share on the same cases: in how many it was so both times, before only, after only, and neither time.

    Undefined where there are no cases. ValueError where a count is negative or no whole number.
    """
    counts = (both, only_before, only_after, neither)
    if not all(isinstance(count, int) and count >= 0 for count in counts):
        raise ValueError("Counts are whole numbers, 0 or above.")
    check_level(level)
    n, words = sum(counts), "the same cases twice (Newcombe 1998)"
    if n == 0:
        return Estimate(Undefined("there are no cases"), None, None, words, 0, level)
    before, after = (both + only_before) / n, (both + only_after) / n
    lower_before, upper_before = wilson_limits(before, n, level)
    lower_after, upper_after = wilson_limits(after, n, level)
    alike = _correlation(both, only_before, only_after, neither)
    difference = after - before
    down = _together(after - lower_after, upper_before - before, alike)
    up = _together(upper_after - after, before - lower_before, alike)
    return Estimate(difference, max(-1.0, difference - down), min(1.0, difference + up), words, n, level)


def _together(one: float, other: float, alike: float) -> float:
    """Two distances as one, less for being alike."""
    return math.sqrt(max(0.0, one * one - 2 * alike * one * other + other * other))


def _correlation(both: int, only_before: int, only_after: int, neither: int) -> float:
    """How far the two times go together, from -1 to 1, corrected towards none where they seem to (Newcombe 1998)."""
    n = both + only_before + only_after + neither
    margins = (both + only_before) * (only_after + neither) * (both + only_after) * (only_before + neither)
    if not margins:
        return 0.0
    product = float(both * neither - only_before * only_after)
    if product > 0:
        product = max(product - n / 2, 0.0)
    return product / math.sqrt(margins)
