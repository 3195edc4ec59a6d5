"""Cases made up near a threshold: one answer away from another tier, with the case on the other side.

A case is made backwards from a rule: its condition is made true, a few other answers of the same stage are put beside it, and
the answers that the tier turns on are looked for. What cannot be, or disagrees with itself, is thrown away.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from thresholds.exercises.exercise import Agency, Exercise, Theme
from thresholds.exercises.telling import told, told_one
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.case import Case
from thresholds.facts.record import is_not_asked_at
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.language.conditions import (
    All,
    AnyOf,
    AtLeastOf,
    Condition,
    Counted,
    Found,
    Includes,
    Reached,
    YoungerThan,
    facts_read,
    leaves,
)
from thresholds.language.rules import Rule, RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.problems import nearest
from thresholds.scales import Stage, Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views import wording

TRIES = 1000
"""How many cases in a row may be thrown away before it is said that no more were found."""
_DEEPEST = 6
_OVERALL = frozenset({"immediate_danger", "harm_already", "harm_likely", "specialist_need"})
"""Facts that sum a case up. To turn on one of them teaches little, and to deny one beside grave facts would gainsay them."""
_DENIED_OF_THE_CHILD = frozenset({"harm_likely", "hurt_or_ill_treated"})
"""What is not answered no where the rest comes to Tier 3: nothing hangs on it there, and it would gainsay what is told."""
_GAINSAID: Mapping[str, frozenset[str]] = {
    "hurt_or_ill_treated": frozenset({"own_relationship_abuse", "own_relationship_serious"}),
    "care_concern": frozenset(
        {
            "parent_illness_affects_care",
            "substance_affects_care",
            "adult_difficulty_seriously_affects_care",
            "child_in_harmful_thoughts",
            "unable_to_protect",
        }
    ),
    "behaviour_or_feelings_concern": frozenset(
        {"child_distressed_by_violence", "terrified_or_humiliated", "attachment_worry"}
    ),
    "outside_home_concern": frozenset(
        {"own_relationship_abuse", "own_relationship_serious", "whereabouts_unknown", "whereabouts_often_unknown"}
    ),
    "home_or_money_concern": frozenset({"homeless_or_put_out"}),
    "own_relationship_abuse": frozenset({"partner_older_or_coercive"}),
}
"""Opening questions, and what is asked elsewhere and would gainsay a *no* to them. No such record is impossible, and somebody
may well write it; but who reads it as a case to practise on would stumble over it, and not over the threshold."""
_Answers = dict[str, str | int]


class MakeError(ValueError):
    """Cases that cannot be made: something asked for is not there, or too few were found. The message says which."""


@dataclass(frozen=True)
class NearCase:
    """A case near a threshold and the case on the other side, which differ in the answer to one fact alone."""

    here: Suggestion
    there: Suggestion
    fact: str

    @property
    def told(self) -> str:
        """The case in plain sentences."""
        return told(self.here.case)

    @property
    def otherwise(self) -> str:
        """What is otherwise on the other side, as a sentence."""
        return told_one(self.fact, self.there.case.known().get(self.fact))

    @property
    def instead_of(self) -> str:
        """What of this case it stands in the place of."""
        return told_one(self.fact, self.here.case.known().get(self.fact))

    def exercises(self, number: int = 1) -> tuple[Exercise, Exercise]:
        """The two as exercises that are each other's pair."""
        here, there = f"made-{number:04}-here", f"made-{number:04}-there"
        return (self._exercise(here, there, self.here), self._exercise(there, here, self.there))

    def _exercise(self, name: str, pair: str, suggestion: Suggestion) -> Exercise:
        known = self.here.case.known(), self.there.case.known()
        left_open = {self.fact: "The tier turns on it."} if self.fact not in suggestion.case.known() else {}
        return Exercise.model_validate(
            {
                "id": name,
                "title": "A case near a threshold",
                "made_up": True,
                "stage": suggestion.stage,
                "level": 2,
                "themes": [_theme(self.fact)],
                "agencies": list(Agency),
                "vignette": told(suggestion.case),
                "facts": suggestion.case,
                "left_open": left_open,
                "gives": {"status": suggestion.status, "tier": suggestion.tier},
                "learning_points": [
                    f"One answer moves the tier here: “{FACTS[self.fact].says}”, "
                    f"{' or '.join(str(side.get(self.fact, 'not known')) for side in known)}."
                ],
                "pair": {"of": pair, "differs_in": [self.fact]},
            }
        )


