"""The command `thresholds`.

Exit codes are part of the interface: 0 answered, 2 some or all of the input refused, 3 the rule set refused,
4 the engine cannot be used here.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Never

import click

from thresholds.analysis.agenda import agenda
from thresholds.analysis.why import LIMIT
from thresholds.case_files import InputProblem, suggest_from_file, written_case
from thresholds.evaluation.engines import DEFAULT_ENGINE, Engine, EngineUnavailableError, evaluator
from thresholds.households import HouseholdSuggestion
from thresholds.interview import Interview
from thresholds.interview_aloud import ask_all
from thresholds.language.rules import RuleSet
from thresholds.loading.checking import check_rule_set
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import SETTINGS, shipped
from thresholds.loading.problems import RuleSetError, nearest
from thresholds.scales import Stage, Tier
from thresholds.schemas import Described, schema_of
from thresholds.session import Session, SessionError
from thresholds.session_commands import read_step, session_from_file
from thresholds.session_files import as_text
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion
from thresholds.version import __version__
from thresholds.views import html, markdown, text
from thresholds.views.facts_page import asked_at, fact_as_json, facts_page
from thresholds.views.page import Page
from thresholds.views.rules_page import is_particular, rule_as_json, rule_page, rules_page, stage_page
from thresholds.views.shown import Shown
from thresholds.views.suggestion_page import suggestion_page

INPUT_REFUSED, RULE_SET_REFUSED, ENGINE_UNAVAILABLE = 2, 3, 4
_WIDTH, _NARROWEST, _WIDEST = 96, 60, 120

_STAGES = click.Choice([stage.word for stage in Stage])
_TIERS = click.Choice([tier.word for tier in Tier], case_sensitive=False)
_form = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
_rule_set = click.option(
    "--rule-set", "name", default=DEFAULT_RULE_SET, show_default=True, help="A shipped rule set, or the folder of your own."
)
_rule_set_or_its_own = click.option(
    "--rule-set",
    "name",
    help=f"A shipped rule set, or the folder of your own. [default: that of the session, else {DEFAULT_RULE_SET}]",
)
_may_differ = click.option(
    "--rule-set-may-differ", "may_differ", is_flag=True, help="Replay a session by other rules than it was saved with."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="thresholds")
def main() -> None:
    """A suggested tier for a child's case, with its reasons. It advises; a person decides.

    Exit codes: 0 answered, 2 input refused, 3 rule set refused, 4 engine not usable here.
    """


@main.command("suggest")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_rule_set
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
    rule_set = _load(name)
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
                click.echo(f"\n{'-' * _width()}\n" if form != "markdown" else "\n---\n")
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
    return answer.handoff(_width()) if form == "handoff" else answer.text(_width())


@main.command("explain")
@click.argument("file", metavar="FILE")
@_rule_set
@click.option("--why", "why", type=_TIERS, help="Which known facts carry at least this tier.")
@click.option("--why-not", "why_not", type=_TIERS, help="What this tier lacks, or what stands in its way.")
@click.option("--change", is_flag=True, help="The smallest changes that would move the tier.")
@click.option("--ask", is_flag=True, help="What to ask next.")
@click.option("--stability", is_flag=True, help="Which single answers, if wrong, would change the tier.")
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="How many of each to list.")
@_form
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
    for suggestion in _each(_answered(suggest_from_file(file, _load(name)), refused)):
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
        _write_all([one.page() for answer in answers for one in answer.values()], form)
    _list(refused)


def _each(answers: Iterable[Suggestion | HouseholdSuggestion]) -> Iterator[Suggestion]:
    """Each child's suggestion, those of a household among them."""
    for answer in answers:
        yield from answer.children if isinstance(answer, HouseholdSuggestion) else (answer,)


@main.command("agenda")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_rule_set
@_form
def agenda_command(files: tuple[str, ...], name: str, form: str) -> None:
    """Put the cases in each FILE in the order in which a meeting should take them, with what would settle each."""
    rule_set, refused = _load(name), list[InputProblem]()
    answers = chain.from_iterable(suggest_from_file(file, rule_set) for file in files)
    order = agenda(_each(_answered(answers, refused)))
    if order.items and form == "json":
        click.echo(json.dumps(order.to_dict(), ensure_ascii=False, indent=2))
    elif order.items:
        _write(order.page(), form)
    _list(refused)


