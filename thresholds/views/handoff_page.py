"""What to say to the service that is asked: concern, risk, rationale, response expected.

The audit of 2011 found referrals that named no risk and asked for no response; this is the form it asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from thresholds.facts.record import POSITIONS
from thresholds.facts.referral import Referral
from thresholds.facts.vocabulary import FACTS, SECTIONS, Polarity
from thresholds.language.words import conclusions_in_words
from thresholds.reasons import FactSupport
from thresholds.scales import DvScale, Status
from thresholds.views import wording
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion

_QUESTIONS_SHOWN = 5


def handoff_page(suggestion: Suggestion, name: str | None = None) -> Page:
    """The hand-off of a suggestion, for the child of this name (else of the reference of the case)."""
    name = name or suggestion.reference
    return page(
        "Hand-off" + (f" for {name}" if name else ""),
        first=(Paragraph(wording.headline(suggestion), strong=True), Paragraph(wording.stage_sentence(suggestion))),
        parts=(
            _always("Concern", _concern(suggestion), "Nothing is known yet that finds a concern or rules one out."),
            _always("Risk", _risk(suggestion), "No rule finds a risk in what is known."),
            _always("Rationale", _rationale(suggestion), "No rule that would raise the tier counts."),
            _always(
                "Response expected",
                _response(suggestion),
                "The rules name no pathway here: say which one response is asked for.",
            ),
            part("Before it is sent", Bullets(tuple(given.advice.text for given in suggestion.referral_gaps))),
            part(
                "About this hand-off",
                Paragraph(wording.ADVICE_LINE, strong=True),
                Paragraph(wording.marks_sentence(reason.rule.source.basis for reason in suggestion.reasons)),
                Paragraph(wording.rule_set_sentence(suggestion)),
            ),
        ),
    )


def _always(heading: str, blocks: Iterator[Block], nothing: str) -> Part:
    """A part that is there even where it has nothing to say: a heading left out looks like a question never asked."""
    return part(heading, *blocks) or Part(heading, (Paragraph(nothing),))


def _concern(suggestion: Suggestion) -> Iterator[Block]:
    """What has been found, and what has been asked and answered no."""
    known, record = suggestion.case.known(), suggestion.case.record
    answered = {name for name, answer in known.items() if answer not in ("no", 0) and name != "age_months"}
    opened = {FACTS[name].gate for name in answered if _is_risk(name)}  # what is behind an opening question says more than it
    rows = []
    for section in SECTIONS:
        if section is Referral:
            continue
        found = [
            wording.answered(FACTS[name], known[name])
            for name in section.model_fields
            if name in answered and name not in opened
        ]
        rows.append((section.title, "; ".join(found)))
    yield Grid("What is known", ("About", "Known"), tuple(row for row in rows if row[1]))
    ruled_out = [FACTS[name].says for name in known if _is_risk(name) and record[POSITIONS[name]] == 0]
    if ruled_out:
        yield Paragraph(f"Asked, and answered no: {'; '.join(ruled_out)}.")


def _is_risk(name: str) -> bool:
    return FACTS[name].polarity is Polarity.RISK


def _risk(suggestion: Suggestion) -> Iterator[Block]:
    deciding = [reason for reason in suggestion.reasons if reason.decisive]
    found = [reason for reason in deciding if any(isinstance(support, FactSupport) for support in reason.because)]
    yield Bullets(tuple(reason.rule.title for reason in found or deciding))
    yield Paragraph(wording.routes_sentence(suggestion))
    dv = suggestion.dv
    if dv is not None and dv.scale_for_child > DvScale.NONE:
        yield Paragraph(f"Domestic violence matrix: scale {dv.scale.label}; for this child {dv.scale_for_child.label}.")
    if suggestion.status is not Status.SETTLED and suggestion.range.highest is not None:
        yield Paragraph(wording.range_sentence(suggestion))
        questions = [question for question in suggestion.ask_next(_QUESTIONS_SHOWN).questions if question.moves_tier]
        yield Bullets(tuple(f"Not known: {question.fact.question}" for question in questions))


def _rationale(suggestion: Suggestion) -> Iterator[Block]:
    outcomes = {outcome.name: outcome for outcome in suggestion.rule_set.outcomes}
    deciding = (reason for reason in suggestion.reasons if reason.decisive)
    rows = tuple(
        (
            wording.because(reason.because, suggestion.rule_set.outcomes),
            conclusions_in_words(reason.rule.concludes, outcomes),
            wording.source(suggestion, reason.rule),
        )
        for reason in deciding
    )
    yield Grid("Why this tier", ("Because", "Leads to", "Source"), rows)
    yield Paragraph(wording.rests_on_sentence(suggestion))
    yield Bullets(tuple(_tempering(suggestion)))
    yield Bullets(tuple(wording.conflict(one.facts, one.reading) for one in suggestion.conflicts))


def _tempering(suggestion: Suggestion) -> Iterable[str]:
    for reason in suggestion.tempered:
        yield f"{reason.rule.title}: tempered, since {wording.because(reason.tempered_by, suggestion.rule_set.outcomes)}."


def _response(suggestion: Suggestion) -> Iterator[Block]:
    wanted = suggestion.case.response_wanted
    if wanted is not None:
        yield Paragraph(f"Asked for by the referrer: {wanted.word.replace('_', ' ')}.")
    rows = tuple((given.advice.text, given.advice.expected_response) for given in suggestion.pathways)
    yield Grid("Where this goes, and what to expect", ("To", "Expect"), rows)
    if rows:
        yield Paragraph(wording.pathways_sentence(suggestion))
    yield Bullets(tuple(given.advice.text for given in suggestion.duties))
