"""What a fact is, and the few ways in which a section declares one.

A section is a small pydantic class and each of its fields is one fact. The call that gives the field its default
(`risk`, `count`, `protective`, `context`, ...) says what the fact is, in words that also
stand in the JSON Schema of a case.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from thresholds.scales import Answer, Stage, Word, YesNo


class Kind(StrEnum):
    """How a fact is answered."""

    ANSWER = "answer"
    YES_NO = "yes_no"
    COUNT = "count"
    CHOICE = "choice"
    AGE = "age"


class Polarity(StrEnum):
    """What an answer can do: raise a finding, temper one, shape the advice only; or be the age."""

    RISK = "risk"
    PROTECTIVE = "protective"
    CONTEXT = "context"
    AGE = "age"


class Who(StrEnum):
    """Who would know."""

    PARENT = "the parent or carer"
    CHILD = "the child"
    SCHOOL = "school or nursery"
    HEALTH_VISITOR = "the health visitor"
    MIDWIFE = "the midwife"
    GP = "the GP"
    HOSPITAL = "the hospital"
    CAMHS = "child mental health services"
    POLICE = "the police"
    SOCIAL_CARE = "children's social care"
    FAMILY_SUPPORT = "the children's centre or family support"
    YOUTH = "youth services or the youth offending team"
    HOUSING = "housing"
    ADULT_MENTAL_HEALTH = "adult mental health services"
    SUBSTANCE = "substance misuse services"
    DV_SERVICE = "the domestic violence service"
    REFERRER = "whoever makes the referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that can be known of a case.

    `says` is the fact as a statement, `question` as it is asked. `values` are the words an answer may have (none for a
    number) and `lowest` to `highest` the numbers, counted in `unit`. `gate` is the opening question whose *no* answers
    this one, and which is found when this is, unless `raises_gate` is false (a vulnerability is no violence).
    `established_by` is the fact without whose *yes* a *no* to this one is read as not known; `contradicted_by` are the
    risks that set this protection aside. A `shared` fact is the same for every child of a home. A fact that is not
    `changeable` is history, or what a child is. `codes` gives the census code of each value, where there is one.
    """

    name: str
    section: str
    kind: Kind
    polarity: Polarity
    says: str
    question: str
    stages: tuple[Stage, ...]
    who_knows: tuple[Who, ...]
    values: tuple[str, ...] = ()
    lowest: int = 0
    highest: int = 0
    unit: str = ""
    gate: str | None = None
    raises_gate: bool = True
    established_by: str | None = None
    contradicted_by: tuple[str, ...] = ()
    changeable: bool = True
    shared: bool = False
    ask_safely: str | None = None
    codes: Mapping[str, str] | None = None
    words: type[Word] | None = None

    @property
    def expected(self) -> str:
        """What may be answered, in words."""
        if self.values:
            return f"{', '.join(self.values[:-1])} or {self.values[-1]}"
        return f"a whole number from {self.lowest} to {self.highest} ({self.unit})"

    def written(self, value: int | None) -> str | int | None:
        """An answer as case files and JSON write it: a word, a number, or None where it is not known."""
        return value if value is None or self.words is None else self.words(value).word


