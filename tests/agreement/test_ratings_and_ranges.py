"""Bad input, few cases, open ratings."""

import itertools
import random
from pathlib import Path

import pytest

from thresholds.agreement.costs import costs_from, under_calling_costs
from thresholds.agreement.direction import direction
from thresholds.agreement.intervals import wilson
from thresholds.agreement.measures import (
    AC1,
    ALPHA,
    KAPPA,
    KAPPA_QUADRATIC,
    KAPPA_UNDER_CALLING,
    MANY_RATERS,
    MEASURES,
    NOBODY_DISAGREED,
    OBSERVED,
    Kappa,
    estimates,
)
from thresholds.agreement.ranges import MOST_COMPLETIONS, allowed
from thresholds.agreement.ratings import TIERS, Span, Undefined, ratings
from thresholds.agreement.resampling import Method, bootstrap
from thresholds.scales import Tier

ONE, TWO_A, TWO_B, THREE = Tier


@pytest.mark.parametrize("rows", [[], [(ONE, None)], [(None, THREE), (None, None)]])
def test_without_a_pair_everything_is_undefined(rows):
    for estimate in estimates(ratings(rows)).values():
        assert isinstance(estimate.value, Undefined)
        assert estimate.value.reason == "no case was rated by two"
        assert (estimate.lower, estimate.upper, estimate.cases) == (None, None, 0)
        assert str(estimate) == "not defined: no case was rated by two"


def test_one_category_is_undefined_for_what_corrects_for_chance():
    found = estimates(ratings([(TWO_A, TWO_A)] * 8))
    for name in ("kappa", "kappa_linear", "kappa_quadratic", "kappa_under_calling", "alpha"):
        assert "every rating is the same" in found[name].value.reason
        assert found[name].lower is None
    assert found["observed"].value == found["ac1"].value == 1
    assert found["ac1"].lower < 0.7
    assert found["ac1"].caution == NOBODY_DISAGREED


def test_one_case_has_a_value_where_it_can_and_no_interval_but_wilsons():
    for method in Method:
        found = estimates(ratings([(ONE, THREE)]), method=method)
        assert found["observed"].value == 0
        assert found["observed"].upper == pytest.approx(0.79, abs=0.01)
        assert found["kappa"].value == 0
        assert found["kappa"].lower is None
        assert "one case" in found["kappa"].caution


def test_where_nobody_disagreed_the_interval_still_says_how_few_they_were():
    few, many = (estimates(ratings([(tier, tier) for tier in TIERS] * times)) for times in (3, 30))
    for name, estimate in few.items():
        assert estimate.value == estimate.upper == 1
        assert 0 < estimate.lower < many[name].lower < 1
        if name != "observed":
            assert estimate.caution == NOBODY_DISAGREED


def test_too_few_resamples_with_a_value_give_no_interval():
    rows = [(ONE, ONE)] * 9 + [(THREE, THREE)]
    for method in (Method.PERCENTILE, Method.EXPANDED, Method.BCA):
        found = KAPPA.estimate(ratings([*rows, (ONE, ONE)]), method=method)
        assert found.value == 1
        assert found.lower is None
        assert "resamples gave a value" in found.caution
    without = KAPPA.estimate(ratings(rows))
    assert without.lower is None
    assert "without a single one" in without.caution


@pytest.mark.parametrize(
    ("rows", "given", "says"),
    [
        ([("2C", ONE)], {}, "none of the categories"),
        ([([], ONE)], {}, "none of the categories"),
        ([(Span(ONE, "top"), ONE)], {}, "none of the categories"),
        ([(Span(THREE, ONE), ONE)], {}, "lowest category is above"),
        ([(ONE, ONE), (ONE,)], {}, "same number"),
        ([(ONE,)], {}, "same number"),
        ([(ONE, ONE)], {"categories": (ONE,)}, "two categories"),
        ([(ONE, ONE)], {"categories": (ONE, ONE, THREE)}, "two categories"),
        ([(ONE, ONE)], {"categories": (ONE, None)}, "neither None"),
        ([(ONE, ONE)], {"strata": []}, "one for each row"),
        ([(ONE, ONE)], {"weights": [1, 2]}, "one for each row"),
        ([(ONE, ONE)], {"weights": [0]}, "above 0"),
        ([(ONE, ONE)], {"weights": [float("nan")]}, "above 0"),
    ],
)
def test_bad_ratings_are_refused(rows, given, says):
    with pytest.raises(ValueError, match=says):
        ratings(rows, **given)


