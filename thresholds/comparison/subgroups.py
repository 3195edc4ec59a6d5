"""Agreement in parts of the cases: by service, by stage, by any column; small numbers are not shown.

A column is one of those that an audited case has, or any fact of the case. A case whose column is not known is a part of its
own, and is not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from thresholds.agreement.intervals import Estimate, wilson
from thresholds.agreement.suppression import FEWEST_SHOWN, Suppressed, suppressed
from thresholds.audits.audited import AuditedCase, TierHeld
from thresholds.comparison.compared import ComparedCase
from thresholds.comparison.pairing import Pairing
from thresholds.facts.vocabulary import FACTS
from thresholds.loading.problems import nearest
from thresholds.scales import Stage

NOT_KNOWN = "not known"
COUNTS = ("same tier", "over-called", "under-called", "not compared")
"""What is counted in each part, in the order of the columns."""


class ColumnError(ValueError):
    """A column that no case has. The message names the nearest."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cases: what it is called, and the share in which both sides give the same tier.

    `agreement` is None where the counts that it is worked out from are not shown.
    """

    name: str
    agreement: Estimate | None


@dataclass(frozen=True, slots=True)
class Subgroups:
    """The parts that a column makes of the cases. `counts` has a row for each part and a column for each of `COUNTS`."""

    column: str
    parts: tuple[Part, ...]
    counts: Suppressed

    @property
    def fewest_shown(self) -> int:
        """The smallest count that is shown."""
        return self.counts.fewest_shown


def subgroups(
    pairing: Pairing, cases: Iterable[ComparedCase], column: str, fewest_shown: int = FEWEST_SHOWN
) -> Subgroups | None:
    """The parts that a column makes of the cases of a pairing; None where there are no cases.

    A count of 0 is hidden like any small one; with `fewest_shown` 1 everything is shown, which is for those who did the audit.
    `column` is process, stage, multi_agency, held, seen, stratum, one of the audit's own, or a fact. Raises `ColumnError`
    where it is none of them, and ValueError where `fewest_shown` is below 1.
    """
    by_id = {case.id: case for case in cases}
    value = column_of(column, own_columns(case.audited for case in by_id.values()))
    counted: dict[str, list[int]] = {}
    for paired in pairing.cases:
        row = counted.setdefault(value(by_id[paired.id]), [0] * len(COUNTS))
        row[_kind(paired.steps)] += 1
    if not counted:
        return None
    names = sorted(counted, key=_in_order(column))
    table = suppressed([counted[name] for name in names], fewest_shown, show_zero=fewest_shown == 1)
    parts = tuple(Part(name, _agreement(row)) for name, row in zip(names, table.counts, strict=True))
    return Subgroups(column, parts, table)


def _in_order(column: str) -> Callable[[str], tuple[int, str]]:
    """The order of a column's values: that of their scale where there is one, else by the letter; what is not known last."""
    scale: dict[str, int] = {word: place for place, word in enumerate(_scale(column))}
    return lambda name: (len(scale) + 1 if name == NOT_KNOWN else scale.get(name, len(scale)), name)


def _scale(column: str) -> Sequence[str]:
    if column == "stage":
        return [stage.label for stage in Stage]
    if column == "held":
        return list(TierHeld)
    return FACTS[column].values if column in FACTS else ()


def _kind(steps: int | None) -> int:
    if steps is None:
        return 3
    return 0 if steps == 0 else 1 if steps > 0 else 2


def _agreement(row: Sequence[int | None]) -> Estimate | None:
    alike, over, under, _ = row
    if alike is None or over is None or under is None:
        return None
    return wilson(alike, alike + over + under)


def own_columns(cases: Iterable[AuditedCase]) -> tuple[str, ...]:
    """The columns of an audit's own."""
    return tuple(dict.fromkeys(name for case in cases for name in case.columns))


def column_of(column: str, own: Sequence[str] = ()) -> Callable[[ComparedCase], str]:
    """What a case has in this column, in words; `own` are the audit's own. Raises `ColumnError` where there is none such.

    Where the audit calls a column of its own as a case's column or a fact is called, its own is meant with by_ before it.
    """
    if column.removeprefix("by_") in own and (column.startswith("by_") or column not in (*_COLUMNS, *FACTS)):
        name = column.removeprefix("by_")
        return lambda case: case.audited.columns.get(name, NOT_KNOWN)
    if column in _COLUMNS:
        return _COLUMNS[column]
    if column in FACTS:
        return lambda case: _in_words(case.audited.case.known().get(column))
    raise ColumnError(f"{column}: There is no such column; {nearest(column, [*_COLUMNS, *own, *FACTS])}")


def _in_words(value: object) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _stage(case: ComparedCase) -> str:
    stage = case.suggestion.stage
    return NOT_KNOWN if stage is None else stage.label


def _agencies(case: ComparedCase) -> str:
    several = case.audited.multi_agency
    return NOT_KNOWN if several is None else "several agencies" if several else "one agency"


_COLUMNS: Mapping[str, Callable[[ComparedCase], str]] = MappingProxyType(
    {
        "process": lambda case: case.audited.process.replace("_", " "),
        "stage": _stage,
        "multi_agency": _agencies,
        "held": lambda case: _in_words(case.audited.held),
        "seen": lambda case: case.audited.seen.replace("_", " "),
        "stratum": lambda case: _in_words(case.audited.stratum),
    }
)
COLUMNS = tuple(_COLUMNS)
"""The columns that every audited case has; any fact, and any column of the audit's own, is one too."""
