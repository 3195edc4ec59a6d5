"""Agreement by hand-worked tables, by published examples, and by other libraries where they are installed."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thresholds.comparison.agreement import (
    Table,
    Undefined,
    ac,
    alpha,
    kappa,
    linear,
    nominal,
    observed_agreement,
    possible_agreement,
    quadratic,
    under_calling,
)

SCALE = 4
COSTS = {"none": nominal(SCALE), "linear": linear(SCALE), "quadratic": quadratic(SCALE)}

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): four observers, twelve units, categories 1 to 5.
KRIPPENDORFF = [
    [1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None],
]  # fmt: skip


def pairs_of(rows):
    return [(i, j) for i, row in enumerate(rows) for j, times in enumerate(row) for _ in range(times)]


def table(rows):
    return Table.of(pairs_of(rows), len(rows))


def some_pairs(chance, number=40):
    return [(chance.randrange(SCALE), min(SCALE - 1, max(0, chance.randrange(SCALE)))) for _ in range(number)]


# By hand.


def test_cohens_kappa_of_a_table_worked_by_hand():
    # 20 both yes, 15 both no, 5 and 10 otherwise: observed 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa 0.4
    found = table([[20, 5], [10, 15]])
    assert observed_agreement(found) == pytest.approx(0.7)
    assert kappa(found) == pytest.approx(0.4)
    # AC1: the mean share of the first category is 0.55, so chance agreement is 2 * 0.55 * 0.45 = 0.495
    assert ac(found) == pytest.approx((0.7 - 0.495) / (1 - 0.495))


def test_where_nearly_all_are_of_one_category_kappa_is_low_and_ac1_is_not():
    found = table([[118, 5], [2, 0]])  # Gwet (2008): agreement 0.944, kappa below 0, AC1 0.94
    assert observed_agreement(found) == pytest.approx(0.944)
    assert kappa(found) == pytest.approx(-0.0234, abs=0.0005)
    assert ac(found) == pytest.approx(0.9406, abs=0.0005)


def test_krippendorffs_own_example_for_ordered_categories():
    shifted = [[None if one is None else one - 1 for one in unit] for unit in KRIPPENDORFF]
    assert alpha(shifted, 5) == pytest.approx(0.815, abs=0.001)


def test_calling_too_low_costs_more_than_as_much_too_high():
    low, high = [(2, 0), (0, 0), (1, 1), (2, 2), (3, 3)], [(0, 2), (0, 0), (1, 1), (2, 2), (3, 3)]
    one, other = (Table.of(pairs, SCALE) for pairs in (low, high))
    assert kappa(one, linear(SCALE)) == pytest.approx(kappa(other, linear(SCALE)))
    assert kappa(one, under_calling(SCALE)) < kappa(other, under_calling(SCALE))
    assert under_calling(SCALE, 1) == linear(SCALE)


# By other libraries.


@pytest.mark.parametrize("weights", COSTS)
def test_kappa_is_that_of_statsmodels_and_scikit_learn(weights):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater", reason="the extra dev-statistics is not installed")
    metrics = pytest.importorskip("sklearn.metrics", reason="the extra dev-statistics is not installed")
    chance = random.Random(1)
    for _ in range(20):
        pairs = some_pairs(chance)
        found = Table.of(pairs, SCALE)
        wt = None if weights == "none" else weights
        theirs = inter_rater.cohens_kappa([list(row) for row in found.cells], wt=wt, return_results=False)
        assert kappa(found, COSTS[weights]) == pytest.approx(theirs)
        one, other = zip(*pairs, strict=True)
        theirs = metrics.cohen_kappa_score(one, other, weights=wt, labels=list(range(SCALE)))
        assert kappa(found, COSTS[weights]) == pytest.approx(theirs)


def test_alpha_is_that_of_krippendorff():
    krippendorff = pytest.importorskip("krippendorff", reason="the extra dev-statistics is not installed")
    numpy = pytest.importorskip("numpy")
    chance = random.Random(2)
    for _ in range(20):
        units = [[chance.choice([None, 0, 1, 2, 3]) for _ in range(3)] for _ in range(25)]
        data = numpy.array([[numpy.nan if one is None else float(one) for one in rater] for rater in zip(*units, strict=True)])
        theirs = krippendorff.alpha(data, value_domain=[0.0, 1.0, 2.0, 3.0], level_of_measurement="ordinal")
        assert alpha(units, SCALE) == pytest.approx(theirs)


# Laws.

pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(pairs, st.sampled_from(list(COSTS)), st.randoms(use_true_random=False))
def test_what_agreement_never_does(made, weights, chance):
    costs = COSTS[weights]
    found = Table.of(made, SCALE)
    turned = Table.of([(other, one) for one, other in made], SCALE)
    shuffled = list(made)
    chance.shuffle(shuffled)
    for measure in (kappa, ac):
        value = measure(found, costs)
        if isinstance(value, Undefined):
            assert len({rating for pair in made for rating in pair}) == 1
            continue
        assert -1.0001 <= value <= 1
        assert value == pytest.approx(measure(turned, costs))
        assert value == pytest.approx(measure(Table.of(shuffled, SCALE), costs))
        assert value == pytest.approx(measure(Table.of(made * 3, SCALE), costs))
        assert value == pytest.approx(measure(Table.of(made, SCALE, [0.5] * len(made)), costs))
        if all(one == other for one, other in made):
            assert value == pytest.approx(1)


def test_two_raters_weigh_as_often_as_they_are_counted():
    once = Table.of([(0, 1), (2, 2)], SCALE, [3, 1])
    assert once == Table.of([(0, 1), (0, 1), (0, 1), (2, 2)], SCALE)


# What has no meaning is said, and is no number.


def test_no_pair_and_one_category_are_undefined_with_the_reason():
    nobody = Table.of([(None, 1), (2, None)], SCALE)
    for measure in (observed_agreement, kappa, ac):
        assert isinstance(measure(nobody), Undefined)
        assert "rated by both" in measure(nobody).reason
    same = Table.of([(2, 2), (2, 2)], SCALE)
    assert observed_agreement(same) == 1
    assert "every rating is the same" in kappa(same).reason
    assert "two or more" in alpha([[1, None], [2]], SCALE).reason
    assert isinstance(alpha([[1, 1], [1, 1]], SCALE), Undefined)


def test_an_open_range_gives_the_lowest_and_the_highest_agreement():
    judged, ranges = [3, 1, 2, None, 0], [(3, 3), (0, 2), (3, 3), (0, 3), None]
    assert possible_agreement(judged, ranges) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert isinstance(possible_agreement([None], [(0, 3)])[0], Undefined)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: Table.of([(0, 4)], SCALE), "not on the scale"),
        (lambda: Table.of([(0, 1)], SCALE, [0]), "one weight for each case"),
        (lambda: Table.of([(0, 1)], SCALE, [1, 1]), "one weight for each case"),
        (lambda: alpha([[0, 9]], SCALE), "not on the scale"),
        (lambda: linear(1), "two categories or more"),
        (lambda: under_calling(SCALE, 0.5), "factor of 1 or more"),
        (lambda: kappa(Table.of([(0, 1)], SCALE), linear(3)), "not of this scale"),
    ],
)
def test_bad_input_is_refused_in_words(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong()
