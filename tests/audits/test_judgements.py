"""What an audit records of a case: each check, a round trip, no values in errors, and a JSON Schema of what is written."""

import json

import jsonschema
import pytest
from pydantic import ValidationError

from thresholds import Tier
from thresholds.audits.audited import After, Audit, AuditedCase, Because, FollowUp, TierHeld
from thresholds.audits.judgements import Judgement, Judging, Noted, Question, Reply, WhyNotJudged, read_tier

MARKER = "Xq7 marker"
JUDGEMENT = {
    "auditor": "group",
    "consensus": True,
    "tier": "2B",
    "replies": {"risks_identified": "yes", "tier_appropriate": "could_not_be_judged", "tier_3_consulted": "not_applicable"},
    "why_not_judged": {"tier_appropriate": "file_incomplete"},
    "noted": ["siblings_left_out"],
}
CASE = {
    "id": "triage-1",
    "process": "triage",
    "multi_agency": True,
    "held": "2 with 3",
    "judgements": [JUDGEMENT, {"auditor": "group", "of": "referrer", "tier": "3"}],
    "follow_up": [{"what": "escalated", "because": "new_information", "weeks": 3}],
    "case": {"age_months": 30, "left_alone": "suspected", "special_needs": "no"},
}


def changed(record, **fields):
    return {name: value for name, value in {**record, **fields}.items() if value is not None}


def test_a_judgement_is_read():
    judgement = Judgement.model_validate(JUDGEMENT)
    assert judgement.tier is Tier.TWO_B
    assert judgement.of is Judging.RECEIVER
    assert judgement.reply(Question.RISKS) is Reply.YES
    assert judgement.reply(Question.TIER_3) is Reply.NOT_APPLICABLE
    assert judgement.why_not_judged == {Question.TIER: WhyNotJudged.FILE_INCOMPLETE}
    assert judgement.noted == (Noted.SIBLINGS_LEFT_OUT,)


def test_silence_is_not_reported_and_never_a_no():
    assert {Judgement(auditor="a").reply(question) for question in Question} == {Reply.NOT_REPORTED}


def test_every_question_and_note_has_its_words():
    assert all(question.words.endswith("?") for question in Question)
    assert len(Question) == 7
    assert all(note.words.endswith(".") for note in Noted)


@pytest.mark.parametrize("written", ["2B", "2b", "Tier 2B", " tier 2b "])
def test_a_tier_as_people_write_it(written):
    assert read_tier(written) is Tier.TWO_B


def test_a_tier_that_is_a_number():
    assert read_tier(3) is Tier.THREE
    assert read_tier(1) is Tier.ONE
    assert read_tier(Tier.TWO_A) is Tier.TWO_A
    assert read_tier(None) is None


@pytest.mark.parametrize("written", ["2", 2, "2C", True, 1.0, "", "three", MARKER])
def test_what_is_no_tier(written):
    with pytest.raises(ValueError, match="a tier is 1, 2A, 2B or 3") as caught:
        read_tier(written)
    assert MARKER not in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auditor", "A. Name"),
        ("auditor", ""),
        ("auditor", "a" * 65),
        ("auditor", "x_old"),
        ("auditor", "X_1"),
        ("auditor", "by_team"),
        ("auditor", "By-team"),
        ("auditor", None),
        ("tier", "2"),
        ("consensus", "perhaps"),
        ("of", "child"),
        ("replies", {"risks_identified": "maybe"}),
        ("replies", {"risk": "yes"}),
        ("replies", {"risks_identified": "could_not_be_judged", "tier_appropriate": "could_not_be_judged"}),
        ("why_not_judged", {"tier_appropriate": "asleep"}),
        ("why_not_judged", {"tier_appropriate": "file_incomplete", "risks_identified": "file_incomplete"}),
        ("why_not_judged", None),
        ("noted", ["siblings"]),
        ("noted", ["siblings_left_out", "siblings_left_out"]),
        ("notes", "text"),
    ],
)
def test_a_judgement_that_cannot_be(field, value):
    with pytest.raises(ValidationError):
        Judgement.model_validate(changed(JUDGEMENT, **{field: value}))


def test_a_case_is_read():
    case = AuditedCase.model_validate(CASE)
    assert case.case.known() == CASE["case"]
    assert case.held is TierHeld.TWO_WITH_THREE
    assert case.seen is None, "not recorded is not paper"
    assert case.weight == 1
    assert case.follow_up == (FollowUp(what=After.ESCALATED, because=Because.NEW_INFORMATION, weeks=3),)
    assert case.by("group").tier is Tier.TWO_B, "of the receiver, not of the referrer"
    assert case.by("nobody") is None
    turned = AuditedCase.model_validate(changed(CASE, judgements=CASE["judgements"][::-1]))
    assert turned.by("group").tier is Tier.TWO_B, "in whatever order they stand"


def test_what_is_left_out_of_a_case_is_not_known():
    case = AuditedCase(id="a", process="b", case={})
    assert (case.held, case.multi_agency, case.stratum) == (None, None, None)
    assert case.judgements == case.follow_up == ()
    assert FollowUp(what="closed").weeks is None
    assert FollowUp(what="closed").because is None


