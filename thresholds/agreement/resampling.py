"""Intervals of any figure that is worked out from cases: the jackknife on the scale of disagreement, and the bootstrap.

Jackknife: J. W. Tukey (1958), "Bias and confidence in not-quite large samples"; within strata, H. L. Jones (1974). Bootstrap
and BCa: B. Efron (1979; 1987, "Better bootstrap confidence intervals"). Expanded percentile: T. C. Hesterberg (2015), "What
teachers should know about the bootstrap". Which is used by default was decided by how often each holds the true value:
docs/agreement.md.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from statistics import NormalDist

from thresholds.agreement.intervals import LEVEL, Estimate, check_level, students_t
from thresholds.agreement.ratings import Cell, Undefined

RESAMPLES = 2000
"""How many resamples a bootstrap draws unless told otherwise: enough for two fairly steady decimals of its limits."""
SEED = 1
"""Where chance begins unless told otherwise. The same seed gives the same interval."""
LEAST_DEFINED = 0.9
"""The least share of resamples that have to give a value. With fewer the interval would speak of the lucky ones only."""

_NORMAL = NormalDist()


class Method(StrEnum):
    """How an interval is found. All but the first are bootstraps, and say how limits are read off what the resamples gave."""

    JACKKNIFE = "jackknife"
    PERCENTILE = "percentile"
    EXPANDED = "expanded percentile"
    BCA = "BCa"


Statistic = Callable[[Sequence[float]], float | Undefined]
"""A figure worked out from how much each cell weighs, in the order of the cells."""


def jackknife(statistic: Statistic, cells: Sequence[Cell], *, level: float = LEVEL, least: float | None = None) -> Estimate:
    """A figure that is at most 1, with an interval from leaving out one case at a time, within strata.

    The spread is that of the logarithm of what the figure lacks of 1, and limits are Student's t: so they never pass 1, and
    reach farther down than up as they should. They are cut off at `least`. No chance enters. There is no interval where a
    stratum has one case only, where leaving out a case leaves no value, where the figure is 1, or where no case makes a
    difference; `caution` says so. ValueError where the level is not between 0 and 1.
    """
    check_level(level)
    whole = [cell.cases * cell.weight for cell in cells]
    value, cases = statistic(whole), sum(cell.cases for cell in cells)
    words = f"jackknife over cases{_in_strata(cells)}, on the logarithm of disagreement, Student's t"
    if isinstance(value, Undefined):
        return Estimate(value, None, None, words, cases, level)
    in_stratum = Counter[object]()
    for cell in cells:
        in_stratum[cell.stratum] += cell.cases
    if min(in_stratum.values()) == 1:
        why = ONE_CASE if len(in_stratum) == 1 else "No interval: a stratum has one case only, which shows no spread."
        return Estimate(value, None, None, words, cases, level, why)
    without = _without_one(statistic, cells)
    if any(isinstance(one, Undefined) for one in without.values()):
        return Estimate(
            value, None, None, words, cases, level, "No interval: without a single one of the cases there is no value."
        )
    if value >= 1:
        return Estimate(value, None, None, words, cases, level, SAME_IN_ALL)
    variance = 0.0
    for stratum, n in in_stratum.items():
        values = [(one, cells[place].cases) for place, one in without.items() if cells[place].stratum == stratum]
        inside = [(one, often) for one, often in values if not isinstance(one, Undefined)]
        mean = math.fsum(one * often for one, often in inside) / n
        variance += (n - 1) / n * math.fsum(often * (one - mean) ** 2 for one, often in inside)
    if not variance:
        return Estimate(value, None, None, words, cases, level, SAME_IN_ALL)
    # The spread of log(1 - value) is, near the value, the spread of the value over (1 - value).
    spread = students_t((1 + level) / 2, cases - len(in_stratum)) * math.sqrt(variance) / (1 - value)
    # Beyond this factor the lower limit is out of all range, and its exponential could not be held as a number.
    factor = math.exp(min(spread, 50.0))
    lower, upper = 1 - (1 - value) * factor, 1 - (1 - value) / factor
    return Estimate(value, min(value, lower if least is None else max(least, lower)), max(value, upper), words, cases, level)


def _without_one(statistic: Statistic, cells: Sequence[Cell]) -> dict[int, float | Undefined]:
    """The figure without one case of each cell, by the place of the cell."""
    whole = [cell.cases * cell.weight for cell in cells]
    return {
        # A cell of one case is left with nothing at all and not with what rounding leaves.
        place: statistic([*whole[:place], (cell.cases - 1) * cell.weight, *whole[place + 1 :]])
        for place, cell in enumerate(cells)
        if cell.cases
    }


def _in_strata(cells: Sequence[Cell]) -> str:
    return " within strata" if len({cell.stratum for cell in cells}) > 1 else ""


ONE_CASE = "No interval: one case shows no spread."


def draws(cells: Sequence[Cell], resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[list[float]]:
    """Resamples: as many cases as there are, drawn with replacement within each stratum; what each cell weighs then.

    The same cells and seed give the same resamples.
    """
    chance = random.Random(seed)
    strata: dict[object, list[int]] = {}
    for place, cell in enumerate(cells):
        strata.setdefault(cell.stratum, []).extend([place] * cell.cases)
    weights = [cell.weight for cell in cells]
    for _ in range(resamples):
        drawn = Counter[int]()
        for members in strata.values():
            drawn.update(chance.choices(members, k=len(members)))
        yield [drawn[place] * weight for place, weight in enumerate(weights)]


def bootstrap(
    statistics: Sequence[Statistic],
    cells: Sequence[Cell],
    *,
    method: Method = Method.BCA,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Estimate, ...]:
    """Each statistic with its interval, all from the same resamples of the cases, so that they can be compared.

    A limit is always a value that a resample could give, so it stays within the range of the statistic. Where the limits would
    not hold the value itself, they are widened until they do. There is no interval where there is one case, where both limits
    would be the same (the spread is then not 0 but not known), or where fewer than nine resamples in ten give a value;
    `caution` says so. ValueError where there are fewer than 100 resamples or the level is not between 0 and 1.
    """
    check_level(level)
    if resamples < 100 or method is Method.JACKKNIFE:
        raise ValueError("A bootstrap needs a method of its own and at least 100 resamples.")
    held = [cell for cell in cells if cell.cases]
    values = [statistic([cell.cases * cell.weight for cell in cells]) for statistic in statistics]
    given: list[list[float]] = [[] for _ in statistics]
    if sum(cell.cases for cell in held) > 1:
        wanted = [place for place, value in enumerate(values) if not isinstance(value, Undefined)]
        for drawn in draws(cells, resamples, seed) if wanted else ():
            for place in wanted:
                got = statistics[place](drawn)
                if not isinstance(got, Undefined):
                    given[place].append(got)
    return tuple(
        _estimate(value, sorted(got), statistic, cells, method, level, resamples)
        for value, got, statistic in zip(values, given, statistics, strict=True)
    )


def _estimate(
    value: float | Undefined,
    given: list[float],
    statistic: Statistic,
    cells: Sequence[Cell],
    method: Method,
    level: float,
    resamples: int,
) -> Estimate:
    cases = sum(cell.cases for cell in cells)
    words = f"bootstrap over cases{_in_strata(cells)}, {method.value}, {resamples} resamples"
    if isinstance(value, Undefined):
        return Estimate(value, None, None, words, cases, level)
    if cases == 1:
        return Estimate(value, None, None, words, cases, level, ONE_CASE)
    if len(given) < LEAST_DEFINED * resamples:
        why = f"No interval: only {len(given)} of {resamples} resamples gave a value."
        return Estimate(value, None, None, words, cases, level, why)
    if given[0] == given[-1]:
        return Estimate(value, None, None, words, cases, level, SAME_IN_ALL)
    low, high = _shares(value, given, statistic, cells, method, level)
    left_out = resamples - len(given)
    caution = f"{left_out} of {resamples} resamples gave no value and were left out." if left_out else ""
    # A skewed statistic of few cases can leave its own value just outside; an interval without its value would mislead.
    lower, upper = min(value, quantile(given, low)), max(value, quantile(given, high))
    if lower == upper:
        return Estimate(value, None, None, words, cases, level, SAME_IN_ALL)
    return Estimate(value, lower, upper, words, cases, level, caution)


SAME_IN_ALL = (
    "No interval: nearly every resample gave the same value, which says that the sample is small or uniform and not that "
    "the value is sure."
)


def _shares(
    value: float, given: Sequence[float], statistic: Statistic, cells: Sequence[Cell], method: Method, level: float
) -> tuple[float, float]:
    """Which shares of the sorted values are the limits."""
    tail = (1 - level) / 2
    if method is Method.PERCENTILE:
        return tail, 1 - tail
    if method is Method.EXPANDED:
        n = sum(cell.cases for cell in cells)
        wider = _NORMAL.cdf(-math.sqrt(n / (n - 1)) * students_t(1 - tail, n - 1))
        return wider, 1 - wider
    below = sum(one < value for one in given) + sum(one == value for one in given) / 2
    # Half a resample at each end keeps the correction finite where all lie on one side.
    bias = _NORMAL.inv_cdf(min(max(below, 0.5), len(given) - 0.5) / len(given))
    speed = _acceleration(statistic, cells)
    return _corrected(bias, speed, tail), _corrected(bias, speed, 1 - tail)


def _corrected(bias: float, speed: float, share: float) -> float:
    z = bias + _NORMAL.inv_cdf(share)
    # A denominator of 0 or below belongs to no quantile; the outermost value is what the formula tends to.
    spread = 1 - speed * z
    return _NORMAL.cdf(bias + z / spread) if spread > 0 else float(share > 0.5)


def _acceleration(statistic: Statistic, cells: Sequence[Cell]) -> float:
    """How the spread changes with the value, by leaving out one case at a time (Efron 1987); 0 where that cannot be told."""
    left = [
        (value, cells[place].cases)
        for place, value in _without_one(statistic, cells).items()
        if not isinstance(value, Undefined)
    ]
    if not left:
        return 0.0
    mean = sum(value * cases for value, cases in left) / sum(cases for _, cases in left)
    squares = math.fsum(cases * (mean - value) ** 2 for value, cases in left)
    cubes = math.fsum(cases * (mean - value) ** 3 for value, cases in left)
    # The smallest spread underflows when it is cubed, and no spread gives no skew.
    scale = 6 * squares * math.sqrt(squares)
    return cubes / scale if scale > 0 else 0.0


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of the sorted values lies, between two neighbours where it falls between them."""
    place = min(max(share, 0.0), 1.0) * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
