"""What an evaluation gives, and what every evaluator offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, Self

from thresholds.facts.record import Record
from thresholds.scales import Reading

Outcomes = tuple[int, ...]
"""One integer for each outcome of a rule set, in its order: the position of a scale's value, or a bit for each member."""


class Findings(NamedTuple):
    """What the findings of a rule set make of a record in one reading.

    Rules are named by their position, in the order in which they were evaluated: a rule after those it waits for.
    """

    outcomes: Outcomes
    counting: tuple[int, ...]
    tempered: tuple[int, ...]


class Evaluation(NamedTuple):
    """The record of one evaluation. Every reason that is ever given comes from this.

    `counting` are the rules that count in the suggested reading, `tempered` those that would but for their exception, and
    `confirmed_counting` those that count on confirmed facts alone; then the outcomes of each reading, and the suggested
    ones had no rule marked "may" counted. Rules are named and ordered as in `Findings`.
    """

    record: Record
    counting: tuple[int, ...]
    tempered: tuple[int, ...]
    confirmed_counting: tuple[int, ...]
    suggested: Outcomes
    lowest: Outcomes
    highest: Outcomes
    confirmed: Outcomes
    without_discretion: Outcomes

    @classmethod
    def of(cls, record: Record, found: Mapping[Reading, Findings], without_discretion: Outcomes) -> Self:
        """The evaluation of a record that comes to these findings in each reading."""
        suggested, confirmed = found[Reading.SUGGESTED], found[Reading.CONFIRMED]
        return cls(
            record=record,
            counting=suggested.counting,
            tempered=suggested.tempered,
            confirmed_counting=confirmed.counting,
            suggested=suggested.outcomes,
            lowest=found[Reading.LOWEST].outcomes,
            highest=found[Reading.HIGHEST].outcomes,
            confirmed=confirmed.outcomes,
            without_discretion=without_discretion,
        )

    def outcomes(self, reading: Reading) -> Outcomes:
        """The outcomes of one reading."""
        return (self.suggested, self.lowest, self.highest, self.confirmed)[_READINGS[reading]]


_READINGS = {reading: position for position, reading in enumerate(Reading)}


class Evaluator(Protocol):
    """A rule set made ready to be evaluated, in whichever way."""

    def evaluate(self, record: Record) -> Evaluation:
        """The findings of a record, in all four readings."""

    def find(self, record: Record, reading: Reading) -> Findings:
        """The findings of a record in one reading, with the rules that count in it."""

    def advise(self, evaluation: Evaluation) -> tuple[int, ...]:
        """The advice rules that hold, by their position in `RuleSet.current_advice`."""
