"""Commands that prove and compare rule sets: verify, diff."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.case_files import written_case
from thresholds.commands.parts import (
    INPUT_REFUSED,
    NOT_AVAILABLE,
    RULE_SET_REFUSED,
    form_option,
    load_by_name,
    stop,
    write_new,
    write_shown,
)
from thresholds.facts.case import Case
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.verification.results import SolverUnavailableError
from thresholds.views.wording import tier_in_words

if TYPE_CHECKING:
    from thresholds.verification.diff import Diff
    from thresholds.verification.proving import Verification

_save = click.option(
    "--save", "folder", metavar="FOLDER", help="Keep the cases that are shown in this folder, which must not exist yet."
)


@click.command("verify")
@click.argument("name", metavar="[RULE_SET]", default=DEFAULT_RULE_SET)
@click.option("--tests", is_flag=True, help="Look at how well the examples test the rules, instead.")
@_save
@form_option
def verify_command(name: str, tests: bool, folder: str | None, form: str) -> None:
    """Prove what holds of RULE_SET, a shipped rule set or the folder of your own, in every possible case.

    Each property is proved, or refuted by a small case. Exit code 3: one is refuted, or (with --tests) a part of a condition
    is not shown to decide, or too few faults are noticed. It needs safeguarding-thresholds[verify] and about a minute.
    """
    rule_set = load_by_name(name)
    _expect_new_folder(folder)
    try:
        from thresholds.verification.proving import verify
        from thresholds.verification.rule_tests import measure_rule_tests
    except SolverUnavailableError as error:
        stop(str(error), NOT_AVAILABLE)
    if tests:
        measured = measure_rule_tests(rule_set)
        write_shown(measured, form)
        wanted = [*(due.would_do for due in measured.due), *(survivor.would_do for survivor in measured.survivors)]
        _keep(folder, ((f"example-{number}", case) for number, case in enumerate(filter(None, wanted), 1)))
        is_so = measured.is_whole
    else:
        verification = verify(rule_set)
        write_shown(verification, form)
        _keep(folder, _counterexamples(verification))
        is_so = not verification.is_refuted
    if not is_so:
        raise click.exceptions.Exit(RULE_SET_REFUSED)


@click.command("diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@_save
@form_option
def diff_command(before: str, after: str, folder: str | None, form: str) -> None:
    """Say what changed from the rule set BEFORE to AFTER: in words, and by which possible cases change tier.

    Each is a shipped rule set or the folder of your own. The cases need safeguarding-thresholds[verify]; the words do not.
    """
    from thresholds.verification.diff import diff

    one, other = load_by_name(before), load_by_name(after)
    _expect_new_folder(folder)
    try:
        found = diff(one, other)
    except SolverUnavailableError as error:
        if folder is not None:  # there would be nothing to keep
            stop(str(error), NOT_AVAILABLE)
        found = diff(one, other, ask_solver=False)
    write_shown(found, form)
    _keep(folder, _witnesses(found))


def _counterexamples(verification: Verification) -> Iterable[tuple[str, Case]]:
    for result in verification.results:
        for number, one in enumerate(result.counterexamples, 1):
            name = f"{result.id.replace('/', '-')}-{number}"
            yield name, one.case
            if one.other is not None:
                yield f"{name}-second", one.other


def _witnesses(found: Diff) -> Iterable[tuple[str, Case]]:
    for move in found.moves.moves if found.moves else ():
        for number, case in enumerate(move.witnesses, 1):
            yield f"from-{tier_in_words(move.before)}-to-{tier_in_words(move.after)}-{number}".replace(" ", "-").lower(), case


def _expect_new_folder(folder: str | None) -> None:
    if folder is not None and (Path(folder).exists() or not Path(folder).resolve().parent.is_dir()):
        stop(f"{folder}: Expected the name of a folder that does not exist yet, in one that does.", INPUT_REFUSED)


def _keep(folder: str | None, cases: Iterable[tuple[str, Case]]) -> None:
    if folder is None:
        return
    try:
        Path(folder).mkdir()
    except OSError as error:
        stop(f"{folder}: This cannot be made: {error.strerror}.", INPUT_REFUSED)
    kept = list(cases)
    for name, case in kept:
        write_new(str(Path(folder) / f"{name}.yaml"), written_case(case))
    click.echo(f"{len(kept)} case{'' if len(kept) == 1 else 's'} kept in {folder}.", err=True)
