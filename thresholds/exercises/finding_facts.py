"""Finding a fact by words that somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.scales import Stage

MOST_LISTED = 9
_NAME, _WORD = re.compile(r"[a-z0-9]+"), re.compile(r"[a-z]{2,}")
_EMPTY = {
    "an",
    "and",
    "any",
    "are",
    "at",
    "by",
    "did",
    "does",
    "for",
    "has",
    "he",
    "her",
    "his",
    "how",
    "in",
    "is",
    "it",
    "not",
}
_EMPTY |= {"of", "on", "or", "she", "that", "the", "their", "there", "they", "this", "to", "was", "what", "who", "not", "with"}
"""Words that say little of what is meant."""


class Like(NamedTuple):
    """The facts that words may mean, the likeliest first; `is_sure` where there is one that fits all that was typed."""

    facts: tuple[str, ...]
    is_sure: bool


def facts_like(typed: str, stage: Stage | None = None) -> Like:
    """The facts that these words may mean: one alone where it is a fact's name.

    Words that say little (the, is) are passed over. A word fits where it begins a word of the fact's name, statement or
    question. The facts that fit the most words are given, those asked at the child's stage first, then those whose name or
    statement has the words.
    """
    name = "_".join(_NAME.findall(typed.lower()))
    if name in FACTS:
        return Like((name,), True)
    words = set(_WORD.findall(typed.lower())) - _EMPTY
    ranked = []
    for fact in FACTS.values():
        said, asked = _words(fact.name, fact.says), _words(fact.question)
        fitting = sum(_begins(word, said | asked) for word in words)
        if fitting:
            in_statement = sum(_begins(word, said) for word in words)
            at_stage = stage is None or stage in fact.stages
            ranked.append((fitting, (not at_stage, -in_statement, len(said)), fact.name))
    most = max((fitting for fitting, *_ in ranked), default=0)
    best = tuple(name for fitting, _, name in sorted(ranked, key=lambda one: one[1]) if fitting == most)
    return Like(best[:MOST_LISTED], len(best) == 1 and most == len(words))


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())}


def _begins(typed: str, words: Iterable[str]) -> bool:
    return any(word.startswith(typed) for word in words)


def in_a_line(fact: Fact) -> str:
    """A fact as it stands in a list to choose from."""
    return f"{fact.says} [{fact.name}]"
