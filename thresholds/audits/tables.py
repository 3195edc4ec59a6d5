"""An audit from tables: CSV files and Excel workbooks, with a row for each case or a row for each judgement.

Whatever is wrong is said at once, with file, sheet, row and column, and never with what a cell holds. An empty cell is not
known, and not known is not no. A column that is not understood is refused, unless its heading says that it is not to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from thresholds.audits.audited import AuditedCase
from thresholds.audits.cells import is_blank
from thresholds.audits.columns import (
    FACT_COLUMNS,
    AmbiguousHeadingError,
    At,
    Heading,
    Part,
    heading_of,
    is_not_read,
    looks_like_heading,
    shown_heading,
)
from thresholds.audits.form import Form
from thresholds.audits.judgements import Judgement, Judging, Question, Reply
from thresholds.audits.mistakes import AuditError, complaints, placed
from thresholds.audits.sheets import Row, Sheet, letter, read_sheets
from thresholds.audits.spelling import ONE_GROUP, Spellings, as_key, one_person
from thresholds.facts.case import no_such_fact
from thresholds.loading.problems import nearest

MADE_UP = "made-up-case"
"""The id of the case that a template holds as an example."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Tabled:
    """The cases of an audit's tables, where each stands, and sentences about what was passed over."""

    cases: tuple[AuditedCase, ...]
    places: Mapping[str, str]
    notes: tuple[str, ...]


def read_tables(path: Path, form: Form | None = None) -> Tabled:
    """The cases in a CSV file, an Excel workbook, or a folder of CSV files; `form` is found out where it is not said.

    Raises `AuditError` with every mistake, `ExcelUnavailableError`, and `OSError`.
    """
    read = read_sheets(path)
    if all(row.is_blank for sheet in read.sheets for row in sheet.rows):
        raise AuditError([f"{path}: This is empty: expected a row of headings, and a row for each case."])
    if form is Form.WIDE and any(sheet.part is not None for sheet in read.sheets):
        raise AuditError(
            [f"{path}: This was said to be in the wide form, and its judgements or facts stand in a table of their own."]
        )
    reading = _Reading(str(path), notes=list(read.notes))
    tables = [reading.table(number, sheet, form) for number, sheet in enumerate(read.sheets)]
    understood = [table for table in tables if table is not None]
    if len(understood) == len(tables):  # rows of one table may speak of those of another
        for table in understood:
            reading.take(table)
    return reading.end()


@dataclass(frozen=True)
class _Table:
    """A table whose headings are understood: which column of the sheet is which, and its rows."""

    number: int
    sheet: Sheet
    part: Part
    headings: Mapping[int, Heading]
    texts: Mapping[int, str]
    rows: tuple[Row, ...]

    def column(self, at: At, auditor: str | None = None, of: Judging | None = None) -> int | None:
        """Where in the sheet the column stands whose values belong there."""
        return next(
            (
                index
                for index, one in self.headings.items()
                if one.column.at == at and (auditor is None or (one.auditor, one.of) == (auditor, of))
            ),
            None,
        )


@dataclass
class _Kept:
    """What was read of one case so far, and where."""

    table: _Table
    row: int
    record: Record = field(default_factory=dict)
    read_at: dict[At, int] = field(default_factory=dict)
    is_sound: bool = True


@dataclass(frozen=True)
class _Judged:
    """A judgement, where it stands, and of which case it is."""

    table: _Table
    row: int
    id: str
    judgement: Judgement


@dataclass(frozen=True)
class _Wrong:
    table: int
    row: int
    column: int
    shown: str
    heading: str
    message: str


