"""The audit of 2011 rebuilt: every figure of the report comes out of the 29 cases, and the pages about them are right."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from thresholds import Session, Stage, Status, Tier, suggest
from thresholds.audits.audited import After, Because, Seen, TierHeld
from thresholds.audits.files import read_audit
from thresholds.audits.judgements import Judging, Noted, Question, Reply
from thresholds.audits.report_figures import INVENTED, compute, read_figures

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "audit-2011"
AUDIT = read_audit(FOLDER / "cases.jsonl")
CASES = {case.id: case for case in AUDIT.cases}
TABLE = read_figures(FOLDER / "figures.yaml")
COMPUTED = {one.figure.id: one for one in compute(TABLE, AUDIT)}
README = (FOLDER / "README.md").read_text(encoding="utf-8")
GROUP = "workshop-group"
PROCESSES = {
    "panel": 5,
    "triage": 9,
    "tier_2_social_work": 4,
    "first_response": 6,
    "family_intervention_project": 3,
    "school_panel": 1,
    "health_visiting": 1,
}

# What the report says of each process: how many times yes to each of the seven questions, in their order. None where it says
# nothing; "some" where it has evidence of it and no number.
REPORTED = {
    "panel": (5, 5, 5, 5, 5, "some", None),
    "triage": (8, 9, 9, 9, 9, None, 9),
    "tier_2_social_work": (3, 3, 3, 3, 3, "some", 3),
    "first_response": (2, 6, 6, 6, 6, None, 6),
    "family_intervention_project": (3, 3, 3, 3, 3, 3, 3),
    "school_panel": (None,) * 7,
    "health_visiting": (None, None, None, 1, None, None, None),
}


def ids(**wanted):
    """The ids of the cases that the group judged so."""
    return [case.id for case in AUDIT.cases if all(getattr(case.by(GROUP), name) == value for name, value in wanted.items())]


def test_twenty_nine_cases_of_seven_processes():
    assert AUDIT.name == "audit-2011"
    assert Counter(case.process for case in AUDIT.cases) == PROCESSES
    assert sum(PROCESSES.values()) == len(AUDIT.cases) == 29


@pytest.mark.parametrize("name", COMPUTED)
def test_each_figure_comes_out_of_the_cases(name):
    assert COMPUTED[name].holds, str(COMPUTED[name])


def test_every_computed_figure_says_that_it_illustrates_the_method_only():
    assert all(one.label == INVENTED and INVENTED in str(one) for one in COMPUTED.values())
    assert len(COMPUTED) >= 75


def test_a_page_of_the_report_for_each_figure():
    assert {figure.page for figure in TABLE.figures} == set(range(1, 9))
    assert all(figure.says.endswith(".") for figure in TABLE.figures)


@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("question", list(Question))
def test_the_seven_questions_as_they_were_reported(process, question):
    """Apart from the file of figures, so that a figure that is stated wrongly there does not confirm itself."""
    replies = Counter(case.by(GROUP).reply(question) for case in AUDIT.cases if case.process == process)
    reported = REPORTED[process][list(Question).index(question)]
    if reported is None:
        assert set(replies) == {Reply.NOT_REPORTED}
    elif reported == "some":
        assert replies[Reply.YES] >= 1
        assert set(replies) <= {Reply.YES, Reply.NOT_APPLICABLE}
    else:
        assert replies[Reply.YES] == reported
        assert Reply.NOT_REPORTED not in replies


def test_one_group_judged_on_paper_by_discussion():
    assert {case.seen for case in AUDIT.cases} == {Seen.PAPER}
    judgements = [judgement for case in AUDIT.cases for judgement in case.judgements]
    assert {(one.auditor, one.consensus) for one in judgements} == {(GROUP, True)}
    assert all(case.by(GROUP) is not None for case in AUDIT.cases)


def test_the_threshold_of_first_response_is_judged_of_the_service():
    replied = [one for case in AUDIT.cases if case.process == "first_response" for one in case.judgements]
    assert {one.of for one in replied} == {Judging.RECEIVER}


def test_two_panel_cases_went_to_tier_3_for_two_reasons():
    escalated = {case.id: case.follow_up[0].because for case in AUDIT.cases if case.follow_up[:1] and case.process == "panel"}
    assert set(escalated.values()) == {Because.OWN_IDENTIFICATION, Because.NEW_INFORMATION}
    assert all(CASES[name].held is TierHeld.THREE and CASES[name].by(GROUP).tier is Tier.THREE for name in escalated)


def test_the_one_case_held_too_low_was_missed_at_tier_3_first():
    low = [case.id for case in AUDIT.cases if case.by(GROUP).tier is not None and case.held.highest < case.by(GROUP).tier]
    assert low == ["tier-2-social-work-1"]
    case = CASES["tier-2-social-work-1"]
    (missed,) = [one for one in case.judgements if one.of is Judging.REFERRER]
    assert missed.reply(Question.THRESHOLD) is Reply.NO
    assert (case.follow_up[0].what, case.follow_up[0].because) == (After.RE_REFERRED, Because.RISK_RECOGNISED_LATER)
    known = case.case.known()
    assert (known["stepped_down"], known["violence_at_home"], known["asked_alone_and_safely"]) == ("yes", "yes", "no")


def test_first_response_two_and_two():
    wrong = [
        case for case in AUDIT.cases if case.process == "first_response" and case.by(GROUP).replies[Question.REFERRAL] == "no"
    ]
    assert sorted(case.by(GROUP).tier for case in wrong) == [Tier.ONE, Tier.ONE, Tier.TWO_A, Tier.TWO_A]
    assert {case.multi_agency for case in wrong} == {False}
    assert "midwifery" in {case.case.known()["referral_source"] for case in wrong}


def test_two_projects_rightly_hold_with_tier_3_alongside():
    beside = [case for case in AUDIT.cases if case.held is TierHeld.TWO_WITH_THREE]
    assert len(beside) == 2
    assert {case.process for case in beside} == {"family_intervention_project"}
    assert all(case.by(GROUP).reply(Question.TIER) is Reply.YES for case in beside)


def test_of_the_school_panel_no_tier_is_given():
    assert ids(tier=None) == ["school-panel-1"]


def test_nothing_is_noted_that_the_report_denies():
    noted = {note for case in AUDIT.cases for note in case.by(GROUP).noted}
    assert not noted & {Noted.RISK_MANAGEMENT_CONCERN, Noted.LEFT_AT_RISK_BY_DELAY, Noted.HANDLING_DELAYED}


@pytest.mark.parametrize("name", CASES)
def test_each_case_can_be_and_is_no_more_than_paper_holds(name):
    case = CASES[name].case
    assert 10 <= len(case.known()) <= 50
    assert case.age_months is not None
    asked = [conflict for conflict in case.conflicts if "asked_alone_and_safely" not in conflict.facts]
    assert not asked, "the records do not contradict themselves, but for a no that nobody could establish"
    answers = list(case.known().values())
    assert "no" in answers


def test_the_ages_are_those_that_each_panel_takes():
    stages = {"mat": {Stage.INFANT, Stage.EARLY_YEARS}, "yprrp": {Stage.ADOLESCENT, Stage.OLDER_ADOLESCENT}}
    panels = [case.case for case in AUDIT.cases if case.process == "panel"]
    assert {case.known()["referred_to"] for case in panels} == set(stages)
    assert all(case.stage in stages[case.known()["referred_to"]] for case in panels)


def test_every_stage_is_there():
    assert {case.case.stage for case in AUDIT.cases} == set(Stage)


def test_no_names_and_no_places():
    line = re.compile(r"[a-z_0-9]+|-?\d+|\d[AB]?( with 3)?|[a-z0-9-]+|True|False")

    def words(value):
        if isinstance(value, dict):
            yield from (one for pair in value.items() for part in pair for one in words(part))
        elif isinstance(value, list):
            yield from (one for part in value for one in words(part))
        else:
            yield str(value)

    for text in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        assert all(line.fullmatch(word) for word in words(json.loads(text)))


def test_the_session_ends_where_the_audited_case_stands():
    session = Session.load(FOLDER / "sessions" / "panel-2.json")
    assert session.case.reference == "panel-2"
    assert session.case.known() == CASES["panel-2"].case.known()
    assert CASES["panel-2"].follow_up[0].because is Because.NEW_INFORMATION
    assert session.history
    assert session.begun.tier is Tier.TWO_B
    assert session.suggestion.tier is Tier.THREE


# What the page says of the rules.

_ROW = re.compile(r"^\| ([a-z]+[a-z0-9-]*-\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def cell(suggestion):
    """A suggestion as the table has it."""
    if suggestion.status is Status.NOT_FOR_THIS_TOOL:
        return "not for these rules"
    if suggestion.tier is None:
        return "too little known"
    lowest, highest = suggestion.range
    return str(suggestion.tier) if lowest == highest else f"{suggestion.tier} ({lowest} to {highest})"


def verdict(warranted, first, second):
    """How the two suggestions stand to the auditors' tier."""
    if warranted is None:
        return "no tier to compare"
    said = {_against(warranted, first.tier): "2009", _against(warranted, second.tier): "2011"}
    if len(said) == 1:
        return next(iter(said))
    return ", ".join(f"{year}: {word}" for word, year in said.items())


