"""How far a group agrees with itself: in pairs of people, and in one figure that allows for chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import AC2_LINEAR
from thresholds.agreement.ratings import Undefined
from thresholds.views import wording
from thresholds.views.page import Block, Grid, Paragraph

if TYPE_CHECKING:
    from thresholds.exercises.room.group import RoomViews

FEW_MOMENTS = 15
"""Below so many moments, how far a group agrees is said to be hardly known."""


def group_agreement(group: RoomViews, titles: Sequence[str]) -> Iterator[Block]:
    """How far a group agrees on the tier; `titles` are those of its cases."""
    agreement = group.agreement
    if isinstance(agreement, str):
        yield Paragraph(agreement)
        return
    alike, every = (sum(one) for one in zip(*(case.pairs for case in group.cases), strict=True))
    if not every:
        yield Paragraph("No two gave a tier in the same case, so that nothing can be said of how far the group agrees.")
        return
    yield Paragraph(
        f"Of all pairs of two people who gave a tier in the same case, {alike} of {every} say the same ({alike / every:.0%}), "
        "whatever the rules say. Who said that too little is known, or that it is not a question of thresholds, is left out."
    )
    rows = tuple(
        (title, f"{one.pairs.alike} of {one.pairs.every}")
        for title, one in zip(titles, group.cases, strict=True)
        if one.pairs.every
    )
    yield Grid("Pairs of people who say the same tier", ("Case", "Pairs"), rows if len(rows) > 1 else (), in_columns=True)
    yield Paragraph(_in_one_figure(agreement[AC2_LINEAR.name]))


def _in_one_figure(estimate: Estimate) -> str:
    if isinstance(estimate.value, Undefined):
        return ""
    means = (
        f"As one figure that allows for chance (Gwet's AC2): {estimate.value:.2f}. 1 is all alike, 0 is what chance alone "
        "would bring, below 0 is less than that; to be two tiers apart counts twice as much as to be one apart."
    )
    rests = f"It rests on {wording.number_of(estimate.cases, 'moment')}"
    if estimate.cases >= FEW_MOMENTS:
        sure = f"{rests}{_interval(estimate, '; its 95% interval is {} to {}')}."
    elif estimate.value == 1:
        sure = f"{rests} alone, in which nobody differed; in others the group well may."
    else:
        so = ": with others of their kind it might be anything from {} to {}"
        sure = f"{rests} alone, so that it is hardly known{_interval(estimate, so)}."
    return f"{means} {sure} The other figures are in the JSON, and what each means stands in docs/agreement.md."


def _interval(estimate: Estimate, words: str) -> str:
    if estimate.lower is None or estimate.upper is None:
        return ""
    return words.format(f"{estimate.lower:.2f}", f"{estimate.upper:.2f}")
