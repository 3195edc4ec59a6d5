"""School, nursery and learning."""

from functools import partial

from thresholds.facts.declaring import (
    EARLY_YEARS,
    FROM_FIVE,
    FROM_ONE,
    FROM_SIXTEEN,
    AnswerField,
    NumberField,
    Section,
    Who,
    count,
    risk,
)

_GATE = "school_or_learning_concern"
_school = partial(risk, gate=_GATE, who=(Who.SCHOOL,))


class Education(Section):
    """School, nursery and learning."""

    title = "School, nursery and learning"

    school_or_learning_concern: AnswerField = risk(
        "there is a worry about nursery, school, learning or attendance",
        "Is there any worry about nursery, school or learning: attendance, exclusion, needs not met, or a child nobody sees?",
        stages=FROM_ONE,
        who=(Who.SCHOOL,),
    )
    nursery_not_taken_up: AnswerField = risk(
        "a nursery place that the child would gain from is not taken up",
        "Is a nursery or children's centre place that the child would gain from not taken up?",
        stages=EARLY_YEARS,
        who=(Who.HEALTH_VISITOR, Who.FAMILY_SUPPORT),
        gate=_GATE,
    )
    learning_needs_unmet: AnswerField = _school(
        "the child's learning needs are not met by what the school usually offers",
        "Does the child need more help to learn than the school or nursery usually offers?",
        stages=FROM_ONE,
    )
    attendance_below_90: AnswerField = _school(
        "attendance is below 90 per cent",
        "This school year, is attendance below 90 per cent?",
        stages=FROM_FIVE,
    )
    absence_pattern: AnswerField = _school(
        "there is occasional truancy, or a pattern of absence or lateness",
        "Is there occasional truancy, or a pattern of absence or lateness?",
        stages=FROM_FIVE,
    )
    persistent_absence: AnswerField = _school(
        "the child is persistently absent without leave",
        "Is the child persistently absent without leave?",
        stages=FROM_FIVE,
    )
    chronic_non_attendance: AnswerField = _school(
        "the child hardly ever attends",
        "Has the child hardly attended at all for a term or more?",
        stages=FROM_FIVE,
    )
    fixed_term_exclusions: NumberField = count(
        "exclusions for a fixed term",
        "How many times has the child been excluded for a fixed term this school year?",
        stages=FROM_FIVE,
        who=(Who.SCHOOL,),
        gate=_GATE,
        unit="exclusions this school year",
        highest=50,
    )
    permanent_exclusion_risk: AnswerField = _school(
        "the child is at risk of permanent exclusion",
        "Is the child at risk of permanent exclusion?",
        stages=FROM_FIVE,
    )
    permanently_excluded: AnswerField = _school(
        "the child is permanently excluded or has no school",
        "Is the child permanently excluded, or without a school place?",
        stages=FROM_FIVE,
    )
    not_in_education_or_work: AnswerField = risk(
        "the young person is not in education, employment or training",
        "Is the young person not in education, employment or training?",
        stages=FROM_SIXTEEN,
        who=(Who.CHILD, Who.YOUTH),
        gate=_GATE,
    )
    out_of_sight: AnswerField = risk(
        "no professional sees the child regularly",
        "Is the child off roll, on a part-time timetable, taught at home since worries arose, or otherwise never seen by "
        "anyone?",
        stages=FROM_ONE,
        who=(Who.SCHOOL, Who.HEALTH_VISITOR, Who.GP),
        gate=_GATE,
    )
