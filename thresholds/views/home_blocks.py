"""The exercises about the children of one home, side by side, as a piece of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from thresholds.views import wording
from thresholds.views.page import Block, Bullets, Grid, Page, page, part

if TYPE_CHECKING:
    from thresholds.exercises.homes import HomeOfExercises

_COLUMNS = ("Child", "The rules", "Range", "Violence matrix", "Where it goes", "Counts for this child alone")


def home_page(home: HomeOfExercises | None) -> Page | None:
    """The children of a home as a page by itself; None without a home."""
    return None if home is None else page("The children of one home", (), (part("Side by side", *home_blocks(home)),))


def home_blocks(home: HomeOfExercises | None) -> Iterator[Block]:
    """What the rules make of each child of a home, and in what they differ, which is the exercise; nothing without a home."""
    if home is None:
        return
    rows = tuple(
        (
            child.exercise.title,
            child.tier,
            wording.range_sentence(child.suggestion),
            child.on_the_matrix or "no scale",
            "; ".join(child.goes_to),
            "; ".join(home.counts_alone(child)),
        )
        for child in home.children
    )
    yield Grid("Each child by the rules", _COLUMNS, rows)
    named = ", ".join(home.differences)
    differing = f"What differs between them: {named}." if named else "Nothing differs between them by the rules."
    yield Bullets((differing, *home.notes))
