"""What has to hold of every measure and interval, whatever the ratings."""

import math
import random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from thresholds.agreement import resampling
from thresholds.agreement.costs import costs_from
from thresholds.agreement.direction import direction
from thresholds.agreement.intervals import Estimate, wilson
from thresholds.agreement.measures import (
    KAPPA,
    KAPPA_LINEAR,
    KAPPA_QUADRATIC,
    KAPPA_UNDER_CALLING,
    MANY_RATERS,
    MEASURES,
    OBSERVED,
    Kappa,
    estimates,
)
from thresholds.agreement.ratings import TIERS, Undefined, ratings
from thresholds.agreement.resampling import Method
from thresholds.scales import Tier

TIER = st.sampled_from(TIERS)
PAIRS = st.lists(st.tuples(TIER, TIER), min_size=1, max_size=30)
PATCHY = st.lists(st.tuples(*[st.none() | TIER] * 2), min_size=1, max_size=30)
PATCHY_THREE = st.lists(st.tuples(*[st.none() | TIER] * 3), min_size=1, max_size=20)
WEIGHTS = st.floats(0.1, 10)
SYMMETRIC = [measure for measure in MEASURES if measure is not KAPPA_UNDER_CALLING]

laws = settings(max_examples=60, deadline=None)


def same(one, other):
    if isinstance(one, Undefined) or isinstance(other, Undefined):
        return one == other
    return one == pytest.approx(other, abs=1e-9)


@laws
@given(PATCHY)
def test_a_value_is_within_its_bounds_or_undefined_and_never_nan(rows):
    for measure in MEASURES:
        value = measure.value(ratings(rows))
        if not isinstance(value, Undefined):
            assert math.isfinite(value)
            assert value <= 1
            assert measure.least is None or value >= measure.least
        else:
            assert value.reason


@laws
@given(PATCHY_THREE)
def test_the_same_for_three_raters(rows):
    for measure in MANY_RATERS:
        value = measure.value(ratings(rows))
        assert isinstance(value, Undefined) or measure.least <= value <= 1


@laws
@given(st.lists(TIER, min_size=2, max_size=30))
def test_a_perfect_match_gives_one(tiers):
    assume(len(set(tiers)) > 1)
    for raters, measures in ((2, MEASURES), (3, MANY_RATERS)):
        for measure in measures:
            assert measure.value(ratings([(tier,) * raters for tier in tiers])) == 1


@laws
@given(PAIRS)
def test_one_who_disagrees_leaves_less_than_one(rows):
    assume(any(reference != given for reference, given in rows))
    for measure in MEASURES:
        value = measure.value(ratings(rows))
        assert isinstance(value, Undefined) or value < 1


@laws
@given(PATCHY)
def test_which_rater_comes_first_matters_only_where_costs_have_a_direction(rows):
    turned = [(given, reference) for reference, given in rows]
    for measure in SYMMETRIC:
        assert same(measure.value(ratings(rows)), measure.value(ratings(turned)))
    mirrored = Kappa("", "", costs_from("", [*zip(*KAPPA_UNDER_CALLING.costs.table, strict=True)]), least=None)
    assert same(KAPPA_UNDER_CALLING.value(ratings(rows)), mirrored.value(ratings(turned)))


@laws
@given(PATCHY)
def test_turning_the_scale_round_changes_nothing_without_a_direction(rows):
    turned = [tuple(None if one is None else TIERS[3 - one] for one in row) for row in rows]
    for measure in SYMMETRIC:
        assert same(measure.value(ratings(rows)), measure.value(ratings(turned)))


@laws
@given(PATCHY, st.permutations(range(4)))
def test_what_categories_are_called_changes_nothing_and_unweighted_not_even_their_order(rows, order):
    named = [tuple(None if one is None else f"level {int(one)}" for one in row) for row in rows]
    names = tuple(f"level {place}" for place in range(4))
    for measure in MEASURES:
        assert same(measure.value(ratings(rows)), measure.value(ratings(named, names)))
    for measure in (OBSERVED, KAPPA, next(one for one in MEASURES if one.name == "ac1")):
        assert same(measure.value(ratings(rows)), measure.value(ratings(named, [names[place] for place in order])))


