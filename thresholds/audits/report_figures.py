"""The figures that the report of an audit states, and the same figures counted from its cases.

A file of figures says, for each, where the report has it, what it says in other words, how many it says (or, of *several* or
*most*, which range that is read as), and which cases are counted. A count is all the cases that meet every condition given:
there is no other way of working a figure out.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationError, model_validator

from thresholds.audits.audited import After, Audit, AuditedCase, Because, TierHeld
from thresholds.audits.judgements import KEY, AuditModel, Judgement, Judging, Noted, Question, Reply, read_tier
from thresholds.audits.mistakes import RecordError, complaints, placed
from thresholds.facts.case import no_such_fact
from thresholds.facts.vocabulary import FACTS
from thresholds.households import printable
from thresholds.loading.problems import nearest
from thresholds.loading.yaml_nodes import Lines, Table, Tree, plain_value, read_yaml
from thresholds.scales import Tier

INVENTED = "illustrates the method only: the facts are invented"
"""What is printed with each figure of an audit whose facts are invented."""

_LARGEST = 1_000_000
_T = TypeVar("_T")


class FigureError(RecordError):
    """Figures that cannot be used. `problems` holds every mistake as a sentence that says where; none holds a value."""


def _many(value: object) -> object:
    """One of something, or a list of them."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _many_words(value: object) -> object:
    """As `_many`, each as a word: a tier may be written 3."""
    return tuple(str(one) if isinstance(one, int) and not isinstance(one, bool) else one for one in _iterated(value))


def _many_tiers(value: object) -> object:
    return tuple(read_tier(one) for one in _iterated(value))


def _iterated(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def _wanted(value: object) -> object:
    """What is wanted of facts. Raises ValueError for a fact or an answer that there is not."""
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of facts to answers")
    wrong = [one for name, answers in value.items() for one in _wrong_with(str(name), answers)]
    if wrong:
        raise ValueError("\n".join(wrong))
    return {name: _many(answers) for name, answers in value.items()}


def _wrong_with(name: str, answers: object) -> Iterator[str]:
    if name not in FACTS:
        yield f"{printable(name)}: {no_such_fact(name)}"
        return
    fact = FACTS[name]
    for answer in _iterated(answers):
        if (
            isinstance(answer, bool)
            or (fact.words and answer not in fact.values)
            or not (fact.words or isinstance(answer, int))
        ):
            yield f"{name}: Expected {fact.expected}."


Many = Annotated[tuple[_T, ...], BeforeValidator(_many)]


class Count(AuditModel):
    """Which cases are counted: those that meet every condition. What is left out is no condition.

    Of a list, one suffices; of `noted`, each has to be noted. `facts` are answers of the case itself. `of` says whose reading
    of the threshold is judged. `auditor` is whose judgement counts; without it, that of the group by consensus, or else the
    only one.
    """

    process: Many[str] = ()
    multi_agency: bool | None = None
    held: Annotated[tuple[TierHeld, ...], BeforeValidator(_many_words)] = ()
    warranted: Annotated[tuple[Tier, ...], BeforeValidator(_many_tiers)] = ()
    replies: Mapping[Question, Many[Reply]] = Field(default_factory=dict)
    noted: Many[Noted] = ()
    facts: Annotated[Mapping[str, tuple[str | int, ...]], BeforeValidator(_wanted)] = Field(default_factory=dict)
    after: After | None = None
    because: Because | None = None
    of: Judging = Judging.RECEIVER
    auditor: str | None = Field(default=None, pattern=KEY)


class Figure(AuditModel):
    """One figure of a report.

    `page` is where the report has it, and `says` what it says, in words that are not the report's. It is `exactly` so many, or
    between `at_least` and `at_most`: then `word` is the report's own word for it and `reading` why it is read so. `count` says
    which cases are counted; a figure without one is about the arrangements, and is kept for the record alone. `total` is of
    how many: the cases of the processes that `count` names.
    """

    id: str = Field(pattern=KEY)
    page: int = Field(ge=1)
    says: str = Field(min_length=1)
    exactly: int | None = Field(default=None, ge=0)
    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)
    word: str | None = None
    reading: str | None = None
    total: int | None = Field(default=None, ge=0)
    count: Count | None = None

    @model_validator(mode="after")
    def _check_expected(self) -> Self:
        """A figure is exact, or a range that says which word it reads and why."""
        is_range = self.at_least is not None or self.at_most is not None
        if is_range is (self.exactly is not None):
            raise ValueError("expected exactly, or at_least and at_most (one of the two may be left out)")
        if is_range and not (self.word and self.reading):
            raise ValueError("a range says with word which word of the report it reads, and with reading why")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        if self.count is None and (is_range or self.total is not None):
            raise ValueError("a figure without a count is exactly so many, of no total")
        return self

    def allows(self, number: int) -> bool:
        """Whether the report's figure is this number, or may be."""
        if self.exactly is not None:
            return number == self.exactly
        return (self.at_least or 0) <= number and (self.at_most is None or number <= self.at_most)

    @property
    def expected(self) -> str:
        """What the report says, as a number or a range."""
        if self.exactly is not None:
            return str(self.exactly)
        if self.at_most is None:
            return f"{self.at_least} or more ({self.word})"
        if self.at_least == self.at_most:
            return f"{self.at_least} ({self.word})"
        return f"{self.at_least or 0} to {self.at_most} ({self.word})"


