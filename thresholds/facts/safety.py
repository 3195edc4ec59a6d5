"""Danger now, harm, and who has seen the child."""

from thresholds.facts.declaring import (
    ALWAYS,
    BORN,
    FROM_ONE,
    INFANTS,
    AnswerField,
    Section,
    Who,
    YesNoField,
    context,
    protective,
    risk,
    work,
)

_ALONE = "Talk with the child away from the adults at home; listen, do not lead, and promise no secrecy."
_HURT = "hurt_or_ill_treated"


class Safety(Section):
    """Danger now, harm, and who has seen the child."""

    title = "Safety now, and who has seen the child"

    immediate_danger: AnswerField = risk(
        "the child, or someone in the home, is in danger today",
        "Is the child, or anyone in the home, in danger today?",
        stages=ALWAYS,
        who=(Who.PARENT, Who.POLICE, Who.SCHOOL, Who.HEALTH_VISITOR),
        shared=True,
    )
    harm_already: AnswerField = risk(
        "health or development has already suffered badly",
        "In the view of someone qualified to say, has the child's health or development already suffered badly?",
        stages=BORN,
        who=(Who.GP, Who.HEALTH_VISITOR, Who.SCHOOL, Who.SOCIAL_CARE),
    )
    harm_likely: AnswerField = risk(
        "serious harm is likely if nothing changes",
        "If nothing changes, is serious harm to the child likely (for an unborn baby: at or after birth)?",
        stages=ALWAYS,
        who=(Who.MIDWIFE, Who.HEALTH_VISITOR, Who.SCHOOL, Who.SOCIAL_CARE),
    )
    specialist_need: AnswerField = risk(
        "the child needs a specialist service, or a social worker's assessment",
        "Does finding out or meeting what the child needs take a social worker's assessment or a specialist service, for "
        "reasons other than disability and other than treatment by health services?",
        stages=ALWAYS,
        who=(Who.GP, Who.HEALTH_VISITOR, Who.SCHOOL, Who.SOCIAL_CARE),
    )
    child_seen_and_heard: YesNoField = work(
        "someone has seen the child alone since the worry arose and found out what a day is like",
        "Since the worry arose, has someone seen the child on their own (or watched the baby with the carer) and found "
        "out what a day is like?",
        stages=BORN,
        who=(Who.SCHOOL, Who.HEALTH_VISITOR, Who.SOCIAL_CARE),
    )
    hurt_or_ill_treated: AnswerField = risk(
        "there is a sign, account or worry that the child has been hurt or ill-treated",
        "Is there any sign, mark, account or worry, however small, that somebody has hurt, sexually harmed or "
        "ill-treated the child?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.HEALTH_VISITOR, Who.GP, Who.HOSPITAL),
        ask_safely=_ALONE,
    )
    child_told_someone: AnswerField = risk(
        "the child has said that they are hurt or frightened",
        "Has the child ever said that they are hurt or frightened, even if they later took it back?",
        stages=FROM_ONE,
        who=(Who.CHILD, Who.SCHOOL, Who.FAMILY_SUPPORT),
        gate=_HURT,
        changeable=False,
        ask_safely=_ALONE,
    )
    bruise_or_mark: AnswerField = risk(
        "there is an injury, bruise, burn, bite, bleeding or mark",
        "Is there any injury, bruise, burn, bite, bleeding or mark, however small?",
        stages=BORN,
        who=(Who.HEALTH_VISITOR, Who.SCHOOL, Who.GP, Who.HOSPITAL),
        gate=_HURT,
    )
    independently_mobile: YesNoField = protective(
        "the baby rolls, crawls, pulls up or walks by themself",
        "Can the baby roll, crawl, pull up or walk by themself?",
        stages=INFANTS,
        who=(Who.HEALTH_VISITOR, Who.PARENT),
        gate=_HURT,
    )
    mark_recorded_at_birth: YesNoField = protective(
        "a doctor or midwife has already recorded this mark as a birthmark, and there is no other",
        "Has a doctor or midwife already recorded this very mark as a birthmark, and is there no other mark?",
        stages=INFANTS,
        who=(Who.MIDWIFE, Who.HEALTH_VISITOR, Who.GP),
        gate=_HURT,
        changeable=False,
    )
    injury_explanation_doubtful: AnswerField = risk(
        "the explanation of an injury is missing, changing, late, or wrong for the child's age and ability",
        "Is the explanation of an injury missing, changing, late, or wrong for the child's age and ability?",
        stages=BORN,
        who=(Who.HOSPITAL, Who.GP, Who.HEALTH_VISITOR, Who.SCHOOL),
        gate=_HURT,
    )
    injury_site_or_pattern: AnswerField = risk(
        "an injury is of a site, shape or pattern that accidents rarely leave",
        "Is any injury on ears, neck, mouth, cheeks, buttocks or another soft part, in a cluster, or shaped like a hand, "
        "a bite or an object?",
        stages=BORN,
        who=(Who.HOSPITAL, Who.GP, Who.HEALTH_VISITOR, Who.SCHOOL),
        gate=_HURT,
    )
    hurt_by_adult: AnswerField = risk(
        "an adult has hit, shaken, burnt or otherwise hurt the child",
        "Has an adult hit, shaken, burnt or otherwise hurt the child?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.POLICE, Who.HOSPITAL),
        gate=_HURT,
        ask_safely=_ALONE,
    )
    sexual_abuse_feared: AnswerField = risk(
        "the child may have been sexually abused",
        "Is there reason to think that somebody has sexually abused the child, or drawn them into sexual acts or images?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.POLICE, Who.HOSPITAL),
        gate=_HURT,
        ask_safely=_ALONE,
    )
    terrified_or_humiliated: AnswerField = risk(
        "the child is over and over terrified, humiliated, blamed or made to feel worthless",
        "Is the child over and over terrified, humiliated, blamed or made to feel worthless by those who care for them?",
        stages=BORN,
        who=(Who.CHILD, Who.SCHOOL, Who.HEALTH_VISITOR),
        gate=_HURT,
        ask_safely=_ALONE,
    )
    harmful_practice_feared: AnswerField = risk(
        "female genital mutilation, forced marriage, or harm in the name of honour or belief is feared",
        "Does anyone fear female genital mutilation, a forced marriage, or harm in the name of honour, faith or belief?",
        stages=ALWAYS,
        who=(Who.CHILD, Who.SCHOOL, Who.MIDWIFE, Who.GP),
        ask_safely="Do not tell or ask the family first, and never use a relative as interpreter; speak with the child or "
        "young person alone.",
    )
    allegation_against_staff: AnswerField = context(
        "the worry is about somebody who works or volunteers with children",
        "Is the worry about somebody who works or volunteers with children, in that role?",
        stages=BORN,
        who=(Who.SCHOOL, Who.REFERRER),
    )