def make(
    rule: str | None = None,
    stage: Stage | None = None,
    fact: str | None = None,
    count: int = 1,
    seed: int = 0,
    rule_set: str | RuleSet = DEFAULT_RULE_SET,
) -> Iterator[NearCase]:
    """So many cases near a threshold, one after the other, and no case twice on either side.

    With `rule`, that rule counts on one side and not on the other; with `stage`, both are at that stage; with `fact`, that is
    the fact in whose answer they differ. The same seed gives the same cases. Raises `MakeError` at once where a rule or fact
    is not there, and on the way where no more cases are found.
    """
    rules = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    wanted = None if rule is None else _finding(rules, rule)
    if fact is not None:
        _check_fact(fact, rules)
    if count < 1:
        raise MakeError("count: Expected 1 or more.")
    return _made(_Maker(rules, random.Random(seed), wanted, stage, fact), count)


def _finding(rules: RuleSet, rule: str) -> Rule:
    found = next((one for one in rules.findings if one.id == rule), None)
    if found is None:
        names = [one.id for one in rules.findings]
        if rule in rules.rules:
            raise MakeError(f"{rule}: This rule advises and moves no tier; name one that finds.")
        raise MakeError(f"{rule}: There is no such rule in {rules.id}; {nearest(rule, names)}")
    return found


def _check_fact(fact: str, rules: RuleSet) -> None:
    if fact not in FACTS:
        raise MakeError(f"{fact}: There is no such fact; {nearest(fact, FACTS)}")
    if FACTS[fact].polarity is Polarity.CONTEXT:
        raise MakeError(f"{fact}: This fact moves no tier by the rules of {rules.id}.")


def _made(maker: _Maker, count: int) -> Iterator[NearCase]:
    seen: set[frozenset[tuple[str, str | int]]] = set()
    found = tries = 0
    while found < count:
        near = maker.attempt()
        sides = [] if near is None else [frozenset(side.case.known().items()) for side in (near.here, near.there)]
        if near is None or seen & set(sides):
            tries += 1
            if tries > TRIES:
                raise MakeError(f"No more than {found} such cases were found in {TRIES} attempts in a row.")
            continue
        seen |= set(sides)
        found, tries = found + 1, 0
        yield near


