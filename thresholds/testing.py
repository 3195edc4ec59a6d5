"""Hypothesis strategies for tests: cases, records, and made-up rule sets over the shipped facts.

For the tests of this library and of whatever is built on it. It needs hypothesis: install safeguarding-thresholds[testing].
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError("thresholds.testing needs hypothesis: install safeguarding-thresholds[testing].") from error

from thresholds.facts.case import Case
from thresholds.facts.record import GATES, Record, encode, impossible
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
    Condition,
    Counted,
    Found,
    Includes,
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import (
    Advice,
    AdviceKind,
    Citation,
    Collection,
    Conclusion,
    Outcome,
    Rule,
    RuleSet,
    Scale,
    Source,
)
from thresholds.scales import ADULT_MONTHS, Basis, Reading, Stage, Tier

Values = dict[str, int | None]

_RISKS = tuple(fact for fact in FACTS.values() if fact.polarity is Polarity.RISK)
_ANSWERED = tuple(fact.name for fact in _RISKS if fact.kind is Kind.ANSWER)
_COUNTED = tuple(fact.name for fact in _RISKS if fact.kind is Kind.COUNT)
_PROTECTIVE = tuple(fact.name for fact in FACTS.values() if fact.polarity is Polarity.PROTECTIVE)
_CONTEXT = tuple(fact.name for fact in FACTS.values() if fact.polarity is Polarity.CONTEXT and fact.words is not None)


def answers_to(fact: Fact) -> st.SearchStrategy[int]:
    """A known answer to a fact, as the small integer that records hold; small numbers more often than large."""
    if fact.words is not None:
        return st.sampled_from([int(word) for word in fact.words])
    return st.integers(fact.lowest, min(fact.highest, fact.lowest + 8)) | st.integers(fact.lowest, fact.highest)


def ages() -> st.SearchStrategy[int | None]:
    """An age in months, the edges of the stages more often than other ages; or not known."""
    edges = [month for stage in Stage for month in stage.months]
    return st.none() | st.sampled_from([*edges, ADULT_MONTHS]) | st.integers(edges[0], edges[-1])


@st.composite
def values(draw: st.DrawFn, about: Sequence[str] | None = None, age: st.SearchStrategy[int | None] | None = None) -> Values:
    """The known facts of a record that can be, as small integers; `about` names the facts to choose from (else all).

    Some are thin and some rich; in some, all the risks of a choice of facts have been answered no.
    """
    names = [name for name in (about or FACTS) if name != "age_months"]
    denied = [name for name in names if FACTS[name].polarity is Polarity.RISK]
    found: Values = {}
    deny = draw(st.booleans())
    if denied and deny:
        found |= dict.fromkeys(draw(st.lists(st.sampled_from(denied), unique=True, max_size=40)), 0)
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=12)):
        found[name] = draw(answers_to(FACTS[name]))
    found["age_months"] = draw(ages() if age is None else age)
    for name, _ in impossible(found):
        found[name] = None
    return found


@st.composite
def records(draw: st.DrawFn, about: Sequence[str] | None = None) -> Record:
    """The record of a case that can be."""
    return encode(draw(values(about)))


@st.composite
def cases(draw: st.DrawFn, stage: Stage | None = None) -> Case:
    """A case that can be: of a child at this stage, or of any age or none."""
    age = None if stage is None else st.integers(*stage.months)
    known = draw(values(age=age))
    return Case(**{name: FACTS[name].written(value) for name, value in known.items() if value is not None})


# Rule sets.

SCALES: tuple[Outcome, ...] = (
    Scale("raw", ("0", "1", "2", "3"), label="raw scale"),
    Scale("raised", ("0", "1", "2", "3"), ("raw",), "raised scale"),
    Collection("concerns", ("child", "family"), "concerns about"),
    Scale("tier", tuple(tier.word for tier in Tier), label="Tier"),
    Collection("routes", ("protection", "consult"), "route"),
)
"""The outcomes of a made-up rule set; a rule may read only those that stand before what it concludes."""


@dataclass(frozen=True)
class _Vocabulary:
    """The facts that one made-up rule set reads: few, so that its rules meet."""

    answered: tuple[str, ...]
    counted: tuple[str, ...]
    protective: tuple[str, ...]
    context: tuple[str, ...]


@st.composite
def rule_sets(draw: st.DrawFn, most_facts: int = 8, most_rules: int = 12) -> RuleSet:
    """A small rule set over some of the shipped facts, of the shape that the loader enforces."""

    def some(names: Sequence[str], most: int) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=most)))

    facts = _Vocabulary(some(_ANSWERED, most_facts), some(_COUNTED, 2), some(_PROTECTIVE, 3), some(_CONTEXT, 2))
    findings = [draw(_finding(facts, f"rule-{number}")) for number in range(draw(st.integers(1, most_rules)))]
    advice = [draw(_advice(facts, f"advice-{number}")) for number in range(draw(st.integers(0, 4)))]
    return make_rule_set(findings, advice)


def make_rule_set(findings: Iterable[Rule], advice: Iterable[Rule] = (), outcomes: tuple[Outcome, ...] = SCALES) -> RuleSet:
    """A rule set of these rules, with what else a rule set needs."""
    return RuleSet(
        id="made-up",
        version="1",
        title="Made up",
        status="for tests",
        valid_from=_DAY,
        valid_to=None,
        extends=None,
        authors=(),
        reviewed_by=(),
        pathways_on=_DAY,
        about="Made up for tests.",
        outcomes=outcomes,
        findings=tuple(findings),
        advice=tuple(advice),
        floors=(),
        required={},
        sources={"tests": Source("tests", "Tests", "Made up for tests", "nowhere", "never")},
    )


_DAY = dt.date(2011, 8, 1)
_SOURCE = Citation("tests", "nowhere", Basis.PRACTICE)


@st.composite
def _finding(draw: st.DrawFn, facts: _Vocabulary, name: str) -> Rule:
    place = draw(st.integers(0, len(SCALES) - 1))
    outcome, before = SCALES[place], SCALES[:place]
    if isinstance(outcome, Scale):
        value = draw(st.integers(1, len(outcome.values) - 1))
    else:
        value = draw(st.integers(0, len(outcome.members) - 1))
    protections = [Found(fact) for fact in facts.protective]
    unless = draw(st.none() | _groups(st.sampled_from(protections), at_least=False))
    return Rule(
        id=name,
        title=name,
        when=draw(_groups(_leaves(facts, before), at_least=True)),
        unless=unless,
        concludes=(Conclusion(outcome.name, value),),
        source=_SOURCE,
        discretion=draw(st.booleans()),
    )


def _leaves(facts: _Vocabulary, outcomes: Sequence[Outcome]) -> st.SearchStrategy[Condition]:
    found = st.builds(Found, st.sampled_from(facts.answered))
    sure = [fact for fact in facts.answered if fact not in GATES]  # an opening question is never asked to be confirmed
    if sure:
        found |= st.builds(Found, st.sampled_from(sure), st.just(True))
    counted = st.builds(Counted, st.sampled_from(facts.counted), st.integers(1, 5))
    younger = st.builds(YoungerThan, st.sampled_from([0, 12, 60, 84, 132, 156, 192]))
    readable: list[Condition] = []
    for outcome in outcomes:
        if isinstance(outcome, Scale):
            readable += [Reached(outcome.name, value) for value in range(1, len(outcome.values))]
        else:
            readable += [Includes(outcome.name, member) for member in range(len(outcome.members))]
    simple: st.SearchStrategy[Condition] = found | counted
    with_age = st.builds(lambda risk, age: All((risk, age)), simple, younger)  # an age alone finds nothing
    return simple | with_age | st.sampled_from(readable) if readable else simple | with_age


def _groups(leaves: st.SearchStrategy[Condition], at_least: bool) -> st.SearchStrategy[Condition]:
    """Conditions of these leaves, one or two groups deep."""

    def group(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        plain = several.map(All) | several.map(AnyOf)
        counted = st.lists(parts, min_size=2, max_size=3).map(lambda some: AtLeastOf(2, tuple(some)))
        return plain | counted if at_least else plain

    return st.recursive(leaves, group, max_leaves=5)


@st.composite
def _advice(draw: st.DrawFn, facts: _Vocabulary, name: str) -> Rule:
    def answered(fact: str) -> st.SearchStrategy[Condition]:
        words = FACTS[fact].words or ()
        options: list[int | None] = [None, *(int(word) for word in words)]
        return st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True).map(lambda a: Answered(fact, tuple(a)))

    compared = st.sampled_from(Comparison)
    stands: st.SearchStrategy[Condition] = st.one_of(
        *(
            st.builds(Stands, st.just(scale.name), st.sampled_from(Reading), compared, st.integers(0, len(scale.values) - 1))
            for scale in SCALES
            if isinstance(scale, Scale)
        )
    )
    leaf: st.SearchStrategy[Condition] = st.one_of(
        st.sampled_from([*facts.answered, *facts.context]).flatmap(answered),
        st.builds(Found, st.sampled_from([*facts.answered, *facts.protective])),
        st.builds(Number, st.sampled_from([*facts.counted, "age_months"]), compared, st.integers(0, 20)),
        st.builds(AtStage, st.lists(st.sampled_from(Stage), min_size=1, max_size=2, unique=True).map(tuple)),
        stands,
        st.just(Settled()),
        st.builds(Includes, st.just("routes"), st.integers(0, 1)),
    )
    condition = st.recursive(
        leaf,
        lambda parts: st.one_of(
            st.builds(Not, parts),
            st.lists(parts, min_size=1, max_size=3).map(lambda some: All(tuple(some))),
            st.lists(parts, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))),
        ),
        max_leaves=4,
    )
    kind = draw(st.sampled_from([AdviceKind.PROMPTS, AdviceKind.DUTIES]))
    return Rule(id=name, title=name, when=draw(condition), advises=(Advice(kind, name),), source=_SOURCE)
