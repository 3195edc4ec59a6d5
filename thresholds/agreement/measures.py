"""Figures of agreement on ordered categories: observed, Cohen's kappa, Gwet's AC1 and AC2, Krippendorff's alpha.

Each measure gives a number or says why there is none, and an estimate with its interval. What each means, when it misleads,
and its formula and source, stand in docs/agreement.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thresholds.agreement.costs import Costs, Steps, under_calling_costs
from thresholds.agreement.intervals import LEVEL, WILSON_IN_WORDS, Estimate, wilson, wilson_limits
from thresholds.agreement.ratings import TIERS, Cell, Pattern, Ratings, Undefined
from thresholds.agreement.resampling import RESAMPLES, SAME_IN_ALL, SEED, Method, Statistic, bootstrap, jackknife
from thresholds.agreement.shortfalls import shortfall

NO_PAIRS = Undefined("no case was rated by two")
ONE_CATEGORY = Undefined("every rating is the same, so that it cannot be told from chance")


class Measure(ABC):
    """A figure of agreement: 1 where all agree. `least` is the lowest it can be; None where that depends on the ratings."""

    name: str
    label: str
    least: float | None

    @abstractmethod
    def statistic(self, ratings: Ratings) -> Statistic:
        """The figure as a function of how much each cell of these ratings weighs, for the bootstrap.

        ValueError where some rating is open, or where the measure does not fit the ratings.
        """

    def value(self, ratings: Ratings) -> float | Undefined:
        """The figure for these ratings, or why there is none. ValueError where the measure does not fit them."""
        if ratings.open_cases:
            return _open(ratings)
        return self.statistic(ratings)([cell.cases * cell.weight for cell in ratings.cells])

    def estimate(
        self,
        ratings: Ratings,
        *,
        method: Method = Method.JACKKNIFE,
        level: float = LEVEL,
        resamples: int = RESAMPLES,
        seed: int = SEED,
    ) -> Estimate:
        """The figure with its interval, as `estimates` gives it."""
        return estimates(ratings, (self,), method=method, level=level, resamples=resamples, seed=seed)[self.name]


@dataclass(frozen=True, slots=True)
class Observed(Measure):
    """The share of cases in which two raters gave the same; with more raters, of their pairs, each case counting once."""

    name: str = "observed"
    label: str = "Observed agreement"
    least: float | None = 0.0

    def statistic(self, ratings: Ratings) -> Statistic:
        """See `Measure.statistic`."""
        agreeing = [(place, _pairs_agreeing(counts, Steps.UNWEIGHTED, 2)) for place, counts in _counted(ratings)]

        def share(weights: Sequence[float]) -> float | Undefined:
            total = sum(weights[place] for place, _ in agreeing)
            return sum(weights[place] * agreed for place, agreed in agreeing) / total if total else NO_PAIRS

        return share


@dataclass(frozen=True, slots=True)
class Kappa(Measure):
    """Cohen's kappa for two raters: how much of the disagreement that chance would bring, priced by `costs`, was avoided.

    Cohen (1960); with costs, Cohen (1968). Where `costs` is a way in which costs grow with the steps, it is at least -1; with
    costs of your own there is no such floor.
    """

    name: str
    label: str
    costs: Steps | Costs
    least: float | None = -1.0

    def statistic(self, ratings: Ratings) -> Statistic:
        """See `Measure.statistic`. ValueError too where there are not two raters or the costs do not fit the categories."""
        if ratings.raters != 2:
            raise ValueError("Kappa is for two raters: choose them with `between`.")
        q = len(ratings.categories)
        costs = (self.costs.costs(q) if isinstance(self.costs, Steps) else self.costs).table
        if len(costs) != q:
            raise ValueError(f"These costs are for {len(costs)} categories, and the ratings have {q}.")
        rated = [
            (place, first, second) for place, (first, second) in _patterns(ratings) if not (first is None or second is None)
        ]
        least = self.least

        def kappa(weights: Sequence[float]) -> float | Undefined:
            rows, columns = [0.0] * q, [0.0] * q
            seen = total = 0.0
            for place, first, second in rated:
                weight = weights[place]
                rows[first] += weight
                columns[second] += weight
                seen += weight * costs[first][second]
                total += weight
            if not total:
                return NO_PAIRS
            expected = sum(
                row * sum(cost * column for cost, column in zip(of_row, columns, strict=True))
                for row, of_row in zip(rows, costs, strict=True)
                if row
            )
            if not expected:
                return ONE_CATEGORY if max(rows) == max(columns) == total else NO_COST
            value = 1 - seen * total / expected
            return value if least is None else max(least, value)

        return kappa


NO_COST = Undefined("with these ratings no disagreement that costs anything could come about by chance")


@dataclass(frozen=True, slots=True)
class GwetAC(Measure):
    """Gwet's AC1 (unweighted) and AC2 (linear, quadratic), for any number of raters with ratings missing.

    Gwet (2008); with weights and missing ratings, Gwet (2014). A case with one rating tells how often categories are used and
    nothing of agreement. Where every rating is the same it is 1, which says little.
    """

    name: str
    label: str
    steps: Steps
    least: float | None = -1.0

    def statistic(self, ratings: Ratings) -> Statistic:
        """See `Measure.statistic`."""
        q = len(ratings.categories)
        farthest = self.steps.cost(q - 1)
        agreements = sum(1 - self.steps.cost(first - second) / farthest for first in range(q) for second in range(q))
        pairs = [(place, _pairs_agreeing(counts, self.steps, q)) for place, counts in _counted(ratings)]
        used = [
            (place, [(position, number / sum(counts)) for position, number in enumerate(counts) if number])
            for place, counts in _counted(ratings, least=1)
        ]

        def coefficient(weights: Sequence[float]) -> float | Undefined:
            total = sum(weights[place] for place, _ in pairs)
            if not total:
                return NO_PAIRS
            agreed = sum(weights[place] * agreed for place, agreed in pairs) / total
            shares = [0.0] * q
            for place, parts in used:
                weight = weights[place]
                for position, part in parts:
                    shares[position] += weight * part
            everything = sum(shares)
            spread = sum(share / everything * (1 - share / everything) for share in shares)
            expected = agreements * spread / (q * (q - 1))
            return max(-1.0, 1 - (1 - agreed) / (1 - expected))

        return coefficient


@dataclass(frozen=True, slots=True)
class Alpha(Measure):
    """Krippendorff's alpha with the ordinal metric, for any number of raters with ratings missing: Krippendorff (2011)."""

    name: str = "alpha"
    label: str = "Krippendorff's alpha, ordinal"
    least: float | None = -1.0

    def statistic(self, ratings: Ratings) -> Statistic:
        """See `Measure.statistic`."""
        q = len(ratings.categories)
        units = []
        for place, counts in _counted(ratings):
            given = [(position, number) for position, number in enumerate(counts) if number]
            apart = [
                (lower, higher, 2 * few * many / (sum(counts) - 1))
                for at, (lower, few) in enumerate(given)
                for higher, many in given[at + 1 :]
            ]
            units.append((place, given, apart))

        def alpha(weights: Sequence[float]) -> float | Undefined:
            values = [0.0] * q
            coincidences: dict[tuple[int, int], float] = {}
            for place, given, apart in units:
                weight = weights[place]
                if not weight:
                    continue
                for position, number in given:
                    values[position] += weight * number
                for lower, higher, share in apart:
                    coincidences[lower, higher] = coincidences.get((lower, higher), 0.0) + weight * share
            total = sum(values)
            if not total:
                return NO_PAIRS
            # The middle rank of each category: the ordinal metric is the squared distance between two of them.
            ranks, below = [], 0.0
            for value in values:
                ranks.append(below + value / 2)
                below += value
            # Twice the sum over pairs of values n_c n_k (rank distance) squared, by its mean and its square.
            mean = sum(value * rank for value, rank in zip(values, ranks, strict=True)) / total
            spread = sum(value * (rank - mean) ** 2 for value, rank in zip(values, ranks, strict=True))
            expected = 2 * total * spread / (total - 1) if total > 1 else 0.0
            if sum(value > 0 for value in values) < 2 or not expected:
                return ONE_CATEGORY
            seen = sum(share * (ranks[higher] - ranks[lower]) ** 2 for (lower, higher), share in coincidences.items())
            return max(-1.0, 1 - seen / expected)

        return alpha


