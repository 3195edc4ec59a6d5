"""An answer from the texts of a form: a tier, and facts and questions with semicolons or commas between them.

A fact is known by its name or by its whole statement; of anything else, the names that may be meant are said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import zip_longest
from typing import TypeVar

from thresholds.exercises.answer import (
    LONGEST_NOTE,
    AnswerError,
    CitedFact,
    LearnersAnswer,
    known_fact,
    read_cited,
    read_pathway,
)
from thresholds.exercises.finding_facts import facts_like
from thresholds.exercises.tier_said import read_tier_said
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.scales import Stage

_MOST_MEANT, _CLOSE = 3, 0.8
_WORD = re.compile(r"[a-z0-9]+")
_Value = TypeVar("_Value")


def read_form(
    tier: str,
    facts: str = "",
    questions: str = "",
    pathway: str = "",
    why_differ: str = "",
    *,
    rule_set: RuleSet,
    stage: Stage | None = None,
) -> LearnersAnswer:
    """An answer from what stands in a form. `stage` is the child's: facts that are asked at it are the likelier to be meant.

    Raises `AnswerError` with every mistake at once.
    """
    problems: list[str] = []

    def read(reader: Callable[[], _Value]) -> _Value | None:
        try:
            return reader()
        except AnswerError as error:
            problems.extend(error.problems)
        except ValueError as error:
            problems.append(str(error))
        return None

    said = read(lambda: read_tier_said(tier))
    cited = read(lambda: read_cited_facts(facts, stage))
    ask = read(lambda: read_asked_facts(questions, stage))
    where = read(lambda: read_pathway(pathway, rule_set)) if pathway.strip() else None
    if len(why_differ) > LONGEST_NOTE:
        problems.append(f"why: Expected at most {LONGEST_NOTE} characters.")
    if problems or said is None:
        raise AnswerError(problems)
    return LearnersAnswer(said=said, carried_by=cited or (), ask=ask or (), pathway=where, why_differ=why_differ.strip())


def read_cited_facts(typed: str, stage: Stage | None) -> tuple[CitedFact, ...]:
    """The facts of a cell, semicolons or commas between them, each with its answer where one is given.

    A fact is known by its name, or by its whole statement. Raises `AnswerError` with every mistake and, in place of what was
    typed, with the names that may be meant by it, those asked at the child's stage first.
    """
    cited = _each(typed, lambda part: _cited_fact(part, stage))
    names = [one.fact for one in cited]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise AnswerError(f"{name} is named twice among the facts." for name in twice)
    return tuple(cited)


def read_asked_facts(typed: str, stage: Stage | None) -> tuple[str, ...]:
    """The facts of a cell of questions, each once. Raises as `read_cited_facts` does."""
    return tuple(dict.fromkeys(_each(typed, lambda part: _fact(part, stage))))


def _each(typed: str, read: Callable[[str], _Value]) -> list[_Value]:
    """What stands between semicolons or commas. Raises `AnswerError`, which says of several which one cannot be read."""
    parts = list(_parts(typed))
    found, problems = [], []
    for place, part in enumerate(parts, 1):
        try:
            found.append(read(part))
        except AnswerError as error:
            which = f"number {place} of {len(parts)}: " if len(parts) > 1 else ""
            problems += [f"{which}{one}" for one in error.problems]
    if problems:
        raise AnswerError(problems)
    return found


def _parts(typed: str) -> Iterator[str]:
    """What stands between semicolons, lines or commas; a statement that has commas of its own is one part."""
    for whole in re.split(r"[;\n]", typed):
        left = [part for one in whole.split(",") if (part := one.strip())]
        while left:
            taken = _of_one_statement(left)
            yield ", ".join(left[:taken])
            left = left[taken:]


def _of_one_statement(parts: Sequence[str]) -> int:
    """How many of these, from the first on, are one statement."""
    for name in _with_commas().get(_folded(parts[0]), ()):
        said = _pieces(FACTS[name].says)
        if all(_folded(part) == piece for part, piece in zip_longest(parts[: len(said)], said, fillvalue="")):
            return len(said)
    return 1


@cache
def _with_commas() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The facts whose statements have commas, by what stands before the first one."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for fact in FACTS.values():
        first, *others = _pieces(fact.says)
        if others:
            found[first] = (*found.get(first, ()), fact.name)
    return found


def _pieces(says: str) -> list[tuple[str, ...]]:
    return [_folded(piece) for piece in says.split(",")]


def _folded(part: str) -> tuple[str, ...]:
    """The words of a part, without an answer to it."""
    return tuple(_WORD.findall(part.partition("=")[0].lower()))


def _cited_fact(typed: str, stage: Stage | None) -> CitedFact:
    said, equals, answer = typed.partition("=")
    return read_cited(f"{_fact(said, stage)}{equals}{answer}")


def _fact(typed: str, stage: Stage | None) -> str:
    """The name of a fact. Raises `AnswerError`, which holds no word of what was typed: it may be anything."""
    try:
        return known_fact(typed)
    except AnswerError:
        like = facts_like(typed, stage)
    if like.is_sure:
        return like.facts[0]
    misspelt = get_close_matches("_".join(_folded(typed)), FACTS, n=1, cutoff=_CLOSE)
    *others, last = list(dict.fromkeys((*misspelt, *like.facts)))[:_MOST_MEANT] or [""]
    meant = f"{', '.join(others)} or {last}" if others else last
    hint = f"Did you mean {meant}?" if meant else "The command 'thresholds facts' lists them all."
    raise AnswerError([f"There is no such fact. {hint}"])
