"""The answers to what one may ask of a suggestion, as pages in the style of the suggestion's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import Rule
from thresholds.language.words import conclusions_in_words
from thresholds.scales import Tier
from thresholds.views import wording
from thresholds.views.household_page import tier_in_short
from thresholds.views.page import Block, Grid, Page, Paragraph, Part, page, part

if TYPE_CHECKING:
    from thresholds.analysis.agenda import Agenda
    from thresholds.analysis.asking import AskNext, LeadsTo, Question
    from thresholds.analysis.changes import Change, Changes, WhatWouldChange
    from thresholds.analysis.stability import Stability
    from thresholds.analysis.why import Why
    from thresholds.analysis.why_not import WhyNot
    from thresholds.suggestion import Suggestion


def why_page(why: Why) -> Page:
    """The page of why."""
    rows = tuple(
        (
            "; ".join(wording.answered(one.about, one.value) for one in derivation.facts),
            _rules(why.suggestion, derivation.rules),
        )
        for derivation in why.derivations
    )
    tier = "this tier" if why.tier is None else f"Tier {why.tier}"
    return _page(
        why.suggestion,
        f"Why {tier}",
        part(
            "What carries it",
            Paragraph(why.said),
            Grid("The smallest sets of known facts that carry it", ("Known", "By these rules"), rows),
            _not_listed(why.more, "set of facts", "sets of facts", why.is_all, "of more facts"),
        ),
    )


def why_not_page(why_not: WhyNot) -> Page:
    """The page of why not."""
    suggestion = why_not.suggestion
    routes = tuple(
        (
            "; ".join(f"{one.about.says}: {one.wanted} ({one.standing.value})" for one in route.missing),
            "; ".join(wording.answered(one.about, one.value) for one in route.met),
            _rules(suggestion, route.rules),
        )
        for route in why_not.routes
    )
    in_the_way = tuple(
        (
            reason.rule.title,
            wording.because(reason.because, suggestion.rule_set.outcomes),
            conclusions_in_words(reason.rule.concludes, {one.name: one for one in suggestion.rule_set.outcomes}),
            wording.source(suggestion, reason.rule),
        )
        for reason in why_not.in_the_way
    )
    return _page(
        suggestion,
        f"Why not Tier {why_not.tier}",
        part(
            "What is missing" if routes else "What stands in the way",
            Paragraph(why_not.said),
            Grid("The routes to it, the nearest first", ("Missing", "Met", "By these rules"), routes),
            Grid("The rules that lead above it", ("What counts", "Because", "Leads to", "Source"), in_the_way),
            _not_listed(why_not.more, "route", "routes", why_not.is_all, "with more pieces missing"),
        ),
    )


def changes_page(changes: WhatWouldChange) -> Page:
    """The page of what would change the tier."""
    most = changes.most_facts
    return _page(
        changes.suggestion,
        "What would change the tier",
        part("About this", Paragraph(changes.said)) if changes.said else None,
        _changes("What could be learnt that raises it", changes.learning_up, most),
        _changes("What could be learnt that lowers it", changes.learning_down, most),
        _changes("What would have to be otherwise for it to be higher", changes.changing_up, most),
        _changes("What would have to be otherwise for it to be lower", changes.changing_down, most),
    )


def _changes(heading: str, changes: Changes, most_facts: int) -> Part:
    rows = tuple((_change(change), _to(change.tier)) for change in changes.listed)
    if not rows:
        beyond = "" if changes.is_all else f" of {most_facts} facts or fewer"
        return Part(heading, (Paragraph(f"There is no such change{beyond}."),))
    blocks: list[Block] = [Grid("The smallest changes", ("Change", "Leads to"), rows)]
    if changes.more:
        blocks.append(Paragraph(f"{changes.more} more, of as few facts, are not listed."))
    return Part(heading, tuple(blocks))


def _change(change: Change) -> str:
    return "; ".join(_from_to(fact, change.before, value) for fact, value in change.after.items())


def _from_to(fact: str, before: Mapping[str, str | int | None], after: str | int) -> str:
    was = before[fact]
    now = "not known" if was is None else wording.value_in_words(FACTS[fact], was)
    return f"{FACTS[fact].says}: {wording.value_in_words(FACTS[fact], after)} (now {now})"


def _to(tier: Tier | None) -> str:
    return "no tier" if tier is None else f"Tier {tier}"


def questions_page(asked: AskNext) -> Page:
    """The page of what to ask next."""
    rows = tuple(question_row(question) for question in asked.questions)
    return _page(
        asked.suggestion,
        "What to ask next",
        part(
            "Questions",
            Paragraph(asked.said),
            Grid("The best first", ("Question", "Who knows", "How to ask", "Answers", "Why ask"), rows),
            Paragraph(wording.more_questions(asked.more)),
        ),
    )


def question_row(question: Question) -> tuple[str, str, str, str, str]:
    """A question with who knows, how to ask, what each answer leads to and why it is asked."""
    fact = question.fact
    return (
        fact.question,
        ", ".join(who.value for who in fact.who_knows),
        fact.ask_safely or "",
        "; ".join(_leads_to(question, one) for one in question.leads_to),
        why_ask(question),
    )


def why_ask(question: Question) -> str:
    """Why a question is asked, in a phrase."""
    said = []
    if question.required:
        said.append("no low tier is suggested before it is answered")
    if question.further == 1:
        said.append("by itself it could lead to Tier 3")
    elif question.further is not None:
        said.append(f"with {question.further - 1} more answer{'s' if question.further > 2 else ''} it could lead to Tier 3")
    elif question.lowest < question.highest:
        said.append(f"it could lead to Tier {question.lowest} to {question.highest}")
    elif question.moves_tier:
        said.append("with other answers it could move the tier")
    others = [move.value for move in question.moves if move.value not in ("tier", "status")]
    if others:
        said.append(f"it moves a {' and a '.join(others)}")
    return "; ".join(said)


def _leads_to(question: Question, one: LeadsTo) -> str:
    low, high = one.lowest, one.highest
    span = f"{low}" if low == high else f"{low} to {high}"
    tier = "no tier yet" if one.tier is None else f"Tier {one.tier}"
    return f"{wording.value_in_words(question.fact, one.answer)}: {tier} (range {span})"


def stability_page(stability: Stability) -> Page:
    """The page of how steady a suggestion is."""
    rows = tuple(
        (
            wording.answered(hinge.about, hinge.value),
            "; ".join(f"{wording.value_in_words(hinge.about, one.value)}: {_to(one.tier)}" for one in hinge.otherwise),
        )
        for hinge in stability.hinges
    )
    said = (
        f"Of the {stability.of} facts that are known, the tier turns on each of these by itself."
        if rows
        else f"No single one of the {stability.of} facts that are known would change the tier if it were wrong."
    )
    return _page(
        stability.suggestion,
        "How steady the suggestion is",
        part("If one answer were wrong", Paragraph(said), Grid("Where the tier turns", ("Known", "If it were"), rows)),
    )


def agenda_page(agenda: Agenda) -> Page:
    """The page of a meeting's order."""
    rows = tuple(
        (
            f"{place}. {item.name}",
            tier_in_short(item.suggestion),
            item.why_here,
            "" if item.ask is None else item.ask.fact.question,
            "" if item.ask is None else ", ".join(who.value for who in item.ask.fact.who_knows),
            "" if item.ask is None else item.ask.fact.ask_safely or "",
        )
        for place, item in enumerate(agenda.items, 1)
    )
    return page(
        "Order of cases",
        first=(
            Paragraph(
                "Who could still need Tier 3 comes first, the nearest to it before the others. What is at Tier 3, or in "
                "danger, waits for no meeting: its own suggestion says where it goes today."
            ),
        ),
        parts=(
            part(
                "Cases",
                Grid(
                    "In this order", ("Case", "Suggested", "Here because", "Settle by asking", "Who knows", "How to ask"), rows
                ),
            ),
            part("About this order", Paragraph(wording.ADVICE_LINE, strong=True)),
        ),
    )


def _rules(suggestion: Suggestion, rules: Iterable[Rule]) -> str:
    outcomes = {outcome.name: outcome for outcome in suggestion.rule_set.outcomes}
    return "; ".join(
        f"{rule.title} ({conclusions_in_words(rule.concludes, outcomes)}; {wording.source(suggestion, rule)})"
        for rule in rules
    )


def _not_listed(more: int, one: str, many: str, is_all: bool, beyond: str) -> Paragraph | None:
    """That there are others, where there are: a limit is never reached in silence."""
    said = []
    if more:
        said.append(f"{more} more {one if more == 1 else many} {'is' if more == 1 else 'are'} not listed.")
    if not is_all:
        said.append(f"There may be others {beyond}.")
    return Paragraph(" ".join(said)) if said else None


def _page(suggestion: Suggestion, title: str, *parts: Part | None) -> Page:
    name = f", for {suggestion.reference}" if suggestion.reference else ""
    return page(
        title + name,
        first=(Paragraph(wording.headline(suggestion), strong=True), Paragraph(wording.range_sentence(suggestion))),
        parts=(*parts, part("About this answer", Paragraph(wording.ADVICE_LINE, strong=True))),
    )
