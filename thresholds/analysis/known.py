"""What is known of a case, step by step: which steps are taken already, which may be, and what taking one means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from thresholds.analysis.routes import OfStep
from thresholds.analysis.steps import Step, Steps
from thresholds.analysis.ways import DONE, NO_WAY, Ways
from thresholds.facts.case import Case
from thresholds.facts.record import POSITIONS, RAISED_BY, impossible
from thresholds.facts.vocabulary import FACTS, Kind, Polarity
from thresholds.scales import EARLIEST_MONTHS, YesNo

Answers = Mapping[str, int]
"""Facts and the answers they are given, as the small integers of a record."""


class Standing(StrEnum):
    """How a fact stands that would have to be otherwise."""

    NOT_KNOWN = "not known"
    KNOWN_OTHERWISE = "known otherwise"
    OTHER_STAGE = "asked only at another stage"


@dataclass(frozen=True)
class Known:
    """The answers of one case, read for the analyses."""

    case: Case

    @cached_property
    def _values(self) -> Mapping[str, int | None]:
        return {name: self.case.__dict__[name] for name in FACTS}

    def value(self, fact: str) -> int | None:
        """The answer that was given, as a small integer; None where none was."""
        return self._values[fact]

    def read(self, fact: str) -> int | None:
        """The answer as it is read together with the others; None where it is truly not known."""
        return self.case.record[POSITIONS[fact]]

    def is_open(self, fact: str) -> bool:
        """Whether it is truly not known: neither given, nor answered by the child's stage or by an opening question."""
        return self.read(fact) is None

    def standing(self, fact: str) -> Standing:
        """How a fact stands that would have to be otherwise."""
        if self.is_open(fact):
            return Standing.NOT_KNOWN
        asked_here = self.case.stage is None or self.case.stage in FACTS[fact].stages
        return Standing.KNOWN_OTHERWISE if asked_here or self.value(fact) is not None else Standing.OTHER_STAGE

    def is_reached(self, step: Step) -> bool:
        """Whether the answer given reaches this level of harm; of a protection, whether it does not protect."""
        value = self.value(step.fact)
        match FACTS[step.fact].polarity:
            case Polarity.PROTECTIVE:
                return self.read(step.fact) != YesNo.YES
            case Polarity.AGE:
                return value is not None and value < step.level
            case _:
                return value is not None and value >= step.level

    def is_left(self, step: Step) -> bool:
        """Whether the answer given stays below this level of harm; of a protection, whether it is said to be there."""
        if FACTS[step.fact].polarity is Polarity.PROTECTIVE:
            return self.value(step.fact) == YesNo.YES
        return not self.is_reached(step)

    def towards_harm(self, steps: Steps, may: Callable[[str], bool]) -> OfStep:
        """What a step to more harm takes: nothing where it is taken, itself where the fact may be otherwise, else no way."""

        def step(one: Step) -> Ways:
            if self.is_reached(one):
                return DONE
            return (steps.worse[one],) if may(one.fact) else NO_WAY

        return step

    def away_from_harm(self, steps: Steps, may: Callable[[str], bool]) -> OfStep:
        """What each step to less harm takes, likewise."""

        def step(one: Step) -> Ways:
            if self.is_left(one):
                return DONE
            return (steps.better[one],) if may(one.fact) else NO_WAY

        return step

    def worse(self, steps: Iterable[Step]) -> Answers | None:
        """The answers that take these steps to more harm; None where no possible case could hold them.

        A risk behind an opening question that was answered no opens that question too.
        """
        answers: dict[str, int] = {}
        for fact, level in steps:
            gate = FACTS[fact].gate
            if gate is not None and fact in RAISED_BY[gate] and self.read(gate) == 0:
                answers[gate] = max(2 if FACTS[fact].kind is Kind.COUNT else level, answers.get(gate, 0))
            if fact != "age_months":
                answers[fact] = YesNo.NO if FACTS[fact].polarity is Polarity.PROTECTIVE else level
        under = next((level for fact, level in steps if fact == "age_months"), None)
        return answers if under is None else self._of_some_age(answers, range(under - 1, EARLIEST_MONTHS - 1, -1))

    def better(self, steps: Iterable[Step]) -> Answers | None:
        """The answers that take these steps to less harm; None where no possible case could hold them."""
        answers: dict[str, int] = {}
        for fact, level in steps:
            if fact == "age_months":
                answers[fact] = level
            else:
                answers[fact] = YesNo.YES if FACTS[fact].polarity is Polarity.PROTECTIVE else level - 1
        return None if impossible(self.with_answers(answers)) else answers

    def _of_some_age(self, answers: dict[str, int], ages: Iterable[int]) -> Answers | None:
        for months in ages:
            aged = {**answers, "age_months": months}
            if not impossible(self.with_answers(aged)):
                return aged
        return None

    def with_answers(self, answers: Answers) -> Mapping[str, int | None]:
        """The values of the case with these answers in the place of its own."""
        return {**self._values, **answers}
