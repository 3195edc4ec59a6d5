"""Two encodings of the same files, as a page and as JSON: how far two people agree on facts, apart from any rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thresholds.agreement.measures import MEASURES
from thresholds.agreement.ratings import Undefined
from thresholds.facts.vocabulary import FACTS
from thresholds.views.comparison_page import captioned, footnotes, in_figures, in_percent
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import tier_in_words

if TYPE_CHECKING:
    from thresholds.comparison.encoders import Encodings


def encodings_page(found: Encodings) -> Page:
    """How far two people who wrote the same files down agree on the facts, and what it does to the tier."""
    files = len(found.first)
    facts = tuple(
        (one.fact.name, str(one.both), str(one.apart), str(one.one_only), str(one.neither), _percent(one.share))
        for one in found.facts
    )
    apart = tuple(
        (one.id, tier_in_words(one.first), tier_in_words(one.second), "; ".join(FACTS[name].says for name in one.facts))
        for one in found.files_apart
    )
    tiers = tuple((measure.label, in_figures(found.tiers[measure.name])) for measure in MEASURES)
    return page(
        "Two people, the same files: agreement on facts",
        first=(
            Paragraph(f"{found.label[:1].upper()}{found.label[1:]}." if found.label else "", strong=True),
            Paragraph(f"{files} files were written down by both. {_all(found)}"),
        ),
        parts=(
            part("Files that only one wrote down", Bullets(tuple(_only(found)))),
            part(
                "Files that get different tiers by the same rules",
                Grid(
                    captioned("The tier by each, and the facts that differ", found.label),
                    ("File", "First", "Second", "Facts that differ"),
                    apart,
                    in_columns=True,
                ),
                Paragraph("" if apart else "None."),
            ),
            part(
                "How far the tiers agree",
                Grid(
                    captioned(f"Tiers by the same rules, {files} files", found.label), ("Figure", "95% interval"), tiers, True
                ),
                Bullets(tuple(footnotes({"Tiers": found.tiers}))),
            ),
            part(
                "Each fact that anybody wrote down, those most apart first",
                Grid(
                    captioned("In how many files; shares with 95% intervals (Wilson)", found.label),
                    ("Fact", "Same", "Apart", "One only", "Neither", "Share the same"),
                    facts,
                    in_columns=True,
                ),
                Paragraph(
                    "The share is of the files in which at least one wrote the fact down. That neither did is no agreement on "
                    "an answer, and is not in it."
                ),
            ),
        ),
    )


def _all(found: Encodings) -> str:
    whole = found.all_facts
    if isinstance(whole.value, Undefined):
        return "Neither wrote down a fact."
    said = f"Over all facts that at least one wrote down, both gave the same answer in {in_percent(whole)}."
    return f"{said} {whole.caution}".strip()


def _only(found: Encodings) -> list[str]:
    lists = (("the first", found.only_first), ("the second", found.only_second))
    return [f"Only {who}: {', '.join(ids)}." for who, ids in lists if ids]


def _percent(share: Any) -> str:
    return (
        str(share.value)
        if isinstance(share.value, Undefined)
        else f"{share.value:.0%} ({share.lower:.0%} to {share.upper:.0%})"
    )


def encodings_as_json(found: Encodings) -> dict[str, Any]:
    """The same as JSON holds it."""
    return {
        "format": "encodings/1",
        "label": found.label,
        "files": [name for name, _ in found.first],
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
        "all_facts": found.all_facts.to_dict(),
        "facts": [
            {
                "fact": one.fact.name,
                "both": one.both,
                "apart": one.apart,
                "one_only": one.one_only,
                "neither": one.neither,
                "share": one.share.to_dict(),
            }
            for one in found.facts
        ],
        "tiers": {measure.name: found.tiers[measure.name].to_dict() for measure in MEASURES},
        "files_apart": [
            {
                "id": one.id,
                "first": None if one.first is None else one.first.word,
                "second": None if one.second is None else one.second.word,
                "facts": list(one.facts),
            }
            for one in found.files_apart
        ],
    }
