"""The answers to what one may ask of a suggestion, as JSON holds them. Keys are added to, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from thresholds.scales import Tier
from thresholds.views.json import (
    QuestionJson,
    RangeJson,
    ReasonJson,
    RuleSetJson,
    question_as_json,
    reasons_as_json,
    rule_set_as_json,
)
from thresholds.views.wording import ADVICE_LINE

if TYPE_CHECKING:
    from thresholds.analysis.agenda import Agenda
    from thresholds.analysis.asking import AskNext, Question
    from thresholds.analysis.changes import Changes, WhatWouldChange
    from thresholds.analysis.stability import Stability
    from thresholds.analysis.why import Why
    from thresholds.analysis.why_not import WhyNot
    from thresholds.suggestion import Suggestion


class AboutJson(TypedDict):
    """Which suggestion the answer is about."""

    rule_set: RuleSetJson
    reference: str | None
    status: str
    tier: str | None
    range: RangeJson


class AnsweredJson(TypedDict):
    """A fact and an answer to it."""

    fact: str
    value: str | int | None


class RuleJson(TypedDict):
    """A rule, by its id and its title."""

    rule: str
    title: str


class DerivationJson(TypedDict):
    """Known facts that carry a tier, and the rules that lead there."""

    facts: list[AnsweredJson]
    rules: list[RuleJson]


class WhyJson(TypedDict):
    """Why at least this tier."""

    format: Literal["why/1"]
    about: AboutJson
    why: str | None
    said: str
    derivations: list[DerivationJson]
    more: int
    is_all: bool
    advice: str


class MissingJson(TypedDict):
    """A piece that a route lacks."""

    fact: str
    question: str
    wanted: str
    standing: Literal["not known", "known otherwise", "asked only at another stage"]


class RouteJson(TypedDict):
    """A route to a higher tier."""

    rules: list[RuleJson]
    met: list[AnsweredJson]
    missing: list[MissingJson]


class WhyNotJson(TypedDict):
    """Why not this tier."""

    format: Literal["why-not/1"]
    about: AboutJson
    why_not: str
    said: str
    routes: list[RouteJson]
    in_the_way: list[ReasonJson]
    more: int
    is_all: bool
    advice: str


class ChangeJson(TypedDict):
    """Answers that together move the tier."""

    before: dict[str, str | int | None]
    after: dict[str, str | int]
    tier: str | None


class ChangeListJson(TypedDict):
    """The smallest changes of one kind."""

    listed: list[ChangeJson]
    more: int
    is_all: bool


class ChangesJson(TypedDict):
    """What would move the tier."""

    format: Literal["changes/1"]
    about: AboutJson
    said: str
    most_facts: int
    learning_up: ChangeListJson
    learning_down: ChangeListJson
    changing_up: ChangeListJson
    changing_down: ChangeListJson
    advice: str


class LeadsToJson(TypedDict):
    """What one answer leads to."""

    answer: str | int
    tier: str | None
    range: RangeJson


class NextQuestionJson(QuestionJson):
    """A question, with what each answer leads to."""

    leads_to: list[LeadsToJson]


class QuestionsJson(TypedDict):
    """What to ask next."""

    format: Literal["ask-next/1"]
    about: AboutJson
    said: str
    tier_is_settled: bool
    questions: list[NextQuestionJson]
    more: int
    advice: str


class OtherwiseJson(TypedDict):
    """Another answer, and the tier there would be."""

    value: str | int
    tier: str | None


class HingeJson(TypedDict):
    """A fact on whose answer the tier turns."""

    fact: str
    value: str | int
    otherwise: list[OtherwiseJson]


class StabilityJson(TypedDict):
    """Which single answers, if they were wrong, would change the tier."""

    format: Literal["stability/1"]
    about: AboutJson
    hinges: list[HingeJson]
    of: int
    advice: str


class AgendaItemJson(TypedDict):
    """One case of a meeting."""

    place: int
    case: str
    about: AboutJson
    stage: str | None
    why_here: str
    answers_from_3: int | None
    ask: NextQuestionJson | None


class AgendaJson(TypedDict):
    """The order in which to take the cases of a meeting."""

    format: Literal["agenda/1"]
    items: list[AgendaItemJson]
    advice: str


def why_as_json(why: Why) -> WhyJson:
    """The answer to why, as JSON holds it."""
    return {
        "format": "why/1",
        "about": about_as_json(why.suggestion),
        "why": _word(why.tier),
        "said": why.said,
        "derivations": [
            {
                "facts": [{"fact": one.fact, "value": one.value} for one in derivation.facts],
                "rules": [{"rule": rule.id, "title": rule.title} for rule in derivation.rules],
            }
            for derivation in why.derivations
        ],
        "more": why.more,
        "is_all": why.is_all,
        "advice": ADVICE_LINE,
    }


def why_not_as_json(why_not: WhyNot) -> WhyNotJson:
    """The answer to why not, as JSON holds it."""
    return {
        "format": "why-not/1",
        "about": about_as_json(why_not.suggestion),
        "why_not": why_not.tier.word,
        "said": why_not.said,
        "routes": [
            {
                "rules": [{"rule": rule.id, "title": rule.title} for rule in route.rules],
                "met": [{"fact": one.fact, "value": one.value} for one in route.met],
                "missing": [
                    {
                        "fact": one.fact,
                        "question": one.about.question,
                        "wanted": one.wanted,
                        "standing": one.standing.value,
                    }
                    for one in route.missing
                ],
            }
            for route in why_not.routes
        ],
        "in_the_way": reasons_as_json(why_not.suggestion, why_not.in_the_way),
        "more": why_not.more,
        "is_all": why_not.is_all,
        "advice": ADVICE_LINE,
    }


def changes_as_json(changes: WhatWouldChange) -> ChangesJson:
    """What would move the tier, as JSON holds it."""
    return {
        "format": "changes/1",
        "about": about_as_json(changes.suggestion),
        "said": changes.said,
        "most_facts": changes.most_facts,
        "learning_up": _changes(changes.learning_up),
        "learning_down": _changes(changes.learning_down),
        "changing_up": _changes(changes.changing_up),
        "changing_down": _changes(changes.changing_down),
        "advice": ADVICE_LINE,
    }


def _changes(changes: Changes) -> ChangeListJson:
    return {
        "listed": [
            {"before": dict(change.before), "after": dict(change.after), "tier": _word(change.tier)}
            for change in changes.listed
        ],
        "more": changes.more,
        "is_all": changes.is_all,
    }


def questions_as_json(asked: AskNext) -> QuestionsJson:
    """What to ask next, as JSON holds it."""
    return {
        "format": "ask-next/1",
        "about": about_as_json(asked.suggestion),
        "said": asked.said,
        "tier_is_settled": asked.tier_is_settled,
        "questions": [_question(question) for question in asked.questions],
        "more": asked.more,
        "advice": ADVICE_LINE,
    }


def _question(question: Question) -> NextQuestionJson:
    return {
        **question_as_json(question),
        "leads_to": [
            {
                "answer": one.answer,
                "tier": _word(one.tier),
                "range": {"lowest": one.lowest.word, "highest": one.highest.word},
            }
            for one in question.leads_to
        ],
    }


def stability_as_json(stability: Stability) -> StabilityJson:
    """How steady a suggestion is, as JSON holds it."""
    return {
        "format": "stability/1",
        "about": about_as_json(stability.suggestion),
        "hinges": [
            {
                "fact": hinge.fact,
                "value": hinge.value,
                "otherwise": [{"value": one.value, "tier": _word(one.tier)} for one in hinge.otherwise],
            }
            for hinge in stability.hinges
        ],
        "of": stability.of,
        "advice": ADVICE_LINE,
    }


def agenda_as_json(agenda: Agenda) -> AgendaJson:
    """The order of a meeting, as JSON holds it."""
    return {
        "format": "agenda/1",
        "items": [
            {
                "place": place,
                "case": item.name,
                "about": about_as_json(item.suggestion),
                "stage": item.suggestion.stage.word if item.suggestion.stage is not None else None,
                "why_here": item.why_here,
                "answers_from_3": item.answers_from_3,
                "ask": _question(item.ask) if item.ask is not None else None,
            }
            for place, item in enumerate(agenda.items, 1)
        ],
        "advice": ADVICE_LINE,
    }


def about_as_json(suggestion: Suggestion) -> AboutJson:
    """Which suggestion an answer is about, as JSON holds it."""
    return {
        "rule_set": rule_set_as_json(suggestion.rule_set),
        "reference": suggestion.reference,
        "status": suggestion.status.value,
        "tier": _word(suggestion.tier),
        "range": {"lowest": _word(suggestion.range.lowest), "highest": _word(suggestion.range.highest)},
    }


def _word(tier: Tier | None) -> str | None:
    return None if tier is None else tier.word
