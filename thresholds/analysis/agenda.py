"""The order of a meeting: which of many children to take first, and the one question that would settle each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thresholds.analysis.asking import Question, ask_next
from thresholds.facts.case import Case
from thresholds.language.rules import RuleSet
from thresholds.scales import Status, Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views.analysis_json import AgendaJson, agenda_as_json
from thresholds.views.analysis_pages import agenda_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True)
class AgendaItem:
    """One case of a meeting: why it stands where it does, and the question or call that would do most to settle it.

    `answers_from_3` is how few answers could bring it to Tier 3: 0 where it is there, None where no few answers found do.
    """

    name: str
    suggestion: Suggestion
    why_here: str
    answers_from_3: int | None
    ask: Question | None


@dataclass(frozen=True)
class Agenda(Shown):
    """The cases of a meeting in the order in which to take them."""

    items: tuple[AgendaItem, ...]

    def to_dict(self) -> AgendaJson:
        """The order as JSON holds it."""
        return agenda_as_json(self)

    def page(self) -> Page:
        """The order as a page."""
        return agenda_page(self)


def agenda(cases: Iterable[Case | Mapping[str, object] | Suggestion], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Agenda:
    """The order in which to take these cases, or suggestions that were made of them.

    First whoever is in danger today, then Tier 3, then whoever could still be, by the fewest answers; then the others, the
    higher tiers first; last what is no question of thresholds. A case is named by its reference, else by its place. Raises as
    `suggest` does.
    """
    suggestions = (one if isinstance(one, Suggestion) else suggest(one, rule_set) for one in cases)
    items = [_item(place, suggestion) for place, suggestion in enumerate(suggestions, 1)]
    return Agenda(tuple(sorted(items, key=_order)))


def _item(place: int, suggestion: Suggestion) -> AgendaItem:
    name = suggestion.reference or f"case {place}"
    status, tier, highest = suggestion.status, suggestion.tier, suggestion.range.highest
    if status is Status.NOT_FOR_THIS_TOOL:
        why = "; ".join(given.rule.title for given in suggestion.status_reasons)
        return AgendaItem(name, suggestion, why, None, None)
    asked = ask_next(suggestion)
    nearest = min((question.further for question in asked.questions if question.further is not None), default=None)
    to_three = next((question for question in asked.questions if question.further == nearest), None)
    if status is Status.ACT_FIRST:
        return AgendaItem(name, suggestion, "Someone is in danger today: do not wait for the meeting", 0, None)
    if tier is Tier.THREE:
        return AgendaItem(name, suggestion, "At Tier 3 on what is known: do not wait for the meeting", 0, None)
    if highest is Tier.THREE:
        few = "one answer" if nearest == 1 else f"{nearest} answers" if nearest else "several answers"
        return AgendaItem(name, suggestion, f"Could still be Tier 3, by {few}", nearest, to_three)
    first = asked.questions[0] if asked.questions else None
    why = "No further answer can bring it to Tier 3" if first else "No further answer can change the tier"
    return AgendaItem(name, suggestion, why, None, first)


def _order(item: AgendaItem) -> tuple[int, ...]:
    suggestion = item.suggestion
    tier = suggestion.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]]
    match suggestion.status:
        case Status.ACT_FIRST:
            return (0,)
        case Status.NOT_FOR_THIS_TOOL:
            return (4,)
    if item.answers_from_3 == 0:
        return (1,)
    if suggestion.range.highest is Tier.THREE:
        return 2, item.answers_from_3 or 99, -tier
    return 3, -tier
