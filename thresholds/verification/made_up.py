"""Records made up by chance from a seed: many and quickly, where Hypothesis would be slow."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from thresholds.facts.record import Record, encode, impossible
from thresholds.facts.vocabulary import FACTS, Polarity

Values = dict[str, int | None]


def values(chance: random.Random) -> Values:
    """The known facts of one record that can be: thin or rich, with few or many questions answered no."""
    known, denied = chance.choice([0.01, 0.03, 0.1, 0.3]), chance.choice([0.0, 0.3, 0.9])
    found: Values = {}
    for name, fact in FACTS.items():
        if chance.random() < known:
            numbers = range(fact.lowest, min(fact.highest, fact.lowest + 8) + 1)
            found[name] = chance.choice([int(word) for word in fact.words] if fact.words else numbers)
        elif fact.polarity is Polarity.RISK and chance.random() < denied:
            found[name] = 0
    found["age_months"] = chance.choice([None, *range(-9, 218)])
    for name, _ in impossible(found):
        found[name] = None
    return found


def records(seed: int, number: int) -> Iterator[Record]:
    """So many records."""
    chance = random.Random(seed)
    return (encode(values(chance)) for _ in range(number))


def records_about(facts: Iterable[str], chance: random.Random, number: int) -> Iterator[Record]:
    """So many records in which just these facts are known or not, and the age; near the numbers that made-up rules ask for."""
    names = sorted({*facts} - {"age_months"})
    for _ in range(number):
        found: Values = {}
        for name in names:
            fact = FACTS[name]
            if chance.random() < _KNOWN:
                found[name] = chance.choice([int(word) for word in fact.words] if fact.words else range(_SMALL_NUMBERS))
        found["age_months"] = chance.choice(_AGES)
        for name, _ in impossible(found):
            found[name] = None
        yield encode(found)


_KNOWN, _SMALL_NUMBERS = 0.7, 8
_AGES = [None, -5, 0, 11, 12, 40, 83, 84, 131, 150, 200]
