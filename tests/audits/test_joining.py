"""Two files of one audit as one: the judgements of both, of the same facts, and nothing lost or filled in in silence."""

import json

import pytest
from click.testing import CliRunner

from thresholds import Tier
from thresholds.audits.audited import Audit, AuditedCase, TierHeld
from thresholds.audits.files import AuditError, read_audit
from thresholds.audits.joining import Side, join_audits
from thresholds.cli import main

MARKER = 217  # an age in months that stands nowhere else


def case(id="a-1", by="first", tier="2B", **more):
    judged = [{"auditor": by, "tier": tier}] if by else []
    return {"id": id, "process": "triage", "case": {"age_months": 30, "left_alone": "yes"}, "judgements": judged, **more}


def audit(*cases, notes=()):
    return Audit(name="half", cases=tuple(AuditedCase.model_validate(one) for one in cases), notes=notes)


def refused(first, second, **how):
    with pytest.raises(AuditError) as caught:
        join_audits(first, second, **how)
    return list(caught.value.problems)


def test_each_case_has_the_judgements_of_both():
    joined = join_audits(audit(case(), case("a-2")), audit(case("a-2", "second", "3"), case("a-1", "second", "2A")))
    assert joined.name == "half"
    assert [one.id for one in joined.cases] == ["a-1", "a-2"]
    assert [(one.auditor, one.tier) for one in joined.cases[0].judgements] == [("first", Tier.TWO_B), ("second", Tier.TWO_A)]
    assert [(one.auditor, one.tier) for one in joined.cases[1].judgements] == [("first", Tier.TWO_B), ("second", Tier.THREE)]
    assert joined.notes == ()


def test_cases_of_one_file_alone_are_kept_and_told():
    joined = join_audits(
        audit(case("a-0"), case(), notes=("x was not read.",)), audit(case(by="second"), case("a-9", "second"), case("a-8"))
    )
    assert [one.id for one in joined.cases] == ["a-0", "a-1", "a-9", "a-8"]
    assert joined.notes == (
        "First file: x was not read.",
        "In the first file only, and kept (1): a-0.",
        "In the second file only, and kept (2): a-9, a-8.",
        "Judged in both files, and taken as one person each: first.",
    )


def test_facts_have_to_be_the_same_and_are_named_without_their_answers():
    other = {"age_months": MARKER, "special_needs": "no", "left_alone": "yes"}
    first, second = audit(case(), case("a-2")), audit(case(by="second", case=other), case("a-2", "second", case=other))
    problems = refused(first, second)
    assert problems[:2] == [
        "a-1: The two files differ in age_months, special_needs.",
        "a-2: The two files differ in age_months, special_needs.",
    ]
    assert "thresholds audit encoders FIRST SECOND" in problems[2]
    assert "--facts-of first, or second" in problems[2]
    assert str(MARKER) not in "".join(problems)


@pytest.mark.parametrize(
    ("more", "other", "name"),
    [
        ({"process": "mash"}, {}, "process"),
        ({"weight": 2}, {}, "weight"),
        ({"invented": True}, {}, "invented"),
        ({"held": "2A"}, {"held": "3"}, "held"),
        ({"multi_agency": False}, {"multi_agency": True}, "multi_agency"),
        ({"seen": "paper"}, {"seen": "practitioner_spoken_to"}, "seen"),
        ({"decision": "NFA"}, {"decision": "Closed"}, "decision"),
        ({"stratum": "a"}, {"stratum": "b"}, "stratum"),
        ({"follow_up": [{"what": "closed"}]}, {"follow_up": [{"what": "refused"}]}, "follow_up"),
        ({"columns": {"team": "North"}}, {"columns": {"team": "South"}}, "by_team"),
        ({"columns": {"team": "North"}}, {"columns": {"team": "north"}}, "by_team"),
    ],
)
def test_what_else_is_said_of_a_case_must_not_differ(more, other, name):
    first, second = audit(case(**more)), audit(case(by="second", **other))
    assert refused(first, second)[0] == f"a-1: The two files differ in {name}."
    for side, kept in ((Side.FIRST, first), ("second", second)):
        (joined,) = join_audits(first, second, facts_of=side).cases
        assert joined.model_copy(update={"judgements": ()}) == kept.cases[0].model_copy(update={"judgements": ()})
        assert [one.auditor for one in joined.judgements] == ["first", "second"], "in the order of the files"


