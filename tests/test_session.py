"""Sessions: learning and withdrawing, what each step moved, keeping and replaying, the command, and the laws."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from tests.test_interview import talk
from thresholds import FACTS, Case, Session, SessionError, Status, Tier, load_rule_set, suggest
from thresholds.case_files import suggest_from_file
from thresholds.cli import main
from thresholds.interview import Interview
from thresholds.schemas import Described, schema_of
from thresholds.testing import answers_to, cases, make_rule_set

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "sessions" / "01-what-the-review-heard.json"
laws = settings(max_examples=80, deadline=None, derandomize=True)
AT_SCHOOL = {"age_months": 150, "attendance_below_90": "yes"}


def begun():
    return Session.begin(AT_SCHOOL)


def unfolded():
    session = Session.begin({**AT_SCHOOL, "violence_at_home": "no", "asked_alone_and_safely": "yes", "reference": "a-1"})
    return session.learn(weapon_used_or_threatened="suspected", child_hears_or_sees="yes").withdraw("attendance_below_90")


def problems(act):
    with pytest.raises(SessionError) as error:
        act()
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


# Learning and withdrawing.


def test_a_session_may_begin_with_nothing_a_mapping_or_a_case():
    assert Session.begin().case == Case()
    assert Session.begin(AT_SCHOOL) == Session.begin(Case(**AT_SCHOOL))
    assert begun().suggestion == suggest(AT_SCHOOL)
    assert begun().history == ()
    assert Session.begin(AT_SCHOOL, "hackney-2009").rule_set is load_rule_set("hackney-2009")


def test_it_cannot_begin_with_what_suggest_refuses():
    with pytest.raises(ValidationError):
        Session.begin({"age_month": 3})
    with pytest.raises(KeyError):
        Session.begin({}, "hackney-2012")
    with pytest.raises(TypeError):
        Session.begin({}, Path("rules"))
    with pytest.raises(ValueError, match="no engine"):
        Session.begin({}, engine="steam")


def test_learning_gives_a_new_session_and_leaves_the_old():
    session = begun()
    after = session.learn(weapon_used_or_threatened="yes")
    assert session.history == ()
    assert after.suggestion == suggest({**AT_SCHOOL, "weapon_used_or_threatened": "yes"})
    assert after.case.known() == {**AT_SCHOOL, "weapon_used_or_threatened": "yes"}
    assert len(after.history) == 1


def test_a_step_says_what_was_learnt_and_what_moved():
    (step,) = begun().learn(weapon_used_or_threatened="yes").history
    (fact,) = step.learnt
    assert (fact.fact, fact.before, fact.after) == ("weapon_used_or_threatened", None, "yes")
    assert fact.about is FACTS["weapon_used_or_threatened"]
    assert step.withdrawn == ()
    assert (step.before.status, step.before.tier) == (Status.AT_LEAST, Tier.TWO_A)
    assert step.before.range == (Tier.TWO_A, Tier.THREE)
    assert (step.after.status, step.after.tier, step.after.range) == (Status.SETTLED, Tier.THREE, (Tier.THREE, Tier.THREE))
    assert step.has_moved
    assert "dvrim-scale-3-weapon" in [rule.id for rule in step.began]
    assert step.ceased == ()
    assert all(rule.title for rule in step.began)


def test_several_facts_learnt_at_once_are_one_step_in_the_order_of_the_facts():
    one = begun().learn(weapon_used_or_threatened="yes", age_months=151)
    assert [fact.fact for fact in one.history[0].facts] == ["age_months", "weapon_used_or_threatened"]
    assert one == begun().learn(age_months=151, weapon_used_or_threatened="yes")


def test_an_answer_that_differs_takes_the_place_of_the_one_before():
    (step,) = Session.begin({"age_months": 150, "hurt_by_adult": "no"}).learn(hurt_by_adult="suspected").history
    (fact,) = step.facts
    assert (fact.before, fact.after) == ("no", "suspected")


def test_the_age_can_change_and_a_child_be_born():
    unborn = Session.begin({"age_months": -2, "gestation_weeks": 30})
    assert problems(lambda: unborn.learn(age_months=0)) == (
        "gestation_weeks: Weeks of pregnancy belong to an unborn child's case, and this child is born by age_months.",
    )
    born = unborn.learn(age_months=0, gestation_weeks=None)
    assert [one.fact for one in born.history[0].learnt] == ["age_months"]
    assert [one.fact for one in born.history[0].withdrawn] == ["gestation_weeks"]
    assert born.suggestion == suggest({"age_months": 0})


def test_withdrawing_makes_a_fact_not_known_and_its_rules_cease():
    learnt = begun().learn(weapon_used_or_threatened="yes")
    session = learnt.withdraw("weapon_used_or_threatened")
    step = session.history[-1]
    assert session.suggestion == begun().suggestion
    assert [(one.fact, one.before, one.after) for one in step.withdrawn] == [("weapon_used_or_threatened", "yes", None)]
    assert step.learnt == step.began == ()
    assert step.ceased == learnt.history[-1].began
    for not_known in (None, "unknown", "not known"):
        assert session == learnt.learn(weapon_used_or_threatened=not_known)


def test_learning_what_is_known_is_a_step_that_moves_nothing():
    session = begun().learn(attendance_below_90=True)
    (step,) = session.history
    assert [(one.before, one.after) for one in step.learnt] == [("yes", "yes")]
    assert not step.has_moved
    assert step.began == step.ceased == step.conflicts == ()
    assert session.suggestion == begun().suggestion


def test_only_conflicts_that_are_new_are_a_steps_own():
    session = Session.begin({"age_months": 150, "violence_at_home": "no", "asked_alone_and_safely": "yes"})
    first = session.learn(weapon_used_or_threatened="yes")
    (conflict,) = first.history[0].conflicts
    assert conflict.facts == ("violence_at_home", "weapon_used_or_threatened")
    second = first.learn(strangulation="yes")
    assert [one.facts for one in second.history[1].conflicts] == [("violence_at_home", "strangulation")]
    assert len(second.suggestion.conflicts) == 2
    assert second.learn(violence_at_home="yes").suggestion.conflicts == ()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda s: s.learn(), "There is nothing to learn: name one fact or more, each with its answer."),
        (lambda s: s.withdraw(), "There is nothing to withdraw: name one fact or more."),
        (
            lambda s: s.learn(weapon_used_or_threatend="yes"),
            "weapon_used_or_threatend: There is no such fact. Did you mean weapon_used_or_threatened?",
        ),
        (
            lambda s: s.withdraw("attendance_below"),
            "attendance_below: There is no such fact. Did you mean attendance_below_90?",
        ),
        (lambda s: s.withdraw("qqq"), "qqq: There is no such fact. The command 'thresholds facts' lists them all."),
        (lambda s: s.withdraw("strangulation"), "strangulation: This is not known, and so there is nothing to withdraw."),
        (lambda s: s.learn(strangulation=None), "strangulation: This is not known, and so there is nothing to withdraw."),
        (
            lambda s: s.learn(strangulation="maybe"),
            "strangulation: Expected no, suspected or yes; leave it out where it is not known.",
        ),
        (lambda s: s.learn(reference="b"), "reference: This is no fact; it is given with what is known at the beginning."),
        (lambda s: s.learn(self="yes"), "self: There is no such fact. Did you mean self_harm_episodes?"),
        (
            lambda s: s.withdraw("Jo is hurt"),
            "(a key that is no name of a fact): There is no such fact. The command 'thresholds facts' lists them all.",
        ),
    ],
)
def test_what_cannot_be_learnt_or_withdrawn_is_said(act, said):
    assert problems(lambda: act(begun())) == (said,)


def test_every_mistake_of_a_step_is_told_and_no_answer():
    said = problems(lambda: begun().learn(strangulation="Xq7", age_months="Xq7", weapn="Xq7"))
    assert len(said) == 3
    assert "Xq7" not in "".join(said)


def test_an_engine_is_kept_and_makes_no_difference():
    other = Session.begin(AT_SCHOOL, engine="reference").learn(weapon_used_or_threatened="yes")
    one = begun().learn(weapon_used_or_threatened="yes")
    assert other.engine == "reference"
    assert one.engine == "compiled"
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_dict() == other.to_dict()
    assert one.history_to_dict() == other.history_to_dict()
    assert Session.from_dict(one.to_dict(), engine="reference").engine == "reference"


def test_every_step_is_evaluated_by_the_engine_that_was_chosen(monkeypatch):
    used = []

    def suggest_and_tell(case, rule_set, engine):
        used.append((rule_set if isinstance(rule_set, str) else rule_set.id, engine))
        return suggest(case, rule_set, engine)

    monkeypatch.setattr("thresholds.session.suggest", suggest_and_tell)
    Session.begin(AT_SCHOOL, "hackney-2009", "reference").learn(age_months=3).withdraw("age_months")
    assert used == [("hackney-2009", "reference")] * 3


def test_a_session_cannot_be_changed_and_shows_no_fact_in_its_repr():
    with pytest.raises(AttributeError):
        begun().history = ()
    assert repr(unfolded()) == f"<Session of 2 steps, now {unfolded().suggestion!r}>"
    assert repr(begun().learn(age_months=3)).startswith("<Session of 1 step, now <Suggestion ")
    assert "weapon" not in repr(unfolded())


# Kept and replayed.


def test_the_form_that_is_kept_holds_facts_and_no_suggestion():
    written = unfolded().to_dict()
    assert list(written) == ["format", "library", "rule_set", "begun_with", "steps"]
    assert written["format"] == "session/1"
    assert set(written["rule_set"]) == {"id", "version", "digest"}
    assert written["begun_with"] == {
        "reference": "a-1",
        **AT_SCHOOL,
        "violence_at_home": "no",
        "asked_alone_and_safely": "yes",
    }
    assert written["steps"] == [
        {"learnt": {"weapon_used_or_threatened": "suspected", "child_hears_or_sees": "yes"}, "withdrawn": []},
        {"learnt": {}, "withdrawn": ["attendance_below_90"]},
    ]
    assert "tier" not in json.dumps(written)


def test_what_is_saved_is_loaded_and_replayed(tmp_path):
    file = tmp_path / "session.json"
    unfolded().save(file)
    assert Session.load(file) == unfolded()
    assert Session.load(str(file)).history[0].began == unfolded().history[0].began


def test_a_file_is_written_over_only_where_that_is_asked_for(tmp_path):
    file = tmp_path / "session.json"
    begun().save(file)
    with pytest.raises(FileExistsError):
        unfolded().save(file)
    assert Session.load(file) == begun()
    unfolded().save(file, replace=True)
    assert Session.load(file) == unfolded()


def written(**other):
    return {**unfolded().to_dict(), **other}


def without(key):
    return {name: value for name, value in written().items() if name != key}


BROKEN = [
    ([], "Expected a session: a mapping of format, library, rule_set, begun_with and steps."),
    ({}, 'format: Expected "session/1"; this is no saved session, or one of another version of the library.'),
    (
        written(format="session/2"),
        'format: Expected "session/1"; this is no saved session, or one of another version of the library.',
    ),
    (
        written(format=["Xq7"]),
        'format: Expected "session/1"; this is no saved session, or one of another version of the library.',
    ),
    (written(step=[]), "step: There is no such key; did you mean steps?"),
    (without("steps"), "steps: This is missing."),
    (without("begun_with"), "begun_with: This is missing."),
    (written(library=3), "library: Expected the version of the library, as text."),
    (written(rule_set="hackney-2011"), "rule_set: Expected a mapping of id, version and digest."),
    (written(rule_set={"id": "hackney-2011", "version": "1"}), "rule_set, digest: This is missing."),
    (written(rule_set={"id": 3, "version": "1", "digest": "x"}), "rule_set, id: Expected text."),
    (written(begun_with=["Xq7"]), "begun_with: Expected a case: a mapping of facts to answers."),
    (written(begun_with={"age_month": 3}), "begun_with: age_month: There is no such fact. Did you mean age_months?"),
    (
        written(begun_with={"age_months": {"Xq7": [[[]]]}}),
        "begun_with: age_months: Expected a whole number from -10 to 300 (months, negative before birth); "
        "leave it out where it is not known.",
    ),
    (
        written(begun_with={"reference": "Xq7 Xq7"}),
        "begun_with: reference: Expected letters, digits and . _ : / - only, at most 64, and nobody's name.",
    ),
    (written(steps={}), "steps: Expected a list of steps."),
    (written(steps=["Xq7"]), "step 1: Expected a mapping of learnt and withdrawn."),
    (written(steps=[{"learned": {}}]), "step 1, learned: There is no such key; did you mean learnt?"),
    (
        written(steps=[{"Xq7 Xq7": 1}]),
        "step 1, (a key that is no name of a fact): There is no such key; known: learnt, withdrawn",
    ),
    (written(steps=[{}]), "step 1: Expected a fact that is learnt or withdrawn, and there is none."),
    (
        written(steps=[{"learnt": {}, "withdrawn": []}]),
        "step 1: Expected a fact that is learnt or withdrawn, and there is none.",
    ),
    (written(steps=[{"learnt": ["bullied"]}]), "step 1, learnt: Expected a mapping of facts to answers."),
    (written(steps=[{"withdrawn": "age_months"}]), "step 1, withdrawn: Expected a list of facts."),
    (
        written(steps=[{"learnt": {"strangulatio": "yes"}}]),
        "step 1, learnt: strangulatio: There is no such fact. Did you mean strangulation?",
    ),
    (
        written(steps=[{"withdrawn": [["Xq7"]]}]),
        "step 1, withdrawn: (a key that is no name of a fact): There is no such fact. "
        "The command 'thresholds facts' lists them all.",
    ),
    (
        written(steps=[{"learnt": {"strangulation": "Xq7"}}]),
        "step 1: strangulation: Expected no, suspected or yes; leave it out where it is not known.",
    ),
    (
        written(steps=[{"learnt": {"attendance_below_90": None}}]),
        "step 1, learnt: attendance_below_90: Expected an answer; a fact that is not known any more stands under withdrawn.",
    ),
    (
        written(steps=[{"learnt": {"strangulation": "yes"}, "withdrawn": ["strangulation"]}]),
        "step 1, withdrawn: strangulation is given twice.",
    ),
    (
        written(steps=[{"withdrawn": ["age_months", "age_months"]}]),
        "step 1, withdrawn: age_months is given twice.",
    ),
]


@pytest.mark.parametrize(("broken", "said"), BROKEN, ids=[said[:70] for _, said in BROKEN])
def test_what_is_no_session_is_refused_with_its_place(broken, said):
    assert problems(lambda: Session.from_dict(broken)) == (said,)
    assert "Xq7" not in said


def test_what_only_a_replay_can_tell_is_refused_with_its_step():
    steps = [{"learnt": {"strangulation": "yes"}}, {"withdrawn": ["coercive_control"]}]
    assert problems(lambda: Session.from_dict(written(steps=steps))) == (
        "step 2: coercive_control: This is not known, and so there is nothing to withdraw.",
    )
    steps = [{"learnt": {"attendance_below_90": "not known"}}]
    assert problems(lambda: Session.from_dict(written(steps=steps)))[0].startswith(
        "step 1, learnt: attendance_below_90: Expected an answer"
    )


def test_every_mistake_of_form_is_told_at_once():
    said = problems(lambda: Session.from_dict(written(library=3, more=1, steps=[{}, {"learnt": {"x": 1}}])))
    assert [one.split(":")[0] for one in said] == ["more", "library", "step 1", "step 2, learnt"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is empty: expected a session."),
        (
            b'{"format": "session/1",',
            "This is not JSON, from line 1, column 24: Expecting property name enclosed in double quotes.",
        ),
        (b'{"format": "session/1", "format": "Xq7"}', "format is given twice."),
        (b"[" * 100_000, "This is nested too deeply."),
        (b"\xff\xfe", "This is not text in UTF-8; save it as UTF-8."),
        (b'{"age_months": NaN}', "This is not JSON: NaN is no number."),
        (b" " * 5_000_001, "This is larger than 5 MB, which no session is."),
    ],
)
def test_a_file_that_is_no_json_is_refused_with_its_place(tmp_path, content, said):
    file = tmp_path / "session.json"
    file.write_bytes(content)
    assert problems(lambda: Session.load(file)) == (f"{file}: {said}",)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        Session.load(tmp_path / "nowhere.json")


def test_of_another_rule_set_it_says_what_differs_and_what_to_do():
    (said,) = problems(lambda: Session.from_dict(unfolded().to_dict(), "hackney-2009"))
    assert "id hackney-2011 then, hackney-2009 now" in said
    assert "rule_set_may_differ=True" in said
    again = Session.from_dict(unfolded().to_dict(), "hackney-2009", rule_set_may_differ=True)
    assert again.rule_set.id == "hackney-2009"
    assert again.suggestion == suggest(unfolded().case, "hackney-2009")


@pytest.mark.parametrize("key", ["version", "digest"])
def test_of_another_version_or_digest_it_says_so(key):
    saved = written()
    saved["rule_set"] = {**saved["rule_set"], key: "2010.9"}
    (said,) = problems(lambda: Session.from_dict(saved))
    assert f"{key} 2010.9 then" in said
    assert said.count(" then, ") == 1
    assert Session.from_dict(saved, rule_set_may_differ=True) == unfolded()


def test_the_rules_of_a_file_are_not_repeated_where_they_may_be_words():
    saved = written(rule_set={"id": "Jo Smith", "version": "Jo Smith", "digest": "Jo Smith"})
    for rule_set in (None, "hackney-2011"):
        (said,) = problems(lambda rule_set=rule_set: Session.from_dict(saved, rule_set))
        assert "Jo Smith" not in said


def test_a_rule_set_of_ones_own_has_to_be_given():
    own = make_rule_set(load_rule_set("hackney-2011").findings[:5], outcomes=load_rule_set("hackney-2011").outcomes)
    session = Session.begin(AT_SCHOOL, own).learn(weapon_used_or_threatened="yes")
    (said,) = problems(lambda: Session.from_dict(session.to_dict()))
    assert said.startswith(f"rule_set: The session was saved with {own.id}, which is not shipped.")
    assert "--rule-set FOLDER" in said
    assert Session.from_dict(session.to_dict(), own) == session


def test_a_rule_set_that_is_given_is_taken_as_suggest_takes_it():
    with pytest.raises(KeyError):
        Session.from_dict(written(), "hackney-2012")
    with pytest.raises(TypeError):
        Session.from_dict(written(), Path("rules"))


def test_the_schema_takes_what_is_saved_and_refuses_what_is_refused():
    schema = schema_of(Described.SESSION)
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    for session in (begun(), unfolded()):
        assert [error.message for error in validator.iter_errors(session.to_dict())] == []
    # What a schema does not say: which rule set is there, what the replay finds, and that no fact is on both lists.
    beyond = ("is given twice",)
    for broken, said in BROKEN:
        if not any(one in said for one in beyond):
            assert not validator.is_valid(broken), said


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["yes", "Xq7 Xq7", "age_months", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["learnt", "withdrawn", "id", "age_months", "Xq7 Xq7", "\ud800", 3]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@laws
@given(
    st.sampled_from(
        [
            (),
            ("format",),
            ("library",),
            ("rule_set",),
            ("rule_set", "id"),
            ("rule_set", "digest"),
            ("begun_with",),
            ("begun_with", "age_months"),
            ("steps",),
            ("steps", 0),
            ("steps", 0, "learnt"),
            ("steps", 0, "learnt", "strangulation"),
            ("steps", 1, "withdrawn"),
        ]
    ),
    ANYTHING,
)
def test_whatever_stands_in_a_file_is_a_session_or_a_session_error_that_repeats_none_of_it(where, value):
    saved = json.loads(json.dumps(unfolded().to_dict()))
    place = saved
    for key in where[:-1]:
        place = place[key]
    if where:
        place[where[-1]] = value
    else:
        saved = value
    try:
        assert isinstance(Session.from_dict(saved), Session)
    except SessionError as error:
        assert "Xq7" not in str(error)
        assert error.problems


# Shown.


def test_the_page_tells_the_history_in_plain_words():
    page = " ".join(str(unfolded()).split())
    assert "1. Learnt: a weapon was used or threatened: suspected; the child is at home and hears or sees it: yes." in page
    assert "2. Withdrawn: attendance is below 90 per cent (before: yes)." in page
    assert "Now: Tier 3" in page
    assert "Before: at least Tier 2A, could be 2A to 3" in page
    assert "Before: the same" in page
    assert "Began to count:" in page
    assert "Ceased to count:" in page
    assert "Disagrees:" in page
    assert page.index("As it began".upper()) < page.index("WHAT CAME TO LIGHT") < page.index("THE SUGGESTION NOW, IN SHORT")


def test_the_page_says_what_was_known_and_what_changed():
    session = begun().learn(attendance_below_90="yes").learn(attendance_below_90="no")
    page = " ".join(str(session).split())
    assert "attendance is below 90 per cent: yes (as known before)." in page
    assert "attendance is below 90 per cent: no (before: yes)." in page
    assert "Nothing was learnt since." in str(begun())
    assert "No facts were known." in str(Session.begin())
    assert "1 fact was known." in str(Session.begin({"age_months": 3}))


def test_who_is_in_danger_today_comes_first():
    page = str(begun().learn(immediate_danger="yes"))
    assert page.index("999") < page.index("AS IT BEGAN")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "_repr_html_", "__str__"])
def test_each_form_says_that_it_is_no_decision(form):
    assert "It is not a decision." in getattr(unfolded(), form)()


def test_the_history_as_json():
    history = unfolded().history_to_dict()
    assert history["format"] == "session-history/1"
    assert [step["after"]["tier"] for step in history["steps"]] == ["3", "3"]
    assert history["steps"][0]["facts"][0] == {"fact": "weapon_used_or_threatened", "before": None, "after": "suspected"}
    assert history["steps"][0]["conflicts"]
    assert "dvrim-scale-3-weapon" in [rule["rule"] for rule in history["steps"][0]["began"]]
    assert history["begun"]["tier"] == "2A"
    assert json.loads(json.dumps(history)) == history


def test_a_step_where_thresholds_are_no_question():
    step = begun().learn(open_to_social_care="protection_plan").history[0]
    assert step.after.range == (None, None)
    assert step.has_moved
    assert "not for this tool" in str(begun().learn(open_to_social_care="protection_plan"))


def test_after_first_use_a_session_opens_no_file_but_its_own():
    code = (
        "import sys; from thresholds import Session; s = Session.begin({'age_months': 3}).learn(bruise_or_mark='yes'); "
        "before = set(sys.modules); s.text(); s.markdown(); s.html(); s.history_to_dict(); Session.from_dict(s.to_dict()); "
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_importing_the_library_loads_no_views():
    code = "import sys, thresholds; print(sorted(name for name in sys.modules if name.startswith('thresholds.views.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['thresholds.views.shown']"


# The laws.


@st.composite
def beginnings_and_news(draw, most=6):
    """A case that can be, and facts that are not known of it and could be learnt one by one, each possible with the others."""
    case = draw(cases())
    unknown = [name for name in FACTS if name not in case.known()]
    names = draw(st.lists(st.sampled_from(unknown), unique=True, min_size=1, max_size=most))
    news = {name: FACTS[name].written(draw(answers_to(FACTS[name]))) for name in names}
    try:
        case.with_facts(**news)
    except ValidationError:
        assume(False)
    return case, news


@laws
@given(beginnings_and_news(), st.randoms(use_true_random=False))
def test_the_order_of_steps_does_not_matter_in_the_end(made, chance):
    case, news = made
    names = list(news)
    one = other = Session.begin(case)
    for name in names:
        one = one.learn(**{name: news[name]})
    chance.shuffle(names)
    for name in names:
        other = other.learn(**{name: news[name]})
    assert one.suggestion == other.suggestion == Session.begin(case).learn(**news).suggestion


@laws
@given(beginnings_and_news())
def test_learnt_and_withdrawn_is_as_never_learnt(made):
    case, news = made
    session = Session.begin(case)
    assert session.learn(**news).withdraw(*news).suggestion == session.suggestion


@laws
@given(beginnings_and_news(), st.data())
def test_a_history_replays_to_the_same_session(made, data):
    case, news = made
    session = Session.begin(case)
    for name, answer in news.items():
        session = session.learn(**{name: answer})
        if data.draw(st.booleans()):
            known = data.draw(st.sampled_from(sorted(session.case.known())))
            session = session.withdraw(known)
    again = Session.from_dict(json.loads(json.dumps(session.to_dict())))
    assert again == session
    assert again.history_to_dict() == session.history_to_dict()


@settings(laws, max_examples=150)
@given(beginnings_and_news(most=4))
def test_learning_without_a_conflict_never_widens_the_range(made):
    case, news = made
    session = Session.begin(case)
    assume(not case.conflicts)
    for name, answer in news.items():
        session = session.learn(**{name: answer})
        assume(not session.suggestion.conflicts)
        (before, after) = (session.history[-1].before.range, session.history[-1].after.range)
        if None not in (*before, *after):
            assert before.lowest <= after.lowest <= after.highest <= before.highest


@laws
@given(beginnings_and_news(most=3))
def test_the_interpreter_tells_the_same_history(made):
    case, news = made
    assert Session.begin(case, engine="reference").learn(**news) == Session.begin(case).learn(**news)


# The interview stands on it.


def test_each_answer_of_an_interview_is_a_step_and_undo_goes_back():
    interview = Interview.begin().answer(40).answer(None).answer("yes")
    assert [[one.fact for one in step.facts] for step in interview.session.history] == [
        ["age_months"],
        [interview.asked[-1]],
    ]
    assert interview.suggestion == interview.session.suggestion
    assert len(interview.undo().session.history) == 1


@pytest.mark.parametrize("not_known", [None, "unknown", "not known"])
def test_what_is_asked_and_not_known_is_no_step(not_known):
    begun = Interview.begin({"age_months": 40})
    interview = begun.answer(not_known)
    assert interview.session is begun.session
    assert interview.asked == (begun.question.fact.name,)


def test_an_interview_goes_on_from_a_session():
    interview = Interview.go_on(begun())
    assert interview.undo() is interview
    assert interview.answer("no").session.history[0].before == begun().suggestion


def test_an_interview_keeps_its_session_and_goes_on_from_it(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert talk("40\nyes\nstop\n", "--session", str(first)).exit_code == 0
    assert [list(step["learnt"]) for step in json.loads(first.read_text())["steps"]] == [
        ["age_months"],
        ["hurt_or_ill_treated"],
    ]
    done = talk("no\nstop\n", "--from", str(first), "--session", str(second), "--save", str(tmp_path / "case.yaml"))
    assert done.exit_code == 0
    assert f"The session is in {second}." in done.stdout
    assert len(Session.load(second).history) == 3
    assert Session.load(second).history[:2] == Session.load(first).history
    (saved,) = suggest_from_file(str(tmp_path / "case.yaml"))
    assert saved.case == Session.load(second).case


def test_an_interview_refuses_a_session_that_it_cannot_go_on_from(tmp_path):
    file = tmp_path / "session.json"
    unfolded().save(file)
    done = talk("stop\n", "--from", str(file), "--rule-set", "hackney-2009")
    assert done.exit_code == 2
    assert "--rule-set-may-differ" in done.stderr
    assert talk("stop\n", "--from", str(file), "--rule-set", "hackney-2009", "--rule-set-may-differ").exit_code == 0
    done = talk("stop\n", "--session", str(file))
    assert (done.exit_code, "does not exist yet" in done.stderr) == (2, True)
    done = talk("stop\n", "--session", str(tmp_path / "x"), "--save", str(tmp_path / "x"))
    assert (done.exit_code, "one file for --save and another" in done.stderr) == (2, True)


def test_an_interview_cannot_begin_with_a_household():
    done = talk("stop\n", "--from", str(ROOT / "examples" / "households" / "three-children-three-panels.yaml"))
    assert done.exit_code == 2
    assert done.stderr.endswith("Expected the case of one child, and this is a household.\n")


# The command.


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["session", *map(str, arguments)], input=given)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_command_shows_a_history(form):
    done = run(EXAMPLE, "--format", form)
    assert done.exit_code == 0
    assert "It is not a decision." in done.stdout
    assert done.stderr == ""
    if form == "json":
        assert json.loads(done.stdout)["format"] == "session-history/1"


def test_the_command_takes_standard_input_and_a_case():
    assert (
        run("-", given=json.dumps(unfolded().to_dict())).stdout
        == run("-", given="\n" + json.dumps(unfolded().to_dict())).stdout
    )
    done = run("-", "--learn", "hurt_by_adult=yes", given="age_months: 30\n")
    assert done.exit_code == 0
    assert f"1. Learnt: {FACTS['hurt_by_adult'].says}: yes." in " ".join(done.stdout.split())
    assert done.stderr == "The new step is shown and not kept: --save FILE keeps it.\n"


def test_the_command_learns_and_withdraws_in_one_step_and_saves_elsewhere(tmp_path):
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    unfolded().save(before)
    content = before.read_bytes()
    done = run(
        before,
        "--learn",
        "age_months=151",
        "--learn",
        "strangulation=Yes",
        "--withdraw",
        "child_hears_or_sees",
        "--save",
        after,
    )
    assert done.exit_code == 0
    assert before.read_bytes() == content
    assert Session.load(after) == unfolded().learn(age_months=151, strangulation="yes", child_hears_or_sees=None)
    again = run(before, "--save", after)
    assert (again.exit_code, "does not exist yet" in again.stderr) == (2, True)
    nowhere = run(before, "--save", tmp_path / "no" / "where.json")
    assert nowhere.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--learn", "strangulatio=yes"], "strangulatio: There is no such fact. Did you mean strangulation?"),
        (["--learn", "strangulation"], "strangulation: Expected strangulation=ANSWER, and the answer no, suspected or yes."),
        (
            ["--learn", "strangulation=Xq7"],
            "strangulation: Expected no, suspected or yes; leave it out where it is not known.",
        ),
        (["--learn", "strangulation="], "strangulation: Expected no, suspected or yes; leave it out where it is not known."),
        (
            ["--learn", "age_months=Xq7"],
            "age_months: Expected a whole number from -10 to 300 (months, negative before birth); "
            "leave it out where it is not known.",
        ),
        (
            ["--learn", "age_months=" + "9" * 5000],
            "age_months: Expected a whole number from -10 to 300 (months, negative before birth); "
            "leave it out where it is not known.",
        ),
        (["--learn", "strangulation=yes", "--learn", "strangulation=no"], "strangulation is given twice."),
        (["--learn", "strangulation=yes", "--withdraw", "strangulation"], "strangulation is given twice."),
        (["--withdraw", "strangulation"], "strangulation: This is not known, and so there is nothing to withdraw."),
        (
            ["--learn", "Xq7 is hurt=yes"],
            "(a key that is no name of a fact): There is no such fact. The command 'thresholds facts' lists them all.",
        ),
        (["--learn", "reference=b"], "reference: This is no fact; it is given with what is known at the beginning."),
    ],
)
def test_what_the_command_cannot_learn_is_said(arguments, said):
    done = run(EXAMPLE, *arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", said + "\n")


def test_every_mistake_that_is_typed_is_told():
    done = run(EXAMPLE, "--learn", "a", "--withdraw", "b", "--learn", "strangulation")
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "This is empty: expected a case, a list of cases, or a household."),
        ('{"format": "suggestion/1"}', 'format: Expected "session/1"'),
        ('{"format": "session/1", ', "This is not JSON, from line 1, column 25"),
        ('{"format": "session/1"}', "library: This is missing."),
        ("[[[", "This is not JSON, from line 1"),
        ("[" * 100_000, "This is nested too deeply."),
        ("age_month: 3", ", line 1: age_month: There is no such fact. Did you mean age_months?"),
        ('{"age_months": 3, "age_months": 4}', "age_months is given twice."),
    ],
)
@pytest.mark.parametrize("suffix", [".json", ""])
def test_a_file_that_is_no_session_is_said_with_its_name(tmp_path, content, said, suffix):
    if suffix and not content.startswith(("{", "[")):
        return
    file = tmp_path / f"file{suffix}"
    file.write_text(content, encoding="utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert done.stderr.startswith(str(file))
    assert said in done.stderr
    assert done.stdout == ""
    assert isinstance(done.exception, SystemExit)


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path):
    assert run(tmp_path / "nowhere.json").stderr.endswith("nowhere.json: There is no such file.\n")
    done = run(tmp_path)
    assert (done.exit_code, "This is a folder" in done.stderr) == (2, True)
    assert run("\0").exit_code == 2


def test_of_other_rules_the_command_says_what_to_type(tmp_path):
    file = tmp_path / "session.json"
    unfolded().save(file)
    done = run(file, "--rule-set", "hackney-2009")
    assert (done.exit_code, "--rule-set-may-differ" in done.stderr) == (2, True)
    assert run(file, "--rule-set", "hackney-2009", "--rule-set-may-differ").exit_code == 0
    assert run(file, "--rule-set", "hackney-2012").exit_code == 3
    by_2009 = tmp_path / "2009.json"
    Session.begin(AT_SCHOOL, "hackney-2009").save(by_2009)
    assert "Rule set hackney-2009" in run(by_2009).stdout


def test_the_schema_of_a_session_is_printed():
    done = CliRunner().invoke(main, ["schema", "session"])
    assert done.exit_code == 0
    assert Draft7Validator(json.loads(done.stdout)).is_valid(json.loads(EXAMPLE.read_text(encoding="utf-8")))


def test_a_file_of_several_cases_is_not_cut_to_the_first(tmp_path):
    several = tmp_path / "two.yaml"
    several.write_text("- {age_months: 12}\n- {age_months: 24, strangulation: yes}\n")
    done = CliRunner().invoke(main, ["session", str(several)])
    assert done.exit_code == 2
    assert "Expected one case, and there are several" in done.output
