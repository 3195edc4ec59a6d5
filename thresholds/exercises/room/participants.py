"""The numbers by which those who take part are known: a letter or two and a number, never a name."""

from __future__ import annotations

import re

PARTICIPANT_EXPECTED = "Expected a letter or two and a number: write p01, p02 and so on; never a name."
_WRITTEN = re.compile(r"([A-Za-z]{1,2})\s*0*([0-9]{1,4})")


def participant(typed: str) -> str | None:
    """The one form of what was written: "p01" of p01, P01, p1 and "P 1". None where it is no letter or two and a number."""
    found = _WRITTEN.fullmatch(typed.strip())
    return None if found is None else numbered(int(found[2]), found[1].lower())


def numbered(number: int, letters: str = "p") -> str:
    """The participant of this number, as it is written on every page."""
    return f"{letters}{number:02}"
