"""A case told in plain sentences, from the facts' own phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thresholds.exercises.making.asked import denied_told
from thresholds.exercises.making.beside import TOLD_LAST
from thresholds.exercises.making.sayings import says, whole_sentence
from thresholds.facts.case import Case
from thresholds.facts.declaring import Fact, Kind
from thresholds.facts.record import RAISED_BY
from thresholds.facts.vocabulary import FACTS
from thresholds.language.words import in_years, spoken
from thresholds.scales import Stage

_AGE = "age_months"
_NOBODY_KNOWS = "Nothing more is known."


def told(case: Case) -> str:
    """What is known of a case, a sentence for each answer; what is answered no comes last, together."""
    known, stage = case.known(), case.stage
    denied = [name for name, answer in known.items() if answer == "no"]
    established = _established(known)
    found = _not_denied(known)
    sentences = [age_told(case.age_months)]
    sentences += [
        _sentence(FACTS[name], found[name], stage)
        for name in sorted(found, key=TOLD_LAST.__contains__)
        if not _goes_without_saying(name, found)
    ]
    return " ".join((*sentences, *denied_told(denied, established, stage), _NOBODY_KNOWS))


def tells_something(case: Case) -> bool:
    """Whether anything is told of a case beside the age, what is answered no and what is counted as none."""
    return any(_not_denied(case.known()).values())


def _established(known: Mapping[str, str | int]) -> dict[str, str]:
    """What is answered no and stands because something establishes it, with what that says."""
    denied = (name for name, answer in known.items() if answer == "no")
    return {name: FACTS[needed].says for name in denied if known.get(needed := _establishing(name)) == "yes"}


def _not_denied(known: Mapping[str, str | int]) -> dict[str, str | int]:
    """What is told by itself: neither the age, nor answered no, nor what is told with a no since it establishes it."""
    with_them = {_establishing(name) for name in _established(known)}
    return {name: answer for name, answer in known.items() if name not in (_AGE, *with_them) and answer != "no"}


def _establishing(name: str) -> str:
    """The fact that has to be answered yes for a no to this one to stand; empty where there is none."""
    return FACTS[name].established_by or ""


def _goes_without_saying(name: str, found: Mapping[str, str | int]) -> bool:
    """Whether this is an opening question about a worry, and what the worry is follows, no less sure than it is."""
    if FACTS[name].section in _REFERRED_TO:
        return False
    behind = [found[one] for one in RAISED_BY.get(name, ()) if found.get(one)]
    return any(answer != "suspected" for answer in behind) or (bool(behind) and found[name] == "suspected")


_REFERRED_TO = frozenset({FACTS["violence_at_home"].section, FACTS["pregnancy_concern"].section})
"""Where what follows speaks of "it" or "the worry", so that it has to be said what that is."""


def told_one(name: str, answer: str | int | None, stage: Stage | None = None) -> str:
    """One answer as a sentence, as it is told of a child at this stage; None is not known."""
    fact = FACTS[name]
    if answer is None:
        return f"It is not known whether this is so: {says(name, stage)}."
    if name == _AGE:
        return age_told(int(answer))
    if answer == "no":
        return denied_told([name], {}, stage)[0]
    return _sentence(fact, answer, stage)


def age_told(months: int | None) -> str:
    """An age in months as a sentence; None is not known."""
    if months is None:
        return "The age of the child is not known."
    if months < 0:
        return f"The child is not born yet; there {'is' if months == -1 else 'are'} about {in_years(-months)} to go."
    if months == 0:
        return "The child is a newborn baby."
    years, rest = divmod(months, 12)
    parts = [in_years(12 * years)] if years else []
    parts += [in_years(rest)] if rest else []
    return f"The child is {' and '.join(parts)} old."


def _sentence(fact: Fact, answer: str | int, stage: Stage | None) -> str:
    whole = whole_sentence(fact.name, answer)
    if whole is not None:
        return whole
    if fact.kind is Kind.COUNT:
        return _counted(fact, int(answer))
    said = says(fact.name, stage)
    begun = said[:1].upper() + said[1:]
    if fact.kind is Kind.CHOICE:
        return f"{begun}: {spoken(str(answer))}."
    if answer != "suspected":
        return f"{begun}."
    for there in _THERE:
        if said.startswith(there):
            return f"There may be {said.removeprefix(there)}."
    if any(word in f" {said} " for word in _UNSURE):
        return f"There are signs of this, and no more than signs: {said}."
    if fact.section == _OF_HELP:
        return f"It may be that {said}."
    return f"It is suspected that {said}."


_THERE = ("there is ", "there are ")
_UNSURE = (" may ", " feared ")
"""Words of a fact that says of itself that it is not sure: "it is suspected that the child may" says it twice."""
_OF_HELP = FACTS["help_offered"].section
"""Where nobody suspects anything: what is not sure there is how the help went."""


def _counted(fact: Fact, number: int) -> str:
    """A number as a sentence: at least so many are known of, or there are none."""
    counted = f"{fact.says}{_within(fact)}"
    for several, one in _ONE.items():
        if counted.startswith(several):
            rest = counted.removeprefix(several)
            said = (
                f"has been at least 1 {one}"
                if number == 1
                else f"have been {f'at least {number}' if number else 'no'} {several}"
            )
            return f"There {said}{rest}."
    return f"{counted[:1].upper()}{counted[1:]}: {f'at least {number}' if number else 'none'}."


_ONE: Mapping[str, str] = {
    "incidents": "incident",
    "breaches": "breach",
    "exclusions": "exclusion",
    "episodes": "episode",
    "months": "month",
    "weeks": "week",
    "agencies that each hold": "agency that holds",
}
"""What is counted, and the same of one alone."""


def _within(fact: Fact) -> str:
    """In what time the number is counted, where the fact itself does not say so."""
    window = next((word + fact.unit.partition(word)[2] for word in (" in ", " this ") if word in fact.unit), "")
    return window if window and window.removeprefix(" in ") not in fact.says else ""


def differing(one: Case, other: Case) -> Iterator[str]:
    """The facts to which two cases have different answers."""
    first, second = one.known(), other.known()
    return (name for name in FACTS if first.get(name) != second.get(name))
