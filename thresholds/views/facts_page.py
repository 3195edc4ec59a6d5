"""The facts as a page: what is asked, of whom, when, and what may be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from typing_extensions import TypedDict

from thresholds.facts.vocabulary import FACTS, SECTIONS, Fact, Polarity
from thresholds.language.words import spoken
from thresholds.scales import Stage
from thresholds.views.page import Grid, Page, Paragraph, Part, page, part


class FactJson(TypedDict):
    """A fact as JSON holds it; `values` are words, or None for a number from `lowest` to `highest`, counted in `unit`."""

    name: str
    section: str
    kind: str
    polarity: str
    says: str
    question: str
    values: list[str] | None
    lowest: int | None
    highest: int | None
    unit: str | None
    gate: str | None
    stages: list[str]
    who_knows: list[str]
    changeable: bool
    shared: bool
    ask_safely: str | None
    established_by: str | None
    contradicted_by: list[str]
    codes: dict[str, str] | None


def asked_at(stage: Stage | None) -> list[Fact]:
    """The facts asked at a stage, or all."""
    return [fact for fact in FACTS.values() if stage is None or stage in fact.stages]


def facts_page(stage: Stage | None = None) -> Page:
    """The facts asked at a stage, or all, by section."""
    facts = asked_at(stage)
    return page(
        "Facts" if stage is None else f"Facts asked of a child at this stage: {stage.label}",
        first=(
            Paragraph(f"{len(facts)} facts. What is left out of a case is not known, and not known is not no."),
            Paragraph(
                'A risk can raise a finding; it is answered no, suspected or yes. A protection can temper one, on a "yes" '
                "that somebody has seen. A context fact shapes advice alone and never moves the tier. The opening question of "
                "a section answers what hangs on it when its answer is no."
            ),
        ),
        parts=tuple(_section(section.title, facts) for section in SECTIONS),
    )


def _section(title: str, facts: Iterable[Fact]) -> Part | None:
    rows = tuple(_row(fact) for fact in facts if fact.section == title)
    columns = ("Fact", "Question", "Answer", "Is", "Asked at", "Opened by", "Who knows", "Notes")
    return part(title, Grid(title, columns, rows))


def _row(fact: Fact) -> tuple[str, ...]:
    stages = "every stage" if len(fact.stages) == len(Stage) else ", ".join(spoken(stage.word) for stage in fact.stages)
    return (
        fact.name,
        fact.question,
        fact.expected,
        _POLARITIES[fact.polarity],
        stages,
        fact.gate or "",
        ", ".join(who.value for who in fact.who_knows),
        " ".join(_notes(fact)),
    )


def _notes(fact: Fact) -> Iterator[str]:
    if not fact.changeable:
        yield "Cannot change."
    if fact.shared:
        yield "The same for every child of a home."
    if fact.established_by:
        yield f"A no counts only once {fact.established_by} is yes."
    if fact.contradicted_by:
        yield f"Set aside by {' or '.join(fact.contradicted_by)}."
    if fact.ask_safely:
        yield fact.ask_safely


_POLARITIES = {
    Polarity.RISK: "a risk",
    Polarity.PROTECTIVE: "a protection",
    Polarity.CONTEXT: "context",
    Polarity.AGE: "the age",
}


def fact_as_json(fact: Fact) -> FactJson:
    """A fact as JSON holds it."""
    number = fact.words is None
    return {
        "name": fact.name,
        "section": fact.section,
        "kind": fact.kind.value,
        "polarity": fact.polarity.value,
        "says": fact.says,
        "question": fact.question,
        "values": None if number else list(fact.values),
        "lowest": fact.lowest if number else None,
        "highest": fact.highest if number else None,
        "unit": fact.unit or None,
        "gate": fact.gate,
        "stages": [stage.word for stage in fact.stages],
        "who_knows": [who.value for who in fact.who_knows],
        "changeable": fact.changeable,
        "shared": fact.shared,
        "ask_safely": fact.ask_safely,
        "established_by": fact.established_by,
        "contradicted_by": list(fact.contradicted_by),
        "codes": dict(fact.codes) if fact.codes else None,
    }
