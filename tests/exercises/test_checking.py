"""What is wrong with exercises by the rules, each by itself and all together; the rules are asked, not the file."""

import pytest

from tests.exercises.written import FILES, MARK, REVIEW, changed, refused, together
from thresholds.exercises.exercise_files import read_exercise, read_exercises
from thresholds.exercises.unfolding import moments

# One exercise by itself.


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'tier: "3"',
            "tier: 2B",
            "19: gives: tier: The rules give Tier 3. What a reader might hold instead stands in for_disc",
        ),
        ("status: at_least", "status: settled", "18: gives: status: The rules give at_least."),
        (
            "stage: infant",
            "stage: early_years",
            "3: stage: This is not the stage of the child in facts: the age makes it infant.",
        ),
        ("age_months: 3", "age_months: -3", "stage: This is not the stage of the child in facts: the age makes it unborn."),
        ('towards: "1"', 'towards: "3"', "20: tone: towards: This is the tier that the rules give"),
        ("injury_explanation_doubtful:", "bruise_or_mark:", "15: left_open: bruise_or_mark: This is recorded under facts"),
        ("injury_explanation_doubtful:", "self_harm_episodes:", "15: left_open: self_harm_episodes: This is not open"),
        (
            "independently_mobile: no",
            "independently_mobile: no\n  hurt_or_ill_treated: no",
            "facts: hurt_or_ill_treated: These do not go",
        ),
        (
            "source:",
            "for_discussion: {tier: 3, because: x}\nsource:",
            "23: for_discussion: tier: This is the tier that the rules give",
        ),
        (
            "work: audit-2011",
            "work: audit-2012",
            "23: source: work: There is no such work among the sources of hackney-2",
        ),
        ("work: audit-2011", "work: audit-2012", "did you mean audit-2011?"),
    ],
)
def test_what_the_rules_do_not_bear_out_is_said_with_its_line(tmp_path, before, after, said):
    problems = refused(tmp_path, changed(MARK, before, after))
    assert any(said in problem for problem in problems), problems


def test_any_fact_that_is_open_at_the_stage_may_be_left_open(tmp_path):
    path = tmp_path / "mark-on-a-baby.yaml"
    path.write_text(changed(MARK, "injury_explanation_doubtful:", "left_alone_overnight:"), encoding="utf-8")
    assert "left_alone_overnight" in read_exercise(path).left_open


