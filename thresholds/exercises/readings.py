"""The other ways in which a text may be read: by which of them the rules come to a learner's tier.

Each kind of difference is found by asking the rules again about the case as it would be if it were read in that way: with
what is not known answered no, say, or with suspicion taken for certainty. Where they then come to the learner's tier, that
reading accounts for it. Several readings may; which of them was the learner's own, only they can say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, combinations

from pydantic import ValidationError

from thresholds.analysis.steps import steps_of
from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.differences import Difference, DifferenceKind
from thresholds.exercises.exercise import Exercise
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment
from thresholds.exercises.without import without_age, without_matrix
from thresholds.facts.case import Case
from thresholds.facts.declaring import Kind
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import Rule, RuleSet
from thresholds.reasons import FactSupport
from thresholds.suggestion import suggest

MOST_MISSED = 2
"""How many facts are taken away together when it is asked what was missed; beyond that, all at once."""
_AGE = "age_months"
_Answers = Mapping[str, str | int | None]


def differences_of(exercise: Exercise, moment: Moment, answer: LearnersAnswer) -> Iterator[Difference]:
    """Every difference of an answer to one moment from the rules' view, what accounts for the learner's tier first."""
    return _Reading(exercise, moment, answer).differences()


def said_of(name: str, answer: str | int) -> int:
    """An answer as the small integer that a record holds."""
    words = FACTS[name].words
    return int(answer) if words is None else next(int(word) for word in words if word.word == answer)


class _Reading:
    """One answer to one moment, and the other ways in which the same text may be read."""

    def __init__(self, exercise: Exercise, moment: Moment, answer: LearnersAnswer) -> None:
        self._exercise, self._moment, self._answer = exercise, moment, answer
        self._suggestion, self._rule_set = moment.suggestion, moment.suggestion.rule_set
        self._case = moment.suggestion.case
        self._known = self._case.known()
        self._cited = answer.cited()
        self._rules_say = TierSaid.of(moment.suggestion)

    def differences(self) -> Iterator[Difference]:
        """Every difference, what accounts for the learner's tier first."""
        misread = self._misread()
        if self._answer.said is self._rules_say:
            yield self._same_tier()
            yield from (self._as_read(kind, names) for kind, names in misread.items() if names)
            return
        found = [
            self._unknown_as_no(misread[DifferenceKind.UNKNOWN_AS_NO]),
            self._suspicion(DifferenceKind.SUSPICION_AS_CERTAINTY, "yes", misread[DifferenceKind.SUSPICION_AS_CERTAINTY]),
            self._suspicion(DifferenceKind.SUSPICION_AS_NOTHING, "no", misread[DifferenceKind.SUSPICION_AS_NOTHING]),
            self._matrix(),
            self._age(),
            self._read_in(misread[DifferenceKind.FACT_READ_IN]),
            self._missed(misread[DifferenceKind.FACT_MISSED]),
            self._tone(),
            self._question(),
        ]
        each = [one for one in found if one is not None]
        if not any(one.accounts for one in each):
            yield self._weighed()
        yield from sorted(each, key=lambda one: not one.accounts)

    # What the rules say if the case is read otherwise.

    def _becomes(self, answers: _Answers, rule_set: RuleSet | None = None) -> TierSaid | None:
        """What the rules say with these answers in the place of those of the text; None where no such record can be."""
        try:
            case = self._case.with_facts(**answers)
        except ValidationError:
            return None
        return TierSaid.of(suggest(case, rule_set or self._rule_set))

    def _is_learners(self, answers: _Answers) -> bool:
        return bool(answers) and self._becomes(answers) is self._answer.said

    def _is_open(self, name: str) -> bool:
        return self._case.record[POSITIONS[name]] is None

    # What the learner says that the text says, and it does not.

    def _misread(self) -> dict[DifferenceKind, list[str]]:
        """The facts that were cited with an answer that is not the text's, by the kind of misreading."""
        found: dict[DifferenceKind, list[str]] = {kind: [] for kind in _MISREADINGS}
        for name, answer in self._cited.items():
            kind = self._misreading(name, answer)
            if kind is not None:
                found[kind].append(name)
        return found

    def _misreading(self, name: str, answer: str | int | None) -> DifferenceKind | None:
        fact, read = FACTS[name], self._case.record[POSITIONS[name]]
        if read is None:
            if answer == "suspected" and name in self._moment.left_open:
                return None  # a suspicion of what the text leaves open on purpose is a reading of it, and no misreading
            denied = answer is not None and fact.kind is not Kind.CHOICE and name != _AGE and not said_of(name, answer)
            return DifferenceKind.UNKNOWN_AS_NO if denied else DifferenceKind.FACT_READ_IN
        if answer is None:
            return None
        cited = said_of(name, answer)
        if cited == read:
            return None
        if fact.kind is Kind.ANSWER and read == 1:
            return DifferenceKind.SUSPICION_AS_CERTAINTY if cited else DifferenceKind.SUSPICION_AS_NOTHING
        another = fact.kind in (Kind.CHOICE, Kind.AGE)
        return DifferenceKind.FACT_READ_IN if another or cited > read else DifferenceKind.FACT_MISSED

    def _as_cited(self, names: Iterable[str]) -> dict[str, str | int | None]:
        """These facts with the answers that the learner gives them; where they give none, as found."""
        cited: dict[str, str | int | None] = {}
        for name in names:
            answer, fact = self._cited[name], FACTS[name]
            if answer is None and fact.kind in (Kind.CHOICE, Kind.AGE):
                continue
            cited[name] = (1 if fact.words is None else "yes") if answer is None else answer
        return cited

    # The kinds.

    def _same_tier(self) -> Difference:
        if self._has_same_reasons():
            return Difference(DifferenceKind.SAME_REASONS, tuple(self._cited), self._deciding, True, self._said_same())
        carrying = self._carrying()
        if self._rules_say is TierSaid.TOO_LITTLE:
            said = f"What the rules wait for is {_listed(carrying, 'or')}; you ask for none of it."
        elif not self._cited:
            said = f"You name no fact that carries it. By the rules it rests on {_listed(carrying, 'and')}."
        else:
            said = (
                f"The facts that you name do not come to {self._rules_say.words} by the rules. There it rests on "
                f"{_listed(carrying, 'and')}."
            )
        return Difference(DifferenceKind.OTHER_REASONS, carrying, self._deciding, True, said)

    def _said_same(self) -> str:
        if self._rules_say is TierSaid.TOO_LITTLE:
            return "You and the rules wait for the same answers before a low tier is given."
        if self._rules_say is TierSaid.ONE:
            return "You and the rules find nothing in the text that calls for more."
        return "The facts that you name carry it by the rules too."

    def _has_same_reasons(self) -> bool:
        if self._rules_say is TierSaid.TOO_LITTLE:
            wanted = set(self._suggestion.unanswered)
            wanted |= {needed for name in wanted if (needed := FACTS[name].established_by)}
            return any(name in wanted or FACTS[name].gate in wanted for name in self._answer.ask)
        if self._rules_say is TierSaid.NOT_FOR_THIS:
            return bool(set(self._carrying()) & self._cited.keys())
        if self._rules_say is TierSaid.ONE:
            return not any(self._misread().values())
        tier = self._suggestion.tier
        misread = self._misread()
        denied = {
            *misread[DifferenceKind.FACT_MISSED],
            *misread[DifferenceKind.SUSPICION_AS_NOTHING],
        }  # who denies a reason does not share it
        return tier is not None and self._comes_to(name for name in self._cited if name not in denied) >= tier

    def _comes_to(self, names: Iterable[str]) -> int:
        """The tier that these facts alone come to, as the text has them, at the child's age and with what protects there."""
        record = self._case.record
        told = {name: self._known.get(name, FACTS[name].written(record[POSITIONS[name]])) for name in names}
        for name, fact in FACTS.items():
            if fact.polarity is Polarity.PROTECTIVE and record[POSITIONS[name]]:
                told[name] = "yes"
        if _AGE in self._known:
            told[_AGE] = self._known[_AGE]
        found = suggest(Case(**{name: answer for name, answer in told.items() if answer is not None}), self._rule_set)
        return found.evaluation.suggested[self._rule_set.outcome_positions["tier"]]

    def _carrying(self) -> tuple[str, ...]:
        """The facts that the rules' view rests on; where it is no tier, what they wait for, or what makes it no question."""
        if self._rules_say is TierSaid.TOO_LITTLE:
            return self._suggestion.unanswered
        if self._rules_say is TierSaid.NOT_FOR_THIS:
            read = chain.from_iterable(facts_read(given.rule.when) for given in self._suggestion.status_reasons)
            return tuple(name for name in dict.fromkeys(read) if name in self._known)
        smallest = self._suggestion.why(limit=1).derivations
        return tuple(support.fact for one in smallest for support in one.facts)

    @cached_property
    def _deciding(self) -> tuple[Rule, ...]:
        decisive = tuple(reason.rule for reason in self._suggestion.reasons if reason.decisive)
        return decisive or tuple(given.rule for given in self._suggestion.status_reasons)

    def _unknown_as_no(self, cited: list[str]) -> Difference | None:
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

    def _suspicion(self, kind: DifferenceKind, read_as: str, cited: list[str]) -> Difference | None:
        """Suspicion read as certainty, or as nothing: by what is cited so, or by one suspected fact, or by all of them."""
        as_nothing = kind is DifferenceKind.SUSPICION_AS_NOTHING
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
        return self._difference(DifferenceKind.MATRIX_NOT_APPLIED, self._read_by(left_out), True, left_out)

    def _age(self) -> Difference | None:
        for rules in without_age(self._rule_set):
            if TierSaid.of(suggest(self._case, rules)) is self._answer.said:
                left_out = self._left_out_by(rules)
                facts = tuple(name for name in self._read_by(left_out) if name != _AGE)
                return self._difference(DifferenceKind.AGE_NOT_APPLIED, facts, True, left_out)
        return None

    def _left_out_by(self, rules: RuleSet) -> tuple[Rule, ...]:
        """The rules that count in this case and are not among these: those that decide the tier, where any of them do."""
        reasons = [reason for reason in self._suggestion.reasons if reason.rule.id not in rules.rules]
        deciding = [reason for reason in reasons if reason.decisive]
        return tuple(reason.rule for reason in deciding or reasons)

    def _read_by(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """The facts that these rules, which count, rest on in this case, through what other rules conclude as well."""
        reasons = {reason.rule.id: reason for reason in self._suggestion.reasons}
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
        return tuple(facts)

    def _read_in(self, cited: list[str]) -> Difference | None:
        if not cited:
            return None
        return self._difference(DifferenceKind.FACT_READ_IN, tuple(cited), self._is_learners(self._as_cited(cited)))

    def _missed(self, cited: list[str]) -> Difference | None:
        """What was read as less than the text says; else the fewest facts that were not named and without which the rules
        come to the learner's tier. Where suspicion read as nothing is enough for that, it is no fact missed."""
        lesser = self._as_cited(cited)
        if self._is_learners(lesser):
            return self._difference(DifferenceKind.FACT_MISSED, tuple(cited), True)
        not_named = [name for name in self._known if name not in self._cited and name != _AGE]
        sure = [name for name in not_named if self._known[name] != "suspected"]
        found = [
            name for name in sure if self._case.record[POSITIONS[name]]
        ]  # what is answered no carries nothing with others
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
                return self._difference(DifferenceKind.FACT_MISSED, (*cited, *names), True)
        return self._difference(DifferenceKind.FACT_MISSED, tuple(cited), False) if cited else None

    def _tone(self) -> Difference | None:
        tone = self._exercise.tone
        if tone is None or tone.towards is not self._answer.said.tier:
            return None
        said = f"{tone.because} How a text sounds moves no tier: what is known of the child does."
        return Difference(DifferenceKind.TONE_AS_NEED, (), (), True, said)

    def _question(self) -> Difference | None:
        """What the text leaves open, was not asked, and with one of its answers brings the rules to the learner's tier."""
        open_facts = [name for name in self._moment.left_open if name not in (*self._answer.ask, *self._cited)]
        settling = tuple(name for name in open_facts if any(map(self._is_learners, self._answers_to(name))))
        return self._difference(DifferenceKind.QUESTION_WOULD_SETTLE, settling, True) if settling else None

    def _answers_to(self, name: str) -> Iterator[_Answers]:
        """Each answer to a fact that the rules tell apart."""
        fact = FACTS[name]
        values: Iterable[str | int] = fact.values
        if fact.words is None:
            values = (0, *(level for level in steps_of(self._rule_set).levels.get(name, ()) if name != _AGE))
        for value in values:
            needs = {fact.established_by: "yes"} if fact.established_by and value == "no" else {}
            yield {name: value, **needs}

    def _weighed(self) -> Difference:
        rules = self._deciding or tuple(reason.rule for reason in self._suggestion.tempered)
        if self._rules_say is TierSaid.NOT_FOR_THIS:
            rules = tuple(given.rule for given in self._suggestion.status_reasons)
            by = "; ".join(f"{rule.title[:1].lower()}{rule.title[1:]}" for rule in rules)
            said = f"By the rules this is no question of thresholds: {by}. It goes elsewhere, whichever tier it would have."
        elif rules:
            by = "; ".join(f"{rule.title[:1].lower()}{rule.title[1:]}" for rule in rules)
            said = f"None of the other readings of this text comes to your tier by the rules. What decides it there: {by}."
        elif self._rules_say is TierSaid.TOO_LITTLE:
            said = "The rules give no tier before what they require is answered; you give one."
        else:
            said = "By the rules nothing that is known here counts towards a tier."
        return Difference(DifferenceKind.WEIGHED_OTHERWISE, tuple(self._cited), rules, False, said)

    # In words.

    def _as_read(self, kind: DifferenceKind, names: list[str]) -> Difference:
        """A misreading that leaves the tier as it is."""
        return self._difference(kind, tuple(names), False)

    def _difference(
        self, kind: DifferenceKind, facts: tuple[str, ...], accounts: bool, rules: tuple[Rule, ...] = ()
    ) -> Difference:
        said = _SAID[kind](facts)
        if not accounts:
            said += " It does not by itself account for your tier." if not self._is_same() else " The tier is the same."
        return Difference(kind, facts, rules, accounts, said)

    def _is_same(self) -> bool:
        return self._answer.said is self._rules_say


_MISREADINGS = (
    DifferenceKind.UNKNOWN_AS_NO,
    DifferenceKind.SUSPICION_AS_CERTAINTY,
    DifferenceKind.SUSPICION_AS_NOTHING,
    DifferenceKind.FACT_READ_IN,
    DifferenceKind.FACT_MISSED,
)


def _listed(names: Iterable[str], word: str) -> str:
    """Facts as they are said, one after the other."""
    said = [f"“{FACTS[name].says}”" for name in names]
    if len(said) < 2:
        return "".join(said) or "nothing"
    return f"{', '.join(said[:-1])} {word} {said[-1]}"


_SAID: Mapping[DifferenceKind, Callable[[tuple[str, ...]], str]] = {
    DifferenceKind.FACT_MISSED: lambda facts: f"The text says more of {_listed(facts, 'and')} than your view rests on.",
    DifferenceKind.FACT_READ_IN: lambda facts: f"The text does not say {_listed(facts, 'or')} as you read it.",
    DifferenceKind.UNKNOWN_AS_NO: lambda facts: (
        f"The text does not say whether {_listed(facts, 'or')}. What nobody has asked is not no; it is not known."
    ),
    DifferenceKind.SUSPICION_AS_CERTAINTY: lambda facts: (
        f"{_listed(facts, 'and')}: the text has this as suspected, not as known. Suspicion is enough to act on and is still "
        "written down as suspicion."
    ),
    DifferenceKind.SUSPICION_AS_NOTHING: lambda facts: (
        f"{_listed(facts, 'and')}: the text has this as suspected. Either it was overlooked or it was taken as nothing; "
        "reasonable suspicion is enough to act on."
    ),
    DifferenceKind.MATRIX_NOT_APPLIED: lambda facts: (
        f"Without the Barnardo's matrix the rules come to your tier too. It is read off {_listed(facts, 'and')}."
    ),
    DifferenceKind.AGE_NOT_APPLIED: lambda facts: (
        "For a child of any age, or without the reading by stage of development, the rules come to your tier too. What the "
        f"age changes here is how {_listed(facts, 'and')} is read."
    ),
    DifferenceKind.QUESTION_WOULD_SETTLE: lambda facts: (
        f"The text leaves open {_listed(facts, 'and')}. With one answer to that the rules come to your tier: to ask would "
        "settle the difference."
    ),
}
