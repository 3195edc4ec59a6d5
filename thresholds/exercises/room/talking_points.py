"""What a group is asked to talk about: drawn from where it split, and once the rules' view is shown, from where it parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from thresholds.exercises.room.standing import Stands
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS
from thresholds.views import wording

if TYPE_CHECKING:
    from thresholds.exercises.room.one_case import OneCase

APART = 0.5
"""How much more often, as a share, one side has to name a fact than the other for it to be put to the group."""
_MOST_ASKED = 2
CAREFUL_VIEW = "the view that a careful reader might hold"


def before_the_rules(case: OneCase) -> Iterator[str]:
    """What to talk about before the rules' view is shown, none of which gives that away.

    The lowest tier comes first: it is the one that may leave a child unseen.
    """
    said = [one for one in TierSaid if case.spread[one]]
    answered = len(case.markings)
    if not said:
        return
    if len(said) == 1:
        yield _all_alike(case, said[0])
    else:
        yield from _lowest_first(case, said)
        yield _split(case, said)
        yield from _alone(case, said)
    for name, number in case.asked.most_common(_MOST_ASKED):
        if number < answered or len(said) > 1:
            would = f"{number} of the {answered} who answered would ask"
            yield f"{would}: “{FACTS[name].question}” Which answer would change your view, and why?"


def beside_the_rules(case: OneCase) -> Iterator[str]:
    """What to talk about once the rules' view is shown; too low comes first."""
    answered, way = len(case.markings), case.direction
    below, above, without = way[Stands.BELOW], way[Stands.ABOVE], way[Stands.NO_TIER]

    def of(number: int) -> str:
        return "The only one who answered" if answered == 1 else f"{number} of the {answered} who answered"

    if below:
        yield f"{of(below)} said a lower tier than the rules. {_of_those_below(case, below)}"
    if without:
        yield (
            f"{of(without)} and the rules part on whether there is a tier to be said at all: what would have to be "
            f"known first, or whose question is it?{_holding(case, Stands.NO_TIER, without)}"
        )
    if above:
        yield (
            f"{of(above)} said a higher tier than the rules.{_holding(case, Stands.ABOVE, above)} What do they see in the "
            "text, and what would the higher tier mean for this family?"
        )


def _of_those_below(case: OneCase, below: int) -> str:
    held, unnamed = _number_holding(case, Stands.BELOW), sum(case.standing[name] is Stands.BELOW for name in case.named_none)
    holding = _holding(case, Stands.BELOW, below).strip()
    saw = "" if not unnamed else _NONE_NAMED[below == 1, unnamed == below].format(unnamed)
    if held == below:
        return (
            f"{holding} {saw}What would have to be known for it to be enough, since a tier that is too low may leave a child "
            "unseen?"
        )
    others = "" if not held else f" with the other{'' if below - held == 1 else f' {below - held}'}"
    begin = (
        f"Begin here{others}: a tier that is too low may leave a child unseen. {saw}What counts by the rules that did not "
        "count for you, and do you hold to that?"
    )
    return f"{holding} {begin}".strip()


_NONE_NAMED = {
    (True, True): "They named no fact: ask first what they saw in the text. ",
    (False, True): "None of those who said it named a fact: ask first what they saw in the text. ",
    (False, False): "{} of those who said it named no fact: ask these first what they saw in the text. ",
}
"""By whether there is one alone, and whether none of them named any."""


def _number_holding(case: OneCase, stands: Stands) -> int:
    return sum(case.standing[name] is stands for name in case.for_discussion)


def _holding(case: OneCase, stands: Stands, number: int) -> str:
    """How many of those who stand so hold the view that the exercise declares; it begins with a space."""
    held = _number_holding(case, stands)
    if not held:
        return ""
    if number == 1:
        return f" It is {CAREFUL_VIEW}: hear what speaks for it."
    return f" Of these, {held} {'holds' if held == 1 else 'hold'} {CAREFUL_VIEW}: hear what speaks for it."


def quoted(said: TierSaid) -> str:
    """What is said, as it stands within a sentence."""
    return said.words if said.tier is not None else f"“{said.words}”"


def _all_alike(case: OneCase, said: TierSaid) -> str:
    answered = len(case.markings)
    everybody = answered == case.took_part
    if answered == 1:
        who = (
            f"The only one who took part says {quoted(said)}" if everybody else f"One alone answered, and says {quoted(said)}"
        )
    else:
        who = f"{'All of you' if everybody else f'All {answered} who answered'} say {quoted(said)}"
    if said is TierSaid.TOO_LITTLE:
        return f"{who}. What has to be known first, and who could tell you today?"
    if said is TierSaid.NOT_FOR_THIS:
        return f"{who}. Whose question is it then, and what in the text makes it so?"
    return f"{who}. What would have to be otherwise for more to be said, or less?"


