"""The engines: ways to evaluate one rule set, which give the same answers."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from thresholds.evaluation.compiled import compile_rule_set
from thresholds.evaluation.findings import Evaluator
from thresholds.language.rules import RuleSet


class Engine(StrEnum):
    """How a rule set is evaluated. The answers are the same; docs/engines.md says when to choose which."""

    COMPILED = "compiled"
    REFERENCE = "reference"
    DURABLE = "durable"


DEFAULT_ENGINE = Engine.COMPILED


class EngineUnavailableError(ImportError):
    """An engine that cannot be used here; the message says why, and what to do."""


class EngineFailedError(RuntimeError):
    """An engine that did not finish an evaluation: nothing it found was used. The message holds nothing of the case."""


@lru_cache(maxsize=64)
def evaluator(rule_set: RuleSet, engine: str = DEFAULT_ENGINE) -> Evaluator:
    """The rule set made ready to be evaluated by an engine; made once for each.

    Raises `ValueError` for a name that is no engine, and `EngineUnavailableError` for an engine that cannot be used here.
    """
    match named_engine(engine):
        case Engine.COMPILED:
            return compile_rule_set(rule_set)
        case Engine.REFERENCE:
            from thresholds.evaluation.reference import Interpreter

            return Interpreter(rule_set)
        case Engine.DURABLE:
            from thresholds.evaluation.durable import DurableRuleSet

            return DurableRuleSet(rule_set)


def named_engine(name: str) -> Engine:
    """The engine of this name. Raises `ValueError`."""
    try:
        return Engine(name)
    except ValueError:
        raise ValueError(f"There is no engine of this name; there are {', '.join(Engine)}.") from None
