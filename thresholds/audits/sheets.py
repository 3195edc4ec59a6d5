"""Rows of cells from CSV files and Excel workbooks; whatever would be read otherwise than it is seen is told."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thresholds.audits.cells import Cell, is_blank
from thresholds.audits.columns import Part
from thresholds.audits.mistakes import AuditError
from thresholds.audits.spelling import as_key
from thresholds.csv_text import OLD_WORKBOOK, CsvError, csv_decoded, csv_table, is_workbook
from thresholds.extras import ExcelUnavailableError
from thresholds.loading.problems import nearest

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 60_000_000
MOST_CELLS = 5_000_000
SHEETS_OF_TEMPLATES = ("columns", "words")
"""The sheets of a template that explain it, and are not read."""

HEADINGS_OF_COLUMNS = ("column", "what it holds", "what may be written", "needed")
"""The first row of the sheet that explains the columns: by it, and not by the name alone, it is known as a template's."""


def heading_of_list(number: int) -> str:
    """The heading of each list, from 1, in the sheet of words."""
    return f"list {number}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it stands. `shown` is what problems call it; `part` is None where its headings decide what it holds.

    `is_even` says that a row with fewer cells than headings is a mistake: so it is in CSV, where each cell is written.
    """

    shown: str
    rows: tuple[Row, ...]
    part: Part | None = None
    is_even: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables of a file or folder, and sentences about what was passed over."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def letter(index: int) -> str:
    """What a spreadsheet calls a column; the first is 0."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_sheets(path: Path) -> Sheets:
    """The tables in a CSV file, an Excel workbook, or a folder of `cases.csv`, `judgements.csv` and `facts.csv`.

    Raises `AuditError`, `ExcelUnavailableError` and `OSError`.
    """
    if path.is_dir():
        found = {part: path / f"{part}.csv" for part in _APART if (path / f"{part}.csv").is_file()}
        sheets = tuple(_csv_sheet(file, part if len(found) > 1 else None) for part, file in found.items())
        return Sheets(sheets, tuple(_passed_over(path, tuple(found.values()))))
    if path.suffix.lower() == ".csv":
        return Sheets((_csv_sheet(path),), tuple(_beside(path)))
    return _workbook_sheets(path)


_APART = (Part.CASES, Part.JUDGEMENTS, Part.FACTS)


def is_folder_of_tables(path: Path) -> bool:
    """Whether this is a folder of an audit as CSV files."""
    return (path / f"{Part.CASES}.csv").is_file()


def _passed_over(folder: Path, read: Sequence[Path]) -> Iterator[str]:
    """The other files of a folder of tables: one may be a table whose name is not quite as it has to be."""
    for file in sorted(folder.iterdir()):
        if file.is_file() and not file.name.startswith(_NO_CONCERN) and not any(file.samefile(one) for one in read):
            hint = nearest(file.name.casefold(), [f"{part}.csv" for part in _APART])
            only = f"the tables of an audit are {', '.join(f'{part}.csv' for part in _APART)}."
            yield f"{file.name} in this folder was not read; {hint if hint.startswith('did') else only}"


_NO_CONCERN = (".", "~$")
"""How files begin that systems and open programs leave in a folder."""


def _beside(path: Path) -> Iterator[str]:
    """Tables that belong to a file of cases and that would be read with its folder."""
    others = [f"{part}.csv" for part in _APART[1:] if (path.parent / f"{part}.csv").is_file()]
    if path.name == f"{Part.CASES}.csv" and others:
        yield f"{' and '.join(others)} beside {path.name} was not read: give the folder to read them together."


# CSV.


def _csv_sheet(path: Path, part: Part | None = None) -> Sheet:
    data = _bytes(path)
    if is_workbook(data):
        raise AuditError([f"{path}: This is a workbook and no CSV, whatever its name: let its name end in .xlsx."])
    try:
        table = csv_table(csv_decoded(data), "an audit")
    except CsvError as error:
        where = "" if error.row is None else f"row {error.row}: "
        raise AuditError([f"{path}: {where}{error}"]) from None
    return Sheet(str(path), tuple(Row(row.number, row.cells) for row in table.rows), part, is_even=True)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise AuditError([f"{path}: This file is larger than {LARGEST_FILE // 1_000_000} MB."])
    return path.read_bytes()


# Excel.


def _workbook_sheets(path: Path) -> Sheets:
    data = _bytes(path)
    _expect_moderate(_workbook(data, path, is_read_only=True), path)
    workbook = _workbook(data, path)
    given = [sheet for sheet in workbook.worksheets if not _explains(sheet)]
    notes = [f"Sheet {sheet.title} is hidden and was not read." for sheet in given if sheet.sheet_state != "visible"]
    visible = [sheet for sheet in given if sheet.sheet_state == "visible" and (sheet.max_row > 1 or _has_any(sheet))]
    parts = _parts(visible, path)
    chosen = [sheet for sheet, _ in parts]
    notes += [f"Sheet {sheet.title} was not read{_near(sheet.title)}" for sheet in visible if sheet not in chosen]
    problems = [problem for sheet in chosen for problem in _untellable(sheet, f"{path}: sheet {sheet.title}")]
    if problems:
        raise AuditError(problems)
    formulas = {sheet.title: _formulas(sheet) for sheet in chosen}
    values = _workbook(data, path, values=True) if any(formulas.values()) else workbook
    sheets = [
        _sheet(values[sheet.title], f"{path}: sheet {sheet.title}", part, formulas[sheet.title]) for sheet, part in parts
    ]
    notes += [note for sheet in chosen for note in _hidden(sheet)]
    return Sheets(tuple(sheets), tuple(notes))


