"""What is wanted is looked up by name, and what is not there is said without repeating anybody's words."""

import pytest

from thresholds import Stage, load_rule_set
from thresholds.exercises.exercise import Theme
from thresholds.exercises.making.generated import make
from thresholds.exercises.making.wanted import MakeError, Wanted, too_few, wanted

RULES = load_rule_set("hackney-2011")


def test_what_is_there_is_looked_up():
    rule = RULES.rules["parental-trio"]
    assert wanted(RULES) == Wanted()
    assert wanted(RULES, "parental-trio", Stage.PRIMARY, "left_alone", Theme.NEGLECT) == Wanted(
        rule, Stage.PRIMARY, "left_alone", Theme.NEGLECT
    )


def test_what_can_be_no_name_is_not_repeated():
    with pytest.raises(MakeError) as error:
        make(rule="Mary was hit", fact="Mary was hit")
    rule, fact = str(error.value).splitlines()
    assert "Mary" not in str(error.value)
    assert rule.startswith("rule: There is no such rule in hackney-2011; known: ")
    assert fact.startswith("fact: There is no such fact; ")


def test_what_may_be_a_name_is_repeated_with_the_nearest():
    with pytest.raises(MakeError) as error:
        make(rule="parental-tri", fact="bruse_or_mark")
    assert str(error.value).splitlines() == [
        "parental-tri: There is no such rule in hackney-2011; did you mean parental-trio?",
        "bruse_or_mark: There is no such fact; did you mean bruise_or_mark?",
    ]


def test_the_nearest_is_named_even_where_what_was_typed_is_not_repeated():
    with pytest.raises(MakeError) as error:
        make(fact="bruise or mark")
    assert str(error.value) == "fact: There is no such fact; did you mean bruise_or_mark?"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (0, "No such case was found in 7 attempts in a row."),
        (1, "No more than 1 such case was found in 7 attempts in a row."),
        (2, "No more than 2 such cases were found in 7 attempts in a row."),
    ],
)
def test_how_few_were_found_is_said_as_a_sentence(found, said):
    assert str(too_few(found, 7, None)) == said
    assert str(too_few(found, 7, "left_alone")) == said
    assert str(too_few(found, 7, "care_concern")).startswith(f"{said} This is an opening question")
