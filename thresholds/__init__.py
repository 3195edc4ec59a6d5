"""A suggested tier for a child's case, with its reasons.

    from thresholds import suggest

    suggestion = suggest({"age_months": 30, "weapon_used_or_threatened": "yes"})
    suggestion.status, suggestion.tier, suggestion.range
    print(suggestion)

It advises; a person decides.
"""

from thresholds.evaluation.engines import EngineUnavailableError
from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS
from thresholds.households import HouseholdError, HouseholdSuggestion, suggest_household
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.loading.problems import RuleSetError
from thresholds.scales import Answer, Basis, DvScale, Stage, Status, Tier, YesNo
from thresholds.session import Session, SessionError
from thresholds.suggestion import Suggestion, suggest
from thresholds.version import __version__

__all__ = [
    "FACTS",
    "Answer",
    "Basis",
    "Case",
    "DvScale",
    "EngineUnavailableError",
    "HouseholdError",
    "HouseholdSuggestion",
    "RuleSet",
    "RuleSetError",
    "Session",
    "SessionError",
    "Stage",
    "Status",
    "Suggestion",
    "Tier",
    "YesNo",
    "__version__",
    "load_rule_set",
    "suggest",
    "suggest_household",
]
