"""The file of a group's answers: what is read of it, and what is said of what cannot be, without what was typed."""

from pathlib import Path

import pytest

from thresholds import FACTS, Stage, load_rule_set
from thresholds.exercises.answer import AnswerError
from thresholds.exercises.exercise import Agency
from thresholds.exercises.exercise_files import read_exercises
from thresholds.exercises.form import read_asked_facts, read_cited_facts
from thresholds.exercises.room import group_files
from thresholds.exercises.room.agency_words import read_agency
from thresholds.exercises.room.group_files import NEEDED, GroupError, read_group, read_group_text
from thresholds.exercises.room.participants import participant
from thresholds.exercises.room.refusals import listed
from thresholds.exercises.room.sheets import COLUMNS, STEP
from thresholds.exercises.tier_said import TierSaid

RULES = load_rule_set("hackney-2011")
EXERCISES = read_exercises(Path(__file__).parent.parent / "files")
REVIEW = next(one for one in EXERCISES if one.id == "what-the-review-heard")
HEADER = ",".join(COLUMNS) + "\n"


def flat(shown):
    return " ".join(shown.split())


def read(rows, header=HEADER):
    return read_group_text((header + rows).encode(), "answers.csv", EXERCISES, RULES)


def refused(text):
    """What is wrong with a file that cannot be used at all."""
    with pytest.raises(GroupError) as caught:
        read_group_text(text if isinstance(text, bytes) else text.encode(), "answers.csv", EXERCISES, RULES)
    return caught.value.problems


def test_answers_are_read_with_their_facts_questions_and_agency():
    given = read(
        "what-the-review-heard,p01,school,2a,attendance below 90;violence_at_home=no,months_of_concern,map,Because.\n"
    )
    (one,) = given.answers
    assert (one.exercise, one.participant, one.agency.value, one.moment) == (REVIEW, "p01", "school", 0)
    assert one.answer.said is TierSaid.TWO_A
    assert dict(one.answer.cited()) == {"attendance_below_90": None, "violence_at_home": "no"}
    assert (one.answer.ask, one.answer.pathway, one.answer.why_differ) == (("months_of_concern",), "MAP", "Because.")


def test_a_file_as_spreadsheets_write_it_is_read():
    rows = '\ufeffExercise;Participant;Tier;Facts\nwhat-the-review-heard;p01;3;"attendance_below_90;violence_at_home"\n'
    given = read_group_text(rows.encode(), "answers.csv", EXERCISES, RULES)
    assert list(given.answers[0].answer.cited()) == ["attendance_below_90", "violence_at_home"]