def _against(warranted, tier):
    if tier is None:
        return "rules give none"
    return "same" if tier == warranted else "higher" if tier > warranted else "lower"


def row(case):
    """A row of the table."""
    first, second = (suggest(case.case, name) for name in ("hackney-2009", "hackney-2011"))
    warranted = case.by(GROUP).tier
    confirmed = "none" if second.confirmed_tier is None else str(second.confirmed_tier)
    given = "none given" if warranted is None else str(warranted)
    return (case.id, case.held.value, given, cell(first), cell(second), confirmed, verdict(warranted, first, second))


def test_the_table_of_what_the_rules_say_is_right():
    assert _ROW.findall(README) == [row(case) for case in AUDIT.cases]


def test_the_page_counts_its_table_rightly():
    verdicts = Counter(row(case)[-1] for case in AUDIT.cases)
    assert verdicts == {
        "same": 21,
        "higher": 3,
        "2009: same, 2011: higher": 1,
        "rules give none": 3,
        "no tier to compare": 1,
    }
    page = " ".join(README.split())
    for said in ("same in 21, higher in 4, lower in none", "same in 22, higher in 3, lower in none", "gives none in 3"):
        assert said in page
    figures = f"{len(TABLE.figures)} figures of the report"
    assert figures in page
    assert f"{len(COMPUTED)} of them are counted from the cases, and {len(TABLE.figures) - len(COMPUTED)} are about" in page


