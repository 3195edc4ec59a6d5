"""How many cases an audit needs; and the trial of the intervals themselves."""

import json
import math
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds.agreement import coverage
from thresholds.agreement.intervals import wilson
from thresholds.agreement.measures import KAPPA, MEASURES
from thresholds.agreement.ratings import TIERS, ratings
from thresholds.agreement.resampling import Method
from thresholds.agreement.sampling import cannot_show, cases_for_share, kappa_variance, plan_sample
from thresholds.agreement.shortfalls import BOOTSTRAP, BY_CHANCE, BY_STRATA, GOOD_ENOUGH
from thresholds.agreement.two_raters import MODELS, Rater, TwoRaters, population

DOCS = Path(__file__).parents[2] / "docs"


def half_width(successes, n):
    found = wilson(successes, n)
    return (found.upper - found.lower) / 2


def test_as_many_cases_as_it_takes_and_no_fewer():
    assert half_width(39, 78) <= 0.1085
    enough = cases_for_share(0.1, 0.5)
    assert half_width(enough // 2, enough) <= 0.1001
    assert half_width((enough - 5) // 2, enough - 5) > 0.1
    assert cases_for_share(0.05, 0.7) > cases_for_share(0.1, 0.7) > cases_for_share(0.1, 0.95)


def test_kappa_from_as_many_cases_as_planned_is_as_sure_as_was_wanted():
    """By simulation: 95 in 100 of the samples give a kappa within the half-width of the true one."""
    plan = plan_sample(0.1)
    model, chance = MODELS[0], random.Random(1)
    table = model.table()
    pairs = [(TIERS[first], TIERS[second]) for first in range(4) for second in range(4)]
    weights = [likely for row in table for likely in row]
    near = 0
    for _ in range(600):
        value = KAPPA.value(ratings(chance.choices(pairs, weights, k=plan.for_kappa)))
        near += abs(value - plan.expected_kappa) <= 0.1
    assert near / 600 == pytest.approx(0.95, abs=0.03)


def test_a_plan_in_words_holds_its_numbers():
    plan = plan_sample(0.1, 0.7)
    assert plan.cases == max(plan.for_agreement, plan.for_kappa)
    assert plan.for_agreement == 78
    said = " ".join(plan.words())
    for part in (f"{plan.cases} cases", "78 cases", "Wilson", "Fleiss, Cohen and Everitt 1969", *plan.cannot_show):
        assert part in said


def test_what_a_sample_cannot_show():
    said = cannot_show(30)
    assert "30 cases do not show may still be in up to 11% of all cases" in said[0]
    assert len(said) == 4
    assert "3%" in cannot_show(139)[0]


@pytest.mark.parametrize(
    "given", [{"half_width": 0}, {"half_width": 1}, {"expected_agreement": 1}, {"half_width": 1e-4}, {"level": 2}]
)
def test_a_plan_that_cannot_be_is_refused(given):
    with pytest.raises(ValueError, match=r"between 0 and 1|More than"):
        plan_sample(**given)
    with pytest.raises(ValueError, match="at least one case"):
        cannot_show(0)


def test_a_table_without_chance_of_disagreement_has_no_variance():
    with pytest.raises(ValueError, match="by chance"):
        kappa_variance(((1.0, 0.0), (0.0, 0.0)))


# The models and the trial.


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_model_is_a_table_of_chances(model):
    table = model.table()
    assert sum(map(sum, table)) == pytest.approx(1)
    for measure in MEASURES:
        assert 0 < measure.value(population(table)) < 1


def test_a_model_without_noise_to_speak_of_uses_tiers_as_often_as_said():
    model = TwoRaters("sure", "", (0.1, 0.2, 0.3, 0.4), Rater(0, 1e-6), Rater(0, 1e-6))
    assert [sum(row) for row in model.table()] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.003)


def test_one_who_leans_low_under_calls():
    leaning = next(model for model in MODELS if model.name == "leaning").table()
    assert sum(leaning[3][:3]) > 2 * sum(row[3] for row in leaning[:3])


@pytest.mark.parametrize("given", [((0.5, 0.6), 0.1), ((1.0,), 0.1), ((0.0, 1.0), 0.1), ((0.5, 0.5), 0.0)])
def test_a_model_that_cannot_be_is_refused(given):
    shares, noise = given
    with pytest.raises(ValueError, match=r"Shares|noise"):
        TwoRaters("", "", shares, Rater(0, 1), Rater(0, noise))


def test_audits_of_a_job_are_drawn_as_it_says():
    job = coverage.Job(MODELS[3], coverage.Design.STRATIFIED, 31, Method.JACKKNIFE, 3, 100, 1)
    one, other = (list(coverage.audits(job)) for _ in range(2))
    assert one == other
    assert {audit.cases for audit in one} == {31}
    for audit in one:
        size = {stratum: sum(cell.cases for cell in audit.cells if cell.stratum == stratum) for stratum in range(3)}
        assert sorted(size.values()) == [10, 10, 11]
        assert {cell.choices[1][0] for cell in audit.cells if cell.stratum == 2} == {3}
        # The rare highest tier fills a third of the sample, and weighs far less.
        assert (
            next(c.weight for c in audit.cells if c.stratum == 2)
            < 0.25
            < next(c.weight for c in audit.cells if c.stratum == 0)
        )


def test_intervals_hold_the_true_value_about_as_often_as_they_say():
    job = coverage.Job(MODELS[0], coverage.Design.BY_CHANCE, 30, Method.JACKKNIFE, 300, 100, 2)
    for one in coverage.covered(job):
        assert one.given == 300
        assert 0.9 < one.share <= 1
        assert one.error < 0.02


def test_the_trial_would_notice_intervals_that_are_too_narrow(monkeypatch):
    monkeypatch.setattr("thresholds.agreement.resampling.students_t", lambda share, freedom: 1.0)
    job = coverage.Job(MODELS[0], coverage.Design.BY_CHANCE, 30, Method.JACKKNIFE, 200, 100, 2)
    assert all(one.share < 0.85 for one in coverage.covered(job) if one.measure != "observed")


def test_the_command_prints_and_keeps_its_result(tmp_path):
    kept = tmp_path / "coverage.json"
    command = [
        "--audits",
        "4",
        "--cases",
        "12",
        "--bootstrap-audits",
        "1",
        "--resamples",
        "100",
        "--processes",
        "1",
        "--write",
        str(kept),
    ]
    done = CliRunner().invoke(coverage.main, command)
    assert done.exit_code == 0, done.output
    assert "jackknife, 12 cases, stratified" in done.output
    result = json.loads(kept.read_text(encoding="utf-8"))
    assert result["format"] == "coverage-of-intervals/1"
    # Every model by both designs for the jackknife, and by chance for each of three bootstraps.
    assert len(result["results"]) == len(MODELS) * len(MEASURES) * (2 + 3)


def test_what_is_said_of_intervals_is_what_was_seen_in_the_trial_that_is_kept():
    kept = json.loads((DOCS / "coverage-of-intervals.json").read_text(encoding="utf-8"))
    for trials, is_jackknife, design in (
        (BY_CHANCE, True, "by chance"),
        (BY_STRATA, True, "stratified"),
        (BOOTSTRAP, False, "by chance"),
    ):
        for trial in trials:
            seen = [
                one["share"]
                for one in kept["results"]
                if (one["method"] == "jackknife") == is_jackknife
                and (one["design"], one["cases"]) == (design, trial.cases)
                # Agreement of cases drawn by chance has Wilson's interval whatever the method.
                and (one["measure"] != "observed" or design == "stratified")
            ]
            assert trial.held == math.floor(100 * min(seen))
    wilsons = [one["share"] for one in kept["results"] if one["measure"] == "observed" and one["design"] == "by chance"]
    assert min(wilsons) > GOOD_ENOUGH / 100


def test_an_interval_that_may_be_too_narrow_says_so():
    rows = [(TIERS[place % 4], TIERS[place % 4 if place % 5 else 0]) for place in range(100)]
    strata, weights = [place % 2 for place in range(100)], [1 + place % 2 for place in range(100)]
    assert KAPPA.estimate(ratings(rows)).caution == ""
    assert KAPPA.estimate(ratings(rows[:40])).caution == ""
    assert "15 cases, intervals" in KAPPA.estimate(ratings(rows[:20])).caution
    assert "15 cases, intervals" in KAPPA.estimate(ratings(rows[:12])).caution
    assert "100 cases drawn by strata" in KAPPA.estimate(ratings(rows, strata=strata, weights=weights)).caution
    assert "as few as 90" in KAPPA.estimate(ratings(rows), method=Method.BCA, resamples=100).caution
