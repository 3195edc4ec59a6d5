"""How well two people, or a person and the rules, agree on an ordered scale: each figure by a published method.

Ratings are positions on the scale (of tiers, 0 to 3); None is no rating. Nothing is ever made up for one that is missing.
A figure that has no meaning for the ratings at hand is `Undefined`, with the reason, and never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

Rating = int | None
Pair = tuple[Rating, Rating]
Costs = tuple[tuple[float, ...], ...]
"""What it costs that the first rating is the row's and the second the column's; nothing where they agree."""

UNDER_CALLING_COSTS = 2.0
"""How much more it costs to call a case too low than as much too high, in the kappa that tells the two apart. The number is a
choice, stated with the figure: a child left without help is the worse mistake."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that has no meaning here, and why."""

    reason: str


Figure = float | Undefined

_NO_PAIR = Undefined("no case was rated by both")
_ONE_CATEGORY = Undefined("every rating is the same, so nothing could differ by chance")


# What a difference costs.


def nominal(categories: int) -> Costs:
    """Any difference costs the same."""
    return _costs(categories, lambda one, other: float(one != other))


def linear(categories: int) -> Costs:
    """A difference costs as many steps as it is (Cicchetti and Allison, 1971)."""
    return _costs(categories, lambda one, other: float(abs(one - other)))


def quadratic(categories: int) -> Costs:
    """A difference costs the square of its steps (Fleiss and Cohen, 1973)."""
    return _costs(categories, lambda one, other: float((one - other) ** 2))


def under_calling(categories: int, factor: float = UNDER_CALLING_COSTS) -> Costs:
    """As `linear`, and more where the second rating is the lower. Raises ValueError for a factor below 1."""
    if factor < 1:
        raise ValueError("Calling too low costs at least as much as calling too high: expected a factor of 1 or more.")
    return _costs(categories, lambda one, other: (one - other) * factor if other < one else float(other - one))


def _costs(categories: int, cost: Callable[[int, int], float]) -> Costs:
    if categories < 2:
        raise ValueError("A scale has two categories or more.")
    return tuple(tuple(cost(one, other) for other in range(categories)) for one in range(categories))


# Two raters.


@dataclass(frozen=True, slots=True)
class Table:
    """How often (with weights: how much) the first rater gave the row's rating and the second the column's."""

    cells: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, pairs: Iterable[Pair], categories: int, weights: Iterable[float] | None = None) -> Table:
        """The table of these pairs; one of which a rating is missing does not enter.

        Raises ValueError for a rating that is not on the scale, and for weights that are not one for each pair, above zero.
        """
        listed = list(pairs)
        weighing = [1.0] * len(listed) if weights is None else list(weights)
        if len(weighing) != len(listed) or any(not weight > 0 for weight in weighing):
            raise ValueError("Expected one weight for each case, each above zero.")
        cells = [[0.0] * categories for _ in range(categories)]
        for (one, other), weight in zip(listed, weighing, strict=True):
            if one is not None and other is not None:
                if not (0 <= one < categories and 0 <= other < categories):
                    raise ValueError(f"A rating is not on the scale, which has {categories} categories.")
                cells[one][other] += weight
        return cls(tuple(map(tuple, cells)))

    @property
    def total(self) -> float:
        """All pairs; with weights, their sum."""
        return sum(map(sum, self.cells))

    def margins(self) -> tuple[list[float], list[float]]:
        """The share of each rating, by the first rater and by the second."""
        total = self.total
        rows = [sum(row) / total for row in self.cells]
        return rows, [sum(column) / total for column in zip(*self.cells, strict=True)]

    def cost(self, costs: Costs) -> float:
        """What the differences cost on average."""
        categories = range(len(self.cells))
        return sum(costs[i][j] * self.cells[i][j] for i in categories for j in categories) / self.total


def observed_agreement(table: Table) -> Figure:
    """The share of pairs that are the same, from 0 to 1."""
    return 1 - table.cost(nominal(len(table.cells))) if table.total else _NO_PAIR


