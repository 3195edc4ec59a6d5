"""The report of an audit: process by process, the questions, what was observed, and recommendations as prompts.

It is laid out like the report of July 2011: each service or panel in turn, the seven questions with how many cases had which
reply, what auditors noted beyond them, and at the end what to think about. What to do is for people to decide: the prompts
ask, and never recommend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thresholds.audits.audited import AuditedCase, Seen
from thresholds.audits.judgements import Question, Reply
from thresholds.comparison.compared import Called, ComparedCase
from thresholds.facts.vocabulary import FACTS
from thresholds.language.words import spoken
from thresholds.scales import Status
from thresholds.views.comparison_page import about, captioned, comparison_parts, in_short, label_sentence
from thresholds.views.estimates import with_method
from thresholds.views.page import Bullets, Grid, Page, Paragraph, Part, page, part
from thresholds.views.wording import number_of, sentence, tier_in_words

if TYPE_CHECKING:
    from thresholds.comparison.comparing import Comparison

_DIFFER = "the auditors differ"
_REPLIES = (*Reply, _DIFFER)
_MOST_FACTS = 10


def audit_report(comparison: Comparison) -> Page:
    """The report of an audit as a page."""
    cases = comparison.cases
    return page(
        f"Report of an audit: {comparison.audit.name}",
        first=(Paragraph(label_sentence(comparison.label), strong=True), Paragraph(in_short(comparison))),
        parts=(
            part("How it was done", Bullets(tuple(_how(comparison)))),
            part("What this sample cannot show", Bullets(comparison.cannot_show)),
            *(_process(comparison, process) for process in comparison.audit.processes),
            part("Auditors and rules", Paragraph("What follows sets the auditors' tiers beside those of the rules.")),
            *comparison_parts(comparison),
            part("What the records leave open most often", _open_most_often(cases, comparison.label)),
            part("To think about", Paragraph(_PROMPTS_SAID), Bullets(tuple(_prompts(comparison)))),
            part("About this page", *about(comparison.rule_set, names_cases=True)),
        ),
    )


_PROMPTS_SAID = "Questions for those who can change something. They follow from counts, and recommend nothing by themselves."


def _how(comparison: Comparison) -> Iterator[str]:
    audit = comparison.audit
    processes = number_of(len(audit.processes), "process", "processes")
    yield f"{number_of(len(audit.cases), 'case')} of {processes}: {', '.join(map(spoken, audit.processes))}."
    seen = Counter(case.seen for case in audit.cases)
    yield (
        f"Judged from paper alone: {seen[Seen.PAPER]}; somebody who worked with the family was spoken to: "
        f"{seen[Seen.PRACTITIONER]}; not recorded: {seen[None]}."
    )
    judged = Counter(_by_whom(case) for case in audit.cases)
    yield "; ".join(f"{'J' if not place else 'j'}udged by {who}: {judged[who]}" for place, who in enumerate(_WHO)) + "."
    followed = sum(bool(case.follow_up) for case in audit.cases)
    yield f"What came after is known of {followed}."


_WHO = ("a group that agreed by discussion", "several, each apart", "one person alone", "nobody")


def _by_whom(case: AuditedCase) -> str:
    if any(one.consensus for one in case.leading):
        return _WHO[0]
    return _WHO[1] if len(case.leading) > 1 else _WHO[2] if case.leading else _WHO[3]


# Each process.


def _process(comparison: Comparison, process: str) -> Part | None:
    cases = [case for case in comparison.cases if case.audited.process == process]
    several = "" if len(cases) > 1 else "One case only: nothing general can be said of it."
    label = comparison.label
    return part(
        sentence(spoken(process)),
        Paragraph(f"{number_of(len(cases), 'case')}. {several}".strip()),
        _questions([case.audited for case in cases], captioned("What was asked, and how many cases had which reply", label)),
        _of_referrers(cases, captioned("What was judged of the referrer's reading of the threshold", label)),
        Bullets(tuple(_observed(cases))),
    )


def _of_referrers(cases: Sequence[ComparedCase], caption: str) -> Grid:
    """The judgements of those who referred: they are compared with nothing, and are not lost."""
    rows = tuple(
        (
            case.id,
            one.auditor,
            tier_in_words(one.tier),
            "; ".join(f"{question.words} {sentence(spoken(reply))}." for question, reply in one.replies.items()),
        )
        for case in cases
        for one in case.audited.of_referrer
    )
    return Grid(caption, ("Case", "Auditor", "Tier", "Replies"), rows, in_columns=True)


def reply_of(case: AuditedCase, question: Question) -> Reply | None:
    """What was replied of a case: by the group, or by all who judged it; None where these differ."""
    replies = {judgement.reply(question) for judgement in case.leading}
    given = replies - {Reply.NOT_REPORTED}
    if len(given) > 1:
        return None
    return next(iter(given), Reply.NOT_REPORTED)


def _says(case: AuditedCase, question: Question, replies: tuple[Reply, ...]) -> bool:
    """Whether anybody who judged the case, in a group or apart, gave one of these replies: one *no* is enough to ask."""
    return any(one.reply(question) in replies for one in case.received)


def _questions(cases: Sequence[AuditedCase], caption: str) -> Grid:
    rows = []
    for question in Question:
        counted = Counter(reply_of(case, question) for case in cases)
        numbers = [*(counted[reply] for reply in Reply), counted[None]]
        rows.append((question.words, *(str(number) if number else "" for number in numbers)))
    return Grid(caption, ("Question", *(sentence(spoken(reply)) for reply in _REPLIES)), tuple(rows), in_columns=True)


def _observed(cases: Sequence[ComparedCase]) -> Iterator[str]:
    """What auditors noted, what came after, and how the rules' tier stands to theirs."""
    noted: dict[str, list[str]] = {}
    for case in cases:
        for note in dict.fromkeys(note for judgement in case.audited.received for note in judgement.noted):
            noted.setdefault(note.words, []).append(case.id)
    for words, ids in noted.items():
        yield f"Noted: {words} {_of(ids, cases)}"
    for case in cases:
        for after in case.audited.follow_up:
            yield f"What came after {case.id}: {after.phrase}."
    called = Counter(case.called() for case in cases)
    yield "The rules beside the auditors: " + "; ".join(f"{one.value}, {called[one]}" for one in Called if called[one]) + "."


