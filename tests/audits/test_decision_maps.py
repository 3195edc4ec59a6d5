"""Decision maps: those that are shipped, every kind of bad map, and what becomes of the decisions of an audit."""

import json

import pytest

from thresholds import Basis, Tier
from thresholds.audits.audited import AuditedCase, TierHeld
from thresholds.audits.decision_maps import DecisionMapError, load_decision_map, read_off, shipped_decision_maps
from thresholds.audits.files import AuditError, read_audit

MARKER = "Xq7-marker"
GOOD = """\
id: ours
title: Ours
about: Made up.
decisions:
  - {decision: Taken on, also: [Accepted], tier: 3, basis: practice, note: Why.}
  - {decision: Early help, lowest: 2A, highest: 2B, basis: other-board, note: Why.}
  - {decision: Passed on, lowest: 1, highest: 2B, basis: practice, note: Why.}
  - {decision: Closed, says: nothing, basis: practice, note: Why.}
"""


@pytest.fixture
def written(tmp_path):
    def give(text=GOOD, name="ours.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return give


@pytest.fixture
def ours(written):
    return load_decision_map(written())


def audited(id, decision=None, held=None):
    return AuditedCase(id=id, process="triage", case={}, decision=decision, held=held)


@pytest.mark.parametrize("name", shipped_decision_maps())
def test_each_shipped_map_is_good_and_named_after_its_file(name):
    found = load_decision_map(name)
    assert found.id == name
    assert found.decisions
    assert all(len(one.note) > 20 for one in found.decisions)


@pytest.mark.parametrize(
    ("name", "decision", "held"),
    [
        ("ssd-contacts", "No Further Action", None),
        ("ssd-contacts", "Information and Advice", None),
        ("ssd-contacts", "EH Referral", TierHeld.TWO),
        ("ssd-contacts", "CIN Referral", None),
        ("ssd-referrals", "Step-down to Early Help", TierHeld.TWO),
        ("ssd-referrals", "Assessment required", None),
        ("ssd-referrals", "Strategy discussion and/or Section 47 enquiry", TierHeld.THREE),
        ("annex-a-referrals", "a) Yes", None),
        ("annex-a-referrals", "b) No", None),
        ("hackney-mash-2021", "Young Hackney", TierHeld.TWO),
    ],
)
def test_what_the_shipped_maps_say(name, decision, held):
    assert load_decision_map(name).find(decision).held is held


def test_no_further_action_never_says_tier_1():
    for name in shipped_decision_maps():
        for one in load_decision_map(name).decisions:
            if any(word == "NFA" or "no further action" in word.lower() for word in one.words):
                assert (one.lowest, one.highest) == (None, None), (name, one.words)


def test_a_good_map(ours):
    assert (ours.id, ours.title, ours.about) == ("ours", "Ours", "Made up.")
    assert ours.words == ("Taken on", "Accepted", "Early help", "Passed on", "Closed")
    assert ours.find(" taken  ON ") is ours.find("accepted") is ours.decisions[0]
    assert ours.find("taken") is None
    assert [one.held for one in ours.decisions] == [TierHeld.THREE, TierHeld.TWO, None, None]
    assert (ours.decisions[2].lowest, ours.decisions[2].highest) == (Tier.ONE, Tier.TWO_B)
    assert ours.decisions[1].basis is Basis.OTHER_BOARD
    assert [one.in_words for one in ours.decisions] == [
        "says Tier 3",
        "says a tier from 2A to 2B",
        "says a tier from 1 to 2B",
        "says nothing of the tier",
    ]


def test_where_a_case_with_a_decision_may_have_been_held(ours):
    allowed = [{held.value for held in TierHeld if one.allows(held)} for one in ours.decisions]
    assert allowed == [{"3", "2 with 3"}, {"2A", "2B", "2", "2 with 3"}, {"1", "2A", "2B", "2", "2 with 3"}, set(TierHeld)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: ours\n", "", ":1:1: The map has no id."),
        ("about: Made up.\n", "abuot: Made up.\n", ":3:1: Unknown key abuot in a decision map; did you mean about?"),
        ("title: Ours", "title: [1]", ":2:8: title has to be a text."),
        ("tier: 3", "tier: 2", ":5:50: Expected a tier: 1, 2A, 2B or 3."),
        ("tier: 3", "tier: 3, lowest: 1", ":5:5: Expected tier, or lowest and highest, or says: nothing; and one of these"),
        ("tier: 3, ", "", ":5:5: Expected tier, or lowest and highest, or says: nothing; and one of these only."),
        ("highest: 2B, basis: other", "basis: other", ":6:5: Expected tier, or lowest and highest, or says: nothing"),
        ("lowest: 2A, highest: 2B", "lowest: 3, highest: 2B", ":6:5: The lowest tier is above the highest."),
        ("says: nothing", "says: 1", ":8:5: Expected says: nothing."),
        ("basis: other-board", "basis: other board", ":6:60: Unknown basis other board; did you mean other-board?"),
        ("basis: other-board, ", "", ":6:5: A decision has no basis."),
        ("note: Why.}\n  - {decision: Closed", "}\n  - {decision: Closed", ":7:5: A decision has no note."),
        ("decision: Closed", "decision: accepted", ":8:5: This decision is in the map already, on line 5: keep one."),
        ("decision: Closed, ", "", ":8:5: A decision has no decision."),
        ("tier: 3", "teir: 3", ":5:44: Unknown key teir in a decision; did you mean tier?"),
        ("id: ours", "id: ours\nid: again", ":2:1: id is given twice; first on line 1."),
        ("  - {decision: Closed", "  - Closed\n  - {decision: Shut", ":8:5: a decision has to be a mapping"),
    ],
)
def test_a_bad_map(written, old, new, said):
    assert old in GOOD
    path = written(GOOD.replace(old, new))
    with pytest.raises(DecisionMapError) as caught:
        load_decision_map(path)
    found = [one.removeprefix(str(path)) for one in caught.value.problems]
    assert any(one.startswith(said) for one in found), found


