"""A mended referral beside the poor one, as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import AdviceKind, Rule
from thresholds.views.page import Bullets, Page, Paragraph, page, part
from thresholds.views.wording import answered, sentence

if TYPE_CHECKING:
    from thresholds.exercises.mend import Mended
    from thresholds.facts.case import Case


def mend_page(mended: Mended) -> Page:
    """What it lacked, what it lacks now, and what of the case it tells."""
    before, after = len(mended.before.referral_gaps), len(mended.after.referral_gaps)
    return page(
        f"A referral mended: {mended.exercise.title}",
        first=(
            Paragraph(f"Gaps before: {before}. Gaps now: {after}.", strong=True),
            Paragraph(
                "It was said that the risks are named, and no risk of the case is told in it: so it is still read as not "
                "naming them."
                if mended.is_claimed_only
                else ""
            ),
        ),
        parts=(
            part("Mended", Bullets(tuple(_advice(mended.closed)))),
            part("Still lacking", Bullets(tuple(_advice(mended.left)))),
            part("Lacking now that more is told", Bullets(tuple(_advice(mended.opened)))),
            part("Told now", Bullets(tuple(_said(mended.told, mended.now)))),
            part("Not told, and the rules' view rests on it", Bullets(tuple(_said(mended.not_told, mended.exercise.facts)))),
            part("Told, and the exercise does not have it so", Bullets(tuple(_said(mended.read_in, mended.now)))),
        ),
    )


def _advice(rules: Iterable[Rule]) -> Iterable[str]:
    return (one.text for rule in rules for one in rule.advises if one.kind is AdviceKind.REFERRAL_GAPS)


def _said(names: Iterable[str], case: Case) -> Iterable[str]:
    """Facts with their answers in a case: what is denied is not told as so."""
    known = case.known()
    return (sentence(answered(FACTS[name], known.get(name))) for name in names)
