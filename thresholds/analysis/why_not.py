"""Why not a tier: for a higher one the routes to it, the nearest first; for a lower one what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thresholds.analysis.known import Known, Standing
from thresholds.analysis.routes import Making
from thresholds.analysis.steps import Step, steps_of
from thresholds.analysis.ways import MOST_FACTS, shortest
from thresholds.analysis.why import LIMIT, NOT_A_QUESTION
from thresholds.evaluation.engines import evaluator
from thresholds.facts.record import encode
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.language.rules import Rule
from thresholds.language.words import in_years
from thresholds.reasons import FactSupport, Reason, explainer
from thresholds.scales import Reading, Status, Tier
from thresholds.views.analysis_json import WhyNotJson, why_not_as_json
from thresholds.views.analysis_pages import why_not_page
from thresholds.views.page import Page
from thresholds.views.shown import Shown

if TYPE_CHECKING:
    from thresholds.suggestion import Suggestion


@dataclass(frozen=True)
class Missing:
    """A fact that would have to be otherwise for a route to be open: how far, and how it stands now."""

    fact: str
    level: int
    standing: Standing

    @property
    def about(self) -> Fact:
        """What the fact is."""
        return FACTS[self.fact]

    @property
    def wanted(self) -> str:
        """What the route asks for, in words: "suspected or yes", "3 or more", "no", "under 7 years"."""
        match self.about.kind, self.about.polarity:
            case Kind.AGE, _:
                return f"under {in_years(self.level)}, or unborn" if self.level else "unborn"
            case Kind.COUNT, _:
                return f"{self.level} or more"
            case _, Polarity.PROTECTIVE:
                return "no"
            case _:
                return "suspected or yes" if self.level == 1 else "yes"


@dataclass(frozen=True)
class Route:
    """One way to a higher tier: the rules along it, what of it is met already, and every piece that is missing."""

    rules: tuple[Rule, ...]
    met: tuple[FactSupport, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class WhyNot(Shown):
    """Why not this tier.

    For a tier above the suggested one, `routes` are the ways to it, those with the fewest missing pieces first; `more` is how
    many further ones were found and are not listed, and with `is_all` false there are yet others, with more pieces missing.
    For a tier below it, `in_the_way` are the rules that count and lead above it. `said` is the answer in a sentence.
    """

    suggestion: Suggestion
    tier: Tier
    routes: tuple[Route, ...]
    in_the_way: tuple[Reason, ...]
    more: int
    is_all: bool
    said: str

    def to_dict(self) -> WhyNotJson:
        """The answer as JSON holds it."""
        return why_not_as_json(self)

    def page(self) -> Page:
        """The answer as a page."""
        return why_not_page(self)


def why_not(suggestion: Suggestion, tier: Tier, limit: int = LIMIT) -> WhyNot:
    """Why the suggested tier is not this one, with at most `limit` routes. Raises ValueError for a `limit` below 1."""
    if limit < 1:
        raise ValueError("limit: Expected 1 or more.")
    stands = Tier(suggestion.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]])
    if suggestion.status is Status.NOT_FOR_THIS_TOOL:
        return WhyNot(suggestion, tier, (), (), 0, True, NOT_A_QUESTION)
    known = f"What is known comes to Tier {stands}." if suggestion.tier is not None else "Too little is known for a tier."
    if tier == stands:
        said = f"Tier {tier} is suggested." if suggestion.tier is not None else known
        return WhyNot(suggestion, tier, (), (), 0, True, said)
    if tier < stands:
        deciding = explainer(suggestion.rule_set).deciding(suggestion.evaluation.counting, tier + 1)
        ids = {suggestion.rule_set.findings[position].id for position in deciding}
        reasons = tuple(reason for reason in suggestion.reasons if reason.rule.id in ids)
        return WhyNot(suggestion, tier, (), reasons, 0, True, f"These rules count, and lead above Tier {tier}.")
    routes, more, is_all = _routes(suggestion, tier, limit)
    said = (
        f"{known} Tier {tier} would be reached by any one of these routes."
        if routes
        else f"No route of at most {MOST_FACTS} missing pieces leads to Tier {tier}."
        if not is_all
        else f"No rule of this rule set leads to Tier {tier} for this child."
    )
    return WhyNot(suggestion, tier, routes, (), more, is_all, said)


def _routes(suggestion: Suggestion, tier: Tier, limit: int) -> tuple[tuple[Route, ...], int, bool]:
    rule_set, known, steps = suggestion.rule_set, Known(suggestion.case), steps_of(suggestion.rule_set)

    step = known.towards_harm(steps, may=lambda fact: True)
    ways, is_all = shortest(steps.worsening, lambda algebra: Making(rule_set, algebra, step).to("tier", tier), limit)
    found = []
    for way in ways:
        taken = steps.read_worse(way)
        if known.worse(taken) is not None:
            missing = tuple(Missing(fact, level, known.standing(fact)) for fact, level in taken)
            found.append((len(missing), sorted(_FARNESS[one.standing] for one in missing), taken, missing))
    found.sort(key=lambda one: one[:2])
    return tuple(_route(suggestion, tier, taken, missing) for *_, taken, missing in found[:limit]), len(found[limit:]), is_all


_FARNESS = {standing: place for place, standing in enumerate(Standing)}


def _route(suggestion: Suggestion, tier: Tier, taken: tuple[Step, ...], missing: tuple[Missing, ...]) -> Route:
    rule_set, known = suggestion.rule_set, Known(suggestion.case)
    record = encode(known.with_answers(known.worse(taken) or {}))
    reached = evaluator(rule_set).find(record, Reading.SUGGESTED)
    deciding = explainer(rule_set).deciding(reached.counting, tier)
    along = tuple(position for position in reached.counting if position in deciding)
    supports = explainer(rule_set).because(along, record, reached)
    changed = {one.fact for one in missing}
    met = tuple(one for one in supports if isinstance(one, FactSupport) and one.fact not in changed)
    return Route(tuple(rule_set.findings[position] for position in along), met, missing)
