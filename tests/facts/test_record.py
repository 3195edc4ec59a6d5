"""How the answers of a case are read together: gates, stages, what establishes a no, and answers that disagree."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from thresholds import FACTS, Case
from thresholds.facts.record import POSITIONS, conflicts, encode
from thresholds.facts.vocabulary import Polarity
from thresholds.testing import answers_to, values

brief = settings(max_examples=200, deadline=None, derandomize=True)


def read(fact, **facts):
    """How a fact stands in the record of a case: None, or a small integer."""
    return Case(**facts).record[POSITIONS[fact]]


def test_what_is_not_given_is_open():
    assert read("strangulation") is None


def test_a_gate_answered_no_answers_what_hangs_on_it():
    asked = {"violence_at_home": "no", "asked_alone_and_safely": "yes"}
    assert read("strangulation", **asked) == 0
    assert read("severe_neglect", care_concern="no", age_months=30) == 0


def test_a_gate_answered_no_says_nothing_of_what_protects():
    asked = {"violence_at_home": "no", "asked_alone_and_safely": "yes"}
    assert read("carer_uses_help", **asked) is None
    assert read("independently_mobile", hurt_or_ill_treated="no", age_months=8) is None


def test_a_no_that_nothing_establishes_is_not_known():
    assert read("violence_at_home", violence_at_home="no") is None
    assert read("strangulation", violence_at_home="no") is None
    assert read("violence_at_home", violence_at_home="no", asked_alone_and_safely="no") is None
    assert read("coercive_control", violence_at_home="yes", coercive_control="no") is None
    assert read("coercive_control", violence_at_home="yes", coercive_control="no", asked_alone_and_safely="yes") == 0


def test_something_found_behind_a_gate_answered_no_counts():
    facts = {"violence_at_home": "no", "asked_alone_and_safely": "yes", "weapon_used_or_threatened": "suspected"}
    assert read("weapon_used_or_threatened", **facts) == 1
    assert read("violence_at_home", **facts) == 1
    assert read("strangulation", **facts) is None, "the gate closes nothing any more"
    assert ("violence_at_home", "weapon_used_or_threatened") in [one.facts for one in Case(**facts).conflicts]


def test_a_gate_is_at_least_as_sure_as_what_hangs_on_it():
    assert read("violence_at_home", strangulation="suspected") == 1
    assert read("violence_at_home", strangulation="yes", violence_at_home="suspected") == 2
    assert read("violence_at_home", incidents_12_months=2) == 2, "an incident counted is known"


def test_what_is_not_asked_at_a_stage_is_answered_no_and_an_answer_given_counts():
    assert read("sexually_active", age_months=30) == 0
    facts = {"age_months": 30, "sexually_active": "yes"}
    assert read("sexually_active", **facts) == 2
    assert [one.facts for one in Case(**facts).conflicts] == [("sexually_active",)]


def test_with_the_age_not_known_every_stage_is_open():
    assert read("sexually_active") is None
    assert read("pregnancy_concern") is None


def test_what_undoes_a_protection_sets_it_aside():
    facts = {"separated_over_12_months": "yes", "contact_dispute": "suspected"}
    assert read("separated_over_12_months", **facts) == 0
    assert ("separated_over_12_months", "contact_dispute") in [one.facts for one in Case(**facts).conflicts]
    assert read("contact_dispute", separated_over_12_months="yes") == 0, "a protection that stands says there is none"


def test_answers_that_disagree_are_listed():
    facts = {"incidents_12_months": 0, "incidents_ever_before": 0, "strangulation": "yes"}
    assert any("incident" in one.reading for one in Case(**facts).conflicts)
    control = {"incidents_12_months": 0, "incidents_ever_before": 0, "coercive_control": "yes"}
    assert Case(**control).conflicts == (), "control needs no incident"


def test_a_case_that_agrees_with_itself_has_no_conflicts():
    assert Case(age_months=30, violence_at_home="yes", asked_alone_and_safely="yes", strangulation="no").conflicts == ()


@brief
@given(values(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(known, chance):
    names = list(known)
    chance.shuffle(names)
    shuffled = {name: known[name] for name in names}
    assert encode(shuffled) == encode(known)
    assert conflicts(shuffled) == conflicts(known)


@brief
@given(values())
def test_a_risk_that_is_found_is_never_lost(known):
    record = encode(known)
    for name, value in known.items():
        if value and FACTS[name].polarity is Polarity.RISK:
            assert (record[POSITIONS[name]] or 0) >= value


@brief
@given(st.data())
def test_any_answers_make_a_record(data):
    chance = random.Random(data.draw(st.integers(0, 9_999)))
    names = chance.sample(sorted(FACTS), 30)
    known = {name: data.draw(answers_to(FACTS[name])) for name in names[:8]}
    record = encode(known)
    assert len(record) == len(FACTS)


def test_a_vulnerability_is_no_violence():
    asked = {"violence_at_home": "no", "asked_alone_and_safely": "yes"}
    for name in ("contact_dispute", "separation_recent_or_planned", "victim_pregnant_or_baby_under_one", "harmed_adult_young"):
        assert read("violence_at_home", **asked, **{name: "yes"}) == 0
        assert Case(**asked, **{name: "yes"}).conflicts == ()
        assert read("violence_at_home", violence_at_home="suspected", **{name: "yes"}) == 1
