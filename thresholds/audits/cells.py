"""What one cell of a table says: the words of an audit as people type them, and as spreadsheets change them.

Every reader here raises ValueError with what was expected and the nearest right word, and never with what the cell holds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from thresholds.audits.audited import TierHeld
from thresholds.audits.judgements import (
    DECISION_EXPECTED,
    DECISION_WORDS,
    KEY,
    OWN_EXPECTED,
    Noted,
    Question,
    Reply,
    WhyNotJudged,
    read_tier,
)
from thresholds.audits.mistakes import KEY_EXPECTED
from thresholds.audits.spelling import as_key, says_not_known
from thresholds.facts.vocabulary import Fact
from thresholds.loading.problems import nearest

Cell = str | bool | int | float | dt.date | dt.time | dt.timedelta | None
Read = Callable[[Cell], object]
ReadWord = Callable[[Cell], str | None]

YES_NO = ("yes", "no")
_SPELT: Mapping[str, str] = MappingProxyType(
    {"y": "yes", "true": "yes", "n": "no", "false": "no", "n/a": "not_applicable", "na": "not_applicable"}
)
_LETTERED = re.compile(r"^[a-z]\)\s*")  # "a) Yes", as Annex A writes it
_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0*)?")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d*)?")
_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LOOKS_LIKE_DATE = re.compile(
    rf"\d{{1,4}}[-/. ](\d{{1,2}}|{_MONTH})[-/. ]\d{{2,4}}(.\d\d:\d\d(:\d\d)?)?"  # 2011-03-02, 2.3.2011, 2 March 2011
    rf"|\d{{1,2}}[-/ ]{_MONTH}|{_MONTH}[- ]\d{{2,4}}|\d{{1,2}}/\d{{1,2}}",  # 02-Mar, Mar-11, 2/3
    re.IGNORECASE,
)
_ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#getting_data"})
_SEPARATORS = re.compile(r"[;,\n]")
_A_DATE = (
    "This is a date, or looks like one: spreadsheets make dates of what is typed. Format the column as text and type it again"
)
_AN_ERROR = "This cell holds an error of the spreadsheet in place of a value"


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def refusal(cell: Cell, expected: str, words: Iterable[str] = ()) -> ValueError:
    """What is wrong with a cell that was not understood; `words` are what it may have been meant to say."""
    if isinstance(cell, dt.date | dt.time | dt.timedelta) or (
        isinstance(cell, str) and _LOOKS_LIKE_DATE.fullmatch(cell.strip())
    ):
        return ValueError(f"{_A_DATE}. Expected {expected}.")
    text = _text(cell)
    if text.casefold() in _ERRORS:
        return ValueError(f"{_AN_ERROR}. Expected {expected}.")
    hint = nearest(as_key(text), words)
    return ValueError(f"Expected {expected}{f'; {hint}' if hint.startswith('did') else '.'}")


def key_of(cell: Cell) -> str:
    """An opaque key of the audit's own; a number that stands for one is written without its decimals."""
    text = _text(cell)
    if isinstance(cell, bool) or not re.fullmatch(KEY, text):
        raise refusal(cell, _within(KEY_EXPECTED))
    return text


def own_of(cell: Cell) -> str | None:
    """What a column of the audit's own holds, a whole number as it is written; of words for not known, None."""
    text = _text(cell)
    if says_not_known(text):
        return None
    if isinstance(cell, bool) or not re.fullmatch(DECISION_WORDS, text):
        raise refusal(cell, _within(OWN_EXPECTED))
    return text


def decision_of(cell: Cell) -> str:
    """A decision in the words of its source."""
    text = _text(cell)
    if isinstance(cell, bool) or not re.fullmatch(DECISION_WORDS, text):
        raise refusal(cell, _within(DECISION_EXPECTED))
    return text


