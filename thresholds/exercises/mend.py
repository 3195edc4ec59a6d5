"""Mend this referral: a poor referral to improve, marked on what it lacks before and after, by the rules on referrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from thresholds.exercises.exercise import Exercise
from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.households import mistakes
from thresholds.language.rules import Rule, RuleSet
from thresholds.problems import ProblemsError
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views.page import Page
from thresholds.views.shown import Shown

_REFERRAL = FACTS["risks_named"].section
_RISKS_NAMED = "risks_named"


class MendError(ProblemsError):
    """A mended referral that cannot be marked."""


@dataclass(frozen=True)
class Mended(Shown):
    """What a referral lacked as it was sent, and what it lacks once it is mended.

    `told` are the facts of the case that the mended one tells and the poor one did not, `not_told` those that carry the tier
    by the rules and are still not told. `read_in` are facts that it tells and the exercise records otherwise, or not at all.
    `now` is what the mended referral lets a reader record. `is_claimed_only`: it is said to name the risks, and no risk of the
    case is told in it.
    """

    exercise: Exercise
    before: Suggestion
    after: Suggestion
    told: tuple[str, ...]
    not_told: tuple[str, ...]
    read_in: tuple[str, ...]
    is_claimed_only: bool
    now: Case

    @property
    def closed(self) -> tuple[Rule, ...]:
        """What it lacked and lacks no more."""
        return _only_in(self.before, self.after)

    @property
    def left(self) -> tuple[Rule, ...]:
        """What it still lacks."""
        closed = {rule.id for rule in self.closed}
        return tuple(given.rule for given in self.before.referral_gaps if given.rule.id not in closed)

    @property
    def opened(self) -> tuple[Rule, ...]:
        """What it lacks only now: what is told asks for more."""
        return _only_in(self.after, self.before)

    def page(self) -> Page:
        """The two side by side as a page."""
        from thresholds.views.mend_page import mend_page

        return mend_page(self)

    def to_dict(self) -> Mapping[str, object]:
        """The marking as JSON holds it."""
        return {
            "exercise": self.exercise.id,
            "gaps": {"before": len(self.before.referral_gaps), "after": len(self.after.referral_gaps)},
            "closed": [rule.id for rule in self.closed],
            "left": [rule.id for rule in self.left],
            "opened": [rule.id for rule in self.opened],
            "told": list(self.told),
            "not_told": list(self.not_told),
            "read_in": list(self.read_in),
            "risks_claimed_only": self.is_claimed_only,
        }


def _only_in(one: Suggestion, other: Suggestion) -> tuple[Rule, ...]:
    without = {given.rule.id for given in other.referral_gaps}
    return tuple(given.rule for given in one.referral_gaps if given.rule.id not in without)


def mend(exercise: Exercise, now: Mapping[str, object], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Mended:
    """The poor referral of an exercise beside the same with what is now told in it.

    `now` holds the facts that the mended referral lets a reader record beyond the poor one, or otherwise than it: those of
    the case (from the vignette), and those on the referral itself, as `risks_named: yes`. That the risks are named is believed
    only where a risk of the case is told that the poor one did not tell.

    Raises ValueError where the exercise has no referral to mend, and `MendError` with every mistake in `now`.
    """
    if exercise.referral is None:
        raise ValueError(f"{exercise.id}: This exercise has no referral to mend.")
    poor, full = exercise.referral.facts, exercise.facts.known()
    try:
        mended = Case.model_validate({**poor.known(), **now})
    except ValidationError as error:
        raise MendError(mistakes(error)) from None
    known = mended.known()
    of_case = [name for name in known if FACTS[name].section != _REFERRAL]
    told = tuple(name for name in of_case if name not in poor.known() and full.get(name) == known[name])
    risks = [name for name in told if FACTS[name].polarity is Polarity.RISK and known[name] not in ("no", 0)]
    claimed = known.get(_RISKS_NAMED) == "yes" and not risks
    believed = mended.with_facts(**{_RISKS_NAMED: "no"}) if claimed else mended
    whole = suggest(exercise.facts, rule_set)
    carrying = dict.fromkeys(support.fact for one in whole.why().derivations for support in one.facts)
    return Mended(
        exercise,
        suggest(poor, rule_set),
        suggest(believed, rule_set),
        told,
        tuple(name for name in carrying if name not in known),
        tuple(name for name in of_case if name in now and full.get(name) != known[name]),
        claimed,
        mended,
    )
