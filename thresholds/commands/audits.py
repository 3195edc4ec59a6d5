"""The group `thresholds audit`, and its commands for the tables that an audit is written in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.audits.form import Form
from thresholds.audits.judgements import OWN
from thresholds.audits.spelling import as_key
from thresholds.commands.parts import INPUT_REFUSED, NOT_AVAILABLE, expect_new, stop, write_new
from thresholds.extras import ExcelUnavailableError
from thresholds.facts.case import no_such_fact
from thresholds.facts.vocabulary import FACTS
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
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME",
    help="Only this fact, again for more ('thresholds facts' lists them), and those of the made-up case.",
)
def template_command(
    file: str | None, table_form: str | None, kind: str | None, stages: tuple[str, ...], facts: tuple[str, ...]
) -> None:
    """Write a table to fill in to FILE, or to standard output: its headings, and one case that is made up."""
    from thresholds.audits.template import template_csv, template_workbook

    asked = _asked(stages, facts)
    kind = kind or _kind_of(file)
    if file is None and kind == _XLSX:
        stop("A workbook is written to a file: name one.", INPUT_REFUSED)
    if file is not None and Path(file).suffix.lower() != f".{kind}":
        stop(f"{file}: Expected a name that ends in .{kind}, by which it is known what the file holds.", INPUT_REFUSED)
    expect_new(file)
    make = template_workbook if kind == _XLSX else template_csv
    try:
        content = make(Form(table_form or Form.WIDE), asked)
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


def _asked(stages: tuple[str, ...], facts: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that a template asks for."""
    from thresholds.audits.template import template_facts

    if stages and facts:
        stop("Expected --stage or --fact, and not both.", INPUT_REFUSED)
    names = [as_key(name) for name in facts]
    unknown = [f"--fact {shown}: {no_such_fact(name)}" for name, shown in zip(names, facts, strict=True) if name not in FACTS]
    if unknown:
        stop("\n".join(unknown), INPUT_REFUSED)
    return template_facts([Stage[word.upper()] for word in stages] or tuple(Stage), names or None)


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
    for name in dict.fromkeys(name for case in audit.cases for name in case.columns):
        click.echo(_own_in_words(name, [case.columns.get(name) for case in audit.cases]))
    for note in audit.notes:
        click.echo(f"Note: {note}")


def _own_in_words(name: str, values: list[str | None]) -> str:
    """An own column with each of its values and how many cases have it, the most frequent first."""
    counts = Counter(value for value in values if value is not None).most_common()
    parts = [f"{value} ({number})" for value, number in counts[:_VALUES_SHOWN]]
    parts += [f"and {len(counts) - _VALUES_SHOWN} more"] if counts[_VALUES_SHOWN:] else []
    parts += [f"not known ({values.count(None)})"] if None in values else []
    return f"{OWN}{name}: {', '.join(parts)}."


_VALUES_SHOWN = 20


@click.command("join")
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@click.argument("out", metavar="OUT")
@click.option(
    "--facts-of",
    type=click.Choice(["first", "second"]),
    help="Whose record of a case counts where the two differ: its facts, and what else is said of it besides judgements.",
)
def join_command(first: str, second: str, out: str, facts_of: str | None) -> None:
    """Join two files of one audit, each filled in by another auditor, into the new file OUT (.jsonl)."""
    from thresholds.audits.joining import join_audits
    from thresholds.audits.mistakes import AuditError
    from thresholds.audits.writing import audit_as_lines

    if Path(out).suffix.lower() != ".jsonl":
        stop(f"{out}: Expected a name that ends in .jsonl.", INPUT_REFUSED)
    expect_new(out)
    try:
        joined = join_audits(read_audit_or_stop(first), read_audit_or_stop(second), facts_of=facts_of)
    except AuditError as error:
        stop(str(error), INPUT_REFUSED)
    write_new(out, audit_as_lines(joined))
    judgements = [judgement for case in joined.cases for judgement in case.judgements]
    click.echo(f"{out}: {_counted(len(joined.cases), 'case')}, {_counted(len(judgements), 'judgement')}.")
    for note in joined.notes:
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
