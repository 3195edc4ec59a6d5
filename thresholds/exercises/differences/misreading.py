"""What a learner says that a text says, and it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thresholds.exercises.answer import LearnersAnswer
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.unfolding import Moment
from thresholds.facts.declaring import Kind
from thresholds.facts.record import POSITIONS
from thresholds.facts.vocabulary import FACTS, Polarity

AGE = "age_months"
Answers = Mapping[str, str | int | None]
"""Facts, each with the answer that a text gives or that somebody reads in it; None where there is none."""
MISREADINGS = (
    DifferenceKind.UNKNOWN_AS_NO,
    DifferenceKind.SUSPICION_AS_CERTAINTY,
    DifferenceKind.SUSPICION_AS_NOTHING,
    DifferenceKind.FACT_READ_IN,
    DifferenceKind.FACT_MISSED,
)


def misread(moment: Moment, answer: LearnersAnswer) -> dict[DifferenceKind, list[str]]:
    """The facts that were named with an answer that is not the text's, by the kind of misreading."""
    found: dict[DifferenceKind, list[str]] = {kind: [] for kind in MISREADINGS}
    is_higher = _is_higher(moment, answer)
    for name, cited in answer.cited().items():
        if cited is None and is_higher and _is_denied_risk(moment, name):
            found[DifferenceKind.FACT_READ_IN].append(name)
        elif (kind := _misreading(moment, name, cited)) is not None:
            found[kind].append(name)
    return found


def _is_higher(moment: Moment, answer: LearnersAnswer) -> bool:
    """Whether the learner's tier is above what the text comes to by the rules. Who is at or below it may name a risk to say
    that it is not there; above it, to name a risk is to say that it is."""
    suggestion = moment.suggestion
    found = suggestion.evaluation.suggested[suggestion.rule_set.outcome_positions["tier"]]
    return answer.said.tier is not None and answer.said.tier > found


def _is_denied_risk(moment: Moment, name: str) -> bool:
    return FACTS[name].polarity is Polarity.RISK and moment.suggestion.case.record[POSITIONS[name]] == 0


def _misreading(moment: Moment, name: str, cited: str | int | None) -> DifferenceKind | None:
    fact, read = FACTS[name], moment.suggestion.case.record[POSITIONS[name]]
    if read is None:
        if cited == "suspected" and name in moment.left_open:
            return None  # a suspicion of what the text leaves open on purpose is a reading of it, and no misreading
        denied = cited is not None and fact.kind is not Kind.CHOICE and name != AGE and not said_of(name, cited)
        return DifferenceKind.UNKNOWN_AS_NO if denied else DifferenceKind.FACT_READ_IN
    if cited is None:
        return None
    said = said_of(name, cited)
    if said == read:
        return None
    if fact.kind is Kind.ANSWER and read == 1:
        return DifferenceKind.SUSPICION_AS_CERTAINTY if said else DifferenceKind.SUSPICION_AS_NOTHING
    another = fact.kind in (Kind.CHOICE, Kind.AGE)
    return DifferenceKind.FACT_READ_IN if another or said > read else DifferenceKind.FACT_MISSED


def said_of(name: str, answer: str | int) -> int:
    """An answer as the small integer that a record holds."""
    words = FACTS[name].words
    return int(answer) if words is None else next(int(word) for word in words if word.word == answer)


def as_cited(answer: LearnersAnswer, names: Iterable[str]) -> Answers:
    """These facts with the answers that the learner gives them; where they give none, as found."""
    cited: dict[str, str | int | None] = {}
    given_by_name = answer.cited()
    for name in names:
        given, fact = given_by_name[name], FACTS[name]
        if given is None and fact.kind in (Kind.CHOICE, Kind.AGE):
            continue
        cited[name] = (1 if fact.words is None else "yes") if given is None else given
    return cited