def test_an_error_names_the_row_and_never_the_rating():
    with pytest.raises(ValueError, match="Row 2") as caught:
        ratings([(ONE, ONE), (ONE, "Jane")])
    assert "Jane" not in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [[[0, 1]], [[0]], [[0, -1], [1, 0]], [[0, float("nan")], [1, 0]], [[1, 1], [1, 0]], [[0, 0], [0, 0]]],
)
def test_bad_costs_are_refused(table):
    with pytest.raises(ValueError, match=r"table|numbers|diagonal|cost something"):
        costs_from("bad", table)


def test_what_does_not_fit_is_refused():
    three_raters = ratings([(ONE, ONE, THREE)])
    with pytest.raises(ValueError, match="two raters"):
        KAPPA.value(three_raters)
    with pytest.raises(ValueError, match="two raters"):
        direction(three_raters)
    with pytest.raises(ValueError, match="different raters"):
        three_raters.between(0, 3)
    with pytest.raises(ValueError, match="costs are for 4"):
        KAPPA_UNDER_CALLING.value(ratings([("a", "b")], ("a", "b", "c")))
    with pytest.raises(ValueError, match="costs at least as much"):
        under_calling_costs(4, 0.5)
    with pytest.raises(ValueError, match="100 resamples"):
        KAPPA.estimate(ratings([(ONE, ONE)]), method=Method.BCA, resamples=10)
    with pytest.raises(ValueError, match="method of its own"):
        bootstrap([], [], method=Method.JACKKNIFE)
    for level in (0, 1, 95):
        with pytest.raises(ValueError, match="between 0 and 1"):
            KAPPA.estimate(ratings([(ONE, ONE)]), level=level)
    for successes, n in ((3, 2), (-1, 2), (0.5, 2)):
        with pytest.raises(ValueError, match="whole numbers"):
            wilson(successes, n)


def test_costs_that_leave_nothing_to_chance_are_undefined():
    """Only 1 against 3 costs anything, and nobody gave 3."""
    free = Kappa("free", "free", costs_from("only the extremes", [[0, 0, 1], [0, 0, 0], [1, 0, 0]]))
    assert "costs anything" in free.value(ratings([("a", "b"), ("b", "a")], ("a", "b", "c"))).reason


def test_pairs_of_several_raters():
    found = ratings([(ONE, None, THREE), (TWO_A, TWO_A, TWO_A), (ONE, ONE, THREE)], weights=[1, 2, 3]).between(2, 0)
    assert (found.cases, found.compared) == (3, 3)
    assert OBSERVED.value(found) == pytest.approx(2 / 6)
    assert direction(found).counts == (1, 0, 2, 2)


def test_several_raters_with_ratings_missing_have_intervals():
    rows = [(ONE, ONE, None), (TWO_A, TWO_B, TWO_A), (THREE, THREE, THREE), (TWO_B, None, THREE), (None, ONE, TWO_A)] * 6
    found = estimates(ratings(rows), MANY_RATERS)
    assert set(found) == {"observed", "ac1", "ac2_linear", "ac2_quadratic", "alpha"}
    for estimate in found.values():
        assert -1 <= estimate.lower < estimate.value < estimate.upper <= 1
        assert estimate.cases == 30
    nobody = estimates(ratings([(tier,) * 3 for tier in TIERS] * 5), MANY_RATERS)
    assert all(0.3 < estimate.lower < estimate.value == 1 for estimate in nobody.values())


def test_the_example_of_the_manual_prints_what_it_says(capsys):
    manual = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
    code = manual.split("```python\n")[1].split("```")[0]
    exec(code, {})
    said = [line.split("  # ")[1] for line in code.splitlines() if line.startswith("print(")]
    assert capsys.readouterr().out.splitlines() == said


# Open ratings.


def brute(measure, rows):
    """The lowest and highest over all completions, one case at a time."""

    def ways(rating):
        if isinstance(rating, Span):
            return TIERS[rating.lowest : rating.highest + 1]
        return (rating,)

    closed = itertools.product(*(list(itertools.product(*map(ways, row))) for row in rows))
    values = [measure.value(ratings(list(some))) for some in closed]
    values = [value for value in values if not isinstance(value, Undefined)]
    return (min(values), max(values)) if values else None


