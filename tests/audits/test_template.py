"""`thresholds audit`: a template of each form and kind is a valid audit; what the commands say, and how they end."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from thresholds.audits.columns import FACT_COLUMNS
from thresholds.audits.files import read_audit
from thresholds.audits.judgements import Question
from thresholds.audits.template import template_audit, template_facts
from thresholds.cli import main
from thresholds.facts.vocabulary import FACTS
from thresholds.scales import Stage
from thresholds.schemas import Described, schema_of

FORMS, KINDS = ("wide", "long"), ("csv", "xlsx")
AUDIT_2011 = "examples/audit-2011/cases.jsonl"


def run(*arguments):
    return CliRunner().invoke(main, ["audit", *(str(argument) for argument in arguments)])


@pytest.fixture
def template(tmp_path):
    def give(form, kind, *more):
        path = tmp_path / f"{form}.{kind}"
        done = run("template", "--form", form, *more, path)
        assert (done.exit_code, done.output) == (0, "")
        return path

    return give


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_a_valid_audit_that_says_it_is_made_up(template, form, kind):
    path = template(form, kind)
    audit = read_audit(path)
    assert audit.cases == template_audit().cases
    assert audit.notes == ()
    assert "made-up" in audit.cases[0].id
    assert "made-up" in audit.cases[0].process
    done = run("check", path)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{form}: 1 case, 3 known facts.",
        "Processes: made-up-process.",
        "2 judgements, by auditor-1, auditor-2.",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_has_a_column_or_only_those_of_a_stage(template, kind):
    def headings(path):
        if kind == "csv":
            return path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        return [cell.value for cell in openpyxl.load_workbook(path)["cases"][1]]

    every = headings(template("wide", kind))
    assert set(FACT_COLUMNS) <= set(every)
    assert len(every) == len(set(every))
    asked = template_facts([Stage.UNBORN])
    assert len(asked) < len(FACTS) / 1.2
    assert {name for name, fact in FACTS.items() if Stage.UNBORN in fact.stages} <= set(asked)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_of_few_facts_alone(template, form, kind):
    path = template(form, kind, "--fact", "left_alone", "--fact", "Bruise or mark")
    wanted = {"left_alone", "bruise_or_mark", *template_audit().cases[0].case.known()}
    assert read_audit(path).cases == template_audit().cases
    if kind == "csv":
        found = set(path.read_text(encoding="utf-8-sig").splitlines()[0].split(","))
    elif form == "wide":
        found = {cell.value for cell in openpyxl.load_workbook(path)["cases"][1]}
    else:
        columns = openpyxl.load_workbook(path)["words"].iter_cols(min_row=2, values_only=True)
        found = next(set(column) for column in columns if "left_alone" in column)
    assert found & set(FACTS) == wanted


def test_facts_of_a_template_that_there_are_not(tmp_path):
    done = run("template", "--fact", "left_allone", "--fact", "age_months", "--fact", "zzz", tmp_path / "audit.csv")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "--fact left_allone: There is no such fact. Did you mean left_alone?",
        "--fact zzz: There is no such fact. The command 'thresholds facts' lists them all.",
    ]
    assert not (tmp_path / "audit.csv").exists()
    done = run("template", "--fact", "age_months", "--stage", "infant")
    assert (done.exit_code, done.stderr) == (2, "Expected --stage or --fact, and not both.\n")


def test_the_columns_are_explained_and_have_pick_lists(template):
    book = openpyxl.load_workbook(template("long", "xlsx"))
    assert book.sheetnames == ["cases", "judgements", "facts", "words", "columns"]
    explained = {row[0]: row[1:] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    for name in ("cases", "judgements", "facts"):
        for cell in book[name][1]:
            assert explained[cell.value][0], cell.value
            assert explained[cell.value][1], f"what may be written under {cell.value}"
    lists = {}
    for pick in book["judgements"].data_validations.dataValidation:
        sheet, _, cells = pick.formula1.partition("!")
        words = [row[0].value for row in book[sheet][cells.replace("$", "")]]
        assert (pick.showErrorMessage, pick.errorStyle) == (True, "warning"), "Yes is typed as well, and is read"
        for ranged in pick.sqref.ranges:
            lists[book["judgements"].cell(1, ranged.min_col).value] = words
            assert ranged.min_row == 2
    assert lists["tier"] == ["1", "2A", "2B", "3"]
    assert lists["of"] == ["receiver", "referrer"]
    assert "could_not_be_judged" in lists["risks_identified"]
    assert set(lists) == {"tier", "of", "consensus", *Question}
    assert book["judgements"]["E2"].number_format == "@", "a tier is kept as it is typed"


def test_a_template_on_standard_output():
    done = run("template")
    assert done.exit_code == 0
    heading, row, *more = done.stdout.splitlines()
    assert heading.startswith("id,process,multi_agency,held,")
    assert row.startswith("made-up-case,made-up-process,no,2A,")
    assert more == []
    assert run("template", "--form", "long").stdout.count("made-up-case") == 2, "a row for each judgement"
    few = run("template", "--stage", "unborn", "--stage", "infant").stdout.splitlines()[0].split(",")
    assert "gestation_weeks" in few
    assert "gang_risk" not in few


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xlsx"], "A workbook is written to a file: name one."),
        (["--format", "xlsx", "audit.csv"], "audit.csv: Expected a name that ends in .xlsx"),
        (["audit.ods"], "audit.ods: Expected a name that ends in .csv"),
        (["nowhere/audit.csv"], "nowhere/audit.csv: Expected the name of a file that does not exist yet"),
    ],
)
def test_a_template_that_cannot_be_written(arguments, said):
    done = run("template", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith(said)


def test_a_template_is_never_written_over_a_file(tmp_path):
    path = tmp_path / "audit.csv"
    path.write_text("mine")
    assert run("template", path).exit_code == 2
    assert path.read_text() == "mine"


def test_without_openpyxl_the_exit_code_says_so(template, tmp_path, monkeypatch):
    path = template("wide", "xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for done in (run("check", path), run("template", tmp_path / "new.xlsx")):
        assert done.exit_code == 4
        assert 'pip install "safeguarding-thresholds[excel]"' in done.stderr
        assert done.stdout == ""
    assert not (tmp_path / "new.xlsx").exists()
    assert run("template", tmp_path / "new.csv").exit_code == 0


def test_check_says_what_is_wrong_or_what_was_passed_over(tmp_path):
    path = tmp_path / "audit.csv"
    path.write_text("id,process,decision,x_own\na,mash,EH Referral,text\nb,mash,NFA,\n")
    done = run("check", path, "--decisions", "ssd-contacts")
    assert done.exit_code == 0
    assert "0 judgements." in done.stdout
    assert "Note: Column D (x_own) was not read" in done.stdout
    assert "Note: 1 case with the decision EH Referral: the tier held was read off it, 2" in done.stdout
    path.write_text("id,process,held\na,mash,4\nb c,mash,1\n")
    done = run("check", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2
    assert run("check", AUDIT_2011).stdout.startswith("audit-2011: 29 cases, ")


def test_check_counts_the_values_of_each_own_column(tmp_path):
    path = tmp_path / "audit.csv"
    rows = [
        "id,process,by_team,By site",
        "a,mash,South,",
        "b,mash,North,1",
        "c,mash,North,2",
        "d,mash,n/k,3",
        "e,mash,North,3",
    ]
    path.write_text("\n".join(rows))
    done = run("check", path)
    assert done.stdout.splitlines()[3:] == [
        "by_team: North (3), South (1), not known (1).",
        "by_site: 3 (2), 1 (1), 2 (1), not known (1).",
    ]
    path.write_text("id,process,by_team\n" + "".join(f"a-{n},mash,t{n}\n" for n in range(22)))
    assert run("check", path).stdout.splitlines()[-1].endswith("t19 (1), and 2 more.")


def test_check_with_a_map_that_is_not_there_or_not_good(tmp_path):
    done = run("check", AUDIT_2011, "--decisions", "ssd-contact")
    assert done.exit_code == 2
    assert done.stderr.startswith("ssd-contact: There is no shipped decision map of this name, and no such file; did you mean")
    bad = tmp_path / "map.yaml"
    bad.write_text("id: a\n")
    done = run("check", AUDIT_2011, "--decisions", bad)
    assert done.exit_code == 2
    assert "The map has no title." in done.stderr


def test_the_schema_of_an_audit_takes_the_rebuilt_one_and_what_is_written():
    validator = Draft7Validator(schema_of(Described.AUDIT))
    Draft7Validator.check_schema(validator.schema)
    lines = [json.loads(line) for line in Path(AUDIT_2011).read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 29
    for line in [*lines, template_audit().cases[0].to_dict()]:
        validator.validate(line)
    judgement = {"judgement_of": "panel-1", "auditor": "a", "tier": "2A"}
    validator.validate(judgement)
    for wrong in (
        {**lines[0], "held": "2C"},
        {**lines[0], "case": {"left_allone": "yes"}},
        {**lines[0], "case": {"left_alone": "perhaps"}},
        {**lines[0], "remarks": "text"},
        {name: value for name, value in lines[0].items() if name != "process"},
        {**judgement, "tier": "4"},
        {**judgement, "process": "panel"},
        {"judgement_of": "panel-1"},
        {**judgement, "judgement_of": "a name"},
    ):
        assert not validator.is_valid(wrong), wrong