class _Maker:
    """Makes cases by chance."""

    def __init__(
        self, rules: RuleSet, chance: random.Random, rule: Rule | None, stage: Stage | None, fact: str | None
    ) -> None:
        self._rules, self._chance = rules, chance
        self._rule, self._stage, self._fact = rule, stage, fact
        reading = [one for one in rules.findings if fact is None or fact in _reads(one)]
        if fact == "age_months" and stage is not None:  # only an age within the stage can have both sides at it
            reading = [one for one in reading if any(stage.months[0] < edge <= stage.months[1] for edge in _edges(one))]
        self._choice = [rule] if rule is not None else reading or list(rules.findings)

    def attempt(self) -> NearCase | None:
        """A case near a threshold; None where this attempt came to none."""
        case = self._case()
        if case is None:
            return None
        here = suggest(case, self._rules)
        sides = [near for name in self._turning(case) if (near := self._other_side(here, name)) is not None]
        return self._chance.choice(sides) if sides else None

    # The case.

    def _case(self) -> Case | None:
        rule = self._chance.choice(self._choice)
        answers: _Answers = {}
        ages = list(range(*(self._stage.months if self._stage is not None else (Stage.UNBORN.months[0], 216))))
        if self._stage is not None:
            ages.append(self._stage.months[1])
        under = self._make_true(rule.when, answers, _DEEPEST)
        fitting = [age for age in ages if age < under and self._is_asked(answers, age)]
        if not fitting or under == 0:
            return None
        at_edge = self._fact == "age_months" or self._chance.random() < _AT_THE_EDGE
        answers["age_months"] = under - 1 if at_edge and under - 1 in fitting else self._chance.choice(fitting)
        stage = Stage.at(int(answers["age_months"]))
        if stage is None:
            return None
        self._add_company(answers, stage)
        _open_gates(answers)
        if self._chance.random() < _DENIES_ALL:
            so_far = _possible(answers)
            is_grave = so_far is not None and suggest(so_far, self._rules).tier is Tier.THREE
            for name in self._rules.required.get(stage, ()):
                if not ((is_grave and name in _DENIED_OF_THE_CHILD) or _is_gainsaid(name, answers)):
                    answers.setdefault(name, "no")
        self._settle_violence(answers)
        return _possible(answers)

    def _is_asked(self, answers: _Answers, age: int) -> bool:
        stage = Stage.at(age)
        return stage is not None and not any(is_not_asked_at(FACTS[name], stage) for name in answers)

    def _add_company(self, answers: _Answers, stage: Stage) -> None:
        """A few more things that are so, as cases have them: each from a part of the case that nothing is told of yet, so that
        they cannot gainsay one another."""
        told_of = {FACTS[name].gate or name for name in answers}
        asked = [one for one in FACTS.values() if stage in one.stages and _may_be_company(one)]
        for one in self._chance.sample(asked, self._chance.randint(0, 4)):
            if (one.gate or one.name) not in told_of:
                told_of.add(one.gate or one.name)
                answers[one.name] = self._found(one)

    def _found(self, fact: Fact) -> str | int:
        if fact.words is None:
            return self._chance.randint(1, min(fact.highest, _MOST_TOLD))
        return self._chance.choice(_FOUND) if "suspected" in fact.values else "yes"

    def _settle_violence(self, answers: _Answers) -> None:
        """A no that has to be established is established."""
        for name in [name for name, answer in answers.items() if answer == "no"]:
            needed = FACTS[name].established_by
            if needed:
                answers[needed] = "yes"

    def _make_true(self, condition: Condition, answers: _Answers, depth: int) -> int:
        """Put answers in that make a condition so; the age in months that the child has to be under, 0 where it cannot be."""
        chance, anything = self._chance, 217
        match condition:
            case Found(fact, confirmed):
                answers[fact] = "yes" if confirmed else self._found(FACTS[fact])
                return anything
            case Counted(fact, at_least):
                answers[fact] = max(int(answers.get(fact, 0)), at_least)
                return anything
            case YoungerThan(months):
                return months
            case Reached(name, value) | Includes(name, value):
                concluding = sorted(self._rules.concluding[name, value])
                if not concluding or not depth:
                    return 0
                return self._make_true(self._rules.findings[chance.choice(concluding)].when, answers, depth - 1)
            case All(parts):
                return min(self._make_true(part, answers, depth) for part in parts)
            case AnyOf(parts):
                return self._make_true(chance.choice(parts), answers, depth)
            case AtLeastOf(number, parts):
                return min(self._make_true(part, answers, depth) for part in chance.sample(parts, number))
            case _:
                return 0

    # The other side.

    def _turning(self, case: Case) -> list[str]:
        """The facts to try: the one that was asked for, or those that are known and some that are not."""
        if self._fact is not None:
            return [self._fact]
        known = [name for name in case.known() if FACTS[name].polarity is not Polarity.CONTEXT]
        if self._rule is None:
            known = [name for name in known if name not in _OVERALL]
        stage = case.stage
        unknown = [
            name
            for name, fact in FACTS.items()
            if fact.polarity is Polarity.PROTECTIVE and name not in known and stage in fact.stages
        ]
        return known + self._chance.sample(unknown, min(3, len(unknown)))

    def _other_side(self, here: Suggestion, name: str) -> NearCase | None:
        """The case with another answer to this fact and another tier; None where there is none."""
        now, found = here.case.known().get(name), []
        for answer in self._other_answers(FACTS[name], now):
            case = _possible({**here.case.known(), name: answer})
            if case is None:
                continue
            there = suggest(case, self._rules)
            if self._fits(here, there):
                found.append(NearCase(here, there, name))
        if not found:
            return None
        if FACTS[name].words is None and isinstance(now, int):  # of a number or an age, the nearest
            return min(found, key=lambda near: abs(int(near.there.case.known()[name]) - now))
        return self._chance.choice(found)

    def _other_answers(self, fact: Fact, now: str | int | None) -> list[str | int]:
        if fact.kind is Kind.AGE:
            return [] if now is None else [months for months in (int(now) - 1, int(now) + 1) if fact.lowest <= months < 216]
        if fact.words is None:
            return [number for number in range(min(fact.highest, _MOST_COUNTED) + 1) if number != now]
        return [value for value in fact.values if value != now]

    def _fits(self, here: Suggestion, there: Suggestion) -> bool:
        if here.tier is None or there.tier is None or here.tier is there.tier:
            return False
        if self._stage is not None and not here.stage is self._stage is there.stage:
            return False
        if self._rule is None:
            return True
        position = next(place for place, one in enumerate(self._rules.findings) if one.id == self._rule.id)
        return (position in here.evaluation.counting) is not (position in there.evaluation.counting)


