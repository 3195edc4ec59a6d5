"""The exercises about the children of one home, seen together: where the home is the same and the rules' view is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from thresholds.exercises.exercise import Exercise
from thresholds.exercises.tier_said import TierSaid
from thresholds.households import HouseholdSuggestion
from thresholds.language.rules import RuleSet
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest


@dataclass(frozen=True)
class ChildOfHome:
    """One of the children: their exercise, and what the rules make of it at the beginning."""

    exercise: Exercise
    suggestion: Suggestion

    @property
    def tier(self) -> str:
        """What the rules say, in words."""
        return TierSaid.of(self.suggestion).words

    @property
    def could_be(self) -> str:
        """How far the tier could move with what is not known; empty where no range is given."""
        lowest, highest = self.suggestion.range
        if lowest is None:
            return ""
        return f"{lowest}" if lowest == highest else f"{lowest} to {highest}"

    @property
    def on_the_matrix(self) -> str:
        """Where the case stands on the domestic violence matrix, and whether that is raised for this child; else empty."""
        matrix = self.suggestion.dv
        if matrix is None or not matrix.scale_for_child:
            return ""
        if matrix.scale == matrix.scale_for_child:
            return f"scale {int(matrix.scale)}, not raised for this child"
        return f"scale {int(matrix.scale)}, raised to {int(matrix.scale_for_child)} for this child"

    @property
    def goes_to(self) -> tuple[str, ...]:
        """The panels and services that would take the case."""
        return tuple(dict.fromkeys(given.advice.panel or given.advice.text for given in self.suggestion.pathways))


@dataclass(frozen=True)
class HomeOfExercises:
    """A home of which two or more children have an exercise, in the order of the exercises."""

    children: tuple[ChildOfHome, ...]

    @cached_property
    def differences(self) -> tuple[str, ...]:
        """In what the rules' view of the children differs: tier, range, the raise of the matrix, where each goes, and by which
        rules; a sentence for each, and none for what is the same."""
        return tuple(self._differences())

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What else only shows when the children are seen together."""
        return HouseholdSuggestion(tuple(child.suggestion for child in self.children)).notes

    def _differences(self) -> Iterator[str]:
        yield from self._unlike("The tier differs", lambda child: child.tier)
        yield from self._unlike(
            "What the tier could be, with what is not known, differs", lambda child: child.could_be or "no range"
        )
        yield from self._unlike("The reading on the violence matrix differs", lambda child: child.on_the_matrix or "no scale")
        yield from self._unlike(
            "Where it goes differs", lambda child: " and ".join(child.goes_to) or "nowhere beyond universal services"
        )
        yield from self._unlike("The rules that count differ, beyond those that all of them share", self._of_this_child_alone)

    def _unlike(self, what: str, of: Callable[[ChildOfHome], str]) -> Iterator[str]:
        said = [of(child) for child in self.children]
        if len(set(said)) > 1:
            each = "; ".join(f"{child.exercise.title}: {one}" for child, one in zip(self.children, said, strict=True))
            yield f"{what}. {each}."

    def _of_this_child_alone(self, child: ChildOfHome) -> str:
        counting = [{reason.rule.id for reason in one.suggestion.reasons} for one in self.children]
        everywhere = set.intersection(*counting)
        alone = dict.fromkeys(reason.rule.title for reason in child.suggestion.reasons if reason.rule.id not in everywhere)
        return ", ".join(alone) or "nothing"


def households_of(exercises: Iterable[Exercise], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Mapping[str, HomeOfExercises]:
    """For the id of each exercise of a home of which there is another here, that home.

    It gives away what the rules say of every exercise that is given: a learner is shown it of those that they have answered.
    Raises as `suggest` does for a rule set.
    """
    homes: dict[str, list[ChildOfHome]] = {}
    for one in exercises:
        if one.household is not None:
            homes.setdefault(one.household, []).append(ChildOfHome(one, suggest(one.facts, rule_set)))
    found = [HomeOfExercises(tuple(children)) for children in homes.values() if len(children) > 1]
    return {child.exercise.id: home for home in found for child in home.children}