def _of(ids: Sequence[str], cases: Sequence[ComparedCase]) -> str:
    return f"{len(ids)} of {len(cases)} ({', '.join(ids)})."


# What is open.


def _open_most_often(cases: Sequence[ComparedCase], label: str) -> Grid:
    """What has to be known before a low tier is suggested and is not, over all cases."""
    counted = Counter(name for case in cases for name in case.suggestion.unanswered)
    rows = tuple((FACTS[name].question, name, str(number)) for name, number in counted.most_common(_MOST_FACTS))
    caption = captioned(f"Opening questions without an answer, in {number_of(len(cases), 'case')}", label)
    return Grid(caption, ("Question", "Fact", "Cases"), rows, in_columns=True)


# Prompts.


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A question for people that some replies give rise to, and which replies."""

    question: Question
    says: str
    replies: tuple[Reply, ...] = (Reply.NO, Reply.PARTLY)


_PROMPTS = (
    _Prompt(Question.REFERRAL, "Do those who refer know where else they can turn, and what to say about risk and response?"),
    _Prompt(Question.RISKS, "What would have helped to see the risk: a tool, a question asked of everybody, somebody to ask?"),
    _Prompt(Question.THRESHOLD, "Who needs to talk through thresholds with whom, and on which of these cases?"),
    _Prompt(Question.ACTIONS, "What was missing between seeing the need and meeting it?"),
    _Prompt(Question.TIER, "Was the risk not seen, or seen and not referred since nobody thought it would be accepted?"),
    _Prompt(Question.TIER_3, "Is it clear to everybody who at Tier 3 can be asked, and that asking is not yet a referral?"),
    _Prompt(Question.SAFEGUARDING, "Is each of these children safe now? Ask that first."),
)


def _prompts(comparison: Comparison) -> Iterator[str]:
    audited = [case.audited for case in comparison.cases]
    for prompt in _PROMPTS:
        asked = [case for case in audited if _says(case, prompt.question, _ANSWERS)]
        found = [case.id for case in asked if _says(case, prompt.question, prompt.replies)]
        if found:
            answered = f"of {number_of(len(asked), 'case')} with an answer"
            ids = ", ".join(found)
            yield f"{prompt.question.words} No or partly, by anybody: {len(found)} {answered} ({ids}). {prompt.says}"
    for words, says, meets in _OTHER_PROMPTS:
        found = [case.id for case in comparison.cases if meets(case)]
        if found:
            yield f"{words}: {number_of(len(found), 'case')} ({', '.join(found)}). {says}"
    if comparison.rules_behind:
        under = ", ".join(account.rule.id for account in comparison.rules_behind)
        yield (
            f"Rules that bring a case above the auditors' tiers: {under}. Does the source of each say what the rule says, and "
            "do the auditors read the case so?"
        )
    same = comparison.together.direction.same
    if same.cases:
        yield f"The rules give the auditors' tier in {with_method(same)}. Which differences are worth an hour together?"


_ANSWERS = (Reply.YES, Reply.PARTLY, Reply.NO)
_OTHER_PROMPTS: tuple[tuple[str, str, Callable[[ComparedCase], bool]], ...] = (
    (
        "The auditors differ on the tier",
        "What does each of them see that the other does not?",
        lambda case: len({one.tier for one in case.audited.leading if one.tier is not None}) > 1,
    ),
    (
        "The rules stand below every auditor",
        "What did the auditors know that is not in the record, and should it be?",
        lambda case: case.called() is Called.UNDER,
    ),
    (
        "Held below a tier that somebody supports",
        "Has each of these cases been looked at again, by somebody who can act today?",
        lambda case: case.held_below() is not None,
    ),
    (
        "Too little is known for the rules to suggest a tier",
        "Which questions should a form or a meeting always ask?",
        lambda case: case.suggestion.status is Status.TOO_LITTLE_KNOWN,
    ),
    (
        "Something could not be judged from what there was",
        "What would have to be recorded, or who would have to be spoken to?",
        lambda case: any(_says(case.audited, question, (Reply.COULD_NOT_BE_JUDGED,)) for question in Question),
    ),
)
