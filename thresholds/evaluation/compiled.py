"""A rule set as Python, generated from its nodes: what `suggest` uses.

One function finds, in all four readings; others list what counts in one reading, or give the advice. They are built as
syntax trees, never as text, and hold nothing of a rule but positions and numbers. What they mean is written in `reference`,
and tests hold them to it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from thresholds.evaluation.findings import Evaluation, Findings
from thresholds.facts.record import POSITIONS, Record
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
    Condition,
    Counted,
    Found,
    Includes,
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
    outcomes_read,
)
from thresholds.language.rules import Conclusion, Outcome, Rule, RuleSet, Scale
from thresholds.scales import Answer, Reading

_LISTS = ("counting", "tempered", "confirmed_counting")
_YOUNGER_THAN_ALL, _OLDER_THAN_ALL = -10_000, 10_000


@lru_cache(maxsize=64)
def compile_rule_set(rule_set: RuleSet) -> CompiledRuleSet:
    """The rule set made ready; the same rule set is compiled once."""
    return CompiledRuleSet(rule_set)


class CompiledRuleSet:
    """A rule set that is evaluated by functions generated from it. Make one with `compile_rule_set`."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._evaluate = _function(_evaluation(rule_set))
        self._find = {reading: _function(_finding(rule_set, reading)) for reading in Reading}
        self._advise = _function(_advising(rule_set))

    def evaluate(self, record: Record) -> Evaluation:
        """The findings of a record, in all four readings."""
        return Evaluation(record, *self._evaluate(record))

    def find(self, record: Record, reading: Reading) -> Findings:
        """The findings of a record in one reading, with the rules that count in it."""
        return Findings(*self._find[reading](record))

    def advise(self, evaluation: Evaluation) -> tuple[int, ...]:
        """The advice rules that hold, by their position in `RuleSet.current_advice`."""
        advice: tuple[int, ...] = self._advise(
            evaluation.record, evaluation.suggested, evaluation.lowest, evaluation.highest, evaluation.confirmed
        )
        return advice


def compile_tier_only(rule_set: RuleSet) -> Callable[[Record], int]:
    """A function from a record to the suggested tier and nothing else: what a hand would write, as a limit to measure by."""
    reading = _Reading(rule_set, Reading.SUGGESTED)
    needed = set(_needed(rule_set, "tier"))
    body = [*_unpack(rule_set), *reading.age()]
    for outcome in _in_order(rule_set):
        if outcome.name in needed:
            body += reading.outcome_statements(outcome)
    return _function(_define([*body, ast.Return(reading.standing("tier"))], "record"))


# The functions.


def _evaluation(rule_set: RuleSet) -> ast.FunctionDef:
    """`record` to all of an `Evaluation` but the record.

    Whatever counts in the lowest or the confirmed reading, or without discretion, counts in the suggested one too, so those
    three are looked at only where a rule counts; the highest is worked out apart, from its highest values downwards.
    """
    suggested, lowest, highest, confirmed = (_Reading(rule_set, reading) for reading in Reading)
    without = _Reading(rule_set, Reading.SUGGESTED, prefix="without", left_out=lambda rule: rule.discretion)
    body = [
        *_unpack(rule_set),
        *suggested.age(),
        *suggested.counting_statements(narrower=(lowest, confirmed, without)),
        *highest.age(),
        *highest.all_statements(),
    ]
    results = [_as_tuple(name) for name in _LISTS]
    results += [reading.outcomes() for reading in (suggested, lowest, highest, confirmed, without)]
    return _define([*body, ast.Return(_tuple(results))], "record")


def _finding(rule_set: RuleSet, reading: Reading) -> ast.FunctionDef:
    """`record` to `Findings` of one reading."""
    written = _Reading(rule_set, reading)
    results = [written.outcomes(), _as_tuple("counting"), _as_tuple("tempered")]
    body = [*_unpack(rule_set), *written.age(), *written.counting_statements(), ast.Return(_tuple(results))]
    return _define(body, "record")


def _advising(rule_set: RuleSet) -> ast.FunctionDef:
    """`record` and the outcomes of each reading to the advice rules that hold."""
    body: list[ast.stmt] = [_assign("advice", ast.List([], ast.Load()))]
    for position, rule in enumerate(rule_set.current_advice):
        body.append(ast.If(_advice_condition(rule_set, rule.when), [_append("advice", position)], []))
    return _define([*body, ast.Return(_as_tuple("advice"))], "record", *(reading.value for reading in Reading))


