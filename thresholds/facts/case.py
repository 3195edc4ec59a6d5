"""The facts of one child at one time."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Never, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from thresholds.facts.behaviour import Behaviour
from thresholds.facts.child import Child
from thresholds.facts.domestic_violence import DomesticViolence
from thresholds.facts.education import Education
from thresholds.facts.exploitation import Exploitation
from thresholds.facts.family import FamilyAndEnvironment
from thresholds.facts.health import Health
from thresholds.facts.help_so_far import HelpSoFar
from thresholds.facts.history import History
from thresholds.facts.parenting import Parenting
from thresholds.facts.pregnancy import Pregnancy
from thresholds.facts.record import POSITIONS, Conflict, Record, conflicts, encode, impossible
from thresholds.facts.referral import Referral
from thresholds.facts.safety import Safety
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.scales import Stage

_REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"
_REFERENCE_EXPECTED = "letters, digits and . _ : / - only, at most 64, and nobody's name"


class Completeness(NamedTuple):
    """How many of the facts that could bear on the tier are answered, of how many that are answered or open."""

    facts: int
    of: int


_BEARING = frozenset(name for name, fact in FACTS.items() if fact.polarity is not Polarity.CONTEXT)
_bearing = itemgetter(*(position for name, position in POSITIONS.items() if name in _BEARING))


class Case(
    Safety,
    Child,
    Pregnancy,
    DomesticViolence,
    Parenting,
    History,
    Health,
    Education,
    Behaviour,
    Exploitation,
    FamilyAndEnvironment,
    HelpSoFar,
    Referral,
):
    """The facts of one child at one time. Every fact is optional: what is left out is not known, and not known is not no.

    Answers are words ("no", "suspected", "yes"), true or false, or members of `thresholds.Answer`; numbers are whole.
    `reference` is an opaque key of the caller's, never a name. A case is frozen.

    Raises `pydantic.ValidationError` for an unknown fact, an answer that a fact cannot have, and a record that cannot be.
    The error names each fact and what was expected, and never holds a value.
    """

    title = "A case"

    reference: str | None = Field(default=None, pattern=_REFERENCE, description="An opaque key of yours. Never a name.")

    if TYPE_CHECKING:

        def __init__(self, **facts: object) -> None: ...

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_in_words(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Reword every complaint, so that it helps a person and holds none of the case."""
        try:
            case = handler(data)
        except ValidationError as error:
            problems = [_in_words(tuple(found["loc"]), found["type"]) for found in error.errors(include_url=False)]
        else:
            problems = [(fact, "impossible_record", message) for fact, message in impossible(case.__dict__)]
            if not problems:
                _ = case.record  # made here, once, so that a validated case is ready for as many rule sets as may be
                return case
        raise ValidationError.from_exception_data(
            "Case",
            [
                InitErrorDetails(type=PydanticCustomError(kind, message), loc=(fact,) if fact else (), input=None)
                for fact, kind, message in problems
            ],
            hide_input=True,
        ) from None

    @cached_property
    def record(self) -> Record:
        """The case as evaluators read it: every fact in the order of `FACTS`, as a small integer or None."""
        return encode(self.__dict__, self.model_fields_set)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The answers that do not go together, each with how it was read."""
        return conflicts(self.__dict__, self.model_fields_set)

    @cached_property
    def completeness(self) -> Completeness:
        """How much is known of what could bear on the tier."""
        answered = sum(self.__dict__[name] is not None for name in _BEARING & self.model_fields_set)
        return Completeness(answered, answered + _bearing(self.record).count(None))

    @property
    def stage(self) -> Stage | None:
        """The child's stage; None where the age is not known, or is 18 or over."""
        return Stage.at(self.age_months)

    def known(self) -> dict[str, str | int]:
        """What is known, as a case file writes it: each recorded fact and its answer, the reference apart."""
        values = self.__dict__
        return {name: written for name, fact in FACTS.items() if (written := fact.written(values[name])) is not None}

    def answer_to(self, name: str) -> str | int | None:
        """The answer to a fact as a case file writes it: as it is recorded, else as an opening question answers it; None where
        it is not known. Raises `KeyError` for a name that is no fact."""
        fact = FACTS[name]
        recorded = fact.written(self.__dict__[name])
        return fact.written(self.record[POSITIONS[name]]) if recorded is None else recorded

    def with_facts(self, **facts: object) -> Self:
        """The same case with these facts as given; None makes a fact not known. Raises as `Case` does."""
        return type(self)(**{"reference": self.reference, **self.known(), **facts})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As `with_facts`: a copy is checked like any other case, where pydantic's own copy is not."""
        return self.with_facts(**(update or {}))

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError("A case is frozen; with_facts() makes a new one.")  # pydantic's own error would hold the value

    def __delattr__(self, name: str) -> Never:
        raise AttributeError("A case is frozen; with_facts() makes a new one.")

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        reference = [("reference", self.reference)] if self.reference else []
        return [*reference, *self.known().items()]


def no_such_fact(name: str) -> str:
    """That there is no fact of this name, and the nearest that there is."""
    near = get_close_matches(name, [*FACTS, "reference"], n=1, cutoff=0.6)
    near = near or [fact for fact in FACTS if fact.startswith(f"{name}_")]
    hint = f"Did you mean {near[0]}?" if near else "The command 'thresholds facts' lists them all."
    return f"There is no such fact. {hint}"


def _in_words(where: tuple[int | str, ...], kind: str) -> tuple[str, str, str]:
    """The fact, the kind of mistake and the sentence for one of pydantic's complaints."""
    if not where:
        return "", "not_a_case", "A case is a mapping of facts to answers."
    name = str(where[0])
    if kind == "invalid_key":
        return "", "not_a_case", "A case is a mapping of facts to answers; a fact is named by a word."
    if kind == "extra_forbidden":
        return name, "unknown_fact", no_such_fact(name)
    if name == "reference":
        return name, "reference", f"Expected {_REFERENCE_EXPECTED}."
    return name, "answer", f"Expected {FACTS[name].expected}; leave it out where it is not known."
