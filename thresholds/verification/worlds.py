"""What a law speaks of: a possible case, and often a second record that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from thresholds.facts.case import Case
from thresholds.facts.record import ESTABLISHING, GATES, POSITIONS, Record, encode
from thresholds.facts.vocabulary import FACTS, Fact, Polarity
from thresholds.language.rules import RuleSet
from thresholds.scales import Reading, YesNo
from thresholds.verification.meaning import SymbolicFindings, completed, most
from thresholds.verification.solver import z3
from thresholds.verification.symbols import (
    AGE,
    NEVER,
    Entries,
    Entry,
    Formula,
    SymbolicCase,
    any_of,
    case_of,
    conflicts_in,
    entry_of,
    none_of,
    record_of,
)

Answers = dict[str, int]

LONGEST_MS = 30_000
"""How long the solver may think about one question, in milliseconds, before it is said to be not decided."""


@dataclass(frozen=True)
class Second:
    """A second record: what ties it to the first, and how it is read from a model with the answers of the first case.

    `case` is the case whose record it is, where there is one.
    """

    record: Entries
    must: tuple[Formula, ...]
    read: Callable[[Any, Answers], tuple[Answers | None, Record]]
    case: SymbolicCase | None = None


Follows = Callable[[SymbolicCase, Entries], Second]


class View(NamedTuple):
    """One record (0 the first, 1 the second), as one rule set finds in one reading."""

    which: int
    reading: Reading
    rule_set: RuleSet


class InModel(NamedTuple):
    """What a model shows: the answers of each case, None where a record is no case's; and each record."""

    answers: tuple[Answers | None, ...]
    records: tuple[Record, ...]


class World:
    """All that is possible: one case, and the second record that `follows` from it, if any."""

    def __init__(self, follows: Follows | None = None) -> None:
        self.case = SymbolicCase.of("one")
        self.record = record_of(self.case.entries)
        self.second = follows(self.case, self.record) if follows else None
        self._findings: dict[View, SymbolicFindings] = {}

    def findings(self, view: View) -> SymbolicFindings:
        """What is found, in formulas; worked out once."""
        if view not in self._findings:
            record = self.record if view.which == 0 or self.second is None else self.second.record
            self._findings[view] = SymbolicFindings(view.rule_set, record, view.reading)
        return self._findings[view]

    def solver(self) -> Any:
        """A solver that knows what is possible."""
        solver = z3.Solver()
        solver.set("timeout", LONGEST_MS)
        solver.add(*self.case.possible())
        if self.second is not None:
            solver.add(*self.second.must)
        return solver

    def shown(self, solver: Any, *assumed: Formula) -> InModel:
        """A model of a solver that has found one: where that can be, of answers that agree; with as few known as may be."""
        agreeing = [*assumed, *(none_of(conflicts_in(case.entries)) for case in self._cases())]
        sought = agreeing if solver.check(*agreeing) == z3.sat else list(assumed)
        unknown = self._opened(solver, sought, tuple(FACTS))
        solver.check(*unknown)
        return self.read(solver.model())

    def _opened(self, solver: Any, assumed: list[Formula], facts: tuple[str, ...]) -> list[Formula]:
        """What is assumed, and of these facts that as many as may be are not known: all of them, or else by halves."""
        more = [*assumed, *(case.entries[name].is_open for name in facts for case in self._cases())]
        if solver.check(*more) == z3.sat:
            return more
        if len(facts) == 1:
            return assumed
        half = len(facts) // 2
        return self._opened(solver, self._opened(solver, assumed, facts[:half]), facts[half:])

    def case_in(self, model: Any) -> Case:
        """The first case as a model has it."""
        return case_of(self.case.in_model(model))

    def read(self, model: Any) -> InModel:
        """What a model shows."""
        answers = self.case.in_model(model)
        record = encode(answers)
        if self.second is None:
            return InModel((answers,), (record,))
        other, other_record = self.second.read(model, answers)
        return InModel((answers, other), (record, other_record))

    def _cases(self) -> Iterator[SymbolicCase]:
        yield self.case
        if self.second is not None and self.second.case is not None:
            yield self.second.case


# How a second case follows from the first.


def _another(ties: Callable[[SymbolicCase, SymbolicCase], Iterable[Formula]]) -> Follows:
    """Another possible case, tied to the first fact by fact."""

    def follows(one: SymbolicCase, record: Entries) -> Second:
        other = SymbolicCase.of("other")

        def read(model: Any, answers: Answers) -> tuple[Answers, Record]:
            found = other.in_model(model)
            return found, encode(found)

        return Second(record_of(other.entries), (*other.possible(), *ties(one, other)), read, other)

    return follows


def _each(tie: Callable[[Fact, Entry, Entry], Formula]) -> Callable[[SymbolicCase, SymbolicCase], Iterator[Formula]]:
    def ties(one: SymbolicCase, other: SymbolicCase) -> Iterator[Formula]:
        for name, fact in FACTS.items():
            yield tie(fact, one.entries[name], other.entries[name])

    return ties


def _numbers(fact: Fact) -> range:
    """All that can be asked of a fact's number."""
    least = fact.lowest if fact.words is None else min(int(word) for word in fact.words)
    return range(least, most(fact) + 1)


