"""What has to be known before a low tier means anything, and is not."""

from __future__ import annotations

from collections.abc import Iterable

from thresholds.facts.record import POSITIONS, RAISED_BY, Record
from thresholds.language.rules import RuleSet
from thresholds.scales import Stage


def unanswered(rule_set: RuleSet, record: Record) -> tuple[str, ...]:
    """What the rule set requires to be known at this child's stage, and is not.

    An opening question answered yes or suspected is answered only once something behind it is found, or all of it is known.
    Where the age is not known, whatever any stage requires is required, and the age.
    """
    age = record[POSITIONS["age_months"]]
    stage = Stage.at(age)
    if stage is None:
        required: Iterable[str] = dict.fromkeys(name for names in rule_set.required.values() for name in names)
    else:
        required = rule_set.required.get(stage, ())
    missing = [name for name in required if not _is_answered(name, record)]
    return tuple(["age_months", *missing] if age is None else missing)


def _is_answered(name: str, record: Record) -> bool:
    answer = record[POSITIONS[name]]
    if not answer or name not in RAISED_BY:
        return answer is not None
    behind = [record[POSITIONS[risk]] for risk in RAISED_BY[name]]
    return any(behind) or None not in behind
