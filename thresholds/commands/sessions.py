"""Commands that follow a case as it unfolds: interview, session."""

from __future__ import annotations

import json
from pathlib import Path

import click

from thresholds.case_files import written_case
from thresholds.commands.parts import INPUT_REFUSED, expect_new, form_option, load_by_name, stop, width, write_new, write_page
from thresholds.commands.session_input import read_step, session_from_file
from thresholds.interview import Interview
from thresholds.interview_aloud import ask_all
from thresholds.language.rules import RuleSet
from thresholds.session import Session, SessionError
from thresholds.session_files import as_text
from thresholds.suggestion import DEFAULT_RULE_SET

_rule_set_or_its_own = click.option(
    "--rule-set",
    "name",
    help=f"A shipped rule set, or the folder of your own. [default: that of the session, else {DEFAULT_RULE_SET}]",
)
_may_differ = click.option(
    "--rule-set-may-differ", "may_differ", is_flag=True, help="Replay a session by other rules than it was saved with."
)


@click.command("interview")
@_rule_set_or_its_own
@click.option("--from", "begin", metavar="FILE", help="Begin with the case in this file, or go on from the session in it.")
@_may_differ
@click.option("--save", metavar="FILE", help="Write the case to this file at the end; it must not exist yet.")
@click.option("--session", "keep", metavar="FILE", help="Write the session, with its history, to this file; the same holds.")
def interview_command(name: str | None, begin: str | None, may_differ: bool, save: str | None, keep: str | None) -> None:
    """Ask one question at a time, what matters most first, and suggest a tier at the end.

    Enter alone means not known. "undo" takes the last answer back, "stop" ends, "?" says more. Nothing is kept but what --save
    and --session write.
    """
    rule_set = None if name is None else load_by_name(name)
    for file in (save, keep):
        expect_new(file)
    if save is not None and keep is not None and Path(save).resolve() == Path(keep).resolve():
        stop(f"{save}: Expected one file for --save and another for --session.", INPUT_REFUSED)
    if begin is None:
        interview = Interview.begin(None, rule_set or DEFAULT_RULE_SET)
    else:
        interview = Interview.go_on(_session_from(begin, rule_set, may_differ))
    end = ask_all(interview, width())
    click.echo()
    click.echo(end.suggestion.text(width()))
    if save is not None:
        write_new(save, written_case(end.suggestion.case))
        click.echo(f"\nThe case is in {save}.")
    if keep is not None:
        write_new(keep, as_text(end.session))
        click.echo(f"\nThe session is in {keep}.")


@click.command("session")
@click.argument("file", metavar="FILE")
@_rule_set_or_its_own
@_may_differ
@click.option("--learn", "learnt", multiple=True, metavar="FACT=ANSWER", help="What became known; once for each fact.")
@click.option(
    "--withdraw", "withdrawn", multiple=True, metavar="FACT", help="What is not known after all; once for each fact."
)
@click.option("--save", metavar="FILE", help="Write the session to this file; it must not exist yet.")
@form_option
def session_command(
    file: str,
    name: str | None,
    may_differ: bool,
    learnt: tuple[str, ...],
    withdrawn: tuple[str, ...],
    save: str | None,
    form: str,
) -> None:
    """Show what came to light in the session in FILE ("-" is standard input), and what each step of it moved.

    Where FILE holds a case, a session begins with it. What is given by --learn and --withdraw is one new step; nothing is kept
    of it but what --save writes.
    """
    expect_new(save)
    session = _session_from(file, None if name is None else load_by_name(name), may_differ)
    if learnt or withdrawn:
        try:
            session = session.learn(**read_step(learnt, withdrawn))
        except SessionError as error:
            stop(str(error), INPUT_REFUSED)
    if form == "json":
        click.echo(json.dumps(session.history_to_dict(), ensure_ascii=False, indent=2))
    else:
        write_page(session.page(), form)
    if save is not None:
        write_new(save, as_text(session))
        click.echo(f"The session is in {save}.", err=True)
    elif learnt or withdrawn:
        click.echo("The new step is shown and not kept: --save FILE keeps it.", err=True)


def _session_from(file: str, rule_set: RuleSet | None, may_differ: bool) -> Session:
    try:
        return session_from_file(file, rule_set, rule_set_may_differ=may_differ)
    except SessionError as error:
        stop(str(error), INPUT_REFUSED)
