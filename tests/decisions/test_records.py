"""A person's decision beside the suggestion: what has to be said, how it is kept, and what today's rules say."""

import datetime as dt
import json

import pytest
from jsonschema import Draft7Validator
from pydantic import ValidationError

from thresholds import Tier, load_rule_set, suggest
from thresholds.audits.mistakes import RecordError
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
    assert [one for one in said if one.endswith(":2: suggested: tier: A tier is 1, 2A, 2B or 3.")]
    assert [one for one in said if ":3: This is not JSON, from column 2" in one]
    assert [one for one in said if ":5: " in one and "decision/1" in one]
    assert "secret" not in str(refused.value)


MARKER = "Xq7 marker"


def refused_lines(path, *lines):
    """What is wrong with a file of these lines, without its name."""
    path.write_bytes(b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in lines))
    with pytest.raises(DecisionFileError) as refused:
        read_decisions(path)
    assert isinstance(refused.value, RecordError)
    assert MARKER not in str(refused.value)
    assert all(one.startswith(str(path)) for one in refused.value.problems)
    return [one.removeprefix(str(path)) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (b'{"format": "decision/1", "id": "a", "id": "b"}', ":2: id is given twice."),
        (
            b'{"format": "decision/1", "Xq7 marker": 1, "Xq7 marker": 2}',
            ":2: (a key that is no name of a fact) is given twice.",
        ),
        (b'{"format": "decision/1", "id": "caf\xe9"}', ":2: This is not text in UTF-8; save it as UTF-8."),
        (b'{"format": "decision/1", "case": ' + b"[" * 200_000, ":2: This is nested too deeply."),
        (b'{"format": "decision/1", "id": NaN}', ":2: This is not JSON: NaN is no number."),
        (b'{"format": "decision/1", "id": "' + b"a" * 1_000_000 + b'"}', ":2: This line is longer than 1 MB."),
        (b'"Xq7 marker"', ':2: Expected a decision, with "format": "decision/1".'),
        ({MARKER: 1}, ":2: (a key that is no name of a fact): There is no such field; known: id, decided_at, role, tier"),
        ({"id": MARKER}, ":2: id: Expected letters, digits and . _ : / - only"),
        ({"id": [MARKER]}, ":2: id: Expected a valid string."),
        ({"role": "manger"}, ":2: role: There is no such word; did you mean manager?"),
        ({"decided_at": MARKER}, ":2: decided_at: Expected a date and a time with its zone, as in 2026-"),
        ({"decided_at": "2026-11-25T12:00:00"}, ":2: decided_at: Expected a date and a time with its zone, as in 2026-"),
        ({"why_otherwise": MARKER}, ":2: why_otherwise: There is no such word; known: facts_not_in_the_list"),
        ({"why_otherwise": "other"}, ":2: why_otherwise is for a decision that is not what was suggested."),
        ({"case": {MARKER: "yes"}}, ":2: case: (a key that is no name of a fact): There is no such fact."),
        ({"suggested": MARKER}, ":2: suggested: Expected a mapping."),
        ({"suggested": {"statu": "settled"}}, ":2: suggested: statu: There is no such field; did you mean status?"),
    ],
)
def test_a_line_that_is_no_decision_is_told_in_a_sentence(tmp_path, wrong, said):
    good = record().to_dict()
    line = wrong if isinstance(wrong, bytes) else {**good, "id": "d-2", **wrong}
    found = refused_lines(tmp_path / "decisions.jsonl", good, line)
    assert any(one.startswith(said) for one in found), found
    assert all(one.startswith(":2: ") for one in found)


def test_an_id_that_is_given_twice_is_told_with_both_lines(tmp_path):
    good = record().to_dict()
    lines = [good, {**good, "id": "d-2"}, b"", good, {**good, "id": "d-2", "role": "nobody"}]
    twice, again, role = refused_lines(tmp_path / "decisions.jsonl", *lines)
    assert twice == ":4: id: Another decision has this id, on line 1; an id names one decision."
    assert again == ":5: id: Another decision has this id, on line 2; an id names one decision."
    assert role.startswith(":5: role: ")


def test_a_file_with_a_mark_of_its_order_of_bytes_and_other_line_ends(tmp_path):
    kept = tmp_path / "decisions.jsonl"
    lines = [json.dumps(record(id=id).to_dict()).encode() for id in ("d-1", "d-2")]
    kept.write_bytes(b"\xef\xbb\xbf" + b"\r\n\r\n".join(lines) + b"\r\n")
    assert [one.id for one in read_decisions(kept)] == ["d-1", "d-2"]


@pytest.mark.parametrize("ends_with", ["", "\n", "\r\n", "\n\n"])
def test_a_record_never_joins_a_last_line_that_was_not_ended(tmp_path, ends_with):
    kept = tmp_path / "decisions.jsonl"
    before = (json.dumps(record().to_dict()) + ends_with).encode()
    kept.write_bytes(before)
    for id in ("d-2", "d-3"):
        append_decision(kept, record(id=id))
    assert kept.read_bytes().startswith(before), "what stands in it is not touched"
    assert [one.id for one in read_decisions(kept)] == ["d-1", "d-2", "d-3"]
    assert kept.read_bytes().count(b"\n\n") == (ends_with == "\n\n")


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
