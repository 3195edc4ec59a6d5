"""Choosing exercises for a group: all that fit, and a mixture of them."""

import pytest

from thresholds import Stage, Status
from thresholds.exercises.choosing import a_mixture, fitting
from thresholds.exercises.exercise import Agency, Theme
from thresholds.exercises.exercise_files import read_exercises

SHIPPED = read_exercises()


def test_only_what_fits_all_that_is_asked_for_the_easier_first():
    found = fitting(SHIPPED, stage=Stage.PRIMARY, agencies=[Agency.GP])
    assert (
        {one.id for one in found}
        == {one.id for one in SHIPPED if one.stage is Stage.PRIMARY and Agency.GP in one.agencies}
        != {one.id for one in SHIPPED}
    )
    assert [one.level for one in found] == sorted(one.level for one in found)
    assert {one.level for one in fitting(SHIPPED, level=3)} == {3}
    assert all(Theme.UNBORN in one.themes for one in fitting(SHIPPED, theme=Theme.UNBORN))


def test_for_a_mixed_room_what_suits_each_of_its_groups():
    found = fitting(SHIPPED, agencies=[Agency.SCHOOL, Agency.GP])
    assert {one.id for one in found} == {one.id for one in SHIPPED if {Agency.SCHOOL, Agency.GP} <= set(one.agencies)}
    assert 0 < len(found) < len(fitting(SHIPPED, agencies=[Agency.SCHOOL]))


def test_the_children_of_one_home_come_together():
    ids = [one.id for one in fitting(SHIPPED)]
    assert abs(ids.index("the-elder-of-two-sisters") - ids.index("the-younger-of-two-sisters")) == 1


@pytest.mark.parametrize("agency", Agency)
def test_the_first_few_can_be_talked_over_between_tiers_and_differ_in_them(agency):
    few = a_mixture(fitting(SHIPPED, agencies=[agency]), 3)
    assert len({one.gives.tier for one in few}) == 3
    assert {one.gives.status for one in few} <= {Status.AT_LEAST, Status.SETTLED}
    seven = a_mixture(fitting(SHIPPED, agencies=[agency]), 7)
    assert {one.gives.status for one in seven} == set(Status)
    assert sum(one.level for one in seven) <= 9


def test_a_larger_number_only_adds_and_the_order_is_kept():
    found = fitting(SHIPPED, agencies=[Agency.SCHOOL])
    for count in range(1, len(found)):
        fewer, more = ([one.id for one in a_mixture(found, number)] for number in (count, count + 1))
        assert len(fewer) == count
        assert set(fewer) < set(more)
        assert more == [one.id for one in found if one.id in more]
    assert a_mixture(found, 1000) == found


def test_of_what_is_alike_otherwise_another_stage_and_another_theme_are_taken():
    one = next(each for each in SHIPPED if each.id == "always-in-a-rush")
    alike = [one.model_copy(update={"id": name}) for name in ("a", "b")]
    stage = one.model_copy(update={"id": "c", "stage": Stage.INFANT})
    theme = one.model_copy(update={"id": "c", "themes": (Theme.UNBORN,)})
    assert [each.id for each in a_mixture([*alike, stage], 2)] == ["a", "c"]
    assert [each.id for each in a_mixture([*alike, theme], 2)] == ["a", "c"]
