"""The shipped examples: all are answered, they show every stage, status and tier, and their README is right."""

import re
from pathlib import Path

import pytest

from thresholds import Session, Stage, Status, Suggestion, Tier
from thresholds.case_files import suggest_from_file
from thresholds.households import HouseholdSuggestion

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CASES = sorted(path for path in (EXAMPLES / "cases").iterdir() if path.suffix in (".yaml", ".json", ".jsonl"))
SESSIONS = sorted((EXAMPLES / "sessions").glob("*.json"))
HOUSEHOLDS = sorted((EXAMPLES / "households").glob("*.yaml"))
ANSWERS = {path.name: list(suggest_from_file(str(path))) for path in CASES}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_example_is_answered(name):
    assert ANSWERS[name]
    assert all(isinstance(one, Suggestion) for one in ANSWERS[name])


@pytest.mark.parametrize("path", HOUSEHOLDS, ids=lambda path: path.name)
def test_every_household_is_answered(path):
    (one,) = suggest_from_file(str(path))
    assert isinstance(one, HouseholdSuggestion)
    assert len(one.children) > 1
    assert one.notes


def test_every_stage_status_and_tier_is_shown():
    suggestions = [one for answers in ANSWERS.values() for one in answers]
    assert len(suggestions) >= 15
    assert {one.stage for one in suggestions} >= set(Stage)
    assert {one.status for one in suggestions} == set(Status)
    assert {one.tier for one in suggestions} == {*Tier, None}


@pytest.mark.parametrize("path", [*CASES, *HOUSEHOLDS], ids=lambda path: path.name)
def test_every_yaml_example_begins_with_a_sentence_on_what_it_shows(path):
    if path.suffix == ".yaml":
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# ")
        assert first.endswith(".")


def test_the_table_of_examples_is_right():
    table = (EXAMPLES / "cases" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\S+)\]\(\S+\)(?:, line (\d))? \|.*\| `(\w+)` \| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    assert {name for name, *_ in rows} == set(ANSWERS)
    for name, line, status, tier, span in rows:
        one = ANSWERS[name][int(line or 1) - 1]
        lowest, highest = one.range
        expected = "none given" if lowest is None else str(lowest) if lowest == highest else f"{lowest} to {highest}"
        said = (status, tier, span)
        assert said == (one.status.value, "none given" if one.tier is None else str(one.tier), expected), (name, line)


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.name)
def test_every_session_is_by_the_rules_as_they_are(path):
    assert Session.load(path).history, "if the rules have changed: python docs/generate.py"


def test_the_table_of_sessions_is_right():
    table = (EXAMPLES / "sessions" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| \[(\S+)\]\(\S+\) \|.*\| (.+?) \|$", table, re.MULTILINE))
    sessions = {path.name: Session.load(path) for path in SESSIONS}
    tiers = {name: [one.begun.tier, *(step.after.tier for step in one.history)] for name, one in sessions.items()}
    assert rows == {name: ", ".join(map(str, found)) for name, found in tiers.items()}
    assert any(found[-1] is Tier.THREE is not found[0] for found in tiers.values())
