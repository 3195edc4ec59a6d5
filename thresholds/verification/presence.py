"""What a rule set can do: every tier reached at every stage, every rule able to count, and to decide something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from thresholds.evaluation.findings import Outcomes
from thresholds.evaluation.reference import advise, evaluate, find
from thresholds.facts.record import Record
from thresholds.language.rules import CircleError, Rule, RuleSet, derive_steps
from thresholds.scales import Reading, Stage, Tier
from thresholds.verification.given import GivenTier, replay
from thresholds.verification.meaning import SymbolicAdvice, SymbolicFindings, without_discretion
from thresholds.verification.results import Result, TranslationError, Verdict
from thresholds.verification.solver import z3
from thresholds.verification.symbols import Formula, at_stage
from thresholds.verification.worlds import View, World, above


def check_order(rule_set: RuleSet) -> Result:
    """Whether the rules can be put in an order; where they cannot, nothing else can be said of them."""
    sentence, over = "The rules can be put in an order: none waits for its own conclusion.", f"{len(rule_set.findings)} rules"
    try:
        derive_steps(rule_set)
    except CircleError as error:
        return Result("order", sentence, Verdict.REFUTED, over, (_first_upper(f"{error}."),))
    return Result("order", sentence, Verdict.PROVED, over)


def check_tiers(rule_set: RuleSet, world: World, solver: Any) -> Result:
    """Whether `suggest` gives every tier in some case of every stage."""
    findings, given = world.findings(View(0, Reading.SUGGESTED, rule_set)), GivenTier(rule_set, world)
    notes, is_decided = [], True
    for stage in Stage:
        of_stage = at_stage(world.case.entries, stage)
        for tier in Tier:
            answer = solver.check(of_stage, given.is_given(tier))
            if answer == z3.unsat:
                notes.append(_unreached(rule_set, findings, solver, stage, tier, of_stage))
            elif answer == z3.sat:
                replay(world.case_in(solver.model()), rule_set, tier)
            else:
                is_decided = False
    verdict = Verdict.REFUTED if notes else Verdict.PROVED if is_decided else Verdict.NOT_DECIDED
    over = f"{len(Tier)} tiers, {len(Stage)} stages"
    return Result("tiers", "Every tier can be suggested at every stage.", verdict, over, tuple(notes))


def _unreached(rule_set: RuleSet, findings: SymbolicFindings, solver: Any, stage: Stage, tier: Tier, of_stage: Formula) -> str:
    """A tier that no case of a stage comes to, and why."""
    if solver.check(of_stage, findings.is_tier(tier)) == z3.sat:
        return f"Tier {tier} is never given at the stage {stage.label}: where the rules come to it, it is withheld."
    concluding = [
        position
        for position, rule in enumerate(rule_set.findings)
        if any(conclusion.outcome == "tier" and conclusion.value == tier for conclusion in rule.concludes)
    ]
    counting = [p for p in concluding if solver.check(of_stage, findings.counts[p]) == z3.sat]
    if counting:
        ids = ", ".join(rule_set.findings[position].id for position in counting)
        why = f"wherever a rule that concludes it counts ({ids}), another concludes more"
    elif concluding:
        why = "none of the rules that conclude it can count at this stage"
    else:
        why = "no rule concludes it"
    return f"Tier {tier} is never suggested at the stage {stage.label}: {why}."


def check_counting(rule_set: RuleSet, world: World, solver: Any) -> Result:
    """Whether every rule counts in some possible case, advice too."""
    dead, unknown = list[str](), 0
    for rule, counts in _counting(rule_set, world):
        answer = solver.check(counts)
        if answer == z3.sat:
            record = world.read(solver.model()).records[0]
            if not _counts(rule_set, rule, record):
                raise TranslationError(f"The solver makes {rule.id} count, and the interpreter does not.")
        elif answer == z3.unsat:
            dead.append(rule.id)
        else:
            unknown += 1
    notes = tuple(f"{name} counts in no possible case: what it asks for is never so together." for name in dead)
    verdict = Verdict.REFUTED if dead else Verdict.NOT_DECIDED if unknown else Verdict.PROVED
    over = f"{len(rule_set.findings)} rules that find, {len(rule_set.current_advice)} that advise"
    return Result("can-count", "Every rule counts in some possible case.", verdict, over, notes)


def _counting(rule_set: RuleSet, world: World) -> Iterator[tuple[Rule, Formula]]:
    findings = {reading: world.findings(View(0, reading, rule_set)) for reading in Reading}
    for position, counts in findings[Reading.SUGGESTED].counts.items():
        yield rule_set.findings[position], counts
    advice = SymbolicAdvice(rule_set, world.record, findings)
    for rule in rule_set.current_advice:
        yield rule, advice.holds(rule.when)


def _counts(rule_set: RuleSet, rule: Rule, record: Record) -> bool:
    evaluation = evaluate(rule_set, record)
    if rule.advises:
        return rule_set.current_advice.index(rule) in advise(rule_set, evaluation)
    return rule_set.findings.index(rule) in evaluation.counting


def check_deciding(rule_set: RuleSet, world: World, solver: Any) -> Result:
    """Whether every rule that finds decides something in some possible case: without it, an outcome would be lower.

    One that never does is implied by others; those that imply it alone are named.
    """
    sentence = "Every rule decides something in some possible case, or is implied by others and listed."
    over = f"{len(rule_set.findings)} rules"
    if not rule_set.findings:
        return Result("can-decide", sentence, Verdict.PROVED, over)
    off = {position: z3.Bool(f"off.{position}") for position in range(len(rule_set.findings))}
    findings = world.findings(View(0, Reading.SUGGESTED, rule_set))
    without = SymbolicFindings(rule_set, world.record, Reading.SUGGESTED, switched_off=off)
    plain, plain_without = (without_discretion(rule_set, world.record, switched) for switched in (None, off))
    solver.push()
    solver.add(z3.AtMost(*off.values(), 1), z3.Or(above(findings, without), above(plain, plain_without)))
    implied, unknown = list[int](), 0
    for position, is_off in off.items():
        answer = solver.check(is_off)
        if answer == z3.sat:
            _replay_deciding(rule_set, world.read(solver.model()).records[0], position)
        elif answer == z3.unsat:
            implied.append(position)
        else:
            unknown += 1
    solver.pop()
    notes = tuple(_implied(rule_set, findings, solver, position) for position in implied)
    verdict = Verdict.NOT_DECIDED if unknown else Verdict.NOTED if implied else Verdict.PROVED
    return Result("can-decide", sentence, verdict, over, notes)


def _replay_deciding(rule_set: RuleSet, record: Record, position: int) -> None:
    may = frozenset(place for place, rule in enumerate(rule_set.findings) if rule.discretion)
    left_out: tuple[frozenset[int], ...] = (frozenset(), may)
    if all(_without(rule_set, record, some) == _without(rule_set, record, some | {position}) for some in left_out):
        raise TranslationError(f"The solver lets {rule_set.findings[position].id} decide, and the interpreter does not.")


def _without(rule_set: RuleSet, record: Record, left_out: frozenset[int]) -> Outcomes:
    return find(rule_set, record, Reading.SUGGESTED, left_out=left_out).outcomes


def _implied(rule_set: RuleSet, findings: SymbolicFindings, solver: Any, position: int) -> str:
    rule = rule_set.findings[position]
    implying = [
        other.id
        for at, other in enumerate(rule_set.findings)
        if at != position
        and _concludes_as_much(rule_set, other, rule)
        and solver.check(findings.counts[position], z3.Not(findings.counts[at])) == z3.unsat
    ]
    by = f"wherever it counts, so does {' and '.join(implying)}" if implying else "others together conclude as much"
    return f"{rule.id} never decides: {by}."


def _concludes_as_much(rule_set: RuleSet, one: Rule, other: Rule) -> bool:
    return all(_reach(rule_set, one).get(key, -1) >= value for key, value in _reach(rule_set, other).items())


def _reach(rule_set: RuleSet, rule: Rule) -> Mapping[object, int]:
    """How high a rule makes each scale stand, and which members it adds."""
    reach: dict[object, int] = {}
    for conclusion in rule.concludes:
        if rule_set.scale(conclusion.outcome) is None:
            reach[conclusion.outcome, conclusion.value] = 1
            continue
        for name in rule_set.raised_with[conclusion.outcome]:
            reach[name] = max(conclusion.value, reach.get(name, 0))
    return reach


def _first_upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
