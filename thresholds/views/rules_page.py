"""Rules as pages: a list, one rule in plain words, and what is particular to a stage of development."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from typing_extensions import TypedDict

from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.language.conditions import (
    All,
    AnyOf,
    AtLeastOf,
    AtStage,
    Condition,
    Counted,
    Found,
    Number,
    YoungerThan,
    facts_read,
    leaves,
)
from thresholds.language.rules import AdviceKind, Example, ExampleKind, Outcome, Rule, RuleSet
from thresholds.language.words import conclusions, conclusions_in_words, in_words, spoken
from thresholds.scales import Stage
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

Outcomes = Mapping[str, Outcome]


class RuleJson(TypedDict):
    """A rule as JSON holds it; `when` and `unless` are lines of plain words, indented as they nest."""

    id: str
    title: str
    rule_set: str
    when: list[str]
    unless: list[str]
    concludes: dict[str, str | list[str]]
    advises: dict[str, list[str]]
    discretion: str | None
    basis: str
    work: str
    at: str
    disagreement: str | None
    note: str | None
    covers: list[str]


# All the rules.


def rules_page(rule_set: RuleSet) -> Page:
    """Every rule in a line, findings first."""
    outcomes = _outcomes(rule_set)
    findings = tuple((rule.id, rule.title, conclusions_in_words(rule.concludes, outcomes)) for rule in rule_set.findings)
    columns = ("Rule", "Says", "Leads to")
    kinds = (_advice_of(rule_set, kind) for kind in AdviceKind)
    return page(
        rule_set.title,
        first=(
            Paragraph(f"{rule_set.id} {rule_set.version}, {rule_set.status}. {rule_set.about}"),
            Paragraph(f"{len(rule_set.findings)} rules that find, {len(rule_set.advice)} that advise."),
        ),
        parts=(part("Findings", Grid("The rules that find", columns, findings)), *kinds),
    )


def _advice_of(rule_set: RuleSet, kind: AdviceKind) -> Part | None:
    rows = tuple(
        (rule.id, rule.title, advice.text) for rule in rule_set.advice for advice in rule.advises if advice.kind is kind
    )
    return part(f"Advice: {spoken(kind)}", Grid(f"The rules that advise: {spoken(kind)}", ("Rule", "When", "Says"), rows))


def _outcomes(rule_set: RuleSet) -> Outcomes:
    return {outcome.name: outcome for outcome in rule_set.outcomes}


# One rule.


def rule_page(rule_set: RuleSet, rule: Rule) -> Page:
    """One rule in plain words, with its source and its examples."""
    outcomes = _outcomes(rule_set)
    source = rule_set.sources[rule.source.work]
    return page(
        rule.title,
        first=(Paragraph(f"{rule.id}, of {rule.rule_set} ({rule.file}, line {rule.line})."),),
        parts=(
            part("When", Bullets(tuple(_plain(rule.when, outcomes)))),
            part("Unless", Bullets(tuple(_plain(rule.unless, outcomes)))),
            part("Then", *_then(rule, outcomes)),
            part(
                "Source",
                Paragraph(f"{source.title}. {source.address}. Seen {source.seen}."),
                Paragraph(f"There: {rule.source.at}."),
                Paragraph(f"How sure that is: {rule.source.basis.label}."),
                Paragraph(rule.disagreement and f"Sources disagree: {rule.disagreement}"),
                Paragraph(rule.note),
            ),
            part("Examples", *_examples(rule, outcomes)),
        ),
    )


def _plain(condition: Condition | None, outcomes: Outcomes) -> Iterator[str]:
    if condition is not None:
        yield from (f"{'.. ' * depth}{line}" for depth, line in in_words(condition, outcomes))


def _then(rule: Rule, outcomes: Outcomes) -> Iterator[Block]:
    yield Paragraph(conclusions_in_words(rule.concludes, outcomes))
    if rule.discretion:
        yield Paragraph('The source says "can", not "must": it counts, and the tier without it is given beside it.')
    for advice in rule.advises:
        yield Paragraph(f"{spoken(advice.kind).capitalize()}: {advice.text}")
        if advice.expected_response:
            yield Paragraph(f"Expect: {advice.expected_response}")


def _examples(rule: Rule, outcomes: Outcomes) -> Iterator[Block]:
    for kind in ExampleKind:
        shown = tuple(_example(example, outcomes) for example in rule.examples if example.kind is kind)
        if shown:
            yield Paragraph(_EXAMPLES[kind])
            yield Bullets(shown)


_EXAMPLES = {
    ExampleKind.COUNTS: "It counts:",
    ExampleKind.DOES_NOT: "It does not count:",
    ExampleKind.EXCEPTED: "It would count, but something protects:",
}


def _example(example: Example, outcomes: Outcomes) -> str:
    said = [f"{FACTS[name].says}: {_answered(FACTS[name], value)}" for name, value in example.facts]
    if example.given:
        said.append(f"found already: {conclusions_in_words(example.given, outcomes)}")
    if example.rest_is_no:
        said.append("everything else asked, and answered no")
    return "; ".join(said) or "nothing is known"


def _answered(fact: Fact, value: int | None) -> str:
    return "not known" if value is None else spoken(str(fact.written(value)))


def rule_as_json(rule_set: RuleSet, rule: Rule) -> RuleJson:
    """A rule as JSON holds it."""
    outcomes = _outcomes(rule_set)
    advises: dict[str, list[str]] = {}
    for advice in rule.advises:
        advises.setdefault(advice.kind.value, []).append(advice.text)
    return {
        "id": rule.id,
        "title": rule.title,
        "rule_set": rule.rule_set,
        "when": [f"{'  ' * depth}{line}" for depth, line in in_words(rule.when, outcomes)],
        "unless": [f"{'  ' * depth}{line}" for depth, line in in_words(rule.unless, outcomes)] if rule.unless else [],
        "concludes": conclusions(rule.concludes, outcomes),
        "advises": advises,
        "discretion": "may" if rule.discretion else None,
        "basis": rule.source.basis.value,
        "work": rule.source.work,
        "at": rule.source.at,
        "disagreement": rule.disagreement or None,
        "note": rule.note or None,
        "covers": list(rule.covers),
    }


# What is particular to a stage.


def stage_page(rule_set: RuleSet, stage: Stage) -> Page:
    """The guidance note for a stage of development: what is asked then, and what reads otherwise than at another age.

    The audit of 2011 recommended such a note: the thresholds did not say how the same fact reads as a child grows.
    """
    outcomes = _outcomes(rule_set)
    findings = [rule for rule in rule_set.findings if is_particular(rule, stage)]
    rows = tuple(
        (
            rule.title,
            " / ".join(_plain(rule.when, outcomes)),
            " / ".join(_plain(rule.unless, outcomes)),
            conclusions_in_words(rule.concludes, outcomes),
            f"{rule_set.sources[rule.source.work].short}: {rule.source.at} [{rule.source.basis.mark}]",
        )
        for rule in findings
    )
    advice = [rule for rule in rule_set.current_advice if is_particular(rule, stage)]
    own = [fact for fact in FACTS.values() if stage in fact.stages and len(fact.stages) <= _FEW_STAGES]
    return page(
        f"Thresholds and development: {stage.label}",
        first=(
            Paragraph(
                "What is asked of a child at this stage and not at every other, what has to be known before a low tier means "
                "anything, and where the same fact reads otherwise than at another age. It informs judgement and does not "
                "replace it: children of one age differ, and a disabled child's stage may not be the one of their years."
            ),
        ),
        parts=(
            part(
                "To be known before Tier 1 is suggested",
                Bullets(tuple(FACTS[name].question for name in rule_set.required.get(stage, ()))),
            ),
            part("Asked at this stage and few others", Bullets(tuple(fact.question for fact in own))),
            part(
                "How facts read at this stage",
                Grid(
                    "Rules that turn on age, or on facts asked at some stages only",
                    ("What counts", "When", "Unless", "Leads to", "Source"),
                    rows,
                ),
            ),
            part("To think of, and to do", Bullets(tuple(_said(advice)))),
            part(
                "Where this comes from",
                Paragraph(f"Rule set {rule_set.id} {rule_set.version} ({rule_set.status}). {rule_set.about}"),
            ),
        ),
    )


_FEW_STAGES = 3


def _said(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        for advice in rule.advises:
            if advice.kind not in (AdviceKind.STATUS, AdviceKind.HOLDING):
                yield f"{rule.title}: {advice.text}"


def is_particular(rule: Rule, stage: Stage) -> bool:
    """Whether a rule can count at this stage, and turns on age or on facts that are asked at some stages only."""
    if not _can_be(rule.when, stage):
        return False
    first, last = stage.months
    for leaf in leaves(rule.when):
        match leaf:
            case YoungerThan(months) if first < months:
                return True
            case AtStage(stages) if stage in stages:
                return True
            case Number("age_months", _, number) if first <= number <= last + 1:
                return True
    asked = [FACTS[name].stages for name in facts_read(rule.when)]
    return any(stage in stages and len(stages) <= _FEW_STAGES for stages in asked)


def _can_be(condition: Condition, stage: Stage) -> bool:
    """Whether a condition can be so of a child at this stage who is asked what is asked then."""
    match condition:
        case Found(fact) | Counted(fact):
            return stage in FACTS[fact].stages
        case YoungerThan(months):
            return stage.months[0] < months
        case AtStage(stages):
            return stage in stages
        case All(parts):
            return all(_can_be(part, stage) for part in parts)
        case AnyOf(parts):
            return any(_can_be(part, stage) for part in parts)
        case AtLeastOf(number, parts):
            return sum(_can_be(part, stage) for part in parts) >= number
        case _:
            return True
