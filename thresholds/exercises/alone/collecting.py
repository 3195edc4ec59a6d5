"""The answers of several learners, each in a file of results, as the CSV of a group: nobody types them in again."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thresholds.exercises.alone.results import Results
from thresholds.exercises.alone.results_files import ResultsError, load_results
from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.room.participants import PARTICIPANT_EXPECTED, participant
from thresholds.exercises.room.sheets import COLUMNS, STEP
from thresholds.language.rules import RuleSet

_EXPECTED = "Expected a number and a file, as in p01=my-answers.json."
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SHOWN_AS_TEXT = "\N{NO-BREAK SPACE}"
"""What a spreadsheet shows and does not pass over, as it may a space; whoever reads the file again strips it."""


@dataclass(frozen=True)
class Collected:
    """The results of each participant, in the order in which they were given."""

    results: Mapping[str, Results]

    def as_csv(self) -> str:
        """A CSV with a line for each answer that can be marked, its agency left empty.

        It begins with the mark by which Excel knows UTF-8.
        """
        columns = [*COLUMNS]
        columns.insert(COLUMNS.index("participant") + 1, STEP)
        written = io.StringIO()
        writer = csv.DictWriter(written, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {"exercise": one.exercise, "participant": name, STEP: one.moment, **_cells(one.answer)}
            for name, results in self.results.items()
            for one in results.markable
        )
        return f"\ufeff{written.getvalue()}"

    @property
    def answers(self) -> int:
        """How many answers can be marked, and so have a line."""
        return sum(len(results.markable) for results in self.results.values())

    def left_out(self) -> Iterator[str]:
        """What has no line, in sentences: answers that cannot be marked, and participants with no answer at all."""
        for name, results in self.results.items():
            yield from (f"{name}: {one.words}." for one in results.left_out)
            if not results.answered:
                yield f"{name}: there is no answer in the file."


def collected(given: Sequence[str], exercises: Iterable[Exercise], rule_set: RuleSet) -> Collected:
    """The results that are named as `p01=FILE`, one file for each participant.

    Raises `ResultsError` with every mistake, those in the files too; what stands in the place of a number is not repeated.
    """
    every = tuple(exercises)
    problems: list[str] = []
    files = _files(given, problems)
    results: dict[str, Results] = {}
    for name, file in files.items():
        try:
            results[name] = load_results(file, every, rule_set)
        except ResultsError as error:
            problems += [f"{name}: {problem}" for problem in error.problems]
    if problems:
        raise ResultsError(problems)
    return Collected(results)


def _files(given: Sequence[str], problems: list[str]) -> Mapping[str, str]:
    """The file of each participant, as far as they can be read."""
    files: dict[str, str] = {}
    whose: dict[str, str] = {}
    for place, one in enumerate(given, 1):
        typed, equals, file = one.partition("=")
        name = participant(typed)
        if not equals or not file:
            problems.append(f"number {place} of {len(given)}: {_EXPECTED}")
        elif name is None:
            problems.append(f"number {place} of {len(given)}: {PARTICIPANT_EXPECTED}")
        elif name in files:
            problems.append(f"{name}: This is given twice: each who took part has one file.")
        else:
            files[name] = file
            first = whose.setdefault(os.path.realpath(file), name)
            if first != name:
                problems.append(f"{name}: This is the file of {first} too: each who took part has their own.")
    return files


def _cells(answer: LearnersAnswer) -> Mapping[str, str]:
    said = answer.said
    cells = {
        "tier": said.words if said.tier is None else said.value,
        "facts": "; ".join(fact if given is None else f"{fact}={given}" for fact, given in answer.cited().items()),
        "questions": "; ".join(answer.ask),
        "pathway": answer.pathway or "",
        "why": answer.why_differ,
    }
    return {column: _as_text(cell) for column, cell in cells.items()}


def _as_text(cell: str) -> str:
    """A cell on one line, as lines in it could be taken for lines of the table; and never a formula of a spreadsheet."""
    line = " ".join(cell.split())
    return f"{_SHOWN_AS_TEXT}{line}" if line.startswith(_BEGIN_FORMULAS) else line
