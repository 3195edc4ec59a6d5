"""Figures of a report: what counts, what is refused, and that a difference shows."""

import pytest

from thresholds.audits.audited import Audit, AuditedCase
from thresholds.audits.labels import INVENTED
from thresholds.audits.report_figures import FigureError, compute, read_figures

MARKER = "Xq7-marker"


def case(name, process="triage", **fields):
    return AuditedCase.model_validate({"id": name, "process": process, "case": {}, **fields})


def judged(**fields):
    return {"judgements": [{"auditor": "group", "consensus": True, **fields}]}


NO = {"risks_identified": "no"}
AFTER = [{"what": "closed"}, {"what": "escalated", "because": "new_information"}]
AUDIT = Audit(
    name="made-up",
    cases=(
        case("a", multi_agency=True, held="2A", **judged(tier="2A", replies={"risks_identified": "yes"})),
        case("b", multi_agency=False, held="2 with 3", **judged(tier="3", replies=NO, noted=["delay_to_tier_3"])),
        case("c", case={"left_alone": "suspected", "age_months": 30}, follow_up=AFTER),
        case("d", "panel", held="1", **judged(tier="1", noted=["delay_to_tier_3", "purpose_unclear"])),
        case("e", "panel", judgements=[{"auditor": "group", "of": "referrer", "tier": "3"}]),
    ),
)


@pytest.fixture
def read(tmp_path):
    """The figures in a file of this text."""

    def give(text):
        path = tmp_path / "figures.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_figures(path)

    return give


def one(count, expected="exactly: 1"):
    return f"invented: true\nfigures:\n  - id: f\n    page: 1\n    says: So many.\n    {expected}\n    count: {count}\n"


@pytest.mark.parametrize(
    ("count", "counted"),
    [
        ("{}", "abcde"),
        ("{process: triage}", "abc"),
        ("{process: [triage, panel]}", "abcde"),
        ("{multi_agency: true}", "a"),
        ("{multi_agency: false}", "b"),
        ("{held: 2A}", "a"),
        ("{held: 2 with 3}", "b"),
        ("{held: [1, 2A]}", "ad"),
        ("{warranted: 3}", "b"),
        ("{warranted: 1}", "d"),
        ("{warranted: [1, 3]}", "bd"),
        ("{warranted: 3, of: referrer}", "e"),
        ("{replies: {risks_identified: yes}}", "a"),
        ("{replies: {risks_identified: no}}", "b"),
        ("{replies: {risks_identified: [yes, no]}}", "ab"),
        ("{replies: {risks_identified: not_reported}}", "d"),
        ("{replies: {risks_identified: yes, tier_appropriate: yes}}", ""),
        ("{noted: delay_to_tier_3}", "bd"),
        ("{noted: [delay_to_tier_3, purpose_unclear]}", "d"),
        ("{facts: {left_alone: suspected}}", "c"),
        ("{facts: {left_alone: [no, suspected], age_months: 30}}", "c"),
        ("{facts: {left_alone: yes}}", ""),
        ("{after: escalated}", "c"),
        ("{after: closed, because: new_information}", ""),
        ("{because: new_information}", "c"),
        ("{auditor: group, of: referrer}", "e"),
    ],
)
def test_what_is_counted(read, count, counted):
    (found,) = compute(read(one(count)), AUDIT)
    assert "".join(found.cases) == counted
    assert found.number == len(counted)
    assert found.holds is (len(counted) == 1)


@pytest.mark.parametrize(
    ("expected", "number", "holds"),
    [
        ("exactly: 3", 3, True),
        ("exactly: 2", 3, False),
        ("{}", 3, True),
        ("exactly: 3\n    total: 3", 3, True),
        ("exactly: 3\n    total: 4", 3, False),
        ("at_least: 2\n    at_most: 3\n    word: several\n    reading: Two or three.", 3, True),
        ("at_least: 4\n    word: most\n    reading: Four or more.", 3, False),
        ("at_most: 2\n    word: few\n    reading: At most two.", 3, False),
    ],
)
def test_what_the_report_says_holds_or_differs(read, expected, number, holds):
    (found,) = compute(read(one("{process: triage}", "exactly: 3" if expected == "{}" else expected)), AUDIT)
    assert (found.number, found.holds) == (number, holds)
    assert ("DIFFERS" in str(found)) is not holds
    assert str(found).endswith(f"({INVENTED})")


def test_of_a_real_audit_no_label_says_that_it_is_invented(read):
    (found,) = compute(read(one("{}").replace("invented: true", "invented: false")), AUDIT)
    assert found.label == ""
    assert "invented" not in str(found)


