"""What was proved of a rule set, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from thresholds.verification.proving import Verification
from thresholds.verification.results import Counterexample, Result, Verdict
from thresholds.verification.solver import in_words
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.wording import case_in_short

_WHAT_IT_IS = (
    "Each line is a sentence about every possible case, looked at by a solver: proved, or refuted with a case that shows it. "
    "What cases are possible is declared with the facts; the rules mean what the interpreter makes of them, and each case "
    "shown here was put through it. A proof says that the rules do what they say, not that they are right."
)


def verification_page(verification: Verification) -> Page:
    """The properties of a rule set, with what refutes one of them first."""
    rule_set, results = verification.rule_set, verification.results
    refuted = [result for result in results if result.verdict in (Verdict.REFUTED, Verdict.NOT_DECIDED)]
    seconds = sum(result.seconds for result in results)
    said = f"{len(results) - len(refuted)} of {len(results)} properties are proved"
    return page(
        f"{rule_set.id} {rule_set.version}: what is proved",
        first=(
            Paragraph(f"{said}, in {seconds:.0f} seconds, with {in_words()}.", strong=True),
            Paragraph(_WHAT_IT_IS),
        ),
        parts=(
            *(_refuted(result) for result in refuted),
            part("Properties", Grid("Properties", ("What holds", "Verdict", "Over"), tuple(_rows(results)))),
            part("Notes", Bullets(tuple(note for result in results if result not in refuted for note in result.notes))),
        ),
    )


def _rows(results: tuple[Result, ...]) -> Iterator[tuple[str, ...]]:
    for result in results:
        yield result.sentence, result.verdict.value, result.over


def _refuted(result: Result) -> Part | None:
    shown = [block for one in result.counterexamples for block in _counterexample(one)]
    return part(f"{result.verdict.value.capitalize()}: {result.sentence}", Bullets(result.notes), *shown)


def _counterexample(shown: Counterexample) -> Iterator[Block]:
    yield Paragraph(f"{shown.shows}.")
    yield Paragraph(f"The case: {case_in_short(shown.case)}.")
    if shown.other is not None:
        yield Paragraph(f"The second: {case_in_short(shown.other)}.")
