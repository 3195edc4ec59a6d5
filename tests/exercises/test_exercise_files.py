"""Exercises from files: what is refused, where, and with which nearest name; and that the rules are asked, not the file."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from thresholds import Stage, Tier
from thresholds.exercises.exercise import Theme
from thresholds.exercises.exercise_files import ExerciseError, exercises_folder, read_exercise, read_exercises
from thresholds.exercises.reading.differences import DifferenceKind
from thresholds.exercises.unfolding import moments
from thresholds.schemas import Described, schema_of

FILES = Path(__file__).parent / "files"
MARK = (FILES / "mark-on-a-baby.yaml").read_text(encoding="utf-8")
REVIEW = (FILES / "what-the-review-heard.yaml").read_text(encoding="utf-8")


def refused(tmp_path, text, name="mark-on-a-baby"):
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercise(path)
    return [problem.removeprefix(f"{path}:") for problem in error.value.problems]


def changed(text, before, after):
    assert text.count(before) == 1, f"not just once: {before}"
    return text.replace(before, after)


def test_an_exercise_is_read_as_it_is_written():
    one = read_exercise(FILES / "mark-on-a-baby.yaml")
    assert (one.id, one.stage, one.level, one.themes) == ("mark-on-a-baby", Stage.INFANT, 1, (Theme.PHYSICAL_HARM,))
    assert one.facts.known() == {"bruise_or_mark": "yes", "independently_mobile": "no", "age_months": 3}
    assert one.gives.tier is Tier.THREE is not one.tone.towards
    assert "\n" not in one.vignette
    with pytest.raises(TypeError):
        one.left_open["harm_already"] = "x"


def test_a_folder_of_exercises_is_read_in_the_order_of_their_ids():
    read = read_exercises(FILES)
    assert [one.id for one in read] == sorted(path.stem for path in FILES.glob("*.yaml"))


def test_the_steps_of_an_exercise_are_worked_out_by_the_rules():
    found = moments(read_exercise(FILES / "what-the-review-heard.yaml"))
    assert [one.suggestion.tier for one in found] == [Tier.TWO_A, Tier.THREE, Tier.THREE]
    assert "attendance_below_90" not in found[2].suggestion.case.known()
    assert [list(one.left_open) for one in found] == [["violence_at_home"], [], []]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "bruise_or_mark: yes",
            "bruise_or_marks: yes",
            "12: facts: bruise_or_marks: There is no such fact. Did you mean bruise_or_mark?",
        ),
        ("bruise_or_mark: yes", "bruise_or_mark: purple", "12: facts: bruise_or_mark: Expected no, suspected or yes"),
        ("age_months: 3", "age_months: 3\n  reference: a-1", "12: facts: reference: An exercise is nobody's case"),
        ("injury_explanation_doubtful:", "injury_explanation:", "15: left_open: injury_explanation: There is no such fact."),
        (
            'tier: "3"',
            "tier: 2B",
            "19: gives: tier: The rules give Tier 3. What a reader might hold instead stands in for_disc",
        ),
        ('tier: "3"', "tier: 4", "19: gives: tier: A tier is 1, 2A, 2B or 3."),
        ("status: at_least", "status: settled", "18: gives: status: The rules give at_least."),
        ("status: at_least", "status: atleast", "18: gives: status: There is no such word; did you mean at_least?"),
        (
            "stage: infant",
            "stage: early_years",
            "3: stage: This is not the stage of the child in facts: the age makes it infant.",
        ),
        ("age_months: 3", "age_months: -3", "stage: This is not the stage of the child in facts: the age makes it unborn."),
        ("stage: infant", "stage: infants", "3: stage: Expected a stage: unborn, infant"),
        ("[physical-harm]", "[physical-harms]", "5: themes 1: There is no such word; did you mean physical-harm?"),
        ("[gp, hospital]", "[gp, hospitals]", "6: agencies 2: There is no such word; did you mean hospital?"),
        ("made_up: true", "made_up: false", "2: made_up: Expected True."),
        ("level: 1", "level: 4", "4: level: Expected less than or equal to 3."),
        ("level: 1", "levels: 1", "1: level: This is missing."),
        ("level: 1", "levels: 1", "4: levels: There is no such field; did you mean level?"),
        ("level: 1", "level: 1\nid: other", "5: id: The id of an exercise is the name of its file"),
        ('towards: "1"', 'towards: "3"', "20: tone: towards: This is the tier that the rules give"),
        ("injury_explanation_doubtful:", "bruise_or_mark:", "15: left_open: bruise_or_mark: This is recorded under facts"),
        ("injury_explanation_doubtful:", "left_alone_overnight:", None),
        ("injury_explanation_doubtful:", "self_harm_episodes:", "15: left_open: self_harm_episodes: This is not open"),
        ("  bruise_or_mark: yes", "  bruise_or_mark: yes\n  bruise_or_mark: no", "13: bruise_or_mark is given twice"),
        (
            "independently_mobile: no",
            "independently_mobile: no\n  hurt_or_ill_treated: no",
            "facts: hurt_or_ill_treated: These do not go",
        ),
        ("source: {work: audit-2011", "source: {work: Audit 2011", "23: source: work: Expected lower-case words"),
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
        ("level: 1", "level: true", "4: level: Expected a valid integer."),
        ("level: 1", 'level: "1"', "4: level: Expected a valid integer."),
        ("made_up: true", "made_up: 1", "2: made_up: Expected True."),
        (
            "[physical-harm]",
            "[physical-harm, neglect, physical-harm]",
            "5: themes: Number 3 is the same as number 1: leave one of them out.",
        ),
        ("[gp, hospital]", "[gp, gp, gp]", "6: agencies: Number 3 is the same as number 1: leave one of them out."),
        (
            "bruises by itself.",
            "bruises by itself.\n  - A baby who does not move by\n    itself seldom bruises by itself.",
            "22: learning_points: Number 2 is the same as number 1: leave one of them out.",
        ),
    ],
)
def test_a_mistake_is_said_with_its_line_and_the_nearest_right_name(tmp_path, before, after, said):
    text = changed(MARK, before, after)
    if said is None:  # a fact that is open at this stage may be left open
        path = tmp_path / "mark-on-a-baby.yaml"
        path.write_text(text, encoding="utf-8")
        assert read_exercise(path)
    else:
        problems = refused(tmp_path, text)
        assert any(said in problem for problem in problems), problems


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


def test_every_mistake_is_said_at_once_in_the_order_of_the_file(tmp_path):
    text = changed(changed(MARK, "bruise_or_mark: yes", "bruise_or_mark: 3"), "level: 1", "level: 9").replace(
        "title:", "titel:"
    )
    problems = refused(tmp_path, text)
    assert len(problems) == 4
    lines = [int(problem.split(":")[0]) for problem in problems]
    assert lines == sorted(lines)


def test_no_answer_of_a_case_stands_in_a_mistake(tmp_path):
    text = changed(MARK, "bruise_or_mark: yes", "bruise_or_mark: zebra")
    assert not any("zebra" in problem for problem in refused(tmp_path, text))


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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mark-on-a-baby", "", "This is empty"),
        ("mark-on-a-baby", "- a list\n", "Expected an exercise: a mapping"),
        ("mark-on-a-baby", "title: [\n", "This is not YAML"),
        ("Mark_on", MARK, "The name of the file is the id. Expected lower-case words"),
    ],
)
def test_what_is_no_exercise_at_all(tmp_path, name, text, said):
    assert said in refused(tmp_path, text, name)[0]


def test_a_file_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(ExerciseError, match=r"There is no such file. Did you mean mark-on-a-baby.yaml\?"):
        read_exercise(FILES / "mark-on-baby.yaml")


def together(tmp_path, **texts):
    for name, text in texts.items():
        (tmp_path / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercises(tmp_path)
    return "\n".join(error.value.problems)


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


def test_what_hangs_on_the_fact_in_which_a_pair_differs_is_told_apart_from_it(tmp_path):
    hangs = "differs_in: [independently_mobile], hangs_on_it: [health_or_development_concern]"
    crawls = changed(CRAWLS, "differs_in: [independently_mobile]", hangs)
    does_not = changed(DOES_NOT, "independently_mobile: no", "independently_mobile: no\n  health_or_development_concern: no")
    (tmp_path / "crawls.yaml").write_text(crawls, encoding="utf-8")
    (tmp_path / "baby-who-does-not-crawl-with-a-mark.yaml").write_text(does_not, encoding="utf-8")
    _, one = read_exercises(tmp_path)
    assert (one.pair.differs_in, one.pair.hangs_on_it) == (("independently_mobile",), ("health_or_development_concern",))


@pytest.mark.parametrize("suffix", [".yml", ".YAML"])
def test_a_file_that_would_be_passed_over_in_silence_is_refused(tmp_path, suffix):
    (tmp_path / "mark-on-a-baby.yaml").write_text(MARK, encoding="utf-8")
    (tmp_path / f"another{suffix}").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "answers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercises(tmp_path)
    assert error.value.problems == (
        f"{tmp_path}/another{suffix}:1: The name of an exercise ends with .yaml: rename this file.",
    )


def test_a_denial_that_nothing_establishes_may_stand_at_a_step_too(tmp_path):
    withdrawn = "withdrawn: [attendance_below_90]"
    text = changed(REVIEW, withdrawn, f"{withdrawn}\n    learnt: {{strangulation: no}}")
    path = tmp_path / "what-the-review-heard.yaml"
    path.write_text(text.replace("asked_alone_and_safely: yes, ", ""), encoding="utf-8")
    assert moments(read_exercise(path))[2].suggestion.conflicts


def test_a_folder_without_exercises(tmp_path):
    with pytest.raises(ExerciseError, match="There is no exercise here"):
        read_exercises(tmp_path)
    with pytest.raises(ExerciseError, match="there is no such folder"):
        read_exercises(tmp_path / "nowhere")


def test_the_schema_takes_what_the_loader_takes_and_refuses_what_it_refuses():
    schema = schema_of(Described.EXERCISE)
    Draft7Validator.check_schema(schema)
    checker = Draft7Validator(schema)
    for path in FILES.glob("*.yaml"):
        assert not list(checker.iter_errors(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))))
    for before, after in [
        ("level: 1", "level: 4"),
        ("level: 1", "levels: 1"),
        ("stage: infant", "stage: baby"),
        ("bruise_or_mark: yes", "bruise_or_mark: purple"),
        ("bruise_or_mark: yes", "bruise: yes"),
        ("injury_explanation_doubtful:", "explanation:"),
        ("[physical-harm]", "[harm]"),
        ("made_up: true", "made_up: false"),
        ("[physical-harm]", "[physical-harm, physical-harm]"),
        ("level: 1", "level: true"),
        ("level: 1", "level: 1\nrule_set: Hackney 2011"),
        ("level: 1", "level: 1\npair: {of: other, differs_in: [age_months], hangs_on_it: [age]}"),
        ("level: 1", "level: 1\nsteps: [{told: x, learnt: {left_alone: null}, gives: {status: settled, tier: 3}}]"),
    ]:
        value = YAML(typ="safe", pure=True).load(changed(MARK, before, after))
        assert list(checker.iter_errors(value)), after


def test_the_shipped_exercises_are_read_where_no_folder_is_named():
    assert read_exercises() == read_exercises(exercises_folder())


def test_where_there_are_no_exercises_it_is_said_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("thresholds.exercises.exercise_files._PACKAGE", tmp_path / "thresholds")
    with pytest.raises(ExerciseError, match="install it again, or name a folder"):
        read_exercises()


def test_the_exercise_that_the_manual_shows_is_one(tmp_path):
    manual = FILES.parents[2] / "docs" / "exercises.md"
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", manual.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / shown.splitlines()[0].removeprefix("# ")
    path.write_text(shown, encoding="utf-8")
    assert read_exercise(path).id == "a-mark-on-a-cheek"


def test_the_manual_has_every_kind_of_difference():
    manual = (FILES.parents[2] / "docs" / "exercises.md").read_text(encoding="utf-8").lower()
    assert all(f"| {kind.words.lower()} |" in manual for kind in DifferenceKind)
