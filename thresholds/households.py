"""The children of one home, side by side. Each child is a case of their own; what is so of the home is given once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import ValidationError

from thresholds.evaluation.engines import DEFAULT_ENGINE
from thresholds.facts.case import Case
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.loading.problems import nearest
from thresholds.problems import ProblemsError
from thresholds.scales import Stage
from thresholds.suggestion import DEFAULT_RULE_SET, Suggestion, suggest

if TYPE_CHECKING:  # how a household is shown is imported where it is used, as for a suggestion
    from thresholds.views.json import HouseholdJson
    from thresholds.views.page import Page


class HouseholdError(ProblemsError):
    """A household that cannot be used. `problems` holds every mistake as a sentence; none of them holds an answer."""


@dataclass(frozen=True)
class HouseholdSuggestion:
    """The suggestion for each child of a home, in the order given.

    `str()` is the page as text: the children side by side, then each child's own page.
    """

    children: tuple[Suggestion, ...]

    def name_of(self, place: int) -> str:
        """What a child is called on a page: the caller's reference, or "child 2"."""
        return self.children[place].reference or f"child {place + 1}"

    @cached_property
    def panels(self) -> tuple[tuple[str, ...], ...]:
        """For each child, the panels and services that would take the case; empty where none is named."""
        return tuple(
            tuple(dict.fromkeys(given.advice.panel for given in child.pathways if given.advice.panel))
            for child in self.children
        )

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What only shows when the children are seen together."""
        return tuple(_notes(self))

    def to_dict(self) -> HouseholdJson:
        """The household as JSON holds it, in the form "household/1"."""
        from thresholds.views.json import household_as_json

        return household_as_json(self)

    def text(self, width: int = 96) -> str:
        """The household as plain text, so many characters wide."""
        from thresholds.views import text

        return "\n\n".join(text.render(one, width) for one in self.pages())

    def markdown(self) -> str:
        """The household as Markdown."""
        from thresholds.views import markdown

        return "\n".join(markdown.render(one) for one in self.pages())

    def html(self) -> str:
        """The household as a piece of HTML."""
        from thresholds.views import html

        return "\n".join(html.render(one) for one in self.pages())

    def handoff(self, width: int = 96) -> str:
        """What to say of each child to the service that is asked."""
        from thresholds.views import text
        from thresholds.views.handoff_page import handoff_page

        return "\n\n".join(text.render(one, width) for one in self.pages(handoff_page))

    def pages(self, of_child: Callable[[Suggestion, str | None], Page] | None = None) -> tuple[Page, ...]:
        """The page of the household, then that of each child: of the suggestion, unless `of_child` makes another."""
        from thresholds.views.household_page import household_page
        from thresholds.views.suggestion_page import suggestion_page

        of_child = of_child or suggestion_page
        children = (of_child(child, self.name_of(place)) for place, child in enumerate(self.children))
        return (household_page(self), *children)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def suggest_household(
    children: Sequence[Case | Mapping[str, object]],
    rule_set: str | RuleSet = DEFAULT_RULE_SET,
    *,
    home: Mapping[str, object] | None = None,
    engine: str = DEFAULT_ENGINE,
) -> HouseholdSuggestion:
    """The suggestion for each child of one home.

    `home` holds what is so for every child of it: only facts marked as shared, and none that a child answers differently.
    `engine` as in `suggest`. Raises `HouseholdError` with every mistake, or as `suggest` does for a rule set or an engine.
    """
    cases, problems = _cases(children, dict(home or {}))
    if problems:
        raise HouseholdError(problems)
    return HouseholdSuggestion(tuple(suggest(case, rule_set, engine) for case in cases))


def _cases(children: Sequence[Case | Mapping[str, object]], home: dict[str, object]) -> tuple[list[Case], list[str]]:
    problems = [f"home: {printable(name)}: {wrong}" for name in home if (wrong := _not_shared(name))]
    if not children:
        problems.append("A household has one child or more.")
    shared: dict[str, str | int] = {}
    if not problems:
        try:
            shared = Case.model_validate(home).known()
        except ValidationError as error:
            problems += [f"home: {one}" for one in mistakes(error)]
    cases = []
    seen: set[str] = set()
    for number, child in enumerate(children, 1):
        try:
            case = child if isinstance(child, Case) else Case.model_validate(child)
            own = case.known()
            differing = [name for name, answer in shared.items() if own.get(name, answer) != answer]
            problems += [
                f"child {number}: {name}: The child's own answer differs from the home's: give it in one place."
                for name in differing
            ]
            cases.append(case.with_facts(**shared))
            if case.reference in seen:
                problems.append(f"The reference of child {number} is given twice.")
            elif case.reference:
                seen.add(case.reference)
        except ValidationError as error:
            problems += [f"child {number}: {one}" for one in mistakes(error)]
    return cases, problems


def _not_shared(name: str) -> str | None:
    """Why a fact may not be given for a whole home; None where it may."""
    if name not in FACTS:
        return f"There is no such fact; {nearest(str(name), (fact.name for fact in FACTS.values() if fact.shared))}"
    return None if FACTS[name].shared else "This is asked of each child: give it with the children."


def mistakes(error: ValidationError) -> list[str]:
    """What is wrong with a case, each a sentence that names the fact and never the answer."""
    return [
        ": ".join([*(printable(part) for part in one["loc"]), one["msg"]])
        for one in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def printable(name: object) -> str:
    """A key as it may be shown: what cannot be the name of a fact may be somebody's words, and is not repeated."""
    text = str(name)
    return text if text.isidentifier() and len(text) <= _LONGEST_NAME else "(a key that is no name of a fact)"


_LONGEST_NAME = 60


def _notes(household: HouseholdSuggestion) -> Iterator[str]:
    children, panels = household.children, household.panels
    if len({frozenset(one) for one in panels if one}) > 1:
        each = "; ".join(f"{household.name_of(place)}: {' and '.join(one)}" for place, one in enumerate(panels) if one)
        yield (
            f"The children of this home would go to different panels or services ({each}). In 2011 no panel saw the brothers "
            "and sisters in another: tell each of them of the others, and name one lead professional for the family."
        )
    if any("protection" in child.routes for child in children) and not all("protection" in child.routes for child in children):
        yield (
            "One child of this home is on the protection route and another is not: refer them together, and say of each child "
            "what is known of them."
        )
    for name, fact in FACTS.items():
        answers = [child.case.known().get(name) for child in children] if fact.shared else []
        if len(set(answers)) > 1:
            yield (
                f"{fact.says}: this is so for the whole home, and it is not answered alike for every child. Each child's tier "
                "rests on the answers given for that child."
            )
    if any(child.case.record[POSITIONS["violence_at_home"]] for child in children):
        young = any(child.stage in (Stage.UNBORN, Stage.INFANT) for child in children)
        unsaid = [child for child in children if child.case.victim_pregnant_or_baby_under_one is None]
        if young and unsaid:
            yield (
                "There is an unborn child or a baby under one in this home, and violence; it is not said for every child that "
                f"{FACTS['victim_pregnant_or_baby_under_one'].says}."
            )
