"""A page as a piece of HTML: real headings, lists and tables, and nothing that only a colour says."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph

_STYLE = (
    "<style>.thresholds table { border-collapse: collapse } .thresholds caption { text-align: left; font-style: italic } "
    ".thresholds th, .thresholds td { border: 1px solid; padding: 0.3em 0.6em; text-align: left; vertical-align: top; "
    "white-space: normal }</style>"
)


def render(page: Page, level: int = 2) -> str:
    """The page as an `article` element, its title a heading of this level."""
    return "\n".join(_lines(page, level))


def document(*pages: Page, style: str = "") -> str:
    """A whole HTML document of these pages, in English. `style` is CSS of the library's own, for paper say."""
    title = escape(pages[0].title) if pages else ""
    articles = "\n".join(render(page, 1) for page in pages)
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>{title}</title>'
    if style:
        head += f"\n<style>{style}</style>"
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{head}\n</head>\n<body>\n{articles}\n</body>\n</html>'


def render_table(grid: Grid) -> str:
    """A table by itself, as a `div` element."""
    return "\n".join((f'<div class="thresholds">{_STYLE}', *_block(grid), "</div>"))


def _lines(page: Page, level: int) -> Iterator[str]:
    yield f'<article class="thresholds">{_STYLE}'
    yield f"<h{level}>{escape(page.title)}</h{level}>"
    for block in page.first:
        yield from _block(block)
    for part in page.parts:
        yield "<section>"
        yield f"<h{level + 1}>{escape(part.heading)}</h{level + 1}>"
        for block in part.blocks:
            yield from _block(block)
        yield "</section>"
    yield "</article>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, strong):
            yield f"<p><strong>{escape(text)}</strong></p>" if strong else f"<p>{escape(text)}</p>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{escape(item)}</li>" for item in items)
            yield "</ul>"
        case Grid(caption, columns, rows):
            yield "<table>"
            yield f"<caption>{escape(caption)}</caption>"
            heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
            yield f"<thead><tr>{heads}</tr></thead>"
            yield "<tbody>"
            for first, *others in rows:
                cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
                yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
            yield "</tbody>"
            yield "</table>"