def _parts(visible: Sequence[Worksheet], path: Path) -> list[tuple[Worksheet, Part | None]]:
    """Which sheets are read, and what each holds; None where its headings decide."""
    called = {part: [sheet for sheet in visible if as_key(sheet.title) == part] for part in _APART}
    if not called[Part.CASES]:
        if len(visible) > 1:
            names = ", ".join(sheet.title for sheet in visible)
            raise AuditError(
                [f"{path}: Several sheets hold something ({names}): call that of the cases {Part.CASES}, or hide the rest."]
            )
        return [(sheet, None) for sheet in visible]
    problems = [
        f"{path}: Several sheets are called {part}, but for capitals, spaces and hyphens "
        f"({', '.join(repr(sheet.title) for sheet in sheets)}): keep one, and give the others another name."
        for part, sheets in called.items()
        if len(sheets) > 1
    ]
    if problems:
        raise AuditError(problems)
    wanted = [(sheet, part) for part, sheets in called.items() for sheet in sheets]
    return [(sheet, None if len(wanted) == 1 else part) for sheet, part in wanted]


def _explains(sheet: Worksheet) -> bool:
    """Whether this is a sheet of a template that explains it; other sheets may be called the same."""
    first = tuple(str(cell.value) for row in sheet.iter_rows(max_row=1) for cell in row if not is_blank(cell.value))
    columns, words = SHEETS_OF_TEMPLATES
    name = as_key(sheet.title)
    return (name == columns and first == HEADINGS_OF_COLUMNS) or (
        name == words and bool(first) and first == tuple(heading_of_list(number) for number in range(1, len(first) + 1))
    )


def _near(title: str) -> str:
    hint = nearest(as_key(title), _APART)
    return f"; {hint}" if hint.startswith("did") else "."


def _hidden(sheet: Worksheet) -> Iterator[str]:
    """What of a sheet is not seen and was read all the same."""
    columns = [
        letter(at - 1)
        for one in sheet.column_dimensions.values()
        if one.hidden and one.min and one.max
        for at in range(one.min, min(one.max, sheet.max_column) + 1)
    ]
    if columns:
        yield f"Sheet {sheet.title} has hidden columns ({_some(columns)}): they were read like the others."
    rows = sum(1 for row in sheet.row_dimensions.values() if row.hidden and row.index <= sheet.max_row)
    if rows:
        yield f"Sheet {sheet.title} has hidden rows, by a filter perhaps ({rows}): they were read like the others."


def open_pyxl() -> Any:
    """openpyxl, imported here alone. Raises `ExcelUnavailableError` where it is not installed."""
    try:
        import openpyxl
    except ImportError as error:
        raise ExcelUnavailableError(
            'Excel workbooks need openpyxl: pip install "safeguarding-thresholds[excel]". CSV needs nothing more.'
        ) from error
    return openpyxl


def _workbook(data: bytes, path: Path, *, values: bool = False, is_read_only: bool = False) -> Workbook:
    openpyxl = open_pyxl()
    if data.startswith(OLD_WORKBOOK):
        raise AuditError([f"{path}: This is protected by a password, or of Excel before 2007: save it as .xlsx without one."])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked <= LARGEST_UNPACKED:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of styles and pick lists that it does not keep: nothing is written back
                return openpyxl.load_workbook(io.BytesIO(data), data_only=values, read_only=is_read_only)
    except Exception:  # whatever a damaged workbook makes of it: openpyxl names no exception of its own
        raise AuditError(
            [f"{path}: This is no Excel workbook that can be read: open it in Excel and save it as .xlsx."]
        ) from None
    raise AuditError([f"{path}: This workbook is larger than {LARGEST_UNPACKED // 1_000_000} MB when it is unpacked."])


def _has_any(sheet: Worksheet) -> bool:
    return any(not is_blank(cell.value) for row in sheet.iter_rows(max_row=1) for cell in row)


def _expect_moderate(workbook: Workbook, path: Path) -> None:
    """By what its sheets say of their own size, before any cell is held. Raises `AuditError`."""
    try:
        problems = [
            _too_large(sheet, f"{path}: sheet {sheet.title}")
            for sheet in workbook.worksheets
            if (sheet.max_row or 0) * (sheet.max_column or 0) > MOST_CELLS  # a sheet need not say how large it is
        ]
    finally:
        workbook.close()
    if problems:
        raise AuditError(problems)


def _too_large(sheet: Worksheet, shown: str) -> str:
    return (
        f"{shown}: This sheet reaches down to row {sheet.max_row} and across to column {letter(sheet.max_column - 1)}: "
        "delete the empty rows and columns after the cases."
    )


def _untellable(sheet: Worksheet, shown: str) -> Iterator[str]:
    """What of a sheet would be read otherwise than it is seen."""
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        yield _too_large(sheet, shown)
        return
    merged = sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
    if merged:
        yield (
            f"{shown}: Cells are merged ({_some([str(one) for one in merged])}), and only the first of them holds anything: "
            "unmerge them (Home, Merge & Centre), and write into each cell what it says. Headings stand in one row."
        )


def _formulas(sheet: Worksheet) -> frozenset[str]:
    return frozenset(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


def _sheet(sheet: Worksheet, shown: str, part: Part | None, formulas: frozenset[str]) -> Sheet:
    unworked = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.coordinate in formulas and cell.value is None
    ]
    if unworked:
        raise AuditError(
            [
                f"{shown}: Formulas whose result is not stored ({_some(unworked)}): open the file in Excel and save it, or "
                "paste their values in place of them."
            ]
        )
    rows = (Row(number, tuple(cell.value for cell in row)) for number, row in enumerate(sheet.iter_rows(), 1))
    return Sheet(shown, tuple(rows), part)


_SHOWN = 6


def _some(names: Iterable[str]) -> str:
    every = list(names)
    return ", ".join(every[:_SHOWN]) + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")
