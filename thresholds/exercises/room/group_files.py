"""The answers of a group, from CSV: what can be read is answered, and each line that cannot is said with what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from thresholds.audits.sheets import letter
from thresholds.audits.spelling import as_key
from thresholds.csv_text import CsvError, CsvRow, csv_decoded, csv_table, is_workbook, line_breaks
from thresholds.exercises.answer import LONGEST_NOTE, AnswerError, LearnersAnswer, read_pathway
from thresholds.exercises.exercise import Agency, Exercise
from thresholds.exercises.form import read_asked_facts, read_cited_facts
from thresholds.exercises.room.agency_words import read_agency
from thresholds.exercises.room.participants import PARTICIPANT_EXPECTED, participant
from thresholds.exercises.room.refusals import listed
from thresholds.exercises.room.sheets import COLUMNS, STEP, WHERE_PLACES_STAND
from thresholds.exercises.tier_said import MAY_BE_SAID, read_tier_said
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.plain_text import INSTEAD, plain
from thresholds.problems import ProblemsError

LARGEST = 5_000_000
NEEDED = ("exercise", "participant", "tier")
LEFT_OUT = "This cell is left out, and the rest of the line is counted."
_KNOWN = (*COLUMNS, STEP)
_Value = TypeVar("_Value")
_SAID = ("tier", "facts", "questions", "pathway", "why")
_LONGEST_STEP = 3
_TURNS_WRITING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class GroupError(ProblemsError):
    """A file of answers that cannot be used at all."""


@dataclass(frozen=True)
class GroupAnswer:
    """One line of a file: who answered what. `moment` 0 is the beginning; `agency` None where it is said on no line of theirs.

    `line` is that of the file on which it begins. `unread` are the columns whose cells cannot be read.
    """

    exercise: Exercise
    moment: int
    participant: str
    agency: Agency | None
    answer: LearnersAnswer
    line: int
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class UnusedLine:
    """A line with an answer that could not be used: whose, and to which moment of what; None where it does not say that."""

    participant: str | None
    exercise: Exercise | None
    moment: int | None
    line: int


@dataclass(frozen=True)
class GroupAnswers:
    """The answers of a group, who took part (in the order in which they first come), and what could not be used.

    A participant all of whose lines are empty took part and gave no answer. `refused` are sentences, each with its line, or
    with all its lines where they have one and the same mistake; they are of `lines_refused` lines that could not be used, and
    of `lines_in_part` of which a cell was left out. `unused` are those of the former that hold an answer.
    """

    answers: tuple[GroupAnswer, ...]
    participants: tuple[str, ...]
    refused: tuple[str, ...]
    unused: tuple[UnusedLine, ...] = ()
    lines_refused: int = 0
    lines_in_part: int = 0


def read_group(path: str | Path, exercises: Sequence[Exercise], rule_set: RuleSet) -> GroupAnswers:
    """The answers in a file. Raises `GroupError` where it cannot be opened or has not the columns that it needs."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise GroupError([f"{path}: There is no such file."]) from None
    except OSError as error:
        raise GroupError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    return read_group_text(data, str(path), exercises, rule_set)


def read_group_text(data: bytes, shown: str, exercises: Sequence[Exercise], rule_set: RuleSet) -> GroupAnswers:
    """As `read_group`, of what a file holds; `shown` is what problems call it."""
    if len(data) > LARGEST:
        raise GroupError([f"{shown}: This is larger than {LARGEST // 1_000_000} MB, which no group's answers are."])
    if is_workbook(data):
        raise GroupError([f'{shown}: This is a workbook and no CSV: save it as "CSV UTF-8 (comma delimited)".'])
    by_id = {one.id: one for one in exercises}
    try:
        rows = list(_rows(csv_decoded(data), shown, by_id))
    except CsvError as error:
        line = "" if error.line is None else f":{error.line}"
        raise GroupError([f"{shown}{line}: {error}"]) from None
    return _Reading(shown, by_id, rule_set).read(rows)


@dataclass(frozen=True)
class _Line:
    """A line: where it begins, what stands in each column, and whether it has more cells than there are columns."""

    number: int
    cells: Mapping[str, str]
    is_too_long: bool

    @property
    def is_empty(self) -> bool:
        return not self.is_too_long and not any(self.cells.values())

    @property
    def has_answer(self) -> bool:
        return self.is_too_long or any(self.cells[column] for column in _SAID)