GOOD = "what-the-review-heard,p09,,2A,,,,\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("what-the-review-heard,,,2A,,,,", "answers.csv:2: participant: This is missing: whose answer is it?"),
        ("what-the-review-heard,Jo Bloggs,,2A,,,,", "answers.csv:2: participant: Expected a letter or two and a number"),
        (
            "what-the-review-herd,p01,,2A,,,,",
            "There is no exercise of this id here; did you mean what-the-review-heard?",
        ),
        (",p01,,2A,,,,", "exercise: This is missing."),
        (
            "what-the-review-heard,p01,,2C,,,,",
            "tier: Expected 1, 2A, 2B, 3, too little to say, or not a question of thresholds; did you mean 2A",
        ),
        ("what-the-review-heard,p01,,,bruise_or_mark,,,", "tier: This is missing"),
        ("what-the-review-heard,p01,,2A,,,,,more", "More cells than columns"),
    ],
)
def test_a_line_that_cannot_be_used_is_said_and_the_others_are_answered(row, said):
    given = read(f"{row}\n{GOOD}")
    assert any(said in flat(one) for one in given.refused), given.refused
    assert [one.participant for one in given.answers] == ["p09"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "what-the-review-heard,p01,,2A,attendance_below,,,",
            "answers.csv:2: facts: There is no such fact. Did you mean attendance",
        ),
        (
            "what-the-review-heard,p01,,2A,attendance_below_90=zebra,,,",
            "facts: attendance_below_90: Expected no, suspected or yes",
        ),
        (
            "what-the-review-heard,p01,,2A,,violence at hom,,",
            "answers.csv:2: questions: There is no such fact. Did you mean violence_at",
        ),
        (
            "what-the-review-heard,p01,,2A,,,MAAT,",
            "pathway: There is none of this name, nor with this in its name; did you mean MAT",
        ),
        (
            "what-the-review-heard,p01,,2A,attendance_below_90;zebra,,,",
            "facts: number 2 of 2: There is no such fact. The command 'thresholds facts' lists them all.",
        ),
        (
            "what-the-review-heard,p01,,2A,,,zebra,",
            "the names stand on the first page of the participants' sheet.",
        ),
        (f"what-the-review-heard,p01,,2A,,,,{'zebra' * 401}", "why: Expected at most 2000 characters."),
        (f"what-the-review-heard,p01,,2A,{'zebra;' * 401},,,", "facts: Expected at most 2000 characters."),
        ("what-the-review-heard,p01,scool,2A,,,,", "agency: There is no such group; did you mean school?"),
        (
            "what-the-review-heard,p01,,2A,violence_at_home;violence_at_home=yes,,,",
            "facts: violence_at_home is named twice among the facts",
        ),
    ],
)
def test_a_cell_that_cannot_be_used_is_said_and_left_out_and_the_tier_is_counted(row, said):
    given = read(f"{row}\n{GOOD}")
    (refused,) = given.refused
    assert said in flat(refused)
    assert "This cell is left out, and the rest of the line is counted." in flat(refused)
    assert [(one.participant, one.answer.said.value) for one in given.answers] == [("p01", "2A"), ("p09", "2A")]
    assert given.answers[0].agency is None
    assert "zebra" not in refused


def test_every_mistake_of_a_line_is_said():
    given = read("what-the-review-heard,p01,,2C,attendance_below,violence,MAAT,\n")
    assert len(given.refused) == 4


def test_who_answers_twice_is_named_with_both_lines_and_neither_is_counted():
    given = read(f"what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p01,,3,,,,\n{GOOD}")
    (only,) = given.refused
    assert only.startswith("answers.csv: lines 2 and 3: p01 answers what-the-review-heard more than once")
    assert [one.participant for one in given.answers] == ["p09"]


def test_the_same_person_may_answer_each_step_once():
    header = "exercise,participant,step,tier\n"
    rows = "".join(f"what-the-review-heard,p01,{rest}\n" for rest in (",2A", "1,3", "3,3"))
    given = read(rows, header)
    assert [one.moment for one in given.answers] == [0, 1]
    assert "answers.csv:4: step: Expected 0 (the beginning) to 2." in given.refused[0]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("exercise,participant\n", "The column tier is missing."),
        ("exercise,participant,tier,fact\n", "1: column D: There is no such column; did you mean facts?"),
        ("exercise,participant,tier,tier\n", "The column tier is there twice."),
        ("", "This is empty"),
    ],
)
def test_a_file_that_is_no_table_of_answers(header, said):
    with pytest.raises(GroupError, match=said.replace("?", r"\?")):
        read("", header)


def test_a_file_that_is_not_there():
    with pytest.raises(GroupError, match=r"nowhere\.csv: There is no such file"):
        read_group("nowhere.csv", EXERCISES, RULES)


@pytest.mark.parametrize("column", [column for column in (*COLUMNS, STEP) if column != "why"])
@pytest.mark.parametrize(
    "typed",
    [
        *(
            "zebra",
            "Zebra Smith",
            "zebra_smith",
            "zebra=yes",
            "violence_at_home=zebra",
            "bruise_or_mark;zebra",
            "midwife zebra",
        ),
        *("zebra" * 100, "zebra" * 1000, "\x1bzebra", "0zebra", "p01 zebra", "what-the-review-heard-zebra", "2A zebra"),
    ],
)
def test_what_was_typed_is_never_repeated(column, typed):
    cells = {"exercise": "what-the-review-heard", "participant": "p01", "tier": "2A", column: typed}
    header = f"{HEADER.strip()},{STEP}\n"
    given = read(",".join(cells.get(name, "") for name in (*COLUMNS, STEP)) + "\n", header)
    assert given.refused
    assert all(one.startswith(f"answers.csv:2: {column}: ") for one in given.refused)
    assert "zebra" not in "".join(given.refused).lower()
    assert (given.lines_refused, given.lines_in_part) == ((1, 0) if column in (*NEEDED, STEP) else (0, 1))


