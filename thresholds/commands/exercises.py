"""Commands that practise: exercise run, list, results, make, mend, sheet, group, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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
)
from thresholds.commands.session_input import read_step
from thresholds.exercises.exercise import Agency, Exercise, Theme
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.scales import Stage
from thresholds.session import SessionError
from thresholds.views import text
from thresholds.views.page import Bullets, Paragraph, page, part

# What one command alone needs is imported in it: other commands do not wait for it.
if TYPE_CHECKING:
    from thresholds.exercises.generated import NearCase
    from thresholds.exercises.group_files import GroupAnswers
    from thresholds.exercises.results import Results

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


# What several of them take.

folder_option = click.option(
    "--folder", type=click.Path(path_type=Path), help="A folder of your own exercises. [default: those that are shipped]"
)
_stage_option = click.option("--stage", type=click.Choice([stage.word for stage in Stage]), help="Only of this stage.")
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    rule_set_option,
    folder_option,
    click.option("--count", type=click.IntRange(1), help="At most so many, a mixture of stages, themes and tiers."),
    click.option("--level", type=click.IntRange(1, 3), help="Only of this level: 1 first steps, 2 practised, 3 hard."),
    click.option("--agency", type=click.Choice([one.value for one in Agency]), help="Only what suits this group."),
    click.option("--theme", type=click.Choice([one.value for one in Theme]), help="Only on this theme."),
    _stage_option,
)


def _choosing(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which exercises are chosen."""
    for option in _OPTIONS:
        command = option(command)
    return command


def _chosen(
    rule_set: RuleSet,
    folder: Path | None,
    stage: str | None,
    theme: str | None,
    agency: str | None,
    level: int | None,
    count: int | None,
) -> tuple[list[Exercise], tuple[Exercise, ...]]:
    """The exercises that fit, the easier first, or so many of them that differ; and all that there are."""
    from thresholds.exercises.choosing import a_mixture, fitting

    every = _every(folder, rule_set)
    found = fitting(
        every,
        stage=None if stage is None else Stage[stage.upper()],
        theme=None if theme is None else Theme(theme),
        agency=None if agency is None else Agency(agency),
        level=level,
    )
    if not found:
        stop("No exercise fits all of this. 'thresholds exercise list' shows what there is.", INPUT_REFUSED)
    return list(found if count is None else a_mixture(found, count)), every


def _every(folder: Path | None, rule_set: RuleSet) -> tuple[Exercise, ...]:
    from thresholds.exercises.exercise_files import ExerciseError, read_exercises

    try:
        return read_exercises(folder, rule_set)
    except ExerciseError as error:
        stop(str(error), INPUT_REFUSED)


def _named(names: Sequence[str], every: Iterable[Exercise]) -> list[Exercise]:
    """The exercises of these ids, in that order; stops with the nearest where there is none."""
    at_hand = {one.id: one for one in every}
    wrong = [f"{name}: There is no such exercise; {nearest(name, at_hand)}" for name in names if name not in at_hand]
    if wrong:
        stop("\n".join(wrong), INPUT_REFUSED)
    return [at_hand[name] for name in dict.fromkeys(names)]


# Alone.


@exercise_command.command(RUN)
@_choosing
@click.option("--results", metavar="FILE", help="Keep your answers in this file, and go on from it where it is there.")
def run_command(name: str, folder: Path | None, results: str | None, **choice: Any) -> None:
    """Answer exercises in the terminal, with feedback on each.

    "back" goes to the question before, "stop" ends, "?" says more. Nothing is kept but what --results writes.
    """
    from thresholds.exercises.aloud import run
    from thresholds.exercises.results import ResultsError, begin_or_go_on

    rule_set = load_by_name(name)
    chosen, every = _chosen(rule_set, folder, **choice)
    try:
        begun = begin_or_go_on(results, every, rule_set)
    except ResultsError as error:
        stop(str(error), INPUT_REFUSED)
    if results is not None and not Path(results).resolve().parent.is_dir():
        stop(f"{results}: Expected the name of a file in a folder that is there.", INPUT_REFUSED)
    end = run(chosen, begun, lambda now: _keep(now, results), width())
    click.echo()
    write_page(end.page(), "text")
    if results is not None and end.answered:
        click.echo(f"\nYour answers are in {results}. The same command goes on from there.")


@exercise_command.command("results")
@click.argument("file", metavar="FILE")
@rule_set_option
@folder_option
@form_option
def results_command(file: str, name: str, folder: Path | None, form: str) -> None:
    """Show what a learner's answers in FILE come to, by kind of difference, and why they say they differ."""
    from thresholds.exercises.results import ResultsError, load_results

    rule_set = load_by_name(name)
    try:
        found = load_results(file, _every(folder, rule_set), rule_set)
    except ResultsError as error:
        stop(str(error), INPUT_REFUSED)
    if form == "json":
        click.echo(json.dumps([one.to_dict() for one in found.markings()], ensure_ascii=False, indent=2))
    else:
        write_page(found.page(), form)


def _keep(results: Results, file: str | None) -> None:
    if file is None:
        return
    try:
        results.save(file)
    except OSError as error:
        stop(f"{file}: This cannot be written: {error.strerror}. What was kept before is still there.", INPUT_REFUSED)


@exercise_command.command("list")
@_choosing
@form_option
def list_command(name: str, folder: Path | None, form: str, **choice: Any) -> None:
    """List the exercises: what each is about, and whom it suits. No tier is shown."""
    from thresholds.views.exercises_page import exercises_page

    chosen, _ = _chosen(load_by_name(name), folder, **choice)
    if form == "json":
        written = [{"id": one.id, "title": one.title, "stage": one.stage.word, "level": one.level} for one in chosen]
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        write_page(exercises_page(chosen), form)


