"""An exercise as data: a vignette, what a careful reader would record of it, and what it is there to practise.

Every exercise is made up. What its tier is stands in the file only so that the loader can refuse it when the rules say
otherwise: the rules are one view, and a difference that is meant is declared as a point for discussion.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError, WithJsonSchema

from thresholds.audits.judgements import AuditModel, TierField, read_tier
from thresholds.audits.mistakes import nearest_word
from thresholds.facts.case import Case, no_such_fact
from thresholds.facts.vocabulary import FACTS
from thresholds.households import mistakes, printable
from thresholds.plain_text import is_plain
from thresholds.scales import Stage, Status, Tier
from thresholds.suggestion import DEFAULT_RULE_SET

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""An id, and the name of its file: lower-case words joined by hyphens."""


REFERRAL_SECTION = FACTS["risks_named"].section
"""The section of the facts that are of a referral itself, and not of the child."""
SAID_TO_BE_MADE_UP = "This case is made up. It is nobody's."
"""What stands beside every vignette."""


class Theme(StrEnum):
    """What an exercise is about. A closed list, so that exercises can be chosen by it."""

    DOMESTIC_VIOLENCE = "domestic-violence"
    PHYSICAL_HARM = "physical-harm"
    NEGLECT = "neglect"
    EMOTIONAL_HARM = "emotional-harm"
    SEXUAL_HARM = "sexual-harm"
    ADULT_MENTAL_HEALTH = "adult-mental-health"
    SUBSTANCE_USE = "substance-use"
    PRECAUTIONARY_REFERRAL = "precautionary-referral"
    HISTORY_OF_TIER_3 = "history-of-tier-3"
    SIBLINGS_ELSEWHERE = "siblings-elsewhere"
    STEPPED_DOWN_TOO_SOON = "stepped-down-too-soon"
    BEHAVIOUR_WITHOUT_THE_FAMILY = "behaviour-without-the-family"
    HARM_OUTSIDE_THE_HOME = "harm-outside-the-home"
    DISABILITY = "disability"
    UNBORN = "unborn"
    YOUNG_CARER = "young-carer"
    SELF_HARM = "self-harm"
    EDUCATION = "education"
    HOUSING_AND_MONEY = "housing-and-money"
    HELP_NOT_TAKEN_UP = "help-not-taken-up"
    NO_ADDITIONAL_NEED = "no-additional-need"


class Agency(StrEnum):
    """The groups that the report of 2011 names for training; hospital services have midwifery and pre-natal staff in them."""

    GP = "gp"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"
    CHILDRENS_SERVICES = "childrens_services"

    @property
    def words(self) -> str:
        """The group as it is said."""
        return _AGENCIES[self]


_AGENCIES = {
    Agency.GP: "GPs",
    Agency.HOSPITAL: "hospital services, midwifery and pre-natal among them",
    Agency.SCHOOL: "schools",
    Agency.VOLUNTARY: "voluntary bodies",
    Agency.CHILDRENS_SERVICES: "children's services",
}
LEVELS = {1: "first steps", 2: "practised", 3: "hard"}
"""How hard an exercise is."""


# What stands in its fields.


def _text(value: object) -> str:
    """A text with its line breaks folded; paragraphs stay apart."""
    if not isinstance(value, str):
        raise ValueError("Expected text.")
    if not is_plain(value):
        raise ValueError("Expected text alone: there is a character in it that cannot be shown, such as escape.")
    folded = "\n\n".join(" ".join(block.split()) for block in value.split("\n\n") if block.strip())
    if not folded:
        raise ValueError("Expected text, and there is none.")
    return folded


TextField = Annotated[str, BeforeValidator(_text)]


def _made_up(value: object) -> object:
    if value is not True:
        raise ValueError("Expected true: every exercise is made up.")
    return value


def _level(value: object) -> object:
    # by its type, since true is 1 to Python
    if type(value) is not int or value not in LEVELS:
        *others, last = map(str, LEVELS)
        raise ValueError(f"Expected {', '.join(others)} or {last}.")
    return value


def _case_of(value: object) -> Case:
    if isinstance(value, Case):
        return value
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        raise ValueError("\n".join(mistakes(error))) from None


def _no_reference(case: Case) -> Case:
    if case.reference is not None:
        raise ValueError("reference: An exercise is nobody's case: leave this out.")
    return case


def _known(case: Case) -> dict[str, str | int]:
    return case.known()


CaseField = Annotated[
    Case,
    BeforeValidator(lambda value: _no_reference(_case_of(value))),
    PlainSerializer(_known, return_type=dict),
    WithJsonSchema({"type": "object"}),
]


def _stage(value: object) -> object:
    if isinstance(value, Stage):
        return value
    found = next((stage for stage in Stage if stage.word == value), None)
    if found is None:
        raise ValueError(f"There is no such stage; {nearest_word(str(value), [stage.word for stage in Stage])}")
    return found


StageField = Annotated[
    Stage,
    BeforeValidator(_stage),
    PlainSerializer(lambda stage: stage.word, return_type=str),
    WithJsonSchema({"enum": [stage.word for stage in Stage]}),
]