class Section(BaseModel):
    """Facts that are asked together. `title` is their heading on a page."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    title: ClassVar[str]


# When a question is asked.
ALWAYS = tuple(Stage)
UNBORN = (Stage.UNBORN,)
BORN = ALWAYS[Stage.INFANT :]
INFANTS = (Stage.INFANT,)
EARLY_YEARS = (Stage.EARLY_YEARS,)
UNDER_FIVE = (Stage.INFANT, Stage.EARLY_YEARS)
TO_TEN = (Stage.INFANT, Stage.EARLY_YEARS, Stage.PRIMARY)
FROM_ONE = ALWAYS[Stage.EARLY_YEARS :]
FROM_FIVE = ALWAYS[Stage.PRIMARY :]
FROM_ELEVEN = ALWAYS[Stage.ADOLESCENT :]
FROM_SIXTEEN = ALWAYS[Stage.OLDER_ADOLESCENT :]

_NOT_KNOWN = ("unknown", "not known", "not_known")
_W = TypeVar("_W", bound=Word)


def read_as(words: type[_W]) -> Callable[[object], _W | None]:
    """A function that reads an answer as people and programs write it: a word in any case, true and false, None.

    Raises ValueError for anything else; the message never holds the value.
    """
    spelt = {member.word: member for member in words}

    def read(value: object) -> _W | None:
        if type(value) is str and value in spelt:  # as nearly every answer is written
            return spelt[value]
        if value is None or isinstance(value, words):
            return value
        if isinstance(value, str):
            word = value.strip().lower()
            if word in _NOT_KNOWN:
                return None
        else:  # true and false of JSON, YAML and data frames (whose own boolean type is not Python's)
            word = {"True": "yes", "False": "no"}.get(str(value), "") if type(value).__name__.startswith("bool") else ""
        if word not in spelt:
            raise ValueError("not one of the words that may be answered")
        return spelt[word]

    return read


def _read_number(value: object) -> int | None:
    """A whole number as people and programs write it. Raises ValueError for anything else."""
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOT_KNOWN):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | Word) or not hasattr(value, "__index__"):
        raise ValueError("not a whole number")
    return operator.index(value)


def _as_word(value: Word) -> str:
    return value.word


_WRITTEN = PlainSerializer(_as_word, return_type=str, when_used="unless-none")
AnswerField = Annotated[
    Answer | None,
    BeforeValidator(read_as(Answer)),
    _WRITTEN,
    WithJsonSchema({"enum": ["no", "suspected", "yes", True, False, None]}),
]
YesNoField = Annotated[
    YesNo | None,
    BeforeValidator(read_as(YesNo)),
    _WRITTEN,
    WithJsonSchema({"enum": ["no", "yes", True, False, None]}),
]
NumberField = Annotated[int | None, BeforeValidator(_read_number)]


def choice_of(words: type[Word]) -> tuple[BeforeValidator, PlainSerializer, WithJsonSchema]:
    """The annotations of a fact that is answered by one of its own words."""
    schema = {"enum": [*(member.word for member in words), None]}
    return BeforeValidator(read_as(words)), _WRITTEN, WithJsonSchema(schema)


def _declare(
    polarity: Polarity,
    kind: Kind,
    says: str,
    question: str,
    *,
    stages: tuple[Stage, ...],
    who: tuple[Who, ...],
    **more: Any,
) -> Any:
    """A field that is not known until it is given, and that carries what the fact is in words that JSON can hold.

    `more` is any other attribute of `Fact`.
    """
    about = {
        "polarity": polarity,
        "kind": kind,
        "says": says,
        "stages": [stage.word for stage in stages],
        "who_knows": who,
    }
    limits = {"ge": more.get("lowest", 0), "le": more["highest"]} if "highest" in more else {}
    return Field(default=None, description=question, json_schema_extra={"fact": about | more}, **limits)


risk = partial(_declare, Polarity.RISK, Kind.ANSWER)
"""A fact that can raise a finding: no, suspected or yes."""

count = partial(_declare, Polarity.RISK, Kind.COUNT)
"""A number that can raise a finding; wants `unit` and `highest`. Always "at least so many are known of"."""

protective = partial(_declare, Polarity.PROTECTIVE, Kind.YES_NO)
"""A fact that can temper a finding, and does so on a known yes alone: yes or no."""

context = partial(_declare, Polarity.CONTEXT, Kind.ANSWER)
"""A fact that shapes advice alone: no, suspected or yes."""

work = partial(_declare, Polarity.CONTEXT, Kind.YES_NO)
"""A fact about how the work or the referral was done, for advice alone: yes or no."""

count_context = partial(_declare, Polarity.CONTEXT, Kind.COUNT)
"""A number for advice alone; wants `unit` and `highest`."""

choice = partial(_declare, Polarity.CONTEXT, Kind.CHOICE)
"""A fact for advice alone that is answered by one of its own words."""

age = partial(_declare, Polarity.AGE, Kind.AGE)
"""The age of the child; wants `unit`, `lowest` and `highest`."""
