"""The group that somebody works in, by its name or by a word that it plainly holds; of anything else, what to write."""

from __future__ import annotations

from difflib import get_close_matches

from thresholds.audits.spelling import as_key
from thresholds.exercises.exercise import Agency

_HOLDS: dict[Agency, tuple[str, ...]] = {
    Agency.GP: ("general_practice", "general_practitioner", "gp_practice", "gp_surgery"),
    Agency.HOSPITAL: (
        *("midwife", "midwifery", "prenatal", "pre_natal", "antenatal", "ante_natal", "maternity"),
        *("hospital_service", "accident_and_emergency", "a&e"),
    ),
    Agency.SCHOOL: ("teacher", "headteacher", "head_teacher", "teaching_assistant"),
    Agency.VOLUNTARY: (
        *("charity", "voluntary_body", "voluntary_sector", "voluntary_organisation", "voluntary_service", "voluntary_agency"),
        "voluntary_group",
    ),
    Agency.CHILDRENS_SERVICES: (
        *("children_service", "social_worker", "social_work", "childrens_social_work", "childrens_social_worker"),
        "childrens_social_care",
    ),
}
"""What each group plainly holds, in the singular.

The report puts midwifery and pre-natal staff in hospital services; the rest is what the words mean in general.
"""
_MAY_BE: dict[str, Agency] = {
    "education": Agency.SCHOOL,
    "teaching": Agency.SCHOOL,
    "social_care": Agency.CHILDRENS_SERVICES,
    "social_service": Agency.CHILDRENS_SERVICES,
}
"""Words that are wider than the group that they hint at: which was meant is for whoever types to say."""
_NO_GROUP = (
    *("nurse", "nursing", "school_nurse", "practice_nurse", "health_visitor", "health_visiting", "police", "police_officer"),
    *("camhs", "child_and_adolescent_mental_health", "child_and_adolescent_mental_health_service"),
)
"""They work beside these groups, and the report names no group for them."""
_PLURALS = (("wives", "wife"), ("ies", "y"), ("s", ""))


def read_agency(typed: str) -> Agency:
    """The group of this name, or that plainly holds what was written.

    Raises ValueError with the group that may be meant, with "leave it empty", or with all groups; what was typed is not
    repeated.
    """
    word = as_key(typed.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    one = _singular(word)
    if not {word, one}.isdisjoint(_NO_GROUP):
        raise ValueError("The report of 2011 names no group for this: leave it empty.")
    found = next((agency for agency in Agency if one in (_singular(agency), *_HOLDS[agency])), None)
    if found is not None:
        return found
    meant = _MAY_BE.get(one)
    if meant is None and (near := get_close_matches(word, list(Agency), n=1, cutoff=0.6)):
        meant = Agency(near[0])
    if meant is not None:
        raise ValueError(f"There is no such group; did you mean {meant.value}?")
    raise ValueError(f"There is no such group: it is {', '.join(Agency)}; leave it empty for any other.")


def _singular(word: str) -> str:
    for plural, one in _PLURALS:
        if word.endswith(plural):
            return word.removesuffix(plural) + one
    return word
