"""A page as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph

_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~]|(?<!\w)_|_(?!\w))")  # an underscore inside a word is a letter like others


def render(page: Page, level: int = 1) -> str:
    """The page as Markdown, its title a heading of this level; it ends with a line break."""
    return "\n".join(_lines(page, level)) + "\n"


def render_table(grid: Grid) -> str:
    """A table by itself as Markdown; it ends with a line break."""
    return "\n".join(_block(grid)) + "\n"


def _lines(page: Page, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escape(page.title)}"
    for block in page.first:
        yield ""
        yield from _block(block)
    for part in page.parts:
        yield ""
        yield f"{'#' * (level + 1)} {_escape(part.heading)}"
        for block in part.blocks:
            yield ""
            yield from _block(block, part.heading)


def _block(block: Block, heading: str = "") -> Iterator[str]:
    match block:
        case Paragraph(text, strong):
            yield f"**{_escape(text)}**" if strong else _escape(text)
        case Bullets(items):
            yield from (f"- {_escape(item)}" for item in items)
        case Grid(caption, columns, rows):
            if caption != heading:
                yield f"*{_escape(caption)}*"
                yield ""
            yield _row([_escape(column) for column in columns])
            yield _row(["---"] * len(columns))
            yield from (_row([_escape(cell) for cell in row]) for row in rows)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
