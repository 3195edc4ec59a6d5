"""The theme that a fact belongs to, so that cases made about it can be chosen by theme."""

from __future__ import annotations

from collections.abc import Mapping

from thresholds.exercises.exercise import Theme
from thresholds.facts.vocabulary import FACTS, Polarity

_OWN: Mapping[str, Theme] = {
    "specialist_need": Theme.DISABILITY,
    "sexual_abuse_feared": Theme.SEXUAL_HARM,
    "terrified_or_humiliated": Theme.EMOTIONAL_HARM,
    "harmful_practice_feared": Theme.EMOTIONAL_HARM,
    "cares_for_someone": Theme.YOUNG_CARER,
    "caring_affects_life": Theme.YOUNG_CARER,
    "main_carer": Theme.YOUNG_CARER,
    "expecting_or_a_parent": Theme.UNBORN,
    "young_parent_serious_worry": Theme.UNBORN,
    "substance_use_in_pregnancy": Theme.SUBSTANCE_USE,
    "adult_difficulties": Theme.ADULT_MENTAL_HEALTH,
    "parental_mental_ill_health": Theme.ADULT_MENTAL_HEALTH,
    "parent_illness_affects_care": Theme.ADULT_MENTAL_HEALTH,
    "child_in_harmful_thoughts": Theme.ADULT_MENTAL_HEALTH,
    "parent_self_harm_or_suicidal": Theme.ADULT_MENTAL_HEALTH,
    "adult_difficulty_affects_child": Theme.ADULT_MENTAL_HEALTH,
    "adult_difficulty_seriously_affects_care": Theme.ADULT_MENTAL_HEALTH,
    "other_carer_all_hours": Theme.ADULT_MENTAL_HEALTH,
    "adult_services_need_coordinating": Theme.ADULT_MENTAL_HEALTH,
    "parental_substance_misuse": Theme.SUBSTANCE_USE,
    "substance_affects_care": Theme.SUBSTANCE_USE,
    "warmth_lacking": Theme.EMOTIONAL_HARM,
    "attachment_worry": Theme.EMOTIONAL_HARM,
    "self_harm_episodes": Theme.SELF_HARM,
    "suicidal_thoughts": Theme.SELF_HARM,
    "suicidal_plan_or_attempt": Theme.SELF_HARM,
    "low_level_substance_use": Theme.SUBSTANCE_USE,
    "regular_substance_use": Theme.SUBSTANCE_USE,
    "high_risk_substance_use": Theme.SUBSTANCE_USE,
    "offending_or_antisocial": Theme.HARM_OUTSIDE_THE_HOME,
    "sexual_behaviour_beyond_age": Theme.SEXUAL_HARM,
    "sexual_behaviour_harmful": Theme.SEXUAL_HARM,
    "sexual_behaviour_risky": Theme.SEXUAL_HARM,
    "sexually_active": Theme.SEXUAL_HARM,
    "partner_older_or_coercive": Theme.SEXUAL_HARM,
}
"""Facts whose theme is not that of the section they stand in."""
_OF_SECTION: Mapping[str, Theme] = {
    FACTS["hurt_or_ill_treated"].section: Theme.PHYSICAL_HARM,
    FACTS["special_needs"].section: Theme.DISABILITY,
    FACTS["pregnancy_concern"].section: Theme.UNBORN,
    FACTS["violence_at_home"].section: Theme.DOMESTIC_VIOLENCE,
    FACTS["care_concern"].section: Theme.NEGLECT,
    FACTS["history_of_concern"].section: Theme.HISTORY_OF_TIER_3,
    FACTS["health_or_development_concern"].section: Theme.NEGLECT,
    FACTS["school_or_learning_concern"].section: Theme.EDUCATION,
    FACTS["behaviour_or_feelings_concern"].section: Theme.EMOTIONAL_HARM,
    FACTS["outside_home_concern"].section: Theme.HARM_OUTSIDE_THE_HOME,
    FACTS["home_or_money_concern"].section: Theme.HOUSING_AND_MONEY,
    FACTS["help_offered"].section: Theme.HELP_NOT_TAKEN_UP,
}


def theme_of(fact: str) -> Theme | None:
    """The theme of a fact that can move a tier; None of the age, and of what moves none."""
    if FACTS[fact].polarity not in (Polarity.RISK, Polarity.PROTECTIVE):
        return None
    return _OWN.get(fact) or _OF_SECTION.get(FACTS[fact].section)


THEMES_OF_FACTS: tuple[Theme, ...] = tuple(theme for theme in Theme if any(theme_of(fact) is theme for fact in FACTS))
"""The themes that some fact has. The others are about how a case was told or handled, which no single answer moves."""
