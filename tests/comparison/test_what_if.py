"""What other rules would do on the same cases: one left out, or another rule set; never without the warning."""

from dataclasses import replace

from tests.comparison.audits import BRUISE, NOTHING_KNOWN, SLOW, audited
from thresholds.agreement.ratings import Undefined
from thresholds.comparison.compared import compared_cases
from thresholds.comparison.what_if import WARNING, leave_one_rule_out, what_if
from thresholds.loading.load import load_rule_set
from thresholds.scales import Tier
from thresholds.suggestion import suggest

CASES = compared_cases(
    [audited("baby", BRUISE, {"x": "2A"}), audited("slow", SLOW, {"x": "2A"}), audited("unknown", NOTHING_KNOWN, {"x": "1"})]
)


def test_each_rule_left_out_does_what_the_rule_set_without_it_does():
    rule_set = load_rule_set("hackney-2011")
    tried = {one.rule.id: one for one in leave_one_rule_out(CASES).tried}
    for rule in rule_set.findings:
        without = replace(rule_set, findings=tuple(one for one in rule_set.findings if one.id != rule.id))
        if rule.id not in tried and rule.id not in {r.rule.id for case in CASES for r in case.suggestion.reasons}:
            continue  # a rule that counts nowhere moves nothing: it is tried in the next test
        moved = [
            (case.id, case.suggestion.tier, now)
            for case in CASES
            if (now := suggest(case.audited.case, without, engine="reference").tier) != case.suggestion.tier
        ]
        said = [(one.id, one.before, one.after) for one in tried[rule.id].moved] if rule.id in tried else []
        assert said == moved


def test_a_rule_that_counts_nowhere_moves_nothing():
    counting = {reason.rule.id for case in CASES for reason in case.suggestion.reasons}
    rule_set = load_rule_set("hackney-2011")
    silent = [rule for rule in rule_set.findings if rule.id not in counting][::30]
    for rule in silent:
        without = replace(rule_set, findings=tuple(one for one in rule_set.findings if one.id != rule.id))
        assert [suggest(case.audited.case, without, engine="reference").tier for case in CASES] == [
            case.suggestion.tier for case in CASES
        ]


def test_gained_and_lost_agreements_are_told_apart():
    carer = {"age_months": 110, "cares_for_someone": "yes", "caring_affects_life": "suspected"}  # 2B, and 2A without one rule
    both = compared_cases([audited("gained", carer, {"x": "2A"}), audited("lost", carer, {"x": "2B"})])
    (tried,) = (one for one in leave_one_rule_out(both).tried if one.rule.id == "caring-affects-life")
    assert [(one.id, one.gained, one.lost) for one in tried.moved] == [("gained", True, False), ("lost", False, True)]
    assert (tried.gain, tried.change.value, tried.change.cases) == (0, 0, 2)


def test_rules_that_would_gain_most_agreement_come_first():
    order = [one.gain for one in leave_one_rule_out(CASES).tried]
    assert order == sorted(order, reverse=True)
    assert order[-1] < 0


def test_another_rule_set_moves_the_cases_whose_tier_it_changes():
    found = what_if(CASES, "hackney-2009")
    now = {case.id: suggest(case.audited.case, "hackney-2009").tier for case in CASES}
    assert {one.id: one.after for one in found.moved} == {
        case.id: now[case.id] for case in CASES if now[case.id] != case.suggestion.tier
    }
    assert found.change.cases == sum(
        case.suggestion.tier is not None and now[case.id] is not None and case.tier() is not None for case in CASES
    )
    before, after = found.pairings
    assert (before.compared, after.compared) == (2, sum(now[case.id] is not None for case in CASES if case.tier()))


def test_no_cases_are_no_error():
    assert leave_one_rule_out(()).tried == ()
    assert isinstance(what_if((), "hackney-2009").change.value, Undefined)


def test_the_warning_about_fitting_rules_to_the_sample_is_on_each_page():
    for shown in (what_if(CASES, "hackney-2009"), leave_one_rule_out(CASES)):
        assert " ".join(WARNING.split()) in " ".join(shown.text().split())
        assert " ".join(WARNING.split()) in " ".join(shown.markdown().split())
    assert leave_one_rule_out(CASES).to_dict()["warning"] == WARNING
    assert Tier.THREE.word in what_if(CASES, "hackney-2009").text()