def test_a_no_that_nothing_establishes_may_be_recorded_and_is_still_left_open(tmp_path):
    path = tmp_path / "said-with-him-there.yaml"
    left_open = "left_open:\n  violence_at_home: She was asked with him there.\n"
    text = changed(
        changed(MARK, "bruise_or_mark: yes", "bruise_or_mark: yes\n  violence_at_home: no"), "left_open:\n", left_open
    )
    path.write_text(text, encoding="utf-8")
    one = read_exercise(path)
    assert one.facts.known()["violence_at_home"] == "no"
    assert "violence_at_home" in moments(one)[0].left_open


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "incidents_12_months: 4",
            "incident_12_months: 4",
            "steps 1: learnt: incident_12_months: There is no such fact. Did you",
        ),
        (
            "weapon_used_or_threatened: yes",
            "weapon_used_or_threatened: maybe",
            "learnt: weapon_used_or_threatened: Expected no,",
        ),
        (
            "gives: {status: settled, tier: 3}\n  - told: The school",
            "gives: {status: settled, tier: 2B}\n  - told: The school",
            "steps 1: gives: tier: The rules give Tier 3",
        ),
        ("withdrawn: [attendance_below_90]", "withdrawn: [absence_pattern]", "withdrawn: absence_pattern: This is not known"),
        (
            "withdrawn: [attendance_below_90]",
            "learnt: {attendance_below_90: yes}",
            "attendance_below_90: This is known already",
        ),
        ("withdrawn: [attendance_below_90]", "learnt: {}", "steps 2: Expected a fact that is learnt or withdrawn"),
        (
            "withdrawn: [attendance_below_90]",
            "withdrawn: [attendance_below_90]\n    learnt: {attendance_below_90: no}",
            "This is learnt in the same",
        ),
        (
            "risks_named: no, response_wanted: not_stated, history_described: no, childs_day_described: no",
            "risks_named: yes",
            "there is nothing to mend",
        ),
        (
            "{age_months: 100, risks_named",
            "{age_months: 99, risks_named",
            "referral: facts: age_months: This differs from the answer",
        ),
        (
            "{age_months: 100, risks_named",
            "{harm_already: yes, risks_named",
            "facts: harm_already: The exercise itself does not",
        ),
        (
            "{age_months: 100, risks_named",
            "{age_months: 100, school_or_learning_concern: no, attendance_below_90: yes, risks_named",
            "32: referral: facts: school_or_learning_concern: These do not go together: ",
        ),
        (
            "incidents_12_months: 4, weapon_used_or_threatened: yes}",
            "incidents_12_months: 0, incidents_ever_before: 0, weapon_used_or_threatened: yes}",
            "22: steps 1: learnt: incidents_12_months: These do not go together: ",
        ),
        (
            "withdrawn: [attendance_below_90]",
            "learnt: {attendance_below_90: null}",
            "25: steps 2: learnt: attendance_below_90: Expected an answer. What is no longer held to be so stands in w",
        ),
        (
            "withdrawn: [attendance_below_90]",
            "learnt: {attendance_below_90: unknown}",
            "25: steps 2: learnt: attendance_below_90: Expected",
        ),
        (
            "withdrawn: [attendance_below_90]",
            "withdrawn: [attendance_below_90, attendance_below_90]",
            "25: steps 2: withdrawn: Number 2 is the same as number 1",
        ),
        (
            "settled, tier: 3}\n  - told: The school",
            "settled, tier: 3}\n    tone: {towards: 3, because: x}\n  - told: The school",
            "24: steps 1: tone: towards: This is the tier that the rules give",
        ),
        (
            "settled, tier: 3}\n  - told: The school",
            "settled, tier: 3}\n    for_discussion: {tier: 3, because: x}\n  - told: The school",
            "24: steps 1: for_discussion: tier: This is the tier that the rules give",
        ),
    ],
)
def test_mistakes_in_steps_and_in_a_referral(tmp_path, before, after, said):
    problems = refused(tmp_path, changed(REVIEW, before, after), "what-the-review-heard")
    assert any(said in problem for problem in problems), problems


def test_a_denial_that_nothing_establishes_may_stand_at_a_step_too(tmp_path):
    withdrawn = "withdrawn: [attendance_below_90]"
    text = changed(REVIEW, withdrawn, f"{withdrawn}\n    learnt: {{strangulation: no}}")
    path = tmp_path / "what-the-review-heard.yaml"
    path.write_text(text.replace("asked_alone_and_safely: yes, ", ""), encoding="utf-8")
    assert moments(read_exercise(path))[2].suggestion.conflicts


BY_THE_GATE = "The opening question is answered no, and yet this is found: it counts."


def not_together(problems):
    return [one for one in problems if "These do not go together" in one]


def test_what_does_not_go_together_from_the_beginning_is_not_said_of_a_step_again(tmp_path):
    text = changed(REVIEW, "  school_or_learning_concern: yes", "  school_or_learning_concern: no")
    both = "school_or_learning_concern, attendance_below_90"
    said = f"12: facts: school_or_learning_concern: These do not go together: {both}. {BY_THE_GATE}"
    assert not_together(refused(tmp_path, text, "what-the-review-heard")) == [said]
    learnt_again = changed(text, "withdrawn: [attendance_below_90]", "learnt: {attendance_below_90: suspected}")
    assert not_together(refused(tmp_path, learnt_again, "what-the-review-heard")) == [said]


def test_what_does_not_go_together_since_a_step_is_said_of_that_step_alone(tmp_path):
    text = changed(REVIEW, "violence_at_home: yes, incidents_12_months: 4, ", "violence_at_home: no, ")
    problems = refused(tmp_path, text, "what-the-review-heard")
    both = "violence_at_home, weapon_used_or_threatened"
    assert not_together(problems) == [
        f"22: steps 1: learnt: violence_at_home: These do not go together: {both}. {BY_THE_GATE}"
    ]


def test_what_is_withdrawn_makes_no_new_disagreement_of_one_that_is_there(tmp_path):
    none = "{asked_alone_and_safely: yes, incidents_12_months: 0, incidents_ever_before: 0, strangulation: yes, "
    text = changed(REVIEW, "{asked_alone_and_safely: yes, violence_at_home: yes, incidents_12_months: 4, ", none)
    problems = refused(tmp_path, changed(text, "[attendance_below_90]", "[strangulation]"), "what-the-review-heard")
    (said,) = not_together(problems)
    assert said.startswith("22: steps 1: learnt: incidents_12_months: These do not go together: ")


