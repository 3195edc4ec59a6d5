"""The README shows what the code does."""

import subprocess
import sys

import pytest

from tests.readme import README, blocks, command, output

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


@pytest.mark.parametrize("block", [*blocks("python"), *blocks("python", ROOT / "docs" / "questions.md")])
def test_the_python_shown_runs(block):
    exec(compile(block, str(README), "exec"), {})
