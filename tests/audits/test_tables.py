"""Audits from spreadsheets: good tables of each form, there and back, and each trap told with its place and no value."""

import csv
import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from thresholds import Tier
from thresholds.audits.audited import LEAST_WEIGHT, After, Audit, AuditedCase, Because, FollowUp, Seen, TierHeld
from thresholds.audits.cells import answer_to, tier_of
from thresholds.audits.columns import CASE_COLUMNS, FACT_COLUMNS, JUDGEMENT_COLUMNS
from thresholds.audits.files import AuditError, Form, read_audit
from thresholds.audits.judgements import NO_AUDITOR, Judgement, Judging, Noted, Question, Reply, WhyNotJudged
from thresholds.audits.sheets import ExcelUnavailableError, letter
from thresholds.audits.writing import write_audit_table
from thresholds.facts.vocabulary import FACTS
from thresholds.testing import cases

MARKER = "Xq7-marker"
AUDIT_2011 = "examples/audit-2011/cases.jsonl"
WIDE = [
    ["id", "process", "held", "auditor-1 tier", "auditor-1 risks_identified", "auditor-2 tier", "age_months", "left_alone"],
    ["a-1", "triage", "2A", "2B", "partly", "3", 30, "suspected"],
    ["a-2", "panel", None, None, None, "2A", None, None],
]
LONG = [
    ["id", "process", "held", "auditor", "tier", "risks_identified", "age_months", "left_alone"],
    ["a-1", "triage", "2A", "auditor-1", "2B", "partly", 30, "suspected"],
    ["a-1", None, None, "auditor-2", "3", None, None, None],
    ["a-2", "panel", None, "auditor-2", "2A", None, None, None],
]


@pytest.fixture
def sheet(tmp_path):
    """A table of these rows as a file of this name."""

    def give(rows, name="audit.csv", **about):
        path = tmp_path / name
        (as_csv if name.endswith(".csv") else as_xlsx)(path, rows, **about)
        return path

    return give


