"""What makes two made cases one and the same: they differ in the age, or in a number of months, and in nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from thresholds.facts.declaring import Fact, Kind
from thresholds.facts.vocabulary import FACTS

_MONTHS = "months"
_SOME = "some"


def likeness(answers: Mapping[str, str | int]) -> frozenset[tuple[str, str | int]]:
    """What two cases share that a reader would call one: all but the age, and of months only whether there are any."""
    return frozenset(
        (name, _SOME if answer and _counts_months(FACTS[name]) else answer)
        for name, answer in answers.items()
        if FACTS[name].kind is not Kind.AGE
    )


def _counts_months(fact: Fact) -> bool:
    return fact.kind is Kind.COUNT and fact.unit == _MONTHS
