"""Two sides on the same cases, the reference first, and every figure of how far they agree.

A case of which a side gives no tier is in the tier table and in no figure of agreement: it is counted, never guessed at. A
tier that is known only as a range, since facts are open or auditors differ, is never filled in either: figures stand for the
cases where it is one tier, and beside them what the open ones allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from thresholds.agreement.direction import Direction, direction
from thresholds.agreement.intervals import Estimate
from thresholds.agreement.measures import MANY_RATERS, MEASURES, OBSERVED, Measure, estimates
from thresholds.agreement.ranges import Allowed, allowed
from thresholds.agreement.ratings import TIERS, Rating, Ratings, Span, Undefined, ratings
from thresholds.audits.audited import Audit
from thresholds.comparison.compared import TOGETHER, ComparedCase, Judged
from thresholds.scales import Tier

THE_AUDITORS, THE_RULES = "the auditors", "the rules"
ONE_VIEW_ONLY = Undefined("no case has two judgements made apart: of a group that agreed by discussion nobody knows how far")


@dataclass(frozen=True, slots=True)
class PairedCase:
    """One case as two sides rated it: a tier, a range of tiers, or None. `known` is the second with what is open as a range.

    `why_none` says in a word why the second side gives no tier; "" where it gives one.
    """

    id: str
    reference: Rating
    given: Rating
    known: Rating
    stratum: str
    weight: float
    why_none: str = ""

    @property
    def steps(self) -> int | None:
        """By how many tiers the second stands above the reference; None where either is not one tier."""
        if isinstance(self.reference, Tier) and isinstance(self.given, Tier):
            return int(self.given) - int(self.reference)
        return None

    @property
    def is_settled(self) -> bool:
        """Whether nothing that is open could change what was given."""
        return isinstance(self.given, Tier) and self.known == self.given


@dataclass(frozen=True)
class Pairing:
    """Two sides on the same cases. `reference` and `given` are what they are called on a page."""

    reference: str
    given: str
    cases: tuple[PairedCase, ...]

    @cached_property
    def ratings(self) -> Ratings:
        """The cases in which each side gives one tier, or none."""
        return _ratings(self.cases, lambda case: case.given).settled()

    @property
    def compared(self) -> int:
        """In how many cases each side gives one tier."""
        return self.ratings.compared

    @cached_property
    def estimates(self) -> Mapping[str, Estimate]:
        """Each measure of agreement with its interval, by its name, for the tiers as they were given."""
        return estimates(self.ratings)

    @property
    def observed(self) -> Estimate:
        """The share of cases in which both gave the same tier."""
        return self.estimates[OBSERVED.name]

    @cached_property
    def settled(self) -> Mapping[str, Estimate]:
        """The same for those cases alone that nothing which is open could move."""
        return estimates(_ratings([case for case in self.cases if case.is_settled], lambda case: case.given).settled())

    @cached_property
    def unsettled(self) -> Mapping[str, Estimate]:
        """The same for the other cases, by the tier that was given in spite of what is open."""
        return estimates(_ratings([case for case in self.cases if not case.is_settled], lambda case: case.given).settled())

    @cached_property
    def known(self) -> Ratings:
        """The cases with what is open, or differs among the auditors, as a range."""
        return _ratings(self.cases, lambda case: case.known)

    @cached_property
    def allowed(self) -> Mapping[str, Allowed]:
        """The lowest and the highest value of each measure that what is open allows, over all cases with a range or a tier."""
        return {measure.name: allowed(measure, self.known) for measure in MEASURES}

    @cached_property
    def direction(self) -> Direction:
        """Which way the second differs from the reference, and by how much."""
        return direction(self.ratings)

    @cached_property
    def table(self) -> tuple[tuple[int, ...], ...]:
        """The tier table: a row for each tier of the reference, a column for each that was given; of both, none or no one tier
        comes last."""
        counts = [[0] * (len(TIERS) + 1) for _ in range(len(TIERS) + 1)]
        for case in self.cases:
            counts[_place(case.reference)][_place(case.given)] += 1
        return tuple(map(tuple, counts))

    def under_by_two(self) -> tuple[PairedCase, ...]:
        """The cases that were called two tiers or more below the reference, the farthest first."""
        below = [case for case in self.cases if case.steps is not None and case.steps <= -2]
        return tuple(sorted(below, key=lambda case: case.steps or 0))

    @property
    def not_compared(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the cases that enter no figure, by the reason."""
        found: dict[str, list[str]] = {}
        for case in self.cases:
            if case.reference is None:
                found.setdefault(f"no tier from {self.reference}", []).append(case.id)
            elif case.given is None:
                found.setdefault(f"no tier from {self.given}: {case.why_none or 'none given'}", []).append(case.id)
            elif case.steps is None:
                found.setdefault("the auditors differ", []).append(case.id)
        return {why: tuple(ids) for why, ids in found.items()}


