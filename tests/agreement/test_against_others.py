"""The same figures as statsmodels, scikit-learn and krippendorff give, on tables made up by chance."""

import random
import warnings

import pytest

from thresholds.agreement.costs import under_calling_costs
from thresholds.agreement.intervals import students_t, wilson
from thresholds.agreement.measures import (
    ALPHA,
    KAPPA,
    KAPPA_LINEAR,
    KAPPA_QUADRATIC,
    KAPPA_UNDER_CALLING,
    MEASURES,
    OBSERVED,
    estimates,
)
from thresholds.agreement.ratings import TIERS, Undefined, ratings
from thresholds.agreement.resampling import Method
from thresholds.agreement.sampling import kappa_variance
from thresholds.agreement.two_raters import MODELS, population

WHY = "the extra dev-statistics is not installed"


def other(name):
    return pytest.importorskip(name, reason=WHY)


def rows_by_chance(seed, missing=0.0, raters=2):
    chance = random.Random(seed)
    used = chance.sample(range(4), chance.randint(2, 4))
    rows = []
    for _ in range(chance.randint(2, 60)):
        tier = chance.choice(used)
        row = [TIERS[tier] if chance.random() < 0.6 else TIERS[chance.choice(used)] for _ in range(raters)]
        rows.append(tuple(None if chance.random() < missing else one for one in row))
    return rows


SEEDS = range(40)


