"""How long a child has lived, or been expected, so that no worry is told that is older than the child."""

from __future__ import annotations

from collections.abc import Mapping

_PREGNANCY = 9
"""So many months, before which there is nobody to worry about."""
_WORRY = "months_of_concern"


def months_lived(age_months: int) -> int:
    """How many whole months old the child is, or the pregnancy where the child is not born; never below 0."""
    return age_months if age_months >= 0 else max(0, _PREGNANCY + age_months)


def is_older_than_the_child(answers: Mapping[str, str | int]) -> bool:
    """Whether months of worry are told that the child, or the pregnancy, has not lasted; never where the age is not known."""
    if "age_months" not in answers:
        return False
    return int(answers.get(_WORRY, 0)) > months_lived(int(answers["age_months"]))
