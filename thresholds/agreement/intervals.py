"""How sure a figure is that comes from some of the cases: the estimate with its interval, and Wilson's interval for a share.

Wilson: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from thresholds.agreement.ratings import Undefined

LEVEL = 0.95
"""How often an interval is meant to hold the true value."""

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


def students_t(share: float, freedom: int) -> float:
    """The quantile of Student's t at a share above a half, with so many degrees of freedom: exact for 1 and 2, else near.

    By the expansion about the normal quantile in Abramowitz and Stegun (1964), 26.7.5.
    """
    if freedom == 1:
        return math.tan(math.pi * (share - 0.5))
    if freedom == 2:
        return (2 * share - 1) / math.sqrt(2 * share * (1 - share))
    z = _NORMAL.inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / math.pow(freedom, power) for power, term in enumerate(terms, 1))
