"""What is said of a case, by a learner or by the rules: a tier, or why there is none."""

from __future__ import annotations

from enum import StrEnum

from thresholds.loading.problems import nearest
from thresholds.scales import Status, Tier
from thresholds.suggestion import Suggestion


class TierSaid(StrEnum):
    """A tier, or why there is none."""

    ONE = "1"
    TWO_A = "2A"
    TWO_B = "2B"
    THREE = "3"
    TOO_LITTLE = "too_little_known"
    NOT_FOR_THIS = "not_for_this_tool"

    @property
    def tier(self) -> Tier | None:
        """The tier; None where none is said."""
        return next((tier for tier in Tier if tier.word == self.value), None)

    @property
    def words(self) -> str:
        """As it stands in a sentence."""
        if self is TierSaid.TOO_LITTLE:
            return "too little to say"
        return "not a question of thresholds" if self is TierSaid.NOT_FOR_THIS else f"Tier {self.value}"

    @classmethod
    def of(cls, suggestion: Suggestion) -> TierSaid:
        """What the rules say of a case."""
        if suggestion.tier is not None:
            return cls(suggestion.tier.word)
        return cls.NOT_FOR_THIS if suggestion.status is Status.NOT_FOR_THIS_TOOL else cls.TOO_LITTLE


TIERS_IN_SHORT = (
    "Tier 1: everyday services, with some general support at times.",
    "Tier 2A: extra support that one service or several give within everyday services.",
    "Tier 2B: several concerns about child and family together, where such help is not working or adult services have to work "
    "closely with children's.",
    "Tier 3: harm already done or likely, child protection, and a child who needs a social worker's assessment.",
)
"""What each tier means, in a sentence, for somebody new to the model (report, page 2; our words)."""

MAY_BE_SAID = f"1, 2A, 2B, 3, {TierSaid.TOO_LITTLE.words}, or {TierSaid.NOT_FOR_THIS.words}"
"""What may be said of a case, as it is asked for; of the last two the first word is enough."""
_TYPED = {
    **{said.value.lower(): said for said in TierSaid},
    **{said.words: said for said in (TierSaid.TOO_LITTLE, TierSaid.NOT_FOR_THIS)},
    "too little": TierSaid.TOO_LITTLE,
    "too little known": TierSaid.TOO_LITTLE,
    "too": TierSaid.TOO_LITTLE,
    "not a threshold": TierSaid.NOT_FOR_THIS,
    "not for this tool": TierSaid.NOT_FOR_THIS,
    "not": TierSaid.NOT_FOR_THIS,
}


def read_tier_said(typed: str) -> TierSaid:
    """What somebody writes as their tier. Raises ValueError with what was expected and the nearest of it."""
    word = " ".join(typed.lower().replace("_", " ").split()).removeprefix("tier").strip()
    found = _TYPED.get(word, _TYPED.get(word.replace(" ", "_"), _TYPED.get(word.replace(" ", ""))))
    if found is None:
        hint = nearest(word, ["1", "2A", "2B", "3", TierSaid.TOO_LITTLE.words, TierSaid.NOT_FOR_THIS.words])
        if word[:1] == "2":
            hint = "did you mean 2A or 2B?"
        raise ValueError(f"Expected {MAY_BE_SAID}{'; ' + hint if hint.startswith('did') else '.'}")
    return found
