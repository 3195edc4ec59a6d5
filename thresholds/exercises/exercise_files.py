"""Exercises from YAML files. Every mistake is said at once: its file, its line, what was expected and the nearest right name.

An exercise says what the rules make of its facts. It is believed in nothing: the rules for which it is written are asked, and
a file that says otherwise is refused. Under other rules it is read with what those give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from thresholds.audits.mistakes import KEY_EXPECTED, complaints, placed
from thresholds.exercises.exercise import SLUG, Exercise, ExerciseUnderOtherRules, ForDiscussion, Gives, StepTold, Tone
from thresholds.facts.record import POSITIONS, Conflict
from thresholds.facts.vocabulary import FACTS
from thresholds.json_text import RefusedError, decoded
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import shipped
from thresholds.loading.problems import nearest, similar_file
from thresholds.loading.yaml_nodes import Lines, plain_value, read_yaml
from thresholds.problems import ProblemsError
from thresholds.session import Session, SessionError
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion

SUFFIX = ".yaml"
_LIKE_SUFFIX = (".yml", ".yaml")
LARGEST = 200_000
_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED_NAME = "exercises_shipped"
_REFERRAL = "The referral"
_SUFFIX_EXPECTED = f"The name of an exercise ends with {SUFFIX}: rename this file."
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
    _check_together(every)
    problems = [one for read in every for one in read.said()]
    if problems:
        raise ExerciseError(problems)
    return tuple(read.exercise for read in every if read.exercise is not None)


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
        for where, message in complaints(error, Exercise):
            read.refuse(where, _SLUG_EXPECTED if message == KEY_EXPECTED else message)
        return read
    read.exercise = exercise
    own = _rules_of(exercise, rule_set, read)
    if own is None:
        return read
    _check(exercise, own, rule_set, read)
    if own is not rule_set and not read.problems:
        read.exercise = _under(exercise, rule_set)
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
    near = nearest(exercise.rule_set, [*names, *shipped()])
    read.refuse(
        ("rule_set",),
        f"There is no rule set of this id here; {near} An exercise for a rule set of your own is used with that rule set.",
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


# One exercise by itself.


def _check(exercise: Exercise, own: RuleSet, asked: RuleSet, read: _Read) -> None:
    session = Session.begin(exercise.facts, own)
    _check_gives(exercise.gives, session.suggestion, ("gives",), read)
    if session.suggestion.stage is not exercise.stage:
        found = session.suggestion.stage
        is_now = f"the age makes it {found.word}" if found is not None else "by the age there is none"
        read.refuse(("stage",), f"This is not the stage of the child in facts: {is_now}.")
    for conflict in _conflicts(session.suggestion):
        read.refuse(("facts", conflict.facts[0]), _not_together(conflict))
    _check_left_open(exercise, session.suggestion, read)
    _check_other_views(exercise, (), read)
    if exercise.source is not None:
        works = {**own.sources, **asked.sources}
        if exercise.source.work not in works:
            said = f"There is no such work among the sources of {own.id}; {nearest(exercise.source.work, works)}"
            read.refuse(("source", "work"), said)
    _check_steps(exercise, session, read)
    _check_referral(exercise, own, read)


def _conflicts(suggestion: Suggestion) -> list[Conflict]:
    """The answers that do not go together, but for a no that nothing establishes: somebody said so, and what an exercise
    shows is that it is not known."""
    return [one for one in suggestion.conflicts if one.facts != (one.facts[0], FACTS[one.facts[0]].established_by)]


def _not_together(conflict: Conflict) -> str:
    return f"These do not go together: {', '.join(conflict.facts)}. {conflict.reading}"


def _check_other_views(one: Exercise | StepTold, where: Where, read: _Read) -> None:
    if one.for_discussion is not None and one.for_discussion.tier == one.gives.tier:
        read.refuse((*where, "for_discussion", "tier"), "This is the tier that the rules give: there is nothing to discuss.")
    if one.tone is not None and one.tone.towards == one.gives.tier:
        read.refuse(
            (*where, "tone", "towards"), "This is the tier that the rules give: expected the tier that the tone misleads to."
        )


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
        before = {conflict.facts for conflict in _conflicts(session.suggestion)}
        try:
            session = session.learn(**dict(step.learnt), **dict.fromkeys(step.withdrawn))
        except SessionError as error:
            for problem in error.problems:
                fact = problem.split(": ", 1)[0]
                part = "withdrawn" if fact in step.withdrawn else "learnt"
                read.refuse((*where, part), problem)
            return  # what is wrong further on may follow from this
        known = session.suggestion.case.known()
        unanswered = [name for name in step.learnt if name not in known]
        for name in unanswered:
            said = "Expected an answer. What is no longer held to be so stands in withdrawn."
            read.refuse((*where, "learnt", name), said)
        if unanswered:
            return
        for one in session.history[-1].facts:
            if one.before == one.after:
                read.refuse((*where, "learnt", one.fact), "This is known already: expected what is new or changed.")
        for conflict in _conflicts(session.suggestion):
            if conflict.facts not in before:
                new = next((name for name in conflict.facts if name in step.learnt), "")
                read.refuse((*where, "learnt", new), _not_together(conflict))
        _check_gives(step.gives, session.suggestion, (*where, "gives"), read)
        _check_other_views(step, where, read)


def _check_referral(exercise: Exercise, rule_set: RuleSet, read: _Read) -> None:
    if exercise.referral is None:
        return
    poor = Session.begin(exercise.referral.facts, rule_set).suggestion
    if not poor.referral_gaps:
        read.refuse(("referral", "facts"), "By the rules this referral lacks nothing: there is nothing to mend.")
    for conflict in _conflicts(poor):
        read.refuse(("referral", "facts", conflict.facts[0]), _not_together(conflict))
    full = exercise.facts.known()
    for name, answer in exercise.referral.facts.known().items():
        if FACTS[name].section == _REFERRAL:
            continue
        if name not in full:
            read.refuse(("referral", "facts", name), "The exercise itself does not record this under facts.")
        elif full[name] != answer:
            read.refuse(("referral", "facts", name), "This differs from the answer under facts.")


# By other rules than those it is written for.


def _under(exercise: Exercise, rule_set: RuleSet) -> ExerciseUnderOtherRules:
    """The exercise as another rule set reads it: what is given is what that one gives."""
    session = Session.begin(exercise.facts, rule_set)
    gives, steps = _given(session.suggestion), []
    for step in exercise.steps:
        session = session.learn(**dict(step.learnt), **dict.fromkeys(step.withdrawn))
        steps.append(step.model_copy(update={"gives": (then := _given(session.suggestion)), **_other_views(step, then)}))
    changed = {**dict(exercise), "gives": gives, "steps": tuple(steps), **_other_views(exercise, gives)}
    return ExerciseUnderOtherRules.model_construct(**changed, as_written=exercise, read_by=rule_set.id)


def _given(suggestion: Suggestion) -> Gives:
    return Gives(status=suggestion.status, tier=suggestion.tier)


def _other_views(one: Exercise | StepTold, gives: Gives) -> dict[str, ForDiscussion | Tone | None]:
    """The point for discussion and the tone, each only where its tier is not the one that the rules give."""
    discussed, tone = one.for_discussion, one.tone
    return {
        "for_discussion": None if discussed is None or discussed.tier == gives.tier else discussed,
        "tone": None if tone is None or tone.towards == gives.tier else tone,
    }


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
        if set(differing) != {*pair.differs_in, *pair.hangs_on_it}:
            yield f"differs_in: The two differ in {', '.join(differing) or 'nothing'}: expected just these."
        for name in pair.hangs_on_it:
            if name in pair.differs_in:
                yield f"hangs_on_it: {name}: This stands under differs_in already: leave it out of one."
