"""How the sheets for a room are printed: CSS for paper, with room to write in, or to be read."""

from __future__ import annotations

PAPER = (
    "@page { margin: 15mm } body { font: 10.5pt/1.35 sans-serif; max-width: 60em } "
    "h1 { font-size: 1.5em } h2 { font-size: 1.15em } "
    "article { break-after: page } article:last-of-type { break-after: auto } "
    "section:last-of-type { break-inside: avoid } table { width: 100% } "
    "td { overflow-wrap: anywhere; min-width: 5.5em } "
    "tr, caption, li { break-inside: avoid } h1, h2 { break-after: avoid } "
    "p:has(+ table), p:has(+ ul) { break-after: avoid } "
    "caption, thead { break-after: avoid } tbody tr:first-child { break-before: avoid }"
)
"""Each page begins on a sheet of its own, and no heading or lead is parted from what it leads to."""
ROOM_TO_WRITE = (
    "th[scope=row] { width: 32%; font-weight: normal } td:empty { height: 4.5em } tr:first-child td:empty { height: 2.5em } "
    "article:first-of-type section:last-of-type ul { columns: 2; column-gap: 3em }"
)
"""Rows that can be written in, and the places that can be named in columns."""
TO_READ = (
    "@page { margin: 12mm } body { font-size: 9.5pt; line-height: 1.25 } h2 { margin: 0.8em 0 0.3em } "
    "p, ul { margin: 0.3em 0 } section:last-of-type { break-inside: auto } "
    "article.thresholds th, article.thresholds td { padding: 0.15em 0.4em }"
)
"""As much on a page as can be read at a table: nobody writes on it."""
