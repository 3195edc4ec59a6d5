"""A rule set matched by durable-rules: the independent second engine.

The engine's network says which conditions are so, one step of the evaluation after the other. A record is completed here, for
each reading as the reference says; what a step concludes is carried to the next here; groups such as "at least 2 of" come to
the engine as numbers. `durable_rules` writes the conditions for it, `durable_host` runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from thresholds.evaluation.durable_rules import UNKNOWN, Conditions, Label, concluded, outcome_columns, written
from thresholds.evaluation.engines import EngineUnavailableError
from thresholds.evaluation.findings import Evaluation, Findings, Outcomes
from thresholds.evaluation.reference import complete
from thresholds.facts.record import POSITIONS, Record
from thresholds.language.rules import RuleSet, Scale
from thresholds.scales import Reading

if TYPE_CHECKING:
    from thresholds.evaluation.durable_host import Matcher

DISTRIBUTION, VERSION = "durable-rules", "2.0.28"
_PYTHON_WITHOUT = (3, 13)
_OTHERS = 'Choose engine="compiled", the default, which gives the same answers'

Columns = Mapping[str, int]


def check_available() -> None:
    """Raises `EngineUnavailableError` where durable-rules cannot be used, with what to do about it."""
    if sys.version_info >= _PYTHON_WITHOUT:
        raise EngineUnavailableError(
            f"The engine durable needs Python 3.12 or older: {DISTRIBUTION} {VERSION} does not load on a newer one. {_OTHERS}."
        )
    install = "install safeguarding-thresholds[durable] (this needs a C compiler)"
    try:
        found = version(DISTRIBUTION)
    except PackageNotFoundError:
        raise EngineUnavailableError(
            f"The engine durable needs {DISTRIBUTION} {VERSION}, which is not installed. {_OTHERS}, or {install}."
        ) from None
    if found != VERSION:
        raise EngineUnavailableError(
            f"The engine durable needs {DISTRIBUTION} {VERSION}, the version that was tried, and {found} is installed. "
            f"{_OTHERS}, or {install}."
        )


def _load() -> type[Matcher]:
    check_available()
    try:
        from thresholds.evaluation.durable_host import Matcher
    except ImportError:
        raise EngineUnavailableError(
            f"The engine durable cannot be used: {DISTRIBUTION} {VERSION} is installed and does not load. {_OTHERS}, "
            f"or install {DISTRIBUTION} anew for this Python."
        ) from None
    return Matcher


class Network:
    """Conditions in the engine, to be matched together.

    Raises `EngineUnavailableError` where durable-rules cannot be used.
    """

    def __init__(self, rule_set: RuleSet, conditions: Conditions) -> None:
        matcher, prepared = _load(), written(rule_set, conditions)
        self._counts = prepared.counts
        self._matchers = [matcher(part) for part in prepared.parts]

    def match(self, columns: Columns) -> frozenset[Label]:
        """The labels of the conditions that are so. Raises `EngineFailedError`."""
        counted = dict(columns)
        for one in self._counts:
            counted[one.column] = one.of(counted)
        return frozenset[Label]().union(*(matcher.match(counted) for matcher in self._matchers))


class StepNetwork:
    """One step of the evaluation: rules that do not wait for each other."""

    def __init__(self, rule_set: RuleSet, step: Iterable[int]) -> None:
        self._step = tuple(step)
        self._network = Network(rule_set, _conditions(rule_set, self._step))

    def match(self, columns: Columns) -> tuple[list[int], list[int]]:
        """The rules of the step that count, and those that would but for their exception. Raises `EngineFailedError`."""
        matched = self._network.match(columns)
        so = [position for position in self._step if Label(position) in matched]
        tempered = [position for position in so if Label(position, is_exception=True) in matched]
        return [position for position in so if position not in tempered], tempered


def _conditions(rule_set: RuleSet, step: Iterable[int]) -> Conditions:
    for position in step:
        rule = rule_set.findings[position]
        yield Label(position), rule.when
        if rule.unless is not None:
            yield Label(position, is_exception=True), rule.unless


class DurableRuleSet:
    """A rule set that durable-rules evaluates. It may be used from many threads, one of which is served at a time.

    Making one raises `EngineUnavailableError` where durable-rules cannot be used; each method raises `EngineFailedError` where
    it does not finish.
    """

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._steps = [StepNetwork(rule_set, step) for step in rule_set.steps]
        self._advice = Network(
            rule_set, ((Label(position), rule.when) for position, rule in enumerate(rule_set.current_advice))
        )
        self._concluded = [tuple(concluded(rule_set, position)) for position in range(len(rule_set.findings))]
        self._columns = outcome_columns(rule_set)
        self._may = frozenset(position for position, rule in enumerate(rule_set.findings) if rule.discretion)

    def evaluate(self, record: Record) -> Evaluation:
        """The findings of a record, in all four readings."""
        found = {reading: self.find(record, reading) for reading in Reading}
        suggested = found[Reading.SUGGESTED]
        leaves_out = self._may.intersection(suggested.counting)  # where none counts, nothing changes without them
        without = self._find(record, Reading.SUGGESTED, self._may) if leaves_out else suggested
        return Evaluation.of(record, found, without.outcomes)

    def find(self, record: Record, reading: Reading) -> Findings:
        """The findings of a record in one reading, with the rules that count in it."""
        return self._find(record, reading)

    def advise(self, evaluation: Evaluation) -> tuple[int, ...]:
        """The advice rules that hold, by their position in `RuleSet.current_advice`."""
        matched = self._advice.match(dict(self._advice_columns(evaluation)))
        return tuple(sorted(label.position for label in matched))

    def _find(self, record: Record, reading: Reading, left_out: frozenset[int] = frozenset()) -> Findings:
        columns = {f"f{POSITIONS[name]}": int(value) for name, value in complete(record, reading).items()}
        columns |= {name: 0 for of_outcome in self._columns for name in of_outcome}
        counting: list[int] = []
        tempered: list[int] = []
        for step in self._steps:
            counts, excepted = step.match(columns)
            tempered += [position for position in excepted if position not in left_out]
            for position in counts:
                if position not in left_out:
                    counting.append(position)
                    for name, least in self._concluded[position]:
                        columns[name] = max(columns[name], least)
        return Findings(self._outcomes(columns), tuple(counting), tuple(tempered))

    def _outcomes(self, columns: Columns) -> Outcomes:
        return tuple(
            columns[names[0]] if isinstance(outcome, Scale) else sum(columns[name] << bit for bit, name in enumerate(names))
            for outcome, names in zip(self._rule_set.outcomes, self._columns, strict=True)
        )

    def _advice_columns(self, evaluation: Evaluation) -> Iterator[tuple[str, int]]:
        """The record as it stands, where not known is a number of its own, and what every reading made of it."""
        for place, value in enumerate(evaluation.record):
            yield f"f{place}", UNKNOWN if value is None else int(value)
        for place, (outcome, names) in enumerate(zip(self._rule_set.outcomes, self._columns, strict=True)):
            if isinstance(outcome, Scale):
                for reading in Reading:
                    yield f"{reading}{place}", evaluation.outcomes(reading)[place]
            else:
                for bit, name in enumerate(names):
                    yield name, evaluation.suggested[place] >> bit & 1
        tier = self._rule_set.outcome_positions.get("tier")
        yield "settled", int(tier is not None and evaluation.lowest[tier] == evaluation.highest[tier])
