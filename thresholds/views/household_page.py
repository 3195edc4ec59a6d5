"""The children of one home, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thresholds.reasons import FactSupport, Reason
from thresholds.scales import Status
from thresholds.views import wording
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part

if TYPE_CHECKING:
    from thresholds.households import HouseholdSuggestion
    from thresholds.suggestion import Suggestion

_DRIVERS_SHOWN = 2


def household_page(household: HouseholdSuggestion) -> Page:
    """The page of a household, without the pages of its children."""
    rows = tuple(
        (
            household.name_of(place),
            tier_in_short(child),
            child.stage.label if child.stage is not None else "not known, or 18 and over",
            ", ".join(panels) or "none named",
            "; ".join(drivers(child)),
        )
        for place, (child, panels) in enumerate(zip(household.children, household.panels, strict=True))
    )
    columns = ("Child", "Suggested", "Stage", "Panel", "Driven by")
    return page(
        "A household",
        first=(Grid("The children of one home", columns, rows),),
        parts=(
            part("Seen together", Bullets(household.notes)),
            part("About these suggestions", Paragraph(wording.ADVICE_LINE, strong=True)),
        ),
    )


def tier_in_short(suggestion: Suggestion) -> str:
    """The status and tier in a few words, for a table."""
    tier, highest = suggestion.tier, suggestion.range.highest
    said = "" if tier is None else f"Tier {tier}" if tier == highest else f"at least Tier {tier}"
    match suggestion.status:
        case Status.ACT_FIRST:
            return f"act first; {said}" if said else "act first"
        case Status.NOT_FOR_THIS_TOOL:
            return "not for this tool"
        case Status.TOO_LITTLE_KNOWN:
            return "no tier: too little known"
        case _:
            return said


def standing_in_short(suggestion: Suggestion) -> str:
    """The status and tier in a few words, and how far the tier could move: "at least Tier 2A, could be 2A to 3"."""
    lowest, highest = suggestion.range
    span = "" if lowest is None or lowest == highest else f", could be {lowest} to {highest}"
    return tier_in_short(suggestion) + span


def drivers(suggestion: Suggestion) -> list[str]:
    """The titles of the rules that decide the tier and rest on a fact; those that conclude most, and no more than a few."""
    deciding = [reason for reason in suggestion.reasons if reason.decisive]
    on_facts = [reason for reason in deciding if any(isinstance(support, FactSupport) for support in reason.because)]
    weighed = sorted(on_facts or deciding, key=lambda reason: -_most(reason))
    return [reason.rule.title for reason in weighed[:_DRIVERS_SHOWN]]


def _most(reason: Reason) -> int:
    """The highest step on any scale that a rule concludes."""
    return max((conclusion.value for conclusion in reason.rule.concludes), default=0)
