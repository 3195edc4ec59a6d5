"""A page: headings, paragraphs, lists and tables, before it is text, Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. `strong` for what has to be read first."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it shows, its columns, and its rows, each headed by its first cell.

    As plain text, each row is its first cell with the other cells below it, those that are empty left out. With `in_columns`,
    the caption is printed too, and cells stand in columns where these fit into the width.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    in_columns: bool = False


Block = Paragraph | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page under a heading."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, what stands first, and its parts in order."""

    title: str
    first: tuple[Block, ...]
    parts: tuple[Part, ...]


def part(heading: str, *blocks: Block | None) -> Part | None:
    """A part with these blocks; None where none of them holds anything."""
    held = tuple(block for block in blocks if block is not None and _holds_something(block))
    return Part(heading, held) if held else None


def page(title: str, first: tuple[Block | None, ...], parts: tuple[Part | None, ...]) -> Page:
    """A page of those blocks and parts that hold something."""
    held = tuple(block for block in first if block is not None and _holds_something(block))
    return Page(title, held, tuple(one for one in parts if one is not None))


def _holds_something(block: Block) -> bool:
    match block:
        case Paragraph(text):
            return bool(text)
        case Bullets(items):
            return bool(items)
        case Grid(rows=rows):
            return bool(rows)
