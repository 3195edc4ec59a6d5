"""Exercises on paper: a sheet for those who take part, one for whoever leads, and a form for the answers of a group."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from thresholds.exercises.answer import short_pathways
from thresholds.exercises.exercise import LEVELS, SAID_TO_BE_MADE_UP, Agency, Exercise, StepTold
from thresholds.exercises.homes import households_of
from thresholds.exercises.making.telling import age_told
from thresholds.exercises.room.paper import PAPER, ROOM_TO_WRITE, TO_READ
from thresholds.exercises.room.participants import numbered
from thresholds.exercises.tier_said import MAY_BE_SAID, TIERS_IN_SHORT, TierSaid
from thresholds.exercises.unfolding import Moment, moments
from thresholds.facts.case import Case
from thresholds.facts.vocabulary import FACTS
from thresholds.language.rules import RuleSet
from thresholds.loading.load import load_rule_set
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.views import html, markdown, wording
from thresholds.views.home_blocks import home_blocks
from thresholds.views.marking_page import ONE_VIEW, rules_view_parts
from thresholds.views.page import Block, Bullets, Grid, Page, Paragraph, Part, page, part

COLUMNS = ("exercise", "participant", "agency", "tier", "facts", "questions", "pathway", "why")
"""The columns of a file of answers."""
STEP = "step"
"""A column that may be added: 0 is the beginning, 1 the first step, and so on."""
WHERE_PLACES_STAND = "on the first page of the participants' sheet"
_OF_A_CASE = ("Case", "Called in the file", "Stage", "Level", "Themes", "Suits")
_OF_A_FACT = ("Called in the file", "In words", "Answer")
_TO_WRITE = ("What", "Your answer")
TURN_OVER = "Turn to this page only when you are asked to."


def participants_sheet(exercises: Sequence[Exercise], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Page, ...]:
    """What those who take part are given: each vignette with room to answer, and nothing that gives a view away.

    Each later step of a case that unfolds is a page of its own, not to be read before it is asked for. Of the rule set it
    names the panels and services alone. Raises as `suggest` does for a rule set.
    """
    rules = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    pages = (page for number, one in enumerate(exercises, 1) for page in _participants_pages(number, one, exercises))
    return (_before_you_begin(rules), *pages)


def facilitators_sheet(exercises: Sequence[Exercise], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Page, ...]:
    """What whoever leads is given: how to go about it, each exercise with the rules' view of it, and the sources.

    Raises as `suggest` does for a rule set.
    """
    rules = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
    unfolded = {one.id: moments(one, rules) for one in exercises}
    pages = (_facilitators_page(number, one, unfolded[one.id], exercises, rules) for number, one in enumerate(exercises, 1))
    return (_how_to(exercises), *pages, _where_from(exercises, unfolded, rules))


def as_html(pages: Iterable[Page], *, room_to_write: bool = False) -> str:
    """The pages as one HTML document, made for paper: each begins on a sheet of its own."""
    return html.document(*pages, style=f"{PAPER} {ROOM_TO_WRITE if room_to_write else TO_READ}")


def as_markdown(pages: Iterable[Page]) -> str:
    """The pages as Markdown, one after the other."""
    return "\n---\n\n".join(markdown.render(one) for one in pages)


def answers_form(exercises: Sequence[Exercise], participants: int) -> str:
    """A CSV to be filled in: a line for each of so many participants and each exercise, and for each step where one unfolds.

    It begins with the mark by which Excel knows UTF-8.
    """
    columns = [*COLUMNS]
    if any(one.steps for one in exercises):
        columns.insert(COLUMNS.index("participant") + 1, STEP)
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {"exercise": one.id, "participant": numbered(number), STEP: step}
        for one in exercises
        for number in range(1, participants + 1)
        for step in range(len(one.steps) + 1)
    )
    return f"\ufeff{written.getvalue()}"


# For those who take part.


def _before_you_begin(rule_set: RuleSet) -> Page:
    return page(
        "Exercises on thresholds: the sheet for those who take part",
        first=(Paragraph("Give your own view before anybody speaks. Write your number, and nobody's name.", strong=True),),
        parts=(
            part(
                "Before you begin",
                Paragraph("What the tiers mean, in short:"),
                Bullets(TIERS_IN_SHORT),
                Paragraph(
                    '"Too little to say" is for a text that leaves out what would have to be known; "not a question of '
                    'thresholds" for what no tier answers, such as a child who has a social worker already.'
                ),
                Paragraph("Some cases unfold: turn to the page of a later step only when you are asked to."),
            ),
            part(
                "Where a case can go",
                Paragraph("The panels and services that can be named, in short; a part of a name will do."),
                Bullets(tuple(short_pathways(rule_set))),
            ),
        ),
    )


_NUMBER = ("Your number (never your name), and where you work", "")
_AFTERWARDS = ("Afterwards: do you still see it otherwise than the others or the rules, and why?", "")


def _participants_pages(number: int, exercise: Exercise, every: Sequence[Exercise]) -> Iterator[Page]:
    """A case, and a page for each step of one that unfolds, which begins on a sheet of its own."""
    view = (
        _NUMBER,
        (f"Which tier: {MAY_BE_SAID}?", ""),
        ("Which facts in the text carry it?", ""),
        ("What would you ask next, and whom?", ""),
        ("Where would you take it?", ""),
        *(() if exercise.steps else (_AFTERWARDS,)),
    )
    yield page(
        f"{number}. {exercise.title}",
        first=(
            *(Paragraph(block) for block in exercise.vignette.split("\n\n")),
            Paragraph(_same_home(exercise, every)),
            Paragraph(SAID_TO_BE_MADE_UP),
        ),
        parts=(
            _referral_to_mend(exercise),
            part("Your view", Grid("Your view, before you talk about it", _TO_WRITE, view)),
        ),
    )
    for at, step in enumerate(exercise.steps, 1):
        now = (
            _NUMBER,
            (f"Which tier now: {MAY_BE_SAID}?", ""),
            ("Which facts carry it now, and which no longer?", ""),
            ("What would you ask next, and whom?", ""),
            ("Where would you take it now?", ""),
            *((_AFTERWARDS,) if at == len(exercise.steps) else ()),
        )
        yield page(
            f"{number}. {exercise.title}: step {at}",
            first=(
                Paragraph(TURN_OVER, strong=True),
                *(Paragraph(block) for block in step.told.split("\n\n")),
                Paragraph(SAID_TO_BE_MADE_UP),
            ),
            parts=(part("Your view now", Grid(f"Your view after step {at}, before you talk about it", _TO_WRITE, now)),),
        )


def _same_home(exercise: Exercise, every: Sequence[Exercise]) -> str:
    others = [
        str(number)
        for number, one in enumerate(every, 1)
        if exercise.household is not None and one.household == exercise.household and one.id != exercise.id
    ]
    return f"A child of the same home: see {' and '.join(others)}." if others else ""


def _referral_to_mend(exercise: Exercise) -> Part | None:
    if exercise.referral is None:
        return None
    return part(
        "The referral as it was sent",
        Paragraph(exercise.referral.text),
        Grid("Mend it", ("What", "Your words"), (("What does it lack?", ""), ("The same referral, mended", ""))),
    )


# For whoever leads.


def _how_to(exercises: Sequence[Exercise]) -> Page:
    contents = tuple(
        (
            f"{number}. {one.title}",
            one.id,
            one.stage.label,
            LEVELS[one.level],
            ", ".join(one.themes),
            ", ".join(agency.words for agency in one.agencies),
        )
        for number, one in enumerate(exercises, 1)
    )
    return page(
        "Exercises on thresholds: the sheet for whoever leads",
        first=(Paragraph(ONE_VIEW, strong=True),),
        parts=(
            part(
                "How to go about it",
                Bullets(
                    (
                        "Give each person the sheet and a number from p01 on. Ten minutes alone and in silence for each case: "
                        "first a tier, then why.",
                        "Take the tiers in before anybody speaks, and look at how far apart they are.",
                        "Where the group is split, hear both sides on the facts: what does the text say, and what not? "
                        "In 2011 the auditors found that this was where the learning was.",
                        "Only then show the rules' view, with where it comes from. Who still sees it otherwise says why.",
                        "Where a case unfolds, each later step is a page of its own: have it turned to only when everybody "
                        "has answered what comes before it, and ask again.",
                        "Nobody brings a real case into the room: these are made up, and real ones belong with your "
                        "safeguarding lead.",
                    )
                ),
            ),
            part(
                "The answers of the group",
                Paragraph(
                    f"A file of answers (CSV) has a line for each person and exercise, with the columns {', '.join(COLUMNS)}; "
                    f"and {STEP} where one unfolds, with a line for each step too (0 is the beginning). "
                    f"A participant is p01, p02 and so on, never a name. A tier is {MAY_BE_SAID}. "
                    "Facts and questions are names of facts with semicolons between them, a fact with its answer "
                    "where that matters: bruise_or_mark=suspected. The names that belong to a case stand on its page here; "
                    f"'thresholds facts' has the others. A pathway is one of the places {WHERE_PLACES_STAND}, "
                    f"or a part of its name. An agency is {', '.join(Agency)}, or left empty."
                ),
                Paragraph("thresholds exercise group answers.csv shows where the group split."),
            ),
            part("The cases", Grid("In this order on the sheet", _OF_A_CASE, contents)),
        ),
    )


def _facilitators_page(
    number: int, exercise: Exercise, every: Sequence[Moment], exercises: Sequence[Exercise], rules: RuleSet
) -> Page:
    begun, *_ = every
    home = households_of(exercises, rules).get(exercise.id)
    return page(
        f"{number}. {exercise.title}: for whoever leads",
        first=(
            *(Paragraph(block) for block in exercise.vignette.split("\n\n")),
            Paragraph(SAID_TO_BE_MADE_UP),
            Paragraph(exercise.differs_under or "", strong=True),
        ),
        parts=(
            part("To take away", Bullets(exercise.learning_points)),
            part("What it practises", *_practises(exercise, rules)),
            part("What a careful reader would record", _recorded(exercise.facts)),
            part("What the text leaves open on purpose", _left_open(begun)),
            part("A view that a careful reader might hold", *_for_discussion(exercise)),
            part("The children of this home, side by side", *home_blocks(home)),
            part("What the referral lacks", *_lacks(exercise, rules)),
            *(one for one in rules_view_parts(begun.suggestion) if one.heading not in _SAID_ONCE),
            *_later(exercise, every),
        ),
    )


_SAID_ONCE = ("The rules' view: sources", "The rules' view: about this suggestion")
"""What is much the same for every case, and stands at the end of the sheet."""


def _where_from(exercises: Sequence[Exercise], unfolded: Mapping[str, Sequence[Moment]], rules: RuleSet) -> Page:
    """The works that are cited anywhere on the sheet, what the marks mean, and which rules these are."""
    suggestions = [moment.suggestion for one in exercises for moment in unfolded[one.id]]
    cited = [reason.rule.source for one in suggestions for reason in (*one.reasons, *one.tempered)]
    practised = [one.source.work for one in exercises if one.source is not None]
    works = (rules.sources.get(work) for work in dict.fromkeys((*practised, *(one.work for one in cited))))
    rows = tuple((one.short, one.title, one.address, one.seen) for one in works if one is not None)
    return page(
        "Where the rules' view comes from",
        first=(Paragraph(wording.ADVICE_LINE, strong=True), Paragraph(wording.of_rules(rules))),
        parts=(
            part(
                "Sources",
                Grid("The works that are cited on these pages", ("Called", "Title", "Address", "Seen"), rows),
                Paragraph(wording.marks_sentence(one.basis for one in cited)),
            ),
        ),
    )


def _practises(exercise: Exercise, rules: RuleSet) -> Iterator[Block]:
    if exercise.source is not None:
        cited = rules.sources.get(exercise.source.work)
        yield Paragraph(f"From {cited.short if cited is not None else exercise.source.work}, {exercise.source.at}.")
    if exercise.pair is not None:
        differs = "; ".join(FACTS[name].says for name in exercise.pair.differs_in)
        hangs = "; ".join(FACTS[name].says for name in exercise.pair.hangs_on_it)
        and_so = f" What hangs on it differs with it: {hangs}." if hangs else ""
        yield Paragraph(f"It is a pair with {exercise.pair.of}. They differ in just this: {differs}.{and_so}")
    if exercise.tone is not None:
        yield Paragraph(f"The tone pulls towards Tier {exercise.tone.towards}: {exercise.tone.because}")


def _recorded(case: Case) -> Grid:
    rows = tuple((name, FACTS[name].says, _answer(name, answer)) for name, answer in case.known().items())
    return Grid("Facts, each with its answer", _OF_A_FACT, rows)


def _answer(name: str, answer: str | int) -> str:
    return age_told(int(answer)) if name == "age_months" else wording.value_in_words(FACTS[name], answer)


def _left_open(moment: Moment) -> Grid:
    rows = tuple((name, FACTS[name].question, why) for name, why in moment.left_open.items())
    return Grid("Not known, and why it matters", ("Called in the file", "As it is asked", "Why it matters"), rows)


def _for_discussion(exercise: Exercise) -> Iterator[Block]:
    if exercise.for_discussion is not None:
        yield Paragraph(f"Tier {exercise.for_discussion.tier}: {exercise.for_discussion.because}")


def _later(exercise: Exercise, every: Sequence[Moment]) -> Iterator[Part | None]:
    """Each step: what is told, what it has a careful reader record, and the rules' view then: what it changed, and why."""
    shown: list[Block] = [block for heading in _OF_A_STEPS_VIEW for block in _of_rules_view(every[0], heading)]
    for step, (before, after) in zip(exercise.steps, pairwise(every), strict=True):
        yield part(
            f"Step {after.number}: what is told, and what a careful reader would record then",
            *(Paragraph(block) for block in step.told.split("\n\n")),
            _new(step, after),
        )
        title = f"The rules' view after step {after.number}"
        yield part(
            title,
            Paragraph(f"Before: {TierSaid.of(before.suggestion).words}. Now: {_standing(after)}"),
            Bullets(tuple(_changed(before, after))),
            *_other_views(after),
        )
        for heading, is_said_again in _OF_A_STEPS_VIEW.items():
            blocks = _of_rules_view(after, heading)
            yield part(f"{title}: {heading}", *(blocks if is_said_again else _only_new(blocks, shown)))
            shown += blocks


