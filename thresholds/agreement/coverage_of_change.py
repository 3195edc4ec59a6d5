"""How often the intervals of a change hold the true change: `python -m thresholds.agreement.coverage_of_change`.

Two audits, each of so many cases drawn by chance from a model of `thresholds.agreement.two_raters`, in which the true change
is known; and a share on the same cases twice, as when rules change.
"""

from __future__ import annotations

import json
import platform
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from thresholds.agreement.changes import change, paired_change
from thresholds.agreement.coverage import Design, Job, audits
from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MEASURES, estimates
from thresholds.agreement.resampling import Method
from thresholds.agreement.two_raters import MODELS, TwoRaters, population
from thresholds.version import __version__

PAIRS = ((MODELS[0], MODELS[1]), (MODELS[3], MODELS[2]))
"""From which model of two raters to which: middling to close, and uneven to leaning."""
TWICE = ((0.6, 0.05, 0.2, 0.15), (0.8, 0.02, 0.1, 0.08))
"""The same cases twice: how likely it is that both agree, only before, only after, and neither."""


def of_two_audits(before: TwoRaters, after: TwoRaters, cases: int, number: int, seed: int) -> Iterator[Mapping[str, Any]]:
    """How the interval of the change of each measure did, in so many pairs of audits."""
    true = {}
    for measure in MEASURES:
        values = [measure.value(population(model.table())) for model in (before, after)]
        true[measure.name] = float(str(values[1])) - float(str(values[0]))
    given, held = Counter[str](), Counter[str]()
    drawn = (audits(Job(model, Design.BY_CHANCE, cases, Method.JACKKNIFE, number, 0, seed)) for model in (before, after))
    for one, other in zip(*drawn, strict=True):
        first, second = estimates(one), estimates(other)
        for name, truth in true.items():
            _count(change(first[name], second[name]), truth, name, given, held)
    for measure in MEASURES:
        yield _result(f"{before.name} to {after.name}", measure.name, cases, number, given, held)


def of_the_same_cases(likely: tuple[float, ...], cases: int, number: int, seed: int) -> Mapping[str, Any]:
    """How the interval of the change of a share did, on the same cases twice."""
    chance = random.Random(f"{seed} {likely} {cases}")
    given, held = Counter[str](), Counter[str]()
    for _ in range(number):
        counts = Counter(chance.choices(range(4), likely, k=cases))
        _count(paired_change(*(counts[kind] for kind in range(4))), likely[2] - likely[1], "same cases", given, held)
    return _result(
        f"agreeing {likely[0] + likely[1]:.0%}, then {likely[0] + likely[2]:.0%}", "same cases", cases, number, given, held
    )


def _count(found: Estimate, truth: float, name: str, given: Counter[str], held: Counter[str]) -> None:
    if found.lower is not None and found.upper is not None:
        given[name] += 1
        held[name] += found.lower <= truth <= found.upper


def _result(kind: str, name: str, cases: int, number: int, given: Counter[str], held: Counter[str]) -> dict[str, Any]:
    return {"kind": kind, "measure": name, "cases": cases, "audits": number, "given": given[name], "held": held[name]}


@click.command()
@click.option("--audits", "number", type=click.IntRange(10), default=2000, show_default=True, help="How many of each kind.")
@click.option("--cases", "sizes", type=click.IntRange(5), multiple=True, default=(30, 100), show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--write", "path", metavar="FILE", help="Keep the result in this file, as JSON.")
def main(number: int, sizes: tuple[int, ...], seed: int, path: str | None) -> None:
    """Try the intervals of a change on made-up audits, and print in how many of 100 they held the true change."""
    began = time.monotonic()
    results = list(
        chain(
            *(of_two_audits(before, after, cases, number, seed) for before, after in PAIRS for cases in sizes),
            (of_the_same_cases(likely, cases, number, seed) for likely in TWICE for cases in sizes),
        )
    )
    for one in results:
        share = f"{100 * one['held'] / one['given']:.1f} of 100" if one["given"] else "no interval"
        click.echo(f"{one['kind']}, {one['cases']} cases, {one['measure']}: {share}")
    if path is not None:
        kept = {
            "format": "coverage-of-change/1",
            "date": date.today().isoformat(),
            "seconds": round(time.monotonic() - began),
            "python": platform.python_version(),
            "library": __version__,
            "seed": seed,
            "results": results,
        }
        Path(path).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
