"""How long each engine takes, as ratios measured in one run: `python -m tests.benchmarks.engines`.

Each figure is the median over the shipped example cases, the engines taking turns. Answers are compared first. With `--write`
the table of docs/engines.md is renewed.
"""

from __future__ import annotations

import datetime as dt
import platform
import statistics
import sys
import time
from collections.abc import Iterator

from tests.benchmarks.__main__ import BEGIN, CASES, END, ROOT, RULE_SET, measure, table
from thresholds import EngineUnavailableError, suggest
from thresholds.evaluation.compiled import CompiledRuleSet
from thresholds.evaluation.durable import DISTRIBUTION, VERSION, DurableRuleSet
from thresholds.evaluation.engines import Engine, evaluator
from thresholds.evaluation.findings import Evaluator
from thresholds.evaluation.reference import Interpreter

PAGE = ROOT / "docs" / "engines.md"
MAKERS: dict[Engine, type[CompiledRuleSet] | type[Interpreter] | type[DurableRuleSet]] = {
    Engine.COMPILED: CompiledRuleSet,
    Engine.REFERENCE: Interpreter,
    Engine.DURABLE: DurableRuleSet,
}


def made() -> dict[Engine, tuple[Evaluator, float]]:
    """Each engine that can be used here, and the milliseconds it took to make the rule set ready, the best of five."""
    found: dict[Engine, tuple[Evaluator, float]] = {}
    for engine, maker in MAKERS.items():
        best = float("inf")
        try:
            for _ in range(5):
                start = time.perf_counter()
                maker(RULE_SET)
                best = min(best, (time.perf_counter() - start) * 1e3)
        except EngineUnavailableError as error:
            print(error, file=sys.stderr)
            continue
        found[engine] = evaluator(RULE_SET, engine), best
    return found


def report() -> Iterator[str]:
    """The table, in Markdown."""
    ready = made()
    first = ready[Engine.COMPILED][0]
    for case in CASES:
        for one, _ in ready.values():
            evaluation = one.evaluate(case.record)
            assert evaluation == first.evaluate(case.record)
            assert one.advise(evaluation) == first.advise(evaluation)
    evaluated = measure({str(name): lambda case, one=one: one.evaluate(case.record) for name, (one, _) in ready.items()}, 3)
    suggested = measure({str(name): lambda case, name=name: suggest(case, RULE_SET, str(name)) for name in ready}, 3)
    rows = []
    for name, (_, prepared) in ready.items():
        cells = [str(name)]
        for found in (evaluated, suggested):
            ratios = [one / base for one, base in zip(found[name], found[Engine.COMPILED], strict=True)]
            cells += [f"{statistics.median(found[name]):.0f}", f"{statistics.median(ratios):.0f}"]
        rows.append(f"| {' | '.join(cells)} | {prepared:.0f} |")
    machine = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    yield (
        f"Measured on {dt.date.today():%d %B %Y} by `python -m tests.benchmarks.engines --write`: {machine}, {DISTRIBUTION} "
        f"{VERSION}, {len(CASES)} example cases, rule set {RULE_SET.id} {RULE_SET.version}."
    )
    yield ""
    yield from table(
        "engine | an evaluation, microseconds, median | times compiled | a suggestion, microseconds, median | times compiled "
        "| to make a rule set ready, milliseconds",
        rows,
    )


def main(arguments: list[str]) -> int:
    """Measure, and print or write."""
    measured = "\n".join(report())
    print(measured)
    if arguments == ["--write"]:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
