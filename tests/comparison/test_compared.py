"""A case of an audit beside what the rules suggest: which way they differ, and where a case was held below."""

import pytest

from tests.comparison.audits import BRUISE, SLOW, audit, audited
from thresholds.audits.audited import Audit, AuditedCase
from thresholds.comparison.compared import Called, HeldBelow, Judged, compared_cases
from thresholds.scales import Tier


def compared(case, tier=None, held=None, replies=None, auditor="group"):
    judgement = {"auditor": auditor, "tier": tier, "replies": replies or {}}
    audited = {"id": "one", "process": "mat", "case": case, "held": held, "judgements": [judgement]}
    (found,) = compared_cases([AuditedCase.model_validate(audited)])
    return found


@pytest.mark.parametrize(
    ("case", "judged", "called", "steps"),
    [
        (BRUISE, "3", Called.ALIKE, 0),
        (BRUISE, "2A", Called.OVER, 2),
        (SLOW, "3", Called.UNDER, -2),
        (SLOW, None, Called.NO_TIER_JUDGED, None),
        ({"age_months": 40}, "1", Called.NO_TIER_SUGGESTED, None),
    ],
)
def test_which_way_the_rules_differ(case, judged, called, steps):
    found = compared(case, judged)
    assert found.called("group") is called
    assert found.steps("group") == steps


def test_somebody_who_did_not_judge_the_case_gave_no_tier():
    assert compared(BRUISE, "3").called("somebody-else") is Called.NO_TIER_JUDGED


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


def test_the_auditors_together_are_a_group_by_consensus_or_else_everybody_and_nobody_is_outvoted():
    (agreed,) = compared_cases([audited("one", SLOW, {"a": "2A", "b": "2A"})])
    assert (agreed.judged(), agreed.tier(), agreed.called()) == (Judged(Tier.TWO_A, Tier.TWO_A), Tier.TWO_A, Called.ALIKE)
    (differ,) = compared_cases([audited("one", SLOW, {"a": "2A", "b": "2A", "c": "3"})])
    assert (differ.judged(), differ.tier(), differ.called()) == (Judged(Tier.TWO_A, Tier.THREE), None, Called.AUDITORS_DIFFER)
    assert differ.called("c") is Called.UNDER
    alone = audited("one", SLOW, {"a": "3"})
    group = audited("one", SLOW, {"group": "2A"}, consensus=True)
    both = alone.model_copy(update={"judgements": (*alone.judgements, *group.judgements)})
    (led,) = compared_cases([both])
    assert led.tier() is Tier.TWO_A
    assert led.tier("a") is Tier.THREE


def test_a_judgement_of_the_referrer_says_nothing_of_the_receiver():
    judgements = [{"auditor": "a", "tier": "3", "of": "referrer"}]
    (found,) = compared_cases([audited("one").model_validate({**audited("one").to_dict(), "judgements": judgements})])
    assert found.judged() is None
    assert found.judged("a") is None
    assert Audit(name="x", cases=(found.audited,)).auditors == ()


def test_where_auditors_differ_a_case_is_held_below_only_if_all_of_them_are_above():
    def why(held):
        return compared_cases([audited("one", SLOW, {"a": "2B", "b": "3"}, held=held)])[0].held_below()

    assert why("2A") is HeldBelow.NOT_IDENTIFIED
    assert why("2B") is None


def test_everybody_who_judged_is_listed_once():
    whole = audit(audited("a", SLOW, {"x": None, "y": "2A"}), audited("b", SLOW, {"y": None, "z": None}))
    assert whole.auditors == ("x", "y", "z")
