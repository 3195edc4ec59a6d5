"""What an audit judges of a case: the seven questions of the audit of July 2011 (its pages 5 to 8), and who answered them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from thresholds.scales import Tier

KEY = r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"
"""An opaque key of the audit's own: letters, digits and . _ : / - only, at most 64, and nobody's name."""

DECISION_WORDS = r"^[A-Za-z0-9][A-Za-z0-9 .,:;/()&'+?_\u2019\u2013-]{0,99}$"
"""A decision in the words of its source: one of a short list, and never a sentence about somebody."""

OWN = "by_"
"""How the heading of a column begins that is the audit's own, and by which its cases can be parted."""

NOT_READ = "x_"
"""How the heading of a column begins that is the analyst's own and is not read."""

NO_AUDITOR = r"^([xX]_|[bB][yY]([_-]|$))"
"""What no key of an auditor begins with: a heading such as `x_old tier` or `by_team tier` could be read in two ways."""

NO_AUDITOR_EXPECTED = (
    f"The key of an auditor may not begin with {NOT_READ} or {OWN}, as headings of columns of your own do: put a letter "
    f"before it, as in a-{NOT_READ}1."
)

OWN_COLUMN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
"""What a column of the audit's own is called: lower case letters and digits, with single _ between them."""

LONGEST_OWN_COLUMN = 40

OWN_COLUMN_EXPECTED = (
    f"Expected lower case letters and digits, with single _ between them, a letter first and at most {LONGEST_OWN_COLUMN}."
)

OWN_EXPECTED = "Expected a word or a few, at most 100 characters, and nobody's name."

DECISION_EXPECTED = "Expected a decision in its source's own few words, at most 100 characters, and nobody's name."


class Question(StrEnum):
    """What is asked of each case."""

    REFERRAL = "referral_appropriate"
    RISKS = "risks_identified"
    THRESHOLD = "threshold_applied"
    ACTIONS = "actions_proportionate"
    TIER = "tier_appropriate"
    TIER_3 = "tier_3_consulted"
    SAFEGUARDING = "safeguarding_acted_on"

    @property
    def words(self) -> str:
        """The question as an auditor is asked it."""
        return _ASKED[self]


_ASKED: Mapping[Question, str] = MappingProxyType(
    {
        Question.REFERRAL: "Was the referral to this service appropriate?",
        Question.RISKS: "Were risk factors identified and assessed?",
        Question.THRESHOLD: "Were the threshold criteria applied accurately?",
        Question.ACTIONS: "Were the actions appropriate and proportionate to the need?",
        Question.TIER: "Is the case held at the appropriate tier?",
        Question.TIER_3: "Was Tier 3 consulted where that was necessary?",
        Question.SAFEGUARDING: "Were safeguarding issues identified and acted on?",
    }
)


