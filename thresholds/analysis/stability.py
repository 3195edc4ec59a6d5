"""How steady a suggestion is: which single answers, if they were wrong, would change the tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from thresholds.analysis.steps import steps_of
from thresholds.facts.vocabulary import FACTS, Fact, Polarity
from thresholds.scales import ADULT_MONTHS, Stage, Tier
from thresholds.views.analysis_json import StabilityJson, stability_as_json
from thresholds.views.analysis_pages import stability_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion


@dataclass(frozen=True)
class Otherwise:
    """Another answer to a fact, and the tier there would be; None where there would be none."""

    value: str | int
    tier: Tier | None


@dataclass(frozen=True)
class Hinge:
    """A known fact on whose answer the tier turns: the answer that was given, and those that would change the tier."""

    fact: str
    value: str | int
    otherwise: tuple[Otherwise, ...]

    @property
    def about(self) -> Fact:
        """What the fact is."""
        return FACTS[self.fact]


@dataclass(frozen=True)
class Stability(Shown):
    """The known facts that would change the tier if each alone were wrong, of `of` that are known.

    Of a number or an age, only as many answers are tried as rules tell apart, each the nearest to the answer that was given.
    """

    suggestion: Suggestion
    hinges: tuple[Hinge, ...]
    of: int

    def to_dict(self) -> StabilityJson:
        """The answer as JSON holds it."""
        return stability_as_json(self)

    def page(self) -> Page:
        """The answer as a page."""
        return stability_page(self)


def stability(suggestion: Suggestion) -> Stability:
    """Which single known facts, if they were wrong, would change the suggested tier."""
    known = suggestion.case.known()
    hinges = tuple(
        Hinge(fact, value, otherwise) for fact, value in known.items() if (otherwise := tuple(_turning(suggestion, fact)))
    )
    return Stability(suggestion, hinges, len(known))


def _turning(suggestion: Suggestion, name: str) -> Iterator[Otherwise]:
    """The other answers to a fact that would change the tier; of those that lead to the same tier, the nearest."""
    fact, given = FACTS[name], suggestion.case.__dict__[name]
    tried: set[Tier | None] = {suggestion.tier}
    for value in sorted(_tellable(suggestion, fact), key=lambda value: (abs(value - given), value)):
        written = fact.written(value)
        if value == given or written is None:
            continue
        try:
            tier = suggestion.with_facts(**{name: written}).tier
        except ValidationError:
            continue  # a record that cannot be
        if tier not in tried:
            tried.add(tier)
            yield Otherwise(written, tier)


def _tellable(suggestion: Suggestion, fact: Fact) -> set[int]:
    """The answers that rules can tell from each other: every word; of numbers, both sides of each level asked for."""
    if fact.words is not None:
        return {int(word) for word in fact.words}
    levels = steps_of(suggestion.rule_set).levels.get(fact.name, ())
    sides = {side for level in levels for side in (level - 1, level)}
    if fact.polarity is Polarity.AGE:
        sides |= {ADULT_MONTHS, *(months for stage in Stage for months in stage.months)}
    return {value for value in (*sides, fact.lowest, fact.highest) if fact.lowest <= value <= fact.highest}
