"""What the examples of a rule set show of its rules, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from thresholds.facts.case import Case
from thresholds.verification.killing import Fate
from thresholds.verification.rule_tests import LEAST_KILLED, Fulfilment, RuleTests
from thresholds.views.page import Bullets, Grid, Page, Paragraph, page, part
from thresholds.views.wording import case_in_short


def rule_tests_page(tests: RuleTests) -> Page:
    """The two measures first, then what is not met and what survives."""
    rule_set = tests.rule_set
    return page(
        f"{rule_set.id} {rule_set.version}: how well its examples test its rules",
        first=(
            Paragraph(_in_short(tests), strong=True),
            Paragraph(
                "Each part of a condition has to be shown deciding by itself, once so and once not so (MC/DC, in its masking "
                "form). A mutant is a rule with one small fault made on purpose; those that no possible case tells from the "
                "rule are set aside, and the others should be noticed by an example."
            ),
        ),
        parts=(
            part("Counted", Grid("Counted", ("What", "How many"), tuple(_counted(tests)))),
            part("Obligations not met", Bullets(tuple(_not_met(tests)))),
            part("Obligations that no possible case meets", Bullets(tuple(_impossible(tests)))),
            part("Mutants that no example notices", Bullets(tuple(_survivors(tests)))),
        ),
    )


def _in_short(tests: RuleTests) -> str:
    can_be = len(tests.due) - tests.counted(Fulfilment.IMPOSSIBLE)
    share = tests.killed_share
    live = len(tests.judged) - tests.fated(Fate.EQUIVALENT)
    killed = "no mutant is live" if share is None else f"{tests.fated(Fate.KILLED)} of {live} live mutants are killed"
    enough = "" if tests.is_whole else f" (asked for: every obligation, and {LEAST_KILLED:.0%})"
    return f"{tests.counted(Fulfilment.MET)} of {can_be} obligations that can be met are met; {killed}{enough}."


def _counted(tests: RuleTests) -> Iterator[tuple[str, str]]:
    yield "examples", str(tests.examples)
    for standing in Fulfilment:
        yield f"obligations: {standing}", str(tests.counted(standing))
    for fate in Fate:
        yield f"mutants: {fate}", str(tests.fated(fate))
    yield "seconds", f"{tests.seconds:.0f}"


def _would_do(case: Case | None) -> str:
    return "" if case is None else f" This would do: {case_in_short(case)}."


def _not_met(tests: RuleTests) -> Iterator[str]:
    for due in tests.due:
        if due.standing in (Fulfilment.NOT_MET, Fulfilment.NOT_DECIDED):
            yield f"{due.obligation.in_words(tests.rule_set)}.{_would_do(due.would_do)}"


def _impossible(tests: RuleTests) -> Iterator[str]:
    for due in tests.due:
        if due.standing is Fulfilment.IMPOSSIBLE:
            yield f"{due.obligation.in_words(tests.rule_set)}."


def _survivors(tests: RuleTests) -> Iterator[str]:
    for survivor in tests.survivors:
        mutant = survivor.judged.mutant
        yield f"{mutant.rule.id}, {mutant.done}.{_would_do(survivor.would_do)}"
