"""How long a child has lived, or been expected."""

import pytest

from thresholds.exercises.making.lived import is_older_than_the_child, months_lived


@pytest.mark.parametrize(("age", "lived"), [(-10, 0), (-9, 0), (-7, 2), (-1, 8), (0, 0), (3, 3), (200, 200)])
def test_a_pregnancy_is_counted_from_its_beginning_and_a_child_from_birth(age, lived):
    assert months_lived(age) == lived


@pytest.mark.parametrize(
    ("answers", "is_so"),
    [
        ({"age_months": 3, "months_of_concern": 4}, True),
        ({"age_months": 3, "months_of_concern": 3}, False),
        ({"age_months": -7, "months_of_concern": 3}, True),
        ({"age_months": -7, "months_of_concern": 2}, False),
        ({"age_months": 3}, False),
        ({"months_of_concern": 40}, False),
    ],
)
def test_whether_a_worry_is_older_than_the_child(answers, is_so):
    assert is_older_than_the_child(answers) is is_so
