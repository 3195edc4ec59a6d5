"""What a group said as a page: the spread of tiers first, then what to talk about, and the rules' view last of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from thresholds.exercises.answer import short_pathways
from thresholds.exercises.differences.what_carries import deciding
from thresholds.exercises.room.standing import Stands
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS
from thresholds.views import wording
from thresholds.views.group_agreement import group_agreement
from thresholds.views.marking_page import ONE_VIEW
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

if TYPE_CHECKING:
    from thresholds.exercises.exercise import Exercise
    from thresholds.exercises.room.group import RoomViews
    from thresholds.exercises.room.one_case import OneCase

_MOST_SHOWN = 5


def group_page(group: RoomViews) -> Page:
    """The page of a group."""
    titles = _titles(group)
    return page(
        "What the group said",
        first=(
            Paragraph(f"{len(group.participants)} took part, in {_how_many(group)}.", strong=True),
            Paragraph(_small(group)),
        ),
        parts=(
            part("How the tiers spread", _spread(group, titles), _by_agency(group, titles)),
            part("How far the group agrees", *group_agreement(group, titles)),
            *(part(f"To talk about: {title}", Bullets(one.prompts)) for title, one in zip(titles, group.cases, strict=True)),
            part("Questions that were asked most", _asked(group, titles)),
            part("Where they would take it", _places(group, titles)),
            part("No line at all", *_no_line(group)),
            part("Without an answer", Bullets(tuple(_silent(group, titles)))),
            part("Took part, and the answer could not be used", Bullets(tuple(_unused(group)))),
            part("Lines that could not be used", Bullets(group.refused)),
            *_rules_view(group, titles),
        ),
    )


def _how_many(group: RoomViews) -> str:
    """How many cases, and how many moments these have where one unfolds."""
    cases = wording.number_of(len({one.exercise.id for one in group.cases}), "case")
    if all(one.moment.number == 0 for one in group.cases):
        return cases
    return f"{cases} with {wording.number_of(len(group.cases), 'moment')}: each step of a case that unfolds is one of its own"


def _titles(group: RoomViews) -> list[str]:
    return [_title(one.exercise, one.moment.number) for one in group.cases]


def _title(exercise: Exercise, moment: int | None) -> str:
    if moment is None:
        return f"{exercise.title}, at a step that there is not"
    return f"{exercise.title}, step {moment}" if moment else exercise.title


def _small(group: RoomViews) -> str:
    from thresholds.exercises.room.participants import SMALL

    if len(group.participants) >= SMALL:
        return ""
    return (
        "This is a small group: one person more or less moves every figure here, and it says nothing of an agency as a whole."
    )


def _spread(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple((title, *_counts(one.spread)) for title, one in zip(titles, group.cases, strict=True))
    return Grid("How many said what", ("Case", *_SAID), rows)


def _by_agency(group: RoomViews, titles: list[str]) -> Grid:
    """Counts alone, and nothing that ranks one group above another."""
    rows = tuple(
        (f"{title}: {'agency not said' if agency is None else agency.words}", *_counts(spread))
        for title, one in zip(titles, group.cases, strict=True)
        for agency, spread in one.spread_by_agency.items()
    )
    return Grid("How many of each group said what", ("Case and group", *_SAID), rows, in_columns=True)


_SAID = tuple(wording.sentence(said.words) for said in TierSaid)


def _counts(spread: Mapping[TierSaid, int]) -> tuple[str, ...]:
    return tuple(str(spread[said]) if spread[said] else "" for said in TierSaid)


def _asked(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, FACTS[name].question, f"{number} of {len(one.markings)}")
        for title, one in zip(titles, group.cases, strict=True)
        for name, number in one.asked.most_common(_MOST_SHOWN)
    )
    return Grid("Questions that were asked most", ("Case", "Question", "Asked by"), rows)


def _named(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, FACTS[name].says, _of_those_naming(number, one.naming, "any"))
        for title, one in zip(titles, group.cases, strict=True)
        for name, number in list(one.carrying.items())[:_MOST_SHOWN]
    )
    return Grid("Facts that it rests on, the least named first", ("Case", "It rests on", "Named by"), rows, in_columns=True)


def _of_those_naming(number: int, naming: int, what: str = "any") -> str:
    return (
        f"{number} of {naming} who named {what}" if naming else "nobody named any" if what == "any" else f"nobody named {what}"
    )


def _places(group: RoomViews, titles: list[str]) -> Grid:
    """Where the group would take each case, by the short names that they were given to choose from."""
    rows = tuple(
        (
            title,
            "; ".join(f"{_in_short(one, place)}: {number}" for place, number in one.places.most_common()),
            f"{one.places.total()} of {len(one.markings)}",
        )
        for title, one in zip(titles, group.cases, strict=True)
        if one.places
    )
    return Grid("Where they would take it", ("Case", "Place, and how many", "Who named a place"), rows)


def _in_short(case: OneCase, place: str) -> str:
    return next((short for short, name in short_pathways(case.moment.suggestion.rule_set).items() if name == place), place)


def _rules_places(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, _in_short(one, place), _of_those_naming(number, one.places.total(), "a place"))
        for title, one in zip(titles, group.cases, strict=True)
        for place, number in one.rules_places.items()
    )
    return Grid("Where it goes by the rules", ("Case", "Place", "Named by"), rows, in_columns=True)


def _no_line(group: RoomViews) -> Iterator[Block]:
    if group.no_line:
        yield Paragraph(
            "Their numbers are missing among those of the others. Was a sheet not typed in, or was the number given to nobody?"
        )
        yield Bullets((", ".join(group.no_line),))


def _silent(group: RoomViews, titles: list[str]) -> Iterator[str]:
    for title, one in zip(titles, group.cases, strict=True):
        if one.silent:
            yield f"{title}: {', '.join(one.silent)}"


def _unused(group: RoomViews) -> Iterator[str]:
    """Who took part in what and is not counted there: not the same as having said nothing."""
    people: dict[str, dict[str, None]] = {}
    for one in group.unused:
        if one.participant is not None:
            title = "In a case whose name could not be read" if one.exercise is None else _title(one.exercise, one.moment)
            people.setdefault(title, {})[one.participant] = None
    yield from (f"{title}: {', '.join(names)}" for title, names in people.items())
    nobody = sum(one.participant is None for one in group.unused)
    if nobody:
        yield f"{wording.number_of(nobody, 'line')} that {'does' if nobody == 1 else 'do'} not say whose the answer is"


def _rules_view(group: RoomViews, titles: list[str]) -> Iterator[Part | None]:
    """Last, so that it can be kept back on paper: what the rules say, and how the views differ from it."""
    yield part(
        "The rules' view", Paragraph(ONE_VIEW), _ways(group, titles), _named(group, titles), _rules_places(group, titles)
    )
    for title, one in zip(titles, group.cases, strict=True):
        yield part(f"The rules' view: {title}", *_of_case(one))


def _ways(group: RoomViews, titles: list[str]) -> Grid:
    """Which way the views differ, and how many hold the one that the exercise declares, where it declares one."""
    is_declared = any(one.moment.for_discussion is not None for one in group.cases)
    rows = tuple(
        (
            title,
            *(str(one.direction[stands] or "") for stands in _WAYS),
            *((str(len(one.for_discussion) or ""),) if is_declared else ()),
        )
        for title, one in zip(titles, group.cases, strict=True)
    )
    declared = ("Of these, the view that a careful reader might hold",) if is_declared else ()
    columns = ("Case", *_WAYS.values(), *declared)
    return Grid("Which way the group differs from the rules", columns, rows, in_columns=True)


_WAYS = {
    Stands.BELOW: "Below",
    Stands.SAME: "The same",
    Stands.ABOVE: "Above",
    Stands.NO_TIER: "Neither: one names no tier",
}
"""Below comes first: it is the way in which a child's need may go unseen."""


