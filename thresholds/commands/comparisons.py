"""Commands that set audits beside rules, and decisions beside suggestions: compare, change, encoders, replay, plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.agreement.suppression import FEWEST_SHOWN
from thresholds.commands.audits import decisions_option, form_of_table_option, read_audit_or_stop
from thresholds.commands.parts import (
    INPUT_REFUSED,
    NOT_AVAILABLE,
    expect_new,
    form_option,
    load_by_name,
    rule_set_option,
    stop,
    write_new,
    write_page,
    write_shown,
)
from thresholds.extras import ChartsUnavailableError
from thresholds.views import html, markdown
from thresholds.views.page import Bullets, Page, page

if TYPE_CHECKING:
    from thresholds.audits.audited import Audit
    from thresholds.comparison.comparing import Comparison

_REPORTS = {".html": "html", ".htm": "html", ".md": "markdown"}


@click.command("compare")
@click.argument("file", metavar="FILE")
@rule_set_option
@form_of_table_option
@decisions_option
@click.option(
    "--by",
    "columns",
    multiple=True,
    metavar="COLUMN",
    help="Part the cases by this, again for more. [default: process, stage, multi_agency]",
)
@click.option(
    "--fewest-shown",
    type=click.IntRange(1),
    default=FEWEST_SHOWN,
    show_default=True,
    help="The smallest count that is shown of a part; 1 shows all.",
)
@click.option("--report", metavar="OUT", help="Write the report, process by process, to this new .html or .md file.")
@click.option("--charts", "folder", metavar="FOLDER", help="Draw the pictures into this new folder, as PNG.")
@click.option("--what-if", "other", metavar="RULE_SET", help="How agreement would change by another rule set, instead.")
@click.option("--leave-one-out", is_flag=True, help="How agreement would change without each single rule, instead.")
@form_option
def compare_command(
    file: str,
    name: str,
    table_form: str | None,
    decisions: str | None,
    columns: tuple[str, ...],
    fewest_shown: int,
    report: str | None,
    folder: str | None,
    other: str | None,
    leave_one_out: bool,
    form: str,
) -> None:
    """Set the audit in FILE beside a rule set: agreement, which way they differ, and what that may be about.

    FILE is JSON Lines, CSV or Excel. COLUMN is process, stage, multi_agency, held, seen, stratum, one of your own, or a fact.
    """
    if sum((other is not None, leave_one_out, report is not None or folder is not None)) > 1:
        stop("Expected one of --what-if, --leave-one-out, and --report or --charts at a time.", INPUT_REFUSED)
    if (report is not None or folder is not None) and form != "text":
        stop("A report has the form that its name ends in, and pictures are PNG: leave --format out.", INPUT_REFUSED)
    written = _report_form(report)
    _expect_charts(folder)
    audit = read_audit_or_stop(file, table_form, decisions)
    comparison = _compared(audit, name, columns, fewest_shown)
    if other is not None:
        write_shown(comparison.what_if(load_by_name(other)), form)
    elif leave_one_out:
        write_shown(comparison.leave_one_rule_out(), form)
    elif report is None and folder is None:
        write_shown(comparison, form)
    if report is not None:
        shown = comparison.report()
        write_new(report, html.document(shown) if written == "html" else markdown.render(shown))
        click.echo(f"The report of {len(comparison.cases)} cases is in {report}.")
    if folder is not None:
        _draw(comparison, folder)


def _draw(comparison: Comparison, folder: str) -> None:
    from thresholds.views.charts import charts

    try:
        Path(folder).mkdir()
        for picture in charts(comparison):
            picture.save(Path(folder) / f"{picture.name}.png")
    except OSError as error:
        stop(f"{folder}: This cannot be written: {error.strerror}.", INPUT_REFUSED)
    click.echo(f"The pictures are in {folder}.")


def _expect_charts(folder: str | None) -> None:
    """Before anything is worked out: whether pictures can be drawn, and where they would go."""
    if folder is None:
        return
    expect_new(folder)
    try:
        import thresholds.views.charts  # noqa: F401 - whether it can be imported is what is asked
    except ChartsUnavailableError as error:
        stop(str(error), NOT_AVAILABLE)


def _report_form(report: str | None) -> str:
    """The form that the name of a report asks for."""
    if report is None:
        return ""
    form = _REPORTS.get(Path(report).suffix.lower())
    if form is None:
        stop(f"{report}: Expected a name that ends in .html or .md.", INPUT_REFUSED)
    expect_new(report)
    return form


def _compared(audit: Audit, name: str, columns: tuple[str, ...], fewest_shown: int) -> Comparison:
    from thresholds.comparison.comparing import BY, compare
    from thresholds.comparison.subgroups import ColumnError

    rule_set = load_by_name(name)
    try:
        return compare(audit, rule_set, by=columns or BY, fewest_shown=fewest_shown)
    except ColumnError as error:
        stop(f"--by {error}", INPUT_REFUSED)


@click.command("change")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@rule_set_option
@form_option
def change_command(before: str, after: str, name: str, form: str) -> None:
    """Set two audits of different cases beside each other: how much each figure of agreement changed."""
    from thresholds.comparison.comparing import compare_audits

    rule_set = load_by_name(name)
    write_shown(compare_audits(read_audit_or_stop(before), read_audit_or_stop(after), rule_set), form)


@click.command("encoders")
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@rule_set_option
@form_option
def encoders_command(first: str, second: str, name: str, form: str) -> None:
    """Set two people's records of the same cases beside each other: agreement on facts, apart from any rule."""
    from thresholds.comparison.encoders import encodings

    write_shown(encodings(read_audit_or_stop(first), read_audit_or_stop(second), load_by_name(name)), form)


@click.command("replay")
@click.argument("file", metavar="FILE")
@rule_set_option
@click.option("--overrides", "rates", is_flag=True, help="How often people decided otherwise than was suggested, instead.")
@form_option
def replay_command(file: str, name: str, rates: bool, form: str) -> None:
    """Replay the decisions in FILE (JSON Lines): would the rules at hand suggest the same today?"""
    from thresholds.decisions.overrides import overrides
    from thresholds.decisions.records import DecisionFileError, read_decisions, replay

    rule_set = load_by_name(name)
    try:
        records = read_decisions(file)
    except DecisionFileError as error:
        stop(str(error), INPUT_REFUSED)
    except OSError as error:
        stop(f"{file}: This file cannot be read: {error.strerror}.", INPUT_REFUSED)
    write_shown(overrides(records) if rates else replay(records, rule_set), form)


@click.command("plan")
@click.option(
    "--half-width",
    type=click.FloatRange(0.01, 0.5),
    default=0.1,
    show_default=True,
    help="How near a figure should be known, either way: 0.1 is ten percentage points.",
)
@click.option(
    "--agreement",
    type=click.FloatRange(0.01, 0.99),
    default=0.7,
    show_default=True,
    help="The share of cases in which the two are expected to agree.",
)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "html"]), default="text", show_default=True)
def plan_command(half_width: float, agreement: float, form: str) -> None:
    """How many cases the next audit needs for figures to be known as nearly as this."""
    from thresholds.agreement.sampling import plan_sample

    plan = plan_sample(half_width, agreement)
    shown: Page = page("How many cases the next audit needs", first=(Bullets(plan.words()),), parts=())
    write_page(shown, form)
