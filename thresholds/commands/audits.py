"""The group `thresholds audit`, and its commands for the tables that an audit is written in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.audits.form import Form
from thresholds.commands.parts import INPUT_REFUSED, NOT_AVAILABLE, expect_new, stop
from thresholds.extras import ExcelUnavailableError
from thresholds.loading.problems import nearest
from thresholds.scales import Stage

if TYPE_CHECKING:
    from thresholds.audits.audited import Audit
    from thresholds.audits.decision_maps import DecisionMap

_CSV, _XLSX = "csv", "xlsx"
form_of_table_option = click.option(
    "--form",
    "table_form",
    type=click.Choice([str(form) for form in Form]),
    help="A row for each case (wide), or for each judgement (long).",
)
decisions_option = click.option(
    "--decisions", metavar="MAP", help="What decisions tell of the tier held: a shipped map, or the file of your own."
)


@click.group("audit")
def audit_group() -> None:
    """What auditors judged: tables to fill in, auditors and rules side by side, and decisions beside suggestions."""


@click.command("template")
@click.argument("file", metavar="[FILE]", required=False)
@form_of_table_option
@click.option("--format", "kind", type=click.Choice([_CSV, _XLSX]), help="By default what FILE ends in, else csv.")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice([stage.word for stage in Stage]),
    help="Only facts that are asked at this stage of development; may be given more than once.",
)
def template_command(file: str | None, table_form: str | None, kind: str | None, stages: tuple[str, ...]) -> None:
    """Write a table to fill in to FILE, or to standard output: its headings, and one case that is made up."""
    from thresholds.audits.template import template_csv, template_workbook

    kind = kind or _kind_of(file)
    if file is None and kind == _XLSX:
        stop("A workbook is written to a file: name one.", INPUT_REFUSED)
    if file is not None and Path(file).suffix.lower() != f".{kind}":
        stop(f"{file}: Expected a name that ends in .{kind}, by which it is known what the file holds.", INPUT_REFUSED)
    expect_new(file)
    make = template_workbook if kind == _XLSX else template_csv
    try:
        content = make(Form(table_form or Form.WIDE), [Stage[word.upper()] for word in stages] or tuple(Stage))
    except ExcelUnavailableError as error:
        stop(str(error), NOT_AVAILABLE)
    if file is None:
        click.echo(content.decode("utf-8-sig"), nl=False)
        return
    try:
        with Path(file).open("xb") as stream:
            stream.write(content)
    except OSError as error:
        stop(f"{file}: This cannot be written: {error.strerror}.", INPUT_REFUSED)


def _kind_of(file: str | None) -> str:
    return _XLSX if file is not None and Path(file).suffix.lower() == f".{_XLSX}" else _CSV


@click.command("check")
@click.argument("file", metavar="FILE")
@form_of_table_option
@decisions_option
def check_audit_command(file: str, table_form: str | None, decisions: str | None) -> None:
    """Read the audit in FILE: every mistake in it, or how much is there and what was passed over."""
    audit = read_audit_or_stop(file, table_form, decisions)
    judgements = [judgement for case in audit.cases for judgement in case.judgements]
    auditors = sorted({judgement.auditor for judgement in judgements})
    facts = sum(len(case.case.known()) for case in audit.cases)
    click.echo(f"{audit.name}: {_counted(len(audit.cases), 'case')}, {_counted(facts, 'known fact')}.")
    click.echo(f"Processes: {', '.join(audit.processes)}.")
    by = f", by {', '.join(auditors)}" if auditors else ""
    click.echo(f"{_counted(len(judgements), 'judgement')}{by}.")
    for note in audit.notes:
        click.echo(f"Note: {note}")


def read_audit_or_stop(file: str, form: str | None = None, decisions: str | None = None) -> Audit:
    """The audit in a file, read with a decision map where one is named; says what is wrong, and ends, where it cannot be."""
    from thresholds.audits.files import AuditError, read_audit

    try:
        return read_audit(file, form=form, decisions=None if decisions is None else _map_by_name(decisions))
    except AuditError as error:
        stop(str(error), INPUT_REFUSED)
    except ExcelUnavailableError as error:
        stop(f"{file}: {error}", NOT_AVAILABLE)


def _map_by_name(name: str) -> DecisionMap:
    """A shipped map, or that in a file; on the command line, and only there, a name may be a path."""
    from thresholds.audits.decision_maps import DecisionMapError, load_decision_map, shipped_decision_maps

    shipped = shipped_decision_maps()
    try:
        return load_decision_map(name if name in shipped else Path(name))
    except DecisionMapError as error:
        if name not in shipped and not Path(name).exists():
            hint = nearest(name, shipped)
            stop(f"{name}: There is no shipped decision map of this name, and no such file; {hint}", INPUT_REFUSED)
        stop(str(error), INPUT_REFUSED)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
