"""The group that somebody works in, as they write it, and a hint where they name a profession in its place."""

from __future__ import annotations

from difflib import get_close_matches

from thresholds.audits.spelling import as_key
from thresholds.exercises.exercise import Agency

# The first four lines are the report's (hospital services, with midwifery and pre-natal staff), the others what the words mean
# in general. Health visitors, nurses and the police work beside these groups, and the report names no group for them.
_BELONGS: dict[Agency, tuple[str, ...]] = {
    Agency.HOSPITAL: (
        "midwife",
        "midwive",
        "midwifery",
        "pre_natal",
        "prenatal",
        "antenatal",
        "ante_natal",
        "maternity",
        "a&e",
    ),
    Agency.SCHOOL: ("teacher", "headteacher", "head_teacher", "teaching", "teaching_assistant", "education"),
    Agency.CHILDRENS_SERVICES: ("social_worker", "social_work", "social_care", "childrens_social_care", "social_service"),
    Agency.VOLUNTARY: (
        "charity",
        "charitie",
        "voluntary_body",
        "voluntary_bodie",
        "voluntary_sector",
        "voluntary_organisation",
    ),
    Agency.GP: ("general_practice", "general_practitioner", "gp_surgery", "gp_practice"),
}
_NO_GROUP = (
    "nurse",
    "nursing",
    "school_nurse",
    "practice_nurse",
    "health_visitor",
    "health_visiting",
    "police",
    "police_officer",
)
_WORDS = {word: agency for agency, words in _BELONGS.items() for word in words}


def read_agency(typed: str) -> Agency:
    """The group of this name. Raises ValueError with the group that what was written belongs to, or with all of them."""
    word = as_key(typed.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""))
    if word in list(Agency):
        return Agency(word)
    one = word.removesuffix("s")
    if one in _NO_GROUP:
        raise ValueError("The report of 2011 names no group for this: leave it empty.")
    meant = _WORDS.get(one)
    if meant is None and (near := get_close_matches(word, list(Agency), n=1, cutoff=0.6)):
        meant = Agency(near[0])
    if meant is not None:
        raise ValueError(f"There is no such group; did you mean {meant.value}?")
    raise ValueError(f"There is no such group: it is {', '.join(Agency)}; leave it empty for any other.")
