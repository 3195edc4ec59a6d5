"""How long things take, as ratios measured in one run: `python -m tests.benchmarks`.

Each is the median over the shipped example cases of its time over that of a function that returns the suggested tier alone,
generated from the same rules and fed the same record: what a hand would write. Nothing here is a test; machines differ.
"""

from __future__ import annotations

import statistics
import sys
import timeit
from collections.abc import Callable, Mapping
from pathlib import Path

from thresholds import Case, Suggestion, load_rule_set, suggest
from thresholds.case_files import suggest_from_file
from thresholds.evaluation.compiled import compile_rule_set, compile_tier_only
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.record import encode

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples" / "cases"
RULE_SET = load_rule_set("hackney-2011")
ROUNDS, TIMES = 15, 300


def cases() -> list[Case]:
    """The shipped example cases."""
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))
    return [one.case for path in files for one in suggest_from_file(str(path)) if isinstance(one, Suggestion)]


def full_suggestion(case: Case) -> Suggestion:
    """All that a suggestion says, reasons and advice included: `suggest` works out everything but `open` and `ask_next`."""
    return suggest(case, RULE_SET)


def measure(functions: Mapping[str, Callable[[Case], object]]) -> dict[str, list[float]]:
    """Microseconds of each function for each case: the best of several rounds, the functions taking turns in each."""
    found: dict[str, list[float]] = {name: [] for name in functions}
    for case in cases():
        best = dict.fromkeys(functions, float("inf"))
        for _ in range(ROUNDS):
            for name, function in functions.items():
                taken = timeit.timeit(lambda call=function, one=case: call(one), number=TIMES) / TIMES * 1e6
                best[name] = min(best[name], taken)
        for name, taken in best.items():
            found[name].append(taken)
    return found


def main() -> int:
    """Measure and print."""
    compiled, tier_only, interpreter = compile_rule_set(RULE_SET), compile_tier_only(RULE_SET), Interpreter(RULE_SET)
    functions: dict[str, Callable[[Case], object]] = {
        "tier alone (the measure)": lambda case: tier_only(case.record),
        "evaluate a validated case, all four readings": lambda case: compiled.evaluate(case.record),
        "the same, its record made again": lambda case: compiled.evaluate(encode(case.__dict__, case.model_fields_set)),
        "full suggestion with reasons and advice": full_suggestion,
    }
    found = measure(functions)
    base = found["tier alone (the measure)"]
    print(f"Python {sys.version.split()[0]}, {len(base)} example cases, rule set {RULE_SET.id} {RULE_SET.version}")
    print(f"{'':52}{'median':>9}{'ratio':>8}{'worst':>8}")
    for name, taken in found.items():
        ratios = [one / other for one, other in zip(taken, base, strict=True)]
        print(f"{name:52}{statistics.median(taken):7.1f} us{statistics.median(ratios):8.1f}{max(ratios):8.1f}")
    case = cases()[0]
    once = timeit.timeit(lambda: interpreter.evaluate(case.record), number=20) / 20 * 1e6
    print(f"{'the interpreter, one case':52}{once:7.0f} us{once / base[0]:8.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
