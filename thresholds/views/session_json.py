"""A session as JSON holds it: what is kept, and what each step moved. Keys are added to, never renamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from thresholds.language.rules import Rule
from thresholds.version import __version__
from thresholds.views.analysis_json import AboutJson, RuleJson, about_as_json
from thresholds.views.json import ConflictJson, RuleSetJson, rule_set_as_json
from thresholds.views.wording import ADVICE_LINE

if TYPE_CHECKING:
    from thresholds.session import Session, Step

FORMAT: Literal["session/1"] = "session/1"


class StepJson(TypedDict):
    """What was learnt, with the answers, and what was withdrawn."""

    learnt: dict[str, str | int]
    withdrawn: list[str]


class SessionJson(TypedDict):
    """A session as it is kept. `begun_with` is a case, as a case file holds it."""

    format: Literal["session/1"]
    library: str
    rule_set: RuleSetJson
    begun_with: dict[str, str | int]
    steps: list[StepJson]


class FactLearntJson(TypedDict):
    """A fact, with its answer before and after a step; null where it is not known."""

    fact: str
    before: str | int | None
    after: str | int | None


class MovedJson(TypedDict):
    """What a step moved. `conflicts` are those that are new."""

    facts: list[FactLearntJson]
    before: AboutJson
    after: AboutJson
    has_moved: bool
    began: list[RuleJson]
    ceased: list[RuleJson]
    conflicts: list[ConflictJson]


class HistoryJson(TypedDict):
    """The history of a session, to be read: the session itself is kept as "session/1"."""

    format: Literal["session-history/1"]
    library: str
    begun: AboutJson
    steps: list[MovedJson]
    now: AboutJson
    advice: str


def session_as_json(session: Session) -> SessionJson:
    """A session as it is kept."""
    case = session.begun.case
    reference: dict[str, str | int] = {} if case.reference is None else {"reference": case.reference}
    return {
        "format": FORMAT,
        "library": __version__,
        "rule_set": rule_set_as_json(session.rule_set),
        "begun_with": reference | case.known(),
        "steps": [
            {
                "learnt": {one.fact: one.after for one in step.facts if one.after is not None},
                "withdrawn": [one.fact for one in step.withdrawn],
            }
            for step in session.history
        ],
    }


def history_as_json(session: Session) -> HistoryJson:
    """What each step of a session moved."""
    return {
        "format": "session-history/1",
        "library": __version__,
        "begun": about_as_json(session.begun),
        "steps": [_moved(step) for step in session.history],
        "now": about_as_json(session.suggestion),
        "advice": ADVICE_LINE,
    }


def _moved(step: Step) -> MovedJson:
    return {
        "facts": [{"fact": one.fact, "before": one.before, "after": one.after} for one in step.facts],
        "before": about_as_json(step.before),
        "after": about_as_json(step.after),
        "has_moved": step.has_moved,
        "began": _rules(step.began),
        "ceased": _rules(step.ceased),
        "conflicts": [{"facts": list(one.facts), "reading": one.reading} for one in step.conflicts],
    }


def _rules(rules: Iterable[Rule]) -> list[RuleJson]:
    return [{"rule": rule.id, "title": rule.title} for rule in rules]
