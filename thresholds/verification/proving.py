"""All that is proved of a rule set, by one call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from thresholds.language.rules import RuleSet
from thresholds.verification.laws import Worlds, check_law, laws
from thresholds.verification.presence import check_counting, check_deciding, check_order, check_tiers
from thresholds.verification.results import Result, Verdict
from thresholds.verification.solver import in_words
from thresholds.version import __version__
from thresholds.views.page import Page
from thresholds.views.shown import Shown


@dataclass(frozen=True)
class Verification(Shown):
    """What was found out about a rule set."""

    rule_set: RuleSet
    results: tuple[Result, ...]

    @property
    def is_refuted(self) -> bool:
        """Whether some property does not hold, or could not be decided."""
        return any(result.verdict in (Verdict.REFUTED, Verdict.NOT_DECIDED) for result in self.results)

    def page(self) -> Page:
        """The properties as a page."""
        from thresholds.views.verification_page import verification_page

        return verification_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The properties as JSON holds them; format "verification/1"."""
        return {
            "format": "verification/1",
            "library": __version__,
            "solver": in_words(),
            "rule_set": {"id": self.rule_set.id, "version": self.rule_set.version, "digest": self.rule_set.digest},
            "properties": [
                {
                    "id": result.id,
                    "sentence": result.sentence,
                    "verdict": result.verdict.value,
                    "over": result.over,
                    "notes": list(result.notes),
                    "counterexamples": [
                        {"case": one.case.known(), "other": one.other and one.other.known(), "shows": one.shows}
                        for one in result.counterexamples
                    ],
                    "seconds": round(result.seconds, 3),
                }
                for result in self.results
            ],
        }


def verify(rule_set: RuleSet) -> Verification:
    """Every property of a rule set, each proved over all possible cases, or refuted by one.

    To be called from one thread at a time: the solver keeps what it is told in one place for the whole process.

    Raises `TranslationError` where the solver and the interpreter disagree, which is a mistake of this library.
    """
    return Verification(rule_set, tuple(_results(rule_set)))


def _results(rule_set: RuleSet) -> Iterator[Result]:
    order = _timed(lambda: check_order(rule_set))
    yield order
    if order.verdict is Verdict.REFUTED:
        return
    made = Worlds()
    world, solver = made[None]
    for check in (check_tiers, check_counting, check_deciding):
        yield _timed(lambda check=check: check(rule_set, world, solver))  # type: ignore[misc]
    for law in laws(rule_set):
        yield _timed(lambda law=law: check_law(law, made))  # type: ignore[misc]


def _timed(check: Callable[[], Result]) -> Result:
    begun = time.perf_counter()
    return replace(check(), seconds=time.perf_counter() - begun)