def test_a_figure_without_a_count_is_kept_and_not_computed(read):
    table = read("invented: true\nfigures:\n  - {id: panels, page: 2, says: Six panels., exactly: 6}\n")
    assert table.figures[0].expected == "6"
    assert compute(table, AUDIT) == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (one("{proces: triage}"), 7, "figures 1: count: proces: There is no such field; did you mean process?"),
        (
            one("{replies: {risk_identified: yes}}"),
            7,
            "risk_identified: There is no such word; did you mean risks_identified?",
        ),
        (one("{replies: {risks_identified: partially}}"), 7, "There is no such word; did you mean partly?"),
        (one(f"{{replies: {{risks_identified: {MARKER}}}}}"), 7, "known: yes, partly, no"),
        (one("{held: 2C}"), 7, "There is no such word; did you mean 2?"),
        (one("{warranted: 2}"), 7, "warranted: A tier is 1, 2A, 2B or 3."),
        (one("{noted: delay}"), 7, "There is no such word"),
        (one("{after: re-referred}"), 7, "did you mean re_referred?"),
        (one("{of: sender}"), 7, "of: There is no such word; known: receiver, referrer"),
        (one("{facts: {left_allone: yes}}"), 7, "left_allone: There is no such fact. Did you mean left_alone?"),
        (one("{facts: {left_alone: perhaps}}"), 7, "left_alone: Expected no, suspected or yes"),
        (one("{facts: {age_months: old}}"), 7, "age_months: Expected a whole number"),
        (one("{facts: left_alone}"), 7, "facts: Expected a mapping of facts to answers."),
        (one("{}", "page: 2"), 6, "page is given twice; first on line 4."),
        (one("{}", "exactly: many"), 6, "exactly: Expected a valid integer"),
        (one("{}", "exactly: -1"), 6, "exactly: Expected greater than or equal to 0."),
        (one("{}", "at_least: 1"), 3, "a range says with word which word of the report it reads"),
        (one("{}", "at_least: 3\n    at_most: 2\n    word: a\n    reading: b"), 3, "at_least is more than at_most"),
        (one("{}", "total: 3"), 3, "expected exactly, or at_least and at_most"),
        (one("{}", "exactly: 1\n    at_most: 2"), 3, "expected exactly, or at_least and at_most"),
        ("figures: []\n", 1, "invented: This is missing."),
        ("invented: true\nfigures: []\n", 2, "figures: "),
        ("- a\n", 1, "Expected a mapping of invented and figures."),
        ("invented: {\n", 2, "This is not YAML"),
        ("invented: true\nfigures:\n" + "  - {id: f, page: 1, says: A., exactly: 1}\n" * 2, 1, "given twice: f"),
        ("invented: true\nplaces: {}\nfigures: []\n", 2, "places: There is no such field"),
    ],
)
def test_bad_input_is_told_with_its_line(read, tmp_path, text, line, said):
    with pytest.raises(FigureError) as caught:
        read(text)
    found = [problem.removeprefix(f"{tmp_path / 'figures.yaml'}:") for problem in caught.value.problems]
    assert any(one.startswith(f"{line}: ") and said.lower() in one.lower() for one in found), found
    assert MARKER not in str(caught.value)


def test_files_that_cannot_be_read(read, tmp_path):
    with pytest.raises(FigureError, match="This is empty"):
        read("")
    with pytest.raises(FigureError, match="UTF-8"):
        read(b"\xff")
    with pytest.raises(FigureError, match="larger than"):
        read(b"#" * 1_000_001)
    with pytest.raises(FigureError, match="cannot be read"):
        read_figures(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("{process: triag}", "process: No case of the audit is of this process; did you mean triage?"),
        ("{process: [triage, xyz]}", "process: No case of the audit is of this process; known: triage, panel"),
        ("{auditor: grup}", "auditor: Nobody of this key judged a case; did you mean group?"),
    ],
)
def test_what_the_audit_does_not_have_is_told_with_its_line(read, tmp_path, count, said):
    with pytest.raises(FigureError) as caught:
        compute(read(one(count)), AUDIT)
    assert caught.value.problems == (f"{tmp_path / 'figures.yaml'}:3: figure f: {said}",)


def test_several_auditors_and_no_consensus_need_a_name(read):
    two = case("a", judgements=[{"auditor": "first", "tier": "1"}, {"auditor": "second", "tier": "3"}])
    audit = Audit(name="made-up", cases=(two,))
    with pytest.raises(FigureError, match="figure f: case a was judged by several: say with auditor whose judgement counts"):
        compute(read(one("{warranted: 3}")), audit)
    (found,) = compute(read(one("{warranted: 3, auditor: second}")), audit)
    assert found.number == 1
    (found,) = compute(read(one("{}")), audit)
    assert found.number == 1, "no judgement is asked for"
