"""What one rule set says and another does not, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from thresholds.language.conditions import Condition
from thresholds.language.rules import Advice, Floor, Outcome, Rule, RuleSet, Scale
from thresholds.language.words import conclusions_in_words, in_one_line, spoken

Stated = Rule | Floor
Outcomes = Mapping[str, Outcome]


class Changed(NamedTuple):
    """One thing that a rule, a floor or the rule set itself says otherwise: what it is, before, and after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule or a floor that both rule sets have, and what it says otherwise in the second."""

    id: str
    title: str
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two rule sets: rules and floors added, removed and changed, and what else they declare."""

    added: tuple[Stated, ...]
    removed: tuple[Stated, ...]
    changed: tuple[ChangedRule, ...]
    declared: tuple[Changed, ...]

    @property
    def is_none(self) -> bool:
        """Whether the two say the same."""
        return not (self.added or self.removed or self.changed or self.declared)


def differences(before: RuleSet, after: RuleSet) -> Differences:
    """What differs; ids, versions, titles of the rule sets, their authors, and examples apart."""
    one, other = _stated(before), _stated(after)
    changed = (
        ChangedRule(name, other[name].title, changes)
        for name in one.keys() & other.keys()
        if (changes := tuple(_changes(before, one[name], after, other[name])))
    )
    return Differences(
        tuple(other[name] for name in other if name not in one),
        tuple(one[name] for name in one if name not in other),
        tuple(sorted(changed, key=lambda rule: list(other).index(rule.id))),
        tuple(_compared(_DECLARED, before, after)),
    )


def _stated(rule_set: RuleSet) -> dict[str, Stated]:
    stated: tuple[Stated, ...] = (*rule_set.findings, *rule_set.advice, *rule_set.floors)
    return {one.id: one for one in stated}


def _changes(before: RuleSet, one: Stated, after: RuleSet, other: Stated) -> Iterator[Changed]:
    for what, say in _SAID.items():
        said = say(one, _outcomes(before)), say(other, _outcomes(after))
        if said[0] != said[1]:
            yield Changed(what, *said)


def _outcomes(rule_set: RuleSet) -> Outcomes:
    return {outcome.name: outcome for outcome in rule_set.outcomes}


def _condition(condition: Condition | None, outcomes: Outcomes) -> str:
    return "nothing" if condition is None else in_one_line(condition, outcomes)


def _concludes(stated: Stated, outcomes: Outcomes) -> str:
    if isinstance(stated, Floor):
        return f"at least Tier {stated.at_least}"
    said = (f"{spoken(advice.kind)}: {advice.text}" for advice in stated.advises)
    return "; ".join(part for part in (conclusions_in_words(stated.concludes, outcomes), *said) if part)


def _of_advice(read: Callable[[Advice], str]) -> Callable[[Stated, Outcomes], str]:
    """What each piece of advice of a rule says of one thing."""

    def say(stated: Stated, outcomes: Outcomes) -> str:
        return "; ".join(read(advice) or "nothing" for advice in ([] if isinstance(stated, Floor) else stated.advises))

    return say


def _validity(stated: Stated, outcomes: Outcomes) -> str:
    if isinstance(stated, Floor):
        return ""
    return f"from {stated.valid_from or 'the beginning'} to {stated.valid_to or 'further notice'}"


_SAID: Mapping[str, Callable[[Stated, Outcomes], str]] = {
    "title": lambda stated, outcomes: stated.title,
    "when": lambda stated, outcomes: _condition(stated.when, outcomes),
    "unless": lambda stated, outcomes: _condition(stated.unless, outcomes),
    "then": _concludes,
    "response to expect": _of_advice(lambda advice: advice.expected_response),
    "panel": _of_advice(lambda advice: advice.panel),
    "calls the referral not appropriate": _of_advice(lambda advice: "yes" if advice.judges else "no"),
    "covers": lambda stated, outcomes: ", ".join(stated.covers) or "nothing",
    "discretion": lambda stated, outcomes: "may" if isinstance(stated, Rule) and stated.discretion else "does",
    "valid": _validity,
    "source": lambda stated, outcomes: f"{stated.source.work}, {stated.source.at}, {stated.source.basis}",
    "note": lambda stated, outcomes: (stated.note if isinstance(stated, Rule) else "") or "none",
    "disagreement": lambda stated, outcomes: (stated.disagreement if isinstance(stated, Rule) else "") or "none",
}


def _compared(said: Mapping[str, Callable[[RuleSet], str]], before: RuleSet, after: RuleSet) -> Iterator[Changed]:
    for what, say in said.items():
        if say(before) != say(after):
            yield Changed(what, say(before), say(after))


def _scales(rule_set: RuleSet) -> str:
    return "; ".join(f"{outcome.label or outcome.name}: {_values(outcome)}" for outcome in rule_set.outcomes)


def _sources(rule_set: RuleSet) -> str:
    return "; ".join(f"{source.id} ({source.short}; {source.title}; {source.address})" for source in rule_set.sources.values())


def _values(outcome: Outcome) -> str:
    if not isinstance(outcome, Scale):
        return f"any of {', '.join(outcome.members)}"
    never_below = f", never below {', '.join(outcome.at_least)}" if outcome.at_least else ""
    return ", ".join(outcome.values) + never_below


def _required(rule_set: RuleSet) -> str:
    return "; ".join(f"{stage.label}: {', '.join(names)}" for stage, names in rule_set.required.items())


_DECLARED: Mapping[str, Callable[[RuleSet], str]] = {
    "scales and sets": _scales,
    "what has to be known before Tier 1": _required,
    "status": lambda rule_set: rule_set.status,
    "sources": _sources,
    "pathways as of": lambda rule_set: str(rule_set.pathways_on),
    "valid": lambda rule_set: f"from {rule_set.valid_from} to {rule_set.valid_to or 'further notice'}",
}


def says(stated: Stated, rule_set: RuleSet) -> str:
    """A rule or floor on one line: its id, its title and what it comes to."""
    return f"{stated.id}: {stated.title}. {_concludes(stated, _outcomes(rule_set))}"
