"""Exercises under other rules than those they are written for: usable, with what those rules give, and said to differ."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tests.exercises.written import FILES, MARK, REVIEW, changed
from thresholds import Status, Tier, load_rule_set
from thresholds.cli import main
from thresholds.exercises.exercise_files import ExerciseError, read_exercise, read_exercises
from thresholds.exercises.form import read_form
from thresholds.exercises.marking import mark
from thresholds.exercises.mend import mend
from thresholds.exercises.room.sheets import as_markdown, facilitators_sheet
from thresholds.exercises.unfolding import moments
from thresholds.loading.places import shipped
from thresholds.suggestion import DEFAULT_RULE_SET
from thresholds.testing import make_rule_set

DOES_NOT_CRAWL = "baby-who-does-not-crawl-with-a-mark"
NOTHING = make_rule_set([])
OWN = """\
id: my-borough
version: "1"
title: Ours
about: The same, and more.
status: draft for local review
extends: hackney-2011
valid_from: 2026-04-01
pathways_on: 2026-04-01
authors: Us
reviewed_by: []
"""
OWN_RULE = """\
about: What we add.
sources:
  - {id: our-thresholds, short: Ours, title: Our thresholds, address: "https://example.org/ours", seen: April 2026}
rules:
  - id: ours-reading
    title: A child who needs more help to learn than school gives
    when: learning_needs_unmet
    conclude: {tier: 2B, concerns: child}
    source: {work: our-thresholds, at: page 1, basis: other-board}
    examples:
      counts: [{learning_needs_unmet: suspected, age_months: 120, gives: {tier: 2B}}]
      does_not: [{learning_needs_unmet: no, age_months: 120}]
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules") / "my-borough"
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(OWN, encoding="utf-8")
    (folder / "school.yaml").write_text(OWN_RULE, encoding="utf-8")
    return folder


def as_given(one):
    return [(at.suggestion.status, at.suggestion.tier) for at in one]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_shipped_exercises_are_read_by_every_shipped_rule_set_with_what_it_gives(name):
    written, read = read_exercises(), read_exercises(rule_set=name)
    assert [one.id for one in read] == [one.id for one in written]
    differing = set()
    for there, here in zip(written, read, strict=True):
        found = moments(here, name)
        assert [(at.gives.status, at.gives.tier) for at in found] == as_given(found)
        if as_given(found) != as_given(moments(there)):
            differing.add(here.id)
        for at in found:
            assert at.tone is None or at.tone.towards is not at.suggestion.tier
            assert at.for_discussion is None or at.for_discussion.tier is not at.suggestion.tier
    assert {one.id for one in read if one.differs_under is not None} == differing
    assert bool(differing) == (name != DEFAULT_RULE_SET)


def test_what_is_read_otherwise_is_said_moment_by_moment_and_for_which_rules_it_is_written():
    by_id = {one.id: one for one in read_exercises(rule_set="hackney-2009")}
    assert by_id[DOES_NOT_CRAWL].differs_under == (
        "Written for hackney-2011; hackney-2009 reads it otherwise: at the beginning at least Tier 2A, and not Tier 3. "
        "What it teaches was written for hackney-2011."
    )
    assert read_exercise(FILES / "what-the-review-heard.yaml", NOTHING).differs_under == (
        "Written for hackney-2011; made-up reads it otherwise: at the beginning Tier 1, and not at least Tier 2A; after step "
        "1 Tier 1, and not Tier 3; after step 2 Tier 1, and not Tier 3. What it teaches was written for hackney-2011."
    )
    assert by_id["the-empty-chair"].differs_under is None
    assert read_exercise(FILES / "mark-on-a-baby.yaml").differs_under is None


def test_a_tone_and_a_point_for_discussion_hold_for_the_moment_they_stand_at(tmp_path):
    before = "gives: {status: settled, tier: 3}\n  - told: The school"
    said = "tone: {towards: 1, because: x}\n    for_discussion: {tier: 2A, because: y}"
    text = changed(REVIEW, before, before.replace("\n", f"\n    {said}\n"))
    of_the_beginning = "for_discussion: {tier: 1, because: z}\ntone: {towards: 3, because: x}\n"
    path = tmp_path / "what-the-review-heard.yaml"
    path.write_text(changed(text, "learning_points:", f"{of_the_beginning}learning_points:"), encoding="utf-8")
    here = read_exercise(path)
    beginning, first, second = moments(here)
    assert (beginning.tone.towards, beginning.for_discussion.tier) == (Tier.THREE, Tier.ONE)
    assert (first.tone.towards, first.for_discussion.tier) == (Tier.ONE, Tier.TWO_A)
    assert (second.tone, second.for_discussion) == (None, None)


def test_where_the_other_rules_give_the_tier_of_the_tone_there_is_no_tone(tmp_path):
    path = tmp_path / "mark-on-a-baby.yaml"
    discussed = changed(MARK, "source:", "for_discussion: {tier: 2B, because: x}\nsource:")
    path.write_text(changed(discussed, 'towards: "1"', 'towards: "2A"'), encoding="utf-8")
    one = read_exercise(path, "hackney-2009")
    assert one.gives.tier is Tier.TWO_A
    assert one.tone is None
    assert one.for_discussion.tier is Tier.TWO_B
    assert one.as_written.tone.towards is Tier.TWO_A