def as_csv(path, rows, *, delimiter=",", encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(stream.getvalue().encode(encoding))


def as_xlsx(path, rows, *, title="Sheet1", change=None, more=()):
    """A workbook of these rows; `change` is done to its sheet, and `more` are further sheets."""
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for sheet, written in ((workbook.active, rows), *((workbook.create_sheet(name), others) for name, others in more)):
        for row in written:
            sheet.append(row)
    if change:
        change(workbook.active)
    workbook.save(path)


def refused(path, **about):
    """What is wrong with a file, without the folder."""
    with pytest.raises(AuditError) as caught:
        read_audit(path, **about)
    assert MARKER not in str(caught.value)
    assert all(one.startswith(str(path)) for one in caught.value.problems)
    return [one.removeprefix(str(path)).removeprefix(": ") for one in caught.value.problems]


def changed(rows, cell, value):
    """Rows with another value in a cell, named as a spreadsheet names it."""
    written = [list(row) for row in rows]
    at = ord(cell[0]) - ord("A")
    written[int(cell[1:]) - 1][at] = value
    return written


# Good tables.


@pytest.mark.parametrize("rows", [WIDE, LONG])
@pytest.mark.parametrize("name", ["audit.csv", "audit.xlsx"])
def test_each_form_and_kind(sheet, rows, name):
    audit = read_audit(sheet(rows, name))
    assert audit.name == "audit"
    assert audit.notes == ()
    first, second = audit.cases
    assert (first.id, first.process, first.held) == ("a-1", "triage", TierHeld.TWO_A)
    assert first.case.known() == {"age_months": 30, "left_alone": "suspected"}
    assert [(one.auditor, one.tier) for one in first.judgements] == [("auditor-1", Tier.TWO_B), ("auditor-2", Tier.THREE)]
    assert first.by("auditor-1").replies == {Question.RISKS: Reply.PARTLY}
    assert (second.held, second.case.known()) == (None, {}), "an empty cell is not known"
    assert [(one.auditor, one.tier) for one in second.judgements] == [("auditor-2", Tier.TWO_A)]
    assert str(sheet(rows, name)) and read_audit(str(sheet(rows, name))) == audit, "a path may be text"


@pytest.mark.parametrize(
    "about",
    [{"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "utf-8-sig"}, {"delimiter": ";", "encoding": "utf-8-sig"}],
)
def test_csv_as_excel_saves_it(sheet, about):
    assert read_audit(sheet(WIDE, **about)) == read_audit(sheet(WIDE))


def test_csv_that_names_its_separator(sheet):
    plain = read_audit(sheet(WIDE))
    path = sheet(WIDE, delimiter=";")
    path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    assert read_audit(path) == plain
    path.write_bytes(path.read_bytes().replace(b"partly", MARKER.encode()))
    assert refused(path)[0].startswith("row 3, column E (auditor-1 risks_identified): "), "rows count as a spreadsheet counts"


def test_the_form_may_be_said(sheet):
    rows = [["id", "process", "age_months"], ["a", "triage", 3]]
    path = sheet(rows)
    assert read_audit(path, form="wide") == read_audit(path, form=Form.WIDE) == read_audit(path)
    assert refused(path, form="long") == ["row 1: There is no column auditor, which is needed."]
    assert any("stands before this, as in auditor-1 tier" in one for one in refused(sheet(LONG), form="wide"))
    assert any("a heading of the wide form" in one for one in refused(sheet(WIDE), form="long"))
    with pytest.raises(ValueError, match="tall"):
        read_audit(path, form="tall")


def test_headings_in_other_capitals_and_spaces(sheet):
    rows = [
        ["ID ", "Process", "Multi-Agency?", " HELD", "auditor-1  Risks identified", "Age (months)"],
        ["a", "b", "yes", 3, "no", 4],
    ]
    rows[0][5] = "AGE MONTHS"
    case = read_audit(sheet(rows, "audit.xlsx")).cases[0]
    assert (case.multi_agency, case.held) == (True, TierHeld.THREE)
    assert case.by("auditor-1").reply(Question.RISKS) is Reply.NO
    assert case.case.known() == {"age_months": 4}


def test_trailing_blanks_and_empty_rows_in_between(sheet):
    rows = [[*row, None, "  "] for row in WIDE]
    spaced = [rows[0], [None] * 10, rows[1], [" "] * 10, [None], rows[2], [None]]
    for name in ("audit.csv", "audit.xlsx"):
        assert read_audit(sheet(spaced, name)).cases == read_audit(sheet(WIDE, name)).cases
    assert refused(sheet(changed(spaced, "C6", "2C")))[0].startswith("row 6, column C (held): "), "blank rows are counted"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        *((one, "yes") for one in ("yes", "Yes", "YES ", "y", "TRUE", "true", True, "a) Yes")),
        *((one, "no") for one in ("no", "NO", "n", "False", False, "b) No")),
        *((one, "suspected") for one in ("suspected", " Suspected")),
        *((one, None) for one in ("", None, "  ", "unknown", "Not known", "n/k")),
    ],
)
def test_answers_as_people_type_them(sheet, written, known):
    rows = [["id", "process", "left_alone"], ["a", "b", written]]
    for name in ("audit.csv", "audit.xlsx"):
        assert read_audit(sheet(rows, name)).cases[0].case.known().get("left_alone") == known


@pytest.mark.parametrize(
    ("written", "tier"),
    [("2a", "2A"), ("Tier 2A", "2A"), ("tier2b", "2B"), (3.0, "3"), ("3.0", "3"), (1, "1"), ("3", "3"), ("unknown", None)],
)
def test_tiers_as_people_type_them(written, tier):
    assert tier_of(written) == tier


def test_held_as_people_type_it(sheet):
    for written, held in [
        ("Tier 2 with Tier 3", "2 with 3"),
        (2.0, "2"),
        ("2", "2"),
        ("tier 2a", "2A"),
        ("2 WITH 3", "2 with 3"),
    ]:
        for name in ("audit.csv", "audit.xlsx"):
            assert read_audit(sheet(changed(WIDE, "C2", written), name)).cases[0].held is TierHeld(held)


def test_everything_that_a_case_may_hold(sheet):
    rows = [
        ["id", "process", "multi_agency", "held", "decision", "seen", "stratum", "weight"],
        [101.0, "triage", "no", "3", "EH Referral", "Practitioner spoken to", "taken-on", 2.5],
    ]
    rows[0] += ["invented", "By team", "by_year"]
    rows[1] += ["yes", "north", 2026.0]
    rows[0] += [
        "follow_up",
        "follow_up_weeks",
        "Follow-up 2",
        "follow_up_2_because",
        "g consensus",
        "g referrer tier",
        "g noted",
    ]
    rows[1] += ["re-referred", 6.0, "closed", "new information", "yes", "2A", "siblings left out; purpose_unclear"]
    rows[0] += ["g tier_appropriate", "g tier 3 consulted", "g why_not_judged"]
    rows[1] += ["could not be judged", "n/a", "tier appropriate: file incomplete"]
    case = read_audit(sheet(rows, "audit.xlsx")).cases[0]
    assert case == AuditedCase(
        id="101",
        process="triage",
        multi_agency=False,
        case={},
        held="3",
        decision="EH Referral",
        seen=Seen.PRACTITIONER,
        stratum="taken-on",
        weight=2.5,
        invented=True,
        columns={"team": "north", "year": "2026"},
        follow_up=(
            FollowUp(what=After.RE_REFERRED, weeks=6),
            FollowUp(what=After.CLOSED, because=Because.NEW_INFORMATION),
        ),
        judgements=(
            Judgement(
                auditor="g",
                consensus=True,
                replies={Question.TIER: Reply.COULD_NOT_BE_JUDGED, Question.TIER_3: Reply.NOT_APPLICABLE},
                why_not_judged={Question.TIER: WhyNotJudged.FILE_INCOMPLETE},
                noted=(Noted.SIBLINGS_LEFT_OUT, Noted.PURPOSE_UNCLEAR),
            ),
            Judgement(auditor="g", of=Judging.REFERRER, tier="2A"),
        ),
    )


def test_one_reason_is_that_of_each_question_that_could_not_be_judged(sheet):
    rows = [["id", "process", "g tier_appropriate", "g risks_identified", "g referral_appropriate", "g why_not_judged"]]
    rows.append(["a", "b", "could_not_be_judged", "could_not_be_judged", "yes", "other"])
    assert read_audit(sheet(rows)).cases[0].by("g").why_not_judged == {
        Question.RISKS: WhyNotJudged.OTHER,
        Question.TIER: WhyNotJudged.OTHER,
    }


def test_cases_judgements_and_facts_apart(sheet, tmp_path):
    cases_table = [["id", "process", "held"], ["a-1", "triage", "2A"], ["a-2", "panel", None]]
    judged = [
        ["ID", "Auditor", "of", "Tier"],
        ["a-2", "x", None, "3"],
        ["a-1", "x", "referrer", None],
        ["a-1", "x", None, "1"],
    ]
    facts = [["id", "fact", "answer"], ["a-1", "Left alone", "Yes"], ["a-1", "age_months", 3], ["a-2", "special_needs", None]]
    book = sheet(cases_table, "audit.xlsx", title="Cases", more=[("judgements", judged), ("Facts", facts), ("sums", [["x"]])])
    folder = tmp_path / "audit-2012"
    for name, rows in (("cases", cases_table), ("judgements", judged), ("facts", facts)):
        as_csv(folder / f"{name}.csv", rows)
    in_folder, in_book = read_audit(folder), read_audit(book)
    assert in_folder.cases == in_book.cases
    assert (in_folder.name, in_book.name) == ("audit-2012", "audit")
    assert in_book.notes == ("Sheet sums was not read.",)
    first, second = in_folder.cases
    assert first.case.known() == {"age_months": 3, "left_alone": "yes"}
    assert [(one.of, one.tier) for one in first.judgements] == [(Judging.REFERRER, None), (Judging.RECEIVER, Tier.ONE)]
    assert second.by("x").tier is Tier.THREE
    assert read_audit(folder / "cases.csv").notes == (
        "judgements.csv and facts.csv beside cases.csv was not read: give the folder to read them together.",
    )
    assert "said to be in the wide form" in refused(folder, form="wide")[0]


def test_a_folder_of_cases_alone_may_be_wide(tmp_path):
    as_csv(tmp_path / "audit-2013" / "cases.csv", WIDE)
    audit = read_audit(tmp_path / "audit-2013")
    assert audit.name == "audit-2013"
    assert audit.cases[0].by("auditor-1").tier is Tier.TWO_B


# There and back.

_keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,8}", fullmatch=True)
_follow_ups = st.builds(
    FollowUp, what=st.sampled_from(After), because=st.none() | st.sampled_from(Because), weeks=st.none() | st.integers(0, 520)
)


