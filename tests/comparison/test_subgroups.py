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
    assert [group.name for group in found.groups] == ["mat", "triage"]
    assert found.counts.counts == ((6, 0, 0, 0), (0, 5, 5, 1))
    assert found.counts.row_totals == (6, 11)
    assert found.groups[0].agreement.value == 1
    assert (found.groups[1].agreement.value, found.groups[1].agreement.cases) == (0, 10)


def test_small_counts_are_not_shown_nor_what_would_give_them_away():
    mixed = [
        *(audited(f"a{n}", BRUISE, {"x": "3"}, process="mat") for n in range(8)),
        *(audited(f"b{n}", BRUISE, {"x": "2B"}, process="mat") for n in range(2)),
        *(audited(f"c{n}", BRUISE, {"x": "3"}, process="triage") for n in range(6)),
        *(audited(f"d{n}", BRUISE, {"x": "2B"}, process="triage") for n in range(7)),
    ]
    assert parts(mixed, "process").counts.counts == ((8, 2, 0, 0), (6, 7, 0, 0))
    found = parts(mixed, "process", fewest=5)
    (alike, over, under, left_out), _ = found.counts.counts
    assert (over, under, left_out) == (None, 0, 0)  # that there is none says nothing of a child
    assert None in (alike, found.counts.row_totals[0])  # else over would follow
    assert None in (found.counts.counts[1][1], found.counts.column_totals[1])


def test_a_share_is_given_wherever_what_is_shown_tells_it_and_nowhere_else():
    whole = [
        *(audited(f"a{n}", BRUISE, {"x": "3"}) for n in range(6)),
        *(audited(f"b{n}", SLOW, {"x": "3"}) for n in range(6)),
    ]
    (group,) = parts(whole, "process", fewest=5).groups
    assert (group.agreement.value, group.agreement.cases) == (0.5, 12)
    (few,) = parts(whole[:4], "process", fewest=5).groups
    assert few.agreement is None


def test_a_column_with_too_many_values_is_refused():
    many = [audited(f"a{n}", {**BRUISE, "age_months": n}, {"x": "3"}) for n in range(60)]
    with pytest.raises(ColumnError, match="60 groups"):
        parts(many, "age_months")


def test_what_is_not_known_is_a_part_of_its_own_and_comes_last():
    assert [group.name for group in parts(CASES, "multi_agency").groups] == ["one agency", "several agencies", NOT_KNOWN]
    assert [group.name for group in parts(CASES, "bruise_or_mark").groups] == ["yes", NOT_KNOWN]


def test_parts_stand_in_the_order_of_their_scale():
    found = parts(CASES, "stage")
    assert [group.name for group in found.groups] == ["infant (under 1)", "early years (1 to 4)"]


@pytest.mark.parametrize(("column", "nearest"), [("proces", "process"), ("bruise_or_marks", "bruise_or_mark")])
def test_a_column_that_there_is_not_is_answered_with_the_nearest(column, nearest):
    with pytest.raises(ColumnError, match=f"did you mean {nearest}"):
        parts(CASES, column)


def test_no_cases_make_no_parts():
    assert parts([], "process") is None


def test_an_audit_may_have_columns_of_its_own():
    cases = [audited("a", BRUISE, {"x": "3"}, columns={"team": "north", "stage": "early"}), audited("b", BRUISE, {"x": "2B"})]
    assert [group.name for group in parts(cases, "team").groups] == ["north", NOT_KNOWN]
    assert [group.name for group in parts(cases, "by_team").groups] == ["north", NOT_KNOWN]
    assert [group.name for group in parts(cases, "stage").groups] == ["infant (under 1)"]  # the child's, as everywhere
    assert [group.name for group in parts(cases, "by_stage").groups] == ["early", NOT_KNOWN]
    with pytest.raises(ColumnError, match="did you mean team"):
        parts(cases, "teams")


def test_a_fact_parts_cases_in_the_order_of_its_answers():
    answers = ["yes", "no", "suspected"]
    cases = [audited(one, {**SLOW, "routine_checks_missed": one}, {"x": "2A"}) for one in answers]
    assert [group.name for group in parts(cases, "routine_checks_missed").groups] == ["no", "suspected", "yes"]
    held = [audited(f"h{n}", SLOW, {"x": "2A"}, held=tier) for n, tier in enumerate(["3", "2 with 3", "2A", "2"])]
    assert [group.name for group in parts(held, "held").groups] == ["2A", "2", "2 with 3", "3"]
