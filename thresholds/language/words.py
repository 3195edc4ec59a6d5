"""A condition in plain words, for people who read rules and do not write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from thresholds.facts.vocabulary import FACTS
from thresholds.language.conditions import (
    All,
    Answered,
    AnyOf,
    AtLeastOf,
    AtStage,
    Comparison,
    Condition,
    Counted,
    Found,
    Includes,
    Not,
    Number,
    Reached,
    Settled,
    Stands,
    YoungerThan,
)
from thresholds.language.rules import Collection, Conclusion, Outcome, Scale
from thresholds.scales import Reading

Outcomes = Mapping[str, Outcome]


def in_words(condition: Condition, outcomes: Outcomes) -> Iterator[tuple[int, str]]:
    """The condition as lines, each with how deep it stands below the first."""
    yield from _lines(condition, outcomes, 0, "")


def _lines(condition: Condition, outcomes: Outcomes, depth: int, before: str) -> Iterator[tuple[int, str]]:
    match condition:
        case All(parts):
            heading = "all of these:"
        case AnyOf(parts):
            heading = "any of these:"
        case AtLeastOf(number, parts):
            heading = f"{number} or more of these:"
        case Not(part):
            yield from _lines(part, outcomes, depth, f"{before}not: ")
            return
        case _:
            yield depth, before + leaf_in_words(condition, outcomes)
            return
    yield depth, before + heading
    for part in parts:
        yield from _lines(part, outcomes, depth + 1, "")


def in_one_line(condition: Condition, outcomes: Outcomes) -> str:
    """The condition on one line, its groups in brackets: "any of (a; b)"."""
    match condition:
        case All(parts):
            heading = "all of"
        case AnyOf(parts):
            heading = "any of"
        case AtLeastOf(number, parts):
            heading = f"{number} or more of"
        case Not(part):
            return f"not: {in_one_line(part, outcomes)}"
        case _:
            return leaf_in_words(condition, outcomes)
    return f"{heading} ({'; '.join(in_one_line(part, outcomes) for part in parts)})"


def leaf_in_words(condition: Condition, outcomes: Outcomes) -> str:
    """A condition without parts as a phrase."""
    match condition:
        case Found(fact, confirmed):
            return FACTS[fact].says + (" (known, not only suspected)" if confirmed else "")
        case Counted(fact, at_least):
            return f"{FACTS[fact].says}: {at_least} or more"
        case YoungerThan(months):
            return f"the child is under {in_years(months)}, or unborn"
        case Reached(scale, value):
            return f"{outcomes[scale].label} {_value(outcomes[scale], value)} or higher"
        case Includes(collection, member):
            return f"{outcomes[collection].label} includes {spoken(_value(outcomes[collection], member))}"
        case Answered(fact, answers):
            words = ["not known" if answer is None else str(FACTS[fact].written(answer)) for answer in answers]
            return f"{FACTS[fact].says}: {' or '.join(spoken(word) for word in words)}"
        case Number(fact, comparison, number):
            return f"{FACTS[fact].says}: {_COMPARED[comparison]} {number}"
        case AtStage(stages):
            return f"the child's stage is {' or '.join(stage.label for stage in stages)}"
        case Stands(scale, reading, comparison, value):
            return f"{_READ[reading]}{outcomes[scale].label} {_COMPARED[comparison]} {_value(outcomes[scale], value)}"
        case Settled():
            return "nothing that is not known could change the tier"
        case _:
            raise TypeError(f"{type(condition).__name__} has parts")


def spoken(word: str) -> str:
    """A word of the rule language as it is said: "child_in_need" as "child in need"."""
    return word.replace("_", " ")


def in_years(months: int) -> str:
    """An age in months as it is said: "7 years", "18 months", "1 year"."""
    if months % 12 or not months:
        return f"{months} month" + ("" if abs(months) == 1 else "s")
    return f"{months // 12} year" + ("" if months == 12 else "s")


def _value(outcome: Outcome, value: int) -> str:
    return outcome.members[value] if isinstance(outcome, Collection) else outcome.values[value]


def conclusions(concludes: Iterable[Conclusion], outcomes: Outcomes) -> dict[str, str | list[str]]:
    """What is concluded, as rules write it: of a scale the value, of a set its members."""
    said: dict[str, str | list[str]] = {}
    for conclusion in concludes:
        word, before = _value(outcomes[conclusion.outcome], conclusion.value), said.get(conclusion.outcome, [])
        is_scale = isinstance(outcomes[conclusion.outcome], Scale) or isinstance(before, str)
        said[conclusion.outcome] = word if is_scale else [*before, word]
    return said


def conclusions_in_words(concludes: Iterable[Conclusion], outcomes: Outcomes) -> str:
    """What is concluded, as a phrase: "Tier 3; route: protection, consult"."""
    return "; ".join(
        f"{outcomes[name].label} {said}"
        if isinstance(said, str)
        else f"{outcomes[name].label}: {', '.join(map(spoken, said))}"
        for name, said in conclusions(concludes, outcomes).items()
    )


_COMPARED = {
    Comparison.AT_LEAST: "at least",
    Comparison.AT_MOST: "at most",
    Comparison.BELOW: "below",
    Comparison.ABOVE: "above",
    Comparison.IS: "is",
}
_READ = {
    Reading.SUGGESTED: "",
    Reading.LOWEST: "at its lowest, ",
    Reading.HIGHEST: "at its highest, ",
    Reading.CONFIRMED: "on confirmed facts alone, ",
}
