"""What may stand beside the facts of a made case and weighs nothing."""

import pytest

from thresholds import FACTS, Case, Stage
from thresholds.exercises.making import beside
from thresholds.exercises.making.beside import ABOUT_THE_CHILD, SENT_BY, Beside
from thresholds.facts.vocabulary import Polarity

HELP = Beside({"family_and_friends_help": "yes"}, (Stage.INFANT, Stage.EARLY_YEARS), 6, frozenset({"family_isolated"}))


@pytest.mark.parametrize(
    ("known", "may"),
    [
        ({"age_months": 6}, True),
        ({"age_months": 5}, False),
        ({"age_months": 60}, False),
        ({"age_months": 6, "family_and_friends_help": "yes"}, False),
        ({"age_months": 6, "family_isolated": "suspected"}, False),
        ({"age_months": 6, "family_isolated": "no"}, True),
    ],
)
def test_where_a_thing_may_stand(known, may):
    assert HELP.may_stand_in(known) is may


def test_what_a_no_would_gainsay_stands_not_beside_it():
    housing = Beside({"housing_service": "contributing"}, not_where_denied=frozenset({"home_or_money_concern"}))
    assert housing.may_stand_in({"age_months": 6, "home_or_money_concern": "yes"})
    assert not housing.may_stand_in({"age_months": 6, "home_or_money_concern": "no"})


def test_what_is_not_asked_at_a_stage_is_not_told_there():
    assert not Beside({"other_safe_adult": "yes"}).may_stand_in({"age_months": -3})


@pytest.mark.parametrize("one", [*ABOUT_THE_CHILD, *SENT_BY], ids=lambda one: " ".join(one.answers.values()))
def test_each_can_be_told_somewhere_is_no_risk_and_names_facts(one):
    assert any(one.may_stand_in({"age_months": stage.months[1]}) for stage in one.stages)
    assert not Case(**one.answers).conflicts
    assert not any(FACTS[name].polarity is Polarity.RISK for name in one.answers)
    assert one.not_beside | one.not_where_denied <= set(FACTS)


def test_at_each_stage_there_are_several_that_are_about_the_child():
    for stage in Stage:
        assert sum(one.may_stand_in({"age_months": stage.months[1]}) for one in ABOUT_THE_CHILD) >= 3
    assert "referral_source" not in {name for one in ABOUT_THE_CHILD for name in one.answers}
    assert "referral_source" in beside.TOLD_LAST
