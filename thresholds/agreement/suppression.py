"""Small counts that are not shown, nor what would let them be worked out: a table of counts with its totals.

A count that is too small is hidden first. Then, where one of these could be worked out exactly from what is still shown,
others are hidden too, the cheapest that do. Whether it could is decided exactly: a table with totals is a flow from the whole
through rows and columns back to the whole, and a hidden count can be worked out if and only if no other flow of whole numbers
fits what is shown; that is, if no circle of hidden counts through it can be turned either way (after Gusfield 1988, "A graph
theoretic approach to statistical data security").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST_SHOWN = 5
"""The smallest count that is shown unless told otherwise. Common in official statistics; check your local policy."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table of counts and totals in which None stands for what is not shown. `hidden` is how many counts are None."""

    counts: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    fewest_shown: int

    @property
    def hidden(self) -> int:
        """How many counts and totals are not shown."""
        every = [count for row in self.counts for count in row]
        return [*every, *self.row_totals, *self.column_totals, self.total].count(None)


@dataclass(frozen=True, slots=True)
class _Arc:
    """One count or total, as a way from one node to another."""

    start: str
    end: str
    count: int
    is_total: bool


def suppressed(counts: Sequence[Sequence[int]], fewest_shown: int = FEWEST_SHOWN, show_zero: bool = False) -> Suppressed:
    """The table with totals, without counts and totals below `fewest_shown` and without what would give them away.

    A count of 0 is hidden like any small count: "none of them" says something of each. With `show_zero` it is shown. The
    promise is that no hidden small count can be worked out exactly from this table; that it is small can be guessed from its
    being hidden. It holds for one table: two tables of the same cases can still give away together what neither does alone.

    ValueError where the table has no counts, rows of different lengths or something that is no whole number of 0 or above, or
    `fewest_shown` is below 1.
    """
    width = len(counts[0]) if counts else 0
    if not width or any(len(row) != width for row in counts):
        raise ValueError("A table of counts needs at least one row and one column, and rows of the same length.")
    if not all(isinstance(count, int) and count >= 0 for row in counts for count in row):
        raise ValueError("A table of counts holds whole numbers, 0 or above.")
    if fewest_shown < 1:
        raise ValueError("The smallest count that is shown has to be 1 or above.")
    arcs = [
        _Arc(f"row {row}", f"column {column}", count, False)
        for row, of_row in enumerate(counts)
        for column, count in enumerate(of_row)
    ]
    arcs += [_Arc("whole", f"row {row}", sum(of_row), True) for row, of_row in enumerate(counts)]
    arcs += [
        _Arc(f"column {column}", "end", sum(of_column), True) for column, of_column in enumerate(zip(*counts, strict=True))
    ]
    arcs += [_Arc("end", "whole", sum(map(sum, counts)), True)]
    small = [place for place, arc in enumerate(arcs) if arc.count < fewest_shown and not (show_zero and arc.count == 0)]
    hidden = set(small)
    # The smallest first: what is hidden for its sake protects the others too.
    for place in sorted(small, key=lambda place: arcs[place].count):
        if not _can_be_turned(place, arcs, hidden):
            hidden |= _cheapest_circle(place, arcs, hidden)
    shown = [None if place in hidden else arc.count for place, arc in enumerate(arcs)]
    height, cells = len(counts), len(counts) * width
    return Suppressed(
        tuple(tuple(shown[row * width : (row + 1) * width]) for row in range(height)),
        tuple(shown[cells : cells + height]),
        tuple(shown[cells + height : cells + height + width]),
        shown[-1],
        fewest_shown,
    )


def _can_be_turned(place: int, arcs: Sequence[_Arc], hidden: set[int]) -> bool:
    """Whether another number fits what is shown too: a circle of hidden counts through it can be turned."""
    return bool(_ways(place, arcs, hidden, [0] * len(arcs)))


def _cheapest_circle(place: int, arcs: Sequence[_Arc], hidden: set[int]) -> frozenset[int]:
    """What to hide so that a circle can be turned: counts before totals, and small ones before large."""
    most = sum(arc.count + 1 for arc in arcs)
    costs = [0 if one in hidden else arc.count + 1 + most * arc.is_total for one, arc in enumerate(arcs)]
    return min(_ways(place, arcs, range(len(arcs)), costs), key=lambda way: sum(costs[one] for one in way))


def _ways(place: int, arcs: Sequence[_Arc], among: Iterable[int], costs: Sequence[int]) -> list[frozenset[int]]:
    """The cheapest ways round, among some of the counts, by which this count could grow by 1, and by which it could shrink."""
    arc = arcs[place]
    others = [(one, arcs[one]) for one in among if one != place]
    more = _way(arc.end, arc.start, others, costs)
    less = _way(arc.start, arc.end, others, costs) if arc.count else None
    return [way for way in (more, less) if way is not None]


def _way(start: str, goal: str, arcs: Sequence[tuple[int, _Arc]], costs: Sequence[int]) -> frozenset[int] | None:
    """The cheapest way from node to node: along a count, which then grows by 1, or against one above 0, which shrinks.

    Dijkstra (1959), on a graph of a dozen nodes.
    """
    reached: dict[str, tuple[int, frozenset[int]]] = {start: (0, frozenset())}
    settled: set[str] = set()
    while waiting := [node for node in reached if node not in settled]:
        node = min(waiting, key=lambda node: reached[node][0])
        if node == goal:
            return reached[node][1]
        settled.add(node)
        cost, way = reached[node]
        for one, arc in arcs:
            to = arc.end if arc.start == node else arc.start if arc.end == node and arc.count else None
            if to is not None and (to not in reached or cost + costs[one] < reached[to][0]):
                reached[to] = cost + costs[one], way | {one}
    return None
