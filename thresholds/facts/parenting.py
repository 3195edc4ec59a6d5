"""The adults' own difficulties, and the care the child is given."""

from functools import partial

from thresholds.facts.declaring import (
    ALWAYS,
    BORN,
    UNDER_FIVE,
    AnswerField,
    Section,
    Who,
    YesNoField,
    context,
    protective,
    risk,
)

_adult = partial(risk, stages=ALWAYS, gate="adult_difficulties", shared=True)
_care = partial(risk, gate="care_concern")
_NEAR = (Who.HEALTH_VISITOR, Who.SCHOOL, Who.FAMILY_SUPPORT)


class Parenting(Section):
    """The adults' own difficulties, and the care the child is given."""

    title = "The adults, and the care they give"

    adult_difficulties: AnswerField = risk(
        "an adult who cares for the child has difficulties of their own that may bear on care",
        "Does an adult who cares for the child, or will, have mental ill health, a problem with drink or drugs, or another "
        "difficulty that may bear on care?",
        stages=ALWAYS,
        who=(Who.GP, Who.HEALTH_VISITOR, Who.MIDWIFE, Who.ADULT_MENTAL_HEALTH, Who.SUBSTANCE),
        shared=True,
    )
    parental_mental_ill_health: AnswerField = _adult(
        "a carer has mental ill health",
        "Does a carer have mental ill health, now or coming and going?",
        who=(Who.ADULT_MENTAL_HEALTH, Who.GP, Who.MIDWIFE),
    )
    parent_illness_affects_care: AnswerField = _adult(
        "when a carer is unwell, care of the child suffers",
        "When the carer is unwell, what happens to meals, nights and school: does care suffer?",
        who=(Who.ADULT_MENTAL_HEALTH, Who.SCHOOL, Who.HEALTH_VISITOR),
    )
    child_in_harmful_thoughts: AnswerField = _adult(
        "a carer's beliefs or thoughts involve harm to the child, or dying together",
        "When unwell, do the carer's beliefs or thoughts involve harm to the child, or dying together?",
        who=(Who.ADULT_MENTAL_HEALTH, Who.GP, Who.MIDWIFE),
        ask_safely="Ask the carer alone, plainly; tell mental health services and a social worker the same day.",
    )
    parent_self_harm_or_suicidal: AnswerField = _adult(
        "a carer has harmed themself or thinks of dying",
        "Has a carer harmed themself, or thought of dying, in the last 12 months?",
        who=(Who.ADULT_MENTAL_HEALTH, Who.GP, Who.HOSPITAL),
    )
    parental_substance_misuse: AnswerField = _adult(
        "a carer misuses drink or drugs",
        "Does a carer misuse drink or drugs?",
        who=(Who.SUBSTANCE, Who.GP, Who.MIDWIFE),
    )
    substance_affects_care: AnswerField = _adult(
        "drink or drug use leaves the child without a carer who can cope",
        "Does drinking or drug use leave the child without a carer who can cope, at night too?",
        who=(Who.SUBSTANCE, Who.SCHOOL, Who.HEALTH_VISITOR),
    )
    adult_difficulty_affects_child: AnswerField = _adult(
        "a carer's difficulty affects the child's health or development",
        "Does a carer's mental ill health, drinking, drug use or other difficulty affect the child's health or development?",
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.ADULT_MENTAL_HEALTH),
    )
    adult_difficulty_seriously_affects_care: AnswerField = _adult(
        "a carer's difficulty seriously affects the care of the child",
        "Does a carer's difficulty seriously affect their care of the child?",
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.ADULT_MENTAL_HEALTH, Who.SUBSTANCE),
    )
    other_carer_all_hours: YesNoField = protective(
        "another safe adult is there at the times it goes wrong, nights included, and somebody has checked",
        "Is there another safe adult who is there at the times it goes wrong, nights included, and has someone checked?",
        stages=ALWAYS,
        who=(Who.HEALTH_VISITOR, Who.SOCIAL_CARE, Who.FAMILY_SUPPORT),
        gate="adult_difficulties",
        shared=True,
    )
    parent_needs_help_to_understand: AnswerField = context(
        "a carer needs things put differently (learning disability, language, hearing)",
        "Does a carer need things put differently (learning disability, language, hearing)?",
        stages=ALWAYS,
        who=(Who.HEALTH_VISITOR, Who.MIDWIFE, Who.SCHOOL),
        shared=True,
    )
    care_concern: AnswerField = risk(
        "there is a worry about the care, supervision or warmth that the child is given",
        "Is there any worry about food, warmth, cleanliness, supervision, boundaries or affection?",
        stages=BORN,
        who=_NEAR,
    )
    basic_care_minor: AnswerField = _care(
        "food, hygiene or clothing are now and then not good enough",
        "Are food, hygiene or clothing now and then not good enough?",
        stages=BORN,
        who=_NEAR,
    )
    basic_care_poor: AnswerField = _care(
        "food, warmth, hygiene or clothing are often not good enough",
        "Are food, warmth, hygiene or clothing often not good enough?",
        stages=BORN,
        who=_NEAR,
    )
    severe_neglect: AnswerField = _care(
        "the child is severely neglected, or abandoned",
        "Is the child hungry, in squalor, left without stimulation or affection over a long time, or abandoned?",
        stages=BORN,
        who=_NEAR,
    )
    hazards_for_mobile_baby: AnswerField = _care(
        "the home has hazards for a small child on the move",
        "Are there hazards at home for a baby or toddler on the move?",
        stages=UNDER_FIVE,
        who=(Who.HEALTH_VISITOR, Who.FAMILY_SUPPORT),
    )
    left_alone: AnswerField = _care(
        "the child is left alone, or with someone unfit, for longer than suits their age",
        "Is the child left alone, or with someone unfit to care for them, for longer than suits their age?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.POLICE),
    )
    left_alone_overnight: AnswerField = _care(
        "the child is left alone overnight",
        "Has the child been left alone overnight?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.POLICE),
    )
    whereabouts_unknown: AnswerField = _care(
        "the child is out unsupervised and the carers do not know where",
        "Is the child out by themself while the carers do not know where?",
        stages=BORN,
        who=(Who.POLICE, Who.SCHOOL, Who.CHILD),
    )
    whereabouts_often_unknown: AnswerField = _care(
        "the carers often do not know, or do not ask, where the child is",
        "Do the carers often not know, or not ask, where the child is and with whom?",
        stages=BORN,
        who=(Who.POLICE, Who.SCHOOL, Who.CHILD),
    )
    warmth_lacking: AnswerField = _care(
        "there is little warmth, interest or praise for the child",
        "Is there little warmth, interest or praise for the child?",
        stages=BORN,
        who=_NEAR,
    )
    boundaries_lacking: AnswerField = _care(
        "boundaries and routines are weak or change from day to day",
        "Are boundaries and routines weak, or do they change from day to day?",
        stages=BORN,
        who=_NEAR,
    )
    attachment_worry: AnswerField = _care(
        "the small child is hard to comfort, or turns to strangers",
        "Is the small child hard to comfort, listless, or ready to go to any stranger?",
        stages=UNDER_FIVE,
        who=(Who.HEALTH_VISITOR, Who.SCHOOL),
    )