@st.composite
def _judgements(draw, auditor, of):
    replies = draw(st.dictionaries(st.sampled_from(Question), st.sampled_from(Reply), max_size=4))
    unjudged = [question for question, reply in replies.items() if reply is Reply.COULD_NOT_BE_JUDGED]
    return Judgement(
        auditor=auditor,
        of=of,
        consensus=draw(st.booleans()),
        tier=draw(st.none() | st.sampled_from(Tier)),
        replies=replies,
        why_not_judged={question: draw(st.sampled_from(WhyNotJudged)) for question in unjudged},
        noted=tuple(draw(st.lists(st.sampled_from(Noted), unique=True, max_size=3))),
    )


_WEIGHTS = {  # Excel keeps 15 digits
    "audit.csv": st.just(LEAST_WEIGHT) | st.floats(LEAST_WEIGHT, 1_000_000),
    "audit.xlsx": st.just(LEAST_WEIGHT) | st.integers(1, 10_000).map(lambda number: number / 1000),
}


@st.composite
def audits(draw, weights):
    auditors = draw(
        st.lists(
            (_keys | st.sampled_from(["X", "x1", "by.", "bystander", "tier", "of", "id"])).filter(
                lambda key: not re.match(NO_AUDITOR, key)
            ),
            min_size=1,
            max_size=3,
            unique_by=str.casefold,
        )
    )
    judges = [(auditor, of) for auditor in auditors for of in Judging]
    made = []
    for id in draw(st.lists(_keys, min_size=1, max_size=3, unique=True)):
        made.append(
            AuditedCase(
                id=id,
                process=draw(_keys),
                multi_agency=draw(st.none() | st.booleans()),
                case=draw(cases()),
                held=draw(st.none() | st.sampled_from(TierHeld)),
                seen=draw(st.none() | st.sampled_from(Seen)),
                stratum=draw(st.none() | _keys),
                weight=draw(weights),
                invented=draw(st.booleans()),
                columns=draw(st.dictionaries(st.sampled_from(["team", "year_1", "tier"]), st.sampled_from(["North", "2026"]))),
                decision=draw(st.none() | st.sampled_from(["No Further Action", "a) Yes", "Told, advised; closed"])),
                follow_up=tuple(draw(st.lists(_follow_ups, max_size=2))),
                judgements=tuple(draw(_judgements(*judge)) for judge in judges if draw(st.booleans())),
            )
        )
    return Audit(name="audit", cases=tuple(made))


@pytest.mark.parametrize(
    ("name", "examples"), [("audit.csv", 100), ("audit.xlsx", 15)]
)  # a workbook takes some hundred times as long
@pytest.mark.parametrize("form", Form)
def test_there_and_back(tmp_path, form, name, examples):
    path = tmp_path / name

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(audit=audits(_WEIGHTS[name]))
    def check(audit):
        path.unlink(missing_ok=True)
        write_audit_table(audit, path, form)
        back = read_audit(path)
        if form is Form.LONG:
            assert back.cases == audit.cases
        else:
            judges = list(dict.fromkeys((one.auditor, one.of) for case in audit.cases for one in case.judgements))
            for case, again in zip(audit.cases, back.cases, strict=True):
                ordered = sorted(case.judgements, key=lambda one: judges.index((one.auditor, one.of)))
                assert again == case.model_copy(update={"judgements": tuple(ordered)})

    check()


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", ["cases.csv", "cases.xlsx"])
def test_the_rebuilt_audit_there_and_back(tmp_path, form, name):
    audit = read_audit(AUDIT_2011)
    folder = tmp_path / "audit-2011"
    folder.mkdir()
    write_audit_table(audit, folder / name, form)
    assert read_audit(folder / name) == audit


def test_nothing_is_written_over_and_only_what_can_be_read(tmp_path):
    audit = read_audit(AUDIT_2011)
    write_audit_table(audit, tmp_path / "a.csv")
    before = (tmp_path / "a.csv").read_bytes()
    with pytest.raises(FileExistsError):
        write_audit_table(audit, tmp_path / "a.csv", "long")
    assert (tmp_path / "a.csv").read_bytes() == before
    for name in ("a.xls", "a", "a.jsonl"):
        with pytest.raises(ValueError, match=r"\.csv or \.xlsx"):
            write_audit_table(audit, tmp_path / name)
        assert not (tmp_path / name).exists()
    many = audit.cases[0].model_copy(update={"follow_up": (FollowUp(what=After.CLOSED),) * 21})
    with pytest.raises(ValueError, match="more than 20 follow-ups"):
        write_audit_table(Audit(name="a", cases=(many,)), tmp_path / "b.csv")


def test_no_heading_can_be_taken_for_another():
    names = [*CASE_COLUMNS, *FACT_COLUMNS]
    assert len(names) == len(set(names)) == len(CASE_COLUMNS) + len(FACTS)
    assert not any(name.startswith(("x_", "follow_up")) for name in names)
    assert not any(name.startswith(tuple(f"{of}_" for of in Judging)) for name in JUDGEMENT_COLUMNS)


