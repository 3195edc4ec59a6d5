"""What a learner gives: a tier or why there is none, the facts that carry it, what to ask next, where the case goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from thresholds.exercises.exercise import ExerciseModel
from thresholds.exercises.tier_said import TierSaid, read_tier_said
from thresholds.facts.case import Case, no_such_fact
from thresholds.facts.vocabulary import FACTS
from thresholds.households import mistakes, printable
from thresholds.language.rules import RuleSet
from thresholds.problems import ProblemsError

LONGEST_NOTE = 2000
NO_SERVICE = "no service beyond the universal ones"


class AnswerError(ProblemsError):
    """Something in an answer that cannot be used."""


class CitedFact(ExerciseModel):
    """A fact that the learner says carries the tier, with the answer as they read it; None where they name the fact alone."""

    fact: str
    answer: str | int | None = None

    @model_validator(mode="after")
    def _check_answer(self) -> Self:
        """There is such a fact, and it can be answered so. Raises ValueError, which never holds the answer."""
        if self.fact not in FACTS:
            raise ValueError(no_such_fact(self.fact))
        if self.answer is not None and not _is_answer(self.fact, self.answer):
            raise ValueError(f"{self.fact}: Expected {FACTS[self.fact].expected}.")
        return self


def _is_answer(name: str, answer: str | int) -> bool:
    try:
        return name in Case.model_validate({name: answer}).known()
    except ValidationError:
        return False


def _said(value: object) -> object:
    return read_tier_said(value) if isinstance(value, str) and not isinstance(value, TierSaid) else value


def _facts(value: object) -> object:
    for name in value if isinstance(value, list | tuple) else ():
        known_fact(str(name))
    return value


class LearnersAnswer(ExerciseModel):
    """What one learner says of one moment of an exercise.

    `pathway` is a service or panel of the rule set, None where none is named. `why_differ` is what they wrote after the
    feedback: why they hold another view. It is kept for the trainer and read by nothing.
    """

    said: Annotated[TierSaid, BeforeValidator(_said)]
    carried_by: tuple[CitedFact, ...] = ()
    ask: Annotated[tuple[str, ...], BeforeValidator(_facts)] = ()
    pathway: str | None = None
    why_differ: str = Field(default="", max_length=LONGEST_NOTE)

    def cited(self) -> Mapping[str, str | int | None]:
        """The facts that carry the tier, each with the answer given to it."""
        return {one.fact: one.answer for one in self.carried_by}


def known_fact(typed: str) -> str:
    """The name of a fact as it was written. Raises `AnswerError` with the nearest."""
    name = re.sub(r"[\s-]+", "_", typed.strip().lower())
    if name not in FACTS:
        raise AnswerError([f"{printable(typed.strip())}: {no_such_fact(name)}"])
    return name


def read_cited(typed: str) -> CitedFact:
    """A fact as "fact" or "fact=answer". Raises `AnswerError` with the nearest fact, or with what may be answered."""
    word, equals, given = typed.partition("=")
    name = known_fact(word)
    if not equals:
        return CitedFact(fact=name)
    fact = FACTS[name]
    answer: object = given.strip().lower()
    if fact.words is None and re.fullmatch(r"[+-]?[0-9]{1,6}", str(answer)):
        answer = int(str(answer))
    try:
        known = Case.model_validate({name: answer}).known()
    except ValidationError as error:
        raise AnswerError(mistakes(error)) from None
    if name not in known:
        raise AnswerError([f"{name}: Expected {fact.expected}, or the fact alone."])
    return CitedFact(fact=name, answer=known[name])


def pathways_of(rule_set: RuleSet) -> tuple[str, ...]:
    """Where a case can go by the rules: each panel and service by the name that it has there."""
    given = (advice for rule in rule_set.current_advice for advice in rule.advises if advice.kind.value == "pathways")
    return (*dict.fromkeys(advice.place for advice in given), NO_SERVICE)


def short_pathways(rule_set: RuleSet) -> Mapping[str, str]:
    """Each of `pathways_of` by a short form of its name: what stands before its first comma or semicolon.

    Where two would have the same short form, they keep their names.
    """
    names = pathways_of(rule_set)
    short = [_before_a_comma(name) for name in names]
    return {one if short.count(one) == 1 else name: name for one, name in zip(short, names, strict=True)}


def _before_a_comma(name: str) -> str:
    found = re.match(r"(?:\([^)]*\)|[^,;])+", name)
    return name if found is None else found[0].strip()


def read_pathway(typed: str, rule_set: RuleSet, listed: str = "") -> str:
    """The service or panel that somebody names, by its short form or a part of its name.

    Raises `AnswerError` with the nearest, or with some of them; in place of these, `listed` may say where they are listed, as
    "on the first page of the sheet". What was typed is not repeated.
    """
    word, short = " ".join(typed.lower().split()), short_pathways(rule_set)
    if word in ("none", "no service"):
        return NO_SERVICE
    exact = [name for brief, name in short.items() if word in (brief.lower(), name.lower())]
    if not exact and (meant := _also_called(word, short)) is not None:
        raise AnswerError([f"pathway: There is none of this name; did you mean {meant}?"])
    fitting = exact or [name for name in short.values() if word and word in name.lower()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        several = [brief for brief, name in short.items() if name in fitting]
        more = " and others" if len(several) > _SEVERAL else ""
        raise AnswerError([f"pathway: Several go by this; say more: {'; '.join(several[:_SEVERAL])}{more}."])
    brief = {name.lower(): name for name in short if len(name) <= _SHORT_NAME}
    near = get_close_matches(word, brief, n=1, cutoff=0.6)
    known = f"the names stand {listed}." if listed else f"known: {', '.join(brief.values())}, and others."
    hint = f"did you mean {brief[near[0]]}?" if near else known
    raise AnswerError([f"pathway: There is none of this name, nor with this in its name; {hint}"])


def _also_called(word: str, short: Mapping[str, str]) -> str | None:
    """What a name in use is called by this rule set, where it has such a thing: the name that begins with it, if one does."""
    part = _ALSO_CALLED.get(word)
    found = {} if part is None else {brief: name.lower().find(part) for brief, name in short.items() if part in name.lower()}
    return min(found, key=lambda brief: found[brief], default=None)


_SHORT_NAME = 20
_SEVERAL = 6
_ALSO_CALLED = {
    **dict.fromkeys(
        (
            *("mash", "multi-agency safeguarding hub", "front door", "the front door", "first response team", "frt"),
            *("social services", "social care", "children's social care", "childrens social care", "social work", "csc"),
        ),
        "first response",
    ),
    **dict.fromkeys(("camhs", "child mental health"), "child and adolescent mental health"),
    **dict.fromkeys(("a&e", "a & e", "ed", "emergency department"), "accident and emergency"),
    **dict.fromkeys(("idva", "marac", "women's aid"), "domestic violence service"),
    **dict.fromkeys(("cmht", "community mental health team"), "adult mental health"),
}
"""Names in use, each with a part of the name that a rule set may have for it. General knowledge, not from the report.

They are hints alone: what somebody meant is theirs to say.
"""
