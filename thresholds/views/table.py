"""A table of one's own, shown as this library's answers are: in a notebook as HTML, else as text or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thresholds.views import html, markdown, text
from thresholds.views.page import Grid


@dataclass(frozen=True)
class Table:
    """A table with a caption, its columns named and each row headed by its first cell. Make one with `table`."""

    grid: Grid

    def text(self, width: int = 96) -> str:
        """The table as plain text, so many characters wide; in columns where they fit."""
        return text.render_table(self.grid, width)

    def markdown(self) -> str:
        """The table as Markdown."""
        return markdown.render_table(self.grid)

    def html(self) -> str:
        """The table as a piece of HTML, to be put into a page."""
        return html.render_table(self.grid)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, str]:
        return {"text/plain": self.text(), "text/html": self.html()}


def table(caption: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table. `caption` says what it shows, and each row has a cell for each column, written as `str` writes it.

    Raises `ValueError` with every row that has too few or too many cells, and every cell that is None: only whoever makes the
    table knows what None means there, and not known must not be read as no. No cell is repeated in the message.
    """
    named = tuple(columns)
    written = tuple(tuple(None if cell is None else str(cell) for cell in row) for row in rows)
    problems = []
    for number, row in enumerate(written, 1):
        if len(row) != len(named):
            problems.append(f"Row {number}: expected {len(named)} cells, one for each column, and there are {len(row)}.")
        problems += [
            f"Row {number}, column {place}: None is no cell; say in words what it means here."
            for place, cell in enumerate(row, 1)
            if cell is None
        ]
    if problems:
        raise ValueError("\n".join(problems))
    return Table(Grid(caption, named, tuple(tuple(cell or "" for cell in row) for row in written)))
