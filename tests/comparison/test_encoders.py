"""Two people who wrote the same files down: agreement on facts, apart from rules."""

import pytest

from tests.comparison.audits import BRUISE, SLOW, audit, audited
from thresholds.comparison.encoders import NOTHING_WRITTEN, encodings
from thresholds.scales import Tier


def two():
    first = audit(audited("a", BRUISE), audited("b", {**SLOW, "routine_checks_missed": "no"}), audited("mine", SLOW))
    second = audit(
        audited("a", {"age_months": 3, "bruise_or_mark": "suspected"}),
        audited("b", {"age_months": 40, "routine_checks_missed": "no", "milestones_slow": "no"}),
        audited("yours", SLOW),
    )
    return encodings(first, second)


def test_each_fact_is_the_same_apart_of_one_only_or_of_neither():
    found = {one.fact.name: (one.both, one.apart, one.one_only, one.neither) for one in two().facts}
    assert found == {
        "age_months": (2, 0, 0, 0),
        "bruise_or_mark": (0, 1, 0, 1),
        "mark_recorded_at_birth": (0, 0, 1, 1),
        "milestones_slow": (0, 1, 0, 1),
        "routine_checks_missed": (1, 0, 0, 1),
    }


def test_that_neither_wrote_a_fact_down_is_no_agreement():
    share = {one.fact.name: one.share for one in two().facts}
    assert (share["bruise_or_mark"].value, share["bruise_or_mark"].cases) == (0, 1)
    assert (share["age_months"].value, share["age_months"].cases) == (1, 2)


def test_over_all_facts_files_are_left_out_one_at_a_time():
    whole = two().all_facts
    assert whole.value == pytest.approx(3 / 6)
    assert whole.cases == 2  # files, since answers of one file go together
    assert whole.method.startswith("jackknife")
    assert 0 <= whole.lower <= whole.value <= whole.upper <= 1


def test_files_that_only_one_wrote_down_are_named():
    assert (two().only_first, two().only_second) == (("mine",), ("yours",))
    assert "Only the first: mine." in two().text()


def test_files_that_get_different_tiers_are_listed_with_the_facts_that_differ():
    found = {one.id: one for one in two().files_apart}
    assert "a" not in found  # both come to Tier 3
    assert found["b"].facts == ("milestones_slow",)
    assert (found["b"].first, found["b"].second) == (Tier.TWO_A, None)
    assert (two().tiers["observed"].value, two().tiers["observed"].cases) == (1, 1)  # of "b" only one gets a tier


def test_nothing_in_common_is_undefined():
    found = encodings(audit(audited("a")), audit(audited("b")))
    assert found.all_facts.value == NOTHING_WRITTEN
    assert found.facts == ()
    assert not found.tiers["observed"].is_defined
    assert found.text()


def test_invented_facts_are_said_on_each_figure():
    one = audit(audited("a", invented=True))
    assert encodings(one, one).text().count("illustrates the method only") >= 2
    assert encodings(one, one).to_dict()["label"]
