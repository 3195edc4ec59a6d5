"""The rules as they would be for somebody who does not apply a part of them: the matrix, or the reading by age and stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from thresholds.language.conditions import YoungerThan, leaves
from thresholds.language.rules import Rule, RuleSet

MATRIX = "dv_scale_for_child"
"""The scale in which the domestic violence matrix ends; a rule set without it has no matrix."""


@lru_cache(maxsize=32)
def without_matrix(rule_set: RuleSet) -> RuleSet | None:
    """The rules without those that place a case on the domestic violence matrix; None where there are none."""
    return _without(rule_set, lambda rule: is_of_matrix(rule, rule_set))


@lru_cache(maxsize=32)
def without_age(rule_set: RuleSet) -> tuple[RuleSet, ...]:
    """The rules without the reading by age and stage.

    There are up to two: without what this rule set adds to the one that it extends, and without every rule that asks how old
    the child is as well.
    """

    def is_added(rule: Rule) -> bool:
        return rule_set.extends is not None and rule.rule_set == rule_set.id

    found = (
        _without(rule_set, is_added),
        _without(rule_set, lambda rule: is_added(rule) or asks_age(rule)),
    )
    return tuple(one for one in found if one is not None)


def is_of_matrix(rule: Rule, rule_set: RuleSet) -> bool:
    """Whether a finding gives a scale of the matrix."""
    return any(MATRIX in rule_set.raised_with[conclusion.outcome] for conclusion in rule.concludes)


def asks_age(rule: Rule) -> bool:
    """Whether a finding asks how old the child is."""
    return any(isinstance(leaf, YoungerThan) for leaf in leaves(rule.when))


def _without(rule_set: RuleSet, leave_out: Callable[[Rule], bool]) -> RuleSet | None:
    kept = tuple(rule for rule in rule_set.findings if not leave_out(rule))
    return None if len(kept) == len(rule_set.findings) else replace(rule_set, findings=kept)
