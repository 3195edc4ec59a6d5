"""What a group is asked to talk about says nothing of it that is not so, however odd the group."""

from pathlib import Path

import pytest

from thresholds import FACTS, load_rule_set
from thresholds.exercises.exercise import ForDiscussion
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.room.group import group
from thresholds.exercises.room.group_files import read_group_text

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
ATTENDANCE, VIOLENCE, BRUISE = "attendance_below_90", "violence_at_home", "bruise_or_mark"
TAB, MARK = "\t", "mark-on-a-baby"
NAME = {name: f"“{FACTS[name].says}”" for name in (ATTENDANCE, VIOLENCE, BRUISE)}


def case(*said, silent=0, name="what-the-review-heard", exercises=EXERCISES):
    """A case of which p01, p02 and so on say these: a tier, facts and questions with commas between the three."""
    rows = [f"{name}\tp{number}\t{one.replace(',', TAB)}" for number, one in enumerate(said, 1)]
    rows += [f"{name}\tp{len(said) + number}" for number in range(1, silent + 1)]
    table = "exercise\tparticipant\ttier\tfacts\tquestions\n" + "\n".join(rows) + "\n"
    given = read_group_text(table.encode(), "answers.csv", exercises, RULES)
    assert not given.refused
    (found,) = group(given, RULES).cases
    return found


def declared(tier, *said, name="what-the-review-heard"):
    """As `case`, where the exercise declares this tier as one that a careful reader might hold."""
    view = {"tier": tier, "because": "Boards differ."}
    every = [one.model_copy(update={"for_discussion": ForDiscussion.model_validate(view)}) for one in EXERCISES]
    return case(*said, name=name, exercises=every)


def prompts(*said, silent=0):
    return case(*said, silent=silent).prompts


# All alike.


@pytest.mark.parametrize(
    ("said", "silent", "prompt"),
    [
        (("2A", "2A"), 0, "All of you say Tier 2A. What would have to be otherwise for more to be said, or less?"),
        (("2A", "2A"), 3, "All 2 who answered say Tier 2A. What would have to be otherwise for more to be said, or less?"),
        (("2A",), 3, "One alone answered, and says Tier 2A. What would have to be otherwise for more to be said, or less?"),
        (("2A",), 0, "The only one who took part says Tier 2A. What would have to be otherwise for more to be said, or less?"),
        (
            ("too little",) * 2,
            0,
            "All of you say “too little to say”. What has to be known first, and who could tell you today?",
        ),
        (
            ("not a threshold",) * 2,
            1,
            "All 2 who answered say “not a question of thresholds”. Whose question is it then, and what in the text makes it "
            "so?",
        ),
    ],
)
def test_a_group_that_is_of_one_mind(said, silent, prompt):
    assert prompts(*said, silent=silent) == (prompt,)


# Split.


def test_the_lowest_tier_comes_first_since_it_may_leave_a_child_unseen():
    first, second = prompts("3", "3", "2B", "2B", "too little")[:2]
    assert first.startswith("Begin with the lowest tier, Tier 2B (2 of the 5 who answered): a tier that is too low")
    assert second.startswith("2 say Tier 2B, 2 say Tier 3 and 1 says “too little to say”.")


