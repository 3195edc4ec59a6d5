"""What the examples of a rule have to show: that each part of its condition, and of its exception, decides by itself.

The measure is MC/DC, modified condition/decision coverage (RTCA DO-178C), in its masking form: for each part, one example in
which it is so and one in which it is not, where the rule would do otherwise if that part alone were otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from thresholds.evaluation.reference import advice_holds, complete, find, holds
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Condition, Leaf, Not, leaves
from thresholds.language.rules import Example, Rule, RuleSet
from thresholds.language.words import leaf_in_words
from thresholds.loading.checking import example_outcomes, example_record
from thresholds.scales import Reading
from thresholds.verification.killing import standing
from thresholds.verification.meaning import SymbolicAdvice, at_least_of
from thresholds.verification.solver import z3
from thresholds.verification.symbols import Formula, all_of, any_of
from thresholds.verification.worlds import View, World


@dataclass(frozen=True, slots=True)
class Obligation:
    """One part of a rule, to be shown so, or not so, where it decides."""

    rule: Rule
    leaf: Leaf
    is_so: bool

    def in_words(self, rule_set: RuleSet) -> str:
        """The obligation as a sentence."""
        outcomes = {outcome.name: outcome for outcome in rule_set.outcomes}
        stands = "so" if self.is_so else "not so"
        return f"{self.rule.id}: an example in which this is {stands} and decides: {leaf_in_words(self.leaf, outcomes)}"


def obligations(rule: Rule) -> Iterator[Obligation]:
    """What the examples of one rule have to show: two things of each part."""
    for leaf in dict.fromkeys((*leaves(rule.when), *leaves(rule.unless))):
        yield Obligation(rule, leaf, True)
        yield Obligation(rule, leaf, False)


# A condition composed of the truth of its leaves: of truths, or of a solver's formulas.


class _Algebra(NamedTuple):
    all_of: Callable[[Iterable[Any]], Any]
    any_of: Callable[[Iterable[Any]], Any]
    at_least_of: Callable[[int, Iterable[Any]], Any]
    is_not: Callable[[Any], Any]


_TRUTHS = _Algebra(all, any, lambda number, parts: sum(parts) >= number, lambda part: not part)
_FORMULAS = _Algebra(all_of, any_of, at_least_of, z3.Not)


def _composed(condition: Condition, truth: Mapping[Leaf, Any], algebra: _Algebra) -> Any:
    match condition:
        case All(parts):
            return algebra.all_of([_composed(part, truth, algebra) for part in parts])
        case AnyOf(parts):
            return algebra.any_of([_composed(part, truth, algebra) for part in parts])
        case AtLeastOf(number, parts):
            return algebra.at_least_of(number, [_composed(part, truth, algebra) for part in parts])
        case Not(part):
            return algebra.is_not(_composed(part, truth, algebra))
        case _:
            return truth[condition]


def _counts(rule: Rule, truth: Mapping[Leaf, Any], algebra: _Algebra) -> Any:
    when = _composed(rule.when, truth, algebra)
    if rule.unless is None:
        return when
    return algebra.all_of([when, algebra.is_not(_composed(rule.unless, truth, algebra))])


# Which are met.


def met_by(rule_set: RuleSet, rule: Rule, example: Example) -> Iterator[Obligation]:
    """The obligations of a rule that one example meets."""
    truth = _truth(rule_set, rule, example)
    for leaf, is_so in truth.items():
        if _counts(rule, truth, _TRUTHS) != _counts(rule, {**truth, leaf: not is_so}, _TRUTHS):
            yield Obligation(rule, leaf, is_so)


def _truth(rule_set: RuleSet, rule: Rule, example: Example) -> dict[Leaf, bool]:
    """Whether each leaf of a rule is so in an example. (What a rule reads of outcomes is complete before it is looked at.)"""
    record = example_record(example)
    all_leaves = (*leaves(rule.when), *leaves(rule.unless))
    if rule.advises:
        outcomes = example_outcomes(rule_set, example)
        return {leaf: advice_holds(rule_set, leaf, record, outcomes) for leaf in all_leaves}
    values = complete(record, Reading.SUGGESTED)
    found = standing(rule_set, find(rule_set, record, Reading.SUGGESTED, example.given).outcomes)
    return {leaf: holds(leaf, values, found) for leaf in all_leaves}


# Which can be met at all.


class Satisfiable:
    """Says which obligations some possible case could meet."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._world = World()
        self._solver = self._world.solver()
        self._findings = {reading: self._world.findings(View(0, reading, rule_set)) for reading in Reading}
        self._advice = SymbolicAdvice(rule_set, self._world.record, self._findings)

    def formula(self, obligation: Obligation) -> Formula:
        """Whether a case meets an obligation."""
        rule, leaf = obligation.rule, obligation.leaf
        holds_in = self._advice.holds if rule.advises else self._findings[Reading.SUGGESTED].holds
        truth = {one: holds_in(one) for one in (*leaves(rule.when), *leaves(rule.unless))}
        with_it = _counts(rule, {**truth, leaf: z3.BoolVal(True)}, _FORMULAS)
        without_it = _counts(rule, {**truth, leaf: z3.BoolVal(False)}, _FORMULAS)
        return z3.And(truth[leaf] if obligation.is_so else z3.Not(truth[leaf]), z3.Xor(with_it, without_it))

    def could_be(self, obligation: Obligation) -> bool | None:
        """Whether some possible case meets an obligation; None where the solver gives up."""
        answer = self._solver.check(self.formula(obligation))
        return None if answer == z3.unknown else bool(answer == z3.sat)

    def example(self, obligation: Obligation) -> dict[str, int]:
        """The answers of a small possible case that meets an obligation which can be met."""
        answers = self._world.shown(self._solver, self.formula(obligation)).answers[0]
        assert answers is not None
        return answers
