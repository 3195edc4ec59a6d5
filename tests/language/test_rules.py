"""Rule sets as values: their order of evaluation, their digest, their dates, and their conditions in words."""

import datetime as dt
from dataclasses import replace

import pytest

from thresholds import load_rule_set
from thresholds.language.conditions import All, AnyOf, AtLeastOf, Counted, Found, Includes, Not, Reached, YoungerThan
from thresholds.language.rules import Advice, AdviceKind, CircleError, Citation, Conclusion, Rule
from thresholds.language.words import conclusions_in_words, in_words
from thresholds.scales import Basis
from thresholds.testing import make_rule_set

SOURCE = Citation("tests", "nowhere", Basis.PRACTICE)
LATEST = load_rule_set("hackney-2011")
OUTCOMES = {outcome.name: outcome for outcome in LATEST.outcomes}


def rule(name, when, *concludes):
    return Rule(id=name, title=name, when=when, concludes=tuple(Conclusion(*one) for one in concludes), source=SOURCE)


FIRST = rule("first", Found("basic_care_poor"), ("raw", 2))
SECOND = rule("second", Reached("raised", 2), ("tier", 3))
THIRD = rule("third", All((Found("warmth_lacking"), Reached("tier", 1))), ("routes", 0))


def test_a_rule_comes_after_those_it_waits_for_whatever_the_order_they_are_written_in():
    assert make_rule_set([THIRD, SECOND, FIRST]).steps == ((2,), (1,), (0,))
    assert make_rule_set([FIRST, SECOND, THIRD]).steps == ((0,), (1,), (2,))


def test_rules_in_a_circle_are_named():
    circle = [rule("one", Includes("routes", 0), ("raw", 1)), THIRD, SECOND]
    with pytest.raises(CircleError) as error:
        _ = make_rule_set(circle).steps
    assert {"one", "second", "third"} == set(error.value.rules)


def test_a_scale_carries_those_that_never_stand_below_it():
    assert LATEST.raised_with["dv_evidence"] == ("dv_evidence", "dv_scale", "dv_scale_for_child")
    assert LATEST.raised_with["tier"] == ("tier",)


def test_the_digest_follows_the_meaning_alone():
    digest = make_rule_set([FIRST, SECOND]).digest
    assert make_rule_set([SECOND, FIRST]).digest == digest
    assert make_rule_set([replace(FIRST, line=9, file="x.yaml", examples=()), SECOND]).digest == digest
    assert make_rule_set([FIRST]).digest != digest
    assert make_rule_set([replace(FIRST, when=Found("basic_care_poor", True)), SECOND]).digest != digest
    assert make_rule_set([replace(FIRST, concludes=(Conclusion("raw", 1),)), SECOND]).digest != digest
    assert load_rule_set("hackney-2009").digest != LATEST.digest
    assert digest.startswith("sha256:")


def test_dated_advice_is_given_as_of_the_day_of_the_pathways():
    ended = Rule(
        id="ended",
        title="ended",
        when=Found("basic_care_poor"),
        advises=(Advice(AdviceKind.PROMPTS, "x"),),
        source=SOURCE,
        valid_to=dt.date(2011, 7, 31),
    )
    rule_set = make_rule_set([], [ended])
    assert rule_set.current_advice == ()
    assert replace(rule_set, pathways_on=dt.date(2011, 7, 31)).current_advice == (ended,)


def test_conditions_read_aloud():
    condition = All(
        (
            Found("basic_care_poor", confirmed=True),
            AtLeastOf(2, (Found("warmth_lacking"), Counted("incidents_12_months", 4), YoungerThan(84))),
            AnyOf((Reached("dv_scale", 3), Not(Includes("concerns", 2)))),
        )
    )
    assert list(in_words(condition, OUTCOMES)) == [
        (0, "all of these:"),
        (1, "food, warmth, hygiene or clothing are often not good enough (known, not only suspected)"),
        (1, "2 or more of these:"),
        (2, "there is little warmth, interest or praise for the child"),
        (2, "incidents of violence at home in the last 12 months: 4 or more"),
        (2, "the child is under 7 years, or unborn"),
        (1, "any of these:"),
        (2, "DVRIM scale 3 or higher"),
        (2, "not: concerns about includes family"),
    ]


def test_conclusions_read_aloud():
    concludes = (Conclusion("tier", 3), Conclusion("routes", 1), Conclusion("routes", 3))
    assert conclusions_in_words(concludes, OUTCOMES) == "Tier 3; route: child in need, consult"


@pytest.mark.parametrize("found", LATEST.rules.values(), ids=LATEST.rules)
def test_every_shipped_rule_can_be_read_aloud(found):
    assert all(line for _, line in in_words(found.when, OUTCOMES))
