"""Finding a fact by words that somebody types: its own words, and what people say in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from thresholds.exercises.everyday_words import CALLED, EVERYDAY, OF_HARM, words_in
from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.scales import Stage

MOST_LISTED = 9
_NAME = re.compile(r"[a-z0-9]+")
_SAYS_LITTLE = """
    about across after again all also am an and any are around as at be because been before being but by can cant come could
    day did do does doing done dont down even ever every for from gave get gets getting give go goes going got had has have he
    her herself him himself his how if in into is it its itself just keep keeps let like made make makes may me might more most
    much my never no nobody not nothing now of off on only or other others our out over put really said same say says she
    small so some something still such take taken takes than that the their them themself themselves then there these they
    thing things this those time to too took two until up us very want wants was we were what when where which while who will
    with wont would you your
"""
_EMPTY = frozenset(_SAYS_LITTLE.split())
"""Words that say little of what is meant, but for their place in a phrase (broke up); a single letter says as little."""
_VOWELS = "aeiou"
_LATER_ENDINGS = "n r en er or ist ual ism al ous ive ful less li ness ment ion ation iti i abl ish ic"
_GOES_ON = frozenset(_LATER_ENDINGS.split())
"""What may follow a short word and leave its meaning: beat, beaten; drink, drinker."""
_SHORTEST_BEGUN, _SHORTEST_GOING_ON = 5, 4
_SHORTEST_RESPELT, _LONG = 6, 8
_SAME, _BEGINS, _IN_QUESTION = 3, 2, 1
"""What a typed word counts for: the fact's own word or an everyday one for it, the beginning of one, one of its question."""
_AS_TYPED, _BY_ROOT, _BY_OWN_WORD, _BY_BEGINNING = (MOST_LISTED * number for number in range(4))
"""How near an everyday phrase, or a fact's own word, is to what was typed; the nearest come first."""


class Like(NamedTuple):
    """The facts that words may mean, the likeliest first; `is_sure` where one was named by its whole name or statement."""

    facts: tuple[str, ...]
    is_sure: bool


def facts_like(typed: str, stage: Stage | None = None) -> Like:
    """The facts that these words may mean: one alone where it is a fact's whole name or statement.

    Words that say little (the, is) are passed over, and those that say who (mum, baby) count little. A word fits another
    with the same root (bruise, bruises, bruising), or where one begins the other; it is looked for in the fact's name,
    statement and question, and among everyday words. Those that fit best are given, the facts asked at the child's stage
    first, and of these what speaks of harm. Where nothing fits, words are read as `respelt` does.
    """
    written = _NAME.findall(typed.lower())
    for fact in FACTS.values():
        if written in (_NAME.findall(fact.name), _NAME.findall(fact.says.lower())):
            return Like((fact.name,), True)
    words = words_in(typed)
    found = _best(words, stage)
    if not found and (read_as := respelt(typed)):
        found = _best(tuple(read_as.get(word, word) for word in words), stage)
    return Like(found, False)


def respelt(typed: str) -> dict[str, str]:
    """For each word that no fact and no everyday word knows, the one that is meant: one letter wrong in a word of six or more.

    The first letter has to be right, and there has to be only one such word (and its forms): otherwise it is left out, since
    nothing is better than something else. What a list was found by is worth saying to whoever typed it.
    """
    found = {}
    for word in words_in(typed):
        if len(word) < _SHORTEST_RESPELT or _typed(word).like:
            continue
        near = [other for other in _spellings() if _is_a_slip_from(word, other)]
        if len({_root(other) for other in near}) == 1:
            found[word] = near[0]
    return found


class _Typed(NamedTuple):
    """A typed word, its root, and the known roots that it is like."""

    word: str
    root: str
    like: frozenset[str]


def _typed(word: str) -> _Typed:
    root = _root(word)
    return _Typed(word, root, frozenset(known for known in _known_roots() if known[0] == root[0] and _is_like(root, known)))


class _Meant(NamedTuple):
    """What everyday words make of a fact: those that stand for it, whether one speaks of harm, place among the likely."""

    words: frozenset[str]
    is_of_harm: bool
    place: int


_BY_NONE = _Meant(frozenset(), False, _BY_OWN_WORD)


def _best(words: tuple[str, ...], stage: Stage | None) -> tuple[str, ...]:
    typed = [_typed(word) for word in dict.fromkeys(words)]
    meant = _meant(typed)
    what, who = [one for one in typed if one.word not in CALLED], [one for one in typed if one.word in CALLED]
    ranked = []
    for fact in FACTS.values():
        everyday = meant.get(fact.name, _BY_NONE)
        own, asked = _roots_of(fact.name)
        fits, fits_who = (
            sum(_SAME if one.word in everyday.words else _fit(one, own, asked) for one in part) for part in (what, who)
        )
        if fits or (fits_who and not any(_tells(one.word) for one in what)):  # who alone says nothing of what happened
            fits += fits_who
            at_stage = stage is None or stage in fact.stages
            order = (not at_stage, not everyday.is_of_harm, -fits, everyday.place, len(own))
            ranked.append((fits, everyday, order, fact.name))
    most = max((fits for fits, *_ in ranked), default=0)
    near = sorted(
        (order, name)
        for fits, everyday, order, name in ranked
        if everyday.is_of_harm or 2 * fits > most or (everyday.words and 2 * fits == most)
    )  # what people mean by one word of two is kept where the facts' own words would be noise
    return tuple(name for _, name in near[:MOST_LISTED])