def test_what_columns_are_called():
    assert [letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


# Cells that are not understood.

DATE = "This is a date, or looks like one"


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("A2", "a name", "column A (id): Expected letters, digits"),
        ("A2", None, "column A (id): This is missing: each row has the id of its case."),
        ("B2", None, "column B (process): This is missing."),
        ("C2", "2C", "column C (held): Expected 1, 2A, 2B, 2, 2 with 3 or 3"),
        (
            "C2",
            "2 and 3",
            "column C (held): Expected 1, 2A, 2B, 2, 2 with 3 or 3; leave the cell empty where",
        ),
        ("D2", "2", "column D (auditor-1 tier): Expected a tier, 1, 2A, 2B or 3: say which half of Tier 2."),
        ("D2", "4", "column D (auditor-1 tier): Expected a tier, 1, 2A, 2B or 3."),
        ("D2", True, "column D (auditor-1 tier): Expected a tier, 1, 2A, 2B or 3."),
        ("D2", "02-Mar", f"column D (auditor-1 tier): {DATE}"),
        ("C2", "2/3", f"column C (held): {DATE}"),
        ("E2", "party", "column E (auditor-1 risks_identified): Expected yes, partly, no, "),
        ("E2", "could_not_be_judged", "why_not_judged has to say why for risks_identified."),
        ("E2", "unknown", "column E (auditor-1 risks_identified): Expected yes, partly, no, "),
        ("G2", "old", "column G (age_months): Expected a whole number from -10 to"),
        ("G2", 2.5, "column G (age_months): Expected a whole number from -10 to"),
        ("G2", 5000, "column G (age_months): Expected a whole number from -10 to"),
        ("G2", True, "column G (age_months): Expected a whole number from -10 to"),
        ("H2", 1, "column H (left_alone): Expected no, suspected or yes; leave the cell empty where it is not known."),
        (
            "H2",
            "suspect",
            "column H (left_alone): Expected no, suspected or yes; leave the cell empty where",
        ),
        ("H2", "#N/A", "column H (left_alone): This cell holds an error of the spreadsheet in place of a value."),
        ("H2", MARKER, "column H (left_alone): Expected no, suspected or yes"),
        ("A3", "a-1", "column A (id): Another case has this id, in row 2; an id names one case."),
    ],
)
def test_a_cell_that_is_wrong(sheet, cell, value, said):
    for name, place in (("audit.csv", ""), ("audit.xlsx", "sheet Sheet1, ")):
        found = refused(sheet(changed(WIDE, cell, value), name))
        assert len(found) == 1, found
        between = ": " if said.startswith("why") else ", "
        expected = f"{place}row {cell[1:]}{between}{said}".replace(": why", ": the judgement by auditor-1: why")
        assert found[0].startswith(expected), found


@pytest.mark.parametrize("cell", ["A2", "B2", "C2", "D2", "E2", "G2", "H2"])
@pytest.mark.parametrize("value", [dt.datetime(2011, 3, 2), dt.time(2, 3)])
def test_what_excel_made_a_date_of(sheet, cell, value):
    (only,) = refused(sheet(changed(WIDE, cell, value), "audit.xlsx"))
    assert only.startswith(f"sheet Sheet1, row 2, column {cell[0]} (")
    assert DATE in only
    assert "2011" not in only


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("weight", "heavy", "Expected a number, such as 1.5."),
        ("weight", 0, "Expected greater than or equal to 0.0001."),
        ("weight", 0.00009, "Expected a number, such as 1.5."),
        ("weight", "1,5", "Expected a number, such as 1.5."),
        ("multi_agency", "maybe", "Expected yes or no; leave the cell empty where it is not known."),
        (
            "seen",
            "papers",
            "Expected paper or practitioner_spoken_to; leave the cell empty where it is not known; did you mean paper?",
        ),
        ("stratum", "under five", "Expected letters, digits and . _ : / - only"),
        ("decision", "=cmd", "Expected a decision in its source's own few words"),
        ("decision", "x" * 101, "Expected a decision in its source's own few words"),
        ("follow_up", "moved", "Expected re_referred, escalated, "),
        ("follow_up_weeks", 521, "Expected a whole number of weeks, 0 to 520"),
        ("g noted", "siblings_left_out, sibling", "Expected risk_management_concern"),
        ("g noted", "siblings_left_out; siblings_left_out", "the judgement by g: Noted twice: siblings_left_out."),
        ("g why_not_judged", "other", "A reason is given, and no question is answered could_not_be_judged."),
        ("g why_not_judged", "risk: other", "Expected referral_appropriate, risks_identified"),
        (
            "g why_not_judged",
            "risks_identified: other; risks_identified: other",
            "A reason is given twice for risks_identified.",
        ),
        ("g why_not_judged", "tier_appropriate: other", "the judgement by g: Why_not_judged speaks of tier_appropriate"),
        ("gestation_weeks", 20, "Expected no weeks of pregnancy"),
    ],
)
def test_other_columns_that_are_wrong(sheet, heading, value, said):
    (only,) = refused(sheet([["id", "process", "age_months", heading], ["a", "b", 30, value]]))
    if heading == "gestation_weeks":
        assert only.startswith("row 2, column D (gestation_weeks): "), "a record that cannot be"
        return
    assert said.casefold() in only.casefold()
    assert only.startswith("row 2, column D (" if "the judgement by" not in said else "row 2: ")


def test_what_follows_from_a_mistake_is_not_told_beside_it(sheet):
    rows = [["id", "process", "age_months", "gestation_weeks", "g tier_appropriate", "g why_not_judged"]]
    rows.append(["a", "b", "thirty", 20, "could_not_be_jugded", "tier_appropriate: other"])
    assert [one.split(":")[0] for one in refused(sheet(rows))] == [
        "row 2, column C (age_months)",
        "row 2, column E (g tier_appropriate)",
    ]
    differing = [
        ["id", "process", "auditor", "age_months", "gestation_weeks"],
        ["a", "b", "x", None, 20],
        ["a", "c", "x", 30, None],
    ]
    assert [one.split(":")[0] for one in refused(sheet(differing))] == [
        "row 3, column B (process)",
        "row 3, column C (auditor)",
    ], "and what does not follow from it is"


def test_a_follow_up_that_is_half_said(sheet):
    rows = [["id", "process", "follow_up", "follow_up_3", "follow_up_3_weeks"], ["a", "b", "closed", None, 3]]
    assert refused(sheet(rows)) == ["row 2, column D (follow_up_3): This is missing."]
    assert refused(sheet([[*row[:3], row[4]] for row in rows])) == ["row 2: follow_up 3: what: This is missing."]


# Headings.


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("left_allone", "row 1, column C (left_allone): There is no such column; did you mean left_alone?"),
        ("Proces", "row 1, column C (Proces): There is no such column; did you mean process?"),
        (f"{MARKER} Smith", "row 1, column C: There is no such column; known: id, process"),
        ("tier", "row 1, column C (tier): In the wide form the key of the auditor stands before this, as in auditor-1 tier;"),
        ("Auditor 1 tier", "row 1, column C: The key of an auditor is one word"),
        ("auditor-1 tiers", "row 1, column C: There is no such column; did you mean tier?"),
        ("follow_up_99", "row 1, column C (follow_up_99): There is no such column; did you mean follow_up"),
        ("reference", "row 1, column C (reference): There is no such column;"),
        ("ID", "row 1, column C (ID): Column A has this heading too: keep one of them."),
        (" Process ", "row 1, column C (Process): Column B has this heading too: keep one of them."),
    ],
)
def test_a_heading_that_is_wrong(sheet, heading, said):
    (only,) = refused(sheet([["id", "process", heading], ["a", "b", None]]))
    assert only.startswith(said), only


