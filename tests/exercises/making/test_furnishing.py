"""What stands beside a made case: something of the child where nothing else is told, and never what weighs or gainsays."""

import random
from collections import Counter

import pytest

from thresholds import Stage, Tier, load_rule_set, suggest
from thresholds.exercises.making import furnishing as making
from thresholds.exercises.making.beside import ABOUT_THE_CHILD, SENT_BY
from thresholds.exercises.making.furnishing import Furnishing
from thresholds.exercises.making.near_case import NearCase

RULES = load_rule_set("hackney-2011")


def bare_pair(months, fact, **more):
    """A case with nothing but what is not so, and another with one thing in it."""
    denied = dict.fromkeys(RULES.required[Stage.at(months)], "no") | {"asked_alone_and_safely": "yes", **more}
    return NearCase(*(suggest({"age_months": months, **denied, fact: answer}) for answer in ("no", "yes")), fact)


@pytest.mark.parametrize("months", [-4, 2, 10, 30, 90, 150, 200])
def test_where_nothing_is_found_one_to_three_things_about_the_child_are_told(months):
    furnishing = Furnishing(RULES, random.Random(1))
    pair = bare_pair(months, "debt_or_low_income")
    ways = Counter()
    for _ in range(40):
        furnished = furnishing.furnished(pair)
        told = set(furnished.here.case.known()) - set(pair.here.case.known())
        things = {"help_offered" if name == "engagement" else name for name in told}
        assert 1 <= len(things) <= 3
        assert things != {"referral_source"}  # who sends it says nothing of the child
        ways.update(things)
    assert len(ways) >= 4


def test_what_would_be_gainsaid_or_weighs_something_is_not_put_beside():
    furnishing = Furnishing(RULES, random.Random(1))
    of = {next(iter(one.answers.items())): one for one in (*ABOUT_THE_CHILD, *SENT_BY)}
    helping, rolling = of["family_and_friends_help", "yes"], of["independently_mobile", "yes"]
    pair = bare_pair(10, "debt_or_low_income")
    assert furnishing._with(pair, helping).here.case.family_and_friends_help == 1
    assert furnishing._with(bare_pair(10, "family_isolated"), helping) is None
    assert furnishing._with(pair, rolling).there.case.independently_mobile == 1
    assert furnishing._with(bare_pair(8, "debt_or_low_income"), rolling) is None  # before the age from which it is told
    mark = NearCase(suggest({"age_months": 10}), suggest({"age_months": 10, "bruise_or_mark": "yes"}), "bruise_or_mark")
    assert mark.there.tier is Tier.THREE
    assert furnishing._with(mark, rolling) is None  # there it would weigh something
    housing = of["housing_service", "contributing"]
    assert furnishing._with(pair, housing) is not None
    assert furnishing._with(bare_pair(10, "basic_care_minor", home_or_money_concern="no"), housing) is None
    assert furnishing._with(furnishing._with(pair, of["referral_source", "gp"]), of["referral_source", "family"]) is None
    assert furnishing._with(pair, of["referral_source", "school"]) is None


def test_things_stand_beside_now_and_then_where_something_is_found():
    furnishing = Furnishing(RULES, random.Random(1))
    pair = bare_pair(100, "debt_or_low_income", low_mood_or_anxiety="yes", behaviour_or_feelings_concern="yes")
    furnished = sum(furnishing.furnished(pair) is not pair for _ in range(100))
    assert 10 <= furnished <= 60


def test_where_nothing_fits_beside_a_bare_case_it_is_no_case(monkeypatch):
    furnishing = Furnishing(RULES, random.Random(1))
    full = bare_pair(100, "debt_or_low_income", low_mood_or_anxiety="yes", behaviour_or_feelings_concern="yes")
    monkeypatch.setattr(making, "ABOUT_THE_CHILD", ())
    assert furnishing.furnished(bare_pair(100, "debt_or_low_income")) is None
    assert all(furnishing.furnished(full) is not None for _ in range(10))
