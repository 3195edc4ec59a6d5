"""All engines on the same cases, compared: `python -m thresholds.verification.differential --cases 1000000`.

Half of the cases are put to the shipped rule sets, half to rule sets made up by chance. What has to agree is every outcome and
every rule that counts or is tempered, in each of the four readings, what would be without discretion, and the advice.
"""

from __future__ import annotations

import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path

import click

from thresholds.evaluation.compiled import CompiledRuleSet
from thresholds.evaluation.engines import Engine, EngineUnavailableError, evaluator
from thresholds.evaluation.findings import Evaluation, Evaluator
from thresholds.evaluation.reference import advise, find
from thresholds.facts.record import Record
from thresholds.language.conditions import facts_read
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import shipped
from thresholds.scales import Reading
from thresholds.verification.made_up import records, records_about
from thresholds.version import __version__

DURABLE_SHARE = 0.01
"""The share of the cases that durable-rules is put to as well: it is hundreds of times slower."""
CASES_PER_RULE_SET = 500
"""How many cases each made-up rule set gets in a long run."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a run: how many cases, how many of them durable-rules was put to, over how many made-up rule sets besides
    the shipped ones, and what disagreed, each in a sentence.

    `without_durable` says why durable-rules was not asked; empty where it was.
    """

    cases: int
    durable_cases: int
    made_up_rule_sets: int
    seed: int
    disagreements: tuple[str, ...]
    without_durable: str

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            self.cases + other.cases,
            self.durable_cases + other.durable_cases,
            self.made_up_rule_sets + other.made_up_rule_sets,
            self.seed,
            (*self.disagreements, *other.disagreements),
            self.without_durable or other.without_durable,
        )


def meant(rule_set: RuleSet, record: Record) -> tuple[Evaluation, tuple[object, ...]]:
    """What the specification makes of a record: the evaluation, and the rest that every engine has to give too."""
    may = frozenset(position for position, rule in enumerate(rule_set.findings) if rule.discretion)
    found = {reading: find(rule_set, record, reading) for reading in Reading}  # once, for the evaluation and for each reading
    evaluation = Evaluation.of(record, found, find(rule_set, record, Reading.SUGGESTED, left_out=may).outcomes)
    return evaluation, (found, advise(rule_set, evaluation))


def given_by(engine: Evaluator, record: Record) -> tuple[Evaluation, tuple[object, ...]]:
    """The same from an engine."""
    evaluation = engine.evaluate(record)
    return evaluation, ({reading: engine.find(record, reading) for reading in Reading}, engine.advise(evaluation))


def compare(
    rule_set: RuleSet, made_up: Iterable[Record], seed: int, durable_share: float = DURABLE_SHARE, name: str = ""
) -> Compared:
    """The engines on these records by one rule set, which a disagreement calls by its `name`, else by its id."""
    compiled, chance, name = CompiledRuleSet(rule_set), random.Random(f"{name} {seed}"), name or rule_set.id
    durable, why_not = _durable(rule_set) if durable_share else (None, "it was not to be asked")
    cases = durable_cases = 0
    disagreements = []
    for cases, record in enumerate(made_up, 1):
        expected = meant(rule_set, record)
        if given_by(compiled, record) != expected:
            disagreements.append(f"{name}: compiled, case {cases} of seed {seed}")
        if durable is not None and chance.random() < durable_share:
            durable_cases += 1
            if given_by(durable, record) != expected:
                disagreements.append(f"{name}: durable, case {cases} of seed {seed}")
    return Compared(cases, durable_cases, 0, seed, tuple(disagreements), why_not)


def _durable(rule_set: RuleSet) -> tuple[Evaluator | None, str]:
    try:
        return evaluator(rule_set, Engine.DURABLE), ""
    except EngineUnavailableError as error:
        return None, str(error)


def rule_sets_by_chance(number: int, seed: int) -> list[RuleSet]:
    """So many made-up rule sets. Needs hypothesis."""
    import hypothesis

    from thresholds.testing import rule_sets

    made: list[RuleSet] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(rule_sets())
    def collect(rule_set: RuleSet) -> None:
        made.append(rule_set)

    collect()
    return made[:number]


# Parts of a run, each for one process.


def _shipped_part(name: str, seed: int, cases: int, durable_share: float) -> Compared:
    return compare(load_rule_set(name), records(seed, cases), seed, durable_share)


def _made_up_part(seed: int, cases: int, durable_share: float) -> Compared:
    made = rule_sets_by_chance(max(1, cases // CASES_PER_RULE_SET), seed)
    chance = random.Random(seed)
    total = Compared(0, 0, 0, seed, (), "")
    for place, (rule_set, each) in enumerate(zip(made, _spread(cases, len(made)), strict=True), 1):
        read = {name for rule in rule_set.rules.values() for part in (rule.when, rule.unless) for name in facts_read(part)}
        total += compare(rule_set, records_about(read, chance, each), seed, durable_share, f"made-up rule set {place}")
    return replace(total, made_up_rule_sets=len(made))


def _spread(cases: int, parts: int) -> list[int]:
    """So many cases in so many parts, as alike as may be."""
    return [cases // parts + (part < cases % parts) for part in range(parts)]


def run(cases: int, seed: int, durable_share: float = DURABLE_SHARE, processes: int = 1) -> Compared:
    """A whole run, in so many processes; how many they are changes nothing of what is compared."""
    jobs: list[Callable[[], Compared]] = []
    names = list(shipped())
    portions = max(1, cases // _PORTION) * len(names)
    for portion, each in enumerate(_spread(cases, portions)):
        made_up = each // 2
        jobs.append(partial(_shipped_part, names[portion % len(names)], seed + portion, each - made_up, durable_share))
        if made_up:
            jobs.append(partial(_made_up_part, seed + portion, made_up, durable_share))
    total = Compared(0, 0, 0, seed, (), "")
    for part in _done(jobs, processes):
        total += part
    return total


_PORTION = 50_000


def _done(jobs: list[Callable[[], Compared]], processes: int) -> Iterator[Compared]:
    if processes == 1:
        yield from (job() for job in jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_call, jobs)


def _call(job: Callable[[], Compared]) -> Compared:
    return job()


def as_json(compared: Compared, seconds: float) -> Mapping[str, object]:
    """A run as JSON holds it, with when and with what it was made."""
    return {
        "format": "differential/1",
        "date": str(date.today()),
        "seconds": round(seconds),
        "python": platform.python_version(),
        "library": __version__,
        "rule_sets": {name: load_rule_set(name).digest for name in shipped()},
        "durable_rules": None if compared.without_durable else metadata.version("durable-rules"),
        **asdict(compared),
    }


@click.command()
@click.option("--cases", type=click.IntRange(1), default=20_000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--durable", "durable_share", type=click.FloatRange(0, 1), default=DURABLE_SHARE, show_default=True)
@click.option("--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True)
@click.option("--write", metavar="FILE", help="Keep the result in this file.")
def main(cases: int, seed: int, durable_share: float, processes: int, write: str | None) -> None:
    """Put every engine to the same cases, and say where they disagree (exit code 1)."""
    begun = time.perf_counter()
    compared = run(cases, seed, durable_share, processes)
    result = as_json(compared, time.perf_counter() - begun)
    click.echo(json.dumps(result, indent=2))
    if write is not None:
        Path(write).write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    if compared.disagreements:
        sys.exit(1)


if __name__ == "__main__":
    main()