def test_the_same_column_of_one_auditor_twice(sheet):
    rows = [["id", "process", "g tier", "h tier", "g Tier", "g referrer tier"], ["a", "b", "1", "2A", "3", "3"]]
    assert refused(sheet(rows)) == ["row 1, column E (g Tier): Column C has this heading too: keep one of them."]


def test_a_column_of_ones_own_is_not_read_and_that_is_said(sheet):
    rows = [["id", "process", "x_note", "X_Remarks of mine"], ["a", "b", MARKER, "text"]]
    assert read_audit(sheet(rows)).notes == (
        "Column C (x_note) was not read, as its heading asks for.",
        "Column D was not read, as its heading asks for.",
    )
    assert read_audit(sheet(rows, "audit.xlsx")).notes[0] == (
        "Column C (x_note) of sheet Sheet1 was not read, as its heading asks for."
    )


def test_an_auditor_whose_key_looks_like_a_column_of_ones_own(sheet):
    rows = [["id", "process", "X tier", "x1 referrer tier"], ["a", "b", "3", "1"]]
    audit = read_audit(sheet(rows))
    assert audit.notes == ()
    assert [(one.auditor, one.tier) for one in audit.cases[0].judgements] == [("X", Tier.THREE), ("x1", Tier.ONE)]


@pytest.mark.parametrize(
    ("heading", "column", "auditor"),
    [
        ("x_old tier", "x_first_tier", "a-x_1 tier"),
        ("X_OLD referrer tier", "x_first_tier", "a-x_1 tier"),
        ("by_team tier", "by_first_tier", "a-by_1 tier"),
        ("By noted", "by_first_noted", "a-by_1 noted"),
        ("by-team risks identified", "by_first_risks_identified", "a-by_1 risks_identified"),
    ],
)
def test_a_heading_that_could_be_an_auditors_or_ones_own_is_neither(sheet, heading, column, auditor):
    (only,) = refused(sheet([["id", "process", heading], ["a", "b", "1"]]))
    assert only.startswith(f"row 1, column C ({heading}): This could be a column of your own, or what an auditor judged.")
    assert f"as in {column}" in only
    assert f"as in {auditor}." in only
    in_long = [["id", "process", "auditor", heading], ["a", "b", "c", "1"]]
    audit = read_audit(sheet(in_long))  # where no heading names an auditor it has one meaning
    assert bool(audit.notes) is not bool(audit.cases[0].columns)


@pytest.mark.parametrize(("key", "said"), [("x_old", "x_ or by_"), ("By_team", "x_ or by_")])
def test_in_the_long_form_no_auditor_has_such_a_key_either(sheet, key, said):
    (only,) = refused(sheet(changed(LONG, "D3", key)))
    assert only.startswith("row 3, column D (auditor): The key of an auditor may not begin with x_ or by_")


def test_one_auditor_is_not_two_by_a_capital_in_headings(sheet):
    rows = [["id", "process", "Me tier", "me risks_identified", "me tier", "you tier"], ["a", "b", "3", "no", "2A", "1"]]
    for name, place in (("audit.csv", ""), ("audit.xlsx", "sheet Sheet1, ")):
        first, second = refused(sheet(rows, name))
        said = "This differs from the auditor Me in its capitals alone, and one person would count as two"
        assert first.startswith(f"{place}row 1, column D (me risks_identified): {said}")
        assert second.startswith(f"{place}row 1, column E (me tier): {said}")


def test_one_auditor_is_not_two_by_a_capital_in_rows(sheet):
    (only,) = refused(sheet(changed(LONG, "D4", "Auditor-2")))
    assert only.startswith(
        "row 4, column D (auditor): This differs from the auditor auditor-2 of row 3 in its capitals alone, and one person"
    )


@pytest.mark.parametrize("written", ["north", "NORTH", "North  East"])
def test_values_of_an_own_column_that_differ_in_capitals_or_spaces_alone(sheet, written):
    first = "North East" if " " in written else "North"
    rows = [["id", "process", "by_team"], ["a", "b", first], ["c", "b", "South"], ["d", "b", written]]
    assert refused(sheet(rows)) == [
        "row 4, column C (by_team): This differs from row 2 in its capitals or spaces alone: cases would be parted into two "
        "groups that mean the same. Write it alike everywhere."
    ]


@pytest.mark.parametrize("written", ["", "unknown", "Not known", "N/K", "nk"])
def test_not_known_is_no_group_of_an_own_column(sheet, written):
    rows = [["id", "process", "by_team"], ["a", "b", written], ["c", "b", "North"]]
    first, second = read_audit(sheet(rows)).cases
    assert (first.columns, second.columns) == ({}, {"team": "North"})
    rows = [["id", "process", "auditor", "by_team"], ["a", "b", "x", "North"], ["a", "b", "y", written], ["c", "b", "x", "NK"]]
    first, second = read_audit(sheet(rows)).cases
    assert (first.columns, second.columns) == ({"team": "North"}, {}), "and does not differ from what another row knows"


@pytest.mark.parametrize(
    ("heading", "name"), [("by_a__b", "a_b"), ("by_t_", "t"), ("By site - 2", "site_2"), (f"by_{'t' * 41}", None)]
)
def test_own_columns_come_back_as_they_are_called(sheet, tmp_path, heading, name):
    path = sheet([["id", "process", heading], ["a", "b", "c"]])
    if name is None:
        assert "There is no such column" in refused(path)[0]
        return
    audit = read_audit(path)
    assert audit.cases[0].columns == {name: "c"}
    write_audit_table(audit, tmp_path / "again.csv")
    assert read_audit(tmp_path / "again.csv").cases == audit.cases


def test_that_it_is_not_recorded_what_auditors_went_by_is_kept(sheet):
    rows = [["id", "process", "seen"], ["a", "b", None], ["c", "b", "paper"]]
    assert [case.seen for case in read_audit(sheet(rows)).cases] == [None, Seen.PAPER]
    assert "empty is not known" in CASE_COLUMNS["seen"].says


def test_columns_that_are_needed(sheet):
    assert refused(sheet([["held", "age_months"], ["3", 3]])) == [
        "row 1: There is no column id, which is needed.",
        "row 1: There is no column process, which is needed.",
    ]