def _new(step: StepTold, moment: Moment) -> Grid:
    """The facts learnt or withdrawn at a step, by the names that the file of answers has for them."""
    known = moment.suggestion.case.known()
    learnt = [name for name, answer in step.learnt.items() if answer is not None]
    gone = dict.fromkeys(name for name in (*step.learnt, *step.withdrawn) if name not in learnt)  # null withdraws it too
    rows = (
        *((name, FACTS[name].says, _answer(name, known[name])) for name in learnt),
        *((name, FACTS[name].says, "no longer known") for name in gone),
    )
    return Grid("What is new, each fact with its answer", _OF_A_FACT, rows)


_OF_A_STEPS_VIEW = {"why": True, "domestic violence matrix": False, "where this goes": True}
"""What of the rules' view is shown after each step, and whether it is where it is as before."""


def _other_views(moment: Moment) -> Iterator[Block]:
    """The other view that a careful reader might hold after a step, and where its tone pulls."""
    if moment.for_discussion is not None:
        yield Paragraph(f"A careful reader might hold Tier {moment.for_discussion.tier}: {moment.for_discussion.because}")
    if moment.tone is not None:
        yield Paragraph(f"The tone pulls towards Tier {moment.tone.towards}: {moment.tone.because}")


def _standing(moment: Moment) -> str:
    suggestion = moment.suggestion
    return f"{wording.headline(suggestion)} {wording.range_sentence(suggestion)}".strip()


