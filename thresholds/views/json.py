"""A suggestion as JSON holds it. The keys are stable: they are added to, never renamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from thresholds.language.rules import RuleSet
from thresholds.language.words import conclusions
from thresholds.reasons import FactSupport, Reason, Support
from thresholds.scales import Tier
from thresholds.version import __version__
from thresholds.views.household_page import drivers
from thresholds.views.wording import ADVICE_LINE

if TYPE_CHECKING:
    from thresholds.analysis.asking import Question
    from thresholds.households import HouseholdSuggestion
    from thresholds.suggestion import AdviceGiven, Suggestion

FORMAT: Literal["suggestion/1"] = "suggestion/1"
TierWord = Literal["1", "2A", "2B", "3"]


class RuleSetJson(TypedDict):
    """Which rules gave the suggestion."""

    id: str
    version: str
    digest: str


class RangeJson(TypedDict):
    """The lowest and the highest tier that some completion of the record would give; null where no tier applies."""

    lowest: str | None
    highest: str | None


class KnownJson(TypedDict):
    """How many facts that could bear on the tier are known, of how many that were asked or are open."""

    facts: int
    of: int


class ScaleRangeJson(TypedDict):
    """The range of the matrix's scale for this child."""

    lowest: int
    highest: int


class DvJson(TypedDict):
    """The domestic violence matrix. `without_raise` is the tier had no rule that says "can" counted; null where none did."""

    scale: int
    scale_for_child: int
    range: ScaleRangeJson
    without_raise: str | None


class FactJson(TypedDict):
    """A fact with its answer (null where it is not known) and its question."""

    fact: str
    value: str | int | None
    question: str


ScaleJson = TypedDict("ScaleJson", {"outcome": str, "at_least": str, "from": list[str]})
SetJson = TypedDict("SetJson", {"outcome": str, "includes": str, "from": list[str]})
SupportJson = FactJson | ScaleJson | SetJson


class SourceJson(TypedDict):
    """The work a rule comes from."""

    work: str
    title: str
    at: str
    address: str


class ReasonJson(TypedDict):
    """A rule in the suggestion, and what of this case it rests on."""

    rule: str
    title: str
    role: Literal["counts", "open", "tempered"]
    concludes: dict[str, str | list[str]]
    decisive: bool
    exception: Literal["none", "open", "absent", "holds"]
    because: list[SupportJson]
    missing: list[SupportJson]
    tempered_by: list[SupportJson]
    suspected_only: bool
    discretion: Literal["may"] | None
    disagreement: str | None
    note: str | None
    basis: str
    source: SourceJson


class ConflictJson(TypedDict):
    """Answers that do not go together, and how they were read."""

    facts: list[str]
    reading: str


class BecomeJson(TypedDict):
    """The lowest and the highest tier that an answer could lead to."""

    lowest: str
    highest: str


class QuestionJson(TypedDict):
    """A question worth asking next.

    `required`: no low tier is suggested before it is answered. `further`: how few answers, this one among them, could bring
    the case to Tier 3 this way; null where none do.
    """

    fact: str
    question: str
    who_knows: list[str]
    ask_safely: str | None
    required: bool
    moves: list[str]
    further: int | None
    could_become: BecomeJson


class PathwayJson(TypedDict):
    """Where the case goes, what to expect there, and why."""

    rule: str
    to: str
    panel: str | None
    expected_response: str
    why: str


class AdviceJson(TypedDict):
    """A piece of advice and the rule that gives it."""

    rule: str
    text: str


class GapJson(TypedDict):
    """What the referral lacks. `not_appropriate`: it calls the referral not appropriate, rather than not complete."""

    rule: str
    text: str
    not_appropriate: bool


class SuggestionJson(TypedDict):
    """The whole suggestion. Read `status` first; `tier` is null where too little is known or the case is not for this tool."""

    format: Literal["suggestion/1"]
    library: str
    rule_set: RuleSetJson
    reference: str | None
    stage: str | None
    status: Literal["act_first", "not_for_this_tool", "too_little_known", "at_least", "settled"]
    tier: TierWord | None
    confirmed_tier: TierWord | None
    range: RangeJson
    known: KnownJson
    unanswered: list[str]
    dv: DvJson | None
    concerns: list[str]
    routes: list[str]
    rests_on: list[str]
    reasons: list[ReasonJson]
    open: list[ReasonJson]
    tempered: list[ReasonJson]
    conflicts: list[ConflictJson]
    ask_next: list[QuestionJson]
    pathways: list[PathwayJson]
    pathways_on: str
    prompts: list[AdviceJson]
    referral_gaps: list[GapJson]
    duties: list[AdviceJson]
    holding: list[AdviceJson]
    advice: str


class ChildJson(TypedDict):
    """One child of a household, in a line."""

    child: str
    stage: str | None
    status: str
    tier: str | None
    range: RangeJson
    panels: list[str]
    driven_by: list[str]


class HouseholdJson(TypedDict):
    """The children of one home: side by side, what shows only together, and each child's suggestion."""

    format: Literal["household/1"]
    side_by_side: list[ChildJson]
    notes: list[str]
    children: list[SuggestionJson]
    advice: str


