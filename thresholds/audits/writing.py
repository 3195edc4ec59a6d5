"""An audit as files that `read_audit` reads back: CSV or Excel, a row for each case or for each judgement, and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thresholds.audits.audited import Audit, AuditedCase
from thresholds.audits.columns import (
    AUDITOR_COLUMNS,
    CASE_COLUMNS,
    FACT_COLUMNS,
    FACT_ROW_COLUMNS,
    ID,
    JUDGEMENT_COLUMNS,
    MOST_FOLLOW_UPS,
    Column,
    Part,
    follow_up_columns,
    own_column,
)
from thresholds.audits.form import Form
from thresholds.audits.judgements import Judgement, Judging
from thresholds.audits.sheets import open_pyxl

if TYPE_CHECKING:
    from openpyxl import Workbook

Written = str | int | float
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table to be written: its name, for each column its heading and what it is, and its rows."""

    name: str
    columns: tuple[tuple[str, Column], ...]
    rows: tuple[tuple[Written, ...], ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The row of headings."""
        return tuple(heading for heading, _ in self.columns)


def write_audit_table(audit: Audit, path: str | Path, form: Form | str = Form.WIDE) -> None:
    """Write an audit to a new file, `.csv` or `.xlsx`, in the `wide` or the `long` form.

    Of each case it holds everything but the name and the notes of the audit; of facts, only those known of any case have a
    column. In the wide form the judgements of a case stand in the order of the auditors' columns. Of a weight, Excel keeps 15
    digits. Nothing is written over.

    Raises `ValueError` for another ending of the name, for a form that there is not, and for a case with more follow-ups than
    there are columns for; `ExcelUnavailableError` where the extra `excel` is not installed; and `OSError`.
    """
    path = Path(path)
    content = tables_as_bytes(path, audit, Form(form))
    with path.open("xb") as stream:
        stream.write(content)


def audit_as_lines(audit: Audit) -> str:
    """An audit as JSON Lines, a case on each line: everything but the name and the notes of the audit."""
    return "".join(json.dumps(case.to_dict(), ensure_ascii=False) + "\n" for case in audit.cases)


def tables_as_bytes(path: Path, audit: Audit, form: Form) -> bytes:
    """An audit as a file of the kind that the name of `path` ends in. Raises as `write_audit_table` does."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return as_csv(one_table(audit, form))
    if kind == ".xlsx":
        return saved(as_workbook(separate_tables(audit, form)))
    raise ValueError("The name of the file has to end in .csv or .xlsx.")


def one_table(audit: Audit, form: Form, facts: Sequence[str] | None = None) -> Table:
    """An audit as one table; `facts` names the columns of facts, those that are known of any case where it is None."""
    known = {name for case in audit.cases for name in case.case.known()}
    names = [name for name in FACT_COLUMNS if name in known] if facts is None else facts
    about, asked = _case_columns(audit.cases), [FACT_COLUMNS[name] for name in names]
    return _wide(audit, about, asked) if form is Form.WIDE else _long(audit, about, asked)


def separate_tables(audit: Audit, form: Form) -> tuple[Table, ...]:
    """An audit as the sheets of a workbook: in the long form cases, judgements and facts each have their own."""
    if form is Form.WIDE:
        return (one_table(audit, form),)
    columns = _case_columns(audit.cases)
    cases = Table(Part.CASES, _plain(columns), tuple(_row(_of_case(case), columns) for case in audit.cases))
    about = (ID, *AUDITOR_COLUMNS.values(), *JUDGEMENT_COLUMNS.values())
    judged = tuple(_row({"id": case.id, **_of_judgement(one)}, about) for case in audit.cases for one in case.judgements)
    facts = tuple((case.id, name, answer) for case in audit.cases for name, answer in case.case.known().items())
    return (
        cases,
        Table(Part.JUDGEMENTS, _plain(about), judged),
        Table(Part.FACTS, _plain(FACT_ROW_COLUMNS.values()), facts),
    )


def as_csv(table: Table) -> bytes:
    """A table as CSV in UTF-8, marked so that Excel opens it as that."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return stream.getvalue().encode("utf-8-sig")


def as_workbook(tables: Iterable[Table]) -> Workbook:
    """Tables as the sheets of a workbook, their headings in bold and kept in sight."""
    openpyxl = open_pyxl()
    workbook: Workbook = openpyxl.Workbook()
    del workbook["Sheet"]
    for table in tables:
        sheet = workbook.create_sheet(table.name)
        sheet.append(list(table.headings))
        for row in table.rows:
            sheet.append([None if value == "" else value for value in row])
        for cell in sheet[1]:
            cell.font = openpyxl.styles.Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 2)
        sheet.freeze_panes = "B2"
    return workbook


def saved(workbook: Workbook) -> bytes:
    """A workbook as the bytes of its file."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _case_columns(cases: Sequence[AuditedCase]) -> tuple[Column, ...]:
    """What is said of cases besides facts and judgements, with columns for as many follow-ups as any of them has."""
    most = max((len(case.follow_up) for case in cases), default=0)
    if most > MOST_FOLLOW_UPS:
        raise ValueError(f"A case has more than {MOST_FOLLOW_UPS} follow-ups, for which there are no columns.")
    after = (column for number in range(1, max(most, 1) + 1) for column in follow_up_columns(number))
    own = dict.fromkeys(name for case in cases for name in case.columns)
    return (*CASE_COLUMNS.values(), *map(own_column, own), *after)


def _wide(audit: Audit, about: Sequence[Column], facts: Sequence[Column]) -> Table:
    judges = list(dict.fromkeys((one.auditor, one.of) for case in audit.cases for one in case.judgements))
    asked = tuple(JUDGEMENT_COLUMNS.values())
    judged = tuple((_wide_heading(auditor, of, column), column) for auditor, of in judges for column in asked)
    rows = []
    for case in audit.cases:
        said = {(one.auditor, one.of): _of_judgement(one) for one in case.judgements}
        replied = (cell for judge in judges for cell in _row(said.get(judge, {}), asked))
        rows.append((*_row(_of_case(case), about), *replied, *_row(_of_case(case), facts)))
    return Table(Part.CASES, (*_plain(about), *judged, *_plain(facts)), tuple(rows))


def _long(audit: Audit, about: Sequence[Column], facts: Sequence[Column]) -> Table:
    judged = (*AUDITOR_COLUMNS.values(), *JUDGEMENT_COLUMNS.values())
    rows: list[tuple[Written, ...]] = []
    for case in audit.cases:
        first, last = _row(_of_case(case), about), _row(_of_case(case), facts)
        said = [_row(_of_judgement(one), judged) for one in case.judgements] or [("",) * len(judged)]
        rows += [(*first, *one, *last) for one in said]
    return Table(Part.CASES, _plain((*about, *judged, *facts)), tuple(rows))


def _wide_heading(auditor: str, of: Judging, column: Column) -> str:
    return f"{auditor} {column.name}" if of is Judging.RECEIVER else f"{auditor} {of} {column.name}"


def _plain(columns: Iterable[Column]) -> tuple[tuple[str, Column], ...]:
    return tuple((column.name, column) for column in columns)


def _of_case(case: AuditedCase) -> Record:
    return case.model_dump(mode="json", exclude={"judgements"})


def _of_judgement(judgement: Judgement) -> Record:
    return judgement.model_dump(mode="json")


def _row(record: Record, columns: Iterable[Column]) -> tuple[Written, ...]:
    return tuple(_cell(_found(record, column)) for column in columns)


def _found(record: Any, column: Column) -> object:
    """What a record holds for a column; None where that is nothing."""
    for part in column.at:
        is_there = part < len(record) if isinstance(part, int) else part in record
        if not is_there:
            return None
        record = record[part]
    return record


def _cell(value: object) -> Written:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else str(value)


def parts_of(tables: Iterable[Table]) -> Iterator[tuple[str, Column]]:
    """Every heading of the tables with its column, each once."""
    seen = set()
    for table in tables:
        for heading, column in table.columns:
            if heading not in seen:
                seen.add(heading)
                yield heading, column