def _rows(text: str, shown: str, exercises: Mapping[str, Exercise]) -> Iterator[_Line]:
    """The lines as columns. Raises `GroupError` for what is not such a table."""
    table = csv_table(text, "a file of answers")
    every = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    if not every:
        raise GroupError([f"{shown}: This is empty. {_EXPECTED}"])
    columns = [as_key(cell) for cell in every[0].cells]
    while columns and not columns[-1]:  # a spreadsheet may write more cells than there are columns, with nothing in them
        columns.pop()
    problems = list(_wrong_columns(columns))
    if problems:
        raise GroupError([f"{shown}:{every[0].line}: {one}" for one in problems])
    problems = [problem for row in every[1:] for problem in _swallowed(row, columns, table.delimiter, exercises)]
    if problems:
        raise GroupError([f"{shown}:{one}" for one in problems])
    for row in every[1:]:
        cells = dict.fromkeys(_KNOWN, "") | dict(zip(columns, map(str.strip, row.cells), strict=False))
        yield _Line(row.line, cells, any(cell.strip() for cell in row.cells[len(columns) :]))


_EXPECTED = f"The first line has to be the columns: {', '.join(COLUMNS)}; {STEP} may be added for exercises that unfold."


def _wrong_columns(columns: Sequence[str]) -> Iterator[str]:
    """What is wrong with the first line, which is not repeated: it may be somebody's answers."""
    if not set(NEEDED) & set(columns):
        yield _EXPECTED
        return
    for place, name in enumerate(columns):
        if name not in _KNOWN:
            hint = nearest(name, _KNOWN)
            yield f"column {letter(place)}: There is no such column; {hint if hint.startswith('did') else 'leave it out.'}"
    yield from (f"The column {name} is missing." for name in NEEDED if name not in columns)
    yield from (f"The column {name} is there twice." for name in _KNOWN if columns.count(name) > 1)


