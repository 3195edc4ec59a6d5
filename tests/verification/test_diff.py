"""What changed between two rule sets, in words and by the cases that change tier."""

from dataclasses import replace

import pytest

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds import Tier, load_rule_set
from thresholds.evaluation.reference import find
from thresholds.language.conditions import All, Counted, Found
from thresholds.language.rules import Conclusion, Rule
from thresholds.scales import Reading
from thresholds.testing import make_rule_set
from thresholds.verification.diff import diff
from thresholds.verification.differences import differences
from thresholds.verification.moves import moves
from thresholds.verification.results import TranslationError

MODEL, BY_STAGE = load_rule_set("hackney-2009"), load_rule_set("hackney-2011")
SOURCE = MODEL.findings[0].source


def rule(when, tier=Tier.TWO_B, name="r"):
    return Rule(id=name, title=name, when=when, concludes=(Conclusion("tier", tier),), source=SOURCE)


ONE = make_rule_set([rule(Counted("incidents_12_months", 3))])
SOONER = make_rule_set([rule(Counted("incidents_12_months", 2), Tier.THREE)])


def tier(rule_set, case):
    return find(rule_set, case.record, Reading.SUGGESTED).outcomes[rule_set.outcome_positions["tier"]]


def test_every_direction_is_shown_by_cases_that_the_interpreter_gives_too():
    found = moves(ONE, SOONER)
    assert [(move.before, move.after) for move in found.moves] == [(Tier.ONE, Tier.THREE), (Tier.TWO_B, Tier.THREE)]
    for move in found.moves:
        for case in move.witnesses:
            assert (tier(ONE, case), tier(SOONER, case)) == (move.before, move.after)
            assert set(case.known()) <= {"incidents_12_months", "violence_at_home"}


def test_that_no_case_changes_is_proved():
    twice = make_rule_set([*ONE.findings, rule(All((Counted("incidents_12_months", 4), Found("strangulation"))), name="more")])
    assert moves(ONE, twice).moves == ()
    assert "No possible case changes its suggested tier: this is proved." in diff(ONE, twice).text()
    assert diff(ONE, twice).to_dict()["tier"]["proved_unchanged"] is True


def test_the_other_way_round_the_directions_are_turned():
    there, back = (
        {(move.before, move.after) for move in moves(*pair).moves} for pair in ((MODEL, BY_STAGE), (BY_STAGE, MODEL))
    )
    assert there == {(after, before) for before, after in back}
    assert all(before < after for before, after in there)


def test_witnesses_of_one_direction_rest_on_different_facts():
    for move in moves(MODEL, BY_STAGE).moves:
        rests = [frozenset(case.known()) - {"age_months"} for case in move.witnesses]
        assert all(not one <= other for one in rests for other in rests if one is not other)


def test_what_changed_is_said_in_words():
    found = differences(ONE, SOONER)
    assert [one.id for one in found.changed] == ["r"]
    said = {change.what: (change.before, change.after) for change in found.changed[0].changes}
    assert said.keys() == {"when", "then"}
    assert said["when"][0].endswith("3 or more")
    assert said["then"] == ("Tier 2B", "Tier 3")


def test_rules_and_floors_added_and_removed_are_listed():
    assert {one.id for one in differences(MODEL, BY_STAGE).added} == {
        one.id for one in (*BY_STAGE.findings, *BY_STAGE.advice, *BY_STAGE.floors)
    } - {one.id for one in (*MODEL.findings, *MODEL.advice, *MODEL.floors)}
    fewer = replace(BY_STAGE, floors=BY_STAGE.floors[1:])
    assert [one.id for one in differences(BY_STAGE, fewer).removed] == [BY_STAGE.floors[0].id]
    assert differences(BY_STAGE, BY_STAGE).is_none


def test_without_the_solver_the_words_are_still_there():
    shown = diff(MODEL, BY_STAGE, ask_solver=False)
    assert shown.moves is None
    assert "install safeguarding-thresholds[verify]" in shown.text()
    assert "stage-left-alone-under-5" in shown.text()


def test_what_else_changes_is_said_and_what_was_not_decided_is_not_called_unchanged():
    found = moves(MODEL, BY_STAGE)
    assert found.ends
    assert "route" in found.others
    assert found.is_decided
    undecided = diff(ONE, ONE)
    object.__setattr__(undecided.moves, "is_decided", False)
    assert "Nor does anything else change" not in undecided.text()
    assert "could not decide" in undecided.text()


def test_a_solver_that_the_interpreter_contradicts_is_a_mistake_of_the_library(monkeypatch):
    monkeypatch.setattr("thresholds.verification.moves.find", lambda rule_set, record, reading: find(ONE, record, reading))
    with pytest.raises(TranslationError):
        moves(ONE, SOONER)
