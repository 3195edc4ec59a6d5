"""A case as an audit has it: its facts, what was judged of it, where it was held, and what came after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, ValidationError, WithJsonSchema, model_validator

from thresholds.audits.judgements import (
    DECISION_WORDS,
    KEY,
    LONGEST_OWN_COLUMN,
    OWN_COLUMN,
    AuditModel,
    Judgement,
    Judging,
)
from thresholds.audits.spelling import Spellings, says_not_known
from thresholds.facts.case import Case
from thresholds.households import mistakes
from thresholds.scales import Tier


class TierHeld(StrEnum):
    """Where a case was held.

    Held at Tier 2 by agreement with Tier 3, which works alongside, is a value of its own: else such a case would look as if it
    were held too low.
    """

    ONE = "1"
    TWO_A = "2A"
    TWO_B = "2B"
    TWO = "2"
    TWO_WITH_THREE = "2 with 3"
    THREE = "3"

    @property
    def highest(self) -> Tier:
        """The highest tier that this may mean; with Tier 3 alongside, 3."""
        return _HIGHEST[self]


_HIGHEST = {
    TierHeld.ONE: Tier.ONE,
    TierHeld.TWO_A: Tier.TWO_A,
    TierHeld.TWO_B: Tier.TWO_B,
    TierHeld.TWO: Tier.TWO_B,
    TierHeld.TWO_WITH_THREE: Tier.THREE,
    TierHeld.THREE: Tier.THREE,
}


class Seen(StrEnum):
    """What the auditors went by."""

    PAPER = "paper"
    PRACTITIONER = "practitioner_spoken_to"


class After(StrEnum):
    """What came after a case was judged."""

    RE_REFERRED = "re_referred"
    ESCALATED = "escalated"
    STEPPED_DOWN = "stepped_down"
    REFUSED = "refused"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """What came after, as it is said."""
        return "re-referred" if self is After.RE_REFERRED else self.value.replace("_", " ")


class Because(StrEnum):
    """What led to it."""

    OWN_IDENTIFICATION = "own_identification"
    NEW_INFORMATION = "new_information"
    RISK_RECOGNISED_LATER = "risk_recognised_later"

    @property
    def words(self) -> str:
        """The reason, as it is said."""
        return _BECAUSE[self]


_BECAUSE = {
    Because.OWN_IDENTIFICATION: "they saw the risk themselves",
    Because.NEW_INFORMATION: "something new came to light",
    Because.RISK_RECOGNISED_LATER: "a risk that was there to be seen was recognised later",
}


class FollowUp(AuditModel):
    """Something that came after; `weeks` after the judgement, None where that is not known.

    `because` says whether the audited service or panel found the risk itself, whether something new came to light, or whether
    what had been there to see was recognised only later.
    """

    what: After
    because: Because | None = None
    weeks: int | None = Field(default=None, ge=0, le=520)

    @property
    def phrase(self) -> str:
        """It as a phrase: what, when, and what led to it."""
        when = "" if self.weeks is None else f" after {self.weeks} week{'' if self.weeks == 1 else 's'}"
        return f"{self.what.words}{when}{f', since {self.because.words}' if self.because else ''}"


def _read_case(value: object) -> object:
    """A case, or a mapping that makes one. Raises ValueError with a sentence for each mistake, and never an answer."""
    if isinstance(value, Case):
        return value
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        raise ValueError("\n".join(mistakes(error))) from None


CaseField = Annotated[
    Case,
    BeforeValidator(_read_case),
    PlainSerializer(lambda case: case.known(), return_type=dict),
    WithJsonSchema({"type": "object"}),
]


def _known_of(columns: object) -> object:
    """Columns of the audit's own without those that say that something is not known: that is no group of cases."""
    if not isinstance(columns, Mapping):
        return columns
    return {name: value for name, value in columns.items() if not (isinstance(value, str) and says_not_known(value))}


OwnColumn = Annotated[str, Field(pattern=OWN_COLUMN, max_length=LONGEST_OWN_COLUMN)]
OwnValue = Annotated[str, Field(pattern=DECISION_WORDS)]


LEAST_WEIGHT = 0.0001
"""The smallest weight: whatever is smaller, Python writes with an exponent, which no table is read with."""