def test_something_under_no_heading(sheet):
    rows = [["id", "process", None, "held"], ["a", "b", MARKER, "3"], ["c", "d", None, "3"]]
    for name in ("audit.csv", "audit.xlsx"):
        (only,) = refused(sheet(rows, name))
        assert only.endswith("row 2: Column C has no heading, and there is something in it here.")


def test_ragged_rows(sheet):
    (short,) = refused(sheet([["id", "process", "held"], ["a", "b"]]))
    assert short.startswith("row 2: This row has fewer cells than there are headings")
    (wide,) = refused(sheet([["id", "process", "held"], ["a", "b", "3", MARKER]]))
    assert wide == "row 2: Column D has no heading, and there is something in it here."


@pytest.mark.parametrize("name", ["audit.csv", "audit.xlsx"])
def test_two_rows_of_headings(sheet, name):
    rows = [
        ["id", "process", "auditor-1", "", "auditor-2", ""],
        ["", "", "tier", "noted", "tier", "noted"],
        ["a", "b", "1", "", "3", ""],
    ]
    (only,) = refused(sheet(rows, name))
    assert only.endswith("Row 2 holds headings, below a row that is not empty: keep one row of them, and nothing above.")
    titled = [["Audit of July", *[None] * 7], *WIDE]
    (only,) = refused(sheet(titled, name))
    assert only.endswith("Row 2 holds headings, below a row that is not empty: keep one row of them, and nothing above.")


# Several rows and tables.


def test_every_mistake_at_once_and_one_that_is_made_often_is_said_once(sheet):
    rows = [
        WIDE[0],
        *([f"a-{n}", "triage", "2C" if n < 6 else "3", "9", None, None, 3, MARKER if n == 2 else None] for n in range(1, 9)),
    ]
    found = refused(sheet(rows))
    assert [one.split(":")[0] for one in found] == [
        "rows 2, 3, 4 and 2 more, column C (held)",
        "rows 2, 3, 4 and 5 more, column D (auditor-1 tier)",
        "row 3, column H (left_alone)",
    ]


def test_rows_of_one_case_that_differ(sheet):
    found = refused(sheet(changed(LONG, "C3", "3")))
    assert found == ["row 3, column C (held): This differs from row 2, which is of the same case: say it once, or alike."]
    assert read_audit(sheet(changed(LONG, "C3", "Tier 2a"))) == read_audit(sheet(LONG)), "alike is no mistake"


def test_two_judgements_by_one_auditor(sheet):
    found = refused(sheet(changed(LONG, "D3", "auditor-1")))
    assert found == [
        "row 3, column D (auditor): This auditor judged this case in row 2 already: keep one judgement by each auditor."
    ]


def test_a_judgement_without_its_auditor(sheet):
    found = refused(sheet(changed(LONG, "D3", None)))
    assert found == ["row 3, column D (auditor): This is missing: each judgement has the key of its auditor."]


def test_a_case_without_judgements_in_the_long_form(sheet):
    audit = read_audit(sheet([*LONG, ["a-3", "panel", "3", None, None, None, 4, None]]))
    assert audit.cases[2].judgements == ()
    assert audit.cases[2].held is TierHeld.THREE


def test_tables_that_do_not_fit_each_other(sheet):
    judged = [["id", "auditor", "tier"], ["a_1", "x", "3"], [MARKER, "x", "3"], ["a-1", None, "3"]]
    facts = [
        ["id", "fact", "answer"],
        ["a-2", "left_alone", "yes"],
        ["a-1", "left_allone", "yes"],
        ["a-1", "left_alone", MARKER],
    ]
    facts += [["a-1", "age_months", 4], ["a-1", None, "yes"], [None, "left_alone", "yes"]]
    more = [("judgements", judged), ("facts", facts)]
    found = refused(sheet([["id", "process", "age_months"], ["a-1", "b", 3]], "audit.xlsx", title="cases", more=more))
    assert found == [
        "sheet judgements, row 2, column A (id): There is no case of this id; did you mean a-1?",
        "sheet judgements, row 3, column A (id): There is no case of this id; known: a-1",
        "sheet judgements, row 4, column B (auditor): This is missing: each judgement has the key of its auditor.",
        "sheet facts, row 2, column A (id): There is no case of this id; did you mean a-1?",
        "sheet facts, row 3, column B (fact): There is no such fact. Did you mean left_alone?",
        "sheet facts, row 4, column C (answer): left_alone: Expected no, suspected or yes; leave the cell empty where it is "
        "not known.",
        "sheet facts, row 5, column B (fact): age_months is given twice for this case: keep one answer.",
        "sheet facts, row 6, column B (fact): This is missing.",
        "sheet facts, row 7, column A (id): This is missing.",
    ]


def test_a_table_of_judgements_without_headings(sheet):
    more = [("judgements", [["id", "tier"], ["a", "3"]])]
    found = refused(sheet([["id", "process"], ["a", "b"]], "audit.xlsx", title="cases", more=more))
    assert found == ["sheet judgements, row 1: There is no column auditor, which is needed."]


# Files that cannot be read.


@pytest.mark.parametrize("name", ["audit.csv", "audit.xlsx"])
@pytest.mark.parametrize("rows", [[], [[None, "  "]], [[], [None]]])
def test_an_empty_file(sheet, name, rows):
    assert refused(sheet(rows, name)) == ["This is empty: expected a row of headings, and a row for each case."]


@pytest.mark.parametrize("name", ["audit.csv", "audit.xlsx"])
@pytest.mark.parametrize("rows", [WIDE, LONG])
def test_headings_alone(sheet, name, rows):
    assert refused(sheet(rows[:1], name)) == ["There are headings here, and no case under them."]


def test_other_encodings(sheet):
    rows = changed(WIDE, "B2", "caf\u00e9-panel")
    (only,) = refused(sheet(rows, encoding="cp1252"))
    assert only.startswith("This is not text in UTF-8; it looks like Windows-1252")
    assert "CSV UTF-8" in only
    (only,) = refused(sheet(rows, encoding="utf-16"))
    assert only.startswith("This is not text in UTF-8; it looks like UTF-16")


def test_a_quotation_mark_that_is_not_closed(sheet):
    path = sheet(WIDE)
    path.write_bytes(path.read_bytes().replace(b"a-2", b'"a-2'))
    (only,) = refused(path)
    assert only.startswith("row 3: This is not CSV that can be read")


