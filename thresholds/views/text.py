"""A page as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph

_NARROWEST = 40


def render(page: Page, width: int = 96) -> str:
    """The page as lines of at most `width` characters (40 at the least), without a line break at the end."""
    return "\n".join(_lines(page, max(width, _NARROWEST)))


def render_table(grid: Grid, width: int = 96) -> str:
    """A table by itself: its caption, then its rows as on a page."""
    return "\n".join((*_wrap(grid.caption, width), *_block(grid, max(width, _NARROWEST))))


def _lines(page: Page, width: int) -> Iterator[str]:
    yield from _wrap(page.title, width)
    yield "=" * min(len(page.title), width)
    for block in page.first:
        yield from _block(block, width)
        yield ""
    for number, part in enumerate(page.parts):
        if number or not page.first:
            yield ""
        yield from _wrap(part.heading.upper(), width)
        for block in part.blocks:
            yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from _wrap(text, width)
        case Bullets(items):
            for item in items:
                yield from _wrap(item, width, "  - ", "    ")
        case Grid(_, columns, rows):
            labels = max((len(column) for column in columns[1:]), default=0) + 2
            for first, *others in rows:
                yield from _wrap(first, width, "  - ", "    ")
                for column, cell in zip(columns[1:], others, strict=True):
                    if cell:
                        yield from _wrap(cell, width, f"      {column + ':':<{labels}}", " " * (labels + 6))


def _wrap(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False, break_long_words=False
    )