def test_whose_facts_count_is_said_and_noted():
    first, second = audit(case()), audit(case(by="second", case={"age_months": MARKER}))
    joined = join_audits(first, second, facts_of="second")
    assert joined.cases[0].case.known() == {"age_months": MARKER}, "and nothing of the first is filled in"
    assert joined.notes == ("a-1: The two files differ in age_months, left_alone; the second file counts.",)
    assert join_audits(first, second, facts_of="first").cases[0].case == first.cases[0].case
    with pytest.raises(ValueError, match="third"):
        join_audits(first, second, facts_of="third")


@pytest.mark.parametrize("side", [None, *Side])
def test_what_one_file_alone_says_besides_facts_is_kept(side):
    first = audit(case(held="2A", multi_agency=False, columns={"team": "North"}))
    second = audit(case(by="second", seen="paper", follow_up=[{"what": "closed"}], columns={"site": "one"}))
    (joined,) = join_audits(first, second, facts_of=side).cases
    assert (joined.held, joined.multi_agency, joined.seen) == (TierHeld.TWO_A, False, "paper")
    assert [one.what for one in joined.follow_up] == ["closed"]
    assert joined.columns == {"team": "North", "site": "one"}


def test_a_case_that_one_key_judged_in_both_files_is_refused():
    both_sides = [{"auditor": "first", "of": "referrer"}]
    (only,) = refused(audit(case()), audit(case()))
    assert only == (
        "a-1: first judged this case in both files. Two people need two keys; where it is one person, keep one of the "
        "judgements."
    )
    joined = join_audits(audit(case()), audit(case(judgements=both_sides)))
    assert len(joined.cases[0].judgements) == 2, "of the referrer is another judgement"


def test_keys_and_own_values_that_differ_in_capitals_alone():
    first = audit(case(columns={"team": "North"}))
    second = audit(case(by="FIRST"), case("a-2", "FIRST", columns={"team": "NORTH"}))
    key, own = refused(first, second)
    assert key.startswith("Auditor FIRST of the second file: This differs from the auditor first in its capitals alone")
    assert own.startswith("a-2: by_team: This differs from case a-1 in its capitals or spaces alone")
    assert "NORTH" not in own


@pytest.fixture
def files(tmp_path):
    def give(first, second):
        for name, found in (("first", first), ("second", second)):
            lines = [json.dumps(one.to_dict()) for one in found.cases]
            (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
        return tmp_path / "first.jsonl", tmp_path / "second.jsonl", tmp_path / "out.jsonl"

    return give


def run(*arguments):
    return CliRunner().invoke(main, ["audit", "join", *(str(argument) for argument in arguments)])


def test_the_command_writes_a_file_that_is_read_again(files):
    first, second = audit(case(), case("a-2")), audit(case(by="second"))
    one, other, out = files(first, second)
    done = run(one, other, out)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{out}: 2 cases, 3 judgements.\nNote: In the first file only, and kept (1): a-2.\n"
    assert read_audit(out).cases == join_audits(first, second).cases
    before = out.read_bytes()
    again = run(one, other, out)
    assert again.exit_code == 2
    assert "does not exist yet" in again.stderr
    assert out.read_bytes() == before


def test_the_command_refuses_and_writes_nothing(files):
    one, other, out = files(audit(case()), audit(case(by="second", case={"age_months": MARKER})))
    done = run(one, other, out)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("a-1: The two files differ in age_months, left_alone.\nThe facts of a case have to be")
    assert not out.exists()
    done = run(one, other, out, "--facts-of", "first")
    assert done.exit_code == 0
    assert "Note: a-1: The two files differ in age_months, left_alone; the first file counts." in done.stdout
    done = run(one, other, out.with_suffix(".csv"))
    assert done.exit_code == 2
    assert "Expected a name that ends in .jsonl." in done.stderr
