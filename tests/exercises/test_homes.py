"""The children of one home side by side: in what the rules' view of them differs, and nothing where it does not."""

import pytest
from click.testing import CliRunner

from tests.exercises.made import exercise
from thresholds.cli import main
from thresholds.exercises.exercise_files import exercises_folder, read_exercises
from thresholds.exercises.homes import households_of
from thresholds.scales import DvScale
from thresholds.testing import make_rule_set
from thresholds.views import text
from thresholds.views.home_blocks import home_blocks
from thresholds.views.page import page, part

HIT = {"incidents_12_months": 2, "minor_injury_to_adult": "yes", "asked_alone_and_safely": "yes"}
SIX = exercise({"age_months": 78, **HIT}, id="six", title="Six", household="one-home")
EIGHT = exercise({"age_months": 103, **HIT}, id="eight", title="Eight", household="one-home")
NINE = exercise({"age_months": 110, **HIT}, id="nine", title="Nine", household="one-home")
ALONE = exercise({"age_months": 60}, id="alone", household="another-home")


def test_a_home_is_found_for_each_of_its_children_and_for_nobody_else():
    homes = households_of([SIX, ALONE, EIGHT, exercise({"age_months": 61}, id="no-home")])
    assert set(homes) == {"six", "eight"}
    assert homes["six"] is homes["eight"]
    assert [child.exercise.id for child in homes["six"].children] == ["six", "eight"]


def test_a_home_differs_in_tier_range_raise_and_where_it_goes():
    home = households_of([SIX, EIGHT])["six"]
    six, eight = home.children
    assert (six.suggestion.dv.scale_for_child, eight.suggestion.dv.scale_for_child) == (DvScale(3), DvScale(2))
    assert home.differences == (
        "the tier",
        "how far it could move with what is not known",
        "the reading on the violence matrix",
        "where it goes",
    )
    assert (six.tier, eight.tier) == ("Tier 2B", "Tier 2A")
    assert (six.could_be, eight.could_be) == ("2B to 3", "2A to 3")
    assert six.on_the_matrix == "scale 2, raised to 3 for this child"
    assert eight.on_the_matrix == "scale 2, not raised for this child"
    assert "A talk with a Tier 3 social worker" in six.goes_to[0]
    assert not any("A talk with a Tier 3 social worker" in one for one in eight.goes_to)
    assert "can raise moderate to serious" in home.counts_alone(six)[0]
    assert home.counts_alone(eight) == ()


def test_what_is_the_same_for_each_child_is_no_difference():
    assert households_of([EIGHT, NINE])["nine"].differences == ()


def test_by_rules_without_a_matrix_there_is_no_raise_to_show():
    home = households_of([SIX, EIGHT], make_rule_set([]))["six"]
    assert home.differences == ()
    assert [child.on_the_matrix for child in home.children] == ["", ""]


def test_a_home_is_shown_as_a_piece_of_a_page():
    shown = text.render(page("A home", (), (part("Side by side", *home_blocks(households_of([SIX, EIGHT])["six"])),)), 200)
    assert "raised to 3 for this child" in shown
    assert "What differs between them: the tier, how far it could move" in " ".join(shown.split())
    assert not list(home_blocks(None))


@pytest.mark.parametrize("which", ["elder", "younger"])
def test_the_shipped_home_shows_the_raise(which):
    home = households_of(read_exercises())[f"the-{which}-of-two-sisters"]
    assert {"the reading on the violence matrix", "where it goes"} <= set(home.differences)
    assert home.children[-1].on_the_matrix == "scale 2, raised to 3 for this child"


def test_a_home_is_shown_after_feedback_once_another_child_of_it_is_answered(tmp_path):
    """Of a child whose exercise is not answered yet it would give the rules' view away."""
    for which in ("elder", "younger"):
        name = f"the-{which}-of-two-sisters.yaml"
        (tmp_path / name).write_bytes((exercises_folder() / name).read_bytes())
    one = "2A\n\n\n\n\n"
    for typed, is_shown in ((one, False), (one + one, True)):
        done = CliRunner().invoke(main, ["exercise", "--folder", str(tmp_path)], input=typed)
        assert done.exit_code == 0
        assert ("The children of one home" in done.output) is is_shown