class FigureTable(AuditModel):
    """The figures of a report. `invented` says that the facts of the cases are made up, which is printed with every figure."""

    invented: bool
    figures: tuple[Figure, ...] = Field(min_length=1)
    _places: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        """An id names one figure."""
        counted = Counter(figure.id for figure in self.figures)
        twice = sorted(name for name, number in counted.items() if number > 1)
        if twice:
            raise ValueError(f"given twice: {', '.join(twice)}; an id names one figure")
        return self

    def where(self, figure: Figure) -> str:
        """Where a figure stands: the file and line it was read from, if any, and its id."""
        place = self._places.get(figure.id)
        return f"{place}: figure {figure.id}" if place else f"figure {figure.id}"


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """A figure as it was counted: `number`, `total` cases in the processes it speaks of, and which cases were counted.

    `label` is what has to be printed with it; "" where there is nothing.
    """

    figure: Figure
    number: int
    total: int
    cases: tuple[str, ...]
    label: str

    @property
    def holds(self) -> bool:
        """Whether it is what the report says."""
        return self.figure.allows(self.number) and self.figure.total in (None, self.total)

    def __str__(self) -> str:
        of = "" if self.figure.total is None else f" of {self.figure.total}"
        verdict = "" if self.holds else " DIFFERS."
        label = f" ({self.label})" if self.label else ""
        counted = f"counted {self.number} of {self.total}"
        return f"{self.figure.id}, page {self.figure.page}: {self.figure.expected}{of}; {counted}.{verdict}{label}"


def compute(table: FigureTable, audit: Audit) -> tuple[ComputedFigure, ...]:
    """Each figure that has a count, counted from the cases of an audit.

    Raises `FigureError` for a process or an auditor that the audit does not have, and where several auditors judged a case
    each for themself and the figure does not say whose judgement counts.
    """
    problems = [
        f"{table.where(figure)}: {wrong}"
        for figure in table.figures
        if figure.count
        for wrong in _unknown(figure.count, audit)
    ]
    if problems:
        raise FigureError(problems)
    label = INVENTED if table.invented else ""
    computed = []
    for figure in table.figures:
        if figure.count is None:
            continue
        try:
            among = [case for case in audit.cases if not figure.count.process or case.process in figure.count.process]
            counted = tuple(case.id for case in among if _meets(figure.count, case))
        except _NobodysError as error:
            problems.append(f"{table.where(figure)}: {error}")
        else:
            computed.append(ComputedFigure(figure, len(counted), len(among), counted, label))
    if problems:
        raise FigureError(problems)
    return tuple(computed)