def _same(fact: Fact, one: Entry, other: Entry) -> Formula:
    return z3.And(one.is_open == other.is_open, *(one.reaches(n) == other.reaches(n) for n in _numbers(fact)))


def _same_if_known(fact: Fact, one: Entry, other: Entry) -> Formula:
    return z3.Or(one.is_open, _same(fact, one, other))


def _never_less(fact: Fact, one: Entry, other: Entry) -> Formula:
    return z3.And(*(z3.Implies(one.reaches(n), other.reaches(n)) for n in _numbers(fact)))


def _more(polarity: Polarity, known_before: bool) -> Follows:
    """More harm, or more protection: what is found becomes no less, and what was not known, or no, may be found."""

    def tie(fact: Fact, one: Entry, other: Entry) -> Formula:
        if fact.polarity is not polarity:
            return _same(fact, one, other)
        more = z3.And(other.is_found, _never_less(fact, one, other))
        if known_before:
            more = z3.And(more, z3.Not(one.is_open))
        return z3.Or(_same(fact, one, other), more)

    return _another(_each(tie))


more_harm = _more(Polarity.RISK, known_before=False)
more_known_harm = _more(Polarity.RISK, known_before=True)
more_protection = _more(Polarity.PROTECTIVE, known_before=False)
more_known_protection = _more(Polarity.PROTECTIVE, known_before=True)


def _other_context(kept: frozenset[str]) -> Follows:
    """Whatever is said of the referral and of choices; but for `kept`, which stay as they are."""

    def tie(fact: Fact, one: Entry, other: Entry) -> Formula:
        is_free = fact.polarity is Polarity.CONTEXT and fact.name not in kept
        return z3.BoolVal(True) if is_free else _same(fact, one, other)

    return _another(_each(tie))


other_context = _other_context(frozenset())
other_context_that_answers_nothing = _other_context(frozenset({*ESTABLISHING, *GATES}))


def _learnt(one: SymbolicCase, other: SymbolicCase) -> Iterator[Formula]:
    yield from _each(_same_if_known)(one, other)
    yield none_of(conflicts_in(one.entries))
    yield none_of(conflicts_in(other.entries))


more_known = _another(_learnt)
"""More is known, and nothing disagrees, before or after."""


def older(one: SymbolicCase, record: Entries) -> Second:
    """The same record of a child who is older: what age tests alone can do."""
    age = z3.Int("older.age_months")
    grown = Entry(NEVER, lambda least: age >= least)
    limits = (age >= FACTS[AGE].lowest, age <= FACTS[AGE].highest)
    must = (z3.Not(record[AGE].is_open), *(z3.Implies(record[AGE].reaches(n), age >= n) for n in _numbers(FACTS[AGE])))

    def read(model: Any, answers: Answers) -> tuple[None, Record]:
        changed = list(encode(answers))
        changed[POSITIONS[AGE]] = model.eval(age, model_completion=True).as_long()
        return None, tuple(changed)

    return Second({**record, AGE: grown}, (*limits, *must), read)


def completed_towards(reading: Reading) -> Follows:
    """The case that has every open question answered as a reading assumes, and each no established; the age is known."""

    def follows(one: SymbolicCase, record: Entries) -> Second:
        entries = dict(record)
        for name, fact in FACTS.items():
            if name in ESTABLISHING:
                entries[name] = entry_of(fact, YesNo.YES)
            elif fact.polarity in (Polarity.RISK, Polarity.PROTECTIVE):
                entries[name] = Entry(NEVER, _completing(record, name, reading))

        def read(model: Any, answers: Answers) -> tuple[Answers, Record]:
            filled = completion(encode(answers), reading)
            return filled, encode(filled)

        return Second(record_of(entries), (z3.Not(record[AGE].is_open),), read)

    return follows


def _completing(record: Entries, name: str, reading: Reading) -> Callable[[int], Formula]:
    return lambda least: completed(record, name, least, reading) if least >= 1 else z3.BoolVal(True)


def completion(record: Record, reading: Reading) -> Answers:
    """The answers of a record with every open question answered as a reading assumes, and each no established."""
    found: Answers = {}
    for (name, fact), value in zip(FACTS.items(), record, strict=True):
        if name in ESTABLISHING:
            found[name] = int(YesNo.YES)
        elif value is not None:
            found[name] = value
        elif fact.polarity is Polarity.RISK:
            found[name] = most(fact) if reading is Reading.HIGHEST else 0
        elif fact.polarity is Polarity.PROTECTIVE:
            found[name] = int(reading is Reading.LOWEST)
    return found


# One outcome, or all of them, above another.


def above(lower: SymbolicFindings, higher: SymbolicFindings) -> Formula:
    """Whether some outcome of the first stands higher than in the second; of those that both have."""
    return any_of(
        z3.And(stands, z3.Not(higher.everything[key])) for key, stands in lower.everything.items() if key in higher.everything
    )


def higher_outcomes(lower: Mapping[str, int], higher: Mapping[str, int], scales: Iterable[str]) -> list[str]:
    """The outcomes of the first that stand higher than in the second; sets are compared member by member."""
    is_scale = frozenset(scales)
    return [
        name
        for name, value in lower.items()
        if name in higher and (value > higher[name] if name in is_scale else value & ~higher[name])
    ]
