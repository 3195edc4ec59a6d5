"""What other rules would do to the agreement with auditors, as a page: never without its warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thresholds.audits.labels import FITTED
from thresholds.views.comparison_page import about, captioned, label_sentence
from thresholds.views.estimates import in_points
from thresholds.views.page import Grid, Page, Paragraph, page, part
from thresholds.views.wording import number_of, tier_in_words

if TYPE_CHECKING:
    from thresholds.agreement.intervals import Estimate
    from thresholds.comparison.what_if import RulesLeftOut, WhatIf


def what_if_page(tried: WhatIf) -> Page:
    """The cases that other rules move, and what that does to agreement."""
    before, after = tried.rule_sets
    name = f"by {after.id} {after.version}" if tried.rule is None else f"without the rule {tried.rule.id}"
    return page(
        f"What if: {name}",
        first=(
            Paragraph(label_sentence(tried.label), strong=True),
            Paragraph(
                f"{len(tried.moved)} of {number_of(len(tried.before), 'case')} get another tier. Change in the share of cases "
                f"with the same tier, on the same cases: {_change(tried.change)}."
            ),
            Paragraph(tried.change.caution),
            Paragraph(FITTED, strong=True),
        ),
        parts=(
            part("Cases that get another tier", _moved(tried)),
            part("About this page", *about(before, names_cases=True)),
        ),
    )


def _change(change: Estimate) -> str:
    return f"{in_points(change)}; {number_of(change.cases, 'case')}; {change.method}"


def _moved(tried: WhatIf) -> Grid:
    rows = tuple(
        (
            one.id,
            tier_in_words(one.judged),
            tier_in_words(one.before),
            tier_in_words(one.after),
            "agrees only now" if one.gained else "agreed only before" if one.lost else "",
        )
        for one in tried.moved
    )
    columns = ("Case", "Auditors, one tier", "Before", "After", "Agreement")
    return Grid(captioned("The tier before and after", tried.label), columns, rows, in_columns=True)


def rules_left_out_page(found: RulesLeftOut) -> Page:
    """Each rule that moves a case by being left out."""
    rows = tuple(
        (
            "" if one.rule is None else one.rule.id,
            f"{one.gain:+d}" if one.gain else "0",
            ", ".join(moved.id for moved in one.moved),
            _change(one.change),
        )
        for one in found.tried
    )
    columns = ("Rule", "Agreements", "Cases that move", "Change in agreement")
    return page(
        "What if a single rule were left out",
        first=(
            Paragraph(label_sentence(found.label), strong=True),
            Paragraph(
                f"{number_of(len(found.tried), 'rule')} would move a case by being left out; others do not, or not alone."
            ),
            Paragraph(next((one.change.caution for one in found.tried), "")),
            Paragraph(FITTED, strong=True),
        ),
        parts=(
            part(
                "Rules, those that would gain most agreement first",
                Grid(captioned("Each rule left out by itself", found.label), columns, rows, in_columns=True),
            ),
            part("About this page", *about(found.rule_set, names_cases=True)),
        ),
    )
