"""Figures of a comparison as pictures, with matplotlib (the extra `charts`): the tier table, the direction, and the parts.

Nothing is said by colour alone: counts and shares stand on the picture, so does what has to be printed with every figure, and
each picture says in words what it shows.
"""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thresholds.agreement.ratings import TIERS, Undefined
from thresholds.comparison.pairing import Pairing
from thresholds.comparison.subgroups import Subgroups

try:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
except ImportError as error:
    from thresholds.extras import ChartsUnavailableError

    raise ChartsUnavailableError("Pictures need matplotlib: install safeguarding-thresholds[charts].") from error

if TYPE_CHECKING:
    from thresholds.comparison.comparing import Comparison

_INK, _FILL, _PALE = "#222222", "#3b6ea5", "#dfe8f1"
_NONE = "none"
_WIDTH = 72
_DOTS = 150


@dataclass(frozen=True)
class Picture:
    """A picture: a short name for its file, what it shows in words, and the matplotlib figure itself.

    A notebook shows it as PNG, with the words for those who do not see it.
    """

    name: str
    says: str
    figure: Figure

    def png(self) -> bytes:
        """The picture as a PNG file."""
        stream = io.BytesIO()
        self.figure.savefig(stream, format="png", dpi=_DOTS)
        return stream.getvalue()

    def save(self, path: str | Path) -> None:
        """Write the picture to a file, in the form that its name ends in: .png, .svg, .pdf. Raises `OSError`."""
        self.figure.savefig(path, dpi=_DOTS)

    def __str__(self) -> str:
        return self.says

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, str]:
        return {"text/plain": self.says, "image/png": base64.b64encode(self.png()).decode("ascii")}


def charts(comparison: Comparison) -> Iterator[Picture]:
    """Every picture of a comparison."""
    label = comparison.label
    yield tier_table_chart(comparison.together, label)
    yield direction_chart(comparison.together, label)
    for found in comparison.subgroups:
        yield subgroup_chart(found, label)


def tier_table_chart(pairing: Pairing, label: str = "") -> Picture:
    """The tier table as a picture: the number of cases in each cell, the darker the more; those alike have a frame."""
    names = [*(f"Tier {tier}" for tier in TIERS), _NONE]
    figure = Figure(figsize=(6.4, 5.2), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(pairing.table, cmap="Blues", vmin=0, vmax=max(1, *(max(row) for row in pairing.table)) * 1.6)
    for row, counts in enumerate(pairing.table):
        for column, count in enumerate(counts):
            if row == column and row < len(TIERS):
                axes.add_patch(_frame(row))
            axes.text(column, row, str(count) if count else "-", ha="center", va="center", color=_INK, fontsize=12)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel(f"Tier of {pairing.given}")
    axes.set_ylabel(f"Tier of {pairing.reference}")
    cells = (
        f"{names[row]} / {names[column]}: {count}"
        for row, counts in enumerate(pairing.table)
        for column, count in enumerate(counts)
        if count
    )
    title = f"{len(pairing.cases)} cases by the tier of each; framed: the same tier"
    return _picture("tier-table", title, label, figure, cells, f"{pairing.reference} / {pairing.given}. ")


def _frame(place: int) -> Rectangle:
    return Rectangle((place - 0.47, place - 0.47), 0.94, 0.94, fill=False, edgecolor=_INK, linewidth=2)


def direction_chart(pairing: Pairing, label: str = "") -> Picture:
    """In how many cases the second side stands how many tiers below or above the reference."""
    steps = [case.steps for case in pairing.cases if case.steps is not None]
    farthest = len(TIERS) - 1
    places = range(-farthest, farthest + 1)
    counts = [steps.count(place) for place in places]
    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.add_subplot()
    bars = axes.bar(places, counts, color=_FILL, edgecolor=_INK)
    axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], padding=2)
    axes.set_xticks(places, [_step_in_words(place) for place in places])
    axes.set_ylabel("Cases")
    axes.margins(y=0.15)
    if not steps:
        axes.set_ylim(0, 1)
    compared, all_cases = len(steps), len(pairing.cases)
    title = f"How {pairing.given} stand to {pairing.reference}: {compared} of {all_cases} cases compared"
    said = (f"{_step_in_words(place)}: {count}" for place, count in zip(places, counts, strict=True) if count)
    return _picture("direction", title, label, figure, said)


def _step_in_words(step: int) -> str:
    if step == 0:
        return "the same"
    return f"{abs(step)} {'above' if step > 0 else 'below'}"


def subgroup_chart(found: Subgroups, label: str = "") -> Picture:
    """The share of cases with the same tier in each part, with its 95% interval; parts whose counts are few are only named."""
    figure = Figure(figsize=(6.4, 1.4 + 0.4 * len(found.parts)), layout="constrained")
    axes = figure.add_subplot()
    said = []
    for place, part in enumerate(found.parts):
        share = part.agreement
        if share is None or isinstance(share.value, Undefined) or share.lower is None or share.upper is None:
            why = "not shown: too few" if share is None else "not defined"
            axes.text(0.02, place, why, va="center", color=_INK, fontsize=9)
            said.append(f"{part.name}: {why}")
            continue
        said.append(f"{part.name}: {share.value:.0%} of {share.cases}, {share.lower:.0%} to {share.upper:.0%}")
        around = [[share.value - share.lower], [share.upper - share.value]]
        axes.errorbar([share.value], [place], xerr=around, fmt="o", color=_FILL, ecolor=_INK, capsize=4)
        axes.text(share.value, place - 0.18, f"{share.value:.0%} of {share.cases}", ha="center", va="bottom", fontsize=8)
    axes.set_yticks(range(len(found.parts)), [part.name for part in found.parts])
    axes.set_ylim(len(found.parts) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("Share with the same tier (95% interval, Wilson)")
    axes.grid(axis="x", color=_PALE)
    axes.set_axisbelow(True)
    title = f"Share of cases with the same tier, by {found.column.replace('_', ' ')}"
    return _picture(f"by-{found.column.replace('_', '-')}", title, label, figure, said)


def _picture(name: str, title: str, label: str, figure: Figure, said: Iterable[str], sides: str = "") -> Picture:
    figure.suptitle("\n".join([textwrap.fill(title, _WIDTH), *([f"({label})"] if label else [])]), fontsize=11)
    whole = f"{title} ({label})" if label else title
    return Picture(name, f"{whole}. {sides}{'; '.join(said) or 'No case'}.", figure)
