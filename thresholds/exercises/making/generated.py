"""Cases made up near a threshold: one answer away from another tier, with the case on the other side.

A case is made backwards from a rule: its condition is made true, a few other answers of the same stage are put beside it, and
the answers that the tier turns on are looked for. What cannot be, or disagrees with itself, is thrown away. Where nothing is
told but what is not so, something that weighs nothing is put beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from thresholds.exercises.exercise import Theme
from thresholds.exercises.making.alike import likeness
from thresholds.exercises.making.furnishing import Furnishing
from thresholds.exercises.making.gainsaid import is_gainsaid
from thresholds.exercises.making.lived import is_older_than_the_child, months_lived
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.places import Place, places, turns
from thresholds.exercises.making.possible import agreeing, possible
from thresholds.exercises.making.themes import theme_of
from thresholds.exercises.making.wanted import MakeError, Wanted, too_few, wanted
from thresholds.facts.case import Case
from thresholds.facts.record import RAISED_BY, is_not_asked_at
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
from thresholds.scales import ADULT_MONTHS, Answer, Stage, Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest

__all__ = ["MakeError", "make"]

TRIES = 1200
"""How many cases in a row may be thrown away before it is said that no more were found."""
_IN_ONE_TURN = 30
"""How many of these look for one side of one threshold at one stage before another is tried: so few that each of the six
sides has its turn at each of the six stages before it is given up."""
_DEEPEST = 6
"""Through so many rules, each making true what another reads, a condition is followed: the shipped ones go through four."""
_TIER = "tier"
_FOUND = ("yes", "yes", "suspected")
"""What a risk is answered, each as often as it stands here: sure more often than suspected, as most of what is told is."""
_DENIES_ALL = 0.5
"""How often all that has to be asked is answered no in a case away from Tier 1, so that it does not give Tier 1 away."""
_AT_THE_EDGE = 0.2
"""How often a child is as old as a rule that asks for an age just allows: by chance, cases would seldom turn on the age."""
_ANY_RULE = 0.2
"""How often a case is made from any rule, and not from one that reaches the higher tier: some tiers are reached by several
rules together."""
_MOST_TOLD = 6
"""The highest number told where no rule asks for one: as high as any that a shipped rule asks for, so that what a number
weighs at most is seen with it."""
_MOST_COMPANY = 3
"""So many more things are found beside what a rule asks for at most: with more, the threshold would be hard to see."""
_PREGNANCY_KNOWN = -7
"""The months to go, earlier than which a pregnancy is seldom known of by anybody who could tell of it."""
_ANY_AGE = ADULT_MONTHS + 1
"""The age to be under where no rule asks for one: past every age of a child, so that none is taken for the edge of a rule."""
_OVERALL = frozenset({"immediate_danger", "harm_already", "harm_likely", "specialist_need"})
"""Facts that sum a case up. To turn on one of them teaches little, and to deny one beside grave facts would gainsay them."""
_DENIED_OF_THE_CHILD = frozenset({"harm_likely", "hurt_or_ill_treated"})
"""What is not answered no where the rest comes to Tier 3: nothing hangs on it there, and it would gainsay what is told."""
_SEEN_AT_A_GLANCE = frozenset({"cannot_move_independently"})
"""What is seen of a child at a glance. Nobody suspects it, and it is told only where a rule asks for it: beside other things
(out alone, at risk of a gang) it would be stumbled over."""
_Answers = dict[str, str | int]


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
    wish = wanted(rules, rule, stage, fact, theme)
    if count < 1:
        raise MakeError("count: Expected 1 or more.")
    chance = random.Random(seed)
    return _made(_Maker(rules, chance, wish), count, chance)


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
            raise too_few(found, TRIES, maker.wanted.fact)


@dataclass
class _Maker:
    """Makes cases by chance."""

    rules: RuleSet
    chance: random.Random
    wanted: Wanted
    _alone: dict[tuple[str, Stage], Tier | None] = field(default_factory=dict)

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
        return Furnishing(self.rules, self.chance).furnished(self.chance.choice(sides)) if sides else None

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
        return possible(answers)

    def _deny(self, answers: _Answers, stage: Stage) -> None:
        """Answer no what has to be asked at this stage, and is not told of."""
        so_far = possible(answers)
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
            case = agreeing(answers)
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
        chance = self.chance
        match condition:
            case Found(fact, confirmed):
                answers[fact] = "yes" if confirmed else self._found(FACTS[fact])
                return _ANY_AGE
            case Counted(fact, at_least):
                answers[fact] = max(int(answers.get(fact, 0)), at_least)
                return _ANY_AGE
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
            case = possible({**known, name: answer})
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
            return (
                []
                if now is None
                else [months for months in (int(now) - 1, int(now) + 1) if fact.lowest <= months < ADULT_MONTHS]
            )
        if fact.words is None:
            return [number for number in self._numbers_to_try(fact) if number != now]
        seen_at_once = fact.name in _SEEN_AT_A_GLANCE
        return [value for value in fact.values if value != now and not (seen_at_once and value == "suspected")]

    def _numbers_to_try(self, fact: Fact) -> list[int]:
        """The numbers beside which a tier may turn: those that a rule asks for and the ones before, and none and 1, with which
        an opening question is found."""
        parts = (part for rule in self.rules.findings for part in leaves(rule.when))
        asked = {part.at_least for part in parts if isinstance(part, Counted) and part.fact == fact.name}
        return sorted(number for number in {0, 1, *asked, *(one - 1 for one in asked)} if number <= fact.highest)

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


def _gainsays_its_gravity(side: Suggestion) -> bool:
    """Whether a case at Tier 3 has it answered no that the child is hurt, or that serious harm is likely."""
    return side.tier is Tier.THREE and any(getattr(side.case, name) is Answer.NO for name in _DENIED_OF_THE_CHILD)


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
