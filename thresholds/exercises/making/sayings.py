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
_ASKED: Mapping[str, str] = {
    "harm_likely": "serious harm is likely if things go on as they are",
    "mark_recorded_at_birth": "the only mark is one that a doctor or midwife has already recorded as a birthmark",
    "privately_fostered": "the child lives, or will live, 28 days or more with somebody other than a parent or close relative",
    "victim_needed_care": "the harmed adult had an injury that needed medical care",
    "no_contact_checked": "somebody has checked that the abusing adult stays wholly out of contact with home and child",
    "separated_over_12_months": "it is established that they separated over 12 months ago, and that it has been free of "
    "incidents, control, harassment, disputes and new contact since",
    "bond_with_safe_carer": "somebody has seen a warm, stable and protective bond between the child and the safe carer",
    "substance_affects_care": "drink or drug use keeps every carer of the child from coping, by day or at night",
    "basic_care_minor": "food, hygiene or clothing fall short now and then",
    "basic_care_poor": "food, warmth, hygiene or clothing often fall short",
    "warmth_lacking": "warmth, interest or praise for the child are scarce",
    "previous_child_harmed_or_removed": "another child of either parent was removed, seriously hurt otherwise than by "
    "accident, or died in a way that has yet to be explained",
    "earlier_referral_not_accepted": "an earlier referral to social care was turned down",
    "new_concern_since_refusal": "there is something new since an earlier referral was turned down",
    "health_or_development_concern": "there is a worry about the child's health, growth, teeth or development, or about "
    "check-ups or treatment being missed",
    "growth_faltering_unexplained": "the child fails to thrive, or falls in centile, and a medical reason is yet to be found",
    "persistent_absence": "the child is persistently absent beyond any leave that was given",
    "chronic_non_attendance": "the child has stayed away almost entirely for a term or more",
    "out_of_sight": "the child is off roll, on a part-time timetable, taught at home since worries arose, or otherwise out of "
    "everybody's sight",
    "family_isolated": "the family is isolated and short of support",
    "family_conflict_or_loss": "there is conflict short of violence or control, separation, or a loss in the family",
    "homeless_or_put_out": "the young person is homeless, or has been put out of home",
    "sent_as_precaution": "the referral is sent merely to be on the safe side",
    "disagreement_unresolved": "services still disagree about the tier",
}
"""The question in other words, for where the answer is no: the fact's own have a negative in them, over which one stumbles.
The contrary of these would say more than a no does: a no to "now and then not good enough" is not yet "always good enough"."""
_CONTRARY: Mapping[str, str] = {
    "cannot_move_independently": "the child moves about by themself",
    "unaccompanied": "a parent, or an adult who is responsible for the child, is in this country with them",
    "unable_to_protect": "the harmed adult is able to protect the child, at least to some degree",
    "whereabouts_unknown": "whenever the child is out by themself, the carers know where",
    "whereabouts_often_unknown": "the carers mostly know, and ask, where the child is and with whom",
    "essential_treatment_not_reached": "the child is brought for any treatment that matters to their health",
    "nursery_not_taken_up": "any nursery or children's centre place that the child would gain from is taken up",
    "learning_needs_unmet": "the help to learn that the school or nursery usually offers is enough for the child",
    "permanently_excluded": "the child has a school place, and any exclusion has been for a fixed term only",
    "not_in_education_or_work": "the young person is in education, employment or training",
    "unexplained_money_gifts_injury": "somebody can explain any new things, money, debts or injuries that the child has",
    "no_recourse_to_public_funds": "the family has recourse to public funds",
    "unknown_adult_in_home": "every adult in the home is known to at least one of the agencies",
    "help_offered_not_taken_up": "any help that matters and was offered in a form they could use has been taken up",
    "no_change_seen_for_child": "where help has begun, somebody has seen something get better for the child",
}
"""What is so where the answer is no, in just so many words as a no to the fact's question says: for facts that are themselves
that something is not so."""
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


def asked(name: str, stage: Stage | None = None) -> str:
    """The fact as it follows "it was asked whether", where the answer is no: the same question with no negative in it."""
    return _ASKED.get(name) or says(name, stage)


def contrary(name: str) -> str | None:
    """What is so where this fact is answered no; None where a no is best told as the answer to the question."""
    return _CONTRARY.get(name)


def whole_sentence(name: str, answer: str | int) -> str | None:
    """The sentence that tells this answer, where it has one of its own."""
    return _WHOLE.get((name, str(answer)))
