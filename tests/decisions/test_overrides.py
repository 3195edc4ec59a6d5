"""How often people decide otherwise than is suggested, and what that is a sign of."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.comparison.audits import BRUISE, NOTHING_KNOWN, SLOW
from thresholds import Tier, suggest
from thresholds.agreement.ratings import Undefined
from thresholds.decisions.overrides import MOST_OVERRIDDEN, RUBBER_STAMPING, overrides
from thresholds.decisions.records import DecisionRecord, Role, WhyOtherwise, replay

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def decided(case, tier, why=None, role="manager", key="one"):
    return DecisionRecord.of(suggest(case), id=key, tier=tier, role=role, decided_at=AT, why_otherwise=why)


def test_the_rate_is_of_decisions_beside_a_suggested_tier_and_has_an_interval():
    found = overrides(
        [
            decided(BRUISE, "3"),
            decided(BRUISE, "2B", "thought_it_would_not_be_accepted"),
            decided(SLOW, "2B", "facts_weighed_otherwise", "panel"),
            decided(SLOW, None, "more_to_find_out_first"),
            decided(NOTHING_KNOWN, "1", "other"),
        ]
    )
    assert (found.rate.value, found.rate.cases) == (2 / 3, 3), "one that was put off is no other tier"
    assert found.rate.lower < 2 / 3 < found.rate.upper
    assert (found.upward, found.downward, found.put_off, found.without_tier) == (1, 1, 1, 1)
    assert dict(found.why_put_off) == {WhyOtherwise.MORE_TO_FIND_OUT_FIRST: 1}
    assert WhyOtherwise.MORE_TO_FIND_OUT_FIRST not in dict(found.reasons)
    assert dict(found.reasons)[WhyOtherwise.THOUGHT_IT_WOULD_NOT_BE_ACCEPTED] == 1
    assert WhyOtherwise.OTHER not in dict(found.reasons)  # beside no tier: in no share, and counted apart
    assert dict(found.decided_by) == {Role.MANAGER: 4, Role.PANEL: 1}
    said = " ".join(found.text().split())
    assert "Of 3 decisions on a tier beside a suggested one, another was decided in 67% (95% interval" in said
    assert "Put off, though a tier was suggested: 1. That is no other tier, and in no share." in said
    assert "too little known: 1" in said, "what was suggested of all decisions"
    assert found.to_dict()["why_put_off"] == {"more_to_find_out_first": 1}


def test_whether_the_suggestion_left_the_decided_tier_open():
    open_above = suggest(SLOW)
    assert (open_above.range.lowest, open_above.range.highest) == (Tier.TWO_A, Tier.THREE)
    kept = [decided(SLOW, "2B", "other"), decided(SLOW, "3", "other"), decided(SLOW, "1", "other"), decided(SLOW, "2A")]
    kept.append(decided(BRUISE, "2B", "other"))
    found = overrides(kept)
    assert (found.within_range, found.outside_range, found.range_not_known) == (2, 2, 0)
    assert "Within the range that what is not known left open: 2." in " ".join(found.text().split())
    assert "No range is recorded" not in found.text()
    without = kept[0].model_copy(update={"suggested": kept[0].suggested.model_copy(update={"highest": None})})
    found = overrides([without])
    assert (found.within_range, found.outside_range, found.range_not_known) == (0, 0, 1)
    assert "No range is recorded: 1." in found.text()


@pytest.mark.parametrize(
    ("otherwise", "of", "warning"),
    [
        (0, 30, RUBBER_STAMPING),
        (1, 30, RUBBER_STAMPING),
        (3, 30, ""),
        (0, 10, ""),  # nobody, of few: that may be chance
        (15, 100, ""),
        (11, 100, RUBBER_STAMPING),
        (3, 3, ""),
        (4, 4, MOST_OVERRIDDEN),
        (59, 100, ""),
        (65, 100, MOST_OVERRIDDEN),
    ],
)
def test_the_warnings_judge_by_the_interval(otherwise, of, warning):
    records = [decided(BRUISE, "2B", "other")] * otherwise + [decided(BRUISE, "3")] * (of - otherwise)
    found = overrides(records)
    assert found.warning == warning
    assert " ".join(warning.split()) in " ".join(found.text().split())


def test_no_decisions_are_undefined():
    found = overrides([])
    assert isinstance(found.rate.value, Undefined)
    assert found.warning == ""
    assert "not defined" in found.text()
    assert found.to_dict()["rate"]["value"] is None


def test_a_replay_lists_the_decisions_whose_suggestion_is_another_now():
    records = [decided(BRUISE, "3", key="baby"), decided(SLOW, "2A", key="slow")]
    same = replay(records)
    assert "another tier in 0" in " ".join(same.text().split())
    older = replay(records, "hackney-2009")
    moved = [one.record.id for one in older.decisions if not one.same_tier]
    assert f"another tier in {len(moved)}" in " ".join(older.text().split())
    assert all(key in older.text() for key in moved)
    rows = older.to_dict()["decisions"]
    assert [(row["id"], row["same_rules"]) for row in rows] == [("baby", False), ("slow", False)]


def test_an_answer_that_changed_by_the_same_rules_is_said_to_be_a_fault():
    record = decided(BRUISE, "3")
    changed = record.model_copy(update={"suggested": record.suggested.model_copy(update={"tier": suggest(SLOW).tier})})
    assert "Please report it" in replay([changed]).text()
    assert "Please report it" not in replay([record]).text()


def test_every_reason_is_explained():
    page = Path("docs/comparison.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert [name for name, words in rows if name in set(WhyOtherwise) and len(words.split()) > 2] == list(WhyOtherwise)
