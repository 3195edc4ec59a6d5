"""A model of two raters, to try intervals and plan samples on: what is true is known in it exactly.

Each case has a need on a scale that is not seen, spread as a standard normal. Each rater sees it with a lean (too high or too
low throughout) and noise of their own, and cuts what is seen into tiers at the same points. The points are set so that a rater
without lean or noise would use each tier as often as `shares` say. This is the model behind the polychoric correlation
(Pearson 1900; Olsson 1979), with a lean for each rater.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from thresholds.agreement.ratings import TIERS, Cell, Ratings

_NORMAL = NormalDist()
_POINTS = 400
"""At how many needs, equally likely, the model is worked out. It is then the model itself and not an approximation of it."""


@dataclass(frozen=True, slots=True)
class Rater:
    """How one rater sees a need: the lean, in standard deviations of need, and the standard deviation of the noise."""

    lean: float
    noise: float


@dataclass(frozen=True, slots=True)
class TwoRaters:
    """Two raters, the reference first, and how often each tier would be used without lean or noise, lowest first.

    ValueError where the shares are not above 0 with sum 1, or noise is not above 0.
    """

    name: str
    about: str
    shares: tuple[float, ...]
    reference: Rater
    given: Rater

    def __post_init__(self) -> None:
        if len(self.shares) < 2 or not all(share > 0 for share in self.shares) or abs(sum(self.shares) - 1) > 1e-9:
            raise ValueError("Shares of two or more tiers are needed, each above 0, with sum 1.")
        if not (self.reference.noise > 0 and self.given.noise > 0):
            raise ValueError("The noise of a rater is above 0.")

    def table(self) -> tuple[tuple[float, ...], ...]:
        """How likely each pair of tiers is, at `[reference][given]`."""
        q = len(self.shares)
        cuts = [_NORMAL.inv_cdf(sum(self.shares[:place])) for place in range(1, q)]
        table = [[0.0] * q for _ in range(q)]
        for point in range(_POINTS):
            need = _NORMAL.inv_cdf((point + 0.5) / _POINTS)
            first, second = _chances(need, self.reference, cuts), _chances(need, self.given, cuts)
            for reference, likely in enumerate(first):
                for given, also in enumerate(second):
                    table[reference][given] += likely * also / _POINTS
        return tuple(map(tuple, table))


def _chances(need: float, rater: Rater, cuts: list[float]) -> list[float]:
    below = [_NORMAL.cdf((cut - need - rater.lean) / rater.noise) for cut in cuts]
    return [upper - lower for lower, upper in zip([0.0, *below], [*below, 1.0], strict=True)]


def population(table: tuple[tuple[float, ...], ...], cases: int = 10**9) -> Ratings:
    """A population of very many cases with pairs as likely as the table says: what is true of it is true of the model."""
    categories = TIERS if len(table) == len(TIERS) else tuple(range(len(table)))
    cells = (
        Cell(((reference,), (given,)), 1.0, "", round(cases * likely))
        for reference, row in enumerate(table)
        for given, likely in enumerate(row)
    )
    return Ratings(categories, 2, tuple(cell for cell in cells if cell.cases))


def _model(name: str, about: str, shares: tuple[float, ...], reference: Rater, given: Rater) -> TwoRaters:
    return TwoRaters(name, about, shares, reference, given)


MODELS: tuple[TwoRaters, ...] = (
    _model(
        "middling",
        "tiers used about equally, raters who differ fairly often",
        (0.25, 0.3, 0.25, 0.2),
        Rater(0, 0.25),
        Rater(0, 0.25),
    ),
    _model(
        "close", "tiers used about equally, raters who seldom differ", (0.25, 0.3, 0.25, 0.2), Rater(0, 0.1), Rater(0, 0.1)
    ),
    _model("leaning", "the second rater leans low: under-calls", (0.25, 0.3, 0.25, 0.2), Rater(0, 0.2), Rater(-0.4, 0.25)),
    _model("uneven", "most cases in one tier, the highest rare", (0.7, 0.18, 0.08, 0.04), Rater(0, 0.3), Rater(0, 0.3)),
)
"""The models that intervals are tried on."""
