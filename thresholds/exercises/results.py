"""What one learner answered, kept in a file that they name and nowhere else; marked anew whenever it is read.

Nothing that a file says of a tier but the learner's own is believed: only answers stand in it. It belongs to the rule set that
the answers were given under, and to the exercises as they were then.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from thresholds.exercises.answer import AnswerError, LearnersAnswer
from thresholds.exercises.differences import DifferenceKind
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.marking import Marking, mark_moment
from thresholds.exercises.unfolding import moments
from thresholds.json_text import LARGEST_JSON, RefusedError, decoded, json_value
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.problems import ProblemsError
from thresholds.version import __version__
from thresholds.views.page import Page
from thresholds.views.shown import Shown

FORMAT = "exercise-results/1"
_KEYS = ("format", "library", "rule_set", "answers")
_RULE_SET_KEYS = ("id", "version", "digest")
_ANSWER_KEYS = ("exercise", "as_it_was", "moment", "answer")
_SHOWN_OF_DIGEST = 19


class ResultsError(ProblemsError):
    """A file of results that cannot be used. The file stays as it is."""


@dataclass(frozen=True)
class KeptAnswer:
    """One answer that was kept: to which moment of which exercise, and a fingerprint of the exercise as it was."""

    exercise: str
    as_it_was: str
    moment: int
    answer: LearnersAnswer


def fingerprint(exercise: Exercise) -> str:
    """A fingerprint of what an exercise tells and records."""
    written = exercise.model_dump(mode="json", include={"vignette", "facts", "left_open", "steps", "tone", "for_discussion"})
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Results(Shown):
    """What a learner answered, in order, by the rules of one rule set."""

    rule_set: RuleSet
    exercises: Mapping[str, Exercise]
    answered: tuple[KeptAnswer, ...] = ()

    def with_answer(self, exercise: Exercise, moment: int, answer: LearnersAnswer) -> Results:
        """The results with this answer; one to the same moment takes the place of the earlier."""
        kept = tuple(one for one in self.answered if (one.exercise, one.moment) != (exercise.id, moment))
        return replace(self, answered=(*kept, KeptAnswer(exercise.id, fingerprint(exercise), moment, answer)))

    def has(self, exercise: Exercise, moment: int) -> bool:
        """Whether this moment is answered, of the exercise as it is now."""
        key = (exercise.id, fingerprint(exercise), moment)
        return any((one.exercise, one.as_it_was, one.moment) == key for one in self.answered)

    def markings(self) -> tuple[Marking, ...]:
        """Each answer marked, in order; without those to exercises that are not at hand, or are told otherwise now."""
        marked = []
        for one in self.answered:
            exercise = self.exercises.get(one.exercise)
            if exercise is not None and fingerprint(exercise) == one.as_it_was:
                marked.append(mark_moment(exercise, moments(exercise, self.rule_set)[one.moment], one.answer))
        return tuple(marked)

    def left_out(self) -> tuple[str, ...]:
        """The exercises whose answers are kept and cannot be marked: not at hand, or told otherwise now."""
        marked = {(one.exercise.id, one.moment.number) for one in self.markings()}
        return tuple(dict.fromkeys(one.exercise for one in self.answered if (one.exercise, one.moment) not in marked))

    def kinds(self) -> Counter[DifferenceKind]:
        """How often each kind of difference came up."""
        return Counter(
            kind for one in self.markings() for kind in DifferenceKind if kind in one.kinds
        )  # in one order on every run

    def page(self) -> Page:
        """A summary by kind of difference."""
        from thresholds.views.results_page import results_page

        return results_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The results as their file holds them."""
        return {
            "format": FORMAT,
            "library": __version__,
            "rule_set": {key: getattr(self.rule_set, key) for key in _RULE_SET_KEYS},
            "answers": [
                {
                    "exercise": one.exercise,
                    "as_it_was": one.as_it_was,
                    "moment": one.moment,
                    "answer": one.answer.model_dump(mode="json", exclude_defaults=True),
                }
                for one in self.answered
            ],
        }

    def save(self, path: str | Path) -> None:
        """Write the file, so that it is never seen half written. Raises OSError."""
        place = Path(path)
        beside = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            beside.write_text(json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            if place.exists():  # what was kept from others stays so
                beside.chmod(stat.S_IMODE(place.stat().st_mode))
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def load_results(path: str | Path, exercises: Iterable[Exercise], rule_set: RuleSet) -> Results:
    """The results in a file. Raises `ResultsError` with every mistake, for a file from another rule set too."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST_JSON + 1)
    except OSError as error:
        raise ResultsError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    try:
        if len(data) > LARGEST_JSON:
            raise RefusedError(f"This is larger than {LARGEST_JSON // 1_000_000} MB, which no results are.")
        value = json_value(decoded(data))
    except RefusedError as refused:
        raise ResultsError([f"{path}: {refused} Nothing was changed in it."]) from None
    at_hand = {one.id: one for one in exercises}
    problems = list(_wrong(value, rule_set))
    answered = []
    if not problems and isinstance(value, Mapping):
        for number, one in enumerate(value["answers"], 1):
            read = _answered(one, f"answer {number}", at_hand, problems)
            if read is not None:
                answered.append(read)
    if problems:
        raise ResultsError([f"{path}: {problem}" for problem in problems] + [f"{path}: Nothing was changed in this file."])
    return Results(rule_set, at_hand, tuple(answered))


def _wrong(value: object, rule_set: RuleSet) -> Iterator[str]:
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        yield f'format: Expected "{FORMAT}": these are no results of exercises, or of another version of the library.'
        return
    yield from (f"{key}: There is no such key; {nearest(str(key), _KEYS)}" for key in value if key not in _KEYS)
    yield from (f"{key}: This is missing." for key in _KEYS if key not in value)
    saved = value.get("rule_set")
    if not isinstance(saved, Mapping) or not all(isinstance(saved.get(key), str) for key in _RULE_SET_KEYS):
        yield f"rule_set: Expected {', '.join(_RULE_SET_KEYS)}, each a text."
    elif saved["digest"] != rule_set.digest:
        differing = "; ".join(
            f"{key} {_shown(str(saved[key]))} then, {_shown(getattr(rule_set, key))} now"
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
    return word[:_SHOWN_OF_DIGEST]


def _answered(value: Any, where: str, at_hand: Mapping[str, Exercise], problems: list[str]) -> KeptAnswer | None:
    if not isinstance(value, Mapping) or set(value) != set(_ANSWER_KEYS):
        problems.append(f"{where}: Expected {', '.join(_ANSWER_KEYS)}.")
        return None
    name, was, moment = value["exercise"], value["as_it_was"], value["moment"]
    if not (isinstance(name, str) and isinstance(was, str) and isinstance(moment, int) and moment >= 0):
        problems.append(f"{where}: Expected an exercise and its fingerprint, each a text, and a moment, a number from 0.")
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
            problems.append(f"{where}: {': '.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}")
    return None


def begin_or_go_on(path: str | Path | None, exercises: Sequence[Exercise], rule_set: RuleSet) -> Results:
    """The results in a file where there is one; else none yet. Raises `ResultsError`."""
    if path is not None and Path(path).exists():
        return load_results(path, exercises, rule_set)
    return Results(rule_set, {one.id: one for one in exercises})
