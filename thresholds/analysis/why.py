"""Why a tier: the smallest sets of known facts that carry it; and why not a lower one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thresholds.analysis.known import Known
from thresholds.analysis.routes import Making
from thresholds.analysis.steps import Step, steps_of
from thresholds.analysis.ways import DONE, NO_WAY, Way, Ways, shortest
from thresholds.evaluation.reference import find
from thresholds.facts.record import encode
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.language.rules import Rule
from thresholds.reasons import FactSupport, explainer
from thresholds.scales import Reading, Status, Tier
from thresholds.views.analysis_json import WhyJson, why_as_json
from thresholds.views.analysis_pages import why_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion

NOT_A_QUESTION = "This is not a question of thresholds, so there is no tier to ask about."
LIMIT = 10
"""How many sets, routes or changes are listed unless the caller says otherwise."""


@dataclass(frozen=True)
class Derivation:
    """Known facts that carry a tier, none of which can be spared; and the rules that lead from them to it, in order."""

    facts: tuple[FactSupport, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Why(Shown):
    """Why at least this tier. `derivations` are the smallest sets of known facts that carry it, the smallest first.

    `tier` is None where no tier is suggested and none was asked for. `more` is how many further sets were found and are not
    listed; with `is_all` false there are yet others, of more facts. `said` is the answer in a sentence.
    """

    suggestion: Suggestion
    tier: Tier | None
    derivations: tuple[Derivation, ...]
    more: int
    is_all: bool
    said: str

    def to_dict(self) -> WhyJson:
        """The answer as JSON holds it."""
        return why_as_json(self)

    def page(self) -> Page:
        """The answer as a page."""
        return why_page(self)


def why(suggestion: Suggestion, tier: Tier | None = None, limit: int = LIMIT) -> Why:
    """The smallest sets of known facts that carry at least this tier (else the suggested one), at most `limit` of them.

    Only rules that count in the whole case are looked at, with their exceptions as they are there: what a set carries, it
    carries together with all else that is known. Raises ValueError for a `limit` below 1.
    """
    if limit < 1:
        raise ValueError("limit: Expected 1 or more.")
    asked = suggestion.tier if tier is None else tier
    if suggestion.status is Status.NOT_FOR_THIS_TOOL:
        return Why(suggestion, None, (), 0, True, NOT_A_QUESTION)
    if asked is None:
        return Why(suggestion, None, (), 0, True, "No tier is suggested, so there is nothing to carry one.")
    stands = Tier(suggestion.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]])
    if asked is Tier.ONE:
        return Why(
            suggestion, asked, (), 0, True, "Tier 1 is where a case stands when nothing counts: no fact has to carry it."
        )
    if asked > stands:
        return Why(suggestion, asked, (), 0, True, f"Nothing that is known carries Tier {asked}: it comes to Tier {stands}.")
    found, is_all = _smallest(suggestion, asked, limit)
    listed = tuple(_derivation(suggestion, asked, way) for way in found[:limit])
    return Why(suggestion, asked, listed, len(found) - len(listed), is_all, _said(asked, listed))


def _said(tier: Tier, derivations: tuple[Derivation, ...]) -> str:
    if len(derivations) > 1:
        return f"Each of these is enough by itself for Tier {tier}."
    return f"This is what Tier {tier} rests on: without any one part of it, the case would come to less."


def _smallest(suggestion: Suggestion, tier: Tier, limit: int) -> tuple[Ways, bool]:
    """The sets as ways, of ever more facts until there are enough; and whether they are all that there are."""
    steps, known = steps_of(suggestion.rule_set), Known(suggestion.case)
    counting = frozenset(suggestion.evaluation.counting)
    first = {fact: steps.worse[Step(fact, levels[0])] for fact, levels in steps.levels.items()}

    def step(one: Step) -> Ways:
        if FACTS[one.fact].polarity is Polarity.PROTECTIVE:
            return DONE  # exceptions are as they are in the whole case
        return (first[one.fact],) if known.is_reached(one) else NO_WAY

    return shortest(
        steps.worsening, lambda algebra: Making(suggestion.rule_set, algebra, step, counting).to("tier", tier), limit
    )


def _derivation(suggestion: Suggestion, tier: Tier, way: Way) -> Derivation:
    rule_set, case = suggestion.rule_set, suggestion.case
    facts = [step.fact for step in steps_of(rule_set).read_worse(way)]
    values = {fact: case.__dict__[fact] for fact in facts}
    others = frozenset(range(len(rule_set.findings))) - frozenset(suggestion.evaluation.counting)
    counting = find(rule_set, encode(values), Reading.SUGGESTED, left_out=others).counting
    deciding = explainer(rule_set).deciding(counting, tier)
    rules = tuple(rule_set.findings[position] for position in counting if position in deciding)
    return Derivation(tuple(FactSupport(fact, FACTS[fact].written(values[fact])) for fact in facts), rules)
