"""Exercises from files: what is refused, where, and with which nearest name; and that the rules are asked, not the file."""

import json
import re

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from tests.exercises.written import FILES, MARK, REVIEW, changed, refused
from thresholds import Stage, Tier
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.exercise import Exercise, Theme
from thresholds.exercises.exercise_files import ExerciseError, exercises_folder, read_exercise, read_exercises
from thresholds.exercises.unfolding import moments
from thresholds.schemas import Described, schema_of


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
        ('tier: "3"', "tier: 4", "19: gives: tier: A tier is 1, 2A, 2B or 3."),
        ("status: at_least", "status: atleast", "18: gives: status: There is no such word; did you mean at_least?"),
        ("stage: infant", "stage: infants", "3: stage: There is no such stage; did you mean infant?"),
        ("stage: infant", "stage: INFANT", "3: stage: There is no such stage; did you mean infant?"),
        ("stage: infant", "stage: 3", "3: stage: There is no such stage; known: unborn, infant, early_years, primary, ado"),
        ("[physical-harm]", "[physical-harms]", "5: themes 1: There is no such word; did you mean physical-harm?"),
        ("[gp, hospital]", "[gp, hospitals]", "6: agencies 2: There is no such word; did you mean hospital?"),
        ("made_up: true", "made_up: false", "2: made_up: Expected true: every exercise is made up."),
        ("level: 1", "level: 4", "4: level: Expected 1, 2 or 3."),
        ("level: 1", "level: 0", "4: level: Expected 1, 2 or 3."),
        ("level: 1", "levels: 1", "1: level: This is missing."),
        ("level: 1", "levels: 1", "4: levels: There is no such field; did you mean level?"),
        ("level: 1", "level: 1\nid: other", "5: id: The id of an exercise is the name of its file"),
        ("  bruise_or_mark: yes", "  bruise_or_mark: yes\n  bruise_or_mark: no", "13: bruise_or_mark is given twice"),
        ("source: {work: audit-2011", "source: {work: Audit 2011", "23: source: work: Expected lower-case words"),
        ("level: 1", "level: true", "4: level: Expected 1, 2 or 3."),
        ("level: 1", 'level: "1"', "4: level: Expected 1, 2 or 3."),
        ("made_up: true", "made_up: 1", "2: made_up: Expected true: every exercise is made up."),
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
    problems = refused(tmp_path, changed(MARK, before, after))
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[physical-harm]", "[neglet]", "5: themes 1: There is no such word; did you mean neglect?"),
        ("[physical-harm]", "[]", f"5: themes: Expected at least one: {', '.join(Theme)}."),
        ("[gp, hospital]", "[]", "6: agencies: Expected at least one: gp, hospital, school, voluntary, childrens_services."),
        (
            "\n  - A baby who does not move by itself seldom bruises by itself.",
            " []",
            "21: learning_points: Expected at least one.",
        ),
        ("\n  - A baby who", " [a, b, c, d, e]\n#", "21: learning_points: Expected at most 4, and there are more."),
        ("A mark on a baby's cheek", '""', "1: title: Expected text, and there is none."),
        ("A mark on a baby's cheek", "3", "1: title: Expected text."),
        ("[gp, hospital]", "gp", "6: agencies: Expected a list."),
        ("level: 1", "level: 1\npair: {of: other, differs_in: []}", "5: pair: differs_in: Expected at least one."),
        ("level: 1", "level: 1\nhousehold: 3", "5: household: Expected lower-case words joined by hyphens."),
        ("level: 1", "level: 1\nrule_set: Hackney 2011", "5: rule_set: Expected lower-case words joined by hyphens."),
        (
            "injury_explanation_doubtful:",
            "injury_explanation_doubtful: 3\n#",
            "15: left_open: injury_explanation_doubtful: Expected text.",
        ),
    ],
)
def test_one_mistake_is_said_once_and_in_words_of_ours(tmp_path, before, after, said):
    assert refused(tmp_path, changed(MARK, before, after)) == [said]


def test_a_field_that_is_never_given_is_not_named_as_one_that_there_is(tmp_path):
    for name in ("qqqq", "ids"):
        (said,) = refused(tmp_path, changed(MARK, "level: 1", f"level: 1\n{name}: 1"))
        assert said.startswith(f"5: {name}: There is no such field; known: title, made_up, stage, ")
    (said,) = refused(tmp_path, changed(MARK, "{towards:", "{id: x, towards:"))
    assert said == "20: tone: id: There is no such field; known: towards, because"


WHOLE = f"""{MARK}
for_discussion: {{tier: 2B, because: x}}
pair: {{of: other, differs_in: [age_months], hangs_on_it: [sex]}}
household: home
rule_set: hackney-2011
steps: [{{told: x, learnt: {{left_alone: yes}}, withdrawn: [bruise_or_mark], gives: {{status: settled, tier: 3}}}}]
referral: {{text: x, facts: {{age_months: 3}}}}
"""
OF_THE_LIBRARY = re.compile(
    r"\b([Tt]uple|valid\w*|Input|[Vv]alue|[Ss]tring|dictionary|instance|integer|True|False|None)\b|than or equal"
)


def with_all(value, written, depth):
    """What is written with everything at this depth of it put as this value."""
    if depth == 0:
        return value
    if isinstance(written, dict):
        return {key: with_all(value, one, depth - 1) for key, one in written.items()}
    return [with_all(value, one, depth - 1) for one in written] if isinstance(written, list) else written


@pytest.mark.parametrize("value", [None, True, 3, 0.5, "", "x", [], {}, [None], [[]], {"x": 3}], ids=repr)
def test_no_word_of_the_library_stands_in_a_mistake_whatever_stands_in_a_file(tmp_path, value):
    written = YAML(typ="safe", pure=True).load(WHOLE)
    assert set(written) == {*Exercise.model_fields} - {"id"}
    for depth in (1, 2, 3):
        problems = refused(tmp_path, json.dumps(with_all(value, written, depth)))
        assert len(problems) > depth
        assert not [said for said in problems if OF_THE_LIBRARY.search(said)]


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


@pytest.mark.parametrize("character", [r"\e", r"\u202e"])
def test_a_text_with_a_character_that_is_not_seen_is_refused(tmp_path, character):
    title = MARK.splitlines()[0].removeprefix("title: ")
    problems = refused(tmp_path, changed(MARK, f"title: {title}", f'title: "{title}{character}"'))
    assert any("title: Expected text alone: there is a character in it that cannot be shown" in one for one in problems)