def test_an_age_at_which_a_known_fact_is_not_asked_is_said_of_the_age(tmp_path):
    text = changed(REVIEW, "withdrawn: [attendance_below_90]", "learnt: {age_months: 3}")
    problems = refused(tmp_path, text, "what-the-review-heard")
    not_asked = "Not asked of a child at this stage (infant (under 1)): an answer given counts."
    assert not_together(problems) == [
        f"25: steps 2: learnt: age_months: These do not go together: {name}. {not_asked}"
        for name in ("attendance_below_90", "school_or_learning_concern")
    ]


# All together.


def test_no_two_exercises_are_the_same_case(tmp_path):
    assert "This is the same case as first: no two" in together(tmp_path, first=MARK, second=MARK)


CRAWLS = (FILES / "baby-who-crawls-with-a-mark.yaml").read_text(encoding="utf-8")
DOES_NOT = (FILES / "baby-who-does-not-crawl-with-a-mark.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "of: baby-who-does-not-crawl-with-a-mark",
            "of: baby-who-does-not-craw",
            "There is no exercise of this id here; did you mean baby-who",
        ),
        ("of: baby-who-does-not-crawl-with-a-mark", "of: crawls", "An exercise is not its own pair"),
        (
            "differs_in: [independently_mobile]",
            "differs_in: [bruise_or_mark]",
            "The two differ in independently_mobile: expected",
        ),
        (
            "differs_in: [independently_mobile]",
            "differs_in: [independently_mobile, age_months]",
            "The two differ in independently",
        ),
        ("differs_in: [independently_mobile]", "differs_in: [mobility]", "mobility: There is no such fact"),
        (
            "differs_in: [independently_mobile]",
            "differs_in: [independently_mobile, independently_mobile]",
            "crawls.yaml:21: pair: differs_in: Number 2 is the same as number 1",
        ),
        (
            "differs_in: [independently_mobile]",
            "differs_in: [independently_mobile], hangs_on_it: [age_months]",
            "The two differ in independently_mobile: expected just these.",
        ),
        (
            "differs_in: [independently_mobile]",
            "differs_in: [independently_mobile], hangs_on_it: [independently_mobile]",
            "hangs_on_it: independently_mobile: This stands under differs_in already",
        ),
    ],
)
def test_a_pair_is_there_and_differs_in_just_what_it_says(tmp_path, before, after, said):
    texts = {"crawls": changed(CRAWLS, before, after), "baby_who_does_not_crawl_with_a_mark": DOES_NOT}
    assert said in together(tmp_path, **texts)


def test_a_home_has_two_children_or_more(tmp_path):
    said = together(tmp_path, crawls=changed(MARK, "level: 1", "level: 1\nhousehold: one-home"))
    assert "crawls.yaml:5: household: No other exercise is about a child of this home" in said


def test_a_home_is_not_said_to_have_one_child_where_the_other_may_stand_in_a_file_that_cannot_be_read(tmp_path):
    at_home = changed(MARK, "level: 1", "level: 1\nhousehold: one-home")
    said = together(tmp_path, first=at_home, second=changed(at_home, "stage: infant", "stage: infnt"))
    assert said == f"{tmp_path}/second.yaml:3: stage: There is no such stage; did you mean infant?"


def test_what_hangs_on_the_fact_in_which_a_pair_differs_is_told_apart_from_it(tmp_path):
    hangs = "differs_in: [independently_mobile], hangs_on_it: [health_or_development_concern]"
    crawls = changed(CRAWLS, "differs_in: [independently_mobile]", hangs)
    does_not = changed(DOES_NOT, "independently_mobile: no", "independently_mobile: no\n  health_or_development_concern: no")
    (tmp_path / "crawls.yaml").write_text(crawls, encoding="utf-8")
    (tmp_path / "baby-who-does-not-crawl-with-a-mark.yaml").write_text(does_not, encoding="utf-8")
    _, one = read_exercises(tmp_path)
    assert (one.pair.differs_in, one.pair.hangs_on_it) == (("independently_mobile",), ("health_or_development_concern",))
