"""What would change the tier: the smallest changes to the record, learnt or otherwise, that move it up or down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from thresholds.analysis.known import Answers, Known, Standing
from thresholds.analysis.routes import Breaking, Making
from thresholds.analysis.steps import steps_of
from thresholds.analysis.ways import Algebra, Way, Ways, shortest
from thresholds.analysis.why import LIMIT, NOT_A_QUESTION
from thresholds.evaluation.engines import evaluator
from thresholds.facts.record import encode
from thresholds.facts.vocabulary import FACTS
from thresholds.required import unanswered
from thresholds.scales import Reading, Status, Tier
from thresholds.views.analysis_json import ChangesJson, changes_as_json
from thresholds.views.analysis_pages import changes_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion

MOST_TOGETHER = 3
"""How many facts may have to change together, unless the caller says otherwise."""


@dataclass(frozen=True)
class Change:
    """Answers that, put into the record together, move the suggested tier to `tier`.

    `tier` is None where with them too little would be known for one. `before` holds the answers as they are read now (None
    where not known) and `after` as they would be; both as a case file writes them. `case.with_facts(**change.after)` makes
    the case.
    """

    before: Mapping[str, str | int | None]
    after: Mapping[str, str | int]
    tier: Tier | None


@dataclass(frozen=True)
class Changes:
    """The smallest changes of one kind: all concern as few facts as can be.

    `more` is how many further ones there are and are not listed. Where `listed` is empty there is no such change; or, with
    `is_all` false, none that concerns so few facts as were looked at.
    """

    listed: tuple[Change, ...]
    more: int
    is_all: bool


@dataclass(frozen=True)
class WhatWouldChange(Shown):
    """What would move the suggested tier: learning what is not known, or a change in what is known; each up and down.

    `said` says why there is nothing to move, where that is so; else it is empty.
    """

    suggestion: Suggestion
    most_facts: int
    learning_up: Changes
    learning_down: Changes
    changing_up: Changes
    changing_down: Changes
    said: str

    def to_dict(self) -> ChangesJson:
        """The answer as JSON holds it."""
        return changes_as_json(self)

    def page(self) -> Page:
        """The answer as a page."""
        return changes_page(self)


_NONE = Changes((), 0, True)


def what_would_change(
    suggestion: Suggestion, limit: int = LIMIT, most_facts: int = MOST_TOGETHER, include_unchangeable: bool = False
) -> WhatWouldChange:
    """The smallest changes that move the suggested tier, at most `limit` of each kind and of at most `most_facts` facts.

    What cannot change (the age, history, what a child is) is not changed unless `include_unchangeable`; it may be learnt where
    it is not known. No change makes a record that cannot be. Raises ValueError for a `limit` or `most_facts` below 1.
    """
    if limit < 1 or most_facts < 1:
        raise ValueError("limit and most_facts: Expected 1 or more.")
    if suggestion.status is Status.NOT_FOR_THIS_TOOL:
        said = NOT_A_QUESTION
        return WhatWouldChange(suggestion, most_facts, _NONE, _NONE, _NONE, _NONE, said)
    known = Known(suggestion.case)

    def may_change(fact: str) -> bool:
        changeable = include_unchangeable or FACTS[fact].changeable
        return changeable and known.standing(fact) is Standing.KNOWN_OTHERWISE

    search = _Search(suggestion, known, limit, most_facts)
    said = ""
    if suggestion.tier is None:
        said = "No tier is suggested yet: what is moved here is what the known facts come to."
    return WhatWouldChange(
        suggestion,
        most_facts,
        search.up(known.is_open),
        search.down(known.is_open),
        search.up(may_change),
        search.down(may_change),
        said,
    )


class _Search:
    """Looks for the changes of one case."""

    def __init__(self, suggestion: Suggestion, known: Known, limit: int, most_facts: int) -> None:
        self._suggestion, self._known = suggestion, known
        self._limit, self._most_facts = limit, most_facts
        self._rule_set = suggestion.rule_set
        self._steps = steps_of(self._rule_set)
        self._at = self._rule_set.outcome_positions["tier"]
        self._stands = suggestion.evaluation.suggested[self._at]
        self._find = evaluator(self._rule_set).find

    def up(self, may: Callable[[str], bool]) -> Changes:
        """The changes to facts that may be changed which raise the tier."""
        if self._stands == Tier.THREE:
            return _NONE
        steps, known = self._steps, self._known
        step = known.towards_harm(steps, may)

        def ways_with(algebra: Algebra) -> Ways:
            return Making(self._rule_set, algebra, step).to("tier", self._stands + 1)

        return self._smallest(steps.worsening, ways_with, lambda way: known.worse(steps.read_worse(way)))

    def down(self, may: Callable[[str], bool]) -> Changes:
        """The changes to facts that may be changed which lower the tier."""
        if self._stands == Tier.ONE:
            return _NONE
        steps, known = self._steps, self._known
        step, counting = known.away_from_harm(steps, may), frozenset(self._suggestion.evaluation.counting)

        def ways_with(algebra: Algebra) -> Ways:
            return Breaking(self._rule_set, algebra, step, counting).to("tier", self._stands)

        return self._smallest(steps.bettering, ways_with, lambda way: known.better(steps.read_better(way)))

    def _smallest(
        self,
        algebra_for: Callable[[int], Algebra],
        ways_with: Callable[[Algebra], Ways],
        answers_of: Callable[[Way], Answers | None],
    ) -> Changes:
        def possible(algebra: Algebra) -> Ways:
            return tuple(way for way in ways_with(algebra) if answers_of(way) is not None)

        ways, is_all = shortest(algebra_for, possible, 0, self._most_facts)
        found = [self._change(answers) for way in ways if (answers := answers_of(way)) is not None]
        found.sort(key=lambda change: self._stands if change.tier is None else -abs(change.tier - self._stands))
        return Changes(tuple(found[: self._limit]), len(found[self._limit :]), is_all or bool(found))

    def _change(self, answers: Answers) -> Change:
        record = encode(self._known.with_answers(answers))
        becomes = self._find(record, Reading.SUGGESTED).outcomes[self._at]
        withheld = not becomes and unanswered(self._rule_set, record)
        before = {fact: FACTS[fact].written(self._known.read(fact)) for fact in answers}
        after = {fact: written for fact, value in answers.items() if (written := FACTS[fact].written(value)) is not None}
        return Change(MappingProxyType(before), MappingProxyType(after), None if withheld else Tier(becomes))