@laws
@given(PATCHY, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    for measure in MEASURES:
        assert same(measure.value(ratings(rows)), measure.value(ratings(shuffled)))
    one, other = (estimates(ratings(some)) for some in (rows, shuffled))
    for name in one:
        assert one[name].lower == pytest.approx(other[name].lower, abs=1e-9)


@laws
@given(PAIRS)
def test_twice_the_cases_give_the_same_figure(rows):
    for measure in MEASURES:
        if measure.name != "alpha":  # alpha is corrected for few ratings
            assert same(measure.value(ratings(rows)), measure.value(ratings(rows * 2)))


@laws
@given(PATCHY, st.data())
def test_only_the_proportions_of_weights_matter(rows, data):
    weights = [data.draw(WEIGHTS) for _ in rows]
    for measure in MEASURES:
        one, other = (measure.value(ratings(rows, weights=[times * weight for weight in weights])) for times in (1, 7))
        assert same(one, other)


@laws
@given(PAIRS)
def test_a_weight_is_as_good_as_so_many_cases(rows):
    weights = [1 + place % 3 for place in range(len(rows))]
    repeated = [row for row, weight in zip(rows, weights, strict=True) for _ in range(weight)]
    for measure in MEASURES:
        if measure.name != "alpha":
            assert same(measure.value(ratings(rows, weights=weights)), measure.value(ratings(repeated)))


@example([(Tier.ONE, Tier.TWO_B), *[(None, None)] * 5, (Tier.ONE, Tier.TWO_A)], Method.BCA, True, 0.8)
@settings(max_examples=60, deadline=None)
@given(PATCHY, st.sampled_from(Method), st.booleans(), st.sampled_from([0.8, 0.95]))
def test_an_interval_holds_its_estimate_within_bounds(rows, method, is_stratified, level):
    strata = [place % 2 for place in range(len(rows))] if is_stratified else None
    weights = [1 + place % 2 for place in range(len(rows))] if is_stratified else None
    found = ratings(rows, strata=strata, weights=weights)
    for measure, estimate in zip(MEASURES, estimates(found, method=method, level=level, resamples=100).values(), strict=True):
        assert same(estimate.value, measure.value(found))
        assert estimate.cases == sum(None not in row for row in rows)
        assert estimate.method
        if estimate.lower is None:
            assert isinstance(estimate.value, Undefined) or estimate.caution
        else:
            assert estimate.lower <= estimate.value <= estimate.upper <= 1
            assert measure.least is None or estimate.lower >= measure.least
            assert estimate.lower < estimate.upper


@laws
@given(PAIRS)
def test_a_surer_interval_is_wider(rows):
    narrow, wide = (estimates(ratings(rows), level=level) for level in (0.8, 0.95))
    for name, estimate in narrow.items():
        if estimate.lower is not None:
            assert wide[name].lower <= estimate.lower
            assert wide[name].upper >= estimate.upper


@given(st.integers(1, 400), st.data())
def test_wilson_holds_its_share_and_mirrors(n, data):
    successes = data.draw(st.integers(0, n))
    one, other = wilson(successes, n), wilson(n - successes, n)
    assert 0 <= one.lower <= one.value <= one.upper <= 1
    assert one.lower < one.upper
    assert one.lower == pytest.approx(1 - other.upper, abs=1e-12)


@laws
@given(PATCHY)
def test_directions_add_up(rows):
    found = direction(ratings(rows))
    same_tier, over, under, by_two = found.counts
    assert same_tier + over + under == found.compared
    assert by_two <= under
    assert found.compared + found.left_out == len(rows)
    assert sum(pair.cases for pair in found.pairs) == over + under
    if found.compared:
        assert found.same.value == pytest.approx(OBSERVED.value(ratings(rows)))


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    chance = random.Random(3)
    found = ratings([(chance.choice(TIERS), chance.choice(TIERS)) for _ in range(40)])
    one, same_seed, other = (KAPPA.estimate(found, method=Method.BCA, resamples=200, seed=seed) for seed in (4, 4, 5))
    assert one == same_seed
    assert (one.lower, one.upper) != (other.lower, other.upper)


def test_a_sample_drawn_by_strata_is_resampled_within_them():
    """All of the difference lies between the strata, so that resampling within them can find no spread in agreement."""
    rows = [(Tier.ONE, Tier.ONE)] * 10 + [(Tier.THREE, Tier.ONE)] * 10
    strata = ["agreed"] * 10 + ["differed"] * 10
    for method in Method:
        together = estimates(ratings(rows), (OBSERVED, KAPPA_LINEAR), method=method)["observed"]
        within = estimates(ratings(rows, strata=strata), (OBSERVED, KAPPA_LINEAR), method=method)["observed"]
        assert together.lower < 0.4
        assert within.lower is None
        assert "every resample" in within.caution or "no spread" in within.caution


def test_weights_move_the_figure_as_they_should():
    # One in four agrees; weighing it three times makes it half.
    rows = [(Tier.ONE, Tier.ONE), (Tier.ONE, Tier.THREE), (Tier.TWO_A, Tier.THREE), (Tier.TWO_B, Tier.THREE)]
    assert OBSERVED.value(ratings(rows, weights=[3, 1, 1, 1])) == pytest.approx(0.5)
    found = estimates(ratings(rows * 5, weights=[3, 1, 1, 1] * 5), (OBSERVED,))["observed"]
    assert "jackknife" in found.method
    assert found.value == pytest.approx(0.5)


def test_an_estimate_refuses_what_would_mislead():
    for value, lower, upper in (
        (float("nan"), None, None),
        (0.5, float("nan"), 1.0),
        (0.5, 0.6, 0.7),
        (0.5, 0.4, None),
        (Undefined("x"), 0.1, 0.2),
        (0.5, float("-inf"), 1.0),
    ):
        with pytest.raises(ValueError, match=r"estimate|interval"):
            Estimate(value, lower, upper, "made up", 3)


def test_linear_and_quadratic_kappa_of_two_categories_are_kappa():
    rows = [("no", "no"), ("no", "yes"), ("yes", "yes"), ("yes", "yes")]
    found = ratings(rows, ("no", "yes"))
    assert KAPPA.value(found) == KAPPA_LINEAR.value(found) == KAPPA_QUADRATIC.value(found) == pytest.approx(0.5)


def test_a_bootstrap_weighs_the_cases_it_draws():
    # A quarter of the cases agree and make three quarters of the weight.
    rows = [(Tier.ONE, Tier.ONE), (Tier.ONE, Tier.THREE), (Tier.TWO_A, Tier.THREE), (Tier.TWO_B, Tier.THREE)] * 25
    found = ratings(rows, weights=[9, 1, 1, 1] * 25)
    for method in Method:
        estimate = estimates(found, (OBSERVED,), method=method, resamples=300)["observed"]
        assert estimate.value == pytest.approx(0.75)
        assert 0.6 < estimate.lower < 0.72 < 0.78 < estimate.upper < 0.86


def test_the_shares_of_bca_by_hand():
    # Efron (1987): with z0 = 0.2 and a = 0.05, 0.2 + (0.2 - 1.95996) / (1 - 0.05 (0.2 - 1.95996)) = -1.41762.
    assert resampling._corrected(0.2, 0.05, 0.025) == pytest.approx(0.07815, abs=1e-4)
    assert resampling._corrected(0.0, 0.0, 0.025) == pytest.approx(0.025)
