"""Text that may be shown in a terminal and kept in a file: nothing in it moves a cursor, and no character is a half."""

from __future__ import annotations

import unicodedata

_NOT_SHOWN = ("Cc", "Cs")
"""The kinds of character that are no text: controls (escape and its like), and halves of a character."""
_LINES = "\n\t"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that are not seen and turn the order in which others are read."""
INSTEAD = "\N{REPLACEMENT CHARACTER}"


def is_plain(text: str) -> bool:
    """Whether every character may be shown and kept; line breaks and tabs may."""
    return all(one in _LINES or not (one in _TURNING or unicodedata.category(one) in _NOT_SHOWN) for one in text)


def plain(text: str) -> str:
    """The text with a mark in the place of each character that may not be shown."""
    if is_plain(text):
        return text
    return "".join(one if is_plain(one) else INSTEAD for one in text)