def test_the_first_line_is_not_repeated_where_it_is_somebodys_answer():
    (only,) = refused("what-the-review-heard,Jo Bloggs,2A\n")
    assert only.startswith("answers.csv:1: The first line has to be the columns: exercise, participant, agency, tier, facts")
    assert "Bloggs" not in only
    problems = refused("exercise,Jo Bloggs,tier\n")
    assert any("column B: There is no such column; leave it out." in one for one in problems)
    assert not any("Bloggs" in one for one in problems)


def test_columns_without_a_heading_and_with_nothing_in_them_are_passed_over():
    given = read("what-the-review-heard,p01,2A,,\nwhat-the-review-heard,p02,2A,,x\n", "exercise,participant,tier,,\n")
    assert [one.participant for one in given.answers] == ["p01"]
    assert "answers.csv:3: More cells than columns" in given.refused[0]


# A quotation mark that is not closed.


@pytest.mark.parametrize(
    "rows",
    [
        'what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p02,,2A,,,,"He said\nwhat-the-review-heard,p03,,3,,,,\n',
        'what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p02,,2A,,,,"He said\n'
        'what-the-review-heard,p03,,3,,,,"Because."\n',
        # Another one closes it as if it had been meant so, with two people's answers inside.
        'what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p02,,2A,,,,"He said\nwhat-the-review-heard,p03,,3,,,,\n'
        'what-the-review-heard,p04,,3,,,,A bar of 5"\n',
        'what-the-review-heard,p01,,2A,,,,\nwhat-the-review-heard,p02,,2A,,,,"He said\nwhat-the-review-herd,p03,,3,,,,"\n',
    ],
)
def test_a_quotation_mark_that_is_not_closed_loses_nothing_in_silence(rows):
    (only,) = refused(HEADER + rows)
    assert only.startswith("answers.csv:3: ")
    assert "uotation mark" in only
    assert "He said" not in only


def test_a_cell_of_several_lines_is_no_open_quotation_mark():
    given = read('what-the-review-heard,p01,,2A,,,,"He said, and\nshe said, and they, all, of, them, said, it."\n' + GOOD)
    assert not given.refused
    assert given.answers[0].answer.why_differ.startswith("He said, and\nshe said")
    assert given.answers[1].line == 4


# As spreadsheets write it.


def test_a_file_that_names_its_delimiter():
    rows = f"sep=;\r\n{HEADER}what-the-review-heard,p01,gp,3,,,,a,b\r\n".replace(",", ";").replace("a;b", "a, b")
    (one,) = read_group_text(rows.encode("utf-8-sig"), "answers.csv", EXERCISES, RULES).answers
    assert (one.agency, one.answer.said, one.answer.why_differ, one.line) == (Agency.GP, TierSaid.THREE, "a, b", 3)


def test_a_file_that_is_not_utf_8_is_said_with_how_to_save_it():
    (only,) = refused((HEADER + "what-the-review-heard,p01,,3,,,,caf\u00e9\n").encode("cp1252"))
    assert only.startswith("answers.csv: This is not text in UTF-8; it looks like Windows-1252")
    assert 'save it as "CSV UTF-8' in only
    (only,) = refused(b"PK\x03\x04" + b"\0" * 40)
    assert "This is a workbook and no CSV" in only


def test_a_file_may_be_so_large_and_no_larger(tmp_path, monkeypatch):
    assert "larger than 5 MB" in refused(b" " * 5_000_001)[0]
    assert "This is empty" in refused((b" " * 999 + b"\n") * 5_000)[0]
    file = tmp_path / "answers.csv"
    file.write_bytes((HEADER + GOOD).encode())
    monkeypatch.setattr(group_files, "LARGEST", file.stat().st_size)
    assert len(read_group(file, EXERCISES, RULES).answers) == 1
    monkeypatch.setattr(group_files, "LARGEST", file.stat().st_size - 1)
    with pytest.raises(GroupError, match="This is larger than"):
        read_group(file, EXERCISES, RULES)