def test_what_an_exercise_says_is_held_to_the_rules_it_is_written_for_whichever_are_asked(tmp_path):
    path = tmp_path / "mark-on-a-baby.yaml"
    path.write_text(changed(MARK, 'tier: "3"', "tier: 2A"), encoding="utf-8")
    for asked in ("hackney-2011", "hackney-2009", NOTHING):
        with pytest.raises(ExerciseError, match=r"gives: tier: The rules give Tier 3\."):
            read_exercise(path, asked)
    path.write_text(changed(MARK, 'tier: "3"', "tier: 2A") + "rule_set: hackney-2009\n", encoding="utf-8")
    assert read_exercise(path, "hackney-2009").differs_under is None
    assert read_exercise(path).differs_under.startswith("Written for hackney-2009; hackney-2011 reads it otherwise")
    assert read_exercise(path).gives.tier is Tier.THREE


def test_a_rule_set_of_ones_own_reads_them_and_can_have_exercises_of_its_own(tmp_path, own):
    ours = load_rule_set(own)
    by_id = {one.id: one for one in read_exercises(rule_set=ours)}
    corridor = by_id["a-chair-in-the-corridor"]
    assert corridor.gives.tier is Tier.TWO_B
    assert "my-borough reads it otherwise: at the beginning" in corridor.differs_under
    assert by_id["the-empty-chair"].differs_under is None
    path = tmp_path / "mark-on-a-baby.yaml"
    path.write_text(MARK + "rule_set: my-borough\n", encoding="utf-8")
    assert read_exercise(path, ours).differs_under is None
    beyond = read_exercise(path, replace(ours, id="my-ward", extends=ours))
    assert (beyond.as_written.rule_set, beyond.read_by) == ("my-borough", "my-ward")
    with pytest.raises(ExerciseError) as error:
        read_exercise(path)
    (said,) = error.value.problems
    assert said == (
        f"{path}:24: rule_set: There is no rule set of this id here; known: hackney-2011, hackney-2009. "
        "An exercise for a rule set of your own is used with that rule set."
    )


def test_an_exercise_may_practise_what_only_the_rules_that_are_asked_cite(tmp_path, own):
    path = tmp_path / "mark-on-a-baby.yaml"
    path.write_text(changed(MARK, "work: audit-2011", "work: our-thresholds"), encoding="utf-8")
    one = read_exercise(path, load_rule_set(own))
    assert (one.rule_set, one.read_by, one.source.work) == ("hackney-2011", "my-borough", "our-thresholds")
    with pytest.raises(ExerciseError, match="There is no such work among the sources of hackney-2011"):
        read_exercise(path)


def test_a_rule_set_of_a_misspelt_name_is_answered_with_the_nearest(tmp_path):
    path = tmp_path / "mark-on-a-baby.yaml"
    path.write_text(MARK + "rule_set: hackney-2010\n", encoding="utf-8")
    with pytest.raises(ExerciseError, match="did you mean hackney-20"):
        read_exercise(path)


def test_rules_with_little_in_them_still_let_everything_be_used():
    read = read_exercises(rule_set=NOTHING)
    assert {one.gives.status for one in read} <= {Status.TOO_LITTLE_KNOWN, Status.SETTLED, Status.AT_LEAST}
    assert as_markdown(facilitators_sheet(read, NOTHING)).count("Written for hackney-2011") == sum(
        one.differs_under is not None for one in read
    )
    for one in read:
        assert mark(one, read_form("2A", rule_set=NOTHING), NOTHING).page()
        if one.referral is not None:
            assert mend(one, {}, NOTHING).before.referral_gaps == ()


# From the command line.


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["exercise", *(str(one) for one in arguments)], input=given)


def test_a_learner_runs_an_exercise_under_other_rules_and_goes_on(tmp_path):
    kept = tmp_path / "mine.json"
    chosen = ("--rule-set", "hackney-2009", "--stage", "infant", "--level", "1", "--results", kept)
    done = run(*chosen, given="2A\n" + "\n" * 6 + "stop\n")
    assert done.exit_code == 0, done.output
    assert done.exception is None
    again = run("results", kept, "--rule-set", "hackney-2009", "--format", "json")
    assert again.exit_code == 0, again.output
    assert len(json.loads(again.stdout)) >= 1
    assert run("results", kept).exit_code == 2


def test_the_list_says_which_are_read_otherwise_and_no_tier(own):
    shown = " ".join(run("list", "--rule-set", "hackney-2009").stdout.split())
    assert "The rule set that is asked reads these otherwise than the one for which they were written" in shown
    assert DOES_NOT_CRAWL in shown.partition("says how:")[2].partition(".")[0]
    assert "Tier" not in shown
    assert "reads these otherwise" not in run("list").stdout
    listed = json.loads(run("list", "--rule-set", own, "--format", "json").stdout)
    assert [one["id"] for one in listed if one["read_otherwise"]] == ["a-chair-in-the-corridor"]


def test_the_sheet_for_whoever_leads_says_what_is_read_otherwise():
    chosen = ("sheet", "--facilitator", "--exercise", DOES_NOT_CRAWL, "--format", "markdown")
    assert (
        "hackney-2009 reads it otherwise: at the beginning at least Tier 2A"
        in run(*chosen, "--rule-set", "hackney-2009").stdout
    )
    assert "reads it otherwise" not in run(*chosen).stdout
    assert "reads it otherwise" not in run("sheet", "--exercise", DOES_NOT_CRAWL, "--rule-set", "hackney-2009").stdout
