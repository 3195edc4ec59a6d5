"""What the commands on exercises share: how exercises are chosen, and found by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from thresholds.commands.parts import INPUT_REFUSED, rule_set_option, stop
from thresholds.exercises.exercise import SLUG, Agency, Exercise, Theme
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.scales import Stage

folder_option = click.option(
    "--folder", type=click.Path(path_type=Path), help="A folder of your own exercises. [default: those that are shipped]"
)
names_option = click.option(
    "--exercise", "names", multiple=True, metavar="ID", help="This exercise; once for each, in the order wanted."
)
stage_option = click.option("--stage", type=click.Choice([stage.word for stage in Stage]), help="Only of this stage.")
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    rule_set_option,
    folder_option,
    click.option("--count", type=click.IntRange(1), help="At most so many, a mixture of stages, themes and tiers."),
    click.option("--level", type=click.IntRange(1, 3), help="Only of this level: 1 first steps, 2 practised, 3 hard."),
    click.option(
        "--agency",
        "agencies",
        multiple=True,
        type=click.Choice([one.value for one in Agency]),
        help="Only what suits this group; once for each in a mixed room, for what suits all of them.",
    ),
    click.option("--theme", type=click.Choice([one.value for one in Theme]), help="Only on this theme."),
    stage_option,
)


def choosing_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which exercises are chosen."""
    for option in _OPTIONS:
        command = option(command)
    return command


def chosen_exercises(
    rule_set: RuleSet,
    folder: Path | None,
    stage: str | None,
    theme: str | None,
    agencies: Sequence[str],
    level: int | None,
    count: int | None,
    names: Sequence[str] = (),
) -> tuple[list[Exercise], tuple[Exercise, ...]]:
    """The exercises of these names in that order, else those that fit, the easier first, or so many of them that differ; and
    all that there are."""
    from thresholds.exercises.choosing import a_mixture, fitting

    every = every_exercise(folder, rule_set)
    if names:
        return named_exercises(names, every), every
    found = fitting(
        every,
        stage=None if stage is None else Stage[stage.upper()],
        theme=None if theme is None else Theme(theme),
        agencies=tuple(map(Agency, agencies)),
        level=level,
    )
    if not found:
        stop("No exercise fits all of this. 'thresholds exercise list' shows what there is.", INPUT_REFUSED)
    return list(found if count is None else a_mixture(found, count)), every


def every_exercise(folder: Path | None, rule_set: RuleSet) -> tuple[Exercise, ...]:
    """The exercises of a folder, else those that are shipped; stops with every mistake in them."""
    from thresholds.exercises.exercise_files import ExerciseError, read_exercises

    try:
        return read_exercises(folder, rule_set)
    except ExerciseError as error:
        stop(str(error), INPUT_REFUSED)


def _shown(name: str) -> str:
    """What was typed for an id, as it may be shown: what is no id may be somebody's name, and is not repeated."""
    return name if re.fullmatch(SLUG, name) else "(no id)"


def named_exercises(names: Sequence[str], every: Iterable[Exercise]) -> list[Exercise]:
    """The exercises of these ids, in that order; stops with the nearest where there is none."""
    at_hand = {one.id: one for one in every}
    wrong = [f"{_shown(name)}: There is no such exercise; {nearest(name, at_hand)}" for name in names if name not in at_hand]
    if wrong:
        stop("\n".join(wrong), INPUT_REFUSED)
    return [at_hand[name] for name in dict.fromkeys(names)]
