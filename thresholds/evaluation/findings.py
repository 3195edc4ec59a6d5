"""What an evaluation gives, whichever evaluator made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thresholds.facts.record import Record
from thresholds.scales import Reading

Outcomes = tuple[int, ...]
"""One integer for each outcome of a rule set, in its order: the position of a scale's value, or a bit for each member."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the findings of a rule set make of a record in one reading; rules are named by their position."""

    outcomes: Outcomes
    counting: tuple[int, ...]
    tempered: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The record of one evaluation. Every reason that is ever given comes from this.

    `counting` and `tempered` are the rules that count, and those whose exception holds, in the suggested reading;
    `outcomes` are those of all four; `without_discretion` are the suggested ones if no rule marked "may" counted; `advice`
    are the rules of `RuleSet.current_advice` that hold.
    """

    record: Record
    counting: tuple[int, ...]
    tempered: tuple[int, ...]
    outcomes: Mapping[Reading, Outcomes]
    without_discretion: Outcomes
    advice: tuple[int, ...]