def test_a_cell_may_be_so_long_and_no_longer():
    for length, number in ((2000, 0), (2001, 1)):
        assert len(read(f"what-the-review-heard,p01,,2A,,,,{'x' * length}\n").refused) == number


@pytest.mark.parametrize(
    ("step", "moment"),
    [("0", 0), ("", 0), ("2", 2), ("02", 2), ("002", 2), ("3", None), ("0002", None), ("x", None), ("-1", None)],
)
def test_a_step_is_a_number_that_the_exercise_has(step, moment):
    given = read(f"what-the-review-heard,p01,{step},3\n", "exercise,participant,step,tier\n")
    assert [one.moment for one in given.answers] == ([] if moment is None else [moment])
    assert given.refused == (() if moment is not None else ("answers.csv:2: step: Expected 0 (the beginning) to 2.",))
    assert [one.moment for one in given.unused] == ([None] if moment is None else [])


def test_a_step_of_what_does_not_unfold():
    given = read("mark-on-a-baby,p01,1,3\n", "exercise,participant,step,tier\n")
    assert given.refused == ("answers.csv:2: step: Expected 0 (the beginning), since it does not unfold.",)


# Who took part.


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        *((typed, "p01") for typed in ("p01", "P01", "p1", "P 1", " p001 ", "p\u00a01", "p000001")),
        *(("a12", "a12"), ("TR03", "tr03"), ("p100", "p100"), ("p0", "p00"), ("p9999", "p9999")),
    ],
)
def test_one_person_has_one_form(typed, shown):
    assert participant(typed) == shown


@pytest.mark.parametrize(
    "typed", ["Jo Bloggs", "Jo", "Ann2b", "abc1", "p", "1", "p1 Jo", "p12345", "p-1", "p\u0661", "", "ann@1"]
)
def test_what_may_be_a_name_is_nobody(typed):
    assert participant(typed) is None
    given = read(f"what-the-review-heard,{typed or 'x'},,2A,,,,\n")
    assert given.refused == (
        "answers.csv:2: participant: Expected a letter or two and a number: write p01, p02 and so on; never a name.",
    )
    assert not given.participants


def test_one_person_who_is_written_in_two_ways_answers_twice():
    given = read(f"what-the-review-heard,P 1,,2A,,,,\nWhat-The-Review-Heard,p001,,3,,,,\n{GOOD}")
    (only,) = given.refused
    assert "lines 2 and 3: p01 answers what-the-review-heard more than once" in only
    assert given.participants == ("p01", "p09")
    assert [one.participant for one in given.answers] == ["p09"]


def test_a_double_names_the_step_and_never_what_was_typed_in_place_of_an_exercise():
    header = "exercise,participant,step,tier\n"
    given = read("what-the-review-heard,p01,1,3\n" * 2 + "Jo Bloggs,p02,,3\n" * 2, header)
    double, no_exercise = given.refused
    assert "lines 2 and 3: p01 answers what-the-review-heard, step 1, more than once" in double
    assert "exercise: There is no exercise of this id here; 'thresholds exercise list' shows what there is." in no_exercise
    assert not any("Bloggs" in one for one in given.refused)


def test_whose_line_is_refused_took_part_and_is_known_to_have_answered():
    rows = [
        "what-the-review-heard,p01,,2A,,,,,more",
        "what-the-review-heard,p02,,2C,,,,",
        "what-the-review-herd,p03,,2A,,,,",
        "what-the-review-heard,Jo Bloggs,,2A,,,,",
        "what-the-review-heard,p04,,,,,,",
        "what-the-review-heard,p05,,2A,,,MAAT,",
    ]
    given = read("\n".join(rows) + "\n")
    assert given.participants == ("p01", "p02", "p03", "p04", "p05")
    assert [(one.participant, one.exercise, one.moment, one.line) for one in given.unused] == [
        ("p01", REVIEW, 0, 2),
        ("p02", REVIEW, 0, 3),
        ("p03", None, None, 4),
        (None, REVIEW, 0, 5),
    ]
    assert (given.lines_refused, given.lines_in_part) == (4, 1)


