"""Whether a made case gainsays itself."""

import pytest

from thresholds import FACTS
from thresholds.exercises.making import gainsaid
from thresholds.exercises.making.gainsaid import gainsays_itself, is_gainsaid


@pytest.mark.parametrize(
    ("answers", "does"),
    [
        ({"care_concern": "no", "substance_affects_care": "yes"}, True),
        ({"care_concern": "no", "substance_affects_care": "suspected"}, True),
        ({"care_concern": "no", "substance_affects_care": "no"}, False),
        ({"care_concern": "yes", "substance_affects_care": "yes"}, False),
        ({"history_of_concern": "no", "order_breaches": 1}, True),
        ({"history_of_concern": "no", "order_breaches": 0}, False),
        ({"violence_at_home": "no", "contact_dispute": "yes"}, True),  # asked after it, and it speaks of the harmed adult
        ({"hurt_or_ill_treated": "no", "mark_recorded_at_birth": "yes"}, True),
        ({"hurt_or_ill_treated": "no", "independently_mobile": "yes"}, False),  # as true of any baby
        ({"violence_at_home": "no", "other_safe_adult": "yes", "family_and_friends_help": "yes"}, False),
        ({"violence_at_home": "no", "bond_with_safe_carer": "yes"}, True),  # that carer is called the one who is not abusing
        ({"care_concern": "no", "months_of_concern": 3}, True),
        ({"care_concern": "no", "months_of_concern": 3, "slides_back": "yes"}, True),
        ({"care_concern": "no", "months_of_concern": 3, "debt_or_low_income": "yes"}, False),
        ({"months_of_concern": 3}, False),
        ({"care_concern": "no", "age_months": 40}, False),
    ],
)
def test_what_is_answered_no_beside_what_says_otherwise(answers, does):
    assert gainsays_itself(answers) is does


def test_one_question_is_gainsaid_by_what_is_found_alone():
    assert is_gainsaid("adult_difficulties", {"adult_services_need_coordinating": "suspected"})
    assert not is_gainsaid("adult_difficulties", {"adult_services_need_coordinating": "no"})
    assert not is_gainsaid("adult_difficulties", {"left_alone": "yes"})


def test_the_lists_name_facts():
    named = {*gainsaid._GAINSAID, *gainsaid._OF_SOME_WORRY, *gainsaid._SO_ANYWAY}
    assert named.union(*gainsaid._GAINSAID.values()) <= set(FACTS)
