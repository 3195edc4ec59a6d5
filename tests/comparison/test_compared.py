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
    assert (open_still.could_agree("group"), settled.could_agree("group")) == (True, False)
    assert compared(BRUISE, "3").could_agree("group")
    assert compared(SLOW).could_agree("group") is None
    assert settled.is_settled
    assert not open_still.is_settled


@pytest.mark.parametrize(
    ("case", "judged", "held", "replies", "why"),
    [
        # All auditors place it higher: their own answers tell whether the risk was identified.
        (BRUISE, "3", "2B", {"risks_identified": "no"}, HeldBelow.NOT_IDENTIFIED),
        (BRUISE, "3", "2B", {"risks_identified": "partly"}, HeldBelow.NOT_IDENTIFIED),
        (SLOW, "3", "2B", {"risks_identified": "yes"}, HeldBelow.NOT_REFERRED),
        # They did not answer: what the rules find in the record was there to be seen.
        (BRUISE, "3", "2B", {}, HeldBelow.NOT_REFERRED),
        (SLOW, "3", "2B", {}, HeldBelow.NOT_TOLD),
        # The rules alone place it higher.
        (BRUISE, None, "2", {}, HeldBelow.NOT_BY_ALL),
        (BRUISE, "2A", "2A", {}, HeldBelow.NOT_BY_ALL),
        # Nobody does, or it is not known where it was held.
        (SLOW, "2A", "2A", {}, None),
        (BRUISE, "3", "2 with 3", {}, None),
        (BRUISE, "3", "3", {}, None),
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


def of_two(one, other, held="2A", case=SLOW):
    judgements = [{"auditor": who, "tier": tier, "replies": replies} for who, tier, replies in (("a", *one), ("b", *other))]
    return compared_cases(
        [AuditedCase.model_validate({**audited("one", case, held=held).to_dict(), "judgements": judgements})]
    )[0]


def test_where_auditors_differ_on_the_tier_a_case_is_held_below_for_some_or_for_all_of_them():
    none = {}
    assert of_two(("2B", none), ("3", none)).held_below() is HeldBelow.NOT_TOLD
    assert of_two(("2B", none), ("3", none), held="2B").held_below() is HeldBelow.NOT_BY_ALL
    assert of_two(("2A", none), ("2A", none)).held_below() is None


def test_where_auditors_differ_on_whether_the_risk_was_identified_it_is_not_told():
    yes, no, partly = ({"risks_identified": reply} for reply in ("yes", "no", "partly"))
    assert of_two(("3", yes), ("3", no)).held_below() is HeldBelow.NOT_TOLD
    assert of_two(("3", partly), ("3", no)).held_below() is HeldBelow.NOT_IDENTIFIED
    assert of_two(("3", yes), ("3", {})).held_below() is HeldBelow.NOT_REFERRED


def test_where_auditors_differ_the_rules_may_stand_below_or_above_all_of_them_or_among_them():
    below, above = of_two(("2B", {}), ("3", {})), of_two(("1", {}), ("2A", {}), case=BRUISE)
    assert (below.called(), below.steps(), below.tier()) == (Called.UNDER, -1, None)
    assert (above.called(), above.steps()) == (Called.OVER, 2)
    among = of_two(("1", {}), ("2B", {}))
    assert (among.called(), among.steps()) == (Called.AUDITORS_DIFFER, None)
    assert of_two(("2A", {}), ("3", {})).called() is Called.AUDITORS_DIFFER
    assert "stage-bruise-not-mobile" in [reason.rule.id for reason in above.pulling_up()]
    assert below.pulling_up() == ()


def test_everybody_who_judged_is_listed_once():
    whole = audit(audited("a", SLOW, {"x": None, "y": "2A"}), audited("b", SLOW, {"y": None, "z": None}))
    assert whole.auditors == ("x", "y", "z")
