"""The shipped rules in other engines, written by a generator from the same nodes: no hand-picked part of them.

Every peer is given a head start: the case comes as a mapping of whole numbers, completed already (what is not known is no),
and it works out the suggested reading alone. Each gives the tier and which rules counted; where an engine carries no outcome
from one rule to the next, this module does, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, combinations, pairwise
from typing import Any

from thresholds.evaluation.durable import StepNetwork
from thresholds.evaluation.durable_rules import concluded, outcome_columns
from thresholds.evaluation.reference import completed
from thresholds.facts.record import POSITIONS, Record
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import (
    All,
    AnyOf,
    AtLeastOf,
    Condition,
    Counted,
    Found,
    Includes,
    Reached,
    YoungerThan,
)
from thresholds.language.rules import RuleSet
from thresholds.scales import Reading

Tree = tuple[str, Any, Any]
"""("and" | "or", parts, None), or ("ge" | "lt", name, number)."""
Data = dict[str, int]
Answer = tuple[int, tuple[int, ...]]
"""The tier, and the rules that counted by position."""
Peer = Callable[[Data], Answer]


def data_of(rule_set: RuleSet, record: Record) -> Data:
    """A record as peers get it: every fact that a finding may read, completed as for the suggested reading, and no outcome."""
    facts = {
        f"f{POSITIONS[name]}": int(completed(fact, record[POSITIONS[name]], Reading.SUGGESTED))
        for name, fact in FACTS.items()
        if fact.polarity is not Polarity.CONTEXT
    }
    return facts | dict.fromkeys(chain.from_iterable(outcome_columns(rule_set)), 0)


class Stepwise:
    """Runs the steps of a rule set: `match` says which rules of a step are so, and outcomes are carried on to the next."""

    def __init__(self, rule_set: RuleSet, match: Callable[[int, Data], Iterable[int]]) -> None:
        self._match, self._rule_set = match, rule_set
        self._tier = f"o{rule_set.outcome_positions['tier']}"
        self._concludes = [list(concluded(rule_set, position)) for position in range(len(rule_set.findings))]

    def __call__(self, given: Data) -> Answer:
        data, counting = dict(given), list[int]()
        for step in range(len(self._rule_set.steps)):
            for position in self._match(step, data):
                counting.append(position)
                for name, value in self._concludes[position]:
                    if data[name] < value:
                        data[name] = value
        return data[self._tier], tuple(counting)


def tree_of(rule_set: RuleSet, position: int) -> Tree:
    """A rule as a tree: its condition, and its exception not holding.

    "At least so many of" becomes every choice of so many.
    """
    rule = rule_set.findings[position]
    when = _tree(rule_set, rule.when)
    return when if rule.unless is None else ("and", [when, _negated(_tree(rule_set, rule.unless))], None)


def _tree(rule_set: RuleSet, condition: Condition) -> Tree:
    match condition:
        case Found(fact, confirmed):
            return "ge", f"f{POSITIONS[fact]}", 2 if confirmed else 1
        case Counted(fact, at_least):
            return "ge", f"f{POSITIONS[fact]}", at_least
        case YoungerThan(months):
            return "lt", f"f{POSITIONS['age_months']}", months
        case Reached(scale, value):
            return "ge", f"o{rule_set.outcome_positions[scale]}", value
        case Includes(collection, member):
            return "ge", f"o{rule_set.outcome_positions[collection]}m{member}", 1
        case All(parts):
            return "and", [_tree(rule_set, part) for part in parts], None
        case AnyOf(parts):
            return "or", [_tree(rule_set, part) for part in parts], None
        case AtLeastOf(number, parts):
            ways = combinations([_tree(rule_set, part) for part in parts], number)
            return "or", [("and", list(way), None) for way in ways], None
        case _:
            raise TypeError(f"a finding may not say {type(condition).__name__}")


def _negated(tree: Tree) -> Tree:
    kind, left, right = tree
    if kind in ("and", "or"):
        return "or" if kind == "and" else "and", [_negated(part) for part in left], None
    return "lt" if kind == "ge" else "ge", left, right


def _text(tree: Tree, and_: str = " and ", or_: str = " or ") -> str:
    kind, left, right = tree
    if kind in ("and", "or"):
        return "(" + (and_ if kind == "and" else or_).join(_text(part, and_, or_) for part in left) + ")"
    return f"({left} {'>=' if kind == 'ge' else '<'} {right})"


# The peers. Each makes a `Peer` from a rule set; it raises ImportError where the engine is not installed.


def with_rule_engine(rule_set: RuleSet) -> Peer:
    """rule-engine: each rule a text expression."""
    import rule_engine

    rules = [rule_engine.Rule(_text(tree_of(rule_set, position))) for position in range(len(rule_set.findings))]
    return Stepwise(rule_set, lambda step, data: [p for p in rule_set.steps[step] if rules[p].matches(data)])


def with_json_logic(rule_set: RuleSet) -> Peer:
    """json-logic: each rule a JSON expression."""
    from json_logic import jsonLogic

    def written(tree: Tree) -> dict[str, Any]:
        kind, left, right = tree
        if kind in ("and", "or"):
            return {kind: [written(part) for part in left]}
        return {">=" if kind == "ge" else "<": [{"var": left}, right]}

    rules = [written(tree_of(rule_set, position)) for position in range(len(rule_set.findings))]
    return Stepwise(rule_set, lambda step, data: [p for p in rule_set.steps[step] if jsonLogic(rules[p], data)])


def with_business_rules(rule_set: RuleSet) -> Peer:
    """business-rules: variables and actions as classes, each rule as the JSON its editor would make."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.fields import FIELD_NUMERIC
    from business_rules.variables import BaseVariables, numeric_rule_variable

    def written(tree: Tree) -> dict[str, Any]:
        kind, left, right = tree
        if kind in ("and", "or"):
            return {"all" if kind == "and" else "any": [written(part) for part in left]}
        return {"name": left, "operator": "greater_than_or_equal_to" if kind == "ge" else "less_than", "value": right}

    def whole(tree: Tree) -> dict[str, Any]:
        return written(tree if tree[0] in ("and", "or") else ("and", [tree], None))

    def variable(name: str) -> Callable[..., int]:
        def read(self: Any) -> int:
            return self.data[name]

        read.__name__ = name
        return numeric_rule_variable(read)

    names = [*data_of(rule_set, (None,) * len(FACTS))]
    variables = type("Variables", (BaseVariables,), {name: variable(name) for name in names})

    class Actions(BaseActions):
        def __init__(self) -> None:
            self.counting: list[int] = []

        @rule_action(params={"position": FIELD_NUMERIC})
        def counts(self, position: int) -> None:
            self.counting.append(position)

    def rule(position: int) -> dict[str, Any]:
        action = {"name": "counts", "params": {"position": position}}
        return {"conditions": whole(tree_of(rule_set, position)), "actions": [action]}

    steps = [[rule(position) for position in step] for step in rule_set.steps]

    def match(step: int, data: Data) -> list[int]:
        given, actions = variables(), Actions()
        given.data = data
        run_all(steps[step], given, actions)
        return actions.counting

    return Stepwise(rule_set, match)