def test_a_line_whose_answer_stands_beyond_the_columns_holds_one():
    (one,) = read("what-the-review-heard,p01,,,,,,,2A\n").unused
    assert (one.participant, one.exercise) == ("p01", REVIEW)


def test_a_line_with_more_cells_than_columns_counts_as_one_of_two():
    given = read("what-the-review-heard,p01,,2A,,,,,more\nwhat-the-review-heard,p01,,2A,,,,\n")
    assert not given.answers
    assert sum("lines 2 and 3: p01" in one and "more than once" in one for one in given.refused) == 1


# Which group.


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        *((typed, Agency.HOSPITAL) for typed in ("midwife", "Midwives", "midwifery", "pre-natal", "antenatal", "hospitals")),
        *((typed, Agency.SCHOOL) for typed in ("teacher", "Teachers", "schools", "Head Teacher")),
        *((typed, Agency.CHILDRENS_SERVICES) for typed in ("social worker", "Social Workers", "childrens service")),
        *((typed, Agency.VOLUNTARY) for typed in ("charity", "Charities", "voluntary sector", "voluntary bodies")),
        *((typed, Agency.GP) for typed in ("GPs", "GP's", "general practitioners")),
    ],
)
def test_what_a_group_plainly_holds_is_read_as_that_group(typed, group):
    assert read_agency(typed) is group
    assert read(f"what-the-review-heard,p01,{typed},2A,,,,\n").answers[0].agency is group


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        *((typed, Agency.SCHOOL) for typed in ("education", "scool")),
        *((typed, Agency.CHILDRENS_SERVICES) for typed in ("Social Care", "social services")),
        *((typed, Agency.HOSPITAL) for typed in ("hospitl",)),
    ],
)
def test_what_is_wider_than_a_group_or_misspelt_is_asked_and_not_taken(typed, group):
    with pytest.raises(ValueError, match=rf"^There is no such group; did you mean {group.value}\?$"):
        read_agency(typed)


@pytest.mark.parametrize(
    "typed", ["nurse", "Nurses", "health visitor", "Health Visitors", "school nurse", "practice nurses", "police", "CAMHS"]
)
def test_where_the_report_names_no_group_none_is_guessed(typed):
    with pytest.raises(ValueError, match="names no group for this: leave it empty"):
        read_agency(typed)


def test_a_group_is_read_and_anything_else_is_answered_with_all_of_them():
    assert read_agency("Childrens-Services") is read_agency("Children\u2019s services") is Agency.CHILDRENS_SERVICES
    with pytest.raises(ValueError, match="gp, hospital, school, voluntary, childrens_services; leave it empty") as caught:
        read_agency("Jo Bloggs")
    assert "Bloggs" not in str(caught.value)


def test_who_says_their_group_once_has_said_it():
    header = "exercise,participant,step,agency,tier\n"
    review, mark = "what-the-review-heard,p01", "mark-on-a-baby"
    rows = [f"{review},0,,2A", f"{review},1,gp,3", f"{mark},p01,,school,3", f"{mark},p02,,,3\n"]
    assert [one.agency for one in read("\n".join(rows), header).answers] == [Agency.GP, Agency.GP, Agency.SCHOOL, None]


# What a terminal would obey.


def test_nothing_that_a_terminal_would_obey_is_kept_of_what_was_written():
    given = read("what-the-review-heard,p01,,2A,,,,Red \x1b[31mhot\x9b2J\u202eback\x07.\n")
    assert given.answers[0].answer.why_differ == "Red \ufffd[31mhot\ufffd2J\ufffdback\ufffd."


# One mistake on many lines.