@dataclass
class _Reading:
    """What was read so far, and what is wrong with it."""

    shown: str
    notes: list[str]
    kept: dict[str, _Kept] = field(default_factory=dict)
    judged: list[_Judged] = field(default_factory=list)
    wrong: list[_Wrong] = field(default_factory=list)

    # Headings.

    def table(self, number: int, sheet: Sheet, form: Form | None) -> _Table | None:
        """The table in a sheet; None where its rows cannot be read for want of headings."""
        rows = [row for row in sheet.rows if not row.is_blank] or [Row(1, ())]
        first, *others = rows
        problem = _two_rows_of_headings(rows)
        if problem:
            self._complain(number, sheet, first.number, None, problem)
            return None
        part = sheet.part or _part(first, form)
        texts = {index: str(cell).strip() for index, cell in enumerate(first.cells) if not is_blank(cell)}
        headings: dict[int, Heading] = {}
        written = Spellings[int]()
        for index, text in texts.items():
            try:
                heading = heading_of(text, part)
            except ValueError as error:
                if is_not_read(text) and not isinstance(error, AmbiguousHeadingError):
                    self.notes.append(f"{_in_words(sheet, index, text)}was not read, as its heading asks for.")
                else:
                    self._complain(number, sheet, first.number, (index, text), str(error))
                continue
            same = next((at for at, other in headings.items() if other.key == heading.key), None)
            if same is not None:
                self._complain(
                    number,
                    sheet,
                    first.number,
                    (index, text),
                    f"Column {letter(same)} has this heading too: keep one of them.",
                )
                continue
            first_written = heading.auditor and written.otherwise(heading.auditor, index)
            if first_written:
                self._complain(number, sheet, first.number, (index, text), one_person(first_written[0]))
            headings[index] = heading
        table = _Table(number, sheet, part, headings, texts, tuple(others))
        self._check_width(table)
        missing = [needed for needed in _NEEDED[part] if table.column((needed,)) is None]
        for name in missing:
            self._complain(number, sheet, first.number, None, f"There is no column {name}, which is needed.")
        return None if missing else table

    def _check_width(self, table: _Table) -> None:
        width = max(table.texts, default=-1) + 1
        for row in table.rows:
            beyond = [at for at, cell in enumerate(row.cells) if at not in table.texts and not is_blank(cell)]
            if beyond:
                message = f"Column {letter(beyond[0])} has no heading, and there is something in it here."
                self._complain(table.number, table.sheet, row.number, None, message)
            elif table.sheet.is_even and len(row.cells) < width:
                message = "This row has fewer cells than there are headings: write an empty cell where something is not known."
                self._complain(table.number, table.sheet, row.number, None, message)

    # Rows.

    def take(self, table: _Table) -> None:
        """The rows of a table."""
        for row in table.rows:
            if table.part is Part.FACTS:
                self._take_fact(table, row)
            else:
                self._take_row(table, row)

    def _take_row(self, table: _Table, row: Row) -> None:
        read: dict[int, object] = {}
        misread: set[int] = set()
        for index, heading in table.headings.items():
            cell = row.cells[index] if index < len(row.cells) else None
            if is_blank(cell):
                continue
            try:
                value = heading.column.read(cell)
            except ValueError as error:
                self._complain_of(table, row.number, index, str(error))
                misread.add(index)
            else:
                if value is not None:
                    read[index] = value
        id_at = table.column(("id",))
        if id_at not in read:
            if is_blank(row.cells[id_at] if id_at is not None and id_at < len(row.cells) else None):
                self._complain_of(table, row.number, id_at, "This is missing: each row has the id of its case.")
            return
        id = str(read[id_at])
        if table.part is Part.JUDGEMENTS or self._keep(table, row, id, read, misread):
            self._judge(table, row, id, read, misread)

    def _keep(self, table: _Table, row: Row, id: str, read: Mapping[int, object], misread: Set[int]) -> bool:
        """What a row says of a case, beside what other rows said; whether it may be a row of this case at all."""
        kept = self.kept.get(id)
        if kept is not None and table.part is not Part.LONG:
            message = f"Another case has this id, in row {kept.row}; an id names one case."
            self._complain_of(table, row.number, table.column(("id",)), message)
            return False
        if kept is None:
            kept = self.kept[id] = _Kept(table, row.number)
        kept.is_sound &= all(table.headings[index].column.is_judged for index in misread)
        for index, value in read.items():
            column = table.headings[index].column
            if column.is_judged:
                continue
            if column.at in kept.read_at and _got(kept.record, column.at) != value:
                message = f"This differs from row {kept.read_at[column.at]}, which is of the same case: say it once, or alike."
                self._complain_of(table, row.number, index, message)
                kept.is_sound = False
                continue
            _put(kept.record, column.at, value)
            kept.read_at.setdefault(column.at, row.number)
        return True

    def _take_fact(self, table: _Table, row: Row) -> None:
        """A row of one fact of a case."""
        cells = {one.column.name: (at, row.cells[at] if at < len(row.cells) else None) for at, one in table.headings.items()}
        blank = [name for name in ("id", "fact") if is_blank(cells[name][1])]
        for name in blank:
            self._complain_of(table, row.number, cells[name][0], "This is missing.")
        if blank:
            return
        try:
            id = str(table.headings[cells["id"][0]].column.read(cells["id"][1]))
        except ValueError as error:
            self._complain_of(table, row.number, cells["id"][0], str(error))
            return
        kept = self.kept.get(id)
        name = as_key(str(cells["fact"][1]))
        if kept is None:
            self._complain_of(table, row.number, cells["id"][0], f"There is no case of this id; {nearest(id, self.kept)}")
        if name not in FACT_COLUMNS:
            self._complain_of(table, row.number, cells["fact"][0], no_such_fact(name))
            return
        column = FACT_COLUMNS[name]
        try:
            value = None if is_blank(cells["answer"][1]) else column.read(cells["answer"][1])
        except ValueError as error:
            self._complain_of(table, row.number, cells["answer"][0], f"{name}: {error}")
            if kept is not None:
                kept.is_sound = False
            return
        if kept is None or value is None:
            return
        if column.at in kept.read_at:
            self._complain_of(table, row.number, cells["fact"][0], f"{name} is given twice for this case: keep one answer.")
            kept.is_sound = False
            return
        _put(kept.record, column.at, value)
        kept.read_at[column.at] = row.number

    def _judge(self, table: _Table, row: Row, id: str, read: Mapping[int, object], misread: Set[int]) -> None:
        """The judgements in a row: in the wide form one for each auditor, else one."""
        judged: dict[tuple[str | None, Judging], Record] = {}
        for index, value in read.items():
            heading = table.headings[index]
            if heading.column.is_judged:
                _put(judged.setdefault((heading.auditor, heading.of), {}), heading.column.at, value)
        if not judged and table.part is Part.JUDGEMENTS:
            judged[None, Judging.RECEIVER] = {}
        half_read = {(one.auditor, one.of) for index in misread if (one := table.headings[index]).column.is_judged}
        for (auditor, of), record in judged.items():
            if (auditor, of) in half_read:
                continue  # what is wrong is said already, and what follows from it is not
            said = {"auditor": auditor, "of": of, **record} if auditor is not None else record
            if "auditor" not in said:
                at = table.column(("auditor",))
                if is_blank(row.cells[at] if at is not None and at < len(row.cells) else None):
                    self._complain_of(table, row.number, at, "This is missing: each judgement has the key of its auditor.")
                continue
            try:
                judgement = Judgement.model_validate({**said, **_whys(said)})
            except ValidationError as error:
                for where, message in complaints(error, Judgement):
                    at = table.column(tuple(where), auditor, of)
                    about = f"the judgement by {auditor}: " if at is None and auditor is not None else ""
                    self._complain_of(table, row.number, at, message if at is not None else about + placed(where, message))
            except ValueError as error:
                self._complain_of(table, row.number, table.column(("why_not_judged",), auditor, of), str(error))
            else:
                self.judged.append(_Judged(table, row.number, id, judgement))

    # The end.

    def end(self) -> Tabled:
        """The cases with their judgements. Raises `AuditError` where anything is wrong."""
        by_case: dict[str, list[_Judged]] = {}
        for one in self.judged:
            self._add(one, by_case)
        self._check_auditors()
        self._check_own()
        cases = [
            case
            for id, kept in self.kept.items()
            if kept.is_sound and (case := self._case(kept, by_case.get(id, []))) is not None
        ]
        if self.wrong:
            raise AuditError(_grouped(self.wrong))
        if not self.kept:
            raise AuditError([f"{self.shown}: There are headings here, and no case under them."])
        if MADE_UP in self.kept and len(self.kept) > 1:
            self.notes.append(f"The made-up case of the template ({MADE_UP}) is still among the cases: delete its row.")
        places = {id: _place(kept.table.sheet, kept.row) for id, kept in self.kept.items()}
        return Tabled(tuple(cases), places, tuple(self.notes))

    def _add(self, one: _Judged, by_case: dict[str, list[_Judged]]) -> None:
        if one.id not in self.kept:
            message = f"There is no case of this id; {nearest(one.id, self.kept)}"
            self._complain_of(one.table, one.row, one.table.column(("id",)), message)
            return
        others = by_case.setdefault(one.id, [])
        key = (one.judgement.auditor, one.judgement.of)
        same = next((other for other in others if (other.judgement.auditor, other.judgement.of) == key), None)
        if same is not None:
            message = f"This auditor judged this case in row {same.row} already: keep one judgement by each auditor."
            self._complain_of(one.table, one.row, one.table.column(("auditor",)), message)
            return
        others.append(one)

    def _check_auditors(self) -> None:
        """One person has one key in all rows; of the wide form that is seen from its headings."""
        spellings = Spellings[int]()
        for one in self.judged:
            first = None if one.table.part is Part.WIDE else spellings.otherwise(one.judgement.auditor, one.row)
            if first is not None:
                at = one.table.column(("auditor",))
                self._complain_of(one.table, one.row, at, one_person(f"{first[0]} of row {first[1]}"))

    def _check_own(self) -> None:
        """What an own column holds is written alike for all cases."""
        spellings: dict[str, Spellings[int]] = {}
        for kept in self.kept.values():
            for name, value in kept.record.get("columns", {}).items():
                row = kept.read_at["columns", name]
                first = spellings.setdefault(name, Spellings()).otherwise(value, row)
                if first is not None:
                    message = f"This differs from row {first[1]} in its capitals or spaces alone: {ONE_GROUP}"
                    self._complain_of(kept.table, row, kept.table.column(("columns", name)), message)

    def _case(self, kept: _Kept, judged: Sequence[_Judged]) -> AuditedCase | None:
        follow_up = kept.record.get("follow_up", {})
        written = {
            "case": {},
            **kept.record,
            "follow_up": [follow_up[number] for number in sorted(follow_up)],
            "judgements": [one.judgement for one in judged],
        }
        try:
            return AuditedCase.model_validate(written)
        except ValidationError as error:
            numbers = sorted(follow_up)
            for where, message in complaints(error, AuditedCase):
                at = tuple(where)
                if at[:1] == ("follow_up",) and len(at) > 1:
                    at = ("follow_up", numbers[int(at[1])], *at[2:])
                fact, _, rest = message.partition(": ")
                if at == ("case",) and fact in FACT_COLUMNS:
                    self._complain_of(kept.table, kept.row, kept.table.column(("case", fact)), rest, f"case: {fact}: ")
                else:
                    self._complain_of(kept.table, kept.row, kept.table.column(at), message, f"{placed(at, '')}")
            return None

    def _complain(self, number: int, sheet: Sheet, row: int, column: tuple[int, str] | None, message: str) -> None:
        heading = "" if column is None else f"column {letter(column[0])}{_bracketed(column[1])}"
        self.wrong.append(_Wrong(number, row, -1 if column is None else column[0], sheet.shown, heading, message))

    def _complain_of(self, table: _Table, row: int, index: int | None, message: str, otherwise: str = "") -> None:
        """A mistake in a column of a row; `otherwise` says what it is about where the table has no such column."""
        column = None if index is None else (index, table.texts[index])
        self._complain(table.number, table.sheet, row, column, message if column else otherwise + message)