@main.command("interview")
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
    rule_set = None if name is None else _load(name)
    for file in (save, keep):
        _expect_new(file)
    if save is not None and keep is not None and Path(save).resolve() == Path(keep).resolve():
        _stop(f"{save}: Expected one file for --save and another for --session.", INPUT_REFUSED)
    if begin is None:
        interview = Interview.begin(None, rule_set or DEFAULT_RULE_SET)
    else:
        interview = Interview.go_on(_session_from(begin, rule_set, may_differ))
    end = ask_all(interview, _width())
    click.echo()
    click.echo(end.suggestion.text(_width()))
    if save is not None:
        _write_new(save, written_case(end.suggestion.case))
        click.echo(f"\nThe case is in {save}.")
    if keep is not None:
        _write_new(keep, as_text(end.session))
        click.echo(f"\nThe session is in {keep}.")


@main.command("session")
@click.argument("file", metavar="FILE")
@_rule_set_or_its_own
@_may_differ
@click.option("--learn", "learnt", multiple=True, metavar="FACT=ANSWER", help="What became known; once for each fact.")
@click.option(
    "--withdraw", "withdrawn", multiple=True, metavar="FACT", help="What is not known after all; once for each fact."
)
@click.option("--save", metavar="FILE", help="Write the session to this file; it must not exist yet.")
@_form
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
    _expect_new(save)
    session = _session_from(file, None if name is None else _load(name), may_differ)
    if learnt or withdrawn:
        try:
            session = session.learn(**read_step(learnt, withdrawn))
        except SessionError as error:
            _stop(str(error), INPUT_REFUSED)
    if form == "json":
        click.echo(json.dumps(session.history_to_dict(), ensure_ascii=False, indent=2))
    else:
        _write(session.page(), form)
    if save is not None:
        _write_new(save, as_text(session))
        click.echo(f"The session is in {save}.", err=True)
    elif learnt or withdrawn:
        click.echo("The new step is shown and not kept: --save FILE keeps it.", err=True)


def _session_from(file: str, rule_set: RuleSet | None, may_differ: bool) -> Session:
    try:
        return session_from_file(file, rule_set, rule_set_may_differ=may_differ)
    except SessionError as error:
        _stop(str(error), INPUT_REFUSED)


def _expect_new(file: str | None) -> None:
    """Stop where this is no file that can be made: nothing is ever written over."""
    if file is not None and (Path(file).exists() or not Path(file).resolve().parent.is_dir()):
        _stop(f"{file}: Expected the name of a file that does not exist yet, in a folder that does.", INPUT_REFUSED)


def _write_new(file: str, content: str) -> None:
    try:
        with Path(file).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
    except OSError as error:
        _stop(f"{file}: This cannot be written: {error.strerror}.", INPUT_REFUSED)


