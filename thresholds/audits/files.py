"""An audit from a file: JSON Lines, with a case on each line, or the tables of `audit_tables`.

In JSON Lines judgements may stand on lines of their own. A line is an `AuditedCase`, or a `Judgement` with the id of its case
under `judgement_of`, so that auditors can judge apart from each other and from whoever wrote the facts down. Whatever is wrong
is said at once, with the file and the place in it, and never with a fact of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from thresholds.audits.audited import Audit, AuditedCase
from thresholds.audits.decision_maps import DecisionMap, read_off
from thresholds.audits.form import Form
from thresholds.audits.judgements import Judgement
from thresholds.audits.lines import lines_of, value_of
from thresholds.audits.mistakes import AuditError, complaints, placed
from thresholds.audits.sheets import is_folder_of_tables
from thresholds.audits.spelling import ONE_GROUP, Spellings, one_person
from thresholds.audits.tables import Tabled, read_tables
from thresholds.json_text import RefusedError
from thresholds.loading.problems import nearest, similar_file

JUDGEMENT_OF = "judgement_of"
_USUAL_NAME = "cases"


_TABLES = (".csv", ".xlsx", ".xlsm")
_OTHER_TABLES = {".xls": ".xlsx", ".xlsb": ".xlsx", ".ods": ".xlsx", ".numbers": ".xlsx", ".tsv": ".csv", ".txt": ".csv"}


def read_audit(path: str | Path, *, decisions: DecisionMap | None = None, form: Form | str | None = None) -> Audit:
    """The audit in a file: an Excel workbook, CSV, or JSON Lines, by what its name ends in; or in a folder of CSV files.

    Such a folder holds `cases.csv`, and maybe `judgements.csv` and `facts.csv`. The audit is called after the file, or after
    the folder where the file is `cases` or the folder itself is given. `decisions` says what decisions of the source tell of
    the tier held, and `form` whether a table is `wide` or `long` where its headings do not. The `notes` say what was passed
    over, and what became of decisions.

    Raises `AuditError` with every mistake at once, for a file that cannot be opened too, `ExcelUnavailableError` where a
    workbook is given and the extra `excel` is not installed, and `ValueError` for a form that there is not.
    """
    path = Path(path)
    form = None if form is None else Form(form)
    is_folder = is_folder_of_tables(path)
    try:
        if is_folder or path.suffix.lower() in _TABLES:
            read = read_tables(path, form)
        elif path.suffix.lower() in _OTHER_TABLES and path.is_file():
            wanted = _OTHER_TABLES[path.suffix.lower()]
            raise AuditError([f"{path}: A file of this kind is not read here: save it as {wanted}."])
        else:
            read = _read_lines(path)
    except FileNotFoundError:
        raise AuditError([f"{path}: There is no such file.{similar_file(path)}"]) from None
    except IsADirectoryError:
        raise AuditError([f"{path}: This is a folder; name the file of the audit in it."]) from None
    except OSError as error:
        raise AuditError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    cases, notes, problems = read_off(read.cases, decisions)
    if problems:
        raise AuditError(f"{read.places[id]}: decision: {message}" for id, message in problems)
    whole = path.resolve()
    name = whole.name if is_folder else whole.parent.name if path.stem == _USUAL_NAME else path.stem
    return Audit(name=name, cases=cases, notes=(*read.notes, *notes))


def _read_lines(path: Path) -> Tabled:
    """The cases in a file of JSON Lines. Raises `AuditError` and `OSError`."""
    reading = _Reading(str(path))
    with path.open("rb") as stream:
        for number, line in lines_of(stream):
            reading.take(number, line)
    cases = reading.end()
    return Tabled(cases, {id: f"{path}:{number}" for id, number in reading.places.items()}, ())


@dataclass
class _Reading:
    """What was read so far, and what is wrong with it."""

    shown: str
    cases: dict[str, AuditedCase] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    judgements: list[tuple[int, object, Judgement]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    auditors: Spellings[int] = field(default_factory=Spellings)
    own: dict[str, Spellings[int]] = field(default_factory=dict)
    is_empty: bool = True

    def take(self, number: int, line: bytes | None) -> None:
        """A line of the file."""
        self.is_empty = False
        try:
            value = value_of(line)
        except RefusedError as refused:
            self._complain(number, str(refused))
            return
        if not isinstance(value, dict):
            self._complain(number, "Expected a case, or a judgement of one: a mapping.")
        elif JUDGEMENT_OF in value:
            self._take_judgement(number, value)
        else:
            self._take_case(number, value)

    def end(self) -> tuple[AuditedCase, ...]:
        """The cases with their judgements. Raises `AuditError` where anything is wrong."""
        for number, name, judgement in self.judgements:
            self._add(number, name, judgement)
        if self.is_empty:
            raise AuditError([f"{self.shown}: This is empty: expected a case on each line."])
        if not self.problems and not self.cases:
            raise AuditError([f"{self.shown}: There is no case here, only judgements."])
        if self.problems:
            in_order = sorted(self.problems, key=lambda problem: problem[0])
            raise AuditError(f"{self.shown}:{number}: {message}" for number, message in in_order)
        return tuple(self.cases.values())

    def _take_case(self, number: int, value: Mapping[str, object]) -> None:
        name = value.get("id")
        if isinstance(name, str):
            if name in self.places:
                self._complain(number, f"id: Another case has this id, on line {self.places[name]}; an id names one case.")
                return
            self.places[name] = number
        try:
            case = AuditedCase.model_validate(value)
        except ValidationError as error:
            self.problems += [(number, placed(*one)) for one in complaints(error, AuditedCase)]
        else:
            self.cases[case.id] = case
            for place, judgement in enumerate(case.judgements, 1):
                self._check_auditor(number, f"judgements {place}: auditor: ", judgement)
            for name, one in case.columns.items():
                first = self.own.setdefault(name, Spellings()).otherwise(one, number)
                if first is not None:
                    where = f"columns: {name}: This differs from line {first[1]}"
                    self._complain(number, f"{where} in its capitals or spaces alone: {ONE_GROUP}")

    def _take_judgement(self, number: int, value: Mapping[str, object]) -> None:
        written = {name: one for name, one in value.items() if name != JUDGEMENT_OF}
        try:
            judgement = Judgement.model_validate(written)
        except ValidationError as error:
            self.problems += [(number, placed(*one)) for one in complaints(error, Judgement)]
        else:
            self._check_auditor(number, "auditor: ", judgement)
            self.judgements.append((number, value[JUDGEMENT_OF], judgement))

    def _add(self, number: int, name: object, judgement: Judgement) -> None:
        if not isinstance(name, str) or name not in self.places:
            self._complain(number, f"{JUDGEMENT_OF}: There is no case of this id; {nearest(str(name), self.places)}")
            return
        case = self.cases.get(name)
        if case is None:
            return  # what is wrong with the case is said already
        try:
            written = {one: getattr(case, one) for one in AuditedCase.model_fields}
            self.cases[name] = AuditedCase(**{**written, "judgements": (*case.judgements, judgement)})
        except ValidationError as error:
            self.problems += [(number, placed(*one)) for one in complaints(error, AuditedCase)]

    def _check_auditor(self, number: int, where: str, judgement: Judgement) -> None:
        first = self.auditors.otherwise(judgement.auditor, number)
        if first is not None:
            self._complain(number, where + one_person(f"{first[0]} of line {first[1]}"))

    def _complain(self, number: int, message: str) -> None:
        self.problems.append((number, message))


__all__ = ["JUDGEMENT_OF", "AuditError", "Form", "read_audit"]
