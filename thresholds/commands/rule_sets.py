"""Commands about what the rules say: facts, rules, rule-sets, check, schema."""

from __future__ import annotations

import json
from pathlib import Path

import click

from thresholds.commands.parts import (
    INPUT_REFUSED,
    RULE_SET_REFUSED,
    form_option,
    load_by_name,
    rule_set_option,
    stop,
    write_page,
)
from thresholds.language.rules import RuleSet
from thresholds.loading.checking import check_rule_set
from thresholds.loading.load import load_rule_set
from thresholds.loading.places import SETTINGS, shipped
from thresholds.loading.problems import RuleSetError, nearest
from thresholds.scales import Stage
from thresholds.schemas import Described, schema_of
from thresholds.views.facts_page import asked_at, fact_as_json, facts_page
from thresholds.views.rules_page import is_particular, rule_as_json, rule_page, rules_page, stage_page

_STAGES = click.Choice([stage.word for stage in Stage])


@click.command("facts")
@click.option("--stage", type=_STAGES, help="Only what is asked of a child at this stage.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def facts_command(stage: str | None, form: str) -> None:
    """List the facts: what is asked, what may be answered, and who would know."""
    at = _stage(stage)
    if form == "json":
        click.echo(json.dumps([fact_as_json(fact) for fact in asked_at(at)], ensure_ascii=False, indent=2))
    else:
        write_page(facts_page(at), form)


@click.command("rules")
@click.argument("rule_id", metavar="[ID]", required=False)
@rule_set_option
@click.option("--stage", type=_STAGES, help="What is particular to this stage of development, as a note.")
@form_option
def rules_command(rule_id: str | None, name: str, stage: str | None, form: str) -> None:
    """List the rules, or show one (ID) in plain words with its source and examples."""
    rule_set, at = load_by_name(name), _stage(stage)
    rules = list(rule_set.rules.values())
    if rule_id is not None:
        if rule_id not in rule_set.rules:
            stop(f"{rule_id}: There is no such rule in {rule_set.id}; {nearest(rule_id, rule_set.rules)}", INPUT_REFUSED)
        rules, shown = [rule_set.rules[rule_id]], rule_page(rule_set, rule_set.rules[rule_id])
    elif at is not None:
        rules, shown = [rule for rule in rules if is_particular(rule, at)], stage_page(rule_set, at)
    else:
        shown = rules_page(rule_set)
    if form == "json":
        found = [rule_as_json(rule_set, rule) for rule in rules]
        click.echo(json.dumps(found[0] if rule_id is not None else found, ensure_ascii=False, indent=2))
    else:
        write_page(shown, form)


@click.command("rule-sets")
def rule_sets_command() -> None:
    """List the rule sets that are shipped."""
    for name in shipped():
        rule_set = load_by_name(name)
        until = f" to {rule_set.valid_to}" if rule_set.valid_to else ""
        click.echo(f"{rule_set.id} {rule_set.version}: {rule_set.title}")
        click.echo(f"    {rule_set.status}; for {rule_set.valid_from}{until}; pathways as of {rule_set.pathways_on}")
        click.echo(f"    {_counted(rule_set)}; {rule_set.digest}")


@click.command("check")
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
        stop("\n".join(str(problem) for problem in dict.fromkeys(problems)), RULE_SET_REFUSED)


@click.command("schema")
@click.argument("described", metavar="WHAT", type=click.Choice([str(one) for one in Described]))
def schema_command(described: str) -> None:
    """Print the JSON Schema of WHAT: rules, ruleset, case, suggestion, session, audit, decision or exercise."""
    click.echo(json.dumps(schema_of(Described(described)), ensure_ascii=False, indent=2))


def _counted(rule_set: RuleSet) -> str:
    return f"{len(rule_set.findings)} rules that find, {len(rule_set.advice)} that advise, {len(rule_set.floors)} floors"


def _stage(word: str | None) -> Stage | None:
    return None if word is None else Stage[word.upper()]
