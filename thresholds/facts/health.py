"""Health, growth and development, and whether care is sought."""

from functools import partial

from thresholds.facts.declaring import (
    BORN,
    FROM_ELEVEN,
    FROM_ONE,
    TO_TEN,
    AnswerField,
    Section,
    Who,
    context,
    risk,
)

_health = partial(risk, gate="health_or_development_concern")


class Health(Section):
    """Health, growth and development, and whether care is sought."""

    title = "Health and development"

    health_or_development_concern: AnswerField = risk(
        "there is a worry about the child's health, growth or development, or about care not sought",
        "Is there any worry about the child's health, growth, teeth or development, or about check-ups or treatment "
        "being missed?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.GP, Who.SCHOOL),
    )
    routine_checks_missed: AnswerField = _health(
        "routine checks or immunisations have been missed",
        "Have routine checks or immunisations been missed in the last 12 months?",
        stages=TO_TEN,
        who=(Who.HEALTH_VISITOR, Who.GP),
    )
    appointments_starting_to_be_missed: AnswerField = _health(
        "health appointments are beginning to be missed",
        "Are health appointments beginning to be missed, without good reason?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.GP, Who.HOSPITAL),
    )
    appointments_missed_repeatedly: AnswerField = _health(
        "routine and other health appointments are missed again and again",
        "In the last 12 months, have both routine and other health appointments been missed again and again?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.GP, Who.HOSPITAL),
    )
    essential_treatment_not_reached: AnswerField = _health(
        "the child is not brought for treatment that matters",
        "Is the child not being brought for treatment that matters to their health?",
        stages=BORN,
        who=(Who.GP, Who.HOSPITAL, Who.SCHOOL),
    )
    treatment_refused_dangerously: AnswerField = _health(
        "refusing or failing to get treatment endangers the child or has already harmed them",
        "Has refusing, or failing to get, treatment put the child's life or development in danger, or already made them "
        "worse?",
        stages=BORN,
        who=(Who.GP, Who.HOSPITAL),
    )
    young_person_refuses_treatment: AnswerField = context(
        "it is the young person who refuses the appointments or treatment",
        "Is it the young person, not the carer, who refuses the appointments or treatment?",
        stages=FROM_ELEVEN,
        who=(Who.CHILD, Who.GP, Who.HOSPITAL),
    )
    dental_decay_untreated: AnswerField = _health(
        "tooth decay is left untreated",
        "Is there tooth decay that the carers have been told of and that is left untreated?",
        stages=FROM_ONE,
        who=(Who.GP, Who.SCHOOL, Who.HEALTH_VISITOR),
    )
    milestones_slow: AnswerField = _health(
        "the child is slow to reach milestones",
        "Is the child slow to reach the milestones of their age (movement, speech, play)?",
        stages=TO_TEN,
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.GP),
    )
    development_seriously_delayed: AnswerField = _health(
        "development is seriously delayed, or milestones are unlikely to be met",
        "Is development seriously delayed, or are milestones unlikely to be met without help?",
        stages=TO_TEN,
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.GP),
    )
    growth_faltering_unexplained: AnswerField = _health(
        "the child fails to thrive, or falls in centile, without a medical reason",
        "Is the child failing to thrive, or falling in weight or height centile, without a medical reason?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.GP, Who.HOSPITAL),
    )
    repeated_accidents_or_infections: AnswerField = _health(
        "accidents, infections or visits to A&E keep coming, or come late",
        "In the last 12 months, have home accidents, infections or visits to A&E kept coming, or been brought late?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.GP, Who.HOSPITAL),
    )
