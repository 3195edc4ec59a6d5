"""JSON Schema (draft-07, which editors read) of all that is read and written: rules, cases, suggestions, audits, exercises."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import AdviceKind, ExampleKind
from thresholds.loading.rule_files import FILE_KEYS, GAP_KEYS, PATHWAY_KEYS, REST_IS_NO, RULE_KEYS
from thresholds.loading.rule_sets import SETTING_KEYS
from thresholds.scales import Basis, Stage, Status, Tier
from thresholds.session_files import KEYS, RULE_SET_KEYS, STEP_KEYS
from thresholds.views.json import SuggestionJson
from thresholds.views.session_json import FORMAT

Schema = dict[str, Any]
_DRAFT = "http://json-schema.org/draft-07/schema#"


class Described(StrEnum):
    """What there is a schema of."""

    RULES = "rules"
    RULE_SET = "ruleset"
    CASE = "case"
    SUGGESTION = "suggestion"
    SESSION = "session"
    EXERCISE = "exercise"
    AUDIT = "audit"
    DECISION = "decision"


def schema_of(described: Described) -> Schema:
    """The JSON Schema of one of them."""
    makers: dict[Described, Callable[[], Schema]] = {
        Described.RULES: _rules,
        Described.RULE_SET: _rule_set,
        Described.CASE: lambda: _draft_07(Case.model_json_schema(mode="validation")),
        Described.SUGGESTION: lambda: _draft_07(TypeAdapter(SuggestionJson).json_schema()),
        Described.SESSION: _session,
        Described.EXERCISE: _exercise,
        Described.AUDIT: _audit,
        Described.DECISION: _decision,
    }
    return {"$schema": _DRAFT, **makers[described]()}


def _draft_07(value: Any) -> Any:
    """What pydantic writes, in the older draft: definitions are called so there."""
    if isinstance(value, dict):
        return {("definitions" if key == "$defs" else key): _draft_07(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_draft_07(one) for one in value]
    return value.replace("#/$defs/", "#/definitions/") if isinstance(value, str) else value


# Rule files, for editors: the whole of what may be said is checked by `thresholds check`.

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_DATE: Schema = {"type": "string", "format": "date"}
_WORD_OR_NUMBER: Schema = {"type": ["string", "integer", "boolean"]}


def _object(properties: Schema, required: tuple[str, ...] = (), keys: tuple[str, ...] | None = None) -> Schema:
    """A mapping with no other keys; `keys`, what the loader knows, has to be just what is described."""
    if keys is not None and set(keys) != set(properties):
        raise ValueError("a schema and the loader know different keys")
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _condition() -> Schema:
    same: Schema = {"$ref": "#/definitions/condition"}
    several: Schema = {"type": "array", "items": same, "minItems": 1}
    group = {
        "type": "object",
        "patternProperties": {"^(all|any)$": several, "^at least [0-9]+ of$": several, "^not$": same},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"anyOf": [{"enum": sorted(FACTS)}, _TEXT, group]}


def _citation() -> Schema:
    return _object({"work": _TEXT, "at": _TEXT, "basis": {"enum": [basis.value for basis in Basis]}}, ("work", "at", "basis"))


def _rules() -> Schema:
    tiers = [tier.word for tier in Tier]
    outcome = {"anyOf": [_WORD_OR_NUMBER, {"type": "array", "items": _TEXT}]}
    pathway = _object({"to": _TEXT, "panel": _TEXT, "expected_response": _TEXT}, ("to", "expected_response"), PATHWAY_KEYS)
    gap = _object({"text": _TEXT, "calls_not_appropriate": {"type": "boolean"}}, ("text",), GAP_KEYS)
    one: dict[AdviceKind, Schema] = {
        **dict.fromkeys(AdviceKind, _TEXT),
        AdviceKind.STATUS: {"enum": [Status.ACT_FIRST.value, Status.NOT_FOR_THIS_TOOL.value]},
        AdviceKind.PATHWAYS: pathway,
        AdviceKind.REFERRAL_GAPS: {"anyOf": [_TEXT, gap]},
    }
    advice = {kind.value: {"anyOf": [said, {"type": "array", "items": said}]} for kind, said in one.items()}
    example = {
        "type": "object",
        "properties": {
            "gives": {"type": "object", "additionalProperties": outcome},
            REST_IS_NO: {"enum": ["no", False]},
            **{name: {"enum": [*fact.values, "unknown"]} if fact.values else _WORD_OR_NUMBER for name, fact in FACTS.items()},
        },
        "additionalProperties": outcome,
    }
    examples = {kind.value: {"type": "array", "items": example, "minItems": 1} for kind in ExampleKind}
    condition: Schema = {"$ref": "#/definitions/condition"}
    rule = _object(
        {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "title": _TEXT,
            "when": condition,
            "unless": condition,
            "conclude": {"type": "object", "properties": advice, "additionalProperties": outcome, "minProperties": 1},
            "discretion": {"enum": ["may"]},
            "source": _citation(),
            "covers": _TEXTS,
            "disagreement": _TEXT,
            "note": _TEXT,
            "valid": _object({"from": _DATE, "to": _DATE}),
            "examples": _object(examples, (ExampleKind.COUNTS, ExampleKind.DOES_NOT)),
        },
        ("id", "title", "when", "conclude", "source", "examples"),
        RULE_KEYS,
    )
    floor = _object(
        {
            "id": _TEXT,
            "title": _TEXT,
            "when": condition,
            "unless": condition,
            "at_least": {"enum": [*tiers, *(int(tier) for tier in tiers if tier.isdigit())]},
            "source": _citation(),
            "covers": _TEXTS,
        },
        ("id", "title", "when", "at_least", "source"),
    )
    source = _object(
        dict.fromkeys(("id", "short", "title", "address", "seen"), _TEXT), ("id", "short", "title", "address", "seen")
    )
    cell = _object({"id": _TEXT, "says": _TEXT, "facts": _TEXTS, "none": _TEXT}, ("id", "says"))
    parts: Schema = {
        "about": _TEXT,
        "advice": {"type": "boolean"},
        **{
            name: {"type": "array", "items": item}
            for name, item in (("rules", rule), ("floors", floor), ("sources", source), ("cells", cell))
        },
    }
    return {"title": "A rule file", "definitions": {"condition": _condition()}, **_object(parts, (), FILE_KEYS)}


def _rule_set() -> Schema:
    values: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 2}
    scale = _object({"label": _TEXT, "values": values, "at_least": _TEXTS}, ("values",))
    collection = _object({"label": _TEXT, "members": _TEXTS}, ("members",))
    required = {stage.word: {"type": "array", "items": {"enum": sorted(FACTS)}} for stage in Stage}
    settings: Schema = {
        **dict.fromkeys(("id", "version", "title", "about", "status", "extends"), _TEXT),
        **dict.fromkeys(("valid_from", "valid_to", "pathways_on"), _DATE),
        **dict.fromkeys(("authors", "reviewed_by", "shares"), _TEXTS),
        "scales": {"type": "object", "additionalProperties": scale},
        "sets": {"type": "object", "additionalProperties": collection},
        "required": _object(required),
    }
    needed = ("id", "version", "title", "about", "status", "valid_from", "pathways_on")
    return {"title": "The settings of a rule set, ruleset.yaml", **_object(settings, needed, SETTING_KEYS)}


# Sessions.


def _learnt() -> Schema:
    facts = {name: {"$ref": f"#/definitions/case/properties/{name}"} for name in FACTS}
    return {
        "type": "object",
        "description": "What was learnt at this step. A fact that is not known any more stands under withdrawn.",
        "properties": {name: {"allOf": [fact, {"not": {"type": "null"}}]} for name, fact in facts.items()},
        "additionalProperties": False,
    }


def _fact_names() -> Schema:
    return {"type": "array", "items": {"enum": sorted(FACTS)}, "uniqueItems": True}


def _session() -> Schema:
    case, learnt, withdrawn = _whole_case(), _learnt(), _fact_names()
    step = _object({"learnt": learnt, "withdrawn": withdrawn}, (), STEP_KEYS)
    some = [{"required": ["learnt"], "properties": {"learnt": {"minProperties": 1}}}]
    some.append({"required": ["withdrawn"], "properties": {"withdrawn": {"minItems": 1}}})
    parts: Schema = {
        "format": {"const": FORMAT},
        "library": {"type": "string", "description": "The version of the library that wrote it."},
        "rule_set": _object({key: {"type": "string"} for key in RULE_SET_KEYS}, RULE_SET_KEYS),
        "begun_with": {"$ref": "#/definitions/case"},
        "steps": {"type": "array", "items": {**step, "anyOf": some}},
    }
    return {"title": "A session", "definitions": {"case": case}, **_object(parts, KEYS, KEYS)}


# Exercises: what the rules make of one is checked when it is loaded.


def _exercise() -> Schema:
    from thresholds.exercises.exercise import (
        SLUG,
        Agency,
        Exercise,
        ForDiscussion,
        Gives,
        PairOf,
        PoorReferral,
        ReportFinding,
        StepTold,
        Theme,
        Tone,
    )

    slug: Schema = {"type": "string", "pattern": SLUG}
    tier = {"enum": [*(tier.word for tier in Tier), *(int(tier.word) for tier in Tier if tier.word.isdigit())]}
    facts: Schema = {"$ref": "#/definitions/case"}
    gives = _object(
        {"status": {"enum": [status.value for status in Status]}, "tier": tier}, ("status",), tuple(Gives.model_fields)
    )
    for_discussion = _object({"tier": tier, "because": _TEXT}, ("tier", "because"), tuple(ForDiscussion.model_fields))
    tone = _object({"towards": tier, "because": _TEXT}, ("towards", "because"), tuple(Tone.model_fields))
    step = _object(
        {
            "told": _TEXT,
            "learnt": _learnt(),
            "withdrawn": _fact_names(),
            "gives": gives,
            "for_discussion": for_discussion,
            "tone": tone,
        },
        ("told", "gives"),
        tuple(StepTold.model_fields),
    )
    left_open = {"type": "object", "properties": dict.fromkeys(FACTS, _TEXT), "additionalProperties": False}
    differs_in = {**_fact_names(), "minItems": 1}
    pair = {"of": slug, "differs_in": differs_in, "hangs_on_it": _fact_names()}
    some: Schema = {"type": "array", "minItems": 1, "uniqueItems": True}
    parts: Schema = {
        "title": _TEXT,
        "made_up": {"const": True, "description": "Every exercise is labelled as made up."},
        "stage": {"enum": [stage.word for stage in Stage]},
        "level": {"type": "integer", "minimum": 1, "maximum": 3},
        "themes": {**some, "items": {"enum": [one.value for one in Theme]}},
        "agencies": {**some, "items": {"enum": [one.value for one in Agency]}},
        "vignette": _TEXT,
        "facts": facts,
        "left_open": left_open,
        "gives": gives,
        "for_discussion": for_discussion,
        "tone": tone,
        "learning_points": {**some, "items": _TEXT, "maxItems": 4},
        "source": _object({"work": slug, "at": _TEXT}, ("work", "at"), tuple(ReportFinding.model_fields)),
        "pair": _object(pair, ("of", "differs_in"), tuple(PairOf.model_fields)),
        "steps": {"type": "array", "items": step},
        "household": slug,
        "referral": _object({"text": _TEXT, "facts": facts}, ("text", "facts"), tuple(PoorReferral.model_fields)),
        "rule_set": {**slug, "description": "The rule set for which it is written; left out, the usual one."},
    }
    keys = tuple(name for name in Exercise.model_fields if name != "id")
    needed = tuple(name for name in keys if Exercise.model_fields[name].is_required())
    return {"title": "An exercise", "definitions": {"case": _whole_case()}, **_object(parts, needed, keys)}


# Records of an audit, and of decisions.


def _audit() -> Schema:
    """A line of an audit: a case, or where it says of which case it is, a judgement."""
    from thresholds.audits.audited import AuditedCase
    from thresholds.audits.files import JUDGEMENT_OF
    from thresholds.audits.judgements import KEY, Judgement

    case = _with_whole_case(_draft_07(AuditedCase.model_json_schema()))
    judgement = _draft_07(Judgement.model_json_schema())
    definitions = {**case.pop("definitions"), **judgement.pop("definitions")}
    judgement["properties"] = {JUDGEMENT_OF: {"type": "string", "pattern": KEY}, **judgement["properties"]}
    judgement["required"] = [JUDGEMENT_OF, *judgement["required"]]
    return {
        "title": "A line of an audit",
        "type": "object",
        "if": {"required": [JUDGEMENT_OF]},
        "then": {"$ref": "#/definitions/judgement"},
        "else": {"$ref": "#/definitions/audited_case"},
        "definitions": {**definitions, "audited_case": case, "judgement": judgement, "case": _whole_case()},
    }


def _decision() -> Schema:
    from thresholds.decisions.records import DECISION_FORMAT, DecisionRecord

    written = _with_whole_case(_draft_07(DecisionRecord.model_json_schema()))
    written["properties"] = {"format": {"const": DECISION_FORMAT}, **written["properties"]}
    written["required"] = ["format", *written["required"]]
    written["definitions"]["case"] = _whole_case()
    return {**written, "title": "A decision"}


def _with_whole_case(written: Schema) -> Schema:
    """A schema whose case is described fact by fact."""
    return {**written, "properties": {**written["properties"], "case": {"$ref": "#/definitions/case"}}}


def _whole_case() -> Schema:
    whole: Schema = _draft_07(Case.model_json_schema(mode="validation"))
    return whole