@pytest.mark.parametrize(
    ("held", "highest"),
    [("1", Tier.ONE), ("2A", Tier.TWO_A), ("2B", Tier.TWO_B), ("2", Tier.TWO_B), ("2 with 3", Tier.THREE), ("3", Tier.THREE)],
)
def test_the_highest_tier_that_held_may_mean(held, highest):
    assert TierHeld(held).highest is highest


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "a name"),
        ("id", None),
        ("process", "Triage, East"),
        ("process", None),
        ("multi_agency", "several"),
        ("held", "2C"),
        ("seen", "heard"),
        ("case", None),
        ("case", "text"),
        ("case", {"age_months": "old"}),
        ("case", {"age": 3}),
        ("case", {"age_months": 3, "gestation_weeks": 20}),
        ("judgements", [JUDGEMENT, JUDGEMENT]),
        ("follow_up", [{"what": "moved"}]),
        ("follow_up", [{"what": "closed", "weeks": -1}]),
        ("follow_up", [{"what": "closed", "weeks": 521}]),
        ("follow_up", [{"what": "closed", "because": "luck"}]),
        ("stratum", "under five"),
        ("weight", 0),
        ("weight", 0.00009),
        ("weight", float("inf")),
        ("remarks", "text"),
    ],
)
def test_a_case_that_cannot_be(field, value):
    with pytest.raises(ValidationError):
        AuditedCase.model_validate(changed(CASE, **{field: value}))


def test_one_auditor_judges_both_sides_but_each_once():
    both = [{"auditor": "a"}, {"auditor": "a", "of": "referrer"}, {"auditor": "b"}]
    assert len(AuditedCase.model_validate(changed(CASE, judgements=both)).judgements) == 3
    with pytest.raises(ValidationError, match="judged twice by a"):
        AuditedCase.model_validate(changed(CASE, judgements=[*both, {"auditor": "a"}]))


def test_every_mistake_of_a_case_is_told():
    with pytest.raises(ValidationError) as caught:
        AuditedCase.model_validate(changed(CASE, case={"age_months": "old", "left_allone": "no", "special_needs": 7}))
    said = str(caught.value)
    assert "age_months" in said
    assert "Did you mean left_alone?" in said
    assert "special_needs" in said


def _with_marker():
    for field in ("id", "process", "held", "seen", "stratum", "weight", "multi_agency"):
        yield changed(CASE, **{field: MARKER})
    yield changed(CASE, case={"left_alone": MARKER})
    yield changed(CASE, case={"reference": MARKER})
    yield changed(CASE, follow_up=[{"what": MARKER}])
    for field in ("auditor", "tier", "of", "consensus", "noted"):
        yield changed(CASE, judgements=[changed(JUDGEMENT, **{field: [MARKER] if field == "noted" else MARKER})])
    yield changed(CASE, judgements=[changed(JUDGEMENT, replies={"risks_identified": MARKER})])


@pytest.mark.parametrize("record", list(_with_marker()))
def test_no_error_holds_a_value(record):
    with pytest.raises(ValidationError) as caught:
        AuditedCase.model_validate(record)
    assert MARKER not in str(caught.value)


def test_there_and_back():
    case = AuditedCase.model_validate(CASE)
    line = json.dumps(case.to_dict())
    assert AuditedCase.model_validate(json.loads(line)) == case
    assert "seen" not in case.to_dict(), "what is left out says the same"


def test_records_are_frozen():
    case = AuditedCase.model_validate(CASE)
    with pytest.raises(ValidationError):
        case.held = TierHeld.ONE
    with pytest.raises(ValidationError):
        case.judgements[0].tier = Tier.ONE


def test_the_schema_accepts_what_is_written():
    schema = AuditedCase.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(AuditedCase.model_validate(CASE).to_dict(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(CASE, held="2C"), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed(CASE, remarks="text"), schema)


def test_a_key_of_an_auditor_that_no_heading_could_hold_is_refused_by_the_schema_too():
    schema = Judgement.model_json_schema()
    for key in ("x", "X-1", "bystander", "by.1", "xy_1"):
        jsonschema.validate({"auditor": key}, schema)
        assert Judgement(auditor=key).auditor == key
    for key in ("x_old", "X_1", "by_team", "BY", "by-team"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"auditor": key}, schema)


def test_one_auditor_is_not_two_by_a_capital():
    judged = [changed(CASE, id=id, judgements=[{"auditor": key}]) for id, key in [("a", "AB"), ("b", "ab")]]
    cases = tuple(AuditedCase.model_validate(one) for one in judged)
    with pytest.raises(ValidationError, match="AB and ab: keys of auditors that differ in their capitals alone"):
        Audit(name="a", cases=cases)
    assert Audit(name="a", cases=cases[:1]).auditors == ("AB",)


def test_an_audit_names_each_case_once():
    case = AuditedCase.model_validate(CASE)
    other = AuditedCase.model_validate(changed(CASE, id="panel-1", process="panel"))
    assert Audit(name="a", cases=(case, other)).processes == ("triage", "panel")
    with pytest.raises(ValidationError, match="given twice: triage-1"):
        Audit(name="a", cases=(case, other, case))
