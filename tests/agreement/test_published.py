"""The measures against worked examples that others published, and tables worked out by hand."""

import pytest

from thresholds.agreement import measures
from thresholds.agreement.costs import Steps, costs_from, under_calling_costs
from thresholds.agreement.direction import direction
from thresholds.agreement.intervals import wilson
from thresholds.agreement.measures import AC1, AC2_LINEAR, AC2_QUADRATIC, ALPHA, KAPPA, OBSERVED, Kappa
from thresholds.agreement.ratings import Undefined, ratings
from thresholds.agreement.sampling import kappa_variance
from thresholds.scales import Tier


def of_table(table):
    rows = [(row, column) for row, of_row in enumerate(table) for column, cases in enumerate(of_row) for _ in range(cases)]
    return ratings(rows, tuple(range(len(table))))


ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition; figures from the vignette of his package irrCAC."""

DIAGNOSES = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen (1968) and Fleiss, Cohen and Everitt (1969): 200 patients, two psychiatrists."""
THEIR_COSTS = costs_from("Cohen 1968", [[0, 1, 3], [1, 0, 6], [3, 6, 0]])

FOUR_OBSERVERS = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, None, 3, None),
]
"""Krippendorff (2011), Computing Krippendorff's alpha-reliability, part C: four observers, twelve units, values missing."""


@pytest.mark.parametrize(
    ("measure", "published"),
    [(OBSERVED, 0.89), (KAPPA, 0.7964094), (AC1, 0.8493305), (AC2_LINEAR, 0.900), (AC2_QUADRATIC, 0.940)],
)
def test_gwets_abstractors(measure, published):
    rounded_to = 7 if measure in (KAPPA, AC1) else 3
    assert measure.value(of_table(ABSTRACTORS)) == pytest.approx(published, abs=0.6 * 10**-rounded_to)


def test_cohens_diagnoses_plain_and_with_costs():
    table = of_table(DIAGNOSES)
    assert KAPPA.value(table) == pytest.approx(0.492, abs=0.0005)
    weighted = Kappa("theirs", "theirs", THEIR_COSTS).value(table)
    assert weighted == pytest.approx(0.348, abs=0.0005)


def test_krippendorffs_four_observers():
    assert ALPHA.value(ratings(FOUR_OBSERVERS, (1, 2, 3, 4, 5))) == pytest.approx(0.815, abs=0.0005)


def test_gwets_figures_for_the_same_observers():
    found = ratings(FOUR_OBSERVERS, (1, 2, 3, 4, 5))
    assert OBSERVED.value(found) == pytest.approx(0.8181818, abs=1e-7)
    assert AC1.value(found) == pytest.approx(0.77544, abs=0.5e-5)


def test_gwets_six_raters():
    """Fleiss (1971), 15 patients and six psychiatrists; AC1 and the pairs that agree as in the vignette of irrCAC."""
    counts = (
        (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0),
        (2, 0, 4, 0, 0), (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6),
        (1, 0, 0, 5, 0), (1, 1, 0, 4, 0), (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1),
    )  # fmt: skip
    found = ratings([[place for place, often in enumerate(row) for _ in range(often)] for row in counts], range(5))
    assert OBSERVED.value(found) == pytest.approx(0.5511111, abs=1e-7)
    assert AC1.value(found) == pytest.approx(0.4448007, abs=1e-7)


def test_wilson_as_newcombe_published():
    """Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3."""
    for successes, n, lower, upper in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson(successes, n)
        assert (found.lower, found.upper) == (pytest.approx(lower, abs=0.5e-4), pytest.approx(upper, abs=0.5e-4))


