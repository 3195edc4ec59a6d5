"""Figures with their intervals, in the words and decimals of a page; why there is none, and how it was found, as notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thresholds.agreement.intervals import WILSON_IN_WORDS, Estimate
from thresholds.agreement.measures import MEASURES
from thresholds.agreement.ranges import Allowed
from thresholds.agreement.ratings import Undefined

NOT_DEFINED = "not defined"


def in_figures(estimate: Estimate) -> str:
    """A figure with its interval, in two decimals; how it was found, and why there is none, are for a note."""
    if isinstance(estimate.value, Undefined):
        return NOT_DEFINED
    interval = "no interval" if estimate.lower is None else f"{_two(estimate.lower)} to {_two(estimate.upper)}"
    return f"{_two(estimate.value)} ({interval})"


def in_percent(share: Estimate) -> str:
    """A share with its interval, in per cent."""
    if isinstance(share.value, Undefined):
        return NOT_DEFINED
    interval = "no interval" if share.lower is None else f"{share.lower:.0%} to {share.upper:.0%}"
    return f"{share.value:.0%} ({interval})"


def with_method(share: Estimate) -> str:
    """A share with its interval, in per cent, and how the interval was found; or why there is none."""
    if isinstance(share.value, Undefined):
        return str(share.value)
    if share.lower is None or share.upper is None:
        return f"{share.value:.0%} (no interval)"
    method = "Wilson" if share.method == WILSON_IN_WORDS else share.method
    return f"{share.value:.0%} ({share.level:.0%} interval {share.lower:.0%} to {share.upper:.0%}, {method})"


def in_points(change: Estimate) -> str:
    """The change of a share in percentage points, with its interval; or why there is none.

    Whole points, or as many decimals as show that the interval has a width.
    """
    if isinstance(change.value, Undefined):
        return str(change.value)
    if change.lower is None or change.upper is None:
        return f"{_points(change.value)} points (no interval)"
    decimals = next(
        (some for some in range(_MOST_DECIMALS) if _points(change.lower, some) != _points(change.upper, some)), _MOST_DECIMALS
    )
    value, lower, upper = (_points(one, decimals) for one in (change.value, change.lower, change.upper))
    return f"{value} points ({change.level:.0%} interval {lower} to {upper})"


def _points(share: float, decimals: int = 0) -> str:
    return f"{round(100 * share, decimals) + 0.0:+.{decimals}f}"  # never a nought with a minus


_MOST_DECIMALS = 9


def as_change(change: Estimate) -> str:
    """The change of a figure, in two decimals with a sign, and its interval."""
    if isinstance(change.value, Undefined):
        return NOT_DEFINED
    interval = "no interval" if change.lower is None else f"{change.lower:+.2f} to {change.upper:+.2f}"
    return f"{change.value:+.2f} ({interval})"


def open_allows(one: Allowed) -> str:
    """What is open allows of a figure, from the lowest to the highest."""
    if isinstance(one.lowest, Undefined) or isinstance(one.highest, Undefined):
        return NOT_DEFINED
    return f"{_two(one.lowest)} to {_two(one.highest)}" if one.open_cases else "nothing is open"


def _two(number: float | None) -> str:
    """Two decimals, and never a nought with a minus."""
    return "" if number is None else f"{round(number, 2) + 0.0:.2f}"


def entered(figures: Mapping[str, Estimate]) -> int:
    """How many cases entered: the same for every measure."""
    return max((one.cases for one in figures.values()), default=0)


def notes(columns: Mapping[str, Mapping[str, Estimate]], allowed: Mapping[str, Allowed] | None = None) -> Iterator[str]:
    """How the figures in some columns were found, why there are none, and what to be careful of; each once, and of which."""
    said: dict[str, dict[str, list[str]]] = {}
    labels = {measure.name: measure.label for measure in MEASURES}
    for column, figures in columns.items():
        for name in (name for name in labels if name in figures):
            one = figures[name]
            said.setdefault(f"Interval: {one.method}", {}).setdefault(column, []).append(labels[name])
            if isinstance(one.value, Undefined):
                said.setdefault(f"Not defined: {one.value.reason}", {}).setdefault(column, []).append(labels[name])
            elif one.caution:
                said.setdefault(one.caution, {}).setdefault(column, []).append(labels[name])
    for name, could in (allowed or {}).items():
        for why in filter(None, (could.caution, could.lowest.reason if isinstance(could.lowest, Undefined) else "")):
            said.setdefault(why, {}).setdefault("what is open allows", []).append(labels[name])
    for what, where in said.items():
        yield f"{what.removesuffix('.')}. ({'; '.join(_of_which(column, found) for column, found in where.items())}.)"


def _of_which(column: str, labels: list[str]) -> str:
    others = [measure.label for measure in MEASURES if measure.label not in labels]
    if len(others) >= len(labels):
        return f"{column}: {' / '.join(labels)}"
    return f"{column}: all but {' / '.join(others)}" if others else f"{column}: every figure"