_FOUND = ("yes", "yes", "suspected")
_DENIES_ALL, _AT_THE_EDGE, _MOST_COUNTED, _MOST_TOLD = 0.5, 0.2, 60, 6


def _is_gainsaid(name: str, answers: Mapping[str, str | int]) -> bool:
    """Whether what is found would gainsay a *no* to this opening question."""
    return any(answers.get(one, "no") not in ("no", 0) for one in _GAINSAID.get(name, ()))


def gainsays_itself(answers: Mapping[str, str | int]) -> bool:
    """Whether an opening question is answered no beside something that is asked elsewhere and says otherwise."""
    return any(answers.get(name) == "no" and _is_gainsaid(name, answers) for name in _GAINSAID)


def _possible(answers: Mapping[str, str | int]) -> Case | None:
    """The case with these answers; None where it cannot be, or disagrees with itself."""
    if gainsays_itself(answers):
        return None
    try:
        case = Case(**answers)
    except ValidationError:
        return None
    return None if case.conflicts else case


def _open_gates(answers: _Answers) -> None:
    """What hangs on an opening question is told after it: where one is found and the question is not answered, it is."""
    for name in list(answers):
        gate = FACTS[name].gate
        if gate is not None and answers[name] not in ("no", 0):
            sure = answers[name] != "suspected" or "suspected" not in FACTS[gate].values
            answers[gate] = "yes" if sure or answers.get(gate) == "yes" else "suspected"


def _may_be_company(fact: Fact) -> bool:
    """Whether a fact may stand in a case beside what it is about: a risk that is understood by itself."""
    return fact.polarity is Polarity.RISK and fact.name not in _OVERALL and (fact.gate is None or fact.raises_gate)


def _reads(rule: Rule) -> set[str]:
    return {*facts_read(rule.when), *facts_read(rule.unless)}


def _edges(rule: Rule) -> Iterator[int]:
    """The ages in months that a rule asks a child to be under."""
    return (leaf.months for leaf in leaves(rule.when) if isinstance(leaf, YoungerThan))


def _theme(fact: str) -> Theme:
    """The nearest theme for the section that a fact stands in."""
    return _THEMES.get(FACTS[fact].section, Theme.PHYSICAL_HARM)


_THEMES: Mapping[str, Theme] = {
    FACTS["special_needs"].section: Theme.DISABILITY,
    FACTS["pregnancy_concern"].section: Theme.UNBORN,
    FACTS["violence_at_home"].section: Theme.DOMESTIC_VIOLENCE,
    FACTS["care_concern"].section: Theme.NEGLECT,
    FACTS["history_of_concern"].section: Theme.HISTORY_OF_TIER_3,
    FACTS["health_or_development_concern"].section: Theme.NEGLECT,
    FACTS["school_or_learning_concern"].section: Theme.EDUCATION,
    FACTS["behaviour_or_feelings_concern"].section: Theme.EMOTIONAL_HARM,
    FACTS["outside_home_concern"].section: Theme.HARM_OUTSIDE_THE_HOME,
    FACTS["home_or_money_concern"].section: Theme.HOUSING_AND_MONEY,
    FACTS["help_offered"].section: Theme.HELP_NOT_TAKEN_UP,
}


def pair_in_words(near: NearCase) -> str:
    """What the rules say of the two sides, and what differs."""
    here, there = (wording.tier_sentence(one) or f"{TierSaid.of(one).words}." for one in (near.here, near.there))
    return f"By the rules: {here} Now with one answer otherwise: {near.otherwise} Then, by the rules: {there}"
