"""Exercises from YAML files. Every mistake is said at once: its file, its line, what was expected and the nearest right name.

An exercise says what the rules make of its facts. It is believed in nothing: the rules are asked, and a file that says
otherwise is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from thresholds.audits.mistakes import KEY_EXPECTED, complaints, placed
from thresholds.exercises.exercise import SLUG, Exercise, Gives
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS
from thresholds.json_text import RefusedError, decoded
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.problems import nearest, similar_file
from thresholds.loading.yaml_nodes import Lines, plain_value, read_yaml
from thresholds.problems import ProblemsError
from thresholds.session import Session, SessionError
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion

SUFFIX = ".yaml"
LARGEST = 200_000
_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED_NAME = "exercises_shipped"
_REFERRAL = "The referral"
_SLUG_EXPECTED = "Expected lower-case words joined by hyphens."
Where = tuple[int | str, ...]


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

    Raises `ExerciseError` with every mistake, and as `suggest` does for a rule set that is not shipped.
    """
    read = _read(Path(path), _loaded(rule_set))
    if read.exercise is None or read.problems:
        raise ExerciseError(read.said())
    return read.exercise


def read_exercises(folder: str | Path | None = None, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Exercise, ...]:
    """All the exercises of a folder (else the shipped ones), in order of id, checked each and all together.

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
    if not every:
        raise ExerciseError([f"{place}: There is no exercise here: each is a file of its own, its name ending with {SUFFIX}."])
    _check_together(every)
    problems = [one for read in every for one in read.said()]
    if problems:
        raise ExerciseError(problems)
    return tuple(read.exercise for read in every if read.exercise is not None)


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
        for where, message in complaints(error, Exercise):
            read.refuse(where, _SLUG_EXPECTED if message == KEY_EXPECTED else message)
        return read
    read.exercise = exercise
    _check(exercise, rule_set, read)
    return read


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


# One exercise by itself.


def _check(exercise: Exercise, rule_set: RuleSet, read: _Read) -> None:
    session = Session.begin(exercise.facts, rule_set)
    _check_gives(exercise.gives, session.suggestion, ("gives",), read)
    if session.suggestion.stage is not exercise.stage:
        found = session.suggestion.stage
        is_now = f"the age makes it {found.word}" if found is not None else "by the age there is none"
        read.refuse(("stage",), f"This is not the stage of the child in facts: {is_now}.")
    for conflict in session.suggestion.conflicts:
        if conflict.facts == (conflict.facts[0], FACTS[conflict.facts[0]].established_by):
            continue  # a no that nothing establishes: somebody said so, and what an exercise shows is that it is not known
        read.refuse(("facts", conflict.facts[0]), f"These do not go together: {', '.join(conflict.facts)}. {conflict.reading}")
    _check_left_open(exercise, session.suggestion, read)
    if exercise.for_discussion is not None and exercise.for_discussion.tier == exercise.gives.tier:
        read.refuse(("for_discussion", "tier"), "This is the tier that the rules give: there is nothing to discuss.")
    if exercise.tone is not None and exercise.tone.towards == exercise.gives.tier:
        read.refuse(("tone", "towards"), "This is the tier that the rules give: expected the tier that the tone misleads to.")
    _check_steps(exercise, session, read)
    _check_referral(exercise, rule_set, read)


def _check_gives(gives: Gives, suggestion: Suggestion, where: Where, read: _Read) -> None:
    if gives.status is not suggestion.status:
        read.refuse((*where, "status"), f"The rules give {suggestion.status.value}.")
    if gives.tier is not suggestion.tier:
        given = "no tier: leave this out" if suggestion.tier is None else f"Tier {suggestion.tier}"
        read.refuse((*where, "tier"), f"The rules give {given}. What a reader might hold instead stands in for_discussion.")


def _check_left_open(exercise: Exercise, suggestion: Suggestion, read: _Read) -> None:
    known = suggestion.case.known()
    for name in exercise.left_open:
        if suggestion.case.record[POSITIONS[name]] is None:
            continue
        if name in known:
            read.refuse(("left_open", name), "This is recorded under facts, so that the text does not leave it open.")
        else:
            read.refuse(
                ("left_open", name),
                "This is not open: it is not asked at this stage, or an opening question under facts answers it.",
            )


def _check_steps(exercise: Exercise, session: Session, read: _Read) -> None:
    for number, step in enumerate(exercise.steps):
        where: Where = ("steps", number)
        if not (step.learnt or step.withdrawn):
            read.refuse(where, "Expected a fact that is learnt or withdrawn, and there is none.")
            return
        both = sorted({*step.learnt} & {*step.withdrawn})
        for name in both:
            read.refuse((*where, "withdrawn"), f"{name}: This is learnt in the same step.")
        if both:
            return
        try:
            session = session.learn(**dict(step.learnt), **dict.fromkeys(step.withdrawn))
        except SessionError as error:
            for problem in error.problems:
                fact = problem.split(": ", 1)[0]
                part = "withdrawn" if fact in step.withdrawn else "learnt"
                read.refuse((*where, part), problem)
            return  # what is wrong further on may follow from this
        for one in session.history[-1].facts:
            if one.before == one.after:
                read.refuse((*where, "learnt", one.fact), "This is known already: expected what is new or changed.")
        _check_gives(step.gives, session.suggestion, (*where, "gives"), read)


def _check_referral(exercise: Exercise, rule_set: RuleSet, read: _Read) -> None:
    if exercise.referral is None:
        return
    poor = Session.begin(exercise.referral.facts, rule_set).suggestion
    if not poor.referral_gaps:
        read.refuse(("referral", "facts"), "By the rules this referral lacks nothing: there is nothing to mend.")
    full = exercise.facts.known()
    for name, answer in exercise.referral.facts.known().items():
        if FACTS[name].section == _REFERRAL:
            continue
        if name not in full:
            read.refuse(("referral", "facts", name), "The exercise itself does not record this under facts.")
        elif full[name] != answer:
            read.refuse(("referral", "facts", name), "This differs from the answer under facts.")


# All together.


def _check_together(every: list[_Read]) -> None:
    found = {read.path.stem: read for read in every}
    exercises = {read.exercise.id: read.exercise for read in every if read.exercise is not None}
    seen: dict[frozenset[tuple[str, str | int]], str] = {}
    for read in every:
        exercise = read.exercise
        if exercise is None:
            continue
        case = frozenset(exercise.facts.known().items())
        if case in seen:
            read.refuse(("facts",), f"This is the same case as {seen[case]}: no two exercises have the same facts.")
        seen.setdefault(case, exercise.id)
        for message in _wrong_pair(exercise, exercises, found):
            read.refuse(("pair",), message)
    homes: dict[str, list[str]] = {}
    for one in exercises.values():
        if one.household is not None:
            homes.setdefault(one.household, []).append(one.id)
    for home, members in homes.items():
        if len(members) == 1:
            others = [name for name in homes if name != home]
            hint = nearest(home, others) if others else ""
            near = f" {hint[:1].upper()}{hint[1:]}" if hint.startswith("did") else ""
            found[members[0]].refuse(("household",), f"No other exercise is about a child of this home.{near}")


def _wrong_pair(exercise: Exercise, exercises: Mapping[str, Exercise], found: Mapping[str, _Read]) -> Iterator[str]:
    pair = exercise.pair
    if pair is None:
        return
    if pair.of == exercise.id:
        yield "of: An exercise is not its own pair."
    elif pair.of not in found:
        yield f"of: There is no exercise of this id here; {nearest(pair.of, [name for name in found if name != exercise.id])}"
    elif pair.of in exercises:
        one, other = exercise.facts.known(), exercises[pair.of].facts.known()
        differing = [name for name in FACTS if one.get(name) != other.get(name)]
        if set(differing) != set(pair.differs_in):
            yield f"differs_in: The two differ in {', '.join(differing) or 'nothing'}: expected just these."
