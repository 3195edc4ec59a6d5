"""One case of a room: how the views of it spread, what they name and where they would take it, beside the rules' view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import NamedTuple

from thresholds.exercises.answer import NO_SERVICE
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.differences.what_carries import rests_on
from thresholds.exercises.exercise import Agency, Exercise
from thresholds.exercises.marking import Marking
from thresholds.exercises.room.standing import Stands
from thresholds.exercises.room.talking_points import before_the_rules, beside_the_rules
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import Moment

_RESTS_ON_NAMING = (
    DifferenceKind.OTHER_REASONS,
    DifferenceKind.FACT_MISSED,
    DifferenceKind.SUSPICION_AS_NOTHING,
    DifferenceKind.WEIGHED_OTHERWISE,
)
"""The kinds that are found by what somebody did not name: of whoever named nothing at all they say nothing."""


class Pairs(NamedTuple):
    """Of how many pairs of people who gave a tier how many gave the same."""

    alike: int
    every: int


@dataclass(frozen=True)
class OneCase:
    """What a group said of one moment of an exercise.

    `agencies` holds the group of each who answered, None where it is not said. Of those who took part, `silent` gave no answer
    to it, and the answers of `unused` cannot be used. `facts_unread` and `place_unread` are those whose facts, or
    whose place, could not be read: that is not to have named none.
    """

    exercise: Exercise
    moment: Moment
    markings: Mapping[str, Marking]
    agencies: Mapping[str, Agency | None]
    silent: tuple[str, ...]
    unused: tuple[str, ...]
    took_part: int
    facts_unread: tuple[str, ...] = ()
    place_unread: tuple[str, ...] = ()

    @cached_property
    def rules_say(self) -> TierSaid:
        """The rules' tier, or why there is none."""
        return TierSaid.of(self.moment.suggestion)

    @cached_property
    def spread(self) -> Counter[TierSaid]:
        """How many said what."""
        return Counter(one.answer.said for one in self.markings.values())

    @cached_property
    def spread_by_agency(self) -> Mapping[Agency | None, Counter[TierSaid]]:
        """How many said what in each group, None for those of whom it is not said; empty where it is said of nobody."""
        found: dict[Agency | None, Counter[TierSaid]] = {}
        for agency in (*Agency, None):
            said = Counter(one.answer.said for name, one in self.markings.items() if self.agencies[name] is agency)
            if said:
                found[agency] = said
        return {} if found.keys() == {None} else found

    @cached_property
    def pairs(self) -> Pairs:
        """How many of the pairs of those who gave a tier gave the same one."""
        tiers = {said: number for said, number in self.spread.items() if said.tier is not None}
        return Pairs(sum(comb(number, 2) for number in tiers.values()), comb(sum(tiers.values()), 2))

    @cached_property
    def direction(self) -> Mapping[Stands, int]:
        """Which way the views differ from the rules': how many are the same, below, above, or have no tier to compare."""
        counted = Counter(self.standing.values())
        return {stands: counted[stands] for stands in Stands}

    @cached_property
    def standing(self) -> Mapping[str, Stands]:
        """How the view of each who answered stands to the rules'."""
        return {name: Stands.of(one.answer.said, self.rules_say) for name, one in self.markings.items()}

    @cached_property
    def for_discussion(self) -> tuple[str, ...]:
        """Who holds the other view that the exercise declares: the one that a careful reader might hold."""
        return tuple(name for name, one in self.markings.items() if one.is_for_discussion)

    @cached_property
    def naming(self) -> int:
        """How many named a fact at all."""
        return sum(bool(one.answer.cited()) for one in self.markings.values())

    @cached_property
    def named_none(self) -> tuple[str, ...]:
        """Who answered and named no fact: what they saw in the text is not known."""
        return tuple(name for name, one in self.markings.items() if not one.answer.cited() and name not in self.facts_unread)

    @cached_property
    def carrying(self) -> Mapping[str, int]:
        """The facts that the rules' view rests on, and how many named each; the least named first."""
        named = {
            name: sum(name in one.answer.cited() for one in self.markings.values())
            for name in rests_on(self.moment.suggestion)
        }
        return dict(sorted(named.items(), key=lambda item: item[1]))

    @cached_property
    def asked(self) -> Counter[str]:
        """How many would ask what."""
        return Counter(name for one in self.markings.values() for name in one.answer.ask)

    @cached_property
    def places(self) -> Counter[str]:
        """How many would take it where; who named no place is not in it."""
        return Counter(one.answer.pathway for one in self.markings.values() if one.answer.pathway is not None)

    @cached_property
    def rules_places(self) -> Mapping[str, int]:
        """Where the case goes by the rules, and how many named each of these.

        That no service is needed is among them where somebody said it and the rules say so too.
        """
        marked = self.markings.values()
        agreed = [NO_SERVICE for one in marked if one.answer.pathway == NO_SERVICE and one.is_same_pathway]
        every = dict.fromkeys(place for one in marked for place in (*one.pathways, *agreed))
        return {place: self.places[place] for place in every}

    @cached_property
    def kinds(self) -> Counter[DifferenceKind]:
        """How many views differ from the rules' in which way, in one order on every run.

        What rests on what was not named is counted only of those who named something.
        """
        every = self.markings.values()
        return Counter(kind for kind in DifferenceKind for one in every if kind in one.kinds and _is_known(kind, one))

    @cached_property
    def prompts(self) -> tuple[str, ...]:
        """What to talk about, drawn from where the group split; it does not give the rules' view away."""
        return tuple(before_the_rules(self))

    @cached_property
    def prompts_beside_the_rules(self) -> tuple[str, ...]:
        """What to talk about once the rules' view is shown, a tier that is too low first."""
        return tuple(beside_the_rules(self))

    def to_dict(self) -> Mapping[str, object]:
        """What the group said of it, as JSON holds it."""
        return {
            "exercise": self.exercise.id,
            "moment": self.moment.number,
            "answered": len(self.markings),
            "spread": _written(self.spread),
            "by_agency": {
                agency.value if agency else "not_said": _written(spread) for agency, spread in self.spread_by_agency.items()
            },
            "pairs": {"alike": self.pairs.alike, "every": self.pairs.every},
            "direction": {stands.value: number for stands, number in self.direction.items()},
            "for_discussion": self._declared(),
            "silent": list(self.silent),
            "unused": list(self.unused),
            "named": dict(self.carrying),
            "named_none": len(self.named_none),
            "facts_unread": len(self.facts_unread),
            "asked": dict(self.asked.most_common()),
            "places": {
                "said": dict(self.places.most_common()),
                "none_said": len(self.markings) - self.places.total() - len(self.place_unread),
                "unread": len(self.place_unread),
                "rules": dict(self.rules_places),
            },
            "prompts": list(self.prompts),
            "prompts_beside_the_rules": list(self.prompts_beside_the_rules),
            "kinds": {kind.value: number for kind, number in self.kinds.items()},
            "rules_say": self.rules_say.value,
            "why_differ": list(self._why_differ()),
        }

    def _declared(self) -> Mapping[str, object] | None:
        declared = self.moment.for_discussion
        if declared is None:
            return None
        stands = Stands.of(TierSaid(declared.tier.word), self.rules_say)
        return {
            "tier": declared.tier.word,
            "because": declared.because,
            "stands": stands.value,
            "held_by": len(self.for_discussion),
        }

    def _why_differ(self) -> Iterator[Mapping[str, object]]:
        for name, one in self.markings.items():
            if one.answer.why_differ:
                yield {"participant": name, "moment": self.moment.number, "why": one.answer.why_differ}


def _is_known(kind: DifferenceKind, marking: Marking) -> bool:
    """Whether a kind may be said of somebody: not where it rests on naming, and they named nothing."""
    named = bool(marking.answer.cited())
    if kind is DifferenceKind.OTHER_REASONS and marking.rules_say is TierSaid.TOO_LITTLE:
        named = named or bool(marking.answer.ask)  # there it rests on what they ask
    return named or kind not in _RESTS_ON_NAMING


def _written(spread: Counter[TierSaid]) -> dict[str, int]:
    return {said.value: number for said, number in spread.items()}
