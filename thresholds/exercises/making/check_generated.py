"""Makes many cases near a threshold and looks at each again, by the interpreter that is the specification.

`python -m thresholds.exercises.making.check_generated --count 1000 --seed 1` prints what was found. Exit code 1: a
fault.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thresholds.evaluation.reference import find
from thresholds.exercises.making.alike import likeness
from thresholds.exercises.making.gainsaid import gainsays_itself
from thresholds.exercises.making.generated import make
from thresholds.exercises.making.lived import is_older_than_the_child
from thresholds.exercises.making.near_case import NearCase
from thresholds.exercises.making.telling import differing, tells_something
from thresholds.facts.case import Case
from thresholds.facts.record import encode, impossible
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.required import unanswered
from thresholds.scales import Reading, Tier
from thresholds.suggestion import DEFAULT_RULE_SET


@dataclass(frozen=True)
class Checked:
    """How many cases were looked at, between which tiers, at which stages, on how many facts they turn, and what is wrong."""

    cases: int
    between: Counter[tuple[str, str]]
    stages: Counter[str]
    facts: int
    wrong: tuple[str, ...]


def check(made: Iterable[NearCase]) -> Checked:
    """Whether each case is possible, agrees with itself and is told; is one answer from another tier; and none comes twice."""
    between, stages = Counter[tuple[str, str]](), Counter[str]()
    seen: set[frozenset[tuple[str, str | int]]] = set()
    facts: set[str] = set()
    wrong: list[str] = []
    number = 0
    for number, near in enumerate(made, 1):
        wrong += [f"case {number}: {one}" for one in _wrong_with(near)]
        sides = {likeness(side.case.known()) for side in (near.here, near.there)}
        if seen & sides:
            wrong.append(f"case {number}: comes twice")
        seen |= sides
        between[str(near.here.tier), str(near.there.tier)] += 1
        stages[near.here.stage.word if near.here.stage is not None else "none"] += 1
        facts.add(near.fact)
    return Checked(number, between, stages, len(facts), tuple(wrong))


def _wrong_with(near: NearCase) -> Iterator[str]:
    if list(differing(near.here.case, near.there.case)) != [near.fact]:
        yield "the two sides differ in more or less than one answer"
    tiers = [_tier(side.case, side.rule_set) for side in (near.here, near.there)]
    if None in tiers or tiers[0] == tiers[1]:
        yield "the two sides are not in two tiers"
    if tiers != [near.here.tier, near.there.tier]:
        yield "the interpreter finds other tiers"
    for side in (near.here, near.there):
        if impossible(side.case.__dict__) or side.case.conflicts:
            yield "there can be no such record"
        if gainsays_itself(side.case.known()):
            yield "what is answered no is gainsaid"
        if is_older_than_the_child(side.case.known()):
            yield "the worry is older than the child"
        if not tells_something(side.case):
            yield "nothing is told but what is not so"
    if near.told == near.exercises()[1].vignette or "_" in near.told + near.otherwise:
        yield "it is not told"


def _tier(case: Case, rule_set: RuleSet) -> Tier | None:
    """The tier by the interpreter; None where it gives none."""
    record = encode({name: case.__dict__[name] for name in FACTS})
    tier = Tier(find(rule_set, record, Reading.SUGGESTED).outcomes[rule_set.outcome_positions["tier"]])
    return None if tier is Tier.ONE and unanswered(rule_set, record) else tier


def main() -> None:
    """Make and check as many as wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule-set", default=DEFAULT_RULE_SET)
    given = parser.parse_args()
    done = check(make(count=given.count, seed=given.seed, rule_set=given.rule_set))
    print(f"{done.cases} cases near a threshold, by {given.rule_set}, seed {given.seed}; they turn on {done.facts} facts.")
    print("Between: " + ", ".join(f"{one} and {other} {often}" for (one, other), often in sorted(done.between.items())))
    print("Stages: " + ", ".join(f"{stage} {often}" for stage, often in sorted(done.stages.items())))
    print("\n".join(done.wrong) or "All are possible and different, and each is one answer from another tier.")
    sys.exit(1 if done.wrong else 0)


if __name__ == "__main__":
    main()
