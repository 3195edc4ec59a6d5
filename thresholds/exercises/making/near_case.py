"""A case near a threshold with the case on the other side, in plain sentences and as a pair of exercises."""

from __future__ import annotations

from dataclasses import dataclass

from thresholds.exercises.exercise import Agency, Exercise, Theme
from thresholds.exercises.making.telling import told, told_one
from thresholds.exercises.making.themes import theme_of
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import FACTS, Polarity
from thresholds.suggestion import Suggestion
from thresholds.views import wording

_LEVEL = 2
"""How hard a made case is: it has no scene to read it from, and it lies near a threshold."""


@dataclass(frozen=True)
class NearCase:
    """A case near a threshold and the case on the other side, which differ in the answer to one fact alone."""

    here: Suggestion
    there: Suggestion
    fact: str

    @property
    def told(self) -> str:
        """The case in plain sentences."""
        return told(self.here.case)

    @property
    def otherwise(self) -> str:
        """What is otherwise on the other side, as a sentence."""
        return told_one(self.fact, self.there.case.known().get(self.fact), self.there.stage)

    @property
    def swapped(self) -> NearCase:
        """The same two, told from the other side."""
        return NearCase(self.there, self.here, self.fact)

    @property
    def theme(self) -> Theme:
        """That of the fact in which the two differ; of an age, that of the first risk which is found."""
        own = theme_of(self.fact)
        if own is not None:
            return own
        known = self.here.case.known().items()
        found = (name for name, answer in known if answer not in ("no", 0) and FACTS[name].polarity is Polarity.RISK)
        return next((theme for name in found if (theme := theme_of(name)) is not None), Theme.PHYSICAL_HARM)

    def exercises(self, number: int = 1) -> tuple[Exercise, Exercise]:
        """The two as exercises that are each other's pair, under names that put every second side after all the first ones:
        who practises in order would else have the answer to each second one before them."""
        here, there = f"made-{number:04}", f"made-otherwise-{number:04}"
        return (
            self._exercise(here, f"Made-up case {number}", there),
            self.swapped._exercise(there, f"Made-up case {number}, one answer otherwise", here),
        )

    def _exercise(self, name: str, title: str, pair: str) -> Exercise:
        suggestion = self.here
        left_open = {self.fact: "Nothing is said of it, and the tier turns on it."}
        return Exercise.model_validate(
            {
                "id": name,
                "title": title,
                "made_up": True,
                "stage": suggestion.stage,
                "level": _LEVEL,
                "themes": [self.theme],
                "agencies": list(Agency),
                "vignette": self.told,
                "facts": suggestion.case,
                "left_open": {} if self.fact in suggestion.case.known() else left_open,
                "rule_set": suggestion.rule_set.id,
                "gives": {"status": suggestion.status, "tier": suggestion.tier},
                "learning_points": list(self._learning_points()),
                "pair": {"of": pair, "differs_in": [self.fact]},
            }
        )

    def _learning_points(self) -> list[str]:
        about, now = FACTS[self.fact], self.here.case.known().get(self.fact)
        if now is None:
            first = f"Nothing is said of this, and the tier turns on it: {about.says}."
        elif now == "no":
            first = f"The tier turns on one answer here. {told_one(self.fact, now, self.here.stage)}"
        else:
            first = f"The tier turns on one answer here: {wording.answered(about, now)}."
        rules = self.here.rule_set.findings
        counting, otherwise = set(self.here.evaluation.counting), set(self.there.evaluation.counting)
        on_one_side = [rules[place].title for place in sorted(counting ^ otherwise)][:_MOST_RULES]
        return [
            first,
            f"Otherwise: {self.otherwise} Then the rules come to {TierSaid.of(self.there).words}.",
            *([f"What counts on one side alone: {'; '.join(on_one_side)}."] if on_one_side else []),
        ]


_MOST_RULES = 3


def pair_in_words(near: NearCase) -> str:
    """What the rules say of the two sides, and what differs."""
    here, there = (wording.tier_sentence(one) or f"{TierSaid.of(one).words}." for one in (near.here, near.there))
    return f"By the rules: {here} Now with one answer otherwise: {near.otherwise} Then, by the rules: {there}"
