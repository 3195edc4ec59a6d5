"""What the solver is told means what the library does: possible cases, records, conflicts, findings and advice."""

import random

import pytest

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds import load_rule_set
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import POSITIONS, conflicts, encode, impossible
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import Scale
from thresholds.scales import Reading
from thresholds.verification.made_up import values
from thresholds.verification.meaning import SymbolicAdvice, SymbolicFindings
from thresholds.verification.solver import z3
from thresholds.verification.symbols import SymbolicCase, any_of, conflicts_in, entry_of, record_of


def is_so(formula):
    return z3.is_true(z3.simplify(formula))


def settled(known):
    return {name: entry_of(fact, known.get(name)) for name, fact in FACTS.items()}


def made_up(seed, number):
    chance = random.Random(seed)
    for _ in range(number):
        yield values(chance)


def read(entry, fact):
    if is_so(entry.is_open):
        return None
    numbers = range(fact.highest, fact.lowest - 1, -1) if fact.words is None else sorted(map(int, fact.words), reverse=True)
    return next((number for number in numbers if is_so(entry.reaches(number))), 0)


def test_a_record_is_the_one_that_the_library_makes():
    for known in made_up(1, 25):
        record, symbolic = encode(known), record_of(settled(known))
        for name, fact in FACTS.items():
            assert read(symbolic[name], fact) == record[POSITIONS[name]], name


def test_conflicts_are_those_that_the_library_lists():
    disagreeing = 0
    for known in made_up(2, 60):
        disagreeing += bool(conflicts(known))
        assert is_so(any_of(conflicts_in(settled(known)))) == bool(conflicts(known))
    assert 10 < disagreeing < 60


def test_what_is_possible_is_what_a_case_accepts():
    chance = random.Random(3)
    case = SymbolicCase.of("one")
    seen = set()
    for _ in range(40):
        known = {"age_months": chance.randint(-10, 40), "gestation_weeks": chance.choice([None, 20]),
                 "months_since_closure": chance.choice([None, 0, 12, 60])}  # fmt: skip
        solver = z3.Solver()
        solver.add(*case.possible())
        for name, value in known.items():
            entry = case.entries[name]
            solver.add(entry.is_open if value is None else entry.is_exactly(value))
        is_possible = solver.check() == z3.sat
        assert is_possible == (not impossible(known))
        seen.add(is_possible)
    assert seen == {True, False}


@pytest.mark.parametrize("name", ["hackney-2009", "hackney-2011"])
def test_findings_and_advice_are_those_of_the_interpreter(name):
    rule_set = load_rule_set(name)
    interpreter = Interpreter(rule_set)
    for known in made_up(4, 8):
        record, symbolic = encode(known), record_of(settled(known))
        evaluation = interpreter.evaluate(record)
        made = {reading: SymbolicFindings(rule_set, symbolic, reading) for reading in Reading}
        for reading, findings in made.items():
            found = interpreter.find(record, reading)
            assert {p for p, counts in findings.counts.items() if is_so(counts)} == set(found.counting)
            assert {p for p, tempered in findings.tempered.items() if is_so(tempered)} == set(found.tempered)
            for (outcome, value), stands in findings.everything.items():
                standing = found.outcomes[rule_set.outcome_positions[outcome]]
                is_scale = isinstance(rule_set.outcome(outcome), Scale)
                assert is_so(stands) == (standing >= value if is_scale else bool(standing >> value & 1))
        advice = SymbolicAdvice(rule_set, symbolic, made)
        given = {p for p, rule in enumerate(rule_set.current_advice) if is_so(advice.holds(rule.when))}
        assert given == set(interpreter.advise(evaluation))
