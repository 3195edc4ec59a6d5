"""What the columns of an audit's tables are: their headings, what each holds, the words allowed in it, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from thresholds.audits.audited import After, Because, Seen, TierHeld
from thresholds.audits.cells import (
    YES_NO,
    Read,
    answer_to,
    decision_of,
    held_of,
    key_of,
    notes_of,
    number_of,
    own_of,
    reply_of,
    tier_of,
    truth_of,
    whole_of,
    whys_of,
    word_of,
)
from thresholds.audits.judgements import (
    KEY,
    LONGEST_OWN_COLUMN,
    NO_AUDITOR,
    NOT_READ,
    OWN,
    OWN_COLUMN,
    Judging,
    Noted,
    Question,
    Reply,
    WhyNotJudged,
)
from thresholds.audits.mistakes import KEY_EXPECTED
from thresholds.audits.spelling import as_key
from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.households import printable
from thresholds.loading.problems import nearest
from thresholds.scales import Tier

At = tuple[str | int, ...]


class Part(StrEnum):
    """What a table holds: each form in one table, or the three tables of the long form apart."""

    WIDE = "wide"
    LONG = "long"
    CASES = "cases"
    JUDGEMENTS = "judgements"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `at` is where its value belongs in the record of a case, or of a judgement where `is_judged`.

    `says` tells what it holds; `words` are those that it may hold, empty where it is not one of a list; `many` says that
    several may stand in one cell.
    """

    name: str
    at: At
    says: str
    read: Read
    words: tuple[str, ...] = ()
    many: bool = False
    is_needed: bool = False
    is_judged: bool = False

    @property
    def expected(self) -> str:
        """What may be written in it, for the sheet that explains the columns."""
        if self.words:
            return ("one or more, with ; between them: " if self.many else "") + ", ".join(self.words)
        return _EXPECTED.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was understood: the column, and in the wide form whose judgement of what it is."""

    column: Column
    auditor: str | None = None
    of: Judging = Judging.RECEIVER

    @property
    def key(self) -> tuple[str, str | None, Judging]:
        """What no second heading of the table may be."""
        return self.column.name, self.auditor, self.of


_EXPECTED = {
    "id": KEY_EXPECTED,
    "process": KEY_EXPECTED,
    "stratum": KEY_EXPECTED,
    "auditor": KEY_EXPECTED,
    "weight": "A number above 0, such as 1.5.",
    "answer": "A word or a number, as the fact is answered: 'thresholds facts' lists them. Empty is not known.",
    "decision": "The word or the few words of your source.",
    "why_not_judged": f"One reason for all of them ({', '.join(WhyNotJudged)}), or question: reason; question: reason.",
}


def _named(*columns: Column) -> Mapping[str, Column]:
    return MappingProxyType({column.name: column for column in columns})


ID = Column("id", ("id",), "The key of the case in this audit, and nobody's name.", key_of, is_needed=True)

CASE_COLUMNS = _named(
    ID,
    Column("process", ("process",), "The service or panel whose work is audited.", key_of, is_needed=True),
    Column("multi_agency", ("multi_agency",), "Whether several agencies considered the case together.", truth_of, YES_NO),
    Column("held", ("held",), "The tier at which the case was held.", held_of, tuple(held.value for held in TierHeld)),
    Column("decision", ("decision",), "What was decided, where your source records a decision and no tier.", decision_of),
    Column("seen", ("seen",), "What the auditors went by; empty is not known.", word_of([*Seen]), tuple(Seen)),
    Column("stratum", ("stratum",), "The group that the case was drawn from, where the sample was stratified.", key_of),
    Column("weight", ("weight",), "How many cases of the population it stands for; empty is 1.", number_of),
    Column("invented", ("invented",), "Whether the case is made up; every figure then says so.", truth_of, YES_NO),
)
"""What is said of a case besides its facts."""


def _fact_column(fact: Fact) -> Column:
    return Column(fact.name, ("case", fact.name), fact.question, answer_to(fact), fact.values)


FACT_COLUMNS = _named(*(_fact_column(fact) for fact in FACTS.values()))
"""A column for each fact, under the fact's own name."""

