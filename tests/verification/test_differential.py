"""The comparison of the engines: it agrees, and it would notice if they did not."""

import json

import pytest
from click.testing import CliRunner

from thresholds import load_rule_set
from thresholds.evaluation.compiled import CompiledRuleSet
from thresholds.evaluation.reference import Interpreter
from thresholds.verification import differential
from thresholds.verification.made_up import records

RULE_SET = load_rule_set("hackney-2011")


def test_a_short_run_agrees():
    found = differential.run(cases=600, seed=3, durable_share=0.05)
    assert found.disagreements == ()
    assert found.cases == 600
    assert found.made_up_rule_sets == 2


def test_how_many_processes_there_are_changes_nothing():
    one, two = (differential.run(cases=203, seed=8, durable_share=0, processes=number) for number in (1, 2))
    assert one == two
    assert one.cases == 203


def test_a_durable_engine_that_differs_is_noticed_and_ends_the_command_with_1(monkeypatch):
    class Wrong(CompiledRuleSet):
        def advise(self, evaluation):
            return (*super().advise(evaluation), 999)

    monkeypatch.setattr(differential, "_durable", lambda rule_set: (Wrong(rule_set), ""))
    found = differential.compare(RULE_SET, records(seed=6, number=5), seed=6, durable_share=1)
    assert found.disagreements[0] == "hackney-2011: durable, case 1 of seed 6"
    command = ["--cases", "8", "--durable", "1", "--processes", "1"]
    assert CliRunner().invoke(differential.main, command).exit_code == 1


def test_every_engine_is_asked_where_it_can_be():
    pytest.importorskip("durable", reason="the extra durable is not installed")
    found = differential.compare(RULE_SET, records(seed=4, number=20), seed=4, durable_share=1)
    assert (found.durable_cases, found.disagreements) == (20, ())


def test_what_is_meant_is_what_the_interpreter_gives():
    interpreter = Interpreter(RULE_SET)
    for record in records(seed=5, number=10):
        assert differential.meant(RULE_SET, record) == differential.given_by(interpreter, record)


@pytest.mark.parametrize("part", ["evaluate", "find", "advise"])
def test_an_engine_that_differs_anywhere_is_noticed(monkeypatch, part):
    right = getattr(CompiledRuleSet, part)

    def wrong(self, *given):
        found = right(self, *given)
        return found[:-1] if part == "advise" else found._replace(tempered=(*found.tempered, 0))

    monkeypatch.setattr(CompiledRuleSet, part, wrong)
    found = differential.compare(RULE_SET, records(seed=6, number=5), seed=6, durable_share=0)
    assert len(found.disagreements) > 3
    assert found.disagreements[0].startswith("hackney-2011: compiled, case 1 of seed 6")


def test_the_same_seed_makes_the_same_rule_sets():
    one, other = (differential.rule_sets_by_chance(3, seed=9) for _ in range(2))
    assert [rule_set.digest for rule_set in one] == [rule_set.digest for rule_set in other]
    assert [rule_set.digest for rule_set in differential.rule_sets_by_chance(3, seed=10)] != [r.digest for r in one]


def test_the_command_prints_and_keeps_its_result(tmp_path):
    kept = tmp_path / "result.json"
    command = ["--cases", "40", "--durable", "0", "--processes", "1", "--write", str(kept)]
    done = CliRunner().invoke(differential.main, command)
    assert done.exit_code == 0, done.output
    result = json.loads(kept.read_text())
    assert result == json.loads(done.output)
    assert (result["format"], result["cases"], result["disagreements"]) == ("differential/1", 40, [])
