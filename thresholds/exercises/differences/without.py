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
    """The rules without those that ask how old the child is: without those of this rule set alone, then without those of the
    one that it extends as well, and so on. A rule set that adds none of its own leaves nothing out by itself."""
    found: list[RuleSet] = []
    left_out: set[str] = set()
    extended: RuleSet | None = rule_set
    while extended is not None:
        left_out.add(extended.id)
        without = _without(rule_set, lambda rule: rule.rule_set in left_out and asks_age(rule))
        if without is not None and (not found or without.findings != found[-1].findings):
            found.append(without)
        extended = extended.extends
    return tuple(found)


def is_of_matrix(rule: Rule, rule_set: RuleSet) -> bool:
    """Whether a finding gives a scale of the matrix."""
    return any(MATRIX in rule_set.raised_with[conclusion.outcome] for conclusion in rule.concludes)


def asks_age(rule: Rule) -> bool:
    """Whether a finding asks how old the child is."""
    return any(isinstance(leaf, YoungerThan) for condition in (rule.when, rule.unless) for leaf in leaves(condition))


def _without(rule_set: RuleSet, leave_out: Callable[[Rule], bool]) -> RuleSet | None:
    kept = tuple(rule for rule in rule_set.findings if not leave_out(rule))
    return None if len(kept) == len(rule_set.findings) else replace(rule_set, findings=kept)
