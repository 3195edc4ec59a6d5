"""What made cases are wanted to be about: a rule, a stage, a fact, a theme; and what is said where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass

from thresholds.exercises.exercise import Theme
from thresholds.exercises.making.themes import THEMES_OF_FACTS
from thresholds.facts.record import GATES
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.households import printable
from thresholds.language.rules import Rule, RuleSet
from thresholds.loading.problems import nearest
from thresholds.scales import Stage


class MakeError(ValueError):
    """Cases that cannot be made: something asked for is not there, or too few were found. The message says which."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for; None where anything will do."""

    rule: Rule | None = None
    stage: Stage | None = None
    fact: str | None = None
    theme: Theme | None = None


def wanted(
    rules: RuleSet,
    rule: str | None = None,
    stage: Stage | None = None,
    fact: str | None = None,
    theme: Theme | None = None,
) -> Wanted:
    """What was asked for by name, looked up. Raises `MakeError` with all that is not there or moves no tier."""
    found = next((one for one in rules.findings if one.id == rule), None)
    wrong = []
    if rule is not None and found is None:
        wrong.append(_no_finding(rule, rules))
    if fact is not None and fact not in FACTS:
        wrong.append(f"{_repeated(fact, 'fact')}: There is no such fact; {nearest(fact, FACTS)}")
    elif fact is not None and FACTS[fact].polarity is Polarity.CONTEXT:
        wrong.append(f"{fact}: This fact moves no tier by the rules of {rules.id}.{asked_after(fact)}")
    if theme is not None and theme not in THEMES_OF_FACTS:
        wrong.append(f"{theme.value}: No fact that moves a tier is of this theme; known: {', '.join(THEMES_OF_FACTS)}")
    if wrong:
        raise MakeError("\n".join(wrong))
    return Wanted(found, stage, fact, theme)


def _no_finding(rule: str, rules: RuleSet) -> str:
    if rule in rules.rules:
        return f"{rule}: This rule advises and moves no tier; name one that finds."
    names = [one.id for one in rules.findings]
    return f"{_repeated(rule, 'rule')}: There is no such rule in {rules.id}; {nearest(rule, names)}"


def _repeated(given: str, what: str) -> str:
    """A name that was given, as it may be repeated: what can be no name may be somebody's words, and is not."""
    plain = given.replace("-", "_")
    return given if printable(plain) == plain else what


def asked_after(fact: str) -> str:
    """Of an opening question, that what moves a tier is asked after it, and what that is; else empty."""
    if fact not in GATES:
        return ""
    behind = [one.name for one in FACTS.values() if one.gate == fact and one.polarity is not Polarity.CONTEXT]
    why = "This is an opening question, and what moves the tier is asked after it"
    return f" {why}: ask for one of {', '.join(behind)}."


def too_few(found: int, tries: int, fact: str | None) -> MakeError:
    """That no more than these were found in so many attempts, and why, where something is known of the fact asked for."""
    more = f"No more than {found} such cases were" if found > 1 else "No more than 1 such case was"
    those = f"{more if found else 'No such case was'} found"
    return MakeError(f"{those} in {tries} attempts in a row.{'' if fact is None else asked_after(fact)}")