def test_there_is_no_lowest_tier_where_one_alone_is_said():
    assert not any("lowest" in one for one in prompts("3", "too little", "not a threshold", "too little"))


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        (("2A", "3"), "No fact is named for Tier 2A or Tier 3: which words in the text carry it for you?"),
        (
            (f"2A,{ATTENDANCE}", "2A", "2A", "3"),
            f"For Tier 2A {NAME[ATTENDANCE]} is named most, and no fact is named for Tier 3: what does the text say of "
            "it, and which of its words carry Tier 3?",
        ),
        (
            ("1", "1", f"3,{ATTENDANCE}", f"3,{VIOLENCE}", f"3,{VIOLENCE}"),
            f"For Tier 3 {NAME[VIOLENCE]} is named most, and no fact is named for Tier 1: what does the text say of "
            "it, and which of its words carry Tier 1?",
        ),
        (
            (f"2A,{ATTENDANCE}", f"3,{ATTENDANCE}"),
            "The same facts are named on both sides: what makes them weigh more, or less?",
        ),
        # One of two, and one of one: half as often, which is apart.
        (
            (f"2A,{ATTENDANCE}", f"2A,{VIOLENCE}", f"3,{VIOLENCE}"),
            f"{NAME[ATTENDANCE]} is named more often for Tier 2A than for Tier 3 (by 1 of 2 and by 0 of 1 who named a fact "
            "at all): what does the text say of it, and what does it mean for this child?",
        ),
        (
            (f"2A,{VIOLENCE}", f"3,{ATTENDANCE}", f"3,{VIOLENCE}"),
            f"{NAME[ATTENDANCE]} is named more often for Tier 3 than for Tier 2A (by 1 of 2 and by 0 of 1 who named a fact "
            "at all): what does the text say of it, and what does it mean for this child?",
        ),
        # Who named nothing is no half: one of two still.
        (
            (f"2A,{ATTENDANCE}", f"2A,{VIOLENCE}", *["2A"] * 5, f"3,{VIOLENCE}", "3", "3"),
            f"{NAME[ATTENDANCE]} is named more often for Tier 2A than for Tier 3 (by 1 of 2 and by 0 of 1 who named a fact "
            "at all): what does the text say of it, and what does it mean for this child?",
        ),
        # One of three against none: less than half.
        (
            (f"2A,{ATTENDANCE}", f"2A,{VIOLENCE}", f"2A,{BRUISE}", f"3,{VIOLENCE}", f"3,{BRUISE}", f"3,{BRUISE};{VIOLENCE}"),
            "Which facts are named differs from person to person more than from side to side: which one decides it for you?",
        ),
    ],
)
def test_what_parts_two_sides(said, parts):
    _, split, *_ = prompts(*said)
    assert split.endswith(f". {parts}")


@pytest.mark.parametrize(
    ("said", "split"),
    [
        (
            ("3", "3", "too little", "too little"),
            "2 say Tier 3 and 2 say “too little to say”. What is missing for those who say “too little to say”, and what is "
            "enough for the others?",
        ),
        (
            ("3", "3", f"not a threshold,{ATTENDANCE}", "not a threshold"),
            "2 say Tier 3 and 2 say “not a question of thresholds”. Whose question is it for those who say “not a question of "
            "thresholds”, and what would a tier do for this child?",
        ),
    ],
)
def test_a_side_that_says_no_tier_is_not_asked_which_facts_carry_one(said, split):
    assert prompts(*said)[0] == split


def test_where_no_two_say_the_same_nobody_stands_alone():
    said = prompts("1", "2A", "3")
    assert said[1] == (
        "1 says Tier 1, 1 says Tier 2A and 1 says Tier 3. No two say the same: which words in the text carry it for each of "
        "you?"
    )
    assert not any("alone" in one for one in said)


def test_of_two_people_neither_stands_alone():
    assert not any("alone" in one for one in prompts("2A", "3"))


def test_who_stands_alone_is_heard():
    assert "One of you alone says Tier 3: hear what in the text they go by." in prompts("2A", "2A", "3")
    assert ("Tier 3 and “too little to say” are each said by one alone: hear what in the text they go by.") in prompts(
        "2A", "2A", "3", "too little"
    )


# Questions.


def test_what_most_would_ask_is_put_to_the_group_with_how_many_that_is():
    said = prompts(f"2A,,{VIOLENCE}", f"2A,,{VIOLENCE}", f"2A,,{BRUISE}", "2A", silent=5)
    assert [one.partition(":")[0] for one in said[1:]] == [
        "2 of the 4 who answered would ask",
        "1 of the 4 who answered would ask",
    ]
    assert FACTS[VIOLENCE].question in said[1]
    third = prompts(f"2A,,{VIOLENCE};{BRUISE};{ATTENDANCE}", "2A")
    assert len(third) == 3, "the two that are asked most are enough to talk about"
    assert len(prompts(f"2A,,{VIOLENCE}", f"2A,,{VIOLENCE}")) == 1, "all of one mind, and all would ask it"


# Beside the rules' view, which is Tier 2A here.


def test_beside_the_rules_too_low_comes_first():
    lower, without, higher = case("1", "1", "2A", "2B", "too little").prompts_beside_the_rules
    assert lower.startswith("2 of the 5 who answered said a lower tier than the rules. Begin here: a tier that is too low may")
    assert without.startswith("1 of the 5 who answered and the rules part on whether there is a tier to be said at all")
    assert higher.startswith("1 of the 5 who answered said a higher tier than the rules.")


