"""Exercises from YAML files. Every mistake is said at once: its file, its line, what was expected and the nearest right name.

An exercise says what the rules make of its facts. It is believed in nothing: the rules for which it is written are asked, and
a file that says otherwise is refused. Under other rules it is read with what those give.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from thresholds.audits.mistakes import complaints, placed
from thresholds.exercises.checking import Where, wrong_alone, wrong_together
from thresholds.exercises.exercise import SLUG, Exercise
from thresholds.exercises.under_other_rules import as_read_by
from thresholds.json_text import RefusedError, decoded
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import shipped
from thresholds.loading.problems import nearest, similar_file
from thresholds.loading.yaml_nodes import Lines, plain_value, read_yaml
from thresholds.problems import ProblemsError
from thresholds.suggestion import DEFAULT_RULE_SET

SUFFIX = ".yaml"
_LIKE_SUFFIX = (".yml", ".yaml")
LARGEST = 200_000
_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED_NAME = "exercises_shipped"
_SUFFIX_EXPECTED = f"The name of an exercise ends with {SUFFIX}: rename this file."
_SLUG_EXPECTED = "Expected lower-case words joined by hyphens."
_EXPECTED = {
    "string_pattern_mismatch": _SLUG_EXPECTED,
    "string_type": _SLUG_EXPECTED,  # of a text the exercise says itself what was expected
    "tuple_type": "Expected a list.",
}


class ExerciseError(ProblemsError):
    """Exercises that cannot be used."""


def exercises_folder() -> Path:
    """The folder of the shipped exercises: inside the package when installed, beside it in a checkout.

    Raises FileNotFoundError where there is neither.
    """
    for folder in (_PACKAGE / _SHIPPED_NAME, _PACKAGE.parent / "examples" / "exercises"):
        if any(folder.glob(f"*{SUFFIX}")):
            return folder
    raise FileNotFoundError("The exercises that belong to this package are not beside it: install it again, or name a folder.")


def read_exercise(path: str | Path, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Exercise:
    """The exercise in a file, checked by itself: whether its pair is there and differs as it says is seen in its folder.

    What it says that the rules give is checked by the rule set for which it is written. Where `rule_set` is another, it is an
    `ExerciseUnderOtherRules`: what is given is what `rule_set` gives, and `differs_under` says what is otherwise.

    Raises `ExerciseError` with every mistake, and as `suggest` does for a rule set that is not shipped.
    """
    read = _read(Path(path), _loaded(rule_set))
    if read.exercise is None or read.problems:
        raise ExerciseError(read.said())
    return read.exercise


def read_exercises(folder: str | Path | None = None, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Exercise, ...]:
    """All the exercises of a folder (else the shipped ones), in order of id, checked each and all together.

    Under another rule set than they are written for they are read as by `read_exercise`.

    Raises `ExerciseError` with every mistake of every file, and as `suggest` does for a rule set that is not shipped.
    """
    rules = _loaded(rule_set)
    try:
        place = exercises_folder() if folder is None else Path(folder)
    except FileNotFoundError as error:
        raise ExerciseError([str(error)]) from None
    if not place.is_dir():
        raise ExerciseError([f"{place}: Expected a folder with exercises in it, and there is no such folder."])
    every = [_read(path, rules) for path in sorted(place.glob(f"*{SUFFIX}"))]
    every += [_Read(path, problems=[(1, _SUFFIX_EXPECTED)]) for path in sorted(place.iterdir()) if _is_passed_over(path)]
    if not every:
        raise ExerciseError([f"{place}: There is no exercise here: each is a file of its own, its name ending with {SUFFIX}."])
    usable = {read.exercise.id: read for read in every if read.exercise is not None}
    exercises = tuple(read.exercise for read in every if read.exercise is not None)
    for id, mistake in wrong_together(exercises, [read.path.stem for read in every]):
        usable[id].refuse(*mistake)
    problems = [one for read in every for one in read.said()]
    if problems:
        raise ExerciseError(problems)
    return exercises


def _is_passed_over(path: Path) -> bool:
    """Whether somebody will take this file for an exercise that is read, and it is not."""
    return path.suffix != SUFFIX and path.suffix.lower() in _LIKE_SUFFIX


def _loaded(rule_set: str | RuleSet) -> RuleSet:
    return load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set


@dataclass
class _Read:
    """One file as it was read: the exercise, unless it could not be made, and what is wrong, by line."""

    path: Path
    exercise: Exercise | None = None
    lines: Lines = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, where: Where, message: str) -> None:
        """Note a mistake at the nearest place that is in the file."""
        fact = message.split(": ", 1)[0]
        at = where
        if (*where, fact) in self.lines:
            at = (*where, fact)
        while at and at not in self.lines:
            at = at[:-1]
        self.problems.append((self.lines.get(at, 1), placed(where, message)))

    def said(self) -> list[str]:
        """The mistakes as sentences, in the order of the file."""
        return list(dict.fromkeys(f"{self.path}:{line}: {message}" for line, message in sorted(self.problems)))


def _read(path: Path, rule_set: RuleSet) -> _Read:
    read = _Read(path)
    try:
        value = _value(path, read)
    except RefusedError as refused:
        read.problems.append((1, str(refused)))
        return read
    if read.problems:
        return read
    if not isinstance(value, Mapping):
        read.problems.append((1, "Expected an exercise: a mapping of keys to values."))
        return read
    if "id" in value:
        read.refuse(("id",), "The id of an exercise is the name of its file: leave this out.")
        value = {key: one for key, one in value.items() if key != "id"}
    if not re.fullmatch(SLUG, path.stem):
        read.problems.append((1, f"The name of the file is the id. {_SLUG_EXPECTED}"))
        return read
    try:
        exercise = Exercise.model_validate({"id": path.stem, **value})
    except ValidationError as error:
        for where, message in complaints(error, Exercise, expected=_EXPECTED, not_given=("id",)):
            read.refuse(where, message)
        return read
    read.exercise = exercise
    own = _rules_of(exercise, rule_set, read)
    if own is None:
        return read
    for mistake in wrong_alone(exercise, own, rule_set):
        read.refuse(*mistake)
    if own is not rule_set and not read.problems:
        read.exercise = as_read_by(rule_set, exercise)
    return read


def _rules_of(exercise: Exercise, asked: RuleSet, read: _Read) -> RuleSet | None:
    """The rule set for which an exercise is written: that which is asked, one that it extends, or one that is shipped."""
    at_hand: RuleSet | None = asked
    names = []
    while at_hand is not None:
        if at_hand.id == exercise.rule_set:
            return at_hand
        names.append(at_hand.id)
        at_hand = at_hand.extends
    if exercise.rule_set in shipped():
        return load_rule_set(exercise.rule_set)
    near = nearest(exercise.rule_set, dict.fromkeys([*names, *shipped()]))
    ended = near if near.endswith("?") else f"{near}."
    read.refuse(
        ("rule_set",),
        f"There is no rule set of this id here; {ended} An exercise for a rule set of your own is used with that rule set.",
    )
    return None


def _value(path: Path, read: _Read) -> object:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise RefusedError(f"There is no such file.{similar_file(path, SUFFIX)}") from None
    except IsADirectoryError:
        raise RefusedError("This is a folder; name the file of an exercise in it.") from None
    except OSError as error:
        raise RefusedError(f"This file cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise RefusedError(f"This is larger than {LARGEST // 1000} kB, which no exercise is.")
    tree, problems = read_yaml(decoded(data), str(path))
    read.problems += [(problem.place.line, problem.message) for problem in problems]
    if tree is None:
        if not problems:
            raise RefusedError("This is empty: expected an exercise.")
        return None
    return plain_value(tree, (), read.lines)
