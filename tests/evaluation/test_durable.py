"""durable-rules means what the interpreter means, and each of its traps is met; `docs/engines.md` lists them."""

import datetime as dt
import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluation import durable_apart as apart
from thresholds import EngineUnavailableError, load_rule_set, suggest, suggest_household
from thresholds.evaluation import durable
from thresholds.evaluation.durable import DurableRuleSet, check_available
from thresholds.evaluation.durable_rules import (
    MOST_ALTERNATIVES,
    MOST_COLUMNS,
    MOST_RULES,
    Label,
    outcome_columns,
    written,
)
from thresholds.evaluation.engines import EngineFailedError, evaluator
from thresholds.evaluation.reference import Interpreter
from thresholds.facts.vocabulary import FACTS
from thresholds.language.conditions import All, AnyOf, Found, facts_read
from thresholds.loading.places import rules_folder
from thresholds.scales import Reading
from thresholds.testing import make_rule_set, rule_sets
from thresholds.testing import records as generated_records
from thresholds.verification.made_up import records

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ("hackney-2009", "hackney-2011")


def _missing():
    try:
        check_available()
    except EngineUnavailableError as error:
        return str(error)
    return ""


MISSING = _missing()
needs_durable = pytest.mark.skipif(bool(MISSING), reason=MISSING)


# It agrees.


def assert_agree(second, interpreter, record):
    meant, made = interpreter.evaluate(record), second.evaluate(record)
    assert made == meant
    assert second.advise(made) == interpreter.advise(meant)
    for reading in Reading:
        assert second.find(record, reading) == interpreter.find(record, reading)


@needs_durable
@pytest.mark.parametrize("name", SHIPPED)
def test_it_agrees_on_shipped_rule_sets(name):
    rule_set = load_rule_set(name)
    made = DurableRuleSet(rule_set), Interpreter(rule_set)
    for record in records(seed=11, number=150):
        assert_agree(*made, record)


@needs_durable
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(rule_sets(), st.lists(generated_records(), min_size=3, max_size=3), st.data())
def test_it_agrees_on_made_up_rule_sets(rule_set, some, data):
    made = DurableRuleSet(rule_set), Interpreter(rule_set)
    read = [name for name in FACTS if name in _facts(rule_set)]
    for record in [*some, *(data.draw(generated_records(read)) for _ in range(4))]:
        assert_agree(*made, record)


def _facts(rule_set):
    return {name for one in rule_set.rules.values() for part in (one.when, one.unless) for name in facts_read(part)}


@needs_durable
def test_suggestions_are_the_same():
    case = {"age_months": 30, "weapon_used_or_threatened": "suspected", "child_hears_or_sees": "yes"}
    assert suggest(case, engine="durable").to_dict() == suggest(case).to_dict()
    home = {"coercive_control": "yes"}
    assert suggest_household([case], home=home, engine="durable").to_dict() == suggest_household([case], home=home).to_dict()


# What is tried in a process of its own.