def test_beside_the_rules_nothing_is_said_of_a_group_that_says_the_same():
    assert case("2A", "2A").prompts_beside_the_rules == ()


def test_one_who_answered_is_not_one_of_one():
    (only,) = case("1", silent=2).prompts_beside_the_rules
    assert only.startswith("The only one who answered said a lower tier than the rules.")


BELOW = "said a lower tier than the rules."
BEGIN = "Begin here: a tier that is too low may leave a child unseen."
COUNTS = "What counts by the rules that did not count for you, and do you hold to that?"


@pytest.mark.parametrize(
    ("said", "prompt"),
    [
        (("1,bruise_or_mark", "1,bruise_or_mark", "2A"), f"2 of the 3 who answered {BELOW} {BEGIN} {COUNTS}"),
        (
            ("1,bruise_or_mark", "1", "2A"),
            f"2 of the 3 who answered {BELOW} {BEGIN} 1 of those who said it named no fact: ask these first what they saw in "
            f"the text. {COUNTS}",
        ),
        (
            ("1", "1", "2A"),
            f"2 of the 3 who answered {BELOW} {BEGIN} None of those who said it named a fact: ask first what they saw in the "
            f"text. {COUNTS}",
        ),
        (
            ("1",),
            f"The only one who answered {BELOW} {BEGIN} They named no fact: ask first what they saw in the text. {COUNTS}",
        ),
    ],
)
def test_who_named_no_fact_is_asked_what_they_saw_before_what_did_not_count(said, prompt):
    assert case(*said).prompts_beside_the_rules == (prompt,)


HELD = "the view that a careful reader might hold: hear what speaks for it."
ENOUGH = "What would have to be known for it to be enough, since a tier that is too low may leave a child unseen?"


@pytest.mark.parametrize(
    ("said", "prompt"),
    [
        (("1,bruise_or_mark", "1,bruise_or_mark", "2A"), f"2 of the 3 who answered {BELOW} Of these, 2 hold {HELD} {ENOUGH}"),
        (("1,bruise_or_mark", "2A"), f"1 of the 2 who answered {BELOW} It is {HELD} {ENOUGH}"),
    ],
)
def test_a_lower_tier_that_the_exercise_declares_is_no_mistake_alone(said, prompt):
    assert declared("1", *said).prompts_beside_the_rules == (prompt,)


def test_who_holds_another_lower_tier_than_the_declared_one_is_where_to_begin():
    two, one = (
        declared("2A", *said, name=MARK).prompts_beside_the_rules[0]
        for said in (("2A,bruise_or_mark", "1,bruise_or_mark", "1,bruise_or_mark"), ("2A", "2A", "1"))
    )
    assert f"Of these, 1 holds {HELD} Begin here with the other 2: a tier that is too low" in two
    assert f"Of these, 2 hold {HELD} Begin here with the other: a tier that is too low" in one


def test_a_higher_tier_that_the_exercise_declares_is_said_to_be_so():
    lower, higher = declared("2B", "2B", "3", "1,bruise_or_mark").prompts_beside_the_rules
    assert lower == f"1 of the 3 who answered {BELOW} {BEGIN} {COUNTS}"
    assert higher.startswith(f"2 of the 3 who answered said a higher tier than the rules. Of these, 1 holds {HELD}")


def test_a_fact_that_could_not_be_read_is_not_one_that_was_not_named():
    table = "exercise\tparticipant\ttier\tfacts\n" + "".join(
        f"what-the-review-heard\tp{n}\t{said}\n" for n, said in enumerate((f"2A\t{ATTENDANCE}", "2A", "3\tzebra"), 1)
    )
    (found,) = group(read_group_text(table.encode(), "answers.csv", EXERCISES, RULES), RULES).cases
    assert "and no fact that could be read is named for Tier 3" in found.prompts[1]


def test_what_the_text_denies_is_named_as_it_stands_there():
    """That a baby does not move is what makes a mark grave: the prompt must not turn it round."""
    said = [*["3,independently_mobile=no; bruise_or_mark"] * 3, *["2A,bruise_or_mark"] * 3]
    prompt = " ".join(case(*said, name=MARK).prompts)
    assert f"“{FACTS['independently_mobile'].says}: no”" in prompt
    assert f"“{FACTS['independently_mobile'].says}”" not in prompt
