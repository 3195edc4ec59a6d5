"""What a rule can say: frozen conditions over facts and over outcomes already complete.

A condition here has no behaviour; `evaluation.reference` gives each its meaning. Facts are named, answers and scale values
are the small integers that a record holds.

Findings use `Found`, `Counted`, `YoungerThan`, `Reached`, `Includes`, `All`, `AnyOf` and `AtLeastOf` alone, so that more harm
can never make one of their conditions false. Advice may use every condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from thresholds.scales import Reading, Stage


@dataclass(frozen=True, slots=True)
class Found:
    """A risk that is suspected or known, or a protection that is known. `confirmed`: known only."""

    fact: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """At least so many are known of."""

    fact: str
    at_least: int


@dataclass(frozen=True, slots=True)
class YoungerThan:
    """The child is younger than so many months; so is every unborn child."""

    months: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A scale stands at this value or higher."""

    scale: str
    value: int


@dataclass(frozen=True, slots=True)
class Includes:
    """A set holds this member."""

    collection: str
    member: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part is so."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is so, or more."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """So many parts are so, or more."""

    number: int
    parts: tuple[Condition, ...]


# Advice alone may say the following.


class Comparison(StrEnum):
    """How two ordered values are compared."""

    AT_LEAST = ">="
    AT_MOST = "<="
    BELOW = "<"
    ABOVE = ">"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Answered:
    """A fact has one of these answers; None among them is *not known*."""

    fact: str
    answers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A known number compares so; false where it is not known."""

    fact: str
    comparison: Comparison
    number: int


@dataclass(frozen=True, slots=True)
class Stands:
    """A scale, in one of the readings, compares so."""

    scale: str
    reading: Reading
    comparison: Comparison
    value: int


@dataclass(frozen=True, slots=True)
class AtStage:
    """The child is at one of these stages; false where the age is not known."""

    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The lowest and the highest tier are the same."""


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not so."""

    part: Condition


Group = All | AnyOf | AtLeastOf
Leaf = Found | Counted | YoungerThan | Reached | Includes | Answered | Number | Stands | AtStage | Settled
Condition = Group | Leaf | Not


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """The conditions in this one that have no parts, in the order in which they are written."""
    match condition:
        case None:
            return
        case All(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def facts_read(condition: Condition | None) -> Iterator[str]:
    """The facts that this condition reads, age and stage as `age_months`; one may come more than once."""
    for leaf in leaves(condition):
        match leaf:
            case Found(fact) | Counted(fact) | Answered(fact) | Number(fact):
                yield fact
            case YoungerThan() | AtStage():
                yield "age_months"


def outcomes_read(condition: Condition | None) -> Iterator[str]:
    """The scales and sets that this condition reads; one may come more than once."""
    for leaf in leaves(condition):
        match leaf:
            case Reached(name) | Includes(name) | Stands(name):
                yield name
            case Settled():
                yield "tier"