@exercise_command.command("make")
@rule_set_option
@click.option("--rule", help="A rule that counts on one side and not on the other.")
@_stage_option
@click.option("--fact", help="The fact in whose answer the two sides differ.")
@click.option("--count", type=click.IntRange(1), default=1, show_default=True, help="How many.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed makes the same cases.")
@form_option
def make_command(name: str, rule: str | None, stage: str | None, fact: str | None, count: int, seed: int, form: str) -> None:
    """Make up cases near a threshold: each one answer away from another tier, with what is on the other side."""
    from thresholds.exercises.generated import MakeError, make
    from thresholds.views.exercises_page import made_page

    at = None if stage is None else Stage[stage.upper()]
    made: list[NearCase] = []
    said = ""
    try:
        made.extend(make(rule, at, fact, count, seed, load_by_name(name)))
    except MakeError as error:
        said = str(error)
    if made and form == "json":
        for near in made:
            sides = {"here": near.here, "there": near.there}
            written = {
                "told": near.told,
                "fact": near.fact,
                **{side: {"facts": one.case.known(), "tier": str(one.tier)} for side, one in sides.items()},
            }
            click.echo(json.dumps(written, ensure_ascii=False))
    elif made:
        write_page(made_page(made), form)
    if said:
        stop(said, INPUT_REFUSED)


@exercise_command.command("mend")
@click.argument("exercise_id", metavar="ID")
@rule_set_option
@folder_option
@click.option("--tell", multiple=True, metavar="FACT=ANSWER", help="What your mended referral says; once for each fact.")
@form_option
def mend_command(exercise_id: str, name: str, folder: Path | None, tell: tuple[str, ...], form: str) -> None:
    """Mend a poor referral: what it lacked, and what yours still lacks.

    Without --tell: the case and the referral as it was sent, to be mended on paper.
    """
    from thresholds.exercises.mend import MendError, mend

    rule_set = load_by_name(name)
    (one,) = _named([exercise_id], _every(folder, rule_set))
    if one.referral is None:
        with_one = [other.id for other in _every(folder, rule_set) if other.referral is not None]
        stop(f"{one.id}: There is no referral to mend here. There is one in: {', '.join(with_one)}.", INPUT_REFUSED)
    if not tell:
        shown = page(
            f"Mend this referral: {one.title}",
            first=tuple(Paragraph(block) for block in one.vignette.split("\n\n")),
            parts=(
                part("The referral as it was sent", Paragraph(one.referral.text)),
                part("Then say what yours tells", Bullets((f"thresholds exercise mend {one.id} --tell risks_named=yes ...",))),
            ),
        )
        write_page(shown, "text" if form == "json" else form)
        return
    try:
        mended = mend(one, read_step(tell, ()), rule_set)
    except (MendError, SessionError) as error:
        stop(str(error), INPUT_REFUSED)
    if form == "json":
        click.echo(json.dumps(mended.to_dict(), ensure_ascii=False, indent=2))
    else:
        write_page(mended.page(), form)


# A room.


@exercise_command.command("sheet")
@_choosing
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
    from thresholds.exercises.sheets import answers_form, as_html, as_markdown, facilitators_sheet, participants_sheet

    rule_set = load_by_name(name)
    for file in (save, answers):
        expect_new(file)
    if save is not None and answers is not None and Path(save).resolve() == Path(answers).resolve():
        stop(f"{save}: Expected one file for --save and another for --answers.", INPUT_REFUSED)
    chosen = _named(names, _every(folder, rule_set)) if names else _chosen(rule_set, folder, **choice)[0]
    pages = facilitators_sheet(chosen, rule_set) if facilitator else participants_sheet(chosen)
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


@exercise_command.command("group")
@click.argument("file", metavar="ANSWERS")
@rule_set_option
@folder_option
@form_option
def group_command(file: str, name: str, folder: Path | None, form: str) -> None:
    """Show how the answers of a group in ANSWERS (a CSV; "-" is standard input) spread, and where it split.

    The rules' view comes last. Lines that cannot be used are listed, and the others are answered.
    """
    from thresholds.exercises.group import group

    rule_set = load_by_name(name)
    given = _group_answers(file, _every(folder, rule_set), rule_set)
    found = group(given, rule_set)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif found.cases:
        write_page(found.page(), form)
    _list(given.refused)
    if not found.cases:
        stop(f"{file}: There is no answer here yet.", INPUT_REFUSED)


@exercise_command.command("progress")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@rule_set_option
@folder_option
@form_option
def progress_command(before: str, after: str, name: str, folder: Path | None, form: str) -> None:
    """Show how a group changed over a course, by agency, between the answers in BEFORE and in AFTER (CSV)."""
    from thresholds.exercises.progress import progress

    rule_set = load_by_name(name)
    every = _every(folder, rule_set)
    both = [_group_answers(file, every, rule_set) for file in (before, after)]
    found = progress(both[0], both[1], rule_set)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        write_page(found.page(), form)
    _list(found.refused)


def _group_answers(file: str, every: tuple[Exercise, ...], rule_set: RuleSet) -> GroupAnswers:
    from thresholds.exercises.group_files import GroupError, read_group, read_group_text

    try:
        if file == "-":
            data = b"" if sys.stdin is None else sys.stdin.buffer.read()
            return read_group_text(data, "standard input", every, rule_set)
        return read_group(file, every, rule_set)
    except GroupError as error:
        stop(str(error), INPUT_REFUSED)


def _list(refused: Iterable[str]) -> None:
    problems = list(refused)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(INPUT_REFUSED)
