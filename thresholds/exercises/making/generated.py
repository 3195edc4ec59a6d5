"""Cases made up near a threshold: one answer away from another tier, with the case on the other side.

A case is made backwards from a rule: its condition is made true, a few other answers of the same stage are put beside it, and
the answers that the tier turns on are looked for. What cannot be, or disagrees with itself, is thrown away. Where nothing is
told but what is not so, something that weighs nothing is put beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pydantic import ValidationError

from thresholds.exercises.exercise import Theme
from thresholds.exercises.making.alike import likeness
from thresholds.exercises.making.beside import ABOUT_THE_CHILD, SENT_BY, Beside
from thresholds.exercises.making.gainsaid import gainsays_itself, is_gainsaid
from thresholds.exercises.making.lived import is_older_than_the_child, months_lived
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.telling import tells_something
from thresholds.exercises.making.themes import THEMES_OF_FACTS, theme_of
from thresholds.facts.case import Case
from thresholds.facts.record import GATES, RAISED_BY, is_not_asked_at
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
from thresholds.language.rules import Conclusion, Rule, RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.problems import nearest
from thresholds.scales import Answer, Stage, Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest

TRIES = 1200
"""How many cases in a row may be thrown away before it is said that no more were found."""
_IN_ONE_TURN = 30
"""How many of these look for one side of one threshold at one stage before another is tried."""
_DEEPEST = 6
_OVERALL = frozenset({"immediate_danger", "harm_already", "harm_likely", "specialist_need"})
"""Facts that sum a case up. To turn on one of them teaches little, and to deny one beside grave facts would gainsay them."""
_DENIED_OF_THE_CHILD = frozenset({"harm_likely", "hurt_or_ill_treated"})
"""What is not answered no where the rest comes to Tier 3: nothing hangs on it there, and it would gainsay what is told."""
_SEEN_AT_A_GLANCE = frozenset({"cannot_move_independently"})
"""What is seen of a child at a glance. Nobody suspects it, and it is told only where a rule asks for it: beside other things
(out alone, at risk of a gang) it would be stumbled over."""
_Answers = dict[str, str | int]


class MakeError(ValueError):
    """Cases that cannot be made: something asked for is not there, or too few were found. The message says which."""


@dataclass(frozen=True)
class Place:
    """A side of the threshold between two neighbouring tiers: the case is told from the one, and the other lies beyond."""

    told: Tier
    beyond: Tier

    @property
    def upper(self) -> Tier:
        """The higher of the two tiers that meet at the threshold."""
        return max(self.told, self.beyond)

    def holds(self, near: NearCase) -> bool:
        """Whether the case is told from here, and the other side lies beyond, next to the threshold or further."""
        other = near.there.tier
        if near.here.tier is not self.told or other is None:
            return False
        return other >= self.beyond if self.beyond > self.told else other <= self.beyond


def places(chance: random.Random) -> list[Place]:
    """Every side of every threshold in an order by chance, in which each tier is as likely as any other to come first."""
    of_tier: dict[Tier, list[Place]] = {tier: [] for tier in Tier}
    for lower, upper in pairwise(Tier):
        of_tier[lower].append(Place(lower, upper))
        of_tier[upper].append(Place(upper, lower))
    tiers = chance.sample(list(Tier), len(Tier))
    return [place for tier in tiers for place in chance.sample(of_tier[tier], len(of_tier[tier]))]


def turns(sides: Sequence[Place], stages: Sequence[Stage]) -> list[tuple[Place, Stage]]:
    """Every one of these sides at every stage, going on to the next of both each time, so that neither is kept to for long."""
    rounds = range(len(stages))
    return [(place, stages[(at + shift) % len(stages)]) for shift in rounds for at, place in enumerate(sides)]


def make(
    rule: str | None = None,
    stage: Stage | None = None,
    fact: str | None = None,
    count: int = 1,
    seed: int = 0,
    rule_set: str | RuleSet = DEFAULT_RULE_SET,
    theme: Theme | None = None,
) -> Iterator[NearCase]:
    """So many cases near a threshold, one after the other, and no case twice on either side, whatever the age.

    With `rule`, that rule counts on one side and not on the other; with `stage`, both are at that stage; with `fact`, that is
    the fact in whose answer they differ; with `theme`, that fact is of this theme. Where it can be, each tier is told as often
    as the others, each threshold from both sides, and of each stage. The same seed gives the same cases. Raises `MakeError` at
    once where a rule or fact is not there, or no fact is of this theme, and on the way where no more cases are found.
    """
    rules = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    wanted = None if rule is None else _finding(rules, rule)
    if fact is not None:
        _check_fact(fact, rules)
    if theme is not None and theme not in THEMES_OF_FACTS:
        raise MakeError(f"{theme.value}: No fact that moves a tier is of this theme; known: {', '.join(THEMES_OF_FACTS)}")
    if count < 1:
        raise MakeError("count: Expected 1 or more.")
    chance = random.Random(seed)
    return _made(_Maker(rules, chance, _Wanted(wanted, stage, fact, theme)), count, chance)


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
        raise MakeError(f"{fact}: This fact moves no tier by the rules of {rules.id}.{_asked_after(fact)}")


def _asked_after(fact: str) -> str:
    """Of an opening question, that what moves a tier is asked after it, and what that is; else empty."""
    if fact not in GATES:
        return ""
    behind = [one.name for one in FACTS.values() if one.gate == fact and one.polarity is not Polarity.CONTEXT]
    why = "This is an opening question, and what moves the tier is asked after it"
    return f" {why}: ask for one of {', '.join(behind)}."


@dataclass(frozen=True)
class _Wanted:
    """What was asked for; None where anything will do."""

    rule: Rule | None = None
    stage: Stage | None = None
    fact: str | None = None
    theme: Theme | None = None


def _made(maker: _Maker, count: int, chance: random.Random) -> Iterator[NearCase]:
    seen: set[frozenset[tuple[str, str | int]]] = set()
    for found in range(count):
        order = turns(places(chance), chance.sample(maker.stages, len(maker.stages)))
        for tried in range(TRIES):
            near = maker.attempt(*order[tried // _IN_ONE_TURN % len(order)])
            sides = set() if near is None else {likeness(side.case.known()) for side in (near.here, near.there)}
            if near is not None and not seen & sides:
                seen |= sides
                yield near
                break
        else:
            raise MakeError(f"No more than {found} such cases were found in {TRIES} attempts in a row.{maker.why_so_few}")


@dataclass
class _Maker:
    """Makes cases by chance."""

    rules: RuleSet
    chance: random.Random
    wanted: _Wanted
    _alone: dict[tuple[str, Stage], Tier | None] = field(default_factory=dict)

    @property
    def why_so_few(self) -> str:
        """Why no more are found, where that is known; else empty."""
        return "" if self.wanted.fact is None else _asked_after(self.wanted.fact)

    @property
    def stages(self) -> Sequence[Stage]:
        """The stages at which cases are made."""
        return list(Stage) if self.wanted.stage is None else [self.wanted.stage]

    def attempt(self, place: Place, stage: Stage) -> NearCase | None:
        """A case at this stage that is told from this side of this threshold; None where this attempt came to none."""
        case = self._case(place, stage)
        if case is None:
            return None
        here = suggest(case, self.rules)
        sides = [near for name in self._turning(case) if (near := self._other_side(here, name, place)) is not None]
        return self._with_things_beside(self.chance.choice(sides)) if sides else None

    # The case.

    def _choice(self, place: Place) -> Sequence[Rule]:
        """The rules that a case may be made from: those that will do, and of them mostly those that reach the higher tier."""
        if self.chance.random() < _ANY_RULE:
            return self._will_do
        reaching = Conclusion(_TIER, place.upper)
        return [one for one in self._will_do if reaching in one.concludes] or self._will_do

    @cached_property
    def _will_do(self) -> Sequence[Rule]:
        """The rules that are about what was asked for; all of them where none is."""
        wanted = self.wanted
        if wanted.rule is not None:
            return [wanted.rule]
        rules = [one for one in self.rules.findings if self._is_about(one)]
        if wanted.fact == "age_months" and wanted.stage is not None:  # only an age within the stage leaves both sides at it
            first, last = wanted.stage.months
            rules = [one for one in rules if any(first < edge <= last for edge in _edges(one))]
        return rules or self.rules.findings

    def _is_about(self, rule: Rule) -> bool:
        if self.wanted.fact is not None:
            return self.wanted.fact in _reads(rule)
        return self.wanted.theme is None or any(theme_of(name) is self.wanted.theme for name in _reads(rule))

    def _case(self, place: Place, stage: Stage) -> Case | None:
        rule = self.chance.choice(self._choice(place))
        answers: _Answers = {}
        under = self._make_true(rule.when, answers, _DEEPEST)
        if under == 0 or any(is_not_asked_at(FACTS[name], stage) for name in answers):
            return None
        first, last = stage.months
        ages = range(max(first, _PREGNANCY_KNOWN), min(last + 1, under))
        fitting = [age for age in ages if not is_older_than_the_child({**answers, "age_months": age})]
        if not fitting:
            return None
        at_edge = self.wanted.fact == "age_months" or self.chance.random() < _AT_THE_EDGE
        answers["age_months"] = under - 1 if at_edge and under - 1 in fitting else self.chance.choice(fitting)
        self._add_company(answers, stage, place.upper)
        _open_gates(answers, self.rules.required.get(stage, ()))
        is_lowest = min(place.told, place.beyond) is min(Tier)
        if is_lowest or self.chance.random() < _DENIES_ALL:  # what is not asked gives no lowest tier
            self._deny(answers, stage)
        self._settle_violence(answers)
        return _possible(answers)

    def _deny(self, answers: _Answers, stage: Stage) -> None:
        """Answer no what has to be asked at this stage, and is not told of."""
        so_far = _possible(answers)
        is_grave = so_far is not None and suggest(so_far, self.rules).tier is Tier.THREE
        for name in self.rules.required.get(stage, ()):
            if not ((is_grave and name in _DENIED_OF_THE_CHILD) or is_gainsaid(name, answers)):
                answers.setdefault(name, "no")

    def _add_company(self, answers: _Answers, stage: Stage, below: Tier) -> None:
        """A few more things that are so, as cases have them: each from a part of the case that nothing is told of yet, so that
        they cannot gainsay one another, and each of less weight than the threshold, so that they do not hide it."""
        told_of = {FACTS[name].gate or name for name in answers}
        asked = [one for one in FACTS.values() if stage in one.stages and _may_be_company(one)]
        asked = [one for one in asked if (one.gate or one.name) not in told_of and self._weighs_less(one, stage, below)]
        for one in self.chance.sample(asked, min(len(asked), self.chance.randint(0, _MOST_COMPANY))):
            if (one.gate or one.name) not in told_of:
                told_of.add(one.gate or one.name)
                answers[one.name] = self._found(one)
        if is_older_than_the_child(answers):
            answers["months_of_concern"] = months_lived(int(answers["age_months"]))
        if answers.get("months_of_concern") == 0:
            del answers["months_of_concern"]

    def _weighs_less(self, fact: Fact, stage: Stage, below: Tier) -> bool:
        """Whether a fact by itself, in a child at the beginning of this stage, comes to less than this tier."""
        if (fact.name, stage) not in self._alone:
            answers: _Answers = {"age_months": stage.months[0], fact.name: _MOST_TOLD if fact.words is None else "yes"}
            case = _agreeing(answers)
            self._alone[fact.name, stage] = Tier.THREE if case is None else suggest(case, self.rules).tier
        tier = self._alone[fact.name, stage]
        return tier is None or tier < below

    def _found(self, fact: Fact) -> str | int:
        if fact.words is None:
            return self.chance.randint(1, min(fact.highest, _MOST_TOLD))
        return self.chance.choice(_FOUND) if "suspected" in fact.values and fact.name not in _SEEN_AT_A_GLANCE else "yes"

    def _settle_violence(self, answers: _Answers) -> None:
        """A no that has to be established is established."""
        for name in [name for name, answer in answers.items() if answer == "no"]:
            needed = FACTS[name].established_by
            if needed:
                answers[needed] = "yes"

    def _make_true(self, condition: Condition, answers: _Answers, depth: int) -> int:
        """Put answers in that make a condition so; the age in months that the child has to be under, 0 where it cannot be."""
        chance, anything = self.chance, 217
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
                concluding = sorted(self.rules.concluding[name, value])
                if not concluding or not depth:
                    return 0
                return self._make_true(self.rules.findings[chance.choice(concluding)].when, answers, depth - 1)
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
        if self.wanted.fact is not None:
            return [self.wanted.fact]
        known = [name for name in case.known() if FACTS[name].polarity is not Polarity.CONTEXT]
        if self.wanted.rule is None:
            known = [name for name in known if name not in _OVERALL]
        stage = case.stage
        unknown = [
            name
            for name, fact in FACTS.items()
            if fact.polarity is Polarity.PROTECTIVE and name not in known and stage in fact.stages
        ]
        return known + self.chance.sample(unknown, min(3, len(unknown)))

    def _other_side(self, here: Suggestion, name: str, place: Place) -> NearCase | None:
        """The case with another answer to this fact on the other side of this threshold; None where there is none."""
        known, found = here.case.known(), []
        now = known.get(name)
        for answer in self._other_answers(FACTS[name], now):
            case = _possible({**known, name: answer})
            if case is None:
                continue
            near = NearCase(here, suggest(case, self.rules), name)
            if self._fits(near):
                found.append(near)
        if FACTS[name].words is None and isinstance(now, int) and found:  # of a number or an age, the nearest
            found = [min(found, key=lambda near: abs(int(near.there.case.known()[name]) - now))]
        told = [side for near in found for side in (near, near.swapped) if place.holds(side)]
        return self.chance.choice(told) if told else None

    def _other_answers(self, fact: Fact, now: str | int | None) -> list[str | int]:
        if fact.kind is Kind.AGE:
            return [] if now is None else [months for months in (int(now) - 1, int(now) + 1) if fact.lowest <= months < 216]
        if fact.words is None:
            return [number for number in range(min(fact.highest, _MOST_COUNTED) + 1) if number != now]
        seen_at_once = fact.name in _SEEN_AT_A_GLANCE
        return [value for value in fact.values if value != now and not (seen_at_once and value == "suspected")]

    def _fits(self, near: NearCase) -> bool:
        here, there, wanted = near.here, near.there, self.wanted
        if here.tier is None or there.tier is None or here.tier is there.tier:
            return False
        if any(_gainsays_its_gravity(side) for side in (here, there)):
            return False
        if wanted.stage is not None and not here.stage is wanted.stage is there.stage:
            return False
        if wanted.theme is not None and near.theme is not wanted.theme:
            return False
        if wanted.rule is None:
            return True
        position = next(at for at, one in enumerate(self.rules.findings) if one.id == wanted.rule.id)
        return (position in here.evaluation.counting) is not (position in there.evaluation.counting)

    # What weighs nothing.

    def _with_things_beside(self, near: NearCase) -> NearCase | None:
        """The same two with a few things beside that weigh nothing: always where one of them would tell of nothing else (None
        where none fits), and now and then elsewhere, so that they give nothing away."""
        is_empty = not all(tells_something(side.case) for side in (near.here, near.there))
        wanted = self.chance.randint(1, _MOST_BESIDE) if is_empty or self.chance.random() < _BESIDE_ELSEWHERE else 0
        furnished = self._with_some(near, ABOUT_THE_CHILD, min(1, wanted))
        if is_empty and furnished is near:
            return None
        return self._with_some(furnished, (*ABOUT_THE_CHILD, *SENT_BY), wanted - 1)

    def _with_some(self, near: NearCase, things: Sequence[Beside], wanted: int) -> NearCase:
        """The same two with as many of these beside as are wanted, or as many as there can be."""
        added = 0
        for one in self.chance.sample(things, len(things)):
            if added < wanted and (furnished := self._with(near, one)) is not None:
                near, added = furnished, added + 1
        return near

    def _with(self, near: NearCase, beside: Beside) -> NearCase | None:
        """The same two with this told in both; None where it cannot be told in both, or weighs something in either."""
        here, there = (self._side_with(side, beside) for side in (near.here, near.there))
        return None if here is None or there is None else NearCase(here, there, near.fact)

    def _side_with(self, side: Suggestion, beside: Beside) -> Suggestion | None:
        known = side.case.known()
        case = _possible({**known, **beside.answers}) if beside.may_stand_in(known) else None
        again = None if case is None else suggest(case, self.rules)
        return None if again is None or not _weighs_the_same(side, again) else again


_TIER = "tier"
_FOUND = ("yes", "yes", "suspected")
_DENIES_ALL, _AT_THE_EDGE, _ANY_RULE, _MOST_COUNTED, _MOST_TOLD, _MOST_COMPANY = 0.5, 0.2, 0.2, 60, 6, 3
_BESIDE_ELSEWHERE, _MOST_BESIDE = 0.3, 3
_PREGNANCY_KNOWN = -7
"""The months to go, earlier than which a pregnancy is seldom known of by anybody who could tell of it."""


def _weighs_the_same(one: Suggestion, other: Suggestion) -> bool:
    """Whether the rules say the same of two cases, and for the same reasons."""
    same = (one.tier, one.status, one.confirmed_tier) == (other.tier, other.status, other.confirmed_tier)
    return same and tuple(one.evaluation.counting) == tuple(other.evaluation.counting)


def _gainsays_its_gravity(side: Suggestion) -> bool:
    """Whether a case at Tier 3 has it answered no that the child is hurt, or that serious harm is likely."""
    return side.tier is Tier.THREE and any(getattr(side.case, name) is Answer.NO for name in _DENIED_OF_THE_CHILD)


def _possible(answers: Mapping[str, str | int]) -> Case | None:
    """The case with these answers; None where it cannot be, or disagrees with itself."""
    return None if is_older_than_the_child(answers) else _agreeing(answers)


def _agreeing(answers: Mapping[str, str | int]) -> Case | None:
    """The case with these answers, whatever the age; None where it disagrees with itself."""
    if gainsays_itself(answers):
        return None
    try:
        case = Case(**answers)
    except ValidationError:
        return None
    return None if case.conflicts else case


def _open_gates(answers: _Answers, required: Iterable[str]) -> None:
    """What hangs on an opening question that has to be asked is told after it: where one is found, so is the question."""
    for name in list(answers):
        gate = FACTS[name].gate
        if gate is not None and gate in required and answers[name] not in ("no", 0):
            sure = answers[name] != "suspected" or "suspected" not in FACTS[gate].values
            answers[gate] = "yes" if sure or answers.get(gate) == "yes" else "suspected"


def _may_be_company(fact: Fact) -> bool:
    """Whether a fact may stand in a case beside what it is about: a risk that is understood by itself."""
    return (
        fact.polarity is Polarity.RISK
        and fact.name not in _OVERALL | _SEEN_AT_A_GLANCE
        and (fact.gate is None or fact.raises_gate)
        and not RAISED_BY.get(fact.name)  # an opening question alone leaves a reader asking what the worry is
    )


def _reads(rule: Rule) -> set[str]:
    return {*facts_read(rule.when), *facts_read(rule.unless)}


def _edges(rule: Rule) -> Iterator[int]:
    """The ages in months that a rule asks a child to be under."""
    return (leaf.months for leaf in leaves(rule.when) if isinstance(leaf, YoungerThan))
