"""Exercises written as files that the loader reads again, into a folder of their own: nothing is ever written over."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML

from thresholds.exercises.exercise import Exercise
from thresholds.exercises.exercise_files import SUFFIX

_WIDTH = 120


class SaveError(ValueError):
    """Exercises that cannot be written. The message says where, and what was expected."""


def check_folder(folder: str | Path) -> None:
    """Raise `SaveError` where this is no folder to write exercises into: one that is not there yet, or that is empty."""
    place = Path(folder)
    if place.is_dir():
        try:
            is_empty = not any(place.iterdir())
        except OSError as error:
            raise SaveError(f"{folder}: This folder cannot be read: {error.strerror}.") from None
        if not is_empty:
            raise SaveError(
                f"{folder}: Expected a folder that is empty or not there yet, and this one holds something: nothing is ever "
                "written over."
            )
    elif place.exists() or place.is_symlink():
        raise SaveError(f"{folder}: Expected a folder that is empty or not there yet, and this is a file.")
    elif not place.resolve().parent.is_dir():
        raise SaveError(f"{folder}: Expected a folder that is empty or not there yet, in a folder that is there.")


def as_yaml(exercise: Exercise) -> str:
    """An exercise as its file holds it, without the id, which is the name of the file."""
    written = exercise.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
    yaml = YAML()
    yaml.width, yaml.allow_unicode = _WIDTH, True
    stream = io.StringIO()
    yaml.dump(written, stream)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def save_exercises(exercises: Iterable[Exercise], folder: str | Path) -> None:
    """Write each exercise as a file of this folder, which is made where it is not there.

    Raises `SaveError` where the folder holds anything, or cannot be written into.
    """
    check_folder(folder)
    place = Path(folder)
    try:
        place.mkdir(exist_ok=True)
        for one in exercises:
            with (place / f"{one.id}{SUFFIX}").open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(as_yaml(one))
    except OSError as error:
        raise SaveError(f"{folder}: This cannot be written: {error.strerror}.") from None
