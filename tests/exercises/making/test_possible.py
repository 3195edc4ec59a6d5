"""Made answers are a case only where there can be one."""

import pytest

from thresholds.exercises.making.possible import agreeing, possible


def test_what_can_be_is_a_case():
    assert possible({"age_months": 30, "left_alone": "yes"}).left_alone == 2


@pytest.mark.parametrize(
    "answers",
    [
        {"age_months": 30, "left_alone": "yes", "care_concern": "no"},
        {"age_months": 30, "missing_episodes_90_days": -1},
        {"age_months": 200, "own_relationship_abuse": "yes", "hurt_or_ill_treated": "no"},
    ],
    ids=["at odds", "impossible", "gainsaid"],
)
def test_what_cannot_be_or_disagrees_with_itself_is_none(answers):
    assert possible(answers) is None
    assert agreeing(answers) is None


def test_a_worry_older_than_the_child_is_none_unless_the_age_does_not_matter():
    answers = {"age_months": 2, "months_of_concern": 3}
    assert possible(answers) is None
    assert agreeing(answers).months_of_concern == 3
