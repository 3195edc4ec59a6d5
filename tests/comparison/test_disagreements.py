"""What a difference between auditors and rules may be about, and which rules stand behind it."""

from tests.comparison.audits import BRUISE, SLOW, audited
from thresholds.comparison.compared import compared_cases
from thresholds.comparison.disagreements import QUESTIONS, DiffersOn, disagreements, rules_behind
from thresholds.facts.vocabulary import FACTS
from thresholds.loading.load import load_rule_set
from thresholds.scales import Tier

SUSPECTED = {"age_months": 110, "cares_for_someone": "yes", "caring_affects_life": "suspected"}  # 2B on suspicion


def found(*cases):
    return disagreements(compared_cases(cases))


def test_cases_that_agree_or_cannot_be_compared_are_no_differences():
    assert found(audited("a", BRUISE, {"x": "3"}), audited("b", BRUISE), audited("c", BRUISE, {"x": "3", "y": "2B"})) == ()


def test_the_farthest_under_called_comes_first():
    ordered = found(
        audited("over", BRUISE, {"x": "1"}), audited("under", SLOW, {"x": "3"}), audited("near", SLOW, {"x": "2B"})
    )
    assert [(one.id, one.steps) for one in ordered] == [("under", -2), ("near", -1), ("over", 3)]


def test_an_open_fact_that_could_bring_them_together_makes_it_perhaps_one_of_facts():
    (one,) = found(audited("a", SLOW, {"x": "3"}))
    assert one.may_be_on == (DiffersOn.FACTS,)
    assert one.pulling_up == ()
    assert 0 < len(one.open_facts) <= QUESTIONS
    for fact in one.open_facts:  # each is open, and some answer to it, alone or with others, leads to what the auditors say
        assert fact.name not in one.case.audited.case.known()
    tiers = {Tier(c.value) for reason in one.would_raise for c in reason.rule.concludes if c.outcome == "tier"}
    assert tiers
    assert all(Tier.TWO_A < tier <= Tier.THREE for tier in tiers)


def test_what_is_only_suspected_makes_it_perhaps_one_of_weighing():
    (one,) = found(audited("a", SUSPECTED, {"x": "2A"}))
    assert one.suggested is Tier.TWO_B
    assert DiffersOn.WEIGHING in one.may_be_on
    assert DiffersOn.RULE not in one.may_be_on
    assert [reason.rule.id for reason in one.on_suspicion] == [reason.rule.id for reason in one.pulling_up]


def test_where_neither_could_be_so_it_is_the_rule_itself():
    (one,) = found(audited("a", BRUISE, {"x": "2A"}))
    assert one.may_be_on == (DiffersOn.RULE,)
    assert one.on_suspicion == ()
    assert "stage-bruise-not-mobile" in [reason.rule.id for reason in one.pulling_up]
    assert one.open_facts == ()


def test_the_rules_behind_differences_are_counted_by_case_and_those_that_pull_alone_are_said():
    both = found(audited("a", SUSPECTED, {"x": "2A"}), audited("b", SUSPECTED, {"x": "1"}), audited("c", BRUISE, {"x": "1"}))
    accounts = {account.rule.id: account for account in rules_behind(both)}
    carer = accounts["caring-affects-life"]
    assert carer.cases == ("a", "b")
    assert set(carer.alone) <= set(carer.cases)
    assert all(len(account.cases) >= len(account.alone) for account in accounts.values())
    numbers = [len(account.cases) for account in rules_behind(both)]
    assert numbers == sorted(numbers, reverse=True)
    assert all(rule in load_rule_set("hackney-2011").rules for rule in accounts)


def test_every_open_fact_is_a_fact():
    (one,) = found(audited("a", SLOW, {"x": "2B"}))
    assert {fact.name for fact in one.open_facts} <= set(FACTS)
