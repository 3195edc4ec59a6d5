"""An audit from JSON Lines: good files, and every kind of bad input told at once, with its line and never with a fact."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thresholds import Tier
from thresholds.audits.audited import AuditedCase
from thresholds.audits.files import AuditError, read_audit
from thresholds.audits.judgements import Judgement, Question, Reply
from thresholds.case_files import LONGEST_LINE

MARKER = "Xq7-marker"
CASE = {"id": "a-1", "process": "triage", "held": "2A", "case": {"age_months": 30}}
OTHER = {"id": "a-2", "process": "panel", "case": {}}
JUDGED = {"judgement_of": "a-1", "auditor": "first", "tier": "2B", "replies": {"risks_identified": "yes"}}
WORDS = sorted(
    {*AuditedCase.model_fields, *Judgement.model_fields, *Question, *Reply, "judgement_of", "age_months", "a-1", "3"}
)


@pytest.fixture
def write(tmp_path):
    """A file of these lines: mappings, or text as it is."""

    def give(*lines, name="audit.jsonl"):
        path = tmp_path / name
        path.write_bytes(
            b"".join(
                (line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()) + b"\n"
                for line in lines
            )
        )
        return path

    return give


@pytest.fixture
def problems(write):
    """What is wrong with a file of these lines, without the folder."""

    def give(*lines):
        path = write(*lines)
        with pytest.raises(AuditError) as caught:
            read_audit(path)
        assert MARKER not in str(caught.value)
        assert str(caught.value) == "\n".join(caught.value.problems)
        assert all(one.startswith(str(path)) for one in caught.value.problems)
        return [one.removeprefix(str(path)) for one in caught.value.problems]

    return give


def test_a_good_file(write):
    audit = read_audit(write(b"\xef\xbb\xbf" + json.dumps(CASE).encode(), "", OTHER, "   "))
    assert audit.name == "audit"
    assert [case.id for case in audit.cases] == ["a-1", "a-2"]
    assert audit.processes == ("triage", "panel")
    assert read_audit(str(write(CASE))).cases[0] == audit.cases[0], "a path may be text"


def test_a_file_called_cases_is_called_after_its_folder(write, tmp_path):
    assert read_audit(write(CASE, name="cases.jsonl")).name == tmp_path.name


def test_judgements_may_stand_on_lines_of_their_own_before_the_case_too(write):
    second = {**JUDGED, "auditor": "second", "tier": "3"}
    audit = read_audit(write(JUDGED, CASE, OTHER, second))
    assert [(one.auditor, one.tier) for one in audit.cases[0].judgements] == [("first", Tier.TWO_B), ("second", Tier.THREE)]
    assert audit.cases[1].judgements == ()
    assert audit.cases[0].case.known() == {"age_months": 30}


@pytest.mark.parametrize("lines", [(), ("",), ("  ", "\t"), (b"\xef\xbb\xbf",)])
def test_an_empty_file(problems, lines):
    assert problems(*lines) == [": This is empty: expected a case on each line."]


def test_a_file_of_judgements_alone(problems):
    (only,) = problems(JUDGED)
    assert only.startswith(":1: judgement_of: There is no case of this id")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", ":2: This is not JSON, from column 2"),
        ('{"id": "a", "id": "b"}', ":2: id is given twice."),
        ("[1]", ":2: Expected a case, or a judgement of one: a mapping."),
        (f'"{MARKER}"', ":2: Expected a case, or a judgement of one: a mapping."),
        ('{"weight": NaN}', ":2: This is not JSON: NaN is no number."),
        (b'{"id": "\xff"}', ":2: This is not text in UTF-8"),
        (b"{" + b" " * LONGEST_LINE + b"}", ":2: This line is longer than 1 MB."),
        ({**OTHER, "id": "a-1"}, ":2: id: Another case has this id, on line 1; an id names one case."),
        ({**OTHER, "id": MARKER + " "}, ":2: id: Expected letters, digits"),
        ({**OTHER, "id": 7}, ":2: id: Expected a valid string."),
        ({**OTHER, "proces": "x"}, ":2: proces: There is no such field; did you mean process?"),
        ({"id": "b", "case": {}}, ":2: process: This is missing."),
        ({"id": "b", "process": "x"}, ":2: case: This is missing."),
        ({**OTHER, "held": "2a"}, ":2: held: There is no such word; did you mean 2A?"),
        ({**OTHER, "held": MARKER}, ":2: held: There is no such word; known: 1, 2A, 2B, 2, 2 with 3, 3"),
        ({**OTHER, "seen": "papers"}, ":2: seen: There is no such word; did you mean paper?"),
        ({**OTHER, "weight": -1}, ":2: weight: Expected greater than or equal to 0.0001."),
        ({**OTHER, "columns": {"team": MARKER + "!"}}, ":2: columns: team: Expected a word or a few, at most 100 characters"),
        ({**OTHER, "columns": {"team": 7}}, ":2: columns: team: Expected a word or a few, at most 100 characters"),
        ({**OTHER, "columns": {"a__b": "x"}}, ":2: columns: a__b: Expected lower case letters and digits, with single _"),
        ({**OTHER, "columns": {"t_": "x"}}, ":2: columns: t_: Expected lower case letters and digits, with single _"),
        ({**OTHER, "columns": {"t" * 41: "x"}}, f":2: columns: {'t' * 41}: Expected lower case letters and digits, with"),
        ({**OTHER, "columns": MARKER}, ":2: columns: Expected a mapping."),
        ({**OTHER, "follow_up": [MARKER]}, ":2: follow_up 1: Expected a mapping."),
        (
            {**OTHER, "judgements": [{"auditor": "x_old"}]},
            ":2: judgements 1: auditor: The key of an auditor may not begin with x_ or by_",
        ),
        ({**JUDGED, "auditor": "By_team"}, ":2: auditor: The key of an auditor may not begin with x_ or by_"),
        ({**JUDGED, "auditor": "by"}, ":2: auditor: The key of an auditor may not begin with x_ or by_"),
        ({**OTHER, "multi_agency": MARKER}, ":2: multi_agency: Expected a valid boolean."),
        ({**OTHER, "case": {"left_allone": "yes"}}, ":2: case: left_allone: There is no such fact. Did you mean left_alone?"),
        ({**OTHER, "case": {"left_alone": MARKER}}, ":2: case: left_alone: Expected no, suspected or yes"),
        ({**OTHER, "case": {MARKER + " who": "yes"}}, ":2: case: (a key that is no name of a fact): There is no such fact."),
        ({**OTHER, "case": MARKER}, ":2: case: A case is a mapping of facts to answers."),
        ({**OTHER, "judgements": {}}, ":2: judgements: Expected a valid tuple."),
        (
            {**OTHER, "judgements": [{"auditor": "a"}, {"auditor": "b", "replies": {"risks_identifed": "yes"}}]},
            ":2: judgements 2: replies: risks_identifed: There is no such word; did you mean risks_identified?",
        ),
        (
            {**OTHER, "judgements": [{"auditor": "a", "replies": {"risks_identified": "party"}}]},
            ":2: judgements 1: replies: risks_identified: There is no such word; did you mean partly?",
        ),
        (
            {**OTHER, "judgements": [{"auditr": "a"}]},
            ":2: judgements 1: auditr: There is no such field; did you mean auditor?",
        ),
        ({**OTHER, "judgements": [{"auditor": "a", "tier": MARKER}]}, ":2: judgements 1: tier: A tier is 1, 2A, 2B or 3."),
        (
            {**OTHER, "judgements": [{"auditor": "a", "replies": {"risks_identified": "could_not_be_judged"}}]},
            ":2: judgements 1: why_not_judged has to say why for risks_identified.",
        ),
        (
            {**OTHER, "follow_up": [{"what": "re-referred"}]},
            ":2: follow_up 1: what: There is no such word; did you mean re_ref",
        ),
        (
            {**OTHER, "judgements": [{"auditor": "a"}, {"auditor": "a"}]},
            ":2: Judged twice by a: keep one judgement by each aud",
        ),
        ({**JUDGED, "judgement_of": "a_1"}, ":2: judgement_of: There is no case of this id; did you mean a-1?"),
        ({**JUDGED, "judgement_of": MARKER}, ":2: judgement_of: There is no case of this id; known: a-1"),
        ({**JUDGED, "judgement_of": None}, ":2: judgement_of: There is no case of this id"),
        ({**JUDGED, "repies": {}}, ":2: repies: There is no such field; did you mean replies?"),
        ({"judgement_of": "a-1"}, ":2: auditor: This is missing."),
    ],
)
def test_a_line_that_is_wrong(problems, line, said):
    found = problems(CASE, line)
    assert any(one.startswith(said) for one in found), found
    assert all(one.startswith(":2:") for one in found), "and no other line is blamed"


def test_a_second_judgement_by_one_auditor_is_told_at_its_own_line(problems):
    assert problems(CASE, JUDGED, OTHER, JUDGED) == [":4: Judged twice by first: keep one judgement by each auditor."]


def test_one_auditor_is_not_two_by_a_capital(problems, write):
    said = "This differs from the auditor first of line 1 in its capitals alone, and one person would count as two"
    (own_line,) = problems(JUDGED, CASE, OTHER, {**JUDGED, "judgement_of": "a-2", "auditor": "First"})
    assert own_line.startswith(f":4: auditor: {said}")
    (in_case,) = problems(JUDGED, CASE, {**OTHER, "judgements": [{"auditor": "second"}, {"auditor": "FIRST"}]})
    assert in_case.startswith(f":3: judgements 2: auditor: {said}")
    assert read_audit(write(JUDGED, CASE, {**OTHER, "judgements": [{"auditor": "first"}]})).auditors == ("first",)


def test_values_of_an_own_column_that_differ_in_capitals_alone(problems, write):
    team = [{**CASE, "id": f"a-{n}", "columns": {"team": one}} for n, one in enumerate(["North", "South", "north"])]
    assert problems(*team) == [
        ":3: columns: team: This differs from line 1 in its capitals or spaces alone: cases would be parted into two groups "
        "that mean the same. Write it alike everywhere."
    ]
    two = [{**CASE, "columns": {"team": "North"}}, {**OTHER, "columns": {"site": "north"}}]
    assert len(read_audit(write(*two)).cases) == 2, "of another column"


@pytest.mark.parametrize("said", ["unknown", "Not known", "n/k", "NK"])
def test_not_known_is_no_group_of_an_own_column(write, said):
    (case,) = read_audit(write({**CASE, "columns": {"team": said, "site": "one"}})).cases
    assert case.columns == {"site": "one"}


def test_every_mistake_at_once_in_the_order_of_the_lines(problems):
    found = problems(
        {**JUDGED, "judgement_of": "zz"},
        {**CASE, "held": "4", "case": {"age_months": MARKER, "special_needs": MARKER}},
        "{",
        {**JUDGED, "judgement_of": "a-1"},
        {**CASE, "process": MARKER + "!"},
    )
    assert [one.split(":")[1] for one in found] == ["1", "2", "2", "2", "3", "5"]
    assert found[1].startswith(":2: case: age_months: Expected a whole number")
    assert found[2].startswith(":2: case: special_needs: Expected no, suspected or yes")


def test_blank_lines_count_in_what_a_line_is_called(problems):
    assert [one.split(":")[1] for one in problems("", CASE, "  ", "{")] == ["4"]


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.just(MARKER + " value")
    | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.dictionaries(st.sampled_from(WORDS), _values, max_size=6), min_size=1, max_size=4))
def test_whatever_stands_in_a_file_is_an_audit_or_told(tmp_path, lines):
    path = tmp_path / "audit.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    try:
        audit = read_audit(path)
    except AuditError as error:
        assert error.problems
        assert MARKER not in str(error)
    else:
        assert len(audit.cases) <= len(lines)


def test_files_that_cannot_be_opened(tmp_path, write):
    write(CASE, name="audit-2011.jsonl")
    with pytest.raises(AuditError, match=r"There is no such file\. Did you mean audit-2011\.jsonl\?"):
        read_audit(tmp_path / "audit-2012.jsonl")
    with pytest.raises(AuditError, match="There is no such file"):
        read_audit(tmp_path / "none" / "cases.jsonl")
    with pytest.raises(AuditError, match="This is a folder"):
        read_audit(tmp_path)
