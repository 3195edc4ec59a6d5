"""Commands that answer for cases: suggest, explain, agenda."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import click

from thresholds.analysis.agenda import agenda
from thresholds.analysis.why import LIMIT
from thresholds.case_files import InputProblem, suggest_from_file
from thresholds.commands.parts import (
    INPUT_REFUSED,
    NOT_AVAILABLE,
    form_option,
    load_by_name,
    rule_set_option,
    stop,
    width,
    write_page,
    write_pages,
)
from thresholds.evaluation.engines import DEFAULT_ENGINE, Engine, EngineUnavailableError, evaluator
from thresholds.households import HouseholdSuggestion
from thresholds.language.rules import RuleSet
from thresholds.scales import Tier
from thresholds.suggestion import Suggestion
from thresholds.views import html
from thresholds.views.page import Page
from thresholds.views.shown import Shown
from thresholds.views.suggestion_page import suggestion_page

_TIERS = click.Choice([tier.word for tier in Tier], case_sensitive=False)


@click.command("suggest")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@rule_set_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json", "handoff"]), default="text", show_default=True
)
@click.option(
    "--engine",
    type=click.Choice([str(one) for one in Engine]),
    default=str(DEFAULT_ENGINE),
    show_default=True,
    help="What evaluates the rules; it never changes the answer.",
)
def suggest_command(files: tuple[str, ...], name: str, form: str, engine: str) -> None:
    """Suggest a tier for each case in each FILE ("-" is standard input).

    A file is JSON, YAML, or JSON Lines with a case on each line. It holds a case, a list of cases, or a household (home and
    children). What is wrong with one case does not stop the others; it is listed at the end.
    """
    rule_set = load_by_name(name)
    _make_ready(rule_set, engine)
    refused: list[InputProblem] = []
    answers = _answered(chain.from_iterable(suggest_from_file(file, rule_set, engine) for file in files), refused)
    if form == "json":
        _write_json(answers)
    elif form == "html":
        click.echo(html.document(*chain.from_iterable(_pages(answer) for answer in answers)))
    else:
        for number, answer in enumerate(answers):
            if number:
                click.echo(f"\n{'-' * width()}\n" if form != "markdown" else "\n---\n")
            click.echo(_written(answer, form), nl=form != "markdown")
    _list(refused)


def _list(refused: Iterable[InputProblem]) -> None:
    """What was refused, at the end; with the exit code that says so."""
    problems = list(refused)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(INPUT_REFUSED)


def _answered(
    answers: Iterable[Suggestion | HouseholdSuggestion | InputProblem], refused: list[InputProblem]
) -> Iterator[Suggestion | HouseholdSuggestion]:
    """The answers as they come; what was refused is kept for the end."""
    for answer in answers:
        if isinstance(answer, InputProblem):
            refused.append(answer)
        else:
            yield answer


def _write_json(answers: Iterator[Suggestion | HouseholdSuggestion]) -> None:
    """One answer over several lines, to be read; many as JSON Lines, as they come."""
    first = list(islice(answers, 2))
    for answer in chain(first, answers):
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2 if len(first) == 1 else None))


def _pages(answer: Suggestion | HouseholdSuggestion) -> tuple[Page, ...]:
    return answer.pages() if isinstance(answer, HouseholdSuggestion) else (suggestion_page(answer),)


def _written(answer: Suggestion | HouseholdSuggestion, form: str) -> str:
    if form == "markdown":
        return answer.markdown()
    return answer.handoff(width()) if form == "handoff" else answer.text(width())


@click.command("explain")
@click.argument("file", metavar="FILE")
@rule_set_option
@click.option("--why", "why", type=_TIERS, help="Which known facts carry at least this tier.")
@click.option("--why-not", "why_not", type=_TIERS, help="What this tier lacks, or what stands in its way.")
@click.option("--change", is_flag=True, help="The smallest changes that would move the tier.")
@click.option("--ask", is_flag=True, help="What to ask next.")
@click.option("--stability", is_flag=True, help="Which single answers, if wrong, would change the tier.")
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="How many of each to list.")
@form_option
def explain_command(
    file: str,
    name: str,
    why: str | None,
    why_not: str | None,
    change: bool,
    ask: bool,
    stability: bool,
    limit: int,
    form: str,
) -> None:
    """Question the suggestion for each case in FILE ("-" is standard input): why, why not, what would change it, what to ask.

    With none of the options, all of it: why the suggested tier, and why not the next one up.
    """
    wanted = why or why_not or change or ask or stability
    refused: list[InputProblem] = []
    answers: list[dict[str, Shown]] = []
    for suggestion in _each(_answered(suggest_from_file(file, load_by_name(name)), refused)):
        answer: dict[str, Shown] = {}
        if why or not wanted:
            answer["why"] = suggestion.why(_tier(why), limit)
        if why_not or not wanted:
            above = Tier.THREE if suggestion.tier is None else Tier(min(suggestion.tier + 1, Tier.THREE))
            answer["why_not"] = suggestion.why_not(_tier(why_not) or above, limit)
        if change or not wanted:
            answer["changes"] = suggestion.what_would_change(limit)
        if ask or not wanted:
            answer["ask_next"] = suggestion.ask_next(limit)
        if stability or not wanted:
            answer["stability"] = suggestion.stability()
        answers.append(answer)
    if form == "json":
        for answer in answers:
            written = {key: one.to_dict() for key, one in answer.items()}
            click.echo(json.dumps(written, ensure_ascii=False, indent=2 if len(answers) == 1 else None))
    else:
        write_pages([one.page() for answer in answers for one in answer.values()], form)
    _list(refused)


def _each(answers: Iterable[Suggestion | HouseholdSuggestion]) -> Iterator[Suggestion]:
    """Each child's suggestion, those of a household among them."""
    for answer in answers:
        yield from answer.children if isinstance(answer, HouseholdSuggestion) else (answer,)


@click.command("agenda")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@rule_set_option
@form_option
def agenda_command(files: tuple[str, ...], name: str, form: str) -> None:
    """Put the cases in each FILE in the order in which a meeting should take them, with what would settle each."""
    rule_set, refused = load_by_name(name), list[InputProblem]()
    answers = chain.from_iterable(suggest_from_file(file, rule_set) for file in files)
    order = agenda(_each(_answered(answers, refused)))
    if order.items and form == "json":
        click.echo(json.dumps(order.to_dict(), ensure_ascii=False, indent=2))
    elif order.items:
        write_page(order.page(), form)
    _list(refused)


def _make_ready(rule_set: RuleSet, engine: str) -> None:
    """Before any case is read: whether this engine can be used here."""
    try:
        evaluator(rule_set, engine)
    except EngineUnavailableError as error:
        stop(str(error), NOT_AVAILABLE)


def _tier(word: str | None) -> Tier | None:
    return None if word is None else next(tier for tier in Tier if tier.word == word)
