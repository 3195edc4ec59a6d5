"""The tier that `suggest` gives of a symbolic record: withheld where too little is known, or a case is not for this tool."""

from __future__ import annotations

from collections.abc import Iterator

from thresholds.facts.case import Case
from thresholds.facts.record import RAISED_BY
from thresholds.language.rules import AdviceKind, RuleSet
from thresholds.scales import Reading, Stage, Status, Tier
from thresholds.suggestion import suggest
from thresholds.verification.meaning import SymbolicAdvice
from thresholds.verification.results import TranslationError
from thresholds.verification.solver import z3
from thresholds.verification.symbols import AGE, Formula, any_of, at_stage, none_of
from thresholds.verification.worlds import View, World
from thresholds.views.wording import tier_in_words

Given = Tier | None
GIVEN: tuple[Given, ...] = (None, *Tier)
"""What `suggest` may give, no tier first."""


class GivenTier:
    """What a rule set gives of the case of a world, in formulas."""

    def __init__(self, rule_set: RuleSet, world: World) -> None:
        self._rule_set, self._record = rule_set, world.record
        findings = {reading: world.findings(View(0, reading, rule_set)) for reading in Reading}
        self._findings = findings[Reading.SUGGESTED]
        self._advice = SymbolicAdvice(rule_set, world.record, findings)
        too_little = z3.And(self._findings.is_tier(Tier.ONE), any_of(self._unanswered()))
        outside = z3.And(self._says(Status.NOT_FOR_THIS_TOOL), z3.Not(self._says(Status.ACT_FIRST)))
        self._is_withheld = z3.Or(too_little, outside)

    def is_given(self, tier: Given) -> Formula:
        """Whether `suggest` gives just this."""
        return self._is_withheld if tier is None else z3.And(self._findings.is_tier(tier), z3.Not(self._is_withheld))

    def _says(self, status: Status) -> Formula:
        """Whether some advice says this status."""
        return any_of(
            self._advice.holds(rule.when)
            for rule in self._rule_set.current_advice
            if any(one.kind is AdviceKind.STATUS and one.text == status.value for one in rule.advises)
        )

    def _unanswered(self) -> Iterator[Formula]:
        """What is required to be known and is not; as `required.unanswered`."""
        stages = {stage: at_stage(self._record, stage) for stage in Stage}
        no_stage = none_of(stages.values())
        yield self._record[AGE].is_open
        for stage, names in self._rule_set.required.items():
            for name in names:
                yield z3.And(z3.Or(stages[stage], no_stage), z3.Not(self._is_answered(name)))

    def _is_answered(self, name: str) -> Formula:
        entry, behind = self._record[name], [self._record[risk] for risk in RAISED_BY.get(name, ())]
        settled = z3.Or(any_of(risk.is_found for risk in behind), none_of(risk.is_open for risk in behind))
        return z3.And(z3.Not(entry.is_open), z3.Or(z3.Not(entry.is_found), settled))


def replay(case: Case, rule_set: RuleSet, tier: Given) -> None:
    """Raises `TranslationError` unless `suggest`, by the interpreter, gives just this."""
    if suggest(case, rule_set, "reference").tier is not tier:
        raise TranslationError(f"The solver gives {tier_in_words(tier)} by {rule_set.id}, and the interpreter does not.")