JUDGEMENT_COLUMNS = _named(
    Column("consensus", ("consensus",), "Whether a group agreed on this by discussion.", truth_of, YES_NO, is_judged=True),
    Column(
        "tier",
        ("tier",),
        "The tier that the case warranted in the auditor's view.",
        tier_of,
        tuple(tier.word for tier in Tier),
        is_judged=True,
    ),
    *(
        Column(question, ("replies", question), question.words, reply_of, tuple(Reply), is_judged=True)
        for question in Question
    ),
    Column(
        "why_not_judged",
        ("why_not_judged",),
        f"Why, for each question that is answered {Reply.COULD_NOT_BE_JUDGED}.",
        whys_of,
        is_judged=True,
    ),
    Column("noted", ("noted",), "What the auditor noted besides.", notes_of, tuple(Noted), many=True, is_judged=True),
)
"""What an auditor says of a case. In the wide form the auditor's key stands before each of these headings."""

AUDITOR_COLUMNS = _named(
    Column("auditor", ("auditor",), "The key of the auditor, or of the group; nobody's name.", key_of, is_judged=True),
    Column(
        "of",
        ("of",),
        "Whose reading of the threshold is judged; empty is receiver.",
        word_of([*Judging], or_not_known=False),
        tuple(Judging),
        is_judged=True,
    ),
)
"""Who judged, and whose work: columns of the long form."""

FACT_ROW_COLUMNS = _named(
    ID,
    Column("fact", ("fact",), "The name of a fact.", lambda cell: cell, tuple(FACTS), is_needed=True),
    Column("answer", ("answer",), "The answer; empty is not known.", lambda cell: cell),
)
"""The columns of a table with a row for each fact that is known."""

MOST_FOLLOW_UPS = 20
_FOLLOW_UP = re.compile(r"follow_up(?:_(\d{1,2}))?(?:_(because|weeks))?")
_WEEKS = whole_of(0, 520, "a whole number of weeks, 0 to 520")


def follow_up_columns(number: int) -> tuple[Column, ...]:
    """The three columns for the first, second, ... thing that came after a case was judged."""
    name = "follow_up" if number == 1 else f"follow_up_{number}"
    at = ("follow_up", number - 1)
    return (
        Column(name, (*at, "what"), "What came after.", word_of([*After]), tuple(After)),
        Column(f"{name}_because", (*at, "because"), "What led to it.", word_of([*Because]), tuple(Because)),
        Column(f"{name}_weeks", (*at, "weeks"), "How many weeks after the judgement.", _WEEKS),
    )


def own_column(name: str) -> Column:
    """A column of the audit's own: what it holds of a case is kept, and means nothing to the rules."""
    says = "A column of your own, by which cases can be parted: a word or a few, and nobody's name."
    return Column(f"{OWN}{name}", ("columns", name), says, own_of)


class AmbiguousHeadingError(ValueError):
    """A heading that could mean two things, and is taken for neither."""


def is_not_read(text: str) -> bool:
    """Whether a heading that means nothing else says that its column is not to be read."""
    return text.strip().casefold().startswith(NOT_READ)


def heading_of(text: str, part: Part) -> Heading:
    """What a heading means in a table of this part. Raises ValueError with the nearest heading that there is.

    Of one that could mean two things it raises `AmbiguousHeadingError`. Capitals do not matter, nor whether there are spaces,
    hyphens or underscores between the words.
    """
    key = as_key(text).rstrip("?:*").rstrip("_")
    column = _columns(part).get(key) or (None if part in (Part.JUDGEMENTS, Part.FACTS) else _follow_up(key))
    if column is not None:
        return Heading(column)
    judged = _judged(text) if part is Part.WIDE else None
    if judged is not None and re.match(NO_AUDITOR, judged.auditor or ""):
        begins = NOT_READ if is_not_read(text) else OWN
        raise AmbiguousHeadingError(
            f"This could be a column of your own, or what an auditor judged. For a column of your own put _ in place of the "
            f"space, as in {begins}first_{judged.column.name}; the key of an auditor may not begin with {begins}: put a "
            f"letter before it, as in a-{begins}1 {judged.column.name}."
        )
    if judged is not None:
        return judged
    own = None if part in (Part.JUDGEMENTS, Part.FACTS) else _own(key)
    if own is not None:
        return Heading(own)
    raise ValueError(_unknown(text, key, part))


