"""What the rules' view of a text rests on, and whether what a learner names comes to it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.differences.misreading import AGE
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.case import Case
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import Rule
from thresholds.reasons import FactSupport
from thresholds.suggestion import Suggestion, suggest


def rests_on(suggestion: Suggestion) -> tuple[str, ...]:
    """The facts that the rules' view rests on: those behind every rule that decides the tier, and behind those that say that
    it is acted on first. Where there is no tier, what the rules wait for, or what makes it not a question of thresholds.

    How old the child is stands among them only where nothing else does.
    """
    rules_say, known = TierSaid.of(suggestion), suggestion.case.known()
    if rules_say is TierSaid.TOO_LITTLE:
        return suggestion.unanswered
    status = tuple(dict.fromkeys(chain.from_iterable(facts_read(given.rule.when) for given in suggestion.status_reasons)))
    if rules_say is TierSaid.NOT_FOR_THIS:
        return tuple(name for name in status if name in known)
    first = (name for name in status if known.get(name) not in (None, "no", 0))
    found = tuple(dict.fromkeys((*first, *facts_behind(suggestion, deciding(suggestion)))))
    return tuple(name for name in found if name != AGE) or found


def facts_behind(suggestion: Suggestion, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The facts that these rules, which count, rest on in this case, through what other rules conclude as well; and what would
    temper them, where the text says that it is not so."""
    reasons = {reason.rule.id: reason for reason in suggestion.reasons}
    waiting, seen, facts = [rule.id for rule in rules], set[str](), dict[str, None]()
    while waiting:
        reason = reasons.get(waiting.pop(0))
        if reason is None or reason.rule.id in seen:
            continue
        seen.add(reason.rule.id)
        for support in reason.because:
            if isinstance(support, FactSupport):
                facts[support.fact] = None
            else:
                waiting += support.rules
        tempering = facts_read(reason.rule.unless)
        facts |= dict.fromkeys(name for name in tempering if suggestion.case.answer_to(name) == "no")
    return tuple(facts)


def deciding(suggestion: Suggestion) -> tuple[Rule, ...]:
    """The rules that decide the tier, or those that say that it is no question of thresholds."""
    decisive = tuple(reason.rule for reason in suggestion.reasons if reason.decisive)
    status = tuple(given.rule for given in suggestion.status_reasons)
    return status if TierSaid.of(suggestion) is TierSaid.NOT_FOR_THIS else decisive or status


def asks_what_is_waited_for(suggestion: Suggestion, answer: LearnersAnswer) -> bool:
    """Whether a learner asks for something without which the rules give no low tier, or for what would establish it."""
    wanted = set(suggestion.unanswered)
    wanted |= {needed for name in wanted if (needed := FACTS[name].established_by)}
    return any(name in wanted or FACTS[name].gate in wanted for name in answer.ask)


def comes_to_the_same(suggestion: Suggestion, names: Iterable[str]) -> bool:
    """Whether these facts, as the text has them, come by themselves to what the rules say of the whole text: to its tier, or
    to its being no question of thresholds."""
    named = set(names)
    if TierSaid.of(suggestion) is TierSaid.NOT_FOR_THIS:
        return bool(set(rests_on(suggestion)) & named)
    tier = suggestion.tier
    return tier is not None and _tier_of(suggestion, named) >= tier


def _tier_of(suggestion: Suggestion, names: Iterable[str]) -> int:
    """The tier that these facts alone come to, as the text has them, at the child's age and with what protects there."""
    case, record = suggestion.case, suggestion.case.record
    told = {name: case.answer_to(name) for name in names}
    for name, fact in FACTS.items():
        if fact.polarity is Polarity.PROTECTIVE and record[POSITIONS[name]]:
            told[name] = "yes"
    told[AGE] = case.answer_to(AGE)
    alone = Case(**{name: answer for name, answer in told.items() if answer is not None})
    found = suggest(alone, suggestion.rule_set)
    return found.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]]