@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_cell_that_is_far_too_long(sheet, row):
    (only,) = refused(sheet(changed(WIDE, f"H{row}", MARKER * 20_000)))
    assert only == (
        f"row {row}: This is not CSV that can be read: a cell is longer than 131,072 characters, and no cell of an audit is. "
        "Shorten it; or, where none is that long, look for a quotation mark that is not closed."
    )


def test_files_that_are_something_else(sheet, tmp_path):
    book = sheet(WIDE, "audit.xlsx")
    other = tmp_path / "other.csv"
    other.write_bytes(book.read_bytes())
    assert refused(other)[0].startswith("This is a workbook and no CSV")
    book.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert refused(book)[0].startswith("This is protected by a password, or of Excel before 2007")
    for content in (b"", b"text", other.read_bytes()[:-400], b"PK\x03\x04" + b"\0" * 90):
        book.write_bytes(content)
        assert refused(book)[0].startswith("This is no Excel workbook that can be read")
    for name in ("audit.xls", "audit.ods", "audit.tsv"):
        (tmp_path / name).write_bytes(b"text")
        assert "A file of this kind is not read here" in refused(tmp_path / name)[0]
    with pytest.raises(AuditError, match=r"There is no such file\. Did you mean other\.csv\?"):
        read_audit(tmp_path / "othr.csv")


def test_a_workbook_that_is_too_large(sheet, monkeypatch):
    path = sheet(WIDE, "audit.xlsx")
    monkeypatch.setattr("thresholds.audits.sheets.MOST_CELLS", 20)
    assert refused(path)[0].startswith(
        "sheet Sheet1: This sheet reaches down to row 3 and across to column H: delete the empty"
    )
    monkeypatch.setattr("thresholds.audits.sheets.LARGEST_UNPACKED", 500)
    assert "when it is unpacked" in refused(path)[0]
    monkeypatch.setattr("thresholds.audits.sheets.LARGEST_FILE", 500)
    assert refused(path)[0].startswith("This file is larger than")


@pytest.mark.parametrize("which", ["sheet1", "sheet2"])
def test_a_workbook_that_says_that_it_is_too_large_is_never_loaded(sheet, monkeypatch, which):
    path = sheet(WIDE, "audit.xlsx", title="cases", more=[("others", LONG)])
    part = f"xl/worksheets/{which}.xml"
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert b'<dimension ref="A1:H' in parts[part]
    parts[part] = parts[part].replace(b'<dimension ref="A1:H', b'<dimension ref="A1:XFD')
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    monkeypatch.setattr("thresholds.audits.sheets.MOST_CELLS", 10_000)
    loaded = []
    load = openpyxl.load_workbook
    monkeypatch.setattr(
        openpyxl, "load_workbook", lambda *given, **how: loaded.append(how["read_only"]) or load(*given, **how)
    )
    (only,) = refused(path)
    rows = {"sheet1": 3, "sheet2": 4}[which]
    name = {"sheet1": "cases", "sheet2": "others"}[which]
    assert only.startswith(f"sheet {name}: This sheet reaches down to row {rows} and across to column XFD: delete the empty")
    assert loaded == [True]


