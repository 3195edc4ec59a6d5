"""A room: what a group said is counted and shown, the rules' view last of all, and nothing is lost."""

from pathlib import Path

import pytest

from tests.exercises.made import exercise
from thresholds import FACTS, load_rule_set
from thresholds.exercises.answer import NO_SERVICE
from thresholds.exercises.differences.kinds import DifferenceKind
from thresholds.exercises.exercise import Agency, ForDiscussion
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.marking import mark, mark_moment
from thresholds.exercises.room import group as group_module
from thresholds.exercises.room.group import group
from thresholds.exercises.room.group_files import read_group_text
from thresholds.exercises.room.participants import missing_numbers
from thresholds.exercises.room.sheets import COLUMNS
from thresholds.exercises.tier_said import TierSaid
from thresholds.facts.vocabulary import Polarity
from thresholds.views import text

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
HEADER = ",".join(COLUMNS) + "\n"
REVIEW, MARK = "what-the-review-heard", "mark-on-a-baby"  # Tier 2A and Tier 3 by the rules
GOOD = f"{REVIEW},p09,,2A,,,,\n"


def flat(shown):
    return " ".join(shown.split())


def read(rows, header=HEADER):
    return read_group_text((header + rows).encode(), "answers.csv", EXERCISES, RULES)


def of_made(facts, *said):
    """A file in which p01, p02 and so on say these, each a tier and a fact, of an exercise with these facts."""
    rows = (f"made-in-a-test;p{number};{one}\n" for number, one in enumerate(said, 1))
    table = "exercise;participant;tier;facts\n" + "".join(rows)
    return group(read_group_text(table.encode(), "answers.csv", [exercise(facts)], RULES), RULES)


def tiers(name, *said):
    """A file in which p01, p02 and so on say these tiers of one exercise."""
    rows = (f"{name},p{number},{tier}\n" for number, tier in enumerate(said, 1))
    return group(read("".join(rows), "exercise,participant,tier\n"), RULES)


ALL_NO = {
    **{name: "no" for name, fact in FACTS.items() if fact.polarity is Polarity.RISK and fact.kind.value == "answer"},
    "age_months": 100,
    "asked_alone_and_safely": "yes",
}
SPLIT = "".join(f"what-the-review-heard,p{n:02},,2A,attendance_below_90,violence_at_home,,\n" for n in range(1, 8)) + "".join(
    f"what-the-review-heard,p{n:02},,3,violence_at_home=yes,,,He sounds dangerous.\n" for n in range(8, 12)
)


def test_the_spread_and_the_prompts_come_before_the_rules_view():
    shown = flat(text.render(group(read(SPLIT), RULES).page()))
    places = [
        shown.index(part)
        for part in (
            "HOW THE TIERS SPREAD",
            "HOW FAR THE GROUP AGREES",
            "TO TALK ABOUT",
            "THE RULES' VIEW",
            "At least Tier 2A",
        )
    ]
    assert places == sorted(places)
    assert shown.count("At least Tier 2A") == 1
    assert "Named by" not in shown[: places[3]]
    assert "He sounds dangerous." in shown[places[4] :]


def test_what_a_group_said_is_counted():
    (case,) = group(read(SPLIT), RULES).cases
    assert case.spread == {TierSaid.TWO_A: 7, TierSaid.THREE: 4}
    assert case.carrying == {"attendance_below_90": 7}
    assert case.asked == {"violence_at_home": 7}
    assert case.kinds[DifferenceKind.SAME_REASONS] == 7
    assert case.kinds[DifferenceKind.FACT_READ_IN] == 4


def test_kinds_come_in_one_order_on_every_run():
    row = "mark-on-a-baby,p01,,1,bruise_or_mark=no;attendance_below_90;harm_likely=no,,,\n"
    (case,) = group(read(row), RULES).cases
    assert len(case.kinds) >= 3
    assert list(case.kinds) == [kind for kind in DifferenceKind if kind in case.kinds]


