"""What a group said as a page: the spread of tiers first, then what to talk about, and the rules' view last of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from thresholds.agreement.measures import MANY_RATERS
from thresholds.exercises.room.standing import Stands
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS
from thresholds.views import wording
from thresholds.views.marking_page import ONE_VIEW
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

if TYPE_CHECKING:
    from thresholds.exercises.exercise import Exercise
    from thresholds.exercises.room.group import OneCase, RoomViews

_MOST_SHOWN = 5


def group_page(group: RoomViews) -> Page:
    """The page of a group."""
    titles = _titles(group)
    return page(
        "What the group said",
        first=(
            Paragraph(f"{len(group.participants)} took part, in {wording.number_of(len(group.cases), 'case')}.", strong=True),
            Paragraph(_small(group)),
        ),
        parts=(
            part("How the tiers spread", _spread(group, titles), _by_agency(group, titles)),
            part("How far the group agrees", *_agreement(group)),
            *(part(f"To talk about: {title}", Bullets(one.prompts)) for title, one in zip(titles, group.cases, strict=True)),
            part("Questions that were asked most", _asked(group, titles)),
            part("Without an answer", Bullets(tuple(_silent(group, titles)))),
            part("Took part, and the answer could not be used", Bullets(tuple(_unused(group)))),
            part("Lines that could not be used", Bullets(group.refused)),
            *_rules_view(group, titles),
        ),
    )


def _titles(group: RoomViews) -> list[str]:
    return [_title(one.exercise, one.moment.number) for one in group.cases]


def _title(exercise: Exercise, moment: int | None) -> str:
    if moment is None:
        return f"{exercise.title}, at a step that there is not"
    return f"{exercise.title}, step {moment}" if moment else exercise.title


def _small(group: RoomViews) -> str:
    from thresholds.exercises.room.group import SMALL

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


def _agreement(group: RoomViews) -> Iterator[Block]:
    agreement = group.agreement
    if isinstance(agreement, str):
        yield Paragraph(agreement)
        return
    yield Paragraph(
        "How far those who took part agree with each other on the tier, whatever the rules say: 1 is all alike. Who said that "
        "too little is known, or that it is no question of thresholds, is left out here. What each figure means stands in "
        "docs/agreement.md."
    )
    rows = tuple((measure.label, str(agreement[measure.name])) for measure in MANY_RATERS)
    yield Grid("Agreement in the group", ("Measure", "Figure"), rows)
    yield Bullets(tuple(dict.fromkeys(one.caution for one in agreement.values() if one.caution)))


def _asked(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, FACTS[name].question, f"{number} of {len(one.markings)}")
        for title, one in zip(titles, group.cases, strict=True)
        for name, number in one.asked.most_common(_MOST_SHOWN)
    )
    return Grid("Questions that were asked most", ("Case", "Question", "Asked by"), rows)


def _named(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, FACTS[name].says, f"{number} of {len(one.markings)}")
        for title, one in zip(titles, group.cases, strict=True)
        for name, number in list(one.carrying.items())[:_MOST_SHOWN]
    )
    return Grid("Facts that it rests on, the least named first", ("Case", "It rests on", "Named by"), rows, in_columns=True)


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
    yield part("The rules' view", Paragraph(ONE_VIEW), _ways(group, titles), _named(group, titles))
    for title, one in zip(titles, group.cases, strict=True):
        yield part(f"The rules' view: {title}", *_of_case(one))


def _ways(group: RoomViews, titles: list[str]) -> Grid:
    rows = tuple(
        (title, *(str(one.direction[stands] or "") for stands in _WAYS))
        for title, one in zip(titles, group.cases, strict=True)
    )
    return Grid("Which way the group differs from the rules", ("Case", *_WAYS.values()), rows, in_columns=True)


_WAYS = {
    Stands.BELOW: "Below",
    Stands.SAME: "The same",
    Stands.ABOVE: "Above",
    Stands.NO_TIER: "Neither: one names no tier",
}
"""Below comes first: it is the way in which a child's need may go unseen."""


def _of_case(one: OneCase) -> Iterator[Block]:
    suggestion, said = one.moment.suggestion, TierSaid.of(one.moment.suggestion)
    so = f"{one.spread[said]} of {len(one.markings)} said so."
    yield Paragraph(f"{wording.headline(suggestion)} {wording.range_sentence(suggestion)} {so}")
    yield Bullets(one.prompts_beside_the_rules)
    deciding = [reason for reason in suggestion.reasons if reason.decisive]
    yield Bullets(tuple(f"{reason.rule.title}. {wording.source(suggestion, reason.rule)}" for reason in deciding))
    yield Bullets(tuple(f"{kind.words}: {number}" for kind, number in one.kinds.most_common()))
    yield Bullets(
        tuple(
            f"{person}: {marking.answer.why_differ}" for person, marking in one.markings.items() if marking.answer.why_differ
        )
    )