def kappa(table: Table, costs: Costs | None = None) -> Figure:
    """Cohen's kappa (1960), weighted (1968) by what differences cost: 1 is full agreement, 0 what chance would give.

    Without `costs` every difference counts the same. Low where nearly all cases are of one category, however well the raters
    agree (Feinstein and Cicchetti, 1990): read it beside `ac` and the table.
    """
    return _beside_chance(table, nominal(len(table.cells)) if costs is None else costs, _by_both_margins)


def ac(table: Table, costs: Costs | None = None) -> Figure:
    """Gwet's AC1 (2008); with `costs`, AC2 (2014). As kappa, with a chance that does not grow where one category is common."""
    return _beside_chance(table, nominal(len(table.cells)) if costs is None else costs, _by_gwet)


def _beside_chance(table: Table, costs: Costs, by_chance: Callable[[Table, Costs], float]) -> Figure:
    if len(costs) != len(table.cells):
        raise ValueError("The costs are not of this scale.")
    if not table.total:
        return _NO_PAIR
    expected = by_chance(table, costs)
    return 1 - table.cost(costs) / expected if expected > 0 else _ONE_CATEGORY


def _by_both_margins(table: Table, costs: Costs) -> float:
    """What differences would cost if each rater kept their own margins and rated by chance."""
    rows, columns = table.margins()
    return sum(costs[i][j] * row * column for i, row in enumerate(rows) for j, column in enumerate(columns))


def _by_gwet(table: Table, costs: Costs) -> float:
    """What differences would cost by Gwet's account of chance.

    With weights w = 1 - cost / dearest, chance agreement is the sum of all w over q (q - 1), times the sum of p (1 - p) over
    the q categories, where p is the mean share of a category; one less that, times the dearest, is what chance costs.
    """
    categories = len(costs)
    dearest = max(map(max, costs))
    rows, columns = table.margins()
    shares = [(row + column) / 2 for row, column in zip(rows, columns, strict=True)]
    all_weights = sum(1 - cost / dearest for row in costs for cost in row)
    agreement = all_weights / (categories * (categories - 1)) * sum(share * (1 - share) for share in shares)
    return (1 - agreement) * dearest


# Any number of raters.


def alpha(units: Iterable[Sequence[Rating]], categories: int) -> Figure:
    """Krippendorff's alpha for ordered categories (2011): any number of raters, with ratings missing.

    `units` holds for each case what each rater gave. 1 is full agreement, 0 what chance would give.
    """
    weighted: dict[tuple[int, int], float] = {}
    for unit in units:
        given = [rating for rating in unit if rating is not None]
        if any(not 0 <= rating < categories for rating in given):
            raise ValueError(f"A rating is not on the scale, which has {categories} categories.")
        if len(given) > 1:
            for pair in permutations(given, 2):
                weighted[pair] = weighted.get(pair, 0.0) + 1 / (len(given) - 1)
    if not weighted:
        return Undefined("no case was rated by two or more")
    shares = [sum(weight for (one, _), weight in weighted.items() if one == category) for category in range(categories)]
    total = sum(shares)
    distance = _ordinal_distances(shares)
    observed = sum(weight * distance[one][other] for (one, other), weight in weighted.items())
    expected = sum(
        shares[one] * shares[other] * distance[one][other] for one in range(categories) for other in range(categories)
    )
    return 1 - (total - 1) * observed / expected if expected else _ONE_CATEGORY


def _ordinal_distances(shares: Sequence[float]) -> list[list[float]]:
    """How far apart two categories lie: how many ratings lie between them, the ends by half, squared."""
    places = range(len(shares))

    def between(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        return (sum(shares[low : high + 1]) - (shares[low] + shares[high]) / 2) ** 2

    return [[between(one, other) for other in places] for one in places]


# A rating of which only the range is known.


def possible_agreement(judged: Iterable[Rating], ranges: Iterable[tuple[int, int] | None]) -> tuple[Figure, Figure]:
    """The lowest and the highest share of agreement that open ranges allow: what is not known is never made up.

    `judged` are ratings, `ranges` from where to where the other rating may lie; a case without either does not enter.
    """
    both = [(one, span) for one, span in zip(judged, ranges, strict=True) if one is not None and span is not None]
    if not both:
        return _NO_PAIR, _NO_PAIR
    surely = sum(low == one == high for one, (low, high) in both)
    maybe = sum(low <= one <= high for one, (low, high) in both)
    return surely / len(both), maybe / len(both)
