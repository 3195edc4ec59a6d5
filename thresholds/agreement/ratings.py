"""Who rated which case how: ratings on ordered categories, counted by cases that were rated alike.

Every figure of agreement is worked out from these counts and not from the cases, so that a bootstrap of hundreds of cases has
a few dozen cells to go through.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from thresholds.scales import Tier

TIERS: tuple[Tier, ...] = tuple(Tier)
"""The categories unless others are given: the four tiers, lowest first."""

Pattern = tuple[int | None, ...]
"""How one case was rated: for each rater the position of the category, lowest first; None where the rater gave none."""


@dataclass(frozen=True, slots=True)
class Span:
    """A rating that is known only as a range of categories: `Span(Tier.TWO_A, Tier.THREE)`, both ends included."""

    lowest: Hashable
    highest: Hashable


Rating = Hashable | Span | None
"""One rating: a category, a span of categories, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """There is no number, and why, in words for a page."""

    reason: str

    def __str__(self) -> str:
        return f"not defined: {self.reason}"


@dataclass(frozen=True, slots=True)
class Cell:
    """Cases rated alike: each rater's choices (one position, several where the rating is a span, or none), and how many cases.

    `weight` is how many cases of the whole each of them stands for, scaled so that the mean over all cases is 1. `stratum` is
    the part of the population that they were drawn from.
    """

    choices: tuple[tuple[int, ...], ...]
    weight: float
    stratum: Hashable
    cases: int

    @property
    def is_open(self) -> bool:
        """Whether some rating of these cases is known only as a range."""
        return any(len(positions) > 1 for positions in self.choices)

    @property
    def pattern(self) -> Pattern:
        """How these cases were rated. ValueError where that is open."""
        if self.is_open:
            raise ValueError("A rating that is known only as a range has no pattern of its own.")
        return tuple(positions[0] if positions else None for positions in self.choices)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Cases rated on ordered categories by the same raters, as `ratings` makes them."""

    categories: tuple[Hashable, ...]
    raters: int
    cells: tuple[Cell, ...]

    @property
    def cases(self) -> int:
        """How many cases there are, rated or not."""
        return sum(cell.cases for cell in self.cells)

    @property
    def compared(self) -> int:
        """How many cases were rated by two or more raters: those that can agree or disagree."""
        return sum(cell.cases for cell in self.cells if sum(map(bool, cell.choices)) > 1)

    @property
    def open_cases(self) -> int:
        """How many cases have a rating that is known only as a range."""
        return sum(cell.cases for cell in self.cells if cell.is_open)

    @property
    def is_weighted(self) -> bool:
        """Whether cases stand for different numbers of cases of the whole."""
        return len({cell.weight for cell in self.cells}) > 1

    @property
    def is_stratified(self) -> bool:
        """Whether the cases were drawn from more than one part of the population."""
        return len({cell.stratum for cell in self.cells}) > 1

    def settled(self) -> Ratings:
        """Only the cases that have no open rating. A choice to be told with the figure: the open ones may be the hard ones.

        Weights stay as they were, relative to each other.
        """
        kept = tuple(cell for cell in self.cells if not cell.is_open)
        return Ratings(self.categories, self.raters, _mean_one(kept))

    def between(self, reference: int, given: int) -> Ratings:
        """The ratings of two of the raters by their positions, as pairs. ValueError where there are no two such raters."""
        if reference == given or not (0 <= reference < self.raters and 0 <= given < self.raters):
            raise ValueError(f"Two different raters are needed, numbered from 0 to {self.raters - 1}.")
        pairs = Counter[tuple[tuple[tuple[int, ...], ...], float, Hashable]]()
        for cell in self.cells:
            pairs[(cell.choices[reference], cell.choices[given]), cell.weight, cell.stratum] += cell.cases
        return Ratings(self.categories, 2, tuple(Cell(*key, cases) for key, cases in pairs.items()))


def ratings(
    rows: Iterable[Sequence[Rating]],
    categories: Sequence[Hashable] = TIERS,
    *,
    strata: Sequence[Hashable] | None = None,
    weights: Sequence[float] | None = None,
) -> Ratings:
    """Counts ratings: one row a case, one column a rater, None where a rater gave none.

    For figures that have a direction a row is a pair, the reference first: `(the auditors' tier, the rules' tier)`.
    `categories` are all that could have been given, lowest first, and not only those that were. Where the sample was drawn by
    parts of the population, `strata` says which part each case is from, and `weights` how many cases of the population it
    stands for, on any scale. No cases at all are allowed; what is made of them is undefined.

    ValueError where a rating is no category, a span ends below where it begins, rows have different lengths or fewer than two
    columns, there are fewer than two categories or one stands twice, or strata or weights do not fit the rows. It names the
    row and never the rating.
    """
    categories = tuple(categories)
    if len(set(categories)) != len(categories) or len(categories) < 2:
        raise ValueError("At least two categories are needed, each named once.")
    if any(isinstance(category, Span) or category is None for category in categories):
        raise ValueError("A category can be neither None nor a span.")
    positions = {category: place for place, category in enumerate(categories)}
    rated = [tuple(_choices(rating, positions, row_number) for rating in row) for row_number, row in enumerate(rows, 1)]
    raters = len(rated[0]) if rated else 2
    if raters < 2 or any(len(row) != raters for row in rated):
        raise ValueError(
            "Every row needs the same number of ratings, two or more; None stands for a rating that is not there."
        )
    strata = ("",) * len(rated) if strata is None else strata
    weights = (1.0,) * len(rated) if weights is None else weights
    if len(strata) != len(rated) or len(weights) != len(rated):
        raise ValueError("Strata and weights, where given, need one for each row.")
    if not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise ValueError("Weights have to be finite numbers above 0.")
    counted = Counter(zip(rated, map(float, weights), strata, strict=True))
    return Ratings(categories, raters, _mean_one(tuple(Cell(*key, cases) for key, cases in counted.items())))


def _choices(rating: Rating, positions: dict[Hashable, int], row_number: int) -> tuple[int, ...]:
    if rating is None:
        return ()
    try:
        if not isinstance(rating, Span):
            return (positions[rating],)
        lowest, highest = positions[rating.lowest], positions[rating.highest]
    except (KeyError, TypeError):
        raise ValueError(f"Row {row_number} holds a rating that is none of the categories.") from None
    if lowest > highest:
        raise ValueError(f"Row {row_number} holds a span whose lowest category is above its highest.")
    return tuple(range(lowest, highest + 1))


def _mean_one(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The same cells with weights whose mean over the cases is 1: exactly 1 where all are equal."""
    if len({cell.weight for cell in cells}) <= 1:
        return tuple(Cell(cell.choices, 1.0, cell.stratum, cell.cases) for cell in cells)
    mean = math.fsum(cell.weight * cell.cases for cell in cells) / sum(cell.cases for cell in cells)
    return tuple(Cell(cell.choices, cell.weight / mean, cell.stratum, cell.cases) for cell in cells)
