"""A person's decision beside the suggestion: what has to be said, how it is kept, and what today's rules say."""

import datetime as dt
import json

import pytest
from jsonschema import Draft7Validator
from pydantic import ValidationError

from thresholds import Tier, load_rule_set, suggest
from thresholds.decisions.records import (
    DecisionFileError,
    DecisionRecord,
    append_decision,
    read_decisions,
    replay,
)
from thresholds.schemas import Described, schema_of

AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
SUGGESTION = suggest({"age_months": 30, "weapon_used_or_threatened": "suspected"})


def record(tier="3", **more):
    return DecisionRecord.of(SUGGESTION, **{"id": "d-1", "tier": tier, "role": "manager", "decided_at": AT, **more})


def test_a_decision_as_suggested():
    made = record()
    assert not made.is_override
    assert made.suggested.digest == load_rule_set("hackney-2011").digest
    assert made.case == SUGGESTION.case


def test_another_tier_has_to_say_why_and_only_another_tier():
    assert record("2B", why_otherwise="thought_it_would_not_be_accepted").is_override
    with pytest.raises(ValidationError, match="has to say why"):
        record("2B")
    with pytest.raises(ValidationError, match="is for a decision"):
        record(why_otherwise="other")


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": "4"},
        {"role": "Jo Smith"},
        {"decided_at": dt.datetime(2026, 11, 25, 12)},  # which is the point: without a zone
        {"id": "Jo Smith, 3 High Street"},
        {"tier": "2B", "why_otherwise": "she said so"},
    ],
)
def test_what_is_refused_is_refused_without_the_value(wrong):
    with pytest.raises(ValidationError) as refused:
        record(**wrong)
    assert "Smith" not in str(refused.value)
    assert "she said" not in str(refused.value)


def test_records_are_kept_a_line_each_and_read_again(tmp_path):
    kept = tmp_path / "decisions.jsonl"
    made = [record(), record("2B", id="d-2", why_otherwise="facts_weighed_otherwise")]
    for one in made:
        append_decision(kept, one)
    assert list(read_decisions(kept)) == made
    assert json.loads(kept.read_text().splitlines()[0])["format"] == "decision/1"


def test_every_mistake_of_a_file_is_told_with_its_line_and_no_fact(tmp_path):
    kept = tmp_path / "decisions.jsonl"
    append_decision(kept, record())
    wrong = json.loads(kept.read_text())
    wrong["case"]["weapon_used_or_threatend"] = "secret"
    wrong["suggested"]["tier"] = "7"
    with kept.open("a") as stream:
        stream.write(json.dumps(wrong) + "\n{not json\n\n" + '{"format": "decision/2"}\n')
    with pytest.raises(DecisionFileError) as refused:
        read_decisions(kept)
    said = refused.value.problems
    assert any(":2: " in one and "weapon_used_or_threatened" in one for one in said)
    assert any(":2: suggested.tier" in one for one in said)
    assert [one for one in said if ":3: Expected a decision, as JSON" in one]
    assert [one for one in said if ":5: " in one and "decision/1" in one]
    assert "secret" not in str(refused.value)


def test_todays_rules_are_asked_of_the_facts_of_the_time():
    (same,) = replay([record()]).decisions
    assert (same.same_rules, same.same_tier, same.agrees_now) == (True, True, True)
    (older,) = replay([record()], "hackney-2009").decisions
    assert not older.same_rules
    assert older.now.tier is Tier.THREE


def test_a_decision_that_no_tier_can_be_given_yet():
    nothing = suggest({"age_months": 30})
    made = DecisionRecord.of(nothing, id="d-3", tier=None, role="panel", decided_at=AT)
    assert not made.is_override
    assert replay([made]).decisions[0].same_tier


def test_that_no_tier_could_be_given_is_kept_and_read_again(tmp_path):
    made = DecisionRecord.of(suggest({"age_months": 30}), id="d-3", tier=None, role="panel", decided_at=AT)
    append_decision(tmp_path / "decisions.jsonl", made)
    assert made.to_dict()["tier"] is None
    assert read_decisions(tmp_path / "decisions.jsonl") == (made,)


def test_the_schema_takes_what_is_kept():
    validator = Draft7Validator(schema_of(Described.DECISION))
    Draft7Validator.check_schema(validator.schema)
    nothing = DecisionRecord.of(suggest({"age_months": 30}), id="d-3", tier=None, role="panel", decided_at=AT)
    for made in (record(), record("2B", why_otherwise="rule_is_wrong"), nothing):
        validator.validate(made.to_dict())
    kept = record().to_dict()
    for wrong in (
        {**kept, "format": "decision/2"},
        {**kept, "tier": "4"},
        {**kept, "case": {"left_alone": "perhaps"}},
        {**kept, "name": "x"},
        {name: value for name, value in kept.items() if name != "suggested"},
        {name: value for name, value in kept.items() if name != "format"},
    ):
        assert not validator.is_valid(wrong), wrong