_NEEDED: Mapping[Part, tuple[str, ...]] = {
    Part.WIDE: ("id", "process"),
    Part.CASES: ("id", "process"),
    Part.LONG: ("id", "process", "auditor"),
    Part.JUDGEMENTS: ("id", "auditor"),
    Part.FACTS: ("id", "fact", "answer"),
}
"""The columns without which the rows of a table cannot be read."""


def _part(first: Row, form: Form | None) -> Part:
    """What a table that stands alone holds, by its headings unless the form is said."""
    if form is None:
        has_auditor = any(isinstance(cell, str) and as_key(cell) == "auditor" for cell in first.cells)
        form = Form.LONG if has_auditor else Form.WIDE
    return Part(form)


def _two_rows_of_headings(rows: Sequence[Row]) -> str | None:
    """What is wrong where headings stand in another row than the first, or in two: under a title, say."""
    for row in rows[1 : 1 + _LOOKED_AT]:
        if _is_row_of_headings(row):
            return f"Row {row.number} holds headings, below a row that is not empty: keep one row of them, and nothing above."
    return None


_LOOKED_AT = 5


def _is_row_of_headings(row: Row) -> bool:
    texts = [str(cell) for cell in row.cells if not is_blank(cell)]
    named = sum(1 for text in texts if looks_like_heading(text))
    return named > 1 and 2 * named > len(texts)


