"""What a fact says in a case that is told, where its own words are made for a question and nobody would tell it so."""

from __future__ import annotations

from collections.abc import Mapping

from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage

_OTHERWISE: Mapping[str, str] = {
    "older_or_controlling_associate": "someone older, or with a hold over the child, spends time with them",
}
_FROM_SCHOOL_AGE: Mapping[str, str] = {
    "cannot_move_independently": "the child has a disability and cannot move about by themself",
}
"""At these stages nobody says "not yet"."""
_WHOLE: Mapping[tuple[str, str], str] = {
    ("child_seen_and_heard", "yes"): "Somebody has seen the child alone and found out what a day is like for them.",
    ("siblings_known_elsewhere", "no_siblings"): "There are no brothers or sisters.",
    ("siblings_known_elsewhere", "same_workers"): "The brothers and sisters have the same workers as the child.",
    ("engagement", "taking_it_up"): "The family takes it up.",
    ("housing_service", "contributing"): "Housing services are in touch with the family and do their part.",
    ("referral_source", "family"): "The family itself makes the referral.",
    ("referral_source", "gp"): "The GP makes the referral.",
    ("referral_source", "midwifery"): "The midwives make the referral.",
    ("referral_source", "health_visitor"): "The health visitor makes the referral.",
    ("referral_source", "childrens_centre"): "The children's centre makes the referral.",
    ("referral_source", "school"): "The school makes the referral.",
    ("referral_source", "school_nurse"): "The school nurse makes the referral.",
}


def says(name: str, stage: Stage | None = None) -> str:
    """The fact as a statement, as it is told of a child at this stage (None: not known)."""
    if name in _FROM_SCHOOL_AGE and stage is not None and stage >= Stage.PRIMARY:
        return _FROM_SCHOOL_AGE[name]
    return _OTHERWISE.get(name) or FACTS[name].says


def whole_sentence(name: str, answer: str | int) -> str | None:
    """The sentence that tells this answer, where it has one of its own."""
    return _WHOLE.get((name, str(answer)))