def test_agreement_in_the_group_is_that_of_several_raters_with_its_cautions():
    found = group(read(SPLIT), RULES)
    expected = (7 * 6 + 4 * 3) / (11 * 10)
    assert found.agreement["observed"].value == pytest.approx(expected)
    assert "No interval: one case shows no spread." in found.to_dict()["agreement"]["ac2_linear"]["caution"]
    assert "This is a small group" in flat(found.text())
    assert group(read(GOOD), RULES).agreement == "Agreement needs two who take part, or more."


def test_who_did_not_answer_is_named_and_nothing_is_lost():
    rows = SPLIT + "mark-on-a-baby,p01,,3,bruise_or_mark,,,\nmark-on-a-baby,p02,,,,,,\nmark-on-a-baby,p03,,2C,,,,\n"
    found = group(read(rows), RULES)
    assert found.cases[1].silent == tuple(f"p{n:02}" for n in range(2, 12) if n != 3)
    assert found.cases[1].unused == ("p03",)
    shown = flat(found.text())
    assert "WITHOUT AN ANSWER" in shown
    assert "answers.csv:15: tier: Expected 1, 2A" in shown
    assert found.to_dict()["refused"] == list(found.refused)


def test_who_answered_and_cannot_be_counted_is_told_from_who_said_nothing():
    rows = [
        f"{REVIEW},p01,,2A,,,,",
        f"{REVIEW},p02,,2A,,,,,more",
        f"{REVIEW},p03,,2C,,,,",
        "what-the-review-herd,p04,,2A,,,,",
        f"{REVIEW},p05,,,,,,",
        f"{REVIEW},Jo Bloggs,,3,,,,",
        f"{REVIEW},p06,,3,,,,",
        f"{REVIEW},p6,,3,,,,",
    ]
    found = group(read("\n".join(rows) + "\n"), RULES)
    (case,) = found.cases
    assert (case.unused, case.silent, case.took_part) == (("p02", "p03", "p06"), ("p05",), 6)
    shown = flat(found.text())
    assert "6 took part, in 1 case." in shown
    without, _, rest = shown.partition("WITHOUT AN ANSWER")[2].partition("TOOK PART, AND THE ANSWER COULD NOT BE USED")
    assert without.strip() == "- What the review heard: p05"
    listed = rest.partition("LINES THAT")[0]
    assert "What the review heard: p02, p03, p06" in listed
    assert "In a case whose name could not be read: p04" in listed
    assert "1 line that does not say whose the answer is" in listed
    written = found.to_dict()
    assert (written["cases"][0]["unused"], written["cases"][0]["silent"]) == (["p02", "p03", "p06"], ["p05"])
    assert {"participant": "p04", "exercise": None, "moment": None, "line": 5} in written["unused"]
    assert "Bloggs" not in str(written) + shown


def test_a_case_to_which_no_answer_can_be_used_is_not_forgotten():
    found = group(read(f"{GOOD}{MARK},p01,,2C,,,,\n"), RULES)
    assert [one.exercise.id for one in found.cases] == [REVIEW]
    assert "A mark on a baby's cheek: p01" in flat(found.text())


def test_a_step_that_there_is_not_may_be_any_of_those_there_are():
    header = "exercise,participant,step,tier\n"
    found = group(read(f"{REVIEW},p01,0,2A\n{REVIEW},p01,1,3\n{REVIEW},p02,0,2A\n{REVIEW},p02,9,3\n", header), RULES)
    assert [(one.moment.number, one.silent, one.unused) for one in found.cases] == [(0, (), ()), (1, (), ("p02",))]
    assert "What the review heard, at a step that there is not: p02" in flat(found.text())


def test_a_line_of_one_step_is_of_no_other():
    header = "exercise,participant,step,tier\n"
    found = group(read(f"{REVIEW},p01,0,2A\n{REVIEW},p01,1,3\n{REVIEW},p02,1,2C\n", header), RULES)
    assert [(one.moment.number, one.silent, one.unused) for one in found.cases] == [(0, ("p02",), ()), (1, (), ("p02",))]


