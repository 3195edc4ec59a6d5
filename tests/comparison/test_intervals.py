"""Intervals: Wilson's by the book and by statsmodels, the bootstrap by its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thresholds.comparison.agreement import Table, Undefined, kappa, observed_agreement
from thresholds.comparison.intervals import bootstrap, wilson


def agreement(pairs):
    return observed_agreement(Table.of(pairs, 4))


def test_wilson_of_four_of_six():
    found = wilson(4, 6)
    assert (found.value, found.lower, found.upper) == (
        pytest.approx(2 / 3),
        pytest.approx(0.3000, abs=0.0005),
        pytest.approx(0.9032, abs=0.0005),
    )


def test_wilson_is_that_of_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="the extra dev-statistics is not installed")
    for successes, cases in ((0, 5), (5, 5), (3, 29), (21, 29), (400, 1000)):
        found = wilson(successes, cases)
        assert (found.lower, found.upper) == pytest.approx(proportion.proportion_confint(successes, cases, method="wilson"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 200), st.integers(0, 200))
def test_wilson_holds_its_share_and_stays_within_bounds(one, other):
    successes, cases = min(one, other), max(one, other)
    found = wilson(successes, cases)
    if cases == 0:
        assert (found.value, found.undefined) == (None, "there is no case")
    else:
        assert 0 <= found.lower <= found.value + 1e-9
        assert found.value - 1e-9 <= found.upper <= 1


def test_wilson_of_what_cannot_be_is_refused():
    for wrong in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="between none and all"):
            wilson(*wrong)


PAIRS = [(0, 0)] * 9 + [(1, 1)] * 6 + [(2, 2)] * 5 + [(3, 3)] * 4 + [(1, 2), (2, 1), (0, 1), (3, 2), (2, 3)]


def test_the_same_seed_gives_the_same_interval_and_another_seed_nearly_the_same():
    one, again, other = (bootstrap(PAIRS, agreement, seed=seed, resamples=500) for seed in (1, 1, 2))
    assert one == again
    assert one.lower < one.value < one.upper
    assert (other.lower, other.upper) == pytest.approx((one.lower, one.upper), abs=0.08)
    assert one.cases == len(PAIRS) == 29
    assert "500 resamples, seed 1" in one.method


def test_more_cases_give_a_narrower_interval():
    few, many = (bootstrap(PAIRS * times, agreement, seed=3, resamples=300) for times in (1, 10))
    assert many.upper - many.lower < (few.upper - few.lower) / 2


def test_within_strata_each_keeps_its_number_of_cases():
    drawn = []

    def count(pairs):
        drawn.append(sum(one == 0 for one, _ in pairs))
        return 0.5

    bootstrap(PAIRS, count, seed=4, resamples=50, stratum=lambda pair: pair[0] == 0)
    assert set(drawn) == {10}
    drawn.clear()
    bootstrap(PAIRS, count, seed=4, resamples=50)
    assert len(set(drawn)) > 3


def test_what_has_no_meaning_is_said():
    nothing = bootstrap([(2, 2)] * 5, lambda pairs: kappa(Table.of(pairs, 4)), seed=5, resamples=50)
    assert (nothing.value, nothing.lower, nothing.upper) == (None, None, None)
    assert "every rating is the same" in nothing.undefined
    seldom = bootstrap([(0, 0)] * 4 + [(1, 1)], lambda pairs: kappa(Table.of(pairs, 4)), seed=6, resamples=400)
    assert seldom.value == 1
    assert seldom.lower is None
    assert "of the resamples it has no meaning" in seldom.undefined
    assert isinstance(kappa(Table.of([(0, 0)], 4)), Undefined)