class Reply(StrEnum):
    """What an auditor may reply. Silence is `NOT_REPORTED`, never a no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    COULD_NOT_BE_JUDGED = "could_not_be_judged"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"


class WhyNotJudged(StrEnum):
    """Why a question could not be judged. A closed list: free text could name somebody."""

    FILE_INCOMPLETE = "file_incomplete"
    NOBODY_SPOKEN_TO = "nobody_spoken_to"
    OUTCOME_NOT_KNOWN = "outcome_not_known"
    OUTSIDE_EXPERTISE = "outside_expertise"
    OTHER = "other"


class Noted(StrEnum):
    """What auditors may note of a case beyond the seven questions. A closed list: free text could name somebody.

    What a fact of the case says already is no note: that a referral was sent as a precaution, say, or which reports were seen.
    """

    RISK_MANAGEMENT_CONCERN = "risk_management_concern"
    DELAY_TO_TIER_3 = "delay_to_tier_3"
    LEFT_AT_RISK_BY_DELAY = "left_at_risk_by_delay"
    HANDLING_DELAYED = "handling_delayed"
    NOTIFICATION_LATE = "notification_late"
    NO_SAFEGUARDING_ISSUE = "no_safeguarding_issue"
    PURPOSE_UNCLEAR = "purpose_unclear"
    SIBLINGS_LEFT_OUT = "siblings_left_out"
    WIDER_PICTURE_LEFT_OUT = "wider_picture_left_out"

    @property
    def words(self) -> str:
        """The note as a sentence about the case."""
        return _NOTED[self]


_NOTED: Mapping[Noted, str] = MappingProxyType(
    {
        Noted.RISK_MANAGEMENT_CONCERN: "There is a significant concern about how risk was managed.",
        Noted.DELAY_TO_TIER_3: "A referral to Tier 3 came late.",
        Noted.LEFT_AT_RISK_BY_DELAY: "A delay left the child at risk of significant harm.",
        Noted.HANDLING_DELAYED: "The service that is audited was slow to handle the case.",
        Noted.NOTIFICATION_LATE: "The notification or report took long to arrive.",
        Noted.NO_SAFEGUARDING_ISSUE: "Nothing in the referral points to a safeguarding issue.",
        Noted.PURPOSE_UNCLEAR: "It is not clear why the information was shared.",
        Noted.SIBLINGS_LEFT_OUT: "Brothers and sisters should have been assessed as well.",
        Noted.WIDER_PICTURE_LEFT_OUT: "What is known beyond the presenting difficulty was not considered.",
    }
)


class Judging(StrEnum):
    """Whose reading of the threshold is judged."""

    RECEIVER = "receiver"
    REFERRER = "referrer"


def read_tier(value: object) -> Tier | None:
    """A tier as people write it: "1", "2A", "2b", 3, "Tier 3". Raises ValueError, which never holds the value."""
    if value is None or isinstance(value, Tier):
        return value
    word = str(value).strip().lower().removeprefix("tier").strip()
    found = next((tier for tier in Tier if tier.word.lower() == word), None)
    if found is None or isinstance(value, bool | float):
        raise ValueError("a tier is 1, 2A, 2B or 3")
    return found


TierField = Annotated[
    Tier | None,
    BeforeValidator(read_tier),
    PlainSerializer(lambda tier: tier.word, return_type=str, when_used="unless-none"),
    WithJsonSchema({"enum": [*(tier.word for tier in Tier), None]}),
]


class AuditModel(BaseModel):
    """What the records of an audit have in common: frozen, no unknown names, and errors that hold no value."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Judgement(AuditModel):
    """What one auditor, or a group that agreed by discussion, judged of one case.

    `auditor` is an opaque key. `consensus` says that a group agreed on it together: such a judgement says nothing of how
    alike its members judged. `replies` holds what was replied to each question; one that is left out is not reported.
    `tier` is the tier that the case warranted in their view; None where none was given. `of` says whose reading of the
    threshold is judged. `noted` is what they noted beyond the questions: what is not there was not noted, which does not say
    that it was not so.
    """

    auditor: str = Field(pattern=KEY, json_schema_extra={"not": {"pattern": NO_AUDITOR}})
    consensus: bool = False
    of: Judging = Judging.RECEIVER
    tier: TierField = None
    replies: Mapping[Question, Reply] = Field(default_factory=dict)
    why_not_judged: Mapping[Question, WhyNotJudged] = Field(default_factory=dict)
    noted: tuple[Noted, ...] = ()

    @field_validator("auditor")
    @classmethod
    def _check_auditor(cls, auditor: str) -> str:
        """No key that a heading of a table could not hold."""
        if re.match(NO_AUDITOR, auditor):
            raise ValueError(NO_AUDITOR_EXPECTED)
        return auditor

    @model_validator(mode="after")
    def _check_whys(self) -> Self:
        """A question that could not be judged says why, and no other question does."""
        unexplained = [
            q for q, reply in self.replies.items() if reply is Reply.COULD_NOT_BE_JUDGED and q not in self.why_not_judged
        ]
        if unexplained:
            raise ValueError(f"why_not_judged has to say why for {', '.join(unexplained)}")
        beside = [question for question in self.why_not_judged if self.reply(question) is not Reply.COULD_NOT_BE_JUDGED]
        if beside:
            raise ValueError(f"why_not_judged speaks of {', '.join(beside)}, which could be judged")
        return self

    @model_validator(mode="after")
    def _check_notes(self) -> Self:
        """Each note once."""
        twice = sorted({note for note in self.noted if self.noted.count(note) > 1})
        if twice:
            raise ValueError(f"noted twice: {', '.join(twice)}")
        return self

    def reply(self, question: Question) -> Reply:
        """What was replied to a question."""
        return self.replies.get(question, Reply.NOT_REPORTED)