def test_a_workbook_that_does_not_say_how_large_it_is(sheet):
    path = sheet(WIDE, "audit.xlsx")
    expected = read_audit(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    without = re.sub(rb"<dimension [^>]*/>", b"", parts[name])
    assert without != parts[name]
    parts[name] = without
    with zipfile.ZipFile(path, "w") as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    assert read_audit(path) == expected


def test_a_small_file_that_unpacks_into_a_large_one(sheet):
    path = sheet(WIDE, "audit.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/media/picture.bin", bytes(60_000_000))
    assert path.stat().st_size < 1_000_000
    assert refused(path) == ["This workbook is larger than 60 MB when it is unpacked."]


@pytest.mark.parametrize("name", ["audit.csv", "audit.xlsx"])
def test_a_file_that_is_too_large(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(20_000_001)
    assert refused(path) == ["This file is larger than 20 MB."]


@pytest.mark.parametrize(("cells", "shown"), [("D1:E1", "D1:E1"), ("B2:B3", "B2:B3")])
def test_merged_cells(sheet, cells, shown):
    (only,) = refused(sheet(WIDE, "audit.xlsx", change=lambda one: one.merge_cells(cells)))
    assert only.startswith(
        f"sheet Sheet1: Cells are merged ({shown}), and only the first of them holds anything: unmerge them"
    )


def test_formulas_without_a_stored_result(sheet):
    (only,) = refused(sheet(changed(WIDE, "C2", "=1+2"), "audit.xlsx"))
    assert only.startswith("sheet Sheet1: Formulas whose result is not stored (C2): open the file in Excel and save it")


def test_formulas_with_a_stored_result(sheet):
    path = sheet(changed(WIDE, "C2", "=1+2"), "audit.xlsx")
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b"<f>1+2</f><v />" in parts[name] or b"<f>1+2</f><v></v>" in parts[name], parts[name]
    parts[name] = (
        parts[name].replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>").replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
    )
    with zipfile.ZipFile(path, "w") as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    assert read_audit(path).cases[0].held is TierHeld.THREE


def test_pick_lists_as_newer_excel_keeps_them_are_no_trouble(sheet):
    path = sheet(WIDE, "audit.xlsx")
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    lists = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    parts[name] = parts[name].replace(b"</worksheet>", lists)
    with zipfile.ZipFile(path, "w") as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    with pytest.warns(UserWarning, match="Data Validation extension"):
        openpyxl.load_workbook(path)
    assert len(read_audit(path).cases) == 2, "and every warning is an error in these tests"


def test_hidden_sheets_and_rows_are_told(tmp_path, sheet):
    def hide(one):
        one.row_dimensions[3].hidden = True
        one.parent["old"].sheet_state = "hidden"

    audit = read_audit(sheet(WIDE, "audit.xlsx", change=hide, more=[("old", LONG)]))
    assert len(audit.cases) == 2
    assert audit.notes == (
        "Sheet old is hidden and was not read.",
        "Sheet Sheet1 has hidden rows, by a filter perhaps (1): they were read like the others.",
    )


def test_hidden_columns_are_told(sheet):
    def hide(one):
        one.column_dimensions["D"].hidden = True
        one.column_dimensions.group("G", "H", hidden=True)

    audit = read_audit(sheet(WIDE, "audit.xlsx", change=hide))
    assert audit.notes == ("Sheet Sheet1 has hidden columns (D, G, H): they were read like the others.",)
    assert audit.cases[0].case.known() == {"age_months": 30, "left_alone": "suspected"}

    def hide_beyond(one):
        one.column_dimensions["Z"].hidden = True

    assert read_audit(sheet(WIDE, "audit.xlsx", change=hide_beyond)).notes == (), "where nothing stands"


@pytest.mark.parametrize("second", ["2025-1", "2025_1 "])
def test_sheets_whose_titles_are_nearly_the_same_are_two(sheet, second):
    (only,) = refused(sheet(WIDE, "audit.xlsx", title="2025 1", more=[(second, LONG)]))
    assert only.startswith(f"Several sheets hold something (2025 1, {second}): call that of the cases cases")
    book = sheet([["id", "process"], ["a", "b"]], "audit.xlsx", title="cases", more=[("2025 1", LONG), (second, LONG)])
    assert read_audit(book).notes == ("Sheet 2025 1 was not read.", f"Sheet {second} was not read.")


@pytest.mark.parametrize("name", ["judgements ", "judgements-"])
def test_two_sheets_of_judgements_are_refused(sheet, name):
    more = [("judgements", [["id", "auditor", "tier"], ["a", "x", "3"]]), (name, [["id", "auditor", "tier"], ["a", "y", "3"]])]
    (only,) = refused(sheet([["id", "process"], ["a", "b"]], "audit.xlsx", title="cases", more=more))
    assert only == (
        f"Several sheets are called judgements, but for capitals, spaces and hyphens ('judgements', '{name}'): keep one, and "
        "give the others another name."
    )
    more[1] = (name, [])
    assert len(read_audit(sheet([["id", "process"], ["a", "b"]], "audit.xlsx", title="cases", more=more)).cases) == 1


def test_a_sheet_that_is_nearly_called_judgements_is_told(sheet):
    book = sheet([["id", "process"], ["a", "b"]], "audit.xlsx", title="cases", more=[("Judgments", LONG)])
    assert read_audit(book).notes == ("Sheet Judgments was not read; did you mean judgements?",)


@pytest.mark.parametrize("name", ["Words", "columns"])
def test_a_sheet_that_is_called_like_one_of_a_template_and_is_none_is_not_passed_over_in_silence(sheet, name):
    assert [case.id for case in read_audit(sheet(WIDE, "audit.xlsx", title=name)).cases] == ["a-1", "a-2"]
    (only,) = refused(sheet(WIDE, "audit.xlsx", more=[(name, LONG)]))
    assert only.startswith(f"Several sheets hold something (Sheet1, {name})")
    book = sheet(WIDE, "audit.xlsx", title="cases", more=[(name, LONG)])
    assert read_audit(book).notes == (f"Sheet {name} was not read.",)
    book = sheet(
        WIDE, "audit.xlsx", more=[(name, LONG)], change=lambda one: setattr(one.parent[name], "sheet_state", "hidden")
    )
    assert read_audit(book).notes == (f"Sheet {name} is hidden and was not read.",)


def test_what_else_stands_in_a_folder_of_tables_is_told(tmp_path):
    folder = tmp_path / "audit-2014"
    as_csv(folder / "cases.csv", [["id", "process"], ["a-1", "triage"]])
    for name in ("judgments.csv", "judgements (2).csv", "Facts.CSV", "read-me.txt", ".hidden", "~$cases.csv"):
        (folder / name).write_text("id\n")
    (folder / "older").mkdir()
    assert read_audit(folder).notes == (
        "Facts.CSV in this folder was not read; did you mean facts.csv?",
        "judgements (2).csv in this folder was not read; did you mean judgements.csv?",
        "judgments.csv in this folder was not read; did you mean judgements.csv?",
        "read-me.txt in this folder was not read; the tables of an audit are cases.csv, judgements.csv, facts.csv.",
    )


def test_several_sheets_and_none_that_is_called_cases(sheet):
    (only,) = refused(sheet(WIDE, "audit.xlsx", more=[("second", LONG)]))
    assert only == "Several sheets hold something (Sheet1, second): call that of the cases cases, or hide the rest."
    assert len(read_audit(sheet(WIDE, "audit.xlsx", more=[("second", [])])).cases) == 2, "an empty sheet is none"


def test_the_made_up_case_among_others_is_told(sheet):
    rows = changed(WIDE, "A2", "made-up-case")
    assert read_audit(sheet(rows)).notes == (
        "The made-up case of the template (made-up-case) is still among the cases: delete its row.",
    )


def test_without_openpyxl(sheet, monkeypatch):
    path = sheet(WIDE, "audit.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(ExcelUnavailableError, match=r'pip install "safeguarding-thresholds\[excel\]"'):
        read_audit(path)
    assert len(read_audit(sheet(WIDE)).cases) == 2, "CSV needs nothing more"


# Whatever stands in a table.

_words = st.sampled_from(
    sorted(
        {*CASE_COLUMNS, *JUDGEMENT_COLUMNS, "auditor", "of", "g tier", "g referrer noted", "x_own", "left_alone", "follow_up"}
    )
)
_cells = st.sampled_from(
    ["yes", "no", "2A", "3", "a", "a-1", "", " ", MARKER + " text", "unknown", "1.5", "other", "02-Mar", "=1", "\u00e9"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(headings=st.lists(_words, max_size=6), rows=st.lists(st.lists(_cells, max_size=8), max_size=4), id_first=st.booleans())
def test_whatever_stands_in_a_table_is_an_audit_or_told(tmp_path, headings, rows, id_first):
    path = tmp_path / "audit.csv"
    as_csv(path, [["id", "process", *headings] if id_first else headings, *rows])
    try:
        audit = read_audit(path)
    except AuditError as error:
        assert error.problems
        assert MARKER not in str(error)
    else:
        assert len(audit.cases) <= len(rows)


@pytest.mark.parametrize("fact", FACTS.values(), ids=str)
def test_every_answer_to_every_fact_is_read_as_it_is_written(fact):
    for value in [int(word) for word in fact.words] if fact.words else (fact.lowest, fact.highest):
        written = fact.written(value)
        assert answer_to(fact)(written) == answer_to(fact)(str(written)) == written
