"""Commands for an exercise of another sort: make (cases near a threshold) and mend (a poor referral)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thresholds.commands.exercise_parts import every_exercise, folder_option, named_exercises, stage_option
from thresholds.commands.parts import INPUT_REFUSED, form_option, load_by_name, rule_set_option, stop, write_page
from thresholds.commands.session_input import read_step
from thresholds.scales import Stage
from thresholds.session import SessionError
from thresholds.views.page import Bullets, Paragraph, page, part

if TYPE_CHECKING:
    from thresholds.exercises.generated import NearCase


@click.command("make")
@rule_set_option
@click.option("--rule", help="A rule that counts on one side and not on the other.")
@stage_option
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


@click.command("mend")
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
    (one,) = named_exercises([exercise_id], every_exercise(folder, rule_set))
    if one.referral is None:
        with_one = [other.id for other in every_exercise(folder, rule_set) if other.referral is not None]
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