def _each_once(values: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    """A list in which nothing stands twice."""
    twice = [
        f"Number {number} is the same as number {values.index(value) + 1}: leave one of them out."
        for number, value in enumerate(values, 1)
        if values.index(value) + 1 != number
    ]
    if twice:
        raise ValueError("\n".join(twice))
    return values


_EACH_ONCE = AfterValidator(_each_once)


def _some(of: Iterable[str] = (), most: int | None = None) -> AfterValidator:
    """A list in which something stands, and at most so much; `of` are the words of which it may be.

    After the items are checked, so that it is not said of a list whose items are mistaken that there is nothing in it.
    """
    words = ", ".join(of)

    def check(values: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
        if not values:
            raise ValueError(f"Expected at least one: {words}." if words else "Expected at least one.")
        if most is not None and len(values) > most:
            raise ValueError(f"Expected at most {most}, and there are more.")
        return values

    return AfterValidator(check)


def fact_names(names: Iterable[object]) -> Iterator[str]:
    """A sentence for each of these that is not the name of a fact."""
    for number, name in enumerate(names, 1):
        if not isinstance(name, str):
            yield f"Number {number}: Expected the name of a fact."
        elif name not in FACTS:
            yield f"{printable(name)}: {no_such_fact(name)}"


def _facts_named(value: object) -> object:
    """A list or mapping whose members are names of facts."""
    if isinstance(value, list | tuple | Mapping):
        wrong = list(fact_names(value))
        if wrong:
            raise ValueError("\n".join(wrong))
    return value


def _frozen(value: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(dict(value))


_OF_FACTS = (BeforeValidator(_facts_named), AfterValidator(_frozen), PlainSerializer(dict, return_type=dict))
"""The annotations of a mapping whose keys are facts: it cannot be changed afterwards."""

FactNames = Annotated[tuple[str, ...], BeforeValidator(_facts_named), _EACH_ONCE]


def _a_tier(value: object) -> Tier:
    tier = read_tier(value)
    if tier is None:
        raise ValueError("a tier is 1, 2A, 2B or 3")
    return tier


NeededTier = Annotated[Tier, BeforeValidator(_a_tier), PlainSerializer(lambda tier: tier.word, return_type=str)]


class ExerciseModel(AuditModel):
    """What the parts of an exercise have in common: frozen, no unknown names, and errors that hold no value."""

    model_config = ConfigDict(defer_build=True)  # so that commands that have no need of exercises do not wait for them


class Gives(ExerciseModel):
    """What the rules make of the facts: the status, and the tier where there is one."""

    status: Status
    tier: TierField = None

    @property
    def words(self) -> str:
        """The two as they are said."""
        if self.tier is None:
            return _WITHOUT_TIER.get(self.status, "no tier")
        return _WITH_TIER.get(self.status, "Tier {}").format(self.tier)


_WITHOUT_TIER = {
    Status.TOO_LITTLE_KNOWN: "too little known for a tier",
    Status.NOT_FOR_THIS_TOOL: "not a question of thresholds",
}
_WITH_TIER = {
    Status.AT_LEAST: "at least Tier {}",
    Status.ACT_FIRST: "Tier {}, and act first",
    Status.NOT_FOR_THIS_TOOL: "not a question of thresholds (Tier {})",
}


class ForDiscussion(ExerciseModel):
    """Another view than the rules', which a careful reader of the model would hold, and why."""

    tier: NeededTier
    because: TextField


class Tone(ExerciseModel):
    """The tier that the tone of a text pulls its reader towards, and how."""

    towards: NeededTier
    because: TextField


class ReportFinding(ExerciseModel):
    """Which finding, of which work, an exercise practises."""

    work: str = Field(pattern=SLUG)
    at: TextField


class PairOf(ExerciseModel):
    """The other exercise of a pair, or the next rung of a ladder, and the facts in which the two differ.

    `hangs_on_it` are the facts that cannot but differ too once those of `differs_in` do: what is taken up is not declined.
    """

    of: str = Field(pattern=SLUG)
    differs_in: Annotated[FactNames, _some()]
    hangs_on_it: FactNames = ()


class StepTold(ExerciseModel):
    """What comes to light next, what of it a careful reader would record, and what the rules make of it then.

    `for_discussion` and `tone` are those of this step alone; without them it has none.
    """

    told: TextField
    learnt: Annotated[Mapping[str, object], *_OF_FACTS] = Field(default_factory=dict)
    withdrawn: FactNames = ()
    gives: Gives
    for_discussion: ForDiscussion | None = None
    tone: Tone | None = None


class PoorReferral(ExerciseModel):
    """A referral as it was sent, to be mended, and what it lets a reader record."""

    text: TextField
    facts: CaseField


class Exercise(ExerciseModel):
    """One exercise. `facts` is what a careful reader would record, and `gives` what the rules make of that.

    `left_open` are facts that the text leaves open on purpose, each with why it matters. `level` is 1 (first steps), 2
    (practised) or 3 (hard). `household` is a word that the exercises about the children of one home share. `rule_set` is the
    id of the rule set for which it is written. `for_discussion` and `tone` are of the beginning: a step has its own, or none.
    """

    id: str = Field(pattern=SLUG)
    title: TextField
    made_up: Annotated[Literal[True], BeforeValidator(_made_up)]
    stage: StageField
    level: Annotated[int, BeforeValidator(_level)]
    themes: Annotated[tuple[Theme, ...], _some(Theme), _EACH_ONCE]
    agencies: Annotated[tuple[Agency, ...], _some(Agency), _EACH_ONCE]
    vignette: TextField
    facts: CaseField
    left_open: Annotated[Mapping[str, TextField], *_OF_FACTS] = Field(default_factory=dict)
    gives: Gives
    for_discussion: ForDiscussion | None = None
    tone: Tone | None = None
    learning_points: Annotated[tuple[TextField, ...], _some(most=4), _EACH_ONCE]
    source: ReportFinding | None = None
    pair: PairOf | None = None
    steps: tuple[StepTold, ...] = ()
    household: Annotated[str, Field(pattern=SLUG)] | None = None
    referral: PoorReferral | None = None
    rule_set: str = Field(default=DEFAULT_RULE_SET, pattern=SLUG)

    @property
    def differs_under(self) -> str | None:
        """How the rules asked read this otherwise than those it is written for; None where they do not, or are the same."""
        return None
