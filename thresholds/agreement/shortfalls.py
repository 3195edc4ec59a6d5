"""Where intervals held the true value less often than they say, in trials: so that it is printed with the figure.

The numbers are the worst of all measures and models in docs/coverage-of-intervals.json, rounded down, which
`python -m thresholds.agreement.coverage` writes.
"""

from __future__ import annotations

from dataclasses import dataclass

from thresholds.agreement.resampling import Method


@dataclass(frozen=True, slots=True)
class Trial:
    """In audits of so many cases, in how many of 100 at worst the intervals of this kind held the true value."""

    cases: int
    held: int


GOOD_ENOUGH = 93
"""From how many of 100 on nothing is said."""

BY_CHANCE = (Trial(15, 88), Trial(30, 93), Trial(100, 93))
"""The jackknife, cases drawn by chance."""
BY_STRATA = (Trial(15, 76), Trial(30, 82), Trial(100, 91))
"""The jackknife, equal numbers of cases from three strata and weighed by what they stand for."""
BOOTSTRAP = (Trial(15, 82), Trial(30, 84), Trial(100, 90))
"""The worst of the three bootstraps, cases drawn by chance; they were not tried on strata."""


def shortfall(method: Method, by_strata: bool, cases: int) -> str:
    """What has to be said of an interval from so many cases; empty where such intervals did as they should.

    It is what was seen in the largest trial with no more cases than these, or in the smallest trial of all.
    """
    trials = BOOTSTRAP if method is not Method.JACKKNIFE else BY_STRATA if by_strata else BY_CHANCE
    nearest = max((trial for trial in trials if trial.cases <= cases), key=lambda trial: trial.cases, default=trials[0])
    if nearest.held >= GOOD_ENOUGH:
        return ""
    drawn = " drawn by strata" if by_strata and method is Method.JACKKNIFE else ""
    return (
        f"Too narrow at times: in trials with {nearest.cases} cases{drawn}, intervals of this kind held the true value in as "
        f"few as {nearest.held} audits of 100, and not in 95."
    )
