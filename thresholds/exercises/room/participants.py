"""The numbers by which those who take part are known: a letter or two and a number, never a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL = 30
"""Below so many, a group is called small on every page: one person more or less moves a figure much."""
PARTICIPANT_EXPECTED = "Expected a letter or two and a number: write p01, p02 and so on; never a name."
_WRITTEN = re.compile(r"([A-Za-z]{1,2})\s*0*([0-9]{1,4})")


def participant(typed: str) -> str | None:
    """The one form of what was written: "p01" of p01, P01, p1 and "P 1". None where it is no letter or two and a number."""
    found = _WRITTEN.fullmatch(typed.strip())
    return None if found is None else numbered(int(found[2]), found[1].lower())


def numbered(number: int, letters: str = "p") -> str:
    """The participant of this number, as it is written on every page."""
    return f"{letters}{number:02}"


def missing_numbers(taking_part: Iterable[str]) -> tuple[str, ...]:
    """Who is missing in a run of numbers: p07 beside p01 to p12. Numbers begin at 1, as on the form for the answers.

    Where more are missing than there are, the numbers are no run, and nobody is.
    """
    numbers: dict[str, set[int]] = {}
    for one in taking_part:
        letters, number = _parted(one)
        numbers.setdefault(letters, set()).add(number)
    missing = {letters: sorted(set(range(1, max(there) + 1)) - there) for letters, there in numbers.items()}
    return tuple(
        numbered(number, letters)
        for letters, there in numbers.items()
        if len(missing[letters]) < len(there)
        for number in missing[letters]
    )


def _parted(one: str) -> tuple[str, int]:
    letters = one.rstrip("0123456789")
    return letters, int(one.removeprefix(letters))
