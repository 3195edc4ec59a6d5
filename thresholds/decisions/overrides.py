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

FEW = 0.2
"""Overrides are few where the whole interval of their share lies below this. A choice of ours, and of no source."""

MANY = 0.5
"""Overrides are many where the whole interval of their share lies above this. A choice of ours, and of no source."""

RUBBER_STAMPING = (
    f"Another tier than was suggested was decided in fewer than {FEW:.0%}, by the whole interval. That is seldom a sign that "
    "the suggestions are right: ask whether people still decide for themselves, or sign what they are shown."
)
MOST_OVERRIDDEN = (
    f"Another tier than was suggested was decided in more than {MANY:.0%}, by the whole interval. Look at the reasons: the "
    "rules, or the facts that they are given, may not fit this work."
)


@dataclass(frozen=True)
class Overrides(Shown):
    """How often people decided on another tier than was suggested.

    `rate` is the share of overrides among the decisions on a tier where one was suggested. `upward` and `downward` count which
    way. `within_range` are the overrides that lie within the range which the suggestion left open, `outside_range` those that
    do not, and of `range_not_known` the record holds no range. A decision that was `put_off`, though a tier was suggested, is
    no other tier and in no rate; nor are decisions `without_tier`, where none was suggested. `reasons` and `roles` count the
    overrides by each, and `why_put_off` the decisions put off, most frequent first; `decided_by` counts all decisions by role,
    and `by_status` by what was suggested. `warning` judges by the interval, and is "" where there is none.
    """

    rate: Estimate
    upward: int
    downward: int
    within_range: int
    outside_range: int
    range_not_known: int
    put_off: int
    without_tier: int
    by_status: tuple[tuple[Status, int], ...]
    reasons: tuple[tuple[WhyOtherwise, int], ...]
    why_put_off: tuple[tuple[WhyOtherwise, int], ...]
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
            "within_range": self.within_range,
            "outside_range": self.outside_range,
            "range_not_known": self.range_not_known,
            "put_off": self.put_off,
            "without_tier": self.without_tier,
            "by_status": {one.value: number for one, number in self.by_status},
            "reasons": {one.value: number for one, number in self.reasons},
            "why_put_off": {one.value: number for one, number in self.why_put_off},
            "roles": {one.value: number for one, number in self.roles},
            "decided_by": {one.value: number for one, number in self.decided_by},
            "warning": self.warning,
        }


def overrides(records: Iterable[DecisionRecord]) -> Overrides:
    """How often people decided on another tier than was suggested, by these records.

    The share is undefined where nobody decided on a tier beside one that was suggested.
    """
    kept = tuple(records)
    suggested = [one for one in kept if one.suggested.tier is not None]
    put_off = [one for one in suggested if one.tier is None]
    over = [one for one in suggested if one.tier is not None and one.is_override]
    rate = wilson(len(over), len(suggested) - len(put_off))
    upward = [one for one in over if one.tier is not None and one.suggested.tier is not None and one.tier > one.suggested.tier]
    in_range = Counter(_within_range(one) for one in over)
    return Overrides(
        rate=rate,
        upward=len(upward),
        downward=len(over) - len(upward),
        within_range=in_range[True],
        outside_range=in_range[False],
        range_not_known=in_range[None],
        put_off=len(put_off),
        without_tier=len(kept) - len(suggested),
        by_status=tuple(Counter(one.suggested.status for one in kept).most_common()),
        reasons=_reasons(over),
        why_put_off=_reasons(put_off),
        roles=tuple(Counter(one.role for one in over).most_common()),
        decided_by=tuple(Counter(one.role for one in kept).most_common()),
        warning=_warning(rate),
    )


def _within_range(record: DecisionRecord) -> bool | None:
    """Whether the tier decided lies in the range that the suggestion left open; None where that is not known."""
    lowest, highest = record.suggested.lowest, record.suggested.highest
    if record.tier is None or lowest is None or highest is None:
        return None
    return lowest <= record.tier <= highest


def _reasons(records: Iterable[DecisionRecord]) -> tuple[tuple[WhyOtherwise, int], ...]:
    return tuple(Counter(one.why_otherwise for one in records if one.why_otherwise is not None).most_common())


def _warning(rate: Estimate) -> str:
    if rate.lower is None or rate.upper is None:
        return ""
    return RUBBER_STAMPING if rate.upper < FEW else MOST_OVERRIDDEN if rate.lower > MANY else ""