# Which way.


@pytest.mark.parametrize(
    ("name", "said", "way"),
    [
        (REVIEW, ("1", "1", "2A", "2B", "3", "3", "3", "too little"), (2, 1, 4, 1)),
        (MARK, ("1", "2A", "2B", "3", "not a threshold"), (3, 1, 0, 1)),
        (MARK, ("3",), (0, 1, 0, 0)),
    ],
)
def test_which_way_a_group_differs_from_the_rules(name, said, way):
    found = tiers(name, *said)
    (case,) = found.cases
    expected = dict(zip(("below", "same", "above", "no_tier"), way, strict=True))
    assert case.direction == expected
    assert found.to_dict()["cases"][0]["direction"] == expected


@pytest.mark.parametrize(("more", "same"), [({}, 1), ({"open_to_social_care": "child_in_need"}, 2)])
def test_where_the_rules_give_no_tier_there_is_no_way(more, same):
    (case,) = of_made({"age_months": 100, **more}, "1;", "3;", "too little;", "not a threshold;", "not a threshold;").cases
    assert case.direction == {"same": same, "below": 0, "above": 0, "no_tier": 5 - same}


def test_too_low_comes_first_once_the_rules_view_is_shown_and_not_before():
    found = tiers(REVIEW, "1", "1", "2A", "3", "too little")
    (case,) = found.cases
    assert case.prompts_beside_the_rules[0].startswith("2 of the 5 who answered said a lower tier than the rules. Begin here")
    shown = flat(found.text())
    assert shown.index("than the rules") > shown.index("THE RULES' VIEW")
    assert found.to_dict()["cases"][0]["prompts_beside_the_rules"] == list(case.prompts_beside_the_rules)


def test_the_spread_of_each_agency_is_counted_where_it_is_said():
    rows = [("school", "2A"), ("school", "2A"), ("school", "1"), ("gp", "3"), ("", "too little")]
    table = "".join(f"{REVIEW},p{number},{agency},{tier},,,,\n" for number, (agency, tier) in enumerate(rows))
    found = group(read(table), RULES)
    (case,) = found.cases
    assert case.spread_by_agency == {
        Agency.GP: {TierSaid.THREE: 1},
        Agency.SCHOOL: {TierSaid.TWO_A: 2, TierSaid.ONE: 1},
        None: {TierSaid.TOO_LITTLE: 1},
    }
    assert found.to_dict()["cases"][0]["by_agency"] == {
        "gp": {"3": 1},
        "school": {"2A": 2, "1": 1},
        "not_said": {"too_little_known": 1},
    }
    shown = flat(found.text())
    assert "What the review heard: schools" in shown.partition("HOW FAR")[0]
    without = tiers(REVIEW, "2A", "3")
    assert without.cases[0].spread_by_agency == {}
    assert "of each group" not in without.text()


# What is shown.


def test_why_somebody_still_differs_is_kept_with_who_and_when():
    header = "exercise,participant,step,tier,why\n"
    found = group(read(f"{REVIEW},p1,0,2A,Early.\n{REVIEW},p01,1,2A,Late.\n{REVIEW},p02,1,2A,\n", header), RULES)
    assert [one["why_differ"] for one in found.to_dict()["cases"]] == [
        [{"participant": "p01", "moment": 0, "why": "Early."}],
        [{"participant": "p01", "moment": 1, "why": "Late."}],
    ]
    assert "p01: Late." in flat(found.text()).partition("THE RULES' VIEW: WHAT THE REVIEW HEARD, STEP 1")[2]


def test_how_many_answered_stands_beside_how_many_named():
    found = group(read(f"{REVIEW},p1,,2A,attendance_below_90,,,\n{REVIEW},p2,,2A,,,,\n{REVIEW},p3,,,,,,\n"), RULES)
    written = found.to_dict()["cases"][0]
    assert (written["answered"], written["named"]) == (2, {"attendance_below_90": 1})
    assert "attendance is below 90 per cent 1 of 1 who named any" in flat(found.text())


