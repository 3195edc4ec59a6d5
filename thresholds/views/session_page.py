"""A session as a page: what came to light step by step, what each step moved, and where the case stands now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.facts.record import Conflict
from thresholds.language.rules import Rule
from thresholds.views import wording
from thresholds.views.household_page import standing_in_short
from thresholds.views.page import Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.suggestion_page import first_steps

if TYPE_CHECKING:
    from thresholds.session import FactLearnt, Session, Step
    from thresholds.suggestion import Suggestion

_COLUMNS = ("Step", "Now", "Before", "Began to count", "Ceased to count", "Disagrees")
_AS_BEFORE = "the same"


def session_page(session: Session) -> Page:
    """The page of a session."""
    now, begun = session.suggestion, session.begun
    name = f", for {now.reference}" if now.reference else ""
    steps = tuple(_step(place, step) for place, step in enumerate(session.history, 1))
    known = len(begun.case.known())
    return page(
        f"A case that unfolds{name}",
        first=(
            Paragraph(wording.headline(now), strong=True),
            Bullets(tuple(first_steps(now))),
            Paragraph(wording.range_sentence(now)),
        ),
        parts=(
            part(
                "As it began",
                Paragraph(
                    f"{known or 'No'} fact{' was' if known == 1 else 's were'} known. {_sentence(standing_in_short(begun))}"
                ),
                Bullets(_conflicts(begun.conflicts)),
            ),
            part(
                "What came to light",
                Grid("Step by step", _COLUMNS, steps) if steps else Paragraph("Nothing was learnt since."),
            ),
            _now(now),
            part("Answers that do not go together", Bullets(_conflicts(now.conflicts))),
            part(
                "About this history",
                Paragraph(wording.ADVICE_LINE, strong=True),
                Paragraph(
                    "The steps stand in the order in which things became known, which may not be that in which they happened. "
                    "Each suggestion is worked out anew by the rules named here. Where the case goes, by when, and what to do "
                    "first is on the page of the suggestion itself, which this history does not replace."
                ),
                Paragraph(wording.rule_set_sentence(now)),
            ),
        ),
    )


def _step(place: int, step: Step) -> tuple[str, ...]:
    learnt, withdrawn = [_learnt(one) for one in step.learnt], [_withdrawn(one) for one in step.withdrawn]
    said = [f"Learnt: {'; '.join(learnt)}." if learnt else "", f"Withdrawn: {'; '.join(withdrawn)}." if withdrawn else ""]
    return (
        f"{place}. {' '.join(filter(None, said))}",
        standing_in_short(step.after),
        standing_in_short(step.before) if step.has_moved else _AS_BEFORE,
        _titles(step.began),
        _titles(step.ceased),
        " ".join(_conflicts(step.conflicts)),
    )


def _learnt(one: FactLearnt) -> str:
    said = wording.answered(one.about, one.after)
    if one.before is None:
        return said
    if one.before == one.after:
        return f"{said} (as known before)"
    return f"{said} (before: {wording.value_in_words(one.about, one.before)})"


def _withdrawn(one: FactLearnt) -> str:
    before = "" if one.before is None else f" (before: {wording.value_in_words(one.about, one.before)})"
    return f"{one.about.says}{before}"


def _titles(rules: Iterable[Rule]) -> str:
    return "; ".join(rule.title for rule in rules)


def _now(suggestion: Suggestion) -> Part | None:
    """The suggestion as it is now, in short."""
    deciding = tuple(reason.rule.title for reason in suggestion.reasons if reason.decisive)
    return part(
        "The suggestion now, in short",
        Paragraph(" ".join(filter(None, (wording.routes_sentence(suggestion), wording.known_sentence(suggestion))))),
        Grid("What decides the tier", ("Because",), tuple((title,) for title in deciding)),
    )


def _conflicts(conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """Answers that do not go together; those that disagree with one answer in one way, together."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in conflicts:
        found.setdefault((one.facts[0], one.reading), {}).update(dict.fromkeys(one.facts))
    return tuple(wording.conflict(facts, reading) for (_, reading), facts in found.items())


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
