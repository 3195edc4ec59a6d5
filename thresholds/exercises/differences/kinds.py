"""The kinds of difference between a learner's view and the rules', in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thresholds.language.rules import Rule


class DifferenceKind(StrEnum):
    """A kind of difference; the first is none."""

    SAME_REASONS = "same_tier_same_reasons"
    OTHER_REASONS = "same_tier_other_reasons"
    FACT_MISSED = "fact_missed"
    FACT_READ_IN = "fact_read_in"
    UNKNOWN_AS_NO = "unknown_as_no"
    SUSPICION_AS_CERTAINTY = "suspicion_as_certainty"
    SUSPICION_AS_NOTHING = "suspicion_as_nothing"
    WEIGHED_OTHERWISE = "weighed_otherwise"
    MATRIX_NOT_APPLIED = "matrix_not_applied"
    AGE_NOT_APPLIED = "age_not_applied"
    TONE_AS_NEED = "tone_as_need"
    QUESTION_WOULD_SETTLE = "question_would_settle"

    @property
    def words(self) -> str:
        """The kind in a few words."""
        return _WORDS[self]


_WORDS = {
    DifferenceKind.SAME_REASONS: "The same tier for the same reasons",
    DifferenceKind.OTHER_REASONS: "The same tier for other reasons",
    DifferenceKind.FACT_MISSED: "A fact missed",
    DifferenceKind.FACT_READ_IN: "A fact read into the text",
    DifferenceKind.UNKNOWN_AS_NO: "What is not known read as no",
    DifferenceKind.SUSPICION_AS_CERTAINTY: "Suspicion read as certainty",
    DifferenceKind.SUSPICION_AS_NOTHING: "Suspicion read as nothing",
    DifferenceKind.WEIGHED_OTHERWISE: "The same facts weighed otherwise",
    DifferenceKind.MATRIX_NOT_APPLIED: "The domestic violence matrix not applied",
    DifferenceKind.AGE_NOT_APPLIED: "The reading by age not applied",
    DifferenceKind.TONE_AS_NEED: "The tone of the text read as the child's need",
    DifferenceKind.QUESTION_WOULD_SETTLE: "A question that would settle it",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference that was found, the facts and rules that it rests on, and what it is in a sentence or two.

    `accounts` says whether it accounts for the learner's tier: read so, the rules come to that tier too. Of the same tier it
    is true.
    """

    kind: DifferenceKind
    facts: tuple[str, ...]
    rules: tuple[Rule, ...]
    accounts: bool
    said: str
