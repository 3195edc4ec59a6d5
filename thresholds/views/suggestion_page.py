"""A suggestion as a page that a practitioner reads from the top."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thresholds.facts.vocabulary import FACTS
from thresholds.language.words import conclusions_in_words
from thresholds.reasons import Reason
from thresholds.scales import Status
from thresholds.views import wording
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

if TYPE_CHECKING:
    from thresholds.analysis.asking import Question
    from thresholds.suggestion import AdviceGiven, Suggestion

_QUESTIONS_SHOWN = 8


def suggestion_page(suggestion: Suggestion, name: str | None = None) -> Page:
    """The page of a suggestion, for the child of this name (else of the reference of the case)."""
    name = name or suggestion.reference
    deciding = [reason for reason in suggestion.reasons if reason.decisive]
    others = [reason for reason in suggestion.reasons if not reason.decisive]
    title = "Suggested tier" + (f" for {name}" if name else "")
    return page(
        title,
        first=(
            Paragraph(wording.headline(suggestion), strong=True),
            Bullets(tuple(first_steps(suggestion))),
            Paragraph(" ".join(filter(None, _standing(suggestion)))),
        ),
        parts=(
            part("Still to be answered", *_unanswered(suggestion)),
            part("Why", _reasons(suggestion, deciding, "The rules that decide the tier")),
            part("Also found" if deciding else "Found", _reasons(suggestion, others, "The other rules that count")),
            part("Domestic violence matrix", _matrix(suggestion)),
            part("What tempers", _tempered(suggestion)),
            part("Answers that do not go together", Bullets(tuple(wording.conflict(*one) for one in _conflicts(suggestion)))),
            part("What is open and would matter", *_open(suggestion)),
            part("Where this goes", *_pathways(suggestion)),
            part("To be done whatever the tier", _advice(suggestion.duties)),
            part("How risk is held, and what brings it back", _advice(suggestion.holding)),
            part("To think of", _advice(suggestion.prompts)),
            part("What the referral lacks", _advice(suggestion.referral_gaps)),
            part("Sources", *_sources(suggestion)),
            _about(suggestion),
        ),
    )


def first_steps(suggestion: Suggestion) -> Iterable[str]:
    """What the rules that give the status say to do: it cannot wait until the end of a page."""
    giving = {given.rule.id for given in suggestion.status_reasons}
    return (given.advice.text for given in suggestion.pathways if given.rule.id in giving)


def _standing(suggestion: Suggestion) -> Iterable[str]:
    yield wording.range_sentence(suggestion)
    yield wording.routes_sentence(suggestion)
    yield wording.rests_on_sentence(suggestion)
    yield wording.stage_sentence(suggestion)
    yield wording.known_sentence(suggestion)


def _unanswered(suggestion: Suggestion) -> Iterable[Block]:
    if suggestion.tier is not None or suggestion.status is Status.NOT_FOR_THIS_TOOL:
        return
    yield Paragraph("Before a low tier may be suggested for this child, it has to be known:")
    yield _questions(
        [question for question in suggestion.ask_next().questions if question.required], "What has to be known first"
    )
    behind = [FACTS[name].says for name in suggestion.unanswered if getattr(suggestion.case, name)]
    yield Bullets(tuple(f"Found, and nothing more is known of it: {says}." for says in behind))


def _reasons(suggestion: Suggestion, reasons: Iterable[Reason], caption: str) -> Grid:
    outcomes = {outcome.name: outcome for outcome in suggestion.rule_set.outcomes}
    rows = tuple(
        (
            reason.rule.title,
            wording.because(reason.because, suggestion.rule_set.outcomes),
            conclusions_in_words(reason.rule.concludes, outcomes),
            wording.caveats(reason),
            wording.source(suggestion, reason.rule),
        )
        for reason in reasons
    )
    return Grid(caption, ("What counts", "Because", "Leads to", "Note", "Source"), rows)


def _matrix(suggestion: Suggestion) -> Block | None:
    dv = suggestion.dv
    if dv is None or not dv.highest:
        return None
    if not dv.scale_for_child:
        return Paragraph(
            "Nothing is known that the matrix would count, and that there is nothing is not established: "
            f"{FACTS['asked_alone_and_safely'].question} It could come to scale {dv.highest.label}."
        )
    raised = dv.scale_for_child > dv.scale
    items = [f"Scale found: {dv.scale.label}."]
    items.append(f"For this child: {dv.scale_for_child.label}{', raised' if raised else ''}.")
    if dv.lowest != dv.highest:
        items.append(f"With what is not known, for this child: {dv.lowest.label} to {dv.highest.label}.")
    if dv.without_raise is not None:
        items.append(f'Without the raise, which the matrix leaves to judgement ("can"): Tier {dv.without_raise}.')
    return Bullets(tuple(items))


def _tempered(suggestion: Suggestion) -> Grid:
    outcomes = {outcome.name: outcome for outcome in suggestion.rule_set.outcomes}
    rows = tuple(
        (
            reason.rule.title,
            wording.because(reason.because, suggestion.rule_set.outcomes),
            conclusions_in_words(reason.rule.concludes, outcomes),
            wording.because(reason.tempered_by, suggestion.rule_set.outcomes),
            wording.source(suggestion, reason.rule),
        )
        for reason in suggestion.tempered
    )
    columns = ("What would count", "Because", "Would lead to", "Tempered by", "Source")
    return Grid("Rules that would count but for something that protects", columns, rows)


def _conflicts(suggestion: Suggestion) -> Iterable[tuple[tuple[str, ...], str]]:
    return ((conflict.facts, conflict.reading) for conflict in suggestion.conflicts)


def _open(suggestion: Suggestion) -> Iterable[Block]:
    if suggestion.tier is None or suggestion.status is Status.SETTLED:
        return
    asked = suggestion.ask_next(_QUESTIONS_SHOWN)
    yield _questions([question for question in asked.questions if question.moves_tier], "What to ask next")
    yield Paragraph(wording.more_questions(asked.more))


def _questions(questions: Iterable[Question], caption: str) -> Grid:
    rows = tuple(_question(question) for question in questions)
    return Grid(caption, ("Question", "Who knows", "Could lead to", "How to ask"), rows)


def _question(question: Question) -> tuple[str, str, str, str]:
    tiers = f"Tier {question.lowest}" + (f" to {question.highest}" if question.lowest < question.highest else "")
    fact = question.fact
    return fact.question, ", ".join(who.value for who in fact.who_knows), tiers, fact.ask_safely or ""


def _pathways(suggestion: Suggestion) -> Iterable[Block]:
    if suggestion.pathways:
        yield Paragraph(wording.pathways_sentence(suggestion))
    rows = tuple((given.advice.text, given.advice.expected_response, given.rule.title) for given in suggestion.pathways)
    yield Grid("Where this goes, and what to expect there", ("Where", "Expect", "Why"), rows)


def _advice(given: Iterable[AdviceGiven]) -> Bullets:
    return Bullets(tuple(one.advice.text for one in given))


def _sources(suggestion: Suggestion) -> Iterable[Block]:
    """The works cited, and what the marks beside them mean."""
    cited = [reason.rule.source for reason in (*suggestion.reasons, *suggestion.tempered)]
    sources = [suggestion.rule_set.sources[work] for work in dict.fromkeys(citation.work for citation in cited)]
    yield Grid(
        "The works that the reasons cite",
        ("Called", "Title", "Address", "Seen"),
        tuple((source.short, source.title, source.address, source.seen) for source in sources),
    )
    yield Paragraph(wording.marks_sentence(citation.basis for citation in cited))


def _about(suggestion: Suggestion) -> Part | None:
    return part(
        "About this suggestion",
        Paragraph(wording.ADVICE_LINE, strong=True),
        Paragraph(wording.rule_set_sentence(suggestion)),
    )
