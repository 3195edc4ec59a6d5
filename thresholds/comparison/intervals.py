"""How sure a figure is that comes from some of the cases: Wilson's interval, and the bootstrap over cases.

Wilson: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference". The bootstrap and BCa: B.
Efron (1979; 1987, "Better bootstrap confidence intervals"). The widening for small samples: T. C. Hesterberg (2015), "What
teachers should know about the bootstrap", the expanded percentile interval.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from thresholds.comparison.ratings import Cell, Undefined

LEVEL = 0.95
"""How often an interval is meant to hold the true value."""
RESAMPLES = 2000
"""How many resamples a bootstrap draws unless told otherwise: enough for two steady decimals of its limits."""
SEED = 1
"""Where chance begins unless told otherwise. The same seed gives the same interval."""
LEAST_DEFINED = 0.9
"""The least share of resamples that have to give a value. With fewer the interval would speak of the lucky ones only."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from a sample, with the interval that says how sure it is.

    `value` is a number, or why there is none. `lower` and `upper` are the limits at `level`, both None where there is no
    interval. `method` says in words how they were found, `cases` how many cases entered, and `caution` what has to be printed
    beside them; empty where there is nothing. No number in it is ever NaN or infinite.
    """

    value: float | Undefined
    lower: float | None
    upper: float | None
    method: str
    cases: int
    level: float = LEVEL
    caution: str = ""

    def __post_init__(self) -> None:
        numbers = [number for number in (self.value, self.lower, self.upper) if isinstance(number, int | float)]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("An estimate holds finite numbers only.")
        if (self.lower is None) != (self.upper is None):
            raise ValueError("An interval has both its limits or neither.")
        if self.lower is not None and self.upper is not None:
            if isinstance(self.value, Undefined):
                raise ValueError("Where there is no value there is no interval.")
            if not self.lower <= self.value <= self.upper:
                raise ValueError("An interval holds the value that it is about.")

    @property
    def is_defined(self) -> bool:
        """Whether there is a value."""
        return not isinstance(self.value, Undefined)

    def __str__(self) -> str:
        if isinstance(self.value, Undefined):
            return str(self.value)
        cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
        if self.lower is None or self.upper is None:
            return f"{self.value:.2f} (no interval; {cases})"
        return f"{self.value:.2f} ({self.level:.0%} interval {self.lower:.2f} to {self.upper:.2f}; {cases})"

    def to_dict(self) -> Mapping[str, object]:
        """The estimate as JSON holds it: `value` is null where there is none, and `undefined` says why."""
        undefined = isinstance(self.value, Undefined)
        return {
            "value": None if undefined else self.value,
            "undefined": self.value.reason if isinstance(self.value, Undefined) else None,
            "lower": self.lower,
            "upper": self.upper,
            "level": self.level,
            "method": self.method,
            "cases": self.cases,
            "caution": self.caution,
        }


def wilson(successes: int, n: int, level: float = LEVEL) -> Estimate:
    """The share of `successes` in `n`, from 0 to 1, with Wilson's interval (1927). Undefined where n is 0.

    ValueError where the counts are negative, no whole numbers, or more succeed than there are, or the level is not between 0
    and 1.
    """
    if not (isinstance(successes, int) and isinstance(n, int) and 0 <= successes <= n):
        raise ValueError("Wilson's interval needs whole numbers, 0 or above, and no more successes than cases.")
    check_level(level)
    if n == 0:
        return Estimate(Undefined("there are no cases"), None, None, WILSON_IN_WORDS, 0, level)
    lower, upper = wilson_limits(successes / n, n, level)
    return Estimate(successes / n, lower, upper, WILSON_IN_WORDS, n, level)


WILSON_IN_WORDS = "Wilson's interval for a share"


def wilson_limits(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The limits of Wilson's interval for a share of n cases; n may be an effective number and no whole one."""
    z = _NORMAL.inv_cdf((1 + level) / 2)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # Rounding may carry a limit a hair past the share itself where the share is 0 or 1.
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def check_level(level: float) -> None:
    """ValueError where the level is not a number between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError("The level of an interval lies between 0 and 1, as 0.95 does.")


class Method(StrEnum):
    """How limits are read off what the resamples gave."""

    PERCENTILE = "percentile"
    EXPANDED = "expanded percentile"
    BCA = "BCa"


Statistic = Callable[[Sequence[float]], float | Undefined]
"""A figure worked out from how much each cell weighs, in the order of the cells."""


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
    method: Method = Method.EXPANDED,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Estimate, ...]:
    """Each statistic with its interval, all from the same resamples of the cases, so that they can be compared.

    A limit is always a value that a resample could give, so it stays within the range of the statistic. Where the limits would
    not hold the value itself, they are widened until they do. There is no interval where there is one case, where every
    resample gives the same value (the spread is then not 0 but not known), or where fewer than nine resamples in ten give a
    value; `caution` says so. ValueError where there are fewer than 100 resamples or the level is not between 0 and 1.
    """
    check_level(level)
    if resamples < 100:
        raise ValueError("A bootstrap needs at least 100 resamples.")
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
    strata = " within strata" if len({cell.stratum for cell in cells}) > 1 else ""
    words = f"bootstrap over cases{strata}, {method.value}, {resamples} resamples"
    if isinstance(value, Undefined):
        return Estimate(value, None, None, words, cases, level)
    if cases == 1:
        return Estimate(value, None, None, words, cases, level, "One case shows no spread, so there is no interval.")
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
    return Estimate(value, lower, upper, words, cases, level, caution)


SAME_IN_ALL = (
    "No interval: every resample gave the same value, which says that the sample is small or uniform and not that it is sure."
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
    whole = [cell.cases * cell.weight for cell in cells]
    left: list[tuple[float, int]] = []
    for place, cell in enumerate(cells):
        if cell.cases:
            value = statistic([weight - cell.weight * (other == place) for other, weight in enumerate(whole)])
            if not isinstance(value, Undefined):
                left.append((value, cell.cases))
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


def students_t(share: float, freedom: int) -> float:
    """The quantile of Student's t at a share above a half, to about three decimals from 4 degrees of freedom on.

    By the expansion about the normal quantile in Abramowitz and Stegun (1964), 26.7.5. With fewer degrees it is too small, and
    intervals from so few cases say little in any case.
    """
    z = _NORMAL.inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom ** (power + 1) for power, term in enumerate(terms))
