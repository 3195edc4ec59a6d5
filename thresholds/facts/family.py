"""Home, money, family and neighbourhood."""

from functools import partial
from typing import Annotated

from thresholds.facts.declaring import (
    ALWAYS,
    FROM_ELEVEN,
    AnswerField,
    Section,
    Who,
    choice,
    choice_of,
    context,
    risk,
)
from thresholds.scales import Word

_home = partial(risk, stages=ALWAYS, gate="home_or_money_concern", shared=True)
_NEAR = (Who.PARENT, Who.HOUSING, Who.FAMILY_SUPPORT, Who.SCHOOL)


class SiblingsKnown(Word):
    """Whether other services or panels know the brothers and sisters."""

    NO_SIBLINGS = 1
    SAME_WORKERS = 2
    OTHER_WORKERS = 3
    ANOTHER_PANEL = 4


class FamilyAndEnvironment(Section):
    """Home, money, family and neighbourhood."""

    title = "Family, home and money"

    home_or_money_concern: AnswerField = risk(
        "there is a worry about housing, money, family breakdown, isolation or who comes to the home",
        "Is there any worry about housing, money, family breakdown, isolation, or who comes to the home and for what?",
        stages=ALWAYS,
        who=_NEAR,
        shared=True,
    )
    housing_poor_or_insecure: AnswerField = _home(
        "housing is overcrowded, poor or insecure",
        "Is the housing overcrowded, in poor repair, temporary or about to be lost?",
        who=_NEAR,
    )
    debt_or_low_income: AnswerField = _home(
        "money is short, or there is debt",
        "Is money short, or is there debt?",
        who=_NEAR,
    )
    no_recourse_to_public_funds: AnswerField = _home(
        "the family has no recourse to public funds",
        "Has the family no recourse to public funds?",
        who=_NEAR,
    )
    family_isolated: AnswerField = _home(
        "the family is isolated and has little support",
        "Is the family isolated, with little or no support?",
        who=_NEAR,
    )
    family_conflict_or_loss: AnswerField = _home(
        "there is conflict without violence, separation, or a loss in the family",
        "Is there conflict (not violence or control), separation, bereavement or another loss in the family?",
        who=(Who.PARENT, Who.CHILD, Who.SCHOOL),
    )
    drugs_weapons_visitors_in_home: AnswerField = _home(
        "drugs or weapons are kept in the home, or people come to it for them",
        "Are drugs or weapons kept in the home, or do people come to it for them?",
        who=(Who.POLICE, Who.HOUSING, Who.CHILD),
    )
    homeless_or_put_out: AnswerField = risk(
        "the young person is without a home, or has been put out",
        "Is the young person without a home, or put out of it?",
        stages=FROM_ELEVEN,
        who=(Who.CHILD, Who.HOUSING, Who.YOUTH),
    )
    unknown_adult_in_home: AnswerField = context(
        "an adult in the home is known to none of the agencies",
        "Is there an adult in the home whom none of you knows anything about?",
        stages=ALWAYS,
        who=(Who.PARENT, Who.POLICE, Who.HOUSING),
        shared=True,
    )
    siblings_known_elsewhere: Annotated[SiblingsKnown | None, *choice_of(SiblingsKnown)] = choice(
        "who works with the brothers and sisters",
        "Who works with brothers, sisters and half-siblings, and does another panel know them?",
        stages=ALWAYS,
        who=(Who.SCHOOL, Who.HEALTH_VISITOR, Who.SOCIAL_CARE),
    )