def _lowest_first(case: OneCase, said: Sequence[TierSaid]) -> Iterator[str]:
    tiers = [one for one in said if one.tier is not None]
    if len(tiers) < 2:
        return
    lowest = tiers[0]
    yield (
        f"Begin with the lowest tier, {quoted(lowest)} ({case.spread[lowest]} of the {len(case.markings)} who answered): "
        "a tier that is too low may leave a child unseen. What makes it enough, and what would you have to know first?"
    )


def _split(case: OneCase, said: Sequence[TierSaid]) -> str:
    """How the group is split, and what parts its two largest sides."""
    numbers = [case.spread[one] for one in said]
    each = [f"{number} {'says' if number == 1 else 'say'} {quoted(one)}" for one, number in zip(said, numbers, strict=True)]
    split = f"{', '.join(each[:-1])} and {each[-1]}."
    one, other = sorted(said, key=lambda side: -case.spread[side])[:2]
    if max(numbers) == 1 and len(said) > 2:
        return f"{split} No two say the same: which words in the text carry it for each of you?"
    for side in (one, other):
        if side is TierSaid.TOO_LITTLE:
            return f"{split} What is missing for those who say {quoted(side)}, and what is enough for the others?"
        if side is TierSaid.NOT_FOR_THIS:
            return f"{split} Whose question is it for those who say {quoted(side)}, and what would a tier do for this child?"
    return f"{split} {_what_parts(case, one, other)}"


def _what_parts(case: OneCase, one: TierSaid, other: TierSaid) -> str:
    naming = {side: _naming(case, side) for side in (one, other)}
    shares = {side: _shares(named) for side, named in naming.items()}
    sides = [side for side in (one, other) if shares[side]]
    if not sides:
        no_fact = wording.sentence(_no_fact(case, one, other))
        return f"{no_fact} is named for {quoted(one)} or {quoted(other)}: which words in the text carry it for you?"
    if len(sides) == 1:
        silent = other if sides == [one] else one
        name = max(shares[sides[0]], key=lambda fact: shares[sides[0]][fact])
        return (
            f"For {quoted(sides[0])} {_told(case, name)} is named most, and {_no_fact(case, silent)} is named for "
            f"{quoted(silent)}: what does the text say of it, and which of its words carry {quoted(silent)}?"
        )
    apart = {name: shares[one].get(name, 0.0) - shares[other].get(name, 0.0) for name in {**shares[one], **shares[other]}}
    name = max(apart, key=lambda fact: abs(apart[fact]))
    if abs(apart[name]) >= APART:
        more, less = (one, other) if apart[name] > 0 else (other, one)
        by = [f"{sum(name in cited for cited in naming[side])} of {len(naming[side])}" for side in (more, less)]
        return (
            f"{_told(case, name)} is named more often for {quoted(more)} than for {quoted(less)} (by {by[0]} and by {by[1]} "
            "who named a fact at all): what does the text say of it, and what does it mean for this child?"
        )
    if shares[one].keys() == shares[other].keys():
        return "The same facts are named on both sides: what makes them weigh more, or less?"
    return "Which facts are named differs from person to person more than from side to side: which one decides it for you?"


def _told(case: OneCase, name: str) -> str:
    """A fact with the answer of the text, where that is not yes: what it denies or suspects is not told as so."""
    answer = case.moment.suggestion.case.answer_to(name)
    return f"“{FACTS[name].says if answer in (None, 'yes') else wording.answered(FACTS[name], answer)}”"


def _alone(case: OneCase, said: Sequence[TierSaid]) -> Iterator[str]:
    """Who stands alone beside a side of several."""
    alone = [one for one in said if case.spread[one] == 1]
    if not alone or len(alone) == len(said):
        return
    if len(alone) == 1:
        yield f"One of you alone says {quoted(alone[0])}: hear what in the text they go by."
    else:
        words = [quoted(one) for one in alone]
        each = f"{', '.join(words[:-1])} and {words[-1]}"
        yield f"{each} are each said by one alone: hear what in the text they go by."


def _no_fact(case: OneCase, *sides: TierSaid) -> str:
    """Somebody may have named one that could not be read, which is not to have named none."""
    is_unread = any(case.markings[name].answer.said in sides for name in case.facts_unread)
    return "no fact that could be read" if is_unread else "no fact"


def _naming(case: OneCase, side: TierSaid) -> Sequence[Mapping[str, object]]:
    """What each of those who say this and name a fact at all names."""
    cited = [one.answer.cited() for one in case.markings.values() if one.answer.said is side]
    return [one for one in cited if one]


def _shares(naming: Sequence[Mapping[str, object]]) -> Mapping[str, float]:
    """How often each fact is named by those who name any."""
    counted = Counter(name for cited in naming for name in cited)
    return {name: number / len(naming) for name, number in counted.items()}