def word_of(words: Iterable[str], *, or_not_known: bool = True) -> ReadWord:
    """A reader of one of these words; of one that says that it is not known, None."""
    known = tuple(words)
    keys = {as_key(word): word for word in known}

    def read(cell: Cell) -> str | None:
        key = as_key(_LETTERED.sub("", _text(cell).casefold()))
        word = keys.get(key) or keys.get(_SPELT.get(key, ""))
        if word is None and not (or_not_known and says_not_known(key)):
            left_empty = "; leave the cell empty where it is not known" if or_not_known else ""
            raise refusal(cell, _one_of(known) + left_empty, keys)
        return word

    return read


def truth_of(cell: Cell) -> bool | None:
    """Yes as true and no as false."""
    word = _yes_no(cell)
    return None if word is None else word == "yes"


_yes_no = word_of(YES_NO)


def number_of(cell: Cell) -> float:
    """A number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        return float(cell)
    raise refusal(cell, "a number, such as 1.5")


def whole_of(lowest: int, highest: int, expected: str) -> Read:
    """A reader of a whole number from `lowest` to `highest`; of a word that says that it is not known, None."""

    def read(cell: Cell) -> int | None:
        text = _text(cell)
        if says_not_known(text):
            return None
        if isinstance(cell, bool) or not _WHOLE.fullmatch(text) or not lowest <= int(float(text)) <= highest:
            raise refusal(cell, f"{expected}; leave the cell empty where it is not known")
        return int(float(text))

    return read


def answer_to(fact: Fact) -> Read:
    """A reader of an answer to a fact."""
    return word_of(fact.values) if fact.values else whole_of(fact.lowest, fact.highest, fact.expected)


def tier_of(cell: Cell) -> str | None:
    """A tier as people write it; 3.0, as spreadsheets keep it, is 3."""
    text = _text(cell)
    if says_not_known(text):
        return None
    try:
        tier = read_tier(None if isinstance(cell, bool) else _without_zeros(text))
    except ValueError:
        tier = None
    if tier is None:
        halves = ": say which half of Tier 2" if as_key(text).removeprefix("tier").strip("_") == "2" else ""
        raise refusal(cell, f"a tier, 1, 2A, 2B or 3{halves}")
    return tier.word


def held_of(cell: Cell) -> str | None:
    """The tier that a case was held at, as people write it."""
    return _held(_without_zeros(cell.casefold().replace("tier", " ")) if isinstance(cell, str) else cell)


_held = word_of([held.value for held in TierHeld])


def notes_of(cell: Cell) -> list[str]:
    """What was noted, one after the other, with a semicolon, a comma or a new line between them."""
    return [str(_noted(part)) for part in _parts(cell)]


def whys_of(cell: Cell) -> str | dict[str, str]:
    """Why questions could not be judged: one reason for all of them, or a reason for each, as `question: reason; ...`."""
    if ":" not in _text(cell):
        return str(_why(cell))
    pairs: dict[str, str] = {}
    for part in _parts(cell):
        question, _, reason = part.partition(":")
        name = str(_question(question))
        if name in pairs:
            raise ValueError(f"A reason is given twice for {name}.")
        pairs[name] = str(_why(reason))
    return pairs


_noted = word_of(list(Noted), or_not_known=False)
_why = word_of(list(WhyNotJudged), or_not_known=False)
_question = word_of(list(Question), or_not_known=False)
reply_of = word_of(list(Reply), or_not_known=False)
"""A reply to one of the seven questions."""


def _parts(cell: Cell) -> list[str]:
    return [part for part in _SEPARATORS.split(_text(cell)) if part.strip()]


def _text(cell: Cell) -> str:
    """A cell as text: a whole number without decimals, yes or no for true and false; of a date, nothing."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None or isinstance(cell, dt.date | dt.time | dt.timedelta) else str(cell).strip()


def _without_zeros(text: str) -> str:
    """3.0, as programs write a whole number in a column where some cells are empty, as 3."""
    return re.sub(r"^(\d)\.0+$", r"\1", text.strip())


def _one_of(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _within(sentence: str) -> str:
    """A sentence that begins with "Expected", to stand within another."""
    return sentence.removeprefix("Expected ").removesuffix(".")
