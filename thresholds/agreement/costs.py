"""What a disagreement costs: a number for each pair of categories, as data.

The cost stands at `[reference][given]`. That of agreeing is 0; only how costs compare with each other matters, not their
scale.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Steps(StrEnum):
    """How the cost of a disagreement grows with the number of categories between the two ratings."""

    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"

    def cost(self, steps: int) -> float:
        """The cost of being so many categories apart: 1 for any, the number of them, or its square."""
        match self:
            case Steps.UNWEIGHTED:
                return float(steps != 0)
            case Steps.LINEAR:
                return float(abs(steps))
            case Steps.QUADRATIC:
                return float(steps * steps)

    def costs(self, categories: int) -> Costs:
        """These costs for so many categories."""
        return Costs(
            self.value,
            tuple(tuple(self.cost(given - reference) for given in range(categories)) for reference in range(categories)),
        )


@dataclass(frozen=True, slots=True)
class Costs:
    """What each disagreement costs, and what these costs are called on a page.

    ValueError where the table is not square, has a cost that is negative or no finite number, asks something for agreement, or
    asks nothing for any disagreement.
    """

    name: str
    table: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if len(self.table) < 2 or any(len(row) != len(self.table) for row in self.table):
            raise ValueError("Costs need a square table, with a row and a column for each of two or more categories.")
        every = [cost for row in self.table for cost in row]
        if not all(math.isfinite(cost) and cost >= 0 for cost in every):
            raise ValueError("Costs have to be finite numbers, 0 or above.")
        if any(self.table[place][place] for place in range(len(self.table))):
            raise ValueError("Agreement costs nothing: the diagonal of the table has to be 0.")
        if not any(every):
            raise ValueError("Some disagreement has to cost something.")


UNDER_CALLING_COSTS_TWICE = 2.0
"""How many times as much a step of under-calling costs as a step of over-calling. A judgement of ours and of no source: a need
that is not seen is worse than a service offered too soon. Who judges otherwise gives other costs."""


def under_calling_costs(categories: int, times: float = UNDER_CALLING_COSTS_TWICE) -> Costs:
    """Costs that grow with each step and are so many times as high where what was given is below the reference.

    ValueError where `times` is not a finite number of 1 or above: under-calling never costs less than over-calling.
    """
    if not (math.isfinite(times) and times >= 1):
        raise ValueError("Under-calling costs at least as much as over-calling: give a finite number of 1 or above.")
    return Costs(
        f"linear, under-calling {times:g} times over-calling",
        tuple(
            tuple(float(max(given - reference, times * (reference - given))) for given in range(categories))
            for reference in range(categories)
        ),
    )


def costs_from(name: str, table: Sequence[Sequence[float]]) -> Costs:
    """Costs of your own, from rows of numbers at `[reference][given]`. ValueError as for `Costs`."""
    return Costs(name, tuple(tuple(map(float, row)) for row in table))
