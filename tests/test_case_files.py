"""Cases from files: every kind of bad input gets a clear message that never holds an answer, and good cases are answered."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thresholds import FACTS, Suggestion
from thresholds.case_files import LONGEST_LINE, InputProblem, suggest_from_file
from thresholds.households import HouseholdSuggestion

GOOD = '{"age_months": 3, "bruise_or_mark": "yes"}'
MARKER = "Xq7-marker"


@pytest.fixture
def answer(tmp_path):
    """The answers to a file of this name and content."""

    def give(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return list(suggest_from_file(str(path)))

    return give


def problem(answers):
    (only,) = answers
    assert isinstance(only, InputProblem), only
    return str(only)


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("case.json", GOOD, 1),
        ("case.json", f"[{GOOD}, {GOOD}]", 2),
        ("case.yaml", "# said\nage_months: 3\nbruise_or_mark: yes\n", 1),
        ("case.yml", "- age_months: 3\n- {age_months: 30, bruise_or_mark: no}\n", 2),
        ("cases.jsonl", f"{GOOD}\n\n{GOOD}\n", 2),
        ("cases.ndjson", f"{GOOD}\r\n{GOOD}\r\n", 2),
        ("no-suffix", GOOD, 1),
        ("no-suffix", f"{GOOD}\n{GOOD}\n", 2),
        ("no-suffix", "age_months: 3\n", 1),
        ("no-suffix", f"[\n{GOOD}\n]", 1),
        ("no-suffix", '{\n  "age_months": 3\n}', 1),
        ("bom.json", b"\xef\xbb\xbf" + GOOD.encode(), 1),
        ("bom.yaml", b"\xef\xbb\xbfage_months: 3\n", 1),
        ("case.JSON", GOOD, 1),
    ],
)
def test_good_files(answer, name, content, number):
    answers = answer(name, content)
    assert len(answers) == number
    assert all(isinstance(one, Suggestion) for one in answers)


def test_yaml_reads_no_as_the_word(answer):
    (one,) = answer("case.yaml", "bruise_or_mark: no\nage_months: 3\n")
    assert one.case.known() == {"bruise_or_mark": "no", "age_months": 3}


def test_a_household(answer):
    (one,) = answer("home.yaml", "home: {coercive_control: yes}\nchildren:\n  - age_months: 3\n  - age_months: 90\n")
    assert isinstance(one, HouseholdSuggestion)
    assert len(one.children) == 2


BAD = [
    ("a.json", "{", "not JSON, from line 1, column 2"),
    ("a.json", GOOD + GOOD, "not JSON"),
    ("a.json", "", "empty"),
    ("a.json", "  \n ", "empty"),
    ("a.json", "[]", "list is empty"),
    ("a.json", "3", "Expected a case"),
    ("a.json", "null", "Expected a case"),
    ("a.json", '{"age_months": 3, "age_months": 4}', "age_months is given twice"),
    ("a.json", '{"age_months": NaN}', "not JSON"),
    ("a.json", '{"age_months": ' + "9" * 5000 + "}", "far too long"),
    ("a.json", "[" * 100_000, "nested too deeply"),
    ("a.json", '{"age_months": "3"}', "age_months: Expected a whole number"),
    ("a.json", '{"bruise_or_mrak": "yes"}', "Did you mean bruise_or_mark?"),
    ("a.json", '{"bruise_or_mark": "perhaps"}', "bruise_or_mark: Expected no, suspected or yes"),
    ("a.json", '{"age_months": 3, "gestation_weeks": 20}', "born by age_months"),
    ("a.json", '{"age_months": {"a": 1}}', "age_months: Expected"),
    ("a.json", GOOD.encode("utf-16"), "not text in UTF-8"),
    ("a.json", '{"a": "é"}'.encode("latin-1"), "not text in UTF-8"),
    ("a.json", '{"\\ud800": "yes"}', "mapping of facts to answers"),
    ("a.yaml", "age_months: [3\n", "not YAML"),
    ("a.yaml", "", "empty"),
    ("a.yaml", "# nothing\n", "empty"),
    ("a.yaml", "age_months: 3\nage_months: 4\n", "given twice; first on line 1"),
    ("a.yaml", "age_months: &a 3\nmonths_of_concern: *a\n", "Anchors"),
    ("a.yaml", "age_months: !!int 3\nx: !evil {}\n", "Tags"),
    ("a.yaml", "age_months: 3\n---\nage_months: 4\n", "document"),
    ("a.yaml", "x: " + "[" * 5_000, "nested too deeply"),
    ("a.yaml", "age_months: 3\nbruise_or_mark: perhaps\n", "line 2: bruise_or_mark: Expected no, suspected or yes"),
    ("a.yaml", "just some words", "Expected a case"),
    ("a.yaml", b"age_months: 3\x00", "not YAML"),
    ("a.jsonl", "", "empty"),
    ("a.jsonl", "nonsense\n", "a.jsonl:1: This is not JSON"),
    ("home.json", '{"children": 3}', "children: Expected a list of cases"),
    ("home.json", '{"children": [], "home": {}}', "one child or more"),
    ("home.json", '{"children": [{}], "hom": {}}', "did you mean home"),
    ("home.json", '{"children": [{"age_months": "x"}]}', "child 1: age_months: Expected"),
]


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[f"{name} {said}" for name, _, said in BAD])
def test_bad_files_get_one_clear_message(answer, name, content, said):
    message = " / ".join(str(one) for one in answer(name, content))
    assert said in message
    assert name in message
    assert "Traceback" not in message
    assert len(message) < 600


def test_one_bad_case_does_not_stop_the_others(answer):
    answers = answer("many.jsonl", f'{GOOD}\nnonsense\n{GOOD}\n{{"age_months": "x"}}\n{GOOD}')
    assert [type(one) is Suggestion for one in answers] == [True, False, True, False, True]
    assert [str(one).split("many.jsonl:")[1][:2] for one in answers if isinstance(one, InputProblem)] == ["2:", "4:"]
    listed = answer("many.json", f'[{GOOD}, {{"age_months": "x"}}, {GOOD}]')
    assert [type(one) is Suggestion for one in listed] == [True, False, True]
    assert "case 2: age_months" in str(listed[1])


def test_a_line_that_is_too_long_is_refused_and_the_next_is_answered(answer):
    answers = answer("long.jsonl", b'{"a": "' + b"x" * (3 * LONGEST_LINE) + b'"}\n' + GOOD.encode())
    assert "longer than 1 MB" in str(answers[0])
    assert isinstance(answers[1], Suggestion)


@pytest.mark.parametrize("name", ["big.json", "big.yaml", "big"])
def test_a_hundred_megabytes_are_refused_without_reading_them_all(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    begun = time.monotonic()
    message = problem(suggest_from_file(str(path)))
    assert "larger than" in message or "not" in message
    assert time.monotonic() - begun < 30  # it would be minutes were it parsed


def test_a_folder_and_a_name_that_is_nearly_right(tmp_path):
    assert "This is a folder" in problem(suggest_from_file(str(tmp_path)))
    (tmp_path / "case-one.yaml").write_text("age_months: 3")
    assert "Did you mean case-one.yaml?" in problem(suggest_from_file(str(tmp_path / "case-onr.yaml")))
    assert "no such file" in problem(suggest_from_file(str(tmp_path / "x" / "y.json")))
    assert "cannot be read" in problem(suggest_from_file("a\0b.json"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FACTS)), st.sampled_from(["json", "yaml", "jsonl"]))
def test_no_answer_is_ever_repeated(tmp_path_factory, name, suffix):
    path = tmp_path_factory.mktemp("files") / f"a.{suffix}"
    for case in ({name: MARKER}, {name: [MARKER]}, {f"{MARKER} as a key": "yes"}, {"children": [{name: MARKER}]}):
        path.write_text(json.dumps(case), encoding="utf-8")
        for one in suggest_from_file(str(path)):
            assert isinstance(one, InputProblem)
            assert MARKER not in str(one)
