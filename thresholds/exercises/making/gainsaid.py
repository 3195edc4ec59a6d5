"""Whether a made case gainsays itself: what is answered no beside something that is asked elsewhere and says otherwise.

No such record is impossible, and somebody may well write it; but who reads it as a case to practise on would stumble over it,
and not over the threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thresholds.facts.vocabulary import FACTS, Polarity

_GAINSAID: Mapping[str, frozenset[str]] = {
    "hurt_or_ill_treated": frozenset({"own_relationship_abuse", "own_relationship_serious"}),
    "adult_difficulties": frozenset({"adult_services_need_coordinating"}),
    "care_concern": frozenset(
        {
            "parent_illness_affects_care",
            "substance_affects_care",
            "adult_difficulty_seriously_affects_care",
            "child_in_harmful_thoughts",
            "unable_to_protect",
        }
    ),
    "history_of_concern": frozenset({"previous_assaults", "violent_or_sexual_offences", "order_breaches"}),
    "health_or_development_concern": frozenset({"adult_difficulty_affects_child", "child_distressed_by_violence"}),
    "school_or_learning_concern": frozenset({"caring_affects_life"}),
    "behaviour_or_feelings_concern": frozenset(
        {"child_distressed_by_violence", "terrified_or_humiliated", "attachment_worry"}
    ),
    "outside_home_concern": frozenset(
        {
            "own_relationship_abuse",
            "own_relationship_serious",
            "whereabouts_unknown",
            "whereabouts_often_unknown",
            "offending_or_antisocial",
        }
    ),
    "home_or_money_concern": frozenset({"homeless_or_put_out", "separation_recent_or_planned", "contact_dispute"}),
    "own_relationship_abuse": frozenset({"partner_older_or_coercive"}),
}
"""Opening questions, and what is asked elsewhere and would gainsay a *no* to them."""
_OF_SOME_WORRY = frozenset(
    {
        "months_of_concern",
        "slides_back",
        "agencies_with_low_level_worry",
        "help_offered_not_taken_up",
        "no_change_seen_for_child",
    }
)
"""What speaks of a worry, so that there has to be one: beside nothing but answers of no, nobody knows what it is about."""
_SO_ANYWAY = frozenset({"independently_mobile", "other_safe_adult", "family_and_friends_help"})
"""What is asked after an opening question and is as true of a child of whom that is answered no."""
Answers = Mapping[str, str | int]


def gainsays_itself(answers: Answers) -> bool:
    """Whether something is answered no, and something else that is found says otherwise."""
    denied = [name for name, answer in answers.items() if answer == "no"]
    found = list(_found(answers))
    if any(is_gainsaid(name, answers) for name in denied):
        return True
    worries = [name for name in found if FACTS[name].polarity is Polarity.RISK and name not in _OF_SOME_WORRY]
    return bool(denied) and not worries and not _OF_SOME_WORRY.isdisjoint(found)


def is_gainsaid(name: str, answers: Answers) -> bool:
    """Whether what is found would gainsay a *no* to this question."""
    others = _GAINSAID.get(name, ())
    return any(one in others or (FACTS[one].gate == name and one not in _SO_ANYWAY) for one in _found(answers))


def _found(answers: Answers) -> Iterator[str]:
    return (name for name, answer in answers.items() if answer not in ("no", 0) and name != "age_months")
