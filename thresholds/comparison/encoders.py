"""Two people who wrote down the same files: how far they agree on facts, apart from any rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from thresholds.agreement.intervals import Estimate, wilson
from thresholds.agreement.measures import estimates
from thresholds.agreement.ratings import Cell, Undefined, ratings
from thresholds.agreement.resampling import jackknife
from thresholds.audits.audited import Audit
from thresholds.audits.report_figures import INVENTED
from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.scales import Tier
from thresholds.suggestion import DEFAULT_RULE_SET, suggest
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True, slots=True)
class FactAgreement:
    """One fact in all files that both wrote down.

    `both` wrote the same answer, `apart` gave different answers, and of `one_only` just one of the two wrote it down at all.
    `neither` wrote it down in the rest: that is no agreement on an answer, and is kept apart.
    """

    fact: Fact
    both: int
    apart: int
    one_only: int
    neither: int

    @property
    def share(self) -> Estimate:
        """Of the files where at least one wrote it down, the share with the same answer, with Wilson's interval."""
        return wilson(self.both, self.both + self.apart + self.one_only)


@dataclass(frozen=True, slots=True)
class FileApart:
    """A file that gets different tiers by the two encodings, and the facts on which these differ."""

    id: str
    first: Tier | None
    second: Tier | None
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Encodings(Shown):
    """Two encodings of the same files. `only_first` and `only_second` hold the ids that the other did not write down.

    `label` has to be printed with every figure; "" where there is nothing.
    """

    first: tuple[tuple[str, Case], ...]
    second: tuple[tuple[str, Case], ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    rule_set: RuleSet
    label: str = ""

    @cached_property
    def facts(self) -> tuple[FactAgreement, ...]:
        """Each fact that anybody wrote down, those that are most apart first."""
        pairs = [(one.known(), other.known()) for (_, one), (_, other) in zip(self.first, self.second, strict=True)]
        found = [_agreement(fact, [(one.get(name), other.get(name)) for one, other in pairs]) for name, fact in FACTS.items()]
        written = (one for one in found if one.both + one.apart + one.one_only)
        return tuple(sorted(written, key=lambda one: -(one.apart + one.one_only)))

    @property
    def all_facts(self) -> Estimate:
        """The share of the same answers over all facts and files, among those that at least one wrote down.

        Answers of one file go together, so that the interval is found by leaving out one file at a time.
        """
        counts = [_agreeing(one, other) for (_, one), (_, other) in zip(self.first, self.second, strict=True)]

        def share(weights: Sequence[float]) -> float | Undefined:
            written = sum(weight * written for weight, (_, written) in zip(weights, counts, strict=True))
            same = sum(weight * same for weight, (same, _) in zip(weights, counts, strict=True))
            return same / written if written else NOTHING_WRITTEN

        files = [Cell(((0,), (0,)), 1.0, "", 1) for _ in counts]
        return jackknife(share, files, least=0.0) if files else Estimate(NOTHING_WRITTEN, None, None, "none", 0)

    @cached_property
    def tiers(self) -> dict[str, Estimate]:
        """Each measure of agreement of the tiers that the same rules give by the two encodings."""
        return dict(estimates(ratings(list(self._tiers))))

    @cached_property
    def files_apart(self) -> tuple[FileApart, ...]:
        """The files that get different tiers: there a difference between auditors and rules may be one of facts."""
        found = []
        for (name, one), (_, other), (first, second) in zip(self.first, self.second, self._tiers, strict=True):
            if first != second:
                mine, theirs = one.known(), other.known()
                facts = tuple(fact for fact in FACTS if mine.get(fact) != theirs.get(fact))
                found.append(FileApart(name, first, second, facts))
        return tuple(found)

    def page(self) -> Page:
        """The agreement on facts as a page."""
        from thresholds.views.encodings_page import encodings_page

        return encodings_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The agreement on facts as JSON holds it."""
        from thresholds.views.encodings_page import encodings_as_json

        return encodings_as_json(self)

    @cached_property
    def _tiers(self) -> tuple[tuple[Tier | None, Tier | None], ...]:
        return tuple(
            (suggest(one, self.rule_set).tier, suggest(other, self.rule_set).tier)
            for (_, one), (_, other) in zip(self.first, self.second, strict=True)
        )


NOTHING_WRITTEN = Undefined("neither wrote down a fact of a file that both have")


def encodings(first: Audit, second: Audit, rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Encodings:
    """Two audits that hold the same files, each written down by somebody else. Files that only one has are named.

    Raises `KeyError` for a rule set that is not shipped.
    """
    loaded = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    mine, theirs = _by_id(first), _by_id(second)
    shared = [name for name in mine if name in theirs]
    return Encodings(
        tuple((name, mine[name]) for name in shared),
        tuple((name, theirs[name]) for name in shared),
        tuple(name for name in mine if name not in theirs),
        tuple(name for name in theirs if name not in mine),
        loaded,
        INVENTED if first.invented or second.invented else "",
    )


def _agreeing(one: Case, other: Case) -> tuple[int, int]:
    """On how many facts two encodings of one file give the same answer, and how many at least one of them has."""
    mine, theirs = one.known(), other.known()
    written = {**mine, **theirs}
    return sum(mine.get(name) == theirs.get(name) for name in written), len(written)


def _by_id(audit: Audit) -> dict[str, Case]:
    return {case.id: case.case for case in audit.cases}


def _agreement(fact: Fact, answers: Iterable[tuple[object, object]]) -> FactAgreement:
    both = apart = one_only = neither = 0
    for one, other in answers:
        if one is None and other is None:
            neither += 1
        elif one is None or other is None:
            one_only += 1
        elif one == other:
            both += 1
        else:
            apart += 1
    return FactAgreement(fact, both, apart, one_only, neither)
