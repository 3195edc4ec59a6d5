"""The child: age, disability, caring, and duties that hang on who looks after the child."""

from thresholds.facts.declaring import (
    ALWAYS,
    BORN,
    FROM_ELEVEN,
    FROM_FIVE,
    FROM_ONE,
    AnswerField,
    NumberField,
    Section,
    Who,
    age,
    context,
    risk,
)

_NEEDS = "special_needs"
_CARES = "cares_for_someone"
_PARENT_TO_BE = "expecting_or_a_parent"


class Child(Section):
    """The child: age, disability, caring, and duties that hang on who looks after the child."""

    title = "The child"

    age_months: NumberField = age(
        "the age of the child",
        "How old is the child, in months (before birth: minus the months still to go)?",
        stages=ALWAYS,
        who=(Who.PARENT, Who.MIDWIFE, Who.HEALTH_VISITOR, Who.SCHOOL),
        unit="months, negative before birth",
        lowest=-10,
        highest=300,
        changeable=False,
    )
    special_needs: AnswerField = risk(
        "the child has special needs",
        "Does the child have a disability, special educational needs or a long-term illness that makes it harder for "
        "them to protect themself or to speak?",
        stages=BORN,
        who=(Who.PARENT, Who.SCHOOL, Who.HEALTH_VISITOR, Who.GP),
        changeable=False,
    )
    cannot_move_independently: AnswerField = risk(
        "the child does not move about by themself, not yet or because of a disability",
        "Does the child not move about by themself: not crawling, pulling up or walking yet, or because of a disability?",
        stages=FROM_ONE,
        who=(Who.PARENT, Who.SCHOOL, Who.HEALTH_VISITOR, Who.GP),
    )
    disability_support_needed: AnswerField = risk(
        "a disabled child's family needs a short break or other specialist support",
        "Does the family of a disabled child need a short break, or other support that only a specialist service gives?",
        stages=BORN,
        who=(Who.PARENT, Who.SCHOOL, Who.HEALTH_VISITOR),
        gate=_NEEDS,
    )
    disabled: AnswerField = context(
        "the child is disabled",
        "Is the child disabled (a lasting and substantial impairment)?",
        stages=BORN,
        who=(Who.PARENT, Who.SCHOOL, Who.HEALTH_VISITOR, Who.GP),
        changeable=False,
    )
    cares_for_someone: AnswerField = risk(
        "the child looks after someone at home",
        "Does the child look after someone at home, beyond the ordinary help that a child gives?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
    )
    caring_affects_life: AnswerField = risk(
        "caring for someone gets in the way of school, friends or health",
        "Does the caring get in the way of the child's school, friends, rest or health?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
        gate=_CARES,
    )
    main_carer: AnswerField = risk(
        "the child is the main carer of a member of the family",
        "Is the child the main carer of a member of the family?",
        stages=FROM_FIVE,
        who=(Who.CHILD, Who.SCHOOL, Who.GP),
        gate=_CARES,
    )
    expecting_or_a_parent: AnswerField = risk(
        "the young person is pregnant, about to be a parent, or a parent",
        "Is the young person pregnant, about to be a parent, or a parent?",
        stages=FROM_ELEVEN,
        who=(Who.CHILD, Who.MIDWIFE, Who.GP, Who.SCHOOL),
        ask_safely="Speak with the young person alone; do not tell the family first.",
    )
    young_parent_serious_worry: AnswerField = risk(
        "there is a serious worry about a young person's pregnancy or parenthood",
        "Is there a serious worry about the pregnancy or about how the young person will manage as a parent?",
        stages=FROM_ELEVEN,
        who=(Who.MIDWIFE, Who.GP, Who.SCHOOL),
        gate=_PARENT_TO_BE,
    )
    privately_fostered: AnswerField = context(
        "the child lives, or will live, with somebody who is not a close relative for 28 days or more",
        "Does the child (under 16, or under 18 if disabled) live, or will they live, 28 days or more with somebody who is "
        "not a parent or close relative?",
        stages=BORN,
        who=(Who.SCHOOL, Who.GP, Who.HEALTH_VISITOR),
    )
    unaccompanied: AnswerField = context(
        "the child is in this country without a parent or an adult responsible for them",
        "Is the child in this country without a parent, or any adult who is responsible for them?",
        stages=BORN,
        who=(Who.POLICE, Who.SCHOOL, Who.SOCIAL_CARE),
    )
