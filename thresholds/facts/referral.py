"""The referral: how well it says what it should. No fact here can move a tier.

The census codes of `referral_source` are those of the Children in Need census (2024 edition); where one plain answer could
be coded in more than one way, the note beside it says which was taken.
"""

from functools import partial
from typing import Annotated

from thresholds.facts.declaring import (
    ALWAYS,
    NumberField,
    Section,
    Who,
    YesNoField,
    choice,
    choice_of,
    count_context,
    work,
)
from thresholds.scales import Word

_referrer = partial(work, stages=ALWAYS, who=(Who.REFERRER,))
_choice = partial(choice, stages=ALWAYS, who=(Who.REFERRER,))


class ReferralSource(Word):
    """Who makes the referral."""

    FAMILY = 1
    NEIGHBOUR = 2
    CHILD = 3
    STRANGER = 4
    SCHOOL = 5
    EDUCATION_SERVICE = 6
    GP = 7
    HEALTH_VISITOR = 8
    SCHOOL_NURSE = 9
    MIDWIFERY = 10
    ACCIDENT_AND_EMERGENCY = 11
    HOSPITAL = 12
    CHILD_MENTAL_HEALTH = 13
    HOUSING = 14
    ADULT_SOCIAL_CARE = 15
    YOUTH_OFFENDING = 16
    ANOTHER_COUNCIL = 17
    EARLY_HELP = 18
    MAT_PANEL = 19
    POLICE = 20
    COURT_OR_PROBATION = 21
    CHILDRENS_CENTRE = 22
    VOLUNTARY_BODY = 23
    ANONYMOUS = 24
    ADULT_MENTAL_HEALTH = 25


CENSUS_CODES = {
    "family": "1A",
    "neighbour": "1B",
    "child": "1C",
    "stranger": "1D",
    "school": "2A",
    "education_service": "2B",
    "gp": "3A",
    "health_visitor": "3B",
    "school_nurse": "3C",
    "midwifery": "3F",  # boards differ between 3D and 3F
    "accident_and_emergency": "3E",
    "hospital": "3F",
    "child_mental_health": "3F",
    "adult_mental_health": "3F",
    "housing": "4",
    "adult_social_care": "5A",
    "youth_offending": "5B",
    "another_council": "5C",
    "early_help": "5D",  # from the 2023 edition; 5B before
    "mat_panel": "5D",
    "police": "6",
    "court_or_probation": "7",
    "childrens_centre": "8",
    "voluntary_body": "8",
    "anonymous": "9",
}


class ReferredTo(Word):
    """Where the referral is, or would be, sent."""

    UNIVERSAL_SERVICE = 1
    TRIAGE = 2
    MAT = 3
    MAP = 4
    YPRRP = 5
    TARGETED_SERVICE = 6
    FIRST_RESPONSE = 7


class ResponseWanted(Word):
    """What the referral asks for."""

    NOT_STATED = 1
    INFORMATION_ONLY = 2
    ADVICE = 3
    EARLY_HELP_FAMILY_SUPPORT = 4
    TARGETED_YOUTH_SUPPORT = 5
    SAFEGUARDING_RESPONSE = 6


class Consent(Word):
    """Whether the family, or a young person, agrees to the referral."""

    GIVEN = 1
    REFUSED = 2
    NOT_SOUGHT_WITH_REASON = 3
    NOT_SOUGHT = 4


class Referral(Section):
    """The referral: how well it says what it should."""

    title = "The referral"

    referral_source: Annotated[ReferralSource | None, *choice_of(ReferralSource)] = _choice(
        "who makes the referral",
        "Which agency or person makes the referral?",
        codes=CENSUS_CODES,
        changeable=False,
    )
    referred_to: Annotated[ReferredTo | None, *choice_of(ReferredTo)] = _choice(
        "where the referral is sent",
        "Where is the referral sent, or where would it be?",
    )
    talked_over_with_others: YesNoField = _referrer(
        "the case was talked over with other agencies first",
        "Was it talked over with other agencies, in Triage or at a panel, before it was sent?",
    )
    forwarded_by_another: YesNoField = _referrer(
        "another service was asked to forward the referral",
        "Was another service asked to pass the referral on?",
    )
    response_wanted: Annotated[ResponseWanted | None, *choice_of(ResponseWanted)] = _choice(
        "the response that the referral asks for",
        "Which one response is asked for?",
    )
    consent: Annotated[Consent | None, *choice_of(Consent)] = _choice(
        "whether the family agrees to the referral",
        "Has the family been spoken to, and do they agree (if not, why)?",
    )
    risks_named: YesNoField = _referrer(
        "the referral names the risks",
        "Does the referral say what the risks are, and what harm is suffered or feared?",
    )
    childs_day_described: YesNoField = _referrer(
        "the referral tells what a day is like for the child",
        "Does it tell, from what is known, what a day is like for the child and how it affects them?",
    )
    examples_and_dates_given: YesNoField = _referrer(
        "the referral gives examples with dates and places",
        "Does it give particular examples, with dates and places?",
    )
    child_words_recorded: YesNoField = _referrer(
        "what the child said, to whom and when is written down",
        "Is what the child said written down in their own words, with to whom and when?",
    )
    strengths_described: YesNoField = _referrer(
        "the referral says what is going well",
        "Does it say what is going well, and who helps?",
    )
    change_needed_described: YesNoField = _referrer(
        "the referral says what would have to change",
        "Does it say what would have to change for the worry to lessen?",
    )
    help_given_described: YesNoField = _referrer(
        "the referral says what help was given, with any assessment",
        "Does it say what the referrer has done so far, with any assessment attached?",
    )
    history_described: YesNoField = _referrer(
        "the referral gives the history and earlier involvement",
        "Does it give the history, and who was involved before?",
    )
    household_described: YesNoField = _referrer(
        "both parents, the household and other professionals are named",
        "Are both parents, everyone in the household, other children and other professionals named (and the expected date "
        "of an unborn baby)?",
    )
    child_identified: YesNoField = _referrer(
        "the child is named to the service that is asked",
        "If the child is known, is the child named to the service that is asked (not an anonymous 'what if')?",
    )
    consulted_before_referring: YesNoField = _referrer(
        "the referrer talked first with a safeguarding lead or a social worker",
        "Being unsure, did the referrer talk first with their safeguarding lead or a social worker?",
    )
    sent_as_precaution: YesNoField = _referrer(
        "the referral is sent to be on the safe side, with no particular harm in mind",
        "Is it sent to be on the safe side, with no particular harm in mind?",
    )
    weeks_since_information: NumberField = count_context(
        "weeks since the newest information",
        "How many weeks old is the newest information?",
        stages=ALWAYS,
        who=(Who.REFERRER,),
        unit="weeks",
        highest=520,
    )
    weeks_since_decision_to_refer: NumberField = count_context(
        "weeks since it was decided to refer",
        "How many weeks ago was it decided to refer?",
        stages=ALWAYS,
        who=(Who.REFERRER,),
        unit="weeks",
        highest=520,
    )
    waiting_for_panel: YesNoField = _referrer(
        "a referral waits for the next panel",
        "Is a referral, or a decision to refer, waiting for the next panel meeting?",
    )
    disagreement_unresolved: YesNoField = _referrer(
        "services disagree about the tier, and it is not resolved",
        "Do services disagree about the tier, with the difference not resolved?",
    )