@main.command("facts")
@click.option("--stage", type=_STAGES, help="Only what is asked of a child at this stage.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def facts_command(stage: str | None, form: str) -> None:
    """List the facts: what is asked, what may be answered, and who would know."""
    at = _stage(stage)
    if form == "json":
        click.echo(json.dumps([fact_as_json(fact) for fact in asked_at(at)], ensure_ascii=False, indent=2))
    else:
        _write(facts_page(at), form)


@main.command("rules")
@click.argument("rule_id", metavar="[ID]", required=False)
@_rule_set
@click.option("--stage", type=_STAGES, help="What is particular to this stage of development, as a note.")
@_form
def rules_command(rule_id: str | None, name: str, stage: str | None, form: str) -> None:
    """List the rules, or show one (ID) in plain words with its source and examples."""
    rule_set, at = _load(name), _stage(stage)
    rules = list(rule_set.rules.values())
    if rule_id is not None:
        if rule_id not in rule_set.rules:
            _stop(f"{rule_id}: There is no such rule in {rule_set.id}; {nearest(rule_id, rule_set.rules)}", INPUT_REFUSED)
        rules, shown = [rule_set.rules[rule_id]], rule_page(rule_set, rule_set.rules[rule_id])
    elif at is not None:
        rules, shown = [rule for rule in rules if is_particular(rule, at)], stage_page(rule_set, at)
    else:
        shown = rules_page(rule_set)
    if form == "json":
        found = [rule_as_json(rule_set, rule) for rule in rules]
        click.echo(json.dumps(found[0] if rule_id is not None else found, ensure_ascii=False, indent=2))
    else:
        _write(shown, form)


@main.command("rule-sets")
def rule_sets_command() -> None:
    """List the rule sets that are shipped."""
    for name in shipped():
        rule_set = _load(name)
        until = f" to {rule_set.valid_to}" if rule_set.valid_to else ""
        click.echo(f"{rule_set.id} {rule_set.version}: {rule_set.title}")
        click.echo(f"    {rule_set.status}; for {rule_set.valid_from}{until}; pathways as of {rule_set.pathways_on}")
        click.echo(f"    {_counted(rule_set)}; {rule_set.digest}")


@main.command("check")
@click.argument("path", type=click.Path(path_type=Path))
def check_command(path: Path) -> None:
    """Check the rule set in the folder PATH, or each one in it: every mistake, every example, every floor."""
    path = path.resolve()  # "." has no name, and a rule set is named like its folder
    folders = [path] if (path / SETTINGS).is_file() else sorted(one.parent for one in path.glob(f"*/{SETTINGS}"))
    problems: list[object] = []
    for folder in folders or [path]:
        try:
            rule_set = load_rule_set(folder)
        except RuleSetError as error:
            problems += error.problems
            continue
        wrong = check_rule_set(rule_set, folder)
        problems += wrong
        if not wrong:
            examples = sum(len(rule.examples) for rule in rule_set.rules.values())
            click.echo(f"{rule_set.id} {rule_set.version}: {_counted(rule_set)}, {examples} examples: all as they say.")
    if problems:
        _stop("\n".join(str(problem) for problem in dict.fromkeys(problems)), RULE_SET_REFUSED)


@main.command("schema")
@click.argument("described", metavar="WHAT", type=click.Choice([str(one) for one in Described]))
def schema_command(described: str) -> None:
    """Print the JSON Schema of WHAT: rules, ruleset, case, suggestion or session."""
    click.echo(json.dumps(schema_of(Described(described)), ensure_ascii=False, indent=2))


def _counted(rule_set: RuleSet) -> str:
    return f"{len(rule_set.findings)} rules that find, {len(rule_set.advice)} that advise, {len(rule_set.floors)} floors"


def _load(name: str) -> RuleSet:
    """A shipped rule set by its name, or that of a folder. On the command line, and only there, a name may be a path."""
    try:
        return load_rule_set(Path(name) if name not in shipped() and Path(name).is_dir() else name)
    except KeyError:
        hint = nearest(name, shipped())
        _stop(f"{name}: There is no shipped rule set of this name, and no such folder; {hint}", RULE_SET_REFUSED)
    except RuleSetError as error:
        _stop(str(error), RULE_SET_REFUSED)


def _make_ready(rule_set: RuleSet, engine: str) -> None:
    """Before any case is read: whether this engine can be used here."""
    try:
        evaluator(rule_set, engine)
    except EngineUnavailableError as error:
        _stop(str(error), ENGINE_UNAVAILABLE)


def _stop(message: str, code: int) -> Never:
    click.echo(message, err=True)
    sys.exit(code)


def _stage(word: str | None) -> Stage | None:
    return None if word is None else Stage[word.upper()]


def _write(page: Page, form: str) -> None:
    if form == "markdown":
        click.echo(markdown.render(page), nl=False)
    else:
        click.echo(html.document(page) if form == "html" else text.render(page, _width()))


def _write_all(pages: list[Page], form: str) -> None:
    """Several pages, one after the other; of HTML, one document."""
    if form == "html":
        click.echo(html.document(*pages))
        return
    for number, shown in enumerate(pages):
        if number:
            click.echo()
        _write(shown, form)


def _tier(word: str | None) -> Tier | None:
    return None if word is None else next(tier for tier in Tier if tier.word == word)


def _width() -> int:
    """The width of the terminal, within reason; the same for every file and pipe."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns)) if is_terminal else _WIDTH
