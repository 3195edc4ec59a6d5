"""The lowest and the highest agreement that open ratings allow: ratings known only as a range are never filled in.

Every way to close the open ratings is a completion. Cases that are rated and open alike are interchangeable, so completions
are counted by how many of them take each choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from thresholds.agreement.measures import Kappa, Measure, Observed
from thresholds.agreement.ratings import Cell, Ratings, Undefined
from thresholds.agreement.resampling import Statistic

MOST_COMPLETIONS = 20_000
"""Up to how many completions are all looked at. Beyond it the two ends are climbed to, a case at a time."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The lowest and the highest value of a measure over all completions, and of how many cases something is open.

    Both are undefined where no completion that was looked at gives a value. `exact` is false where the ends were searched for
    and not proved: what is allowed is then at least this wide. `caution` says what has to be printed beside them; empty where
    there is nothing.
    """

    lowest: float | Undefined
    highest: float | Undefined
    open_cases: int
    exact: bool
    caution: str = ""

    def __str__(self) -> str:
        if isinstance(self.lowest, Undefined) or isinstance(self.highest, Undefined):
            return str(self.lowest)
        cases = f"{self.open_cases} open case{'' if self.open_cases == 1 else 's'}"
        return f"from {self.lowest:.2f} to {self.highest:.2f}, depending on {cases}"


def allowed(measure: Measure, ratings: Ratings) -> Allowed:
    """How low and how high the measure could be, as the open ratings turn out.

    Exact up to 20,000 completions; beyond that exact still for observed agreement, and for kappa where only one of the two
    raters has open ratings (it is then a ratio of two sums over cases, and no end of such a ratio hides behind a worse one).
    Otherwise the ends are the best that a search from both sides finds. ValueError where the measure does not fit the ratings.
    """
    spread = [(cell, tuple(product(*(positions or ((),) for positions in cell.choices)))) for cell in ratings.cells]
    options: list[Cell] = []
    groups: list[tuple[int, list[int]]] = []
    for cell, ways in spread:
        places = list(range(len(options), len(options) + len(ways)))
        groups.append((cell.cases, places))
        options.extend(
            Cell(tuple((one,) if isinstance(one, int) else () for one in way), cell.weight, cell.stratum, 1) for way in ways
        )
    closed = Ratings(ratings.categories, ratings.raters, tuple(options))
    statistic = measure.statistic(closed)
    number = math.prod(math.comb(cases + len(places) - 1, len(places) - 1) for cases, places in groups)
    if number <= MOST_COMPLETIONS:
        found = [statistic(_weighed(options, drawn)) for drawn in _completions(groups, len(options))]
        values = [value for value in found if not isinstance(value, Undefined)]
        if not values:
            why = next(value for value in found if isinstance(value, Undefined))
            return Allowed(why, why, ratings.open_cases, True)
        caution = SOME_UNDEFINED if len(values) < len(found) else ""
        return Allowed(min(values), max(values), ratings.open_cases, True, caution)
    starts = [_start(groups, options, closest) for closest in (True, False)]
    lows = [_climb(statistic, options, groups, list(start), -1) for start in starts]
    highs = [_climb(statistic, options, groups, list(start), 1) for start in starts]
    low = [value for value in lows if not isinstance(value, Undefined)]
    high = [value for value in highs if not isinstance(value, Undefined)]
    exact = isinstance(measure, Observed) or (isinstance(measure, Kappa) and _open_raters(ratings) == 1)
    if not low or not high:
        why = next(value for value in (*lows, *highs) if isinstance(value, Undefined))
        return Allowed(why, why, ratings.open_cases, False, "" if exact else SEARCHED)
    return Allowed(min(low), max(high), ratings.open_cases, exact, "" if exact else SEARCHED)


SOME_UNDEFINED = "In some ways that the open cases could turn out, there is no value; these are left out."
SEARCHED = "There are too many ways to look at all: what is allowed is at least this wide."


def _open_raters(ratings: Ratings) -> int:
    return len({rater for cell in ratings.cells for rater, positions in enumerate(cell.choices) if len(positions) > 1})


def _weighed(options: list[Cell], drawn: list[int]) -> list[float]:
    return [cases * option.weight for cases, option in zip(drawn, options, strict=True)]


def _completions(groups: list[tuple[int, list[int]]], options: int) -> Iterator[list[int]]:
    for split in product(*(list(_splits(cases, len(places))) for cases, places in groups)):
        drawn = [0] * options
        for (_, places), parts in zip(groups, split, strict=True):
            for place, part in zip(places, parts, strict=True):
                drawn[place] = part
        yield drawn


def _splits(cases: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to put so many cases into so many parts."""
    if parts == 1:
        yield (cases,)
        return
    for first in range(cases + 1):
        for rest in _splits(cases - first, parts - 1):
            yield (first, *rest)


def _start(groups: list[tuple[int, list[int]]], options: list[Cell], closest: bool) -> list[int]:
    """Where to climb from: every open case as close together as its ratings can be, or as far apart."""
    drawn = [0] * len(options)
    for cases, places in groups:
        apart = {place: _apart(options[place]) for place in places}
        drawn[(min if closest else max)(places, key=lambda place: apart[place])] = cases
    return drawn


def _apart(cell: Cell) -> int:
    given = [positions[0] for positions in cell.choices if positions]
    return max(given) - min(given) if given else 0


def _climb(
    statistic: Statistic, options: list[Cell], groups: list[tuple[int, list[int]]], drawn: list[int], sign: int
) -> float | Undefined:
    """From a completion, always the best change of a single case, until none is better."""

    def at() -> float | Undefined:
        return statistic(_weighed(options, drawn))

    here = at()
    while True:
        best: tuple[float, int, int] | None = None
        for _, places in groups:
            for before, after in product(places, repeat=2):
                if before != after and drawn[before]:
                    drawn[before] -= 1
                    drawn[after] += 1
                    value = at()
                    drawn[before] += 1
                    drawn[after] -= 1
                    if not isinstance(value, Undefined) and (best is None or sign * value > sign * best[0]):
                        best = value, before, after
        # Rounding must not send the climb round in a circle.
        if best is None or (not isinstance(here, Undefined) and sign * (best[0] - here) <= 1e-12):
            return here
        here, before, after = best
        drawn[before] -= 1
        drawn[after] += 1