def _whys(said: Record) -> Record:
    """Reasons by question; one reason is that of every question which could not be judged."""
    reason = said.get("why_not_judged")
    if not isinstance(reason, str):
        return {}
    replies = said.get("replies", {})
    unjudged = [question for question in Question if replies.get(question) == Reply.COULD_NOT_BE_JUDGED]
    if not unjudged:
        raise ValueError(f"A reason is given, and no question is answered {Reply.COULD_NOT_BE_JUDGED}.")
    return {"why_not_judged": dict.fromkeys(unjudged, reason)}


def _put(record: Record, at: At, value: object) -> None:
    *before, last = at
    for part in before:
        record = record.setdefault(part, {})  # type: ignore[arg-type]  # follow-ups are kept by their number until the end
    record[last] = value  # type: ignore[index]  # the number of a follow-up, as above


def _got(record: Record, at: At) -> object:
    found: Any = record
    for part in at:
        found = found[part]
    return found


def _bracketed(text: str) -> str:
    shown = shown_heading(text)
    return f" ({shown})" if shown else ""


def _in_words(sheet: Sheet, index: int, text: str) -> str:
    _, _, of_sheet = sheet.shown.rpartition(": sheet ")
    of = f" of sheet {of_sheet}" if of_sheet != sheet.shown else ""
    return f"Column {letter(index)}{_bracketed(text)}{of} "


def _place(sheet: Sheet, row: int) -> str:
    return f"{sheet.shown}{', ' if ': sheet ' in sheet.shown else ': '}row {row}"


def _grouped(wrong: Sequence[_Wrong]) -> Iterator[str]:
    """Each mistake as a sentence; one that is made in many rows is said once."""
    rows: dict[tuple[int, int, str, str, str], list[int]] = {}
    for one in sorted(wrong, key=lambda one: (one.table, one.row, one.column)):
        rows.setdefault((one.table, one.column, one.shown, one.heading, one.message), []).append(one.row)
    for (_, _, shown, heading, message), numbers in rows.items():
        joint = ", " if ": sheet " in shown else ": "
        where = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {_listed(numbers)}"
        yield f"{shown}{joint}{where}{f', {heading}' if heading else ''}: {message}"


_ROWS_SHOWN = 3


def _listed(numbers: Sequence[int]) -> str:
    numbers = list(dict.fromkeys(numbers))
    if len(numbers) <= _ROWS_SHOWN:
        return " and ".join([", ".join(str(one) for one in numbers[:-1]), str(numbers[-1])])
    return f"{', '.join(str(one) for one in numbers[:_ROWS_SHOWN])} and {len(numbers) - _ROWS_SHOWN} more"
