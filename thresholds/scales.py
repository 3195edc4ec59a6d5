"""The ordered scales and closed answers that everything else is written in.

Each is a small integer that is written as a word: `Answer.SUSPECTED` is 1 to an evaluator and "suspected" on the page.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Word(IntEnum):
    """A small integer that is written as a word."""

    @property
    def word(self) -> str:
        """The value as it is written in a case file, in a rule and on a page."""
        return self.name.lower()

    def __str__(self) -> str:
        return self.word

    def __format__(self, spec: str) -> str:
        return format(self.word, spec)


class Answer(Word):
    """The answer to a question about risk. Not known is `None`, and is not an answer."""

    NO = 0
    SUSPECTED = 1
    YES = 2


class YesNo(Word):
    """The answer where "suspected" makes no sense: something that protects, or how the work was done."""

    NO = 0
    YES = 1


class Stage(Word):
    """A child's stage of development: when a question is asked, and how an unanswered one is read."""

    UNBORN = 0
    INFANT = 1
    EARLY_YEARS = 2
    PRIMARY = 3
    ADOLESCENT = 4
    OLDER_ADOLESCENT = 5

    @property
    def label(self) -> str:
        """The stage as it is printed: "early years (1 to 4)"."""
        return _STAGE_LABELS[self]

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last age of this stage, in months."""
        return _STARTS[self], (*_STARTS, ADULT_MONTHS)[self + 1] - 1

    @classmethod
    def at(cls, age_months: int | None) -> Stage | None:
        """The stage at this age in months, negative before birth; None where the age is not known, or is 18 or over."""
        return None if age_months is None else _STAGE_AT.get(age_months)


EARLIEST_MONTHS = -10
ADULT_MONTHS = 216
_STARTS = (EARLIEST_MONTHS, 0, 12, 60, 132, 192)
_STAGE_AT = {age: stage for stage in Stage for age in range(stage.months[0], stage.months[1] + 1)}
_STAGE_LABELS = {
    Stage.UNBORN: "unborn",
    Stage.INFANT: "infant (under 1)",
    Stage.EARLY_YEARS: "early years (1 to 4)",
    Stage.PRIMARY: "primary (5 to 10)",
    Stage.ADOLESCENT: "adolescent (11 to 15)",
    Stage.OLDER_ADOLESCENT: "older adolescent (16 and 17)",
}


class Tier(Word):
    """A tier of the Hackney Child Wellbeing Model, in order of need."""

    ONE = 0
    TWO_A = 1
    TWO_B = 2
    THREE = 3

    @property
    def word(self) -> str:
        """The tier as the model writes it: "1", "2A", "2B" or "3"."""
        return ("1", "2A", "2B", "3")[self]


class DvScale(Word):
    """A scale of the Barnardo's domestic violence matrix; NONE where nothing is known that the matrix would count."""

    NONE = 0
    MODERATE = 1
    MODERATE_TO_SERIOUS = 2
    SERIOUS = 3
    SEVERE = 4

    @property
    def label(self) -> str:
        """The scale as it is printed: "3 (serious)"."""
        return f"{int(self)} ({self.word.replace('_', ' ')})" if self else "none"


class Status(StrEnum):
    """What a suggestion is: the first thing to read of it."""

    ACT_FIRST = "act_first"
    NOT_FOR_THIS_TOOL = "not_for_this_tool"
    TOO_LITTLE_KNOWN = "too_little_known"
    AT_LEAST = "at_least"
    SETTLED = "settled"


class Basis(StrEnum):
    """How sure the source of a rule is."""

    HACKNEY = "hackney"
    DVRIM = "dvrim"
    LAW = "law"
    OTHER_BOARD = "other-board"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        """The basis in words for a page."""
        return _BASIS_LABELS[self]

    @property
    def mark(self) -> str:
        """The basis in a word or two, to stand beside a source."""
        return _BASIS_MARKS[self]


_BASIS_LABELS = {
    Basis.HACKNEY: "Hackney's own model or the 2011 report",
    Basis.DVRIM: "seen in the Barnardo's matrix",
    Basis.LAW: "the law in England, as guidance quotes it",
    Basis.OTHER_BOARD: "another board's published threshold, not Hackney's",
    Basis.PRACTICE: "general professional knowledge: confirm locally",
}
_BASIS_MARKS = {
    Basis.HACKNEY: "Hackney's own",
    Basis.DVRIM: "seen in the matrix",
    Basis.LAW: "law",
    Basis.OTHER_BOARD: "another board's",
    Basis.PRACTICE: "practice: confirm locally",
}


class Reading(StrEnum):
    """The four ways in which the unknown facts of a case are completed."""

    SUGGESTED = "suggested"
    LOWEST = "lowest"
    HIGHEST = "highest"
    CONFIRMED = "confirmed"