class AuditedCase(AuditModel):
    """One case of an audit. There are no names in it: `id` is the audit's own key.

    `case` holds the facts as they were known when the tier was decided. `process` is the service or panel whose work is
    audited. `judgements` may disagree, and are kept as they are. `stratum` is the group that the case was drawn from, where
    the sample was stratified, and `weight` how many cases of the population it stands for. `invented` says that the facts are
    made up, and is then said of every figure that the case enters. `decision` is what was decided, in the words of a source
    that records a decision and no tier; a decision map may say what it tells of the tier held. `columns` are the audit's own,
    by which its cases can be parted: a team, say; where that is not known, the case has no such column.
    """

    id: str = Field(pattern=KEY)
    process: str = Field(pattern=KEY)
    multi_agency: bool | None = None
    case: CaseField
    held: TierHeld | None = None
    seen: Seen | None = None
    judgements: tuple[Judgement, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    stratum: str | None = Field(default=None, pattern=KEY)
    weight: float = Field(default=1.0, ge=LEAST_WEIGHT, le=1_000_000)
    invented: bool = False
    columns: Annotated[Mapping[OwnColumn, OwnValue], BeforeValidator(_known_of)] = Field(default_factory=dict)
    decision: str | None = Field(default=None, pattern=DECISION_WORDS)

    @model_validator(mode="after")
    def _check_judgements(self) -> Self:
        """One auditor judges a case once (of one side's reading of the threshold)."""
        counted = Counter((judgement.auditor, judgement.of) for judgement in self.judgements)
        twice = sorted({auditor for (auditor, _), number in counted.items() if number > 1})
        if twice:
            raise ValueError(f"judged twice by {', '.join(twice)}: keep one judgement by each auditor")
        return self

    def by(self, auditor: str) -> Judgement | None:
        """What this auditor judged of the receiver's work; None where that is nothing."""
        return next((one for one in self.judgements if one.auditor == auditor and one.of is Judging.RECEIVER), None)

    @property
    def of_referrer(self) -> tuple[Judgement, ...]:
        """The judgements of the referrer's reading of the threshold, which are compared with nothing here."""
        return tuple(one for one in self.judgements if one.of is Judging.REFERRER)

    @property
    def received(self) -> tuple[Judgement, ...]:
        """The judgements of the receiver's work, made apart or in a group."""
        return tuple(one for one in self.judgements if one.of is Judging.RECEIVER)

    @property
    def leading(self) -> tuple[Judgement, ...]:
        """The judgements that speak for the audit: those of a group by consensus where there are any, or else all.

        Those of the referrer's reading of the threshold are not among them.
        """
        return tuple(one for one in self.received if one.consensus) or self.received

    @property
    def judged_alone(self) -> tuple[Judgement, ...]:
        """The judgements of the receiver's work that somebody made for themself, and no group by consensus."""
        return tuple(one for one in self.received if not one.consensus)

    def to_dict(self) -> Mapping[str, Any]:
        """The case as JSON Lines hold it."""
        return self.model_dump(mode="json", exclude_defaults=True)


class Audit(AuditModel):
    """The cases of one audit, each once, in the order of its file.

    `notes` are sentences about how it was read: what in the file was passed over, and what of a decision became of it.
    """

    name: str
    cases: tuple[AuditedCase, ...]
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        """An id names one case."""
        counted = Counter(case.id for case in self.cases)
        twice = sorted(name for name, number in counted.items() if number > 1)
        if twice:
            raise ValueError(f"given twice: {', '.join(twice)}; an id names one case")
        return self

    @model_validator(mode="after")
    def _check_auditors(self) -> Self:
        """A key names one auditor, however it is written: else one person would count as two."""
        spellings = Spellings[None]()
        for key in (judgement.auditor for case in self.cases for judgement in case.judgements):
            first = spellings.otherwise(key, None)
            if first is not None:
                raise ValueError(
                    f"{first[0]} and {key}: keys of auditors that differ in their capitals alone; write them alike"
                )
        return self

    @property
    def processes(self) -> tuple[str, ...]:
        """The services and panels whose work is audited, in the order in which they come."""
        return tuple(dict.fromkeys(case.process for case in self.cases))

    @property
    def auditors(self) -> tuple[str, ...]:
        """Everybody who judged a case, groups among them, in the order in which they first appear."""
        judged = (one for case in self.cases for one in case.judgements if one.of is Judging.RECEIVER)
        return tuple(dict.fromkeys(one.auditor for one in judged))

    @property
    def invented(self) -> bool:
        """Whether some of its cases are made up."""
        return any(case.invented for case in self.cases)
