"""The other ways in which a text may be read: by which of them the rules come to a learner's tier.

Each kind of difference is found by asking the rules again about the case as it would be if it were read in that way: with
what is not known answered no, say, or with suspicion taken for certainty. Where they then come to the learner's tier, that
reading accounts for it. Several readings may; which of them was the learner's own, only they can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from pydantic import ValidationError

from thresholds.analysis.steps import steps_of
from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.differences.kinds import Difference, DifferenceKind
from thresholds.exercises.differences.misreading import AGE, Answers, as_cited, misread
from thresholds.exercises.differences.what_carries import (
    asks_what_is_waited_for,
    comes_to_the_same,
    deciding,
    facts_behind,
    rests_on,
)
from thresholds.exercises.differences.without import without_age, without_matrix
from thresholds.exercises.differences.words import (
    in_words,
    not_in_the_view,
    other_reasons,
    same_reasons,
    tone_as_need,
    weighed_otherwise,
)
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.rules import Rule, RuleSet
from thresholds.suggestion import suggest

MOST_MISSED = 2
"""How many facts are taken away together when it is asked what was missed; beyond that, all at once."""


def differences_of(moment: Moment, answer: LearnersAnswer) -> Iterator[Difference]:
    """Every difference of an answer to one moment from the rules' view, what explains the learner's tier before the rest."""
    return _Readings(moment, answer).differences()


class _Readings:
    """One answer to one moment, and the other ways in which the same text may be read."""

    def __init__(self, moment: Moment, answer: LearnersAnswer) -> None:
        self._moment, self._answer = moment, answer
        self._suggestion, self._rule_set = moment.suggestion, moment.suggestion.rule_set
        self._case = moment.suggestion.case
        self._known = self._case.known()
        self._cited = answer.cited()
        self._rules_say = TierSaid.of(moment.suggestion)
        self._misread = misread(moment, answer)
        self._deciding = deciding(moment.suggestion)

    def differences(self) -> Iterator[Difference]:
        """Every difference, in order: what carries the rules' view and is not named, what accounts for the tier, the rest."""
        if self._answer.said is self._rules_say:
            yield self._same_tier()
            yield from (self._difference(kind, tuple(names), False) for kind, names in self._misread.items() if names)
            return
        found = [
            self._unknown_as_no(),
            self._suspicion(DifferenceKind.SUSPICION_AS_CERTAINTY, "yes"),
            self._suspicion(DifferenceKind.SUSPICION_AS_NOTHING, "no"),
            self._matrix(),
            self._age(),
            self._read_in(),
            self._missed(),
            self._tone(),
            self._question(),
        ]
        each = [one for one in found if one is not None]
        if (rest := self._unaccounted(each)) is not None:
            yield rest
            each = [one for one in each if one.kind is not rest.kind]  # a fact missed is told once, with all that was
        yield from sorted(each, key=lambda one: not one.accounts)

    # What the rules say if the case is read otherwise.

    def _becomes(self, answers: Answers, rule_set: RuleSet | None = None) -> TierSaid | None:
        """What the rules say with these answers in the place of those of the text; None where no such record can be."""
        try:
            case = self._case.with_facts(**answers)
        except ValidationError:
            return None
        return TierSaid.of(suggest(case, rule_set or self._rule_set))

    def _is_learners(self, answers: Answers) -> bool:
        return bool(answers) and self._becomes(answers) is self._answer.said

    def _is_open(self, name: str) -> bool:
        return self._case.record[POSITIONS[name]] is None

    # The kinds.

    def _same_tier(self) -> Difference:
        if self._has_same_reasons():
            said = same_reasons(self._rules_say, self._told(self._not_named()))
            return Difference(DifferenceKind.SAME_REASONS, tuple(self._cited), self._deciding, True, said)
        facts = rests_on(self._suggestion)
        said = other_reasons(self._rules_say, self._told(facts), names_any=bool(self._cited))
        return Difference(DifferenceKind.OTHER_REASONS, facts, self._deciding, True, said)

    def _not_named(self) -> tuple[str, ...]:
        """What the rules' view rests on, as the text has it, and the learner does not name."""
        return tuple(name for name in rests_on(self._suggestion) if name in self._known and name not in self._cited)

    def _has_same_reasons(self) -> bool:
        if self._rules_say is TierSaid.TOO_LITTLE:
            return asks_what_is_waited_for(self._suggestion, self._answer)
        if self._rules_say is TierSaid.ONE:
            return not any(self._misread.values())
        return self._names_what_carries()

    def _names_what_carries(self) -> bool:
        """Whether what the learner names comes to the rules' view by itself. Who denies a reason does not share it."""
        denied = {*self._misread[DifferenceKind.FACT_MISSED], *self._misread[DifferenceKind.SUSPICION_AS_NOTHING]}
        return comes_to_the_same(self._suggestion, (name for name in self._cited if name not in denied))

    def _unknown_as_no(self) -> Difference | None:
        cited = self._misread[DifferenceKind.UNKNOWN_AS_NO]
        every = self._denied(name for name, fact in FACTS.items() if fact.polarity is Polarity.RISK and self._is_open(name))
        alone = self._denied(cited)
        if self._is_learners(alone):
            facts, accounts = tuple(cited), True
        elif self._is_learners(every):
            facts, accounts = tuple(cited) or self._suggestion.unanswered, True
        elif cited:
            facts, accounts = tuple(cited), False
        else:
            return None
        return self._difference(DifferenceKind.UNKNOWN_AS_NO, facts, accounts)

    def _denied(self, names: Iterable[str]) -> dict[str, str | int | None]:
        """These facts answered no, each with what a no has to rest on."""
        denied: dict[str, str | int | None] = {}
        for name in names:
            fact = FACTS[name]
            denied[name] = 0 if fact.words is None else "no"
            if fact.established_by:
                denied[fact.established_by] = "yes"
        return denied

    def _suspicion(self, kind: DifferenceKind, read_as: str) -> Difference | None:
        """Suspicion read as certainty, or as nothing: by what is cited so, or by one suspected fact, or by all of them."""
        cited, as_nothing = self._misread[kind], kind is DifferenceKind.SUSPICION_AS_NOTHING
        suspected = [name for name, answer in self._known.items() if answer == "suspected" and name not in cited]
        seen = {name for name, answer in self._cited.items() if answer == "suspected" or (as_nothing and name not in cited)}
        could = [name for name in suspected if name not in seen]
        tried = [cited, *([*cited, name] for name in could), [*cited, *could]]
        for names in tried:
            if self._is_learners(dict.fromkeys(names, read_as)):
                return self._difference(kind, tuple(names), True)
        return self._difference(kind, tuple(cited), False) if cited else None

    def _matrix(self) -> Difference | None:
        rules = without_matrix(self._rule_set)
        if rules is None or TierSaid.of(suggest(self._case, rules)) is not self._answer.said:
            return None
        left_out = self._left_out_by(rules)
        return self._difference(DifferenceKind.MATRIX_NOT_APPLIED, facts_behind(self._suggestion, left_out), True, left_out)

    def _age(self) -> Difference | None:
        for rules in without_age(self._rule_set):
            if TierSaid.of(suggest(self._case, rules)) is self._answer.said:
                left_out = self._left_out_by(rules)
                facts = tuple(name for name in facts_behind(self._suggestion, left_out) if name != AGE)
                return self._difference(DifferenceKind.AGE_NOT_APPLIED, facts, True, left_out)
        return None

    def _left_out_by(self, rules: RuleSet) -> tuple[Rule, ...]:
        """The rules that count in this case and are not among these: those that decide the tier, where any of them do."""
        reasons = [reason for reason in self._suggestion.reasons if reason.rule.id not in rules.rules]
        deciding = [reason for reason in reasons if reason.decisive]
        return tuple(reason.rule for reason in deciding or reasons)

    def _read_in(self) -> Difference | None:
        cited = self._misread[DifferenceKind.FACT_READ_IN]
        if not cited:
            return None
        return self._difference(DifferenceKind.FACT_READ_IN, tuple(cited), self._is_learners(as_cited(self._answer, cited)))

    def _missed(self) -> Difference | None:
        """What was read as less than the text says; else the fewest facts that were not named and without which the rules
        come to the learner's tier. Where suspicion read as nothing is enough for that, it is no fact missed."""
        cited = self._misread[DifferenceKind.FACT_MISSED]
        lesser = as_cited(self._answer, cited)
        if self._is_learners(lesser):
            return self._difference(DifferenceKind.FACT_MISSED, tuple(cited), True)
        not_named = [name for name in self._known if name not in self._cited and name != AGE]
        sure = [name for name in not_named if self._known[name] != "suspected"]
        # What is answered no carries nothing with others.
        found = [name for name in sure if self._case.record[POSITIONS[name]]]
        for size in range(1, MOST_MISSED + 1):
            some = combinations(sure if size == 1 else found, size)
            fitting = [names for names in some if self._is_learners({**lesser, **dict.fromkeys(names)})]
            if fitting:
                facts = dict.fromkeys(chain(cited, *fitting))
                return self._difference(DifferenceKind.FACT_MISSED, tuple(facts), True)
        nothing = {name: "no" for name in not_named if name not in sure}
        tried = [sure, not_named] if nothing and not self._is_learners(nothing) else [sure]
        for names in tried:
            if names and self._is_learners({**lesser, **dict.fromkeys(names)}):
                told = [name for name in names if self._case.answer_to(name) not in ("no", 0)]
                shown = [name for name in told if name in rests_on(self._suggestion)] or told or names
                return self._difference(DifferenceKind.FACT_MISSED, (*cited, *shown), True)
        return self._difference(DifferenceKind.FACT_MISSED, tuple(cited), False) if cited else None

    def _tone(self) -> Difference | None:
        tone = self._moment.tone
        if tone is None or tone.towards is not self._answer.said.tier:
            return None
        rules = self._deciding if self._is_below() else ()
        is_told_here = self._is_below() and comes_to_the_same(self._suggestion, self._cited)  # else it is told as missed
        said = tone_as_need(tone.because, self._told(self._not_named() if is_told_here else ()))
        return Difference(DifferenceKind.TONE_AS_NEED, (), rules, True, said)

    def _question(self) -> Difference | None:
        """What the text leaves open, was not asked, and with one of its answers brings the rules to the learner's tier."""
        open_facts = [name for name in self._moment.left_open if name not in (*self._answer.ask, *self._cited)]
        settling = tuple(name for name in open_facts if any(map(self._is_learners, self._answers_to(name))))
        return self._difference(DifferenceKind.QUESTION_WOULD_SETTLE, settling, True) if settling else None

    def _answers_to(self, name: str) -> Iterator[Answers]:
        """Each answer to a fact that the rules tell apart."""
        fact = FACTS[name]
        values: Iterable[str | int] = fact.values
        if fact.words is None:
            values = (0, *(level for level in steps_of(self._rule_set).levels.get(name, ()) if name != AGE))
        for value in values:
            needs = {fact.established_by: "yes"} if fact.established_by and value == "no" else {}
            yield {name: value, **needs}

    def _is_below(self) -> bool:
        """Whether the learner makes less of the case than the rules do: a lower tier, or none where they give one."""
        if self._rules_say is TierSaid.NOT_FOR_THIS:
            return True
        tier, said = self._suggestion.tier, self._answer.said.tier
        return tier is not None and (said is None or said < tier)

    def _unaccounted(self, found: Iterable[Difference]) -> Difference | None:
        """Where no reading comes to the learner's tier: what carries the rules' view and is not named, where they make less
        of the case and what they do name does not come to it; else the same facts, weighed otherwise.

        That the tone pulls there explains a tier, and what was not named is told all the same.
        """
        accounting = {one.kind for one in found if one.accounts}
        if accounting - {DifferenceKind.TONE_AS_NEED}:
            return None
        if self._is_below() and not comes_to_the_same(self._suggestion, self._cited):
            facts = tuple(dict.fromkeys((*self._misread[DifferenceKind.FACT_MISSED], *self._not_named())))
            return Difference(DifferenceKind.FACT_MISSED, facts, self._deciding, False, not_in_the_view(self._told(facts)))
        if accounting:
            return None
        rules = self._deciding or tuple(reason.rule for reason in self._suggestion.tempered)
        not_named = self._told(self._not_named() if self._is_below() else ())
        said = weighed_otherwise(self._rules_say, not_named, is_decided=bool(rules))
        return Difference(DifferenceKind.WEIGHED_OTHERWISE, tuple(self._cited), rules, False, said)

    def _difference(
        self, kind: DifferenceKind, facts: tuple[str, ...], accounts: bool, rules: tuple[Rule, ...] = ()
    ) -> Difference:
        is_same = self._answer.said is self._rules_say
        said = in_words(kind, self._told(facts), accounts=accounts, is_same=is_same)
        return Difference(kind, facts, rules, accounts, said)

    def _told(self, facts: Iterable[str]) -> Answers:
        """These facts with the answers of the text."""
        return {name: self._case.answer_to(name) for name in facts}
