"""Exercises as they are written in files, and what is said of them when they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from thresholds.exercises.exercise_files import ExerciseError, read_exercise, read_exercises

FILES = Path(__file__).parent / "files"
MARK = (FILES / "mark-on-a-baby.yaml").read_text(encoding="utf-8")
REVIEW = (FILES / "what-the-review-heard.yaml").read_text(encoding="utf-8")


def refused(tmp_path, text, name="mark-on-a-baby"):
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercise(path)
    return [problem.removeprefix(f"{path}:") for problem in error.value.problems]


def changed(text, before, after):
    assert text.count(before) == 1, f"not just once: {before}"
    return text.replace(before, after)


def together(tmp_path, **texts):
    for name, text in texts.items():
        (tmp_path / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercises(tmp_path)
    return "\n".join(error.value.problems)