def rules_beside(cases: Sequence[ComparedCase], auditor: str | None = TOGETHER) -> Pairing:
    """The rules beside one auditor, or beside the auditors together. Only cases that the auditor judged enter it."""
    judged = [case for case in cases if auditor is TOGETHER or case.audited.by(auditor) is not None]
    name = THE_AUDITORS if auditor is TOGETHER else auditor
    return Pairing(name, THE_RULES, tuple(_paired(case, auditor) for case in judged))


def auditors_beside(audit: Audit, first: str, second: str) -> Pairing:
    """Two auditors on the cases that both judged, the first as the reference."""
    both = [(case, case.by(first), case.by(second)) for case in audit.cases]
    return Pairing(
        first,
        second,
        tuple(
            PairedCase(case.id, one.tier, other.tier, other.tier, case.stratum or "", case.weight)
            for case, one, other in both
            if one is not None and other is not None
        ),
    )


@dataclass(frozen=True)
class Ceiling:
    """How far auditors who judged apart agree with each other: the most that can be asked of rules.

    `pairs` are each two who judged a case apart. `together` is over all of them at once. Where nobody judged apart, as when
    one group agreed on every case, every figure is undefined; it is never made up.
    """

    auditors: tuple[str, ...]
    pairs: tuple[Pairing, ...]
    together: Mapping[str, Estimate]

    @property
    def is_defined(self) -> bool:
        """Whether two people judged a case apart."""
        return bool(self.pairs)


def ceiling(audit: Audit) -> Ceiling:
    """Auditor beside auditor, for all who judged for themselves."""
    alone = tuple(
        dict.fromkeys(
            judgement.auditor for case in audit.cases for judgement in case.judged_alone if judgement.tier is not None
        )
    )
    pairs = tuple(pair for pair in (auditors_beside(audit, *two) for two in combinations(alone, 2)) if pair.compared)
    if not pairs:
        nothing = {one.name: Estimate(ONE_VIEW_ONLY, None, None, "none", 0) for one in MANY_RATERS}
        return Ceiling(alone, (), nothing)
    rows = []
    for case in audit.cases:
        tiers = {judgement.auditor: judgement.tier for judgement in case.judged_alone}
        rows.append((case, tuple(tiers.get(auditor) for auditor in alone)))
    rated = ratings(
        [row for _, row in rows],
        strata=[case.stratum or "" for case, _ in rows],
        weights=[case.weight for case, _ in rows],
    )
    return Ceiling(alone, pairs, estimates(rated, MANY_RATERS))


def measures_of(figures: Mapping[str, Estimate]) -> Iterable[tuple[Measure, Estimate]]:
    """Each measure with its figure, in the order of a page."""
    return ((measure, figures[measure.name]) for measure in MEASURES if measure.name in figures)


def _paired(case: ComparedCase, auditor: str | None) -> PairedCase:
    suggestion, audited = case.suggestion, case.audited
    lowest, highest = suggestion.range
    known = None if lowest is None or highest is None else _rating(Judged(lowest, highest))
    why_none = "" if suggestion.tier is not None else suggestion.status.replace("_", " ")
    reference = _rating(case.judged(auditor))
    return PairedCase(case.id, reference, suggestion.tier, known, audited.stratum or "", audited.weight, why_none)


def _rating(tiers: Judged | None) -> Rating:
    if tiers is None:
        return None
    return tiers.lowest if tiers.lowest == tiers.highest else Span(tiers.lowest, tiers.highest)


def _ratings(cases: Sequence[PairedCase], second: Callable[[PairedCase], Rating]) -> Ratings:
    return ratings(
        [(case.reference, second(case)) for case in cases],
        strata=[case.stratum for case in cases],
        weights=[case.weight for case in cases],
    )


def _place(rating: Rating) -> int:
    return TIERS.index(rating) if isinstance(rating, Tier) else len(TIERS)
