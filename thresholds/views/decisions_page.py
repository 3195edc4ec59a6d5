"""Decisions of people beside suggestions, as pages: how often they decided otherwise, and what is suggested now."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from thresholds.agreement.ratings import Undefined
from thresholds.version import __version__
from thresholds.views.estimates import with_method
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import ADVICE_LINE, tier_in_words

if TYPE_CHECKING:
    from thresholds.decisions.overrides import Overrides
    from thresholds.decisions.records import Replay


def overrides_page(found: Overrides) -> Page:
    """How often people decided otherwise than was suggested, and why."""
    rate = found.rate
    said = (
        "Nobody decided on a tier beside one that was suggested: the share of overrides is not defined."
        if isinstance(rate.value, Undefined)
        else f"Of {rate.cases} decisions on a tier beside a suggested one, another was decided in {with_method(rate)}."
    )
    apart = f"Put off, though a tier was suggested: {found.put_off}. That is no other tier, and in no share."
    return page(
        "What people decided beside what was suggested",
        first=(Paragraph(said), Paragraph(apart if found.put_off else ""), Paragraph(found.warning, strong=True)),
        parts=(
            part(
                "Which way",
                Bullets(
                    (
                        f"A higher tier than was suggested: {found.upward}.",
                        f"A lower tier: {found.downward}.",
                        f"Within the range that what is not known left open: {found.within_range}.",
                        f"Outside that range: {found.outside_range}.",
                        *((f"No range is recorded: {found.range_not_known}.",) if found.range_not_known else ()),
                        f"Decided where no tier was suggested, and so in no share: {found.without_tier}.",
                    )
                ),
            ),
            part("Why otherwise", Bullets(tuple(_counted(found.reasons)))),
            part("Why put off", Bullets(tuple(_counted(found.why_put_off)))),
            part("Who decided otherwise", Bullets(tuple(_counted(found.roles)))),
            part("Who decided at all", Bullets(tuple(_counted(found.decided_by)))),
            part("What was suggested, of all decisions", Bullets(tuple(_counted(found.by_status)))),
            part(
                "How to read this",
                Paragraph(
                    "An override is not an error. A share near nought is a warning sign as much as a large one: people may "
                    "sign what they are shown. A tier within the range is one that facts not known yet could bring about; one "
                    "outside it, no such fact could. The records of one team are not independent of each other, so that the "
                    "interval is narrower than it should be."
                ),
            ),
        ),
    )


def _counted(found: Iterable[tuple[StrEnum, int]]) -> Iterable[str]:
    return (f"{word.value.replace('_', ' ')}: {number}" for word, number in found)


def replay_page(found: Replay) -> Page:
    """Whether the rules at hand suggest today what was suggested at the time."""
    moved = [one for one in found.decisions if not one.same_tier]
    other_rules = sum(not one.same_rules for one in found.decisions)
    unexplained = sum(one.same_rules for one in moved)
    rule_set = found.rule_set
    rows = tuple(
        (
            one.record.id,
            tier_in_words(one.record.suggested.tier),
            tier_in_words(one.now.tier),
            tier_in_words(one.record.tier),
            "same rules" if one.same_rules else f"{one.record.suggested.rule_set} {one.record.suggested.version}",
        )
        for one in moved
    )
    return page(
        "Decisions replayed",
        first=(
            Paragraph(
                f"{len(found.decisions)} decisions. Of the same facts, the rules at hand suggest another tier in "
                f"{len(moved)}. {other_rules} were suggested by other rules than these."
            ),
            Paragraph(
                f"{unexplained} of these changed although the rules have the same digest: the library itself answers "
                "otherwise now, which should not be. Please report it."
                if unexplained
                else "",
                strong=True,
            ),
        ),
        parts=(
            part(
                "Decisions whose suggestion is another now",
                Grid(
                    "What was suggested, what is now, and what the person decided",
                    ("Decision", "Suggested then", "Suggested now", "Decided", "Rules then"),
                    rows,
                    in_columns=True,
                ),
            ),
            part(
                "About this page",
                Paragraph(ADVICE_LINE, strong=True),
                Paragraph("A decision is judged by what was known when it was made, and not by what the rules say since."),
                Paragraph(f"Rule set {rule_set.id} {rule_set.version}, {rule_set.digest[:19]}; thresholds {__version__}."),
            ),
        ),
    )


def replay_as_json(found: Replay) -> dict[str, Any]:
    """The same as JSON holds it, every decision among it."""
    rule_set = found.rule_set
    return {
        "format": "replay/1",
        "rule_set": {"id": rule_set.id, "version": rule_set.version, "digest": rule_set.digest},
        "decisions": [
            {
                "id": one.record.id,
                "decided": None if one.record.tier is None else one.record.tier.word,
                "suggested_then": None if one.record.suggested.tier is None else one.record.suggested.tier.word,
                "suggested_now": None if one.now.tier is None else one.now.tier.word,
                "status_now": one.now.status.value,
                "same_rules": one.same_rules,
                "same_tier": one.same_tier,
                "agrees_now": one.agrees_now,
            }
            for one in found.decisions
        ],
    }
