"""Mend this referral: a poor referral to improve, marked on what it lacks before and after, by the rules on referrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from thresholds.exercises.exercise import REFERRAL_SECTION, Exercise, PoorReferral
from thresholds.facts.case import Case
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS, Fact, Kind, Polarity
from thresholds.households import mistakes
from thresholds.language.rules import Rule, RuleSet
from thresholds.problems import ProblemsError
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest
from thresholds.views.page import Page
from thresholds.views.shown import Shown

_RISKS_NAMED = "risks_named"
_PRECAUTION = "sent_as_precaution"
_CONSULTED = "consulted_before_referring"
_RESPONSE = "response_wanted"


class MendError(ProblemsError):
    """A mended referral that cannot be marked."""


class Claim(StrEnum):
    """What it is worth where a mended referral is said to name the risks."""

    NONE = "none"
    """Nobody says so, or the case tells what is said."""
    NO_RISK_TOLD = "no_risk_told"
    """There are risks to name, and none of them is told."""
    NOTHING_TOLD = "nothing_told"
    """There is no risk to name, and what was asked and seen instead is not told either."""


class Settling(StrEnum):
    """What in a mended referral settles something of the poor one, so that it is no longer read so."""

    RISK_TOLD = "risk_told"
    """A particular risk is told: it is no longer sent with nothing particular in mind."""
    ADVICE_ASKED = "advice_asked"
    """Advice is asked for: that is what to do for want of anything particular, and it is to talk to somebody first."""


@dataclass(frozen=True)
class Mended(Shown):
    """What a referral lacked as it was sent, and what it lacks once it is mended.

    `told` are the facts of the case that the mended one tells and the poor one did not, `not_told` those that carry the tier
    by the rules and are still not told. `read_in` are facts that it tells and the exercise records otherwise, or not at all.
    `now` is what the mended referral lets a reader record. `has_risks_to_name`: the case has risks that the poor one did not
    tell. `only_claimed`: it is said to name the risks, and what is told does not bear that out. `settled` are facts of the
    referral that would still stand as the poor one has them, and are not read so any more, each with what settles it.
    `at_their_word` is what is said of the mended referral itself and is believed, since nobody has read it.
    """

    exercise: Exercise
    before: Suggestion
    after: Suggestion
    told: tuple[str, ...]
    not_told: tuple[str, ...]
    read_in: tuple[str, ...]
    has_risks_to_name: bool
    only_claimed: Claim
    settled: Mapping[str, Settling]
    at_their_word: tuple[str, ...]
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
            "risks_to_name": self.has_risks_to_name,
            "risks_claimed_only": self.only_claimed is not Claim.NONE,
            "settled": {fact: by.value for fact, by in self.settled.items()},
            "taken_at_their_word": list(self.at_their_word),
        }


def _only_in(one: Suggestion, other: Suggestion) -> tuple[Rule, ...]:
    without = {given.rule.id for given in other.referral_gaps}
    return tuple(given.rule for given in one.referral_gaps if given.rule.id not in without)


def mend(exercise: Exercise, now: Mapping[str, object], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> Mended:
    """The poor referral of an exercise beside the same with what is now told in it.

    `now` holds the facts that the mended referral lets a reader record beyond the poor one, or otherwise than it: those of
    the case (from the vignette), and those on the referral itself, as `risks_named: yes`. That the risks are named is believed
    only where a risk of the case is told that the poor one did not tell. Where there is none such, a referral names the risks
    by saying so, and it is believed where something is told of what was asked or seen instead. All else that is said of the
    mended referral itself is believed. A referral that tells a particular risk, or asks for advice, is no longer read as sent
    with nothing particular in mind.

    Raises ValueError where the exercise has no referral to mend, and `MendError` with every mistake in `now`.
    """
    if exercise.referral is None:
        raise ValueError(f"{exercise.id}: This exercise has no referral to mend.")
    poor = exercise.referral.facts
    try:
        mended = Case.model_validate({**poor.known(), **now})
    except ValidationError as error:
        raise MendError(mistakes(error)) from None
    known, before = mended.known(), poor.known()
    of_case = [name for name in known if _is_of_the_case(name)]
    told = tuple(name for name in of_case if name not in before and _is_so(exercise.facts, mended, name))
    untold = [name for name in exercise.facts.known() if _is_of_the_case(name) and name not in before]
    to_name = [name for name in untold if _is_risk(exercise.facts, name)]
    claim = Claim.NONE
    if known.get(_RISKS_NAMED) == "yes":
        if to_name and not any(_is_risk(mended, name) and not poor.record[POSITIONS[name]] for name in told):
            claim = Claim.NO_RISK_TOLD
        elif not to_name and untold and not told:
            claim = Claim.NOTHING_TOLD
    believed = mended if claim is Claim.NONE else mended.with_facts(**{_RISKS_NAMED: "no"})
    settled = _settled(poor, believed, rule_set)
    believed = believed.with_facts(**{name: _ONCE_SETTLED[name] for name in settled})
    whole = suggest(exercise.facts, rule_set)
    carrying = dict.fromkeys(support.fact for one in whole.why().derivations for support in one.facts)
    return Mended(
        exercise,
        suggest(poor, rule_set),
        suggest(believed, rule_set),
        told,
        tuple(name for name in carrying if mended.record[POSITIONS[name]] is None),
        tuple(name for name in of_case if name in now and not _is_so(exercise.facts, mended, name)),
        bool(to_name),
        claim,
        settled,
        tuple(
            name
            for name in known
            if name in now and FACTS[name].section == REFERRAL_SECTION and known[name] == believed.known()[name]
        ),
        mended,
    )


def _settled(poor: Case, mended: Case, rule_set: str | RuleSet) -> dict[str, Settling]:
    """What of the referral is not so any more, though nobody says so, since the rest of it is otherwise now; only where it
    would be told as a gap."""
    known = mended.known()
    tells_a_risk = any(_is_of_the_case(name) and _is_risk(mended, name) and not poor.record[POSITIONS[name]] for name in known)
    asks_for_advice = known.get(_RESPONSE) == "advice"
    settled: dict[str, Settling] = {}
    if known.get(_PRECAUTION) == "yes" and (tells_a_risk or asks_for_advice):
        settled[_PRECAUTION] = Settling.RISK_TOLD if tells_a_risk else Settling.ADVICE_ASKED
    if known.get(_CONSULTED) == "no" and asks_for_advice:
        settled[_CONSULTED] = Settling.ADVICE_ASKED
    return {name: by for name, by in settled.items() if _leaves_a_gap(mended, name, rule_set)}


def _leaves_a_gap(mended: Case, name: str, rule_set: str | RuleSet) -> bool:
    settled = suggest(mended.with_facts(**{name: _ONCE_SETTLED[name]}), rule_set)
    return len(suggest(mended, rule_set).referral_gaps) > len(settled.referral_gaps)


_ONCE_SETTLED: Mapping[str, str] = {_PRECAUTION: "no", _CONSULTED: "yes"}


def _is_of_the_case(name: str) -> bool:
    return FACTS[name].section != REFERRAL_SECTION and FACTS[name].kind is not Kind.AGE


def _is_so(case: Case, mended: Case, name: str) -> bool:
    """Whether a case has the answer that is told; an opening question may be answered by what stands behind it, or the other
    way about."""
    return case.answer_to(name) == mended.known()[name]


def _is_risk(case: Case, name: str) -> bool:
    """Whether this is a risk, and the case has it: what is denied, or counted as none, is no risk to name."""
    return FACTS[name].polarity is Polarity.RISK and case.known().get(name, "no") not in ("no", 0)


def referral_facts() -> tuple[Fact, ...]:
    """The facts on a referral itself, as its gaps are read from."""
    return tuple(fact for fact in FACTS.values() if fact.section == REFERRAL_SECTION)


def to_mend(exercise: Exercise, referral: PoorReferral) -> Mapping[str, object]:
    """A case, its poor referral and the facts on the referral, as JSON holds them; nothing of what the case comes to."""
    return {
        "exercise": exercise.id,
        "title": exercise.title,
        "vignette": exercise.vignette,
        "referral": referral.text,
        "referral_facts": [
            {"fact": fact.name, "question": fact.question, "expected": fact.expected} for fact in referral_facts()
        ],
    }
