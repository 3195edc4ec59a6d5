"""CSV that somebody gives: decoded, its delimiter found, and read strictly: no quotation mark left open hides a line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

_DELIMITERS = ",;\t"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""With which a workbook begins as spreadsheets kept them up to 2003 (.xls)."""
_WORKBOOKS = (b"PK\x03\x04", OLD_WORKBOOK)
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')


class CsvError(Exception):
    """CSV that cannot be read, in a sentence that holds none of it.

    `row` counts as a spreadsheet does, from 1. `line` is that of the file, and where a quotation mark is the trouble, that on
    which it opens. Both are None where the file is no text.
    """

    def __init__(self, message: str, row: int | None = None, line: int | None = None) -> None:
        self.row, self.line = row, line
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row: its number as a spreadsheet counts, from 1; the line of the file on which it begins; and its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The rows of a CSV, the empty ones too, and what stands between their cells."""

    rows: tuple[CsvRow, ...]
    delimiter: str


def is_workbook(data: bytes) -> bool:
    """Whether this is an Excel workbook and no CSV, whatever its name."""
    return data.startswith(_WORKBOOKS)


def csv_decoded(data: bytes) -> str:
    """CSV as text. Raises `CsvError` where it is not UTF-8, with what it looks like and how to save it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        found = "it looks like UTF-16, which Excel calls Unicode Text"
    else:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found = "it looks like Windows-1252, in which Excel writes a plain CSV"
    raise CsvError(f'This is not text in UTF-8; {found}: save it as "CSV UTF-8 (comma delimited)".')


def csv_table(text: str, what: str) -> CsvTable:
    """The rows of a CSV whose cells stand between commas, semicolons or tabs, or as `sep=;` in its first line says.

    `what` is what is read, as "an audit". Raises `CsvError`.
    """
    delimiter, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[CsvRow] = []
    line = 1
    try:
        for number, cells in enumerate(reader, 1):
            if number > skipped:
                rows.append(CsvRow(number, line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"This is not CSV that can be read: {_in_words(error, what)}"
        raise CsvError(message, len(rows) + skipped + 1, _line_of_opening(text, delimiter) or line) from None
    return CsvTable(tuple(rows), delimiter)


def line_breaks(text: str) -> int:
    """How many line breaks there are in a text, however they are written."""
    return len(_LINE_BREAK.findall(text))


def _in_words(error: csv.Error, what: str) -> str:
    if "field limit" in str(error):
        return (
            f"a cell is longer than {csv.field_size_limit():,} characters, and no cell of {what} is. Shorten it; or, where "
            "none is that long, look for a quotation mark that is not closed."
        )
    return f"{error}. Look for a quotation mark that is not closed."


def _delimiter(text: str) -> tuple[str, int]:
    """What stands between the cells, and how many rows of Excel's own (`sep=;`) to pass over."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first.rstrip()) == len("sep=;"):
        return first.rstrip()[-1], 1
    return max(_DELIMITERS, key=lambda one: _cells(first, one)), 0


def _cells(line: str, delimiter: str) -> int:
    """How many cells a line has with this between them; 0 where it cannot be read so, which is told when it is."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def _line_of_opening(text: str, delimiter: str) -> int | None:
    """The line on which the first quoted cell begins that does not end as a cell has to; None where every one does."""
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    at = 0
    while at < len(text):
        cell = _QUOTED.match(text, at) if text[at] == '"' else plain.match(text, at)
        if cell is None or text[cell.end() : cell.end() + 1] not in ("", delimiter, "\r", "\n"):
            return line_breaks(text[:at]) + 1
        at = cell.end() + 1
    return None
