"""Before birth."""

from functools import partial

from thresholds.facts.declaring import (
    UNBORN,
    AnswerField,
    NumberField,
    Section,
    Who,
    YesNoField,
    count_context,
    risk,
    work,
)

_MANY = (Who.MIDWIFE, Who.GP, Who.HOSPITAL)
_pregnancy = partial(risk, stages=UNBORN, gate="pregnancy_concern", who=_MANY)


class Pregnancy(Section):
    """Before birth."""

    title = "Before birth"

    pregnancy_concern: AnswerField = risk(
        "there is a worry about the pregnancy, its care, or either parent's readiness",
        "Is there any worry about the pregnancy, antenatal care, substances, or how either parent will manage?",
        stages=UNBORN,
        who=_MANY,
    )
    gestation_weeks: NumberField = count_context(
        "weeks of pregnancy",
        "How many weeks pregnant?",
        stages=UNBORN,
        who=(Who.MIDWIFE, Who.GP),
        unit="weeks",
        highest=44,
    )
    pregnancy_hidden_or_late: AnswerField = _pregnancy(
        "the pregnancy was hidden, denied or booked late, or addresses are unclear",
        "Was the pregnancy hidden, denied or booked late, or are addresses unclear?",
    )
    antenatal_care_not_kept: AnswerField = _pregnancy(
        "antenatal care is being missed",
        "Is antenatal care being missed?",
    )
    substance_use_in_pregnancy: AnswerField = _pregnancy(
        "drink or drugs are used in the pregnancy",
        "Are drink or drugs used in this pregnancy?",
    )
    prebirth_assessment_needed: AnswerField = _pregnancy(
        "the worry calls for an assessment of risk before birth",
        "Does the worry about either parent call for an assessment of risk before birth?",
    )
    expectant_parent_under_18: YesNoField = work(
        "an expectant parent is under 18",
        "Is either expectant parent under 18?",
        stages=UNBORN,
        who=(Who.MIDWIFE, Who.GP),
    )
