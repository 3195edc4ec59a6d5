"""Agreement in parts of the cases, with small counts left out."""

import pytest

from tests.comparison.audits import BRUISE, NOTHING_KNOWN, SLOW, audited
from thresholds.comparison.compared import compared_cases
from thresholds.comparison.pairing import rules_beside
from thresholds.comparison.subgroups import NOT_KNOWN, ColumnError, subgroups


def parts(cases, column, fewest=1):
    compared = compared_cases(cases)
    return subgroups(rules_beside(compared), compared, column, fewest)


CASES = [
    *(audited(f"a{n}", BRUISE, {"x": "3"}, process="mat", multi_agency=True) for n in range(6)),
    *(audited(f"b{n}", BRUISE, {"x": "2B"}, process="triage", multi_agency=False) for n in range(5)),
    *(audited(f"c{n}", SLOW, {"x": "3"}, process="triage") for n in range(5)),
    audited("d", NOTHING_KNOWN, {"x": "1"}, process="triage"),
]


def test_each_part_counts_the_same_over_under_and_not_compared():
    found = parts(CASES, "process")
    assert [part.name for part in found.parts] == ["mat", "triage"]
    assert found.counts.counts == ((6, 0, 0, 0), (0, 5, 5, 1))
    assert found.counts.row_totals == (6, 11)
    assert found.parts[0].agreement.value == 1
    assert (found.parts[1].agreement.value, found.parts[1].agreement.cases) == (0, 10)


def test_small_counts_are_not_shown_nor_what_would_give_them_away():
    found = parts(CASES, "process", fewest=5)
    mat, triage = found.counts.counts
    assert mat == (None, None, None, None)  # 6 of 6 alike would say that none of the others was
    assert found.counts.row_totals[0] == 6
    assert all(count is None or count >= 5 for count in triage)
    assert triage[3] is None
    assert found.parts[0].agreement is None  # the share would say what over and under are


def test_what_is_not_known_is_a_part_of_its_own_and_comes_last():
    assert [part.name for part in parts(CASES, "multi_agency").parts] == ["one agency", "several agencies", NOT_KNOWN]
    assert [part.name for part in parts(CASES, "bruise_or_mark").parts] == ["yes", NOT_KNOWN]


def test_parts_stand_in_the_order_of_their_scale():
    found = parts(CASES, "stage")
    assert [part.name for part in found.parts] == ["infant (under 1)", "early years (1 to 4)"]


@pytest.mark.parametrize(("column", "nearest"), [("proces", "process"), ("bruise_or_marks", "bruise_or_mark")])
def test_a_column_that_there_is_not_is_answered_with_the_nearest(column, nearest):
    with pytest.raises(ColumnError, match=f"did you mean {nearest}"):
        parts(CASES, column)


def test_no_cases_make_no_parts():
    assert parts([], "process") is None


def test_an_audit_may_have_columns_of_its_own():
    cases = [audited("a", BRUISE, {"x": "3"}, columns={"team": "north", "stage": "early"}), audited("b", BRUISE, {"x": "2B"})]
    assert [part.name for part in parts(cases, "team").parts] == ["north", NOT_KNOWN]
    assert [part.name for part in parts(cases, "by_team").parts] == ["north", NOT_KNOWN]
    assert [part.name for part in parts(cases, "stage").parts] == ["infant (under 1)"]  # the child's, as everywhere
    assert [part.name for part in parts(cases, "by_stage").parts] == ["early", NOT_KNOWN]
    with pytest.raises(ColumnError, match="did you mean team"):
        parts(cases, "teams")
