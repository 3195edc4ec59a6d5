"""Commands for an exercise of another sort: make (cases near a threshold) and mend (a poor referral)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.commands.exercise_parts import every_exercise, folder_option, named_exercises, stage_option
from thresholds.commands.parts import INPUT_REFUSED, form_option, load_by_name, rule_set_option, stop, write_page, write_shown
from thresholds.commands.session_input import read_step
from thresholds.exercises.exercise import Theme
from thresholds.scales import Stage
from thresholds.session import SessionError
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views.wording import number_of

if TYPE_CHECKING:
    from thresholds.exercises.making.near_case import NearCase


@click.command("make")
@rule_set_option
@click.option("--rule", help="A rule that counts on one side and not on the other.")
@stage_option
@click.option("--theme", type=click.Choice([one.value for one in Theme]), help="Only where what differs is of this theme.")
@click.option("--fact", help="The fact in whose answer the two sides differ.")
@click.option("--count", type=click.IntRange(1), default=1, show_default=True, help="How many.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed makes the same cases.")
@click.option(
    "--save",
    metavar="FOLDER",
    help="Show nothing, and write each case and its pair as exercises into this folder, which is empty or not there yet.",
)
@form_option
def make_command(
    name: str,
    rule: str | None,
    stage: str | None,
    theme: str | None,
    fact: str | None,
    count: int,
    seed: int,
    save: str | None,
    form: str,
) -> None:
    """Make up cases near a threshold: each one answer away from another tier.

    What the rules say stands at the end, with the answer that would make it another tier.
    """
    from thresholds.exercises.making.generated import MakeError, make
    from thresholds.exercises.making.saving import SaveError, check_folder, save_exercises

    at = None if stage is None else Stage[stage.upper()]
    about = None if theme is None else Theme(theme)
    made: list[NearCase] = []
    said = ""
    try:
        if save is not None:
            check_folder(save)
        made.extend(make(rule, at, fact, count, seed, load_by_name(name), about))
    except SaveError as error:
        stop(str(error), INPUT_REFUSED)
    except MakeError as error:
        said = str(error)
    if made and save is not None:
        try:
            save_exercises((one for number, near in enumerate(made, 1) for one in near.exercises(number)), save)
        except SaveError as error:
            stop(str(error), INPUT_REFUSED)
        click.echo(f"{number_of(len(made), 'case')} near a threshold, each with its pair: {save}")
        by = "" if name == DEFAULT_RULE_SET else f" --rule-set {name}"
        click.echo(f"Practise on them: thresholds exercise --folder {save}{by}")
    elif made:
        _show(made, form)
    if said:
        stop(said, INPUT_REFUSED)


def _show(made: list[NearCase], form: str) -> None:
    from thresholds.views.exercises_page import made_page

    if form != "json":
        write_page(made_page(made), form)
        return
    for near in made:
        sides = {"here": near.here, "there": near.there}
        written = {
            "told": near.told,
            "fact": near.fact,
            **{side: {"facts": one.case.known(), "tier": str(one.tier)} for side, one in sides.items()},
        }
        click.echo(json.dumps(written, ensure_ascii=False))


@click.command("mend")
@click.argument("exercise_id", metavar="ID")
@rule_set_option
@folder_option
@click.option("--tell", multiple=True, metavar="FACT=ANSWER", help="What your mended referral says; once for each fact.")
@form_option
def mend_command(exercise_id: str, name: str, folder: Path | None, tell: tuple[str, ...], form: str) -> None:
    """Mend a poor referral: what it lacked, and what yours still lacks.

    Without --tell: the case and the referral as it was sent, to be mended on paper, and what can then be told.
    """
    from thresholds.exercises.mend import MendError, mend, to_mend
    from thresholds.views.mend_page import to_mend_page

    rule_set = load_by_name(name)
    (one,) = named_exercises([exercise_id], every_exercise(folder, rule_set))
    if one.referral is None:
        with_one = [other.id for other in every_exercise(folder, rule_set) if other.referral is not None]
        stop(f"{one.id}: There is no referral to mend here. There is one in: {', '.join(with_one)}.", INPUT_REFUSED)
    if not tell and form == "json":
        click.echo(json.dumps(to_mend(one, one.referral), ensure_ascii=False, indent=2))
        return
    if not tell:
        write_page(to_mend_page(one, one.referral), form)
        return
    try:
        mended = mend(one, read_step(tell, ()), rule_set)
    except (MendError, SessionError) as error:
        stop(str(error), INPUT_REFUSED)
    write_shown(mended, form)