# Findings in one reading.


@dataclass(frozen=True)
class _Reading:
    """Writes the findings of a rule set as they are in one reading. Its variables begin with `prefix`."""

    rule_set: RuleSet
    reading: Reading
    prefix: str = ""
    left_out: Callable[[Rule], bool] = lambda rule: False

    def standing(self, outcome: str) -> ast.expr:
        """The variable of an outcome."""
        return _name(self._variable(outcome))

    def age(self) -> list[ast.stmt]:
        """The age that age tests read: where it is not known, one that makes each of them true, or none."""
        unknown = _YOUNGER_THAN_ALL if self.reading is Reading.HIGHEST else _OLDER_THAN_ALL
        known = _fact("age_months")
        return [_assign(self._age, ast.IfExp(_compare(known, ast.Is, _constant(None)), _constant(unknown), known))]

    @property
    def _age(self) -> str:
        return "age_highest" if self.reading is Reading.HIGHEST else "age"

    def _variable(self, outcome: str) -> str:
        return f"{self.prefix or self.reading.value}_{self.rule_set.outcome_positions[outcome]}"

    def outcomes(self) -> ast.expr:
        """All outcomes, as a tuple."""
        return _tuple([self.standing(outcome.name) for outcome in self.rule_set.outcomes])

    # Every rule, with what counts.

    def counting_statements(self, narrower: Sequence[_Reading] = ()) -> list[ast.stmt]:
        """Every rule in turn: the lists of what counts and what is tempered, and the outcomes.

        Also the outcomes of `narrower` readings, in which no rule counts that does not count in this one.
        """
        body: list[ast.stmt] = [_assign(name, ast.List([], ast.Load())) for name in _LISTS]
        for reading in (self, *narrower):
            body += [_assign(reading._variable(outcome.name), _constant(0)) for outcome in self.rule_set.outcomes]
        for step in self.rule_set.steps:
            for position in step:
                body.append(self._rule_statement(position, self.rule_set.findings[position], narrower))
        return body

    def _rule_statement(self, position: int, rule: Rule, narrower: Sequence[_Reading]) -> ast.stmt:
        counts = [_append("counting", position), *self._conclude_all(rule)]
        for reading in narrower:
            counts += reading._counts_too(position, rule, self)
        if rule.unless is not None:
            counts = [ast.If(self._condition(rule.unless), [_append("tempered", position)], counts)]
        return ast.If(self._condition(rule.when), counts, [])

    def _counts_too(self, position: int, rule: Rule, wider: _Reading) -> list[ast.stmt]:
        """What a rule concludes in this reading, given that it counts in a wider one."""
        if self.left_out(rule):
            return []
        listed = [_append("confirmed_counting", position)] if self.reading is Reading.CONFIRMED else []
        concludes = [*listed, *self._conclude_all(rule)]
        same = ast.dump(self._counts(rule)) == ast.dump(wider._counts(rule))
        return concludes if same else [ast.If(self._counts(rule), concludes, [])]

    def _counts(self, rule: Rule) -> ast.expr:
        """Whether a rule counts."""
        when = self._condition(rule.when)
        return when if rule.unless is None else _and([when, _not(self._condition(rule.unless))])

    def _conclude_all(self, rule: Rule) -> list[ast.stmt]:
        return [statement for conclusion in rule.concludes for statement in self._conclude(conclusion)]

    def _conclude(self, conclusion: Conclusion) -> Iterator[ast.stmt]:
        for name in self.rule_set.raised_with[conclusion.outcome]:
            variable, value = self._variable(name), conclusion.value
            if isinstance(self.rule_set.outcome(name), Scale):
                lower = _compare(_name(variable), ast.Lt, _constant(value))
                yield ast.If(lower, [_assign(variable, _constant(value))], [])
            else:
                yield ast.AugAssign(ast.Name(variable, ast.Store()), ast.BitOr(), _constant(1 << value))

    # The outcomes alone, the highest value first.

    def all_statements(self) -> list[ast.stmt]:
        """The outcomes alone."""
        return [statement for outcome in _in_order(self.rule_set) for statement in self.outcome_statements(outcome)]

    def outcome_statements(self, outcome: Outcome) -> list[ast.stmt]:
        """One outcome, from the outcomes it waits for."""
        variable = self._variable(outcome.name)
        if isinstance(outcome, Scale):
            statement: ast.stmt = _assign(variable, _constant(0))
            for value in range(1, len(outcome.values)):  # built from the lowest value outwards
                ways = [*self._reached_below(outcome, value), *self._ways(outcome.name, value)]
                if ways:
                    statement = ast.If(_or(ways), [_assign(variable, _constant(value))], [statement])
            return [statement]
        bits: list[ast.expr] = [
            ast.IfExp(_or(ways), _constant(1 << member), _constant(0))
            for member in range(len(outcome.members))
            if (ways := list(self._ways(outcome.name, member)))
        ]
        return [_assign(variable, _join(ast.BitOr, bits) if bits else _constant(0))]

    def _reached_below(self, scale: Scale, value: int) -> Iterator[ast.expr]:
        for lower in scale.at_least:
            yield _compare(self.standing(lower), ast.GtE, _constant(value))

    def _ways(self, outcome: str, value: int) -> Iterator[ast.expr]:
        """The conditions of the rules that conclude just this, the simplest first."""
        ways = [rule for rule in self.rule_set.findings if Conclusion(outcome, value) in rule.concludes]
        for rule in sorted(ways, key=lambda rule: not isinstance(rule.when, Found)):
            yield self._counts(rule)

    # Conditions. A fact is None where it is open; 0 and None are both false to Python.

    def _condition(self, condition: Condition) -> ast.expr:
        match condition:
            case Found(fact, confirmed):
                return self._found(fact, confirmed)
            case Counted(fact, at_least):
                known, enough = _fact(fact), _compare(_fact(fact), ast.GtE, _constant(at_least))
                if self.reading is Reading.HIGHEST:
                    return _or([_compare(known, ast.Is, _constant(None)), enough])
                return known if at_least == 1 else _and([known, enough])
            case YoungerThan(months):
                return _compare(_name(self._age), ast.Lt, _constant(months))
            case Reached(scale, value):
                return _compare(self.standing(scale), ast.GtE, _constant(value))
            case Includes(collection, member):
                return ast.BinOp(self.standing(collection), ast.BitAnd(), _constant(1 << member))
            case All(parts):
                return _and([self._condition(part) for part in parts])
            case AnyOf(parts):
                return _or([self._condition(part) for part in parts])
            case AtLeastOf(number, parts):
                return _at_least_of(number, [self._condition(part) for part in parts])
            case _:
                raise TypeError(f"a finding may not say {type(condition).__name__}")

    def _found(self, fact: str, confirmed: bool) -> ast.expr:
        value = _fact(fact)
        if FACTS[fact].polarity is Polarity.PROTECTIVE:
            return _compare(value, ast.NotEq, _constant(0)) if self.reading is Reading.LOWEST else value
        sure = _compare(value, ast.Eq, _constant(int(Answer.YES)))
        if self.reading is Reading.CONFIRMED:
            return _and([value, sure])  # the same as `sure`, and quicker where the fact is open
        if self.reading is Reading.HIGHEST:
            unknown = _compare(value, ast.Is, _constant(None))
            return _or([unknown, sure]) if confirmed else _compare(value, ast.NotEq, _constant(0))
        return _and([value, sure]) if confirmed else value