@pytest.mark.parametrize(("measure", "weights"), [(KAPPA, None), (KAPPA_LINEAR, "linear"), (KAPPA_QUADRATIC, "quadratic")])
def test_kappa_as_scikit_learn_gives_it(measure, weights):
    metrics = other("sklearn.metrics")
    compared = 0
    for seed in SEEDS:
        rows = rows_by_chance(seed)
        found = measure.value(ratings(rows))
        reference, given = zip(*rows, strict=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = metrics.cohen_kappa_score(reference, given, labels=list(TIERS), weights=weights)
        if isinstance(found, Undefined):
            assert theirs != theirs
        else:
            compared += 1
            assert found == pytest.approx(theirs, abs=1e-12)
    assert compared > 30


def test_weighted_cases_as_scikit_learn_has_them():
    metrics = other("sklearn.metrics")
    chance = random.Random(5)
    for seed in SEEDS:
        rows = rows_by_chance(seed)
        weights = [chance.choice((0.5, 1, 3)) for _ in rows]
        found = KAPPA_LINEAR.value(ratings(rows, weights=weights))
        if not isinstance(found, Undefined):
            theirs = metrics.cohen_kappa_score(
                *zip(*rows, strict=True), labels=list(TIERS), weights="linear", sample_weight=weights
            )
            assert found == pytest.approx(theirs, abs=1e-12)


def test_kappa_its_variance_and_costs_of_ones_own_as_statsmodels_has_them():
    inter_rater, numpy = other("statsmodels.stats.inter_rater"), other("numpy")
    for seed in SEEDS:
        rows = [*rows_by_chance(seed), *zip(TIERS, TIERS, strict=True)]
        counts = numpy.zeros((4, 4))
        for reference, given in rows:
            counts[reference, given] += 1
        table = tuple(map(tuple, counts / counts.sum()))
        theirs = inter_rater.cohens_kappa(counts)
        ours, variance = kappa_variance(table)
        assert ours == pytest.approx(theirs.kappa, abs=1e-12)
        assert variance / len(rows) == pytest.approx(theirs.var_kappa, rel=1e-9)
        costs = numpy.array(under_calling_costs(4).table)
        mine = inter_rater.cohens_kappa(counts, weights=costs / costs.max())
        assert KAPPA_UNDER_CALLING.value(ratings(rows)) == pytest.approx(mine.kappa, abs=1e-12)
        assert kappa_variance(table, under_calling_costs(4))[1] / len(rows) == pytest.approx(mine.var_kappa, rel=1e-9)


def test_wilson_as_statsmodels_has_it():
    proportion = other("statsmodels.stats.proportion")
    for n in (1, 2, 7, 30, 300):
        for successes in {0, 1, n // 2, n}:
            for level in (0.8, 0.95, 0.99):
                found = wilson(successes, n, level)
                lower, upper = proportion.proportion_confint(successes, n, alpha=1 - level, method="wilson")
                assert (found.lower, found.upper) == (pytest.approx(lower, abs=1e-12), pytest.approx(upper, abs=1e-12))


def test_alpha_as_krippendorff_gives_it():
    krippendorff, numpy = other("krippendorff"), other("numpy")
    compared = 0
    for seed in SEEDS:
        for missing, raters in ((0.0, 2), (0.2, 2), (0.4, 3), (0.3, 5)):
            rows = rows_by_chance(seed, missing, raters)
            found = ALPHA.value(ratings(rows))
            data = numpy.array([[numpy.nan if one is None else float(one) for one in row] for row in rows]).T
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    theirs = krippendorff.alpha(
                        reliability_data=data, value_domain=[0.0, 1.0, 2.0, 3.0], level_of_measurement="ordinal"
                    )
            except ValueError:
                theirs = float("nan")
            if isinstance(found, Undefined):
                assert not abs(theirs) <= 1 or theirs == 1
            else:
                compared += 1
                assert found == pytest.approx(theirs, abs=1e-9)
    assert compared > 130


def test_students_t_as_scipy_has_it():
    stats = other("scipy.stats")
    for freedom in (1, 2, 4, 5, 9, 29, 299):
        for share in (0.9, 0.975, 0.995):
            assert students_t(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=0.003)
    assert students_t(0.975, 3) == pytest.approx(stats.t.ppf(0.975, 3), abs=0.005)


def test_bca_as_scipy_has_it():
    """The same limits as scipy's BCa, up to the chance of the resamples."""
    stats, numpy = other("scipy.stats"), other("numpy")
    rows = [(tier, tier) for tier in TIERS for _ in range(6)] + [(TIERS[2], TIERS[1])] * 3 + [(TIERS[3], TIERS[1])] * 2
    found = estimates(ratings(rows), (KAPPA_LINEAR,), method=Method.BCA, resamples=6000)["kappa_linear"]
    reference, given = (numpy.array(column) for column in zip(*rows, strict=True))

    def kappa(first, second):
        counts = numpy.zeros((4, 4))
        numpy.add.at(counts, (first, second), 1)
        steps = numpy.abs(numpy.subtract.outer(range(4), range(4)))
        return 1 - (steps * counts).sum() * len(first) / (steps * numpy.outer(counts.sum(1), counts.sum(0))).sum()

    theirs = stats.bootstrap(
        (reference, given),
        kappa,
        n_resamples=6000,
        paired=True,
        vectorized=False,
        method="BCa",
        rng=numpy.random.default_rng(2),
    ).confidence_interval
    assert (found.lower, found.upper) == (pytest.approx(theirs.low, abs=0.02), pytest.approx(theirs.high, abs=0.02))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_jackknife_agrees_with_the_published_variance_in_a_large_sample(model):
    """In 20,000 cases the interval of kappa has the width that Fleiss, Cohen and Everitt's variance gives it."""
    whole = population(model.table(), 20_000)
    kappa, variance = kappa_variance(model.table())
    found = estimates(whole, (KAPPA,))["kappa"]
    assert found.value == pytest.approx(kappa, abs=1e-3)
    assert (found.upper - found.lower) / 2 == pytest.approx(1.96 * (variance / 20_000) ** 0.5, rel=0.02)


def test_every_measure_is_compared_with_something():
    """What no package here gives (AC1 and AC2) is checked by published examples, in test_published.py."""
    assert {measure.name for measure in MEASURES} == {
        OBSERVED.name, KAPPA.name, KAPPA_LINEAR.name, KAPPA_QUADRATIC.name, KAPPA_UNDER_CALLING.name,
        "ac1", "ac2_linear", "ac2_quadratic", ALPHA.name,
    }  # fmt: skip
