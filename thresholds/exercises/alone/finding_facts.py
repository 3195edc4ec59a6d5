"""Finding a fact by words that somebody types: its own words, and what people say in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from thresholds.exercises.alone.everyday_words import EVERYDAY
from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.scales import Stage

MOST_LISTED = 9
_NAME, _WORD = re.compile(r"[a-z0-9]+"), re.compile(r"[a-z]{2,}")
_SAYS_LITTLE = """
    an and any are at be been being but by did does for from had has have he her herself him himself his how if in is it
    its itself me my no not of off on or our out say says she so than that the their them themself themselves there
    these they this those to up want wants was we were what when where which who with you your
"""
_EMPTY = frozenset(_SAYS_LITTLE.split())
"""Words that say little of what is meant."""
_ENDINGS = ("ing", "ies", "ied", "ed", "es", "s", "y", "e")
_SHORTEST_ROOT, _SHORTEST_BEGINNING, _SHORTEST_WITHIN = 3, 3, 4
_CLOSE, _SHORTEST_MISSPELT = 0.8, 5
_SAME, _BEGINS, _IN_QUESTION = 3, 2, 1
"""What a typed word counts for: the fact's own word or an everyday one for it, the beginning of one, one of its question."""


class Like(NamedTuple):
    """The facts that words may mean, the likeliest first; `is_sure` where one was named by its whole name or statement."""

    facts: tuple[str, ...]
    is_sure: bool


def facts_like(typed: str, stage: Stage | None = None) -> Like:
    """The facts that these words may mean: one alone where it is a fact's whole name or statement.

    Words that say little (the, is) are passed over. A word fits another with the same root (bruise, bruises, bruising), or
    where one begins the other; it is looked for in the fact's name, statement and question, and among everyday words. Those
    that fit best are given, the facts asked at the child's stage first. Where nothing fits, each word that is not known is
    read as the nearest that is.
    """
    written = _NAME.findall(typed.lower())
    for fact in FACTS.values():
        if written in (_NAME.findall(fact.name), _NAME.findall(fact.says.lower())):
            return Like((fact.name,), True)
    words = [word for word in dict.fromkeys(_WORD.findall(typed.lower())) if word not in _EMPTY]
    return Like(_best(words, stage) or _best([_spelt(word) for word in words], stage), False)


def _best(words: list[str], stage: Stage | None) -> tuple[str, ...]:
    roots = [_root(word) for word in words]
    meant = _meant(roots)
    ranked = []
    for fact in FACTS.values():
        everyday, place = meant.get(fact.name, (frozenset(), 0))
        own, asked = _roots_of(fact.name)
        fits = sum(_SAME if root in everyday else _fit(root, own, asked) for root in roots)
        if fits:
            at_stage = stage is None or stage in fact.stages
            ranked.append((fits, bool(everyday), (not at_stage, -fits, place, len(own)), fact.name))
    most = max((fits for fits, *_ in ranked), default=0)
    near = sorted(
        (order, name) for fits, is_meant, order, name in ranked if 2 * fits > most or (is_meant and 2 * fits == most)
    )  # what people mean by one word of two is kept where the facts' own words would be noise
    return tuple(name for _, name in near[:MOST_LISTED])


def _meant(roots: list[str]) -> dict[str, tuple[frozenset[str], int]]:
    """For each fact that an everyday word or phrase here stands for: the words it takes, and its place among the likely."""
    found: dict[str, tuple[frozenset[str], int]] = {}
    for phrase, facts in _everyday_roots():
        taken = [next((root for root in roots if _is_like(root, word)), None) for word in phrase]
        words = frozenset(root for root in taken if root is not None)
        if None in taken:
            continue
        begins = 0 if words == set(phrase) else MOST_LISTED  # what only begins as it does (died, die) comes after
        for place, name in enumerate(facts, begins):
            before, earlier = found.get(name, (frozenset(), place))
            found[name] = (before | words, min(earlier, place))
    return found


def _fit(root: str, own: frozenset[str], asked: frozenset[str]) -> int:
    """What a word counts for by the fact's own words."""
    if root in own:
        return _SAME
    if any(_is_like(root, word) for word in own):
        return _BEGINS
    return _IN_QUESTION if any(_is_like(root, word) for word in asked) else 0


def _root(word: str) -> str:
    """A word without a common ending, and without what that doubles: bruises, bruising: bruis; cutting: cut."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_ROOT:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > _SHORTEST_ROOT and word[-1] == word[-2] else word


def _is_like(root: str, word: str) -> bool:
    """Whether what was typed is this word, begins it, or goes on from it; short words only as they are."""
    return (
        root == word
        or (len(root) >= _SHORTEST_BEGINNING and word.startswith(root))
        or (len(word) >= _SHORTEST_WITHIN and root.startswith(word))
    )


def _spelt(word: str) -> str:
    """The known word that is nearest to one that is not."""
    near = get_close_matches(word, _known_words(), n=1, cutoff=_CLOSE) if len(word) >= _SHORTEST_MISSPELT else []
    return near[0] if near else word


@cache
def _everyday_roots() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The everyday phrases as roots of their words, those that say little left out."""
    return tuple(
        (tuple(_root(word) for word in phrase if word not in _EMPTY and len(word) > 1), facts)
        for phrase, facts in EVERYDAY.items()
    )


@cache
def _roots_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roots of the words of a fact's name and statement, and of its question."""
    fact = FACTS[name]
    return frozenset(map(_root, _words(fact.name, fact.says))), frozenset(map(_root, _words(fact.question)))


@cache
def _known_words() -> tuple[str, ...]:
    told = {word for fact in FACTS.values() for word in _words(fact.name, fact.says, fact.question)}
    return tuple(sorted((told | {word for phrase in EVERYDAY for word in phrase}) - _EMPTY))


def _words(*texts: str) -> Iterator[str]:
    return (word for text in texts for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def in_a_line(fact: Fact) -> str:
    """A fact as it stands in a list to choose from."""
    return f"{fact.says} [{fact.name}]"
