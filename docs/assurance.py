"""Renew the figures of docs/assurance.md: `python docs/assurance.py`. It needs the extra verify, and takes about a minute.

The comparison of the engines is long, and a command of its own:
`python -m thresholds.verification.differential --cases 1000000 --write docs/differential.json`; its last result is read here.
So is that of the trial of the intervals of agreement, whose command stands in docs/agreement.md.

With `--check`, write nothing, and say whether anything but dates and seconds has changed (exit code 1).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from thresholds import load_rule_set
from thresholds.agreement.measures import MEASURES
from thresholds.agreement.resampling import Method
from thresholds.language.rules import RuleSet
from thresholds.loading.places import shipped
from thresholds.scales import Basis
from thresholds.verification.killing import Fate
from thresholds.verification.proving import Verification, verify
from thresholds.verification.rule_tests import Fulfilment, RuleTests, measure_rule_tests
from thresholds.verification.solver import in_words

HERE = Path(__file__).resolve().parent
PAGE, DIFFERENTIAL = HERE / "assurance.md", HERE / "differential.json"
INTERVALS = HERE / "coverage-of-intervals.json"


def main() -> None:
    """Write the page anew, or check it."""
    before = PAGE.read_text(encoding="utf-8")
    after = before
    for name, lines in blocks().items():
        after = _replaced(after, name, "\n".join(lines))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(after, encoding="utf-8")
    elif _undated(before) != _undated(after):
        sys.exit("docs/assurance.md is out of date: run python docs/assurance.py")


def blocks() -> Mapping[str, list[str]]:
    """The lines of each part of the page that is made here."""
    rule_sets = [load_rule_set(name) for name in shipped()]
    proved = [verify(rule_set) for rule_set in rule_sets]
    tested = [measure_rule_tests(rule_set) for rule_set in rule_sets]
    return {
        "proved": [*_dated(rule_sets), "", *_properties(proved)],
        "notes": list(_notes(proved)),
        "basis": list(_bases(rule_sets)),
        "tested": list(_tested(tested)),
        "differential": list(_compared(json.loads(DIFFERENTIAL.read_text(encoding="utf-8")), rule_sets)),
        "intervals": list(_intervals(json.loads(INTERVALS.read_text(encoding="utf-8")))),
    }


def _intervals(trial: Mapping[str, Any]) -> Iterator[str]:
    """In how many of 100 made-up audits the intervals used by default held the true value, by figure, sample and design."""
    used = [one for one in trial["results"] if one["method"] == Method.JACKKNIFE]
    columns = sorted({(one["design"], one["cases"]) for one in used}, key=lambda column: (column[0] != "by chance", *column))
    models = {one["model"] for one in used}
    (audits,) = {one["audits"] for one in used}
    day = date.fromisoformat(trial["date"])
    yield (
        f"Tried on {day.day} {day:%B %Y}: {audits:,} made-up audits for each of {len(models)} kinds of raters. In how many of "
        "100 the interval held the true value, lowest and highest of the kinds:"
    )
    yield ""
    yield f"| Figure | {' | '.join(f'{cases} cases, {design}' for design, cases in columns)} |"
    yield f"|{'---|' * (len(columns) + 1)}"
    for measure in MEASURES:
        cells = []
        for design, cases in columns:
            here = [one for one in used if (one["design"], one["cases"], one["measure"]) == (design, cases, measure.name)]
            held = [100 * one["held"] / one["given"] for one in here]
            cells.append(f"{int(min(held))} to {max(held):.0f}" if held else "")
        yield f"| {measure.label} | {' | '.join(cells)} |"


def _replaced(page: str, name: str, written: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    if not after:
        sys.exit(f"docs/assurance.md: the marks of the part {name} are not there.")
    return f"{before}{begin}\n\n{written}\n\n{end}{after}"


def _undated(page: str) -> str:
    return re.sub(r"On \d{1,2} \w+ \d{4}|\d+ seconds|z3 [\d.]+", "", page)


def _today() -> str:
    return f"{date.today().day} {date.today():%B %Y}"


def _dated(rule_sets: list[RuleSet]) -> Iterator[str]:
    named = " and ".join(f"{rule_set.id} {rule_set.version}" for rule_set in rule_sets)
    yield f"On {_today()}, over {named}, with {in_words()}:"


def _properties(verifications: list[Verification]) -> Iterator[str]:
    named = [verification.rule_set.id for verification in verifications]
    yield f"| What holds in every possible case | {' | '.join(named)} |"
    yield f"|---|{'---|' * len(named)}"
    found: dict[str, dict[str, str]] = {}
    for verification in verifications:
        for result in verification.results:
            if not result.id.startswith("floor/"):
                found.setdefault(result.sentence, {})[verification.rule_set.id] = f"{result.verdict}: {result.over}"
    for sentence, verdicts in found.items():
        yield f"| {sentence} | {' | '.join(verdicts.get(name, 'does not apply') for name in named)} |"
    yield f"| Every floor holds (they are listed below). | {' | '.join(map(_floors, verifications))} |"
    yield ""
    yield "The floors, each proved by itself:"
    yield ""
    for result in verifications[-1].results:
        if result.id.startswith("floor/"):
            yield f"- {result.sentence.removeprefix('Floor: ')} ({result.verdict})"


def _floors(verification: Verification) -> str:
    floors = [result for result in verification.results if result.id.startswith("floor/")]
    kept = sum(result.verdict.value == "proved" for result in floors)
    return f"{kept} of {len(floors)} proved"


def _bases(rule_sets: list[RuleSet]) -> Iterator[str]:
    yield f"| What rests on | {' | '.join(basis.value for basis in Basis)} |"
    yield f"|---|{'---|' * len(Basis)}"
    for rule_set in rule_sets:
        for what, stated in (("rules that find", rule_set.findings), ("floors", rule_set.floors)):
            counted = Counter(one.source.basis for one in stated)
            yield f"| {rule_set.id}: {len(stated)} {what} | {' | '.join(str(counted[basis]) for basis in Basis)} |"


def _notes(verifications: list[Verification]) -> Iterator[str]:
    for verification in verifications:
        for result in verification.results:
            for note in result.notes:
                yield f"- {verification.rule_set.id}: {note}"


def _tested(tests: list[RuleTests]) -> Iterator[str]:
    yield f"| | {' | '.join(one.rule_set.id for one in tests)} |"
    yield f"|---|{'---|' * len(tests)}"
    rows: Mapping[str, Callable[[RuleTests], object]] = {
        "examples in the rules": lambda one: one.examples,
        "parts of conditions to be shown so, and not so": lambda one: len(one.due),
        "shown by an example": lambda one: one.counted(Fulfilment.MET),
        "shown by none": lambda one: one.counted(Fulfilment.NOT_MET),
        "that no possible case could show (proved)": lambda one: one.counted(Fulfilment.IMPOSSIBLE),
        "mutants": lambda one: len(one.judged),
        "no different from the rule in any possible case (proved)": lambda one: one.fated(Fate.EQUIVALENT),
        "noticed by an example": lambda one: one.fated(Fate.KILLED),
        "noticed by none": lambda one: one.fated(Fate.SURVIVED),
        "not decided": lambda one: one.counted(Fulfilment.NOT_DECIDED) + one.fated(Fate.NOT_DECIDED),
    }
    for what, say in rows.items():
        yield f"| {what} | {' | '.join(str(say(one)) for one in tests)} |"


def _compared(result: Mapping[str, object], rule_sets: list[RuleSet]) -> Iterator[str]:
    cases, durable = result["cases"], result["durable_cases"]
    disagreements = result["disagreements"]
    assert isinstance(cases, int) and isinstance(durable, int) and isinstance(disagreements, list)
    day = date.fromisoformat(str(result["date"]))
    yield (
        f"The last long run: {day.day} {day:%B %Y}, {cases:,} cases (seed {result['seed']}), {durable:,} of them put to "
        f"durable-rules {result['durable_rules']} too, half over the shipped rule sets and half over "
        f"{result['made_up_rule_sets']:,} rule sets made up by chance; Python {result['python']}. "
        f"Disagreements: {len(disagreements) or 'none'}."
    )
    now = {rule_set.id: rule_set.digest for rule_set in rule_sets}
    if now != result["rule_sets"]:
        yield ""
        yield "The rules have changed since that run."


if __name__ == "__main__":
    main()
