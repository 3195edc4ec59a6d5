"""Choosing exercises: those that fit a group, and a few of them that differ from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from thresholds.exercises.exercise import Agency, Exercise, Theme
from thresholds.scales import Stage, Status, Tier

_NOT_BETWEEN_TIERS = (Status.ACT_FIRST, Status.NOT_FOR_THIS_TOOL, Status.TOO_LITTLE_KNOWN)


def fitting(
    exercises: Iterable[Exercise],
    *,
    stage: Stage | None = None,
    theme: Theme | None = None,
    agencies: Collection[Agency] = (),
    level: int | None = None,
) -> tuple[Exercise, ...]:
    """Those that fit all that is asked for, the easier first and the children of one home one after the other.

    With several `agencies`, those that suit each of them: a room is often mixed.
    """
    found = [
        one
        for one in exercises
        if stage in (None, one.stage)
        and (theme is None or theme in one.themes)
        and set(agencies) <= set(one.agencies)
        and level in (None, one.level)
    ]
    return in_order(found)


def a_mixture(exercises: Sequence[Exercise], count: int) -> tuple[Exercise, ...]:
    """At most so many of these, in their order, that differ in what the rules say of them, in stage and in theme.

    Those that a group can talk over between two tiers come before those that are danger today, too little to say or not
    a question of thresholds; the easier come before the harder. A larger `count` only adds to the choice.
    """
    left, chosen = list(exercises), list[Exercise]()
    views, stages, themes = Counter[Tier | Status](), Counter[Stage](), Counter[Theme]()
    while left and len(chosen) < count:
        one = min(
            left,
            key=lambda each: (
                views[_view(each)],
                each.gives.status in _NOT_BETWEEN_TIERS,
                each.level,
                stages[each.stage],
                sum(themes[theme] for theme in each.themes),
                each.id,
            ),
        )
        left.remove(one)
        chosen.append(one)
        views[_view(one)] += 1
        stages[one.stage] += 1
        themes.update(one.themes)
    return tuple(one for one in exercises if one in chosen)


def in_order(exercises: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """The easier first, and the children of one home one after the other."""
    ordered: list[Exercise] = []
    waiting = sorted(exercises, key=lambda one: (one.level, one.id))
    for one in waiting:
        if one not in ordered:
            ordered.append(one)
            ordered += [other for other in waiting if other is not one and one.household and other.household == one.household]
    return tuple(ordered)


def _view(exercise: Exercise) -> Tier | Status:
    """The tier, or the status where that says more than a tier."""
    gives = exercise.gives
    return gives.status if gives.tier is None or gives.status in _NOT_BETWEEN_TIERS else gives.tier