# Advice.


def _advice_condition(rule_set: RuleSet, condition: Condition) -> ast.expr:
    def part_condition(part: Condition) -> ast.expr:
        return _advice_condition(rule_set, part)

    def standing(outcome: str, reading: Reading = Reading.SUGGESTED) -> ast.expr:
        return _item(reading.value, rule_set.outcome_positions[outcome])

    match condition:
        case Found(fact, confirmed):
            value = _item("record", POSITIONS[fact])
            return _compare(value, ast.Eq, _constant(int(Answer.YES))) if confirmed else value
        case Answered(fact, answers):
            value = _item("record", POSITIONS[fact])
            return _or([_compare(value, ast.Is if a is None else ast.Eq, _constant(a)) for a in answers])
        case Number(fact, comparison, number):
            return _number(fact, _SIGNS[comparison], number)
        case AtStage(stages):
            months = [stage.months for stage in stages]
            return _or(
                [_and([_number("age_months", ast.GtE, first), _number("age_months", ast.LtE, last)]) for first, last in months]
            )
        case Stands(scale, reading, comparison, value):
            return _compare(standing(scale, reading), _SIGNS[comparison], _constant(value))
        case Includes(collection, member):
            return ast.BinOp(standing(collection), ast.BitAnd(), _constant(1 << member))
        case Settled():
            return _compare(standing("tier", Reading.LOWEST), ast.Eq, standing("tier", Reading.HIGHEST))
        case All(parts):
            return _and([part_condition(part) for part in parts])
        case AnyOf(parts):
            return _or([part_condition(part) for part in parts])
        case AtLeastOf(number, parts):
            return _at_least_of(number, [part_condition(part) for part in parts])
        case Not(part):
            return _not(part_condition(part))
        case _:
            raise TypeError(f"advice may not say {type(condition).__name__}")


