"""Exercises on paper: a sheet for those who take part, one for whoever leads, and a form for the answers of a group."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from thresholds.exercises.exercise import LEVELS, Agency, Exercise, StepTold
from thresholds.exercises.homes import households_of
from thresholds.exercises.telling import age_told
from thresholds.exercises.tier_said import TIERS_IN_SHORT, TierSaid
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
"""The columns of a file of answers. A column `step` may be added: 0 is the beginning, 1 the first step, and so on."""
_OF_A_CASE = ("Case", "Called in the file", "Stage", "Level", "Themes", "Suits")
_OF_A_STEP = ("Step", "Told", "New", "The rules then")
MADE_UP = "This case is made up. It is nobody's."
PAPER = (
    "@page { margin: 15mm } body { font: 10.5pt/1.35 sans-serif; max-width: 60em } "
    "h1 { font-size: 1.5em } h2 { font-size: 1.15em } "
    "article { break-after: page } article:last-of-type { break-after: auto } "
    "section:last-of-type { break-inside: avoid } table { width: 100% } "
    "td { overflow-wrap: anywhere; min-width: 5.5em } "
    "tr, caption { break-inside: avoid } h1, h2 { break-after: avoid } "
    "caption, thead { break-after: avoid } tbody tr:first-child { break-before: avoid }"
)
_ROOM_TO_WRITE = (
    "th[scope=row] { width: 32%; font-weight: normal } td:empty { height: 4.5em } tr:first-child td:empty { height: 2.5em }"
)
_TIERS = "1, 2A, 2B, 3, too little to say, or not a question of thresholds"


def participants_sheet(exercises: Sequence[Exercise]) -> tuple[Page, ...]:
    """What those who take part are given: each vignette with room to answer, and nothing that gives a view away."""
    return (_before_you_begin(), *(_participants_page(number, one, exercises) for number, one in enumerate(exercises, 1)))


def facilitators_sheet(exercises: Sequence[Exercise], rule_set: str | RuleSet = DEFAULT_RULE_SET) -> tuple[Page, ...]:
    """What whoever leads is given: how to go about it, then for each exercise what it is there for and the rules' view."""
    begun = {one.id: moments(one, rule_set) for one in exercises}
    pages = (_facilitators_page(number, one, begun, exercises, rule_set) for number, one in enumerate(exercises, 1))
    return (_how_to(exercises), *pages)


def as_html(pages: Iterable[Page], *, room_to_write: bool = False) -> str:
    """The pages as one HTML document, made for paper: each begins on a sheet of its own."""
    return html.document(*pages, style=f"{PAPER} {_ROOM_TO_WRITE}" if room_to_write else PAPER)


def as_markdown(pages: Iterable[Page]) -> str:
    """The pages as Markdown, one after the other."""
    return "\n---\n\n".join(markdown.render(one) for one in pages)