def household_as_json(household: HouseholdSuggestion) -> HouseholdJson:
    """A household as JSON holds it."""
    children = [as_json(child) for child in household.children]
    return {
        "format": "household/1",
        "side_by_side": [
            {
                "child": household.name_of(place),
                "stage": child["stage"],
                "status": child["status"],
                "tier": child["tier"],
                "range": child["range"],
                "panels": list(household.panels[place]),
                "driven_by": drivers(household.children[place]),
            }
            for place, child in enumerate(children)
        ],
        "notes": list(household.notes),
        "children": children,
        "advice": ADVICE_LINE,
    }


def as_json(suggestion: Suggestion) -> SuggestionJson:
    """The suggestion as JSON holds it."""
    rule_set = suggestion.rule_set
    return {
        "format": FORMAT,
        "library": __version__,
        "rule_set": rule_set_as_json(rule_set),
        "reference": suggestion.reference,
        "stage": suggestion.stage.word if suggestion.stage is not None else None,
        "status": suggestion.status.value,
        "tier": _word(suggestion.tier),
        "confirmed_tier": _word(suggestion.confirmed_tier),
        "range": {"lowest": _word(suggestion.range.lowest), "highest": _word(suggestion.range.highest)},
        "known": {"facts": suggestion.known.facts, "of": suggestion.known.of},
        "unanswered": list(suggestion.unanswered),
        "dv": _dv(suggestion),
        "concerns": list(suggestion.concerns),
        "routes": list(suggestion.routes),
        "rests_on": [basis.value for basis in suggestion.rests_on],
        "reasons": reasons_as_json(suggestion, suggestion.reasons),
        "open": reasons_as_json(suggestion, suggestion.open),
        "tempered": reasons_as_json(suggestion, suggestion.tempered),
        "conflicts": [{"facts": list(one.facts), "reading": one.reading} for one in suggestion.conflicts],
        "ask_next": [question_as_json(question) for question in suggestion.ask_next().questions],
        "pathways": [_pathway(given) for given in suggestion.pathways],
        "pathways_on": rule_set.pathways_on.isoformat(),
        "prompts": _advice(suggestion.prompts),
        "referral_gaps": [
            {"rule": given.rule.id, "text": given.advice.text, "not_appropriate": given.advice.judges}
            for given in suggestion.referral_gaps
        ],
        "duties": _advice(suggestion.duties),
        "holding": _advice(suggestion.holding),
        "advice": ADVICE_LINE,
    }


def rule_set_as_json(rule_set: RuleSet) -> RuleSetJson:
    """Which rules gave an answer."""
    return {"id": rule_set.id, "version": rule_set.version, "digest": rule_set.digest}


def _word(tier: Tier | None) -> TierWord | None:
    return None if tier is None else _TIER_WORDS[tier]


_TIER_WORDS: tuple[TierWord, ...] = ("1", "2A", "2B", "3")


def _dv(suggestion: Suggestion) -> DvJson | None:
    dv = suggestion.dv
    if dv is None:
        return None
    return {
        "scale": int(dv.scale),
        "scale_for_child": int(dv.scale_for_child),
        "range": {"lowest": int(dv.lowest), "highest": int(dv.highest)},
        "without_raise": _word(dv.without_raise),
    }


def reasons_as_json(suggestion: Suggestion, reasons: Iterable[Reason]) -> list[ReasonJson]:
    """Reasons as JSON holds them."""
    outcomes = {outcome.name: outcome for outcome in suggestion.rule_set.outcomes}
    sources = suggestion.rule_set.sources
    return [
        {
            "rule": reason.rule.id,
            "title": reason.rule.title,
            "role": reason.role.value,
            "concludes": conclusions(reason.rule.concludes, outcomes),
            "decisive": reason.decisive,
            "exception": reason.exception,
            "because": _supports(reason.because),
            "missing": _supports(reason.missing),
            "tempered_by": _supports(reason.tempered_by),
            "suspected_only": reason.suspected_only,
            "discretion": "may" if reason.rule.discretion else None,
            "disagreement": reason.rule.disagreement or None,
            "note": reason.rule.note or None,
            "basis": reason.rule.source.basis.value,
            "source": {
                "work": reason.rule.source.work,
                "title": sources[reason.rule.source.work].title,
                "at": reason.rule.source.at,
                "address": sources[reason.rule.source.work].address,
            },
        }
        for reason in reasons
    ]


def _supports(supports: Iterable[Support]) -> list[SupportJson]:
    return [_support(support) for support in supports]


def _support(support: Support) -> SupportJson:
    if isinstance(support, FactSupport):
        return {"fact": support.fact, "value": support.value, "question": support.question}
    given = list(support.rules)
    if support.includes is not None:
        return {"outcome": support.outcome, "includes": support.includes, "from": given}
    return {"outcome": support.outcome, "at_least": support.at_least or "", "from": given}


def question_as_json(question: Question) -> QuestionJson:
    """A question as JSON holds it."""
    fact = question.fact
    return {
        "fact": fact.name,
        "question": fact.question,
        "who_knows": [who.value for who in fact.who_knows],
        "ask_safely": fact.ask_safely,
        "required": question.required,
        "moves": [move.value for move in question.moves],
        "further": question.further,
        "could_become": {"lowest": question.lowest.word, "highest": question.highest.word},
    }


def _pathway(given: AdviceGiven) -> PathwayJson:
    advice = given.advice
    return {
        "rule": given.rule.id,
        "to": advice.text,
        "panel": advice.panel or None,
        "expected_response": advice.expected_response,
        "why": given.rule.title,
    }


def _advice(given: Iterable[AdviceGiven]) -> list[AdviceJson]:
    return [{"rule": one.rule.id, "text": one.advice.text} for one in given]