@needs_durable
@pytest.mark.parametrize("trial", apart.TRIALS)
def test_apart(trial):
    done = subprocess.run(
        [sys.executable, "-m", "tests.evaluation.durable_apart", trial],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# What goes wrong is an error, and leaves nothing behind.


class _Raising(set):
    """Where rules are noted; to note some of them raises, with what might be somebody's answer."""

    def add(self, label):
        if label.position >= 0:
            raise ValueError("the answer was 42")
        super().add(label)


def a_matcher(rule_set):
    (matcher,) = DurableRuleSet(rule_set)._steps[0]._network._matchers
    return matcher


ONE_RULE = make_rule_set([apart.rule(0, Found(apart.RISKS[0]))])


def columns(value):
    return {f"f{place}": value for place in range(len(FACTS))}


@needs_durable
def test_an_action_that_raises_is_an_error_and_not_a_silence():
    matcher = a_matcher(ONE_RULE)
    kept, matcher._matched = matcher._matched, _Raising()
    for _ in range(1_100):  # more than the engine has room for, were they not forgotten
        with pytest.raises(EngineFailedError) as error:
            matcher.match(columns(2))
    assert "42" not in str(error.value)
    assert error.value.__context__ is None
    matcher._matched = kept
    assert matcher.match(columns(2)) == {Label(0)}
    assert matcher.match(columns(0)) == set()


@needs_durable
def test_what_the_engine_says_of_an_error_is_not_passed_on(monkeypatch):
    """Its error for a fact that it has seen before holds the whole fact."""
    matcher = a_matcher(ONE_RULE)
    monkeypatch.setattr("thresholds.evaluation.durable_host._NUMBERS", iter([7, 7]))
    monkeypatch.setattr(matcher._host, "delete_state", lambda name, session: None)
    assert matcher.match(columns(2)) == {Label(0)}
    with pytest.raises(EngineFailedError) as error:
        matcher.match(columns(2))
    assert error.value.__context__ is None


@needs_durable
@pytest.mark.parametrize("action", range(4))
def test_a_match_that_is_broken_off_is_an_error(monkeypatch, action):
    """The engine looks at its clock twice in each action; it drops the actions after one that took more than ten seconds."""
    from durable import engine

    matcher = a_matcher(make_rule_set([apart.rule(number, Found(apart.RISKS[number])) for number in range(4)]))
    clock = iter([0] * (2 * action + 1) + [60] * 20)
    monkeypatch.setattr(engine, "_unix_now", lambda: next(clock))
    with pytest.raises(EngineFailedError):
        matcher.match(columns(2))


@needs_durable
def test_the_time_of_day_may_be_put_forward_meanwhile(monkeypatch):
    from durable import engine

    matcher, clock = a_matcher(ONE_RULE), iter(range(10_000))

    class Leaping(dt.datetime):
        @classmethod
        def now(cls):
            return dt.datetime(2011, 7, 1) + dt.timedelta(minutes=next(clock))

    class Module:
        datetime = Leaping

    monkeypatch.setattr(engine, "datetime", Module)
    assert matcher.match(columns(2)) == {Label(0)}


@needs_durable
def test_nothing_of_one_child_is_seen_by_another():
    rule_set = load_rule_set("hackney-2011")
    second, interpreter = DurableRuleSet(rule_set), Interpreter(rule_set)
    full, empty = apart.all_found(), apart.known()
    expected = [interpreter.evaluate(case) for case in (full, empty)]
    for _ in range(3):
        assert [second.evaluate(case) for case in (full, empty)] == expected
        for step in second._steps:
            for matcher in step._network._matchers:
                kept, matcher._matched = matcher._matched, _Raising()
                with pytest.raises(EngineFailedError):
                    second.evaluate(full)
                matcher._matched = kept
        assert second.evaluate(empty) == expected[1]


@needs_durable
def test_nor_where_the_engine_could_not_forget(monkeypatch):
    matcher = a_matcher(ONE_RULE)

    def fail(name, session):
        raise MemoryError

    monkeypatch.setattr(matcher._host, "delete_state", fail)
    with pytest.raises(EngineFailedError):
        matcher.match(columns(2))
    monkeypatch.undo()
    assert matcher.match(columns(0)) == set()


@needs_durable
def test_every_fact_has_a_session_of_its_own_and_holds_only_whole_numbers(monkeypatch):
    second, given = DurableRuleSet(load_rule_set("hackney-2011")), []
    matchers = [matcher for step in second._steps for matcher in step._network._matchers] + second._advice._matchers
    for matcher in matchers:

        def spy(name, fact, post=matcher._host.assert_fact):
            given.append(fact)
            return post(name, fact)

        monkeypatch.setattr(matcher._host, "assert_fact", spy)
    for record in records(seed=5, number=5):
        second.advise(second.evaluate(record))
    assert len({fact["sid"] for fact in given}) == len({fact["id"] for fact in given}) == len(given) > 5
    assert {type(value) for fact in given for name, value in fact.items() if name not in ("sid", "id")} == {int}
    assert max(map(len, given)) <= MOST_COLUMNS + 3


@needs_durable
def test_a_rule_set_may_be_loaded_twice():
    folder = rules_folder() / "hackney-2011"
    one, other = (DurableRuleSet(load_rule_set(folder)) for _ in range(2))
    for record in records(seed=6, number=5):
        assert one.evaluate(record) == other.evaluate(record) == one.evaluate(record)


# The engine's limits are kept, whatever the rule set.


def parts(rule_set):
    conditions = [(Label(position), rule.when) for position, rule in enumerate(rule_set.findings)]
    return written(rule_set, conditions)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_engine_matches_all_of_a_shipped_rule_but_counts(name):
    """Nothing of the shipped rules is so large that it is counted here, "at least so many of" apart."""
    rule_set = load_rule_set(name)
    advice = [(Label(position), rule.when) for position, rule in enumerate(rule_set.current_advice)]
    assert written(rule_set, advice).counts == ()
    assert {label.position for part in parts(rule_set).parts for label, _ in part.rules} == set(range(len(rule_set.findings)))


def test_rule_sets_for_the_engine_keep_its_limits():
    every = tuple(map(Found, apart.RISKS))
    halves = AnyOf(every[:60]), AnyOf(every[60:120])
    large = [All(every), AnyOf(every), All(halves), All((halves[0], *every[60:140])), All(tuple(map(Found, FACTS))), *every]
    made = parts(make_rule_set([apart.rule(number, when) for number, when in enumerate(large * 3)]))
    assert all(len(part.rules) <= MOST_RULES and len(part.columns) <= MOST_COLUMNS for part in made.parts)
    assert MOST_RULES < 64
    assert MOST_COLUMNS + 3 <= 255
    assert MOST_ALTERNATIVES >= 100, "a rule of a hundred alternatives comes to the engine itself"
    (count,) = parts(make_rule_set([apart.rule(0, All(halves))])).counts
    assert len(count.parts) == 2


def test_no_two_columns_look_alike_to_the_engine():
    """It tells properties apart by a hash of 32 bits alone."""

    def fnv_1a(name):
        value = 0x811C9DC5
        for byte in name.encode():
            value = (value ^ byte) * 16777619 & 0xFFFFFFFF
        return value

    assert (fnv_1a("id"), fnv_1a("sid")) == (926444256, 3593476751), "as its sources have them"
    names = [f"{letter}{number}" for letter in ("f", "o", "n", *Reading) for number in range(1_000)]
    names += [f"o{place}m{member}" for place in range(100) for member in range(40)]
    names += ["settled", "one", "id", "sid"]
    assert len({fnv_1a(name) for name in names}) == len(names)
    assert {name for one in outcome_columns(load_rule_set("hackney-2011")) for name in one} <= set(names)


# Where it cannot be used.


def refusal():
    evaluator.cache_clear()
    with pytest.raises(EngineUnavailableError) as error:
        suggest({"age_months": 3}, "hackney-2009", engine="durable")
    assert 'engine="compiled"' in str(error.value), "it says what to do"
    return str(error.value)


@pytest.fixture
def older_python(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))


def test_on_a_python_that_it_does_not_load_on(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    assert "needs Python 3.12 or older" in refusal()


def test_where_it_is_not_installed(monkeypatch, older_python):
    def nothing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(durable, "version", nothing)
    said = refusal()
    assert "not installed" in said
    assert "safeguarding-thresholds[durable]" in said


@pytest.mark.parametrize("other", ["2.0.27", "2.0.29", "3.0"])
def test_where_another_version_is_installed(monkeypatch, older_python, other):
    monkeypatch.setattr(durable, "version", lambda name: other)
    said = refusal()
    assert "2.0.28" in said
    assert f"{other} is installed" in said


def test_where_it_is_installed_and_does_not_load(monkeypatch, older_python):
    monkeypatch.setattr(durable, "version", lambda name: durable.VERSION)
    monkeypatch.delitem(sys.modules, "thresholds.evaluation.durable_host", raising=False)
    monkeypatch.delattr("thresholds.evaluation.durable_host", raising=False)
    monkeypatch.setitem(sys.modules, "durable", None)
    assert "does not load" in refusal()
