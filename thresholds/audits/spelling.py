"""What people write in several ways and mean alike: one word in other capitals and spaces, and that something is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

NOT_KNOWN: tuple[str, ...] = ("unknown", "not_known", "n/k", "nk")
"""How people write that something is not known; an empty cell says the same."""

Place = TypeVar("Place")


def as_key(text: str) -> str:
    """A word or a heading without what people write differently: capitals, spaces, underscores and hyphens."""
    return re.sub(r"[\s_\-]+", "_", text.strip().casefold()).strip("_")


def says_not_known(text: str) -> bool:
    """Whether these words say that something is not known."""
    return as_key(text) in NOT_KNOWN


@dataclass
class Spellings(Generic[Place]):
    """How each word was first written, and where: what differs from it in its capitals or spaces alone is the same word."""

    first: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def otherwise(self, word: str, place: Place) -> tuple[str, Place] | None:
        """How and where this word was first written, where that was otherwise; None where it is new, or was written alike."""
        first = self.first.setdefault(" ".join(word.casefold().split()), (word, place))
        return None if first[0] == word else first


def one_person(first: str) -> str:
    """What is wrong with the key of an auditor that was first written otherwise, as `first`."""
    return (
        f"This differs from the auditor {first} in its capitals alone, and one person would count as two: write the key alike "
        "everywhere, or give two people keys that differ in more."
    )


ONE_GROUP = "cases would be parted into two groups that mean the same. Write it alike everywhere."
"""What follows where a value of an own column is written in several ways."""
