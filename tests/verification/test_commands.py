"""The commands `thresholds verify` and `thresholds diff`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("z3", reason="the extra verify is not installed")

from thresholds.cli import main
from thresholds.verification import proving
from thresholds.verification.results import Verdict

SETTINGS = """\
id: own
version: "1"
title: A rule set of one's own
about: Made for tests.
status: for tests
valid_from: 2020-01-01
pathways_on: 2020-01-01
authors: nobody
scales:
  tier: {label: Tier, values: ["1", 2A, 2B, "3"]}
"""
RULES = """\
rules:
  - id: bruise
    title: A bruise
    when: bruise_or_mark
    unless: independently_mobile
    conclude: {tier: 3}
    source: {work: own, at: here, basis: practice}
    examples:
      counts: [{bruise_or_mark: suspected, gives: {tier: 3}}]
      does_not: [{bruise_or_mark: no}]
      excepted: [{bruise_or_mark: yes, independently_mobile: yes}]
"""
SOURCES = """\
sources:
  - {id: own, short: Ours, title: Ours, address: nowhere, seen: 2020-01-01}
"""
FLOOR = """\
floors:
  - id: bruise-floor
    title: A bruise is never below Tier 3
    when: bruise_or_mark
    at_least: 3
    source: {work: own, at: here, basis: practice}
"""


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(SETTINGS)
    (folder / "rules.yaml").write_text(SOURCES + RULES)
    return folder


def run(*command):
    return CliRunner().invoke(main, [str(part) for part in command], catch_exceptions=False)


def test_a_shipped_rule_set_is_proved_and_told_as_a_table():
    done = run("verify", "hackney-2009")
    assert done.exit_code == 0
    assert "32 of 32 properties are proved" in done.output
    assert "A bruise" not in done.output
    assert "Every tier can be suggested at every stage." in done.output


def test_a_floor_with_a_hole_is_refuted_by_a_case_that_is_kept(own, tmp_path):
    (own / "floors.yaml").write_text(FLOOR)
    kept = tmp_path / "kept"
    done = run("verify", own, "--save", kept)
    assert done.exit_code == 3
    assert "REFUTED: FLOOR: A BRUISE IS NEVER BELOW TIER 3." in done.output
    case = kept / "floor-bruise-floor-1.yaml"
    assert "independently_mobile: yes" in case.read_text()
    suggested = run("suggest", case, "--rule-set", own, "--format", "json")
    assert json.loads(suggested.output)["tier"] != "3"


def test_json_says_what_was_looked_at_and_with_what(own):
    done = run("verify", own, "--format", "json")
    result = json.loads(done.output)
    assert (result["format"], result["rule_set"]["id"]) == ("verification/1", "own")
    assert result["solver"].startswith("z3 ")
    assert {one["verdict"] for one in result["properties"]} <= {verdict.value for verdict in Verdict}
    unreached = next(one for one in result["properties"] if one["id"] == "tiers")
    assert unreached["verdict"] == "refuted"
    assert any("no rule concludes it" in note for note in unreached["notes"])


def test_the_tests_of_the_rules_are_measured(own):
    done = run("verify", own, "--tests", "--format", "json")
    result = json.loads(done.output)
    assert (result["format"], done.exit_code) == ("rule-tests/1", 0)
    assert (result["survivors"], result["not_met"]) == ([], [])
    assert result["mutants"]["killed"] == 4
    (own / "rules.yaml").write_text(SOURCES + RULES.replace("suspected, gives: {tier: 3}", "yes"))
    assert run("verify", own, "--tests").exit_code == 3


def test_what_changed_is_told_and_its_cases_are_kept(own, tmp_path):
    kept = tmp_path / "kept"
    done = run("diff", "hackney-2009", "hackney-2011", "--save", kept)
    assert done.exit_code == 0
    assert "From Tier 2A to Tier 3: " in done.output
    names = sorted(path.stem for path in kept.iterdir())
    assert "from-tier-2a-to-tier-3-1" in names
    assert "from-no-tier-to-tier-2a-1" in names
    for name in names:
        before, after = name.removeprefix("from-").rsplit("-", 1)[0].split("-to-")
        for said, rule_set in ((before, "hackney-2009"), (after, "hackney-2011")):
            done = run("suggest", kept / f"{name}.yaml", "--rule-set", rule_set, "--format", "json")
            tier = json.loads(done.output)["tier"]
            assert said == ("no-tier" if tier is None else f"tier-{tier.lower()}")


# Bad input.


def test_a_rule_set_that_is_not_there_or_has_mistakes_is_refused(own):
    assert run("verify", "hackny-2011").exit_code == 3
    assert "hackney-2011" in run("verify", "hackny-2011").output
    (own / "rules.yaml").write_text(SOURCES + RULES.replace("when: bruise_or_mark", "when: bruise_or_marks"))
    done = run("verify", own)
    assert done.exit_code == 3
    assert "bruise_or_mark" in done.output
    assert run("diff", "hackney-2009", own).exit_code == 3


def test_nothing_is_written_over(tmp_path):
    done = run("diff", "hackney-2009", "hackney-2011", "--save", tmp_path)
    assert done.exit_code == 2
    assert "does not exist yet" in done.output
    assert run("verify", "--save", Path("no") / "such").exit_code == 2


def without_the_solver(*command):
    code = "import sys; sys.modules['z3'] = None; from thresholds.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, text=True, check=False)


def test_without_the_solver_the_command_says_what_to_install(own, tmp_path):
    done = without_the_solver("verify", own)
    assert (done.returncode, done.stdout) == (4, "")
    assert "install safeguarding-thresholds[verify]" in done.stderr
    done = without_the_solver("diff", own, own)
    assert done.returncode == 0
    assert "The two say the same." in done.stdout
    kept = tmp_path / "kept"
    assert without_the_solver("diff", own, own, "--save", kept).returncode == 4
    assert not kept.exists()


def test_a_property_that_is_not_decided_is_not_passed_over():
    result = proving.Result("one", "One.", Verdict.NOT_DECIDED, "all")
    assert proving.Verification(None, (result,)).is_refuted