def looks_like_heading(text: str) -> bool:
    """Whether a text is the heading of any column."""
    key = as_key(text)
    return key in _ALL or _follow_up(key) is not None or _own(key) is not None or _judged(text) is not None


def shown_heading(text: str) -> str:
    """A heading as it may be repeated; "" for one that may be somebody's words: what is no heading, and no single word."""
    shown = " ".join(text.split()) if looks_like_heading(text) else printable(text.strip())
    return "" if shown.startswith("(") else shown


_ALL = {**CASE_COLUMNS, **FACT_COLUMNS, **JUDGEMENT_COLUMNS, **AUDITOR_COLUMNS, **FACT_ROW_COLUMNS}


def _columns(part: Part) -> Mapping[str, Column]:
    of_part: Mapping[Part, tuple[Mapping[str, Column], ...]] = {
        Part.WIDE: (CASE_COLUMNS, FACT_COLUMNS),
        Part.CASES: (CASE_COLUMNS, FACT_COLUMNS),
        Part.LONG: (CASE_COLUMNS, AUDITOR_COLUMNS, JUDGEMENT_COLUMNS, FACT_COLUMNS),
        Part.JUDGEMENTS: ({ID.name: ID}, AUDITOR_COLUMNS, JUDGEMENT_COLUMNS),
        Part.FACTS: (FACT_ROW_COLUMNS,),
    }
    return {name: column for columns in of_part[part] for name, column in columns.items()}


def _follow_up(key: str) -> Column | None:
    found = _FOLLOW_UP.fullmatch(key)
    number = int(found[1] or 1) if found else 0
    if found is None or not 1 <= number <= MOST_FOLLOW_UPS:
        return None
    return follow_up_columns(number)[(None, "because", "weeks").index(found[2])]


def _own(key: str) -> Column | None:
    name = key.removeprefix(OWN)
    is_one = key.startswith(OWN) and re.fullmatch(OWN_COLUMN, name) and len(name) <= LONGEST_OWN_COLUMN
    return own_column(name) if is_one else None


def _judged(text: str) -> Heading | None:
    """`auditor-1 tier`, or `auditor-1 referrer tier` for what was judged of the referrer."""
    auditor, _, rest = text.strip().partition(" ")
    key = as_key(rest).rstrip("?:*")
    of = next((side for side in Judging if key.startswith(f"{side}_")), None)
    column = JUDGEMENT_COLUMNS.get(key.removeprefix(f"{of}_") if of else key)
    if column is None or not re.fullmatch(KEY, auditor):
        return None
    return Heading(column, auditor, of or Judging.RECEIVER)


def _unknown(text: str, key: str, part: Part) -> str:
    if part is Part.WIDE and key in {**JUDGEMENT_COLUMNS, **AUDITOR_COLUMNS}:
        return (
            f"In the wide form the key of the auditor stands before this, as in auditor-1 {key}; in the long form there is a "
            "column auditor."
        )
    words = text.split()
    ending = next(
        (" ".join(words[at:]) for at in range(1, len(words)) if as_key(" ".join(words[at:])) in JUDGEMENT_COLUMNS), None
    )
    if part is Part.WIDE and ending is not None:
        return f"The key of an auditor is one word: letters, digits and . _ : / - only, as in auditor-1 {as_key(ending)}."
    if part is not Part.WIDE and _judged(text) is not None:
        return "This is a heading of the wide form, and this table is in the long form: auditors have their own column."
    after = () if part in (Part.JUDGEMENTS, Part.FACTS) else (column.name for column in follow_up_columns(1))
    hint = nearest(key, [*_columns(part), *after])
    if part is Part.WIDE and not hint.startswith("did") and words[1:]:
        near = nearest(as_key(" ".join(words[1:])), JUDGEMENT_COLUMNS)
        hint = near if near.startswith("did") and re.fullmatch(KEY, words[0]) else hint
    return (
        f"There is no such column; {hint} 'thresholds audit template' writes them all. A column of your own begins with {OWN} "
        f"where cases are to be parted by it, and with {NOT_READ} where it is not to be read."
    )
