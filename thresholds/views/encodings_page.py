"""Two encodings of the same files, as a page: how far two people agree on facts, apart from any rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from thresholds.agreement.measures import MEASURES
from thresholds.views.comparison_page import about, captioned, label_sentence
from thresholds.views.estimates import entered, in_figures, in_percent, notes, with_method
from thresholds.views.page import Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.wording import number_of, tier_in_words, value_in_words

if TYPE_CHECKING:
    from thresholds.comparison.encoders import Encodings, FactApart


def encodings_page(found: Encodings) -> Page:
    """How far two people who wrote the same files down agree on the facts, and what it does to the tier."""
    files = number_of(len(found.first), "file")
    return page(
        "Two people, the same files: agreement on facts",
        first=(
            Paragraph(label_sentence(found.label), strong=True),
            Paragraph(
                f"{files} written down by both. Over all facts that at least one wrote down, the share with the same answer: "
                f"{with_method(found.all_facts)}. {found.all_facts.caution}".strip()
            ),
        ),
        parts=(
            part("Files that only one wrote down", Bullets(tuple(_only(found)))),
            _files_apart(found),
            _tiers(found),
            _facts(found),
            part("About this page", *about(found.rule_set, names_cases=True)),
        ),
    )


def _only(found: Encodings) -> Iterator[str]:
    for who, ids in (("the first", found.only_first), ("the second", found.only_second)):
        if ids:
            yield f"Only {who}: {', '.join(ids)}."


def _files_apart(found: Encodings) -> Part | None:
    rows = tuple(
        (one.id, tier_in_words(one.first), tier_in_words(one.second), "; ".join(map(_answers, one.facts)))
        for one in found.files_apart
    )
    caption = captioned("The tier by each, and the facts that differ", found.label)
    return part(
        "Files that get different tiers by the same rules",
        Grid(caption, ("File", "First", "Second", "Facts that differ (first / second)"), rows, in_columns=True),
        Paragraph("" if rows else "None."),
    )


def _answers(one: FactApart) -> str:
    first, second = ("not written" if value is None else value_in_words(one.fact, value) for value in (one.first, one.second))
    return f"{one.fact.says} ({first} / {second})"


def _tiers(found: Encodings) -> Part | None:
    rows = tuple((measure.label, in_figures(found.tiers[measure.name])) for measure in MEASURES)
    both = f"{entered(found.tiers)} of {number_of(len(found.first), 'file')} that get a tier by both"
    return part(
        "How far the tiers agree",
        Grid(captioned(f"Tiers by the same rules, {both}", found.label), ("Figure", "95% interval"), rows, in_columns=True),
        Bullets(tuple(notes({"tiers": found.tiers}))),
    )


def _facts(found: Encodings) -> Part | None:
    rows = tuple(
        (one.fact.name, str(one.both), str(one.apart), str(one.one_only), str(one.neither), in_percent(one.share))
        for one in found.facts
    )
    columns = ("Fact", "Same", "Apart", "One only", "Neither", "Share the same")
    return part(
        "Each fact that anybody wrote down, the smallest share of same answers first",
        Grid(captioned("In how many files; shares with 95% intervals (Wilson)", found.label), columns, rows, in_columns=True),
        Paragraph(
            "The share is of the files in which at least one wrote the fact down. That neither did is no agreement on an "
            "answer, and is not in it."
        ),
    )
