"""What happened before, kept apart from what happens now."""

from functools import partial
from typing import Annotated

from thresholds.facts.declaring import (
    ALWAYS,
    AnswerField,
    NumberField,
    Section,
    Who,
    YesNoField,
    choice,
    choice_of,
    context,
    count_context,
    risk,
    work,
)
from thresholds.scales import Word

_before = partial(risk, stages=ALWAYS, gate="history_of_concern", shared=True)
_KNOWN_TO = (Who.SOCIAL_CARE, Who.POLICE, Who.HEALTH_VISITOR)


class SocialCare(Word):
    """Whether a social worker is already allocated, and under what."""

    NO = 1
    CHILD_IN_NEED = 2
    PROTECTION_PLAN = 3
    LOOKED_AFTER = 4


class History(Section):
    """What happened before, kept apart from what happens now."""

    title = "Earlier involvement and history"

    open_to_social_care: Annotated[SocialCare | None, *choice_of(SocialCare)] = choice(
        "whether a social worker is already allocated",
        "Is a social worker already allocated (child in need, protection plan, looked after)?",
        stages=ALWAYS,
        who=(Who.SOCIAL_CARE,),
    )
    history_of_concern: AnswerField = risk(
        "there is a history with social care, police or courts about this family, or a person who may be a risk to children",
        "Have social care, police or a court been involved before with this child, or another child of either parent, or "
        "is anyone around the child thought to be a risk to children?",
        stages=ALWAYS,
        who=_KNOWN_TO,
        shared=True,
    )
    previous_child_harmed_or_removed: AnswerField = _before(
        "another child of either parent was removed, seriously hurt otherwise than by accident, or died without explanation",
        "Has another child of either parent been removed, been seriously hurt otherwise than by accident, or died "
        "without explanation?",
        who=_KNOWN_TO,
        changeable=False,
    )
    person_posing_risk: AnswerField = _before(
        "someone known or thought to be a risk to children lives there, visits or looks after the child",
        "Does anyone known or thought to be a risk to children live there, visit, or look after the child?",
        who=_KNOWN_TO,
    )
    previously_tier_3: YesNoField = work(
        "social care (Tier 3) worked with this child before",
        "Has children's social care (Tier 3) worked with this child before?",
        stages=ALWAYS,
        who=(Who.SOCIAL_CARE,),
        changeable=False,
    )
    months_since_closure: NumberField = count_context(
        "months since social care closed the case",
        "How many months ago did social care close the case?",
        stages=ALWAYS,
        who=(Who.SOCIAL_CARE,),
        unit="months",
        highest=300,
    )
    stepped_down: YesNoField = work(
        "the case was, or is about to be, stepped down from Tier 3",
        "Was the case stepped down from Tier 3 in the last 12 months, or is that being planned?",
        stages=ALWAYS,
        who=(Who.SOCIAL_CARE,),
    )
    earlier_referral_not_accepted: YesNoField = work(
        "an earlier referral to social care was not accepted",
        "Was an earlier referral to social care not accepted?",
        stages=ALWAYS,
        who=(Who.REFERRER, Who.SOCIAL_CARE),
        changeable=False,
    )
    new_concern_since_refusal: AnswerField = context(
        "there is something new since an earlier referral was not accepted",
        "Since a referral was not accepted, is there anything new?",
        stages=ALWAYS,
        who=(Who.REFERRER,),
    )