def _swallowed(row: CsvRow, columns: Sequence[str], delimiter: str, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """A cell that holds whole lines of the table: a quotation mark was left open, and another further down closed it."""
    line = row.line
    for cell in row.cells:
        held = [one for text in cell.splitlines()[1:] if (one := dict(zip(columns, text.split(delimiter), strict=False)))]
        if any(len(one) > 1 and _is_line(one, exercises) for one in held):
            yield (
                f"{line}: A quotation mark opens here, and what it holds goes on to line {line + line_breaks(cell)}, "
                "whole lines of this table in it: close it where its cell ends, or take it out."
            )
        line += line_breaks(cell)


def _is_line(cells: Mapping[str, str], exercises: Mapping[str, Exercise]) -> bool:
    return cells.get("exercise", "").strip('" ').lower() in exercises or participant(cells.get("participant", "")) is not None


class _Reading:
    def __init__(self, shown: str, exercises: Mapping[str, Exercise], rule_set: RuleSet) -> None:
        self._shown, self._exercises, self._rule_set = shown, exercises, rule_set
        self._refused: list[tuple[int, str]] = []
        self._not_used: list[_Line] = []

    def read(self, lines: Sequence[_Line]) -> GroupAnswers:
        keys = Counter(key for line in lines if (key := self._key(line)) is not None)
        people = dict.fromkeys(name for line in lines if (name := participant(line.cells["participant"])) is not None)
        answers = [answer for line in lines if not line.is_empty and (answer := self._read(line, keys)) is not None]
        whole = {line.number for line in self._not_used}
        return GroupAnswers(
            tuple(_with_agencies(answers)),
            tuple(people),
            listed(self._shown, self._refused),
            tuple(self._unused(line) for line in self._not_used if line.has_answer),
            len(whole),
            len({number for number, _ in self._refused} - whole),
        )

    def _read(self, line: _Line, keys: Counter[tuple[str, int, str]]) -> GroupAnswer | None:
        problems: list[str] = []
        key = self._key(line)
        if line.is_too_long:
            problems.append("More cells than columns: put quotation marks round a cell that has a comma or a semicolon in it.")
        if key is not None and keys[key] > 1:
            name, moment, who = key
            step = f", step {moment}," if moment else ""
            problems.append(f"{who} answers {name}{step} more than once: keep one line. None of these is counted.")
        answer = None if problems else self._answer(line, problems)
        if problems:
            self._not_used.append(line)
            self._refused += [(line.number, problem) for problem in problems]
        return answer

    def _exercise(self, line: _Line) -> Exercise | None:
        return self._exercises.get(line.cells["exercise"].lower())

    def _key(self, line: _Line) -> tuple[str, int, str] | None:
        """What may come once only; None where the line says nothing, or does not say whose it is, or of what."""
        name, exercise = participant(line.cells["participant"]), self._exercise(line)
        moment = _moment(line.cells[STEP], exercise)
        if not line.has_answer or name is None or exercise is None or moment is None:
            return None
        return exercise.id, moment, name

    def _unused(self, line: _Line) -> UnusedLine:
        exercise = self._exercise(line)
        moment = None if exercise is None else _moment(line.cells[STEP], exercise)
        return UnusedLine(participant(line.cells["participant"]), exercise, moment, line.number)

    def _answer(self, line: _Line, problems: list[str]) -> GroupAnswer | None:
        cells, exercise, name = line.cells, self._exercise(line), participant(line.cells["participant"])
        if not cells["exercise"]:
            problems.append("exercise: This is missing.")
        elif exercise is None:
            hint = nearest(cells["exercise"].lower(), self._exercises)
            near = hint if hint.startswith("did") else "'thresholds exercise list' shows what there is."
            problems.append(f"exercise: There is no exercise of this id here; {near}")
        if not cells["participant"]:
            problems.append("participant: This is missing: whose answer is it? Write p01, p02 and so on.")
        elif name is None:
            problems.append(f"participant: {PARTICIPANT_EXPECTED}")
        moment = _moment(cells[STEP], exercise)
        if moment is None:
            steps = 0 if exercise is None else len(exercise.steps)
            unfolds = f" to {steps}" if steps else "" if exercise is None else ", since it does not unfold"
            problems.append(f"{STEP}: Expected 0 (the beginning){unfolds}.")
        left_out: list[str] = []
        agency = _cell("agency", cells, read_agency, left_out)
        answer = self._said(line, problems, left_out)
        self._refused += [(line.number, one if problems else f"{one} {LEFT_OUT}") for one in left_out]
        if problems or answer is None or exercise is None or name is None or moment is None:
            return None
        unread = frozenset(one.partition(":")[0] for one in left_out)  # each begins with its column
        return GroupAnswer(exercise, moment, name, agency, answer, line.number, unread)

    def _said(self, line: _Line, problems: list[str], left_out: list[str]) -> LearnersAnswer | None:
        """What a line says. A tier has to be there; what else cannot be read is left out, so that no tier is lost for it."""
        if not line.has_answer:
            return None
        cells, exercise = line.cells, self._exercise(line)
        stage = None if exercise is None else exercise.stage
        if not cells["tier"]:
            problems.append(f"tier: This is missing: expected {MAY_BE_SAID}.")
        said = _cell("tier", cells, read_tier_said, problems)
        cited = _cell("facts", cells, lambda typed: read_cited_facts(typed, stage), left_out) or ()
        ask = _cell("questions", cells, lambda typed: read_asked_facts(typed, stage), left_out) or ()
        where = _cell("pathway", cells, lambda typed: read_pathway(typed, self._rule_set, WHERE_PLACES_STAND), left_out)
        why = _cell("why", cells, lambda typed: _TURNS_WRITING.sub(INSTEAD, plain(typed)), left_out) or ""
        if said is None:
            return None
        return LearnersAnswer(said=said, carried_by=cited, ask=ask, pathway=where, why_differ=why)


def _with_agencies(answers: Sequence[GroupAnswer]) -> Iterator[GroupAnswer]:
    """The answers, with the group of whoever says it on another line only."""
    first = {one.participant: one.agency for one in reversed(answers) if one.agency is not None}
    return (replace(one, agency=one.agency or first.get(one.participant)) for one in answers)


def _moment(typed: str, exercise: Exercise | None) -> int | None:
    """The moment that a step is; None where there is none such."""
    steps = 10**_LONGEST_STEP if exercise is None else len(exercise.steps)
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_STEP) or int(typed) > steps:
        return None
    return int(typed)


def _cell(column: str, cells: Mapping[str, str], read: Callable[[str], _Value], problems: list[str]) -> _Value | None:
    """What stands in a cell; None where it is empty or cannot be read. What is wrong begins with the column."""
    typed = cells[column]
    if not typed:
        return None
    if len(typed) > LONGEST_NOTE:
        problems.append(f"{column}: Expected at most {LONGEST_NOTE} characters.")
        return None
    try:
        return read(typed)
    except AnswerError as error:
        problems.extend(one if one.startswith(f"{column}: ") else f"{column}: {one}" for one in error.problems)
    except ValueError as error:
        problems.append(f"{column}: {error}")
    return None
