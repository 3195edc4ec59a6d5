"""What to ask next: the open questions whose answers still matter, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from thresholds.analysis.known import Known
from thresholds.analysis.routes import Breaking, Making
from thresholds.analysis.steps import steps_of
from thresholds.analysis.ways import MOST_FACTS, Algebra, Ways
from thresholds.analysis.why import NOT_A_QUESTION
from thresholds.evaluation.engines import evaluator
from thresholds.evaluation.findings import Evaluation
from thresholds.facts.record import GATES, POSITIONS, RAISED_BY, Record, encode
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.language.conditions import facts_read
from thresholds.language.rules import AdviceKind, RuleSet
from thresholds.required import unanswered
from thresholds.scales import Answer, Reading, Stage, Status, Tier, YesNo
from thresholds.views.analysis_json import QuestionsJson, questions_as_json
from thresholds.views.analysis_pages import questions_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion


SETTLED = "No further answer can change the tier."
WHAT_FOLLOWS = "What follows moves the status, a duty or a pathway."


class Moves(StrEnum):
    """What the answer to a question can still move."""

    STATUS = "status"
    TIER = "tier"
    DUTY = "duty"
    PATHWAY = "pathway"


@dataclass(frozen=True)
class LeadsTo:
    """What one answer leads to: the suggested tier and the range with it. `tier` is None where none would be suggested."""

    answer: str | int
    tier: Tier | None
    lowest: Tier
    highest: Tier


@dataclass(frozen=True)
class Question:
    """A question worth asking next.

    `required`: no low tier is suggested before it is answered. `further`: how few answers, this one among them, could bring
    the case to Tier 3 by way of this question; None where none found does. `lowest` and `highest` are the tiers that an answer
    could lead to; of an opening question, with the worst of what is behind it.
    """

    fact: Fact
    required: bool
    moves: tuple[Moves, ...]
    further: int | None
    lowest: Tier
    highest: Tier
    leads_to: tuple[LeadsTo, ...]

    @property
    def moves_tier(self) -> bool:
        """Whether the answer can still move the tier, by itself or with others."""
        return Moves.TIER in self.moves


@dataclass(frozen=True)
class AskNext(Shown):
    """The questions to ask next, the best first; `more` is how many further ones there are.

    `tier_is_settled`: no further answer can change the tier. What is then still asked moves a duty or a pathway. `said` is
    that in a sentence.
    """

    suggestion: Suggestion
    questions: tuple[Question, ...]
    more: int
    tier_is_settled: bool
    said: str

    def to_dict(self) -> QuestionsJson:
        """The answer as JSON holds it."""
        return questions_as_json(self)

    def page(self) -> Page:
        """The answer as a page."""
        return questions_page(self)


def ask_next(suggestion: Suggestion, limit: int | None = None, leave_out: Iterable[str] = ()) -> AskNext:
    """The questions to ask next, at most `limit` of them; none of `leave_out`, which were asked and could not be answered.

    First what is required, in the rule set's order, and the other opening questions. Then what could raise the tier to 3, to
    2B and to 2A, one of each in turn: for each the fewest further answers first, and what hangs on something found before
    what does not. Then what could lower the tier, and what moves the status, a duty or a pathway alone. What hangs on an
    opening question is asked once that is found. A fact whose answer can move nothing is never asked.

    Raises ValueError for a `limit` below 1.
    """
    if limit is not None and limit < 1:
        raise ValueError("limit: Expected 1 or more, or None.")
    if suggestion.status is Status.NOT_FOR_THIS_TOOL:
        return AskNext(suggestion, (), 0, True, NOT_A_QUESTION)
    asking = _Asking(suggestion, frozenset(leave_out))
    ranked = list(asking.ranked())
    listed = ranked if limit is None else ranked[:limit]
    questions = tuple(asking.question(name) for name in listed)
    low, high = suggestion.range
    settled = low == high and suggestion.tier is not None
    return AskNext(suggestion, questions, len(ranked) - len(listed), settled, _said(settled, bool(ranked), suggestion))


def _said(settled: bool, asks: bool, suggestion: Suggestion) -> str:
    if settled:
        return SETTLED + (f" {WHAT_FOLLOWS}" if asks else "")
    if not asks:
        return "No few answers that were not asked for already could move the tier."
    if suggestion.tier is None:
        return "No tier is suggested before what is required is answered."
    return "These could still move the tier."


class _Asking:
    """Looks for the questions of one case."""

    def __init__(self, suggestion: Suggestion, leave_out: frozenset[str]) -> None:
        self._suggestion, self._leave_out = suggestion, leave_out
        self._rule_set, self._evaluation = suggestion.rule_set, suggestion.evaluation
        self._known, self._steps = Known(suggestion.case), steps_of(suggestion.rule_set)
        self._compiled = evaluator(suggestion.rule_set)
        self._at = suggestion.rule_set.outcome_positions["tier"]
        self._stands = suggestion.evaluation.suggested[self._at]
        self._routes: dict[object, tuple[Algebra, Making | Breaking]] = {}
        self._required = frozenset(suggestion.unanswered)
        self._near = self._look()
        self._further = self._near.get(Tier.THREE, {})

    # Which, and in which order.

    def ranked(self) -> Iterator[str]:
        """The facts to ask about, the best first, each once."""
        given: set[str] = set()
        for name in chain(self._first(), self._opening(), self._in_turn(), self._lowers, self._advising()):
            if name not in given and name not in self._leave_out:
                given.add(name)
                yield name

    def _first(self) -> Iterator[str]:
        """What is required, while it matters: it gives a tier where there is none, or may still raise the one there is."""
        raising = set(self._in_turn())
        wanted = [self._asked_for(name) for name in self._suggestion.unanswered if self._known.is_open(name)]
        return (name for name in wanted if self._stands == Tier.ONE or name in raising)

    def _opening(self) -> Iterator[str]:
        """The other opening questions behind which something could raise the tier: they are few, and each answers many."""
        return (name for name in self._in_turn() if name in GATES)

    def _in_turn(self) -> Iterator[str]:
        """What could raise the tier to 3, to 2B and to 2A, one of each in turn; for each, the fewest answers first."""
        turns = zip_longest(*(self._near[tier] for tier in sorted(self._near, reverse=True)))
        return (name for turn in turns for name in turn if name is not None)

    def _look(self) -> Mapping[int, Mapping[str, int]]:
        """For each tier above what is known, the questions that lead there, and by how few answers; the best first.

        A question stands under every tier that it leads to by fewer answers than to a higher one.
        """
        near: dict[int, dict[str, int]] = {}
        higher: dict[str, int] = {}
        for tier in range(self._evaluation.highest[self._at], self._stands, -1):
            algebra, ways = self._soon(self._making, tier)
            answers: dict[str, int] = {}
            for way in ways:
                few = algebra.facts(way)
                for step in self._steps.read_worse(way):
                    name = self._asked_for(step.fact)
                    if few < higher.get(name, MOST_FACTS + 1):
                        answers[name] = min(few, answers.get(name, few))
            higher |= answers
            near[tier] = dict(sorted(answers.items(), key=_nearness))
        return near

    def _making(self, most_facts: int) -> tuple[Algebra, Making]:
        """The ways up by what could be learnt."""
        algebra = self._steps.worsening(most_facts)
        step = self._known.towards_harm(self._steps, self._known.is_open)
        return algebra, Making(self._rule_set, algebra, step)

    def _breaking(self, most_facts: int) -> tuple[Algebra, Breaking]:
        """The ways down by what could be learnt."""
        algebra = self._steps.bettering(most_facts)
        step = self._known.away_from_harm(self._steps, self._known.is_open)
        return algebra, Breaking(self._rule_set, algebra, step, frozenset(self._evaluation.counting))

    @cached_property
    def _lowers(self) -> list[str]:
        """What protects, if it were established: those that lower the tier with the fewest others first."""
        if self._evaluation.lowest[self._at] >= self._stands:
            return []
        algebra, ways = self._soon(self._breaking, self._stands)
        best: dict[str, int] = {}
        for way in ways:
            for one in self._steps.read_better(way):
                best[one.fact] = min(best.get(one.fact, algebra.facts(way)), algebra.facts(way))
        return sorted(best, key=lambda name: (best[name], POSITIONS[name]))

    def _soon(self, routes_of: Callable[[int], tuple[Algebra, Making | Breaking]], tier: int) -> tuple[Algebra, Ways]:
        """Ways of few facts to this tier, or below it; of more facts only where there are none of few."""
        for most in range(_SOON, MOST_FACTS + 1):
            if (routes_of, most) not in self._routes:
                self._routes[routes_of, most] = routes_of(most)
            algebra, routes = self._routes[routes_of, most]
            ways = routes.to("tier", tier)
            if ways or not algebra.cut:
                break
        return algebra, ways

    def _advising(self) -> Iterator[str]:
        """What moves the status, a duty or a pathway by one answer, in the order in which facts are asked."""
        for name in _read_by_advice(self._rule_set):
            if self._known.is_open(name) and self._asked_for(name) == name and self._moves(FACTS[name]):
                yield name

    def _asked_for(self, name: str) -> str:
        """The question to ask for a fact: its opening question where that is open, or for a doubted *no* whether it was asked
        properly."""
        gate = FACTS[name].gate
        asked = FACTS[gate] if gate and self._known.is_open(gate) else FACTS[name]
        doubted = asked.established_by and self._known.value(asked.name) == Answer.NO
        return asked.established_by if doubted and asked.established_by else asked.name

    # What each could lead to.

    def question(self, name: str) -> Question:
        """The question about a fact."""
        fact = FACTS[name]
        leads_to, tiers = [], [self._stands]
        for value, answers in self._answers(fact):
            record = self._with(answers)
            evaluation = self._compiled.evaluate(record)
            suggested, lowest, highest = (
                outcomes[self._at] for outcomes in (evaluation.suggested, evaluation.lowest, evaluation.highest)
            )
            tiers.append(suggested)
            withheld = not suggested and unanswered(self._rule_set, record)
            written = fact.written(value)
            if written is not None:
                leads_to.append(LeadsTo(written, None if withheld else Tier(suggested), Tier(lowest), Tier(highest)))
        behind = {risk: FACTS[risk].highest if FACTS[risk].kind is Kind.COUNT else 2 for risk in self._open_behind(name)}
        if behind:
            worst = self._with({name: Answer.YES, **behind})
            tiers.append(self._compiled.find(worst, Reading.SUGGESTED).outcomes[self._at])
        return Question(
            fact,
            name in self._required,
            self._moves(fact, tiers),
            self._further.get(name),
            Tier(min(tiers)),
            Tier(max(tiers)),
            tuple(leads_to),
        )

    def _open_behind(self, name: str) -> Iterator[str]:
        return (risk for risk in RAISED_BY.get(name, ()) if self._known.is_open(risk))

    def _moves(self, fact: Fact, tiers: Iterable[int] = ()) -> tuple[Moves, ...]:
        """What an answer to this fact can move; `tiers` are those it could lead to, where that is known."""
        with_others = fact.name in self._lowers or any(fact.name in names for names in self._near.values())
        moved: set[Moves] = {Moves.TIER} if with_others or len(set(tiers)) > 1 else set()
        if fact.name in self._required and self._stands == Tier.ONE:
            moved.add(Moves.STATUS)
        given = {kind: set(rules) for kind, rules in self._advice(self._evaluation).items()}
        for _, answers in self._answers(fact):
            evaluation = self._compiled.evaluate(self._with(answers))
            for kind, rules in self._advice(evaluation).items():
                if rules != given[kind]:
                    moved.add(kind)
        return tuple(move for move in Moves if move in moved)

    def _advice(self, evaluation: Evaluation) -> Mapping[Moves, set[int]]:
        found: dict[Moves, set[int]] = {kind: set() for kind in _MOVED.values()}
        for position in self._compiled.advise(evaluation):
            for advice in self._rule_set.current_advice[position].advises:
                if advice.kind in _MOVED:
                    found[_MOVED[advice.kind]].add(position)
        return found

    def _with(self, answers: Mapping[str, int]) -> Record:
        return encode(self._known.with_answers(answers))

    def _answers(self, fact: Fact) -> Iterator[tuple[int, Mapping[str, int]]]:
        """The answers a fact may be given, and what goes into the record with each."""
        if fact.polarity is Polarity.AGE:
            values: Iterable[int] = (stage.months[0] for stage in Stage)
        elif fact.words is not None:
            values = (int(word) for word in fact.words)
        else:
            values = (0, *self._steps.levels.get(fact.name, (fact.highest,)))
        for value in values:
            if not value and fact.established_by:
                yield value, {fact.name: value, fact.established_by: YesNo.YES}
            else:
                yield value, {fact.name: value}


def _nearness(one: tuple[str, int]) -> tuple[int, bool, int]:
    """The order of questions that lead to one tier: the fewest answers, what hangs on something found, as facts are asked."""
    name, answers = one
    return answers, FACTS[name].gate is None, POSITIONS[name]


_SOON = 2
"""Of what could move the tier, ways of so few facts are looked at first."""

_MOVED = {AdviceKind.STATUS: Moves.STATUS, AdviceKind.DUTIES: Moves.DUTY, AdviceKind.PATHWAYS: Moves.PATHWAY}


@lru_cache(maxsize=64)
def _read_by_advice(rule_set: RuleSet) -> tuple[str, ...]:
    """The facts that rules about status, duties and pathways read, in the order in which facts are asked."""
    telling = [rule for rule in rule_set.current_advice if any(advice.kind in _MOVED for advice in rule.advises)]
    return tuple(sorted({name for rule in telling for name in facts_read(rule.when)}, key=POSITIONS.__getitem__))
