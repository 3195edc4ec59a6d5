"""A case from made answers, where there can be one: possible, at one with itself, and no worry older than the child."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from thresholds.exercises.making.gainsaid import gainsays_itself
from thresholds.exercises.making.lived import is_older_than_the_child
from thresholds.facts.case import Case


def possible(answers: Mapping[str, str | int]) -> Case | None:
    """The case with these answers; None where it cannot be, or disagrees with itself."""
    return None if is_older_than_the_child(answers) else agreeing(answers)


def agreeing(answers: Mapping[str, str | int]) -> Case | None:
    """The case with these answers, whatever the age; None where it disagrees with itself."""
    if gainsays_itself(answers):
        return None
    try:
        case = Case(**answers)
    except ValidationError:
        return None
    return None if case.conflicts else case