def _of_case(one: OneCase) -> Iterator[Block]:
    suggestion, said = one.moment.suggestion, one.rules_say
    so = f"{one.spread[said]} of {len(one.markings)} said so."
    yield Paragraph(" ".join(filter(None, (wording.headline(suggestion), wording.range_sentence(suggestion), so))))
    declared = one.moment.for_discussion
    if declared is not None:
        held = f"{len(one.for_discussion)} of {len(one.markings)} hold it."
        yield Paragraph(f"A view that a careful reader might hold: Tier {declared.tier}: {declared.because} {held}")
    yield Bullets(one.prompts_beside_the_rules)
    yield from _headed("It rests on:", _deciding(one))
    yield from _headed("How the views compare with it:", _kinds(one))
    yield from _headed("Why they see it otherwise:", _why_differ(one))


def _headed(lead: str, items: Iterable[str]) -> Iterator[Block]:
    listed = tuple(items)
    if listed:
        yield Paragraph(lead)
        yield Bullets(listed)


def _deciding(one: OneCase) -> Iterator[str]:
    suggestion = one.moment.suggestion
    for rule in deciding(suggestion):
        yield f"{rule.title}. {wording.source(suggestion, rule)}"


def _kinds(one: OneCase) -> Iterator[str]:
    """Which differences were found, and of whom it is not known what they saw."""
    yield from (f"{kind.words}: {number}" for kind, number in one.kinds.most_common())
    if one.named_none:
        yield f"{len(one.named_none)} named no fact: what they saw in the text is not known"
    if one.facts_unread:
        yield f"The facts of {len(one.facts_unread)} could not be read: what they saw in the text is not known either"


def _why_differ(one: OneCase) -> Iterator[str]:
    for person, marking in one.markings.items():
        if marking.answer.why_differ:
            yield f"{person}: {marking.answer.why_differ}"
