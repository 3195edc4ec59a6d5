"""How well the examples of a rule set test its rules: obligations met, and mutants killed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thresholds.facts.case import Case
from thresholds.language.rules import Rule, RuleSet
from thresholds.verification.killing import Equivalence, Fate, Judged, judge_mutants, lineage
from thresholds.verification.obligations import Obligation, Satisfiable, met_by, obligations
from thresholds.verification.symbols import case_of
from thresholds.version import __version__
from thresholds.views.page import Page
from thresholds.views.shown import Shown


class Fulfilment(StrEnum):
    """How an obligation stands."""

    MET = "met"
    NOT_MET = "not met"
    IMPOSSIBLE = "no possible case meets it"
    NOT_DECIDED = "not decided"


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation and how it stands; where it is not met, a small possible case that would meet it."""

    obligation: Obligation
    standing: Fulfilment
    would_do: Case | None = None


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no example notices, and a small possible case that would tell it from the rule."""

    judged: Judged
    would_do: Case | None


@dataclass(frozen=True)
class RuleTests(Shown):
    """What the examples of a rule set show of its rules. `seconds` is how long it took."""

    rule_set: RuleSet
    examples: int
    due: tuple[Due, ...]
    judged: tuple[Judged, ...]
    survivors: tuple[Survivor, ...]
    seconds: float

    def counted(self, standing: Fulfilment) -> int:
        """How many obligations stand so."""
        return sum(one.standing is standing for one in self.due)

    def fated(self, fate: Fate) -> int:
        """How many mutants came to this."""
        return sum(one.fate is fate for one in self.judged)

    @property
    def killed_share(self) -> float | None:
        """Which share of the live mutants is killed, from 0 to 1; None where none is live."""
        live = len(self.judged) - self.fated(Fate.EQUIVALENT)
        return self.fated(Fate.KILLED) / live if live else None

    @property
    def is_whole(self) -> bool:
        """Whether every obligation that can be met is, and at least 95 in 100 live mutants are killed."""
        share = self.killed_share
        unmet = self.counted(Fulfilment.NOT_MET) + self.counted(Fulfilment.NOT_DECIDED)
        return not unmet and (share is None or share >= LEAST_KILLED)

    def page(self) -> Page:
        """The tests as a page."""
        from thresholds.views.rule_tests_page import rule_tests_page

        return rule_tests_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The tests as JSON holds them; format "rule-tests/1"."""
        return {
            "format": "rule-tests/1",
            "library": __version__,
            "rule_set": {"id": self.rule_set.id, "version": self.rule_set.version, "digest": self.rule_set.digest},
            "examples": self.examples,
            "obligations": {standing.value: self.counted(standing) for standing in Fulfilment},
            "not_met": [
                {
                    "rule": one.obligation.rule.id,
                    "obligation": one.obligation.in_words(self.rule_set),
                    "standing": one.standing.value,
                    "would_do": one.would_do and one.would_do.known(),
                }
                for one in self.due
                if one.standing is not Fulfilment.MET
            ],
            "mutants": {fate.value: self.fated(fate) for fate in Fate},
            "survivors": [
                {
                    "rule": one.judged.mutant.rule.id,
                    "done": one.judged.mutant.done,
                    "would_do": one.would_do and one.would_do.known(),
                }
                for one in self.survivors
            ],
            "seconds": round(self.seconds, 3),
        }


LEAST_KILLED = 0.95
"""The share of live mutants that the examples of a rule set are to kill."""


def measure_rule_tests(rule_set: RuleSet) -> RuleTests:
    """What the examples show of the rules, of all that it extends too."""
    begun = time.perf_counter()
    rules = (*rule_set.findings, *rule_set.current_advice)
    due = tuple(_due(rule_set, rules))
    judged = tuple(judge_mutants(rule_set))
    equivalence = Equivalence(rule_set)
    survivors = tuple(
        Survivor(one, equivalence.telling(one.mutant) if one.fate is Fate.SURVIVED else None)
        for one in judged
        if one.fate in (Fate.SURVIVED, Fate.NOT_DECIDED)
    )
    examples = sum(len(rule.examples) for rule in rules)
    return RuleTests(rule_set, examples, due, judged, survivors, time.perf_counter() - begun)


def _due(rule_set: RuleSet, rules: tuple[Rule, ...]) -> Iterator[Due]:
    declaring = {one.id: one for one in lineage(rule_set)}
    satisfiable = Satisfiable(rule_set)
    for rule in rules:
        met = {met for example in rule.examples for met in met_by(declaring[rule.rule_set], rule, example)}
        for obligation in obligations(rule):
            yield Due(obligation, Fulfilment.MET) if obligation in met else _not_met(obligation, satisfiable)


def _not_met(obligation: Obligation, satisfiable: Satisfiable) -> Due:
    could_be = satisfiable.could_be(obligation)
    if could_be:
        return Due(obligation, Fulfilment.NOT_MET, case_of(satisfiable.example(obligation)))
    return Due(obligation, Fulfilment.NOT_DECIDED if could_be is None else Fulfilment.IMPOSSIBLE)
