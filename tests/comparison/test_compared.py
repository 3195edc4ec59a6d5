"""A case of an audit beside what the rules suggest: which way they differ, and where a case was held below."""

import pytest

from thresholds.comparison.audited import AuditedCase
from thresholds.comparison.compared import Direction, HeldBelow, auditors, compared_cases

BRUISE = {"age_months": 3, "bruise_or_mark": "yes", "mark_recorded_at_birth": "no"}  # Tier 3, whatever else
SLOW = {"age_months": 40, "milestones_slow": "yes"}  # at least 2A


def compared(case, tier=None, held=None, replies=None, auditor="group"):
    judgement = {"auditor": auditor, "tier": tier, "replies": replies or {}}
    audited = {"id": "one", "process": "mat", "case": case, "held": held, "judgements": [judgement]}
    (found,) = compared_cases([AuditedCase.model_validate(audited)])
    return found


@pytest.mark.parametrize(
    ("case", "judged", "direction", "steps"),
    [
        (BRUISE, "3", Direction.AGREES, 0),
        (BRUISE, "2A", Direction.OVER_CALLED, 2),
        (SLOW, "3", Direction.UNDER_CALLED, -2),
        (SLOW, None, Direction.NO_TIER_JUDGED, None),
        ({"age_months": 40}, "1", Direction.NO_TIER_SUGGESTED, None),
    ],
)
def test_which_way_the_rules_differ(case, judged, direction, steps):
    found = compared(case, judged)
    assert found.direction("group") is direction
    assert found.steps("group") == steps


def test_somebody_who_did_not_judge_the_case_gave_no_tier():
    assert compared(BRUISE, "3").direction("somebody-else") is Direction.NO_TIER_JUDGED


def test_what_is_not_known_may_still_bring_them_together():
    open_still, settled = compared(SLOW, "3"), compared(BRUISE, "2A")
    assert (open_still.could_agree("group"), open_still.must_agree("group")) == (True, False)
    assert (settled.could_agree("group"), settled.must_agree("group")) == (False, False)
    assert compared(BRUISE, "3").must_agree("group")
    assert compared(SLOW).could_agree("group") is None
    assert settled.is_settled
    assert not open_still.is_settled


@pytest.mark.parametrize(
    ("case", "judged", "held", "replies", "why"),
    [
        (BRUISE, "3", "2B", {}, HeldBelow.NOT_REFERRED),
        (BRUISE, "3", "2B", {"risks_identified": "no"}, HeldBelow.NOT_IDENTIFIED),
        (SLOW, "3", "2B", {}, HeldBelow.NOT_IDENTIFIED),
        (BRUISE, None, "2", {}, HeldBelow.NOT_REFERRED),
        (BRUISE, "3", "2 with 3", {}, None),
        (BRUISE, "3", "3", {}, None),
        (BRUISE, "2A", "2A", {}, None),
        (BRUISE, "3", None, {}, None),
    ],
)
def test_where_a_case_was_held_below(case, judged, held, replies, why):
    assert compared(case, judged, held, replies).held_below("group") is why


def test_the_rules_that_pull_a_case_up_are_named():
    pulling = [reason.rule.id for reason in compared(BRUISE, "2A").pulling_up("group")]
    assert "stage-bruise-not-mobile" in pulling
    assert compared(BRUISE, "3").pulling_up("group") == ()


def test_everybody_who_judged_is_listed_once():
    cases = [
        AuditedCase.model_validate(
            {"id": key, "process": "mat", "case": SLOW, "judgements": [{"auditor": one} for one in judges]}
        )
        for key, judges in (("a", ["x", "y"]), ("b", ["y", "z"]))
    ]
    assert auditors(cases) == ("x", "y", "z")
    assert compared(SLOW).judged("group") is None
