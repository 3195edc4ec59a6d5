"""What is wrong with exercises that could be read: with each by the rules for which it is written, and with all together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from thresholds.exercises.exercise import REFERRAL_SECTION, Exercise, Gives, StepTold
from thresholds.exercises.unfolding import after_step
from thresholds.facts.record import POSITIONS, Conflict
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.session import Session, SessionError
from thresholds.suggestion import Suggestion

_AGE = "age_months"
Where = tuple[int | str, ...]
"""The keys and positions that lead to a place in an exercise."""


class Mistake(NamedTuple):
    """Where in an exercise something is wrong, and a sentence that holds nothing of the case."""

    where: Where
    message: str


# One exercise by itself.


def wrong_alone(exercise: Exercise, own: RuleSet, asked: RuleSet) -> Iterator[Mistake]:
    """What is wrong with an exercise by itself. `own` are the rules for which it is written, `asked` those that are asked."""
    session = Session.begin(exercise.facts, own)
    suggestion = session.suggestion
    yield from _wrong_gives(exercise.gives, suggestion, ("gives",))
    if suggestion.stage is not exercise.stage:
        is_now = f"the age makes it {suggestion.stage.word}" if suggestion.stage is not None else "by the age there is none"
        yield Mistake(("stage",), f"This is not the stage of the child in facts: {is_now}.")
    for conflict in _in_earnest(suggestion.conflicts):
        yield Mistake(("facts", conflict.facts[0]), _not_together(conflict))
    yield from _wrongly_left_open(exercise, suggestion)
    yield from _wrong_other_views(exercise, ())
    yield from _wrong_source(exercise, own, asked)
    yield from _wrong_steps(exercise, session)
    yield from _wrong_referral(exercise, own)


def _in_earnest(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """The answers that do not go together, but for a no that nothing establishes: somebody said so, and what an exercise
    shows is that it is not known."""
    return [one for one in conflicts if one.facts != (one.facts[0], FACTS[one.facts[0]].established_by)]


def _not_together(conflict: Conflict) -> str:
    return f"These do not go together: {', '.join(conflict.facts)}. {conflict.reading}"


def _wrong_gives(gives: Gives, suggestion: Suggestion, where: Where) -> Iterator[Mistake]:
    if gives.status is not suggestion.status:
        yield Mistake((*where, "status"), f"The rules give {suggestion.status.value}.")
    if gives.tier is not suggestion.tier:
        given = "no tier: leave this out" if suggestion.tier is None else f"Tier {suggestion.tier}"
        yield Mistake((*where, "tier"), f"The rules give {given}. What a reader might hold instead stands in for_discussion.")


def _wrong_other_views(one: Exercise | StepTold, where: Where) -> Iterator[Mistake]:
    of_the_rules = "This is the tier that the rules give"
    if one.for_discussion is not None and one.for_discussion.tier == one.gives.tier:
        yield Mistake((*where, "for_discussion", "tier"), f"{of_the_rules}: there is nothing to discuss.")
    if one.tone is not None and one.tone.towards == one.gives.tier:
        yield Mistake((*where, "tone", "towards"), f"{of_the_rules}: expected the tier that the tone misleads to.")


def _wrongly_left_open(exercise: Exercise, suggestion: Suggestion) -> Iterator[Mistake]:
    known = suggestion.case.known()
    for name in exercise.left_open:
        if suggestion.case.record[POSITIONS[name]] is None:
            continue
        if name in known:
            said = "This is recorded under facts, so that the text does not leave it open."
        else:
            said = "This is not open: it is not asked at this stage, or an opening question under facts answers it."
        yield Mistake(("left_open", name), said)


def _wrong_source(exercise: Exercise, own: RuleSet, asked: RuleSet) -> Iterator[Mistake]:
    works = {**own.sources, **asked.sources}
    if exercise.source is not None and exercise.source.work not in works:
        said = f"There is no such work among the sources of {own.id}; {nearest(exercise.source.work, works)}"
        yield Mistake(("source", "work"), said)


def _wrong_steps(exercise: Exercise, session: Session) -> Iterator[Mistake]:
    """What is wrong with the steps, as far as the first that cannot be taken: what is wrong further on may follow from it."""
    for number, step in enumerate(exercise.steps):
        where: Where = ("steps", number)
        unfit = list(_unfit(step, where))
        if unfit:
            yield from unfit
            return
        try:
            session = after_step(session, step)
        except SessionError as error:
            for problem in error.problems:
                part = "withdrawn" if problem.split(": ", 1)[0] in step.withdrawn else "learnt"
                yield Mistake((*where, part), problem)
            return
        unanswered = [name for name in step.learnt if name not in session.case.known()]
        for name in unanswered:
            said = "Expected an answer. What is no longer held to be so stands in withdrawn."
            yield Mistake((*where, "learnt", name), said)
        if unanswered:
            return
        yield from _wrongly_learnt(step, session, where)
        yield from _wrong_gives(step.gives, session.suggestion, (*where, "gives"))
        yield from _wrong_other_views(step, where)


def _unfit(step: StepTold, where: Where) -> Iterator[Mistake]:
    """Why a step is none, whatever is known before it."""
    if not (step.learnt or step.withdrawn):
        yield Mistake(where, "Expected a fact that is learnt or withdrawn, and there is none.")
    for name in sorted({*step.learnt} & {*step.withdrawn}):
        yield Mistake((*where, "withdrawn"), f"{name}: This is learnt in the same step.")


def _wrongly_learnt(step: StepTold, session: Session, where: Where) -> Iterator[Mistake]:
    """What is learnt in a step and is nothing new, or does not go together with what else is known after it."""
    taken = session.history[-1]
    for one in taken.facts:
        if one.before == one.after:
            yield Mistake((*where, "learnt", one.fact), "This is known already: expected what is new or changed.")
    for conflict in _in_earnest(taken.conflicts):
        # Of an age that is learnt a fact may not be asked. Where nothing of a conflict is learnt, it was said further up.
        brought = next((name for name in (*conflict.facts, _AGE) if name in step.learnt), None)
        if brought is not None:
            yield Mistake((*where, "learnt", brought), _not_together(conflict))


def _wrong_referral(exercise: Exercise, own: RuleSet) -> Iterator[Mistake]:
    if exercise.referral is None:
        return
    where: Where = ("referral", "facts")
    poor = Session.begin(exercise.referral.facts, own).suggestion
    if not poor.referral_gaps:
        yield Mistake(where, "By the rules this referral lacks nothing: there is nothing to mend.")
    for conflict in _in_earnest(poor.conflicts):
        yield Mistake((*where, conflict.facts[0]), _not_together(conflict))
    full = exercise.facts.known()
    for name, answer in poor.case.known().items():
        if FACTS[name].section == REFERRAL_SECTION:
            continue
        if name not in full:
            yield Mistake((*where, name), "The exercise itself does not record this under facts.")
        elif full[name] != answer:
            yield Mistake((*where, name), "This differs from the answer under facts.")


# All together.


def wrong_together(exercises: Collection[Exercise], ids: Collection[str]) -> Iterator[tuple[str, Mistake]]:
    """What is wrong between the exercises of a folder: the id of the one where it is to be mended, and what it is.

    `ids` are those of all that stand in the folder, the ones that could not be read among them.
    """
    yield from _same_cases(exercises)
    by_id = {one.id: one for one in exercises}
    for one in exercises:
        for mistake in _wrong_pair(one, by_id, ids):
            yield one.id, mistake
    if len(exercises) == len(ids):  # else the other child may stand in one that could not be read
        yield from _alone_at_home(exercises)


def _same_cases(exercises: Iterable[Exercise]) -> Iterator[tuple[str, Mistake]]:
    seen: dict[frozenset[tuple[str, str | int]], str] = {}
    for one in exercises:
        first = seen.setdefault(frozenset(one.facts.known().items()), one.id)
        if first != one.id:
            yield one.id, Mistake(("facts",), f"This is the same case as {first}: no two exercises have the same facts.")


def _wrong_pair(exercise: Exercise, by_id: Mapping[str, Exercise], ids: Collection[str]) -> Iterator[Mistake]:
    pair = exercise.pair
    if pair is None:
        return
    if pair.of == exercise.id:
        yield Mistake(("pair", "of"), "An exercise is not its own pair.")
    elif pair.of not in ids:
        near = nearest(pair.of, [name for name in ids if name != exercise.id])
        yield Mistake(("pair", "of"), f"There is no exercise of this id here; {near}")
    elif pair.of in by_id:
        one, other = exercise.facts.known(), by_id[pair.of].facts.known()
        differing = [name for name in FACTS if one.get(name) != other.get(name)]
        if set(differing) != {*pair.differs_in, *pair.hangs_on_it}:
            said = f"The two differ in {', '.join(differing) or 'nothing'}: expected just these."
            yield Mistake(("pair", "differs_in"), said)
        for name in pair.hangs_on_it:
            if name in pair.differs_in:
                said = f"{name}: This stands under differs_in already: leave it out of one."
                yield Mistake(("pair", "hangs_on_it"), said)


def _alone_at_home(exercises: Iterable[Exercise]) -> Iterator[tuple[str, Mistake]]:
    homes: dict[str, list[str]] = {}
    for one in exercises:
        if one.household is not None:
            homes.setdefault(one.household, []).append(one.id)
    for home, members in homes.items():
        if len(members) == 1:
            others = [name for name in homes if name != home]
            hint = nearest(home, others) if others else ""
            near = f" {hint[:1].upper()}{hint[1:]}" if hint.startswith("did") else ""
            yield members[0], Mistake(("household",), f"No other exercise is about a child of this home.{near}")
