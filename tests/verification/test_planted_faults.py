"""A fault of each kind, planted behind the loader's checks, is found, and shown by a possible case."""

from dataclasses import replace

import pytest

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds import Case, Tier, load_rule_set, suggest
from thresholds.evaluation.reference import evaluate, find
from thresholds.facts.record import encode
from thresholds.language.conditions import All, AnyOf, AtStage, Comparison, Found, Not, Number, Reached, YoungerThan
from thresholds.language.rules import Advice, AdviceKind, Conclusion, Floor, Rule
from thresholds.scales import Reading, Stage
from thresholds.testing import SCALES, make_rule_set
from thresholds.verification.laws import Worlds, check_law, laws
from thresholds.verification.presence import check_counting, check_deciding, check_order, check_tiers
from thresholds.verification.results import TranslationError, Verdict

SOURCE = load_rule_set("hackney-2009").findings[0].source
MADE = Worlds()  # what is possible does not depend on the rules, and takes a while to write down
HARM, OTHER_HARM, PROTECTION, CONTEXT = "bruise_or_mark", "strangulation", "independently_mobile", "disabled"


def rule(name, when, unless=None, tier=None, **more):
    concludes = (Conclusion("tier", Tier.THREE if tier is None else tier),)
    return Rule(id=name, title=name, when=when, unless=unless, source=SOURCE, **{"concludes": concludes} | more)


SOUND = rule("sound", Found(HARM))
SOUND_SET = make_rule_set([SOUND])


def law_of(rule_set, name):
    return check_law(next(law for law in laws(rule_set) if law.id == name), MADE)


def assert_refuted(result, *, by_case=True):
    assert result.verdict is Verdict.REFUTED
    if by_case:
        shown = result.counterexamples[0]
        assert isinstance(shown.case, Case)
        assert shown.shows
        assert len(shown.case.known()) <= 4  # as few facts as may be
    return result


# Each law, with a fault that breaks it; and the sound rule set that keeps it.

