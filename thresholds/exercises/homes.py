"""The exercises about the children of one home, seen together: where the home is the same and the rules' view is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
        return tuple(dict.fromkeys(given.advice.place for given in self.suggestion.pathways))


@dataclass(frozen=True)
class HomeOfExercises:
    """A home of which two or more children have an exercise, in the order of the exercises."""

    children: tuple[ChildOfHome, ...]

    @cached_property
    def differences(self) -> tuple[str, ...]:
        """In what the rules' view of the children differs: the names of what is not the same for all of them."""
        aspects: Mapping[str, Callable[[ChildOfHome], object]] = {
            "the tier": lambda child: child.tier,
            "how far it could move with what is not known": lambda child: child.could_be,
            "the reading on the violence matrix": lambda child: child.on_the_matrix,
            "where it goes": lambda child: child.goes_to,
        }
        return tuple(name for name, of in aspects.items() if len(set(map(of, self.children))) > 1)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What else only shows when the children are seen together."""
        return HouseholdSuggestion(tuple(child.suggestion for child in self.children)).notes

    def counts_alone(self, child: ChildOfHome) -> tuple[str, ...]:
        """The titles of the rules that count for this child and not for every one of them."""
        counting = [{reason.rule.id for reason in one.suggestion.reasons} for one in self.children]
        everywhere = set.intersection(*counting)
        alone = (reason.rule.title for reason in child.suggestion.reasons if reason.rule.id not in everywhere)
        return tuple(dict.fromkeys(alone))


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
