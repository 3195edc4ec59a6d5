"""A mended referral beside the poor one, as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import AdviceKind, Rule
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import answered, sentence

if TYPE_CHECKING:
    from thresholds.exercises.exercise import Exercise, PoorReferral
    from thresholds.exercises.mend import Mended
    from thresholds.facts.case import Case


def mend_page(mended: Mended) -> Page:
    """What it lacked, what it lacks now, and what of the case it tells."""
    before, after = len(mended.before.referral_gaps), len(mended.after.referral_gaps)
    return page(
        f"A referral mended: {mended.exercise.title}",
        first=(
            Paragraph(f"Gaps before: {before}. Gaps now: {after}.", strong=True),
            Paragraph(_CLAIMED.get(mended.only_claimed.value, "")),
            Paragraph("" if mended.has_risks_to_name else _NONE_TO_NAME),
            *(Paragraph(_SETTLED[fact, by.value]) for fact, by in mended.settled.items()),
            Paragraph(_AT_THEIR_WORD if mended.at_their_word else ""),
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


_CLAIMED = {
    "no_risk_told": (
        "It was said that the risks are named, and no risk of the case is told in it: so it is still read as not naming them."
    ),
    "nothing_told": (
        "It was said that the risks are named, and nothing is told of what was asked or seen: so it is still read as not "
        "naming them."
    ),
}
_NONE_TO_NAME = (
    "The case has no risk beyond what the referral told already. To name the risks is then to say so, and to say what was "
    "asked, seen, or could not be asked."
)

_SETTLED = {
    ("sent_as_precaution", "risk_told"): (
        "It tells a particular risk: so it is no longer read as sent to be on the safe side, with no particular harm in mind."
    ),
    ("sent_as_precaution", "advice_asked"): (
        "It asks for advice, as somebody does who is not sure: so it is no longer read as a referral sent to be on the safe "
        "side."
    ),
    ("consulted_before_referring", "advice_asked"): (
        "It asks for advice, and that is to talk first with somebody who can say: so it is no longer read as sent without."
    ),
}
_AT_THEIR_WORD = (
    "Nobody has read your referral here: what you say of it is taken at your word, all but that the risks are named. Give it "
    "to another person to read, and ask them what it tells."
)


def to_mend_page(exercise: Exercise, referral: PoorReferral) -> Page:
    """A case and its poor referral, and how to say what a mended one tells."""
    from thresholds.exercises.mend import referral_facts

    rows = tuple((fact.question, f"{fact.name}={' | '.join(fact.values) or 'NUMBER'}") for fact in referral_facts())
    return page(
        f"Mend this referral: {exercise.title}",
        first=tuple(Paragraph(block) for block in exercise.vignette.split("\n\n")),
        parts=(
            part("The referral as it was sent", Paragraph(referral.text)),
            part(
                "Then say what yours tells",
                Paragraph("Write it, and give each thing that it tells to the same command, as NAME=ANSWER:"),
                Bullets((f"thresholds exercise mend {exercise.id} --tell NAME=ANSWER --tell NAME=ANSWER ...",)),
                Paragraph(
                    "What it tells of the case has the names and answers that `thresholds facts --stage "
                    f"{exercise.stage.word}` lists. That the risks are named is believed only where what was found is "
                    "told too."
                ),
            ),
            part("What it tells of the referral itself", Grid("The referral", ("Question", "--tell"), rows)),
        ),
    )


def _advice(rules: Iterable[Rule]) -> Iterable[str]:
    return (one.text for rule in rules for one in rule.advises if one.kind is AdviceKind.REFERRAL_GAPS)


def _said(names: Iterable[str], case: Case) -> Iterable[str]:
    """Facts with their answers in a case: what is denied is not told as so."""
    known = case.known()
    return (sentence(answered(FACTS[name], known.get(name))) for name in names)