def test_one_mistake_on_many_lines_is_said_once_with_all_its_lines():
    lines = {2: "nurse", 5: "nurse", 6: "police", 9: "scool"}
    rows = (f"what-the-review-heard,p{n},{lines.get(n, '')},2A,,,,\n" for n in range(2, 10))
    given = read("".join(rows))
    left_out = "This cell is left out, and the rest of the line is counted."
    assert given.refused == (
        f"answers.csv: lines 2, 5 and 6: agency: The report of 2011 names no group for this: leave it empty. {left_out}",
        f"answers.csv:9: agency: There is no such group; did you mean school? {left_out}",
    )
    assert given.lines_in_part == 4


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((4,), "f.csv:4: Wrong."),
        ((4, 4), "f.csv:4: Wrong."),
        ((5, 4), "f.csv: lines 4 and 5: Wrong."),
        ((2, 3, 4), "f.csv: lines 2 to 4: Wrong."),
        ((2, 4, 5, 6, 7, 9, 10), "f.csv: lines 2, 4 to 7, 9 and 10: Wrong."),
    ],
)
def test_lines_that_follow_each_other_are_said_in_short(lines, said):
    assert listed("f.csv", [(line, "Wrong.") for line in lines]) == (said,)


def test_mistakes_come_in_the_order_of_their_first_lines():
    given = [(9, "First."), (3, "Second."), (2, "First."), (2, "Also there.")]
    assert [one.rpartition(": ")[2] for one in listed("f.csv", given)] == ["First.", "Also there.", "Second."]


# Facts by other words than their names.


def said_of(typed, column="facts"):
    """What is answered to these words in the column of facts or questions, and what is read."""
    given = read_group_text(
        f'exercise;participant;tier;{column}\nwhat-the-review-heard;p01;2A;"{typed}"\n'.encode(), "a.csv", EXERCISES, RULES
    )
    return " ".join(given.refused), given.answers[0].answer


@pytest.mark.parametrize("column", ["facts", "questions"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("home alone", "left_alone, left_alone_overnight or whereabouts_unknown"),
        ("DV", "violence_at_home, coercive_control or incidents_12_months"),
        ("violence at hom", "violence_at_home, minimises_violence or violence_serious_or_persistent"),
        ("jealous", "jealousy_or_possessiveness"),
    ],
)
def test_a_word_that_is_no_fact_is_answered_with_the_likeliest_and_never_taken(column, typed, meant):
    refused, answer = said_of(typed, column)
    assert f"{column}: There is no such fact. Did you mean {meant}?" in refused
    assert typed not in refused.partition("Did you mean")[0]
    assert not answer.carried_by
    assert not answer.ask


def test_the_facts_asked_at_the_childs_stage_are_the_likeliest():
    def first(stage):
        with pytest.raises(AnswerError, match="Did you mean ") as caught:
            read_asked_facts("sleep", stage)
        return caught.value.problems[0].partition("Did you mean ")[2].split(",")[0]

    assert first(Stage.INFANT) == "boundaries_lacking"
    assert first(Stage.ADOLESCENT) == "low_mood_or_anxiety"
    (refused,) = read("what-the-review-heard,p01,,2A,sleep,,,\n").refused
    assert f"Did you mean {first(REVIEW.stage)}," in refused


@pytest.mark.parametrize("fact", [one for one in FACTS.values() if one.name != "age_months"], ids=lambda fact: fact.name)
def test_a_whole_statement_is_that_fact_commas_and_all(fact):
    assert [one.fact for one in read_cited_facts(f"{fact.says.capitalize()}.", None)] == [fact.name]
    assert read_asked_facts(f"strangulation, {fact.says}, immediate_danger", None) == tuple(
        dict.fromkeys(("strangulation", fact.name, "immediate_danger"))
    )


def test_a_statement_may_be_answered_too():
    _, answer = said_of(
        "There is an injury, bruise, burn, bite, bleeding or mark = suspected, the child is left alone overnight"
    )
    assert dict(answer.cited()) == {"bruise_or_mark": "suspected", "left_alone_overnight": None}


def test_half_a_statement_is_no_fact():
    refused, answer = said_of("there is an injury, bruise, burn")
    assert refused.count("There is no such fact.") == 3
    assert not answer.carried_by