LEFT_OUT = replace(make_rule_set([rule("added", Found(OTHER_HARM))]), extends=make_rule_set([SOUND]))
FLOOR = Floor(
    id="floor", title="A bruise is never below Tier 3", when=Found(HARM), unless=None, at_least=Tier.THREE, source=SOURCE
)
FAULTS = {
    "a rule that more harm lowers": ("more-harm", make_rule_set([rule("lowers", Found(HARM), Found(OTHER_HARM))])),
    "a rule that more protection raises": ("more-protection", make_rule_set([rule("raises", Found(PROTECTION))])),
    "an age rule that lowers the younger child": ("older", make_rule_set([rule("age", Found(HARM), YoungerThan(60))])),
    "a context fact that leaks": ("context", make_rule_set([rule("leaks", Found(CONTEXT))])),
    "a rule that counts for every child": ("nothing-known", make_rule_set([rule("all", YoungerThan(216))])),
    "a floor with a hole": (
        "floor/floor",
        replace(make_rule_set([rule("hole", Found(HARM), Found(PROTECTION))]), floors=(FLOOR,)),
    ),
    "a floor that speaks of nobody": (
        "floor/floor",
        replace(make_rule_set([SOUND]), floors=(replace(FLOOR, when=All((YoungerThan(-10), Found(HARM)))),)),
    ),
    "an extension that takes a rule away": ("extends", LEFT_OUT),
    "an exception that is a risk: the range is wrong": (
        "within-range",
        make_rule_set([rule("lowers", Found(HARM), Found(OTHER_HARM))]),
    ),
    "an exception that is a risk: learning widens": (
        "learning",
        make_rule_set([rule("lowers", Found(HARM), Found(OTHER_HARM))]),
    ),
    "a rule that reads how something was asked: an end is never reached": (
        "ends-reached",
        make_rule_set([rule("leaks", All((Found(HARM), Found("asked_alone_and_safely"))))]),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault):
    name, rule_set = FAULTS[fault]
    result = assert_refuted(law_of(rule_set, name), by_case="nobody" not in fault)
    assert ("speaks of no possible case" in str(result.notes)) == ("nobody" in fault)


@pytest.mark.parametrize("name", sorted({name for name, _ in FAULTS.values()}))
def test_and_without_the_fault_the_law_is_proved(name):
    sound = replace(make_rule_set([SOUND]), floors=(FLOOR,), extends=make_rule_set([]))
    assert law_of(sound, name).verdict is Verdict.PROVED


def test_a_scale_that_falls_below_another_is_found():
    raw = rule("raw", Found(HARM), concludes=(Conclusion("raw", 2),))
    assert law_of(make_rule_set([raw]), "raised-not-below-raw").verdict is Verdict.PROVED
    rule_set = make_rule_set([raw])
    vars(rule_set)["raised_with"] = {outcome.name: (outcome.name,) for outcome in SCALES}  # as if nothing were raised with it
    assert_refuted(law_of(rule_set, "raised-not-below-raw"))


def test_a_counterexample_is_what_the_interpreter_gives_too():
    rule_set = make_rule_set([rule("lowers", Found(HARM), Found(OTHER_HARM))])
    shown = law_of(rule_set, "more-harm").counterexamples[0]
    tiers = [
        find(rule_set, case.record, Reading.SUGGESTED).outcomes[rule_set.outcome_positions["tier"]]
        for case in (shown.case, shown.other)
    ]
    assert tiers[0] > tiers[1]
    assert shown.other.known().keys() >= shown.case.known().keys()


# What rules can do.


def presence(check, rule_set):
    return check(rule_set, *MADE[None])


def test_a_circle_is_found():
    one = rule("one", Reached("raw", 1), concludes=(Conclusion("raised", 1),))
    other = rule("other", Reached("raised", 1), concludes=(Conclusion("raw", 1),))
    result = check_order(make_rule_set([one, other]))
    assert result.verdict is Verdict.REFUTED
    assert "one" in result.notes[0]
    assert "other" in result.notes[0]


def test_a_dead_rule_is_found():
    reads_nothing = rule("dead", All((Reached("raw", 3), Found(HARM))))
    result = presence(check_counting, make_rule_set([SOUND, reads_nothing]))
    assert result.verdict is Verdict.REFUTED
    assert [note.split()[0] for note in result.notes] == ["dead"]


def test_a_dead_rule_of_advice_is_found():
    when = All((AtStage((Stage.UNBORN,)), Number("age_months", Comparison.AT_LEAST, 12)))
    advice = rule("never", when, concludes=(), advises=(Advice(AdviceKind.PROMPTS, "never"),))
    result = presence(check_counting, make_rule_set([SOUND], [advice]))
    assert [note.split()[0] for note in result.notes] == ["never"]


def test_a_rule_that_another_implies_is_listed():
    narrower = rule("narrower", All((Found(HARM), Found(OTHER_HARM))))
    result = presence(check_deciding, make_rule_set([SOUND, narrower]))
    assert result.verdict is Verdict.NOTED
    assert result.notes == ("narrower never decides: wherever it counts, so does sound.",)
    lower = rule("lower", AnyOf((Found(HARM), Found(OTHER_HARM))), tier=Tier.TWO_A)
    assert presence(check_deciding, make_rule_set([SOUND, lower])).verdict is Verdict.PROVED


def test_a_rule_that_others_imply_together_is_listed():
    both = rule("both", AnyOf((Found(HARM), Found(OTHER_HARM))))
    result = presence(check_deciding, make_rule_set([SOUND, rule("second", Found(OTHER_HARM)), both]))
    assert "both never decides: others together conclude as much." in result.notes


def test_a_tier_that_is_never_reached_is_said_with_the_reason():
    adult = rule("only-2a", All((Found(HARM), Found(OTHER_HARM))), tier=Tier.TWO_A)
    result = presence(check_tiers, make_rule_set([SOUND, adult]))
    assert result.verdict is Verdict.REFUTED
    assert "Tier 2B is never suggested at the stage unborn: no rule concludes it." in result.notes
    assert any("Tier 2A" in note and "(only-2a), another concludes more" in note for note in result.notes)


def test_a_rule_set_without_rules_has_nothing_that_decides_and_no_tier_but_the_lowest():
    nothing = make_rule_set([])
    assert presence(check_deciding, nothing).verdict is Verdict.PROVED
    assert presence(check_counting, nothing).verdict is Verdict.PROVED
    assert all("no rule concludes it" in note for note in presence(check_tiers, nothing).notes)


def test_a_tier_that_the_rules_come_to_and_a_status_always_withholds_is_not_reached():
    status = rule("status", YoungerThan(216), concludes=(), advises=(Advice(AdviceKind.STATUS, "not_for_this_tool"),))
    status = replace(status, when=Not(AtStage((Stage.UNBORN,))))
    result = presence(check_tiers, make_rule_set([SOUND], [status]))
    assert any("Tier 3 is never given at the stage primary" in note and "withheld" in note for note in result.notes)
    assert not any("Tier 3" in note and "unborn" in note for note in result.notes)


NOTHING = evaluate(make_rule_set([]), encode({}))


@pytest.mark.parametrize(
    ("check", "where", "says"),
    [
        (check_tiers, "given.suggest", lambda case, rule_set, engine: suggest(case, make_rule_set([]), engine)),
        (check_counting, "presence.evaluate", lambda rule_set, record: NOTHING),
        (check_deciding, "presence._without", lambda rule_set, record, left_out: ()),
    ],
)
def test_what_the_interpreter_contradicts_is_a_mistake_of_the_library(monkeypatch, check, where, says):
    monkeypatch.setattr(f"thresholds.verification.{where}", says)
    with pytest.raises(TranslationError):
        presence(check, SOUND_SET)


def test_a_law_that_the_interpreter_sees_kept_is_a_mistake_of_the_library(monkeypatch):
    broken = make_rule_set([rule("raises", Found(PROTECTION))])
    monkeypatch.setattr(
        "thresholds.verification.laws.find", lambda rule_set, record, reading: find(SOUND_SET, record, reading)
    )
    with pytest.raises(TranslationError):
        law_of(broken, "more-protection")


def test_what_the_solver_gives_up_on_is_not_called_proved(monkeypatch):
    monkeypatch.setattr("thresholds.verification.worlds.LONGEST_MS", 1)
    world = Worlds()
    rule_set = load_rule_set("hackney-2009")
    law = next(law for law in laws(rule_set) if law.id == "more-harm")
    assert check_law(law, world).verdict is Verdict.NOT_DECIDED
