"""The sentences that more than one page says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.facts.vocabulary import FACTS, Fact
from thresholds.language.rules import Outcome, Rule
from thresholds.language.words import in_years, spoken
from thresholds.reasons import FactSupport, Reason, Support
from thresholds.scales import Basis, Status, Tier
from thresholds.version import __version__

if TYPE_CHECKING:
    from thresholds.facts.case import Case
    from thresholds.suggestion import Suggestion

ADVICE_LINE = "Suggested tier, for a qualified practitioner to consider. It is not a decision."
NOT_OURS = (Basis.OTHER_BOARD, Basis.PRACTICE)


def headline(suggestion: Suggestion) -> str:
    """The suggestion in a sentence or two: what it is, the tier, and how far suspicion carries it."""
    said = [sentence for sentence in (_status_sentence(suggestion), tier_sentence(suggestion)) if sentence]
    return " ".join(said)


def _status_sentence(suggestion: Suggestion) -> str:
    match suggestion.status:
        case Status.ACT_FIRST:
            return "Act first: someone is in danger today."
        case Status.NOT_FOR_THIS_TOOL:
            why = "; ".join(given.rule.title for given in suggestion.status_reasons)
            return f"Not a question of thresholds: {why[:1].lower()}{why[1:]}."
        case Status.TOO_LITTLE_KNOWN:
            return "No tier is suggested: too little is known."
        case _:
            return ""


def tier_sentence(suggestion: Suggestion) -> str:
    """The tier and how far suspicion carries it: "At least Tier 2B; on confirmed facts alone 2A. Suspicion ..."."""
    tier, confirmed = suggestion.tier, suggestion.confirmed_tier
    if tier is None:
        return ""
    highest = suggestion.range.highest
    said = f"Tier {tier}" if highest == tier else f"At least Tier {tier}"
    if confirmed == tier:
        return f"{said}."
    alone = "too little is known for a tier" if confirmed is None else confirmed
    return f"{said}; on confirmed facts alone {alone}. Suspicion is enough to act."


def range_sentence(suggestion: Suggestion) -> str:
    """What the unknown could make of the tier; empty where no range is given."""
    lowest, highest = suggestion.range
    if lowest is None or highest is None:
        return ""
    tier = suggestion.tier
    if tier is None:
        if suggestion.status is not Status.TOO_LITTLE_KNOWN:
            return f"Too little is known for a tier: it could be anything from {lowest} to {highest}."
        return (
            f"It could be anything from Tier {lowest} to {highest}. What is known would come to Tier {lowest}, and a low tier "
            "that rests on questions nobody has answered would mislead."
        )
    if lowest == highest:
        return "Nothing that is not known would change the tier."
    ends = []
    if lowest < tier:
        ends.append(f"as low as {lowest} if what protects were established")
    if highest > tier:
        ends.append(f"as high as {highest}")
    return f"With what is not known it could be {' or '.join(ends)}."


def routes_sentence(suggestion: Suggestion) -> str:
    """The routes and the concerns; empty where there are none."""
    said = []
    if suggestion.routes:
        said.append(f"Route: {', '.join(map(spoken, suggestion.routes))}.")
    if suggestion.concerns:
        said.append(f"Concerns about: {', '.join(map(spoken, suggestion.concerns))}.")
    return " ".join(said)


def stage_sentence(suggestion: Suggestion) -> str:
    """How old the child is."""
    age, stage = suggestion.case.age_months, suggestion.stage
    if age is None:
        return "Age: not known."
    if stage is None:
        return f"Age: {in_years(age)}."
    years, months = divmod(age, 12)
    if age < 0:
        return "Age: unborn."
    parts = [in_years(12 * years)] if years else []
    parts += [in_years(months)] if months or not years else []
    return f"Age: {' '.join(parts)}, {stage.label}."


def known_sentence(suggestion: Suggestion) -> str:
    """How much is known."""
    facts, of = suggestion.known
    return f"Known: {facts} of the {of} facts that could bear on the tier."


def rests_on_sentence(suggestion: Suggestion) -> str:
    """That the tier rests on nothing of Hackney's own, where that is so; else empty."""
    bases = suggestion.rests_on
    if suggestion.tier is None or not bases or any(basis not in NOT_OURS for basis in bases):
        return ""
    return f"The tier rests only on {' and on '.join(basis.label for basis in bases)}."


