"""Exercises written as files: read again the same, and never over anything."""

import pytest

from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.making.generated import make
from thresholds.exercises.making.saving import SaveError, as_yaml, check_folder, save_exercises

MADE = [one for number, near in enumerate(make(count=12, seed=4), 1) for one in near.exercises(number)]


@pytest.mark.parametrize("is_there", [True, False])
def test_what_is_written_is_read_again_the_same(tmp_path, is_there):
    folder = tmp_path / "made"
    if is_there:
        folder.mkdir()
    save_exercises(MADE, folder)
    assert read_exercises(folder) == tuple(sorted(MADE, key=lambda one: one.id))


def test_all_the_shipped_exercises_can_be_written_and_read_again(tmp_path):
    shipped = read_exercises()
    save_exercises(shipped, tmp_path / "again")
    assert read_exercises(tmp_path / "again") == shipped


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SaveError, match="holds something: nothing is ever written over"):
        save_exercises(MADE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(SaveError, match="this is a file"):
        check_folder(tmp_path / "notes.txt")
    with pytest.raises(SaveError, match="in a folder that is there"):
        check_folder(tmp_path / "none" / "made")


def test_a_file_that_is_there_by_now_is_left_as_it_is(tmp_path):
    folder = tmp_path / "made"

    def while_somebody_else_writes():
        (folder / f"{MADE[0].id}.yaml").write_text("theirs", encoding="utf-8")
        yield MADE[0]

    with pytest.raises(SaveError, match="This cannot be written"):
        save_exercises(while_somebody_else_writes(), folder)
    assert (folder / f"{MADE[0].id}.yaml").read_text(encoding="utf-8") == "theirs"


def test_a_file_is_plain_yaml_without_the_id():
    text = as_yaml(MADE[0])
    assert text.startswith("title: Made-up case 1\nmade_up: true\n")
    assert "id:" not in text
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_what_was_made_under_another_rule_set_is_held_to_that_one(tmp_path):
    made = [
        one for number, near in enumerate(make(count=12, seed=4, rule_set="hackney-2009"), 1) for one in near.exercises(number)
    ]
    save_exercises(made, tmp_path / "made")
    assert read_exercises(tmp_path / "made", "hackney-2009") == tuple(sorted(made, key=lambda one: one.id))
    assert len(read_exercises(tmp_path / "made")) == len(made)  # usable under the usual one, which reads some otherwise
