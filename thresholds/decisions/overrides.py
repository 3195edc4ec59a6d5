"""How often people decided otherwise than was suggested, and why: from decision records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thresholds.agreement.intervals import Estimate, wilson
from thresholds.decisions.records import DecisionRecord, Role, WhyOtherwise
from thresholds.scales import Status
from thresholds.views.page import Page
from thresholds.views.shown import Shown

NEAR_ZERO = 0.05
"""Below which share of overrides the warning is given. A choice of ours, and of no source."""
RUBBER_STAMPING = (
    "Almost nobody decided otherwise than was suggested. That is seldom a sign that the suggestions are right: ask whether "
    "people still decide for themselves, or sign what they are shown."
)
MOST_OVERRIDDEN = (
    "Most decisions were otherwise than was suggested. Look at the reasons: the rules, or the facts that they are given, may "
    "not fit this work."
)


@dataclass(frozen=True)
class Overrides(Shown):
    """How often people decided otherwise. `rate` is the share of the decisions where a tier was suggested.

    `upward` and `downward` count which way; `without_tier` are decisions where none was suggested, which are in no rate; a
    person who put off a tier that was suggested counts among `put_off`. `reasons` and `roles` count the overrides by each,
    most frequent first; `decided_by` counts all decisions by role. `warning` is "" where there is none.
    """

    rate: Estimate
    upward: int
    downward: int
    put_off: int
    without_tier: int
    by_status: tuple[tuple[Status, int], ...]
    reasons: tuple[tuple[WhyOtherwise, int], ...]
    roles: tuple[tuple[Role, int], ...]
    decided_by: tuple[tuple[Role, int], ...]
    warning: str

    def page(self) -> Page:
        """How often people decided otherwise, as a page."""
        from thresholds.views.decisions_page import overrides_page

        return overrides_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """How often people decided otherwise, as JSON holds it."""
        return {
            "format": "overrides/1",
            "rate": self.rate.to_dict(),
            "upward": self.upward,
            "downward": self.downward,
            "put_off": self.put_off,
            "without_tier": self.without_tier,
            "by_status": {one.value: number for one, number in self.by_status},
            "reasons": {one.value: number for one, number in self.reasons},
            "roles": {one.value: number for one, number in self.roles},
            "decided_by": {one.value: number for one, number in self.decided_by},
            "warning": self.warning,
        }


def overrides(records: Iterable[DecisionRecord]) -> Overrides:
    """How often people decided otherwise than was suggested, by these records. Undefined where none was suggested a tier."""
    kept = tuple(records)
    suggested = [one for one in kept if one.suggested.tier is not None]
    over = [one for one in suggested if one.is_override]
    rate = wilson(len(over), len(suggested))
    moved = [(one.tier, one.suggested.tier) for one in over]
    share = rate.value if isinstance(rate.value, float) else None
    return Overrides(
        rate=rate,
        upward=sum(tier is not None and was is not None and tier > was for tier, was in moved),
        downward=sum(tier is not None and was is not None and tier < was for tier, was in moved),
        put_off=sum(tier is None for tier, _ in moved),
        without_tier=len(kept) - len(suggested),
        by_status=tuple(Counter(one.suggested.status for one in kept).most_common()),
        reasons=tuple(Counter(one.why_otherwise for one in over if one.why_otherwise is not None).most_common()),
        roles=tuple(Counter(one.role for one in over).most_common()),
        decided_by=tuple(Counter(one.role for one in kept).most_common()),
        warning="" if share is None else RUBBER_STAMPING if share < NEAR_ZERO else MOST_OVERRIDDEN if share > 0.5 else "",
    )
