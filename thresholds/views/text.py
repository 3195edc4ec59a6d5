"""A page as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph

_NARROWEST = 40
_INDENT, _BETWEEN = "  ", "  "


def render(page: Page, width: int = 96) -> str:
    """The page as lines of at most `width` characters (40 at the least), without a line break at the end."""
    return "\n".join(_lines(page, max(width, _NARROWEST)))


def render_table(grid: Grid, width: int = 96) -> str:
    """A table by itself, with its caption."""
    return "\n".join(_block(replace(grid, in_columns=True), max(width, _NARROWEST)))


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
        before: Block | None = None
        for block in part.blocks:
            if before is not None and (_stands_apart(before) or _stands_apart(block)):
                yield ""
            yield from _block(block, width)
            before = block


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from _wrap(text, width)
        case Bullets(items):
            for item in items:
                yield from _wrap(item, width, "  - ", "    ")
        case Grid(in_columns=True) if fits := _columns(block, width):
            yield from fits
        case Grid(caption, columns, rows, in_columns):
            yield from _wrap(f"{caption}:", width) if in_columns else ()
            labels = max((len(column) for column in columns[1:]), default=0) + 2
            for first, *others in rows:
                yield from _wrap(first, width, "  - ", "    ")
                for column, cell in zip(columns[1:], others, strict=True):
                    if cell:
                        yield from _wrap(cell, width, f"      {column + ':':<{labels}}", " " * (labels + 6))


def _stands_apart(block: Block) -> bool:
    return isinstance(block, Grid) and block.in_columns


def _columns(grid: Grid, width: int) -> list[str]:
    """A table with its cells in columns; nothing where they do not fit into the width."""
    table = (grid.columns, *grid.rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) > width - len(_INDENT):
        return []
    lines = [
        _INDENT + _BETWEEN.join(cell.ljust(room) for cell, room in zip(row, widths, strict=True)).rstrip() for row in table
    ]
    rule = _INDENT + _BETWEEN.join("-" * room for room in widths)
    return [*_wrap(f"{grid.caption}:", width), lines[0], rule, *lines[1:]]


def _wrap(text: str, width: int, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False, break_long_words=False
    )