OBSERVED = Observed()
KAPPA = Kappa("kappa", "Cohen's kappa", Steps.UNWEIGHTED)
KAPPA_LINEAR = Kappa("kappa_linear", "Cohen's kappa, linear", Steps.LINEAR)
KAPPA_QUADRATIC = Kappa("kappa_quadratic", "Cohen's kappa, quadratic", Steps.QUADRATIC)
KAPPA_UNDER_CALLING = Kappa(
    "kappa_under_calling", "Cohen's kappa, under-calling counts double", under_calling_costs(len(TIERS)), least=None
)
"""For the four tiers. For other categories: `Kappa(..., under_calling_costs(how many), least=None)`."""
AC1 = GwetAC("ac1", "Gwet's AC1", Steps.UNWEIGHTED)
AC2_LINEAR = GwetAC("ac2_linear", "Gwet's AC2, linear", Steps.LINEAR)
AC2_QUADRATIC = GwetAC("ac2_quadratic", "Gwet's AC2, quadratic", Steps.QUADRATIC)
ALPHA = Alpha()

MEASURES: tuple[Measure, ...] = (
    OBSERVED,
    KAPPA,
    KAPPA_LINEAR,
    KAPPA_QUADRATIC,
    KAPPA_UNDER_CALLING,
    AC1,
    AC2_LINEAR,
    AC2_QUADRATIC,
    ALPHA,
)
"""Every measure for two raters on the four tiers, in the order of a page."""
MANY_RATERS: tuple[Measure, ...] = (OBSERVED, AC1, AC2_LINEAR, AC2_QUADRATIC, ALPHA)
"""Those that more than two raters have too."""


