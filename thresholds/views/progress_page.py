"""Before and after a course as a page, with what has to be said beside such figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from thresholds.views import wording
from thresholds.views.estimates import in_points
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part

if TYPE_CHECKING:
    from thresholds.exercises.room.progress import CourseChange, Progress
    from thresholds.exercises.room.standing import Stands


def progress_page(progress: Progress) -> Page:
    """The measure for everybody and by agency."""
    rows = tuple(
        (_who(one), str(one.people), f"{one.before:.0%}", f"{one.after:.0%}", in_points(one.difference))
        for one in progress.changes
    )
    otherwise = _otherwise()
    ways = tuple((_who(one), *(_both(one, stands) for stands in otherwise)) for one in progress.changes)
    return page(
        "Before and after",
        first=(
            Paragraph(
                "How often people came to the same tier as the rules' view, before the course and after it. That view is one "
                "view: to come nearer to it is to apply the model more alike, which need not be to see more of the child."
            ),
            Paragraph(_small(progress), strong=True),
        ),
        parts=(
            part("The change", Grid("The change", ("Who", "People", "Before", "After", "Change of each, on average"), rows)),
            part(
                "Which way the other answers went",
                Paragraph(
                    "Below is the way in which a child's need may go unseen. Where the two differ and one of them names no "
                    "tier (too little is known, or it is not a question of thresholds), that is neither below nor above."
                    if ways
                    else ""
                ),
                Grid("Which way the other answers went", ("Who", *otherwise.values()), ways),
            ),
            part("What to know of it", Bullets((*_cautions(progress), *_warnings(progress)))),
            part("Answered only once, and left out", Bullets(progress.left_out)),
            part("Lines that could not be used", Bullets(progress.refused)),
        ),
    )


def _otherwise() -> Mapping[Stands, str]:
    from thresholds.exercises.room.standing import Stands

    return {Stands.BELOW: "Below the rules' tier", Stands.ABOVE: "Above it", Stands.NO_TIER: "No tier"}


def _both(change: CourseChange, stands: Stands) -> str:
    return f"{float(change.shares_before[stands]):.0%} before, {float(change.shares_after[stands]):.0%} after"


def _who(change: CourseChange) -> str:
    if change.is_everybody:
        return "Everybody"
    return "Agency not said" if change.agency is None else wording.sentence(change.agency.words)


def _small(progress: Progress) -> str:
    from thresholds.exercises.room.participants import SMALL

    small = [_who(one) for one in progress.changes if one.people < SMALL]
    if not progress.changes:
        return "Nobody answered both before and after."
    if not small:
        return ""
    return f"Small groups ({'; '.join(small)}): one person more or less moves these figures. Judge no agency by them."


def _cautions(progress: Progress) -> tuple[str, ...]:
    """What is to be said of each interval, or why there is none."""
    cautions = dict.fromkeys(one.difference.caution for one in progress.changes if one.difference.caution)
    of = {said: [_who(one) for one in progress.changes if one.difference.caution == said] for said in cautions}
    return tuple(f"{'; '.join(who)}: {said[:1].lower()}{said[1:]}" for said, who in of.items())


def _warnings(progress: Progress) -> tuple[str, ...]:
    said = ["There is no group that had no course, so that a change need not come of the course."]
    if progress.are_same_cases:
        said.append("Some of the cases were the same both times: part of a change may be memory.")
    else:
        said.append("The cases were others the second time: part of a change may be that they were easier, or harder.")
    if progress.moved_agency:
        said.append(f"Another agency the second time (the first counts): {', '.join(progress.moved_agency)}.")
    return tuple(said)
