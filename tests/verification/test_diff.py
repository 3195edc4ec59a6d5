"""What changed between two rule sets, in words and by the cases that change tier."""

from dataclasses import replace

import pytest

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds import Stage, Tier, load_rule_set, suggest
from thresholds.language.conditions import All, AtStage, Counted, Found
from thresholds.language.rules import Advice, AdviceKind, Collection, Conclusion, Rule, Scale
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
    return suggest(case, rule_set, "reference").tier


def test_every_direction_is_shown_by_cases_that_the_interpreter_gives_too():
    found = moves(ONE, SOONER)
    directions = [(move.before, move.after) for move in found.moves]
    assert directions == [(None, Tier.THREE), (Tier.ONE, Tier.THREE), (Tier.TWO_B, Tier.THREE)]
    for move in found.moves:
        for case in move.witnesses:
            assert (tier(ONE, case), tier(SOONER, case)) == (move.before, move.after)
            assert set(case.known()) <= {"incidents_12_months", "violence_at_home", "age_months"}


def test_that_no_case_changes_is_proved():
    twice = make_rule_set([*ONE.findings, rule(All((Counted("incidents_12_months", 4), Found("strangulation"))), name="more")])
    assert moves(ONE, twice).moves == ()
    assert "The same tier is suggested of every possible case, or none by both: this is proved." in diff(ONE, twice).text()
    assert diff(ONE, twice).to_dict()["tier"]["proved_unchanged"] is True


def test_the_other_way_round_the_directions_are_turned():
    there, back = (
        {(move.before, move.after) for move in moves(*pair).moves} for pair in ((MODEL, BY_STAGE), (BY_STAGE, MODEL))
    )
    assert there == {(after, before) for before, after in back}
    assert all(after is not None and (before is None or before < after) for before, after in there)


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
    assert "install safeguarding-thresholds[verify]" in " ".join(shown.text().split())
    assert "stage-left-alone-under-5" in shown.text()


def test_what_else_changes_is_said():
    found = moves(MODEL, BY_STAGE)
    assert {"an end of the range", "route"} <= set(found.others)
    assert (found.not_compared, found.is_decided) == ((), True)


def test_what_the_solver_gives_up_on_is_not_called_unchanged(monkeypatch):
    monkeypatch.setattr("thresholds.verification.worlds.LONGEST_MS", 1)
    shown = diff(MODEL, BY_STAGE)
    assert not shown.moves.is_decided
    assert "could not decide" in shown.text()
    assert "proved" not in shown.text()


# A tier that is withheld, and what two rule sets do not declare alike.


def with_status(text):
    advice = Rule(
        id="status",
        title="status",
        when=AtStage((Stage.INFANT,)),
        advises=(Advice(AdviceKind.STATUS, text),),
        source=SOURCE,
    )
    return replace(ONE, advice=(advice,))


def test_a_status_that_withholds_the_tier_is_a_change_of_tier():
    found = moves(ONE, with_status("not_for_this_tool"))
    assert {move.after for move in found.moves} == {None}
    assert {move.before for move in found.moves} == {Tier.ONE, Tier.TWO_B}
    assert all(case.stage is Stage.INFANT for move in found.moves for case in move.witnesses)
    assert moves(ONE, with_status("act_first")).moves == ()


def test_what_has_to_be_known_first_is_a_change_of_tier():
    asks_more = replace(ONE, required={Stage.INFANT: ("harm_likely",)})
    (move,) = moves(ONE, asks_more).moves
    assert (move.before, move.after) == (Tier.ONE, None)


def concluding(outcomes, outcome, value):
    one = replace(rule(Found("strangulation")), concludes=(Conclusion(outcome, value),))
    return replace(make_rule_set([one]), outcomes=outcomes)


TIERS = make_rule_set([]).outcomes[3]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Scale("x", ("low", "mid", "high")), Scale("x", ("low", "high"))),
        (Collection("x", ("child", "family")), Collection("x", ("family", "child"))),
        (Collection("x", ("child", "family")), Collection("x", ("child", "family", "parenting"))),
        (Collection("x", ("child",)), Scale("x", ("child", "family"))),
        (Collection("x", ("child",)), Collection("y", ("child",))),
    ],
)
def test_what_is_not_declared_alike_is_never_called_unchanged(before, after):
    one, other = (concluding((TIERS, outcome), outcome.name, 0) for outcome in (before, after))
    shown = diff(one, other)
    assert "x" in shown.moves.not_compared
    assert "no set changes either" not in shown.text()
    assert not shown.differences.is_none


def test_what_a_scale_is_raised_by_and_what_a_gap_judges_are_differences():
    raised = tuple(replace(one, at_least=()) if isinstance(one, Scale) else one for one in ONE.outcomes)
    assert [change.what for change in differences(ONE, replace(ONE, outcomes=raised)).declared] == ["scales and sets"]
    gap = Rule(
        id="gap",
        title="gap",
        when=Found("strangulation"),
        advises=(Advice(AdviceKind.REFERRAL_GAPS, "Say more.", "a day", "a panel"),),
        source=SOURCE,
    )
    judging = replace(gap, advises=(replace(gap.advises[0], judges=True),))
    other_panel = replace(gap, advises=(replace(gap.advises[0], expected_response="a day a", panel="panel"),))
    for other in (judging, other_panel):
        assert not differences(replace(ONE, advice=(gap,)), replace(ONE, advice=(other,))).is_none


def test_a_solver_that_the_interpreter_contradicts_is_a_mistake_of_the_library(monkeypatch):
    monkeypatch.setattr("thresholds.verification.given.suggest", lambda case, rule_set, engine: suggest(case, ONE, engine))
    with pytest.raises(TranslationError):
        moves(ONE, SOONER)
