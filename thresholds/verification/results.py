"""What was found out about a rule set: each property with its verdict, and cases that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thresholds.facts.case import Case


class Verdict(StrEnum):
    """What became of a property."""

    PROVED = "proved"
    NOTED = "proved, with notes"
    REFUTED = "refuted"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A possible case that breaks a property, as the interpreter gives it too; and the case it is compared with, if any.

    `shows` says what breaks.
    """

    case: Case
    other: Case | None
    shows: str


@dataclass(frozen=True, slots=True)
class Result:
    """A property in a sentence, its verdict, what it was looked at over, and what is to be said beside it.

    `seconds` is how long it took.
    """

    id: str
    sentence: str
    verdict: Verdict
    over: str
    notes: tuple[str, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    seconds: float = 0.0


class SolverUnavailableError(ImportError):
    """The solver is not installed; the message says what to do."""


class TranslationError(AssertionError):
    """The solver shows a case in which the interpreter finds nothing wrong: a mistake of this library, not of the rules."""
