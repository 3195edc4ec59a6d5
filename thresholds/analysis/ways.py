"""The smallest ways in which something can come about, as sets of steps.

A way is a set of steps that all have to be taken, held as the bits of one integer, so that joining two ways is `|` and one way
being part of another is `&`. A family of ways is kept least: no way in it holds another. The empty family means that there is
no way; a family of the empty way alone, that nothing has to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Way = int
Ways = tuple[Way, ...]

DONE: Ways = (0,)
"""Nothing has to be done."""

NO_WAY: Ways = ()
"""It cannot be done."""


def least(ways: Iterable[Way]) -> Ways:
    """Those ways that hold no other, those of the fewest steps first."""
    kept: list[Way] = []
    longer: list[Way] = []
    single = 0  # the ways of one step, together: whatever shares a step with them holds one of them
    for way in sorted(set(ways), key=int.bit_count):
        if way & single:
            continue
        if not way & (way - 1):
            if not way:
                return DONE
            single |= way
        elif any(other & way == other for other in longer):
            continue
        else:
            longer.append(way)
        kept.append(way)
    return tuple(kept)


class Algebra:
    """How families of ways are joined, when a way may concern so many facts and no more.

    A way concerns as many facts as it has bits in `one_a_fact`: of each fact, one bit that every step of it has. `cut` says
    whether any way has been left out because it concerned more.
    """

    def __init__(self, one_a_fact: int, most_facts: int) -> None:
        self._one_a_fact = one_a_fact
        self._most_facts = most_facts
        self.cut = False

    def facts(self, way: Way) -> int:
        """How many facts a way concerns."""
        return (way & self._one_a_fact).bit_count()

    def either(self, families: Iterable[Ways]) -> Ways:
        """The ways to one of these, or more."""
        ways: set[Way] = set()
        for family in families:
            if family == DONE:
                return DONE
            ways.update(family)
        return least(ways)

    def both(self, one: Ways, other: Ways) -> Ways:
        """The ways to both of these."""
        if one == DONE:
            return other
        if other == DONE:
            return one
        one_a_fact, most = self._one_a_fact, self._most_facts
        joined = {a | b for a in one for b in other}
        short = [way for way in joined if (way & one_a_fact).bit_count() <= most]
        self.cut = self.cut or len(short) < len(joined)
        return least(short)

    def all_of(self, families: Iterable[Ways]) -> Ways:
        """The ways to every one of these."""
        ways = DONE
        for family in sorted(families, key=len):
            ways = self.both(ways, family)
            if not ways:
                return NO_WAY
        return ways

    def at_least(self, number: int, families: Sequence[Ways]) -> Ways:
        """The ways to so many of these, or more."""
        reached: list[Ways] = [DONE, *[NO_WAY] * number]
        for family in families:
            for so_many in range(number, 0, -1):
                reached[so_many] = self.either((reached[so_many], self.both(reached[so_many - 1], family)))
        return reached[number]


MOST_FACTS = 6
"""No way that concerns more facts than this is looked for: nobody could weigh it, and there can be very many."""


def shortest(
    algebra_for: Callable[[int], Algebra], ways_with: Callable[[Algebra], Ways], enough: int, most_facts: int = MOST_FACTS
) -> tuple[Ways, bool]:
    """Ways of ever more facts, until there are more than `enough`, the shortest first; and whether they are all."""
    for most in range(1, most_facts + 1):
        algebra = algebra_for(most)
        ways = ways_with(algebra)
        if len(ways) > enough or not algebra.cut:
            break
    return tuple(sorted(ways, key=algebra.facts)), not algebra.cut
