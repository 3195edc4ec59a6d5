"""How many cases the next audit needs, and what a sample of a given size cannot show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from thresholds.agreement.costs import Costs, Steps
from thresholds.agreement.intervals import LEVEL, check_level, wilson, wilson_limits
from thresholds.agreement.two_raters import MODELS, TwoRaters

MOST_CASES = 100_000
"""Beyond so many cases a plan is refused: nobody audits them, and the wanted width is then a slip."""


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """How many cases the next audit needs for intervals as narrow as wanted.

    `for_agreement` cases give observed agreement near the `expected_agreement` an interval of at most twice `half_width`, by
    Wilson; `for_kappa` give kappa the same, by the large-sample variance of Fleiss, Cohen and Everitt (1969) in the table of
    the model, where kappa is `expected_kappa`. `cannot_show` says what so many cases leave open, each in a sentence.
    """

    for_agreement: int
    for_kappa: int
    half_width: float
    expected_agreement: float
    expected_kappa: float
    model: str
    level: float
    cannot_show: tuple[str, ...]

    @property
    def cases(self) -> int:
        """How many cases do for both."""
        return max(self.for_agreement, self.for_kappa)

    def words(self) -> tuple[str, ...]:
        """The plan in sentences: how many cases, by which reckoning, and what they will not show."""
        width = f"{self.half_width:.0%} either way"
        return (
            f"{self.cases} cases, drawn by chance and rated by both, if agreement and kappa are both to be known to {width} "
            f"({self.level:.0%} intervals).",
            f"For agreement near {self.expected_agreement:.0%}: {self.for_agreement} cases (Wilson's interval).",
            f"For kappa near {self.expected_kappa:.2f}: {self.for_kappa} cases (variance of Fleiss, Cohen and Everitt 1969; "
            f"the pairs of tiers as in the model: {self.model}).",
            "Draw more than that: some cases cannot be rated.",
            *self.cannot_show,
        )


def plan_sample(
    half_width: float = 0.1,
    expected_agreement: float = 0.7,
    model: TwoRaters = MODELS[0],
    costs: Steps | Costs = Steps.UNWEIGHTED,
    level: float = LEVEL,
) -> SamplePlan:
    """How many cases the next audit needs for intervals of half this width.

    `expected_agreement` is the share of cases in which the two are expected to agree, and the model how their tiers are
    expected to fall for kappa; what the last audit gave is the best guess, and nearer a half is the safe one. ValueError where
    a width or a share is not between 0 and 1, the costs do not fit the model, or more than 100,000 cases would be needed.
    """
    check_level(level)
    if not 0 < half_width < 1 or not 0 < expected_agreement < 1:
        raise ValueError("The half-width and the expected agreement lie between 0 and 1: 0.1 is ten percentage points.")
    table = model.table()
    kappa, variance = kappa_variance(table, costs)
    z = NormalDist().inv_cdf((1 + level) / 2)
    for_kappa = math.ceil(z * z * variance / half_width**2)
    for_agreement = cases_for_share(half_width, expected_agreement, level)
    if for_kappa > MOST_CASES:
        raise ValueError(f"More than {MOST_CASES} cases would be needed: give a greater half-width.")
    cases = max(for_agreement, for_kappa)
    return SamplePlan(
        for_agreement,
        for_kappa,
        half_width,
        expected_agreement,
        kappa,
        model.about,
        level,
        cannot_show(cases, expected_agreement, level),
    )


def cases_for_share(half_width: float, share: float, level: float = LEVEL) -> int:
    """The fewest cases from which on Wilson's interval around this share is at most twice the half-width.

    ValueError where more than 100,000 would be needed.
    """

    def is_enough(cases: int) -> bool:
        lower, upper = wilson_limits(share, cases, level)
        return upper - lower <= 2 * half_width

    # The width falls steadily as cases are added, so the search can halve.
    low, high = 1, MOST_CASES
    if not is_enough(high):
        raise ValueError(f"More than {MOST_CASES} cases would be needed: give a greater half-width.")
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return low


def kappa_variance(table: tuple[tuple[float, ...], ...], costs: Steps | Costs = Steps.UNWEIGHTED) -> tuple[float, float]:
    """Kappa of a table of probabilities with sum 1, and the variance of its estimate from one case, for large samples.

    Divided by n it is the variance from n cases: Fleiss, Cohen and Everitt (1969). ValueError where the costs do not fit the
    table, or no disagreement could come about by chance.
    """
    q = len(table)
    priced = (costs.costs(q) if isinstance(costs, Steps) else costs).table
    if len(priced) != q:
        raise ValueError(f"These costs are for {len(priced)} categories, and the table has {q}.")
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    everywhere = [(first, second) for first in range(q) for second in range(q)]
    seen = sum(priced[first][second] * table[first][second] for first, second in everywhere)
    expected = sum(priced[first][second] * rows[first] * columns[second] for first, second in everywhere)
    if not expected:
        raise ValueError("No disagreement that costs anything could come about by chance in this table.")
    by_row = [sum(priced[first][second] * columns[second] for second in range(q)) for first in range(q)]
    by_column = [sum(priced[first][second] * rows[first] for first in range(q)) for second in range(q)]
    # How far one case of each pair moves the ratio seen / expected, squared and averaged; its mean is 0.
    moves = (
        table[first][second]
        * (priced[first][second] / expected - seen / expected**2 * (by_row[first] + by_column[second]) + seen / expected) ** 2
        for first, second in everywhere
    )
    return 1 - seen / expected, sum(moves)


def cannot_show(cases: int, agreement: float = 0.7, level: float = LEVEL) -> tuple[str, ...]:
    """What a sample of so many cases leaves open, each in a sentence with its number. ValueError where there are no cases."""
    if cases < 1:
        raise ValueError("A sample has at least one case.")
    unseen = wilson(0, cases, level).upper or 0.0
    lower, upper = wilson_limits(agreement, cases, level)
    # Two independent audits: the variances add up, so the difference is less sure than either by the root of two.
    difference = min(1.0, math.sqrt(2) * (upper - lower) / 2)
    part_lower, part_upper = wilson_limits(agreement, max(1, cases / 4), level)
    part = (part_upper - part_lower) / 2
    return (
        f"A kind of error that {cases} cases do not show may still be in up to {unseen:.0%} of all cases.",
        f"A change in agreement of less than about {difference:.0%} from one such audit to the next may be chance.",
        f"Of a quarter of the cases, such as one tier or one service, agreement is known to about {part:.0%} either way.",
        "Agreement, in however many cases, does not show that either is right; and what never reached the audit is not in it.",
    )