def test_the_least_named_comes_first():
    facts = ("violence_at_home", "weapon_used_or_threatened", "strangulation")
    known = {"age_months": 100, "asked_alone_and_safely": "yes", **dict.fromkeys(facts, "yes")}
    (plain,) = of_made(known, "3;").cases
    order = list(plain.carrying)
    assert len(order) > 1
    (case,) = of_made(known, f"3;{order[0]}", f"3;{order[0]}", f"3;{order[1]}", "3;").cases
    assert list(case.carrying.values()) == sorted(case.carrying.values())
    assert list(case.carrying)[-1] == order[0], "named most, and so last"
    assert (case.carrying[order[0]], case.carrying[order[1]]) == (2, 1)


@pytest.mark.parametrize(("number", "small"), [(29, True), (30, False)])
def test_a_group_is_small_below_thirty(number, small):
    assert ("This is a small group" in flat(tiers(REVIEW, *["2A"] * number).text())) is small


def test_what_somebody_wrote_is_text_on_every_page():
    found = group(read(f"{REVIEW},p01,,3,,,,<b onclick=x>No</b> | *not* `so`\n"), RULES)
    assert "&lt;b onclick=x&gt;No&lt;/b&gt; | *not*" in found.html()
    assert "<b onclick" not in found.html()
    assert r"\<b onclick=x\>No\</b\> \| \*not\* \`so\`" in found.markdown()


# Alike answers.


def test_answers_that_are_alike_are_marked_once_and_each_keeps_its_reason(monkeypatch):
    marked = []
    monkeypatch.setattr(group_module, "mark_moment", lambda *about: marked.append(about) or mark_moment(*about))
    rows = [f"{REVIEW},p{n},,{'2A' if n % 2 else '3'},attendance_below_90,,,Because {n}.\n" for n in range(10)]
    given = read("".join(rows))
    (case,) = group(given, RULES).cases
    assert len(marked) == 2
    assert [one.answer.why_differ for one in case.markings.values()] == [f"Because {n}." for n in range(10)]
    for one in given.answers:
        assert case.markings[one.participant] == mark(one.exercise, one.answer, RULES)


def test_an_exercise_unfolds_once(monkeypatch):
    unfolded = []
    wanted = group_module.moments
    monkeypatch.setattr(group_module, "moments", lambda *about: unfolded.append(about) or wanted(*about))
    tiers(REVIEW, *["2A"] * 10)
    assert len(unfolded) == 1


# Who named nothing.


def test_of_who_named_no_fact_it_is_not_said_that_they_missed_one():
    found = tiers(MARK, "1", "1", "2B", "3", "3")
    (case,) = found.cases
    by_each = {kind for one in case.markings.values() for kind in one.kinds}
    assert {DifferenceKind.FACT_MISSED, DifferenceKind.OTHER_REASONS} <= by_each, "marked one by one they are"
    assert case.kinds == {DifferenceKind.TONE_AS_NEED: 2}, "which the tier alone shows"
    written = found.to_dict()["cases"][0]
    assert (written["named_none"], written["facts_unread"], written["kinds"]) == (5, 0, {"tone_as_need": 2})
    shown = flat(found.text())
    assert "5 named no fact: what they saw in the text is not known" in shown
    assert "nobody named any" in shown
    assert "0 of" not in shown


def test_the_same_is_counted_of_those_who_named_a_fact():
    row = "{},p{},,{},{},,,\n"
    said = [("1", "attendance_below_90"), ("1", ""), ("3", "attendance_below_90"), ("3", ""), ("3", "bruise_or_mark")]
    found = group(read("".join(row.format(MARK, n, *one) for n, one in enumerate(said, 1))), RULES)
    (case,) = found.cases
    assert case.kinds[DifferenceKind.FACT_MISSED] == 1
    assert case.kinds[DifferenceKind.OTHER_REASONS] == 1
    assert case.kinds[DifferenceKind.SAME_REASONS] == 1
    assert case.named_none == ("p02", "p04")
    assert "1 of 3 who named any" in flat(found.text())


