"""The list of exercises, and cases made near a threshold, as pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from thresholds.exercises.exercise import LEVELS, Agency
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import number_of

if TYPE_CHECKING:
    from thresholds.exercises.exercise import Exercise
    from thresholds.exercises.making.near_case import NearCase


def exercises_page(exercises: Sequence[Exercise]) -> Page:
    """What there is to practise on, and what is read otherwise by these rules; no tier stands in it."""
    rows = tuple(
        (
            f"{one.title} ({one.id})",
            f"{one.stage.label}; {LEVELS[one.level]}",
            ", ".join(one.themes),
            "all groups" if set(one.agencies) == set(Agency) else ", ".join(agency.words for agency in one.agencies),
            "; ".join(_what_else(one)),
        )
        for one in exercises
    )
    columns = ("Exercise", "For", "About", "Suits", "Also")
    return page(
        "Exercises",
        (Paragraph(f"{number_of(len(rows), 'exercise')}. All are made up."), Paragraph(_read_otherwise(exercises))),
        (part("Exercises", Grid("All", columns, rows)),),
    )


def _what_else(exercise: Exercise) -> Iterator[str]:
    """What an exercise has beside its text."""
    if exercise.steps:
        yield f"unfolds in {number_of(len(exercise.steps), 'step')}"
    if exercise.referral is not None:
        yield "a referral to mend"
    if exercise.household is not None:
        yield f"a child of a home ({exercise.household})"


def _read_otherwise(exercises: Iterable[Exercise]) -> str:
    ids = [one.id for one in exercises if one.differs_under is not None]
    if not ids:
        return ""
    return (
        "The rule set that is asked reads these otherwise than the one for which they were written; the sheet for whoever "
        f"leads says how: {', '.join(ids)}."
    )


def made_page(made: Sequence[NearCase]) -> Page:
    """Cases near a threshold, so that a room can read them first; at the end, under the same numbers, what the rules say."""
    from thresholds.exercises.making.near_case import pair_in_words

    cases = (part(f"Case {number}", Paragraph(near.told)) for number, near in enumerate(made, 1))
    answers = (f"Case {number}. {pair_in_words(near)}" for number, near in enumerate(made, 1))
    return page(
        "Cases near a threshold",
        (
            Paragraph(
                "Made up by chance from the rules: nobody's cases. Each is one answer away from another tier. What the rules "
                "say stands at the end, under the same numbers."
            ),
        ),
        (*cases, part("Answers", Bullets(tuple(answers)))),
    )