def estimates(
    ratings: Ratings,
    measures: Sequence[Measure] = MEASURES,
    *,
    method: Method = Method.JACKKNIFE,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[str, Estimate]:
    """Each measure with its interval, by its name, all from the same resamples.

    The share of simple agreement of two raters has Wilson's interval where all cases weigh the same and come from one stratum;
    everything else has the jackknife's unless a bootstrap is asked for, within strata where there are any. Where nobody
    disagreed at all neither has anything to vary, and Wilson's limit for agreement is carried over to the measure; `caution`
    says so. Where some rating is open every measure is undefined: see `allowed` in `thresholds.agreement.ranges`. `resamples`
    and `seed` are for the bootstrap only, which is the same for all measures.

    ValueError where a measure does not fit the ratings, the level is not between 0 and 1, or there are fewer than 100
    resamples.
    """
    if ratings.open_cases:
        reason = _open(ratings)
        return {one.name: Estimate(reason, None, None, "none", ratings.compared, level) for one in measures}
    statistics = [measure.statistic(ratings) for measure in measures]
    if method is Method.JACKKNIFE:
        found = [
            jackknife(statistic, ratings.cells, level=level, least=measure.least)
            for measure, statistic in zip(measures, statistics, strict=True)
        ]
    else:
        found = list(bootstrap(statistics, ratings.cells, method=method, level=level, resamples=resamples, seed=seed))
    done = {}
    for measure, estimate in zip(measures, found, strict=True):
        given = replace(estimate, cases=ratings.compared)
        if isinstance(measure, Observed) and ratings.raters == 2 and not (ratings.is_weighted or ratings.is_stratified):
            given = _wilson(ratings, level)
        elif given.caution == SAME_IN_ALL and given.value == 1:
            given = _carried(measure, ratings, level)
        elif given.lower is not None:
            short = shortfall(method, ratings.is_weighted or ratings.is_stratified, ratings.compared)
            given = replace(given, caution=" ".join(filter(None, (short, given.caution))))
        done[measure.name] = given
    return done


def _open(ratings: Ratings) -> Undefined:
    open_cases = ratings.open_cases
    return Undefined(f"the tier of {open_cases} case{'' if open_cases == 1 else 's'} is known only as a range")


def _patterns(ratings: Ratings) -> Iterator[tuple[int, Pattern]]:
    return ((place, cell.pattern) for place, cell in enumerate(ratings.cells))


def _counted(ratings: Ratings, least: int = 2) -> Iterator[tuple[int, list[int]]]:
    """For each cell with at least so many ratings: its place, and how many raters gave each category."""
    for place, pattern in _patterns(ratings):
        counts = [pattern.count(position) for position in range(len(ratings.categories))]
        if sum(counts) >= least:
            yield place, counts


def _pairs_agreeing(counts: Sequence[int], steps: Steps, categories: int) -> float:
    """The share of the pairs of a case's ratings that agree, with part of the credit for those not far apart."""
    farthest = steps.cost(categories - 1)
    raters = sum(counts)
    agreeing = sum(
        count * (other - (first == second)) * (1 - steps.cost(first - second) / farthest)
        for first, count in enumerate(counts)
        for second, other in enumerate(counts)
        if count and other
    )
    return agreeing / (raters * (raters - 1))


def _wilson(ratings: Ratings, level: float) -> Estimate:
    both = [(cell.cases, cell.pattern) for cell in ratings.cells if None not in cell.pattern]
    found = wilson(sum(cases for cases, (one, other) in both if one == other), sum(cases for cases, _ in both), level)
    return found if found.is_defined else replace(found, value=NO_PAIRS)


def _carried(measure: Measure, ratings: Ratings, level: float) -> Estimate:
    """An interval where nobody disagreed: what the measure would be if agreement were at Wilson's lower limit.

    In the cases that would then disagree one rater, each in turn, gives another category, as often as each is used.
    """
    whole = [cell for cell in ratings.cells if sum(map(bool, cell.choices)) > 1]
    total = sum(cell.cases * cell.weight for cell in whole)
    # Cases that weigh differently tell less than as many that weigh the same (Kish 1965).
    effective = total**2 / sum(cell.cases * cell.weight**2 for cell in whole)
    agreeing, _ = wilson_limits(1.0, effective, level)
    q = len(ratings.categories)
    used = [0.0] * q
    for cell in whole:
        for positions in cell.choices:
            for position in positions:
                used[position] += cell.cases * cell.weight
    apart = [replace(cell, weight=cell.cases * cell.weight * agreeing, cases=1) for cell in whole]
    for cell in whole:
        raters = [rater for rater, positions in enumerate(cell.choices) if positions]
        for rater in raters:
            others = {place: used[place] for place in range(q) if place != cell.choices[rater][0]}
            if not any(others.values()):
                others = dict.fromkeys(others, 1.0)
            for place, often in others.items():
                share = cell.cases * cell.weight * (1 - agreeing) / len(raters) * often / sum(others.values())
                choices = (*cell.choices[:rater], (place,), *cell.choices[rater + 1 :])
                apart.append(Cell(choices, share, cell.stratum, 1))
    lower = measure.statistic(replace(ratings, cells=tuple(apart)))([cell.weight for cell in apart])
    words = f"{WILSON_IN_WORDS}, carried over from agreement"
    if isinstance(lower, Undefined):
        return Estimate(1.0, None, None, words, ratings.compared, level, SAME_IN_ALL)
    return Estimate(1.0, min(lower, 1.0), 1.0, words, ratings.compared, level, NOBODY_DISAGREED)


NOBODY_DISAGREED = "Nobody disagreed in this sample. The lower limit is what agreement could be all the same, in so few cases."
