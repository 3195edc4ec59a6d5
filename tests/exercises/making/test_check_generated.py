"""Many made cases, under many wishes, each looked at again by the interpreter that is the specification."""

import pytest

from thresholds import Stage, load_rule_set
from thresholds.exercises.exercise import Theme
from thresholds.exercises.making.check_generated import check
from thresholds.exercises.making.generated import make

WISHES = (
    {"seed": 11, "count": 40},
    {"seed": 12, "count": 40},
    {"seed": 13, "count": 20, "stage": Stage.UNBORN},
    {"seed": 14, "count": 20, "stage": Stage.INFANT},
    {"seed": 15, "count": 20, "theme": Theme.DOMESTIC_VIOLENCE},
    {"seed": 16, "count": 20, "theme": Theme.NEGLECT, "stage": Stage.PRIMARY},
    {"seed": 17, "count": 15, "fact": "age_months"},
    {"seed": 18, "count": 15, "rule": "dv-scale-3-tier"},
    {"seed": 19, "count": 20, "rule_set": "hackney-2009"},
)


@pytest.mark.once
@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: ", ".join(map(str, wish.values())))
def test_each_is_possible_different_and_one_answer_from_another_tier_by_the_interpreter(wish):
    rule_set = load_rule_set(wish.get("rule_set", "hackney-2011"))
    done = check(make(**{**wish, "rule_set": rule_set}))
    assert done.cases == wish["count"]
    assert done.wrong == ()