def test_what_the_page_says_of_suspicion_and_of_what_is_open():
    suggestions = {case.id: suggest(case.case) for case in AUDIT.cases}
    tiers = {case.id: case.by(GROUP).tier for case in AUDIT.cases}
    higher = {name for name, one in suggestions.items() if None not in (one.tier, tiers[name]) and one.tier > tiers[name]}
    mended = {name for name in higher if suggestions[name].confirmed_tier == tiers[name]}
    assert higher - mended == {"health-visiting-1"}
    same = {name for name, one in suggestions.items() if one.tier is not None and one.tier == tiers[name]}
    assert {name for name in same if suggestions[name].confirmed_tier < tiers[name]} == {
        "triage-6",
        "triage-9",
        "tier-2-social-work-4",
    }
    open_to_3 = [one for one in suggestions.values() if one.tier is not None and one.tier < one.range.highest]
    assert len(open_to_3) == 17
    assert {one.range.highest for one in open_to_3} == {Tier.THREE}
    assert {one.tier for one in suggestions.values() if one.status is Status.SETTLED} == {Tier.THREE}


def test_what_the_page_says_of_referrals():
    gaps = {case.id: [gap.rule.id for gap in suggest(case.case).referral_gaps] for case in AUDIT.cases}
    wrong = [f"first-response-{number}" for number in (3, 4, 5, 6)]
    assert not any(gap.startswith("gap-not-tier-3") for name in wrong for gap in gaps[name])
    assert all("gap-risks-not-named" in gaps[name] for name in wrong)
    assert sum("gap-precaution" in gaps[name] for name in wrong) == 3
    assert "gap-forwarded" in gaps["triage-6"]
    for name in ("panel-1", "panel-2", "triage-2", "fip-2"):
        assert "gap-tier-3-sent-elsewhere" in gaps[name]
        assert CASES[name].by(GROUP).reply(Question.REFERRAL) is Reply.YES


@pytest.mark.parametrize(
    ("name", "learnt", "tier"),
    [
        ("triage-1", {"child_hears_or_sees": "no"}, Tier.TWO_A),
        ("triage-8", {"caring_affects_life": "no"}, Tier.TWO_A),
        ("tier-2-social-work-2", {"other_carer_all_hours": "yes"}, Tier.TWO_B),
        ("health-visiting-1", {"appointments_starting_to_be_missed": "no"}, Tier.TWO_A),
        (
            "triage-4",
            {
                "violence_at_home": "no",
                "asked_alone_and_safely": "yes",
                "adult_difficulties": "no",
                "own_relationship_abuse": "no",
                "harm_likely": "no",
            },
            Tier.ONE,
        ),
        ("first-response-6", {"violence_at_home": "no", "asked_alone_and_safely": "yes"}, Tier.ONE),
        ("fip-1", {"open_to_social_care": "no"}, Tier.THREE),
        ("triage-5", {"not_in_education_or_work": "no"}, Tier.TWO_A),
        ("triage-5", {"not_in_education_or_work": "no", "help_offered_not_taken_up": "yes"}, Tier.TWO_B),
    ],
)
def test_what_the_page_says_that_each_difference_turns_on(name, learnt, tier):
    assert suggest(CASES[name].case.with_facts(**learnt)).tier is tier


def test_the_example_on_the_page_runs(monkeypatch, capsys):
    monkeypatch.chdir(FOLDER.parents[1])
    (code,) = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(COMPUTED)
    assert not any("DIFFERS" in line for line in printed)


def test_the_page_says_first_that_the_facts_are_invented_and_gives_no_kappa():
    opening = " ".join(README.split("\n\n")[1].split())
    assert "invented" in opening
    assert not re.search(r"kappa\W+(?:of|is|was|=)?\W*0?\.\d|κ", README, re.IGNORECASE)