def answers_form(exercises: Sequence[Exercise], participants: int) -> str:
    """A CSV to be filled in: a line for each of so many participants and each exercise."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in exercises:
        writer.writerows((one.id, f"p{number:02}", *[""] * (len(COLUMNS) - 2)) for number in range(1, participants + 1))
    return written.getvalue()


# For those who take part.


def _before_you_begin() -> Page:
    return page(
        "Before you begin",
        first=(
            Paragraph("What the tiers mean, in short:"),
            Bullets(TIERS_IN_SHORT),
            Paragraph(
                '"Too little to say" is for a text that leaves out what would have to be known; "not a question of '
                'thresholds" for what no tier answers, such as a child who has a social worker already.'
            ),
            Paragraph("Give your own view before anybody speaks. Write your number, and nobody's name."),
        ),
        parts=(),
    )


def _participants_page(number: int, exercise: Exercise, every: Sequence[Exercise]) -> Page:
    return page(
        f"{number}. {exercise.title}",
        first=(
            *(Paragraph(block) for block in exercise.vignette.split("\n\n")),
            Paragraph(_same_home(exercise, every)),
            Paragraph(MADE_UP),
        ),
        parts=(
            _referral_to_mend(exercise),
            part(
                "Your view",
                Grid(
                    "Your view, before you talk about it",
                    ("What", "Your answer"),
                    (
                        ("Your number (never your name), and where you work", ""),
                        (f"Which tier: {_TIERS}?", ""),
                        ("Which facts in the text carry it?", ""),
                        ("What would you ask next, and whom?", ""),
                        ("Where would you take it?", ""),
                        ("Afterwards: do you still see it otherwise than the others or the rules, and why?", ""),
                    ),
                ),
            ),
        ),
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
        "For whoever leads",
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
                        "Where a case unfolds, read each step aloud and ask again.",
                        "Nobody brings a real case into the room: these are made up, and real ones belong with your "
                        "safeguarding lead.",
                    )
                ),
            ),
            part(
                "The answers of the group",
                Paragraph(
                    f"A file of answers (CSV) has a line for each person and exercise, with the columns {', '.join(COLUMNS)}. "
                    "A participant is p01, p02 and so on, never a name. A tier is 1, 2A, 2B, 3, too little or not a "
                    "threshold. Facts and questions are names of facts with semicolons between them, a fact with its answer "
                    "where that matters: bruise_or_mark=suspected. The names that belong to a case stand on its page here; "
                    f"'thresholds facts' has the others. An agency is {', '.join(Agency)}, or left empty."
                ),
                Paragraph("thresholds exercise group answers.csv shows where the group split."),
            ),
            part("The cases", Grid("In this order on the sheet", _OF_A_CASE, contents)),
        ),
    )


def _facilitators_page(
    number: int,
    exercise: Exercise,
    every: Mapping[str, tuple[Moment, ...]],
    exercises: Sequence[Exercise],
    rule_set: str | RuleSet,
) -> Page:
    begun, *steps = every[exercise.id]
    home = households_of(exercises, rule_set).get(exercise.id)
    return page(
        f"{number}. {exercise.title}: for whoever leads",
        first=(
            *(Paragraph(block) for block in exercise.vignette.split("\n\n")),
            Paragraph(MADE_UP),
            Paragraph(exercise.differs_under or "", strong=True),
        ),
        parts=(
            part("To take away", Bullets(exercise.learning_points)),
            part("What it practises", *_practises(exercise, rule_set)),
            part("What a careful reader would record", _recorded(exercise.facts)),
            part("What the text leaves open on purpose", _left_open(begun)),
            part("A view that a careful reader might hold", *_for_discussion(exercise)),
            part("The children of this home, side by side", *home_blocks(home)),
            part("How it unfolds", Grid("Step by step", _OF_A_STEP, tuple(map(_step, exercise.steps, steps)))),
            part("What the referral lacks", *_lacks(exercise, rule_set)),
            *rules_view_parts(begun.suggestion),
        ),
    )


def _practises(exercise: Exercise, rule_set: str | RuleSet) -> Iterator[Block]:
    if exercise.source is not None:
        rules = load_rule_set(rule_set) if isinstance(rule_set, str) else rule_set
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
    return Grid("Facts, each with its answer", ("Called in the file", "In words", "Answer"), rows)


def _answer(name: str, answer: str | int) -> str:
    return age_told(int(answer)) if name == "age_months" else wording.value_in_words(FACTS[name], answer)


def _left_open(moment: Moment) -> Grid:
    rows = tuple((name, FACTS[name].question, why) for name, why in moment.left_open.items())
    return Grid("Not known, and why it matters", ("Called in the file", "As it is asked", "Why it matters"), rows)


def _for_discussion(exercise: Exercise) -> Iterator[Block]:
    if exercise.for_discussion is not None:
        yield Paragraph(f"Tier {exercise.for_discussion.tier}: {exercise.for_discussion.because}")


def _step(step: StepTold, moment: Moment) -> tuple[str, str, str, str]:
    new = [wording.answered(FACTS[name], moment.suggestion.case.known()[name]) for name in step.learnt]
    new += [f"{FACTS[name].says}: no longer known" for name in step.withdrawn]
    return (
        str(moment.number),
        step.told,
        "; ".join(new),
        f"{TierSaid.of(moment.suggestion).words}. {wording.range_sentence(moment.suggestion)}",
    )


def _lacks(exercise: Exercise, rule_set: str | RuleSet) -> Iterator[Block]:
    if exercise.referral is not None:
        from thresholds.exercises.mend import mend

        yield Bullets(tuple(given.advice.text for given in mend(exercise, {}, rule_set).before.referral_gaps))
