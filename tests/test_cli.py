"""The command: what it prints, where, and with which exit code."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from thresholds import Stage, load_rule_set
from thresholds.cli import main
from thresholds.evaluation.engines import evaluator
from thresholds.loading.places import rules_folder, shipped

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
BRUISE = str(EXAMPLES / "cases" / "05-bruise-on-a-young-baby.yaml")


def run(*arguments, given=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def test_a_suggestion_for_a_case():
    done = run("suggest", BRUISE)
    assert done.exit_code == 0
    assert done.stdout.startswith("Suggested tier for example-05\n")
    assert done.stderr == ""


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "handoff"])
@pytest.mark.parametrize("file", [BRUISE, EXAMPLES / "households" / "three-children-three-panels.yaml"])
def test_each_format(form, file):
    done = run("suggest", file, "--format", form)
    assert done.exit_code == 0
    assert "It is not a decision." in done.stdout
    assert done.stdout.endswith("\n")
    if form == "html":
        assert done.stdout.count("<!DOCTYPE html>") == 1


@pytest.mark.parametrize("given", ['{"age_months": 3}', "age_months: 3\n", '{"age_months": 3}\n{"age_months": 4}\n'])
def test_standard_input(given):
    assert run("suggest", "-", given=given).exit_code == 0


def test_one_case_as_json_is_laid_out_and_many_are_lines():
    one = run("suggest", BRUISE, "--format", "json")
    assert json.loads(one.stdout)["tier"] == "3"
    many = run("suggest", BRUISE, BRUISE, EXAMPLES / "cases" / "several-cases.jsonl", "--format", "json")
    assert [json.loads(line)["format"] for line in many.stdout.splitlines()] == ["suggestion/1"] * 6


def test_what_is_refused_is_listed_at_the_end_and_the_rest_is_answered():
    done = run("suggest", "-", "nowhere.yaml", BRUISE, given='{"age_months": 3}\n{"age_month": 4}\n')
    assert done.exit_code == 2
    assert done.stdout.count("Suggested tier") >= 2
    assert done.stderr.splitlines() == [
        "standard input:2: age_month: There is no such fact. Did you mean age_months?",
        "nowhere.yaml: There is no such file.",
    ]


def test_a_lone_surrogate_is_no_traceback():
    done = run("suggest", "-", given='{"\\ud800": 1}')
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_an_unknown_rule_set():
    done = run("suggest", BRUISE, "--rule-set", "hackney-2012")
    assert done.exit_code == 3
    assert "did you mean hackney-2011" in done.stderr


def test_a_rule_set_of_ones_own(tmp_path):
    folder = tmp_path / "local"
    folder.mkdir()
    settings = "id: local\nversion: '1'\ntitle: Local\nabout: x\nstatus: draft\nextends: hackney-2011\n"
    (folder / "ruleset.yaml").write_text(settings + "valid_from: 2024-01-01\npathways_on: 2024-01-01\n")
    assert run("check", folder).stdout.startswith("local 1: ")
    assert "Rule set local 1" in run("suggest", BRUISE, "--rule-set", folder).stdout
    (folder / "rules.yaml").write_text("rules: [{id: x}]\n")
    for command in (["check", folder], ["suggest", BRUISE, "--rule-set", folder], ["rules", "--rule-set", folder]):
        done = run(*command)
        assert done.exit_code == 3
        assert "rules.yaml:1:9: rule x: " in done.stderr


def test_check_takes_a_folder_of_rule_sets_and_says_what_is_none(tmp_path):
    done = run("check", rules_folder())
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 2
    assert run("check", tmp_path).exit_code == 3
    assert run("check", tmp_path / "nowhere").exit_code == 3


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_facts(form):
    everything, some = run("facts", "--format", form).stdout, run("facts", "--stage", "unborn", "--format", form).stdout
    assert "sexually_active" in everything
    assert "sexually_active" not in some
    if form == "json":
        fact = next(fact for fact in json.loads(everything) if fact["name"] == "strangulation")
        assert fact["gate"] == "violence_at_home"
        assert fact["values"] == ["no", "suspected", "yes"]
        assert len(json.loads(everything)) > 200


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_rules(form):
    assert "strangulation" in run("rules", "--format", form).stdout
    one = run("rules", "stage-bruise-not-mobile", "--format", form)
    assert one.exit_code == 0
    assert "bruise" in one.stdout
    assert run("rules", "--stage", "infant", "--format", form).exit_code == 0


def test_an_unknown_rule():
    done = run("rules", "bruise-not-mobile")
    assert done.exit_code == 2
    assert "did you mean stage-bruise-not-mobile" in done.stderr


@pytest.mark.parametrize("stage", Stage)
def test_the_guidance_note_for_a_stage(stage):
    shown = run("rules", "--stage", stage.word, "--format", "markdown").stdout
    assert shown.startswith(f"# Thresholds and development: {stage.label}")
    assert "## How facts read at this stage" in shown


def test_the_guidance_note_shows_what_is_particular_to_the_stage_and_no_other():
    adolescent, infant = (run("rules", "--stage", stage, "--format", "json").stdout for stage in ("adolescent", "infant"))
    assert "stage-bruise-not-mobile" in infant
    assert "stage-bruise-not-mobile" not in adolescent
    assert "exploitation-feared" in adolescent
    assert "exploitation-feared" not in infant


def test_rule_sets():
    shown = run("rule-sets").stdout
    assert "hackney-2009" in shown
    assert load_rule_set("hackney-2011").digest in shown


# Schemas.


def schema(what):
    done = run("schema", what)
    assert done.exit_code == 0
    written = json.loads(done.stdout)
    Draft7Validator.check_schema(written)
    return Draft7Validator(written)


def plain(path):
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), default=str))


def test_the_schema_of_a_case_takes_every_example():
    validator = schema("case")
    for path in (EXAMPLES / "cases").glob("*.yaml"):
        assert [error.message for error in validator.iter_errors(plain(path))] == [], path.name
    assert not validator.is_valid({"age_month": 3})
    assert not validator.is_valid({"age_months": "three"})
    assert validator.is_valid({"bruise_or_mark": True, "age_months": None})


def test_the_schema_of_rule_files_takes_every_shipped_one():
    rules, settings = schema("rules"), schema("ruleset")
    for path in (path for folder in shipped().values() for path in folder.glob("**/*.yaml")):
        validator = settings if path.name == "ruleset.yaml" else rules
        assert [error.message for error in validator.iter_errors(plain(path))] == [], path.name
    assert not rules.is_valid({"rules": [{"id": "x", "titel": "X"}]})
    assert not settings.is_valid({"id": "x", "scale": {}})


def test_help_and_version():
    for arguments in (["--help"], ["suggest", "--help"], ["--version"]):
        assert run(*arguments).exit_code == 0
    assert (
        "Exit codes: 0 answered, 2 input refused, 3 rule set refused or refuted, 4 what is needed cannot be used here."
        in " ".join(run("--help").stdout.split())
    )
    assert run("suggest").exit_code == 2
    assert run("sugest", BRUISE).exit_code == 2


def test_the_engine_never_changes_the_answer():
    assert run("suggest", BRUISE, "--engine", "reference").stdout == run("suggest", BRUISE).stdout
    assert run("suggest", BRUISE, "--engine", "steam").exit_code == 2


def test_an_engine_that_cannot_be_used_is_said_before_any_case_is_read(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    evaluator.cache_clear()
    done = run("suggest", "no-such-file.yaml", "--engine", "durable", "--rule-set", "hackney-2009")
    assert done.exit_code == 4
    assert done.stdout == ""
    assert done.stderr.startswith("The engine durable needs Python 3.12 or older")


def test_it_can_be_written_where_few_letters_are_known():
    """A terminal that knows only ASCII shows the pages of shipped rule sets, which hold nothing else."""
    for form in ("text", "handoff"):
        io.TextIOWrapper(io.BytesIO(), encoding="ascii").write(run("suggest", BRUISE, "--format", form).stdout)


# What one may ask of a suggestion.


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("file", [BRUISE, EXAMPLES / "households" / "three-children-three-panels.yaml"])
def test_explain_in_each_format(form, file):
    done = run("explain", file, "--format", form, "--limit", "2")
    assert done.exit_code == 0
    assert "It is not a decision." in done.stdout
    if form == "html":
        assert done.stdout.count("<!DOCTYPE html>") == 1


def test_explain_answers_what_is_asked_and_no_more():
    done = run("explain", BRUISE, "--why", "3", "--format", "json")
    assert set(json.loads(done.stdout)) == {"why"}
    everything = json.loads(run("explain", BRUISE, "--format", "json").stdout)
    assert set(everything) == {"why", "why_not", "changes", "ask_next", "stability"}


@pytest.mark.parametrize("tier", ["2a", "2A"])
def test_a_tier_is_written_as_the_model_writes_it_or_in_small_letters(tier):
    assert "Why not Tier 2A" in run("explain", BRUISE, "--why-not", tier).stdout


def test_explain_refuses_what_is_no_tier():
    done = run("explain", BRUISE, "--why", "4")
    assert done.exit_code == 2
    assert "is not one of '1', '2a', '2b', '3'" in done.stderr


def test_explain_lists_what_is_refused_at_the_end():
    done = run("explain", "-", "--why", "3", given='{"age_months": 3}\n{"age_month": 4}\n')
    assert done.exit_code == 2
    assert "Why Tier 3" in done.stdout
    assert done.stderr.startswith("standard input:2: age_month")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_agenda_of_a_meeting(form):
    done = run("agenda", EXAMPLES / "cases" / "several-cases.jsonl", BRUISE, "--format", form)
    assert done.exit_code == 0
    assert done.stdout.index("example-05") < done.stdout.index("short-3")


def test_an_agenda_of_nothing_is_refused():
    done = run("agenda", "nowhere.yaml")
    assert done.exit_code == 2
    assert done.stdout == ""


def test_a_closed_output_is_no_traceback():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.stdout = None; from thresholds.cli import main; main()", "suggest", BRUISE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
