"""Files of results: read with every check, and written so that nobody's answers are ever written over.

Nothing that a file says of a tier but the learner's own is believed: only answers stand in it.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from thresholds.exercises.alone.results import KeptAnswer, Results, fingerprint
from thresholds.exercises.answer import AnswerError, LearnersAnswer
from thresholds.exercises.exercise import SLUG, Exercise
from thresholds.households import printable
from thresholds.json_text import LARGEST_JSON, RefusedError, decoded, json_value
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.plain_text import is_plain
from thresholds.problems import ProblemsError
from thresholds.version import __version__

_FORMAT = "exercise-results/1"
_KEYS = ("format", "library", "rule_set", "answers")
_ANSWER_KEYS = ("exercise", "as_it_was", "moment", "answer")
_RULE_SET_KEYS = ("id", "version", "digest")
_FINGERPRINT = r"[0-9a-f]{16}"
_MAY_BE_SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}|sha256:[0-9a-f]{0,64}")
_SHOWN_OF_DIGEST = 19
_MAY_BE_WRITTEN = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class ResultsError(ProblemsError):
    """A file of results that cannot be used. The file stays as it is."""


class ResultsFile:
    """The file in which one run keeps its answers, from how it found it to how it last left it.

    `path` is where the answers are kept now: the file that was named, or one beside it once somebody else has written there.
    """

    def __init__(self, path: str | Path) -> None:
        """Read what is there. Raises `ResultsError` where the folder is not there, or the file cannot be read."""
        self.path = self._named = Path(path)
        self._left: bytes | None = None
        try:
            if not _real(self.path).parent.is_dir():
                raise ResultsError([f"{path}: Expected the name of a file in a folder that is there."])
            self._left = _contents(self.path)
            if self._left is not None and not _real(self.path).stat().st_mode & _MAY_BE_WRITTEN:
                raise ResultsError([f"{path}: This file is kept from being written to, so it is left as it is; name another."])
        except OSError as error:
            raise ResultsError([_unreadable(self.path, error)]) from None

    def results(self, exercises: Iterable[Exercise], rule_set: RuleSet) -> Results:
        """What stands in it; no results yet where it is not there, or empty. Raises `ResultsError` with every mistake."""
        if not self._left:
            return Results(rule_set, {one.id: one for one in exercises})
        return _read(self._left, self.path, exercises, rule_set)

    def keep(self, results: Results) -> None:
        """Write these results, so that the file is never seen half written. Raises `OSError`; then it is as it was.

        Where the file is no longer as this run left it, it is somebody else's too and is left alone: `path` is then a new
        file beside it, and so from there on.
        """
        data = (json.dumps(_written(results), ensure_ascii=False, indent=2) + "\n").encode()
        path, found = self.path, _contents(self.path)
        is_ours = found is not None and found == self._left
        is_new = found is None and _claimed(path)
        if not (is_ours or is_new):
            path = next(name for name in _names_beside(self._named) if _claimed(name))
            is_new = True
        try:
            _put(path, data)
        except OSError:
            if is_new:
                _real(path).unlink(missing_ok=True)
            raise
        self.path, self._left = path, data


def load_results(path: str | Path, exercises: Iterable[Exercise], rule_set: RuleSet) -> Results:
    """The results in a file. Raises `ResultsError` with every mistake, for a file from another rule set too."""
    try:
        data = _contents(Path(path))
    except OSError as error:
        raise ResultsError([_unreadable(path, error)]) from None
    if data is None:
        raise ResultsError([f"{path}: There is no such file."])
    return _read(data, path, exercises, rule_set)


# The file itself.


def _real(path: Path) -> Path:
    """Where a link leads to in the end."""
    return Path(os.path.realpath(path))


def _contents(path: Path) -> bytes | None:
    """What stands in a file, no more than can be results; None where it is not there.

    Raises `OSError`, and `ResultsError` for what is no file: a device or a pipe would be replaced by one, or never end.
    """
    try:
        if not stat.S_ISREG(_real(path).stat().st_mode):
            raise ResultsError([f"{path}: Expected a file, and this is a folder, a device or a pipe."])
        with _real(path).open("rb") as stream:
            return stream.read(LARGEST_JSON + 1)
    except FileNotFoundError:
        return None


def _claimed(path: Path) -> bool:
    """Whether an empty file could be made here: nobody else has one of this name. Raises `OSError`."""
    try:
        _real(path).open("xb").close()
    except FileExistsError:
        return False
    return True


def _names_beside(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))


def _put(path: Path, data: bytes) -> None:
    """Put another content into a file, whole or not at all; a link stays a link, and what was kept from others stays so."""
    place = _real(path)
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        beside.chmod(stat.S_IMODE(place.stat().st_mode))
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _unreadable(path: str | Path, error: OSError) -> str:
    return f"{path}: This file cannot be read: {error.strerror}."


# What stands in it.


def _written(results: Results) -> Mapping[str, object]:
    return {
        "format": _FORMAT,
        "library": __version__,
        "rule_set": {key: getattr(results.rule_set, key) for key in _RULE_SET_KEYS},
        "answers": [
            {
                "exercise": one.exercise,
                "as_it_was": one.as_it_was,
                "moment": one.moment,
                "answer": one.answer.model_dump(mode="json", exclude_defaults=True),
            }
            for one in results.answered
        ],
    }


def _read(data: bytes, path: str | Path, exercises: Iterable[Exercise], rule_set: RuleSet) -> Results:
    try:
        if len(data) > LARGEST_JSON:
            raise RefusedError(f"This is larger than {LARGEST_JSON // 1_000_000} MB, which no results are.")
        value = json_value(decoded(data))
    except RefusedError as refused:
        raise ResultsError([f"{path}: {refused} Nothing was changed in it."]) from None
    at_hand = {one.id: one for one in exercises}
    problems = list(_wrong(value, rule_set))
    answered: dict[int, KeptAnswer] = {}
    if not problems and isinstance(value, Mapping):
        for number, one in enumerate(value["answers"], 1):
            read = _answered(one, f"answer {number}", at_hand, problems)
            if read is not None:
                answered[number] = read
        problems += _answered_twice(answered)
    if problems:
        raise ResultsError([f"{path}: {problem}" for problem in problems] + [f"{path}: Nothing was changed in this file."])
    return Results(rule_set, at_hand, tuple(answered.values()))


def _wrong(value: object, rule_set: RuleSet) -> Iterator[str]:
    if not isinstance(value, Mapping) or value.get("format") != _FORMAT:
        yield f'format: Expected "{_FORMAT}": these are no results of exercises, or of another version of the library.'
        return
    yield from (f"{printable(key)}: There is no such key; {nearest(key, _KEYS)}" for key in value if key not in _KEYS)
    yield from (f"{key}: This is missing." for key in _KEYS if key not in value)
    saved = value.get("rule_set")
    if not isinstance(saved, Mapping) or not all(isinstance(saved.get(key), str) for key in _RULE_SET_KEYS):
        yield f"rule_set: Expected {', '.join(_RULE_SET_KEYS)}, each a text."
    elif saved["digest"] != rule_set.digest:
        differing = "; ".join(
            f"{key} {_shown(saved[key])} then, {_shown(getattr(rule_set, key))} now"
            for key in _RULE_SET_KEYS
            if saved[key] != getattr(rule_set, key)
        )
        yield (
            f"rule_set: These answers were given under other rules than those at hand ({differing}), by which they would be "
            "marked otherwise. Give the rule set that they belong to (--rule-set), or name another file and begin anew."
        )
    if not isinstance(value.get("answers", []), list):
        yield "answers: Expected a list."


def _shown(word: str) -> str:
    """What names a rule set, as it may be shown: what does not look like it may be anything."""
    return word[:_SHOWN_OF_DIGEST] if _MAY_BE_SHOWN.fullmatch(word) else "(not shown)"


def _answered(value: Any, where: str, at_hand: Mapping[str, Exercise], problems: list[str]) -> KeptAnswer | None:
    if not isinstance(value, Mapping) or set(value) != set(_ANSWER_KEYS):
        problems.append(f"{where}: Expected {', '.join(_ANSWER_KEYS)}.")
        return None
    name, was, moment = value["exercise"], value["as_it_was"], value["moment"]
    if not (_is_like(SLUG, name) and _is_like(_FINGERPRINT, was) and type(moment) is int and moment >= 0):
        problems.append(f"{where}: Expected the id of an exercise, its fingerprint, and a moment, a number from 0.")
        return None
    if not _is_all_plain(value["answer"]):
        problems.append(f"{where}: Expected text alone; there is a character in it that cannot be shown, such as escape.")
        return None
    exercise = at_hand.get(name)
    if exercise is not None and fingerprint(exercise) == was and moment > len(exercise.steps):
        problems.append(f"{where}: moment: Expected a number from 0 to {len(exercise.steps)}.")
        return None
    try:
        return KeptAnswer(name, was, moment, LearnersAnswer.model_validate(value["answer"]))
    except AnswerError as error:
        problems += [f"{where}: {problem}" for problem in error.problems]
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            place = ": ".join(str(part) if isinstance(part, int) else printable(part) for part in one["loc"])
            problems.append(f"{where}: {place}: {one['msg'].removeprefix('Value error, ')}")
    return None


def _is_like(pattern: str, word: object) -> bool:
    return isinstance(word, str) and re.fullmatch(pattern, word) is not None


def _is_all_plain(value: object) -> bool:
    """Whether every text in what JSON holds is one that may be shown."""
    match value:
        case str():
            return is_plain(value)
        case Mapping():
            return all(is_plain(key) and _is_all_plain(one) for key, one in value.items())
        case list():
            return all(map(_is_all_plain, value))
    return True


def _answered_twice(answered: Mapping[int, KeptAnswer]) -> Iterator[str]:
    first: dict[tuple[str, int], int] = {}
    for number, one in answered.items():
        before = first.setdefault((one.exercise, one.moment), number)
        if before != number:
            yield (f"answer {number}: This is to the same moment of {one.exercise} as answer {before}: leave one of the two.")
