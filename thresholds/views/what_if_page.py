"""What other rules would do to the agreement with auditors, as a page: never without its warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thresholds.agreement.ratings import Undefined
from thresholds.audits.report_figures import INVENTED
from thresholds.comparison.what_if import WARNING
from thresholds.views.page import Grid, Page, Paragraph, page, part
from thresholds.views.wording import tier_in_words

if TYPE_CHECKING:
    from thresholds.agreement.intervals import Estimate
    from thresholds.comparison.what_if import RulesLeftOut, WhatIf


def what_if_page(tried: WhatIf) -> Page:
    """The cases that other rules move, and what that does to agreement."""
    return page(
        f"What if: {_name(tried)}",
        first=(
            Paragraph(_label(tried), strong=True),
            Paragraph(f"{len(tried.moved)} of {len(tried.before)} cases get another tier. {_change(tried)}"),
            Paragraph(WARNING, strong=True),
        ),
        parts=(part("Cases that get another tier", _moved(tried)),),
    )


def _name(tried: WhatIf) -> str:
    if tried.rule is not None:
        return f"without the rule {tried.rule.id}"
    rule_set = tried.after[0].suggestion.rule_set if tried.after else None
    return f"by {rule_set.id} {rule_set.version}" if rule_set else "no cases"


def _label(tried: WhatIf) -> str:
    invented = any(case.audited.invented for case in tried.before)
    return f"{INVENTED[:1].upper()}{INVENTED[1:]}." if invented else ""


def _change(tried: WhatIf) -> str:
    return f"Change in the share of cases with the same tier, on the same cases: {in_points(tried.change)}."


def in_points(change: Estimate) -> str:
    """A change in a share, in percentage points, with its interval, method and cases."""
    if isinstance(change.value, Undefined):
        return str(change.value)
    if change.lower is None or change.upper is None:
        return f"{change.value:+.0%}"
    return (
        f"{change.value:+.0%} (95% interval {change.lower:+.0%} to {change.upper:+.0%}; {change.cases} cases; {change.method})"
    )


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
    return Grid("Cases that get another tier", ("Case", "Auditors", "Before", "After", "Agreement"), rows, in_columns=True)


def rules_left_out_page(found: RulesLeftOut) -> Page:
    """Each rule that moves a case by being left out."""
    rows = tuple(
        (
            "" if one.rule is None else one.rule.id,
            f"{one.gain:+d}" if one.gain else "0",
            ", ".join(moved.id for moved in one.moved),
            in_points(one.change),
        )
        for one in found.tried
    )
    first = found.tried[0] if found.tried else None
    return page(
        "What if a single rule were left out",
        first=(
            Paragraph(_label(first) if first else "", strong=True),
            Paragraph(f"{len(found.tried)} rules move a case when they are left out; others do not, or not alone."),
            Paragraph(WARNING, strong=True),
        ),
        parts=(
            part(
                "Rules, those that would gain most agreement first",
                Grid(
                    "Each rule left out by itself",
                    ("Rule", "Agreements", "Cases that move", "Change in agreement"),
                    rows,
                    True,
                ),
            ),
        ),
    )
