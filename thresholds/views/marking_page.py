"""The feedback on an answer to an exercise as a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Status, Tier
from thresholds.views import wording
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.suggestion_page import suggestion_page

if TYPE_CHECKING:
    from thresholds.exercises.marking import Marking
    from thresholds.suggestion import Suggestion

ONE_VIEW = (
    "The rules' view is one view, with its sources. It is not the truth: a careful reader may hold another, and should be "
    "able to say why."
)
_WHERE_FROM = ("The rules' view: sources", "The rules' view: about this suggestion")
_DANGER = "Somebody may be in danger now. That is acted on first, before any referral."
_WHO_ASKS = (
    "Who asks what, and of whom, is settled with social care first here: a question put to the wrong person can put a child "
    "at risk."
)
_MATRIX = "Domestic violence matrix"
_RULES_VIEW = ("Why", _MATRIX, "What tempers", "Where this goes", "Sources", "About this suggestion")


def marking_page(marking: Marking) -> Page:
    """What the learner said, what the rules say, and how the two differ."""
    answer = marking.answer
    return page(
        f"Feedback: {marking.exercise.title}",
        first=(
            Paragraph(_DANGER if marking.suggestion.status is Status.ACT_FIRST else "", strong=True),
            Paragraph(f"You: {answer.said.words}. The rules: {marking.rules_say.words}.", strong=True),
            Paragraph("" if marking.suggestion.status is Status.ACT_FIRST else ONE_VIEW),
            Paragraph(marking.exercise.differs_under or ""),
        ),
        parts=(
            part("How the two views compare", _differences(marking)),
            part("A view that a careful reader might hold", *_for_discussion(marking)),
            part("Your questions", *_questions(marking)),
            part("Where it goes", *_pathway(marking)),
            part("To take away", Bullets(marking.exercise.learning_points)),
            *rules_view_parts(marking.suggestion),
        ),
    )


def rules_view_parts(suggestion: Suggestion) -> tuple[Part, ...]:
    """The rules' view with its reasons and sources, as a few parts of a page."""
    shown = suggestion_page(suggestion)
    headline = part("The rules' view", Paragraph(wording.headline(suggestion)), Paragraph(wording.range_sentence(suggestion)))
    is_on_matrix = suggestion.dv is not None and bool(suggestion.dv.scale_for_child)
    wanted = [heading for heading in _RULES_VIEW if is_on_matrix or heading != _MATRIX]
    kept = [one for one in shown.parts if one.heading in wanted]
    return ((headline,) if headline else ()) + tuple(
        Part(f"The rules' view: {one.heading.lower()}", one.blocks) for one in kept
    )


def apart(shown: Page) -> tuple[Page, Page]:
    """A page of feedback without where the rules' view comes from, and that by itself: in a terminal it is long."""
    where_from = tuple(one for one in shown.parts if one.heading in _WHERE_FROM)
    kept = tuple(one for one in shown.parts if one.heading not in _WHERE_FROM)
    return replace(shown, parts=kept), Page("Where the rules' view comes from", (), where_from)


def _differences(marking: Marking) -> Grid:
    rows = tuple((one.kind.words, one.said, "; ".join(rule.title for rule in one.rules)) for one in marking.differences)
    return Grid("How your view and the rules' compare", ("Kind", "What it rests on", "Rules"), rows)


def _for_discussion(marking: Marking) -> Iterable[Block]:
    declared = marking.moment.for_discussion
    if declared is None:
        return
    yours = " This is your view." if marking.is_for_discussion else ""
    yield Paragraph(f"Tier {declared.tier}: {declared.because}{yours}")


def _questions(marking: Marking) -> Iterable[Block]:
    if marking.useful:
        yield Paragraph("Their answers can still move something by the rules:")
        yield Bullets(tuple(FACTS[name].question for name in marking.useful))
    if marking.told:
        yield Paragraph(f"The text answers already: {_answered(marking, marking.told)}.")
    left_open = marking.moment.left_open
    others = [name for name in marking.answer.ask if name not in (*marking.useful, *marking.told)]
    wanted = [name for name in others if name in left_open]
    if wanted:
        yield Paragraph("The text leaves these open on purpose, and you ask:")
        yield Bullets(tuple(f"{FACTS[name].question} {left_open[name]}" for name in wanted))
    beyond = [name for name in others if name not in left_open]
    if beyond:
        yield Paragraph(f"Not among what the rules would ask next; it may matter for the plan: {_said(beyond)}.")
    if marking.not_asked:
        lowest, highest = marking.suggestion.range
        is_steady = lowest is not None and lowest == highest
        matter = "they would not move the tier and matter for the plan" if is_steady else "they matter"
        yield Paragraph(f"The text leaves these open, and {matter}:")
        yield Bullets(tuple(f"{FACTS[name].question} {left_open[name]}" for name in marking.not_asked))
    if marking.suggestion.tier is Tier.THREE and (marking.answer.ask or marking.not_asked):
        yield Paragraph(_WHO_ASKS)


def _answered(marking: Marking, names: Iterable[str]) -> str:
    """Facts with the answer that the text gives: what it denies is not told as so."""
    case = marking.suggestion.case
    return "; ".join(wording.answered(FACTS[name], case.answer_to(name)) for name in names)


def _said(names: Iterable[str]) -> str:
    return "; ".join(FACTS[name].says for name in names)


def _pathway(marking: Marking) -> Iterable[Block]:
    given, by_rules = marking.answer.pathway, marking.pathways
    if given is None:
        return
    others = tuple(place for place in by_rules if place != given)
    if marking.is_same_pathway and others:
        yield Paragraph(f"You: {given}, which the rules name too. They name more, and one does not stand for another:")
        yield Bullets(others)
        return
    yield Paragraph(f"You: {given}{', as the rules have it too' if marking.is_same_pathway else ''}.")
    if marking.is_same_pathway:
        return
    if not by_rules:
        when = "before more is known" if marking.rules_say is TierSaid.TOO_LITTLE else "for this case"
        yield Paragraph(f"The rules name no place {when}.")
        return
    yield Paragraph(f"The rules name these{'; one does not stand for another' if len(by_rules) > 1 else ''}:")
    yield Bullets(by_rules)
