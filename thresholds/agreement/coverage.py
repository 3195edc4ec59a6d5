"""How often the intervals hold the true value: `python -m thresholds.agreement.coverage --cases 30 --cases 100`.

Audits are made up by the models of `thresholds.agreement.two_raters`, in which the true value is known, by two designs: cases
drawn by chance from all, and equal numbers drawn from three strata by what was given (lowest, middle, highest), each case then
weighing as much as it stands for.
"""

from __future__ import annotations

import json
import math
import os
import platform
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import click

from thresholds.agreement.intervals import LEVEL
from thresholds.agreement.measures import MEASURES, estimates
from thresholds.agreement.ratings import TIERS, Ratings, ratings
from thresholds.agreement.resampling import Method
from thresholds.agreement.two_raters import MODELS, TwoRaters, population
from thresholds.version import __version__


class Design(StrEnum):
    """How the cases of an audit are drawn."""

    BY_CHANCE = "by chance"
    STRATIFIED = "stratified"


@dataclass(frozen=True, slots=True)
class Covered:
    """How the intervals of one measure did in audits of one kind.

    `given` of the audits had an interval, `held` of these the true value; `share` is held of given and `error` its Monte Carlo
    standard error (both None where no interval was given). `width` is the mean width of the intervals.
    """

    model: str
    design: Design
    cases: int
    method: Method
    measure: str
    true_value: float
    audits: int
    given: int
    held: int
    share: float | None
    error: float | None
    width: float | None


@dataclass(frozen=True, slots=True)
class Job:
    """Audits of one kind: so many of them, each of so many cases."""

    model: TwoRaters
    design: Design
    cases: int
    method: Method
    audits: int
    resamples: int
    seed: int


def audits(job: Job) -> Iterator[Ratings]:
    """The audits of a job, made up by chance from its seed."""
    chance = random.Random(f"{job.seed} {job.model.name} {job.design} {job.cases}")
    table = job.model.table()
    pairs = [(reference, given) for reference in range(len(table)) for given in range(len(table))]
    likely = {pair: table[pair[0]][pair[1]] for pair in pairs}
    strata = [pairs]
    if job.design is Design.STRATIFIED:
        top = len(table) - 1
        strata = [[pair for pair in pairs if (pair[1] > 0) + (pair[1] == top) == part] for part in range(3)]
    for _ in range(job.audits):
        rows, of, weights = [], [], []
        for number, members in enumerate(strata):
            size = (job.cases + number) // len(strata)
            drawn = chance.choices(members, [likely[pair] for pair in members], k=size)
            rows += [(TIERS[reference], TIERS[given]) for reference, given in drawn]
            of += [number] * size
            weights += [sum(likely[pair] for pair in members) / size] * size
        yield ratings(rows, strata=of, weights=weights)


def covered(job: Job) -> list[Covered]:
    """How often the intervals of each measure hold the true value in the audits of a job."""
    whole = population(job.model.table())
    true = {measure.name: measure.value(whole) for measure in MEASURES}
    given, held = Counter[str](), Counter[str]()
    widths = dict.fromkeys(true, 0.0)
    for number, audit in enumerate(audits(job)):
        for name, estimate in estimates(audit, method=job.method, resamples=job.resamples, seed=number).items():
            value = true[name]
            if estimate.lower is None or estimate.upper is None or not isinstance(value, float):
                continue
            given[name] += 1
            held[name] += estimate.lower <= value <= estimate.upper
            widths[name] += estimate.upper - estimate.lower
    return [
        Covered(
            job.model.name,
            job.design,
            job.cases,
            job.method,
            name,
            round(value, 4),
            job.audits,
            given[name],
            held[name],
            *_share(held[name], given[name]),
            round(widths[name] / given[name], 4) if given[name] else None,
        )
        for name, value in true.items()
        if isinstance(value, float)
    ]