def test_suspicion_and_weight_too_are_not_read_off_what_nobody_named():
    suspected = ALL_NO | {"hurt_by_adult": "suspected", "hurt_or_ill_treated": "suspected"}
    nothing, something = (of_made(suspected, *said).cases[0] for said in (("1;", "1;"), ("1;hurt_by_adult=no", "1;")))
    assert DifferenceKind.SUSPICION_AS_NOTHING in nothing.markings["p01"].kinds
    assert nothing.kinds[DifferenceKind.SUSPICION_AS_NOTHING] == 0
    assert something.kinds[DifferenceKind.SUSPICION_AS_NOTHING] == 1
    nothing, something = (tiers(REVIEW, "3"), group(read(f"{REVIEW},p01,,3,attendance_below_90,,,\n"), RULES))
    assert DifferenceKind.WEIGHED_OTHERWISE in nothing.cases[0].markings["p01"].kinds
    assert nothing.cases[0].kinds[DifferenceKind.WEIGHED_OTHERWISE] == 0
    assert something.cases[0].kinds[DifferenceKind.WEIGHED_OTHERWISE] == 1


def test_where_too_little_is_known_the_reasons_are_what_is_asked():
    (open_case,) = of_made({"age_months": 100}, "too little;", "too little;").cases
    assert not open_case.kinds
    table = "exercise;participant;tier;questions\nmade-in-a-test;p1;too little;months_of_concern\nmade-in-a-test;p2;too;\n"
    given = read_group_text(table.encode(), "answers.csv", [exercise({"age_months": 100})], RULES)
    assert not given.refused
    (asking,) = group(given, RULES).cases
    assert asking.kinds == {DifferenceKind.OTHER_REASONS: 1}


def test_a_fact_that_could_not_be_read_is_not_no_fact():
    found = group(read(f"{MARK},p1,,1,zebra,,zebra,\n{MARK},p2,,1,,,,\n{MARK},p3,,3,bruise_or_mark,,MAP,\n"), RULES)
    (case,) = found.cases
    assert (case.named_none, case.facts_unread, case.place_unread) == (("p02",), ("p01",), ("p01",))
    assert not case.kinds[DifferenceKind.FACT_MISSED]
    written = found.to_dict()["cases"][0]
    assert (written["named_none"], written["facts_unread"]) == (1, 1)
    assert (written["places"]["none_said"], written["places"]["unread"]) == (1, 1)
    shown = flat(found.text())
    assert "1 named no fact: what they saw in the text is not known" in shown
    assert "The facts of 1 could not be read" in shown


# A view that the exercise declares.


def declared(tier, *said):
    """What a group said of an exercise, Tier 2A by the rules, that declares this tier as one that may be held."""
    view = ForDiscussion.model_validate({"tier": tier, "because": "Boards differ."})
    every = [one.model_copy(update={"for_discussion": view}) for one in EXERCISES]
    table = "exercise,participant,tier\n" + "".join(f"{REVIEW},p{n},{one}\n" for n, one in enumerate(said, 1))
    return group(read_group_text(table.encode(), "answers.csv", every, RULES), RULES)


@pytest.mark.parametrize(("tier", "stands", "held"), [("1", "below", 2), ("2B", "above", 1), ("3", "above", 0)])
def test_a_view_that_a_careful_reader_might_hold_is_shown_with_how_many_hold_it(tier, stands, held):
    found = declared(tier, "1", "1", "2A", "2B")
    written = found.to_dict()["cases"][0]["for_discussion"]
    assert written == {"tier": tier, "because": "Boards differ.", "stands": stands, "held_by": held}
    shown = flat(found.text())
    view = shown.partition("THE RULES' VIEW: WHAT THE REVIEW HEARD")[2]
    assert f"A view that a careful reader might hold: Tier {tier}: Boards differ. {held} of 4 hold it." in view
    assert "Boards differ" not in shown.partition("THE RULES' VIEW")[0], "it would give the view away"
    ways = shown.partition("Which way the group differs")[2].partition("Facts that it rests on")[0]
    assert (f"Of these, the view that a careful reader might hold: {held}" in ways) is bool(held)


