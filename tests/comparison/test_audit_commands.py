"""`thresholds audit`: what is printed, what is written, and what is refused."""

import json
import sys

import pytest
from click.testing import CliRunner

from tests.comparison.audits import BRUISE, SLOW, audited
from tests.decisions.test_overrides import decided
from tests.readme import README
from thresholds.cli import main
from thresholds.decisions.records import append_decision

REBUILT = str(README.parent / "examples/audit-2011/cases.jsonl")


def run(*arguments):
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.jsonl"
    cases = [audited("baby", BRUISE, {"a": "3", "b": "2B"}), audited("slow", SLOW, {"a": "2A", "b": "3"})]
    path.write_text("".join(json.dumps(case.to_dict()) + "\n" for case in cases), encoding="utf-8")
    return path


def test_an_audit_is_compared_in_every_form(small):
    assert "TIER TABLE" in run("compare", small).output
    assert run("compare", small, "--format", "markdown").output.startswith("# Auditors and rules")
    assert run("compare", small, "--format", "html").output.startswith("<!DOCTYPE html>")
    assert json.loads(run("compare", small, "--format", "json").output)["format"] == "comparison/1"


@pytest.mark.parametrize("option", [["--what-if", "hackney-2009"], ["--leave-one-out"]])
def test_what_other_rules_would_do_is_printed_with_its_warning(small, option):
    found = run("compare", small, *option)
    assert found.exit_code == 0
    assert "Do not choose rules by this." in found.output


@pytest.mark.parametrize("name", ["out.html", "out.md"])
def test_a_report_is_written_once_and_never_over_another_file(tmp_path, name):
    out = tmp_path / name
    found = run("compare", REBUILT, "--report", out)
    assert (found.exit_code, found.output) == (0, f"The report of 29 cases is in {out}.\n")
    written = out.read_text(encoding="utf-8")
    assert "First response" in written
    assert "illustrates the method only" in written
    assert "<script" not in written
    again = run("compare", REBUILT, "--report", out)
    assert again.exit_code == 2
    assert out.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "{small}", "--report", "out.txt"], "Expected a name that ends in .html or .md."),
        (["compare", "{small}", "--by", "proces"], "did you mean process?"),
        (["compare", "nowhere.jsonl"], "There is no such file."),
        (["compare", "{small}", "--what-if", "hackney-2012"], "did you mean"),
        (["change", "{small}", "nowhere.jsonl"], "There is no such file."),
        (["encoders", "nowhere.jsonl", "{small}"], "There is no such file."),
        (["replay", "nowhere.jsonl"], "This file cannot be read"),
        (["replay", "{small}"], 'Expected a decision, with "format": "decision/1".'),
    ],
)
def test_what_is_refused_is_said_in_a_line_and_never_as_a_traceback(small, arguments, said):
    found = run(*(one.replace("{small}", str(small)) for one in arguments))
    assert found.exit_code in (2, 3)
    assert said in found.output
    assert "Traceback" not in found.output
    assert found.exception is None or isinstance(found.exception, SystemExit)


def test_two_audits_two_encoders_and_a_plan(small):
    assert "Change" in run("change", small, REBUILT).output
    assert "agreement on facts" in run("encoders", small, small).output
    assert json.loads(run("encoders", small, small, "--format", "json").output)["format"] == "encodings/1"
    wide, narrow = run("plan").output, run("plan", "--half-width", "0.05").output
    assert int(narrow.split("  - ")[1].split()[0]) > int(wide.split("  - ")[1].split()[0]) > 30


def test_decisions_are_replayed_and_overrides_counted(tmp_path):
    path = tmp_path / "decisions.jsonl"
    append_decision(path, decided(BRUISE, "3", key="one"))
    append_decision(path, decided(SLOW, "2B", "facts_weighed_otherwise", key="two"))
    assert "2 decisions." in run("replay", path).output
    assert "another was decided in 50%" in " ".join(run("replay", path, "--overrides").output.split())
    assert json.loads(run("replay", path, "--format", "json").output)["decisions"][0]["same_tier"] is True


def test_without_matplotlib_a_sentence_says_what_to_install(small, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.delitem(sys.modules, "thresholds.views.charts", raising=False)
    found = run("compare", small, "--charts", tmp_path / "pictures")
    assert (found.exit_code, found.output) == (
        4,
        "Pictures need matplotlib: install safeguarding-thresholds[charts].\n",
    )
    assert not (tmp_path / "pictures").exists()
