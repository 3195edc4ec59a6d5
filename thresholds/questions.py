"""What is not known: what has to be before a low tier means anything, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from thresholds.evaluation.compiled import compile_rule_set
from thresholds.evaluation.findings import Evaluation
from thresholds.facts.case import Case
from thresholds.facts.record import GATES, POSITIONS, Record, encode
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import RuleSet
from thresholds.reasons import Reason
from thresholds.scales import Answer, Reading, Stage, Tier, YesNo

_BEHIND: Mapping[str, tuple[int, ...]] = {
    gate: tuple(POSITIONS[f.name] for f in FACTS.values() if f.gate == gate and f.polarity is Polarity.RISK) for gate in GATES
}
"""The risks behind each gate, by their place in a record."""


class Question(NamedTuple):
    """A question worth asking next, and the lowest and the highest tier that an answer could lead to."""

    fact: Fact
    required: bool
    lowest: Tier
    highest: Tier


def unanswered(rule_set: RuleSet, record: Record) -> tuple[str, ...]:
    """What the rule set requires to be known at this child's stage, and is not.

    An opening question answered yes or suspected is answered only once something behind it is found, or all of it is known.
    Where the age is not known, whatever any stage requires is required, and the age.
    """
    age = record[POSITIONS["age_months"]]
    stage = Stage.at(age)
    if stage is None:
        required: Iterable[str] = dict.fromkeys(name for names in rule_set.required.values() for name in names)
    else:
        required = rule_set.required.get(stage, ())
    missing = [name for name in required if not _is_answered(name, record)]
    return tuple(["age_months", *missing] if age is None else missing)


def _is_answered(name: str, record: Record) -> bool:
    answer = record[POSITIONS[name]]
    if not answer or name not in _BEHIND:
        return answer is not None
    behind = [record[position] for position in _BEHIND[name]]
    return any(behind) or None not in behind


def ask_next(rule_set: RuleSet, case: Case, evaluation: Evaluation, open_reasons: Iterable[Reason]) -> tuple[Question, ...]:
    """The open questions whose answer could move the suggested tier, and those the rule set requires; what matters most first.

    First what is required, in the rule set's order; then by the highest tier that an answer could lead to, what hangs on
    something found already before what opens a new subject, in the order in which facts are asked.
    """
    record, required = evaluation.record, unanswered(rule_set, evaluation.record)
    wanted = [
        name for name in (*required, *_open_facts(open_reasons, evaluation, rule_set)) if record[POSITIONS[name]] is None
    ]
    questions = []
    for place, name in enumerate(dict.fromkeys(wanted)):
        tiers = sorted(_tiers(rule_set, case, FACTS[name], evaluation))
        is_required = name in required and tiers[0] == Tier.ONE
        if is_required or tiers[0] < tiers[-1]:
            question = Question(_asked_for(FACTS[name], record, case), is_required, Tier(tiers[0]), Tier(tiers[-1]))
            importance = (0, place) if is_required else (1, -tiers[-1], FACTS[name].gate is None, POSITIONS[name])
            questions.append((importance, question))
    return tuple(question for _, question in sorted(questions, key=itemgetter(0)))


def _open_facts(open_reasons: Iterable[Reason], evaluation: Evaluation, rule_set: RuleSet) -> Iterator[str]:
    """The unknown facts that rules which are open, or exceptions which may hold, read.

    In place of a fact whose opening question is not answered, that question: what hangs on it is asked once it is found.
    """
    record = evaluation.record
    conditions = [reason.rule.when for reason in open_reasons]
    conditions += [rule.unless for position in evaluation.counting if (rule := rule_set.findings[position]).unless]
    for condition in conditions:
        for name in facts_read(condition):
            if record[POSITIONS[name]] is None:
                gate = FACTS[name].gate
                yield gate if gate and record[POSITIONS[gate]] is None else name


def _asked_for(fact: Fact, record: Record, case: Case) -> Fact:
    """The question to ask: for a *no* that nothing establishes, whether it was asked properly."""
    said_no = fact.established_by and getattr(case, fact.name) == Answer.NO and record[POSITIONS[fact.name]] is None
    return FACTS[fact.established_by] if said_no and fact.established_by else fact


def _tiers(rule_set: RuleSet, case: Case, fact: Fact, evaluation: Evaluation) -> Iterator[int]:
    """The suggested tier after each answer: the least, the most, and for an opening question the most of what is behind it."""
    tier = rule_set.outcome_positions["tier"]
    find = compile_rule_set(rule_set).find
    yield evaluation.suggested[tier]
    for answers in _answers(fact, evaluation.record):
        record = encode({**case.__dict__, **answers})
        yield find(record, Reading.SUGGESTED).outcomes[tier]


def _answers(fact: Fact, record: Record) -> Iterator[Mapping[str, int]]:
    if fact.polarity is Polarity.AGE:
        yield from ({fact.name: months} for stage in Stage for months in stage.months)
    elif fact.polarity is Polarity.PROTECTIVE:
        yield from ({fact.name: answer} for answer in YesNo)
    else:
        most = fact.highest if fact.kind is Kind.COUNT else Answer.YES
        established = {fact.established_by: YesNo.YES.value} if fact.established_by else {}
        yield {fact.name: 0, **established}
        behind = (f for f in FACTS.values() if f.gate == fact.name and record[POSITIONS[f.name]] is None)
        found = {f.name: f.highest if f.kind is Kind.COUNT else 2 for f in behind if f.polarity is Polarity.RISK}
        yield {fact.name: most, **found}
