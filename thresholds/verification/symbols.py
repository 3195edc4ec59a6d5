"""A case whose answers are a solver's unknowns, and the record that is made of it.

What cases are possible and how answers are read together is declared in `facts.record`, with each fact; here the same
declarations become formulas. It needs z3: install safeguarding-thresholds[verify].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from thresholds.facts.case import Case
from thresholds.facts.record import (
    CONTRADICTED,
    DISAGREEING,
    GATES,
    IMPOSSIBLE,
    RAISED_BY,
    RAISING,
    is_answered_by_gate,
    is_not_asked_at,
)
from thresholds.facts.vocabulary import FACTS, Fact, Polarity
from thresholds.scales import Answer, Stage, YesNo
from thresholds.verification.solver import z3

Formula = Any
"""A truth in the solver's terms, a `z3.BoolRef`: z3 does not say what its types are."""
Reaches = Callable[[int], Formula]
"""Whether a fact's number is at least this; 1 and more is *found*."""

AGE = "age_months"
NEVER, ALWAYS = z3.BoolVal(False), z3.BoolVal(True)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Every part is so; nothing is so of itself."""
    return z3.And(*found) if (found := list(parts)) else ALWAYS


def any_of(parts: Iterable[Formula]) -> Formula:
    """One part is so, or more."""
    return z3.Or(*found) if (found := list(parts)) else NEVER


def none_of(parts: Iterable[Formula]) -> Formula:
    """No part is so."""
    return z3.Not(any_of(parts))


class Entry(NamedTuple):
    """One fact: whether it is not known, and what its number reaches where it is."""

    is_open: Formula
    reaches: Reaches

    def is_exactly(self, number: int) -> Formula:
        """Known, and just this."""
        return z3.And(z3.Not(self.is_open), self.reaches(number), z3.Not(self.reaches(number + 1)))

    @property
    def is_found(self) -> Formula:
        """Known, and not no."""
        return self.reaches(1)

    @property
    def is_no(self) -> Formula:
        """Known, and no."""
        return z3.And(z3.Not(self.is_open), z3.Not(self.reaches(1)))


Entries = Mapping[str, Entry]


@dataclass(frozen=True)
class SymbolicCase:
    """What is known of one child, as unknowns of the solver; `name` keeps those of two cases apart."""

    name: str
    entries: Entries

    @classmethod
    def of(cls, name: str) -> SymbolicCase:
        """A case of which nothing is settled yet."""
        return cls(name, {fact.name: _unknown(name, fact) for fact in FACTS.values()})

    def possible(self) -> Iterator[Formula]:
        """What makes it a case that can be."""
        for name, fact in FACTS.items():
            entry = self.entries[name]
            if fact.words is None:
                number = _number(self.name, name)
                yield z3.And(number >= fact.lowest, number <= fact.highest)
            else:
                for less, more in pairwise(entry.reaches(int(word)) for word in fact.words):
                    yield z3.Implies(more, less)
        for name, is_so, _ in IMPOSSIBLE:
            both_known = none_of([self.entries[name].is_open, self.entries[AGE].is_open])
            yield z3.Not(z3.And(both_known, is_so(_number(self.name, name), _number(self.name, AGE))))

    def in_model(self, model: z3.ModelRef) -> dict[str, int]:
        """The answers that a model gives."""
        return {name: value for name in FACTS if (value := self._answer(model, name)) is not None}

    def _answer(self, model: z3.ModelRef, name: str) -> int | None:
        fact, entry = FACTS[name], self.entries[name]
        if z3.is_true(model.eval(entry.is_open, model_completion=True)):
            return None
        if fact.words is None:
            return int(model.eval(_number(self.name, name), model_completion=True).as_long())
        return max(int(word) for word in fact.words if z3.is_true(model.eval(entry.reaches(int(word)), model_completion=True)))


def _number(case: str, fact: str) -> z3.ArithRef:
    return z3.Int(f"{case}.{fact}")


def _unknown(case: str, fact: Fact) -> Entry:
    known = z3.Bool(f"{case}.{fact.name}.known")
    if fact.words is None:
        number = _number(case, fact.name)

        def counted(least: int) -> Formula:
            return z3.And(known, number >= least)

        return Entry(z3.Not(known), counted)
    least_of_all, *more = (int(word) for word in fact.words)
    levels = {level: z3.Bool(f"{case}.{fact.name}.{level}") for level in more}

    def answered(least: int) -> Formula:
        return known if least <= least_of_all else levels.get(least, NEVER)

    return Entry(z3.Not(known), answered)


def case_of(answers: Mapping[str, int]) -> Case:
    """The case of these answers. Raises as `Case` does, which would be a mistake here or in what is possible."""
    return Case(**{name: FACTS[name].written(value) for name, value in answers.items()})


def entry_of(fact: Fact, value: int | None) -> Entry:
    """An answer that is settled, None where it is not known."""
    return Entry(z3.BoolVal(value is None), lambda least: z3.BoolVal(value is not None and value >= least))


# The record.


def record_of(case: Entries) -> Entries:
    """The record of a case, as `facts.record.encode` makes it."""
    shut = {gate: _is_shut(case, gate) for gate in GATES}
    record = {name: _read(case, shut, fact) for name, fact in FACTS.items()}
    for gate, risks in RAISED_BY.items():
        if risks:
            record[gate] = _raised(record[gate], [(case[risk], RAISING[risk].is_sure) for risk in risks])
    for protection, risks in CONTRADICTED.items():
        _weigh(record, protection, risks)
    return record


def at_stage(case: Entries, stage: Stage) -> Formula:
    """The age is known, and is of this stage."""
    first, last = stage.months
    age = case[AGE]
    return z3.And(z3.Not(age.is_open), age.reaches(first), z3.Not(age.reaches(last + 1)))


def is_doubted(case: Entries, fact: Fact) -> Formula:
    """It is answered no, and what would establish the no is not so."""
    if fact.established_by is None:
        return NEVER
    return z3.And(case[fact.name].is_no, z3.Not(case[fact.established_by].is_exactly(YesNo.YES)))


def _is_shut(case: Entries, gate: str) -> Formula:
    """The opening question is answered no, which is established, and nothing behind it is found."""
    found = (case[risk].is_found for risk in RAISED_BY[gate])
    return z3.And(case[gate].is_no, z3.Not(is_doubted(case, FACTS[gate])), none_of(found))


def _read(case: Entries, shut: Mapping[str, Formula], fact: Fact) -> Entry:
    said = case[fact.name]
    answered = [at_stage(case, stage) for stage in Stage if is_not_asked_at(fact, stage)]
    if fact.gate is not None and is_answered_by_gate(fact):
        answered.append(shut[fact.gate])
    is_open = z3.Or(z3.And(said.is_open, none_of(answered)), is_doubted(case, fact))
    return Entry(is_open, said.reaches) if fact.name == AGE else _from_no_upwards(is_open, said.reaches)


def _raised(gate: Entry, risks: list[tuple[Entry, bool]]) -> Entry:
    """A gate is found where a risk behind it is, and as sure."""
    found = any_of(risk.is_found for risk, _ in risks)

    def reaches(least: int) -> Formula:
        if least > Answer.YES:
            return gate.reaches(least)
        behind = (risk.is_found if is_sure else risk.reaches(least) for risk, is_sure in risks)
        return z3.Or(gate.reaches(least), any_of(behind))

    return _from_no_upwards(z3.And(gate.is_open, z3.Not(found)), reaches)


def _weigh(record: dict[str, Entry], protection: str, risks: tuple[str, ...]) -> None:
    """A protection is set aside by what undoes it; else, where it is known, it says that nothing does."""
    undone = any_of(record[risk].is_found for risk in risks)
    record[protection] = _settled_as_no(record[protection], undone)
    for risk in risks:
        record[risk] = _settled_as_no(record[risk], record[protection].is_found)


def _settled_as_no(entry: Entry, when: Formula) -> Entry:
    return _from_no_upwards(z3.And(entry.is_open, z3.Not(when)), lambda least: z3.And(entry.reaches(least), z3.Not(when)))


def _from_no_upwards(is_open: Formula, reaches: Reaches) -> Entry:
    """What is known is at least no, whether somebody said so or it is answered by something else."""
    return Entry(is_open, cache(lambda least: reaches(least) if least >= 1 else z3.Not(is_open)))


def conflicts_in(case: Entries) -> Iterator[Formula]:
    """Each way in which answers do not go together, as `facts.record.conflicts` lists them."""
    for name, fact in FACTS.items():
        said = case[name]
        yield is_doubted(case, fact)
        if fact.gate is not None and fact.polarity is Polarity.RISK and fact.raises_gate:
            yield z3.And(said.is_found, case[fact.gate].is_no)
        for stage in Stage:
            if is_not_asked_at(fact, stage):
                yield z3.And(said.is_found, at_stage(case, stage))
        for risk in fact.contradicted_by:
            yield z3.And(said.is_found, case[risk].is_found)
    for disagreement in DISAGREEING:
        said_so = (case[name].is_exactly(value) for name, value in disagreement.said.items())
        found = any_of(case[name].is_found for name in disagreement.found if name not in disagreement.said)
        yield z3.And(*said_so, found)
