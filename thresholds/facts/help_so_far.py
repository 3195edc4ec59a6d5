"""Help so far: what was offered, how it was taken, what changed for the child, and which adult services are part of it."""

from functools import partial
from typing import Annotated

from thresholds.facts.declaring import (
    ALWAYS,
    BORN,
    AnswerField,
    NumberField,
    Section,
    Who,
    YesNoField,
    choice,
    choice_of,
    count,
    risk,
    work,
)
from thresholds.scales import Word

_WORKERS = (Who.FAMILY_SUPPORT, Who.HEALTH_VISITOR, Who.SCHOOL)
_limb = partial(risk, stages=ALWAYS, gate="help_offered")
_plan = partial(work, stages=ALWAYS)


class Engagement(Word):
    """How the family takes up the help that was offered."""

    TAKING_IT_UP = 1
    IN_WORDS_ONLY = 2
    CANNOT_BE_REACHED = 3
    DECLINED = 4


class AdultService(Word):
    """Where an adult service stands that the family may need."""

    CONTRIBUTING = 1
    KNOWN_NOT_ASKED = 2
    NOT_INVOLVED = 3
    NOT_NEEDED = 4


class HelpSoFar(Section):
    """Help so far."""

    title = "Help so far"

    help_offered: YesNoField = work(
        "help has been offered in a form the family could use",
        "Has help been offered in a form they could use (time, place, language, cost)?",
        stages=ALWAYS,
        who=_WORKERS,
    )
    engagement: Annotated[Engagement | None, *choice_of(Engagement)] = choice(
        "how the family takes up the help",
        "Is the family taking it up, doing so in words only, out of reach, or have they declined it?",
        stages=ALWAYS,
        who=_WORKERS,
        gate="help_offered",
    )
    help_offered_not_taken_up: AnswerField = _limb(
        "help that matters was offered and is not taken up",
        "Has help that matters for the child been offered in a form they could use, and not been taken up (not: an optional "
        "group, nor a family nobody could reach)?",
        who=_WORKERS,
    )
    no_change_seen_for_child: AnswerField = _limb(
        "help has been given and nobody has seen a change for the child",
        "Since help began, has nobody seen anything better for the child?",
        who=_WORKERS,
    )
    optional_service_declined: YesNoField = work(
        "what was declined was optional",
        "Was the thing they declined optional (a group, a voluntary programme)?",
        stages=ALWAYS,
        who=_WORKERS,
        gate="help_offered",
    )
    months_of_concern: NumberField = count(
        "months of worry about the same thing",
        "For how many months has anyone been worried about the same thing?",
        stages=ALWAYS,
        who=_WORKERS,
        unit="months",
        highest=216,
    )
    slides_back: AnswerField = risk(
        "things have got better and slid back more than once",
        "Has it improved and slid back more than once?",
        stages=BORN,
        who=_WORKERS,
    )
    agencies_with_low_level_worry: NumberField = count(
        "agencies that each hold a low-level worry",
        "How many agencies separately hold a low-level worry?",
        stages=ALWAYS,
        who=_WORKERS,
        unit="agencies",
        highest=20,
    )
    adult_services_need_coordinating: AnswerField = risk(
        "adult services have to work closely with children's services for this family",
        "Do housing, substance misuse, adult mental health or other adult services have to work closely with children's "
        "services for this family?",
        stages=ALWAYS,
        who=(Who.ADULT_MENTAL_HEALTH, Who.SUBSTANCE, Who.HOUSING, Who.FAMILY_SUPPORT),
        shared=True,
    )
    adult_mental_health_service: Annotated[AdultService | None, *choice_of(AdultService)] = choice(
        "where adult mental health services stand",
        "Adult mental health services: contributing, known but not asked, not involved, or not needed?",
        stages=ALWAYS,
        who=(Who.ADULT_MENTAL_HEALTH, Who.GP),
        shared=True,
    )
    substance_misuse_service: Annotated[AdultService | None, *choice_of(AdultService)] = choice(
        "where substance misuse services stand",
        "Substance misuse services for adults: contributing, known but not asked, not involved, or not needed?",
        stages=ALWAYS,
        who=(Who.SUBSTANCE, Who.GP),
        shared=True,
    )
    housing_service: Annotated[AdultService | None, *choice_of(AdultService)] = choice(
        "where housing services stand",
        "Housing services: contributing, known but not asked, not involved, or not needed?",
        stages=ALWAYS,
        who=(Who.HOUSING,),
        shared=True,
    )
    lead_professional: YesNoField = _plan(
        "one named person holds the plan, with a review date",
        "Is one named person holding the plan, with a review date?",
        who=_WORKERS,
    )
    tier3_consulted: YesNoField = _plan(
        "a social worker at Tier 3 has been consulted",
        "Has a social worker at Tier 3 been consulted about this?",
        who=(Who.REFERRER, Who.SOCIAL_CARE),
    )
    tier3_advice_followed: YesNoField = _plan(
        "the social worker's advice is in the plan",
        "Was a social worker's advice taken, and is it in the plan?",
        who=_WORKERS,
    )
    reports_from_all_involved_seen: YesNoField = _plan(
        "the reports of everyone involved, and the social care history, have been seen",
        "Have you the reports of everyone who knows the child (voluntary bodies too), and the social care history with its "
        "reasons?",
        who=(Who.REFERRER, Who.SOCIAL_CARE, Who.SCHOOL),
    )