def _changed(before: Moment, after: Moment) -> Iterator[str]:
    """Which rules count since this step, and which no longer."""
    was, now = ({reason.rule.id: reason.rule.title for reason in one.suggestion.reasons} for one in (before, after))
    yield from (f"Counts since this step: {title}." for name, title in now.items() if name not in was)
    yield from (f"Counts no longer: {title}." for name, title in was.items() if name not in now)
    if was.keys() == now.keys():
        yield "The same rules count as before."


def _of_rules_view(moment: Moment, heading: str) -> tuple[Block, ...]:
    wanted = f"The rules' view: {heading}"
    return next((one.blocks for one in rules_view_parts(moment.suggestion) if one.heading == wanted), ())


def _only_new(blocks: Iterable[Block], shown: Collection[Block]) -> Iterator[Block]:
    """What does not stand further up already; of a table, its new rows."""
    rows = {row for block in shown if isinstance(block, Grid) for row in block.rows}
    for block in blocks:
        if isinstance(block, Grid):
            yield replace(block, rows=tuple(row for row in block.rows if row not in rows))
        elif block not in shown:
            yield block


def _lacks(exercise: Exercise, rules: RuleSet) -> Iterator[Block]:
    if exercise.referral is not None:
        from thresholds.exercises.mend import mend

        yield Bullets(tuple(given.advice.text for given in mend(exercise, {}, rules).before.referral_gaps))