def test_nothing_is_said_of_such_a_view_where_none_is_declared():
    found = tiers(REVIEW, "1", "2A")
    assert found.to_dict()["cases"][0]["for_discussion"] is None
    assert "careful reader might" not in found.text()


# Where it goes.


def test_where_the_group_would_take_it_comes_before_where_it_goes_by_the_rules():
    rows = [("3", "First Response"), ("3", "first response"), ("2B", "MAP"), ("3", "none"), ("3", "")]
    found = group(read("".join(f"{MARK},p{n},,{tier},,,{place},\n" for n, (tier, place) in enumerate(rows, 1))), RULES)
    (case,) = found.cases
    (protection,) = [one for one in case.rules_places if one.startswith("First Response")]
    assert case.places == {protection: 2, "MAP": 1, NO_SERVICE: 1}
    assert case.rules_places[protection] == 2
    assert NO_SERVICE not in case.rules_places
    written = found.to_dict()["cases"][0]["places"]
    assert written == {"said": dict(case.places), "none_said": 1, "unread": 0, "rules": dict(case.rules_places)}
    before, _, after = flat(found.text()).partition("THE RULES' VIEW")
    assert "WHERE THEY WOULD TAKE IT" in before
    assert f"First Response: 2; MAP: 1; {NO_SERVICE}: 1" in before
    assert "Who named a place: 4 of 5" in before
    assert "First Response 2 of 4 who named a place" in after.replace("Place: ", "").replace("Named by: ", "")


def test_no_place_is_one_of_the_rules_where_they_agree_to_it_alone():
    for given, tier, agreed in ((ALL_NO, "1", True), ({"age_months": 100, "bruise_or_mark": "yes"}, "2A", False)):
        table = f"exercise,participant,tier,pathway\nmade-in-a-test,p01,{tier},none\n"
        answers = read_group_text(table.encode(), "answers.csv", [exercise(given)], RULES)
        (case,) = group(answers, RULES).cases
        assert (NO_SERVICE in case.rules_places) is agreed, case.rules_say


def test_where_nobody_named_a_place_it_is_not_said_that_none_did():
    shown = flat(tiers(MARK, "3", "3").text())
    assert "WHERE THEY WOULD TAKE IT" not in shown
    assert "nobody named a place" in shown


# How far the group agrees.


def test_how_far_the_group_agrees_is_said_in_pairs_of_people():
    found = group(read(SPLIT + "".join(f"{MARK},p{n:02},,{said},,,,\n" for n, said in ((1, "3"), (2, "3"), (3, "1")))), RULES)
    assert [one.pairs for one in found.cases] == [(7 * 6 / 2 + 4 * 3 / 2, 11 * 10 / 2), (1, 3)]
    assert found.to_dict()["cases"][1]["pairs"] == {"alike": 1, "every": 3}
    agrees = flat(found.text()).partition("HOW FAR THE GROUP AGREES")[2].partition("TO TALK ABOUT")[0]
    assert "Of all pairs of two people who gave a tier in the same case, 28 of 58 say the same (48%)" in agrees
    assert "27 of 55" in agrees
    assert agrees.count("Gwet") == 1
    assert "alpha" not in agrees
    value = found.agreement["ac2_linear"]
    assert f"Gwet's AC2): {value.value:.2f}." in agrees
    so = "It rests on 2 moments alone, so that it is hardly known: with others of their kind it might be anything from "
    assert f"{so}{value.lower:.2f} to {value.upper:.2f}." in agrees
    assert set(found.to_dict()["agreement"]) == {"observed", "ac1", "ac2_linear", "ac2_quadratic", "alpha"}


