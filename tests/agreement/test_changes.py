"""How much a figure changed: against Newcombe's own examples, and by trial."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds.agreement.changes import change, paired_change
from thresholds.agreement.intervals import Estimate, wilson
from thresholds.agreement.ratings import Undefined


def limits(estimate):
    return estimate.lower, estimate.upper


def test_the_examples_of_newcombe_for_two_samples():
    # Newcombe (1998), table II, method 10: 56/70 less 48/80, and 10/10 less 0/20.
    assert limits(change(wilson(48, 80), wilson(56, 70))) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert limits(change(wilson(0, 20), wilson(10, 10))) == pytest.approx((0.6791, 1.0), abs=5e-5)


def test_two_samples_beside_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    chance = random.Random(4)
    for _ in range(50):
        n, m = chance.randint(1, 60), chance.randint(1, 60)
        x, y = chance.randint(0, n), chance.randint(0, m)
        theirs = proportion.confint_proportions_2indep(y, m, x, n, method="newcomb", compare="diff")
        assert limits(change(wilson(x, n), wilson(y, m))) == pytest.approx(theirs, abs=1e-9)


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_the_same_cases_twice_are_bounded_and_turn_round(counts):
    both, before, after, neither = counts
    one, other = paired_change(both, before, after, neither), paired_change(both, after, before, neither)
    if sum(counts) == 0:
        assert isinstance(one.value, Undefined)
        return
    assert -1 <= one.lower <= one.value <= one.upper <= 1
    assert limits(other) == pytest.approx((-one.upper, -one.lower))


def test_the_interval_of_the_same_cases_holds_the_truth_about_as_often_as_it_says():
    chance, held, audits = random.Random(7), 0, 2000
    weights = {"both": 0.6, "before": 0.05, "after": 0.2, "neither": 0.15}
    truth = weights["after"] - weights["before"]
    for _ in range(audits):
        drawn = chance.choices(list(weights), list(weights.values()), k=40)
        found = paired_change(*(drawn.count(name) for name in weights))
        held += found.lower <= truth <= found.upper
    assert 0.93 <= held / audits <= 0.985


def test_what_goes_together_is_narrower_than_two_samples():
    paired = paired_change(40, 2, 6, 12)
    apart = change(wilson(42, 60), wilson(46, 60))
    assert paired.value == pytest.approx(apart.value)
    assert paired.upper - paired.lower < apart.upper - apart.lower


def test_where_a_figure_is_undefined_or_has_no_interval_so_has_the_change():
    undefined = wilson(0, 0)
    assert change(undefined, wilson(1, 2)).value == undefined.value
    without = Estimate(0.5, None, None, "none", 3, caution="One case only.")
    assert limits(change(without, wilson(1, 2))) == (None, None)
    assert change(without, wilson(1, 2)).caution == "One case only."


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="same level"):
        change(wilson(1, 2, 0.9), wilson(1, 2))
    with pytest.raises(ValueError, match="whole numbers"):
        paired_change(1, -1, 0, 0)
