"""Mistakes in a rule file: where, in which rule, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where, in which rule ("" outside any), and a sentence."""

    place: Place
    rule: str
    message: str

    def __str__(self) -> str:
        rule = f"rule {self.rule}: " if self.rule else ""
        return f"{self.place}: {rule}{self.message}"


class RuleSetError(ValueError):
    """A rule set that cannot be used. `problems` holds every mistake found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, or some of the known ones where none is near."""
    names = list(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    shown = ", ".join(names[:_SHOWN])
    return f"known: {shown}" + (", ..." if len(names) > _SHOWN else "")


_SHOWN = 12


def similar_file(path: Path, ending: str = "") -> str:
    """A question, with a space before it, after the nearest name beside a file that is not there; empty where none is near.

    Only files with this ending are looked at.
    """
    try:
        hint = nearest(path.name, sorted(one.name for one in path.parent.glob(f"*{ending}")))
    except OSError:
        return ""
    return f" {hint[:1].upper()}{hint[1:]}" if hint.startswith("did") else ""
