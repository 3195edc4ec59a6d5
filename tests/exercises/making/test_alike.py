"""What makes two made cases one and the same."""

import pytest

from thresholds.exercises.making.alike import likeness

CASE = {"age_months": 100, "left_alone": "yes", "months_of_concern": 3, "fixed_term_exclusions": 2}


@pytest.mark.parametrize(
    ("other", "are_one"),
    [
        ({}, True),
        ({"age_months": 190}, True),
        ({"months_of_concern": 7}, True),
        ({"age_months": 12, "months_of_concern": 1}, True),
        ({"months_of_concern": 0}, False),
        ({"left_alone": "suspected"}, False),
        ({"fixed_term_exclusions": 3}, False),
        ({"debt_or_low_income": "no"}, False),
    ],
)
def test_the_age_and_the_number_of_months_make_no_other_case(other, are_one):
    assert (likeness(CASE) == likeness({**CASE, **other})) is are_one


def test_months_that_are_told_make_another_case_than_none():
    assert likeness(CASE) != likeness({name: answer for name, answer in CASE.items() if name != "months_of_concern"})