def some_rows(seed, cases, both):
    chance = random.Random(seed)
    rows = []
    for _ in range(cases):
        row = [chance.choice(TIERS), chance.choice(TIERS)]
        if chance.random() < 0.2:
            row[0] = None
        for rater in (0, 1) if both else (1,):
            if chance.random() < 0.4:
                lowest = chance.choice(TIERS)
                row[rater] = Span(lowest, TIERS[min(3, lowest + chance.randint(0, 2))])
        rows.append(tuple(row))
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_what_open_ratings_allow_is_what_trying_all_of_them_gives(seed):
    rows = some_rows(seed, 6, both=True)
    for measure in MEASURES:
        found, expected = allowed(measure, ratings(rows)), brute(measure, rows)
        assert found.exact
        if expected is None:
            assert isinstance(found.lowest, Undefined)
        else:
            assert (found.lowest, found.highest) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


@pytest.mark.parametrize("seed", range(12))
def test_climbing_finds_the_same_ends_where_one_rater_is_open(seed, monkeypatch):
    monkeypatch.setattr("thresholds.agreement.ranges.MOST_COMPLETIONS", 0)
    rows = some_rows(seed, 7, both=False)
    for measure in (one for one in MEASURES if isinstance(one, Kappa) or one is OBSERVED):
        found, expected = allowed(measure, ratings(rows)), brute(measure, rows)
        if expected is None or not any(isinstance(one, Span) and one.lowest != one.highest for row in rows for one in row):
            continue
        assert found.exact
        assert (found.lowest, found.highest) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


def test_a_search_that_proves_nothing_says_so_and_stays_within_what_is_allowed(monkeypatch):
    rows = some_rows(3, 6, both=True)
    exact = allowed(ALPHA, ratings(rows))
    monkeypatch.setattr("thresholds.agreement.ranges.MOST_COMPLETIONS", 0)
    found = allowed(ALPHA, ratings(rows))
    assert not found.exact
    assert "at least this wide" in found.caution
    # Kappa's ends are proved only where one rater alone is open.
    one, both = [(ONE, Span(ONE, THREE)), (TWO_A, THREE)], [(ONE, Span(ONE, THREE)), (Span(ONE, THREE), ONE)]
    assert allowed(KAPPA, ratings(one)).exact
    assert not allowed(KAPPA, ratings(both)).exact
    assert exact.lowest - 1e-9 <= found.lowest <= found.highest <= exact.highest + 1e-9


def test_a_large_audit_with_open_ratings_by_hand():
    # 60 cases settled and agreeing on 1, 40 of 3 against anything from 1 to 3: between none and all of these agree.
    rows = [(ONE, ONE)] * 60 + [(THREE, Span(ONE, THREE))] * 40
    found = allowed(OBSERVED, ratings(rows))
    assert (found.lowest, found.highest, found.open_cases, found.exact) == (0.6, 1.0, 40, True)
    assert str(found) == "from 0.60 to 1.00, depending on 40 open cases"


def test_open_ratings_are_never_filled_in_unasked():
    found = ratings([(ONE, ONE), (THREE, THREE), (ONE, Span(ONE, TWO_B))])
    for measure in MEASURES:
        assert "1 case is known only as a range" in measure.value(found).reason
    assert all("only as a range" in estimate.value.reason for estimate in estimates(found).values())
    assert found.settled().cases == 2
    assert KAPPA.value(found.settled()) == 1
    assert direction(found).left_out == 1


def test_without_open_ratings_both_ends_are_the_figure():
    rows = [(ONE, ONE), (THREE, TWO_A), (None, THREE)]
    for measure in MEASURES:
        found = allowed(measure, ratings(rows))
        assert found.lowest == found.highest == pytest.approx(measure.value(ratings(rows)))


def test_completions_without_a_value_are_named():
    found = allowed(KAPPA, ratings([(ONE, ONE), (ONE, Span(ONE, THREE))]))
    assert found.lowest == found.highest == 0
    assert "no value" in found.caution
    nothing = allowed(KAPPA_QUADRATIC, ratings([(None, Span(ONE, THREE))]))
    assert isinstance(nothing.lowest, Undefined)
    assert isinstance(allowed(AC1, ratings([])).highest, Undefined)
    assert MOST_COMPLETIONS >= 1000
