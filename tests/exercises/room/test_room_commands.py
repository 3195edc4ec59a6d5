"""The commands for a room: what could not be used is listed once, and the exit code says that there is something."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thresholds.cli import main
from thresholds.exercises.room import group_files

FILES = Path(__file__).parent.parent / "files"
HEADER = "exercise,participant,agency,tier\n"
GOOD, BAD, IN_PART = "mark-on-a-baby,p01,gp,3\n", "mark-on-a-baby,p02,gp,2C\n", "mark-on-a-baby,p03,nurse,3\n"


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["exercise", *map(str, arguments), "--folder", str(FILES)], input=given)


def flat(shown):
    return " ".join(shown.split())


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (GOOD + BAD, "1 line could not be used: see "),
        (GOOD + IN_PART, "1 line lacks a cell that could not be used: see "),
        (
            GOOD + BAD + BAD.replace("2C", "x").replace("p02", "p04") + IN_PART,
            "2 lines could not be used, and 1 line lacks a cell that could not be used: see ",
        ),
    ],
)
def test_what_cannot_be_used_is_listed_once_with_the_rest(form, rows, said):
    done = run("group", "-", "--format", form, given=HEADER + rows)
    assert done.exit_code == 2
    assert done.stdout.count("standard input:3: ") == 1
    assert done.stderr.startswith(said)
    assert "standard input" not in done.stderr
    if form == "json":
        assert 'under "refused"' in done.stderr
        assert json.loads(done.stdout)["refused"]
    else:
        assert 'under "Lines that could not be used", on the page' in done.stderr
        assert "LINES THAT COULD NOT BE USED" in done.stdout.upper()


def test_nothing_is_said_where_all_could_be_used():
    done = run("group", "-", given=HEADER + GOOD)
    assert (done.exit_code, done.stderr) == (0, "")


def test_without_a_page_the_lines_are_listed_by_themselves():
    done = run("group", "-", given=HEADER + BAD)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "standard input:2: tier: " in done.stderr
    assert "There is no answer here that can be used." in done.stderr
    written = run("group", "-", "--format", "json", given=HEADER + BAD)
    assert written.exit_code == 2
    assert len(json.loads(written.stdout)["refused"]) == 1
    assert "standard input:2" not in written.stderr


def test_progress_lists_them_once_too_of_both_files(tmp_path):
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    after.write_text(HEADER + GOOD + BAD + IN_PART, encoding="utf-8")
    done = run("progress", before, after)
    assert done.exit_code == 2
    assert flat(done.stdout).count("before.csv:3: tier: ") == flat(done.stdout).count("after.csv:3: tier: ") == 1
    assert done.stderr.startswith("2 lines could not be used, and 1 line lacks a cell that could not be used: see ")
    assert "before.csv:3" not in done.stderr
    assert run("progress", before, after, "--format", "json").stderr.endswith('see under "refused".\n')


def test_what_is_too_large_is_refused_and_not_cut_off(monkeypatch):
    monkeypatch.setattr(group_files, "LARGEST", len(HEADER + GOOD) - 1)
    done = run("group", "-", given=HEADER + GOOD)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "standard input: This is larger than" in done.stderr


def test_a_form_with_steps_goes_from_the_sheet_to_the_group(tmp_path):
    sheet, form = tmp_path / "sheet.html", tmp_path / "answers.csv"
    made = run("sheet", "--exercise", "what-the-review-heard", "--save", sheet, "--answers", form, "--participants", 2)
    assert made.exit_code == 0
    written = form.read_text(encoding="utf-8-sig").splitlines()
    assert form.read_bytes().startswith(b"\xef\xbb\xbf")
    filled = [written[0], *(line.replace(",,,,,,", ",gp,3,,,,") for line in written[1:])]
    form.write_text("\n".join(filled), encoding="utf-8-sig")
    found = json.loads(run("group", form, "--format", "json").stdout)
    assert [(one["moment"], one["spread"]) for one in found["cases"]] == [(0, {"3": 2}), (1, {"3": 2}), (2, {"3": 2})]
    assert sheet.read_text(encoding="utf-8").count("Turn to this page only when you are asked to.") == 2


def test_the_sheet_names_the_places_of_the_rules_that_are_asked_for():
    shown = {
        name: flat(run("sheet", "--format", "text", "--rule-set", name).stdout) for name in ("hackney-2009", "hackney-2011")
    }
    assert "The young carers service" in shown["hackney-2011"]
    assert shown["hackney-2009"] != shown["hackney-2011"]


def test_a_terminal_is_told_nothing_to_obey():
    rows = "exercise,participant,tier,facts,why\nmark-on-a-baby,p01,3,\x1b[2Jbruise,\x1b[31mRed\x9b0m\n"
    rows += "mark-on-a-baby,\x1b[1m,3,,\n\x1b[1m,p02,3,,\n"
    for form in ("text", "markdown", "html", "json"):
        done = run("group", "-", "--format", form, given=rows)
        assert not {"\x1b", "\x9b"} & set(done.output), form
        assert "Red" in done.stdout
