"""Two sides on the same cases: what enters a figure, what is counted beside, and the ceiling between auditors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comparison.audits import BRUISE, ELSEWHERE, NOTHING_KNOWN, SLOW, audit, audited
from thresholds.agreement.measures import OBSERVED
from thresholds.agreement.ranges import allowed
from thresholds.agreement.ratings import Span
from thresholds.comparison.compared import compared_cases
from thresholds.comparison.pairing import ONE_VIEW_ONLY, auditors_beside, ceiling, rules_beside
from thresholds.scales import Tier


def beside(*cases, auditor=None):
    return rules_beside(compared_cases(cases), auditor)


def test_a_case_without_a_tier_is_counted_and_in_no_figure():
    found = beside(
        audited("alike", BRUISE, {"a": "3"}),
        audited("unknown", NOTHING_KNOWN, {"a": "1"}),
        audited("social-worker", ELSEWHERE, {"a": "2A"}),
        audited("unjudged", BRUISE, {"a": None}),
        audited("differ", BRUISE, {"a": "2B", "b": "3"}),
    )
    assert found.compared == found.observed.cases == 1
    assert found.not_compared["no tier from the rules: too little known"] == ("unknown",)
    assert found.not_compared["no tier from the rules: not for this tool"] == ("social-worker",)
    assert found.not_compared["no tier from the auditors"] == ("unjudged",)
    assert found.not_compared["the auditors differ"] == ("differ",)
    assert sum(map(sum, found.table)) == len(found.cases) == 5
    assert found.table[3] == (0, 0, 0, 1, 0)
    assert (found.table[0], found.table[1]) == ((0, 0, 0, 0, 1), (0, 0, 0, 0, 1))
    assert found.table[4][3] == 2  # unjudged, and where auditors differ


def test_settled_and_unsettled_cases_stand_apart_and_nothing_open_is_filled_in():
    found = beside(audited("settled", BRUISE, {"a": "2B"}), audited("open", SLOW, {"a": "2B"}))
    assert found.cases[1].known == Span(Tier.TWO_A, Tier.THREE)
    assert (found.settled["observed"].cases, found.unsettled["observed"].cases) == (1, 1)
    assert found.observed.value == 0
    assert (found.allowed["observed"].lowest, found.allowed["observed"].highest) == (0, 0.5)
    assert found.allowed["observed"].open_cases == 1


def test_under_called_by_two_or_more_are_listed_one_by_one_the_farthest_first():
    one = audited("one", SLOW, {"a": "3"})
    (case,) = compared_cases([one])
    assert case.steps() == -2
    found = beside(one, audited("near", SLOW, {"a": "2B"}), audited("over", BRUISE, {"a": "1"}))
    assert [case.id for case in found.under_by_two()] == ["one"]
    assert found.direction.counts == (0, 1, 2, 1)


def test_the_rules_beside_one_auditor_hold_only_what_that_auditor_judged():
    cases = audited("one", BRUISE, {"a": "3"}), audited("two", BRUISE, {"b": "2B"})
    assert [case.id for case in beside(*cases, auditor="b").cases] == ["two"]
    assert beside(*cases, auditor="b").direction.counts[1] == 1
    assert beside(*cases).compared == 2


def test_the_ceiling_is_undefined_where_one_group_agreed_and_is_never_made_up():
    found = ceiling(audit(*(audited(key, BRUISE, {"group": "3"}, consensus=True) for key in "abc")))
    assert not found.is_defined
    assert found.pairs == ()
    assert {one.value for one in found.together.values()} == {ONE_VIEW_ONLY}


def test_the_ceiling_is_undefined_where_two_groups_agreed_each_by_itself():
    one = audited("one", BRUISE, {"day-1": "3"}, consensus=True)
    other = audited("one", BRUISE, {"day-2": "2B"}, consensus=True)
    both = one.model_copy(update={"judgements": (*one.judgements, *other.judgements)})
    assert not ceiling(audit(both)).is_defined


def test_auditors_who_judged_apart_are_set_beside_each_other():
    whole = audit(
        audited("one", BRUISE, {"a": "3", "b": "3"}),
        audited("two", BRUISE, {"a": "3", "b": "2B"}),
        audited("three", BRUISE, {"a": "3", "c": "3"}),
        audited("four", BRUISE, {"b": "3", "c": None}),
    )
    found = ceiling(whole)
    assert [(pair.reference, pair.given, pair.compared) for pair in found.pairs] == [("a", "b", 2), ("a", "c", 1)]
    assert found.pairs[0].observed.value == 0.5
    assert found.together["observed"].cases == 3
    assert auditors_beside(whole, "b", "c").compared == 0


def test_no_cases_and_one_case_are_undefined_and_no_error():
    for found in (beside(), beside(audited("one", BRUISE, {"a": "3"}))):
        assert not found.estimates["kappa"].is_defined
        assert not found.settled["kappa"].is_defined
    assert not beside().observed.is_defined
    assert beside().table == ((0,) * 5,) * 5


@pytest.mark.parametrize("judged", ["1", "2A", "2B", "3"])
def test_all_one_tier_is_undefined_for_kappa_and_never_a_number(judged):
    found = beside(*(audited(str(key), BRUISE, {"a": judged}) for key in range(4)))
    value = found.estimates["kappa"]
    assert not value.is_defined if judged == "3" else value.value == 0


_TIERS = st.sampled_from([None, "1", "2A", "2B", "3"])


@given(st.lists(st.tuples(st.sampled_from([BRUISE, SLOW, NOTHING_KNOWN]), _TIERS, _TIERS), max_size=8))
@settings(deadline=None, max_examples=40)
def test_every_case_is_either_compared_or_listed_with_a_reason(rows):
    cases = [audited(str(place), case, {"a": one, "b": other}) for place, (case, one, other) in enumerate(rows)]
    found = beside(*cases)
    listed = [key for ids in found.not_compared.values() for key in ids]
    compared = [case.id for case in found.cases if case.steps is not None]
    assert sorted(listed + compared) == sorted(case.id for case in cases)
    assert len(compared) == found.compared == sum(found.direction.counts[:3])
    assert sum(map(sum, found.table)) == len(cases)
    could = allowed(OBSERVED, found.known)
    if len(compared) == len(cases) and cases:  # the tier suggested in spite of what is open is one of those that it allows
        assert could.lowest <= found.observed.value <= could.highest