def _meant(typed: list[_Typed]) -> dict[str, _Meant]:
    """For each fact that an everyday word or phrase here stands for, what these make of it."""
    found: dict[str, _Meant] = {}
    reached = frozenset[str]().union(*(one.like for one in typed))
    for phrase, facts in EVERYDAY.items():
        if not all(_root(word) in reached for word in phrase):
            continue
        taken = [_taken(word, typed) for word in phrase]
        near = max(nearness for _, nearness in taken)
        if near > _BY_BEGINNING:
            continue
        is_of_harm = phrase in OF_HARM and near <= _BY_ROOT
        for place, name in enumerate(facts, near):
            before = found.get(name, _Meant(frozenset(), False, place))
            stand_for = before.words.union(word for word, _ in taken)
            found[name] = _Meant(stand_for, is_of_harm or before.is_of_harm, min(place, before.place))
    return found


def _taken(word: str, typed: list[_Typed]) -> tuple[str, int]:
    """The typed word that is nearest to one of a phrase, and how near it is."""
    if any(one.word == word for one in typed):
        return word, _AS_TYPED
    root = _root(word)
    for one in typed:
        if one.root == root and _tells(one.word):
            return one.word, _BY_ROOT
    for one in typed:
        if root in one.like and _may_begin(word) and _may_begin(one.word):
            return one.word, _BY_BEGINNING
    return "", _BY_BEGINNING + 1


def _fit(one: _Typed, own: frozenset[str], asked: frozenset[str]) -> int:
    """What a word counts for by the fact's own words."""
    if not _tells(one.word):
        return 0
    if one.word in CALLED:
        return _IN_QUESTION if any(_root(name) in own | asked for name in CALLED[one.word]) else 0
    if one.root in own:
        return _SAME
    if one.like & own:
        return _BEGINS
    return _IN_QUESTION if one.like & asked else 0


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _EMPTY


def _may_begin(word: str) -> bool:
    """Whether another word may go on from this one and mean the same; not so one that says who (child, childminder)."""
    return _tells(word) and word not in CALLED


@cache
def _root(word: str) -> str:
    """A word without its endings, the same for all its forms.

    Bully, bullies, bullied, bullying: bulli; cut, cutting: cut. An e that such an ending took the place of is given back, so
    that what is scared and what is scarred stay apart (scare, scar).
    """
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
        if word.endswith("ie") and len(word) > 4:
            word = word[:-1]
    elif word.endswith("ied") and len(word) > 4:
        word = word[:-2]
    elif word.endswith(("ing", "ed")):
        rest = word.removesuffix("ing").removesuffix("ed")
        if len(rest) > 1 and any(letter in "aeiouy" for letter in rest):
            word = f"{rest}e" if _lost_an_e(rest) else rest
    if word.endswith("y") and len(word) > 3 and word[-2] not in _VOWELS:
        word = f"{word[:-1]}i"
    if word.endswith("e") and len(word) > 3 and not _lost_an_e(word[:-1]):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS else word


def _lost_an_e(rest: str) -> bool:
    """Whether this is a short word but for its e (scar-ed, bit-ing): one vowel, and one consonant after it."""
    return (
        len(rest) > 2
        and rest[-1] not in f"{_VOWELS}wxy"
        and rest[-2] in f"{_VOWELS}y"
        and not any(letter in f"{_VOWELS}y" for letter in rest[:-2])
    )


def _is_like(one: str, other: str) -> bool:
    """Whether these roots are one, or one begins the other: a short one with a common ending alone."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if not longer.startswith(shorter):
        return False
    rest = longer[len(shorter) :]
    return not rest or len(shorter) >= _SHORTEST_BEGUN or (len(shorter) >= _SHORTEST_GOING_ON and rest in _GOES_ON)


def _is_a_slip_from(one: str, other: str) -> bool:
    """Whether a slip makes one word of the other: two letters changed places, another vowel, or a letter too many or few.

    A consonant too many or too few is a slip beside its like (abbsent) or in a long word: of short ones there are too many
    others (poking, smoking). The first letter is always right.
    """
    shorter, longer = sorted((one, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    a, b = shorter[same:], longer[same:]
    if not same or not b:
        return False
    if len(shorter) == len(longer):
        return (a[:2] == b[1::-1] and a[2:] == b[2:]) or (a[1:] == b[1:] and a[0] in _VOWELS and b[0] in _VOWELS)
    return a == b[1:] and (b[0] in _VOWELS or b[0] == longer[same - 1] or len(longer) >= _LONG)


@cache
def _roots_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roots of the words of a fact's name and statement, and of its question."""
    fact = FACTS[name]
    return frozenset(map(_root, _words(fact.name, fact.says))), frozenset(map(_root, _words(fact.question)))


@cache
def _known_roots() -> frozenset[str]:
    """The roots of all words that a fact or an everyday phrase has, and of those that say little."""
    told = {word for fact in FACTS.values() for word in _words(fact.name, fact.says, fact.question)}
    return frozenset(map(_root, told.union(CALLED, _EMPTY, *EVERYDAY)))


@cache
def _spellings() -> tuple[str, ...]:
    """The words that find something by themselves, and what they end in (bruises, bruised)."""
    own = {word for fact in FACTS.values() for word in _words(fact.name, fact.says)}
    each = own | {phrase[0] for phrase in EVERYDAY if len(phrase) == 1}
    return tuple(sorted(each | {f"{word.removesuffix('e')}{ending}" for word in each for ending in ("es", "s", "ed")}))


def _words(*texts: str) -> Iterator[str]:
    return (word for text in texts for word in words_in(text) if _tells(word))


def in_a_line(fact: Fact) -> str:
    """A fact as it stands in a list to choose from."""
    return f"{fact.says} [{fact.name}]"