def _number(fact: str, sign: type[ast.cmpop], number: int) -> ast.expr:
    value = _item("record", POSITIONS[fact])
    return _and([_compare(value, ast.IsNot, _constant(None)), _compare(value, sign, _constant(number))])


_SIGNS: dict[Comparison, type[ast.cmpop]] = {
    Comparison.AT_LEAST: ast.GtE,
    Comparison.AT_MOST: ast.LtE,
    Comparison.BELOW: ast.Lt,
    Comparison.ABOVE: ast.Gt,
    Comparison.IS: ast.Eq,
}


# Which outcome waits for which.


def _waits_for(rule_set: RuleSet) -> dict[str, set[str]]:
    waits: dict[str, set[str]] = {
        outcome.name: set(outcome.at_least) if isinstance(outcome, Scale) else set() for outcome in rule_set.outcomes
    }
    for rule in rule_set.findings:
        for conclusion in rule.concludes:
            waits[conclusion.outcome].update(outcomes_read(rule.when))
    return waits


def _in_order(rule_set: RuleSet) -> Iterator[Outcome]:
    """The outcomes, each after those it waits for."""
    for name in TopologicalSorter(_waits_for(rule_set)).static_order():
        yield rule_set.outcomes[rule_set.outcome_positions[name]]


def _needed(rule_set: RuleSet, outcome: str) -> Iterator[str]:
    """An outcome and all that it waits for; one may come more than once."""
    yield outcome
    for other in _waits_for(rule_set)[outcome]:
        yield from _needed(rule_set, other)


# Syntax.


def _function(definition: ast.FunctionDef) -> Callable[..., Any]:
    module = ast.fix_missing_locations(ast.Module([definition], []))
    space: dict[str, Any] = {}
    exec(compile(module, "<rule set>", "exec"), space)
    function: Callable[..., Any] = space[definition.name]
    return function


def _define(body: Sequence[ast.stmt], *arguments: str) -> ast.FunctionDef:
    named = ast.arguments([], [ast.arg(name) for name in arguments], None, [], [], None, [])
    return ast.FunctionDef("generated", named, list(body), [])


def _unpack(rule_set: RuleSet) -> list[ast.stmt]:
    """Every fact as a variable: unpacking all at once is quicker than taking those that are read one by one."""
    names = [ast.Name(_fact_variable(name), ast.Store()) for name in FACTS]
    return [ast.Assign([ast.Tuple(list[ast.expr](names), ast.Store())], _name("record"))]


def _fact_variable(name: str) -> str:
    return f"fact_{POSITIONS[name]}"


def _fact(name: str) -> ast.expr:
    return _name(_fact_variable(name))


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _constant(value: int | bool | None) -> ast.expr:
    return ast.Constant(value)


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _tuple(values: Iterable[ast.expr]) -> ast.expr:
    return ast.Tuple(list(values), ast.Load())


def _item(name: str, position: int) -> ast.expr:
    return ast.Subscript(_name(name), _constant(position), ast.Load())


def _call(function: str, argument: ast.expr) -> ast.expr:
    return ast.Call(_name(function), [argument], [])


def _as_tuple(name: str) -> ast.expr:
    return _call("tuple", _name(name))


def _append(name: str, position: int) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Attribute(_name(name), "append", ast.Load()), [_constant(position)], []))


def _compare(left: ast.expr, sign: type[ast.cmpop], right: ast.expr) -> ast.expr:
    return ast.Compare(left, [sign()], [right])


def _not(part: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), part)


def _and(parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)


def _or(parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), parts)


def _join(operator: type[ast.operator], parts: list[ast.expr]) -> ast.expr:
    joined = parts[0]
    for part in parts[1:]:
        joined = ast.BinOp(joined, operator(), part)
    return joined


def _at_least_of(number: int, parts: list[ast.expr]) -> ast.expr:
    counted = [ast.IfExp(part, _constant(1), _constant(0)) for part in parts]
    return _compare(_join(ast.Add, list[ast.expr](counted)), ast.GtE, _constant(number))
