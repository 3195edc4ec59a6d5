"""What may stand beside the facts of a made case and weighs nothing: who helps, who is in touch, what the child is like.

A child of whom nothing is told but what is not so is nobody to a reader. Whether a thing weighs nothing in a case is asked of
the rules there; here stands what can be told of any child at a stage, and beside what it would not be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage

_BORN = tuple(Stage)[Stage.INFANT :]
_SCHOOL_AGE = tuple(Stage)[Stage.PRIMARY :]
_NOT_AT_SCHOOL = frozenset(
    {"permanently_excluded", "not_in_education_or_work", "chronic_non_attendance", "out_of_sight", "nursery_not_taken_up"}
)
_NOT_TAKING_HELP = frozenset(
    {
        "help_offered_not_taken_up",
        "no_change_seen_for_child",
        "slides_back",
        "antenatal_care_not_kept",
        "pregnancy_hidden_or_late",
        "routine_checks_missed",
        "appointments_starting_to_be_missed",
        "appointments_missed_repeatedly",
        "essential_treatment_not_reached",
        "treatment_refused_dangerously",
        "dental_decay_untreated",
    }
)
_SEEN_BY_FEW = frozenset({"out_of_sight", "routine_checks_missed", "appointments_missed_repeatedly"})
_ON_THEIR_OWN = frozenset({"family_isolated", "homeless_or_put_out", "language_or_status_barrier"})


@dataclass(frozen=True)
class Beside:
    """Answers that are told together, at which stages and from which age in months; and what they do not stand beside.

    `not_beside` are facts that would gainsay it where they are found, `not_where_denied` opening questions that would where
    they are answered no.
    """

    answers: Mapping[str, str]
    stages: tuple[Stage, ...] = tuple(Stage)
    from_months: int = Stage.UNBORN.months[0]
    not_beside: frozenset[str] = frozenset()
    not_where_denied: frozenset[str] = frozenset()

    def may_stand_in(self, known: Mapping[str, str | int]) -> bool:
        """Whether this can be told beside what is known: at this age, nothing said twice, and nothing that gainsays it."""
        months = int(known["age_months"])
        stage = Stage.at(months)
        if stage not in self.stages or months < self.from_months or not self.answers.keys().isdisjoint(known):
            return False
        if any(stage not in FACTS[name].stages for name in self.answers):
            return False
        found = {name for name, answer in known.items() if answer not in ("no", 0)}
        denied = {name for name, answer in known.items() if answer == "no"}
        return self.not_beside.isdisjoint(found) and self.not_where_denied.isdisjoint(denied)


def _sent_by(who: str, *stages: Stage, not_beside: frozenset[str] = frozenset()) -> Beside:
    return Beside({"referral_source": who}, stages or tuple(Stage), not_beside=not_beside)


ABOUT_THE_CHILD: tuple[Beside, ...] = (
    Beside({"family_and_friends_help": "yes"}, not_beside=_ON_THEIR_OWN),
    Beside({"other_safe_adult": "yes"}, not_beside=_ON_THEIR_OWN),
    Beside({"independently_mobile": "yes"}, (Stage.INFANT,), from_months=9, not_beside=frozenset({"milestones_slow"})),
    Beside({"child_seen_and_heard": "yes"}, _SCHOOL_AGE, not_beside=_SEEN_BY_FEW),
    Beside({"help_offered": "yes", "engagement": "taking_it_up"}, not_beside=_NOT_TAKING_HELP),
    Beside({"siblings_known_elsewhere": "no_siblings"}, not_beside=frozenset({"cares_for_someone", "main_carer"})),
    Beside({"siblings_known_elsewhere": "same_workers"}, _BORN),
    Beside({"housing_service": "contributing"}, not_where_denied=frozenset({"home_or_money_concern"})),
)
"""What is told of the child, the family and the help they have: one of these at least where nothing else is told."""
SENT_BY: tuple[Beside, ...] = (
    _sent_by("family"),
    _sent_by("gp", not_beside=_SEEN_BY_FEW),
    _sent_by("midwifery", Stage.UNBORN, not_beside=_NOT_TAKING_HELP),
    _sent_by("health_visitor", Stage.INFANT, Stage.EARLY_YEARS, not_beside=_SEEN_BY_FEW),
    _sent_by("childrens_centre", Stage.INFANT, Stage.EARLY_YEARS, not_beside=_NOT_AT_SCHOOL),
    _sent_by("school", *_SCHOOL_AGE, not_beside=_NOT_AT_SCHOOL),
    _sent_by("school_nurse", *_SCHOOL_AGE, not_beside=_NOT_AT_SCHOOL),
)
"""Who makes the referral: a case is somebody's to tell."""
TOLD_LAST: frozenset[str] = frozenset(name for one in (*ABOUT_THE_CHILD, *SENT_BY) for name in one.answers)
"""The facts that are told after what is found, and before what is not so."""
