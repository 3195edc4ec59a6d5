"""The README shows what the code does."""

import json
import subprocess
import sys

import pytest

from tests.readme import README, blocks, command, output
from thresholds import Session

ROOT = README.parent


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "thresholds", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_the_output_under_the_first_command_is_what_it_prints():
    said = command(0).strip().splitlines()[-1].split("thresholds ", 1)[1].split()
    assert run(*said) == output()


def test_both_shells_are_given_the_same_commands():
    posix = [block.replace(".venv/bin/", "").replace("python3 -m", "py -m") for block in blocks("sh")]
    windows = [block.replace(".venv\\Scripts\\", "") for block in blocks("powershell")]
    assert posix == windows


def test_the_output_in_the_manual_of_sessions_is_what_its_first_command_prints():
    manual = ROOT / "docs" / "sessions.md"
    said = blocks("sh", manual)[0].split()[1:]
    assert run(*said) == blocks("text", manual)[0], "run python docs/generate.py"


def test_the_commands_in_the_manual_of_sessions_do_what_it_says(tmp_path):
    begin, go_on = (block.split() for block in blocks("sh", ROOT / "docs" / "sessions.md")[1:])
    (tmp_path / "my-case.yaml").write_text("age_months: 30\n", encoding="utf-8")
    placed = [[str(tmp_path / word) if "." in word else word for word in said[1:]] for said in (begin, go_on)]
    assert "Learnt: help has been offered" in run(*placed[0])
    assert "Withdrawn: help that matters" in run(*placed[1])
    assert (tmp_path / "may.json").exists()


def test_the_session_that_the_manual_shows_as_json_is_one():
    (shown,) = blocks("json", ROOT / "docs" / "sessions.md")
    session = Session.from_dict(json.loads(shown), rule_set_may_differ=True)
    assert list(session.to_dict()) == list(json.loads(shown))
    assert session.to_dict()["steps"] == json.loads(shown)["steps"]


MANUALS = [ROOT / "docs" / name for name in ("questions.md", "sessions.md", "comparison.md", "exercises.md")]


@pytest.mark.parametrize("block", [*blocks("python"), *(block for page in MANUALS for block in blocks("python", page))])
def test_the_python_shown_runs(block):
    exec(compile(block, str(README), "exec"), {})