def test_every_mistake_of_a_map_at_once(written):
    path = written(
        GOOD.replace("tier: 3", "tier: 4").replace("basis: other-board", "basis: none").replace("id: ours", "id: []")
    )
    with pytest.raises(DecisionMapError) as caught:
        load_decision_map(path)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is empty: expected a decision map"),
        ("# nothing\n", "This is empty: expected a decision map"),
        ("- 1\n", ":1:1: a decision map has to be a mapping"),
        (b"\xff\xfe", "This is not text in UTF-8"),
        ("{", "This is not YAML that can be read"),
        ("id: a\ntitle: b\nabout: c\ndecisions: []\n", "There is no decision in this map."),
    ],
)
def test_what_is_no_map(written, text, said):
    with pytest.raises(DecisionMapError, match=said.replace("(", r"\(")):
        load_decision_map(written(text))


def test_a_map_that_is_not_there(tmp_path):
    with pytest.raises(KeyError, match="did you mean ssd-contacts"):
        load_decision_map("ssd-contact")
    with pytest.raises(DecisionMapError, match="cannot be read"):
        load_decision_map(tmp_path / "none.yaml")


# What becomes of the decisions of an audit.


def test_the_tier_held_is_read_off_where_the_decision_tells_one(ours):
    given = [
        audited("a", "Accepted"),
        audited("b", "EARLY help"),
        audited("c", "Passed on"),
        audited("d", "Closed"),
        audited("e"),
    ]
    cases, notes, problems = read_off([*given, audited("f", "Closed")], ours)
    assert [case.held for case in cases] == [TierHeld.THREE, TierHeld.TWO, None, None, None, None]
    assert [case.decision for case in cases] == ["Accepted", "EARLY help", "Passed on", "Closed", None, "Closed"]
    assert problems == ()
    assert notes == (
        "1 case with the decision Taken on: the tier held was read off it, 3 (map ours; practice: confirm locally).",
        "1 case with the decision Early help: the tier held was read off it, 2 (map ours; another board's).",
        "1 case with the decision Passed on, which says a tier from 1 to 2B: the tier held is not known.",
        "2 cases with the decision Closed, which says nothing of the tier: the tier held is not known.",
    )


def test_a_tier_held_that_is_recorded_stands(ours):
    cases, notes, problems = read_off([audited("a", "Accepted", "2A"), audited("b", "Early help", "2B")], ours)
    assert [case.held for case in cases] == [TierHeld.TWO_A, TierHeld.TWO_B]
    assert notes == ("1 case held where by the map ours the decision does not lead (a): the tier held stands as recorded.",)
    assert problems == ()


def test_without_a_map_a_decision_is_kept_and_told():
    given = (audited("a", "Accepted"), audited("b", "Accepted", "3"), audited("c"))
    cases, notes, problems = read_off(given, None)
    assert (cases, problems) == (given, ())
    assert notes == ("1 case has a decision and no tier held: a decision map may tell it.",)
    assert read_off(given[1:], None)[1] == ()


@pytest.mark.parametrize("name", ["audit.csv", "audit.jsonl"])
def test_a_decision_that_the_map_does_not_know_is_refused_with_its_place(tmp_path, ours, name):
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text(f"id,process,decision\na,b,Taken\nc,b,Closed\nd,b,{MARKER}\n")
        places = ["row 2", "row 4"]
    else:
        lines = [{"id": id, "process": "b", "case": {}, "decision": one} for id, one in [("a", "Taken"), ("d", MARKER)]]
        path.write_text("\n".join(json.dumps(line) for line in lines))
        places = ["1", "2"]
    with pytest.raises(AuditError) as caught:
        read_audit(path, decisions=ours)
    between = ": " if name.endswith("csv") else ":"
    assert caught.value.problems == (
        f"{path}{between}{places[0]}: decision: The map ours has no such decision; did you mean Taken on?",
        f"{path}{between}{places[1]}: decision: The map ours has no such decision; "
        "known: Taken on, Accepted, Early help, Passed on, Closed",
    )


def test_an_audit_read_with_a_map(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,process,Decision\na,mash,EH Referral\nb,mash,NFA\n")
    audit = read_audit(path, decisions=load_decision_map("ssd-contacts"))
    assert [case.held for case in audit.cases] == [TierHeld.TWO, None]
    assert len(audit.notes) == 2
    again = tmp_path / "again.jsonl"
    again.write_text("\n".join(json.dumps(case.to_dict()) for case in audit.cases))
    assert read_audit(again).cases == audit.cases
