"""The answers of a group, from CSV: what can be read is answered, and each line that cannot is said with what is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thresholds.audits.judgements import KEY
from thresholds.exercises.answer import AnswerError, LearnersAnswer, read_answer
from thresholds.exercises.exercise import Agency, Exercise
from thresholds.exercises.sheets import COLUMNS
from thresholds.json_text import RefusedError, decoded
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.problems import ProblemsError

LARGEST = 5_000_000
_SAID = ("tier", "facts", "questions", "pathway", "why")
LEFT_OUT = "This cell is left out, and the rest of the line is counted."
_LONGEST_STEP = 3
NEEDED = ("exercise", "participant", "tier")
STEP = "step"


class GroupError(ProblemsError):
    """A file of answers that cannot be used at all."""


@dataclass(frozen=True)
class GroupAnswer:
    """One line of a file: who answered what. `moment` 0 is the beginning; `agency` None where it is not said."""

    exercise: Exercise
    moment: int
    participant: str
    agency: Agency | None
    answer: LearnersAnswer
    line: int


@dataclass(frozen=True)
class GroupAnswers:
    """The answers of a group, who took part (in the order in which they first come), and what could not be used.

    A participant all of whose lines are empty took part and gave no answer.
    """

    answers: tuple[GroupAnswer, ...]
    participants: tuple[str, ...]
    refused: tuple[str, ...]


def read_group(path: str | Path, exercises: Sequence[Exercise], rule_set: RuleSet) -> GroupAnswers:
    """The answers in a file. Raises `GroupError` where it cannot be opened or has not the columns that it needs."""
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise GroupError([f"{path}: There is no such file."]) from None
    except OSError as error:
        raise GroupError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    return read_group_text(data, str(path), exercises, rule_set)


def read_group_text(data: bytes, shown: str, exercises: Sequence[Exercise], rule_set: RuleSet) -> GroupAnswers:
    """As `read_group`, of what a file holds; `shown` is what problems call it."""
    if len(data) > LARGEST:
        raise GroupError([f"{shown}: This is larger than {LARGEST // 1_000_000} MB, which no group's answers are."])
    try:
        text = decoded(data)
    except RefusedError as refused:
        raise GroupError([f"{shown}: {refused}"]) from None
    return _Reading(shown, {one.id: one for one in exercises}, rule_set).read(text)


class _Reading:
    def __init__(self, shown: str, exercises: Mapping[str, Exercise], rule_set: RuleSet) -> None:
        self._shown, self._exercises, self._rule_set = shown, exercises, rule_set
        self._refused: list[tuple[int, str]] = []

    def read(self, text: str) -> GroupAnswers:
        rows = list(self._rows(text))
        keys = Counter(key for line, row in rows if (key := self._key(row)) is not None)
        people = dict.fromkeys(name for _, row in rows if self._is_participant(name := row["participant"].strip()))
        answers = []
        for line, row in rows:
            if not any(row[name].strip() for name in row):
                continue
            key = self._key(row)
            if key is not None and keys[key] > 1:
                self._refuse(line, f"{key[2]} answers {key[0]} more than once: keep one line. None of these is counted.")
            elif (answer := self._answer(line, row)) is not None:
                answers.append(answer)
        said = tuple(f"{self._shown}:{line}: {message}" for line, message in sorted(self._refused))
        return GroupAnswers(tuple(answers), tuple(people), said)

    def _rows(self, text: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The lines as columns, each with where it stands in the file. Raises `GroupError` for what is not such a table."""
        if not text.strip():
            raise GroupError([f"{self._shown}: This is empty: expected the columns {', '.join(COLUMNS)}."])
        first = text.lstrip().splitlines()[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
        try:
            every = [(reader.line_num, row) for row in reader if row]
        except csv.Error as error:
            raise GroupError([f"{self._shown}:{reader.line_num}: This is not CSV that can be read: {error}."]) from None
        columns = [name.strip().lower() for name in every[0][1]]
        known = (*COLUMNS, STEP)
        wrong = [f"There is no such column as {name}; {nearest(name, known)}" for name in columns if name not in known]
        wrong += [f"The column {name} is missing." for name in NEEDED if name not in columns]
        wrong += [f"The column {name} is there twice." for name in dict.fromkeys(columns) if columns.count(name) > 1]
        if wrong:
            raise GroupError([f"{self._shown}:1: {one}" for one in wrong])
        for line, row in every[1:]:
            if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
                self._refuse(line, "More cells than columns: put quotation marks round a cell that has a comma in it.")
                continue
            cells = dict.fromkeys(known, "") | dict(zip(columns, row, strict=False))
            yield line, cells

    def _refuse(self, line: int, message: str) -> None:
        self._refused.append((line, message))

    def _is_participant(self, name: str) -> bool:
        return re.fullmatch(KEY, name) is not None

    def _key(self, row: Mapping[str, str]) -> tuple[str, str, str] | None:
        """What may come once only; None where the line says nothing, or does not say whose it is."""
        name = row["participant"].strip()
        silent = not any(row[column].strip() for column in COLUMNS if column not in ("exercise", "participant", "agency"))
        if silent or not self._is_participant(name):
            return None
        return row["exercise"].strip(), row[STEP].strip().lstrip("0") or "0", name

    def _answer(self, line: int, row: Mapping[str, str]) -> GroupAnswer | None:
        problems: list[str] = []
        name, participant = row["exercise"].strip(), row["participant"].strip()
        exercise = self._exercises.get(name)
        if not name:
            problems.append("exercise: This is missing.")
        elif exercise is None:
            problems.append(f"exercise: There is no exercise of this id here; {nearest(name, self._exercises)}")
        if not participant:
            problems.append("participant: This is missing: whose answer is it? Write p01, p02 and so on.")
        elif not self._is_participant(participant):
            problems.append("participant: Expected letters, digits and . _ : / - only, at most 64, and nobody's name.")
        moment = self._moment(row[STEP].strip(), exercise, problems)
        left_out: list[str] = []
        agency = self._agency(row["agency"].strip(), left_out)
        answer = self._said(row, problems, left_out)
        for problem in problems:
            self._refuse(line, problem)
        for problem in left_out:
            self._refuse(line, f"{problem} {LEFT_OUT}" if not problems else problem)
        if problems or answer is None or exercise is None:
            return None
        return GroupAnswer(exercise, moment, participant, agency, answer, line)

    def _said(self, row: Mapping[str, str], problems: list[str], left_out: list[str]) -> LearnersAnswer | None:
        """What a line says. A tier has to be there; what else cannot be read is left out, so that no tier is lost for it."""
        said = {column: row[column].strip() for column in _SAID}
        if not any(said.values()):
            return None
        if not said["tier"]:
            problems.append("tier: This is missing: write 1, 2A, 2B, 3, too little or not a threshold.")
        for column in _SAID:
            alone = {**dict.fromkeys(_SAID, ""), "tier": "1", column: said[column]}
            try:
                if said[column]:
                    read_answer(*alone.values(), rule_set=self._rule_set)
            except AnswerError as error:
                (problems if column == "tier" else left_out).extend(error.problems)
                said[column] = ""
        return None if problems or not said["tier"] else read_answer(*said.values(), rule_set=self._rule_set)

    def _moment(self, typed: str, exercise: Exercise | None, problems: list[str]) -> int:
        steps = len(exercise.steps) if exercise is not None else 0
        if not typed:
            return 0
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_STEP) or (
            exercise is not None and int(typed) > steps
        ):
            problems.append(f"step: Expected 0 (the beginning){f' to {steps}' if steps else ', since it does not unfold'}.")
            return 0
        return int(typed)

    def _agency(self, typed: str, problems: list[str]) -> Agency | None:
        word = re.sub(r"[\s-]+", "_", typed.lower())
        if not word:
            return None
        if word not in list(Agency):
            problems.append(f"agency: There is no such group; {nearest(word, Agency)}")
            return None
        return Agency(word)