def test_kappa_by_hand():
    # Four cases: three agree (1-1, 3-3, 3-3) and one is 3 against 2A. Rows 1, 0, 0, 3; columns 1, 1, 0, 2 of 4.
    rows = [(Tier.ONE, Tier.ONE), (Tier.THREE, Tier.THREE), (Tier.THREE, Tier.THREE), (Tier.THREE, Tier.TWO_A)]
    found = ratings(rows)
    # By chance they agree in 1/4 * 1/4 + 3/4 * 2/4 = 7/16: kappa is (12/16 - 7/16) / (9/16).
    assert KAPPA.value(found) == pytest.approx(5 / 9)
    # Linear: seen 2/4. By chance 1/16 * 1 + 2/16 * 3 (reference 1) + 3/16 * 3 + 3/16 * 2 (reference 3) = 22/16.
    assert measures.KAPPA_LINEAR.value(found) == pytest.approx(1 - 8 / 22)
    # Under-calling counts double: seen 4/4; by chance 7/16 over and twice 15/16 under, 37/16.
    assert measures.KAPPA_UNDER_CALLING.value(found) == pytest.approx(1 - 16 / 37)
    # Quadratic: seen 4/4; by chance 1/16 + 18/16 + 27/16 + 12/16 = 58/16.
    assert measures.KAPPA_QUADRATIC.value(found) == pytest.approx(1 - 16 / 58)


def test_under_calling_costs_more_than_over_calling():
    agree = [(tier, tier) for tier in Tier for _ in range(5)]
    kappa = measures.KAPPA_UNDER_CALLING
    under = kappa.value(ratings([*agree, (Tier.THREE, Tier.ONE)]))
    over = kappa.value(ratings([*agree, (Tier.ONE, Tier.THREE)]))
    assert under < over
    costs = under_calling_costs(4).table
    assert (costs[Tier.THREE][Tier.ONE], costs[Tier.ONE][Tier.THREE], costs[Tier.TWO_A][Tier.TWO_A]) == (6, 3, 0)


def test_the_paradox_of_kappa():
    """Feinstein and Cicchetti (1990): the same 85 in 100, and a kappa that differs by how cases are spread."""
    even, uneven = of_table([[40, 9], [6, 45]]), of_table([[80, 10], [5, 5]])
    assert OBSERVED.value(even) == OBSERVED.value(uneven) == pytest.approx(0.85)
    assert KAPPA.value(even) == pytest.approx(0.70, abs=0.005)
    assert KAPPA.value(uneven) == pytest.approx(0.32, abs=0.005)
    assert AC1.value(uneven) == pytest.approx(0.81, abs=0.005)


def test_the_variance_of_kappa_as_published():
    """The standard error of kappa for the abstractors, as the vignette of irrCAC prints it."""
    kappa, variance = kappa_variance(tuple(tuple(cases / 100 for cases in row) for row in ABSTRACTORS))
    assert kappa == pytest.approx(0.7964094, abs=1e-7)
    assert (variance / 100) ** 0.5 == pytest.approx(0.05891072, abs=1e-7)


def test_direction_by_hand():
    one, two_a, two_b, three = Tier
    found = direction(
        ratings([(three, one), (three, two_b), (two_a, one), (one, two_b), (two_b, two_b), (three, None), (three, three)])
    )
    assert (found.compared, found.left_out) == (6, 1)
    assert found.counts == (2, 1, 3, 1)
    assert (found.under.value, found.over.value, found.under_by_two.value) == (0.5, pytest.approx(1 / 6), pytest.approx(1 / 6))
    assert [(pair.reference, pair.given, pair.cases) for pair in found.pairs] == [
        (three, one, 1),
        (two_a, one, 1),
        (three, two_b, 1),
        (one, two_b, 1),
    ]
    assert found.pairs[0].share.value == pytest.approx(1 / 3)
    assert found.pairs[0].share.cases == 3


def test_direction_of_nothing_is_undefined():
    found = direction(ratings([(Tier.ONE, None)]))
    assert isinstance(found.under.value, Undefined)
    assert (found.compared, found.left_out, found.pairs) == (0, 1, ())


def test_steps():
    assert [steps.cost(-2) for steps in Steps] == [1, 2, 4]
