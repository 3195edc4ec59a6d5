"""The exercise command, and what one does with it alone: run, results, collect, list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thresholds.commands.exercise_making import make_command, mend_command
from thresholds.commands.exercise_parts import choosing_options, chosen_exercises, every_exercise, folder_option, names_option
from thresholds.commands.exercise_rooms import group_command, progress_command, sheet_command
from thresholds.commands.parts import (
    INPUT_REFUSED,
    expect_new,
    form_option,
    load_by_name,
    rule_set_option,
    stop,
    width,
    write_new,
    write_page,
    write_shown,
)
from thresholds.loading.problems import nearest
from thresholds.views.wording import number_of

# What one command alone needs is imported in it: other commands do not wait for it.
if TYPE_CHECKING:
    from thresholds.exercises.alone.results import Results
    from thresholds.exercises.alone.results_files import ResultsFile

RUN = "run"


class _WithUsual(click.Group):
    """A group of commands of which one is meant where none is named: `thresholds exercise --stage infant` runs exercises."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = [RUN, *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            ctx.fail(f"There is no such command as {args[0]}; {nearest(args[0], self.commands)}")
        return super().resolve_command(ctx, args)


@click.group("exercise", cls=_WithUsual)
def exercise_command() -> None:
    """Practise applying the thresholds, alone or in a room. Every case is made up.

    Without a command: run exercises here, one after the other.
    """


@exercise_command.command(RUN)
@choosing_options
@names_option
@click.option("--results", metavar="FILE", help="Keep your answers in this file, and go on from it where it is there.")
def run_command(name: str, folder: Path | None, results: str | None, **choice: Any) -> None:
    """Answer exercises in the terminal, with feedback on each.

    "back" goes to the question before, "stop" ends, "?" says more. Nothing is kept but what --results writes.
    """
    from thresholds.exercises.alone.aloud import run
    from thresholds.exercises.alone.results import Results
    from thresholds.exercises.alone.results_files import ResultsError, ResultsFile
    from thresholds.terminal import say

    rule_set = load_by_name(name)
    chosen, every = chosen_exercises(rule_set, folder, **choice)
    try:
        file = None if results is None else ResultsFile(results)
        begun = Results(rule_set, {one.id: one for one in every}) if file is None else file.results(every, rule_set)
    except ResultsError as error:
        stop(str(error), INPUT_REFUSED)
    end = run(chosen, begun, lambda now: _keep(now, file), width())
    click.echo()
    write_page(end.page(), "text")
    if file is not None and end.answered:
        again = "The same command" if file.path == Path(str(results)) else f"--results {file.path}"
        click.echo()
        say(f"Your answers are in {file.path}. {again} goes on from there.", width())


@exercise_command.command("results")
@click.argument("file", metavar="FILE")
@rule_set_option
@folder_option
@form_option
def results_command(file: str, name: str, folder: Path | None, form: str) -> None:
    """Show what a learner's answers in FILE come to, by kind of difference, and why they say they differ."""
    from thresholds.exercises.alone.results_files import ResultsError, load_results

    rule_set = load_by_name(name)
    try:
        found = load_results(file, every_exercise(folder, rule_set), rule_set)
    except ResultsError as error:
        stop(str(error), INPUT_REFUSED)
    write_shown(found, form)


@exercise_command.command("collect")
@click.argument("files", metavar="P01=FILE...", nargs=-1, required=True)
@click.option("--save", metavar="FILE", required=True, help="Write the answers (CSV) to this file; it must not exist yet.")
@rule_set_option
@folder_option
def collect_command(files: tuple[str, ...], save: str, name: str, folder: Path | None) -> None:
    """Write the answers of several learners, each kept in a file of results, as a group's: p01=FILE p02=FILE and so on.

    The agency of each is left empty, to be filled in. 'thresholds exercise group' and 'progress' read what is written.
    """
    from thresholds.exercises.alone.collecting import collected
    from thresholds.exercises.alone.results_files import ResultsError

    expect_new(save)
    rule_set = load_by_name(name)
    try:
        found = collected(files, every_exercise(folder, rule_set), rule_set)
    except ResultsError as error:
        stop(str(error), INPUT_REFUSED)
    left_out = list(found.left_out())
    if not found.answers:
        stop("\n".join((*left_out, "There is no answer here that can be used, so nothing is written.")), INPUT_REFUSED)
    write_new(save, found.as_csv())
    click.echo(
        f"{number_of(found.answers, 'answer')}, of {number_of(len(found.results), 'participant')}: {save}\n"
        "Fill in the agency of each, once is enough. Then: thresholds exercise group, or progress."
    )
    if left_out:
        stop("\n".join(("Not in it:", *left_out)), INPUT_REFUSED)


def _keep(results: Results, file: ResultsFile | None) -> None:
    from thresholds.terminal import say

    if file is None:
        return
    before = file.path
    try:
        file.keep(results)
    except OSError as error:
        stop(f"{file.path}: This cannot be written: {error.strerror}. What was kept before is still there.", INPUT_REFUSED)
    if file.path != before:
        click.echo()
        say(
            f"{before} was changed by another run, or by somebody else, since this one last read it. It stays as it is. "
            f"Your answers are kept in {file.path} from here on.",
            width(),
        )


@exercise_command.command("list")
@choosing_options
@form_option
def list_command(name: str, folder: Path | None, form: str, **choice: Any) -> None:
    """List the exercises: what each is about, and whom it suits. No tier is shown."""
    from thresholds.views.exercises_page import exercises_page

    chosen, _ = chosen_exercises(load_by_name(name), folder, **choice)
    if form == "json":
        written = [
            {
                "id": one.id,
                "title": one.title,
                "stage": one.stage.word,
                "level": one.level,
                "read_otherwise": one.differs_under is not None,
            }
            for one in chosen
        ]
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        write_page(exercises_page(chosen), form)


for command in (make_command, mend_command, sheet_command, group_command, progress_command):
    exercise_command.add_command(command)