def rule_set_sentence(suggestion: Suggestion) -> str:
    """Which rules gave the suggestion, and that they are a draft where they are."""
    rule_set = suggestion.rule_set
    return f"Rule set {rule_set.id} {rule_set.version} ({rule_set.status}), {rule_set.digest[:19]}; thresholds {__version__}."


def marks_sentence(bases: Iterable[Basis]) -> str:
    """What the marks beside sources mean, the surest first; empty where there are none."""
    marked = set(bases)
    marks = [f"[{basis.mark}] {basis.label}" for basis in Basis if basis in marked]
    return f"The marks: {'; '.join(marks)}." if marks else ""


def pathways_sentence(suggestion: Suggestion) -> str:
    """As of when the pathways are."""
    on = suggestion.rule_set.pathways_on
    return f"As things stood on {on.day} {on:%B %Y}. Check what exists now, where you are."


def because(supports: Iterable[Support], outcomes: Iterable[Outcome]) -> str:
    """What a reason rests on, as a phrase."""
    labels = {outcome.name: outcome.label for outcome in outcomes}
    return "; ".join(_support(support, labels) for support in supports)


def _support(support: Support, labels: dict[str, str]) -> str:
    if isinstance(support, FactSupport):
        return answered(support.about, support.value)
    if support.includes is None:
        return f"{labels[support.outcome]} {support.at_least} or higher"
    return f"{labels[support.outcome]}: {spoken(support.includes)}"


def answered(fact: Fact, value: str | int | None) -> str:
    """A fact and its answer."""
    return f"{fact.says}: {'not known' if value is None else value_in_words(fact, value)}"


def value_in_words(fact: Fact, value: str | int) -> str:
    """An answer as it is said: "yes", "3", "18 months"."""
    if fact.name == "age_months" and isinstance(value, int):
        return in_years(value) if value >= 0 else "unborn"
    return spoken(str(value))


def tier_in_words(tier: Tier | None) -> str:
    """A tier as it is said: "Tier 2A", "no tier"."""
    return "no tier" if tier is None else f"Tier {tier}"


def case_in_short(case: Case) -> str:
    """What is known of a case, on one line, in words; of many answers that are no, how many they are."""
    known = case.known()
    denied = [name for name, answer in known.items() if answer == "no"]
    left_out = denied if len(denied) > _MOST_DENIED else []
    said = [answered(FACTS[name], answer) for name, answer in known.items() if name not in left_out]
    return "; ".join([*said, *([f"{len(left_out)} more questions answered no"] if left_out else [])]) or "nothing known"


_MOST_DENIED = 3


def source(suggestion: Suggestion, rule: Rule) -> str:
    """Where a rule comes from, and how sure that is."""
    work, citation = suggestion.rule_set.sources[rule.source.work], rule.source
    return f"{work.short}: {citation.at} [{citation.basis.mark}]"


def caveats(reason: Reason) -> str:
    """What to know of a reason that counts: that it is only suspected, that it may be excepted, that it need not raise."""
    said = []
    if reason.suspected_only:
        said.append("on suspicion; not on confirmed facts alone.")
    if reason.exception == "open":
        said.append("Its exception is open: nobody has established what would protect.")
    if reason.rule.discretion:
        said.append('The source says "can": it is counted here, and the tier without it is given under the matrix.')
    if reason.rule.note:
        said.append(reason.rule.note.strip())
    if reason.rule.disagreement:
        said.append(f"Sources disagree: {reason.rule.disagreement}")
    text = " ".join(said)
    return text[:1].upper() + text[1:]


def more_questions(number: int) -> str:
    """That so many questions are not shown; empty where all are."""
    return f"{number} more question{'' if number == 1 else 's'} could matter." if number else ""


def conflict(facts: Iterable[str], reading: str) -> str:
    """Answers that do not go together, and how they were read."""
    return f"{' / '.join(FACTS[name].says for name in facts)}. {reading}"
