"""What a learner's answers come to, by kind of difference, as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.views.marking_page import ONE_VIEW
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import number_of

if TYPE_CHECKING:
    from thresholds.exercises.alone.results import Results
    from thresholds.exercises.marking import Marking

_NONE = "No answer that can be shown yet."


def results_page(results: Results) -> Page:
    """How often each kind of difference came up, and where; never a mark."""
    markings, kinds = results.markings, results.kinds
    same = sum(one.is_same_tier for one in markings)
    rows = tuple(
        (kind.words, str(number), "; ".join(dict.fromkeys(one.exercise.title for one in markings if kind in one.kinds)))
        for kind, number in kinds.most_common()
    )
    look_out = tuple(_LOOK_OUT[kind] for kind, _ in kinds.most_common() if kind in _LOOK_OUT)
    whys = tuple(f"{one.exercise.title}: {one.answer.why_differ}" for one in markings if one.answer.why_differ)
    return page(
        "Your answers so far",
        first=(
            Paragraph(
                f"{number_of(len(markings), 'answer')}; the same tier as the rules' view in {same}." if markings else _NONE,
                strong=True,
            ),
            Paragraph(ONE_VIEW if markings else ""),
        ),
        parts=(
            part("By kind of difference", Grid("By kind of difference", ("Kind", "Times", "Where"), rows)),
            part("What to look out for", Bullets(look_out)),
            part("Why you differ", Bullets(whys)),
            part("Answer by answer", Grid("Answer by answer", ("Case", "You", "The rules", "In short"), _each(markings))),
            part("Kept and not marked", Bullets(tuple(one.words for one in results.left_out))),
        ),
    )


def _each(markings: Iterable[Marking]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{one.exercise.title}{f', step {one.moment.number}' if one.moment.number else ''}",
            one.answer.said.words,
            one.rules_say.words,
            "; ".join(difference.kind.words for difference in one.differences),
        )
        for one in markings
    )


_LOOK_OUT = {
    DifferenceKind.FACT_MISSED: (
        "Read the text once more for what is told in passing, and write down each fact before you name a tier."
    ),
    DifferenceKind.FACT_READ_IN: "Put a finger on the words: where does the text say it?",
    DifferenceKind.UNKNOWN_AS_NO: "Ask of each no: who asked whom, and how? What nobody asked is not known.",
    DifferenceKind.SUSPICION_AS_CERTAINTY: "Write suspicion down as suspicion: it is enough to act on.",
    DifferenceKind.SUSPICION_AS_NOTHING: "Reasonable suspicion is enough to act on; it need not be proved first.",
    DifferenceKind.WEIGHED_OTHERWISE: (
        "Look at the rule that decides, and at its source: would you hold your view against it, and why?"
    ),
    DifferenceKind.MATRIX_NOT_APPLIED: (
        "Where there is violence or control at home, fill in the Barnardo's matrix before naming a tier."
    ),
    DifferenceKind.AGE_NOT_APPLIED: "Ask what the same fact means for a child of this age.",
    DifferenceKind.TONE_AS_NEED: "Cross out every word that says how somebody feels about the family, and read again.",
    DifferenceKind.QUESTION_WOULD_SETTLE: "Before you name a tier, name the one question whose answer would change it.",
}
