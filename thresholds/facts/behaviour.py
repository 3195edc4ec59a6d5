"""Feelings, self-harm, behaviour, substances and sexual behaviour."""

from functools import partial

from thresholds.facts.declaring import (
    FROM_FIVE,
    FROM_ONE,
    AnswerField,
    NumberField,
    Section,
    Who,
    context,
    count,
    risk,
)

_GATE = "behaviour_or_feelings_concern"
_ALONE = "Ask the young person on their own, plainly and without alarm; asking does not put the idea there."
_behaviour = partial(risk, gate=_GATE)


class Behaviour(Section):
    """Feelings, self-harm, behaviour, substances and sexual behaviour."""

    title = "Feelings and behaviour"

    behaviour_or_feelings_concern: AnswerField = risk(
        "there is a worry about the child's feelings or behaviour",
        "Is there any worry about the child's feelings or behaviour: mood, self-harm, drink or drugs, offending, sexual "
        "behaviour?",
        stages=FROM_ONE,
        who=(Who.SCHOOL, Who.PARENT, Who.CAMHS, Who.YOUTH),
    )
    low_mood_or_anxiety: AnswerField = _behaviour(
        "the child is low, anxious or easily upset",
        "Has the child been low, anxious or easily upset for some weeks?",
        stages=FROM_ONE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
    )
    self_harm_episodes: NumberField = count(
        "episodes of self-harm",
        "How many times is the child known to have harmed themself in the last 12 months?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.CAMHS, Who.HOSPITAL),
        gate=_GATE,
        unit="episodes in 12 months",
        highest=365,
        ask_safely=_ALONE,
    )
    suicidal_thoughts: AnswerField = _behaviour(
        "the child has thoughts of ending their life",
        "Has the child had thoughts of ending their life?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.CAMHS, Who.SCHOOL),
        ask_safely=_ALONE,
    )
    suicidal_plan_or_attempt: AnswerField = _behaviour(
        "the child has a plan to die, or has tried",
        "Does the child have a plan to die, or have they tried?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.CAMHS, Who.HOSPITAL),
        ask_safely=_ALONE,
    )
    mental_health_treatment_needed: AnswerField = _behaviour(
        "the child needs specialist mental health treatment in the community",
        "Does the child need specialist mental health treatment in the community?",
        stages=FROM_FIVE,
        who=(Who.CAMHS, Who.GP),
    )
    low_level_substance_use: AnswerField = _behaviour(
        "the child smokes, or has tried drink or drugs",
        "Does the child smoke, or have they tried drink or drugs now and then?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.YOUTH),
    )
    regular_substance_use: AnswerField = _behaviour(
        "the child uses drink or drugs regularly",
        "Does the child use drink or drugs regularly?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.YOUTH),
    )
    high_risk_substance_use: AnswerField = _behaviour(
        "the child's drink or drug use is persistent or dangerous",
        "Is the child's drink or drug use persistent or dangerous, or are others seriously worried that they rely on it?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.YOUTH, Who.HOSPITAL),
    )
    difficult_behaviour: AnswerField = _behaviour(
        "the child's behaviour is hard to manage at home or school",
        "Is the child's behaviour hard to manage at home, nursery or school?",
        stages=FROM_ONE,
        who=(Who.PARENT, Who.SCHOOL),
    )
    behaviour_out_of_control: AnswerField = _behaviour(
        "the child's behaviour is beyond the control of those who care for them",
        "Is the child's behaviour, violence at home included, beyond the control of those who care for them?",
        stages=FROM_ONE,
        who=(Who.PARENT, Who.SCHOOL, Who.POLICE),
    )
    offending_or_antisocial: AnswerField = _behaviour(
        "the child is in trouble for offending or anti-social behaviour",
        "In the last 12 months, has the child been in trouble for offending or anti-social behaviour?",
        stages=FROM_FIVE,
        who=(Who.POLICE, Who.YOUTH, Who.SCHOOL),
    )
    sexual_behaviour_beyond_age: AnswerField = _behaviour(
        "the child's sexual behaviour or language is beyond what is usual at their age",
        "Is the child's sexual behaviour, play or language beyond what is usual at their age?",
        stages=FROM_ONE,
        who=(Who.SCHOOL, Who.HEALTH_VISITOR, Who.PARENT),
    )
    sexual_behaviour_harmful: AnswerField = _behaviour(
        "the child's sexual behaviour forces, hurts or involves much younger children",
        "Does the child's sexual behaviour force, hurt or involve much younger children, or act out sexual intercourse?",
        stages=FROM_ONE,
        who=(Who.SCHOOL, Who.PARENT, Who.POLICE),
    )
    sexual_behaviour_risky: AnswerField = _behaviour(
        "the child takes sexual risks",
        "Does the child take sexual risks (many partners, unknown people met online, sex while intoxicated)?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.YOUTH),
        ask_safely=_ALONE,
    )
    sexually_active: AnswerField = _behaviour(
        "the child is sexually active, or has a sexually transmitted infection",
        "Is the child sexually active, or do they have a sexually transmitted infection?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
        ask_safely=_ALONE,
    )
    partner_older_or_coercive: AnswerField = _behaviour(
        "a sexual partner is much older, has power over the child, or presses or forces them",
        "Is a sexual partner much older, in a position of power, or pressing or forcing the child?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
        ask_safely=_ALONE,
    )
    child_harmed_others: AnswerField = context(
        "the child has hurt, threatened or sexually harmed another child",
        "Has this child hurt, threatened or sexually harmed another child?",
        stages=FROM_ONE,
        who=(Who.SCHOOL, Who.POLICE),
    )
