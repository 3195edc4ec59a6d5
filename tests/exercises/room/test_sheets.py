"""The sheets for a room, and the form for the answers of a group."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from thresholds import FACTS, load_rule_set
from thresholds.exercises import answer
from thresholds.exercises.answer import read_pathway, short_pathways
from thresholds.exercises.exercise import StepTold
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.room.group_files import read_group_text
from thresholds.exercises.room.sheets import (
    COLUMNS,
    STEP,
    TURN_OVER,
    answers_form,
    as_html,
    as_markdown,
    facilitators_sheet,
    participants_sheet,
)
from thresholds.exercises.tier_said import TierSaid
from thresholds.exercises.unfolding import moments
from thresholds.views import text
from thresholds.views.page import Bullets, Grid, Paragraph

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
REVIEW = next(one for one in EXERCISES if one.id == "what-the-review-heard")
STEPS = sum(len(one.steps) for one in EXERCISES)


def flat(shown):
    return " ".join(shown.split())


def test_the_participants_sheet_gives_no_view_away():
    shown = as_markdown(participants_sheet(EXERCISES))
    for one in EXERCISES:
        assert flat(one.vignette)[:60] in flat(shown)
        assert not any(point in flat(shown) for point in one.learning_points)
        assert not any(name in shown for name in one.facts.known() if "_" in name)
    assert "The rules" not in shown
    assert shown.count("This case is made up") == len(EXERCISES) + STEPS


def test_what_comes_later_stands_on_pages_of_its_own_that_say_so():
    _, begun, *later = participants_sheet([REVIEW])
    assert len(later) == len(REVIEW.steps) == 2
    for page, step in zip(later, REVIEW.steps, strict=True):
        shown = flat(text.render(page))
        assert page.first[0].text == TURN_OVER
        assert flat(step.told) in shown
        assert not any(flat(other.told) in shown for other in REVIEW.steps if other is not step)
    assert [one.title.rpartition(": ")[2] for one in later] == ["step 1", "step 2"]
    assert not any(flat(step.told) in flat(text.render(begun)) for step in REVIEW.steps)
    assert as_html(participants_sheet([REVIEW])).count("<article") == 4  # each is broken onto a sheet of its own


def test_there_is_room_to_answer_at_each_moment_and_one_afterwards():
    _, *pages = (flat(text.render(page)) for page in participants_sheet([REVIEW]))
    assert all("Your number (never your name)" in shown and "Which tier" in shown for shown in pages)
    assert ["Afterwards: do you still see it" in shown for shown in pages] == [False, False, True]
    _, alone = (flat(text.render(page)) for page in participants_sheet([EXERCISES[0]]))
    assert "Afterwards: do you still see it" in alone


def test_the_places_that_can_be_named_are_listed_and_each_is_read_back():
    first = flat(text.render(participants_sheet(EXERCISES)[0]))
    for short, name in short_pathways(RULES).items():
        assert short in first
        assert read_pathway(short, RULES) == name
    assert "the same day" not in first, "in short, and with nothing that says of this case where it goes"


def test_the_places_are_those_of_the_rules_that_are_used():
    plain = load_rule_set("hackney-2009")
    shown = flat(text.render(participants_sheet(EXERCISES, plain)[0]))
    assert set(short_pathways(plain)) != set(short_pathways(RULES))
    assert all(short in shown for short in short_pathways(plain))


def test_the_facilitators_sheet_has_the_rules_view_with_its_source_as_one_view():
    pages = facilitators_sheet(EXERCISES, RULES)
    assert len(pages) == 1 + len(EXERCISES) + 1
    shown = flat(as_markdown(pages))
    for one in EXERCISES:
        assert all(point in shown for point in one.learning_points)
        assert all(name in shown for name in (*one.facts.known(), *one.left_open))
        assert all(flat(step.told)[:50] in shown for step in one.steps)
    assert "is one view" in shown
    assert "It is not a decision." in shown
    assert "another board's" in shown
    assert "Say which one response you ask for" in shown
    assert all(column in shown for column in COLUMNS)


def test_a_sheet_as_html_is_one_document_made_for_paper():
    for pages in (participants_sheet(EXERCISES), facilitators_sheet(EXERCISES, RULES)):
        shown = as_html(pages)
        assert shown.count("<!DOCTYPE html>") == 1
        assert shown.count("<article") == len(pages)
        assert "break-after: page" in shown
    assert "<td></td>" in as_html(participants_sheet(EXERCISES))  # room to write


def test_a_printed_sheet_says_what_it_is():
    taking_part, leading = as_html(participants_sheet(EXERCISES)), as_html(facilitators_sheet(EXERCISES, RULES))
    assert "<title>Exercises on thresholds: the sheet for those who take part</title>" in taking_part
    assert "<title>Exercises on thresholds: the sheet for whoever leads</title>" in leading


def test_the_places_are_a_list_that_is_printed_in_columns():
    first = participants_sheet(EXERCISES)[0]
    assert first.parts[-1].blocks[-1] == Bullets(tuple(short_pathways(RULES)))
    in_columns = "article:first-of-type section:last-of-type ul { columns: 2"
    assert in_columns in as_html(participants_sheet(EXERCISES), room_to_write=True)
    assert in_columns not in as_html(facilitators_sheet(EXERCISES, RULES)), "its lists are sentences"


def test_no_heading_is_parted_from_what_it_is_of():
    for room_to_write in (True, False):
        style = as_html(participants_sheet(EXERCISES), room_to_write=room_to_write).partition("</head>")[0]
        for kept in ("h1, h2 { break-after: avoid }", "p:has(+ table)", "caption, thead { break-after: avoid }"):
            assert kept in style


def test_a_participant_writes_a_number_and_never_a_name():
    shown = as_markdown(participants_sheet(EXERCISES))
    assert shown.count("Your number (never your name), and where you work") == len(EXERCISES) + STEPS


def new_at(exercise, number):
    """The rows of the facts that are new at a step: the name of each, its words and its answer."""
    page = facilitators_sheet([exercise], RULES)[1]
    (step,) = [part for part in page.parts if part.heading.startswith(f"Step {number}: ")]
    (grid,) = [block for block in step.blocks if isinstance(block, Grid)]
    assert grid.columns == ("Called in the file", "In words", "Answer")
    assert flat(exercise.steps[number - 1].told) in flat(
        " ".join(one.text for one in step.blocks if isinstance(one, Paragraph))
    )
    return grid.rows


def test_a_step_has_what_is_new_by_name_and_not_the_whole_case_again():
    first, second = (new_at(REVIEW, number) for number in (1, 2))
    assert [name for name, *_ in first] == list(REVIEW.steps[0].learnt)
    assert ("weapon_used_or_threatened", FACTS["weapon_used_or_threatened"].says, "yes") in first
    assert second == (("attendance_below_90", FACTS["attendance_below_90"].says, "no longer known"),)


def test_every_fact_of_a_shipped_case_that_a_file_of_answers_may_need_has_its_name_on_the_sheet():
    for one in read_exercises(rule_set=RULES):
        for number, step in enumerate(one.steps, 1):
            assert {name for name, *_ in new_at(one, number)} == {*step.learnt, *step.withdrawn}, one.id


def test_what_a_case_practises_is_said_in_words():
    shown = flat(as_markdown(facilitators_sheet(EXERCISES, RULES)))
    assert "From Hackney audit 2011, page" in shown
    mobile = FACTS["independently_mobile"].says
    assert f"It is a pair with baby-who-does-not-crawl-with-a-mark. They differ in just this: {mobile}." in shown


def test_the_children_of_one_home_are_shown_to_belong_together():
    both = [one.model_copy(update={"household": "one-home"}) for one in EXERCISES[:2]]
    shown = as_markdown(participants_sheet([*both, EXERCISES[2]]))
    assert "A child of the same home: see 2." in shown
    assert "A child of the same home: see 1." in shown
    assert shown.count("same home") == 2


def test_the_children_of_one_home_stand_side_by_side_for_whoever_leads():
    both = [one.model_copy(update={"household": "one-home"}) for one in EXERCISES[:2]]
    shown = flat(as_markdown(facilitators_sheet([*both, EXERCISES[2]], RULES)))
    assert shown.count("## The children of this home, side by side") == 2
    assert "| A mark on a crawling baby's cheek | Tier 2A |" in shown
    assert "| A mark on a baby's cheek | Tier 3 |" in shown
    assert "One child of this home is on the protection route and another is not" in shown
    assert "side by side" not in as_markdown(facilitators_sheet(both[:1], RULES))


def test_what_a_step_changed_and_why_is_there_with_its_sources():
    page = facilitators_sheet([REVIEW], RULES)[1]
    begun, first, second = moments(REVIEW, RULES)
    after = [[part for part in page.parts if part.heading.startswith(f"The rules' view after step {n}")] for n in (1, 2)]
    one, two = (flat(as_markdown([replace(page, first=(), parts=tuple(parts))])) for parts in after)
    assert "Before: Tier 2A. Now: Tier 3." in one
    assert "Before: Tier 3. Now: Tier 3." in two
    deciding = [reason.rule for reason in first.suggestion.reasons if reason.decisive]
    before = {reason.rule.id for reason in begun.suggestion.reasons}
    assert deciding and not any(rule.id in before for rule in deciding)
    for rule in deciding:
        assert f"Counts since this step: {rule.title}." in one
        assert RULES.sources[rule.source.work].short in one
    stayed = [reason.rule.title for reason in first.suggestion.reasons if reason.rule.id in before]
    assert stayed and not any(f"Counts since this step: {title}." in one for title in stayed)
    (gone,) = {reason.rule.title for reason in first.suggestion.reasons} - {
        reason.rule.title for reason in second.suggestion.reasons
    }
    assert f"Counts no longer: {gone}." in two
    assert "First Response" in one
    assert "after step 1: domestic violence matrix" in one
    assert "domestic violence matrix" not in two, "it stands further up as it is"


def test_every_mark_beside_a_source_is_explained():
    for one in read_exercises(rule_set=RULES):
        if one.steps:
            shown = flat(as_markdown(facilitators_sheet([one], RULES)))
            marks = {
                reason.rule.source.basis for at in moments(one, RULES) for reason in at.suggestion.reasons if reason.decisive
            }
            assert all(basis.label in shown for basis in marks), one.id


@pytest.mark.parametrize("alone", [None, "evenings-with-a-grandfather"], ids=["all", "one with a rule that is tempered"])
def test_where_the_rules_view_comes_from_stands_once_for_all_cases_and_nothing_is_lost(alone):
    shipped = [one for one in read_exercises(rule_set=RULES) if alone in (None, one.id)]
    pages = facilitators_sheet(shipped, RULES)
    grids = [one for page in pages for part in page.parts for one in part.blocks if isinstance(one, Grid)]
    (works,) = [one for one in grids if one.columns == ("Called", "Title", "Address", "Seen")]
    suggestions = [at.suggestion for one in shipped for at in moments(one, RULES)]
    cited = {reason.rule.source.work for one in suggestions for reason in (*one.reasons, *one.tempered)}
    cited |= {one.source.work for one in shipped if one.source is not None}
    expected = {(RULES.sources[work].short, RULES.sources[work].title, RULES.sources[work].address) for work in cited}
    assert {row[:3] for row in works.rows} == expected
    assert len(works.rows) == len(expected)
    shown = flat(as_markdown(pages))
    for once in ("It is not a decision.", RULES.digest[:19], "The marks: "):
        assert shown.count(once) == 1
    bases = {reason.rule.source.basis for one in suggestions for reason in (*one.reasons, *one.tempered)}
    assert all(basis.label in shown for basis in bases)


def test_a_step_that_says_that_something_is_not_known_any_more():
    gives = {"status": "at_least", "tier": "2A"}
    step = StepTold(told="It was a mistake.", learnt={"attendance_below_90": None}, gives=gives)
    (row,) = new_at(REVIEW.model_copy(update={"steps": (step,)}), 1)
    assert row == ("attendance_below_90", FACTS["attendance_below_90"].says, "no longer known")


def test_what_else_may_be_held_after_a_step_and_where_its_tone_pulls():
    told = {"told": "The same again.", "learnt": {"attendance_below_90": "yes"}, "gives": {"status": "at_least", "tier": "2A"}}
    views = {"for_discussion": {"tier": "2B", "because": "Why so."}, "tone": {"towards": "1", "because": "All smile."}}
    step = StepTold.model_validate({**told, **views})
    shown = flat(as_markdown(facilitators_sheet([REVIEW.model_copy(update={"steps": (step,)})], RULES)))
    after = shown.partition("The rules' view after step 1")[2]
    assert "A careful reader might hold Tier 2B: Why so. The tone pulls towards Tier 1: All smile." in after


def test_a_step_that_moves_no_rule_says_so():
    step = StepTold(told="The same again.", learnt={"attendance_below_90": "yes"}, gives={"status": "at_least", "tier": "2A"})
    shown = flat(as_markdown(facilitators_sheet([REVIEW.model_copy(update={"steps": (step,)})], RULES)))
    assert "The same rules count as before." in shown


# The form.


def form_of(exercises, participants):
    form = answers_form(exercises, participants)
    return form, list(csv.DictReader(io.StringIO(form.removeprefix("\ufeff"))))


def test_the_form_for_answers_has_a_line_for_each_and_is_read_as_nobody_having_answered():
    form, rows = form_of(EXERCISES, 12)
    assert len(rows) == 12 * (len(EXERCISES) + STEPS)
    assert len({(row["exercise"], row["participant"], row["step"]) for row in rows}) == len(rows)
    given = read_group_text(form.encode(), "form.csv", EXERCISES, RULES)
    assert given.participants == tuple(f"p{number:02}" for number in range(1, 13))
    assert not given.answers
    assert not given.refused


def test_the_form_has_steps_only_where_something_unfolds():
    _, rows = form_of([one for one in EXERCISES if not one.steps], 2)
    assert list(rows[0]) == list(COLUMNS)
    _, rows = form_of([REVIEW], 2)
    assert set(rows[0]) == {*COLUMNS, STEP}
    assert [(row["participant"], row[STEP]) for row in rows] == [(who, at) for who in ("p01", "p02") for at in "012"]


def test_the_form_is_known_as_utf_8_is_read_back_when_filled_in_and_holds_no_formula():
    form = answers_form([REVIEW], 1)
    assert form.encode().startswith(b"\xef\xbb\xbf")
    filled = form.replace("what-the-review-heard,p01,1,,,,,,", "what-the-review-heard,p01,1,,3,,,,D\u00e9j\u00e0 vu.")
    (one,) = read_group_text(filled.encode(), "form.csv", EXERCISES, RULES).answers
    assert (one.moment, one.answer.said, one.answer.why_differ) == (1, TierSaid.THREE, "D\u00e9j\u00e0 vu.")
    cells = [cell for row in csv.reader(io.StringIO(form.removeprefix("\ufeff"))) for cell in row]
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in cells if cell)


# Where a case can go.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MASH", "First Response"),
        ("First Response Team", "First Response"),
        ("the front door", "First Response"),
        ("Social  Services", "First Response"),
        ("CAMHS", "Child and adolescent mental health services"),
        ("A&E", "Accident and emergency"),
        ("MARAC", "The domestic violence service"),
        ("maat", "MAT"),
    ],
)
def test_a_name_that_is_in_use_is_answered_with_what_the_rules_call_it(typed, meant):
    with pytest.raises(ValueError, match="pathway: There is none of this name") as caught:
        read_pathway(typed, RULES, "on the sheet")
    assert str(caught.value).endswith(f"did you mean {meant}?")


def test_a_name_that_nothing_is_near_to_is_answered_with_where_the_names_stand():
    with pytest.raises(ValueError, match=r"the names stand on the sheet\.$") as caught:
        read_pathway("Jo Bloggs", RULES, "on the sheet")
    assert "Bloggs" not in str(caught.value)
    with pytest.raises(ValueError, match=r"known: .*First Response, .*MAT, .*and others\.$"):
        read_pathway("Jo Bloggs", RULES)


def test_a_short_form_is_meant_before_a_part_of_another_name_and_several_are_named_in_short():
    assert read_pathway("accident and emergency", RULES).startswith("Accident and emergency, or the mental health")
    assert read_pathway("young hackney", RULES) == "The school's pastoral lead, or Young Hackney"
    with pytest.raises(ValueError, match="say more: The school nurse; Universal services"):
        read_pathway("gp", RULES)
    with pytest.raises(ValueError, match=r"and others\.$") as caught:
        read_pathway("a", RULES)
    assert str(caught.value).count(";") == 6


def test_a_rule_set_may_call_things_as_it_likes(monkeypatch):
    monkeypatch.setattr(
        answer, "pathways_of", lambda rule_set: ("MASH", "First Response", "The clinic, today", "The clinic, soon")
    )
    assert read_pathway("mash", RULES) == "MASH"
    assert list(short_pathways(RULES)) == ["MASH", "First Response", "The clinic, today", "The clinic, soon"]
