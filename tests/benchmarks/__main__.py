"""How long things take, as ratios measured in one run: `python -m tests.benchmarks`.

Each figure is the median over the shipped example cases. The measure is a function that returns the suggested tier alone,
generated from the same rules and fed the same record: what a hand would write. Nothing here is a test; machines differ, and
ratios taken in one run differ less. With `--write` the tables of docs/performance.md are renewed.

Other engines are measured where they are installed (`pip install -e ".[benchmarks]"`), each in a process of its own, beside
`suggest` in turns. Their answers are compared first: one that gives another tier is reported and not timed.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
import statistics
import subprocess
import sys
import timeit
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.peers import PEERS, data_of
from tests.interviews import by_tier
from thresholds import Case, Suggestion, Tier, load_rule_set, suggest
from thresholds.case_files import suggest_from_file
from thresholds.evaluation.compiled import CompiledRuleSet, compile_rule_set, compile_tier_only
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import encode

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES, PAGE = ROOT / "examples" / "cases", ROOT / "docs" / "performance.md"
RULE_SET = load_rule_set("hackney-2011")
TIER = RULE_SET.outcome_positions["tier"]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ROUNDS = 9


def cases() -> list[Case]:
    """The shipped example cases."""
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))
    return [one.case for path in files for one in suggest_from_file(str(path)) if isinstance(one, Suggestion)]


def measure(functions: Mapping[str, Callable[[Case], object]], times: int) -> dict[str, list[float]]:
    """Microseconds of each function for each case: the best of several rounds, the functions taking turns in each."""
    found: dict[str, list[float]] = {name: [] for name in functions}
    for case in cases():
        best = dict.fromkeys(functions, float("inf"))
        for _ in range(ROUNDS):
            for name, function in functions.items():
                taken = timeit.timeit(lambda call=function, one=case: call(one), number=times) / times * 1e6
                best[name] = min(best[name], taken)
        for name, taken in best.items():
            found[name].append(taken)
    return found


def table(headings: str, rows: list[str]) -> Iterator[str]:
    """A table in Markdown."""
    yield f"| {headings} |"
    yield "|" + " --- |" * (headings.count("|") + 1)
    yield from rows
    yield ""


def one_case() -> Iterator[str]:
    """A suggestion, against the tier alone."""
    compiled, tier_only = compile_rule_set(RULE_SET), compile_tier_only(RULE_SET)
    mappings = {id(case): {"reference": case.reference, **case.known()} for case in CASES}
    functions: dict[str, Callable[[Case], object]] = {
        "the tier alone, by a function as a hand would write it": lambda case: tier_only(case.record),
        "a validated case evaluated, in all four readings": lambda case: compiled.evaluate(case.record),
        "the same, its record made anew": lambda case: compiled.evaluate(encode(case.__dict__, case.model_fields_set)),
        "a validated case to the whole suggestion, reasons and advice included": lambda case: suggest(case, RULE_SET),
        "a mapping to the whole suggestion, validated first": lambda case: suggest(mappings[id(_same(case))], RULE_SET),
    }
    found = measure(functions, 200)
    base = next(iter(found.values()))
    rows = []
    for name, taken in found.items():
        ratios = [one / other for one, other in zip(taken, base, strict=True)]
        rows.append(f"| {name} | {statistics.median(taken):.1f} | {statistics.median(ratios):.1f} | {max(ratios):.1f} |")
    yield from table("what | microseconds, median | times the tier alone, median | at most", rows)
    interpreter = Interpreter(RULE_SET)
    once = timeit.timeit(lambda: interpreter.evaluate(CASES[0].record), number=20) / 20 * 1e6
    yield f"The interpreter, which is the specification, takes {once / base[0]:.0f} times the tier alone for the first case."
    yield ""


CASES = cases()
_BY_REFERENCE = {case.reference: case for case in CASES}


def _same(case: Case) -> Case:
    return _BY_REFERENCE[case.reference]


def analyses() -> Iterator[str]:
    """What one may ask of a suggestion: milliseconds, and evaluations, which are not noisy."""
    asked: dict[str, Callable[[Suggestion], object]] = {
        "ask_next(limit=10)": lambda one: one.ask_next(10),
        "what_would_change()": lambda one: one.what_would_change(),
        "why()": lambda one: one.why(),
        "why_not(Tier 3, else the tier below)": lambda one: one.why_not(Tier.TWO_B if one.tier is Tier.THREE else Tier.THREE),
        "stability()": lambda one: one.stability(),
    }
    suggestions = [suggest(case, RULE_SET) for case in CASES]
    rows = []
    for name, ask in asked.items():
        taken = [min(timeit.repeat(lambda one=one, ask=ask: ask(one), number=1, repeat=5)) * 1e3 for one in suggestions]
        evaluations = [_evaluations(ask, one) for one in suggestions]
        rows.append(
            f"| `{name}` | {statistics.median(taken):.2f} | {max(taken):.2f} | {statistics.median(evaluations):.0f} "
            f"| {max(evaluations)} |"
        )
    yield from table("what | milliseconds, median | at most | evaluations, median | at most", rows)


def _evaluations(ask: Callable[[Suggestion], object], suggestion: Suggestion) -> int:
    """How many times a record is evaluated, in one reading or in all."""
    counted = 0
    original = CompiledRuleSet.evaluate, CompiledRuleSet.find

    def counting(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            nonlocal counted
            counted += 1
            return function(*arguments)

        return call

    CompiledRuleSet.evaluate, CompiledRuleSet.find = map(counting, original)  # type: ignore[method-assign,assignment]
    try:
        ask(suggestion)
    finally:
        CompiledRuleSet.evaluate, CompiledRuleSet.find = original  # type: ignore[method-assign]
    return counted


def peers() -> Iterator[str]:
    """The same rules and cases in other engines, their traces on, each beside `suggest` in one process."""
    rows = []
    for name in PEERS:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks", "--peer", name], cwd=ROOT, capture_output=True, text=True, check=False
        )
        said = json.loads(done.stdout) if done.returncode == 0 else {"why": f"it ended with exit code {done.returncode}"}
        if "why" in said:
            rows.append(f"| {name} {_version(name)} | not timed: {said['why']} | | |")
        else:
            rows.append(f"| {name} {_version(name)} | {said['peer']:.0f} | {said['suggest']:.0f} | {said['ratio']:.1f} |")
    headings = "engine | its traced answer, microseconds, median | `suggest` beside it | times `suggest`, median"
    yield from table(headings, rows)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def measure_peer(name: str) -> dict[str, object]:
    """One engine: why it is not timed, or its time, that of `suggest`, and how many times the one is the other."""
    try:
        peer = PEERS[name](RULE_SET)
    except ImportError:
        return {"why": "it is not installed"}
    data = {case.reference: data_of(RULE_SET, case.record) for case in CASES}
    compiled = compile_rule_set(RULE_SET)
    for case in CASES:
        try:
            tier, counting = peer(data[case.reference])
        except Exception as error:
            return {"why": f"it does not run ({type(error).__name__}: {error})"}
        evaluation = compiled.evaluate(case.record)
        if tier != evaluation.suggested[TIER] or set(counting) != set(evaluation.counting):
            return {"why": "it gives another answer"}
    found = measure({"suggest": lambda case: suggest(case, RULE_SET), "peer": lambda case: peer(data[case.reference])}, 10)
    ratios = [other / one for one, other in zip(found["suggest"], found["peer"], strict=True)]
    medians = {key: statistics.median(taken) for key, taken in found.items()}
    return {**medians, "ratio": statistics.median(ratios)}


def interviews() -> Iterator[str]:
    """How long an interview is, from nothing known, when the full record answers."""
    rows = []
    for tier, held in sorted(by_tier(CASES).items(), key=lambda one: -1 if one[0] is None else one[0]):
        reach, settle = [one.to_reach for one in held], [one.to_settle for one in held]
        called = "none: too little known" if tier is None else tier
        rows.append(
            f"| {called} | {len(held)} | {statistics.median(reach):g} | {max(reach)} "
            f"| {statistics.median(settle):g} | {max(settle)} |"
        )
    yield "Questions after the opening ones: until the tier is that of the full record, and until no answer could change it."
    yield ""
    yield from table("tier | cases | to reach it, median | at most | to settle it, median | at most", rows)


def loading() -> Iterator[str]:
    """What a process pays once: importing, against importing pydantic, and loading the rule set."""

    def best(code: str) -> float:
        return min(
            float(_python(f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)")) for _ in range(7)
        )

    model = best("from pydantic import BaseModel")
    used = best("from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator")
    rows = [
        f"| `BaseModel` of pydantic | {model * 1e3:.0f} | 1.0 | |",
        f"| all that is used of pydantic | {used * 1e3:.0f} | | 1.0 |",
    ]
    for name, code in (
        ("`import thresholds`", "import thresholds"),
        ("the same, and the first suggestion of the process", "import thresholds; thresholds.suggest({'age_months': 3})"),
    ):
        taken = best(code)
        rows.append(f"| {name} | {taken * 1e3:.0f} | {taken / model:.1f} | {taken / used:.1f} |")
    yield from table(
        "imported, once in a process | milliseconds, best of 7 | times `BaseModel` | times all that is used of pydantic", rows
    )


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def report() -> str:
    """All of it, in Markdown."""
    when = f"{dt.date.today():%-d %B %Y}" if sys.platform != "win32" else str(dt.date.today())
    machine = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    lines = [f"Measured on {when}: {machine}, {len(CASES)} example cases, rule set {RULE_SET.id} {RULE_SET.version}.", ""]
    for heading, part in (
        ("One case", one_case),
        ("Other engines", peers),
        ("Questions about a suggestion", analyses),
        ("Interviews", interviews),
        ("Once in a process", loading),
    ):
        lines += [f"## {heading}", "", *part()]
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Measure, and print or write."""
    if arguments[:1] == ["--peer"]:
        print(json.dumps(measure_peer(arguments[1])))
        return 0
    measured = report()
    print(measured)
    if arguments == ["--write"]:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{measured}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
