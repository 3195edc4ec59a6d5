"""An audit and a rule set side by side, as the mission asks: figures, pages, report and JSON."""

import json

import pytest

from tests.comparison.audits import BRUISE, NOTHING_KNOWN, SLOW, audit, audited
from tests.readme import README
from thresholds.audits.audited import AuditedCase
from thresholds.audits.files import read_audit
from thresholds.audits.report_figures import INVENTED
from thresholds.comparison.comparing import compare, compare_audits
from thresholds.comparison.subgroups import ColumnError
from thresholds.views import html, markdown, text

SMALL = audit(
    audited("baby", BRUISE, {"a": "3", "b": "2B"}, held="2B"),
    audited("slow", SLOW, {"a": "2B", "b": "2B"}, held="2A", follow_up=[{"what": "re_referred", "weeks": 1}]),
    audited("unknown", NOTHING_KNOWN, {"a": "1"}, process="triage"),
)


@pytest.fixture(scope="module")
def rebuilt():
    return compare(read_audit(README.parent / "examples/audit-2011/cases.jsonl"))


def one_line(shown):
    return " ".join(shown.split())


def test_it_sets_rules_beside_auditors_together_and_each_and_auditors_beside_each_other():
    found = compare(SMALL)
    assert [pairing.reference for pairing in found.each] == ["a", "b"]
    assert found.together.compared == 1  # auditors differ on one, and too little is known of another
    assert [pairing.compared for pairing in found.each] == [2, 2]
    assert found.ceiling.pairs[0].observed.value == 0.5
    assert [case.id for case, _ in found.held_below] == ["slow"]
    assert [one.id for one in found.disagreements] == ["slow"]


@pytest.mark.parametrize("shown", ["text", "markdown", "html"])
def test_every_part_of_the_page_says_its_figures_with_method_and_cases(shown, rebuilt):
    page = one_line(getattr(compare(SMALL), shown)())
    for said in ("Auditor beside auditor", "re-referred after 1 week", "too little known", "Wilson", "1 case"):
        assert said.lower() in page.lower()
    assert INVENTED not in page
    assert one_line(getattr(rebuilt, shown)()).count(INVENTED) >= 8


def test_what_is_invented_is_said_on_every_table_and_picture_and_in_json(rebuilt):
    for grid in (block for part in rebuilt.page().parts for block in part.blocks if hasattr(block, "caption")):
        assert INVENTED in grid.caption, grid.caption
    for grid in (block for part in rebuilt.report().parts for block in part.blocks if hasattr(block, "caption")):
        assert INVENTED in grid.caption, grid.caption
    assert rebuilt.to_dict()["label"] == INVENTED
    assert all(row["invented"] for row in rebuilt.to_records())


def test_the_report_goes_process_by_process_through_the_seven_questions(rebuilt):
    report = rebuilt.report()
    headings = [part.heading for part in report.parts]
    assert headings[:4] == ["How it was done", "What this sample cannot show", "Panel", "Triage"]
    assert headings[-2:] == ["To think about", "About this page"]
    first_response = next(part for part in report.parts if part.heading == "First response")
    table = next(block for block in first_response.blocks if hasattr(block, "rows"))
    assert len(table.rows) == 7
    assert table.rows[0][:4] == ("Was the referral to this service appropriate?", "2", "", "4")
    written = text.render(report)
    assert "One case only: nothing general can be said of it." in written
    assert "triage-4, first-response-6" in one_line(written)  # too little known for a tier; fip-1 is not for this tool
    assert html.document(report).count("<table>") == markdown.render(report).count("\n| --- |")


def test_an_auditor_who_differs_from_another_is_counted_as_differing_in_the_report():
    judgements = [{"auditor": who, "replies": replies} for who, replies in (("a", "yes"), ("b", "no"))]
    judgements = [{**one, "replies": {"risks_identified": one["replies"]}} for one in judgements]
    judged = audited("x", SLOW).to_dict() | {"judgements": [*judgements, {"auditor": "c"}]}
    (table,) = (
        block
        for part in compare(audit(AuditedCase.model_validate(judged))).report().parts
        if part.heading == "Mat"
        for block in part.blocks
        if hasattr(block, "rows")
    )
    assert table.rows[1] == ("Were risk factors identified and assessed?", "", "", "", "", "", "", "1")


def test_what_was_passed_over_in_reading_the_audit_is_said_on_the_page_and_in_json():
    noted = compare(SMALL.model_copy(update={"notes": ("The column x_team is not read.",)}))
    assert "The column x_team is not read." in noted.text()
    assert "The column x_team is not read." in text.render(noted.report())
    assert noted.to_dict()["notes"] == ["The column x_team is not read."]


def test_its_json_is_plain_and_holds_no_nan(rebuilt):
    for found in (rebuilt, compare(SMALL), compare(audit()), compare_audits(SMALL, rebuilt.audit)):
        written = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert written["format"] in ("comparison/1", "audit-change/1")
    rows = compare(SMALL).to_records()
    assert [(row["id"], row["suggested"], row["judged_lowest"], row["judged_highest"]) for row in rows] == [
        ("baby", "3", "2B", "3"),
        ("slow", "2A", "2B", "2B"),
        ("unknown", None, "1", "1"),
    ]


def test_an_empty_audit_is_undefined_throughout_and_no_error():
    found = compare(audit())
    assert "nothing is shown of agreement" in one_line(found.text())
    assert text.render(found.report())
    assert found.leave_one_rule_out().tried == ()
    assert found.subgroups == ()


def test_two_audits_are_compared_figure_by_figure_with_an_interval(rebuilt):
    change = compare_audits(SMALL, rebuilt.audit)
    observed = change.changes["observed"]
    assert observed.value == pytest.approx(rebuilt.together.observed.value - compare(SMALL).together.observed.value)
    assert observed.lower < observed.value < observed.upper
    assert INVENTED in one_line(change.text())


def test_bad_arguments_are_refused_in_words():
    with pytest.raises(ColumnError, match="did you mean process"):
        compare(SMALL, parts=("proccess",))
    with pytest.raises(ValueError, match="1 or above"):
        compare(SMALL, fewest_shown=0)
    with pytest.raises(KeyError):
        compare(SMALL, "hackney-2012")
