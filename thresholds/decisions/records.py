"""What a person decided, beside what was suggested: the record that principle 9 asks for, kept line by line and replayable."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from pydantic import AwareDatetime, Field, ValidationError, model_validator

from thresholds.audits.audited import CaseField
from thresholds.audits.judgements import KEY, AuditModel, TierField
from thresholds.audits.lines import lines_of, value_of
from thresholds.audits.mistakes import RecordError, complaints, placed
from thresholds.json_text import RefusedError
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.scales import Status, Tier
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views.page import Page
from thresholds.views.shown import Shown

DECISION_FORMAT = "decision/1"
"""What each record says that it is."""


class WhyOtherwise(StrEnum):
    """Why a person decided on another tier than was suggested. A closed list: free text could name somebody."""

    FACTS_NOT_IN_THE_LIST = "facts_not_in_the_list"
    FACTS_WEIGHED_OTHERWISE = "facts_weighed_otherwise"
    FACT_RECORDED_WRONGLY = "fact_recorded_wrongly"
    RULE_IS_WRONG = "rule_is_wrong"
    MORE_TO_FIND_OUT_FIRST = "more_to_find_out_first"
    MANAGED_WITH_TIER_3_ALONGSIDE = "managed_with_tier_3_alongside"
    THOUGHT_IT_WOULD_NOT_BE_ACCEPTED = "thought_it_would_not_be_accepted"
    NO_SERVICE_TO_BE_HAD = "no_service_to_be_had"
    FAMILY_DID_NOT_AGREE = "family_did_not_agree"
    OTHER = "other"


class Role(StrEnum):
    """Who decided, by what they do and never by name."""

    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    PANEL = "panel"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SOCIAL_WORKER = "social_worker"
    AUDITOR = "auditor"
    OTHER = "other"


class Suggested(AuditModel):
    """What was suggested, and by which rules."""

    status: Status
    tier: TierField = None
    lowest: TierField = None
    highest: TierField = None
    rule_set: str
    version: str
    digest: str

    @classmethod
    def of(cls, suggestion: Suggestion) -> Self:
        """What a suggestion says."""
        rule_set = suggestion.rule_set
        return cls(
            status=suggestion.status,
            tier=suggestion.tier,
            lowest=suggestion.range.lowest,
            highest=suggestion.range.highest,
            rule_set=rule_set.id,
            version=rule_set.version,
            digest=rule_set.digest,
        )


class DecisionRecord(AuditModel):
    """A person's decision about one case: the tier, who decided (by role), when, on which facts, beside which suggestion.

    `tier` is None where the person decided that none could be given yet. `why_otherwise` has to be given where the decision is
    not what was suggested, and only there.
    """

    id: str = Field(pattern=KEY)
    decided_at: AwareDatetime
    role: Role
    tier: TierField
    why_otherwise: WhyOtherwise | None = None
    case: CaseField
    suggested: Suggested

    @model_validator(mode="after")
    def _check_why(self) -> Self:
        if self.is_override and self.why_otherwise is None:
            raise ValueError("why_otherwise has to say why the decision is not what was suggested")
        if not self.is_override and self.why_otherwise is not None:
            raise ValueError("why_otherwise is for a decision that is not what was suggested")
        return self

    @classmethod
    def of(
        cls,
        suggestion: Suggestion,
        *,
        id: str,
        tier: Tier | str | None,
        role: Role | str,
        decided_at: datetime,
        why_otherwise: WhyOtherwise | str | None = None,
    ) -> Self:
        """The record of a decision about a suggestion. Raises `pydantic.ValidationError`."""
        given = {"id": id, "tier": tier, "role": role, "decided_at": decided_at, "why_otherwise": why_otherwise}
        return cls.model_validate({**given, "case": suggestion.case, "suggested": Suggested.of(suggestion)})

    @property
    def is_override(self) -> bool:
        """Whether the decision is not what was suggested: another tier, or none yet where one was suggested."""
        return self.tier != self.suggested.tier

    def to_dict(self) -> Mapping[str, Any]:
        """The record as JSON Lines hold it."""
        written = self.model_dump(mode="json", exclude_none=True)
        return {"format": DECISION_FORMAT, "tier": None, **written}  # that no tier could be given is a decision too, and said


def append_decision(path: str | Path, record: DecisionRecord) -> None:
    """Add a record to the end of a file, which is made if it is not there; what stands in it is never touched.

    Where the last line of the file was not ended, by an editor or a write that broke off, the record begins a line of its own.
    Raises `OSError`.
    """
    line = json.dumps(record.to_dict(), ensure_ascii=False) + "\n"
    with Path(path).open("ab+") as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                line = f"\n{line}"
        stream.write(line.encode())


class DecisionFileError(RecordError):
    """A file of decisions with mistakes; `problems` holds each as a sentence with its line, and none holds an answer."""


def read_decisions(path: str | Path) -> tuple[DecisionRecord, ...]:
    """Every record of a file, in its order. Raises `DecisionFileError` with every mistake, and `OSError`."""
    reading = _Reading()
    with Path(path).open("rb") as stream:
        for number, line in lines_of(stream):
            reading.take(number, line)
    if reading.problems:
        raise DecisionFileError(f"{path}:{number}: {message}" for number, message in reading.problems)
    return tuple(reading.records)


@dataclass
class _Reading:
    """What was read so far, and what is wrong with it."""

    records: list[DecisionRecord] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def take(self, number: int, line: bytes | None) -> None:
        """A line of the file."""
        try:
            value = value_of(line)
        except RefusedError as refused:
            self.problems.append((number, str(refused)))
            return
        if not isinstance(value, dict) or value.get("format") != DECISION_FORMAT:
            self.problems.append((number, f'Expected a decision, with "format": "{DECISION_FORMAT}".'))
            return
        id = value.get("id")
        if isinstance(id, str) and self.places.setdefault(id, number) != number:
            message = f"id: Another decision has this id, on line {self.places[id]}; an id names one decision."
            self.problems.append((number, message))
        try:
            self.records.append(DecisionRecord.model_validate({key: one for key, one in value.items() if key != "format"}))
        except ValidationError as error:
            self.problems += [(number, placed(*one)) for one in complaints(error, DecisionRecord)]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision, and what the rules at hand suggest of the same facts."""

    record: DecisionRecord
    now: Suggestion

    @property
    def same_rules(self) -> bool:
        """Whether the rules are those of the time, by their digest."""
        return self.record.suggested.digest == self.now.rule_set.digest

    @property
    def same_tier(self) -> bool:
        """Whether the suggested tier is that of the time."""
        return self.record.suggested.tier == self.now.tier

    @property
    def agrees_now(self) -> bool:
        """Whether what the person decided is what the rules at hand suggest."""
        return self.record.tier == self.now.tier


@dataclass(frozen=True)
class Replay(Shown):
    """Decisions, in their order, each beside what the rules at hand suggest of its facts."""

    rule_set: RuleSet
    decisions: tuple[Replayed, ...]

    def page(self) -> Page:
        """The decisions whose suggestion is another now, as a page."""
        from thresholds.views.decisions_page import replay_page

        return replay_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """Every decision with what is suggested now, as JSON holds it."""
        from thresholds.views.decisions_page import replay_as_json

        return replay_as_json(self)


def replay(records: Iterable[DecisionRecord], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Replay:
    """What the rules at hand suggest of the facts that each decision was made on. Raises `KeyError` as `suggest` does."""
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    return Replay(loaded, tuple(Replayed(record, suggest(record.case, loaded)) for record in records))