def _unknown(count: Count, audit: Audit) -> Iterator[str]:
    for process in count.process:
        if process not in audit.processes:
            yield f"process: No case of the audit is of this process; {nearest(process, audit.processes)}"
    auditors = sorted({judgement.auditor for case in audit.cases for judgement in case.judgements})
    if count.auditor is not None and count.auditor not in auditors:
        yield f"auditor: Nobody of this key judged a case; {nearest(count.auditor, auditors)}"


class _NobodysError(Exception):
    """That it is not said whose judgement counts."""


def _meets(count: Count, case: AuditedCase) -> bool:
    return (
        (count.multi_agency is None or case.multi_agency is count.multi_agency)
        and (not count.held or case.held in count.held)
        and _facts_as_wanted(count.facts, case)
        and _judged_as_wanted(count, case)
        and _followed_as_wanted(count, case)
    )


def _facts_as_wanted(wanted: Mapping[str, tuple[str | int, ...]], case: AuditedCase) -> bool:
    known = case.case.known()
    return all(known.get(name) in answers for name, answers in wanted.items())


def _judged_as_wanted(count: Count, case: AuditedCase) -> bool:
    if not (count.warranted or count.replies or count.noted or count.auditor):
        return True
    judgement = _counting(count, case)
    if judgement is None:
        return False
    return (
        (not count.warranted or judgement.tier in count.warranted)
        and all(judgement.reply(question) in replies for question, replies in count.replies.items())
        and set(count.noted) <= set(judgement.noted)
    )


def _counting(count: Count, case: AuditedCase) -> Judgement | None:
    """The judgement that counts; None where there is none of this side."""
    judged = [one for one in case.judgements if one.of is count.of and count.auditor in (None, one.auditor)]
    agreed = [one for one in judged if one.consensus]
    if len(agreed) == 1:
        return agreed[0]
    if len(judged) > 1:
        raise _NobodysError(f"case {case.id} was judged by several: say with auditor whose judgement counts.")
    return judged[0] if judged else None


def _followed_as_wanted(count: Count, case: AuditedCase) -> bool:
    if count.after is None and count.because is None:
        return True
    return any(count.after in (None, after.what) and count.because in (None, after.because) for after in case.follow_up)


# Files.


def read_figures(path: str | Path) -> FigureTable:
    """The figures in a YAML file. Raises `FigureError` with every mistake, each with the file and the line."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise FigureError([f"{path}: This is larger than {_LARGEST // 1_000_000} MB."])
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise FigureError([f"{path}: This file cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise FigureError([f"{path}: This is not text in UTF-8; save it as UTF-8."]) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of an anchor given twice ruamel warns; it is refused below
        tree, problems = read_yaml(text, str(path))
    if problems:
        raise FigureError(f"{problem.place.file}:{problem.place.line}: {problem.message}" for problem in problems)
    if tree is None:
        raise FigureError([f"{path}: This is empty: expected invented and figures."])
    return _read(tree, str(path))


def _read(tree: Tree, shown: str) -> FigureTable:
    if not isinstance(tree, Table):
        raise FigureError([f"{shown}:{tree.place.line}: Expected a mapping of invented and figures."])
    lines: Lines = {}
    written = plain_value(tree, (), lines)
    try:
        table = FigureTable.model_validate(written)
    except ValidationError as error:
        raise FigureError(
            f"{shown}:{_line(lines, where)}: {placed(where, message)}" for where, message in complaints(error, FigureTable)
        ) from None
    table._places = {figure.id: f"{shown}:{lines['figures', number]}" for number, figure in enumerate(table.figures)}
    return table


def _line(lines: Lines, where: tuple[int | str, ...]) -> int:
    """The line of this place, or of what it is part of."""
    return next(lines[where[:end]] for end in range(len(where), -1, -1) if where[:end] in lines)