def with_zen(rule_set: RuleSet) -> Peer:
    """zen-engine: one decision, an expression node for each step and for the outcomes after it, its trace on."""
    import json

    import zen

    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    ways: dict[str, dict[int, list[int]]] = {}
    for number, step in enumerate(rule_set.steps):
        rules = {f"r{position}": _text(tree_of(rule_set, position)) for position in step}
        nodes.append(_expressions(f"step{number}", rules))
        for position in step:
            for name, value in concluded(rule_set, position):
                ways.setdefault(name, {}).setdefault(value, []).append(position)
        nodes.append(_expressions(f"outcomes{number}", {name: _highest(found) for name, found in ways.items()}))
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges = [
        {"id": f"e{number}", "sourceId": one["id"], "targetId": other["id"], "type": "edge"}
        for number, (one, other) in enumerate(pairwise(nodes))
    ]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    tier = f"o{rule_set.outcome_positions['tier']}"
    order = [position for step in rule_set.steps for position in step]

    def evaluate(data: Data) -> Answer:
        response = decision.evaluate(data, {"trace": True})
        result, _ = response["result"], response["trace"]
        return result[tier], tuple(position for position in order if result[f"r{position}"])

    return evaluate


def _expressions(name: str, expressions: Mapping[str, str]) -> dict[str, Any]:
    listed = [{"id": f"{name}-{key}", "key": key, "value": value} for key, value in expressions.items()]
    content = {"expressions": listed, "passThrough": True, "inputField": None, "outputPath": None, "executionMode": "single"}
    return {"id": name, "name": name, "type": "expressionNode", "content": content}


def _highest(found: Mapping[int, list[int]]) -> str:
    written = "0"
    for value in sorted(found):
        written = f"(({' or '.join(f'r{position}' for position in found[value])}) ? {value} : {written})"
    return written


def with_clips(rule_set: RuleSet) -> Peer:
    """clipspy: one fact of the case for each step, a CLIPS rule for each rule, which asserts that it counts."""
    import clips

    names = [*data_of(rule_set, (None,) * len(FACTS))]
    environments = []
    for step in rule_set.steps:
        read = {position: list(_names(tree_of(rule_set, position))) for position in step}
        slots = sorted({name for some in read.values() for name in some}, key=names.index)
        environment = clips.Environment()
        environment.build(f"(deftemplate case {' '.join(f'(slot {name})' for name in slots)})")
        environment.build("(deftemplate counts (slot rule))")
        for position in step:
            bound = " ".join(f"({name} ?{name})" for name in dict.fromkeys(read[position]))
            test = _clips(tree_of(rule_set, position))
            environment.build(f"(defrule r{position} (case {bound}) (test {test}) => (assert (counts (rule {position}))))")
        environments.append((environment, environment.find_template("case"), slots))

    def match(step: int, data: Data) -> list[int]:
        environment, template, slots = environments[step]
        environment.reset()
        template.assert_fact(**{name: data[name] for name in slots})
        environment.run()
        return sorted(int(fact["rule"]) for fact in environment.facts() if fact.template.name == "counts")

    return Stepwise(rule_set, match)


def _names(tree: Tree) -> Iterator[str]:
    kind, left, _ = tree
    if kind in ("and", "or"):
        for part in left:
            yield from _names(part)
    else:
        yield left


def _clips(tree: Tree) -> str:
    kind, left, right = tree
    if kind in ("and", "or"):
        return f"({kind} {' '.join(_clips(part) for part in left)})" if len(left) > 1 else _clips(left[0])
    return f"({'>=' if kind == 'ge' else '<'} ?{left} {right})"


def with_durable(rule_set: RuleSet) -> Peer:
    """durable-rules, one reading of `engine="durable"`: its own way of keeping the engine's limits is the only one we know."""
    steps = [StepNetwork(rule_set, step) for step in rule_set.steps]
    return Stepwise(rule_set, lambda step, data: steps[step].match(data)[0])


PEERS: Mapping[str, Callable[[RuleSet], Peer]] = {
    "zen-engine": with_zen,
    "clipspy": with_clips,
    "durable-rules": with_durable,
    "rule-engine": with_rule_engine,
    "json-logic": with_json_logic,
    "business-rules": with_business_rules,
}
"""Each peer by the name of its distribution."""