def test_who_gave_no_tier_is_in_no_pair():
    (case,) = tiers(REVIEW, "2A", "2A", "too little", "too little", "not a threshold").cases
    assert case.pairs == (1, 1)
    none = tiers(REVIEW, "2A", "too little", "too little")
    assert "No two gave a tier in the same case" in flat(none.text())
    assert "0 of 0" not in none.text()


def test_one_moment_and_all_alike_are_said_to_be_little():
    one, alike = flat(tiers(REVIEW, "2A", "3").text()), flat(tiers(REVIEW, "2A", "2A").text())
    assert "It rests on 1 moment alone, so that it is hardly known." in one
    assert "It rests on 1 moment alone, in which nobody differed; in others the group well may." in alike


@pytest.mark.parametrize(("number", "little"), [(14, True), (15, False)])
def test_a_figure_that_rests_on_many_moments_is_not_said_to_be_hardly_known(number, little):
    every = [exercise({"age_months": 100}, id=f"made-{n}") for n in range(number)]
    table = "exercise,participant,tier\n" + "".join(
        f"made-{n},p1,{'3' if n % 3 else '1'}\nmade-{n},p2,3\n" for n in range(number)
    )
    shown = flat(group(read_group_text(table.encode(), "answers.csv", every, RULES), RULES).text())
    assert ("hardly known" in shown) is little
    assert ("its 95% interval is" in shown) is not little


def test_a_step_is_a_moment_and_no_case():
    header = "exercise,participant,step,tier\n"
    found = group(read(f"{REVIEW},p01,0,2A\n{REVIEW},p01,1,3\n{MARK},p01,0,2A\n", header), RULES)
    assert "1 took part, in 2 cases with 3 moments: each step of a case that unfolds is one of its own." in flat(found.text())
    assert "moment" not in tiers(REVIEW, "2A").text().partition("HOW FAR")[0]


# Who is missing.


def test_a_number_that_is_missing_among_the_others_has_no_line():
    found = tiers(REVIEW, *["2A"] * 6)
    rows = "".join(f"{REVIEW},p{n:02},2A\n" for n in (1, 2, 3, 4, 5, 6, 8, 12, 10, 9, 11))
    gap = group(read(rows, "exercise,participant,tier\n"), RULES)
    assert (found.no_line, gap.no_line) == ((), ("p07",))
    assert gap.to_dict()["no_line"] == ["p07"]
    assert "p07" in flat(gap.text()).partition("NO LINE AT ALL")[2].partition("THE RULES' VIEW")[0]
    assert "NO LINE AT ALL" not in found.text()
    assert "p07" not in gap.cases[0].silent


def test_whose_line_cannot_be_used_has_one():
    found = group(read(f"{REVIEW},p01,2A\n{REVIEW},p02,9Z\n{REVIEW},p03,\n", "exercise,participant,tier\n"), RULES)
    assert found.no_line == ()


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (("p02", "p03"), ("p01",)),
        (("p01", "p03", "a02", "a03", "a04"), ("p02", "a01")),
        (("p01", "p04"), ()),
        (("p01", "p02", "p05"), ("p03", "p04")),
        (("tr09", "p9999"), ()),
        ((), ()),
    ],
)
def test_a_run_is_one_where_fewer_are_missing_than_are_there(there, missing):
    assert missing_numbers(there) == missing


@pytest.mark.parametrize(
    ("facts", "carried", "decided"),
    [
        ({"age_months": 100, "hurt_by_adult": "yes"}, "hurt_by_adult", "An adult has hit"),
        ({"age_months": 100, "open_to_social_care": "child_in_need"}, "open_to_social_care", "social worker"),
        ({"age_months": 40}, "violence_at_home", ""),
    ],
)
def test_what_the_view_rests_on_is_what_each_learner_is_told(facts, carried, decided):
    """A tier, no question of thresholds, and too little to say: of each the room sees what carries it, or is waited for."""
    found = of_made(facts, "2A;hurt_by_adult", "3;")
    (one,) = found.cases
    assert carried in one.carrying
    if decided:
        resting = flat(found.text()).partition("It rests on:")[2]
        assert decided in resting