def _share(held: int, given: int) -> tuple[float | None, float | None]:
    if not given:
        return None, None
    share = held / given
    return round(share, 4), round(math.sqrt(share * (1 - share) / given), 4)


def jobs(number: int, cases: Iterable[int], bootstrap_audits: int, resamples: int, seed: int) -> list[Job]:
    """All kinds of audits: every model, design, size and method; the bootstraps, which are slow, in fewer audits."""
    return [
        Job(model, design, size, method, number if method is Method.JACKKNIFE else bootstrap_audits, resamples, seed)
        for method in Method
        for size in cases
        for model in MODELS
        for design in Design
        if method is Method.JACKKNIFE or (bootstrap_audits and design is Design.BY_CHANCE)
    ]


def run(wanted: list[Job], processes: int = 1) -> list[Covered]:
    """All jobs, in so many processes; in the order of the jobs."""
    if processes == 1:
        return [one for job in wanted for one in covered(job)]
    with ProcessPoolExecutor(processes) as pool:
        return [one for done in pool.map(covered, wanted) for one in done]


def lines(results: Iterable[Covered]) -> Iterator[str]:
    """The results as lines of text: for each method, design and size, the coverage of each measure in each model."""
    kinds: dict[tuple[Method, Design, int], dict[str, dict[str, str]]] = {}
    for one in results:
        cell = "-" if one.share is None or one.error is None else f"{one.share:.1%} ±{one.error:.1%}"
        kinds.setdefault((one.method, one.design, one.cases), {}).setdefault(one.measure, {})[one.model] = cell
    for (method, design, cases), measures in kinds.items():
        models = list(next(iter(measures.values())))
        yield f"{method}, {cases} cases, {design}"
        yield "  " + " " * 20 + "".join(f"{model:>16}" for model in models)
        for measure, by_model in measures.items():
            yield f"  {measure:20}" + "".join(f"{by_model[model]:>16}" for model in models)


def as_json(results: list[Covered], seconds: float, resamples: int, seed: int) -> Mapping[str, object]:
    """The results as JSON holds them, with when and with what they were made and what the models are."""
    return {
        "format": "coverage-of-intervals/1",
        "date": str(date.today()),
        "seconds": round(seconds),
        "python": platform.python_version(),
        "library": __version__,
        "level": LEVEL,
        "bootstrap_resamples": resamples,
        "seed": seed,
        "models": [asdict(model) for model in MODELS],
        "results": [asdict(one) for one in results],
    }


def as_text(result: Mapping[str, object]) -> str:
    """The results as a JSON file with one line for each entry, so that two trials can be compared line by line."""
    parts = []
    for key, value in result.items():
        if isinstance(value, list):
            entries = ",\n".join("  " + json.dumps(entry) for entry in value)
            parts.append(f"{json.dumps(key)}: [\n{entries}\n ]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


@click.command()
@click.option("--audits", "number", type=click.IntRange(1), default=2000, show_default=True)
@click.option("--cases", type=click.IntRange(6), multiple=True, default=(30, 100), show_default=True, help="Of each audit.")
@click.option("--bootstrap-audits", type=click.IntRange(0), default=200, show_default=True, help="For each kind of bootstrap.")
@click.option("--resamples", type=click.IntRange(100), default=400, show_default=True, help="Of each bootstrap.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--write", metavar="FILE", help="Keep the result in this file.")
def main(
    number: int, cases: tuple[int, ...], bootstrap_audits: int, resamples: int, seed: int, processes: int, write: str | None
) -> None:
    """Say how often each 95% interval holds the true value, in audits made up by models in which it is known."""
    begun = time.perf_counter()
    results = run(jobs(number, cases, bootstrap_audits, resamples, seed), processes)
    for line in lines(results):
        click.echo(line)
    if write is not None:
        result = as_json(results, time.perf_counter() - begun, resamples, seed)
        Path(write).write_text(as_text(result), encoding="utf-8")


if __name__ == "__main__":
    main()
