"""How what somebody says of a case stands to the rules' view: the same, below it, above it, or with no tier to compare."""

from __future__ import annotations

from enum import StrEnum

from thresholds.exercises.tier_said import TierSaid


class Stands(StrEnum):
    """How an answer stands to the rules' view of the case.

    Below is the way in which a child's need may go unseen. Where the two differ and one of them names no tier (too little is
    known, no question of thresholds), the answer is neither below nor above.
    """

    SAME = "same"
    BELOW = "below"
    ABOVE = "above"
    NO_TIER = "no_tier"

    @classmethod
    def of(cls, said: TierSaid, by_rules: TierSaid) -> Stands:
        """How what somebody says stands to what the rules say."""
        if said is by_rules:
            return cls.SAME
        if said.tier is None or by_rules.tier is None:
            return cls.NO_TIER
        return cls.BELOW if said.tier < by_rules.tier else cls.ABOVE
