"""Exercises made in a test, and chance cases with answers to them."""

from __future__ import annotations

from thresholds import FACTS, Case, suggest
from thresholds.exercises.exercise import Exercise
from thresholds.facts.record import encode, impossible
from thresholds.facts.vocabulary import Polarity
from thresholds.scales import Stage


def exercise(facts, rule_set="hackney-2011", **more):
    """An exercise with these facts, and what the rules make of them."""
    suggestion = suggest(facts, rule_set)
    gives = {"status": suggestion.status, "tier": suggestion.tier}
    written = {
        "id": "made-in-a-test",
        "title": "Made in a test",
        "made_up": True,
        "stage": suggestion.stage or Stage.OLDER_ADOLESCENT,
        "level": 1,
        "themes": ["neglect"],
        "agencies": ["gp"],
        "vignette": "A child.",
        "facts": facts,
        "gives": gives,
        "learning_points": ["One."],
    }
    return Exercise.model_validate({**written, **more})


def chance_case(chance):
    """A possible case whose answers agree: some facts of one stage, and now and then the rest answered no."""
    stage = chance.choice(list(Stage))
    asked = [fact for fact in FACTS.values() if stage in fact.stages and fact.section != "The referral"]
    while True:
        values = {"age_months": chance.randint(*stage.months)}
        if chance.random() < 0.15:
            values |= {fact.name: 0 for fact in asked if fact.polarity is Polarity.RISK and chance.random() < 0.9}
            values["asked_alone_and_safely"] = 1
        for fact in chance.sample(asked, chance.randint(0, 5)):
            if fact.name != "age_months":
                highest = min(fact.highest, fact.lowest + 6)
                values[fact.name] = chance.choice(
                    [int(w) for w in fact.words] if fact.words else range(fact.lowest, highest + 1)
                )
        if not impossible(values):
            case = Case(**{name: FACTS[name].written(value) for name, value in values.items()})
            if not case.conflicts:
                return case


def as_values(case):
    """The answers of a case as small integers."""
    return {name: case.__dict__[name] for name in case.known()}


def open_facts(case):
    """The facts that are truly open."""
    return [name for name, value in zip(FACTS, encode(as_values(case)), strict=True) if value is None]
