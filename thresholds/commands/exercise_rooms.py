"""Commands for a room: exercise sheet, group, progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thresholds.commands.exercise_parts import (
    choosing_options,
    chosen_exercises,
    every_exercise,
    folder_option,
    named_exercises,
)
from thresholds.commands.parts import (
    INPUT_REFUSED,
    expect_new,
    form_option,
    load_by_name,
    rule_set_option,
    stop,
    width,
    write_new,
    write_shown,
)
from thresholds.exercises.exercise import Exercise
from thresholds.language.rules import RuleSet
from thresholds.views import text
from thresholds.views.wording import number_of

if TYPE_CHECKING:
    from thresholds.exercises.room.group_files import GroupAnswers


@click.command("sheet")
@choosing_options
@click.option("--exercise", "names", multiple=True, metavar="ID", help="This exercise; once for each, in the order wanted.")
@click.option("--facilitator", is_flag=True, help="The sheet for whoever leads, with the rules' view.")
@click.option("--format", "form", type=click.Choice(["html", "markdown", "text"]), default="html", show_default=True)
@click.option("--save", metavar="FILE", help="Write the sheet to this file; it must not exist yet.")
@click.option("--answers", metavar="FILE", help="Write a form for the group's answers (CSV) to this file; the same holds.")
@click.option("--participants", type=click.IntRange(1, 200), default=12, show_default=True, help="For how many that form is.")
def sheet_command(
    name: str,
    folder: Path | None,
    names: tuple[str, ...],
    facilitator: bool,
    form: str,
    save: str | None,
    answers: str | None,
    participants: int,
    **choice: Any,
) -> None:
    """Print a sheet for those who take part, or with --facilitator for whoever leads: HTML made for paper, or Markdown.

    Exercises are named by --exercise, or chosen like those that are run.
    """
    from thresholds.exercises.room.sheets import answers_form, as_html, as_markdown, facilitators_sheet, participants_sheet

    rule_set = load_by_name(name)
    for file in (save, answers):
        expect_new(file)
    if save is not None and answers is not None and Path(save).resolve() == Path(answers).resolve():
        stop(f"{save}: Expected one file for --save and another for --answers.", INPUT_REFUSED)
    chosen = (
        named_exercises(names, every_exercise(folder, rule_set)) if names else chosen_exercises(rule_set, folder, **choice)[0]
    )
    pages = facilitators_sheet(chosen, rule_set) if facilitator else participants_sheet(chosen, rule_set)
    written = as_markdown(pages) if form == "markdown" else as_html(pages, room_to_write=not facilitator)
    if form == "text":
        written = "\n\n".join(text.render(one, width()) for one in pages) + "\n"
    if save is not None:
        write_new(save, written)
        click.echo(f"The sheet is in {save}. {'Open it in a browser and print it.' if form == 'html' else ''}".rstrip())
    else:
        click.echo(written, nl=form == "html")
    if answers is not None:
        write_new(answers, answers_form(chosen, participants))
        click.echo(f"The form for the answers is in {answers}.", err=True)


@click.command("group")
@click.argument("file", metavar="ANSWERS")
@rule_set_option
@folder_option
@form_option
def group_command(file: str, name: str, folder: Path | None, form: str) -> None:
    """Show how the answers of a group in ANSWERS (a CSV; "-" is standard input) spread, and where it split.

    The rules' view comes last. Lines that cannot be used are listed with it, and the others are answered.
    """
    from thresholds.exercises.room.group import group

    rule_set = load_by_name(name)
    given = _group_answers(file, every_exercise(folder, rule_set), rule_set)
    found = group(given, rule_set)
    if found.cases or form == "json":
        write_shown(found, form)
    if not found.cases:
        listed = [] if form == "json" else given.refused
        stop("\n".join((*listed, f"{file}: There is no answer here that can be used.")), INPUT_REFUSED)
    _end([given], form)


@click.command("progress")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@rule_set_option
@folder_option
@form_option
def progress_command(before: str, after: str, name: str, folder: Path | None, form: str) -> None:
    """Show how a group changed over a course, by agency, between the answers in BEFORE and in AFTER (CSV)."""
    from thresholds.exercises.room.progress import progress

    rule_set = load_by_name(name)
    every = every_exercise(folder, rule_set)
    both = [_group_answers(file, every, rule_set) for file in (before, after)]
    found = progress(both[0], both[1], rule_set)
    write_shown(found, form)
    _end(both, form)


def _group_answers(file: str, every: tuple[Exercise, ...], rule_set: RuleSet) -> GroupAnswers:
    from thresholds.exercises.room.group_files import LARGEST, GroupError, read_group, read_group_text

    try:
        if file == "-":
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST + 1)
            return read_group_text(data, "standard input", every, rule_set)
        return read_group(file, every, rule_set)
    except GroupError as error:
        stop(str(error), INPUT_REFUSED)


def _end(given: Iterable[GroupAnswers], form: str) -> None:
    """Say how many lines could not be used, which the page or the JSON lists, and end as they have it."""
    read = list(given)
    whole, in_part = sum(one.lines_refused for one in read), sum(one.lines_in_part for one in read)
    if not whole and not in_part:
        return
    said = [
        f"{number_of(whole, 'line')} could not be used" if whole else "",
        f"{number_of(in_part, 'line')} {'lacks' if in_part == 1 else 'lack'} a cell that could not be used" if in_part else "",
    ]
    where = 'under "refused"' if form == "json" else 'under "Lines that could not be used", on the page'
    stop(f"{', and '.join(filter(None, said))}: see {where}.", INPUT_REFUSED)
