"""What changed between two rule sets: in words, and by which possible cases change tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thresholds.language.rules import RuleSet
from thresholds.verification.differences import ChangedRule, Differences, Stated, differences, says
from thresholds.version import __version__
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.verification.moves import Moves


@dataclass(frozen=True)
class Diff(Shown):
    """What differs between two rule sets. `moves` is None where the solver was not asked."""

    before: RuleSet
    after: RuleSet
    differences: Differences
    moves: Moves | None

    def page(self) -> Page:
        """What differs, as a page."""
        from thresholds.views.diff_page import diff_page

        return diff_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """What differs, as JSON holds it; format "diff/1"."""
        found = self.differences
        return {
            "format": "diff/1",
            "library": __version__,
            "before": _named(self.before),
            "after": _named(self.after),
            "added": [_said(one, self.after) for one in found.added],
            "removed": [_said(one, self.before) for one in found.removed],
            "changed": [_changed(one) for one in found.changed],
            "declared": [change._asdict() for change in found.declared],
            "tier": None if self.moves is None else _moves(self.moves),
        }


def diff(before: RuleSet, after: RuleSet, ask_solver: bool = True) -> Diff:
    """What changed from one rule set to another; by the solver too, unless it is not to be asked.

    Raises `ImportError` where the solver is asked and not installed.
    """
    moved = None
    if ask_solver:
        from thresholds.verification.moves import moves

        moved = moves(before, after)
    return Diff(before, after, differences(before, after), moved)


def _named(rule_set: RuleSet) -> Mapping[str, str]:
    return {"id": rule_set.id, "version": rule_set.version, "digest": rule_set.digest}


def _said(stated: Stated, rule_set: RuleSet) -> Mapping[str, str]:
    return {"rule": stated.id, "title": stated.title, "says": says(stated, rule_set)}


def _changed(rule: ChangedRule) -> Mapping[str, object]:
    return {"rule": rule.id, "title": rule.title, "changes": [change._asdict() for change in rule.changes]}


def _moves(moves: Moves) -> Mapping[str, object]:
    directions = [
        {
            "before": None if move.before is None else move.before.word,
            "after": None if move.after is None else move.after.word,
            "witnesses": [case.known() for case in move.witnesses],
        }
        for move in moves.moves
    ]
    return {
        "proved_unchanged": moves.is_decided and not moves.moves,
        "moves": directions,
        "others_that_change": list(moves.others),
        "not_compared": list(moves.not_compared),
    }
