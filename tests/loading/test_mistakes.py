"""A mistake in a rule file is reported with its place, its rule, what was expected and the nearest right name; all at once."""

import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest

from thresholds import RuleSetError, load_rule_set
from thresholds.loading.checking import check_rule_set

SETTINGS = """\
id: local
version: "1"
title: A local rule set
about: For tests.
status: draft
extends: hackney-2011
valid_from: 2024-01-01
pathways_on: 2024-01-01
"""
RULES = """\
rules:
  - id: local-rule
    title: Basic care is poor and the home is cold
    when:
      all: [basic_care_poor, housing_poor_or_insecure]
    unless: carer_uses_help
    conclude: {tier: 2B, concerns: parenting}
    source: {work: practice, at: "a local reading", basis: practice}
    examples:
      counts: [{basic_care_poor: yes, housing_poor_or_insecure: suspected, gives: {tier: 2B}}]
      does_not: [{basic_care_poor: yes}]
      excepted: [{basic_care_poor: yes, housing_poor_or_insecure: yes, carer_uses_help: yes}]
"""
ADVICE = """\
advice: true
rules:
  - id: local-advice
    title: The referral waits
    when: waiting_for_panel is yes
    conclude: {prompts: Do not wait.}
    source: {work: practice, at: "a local reading", basis: practice}
    examples:
      counts: [{waiting_for_panel: yes}]
      does_not: [{waiting_for_panel: no}]
"""


@pytest.fixture
def folder(tmp_path):
    """A rule set in which all is well."""
    local = tmp_path / "local"
    local.mkdir()
    (local / "ruleset.yaml").write_text(SETTINGS, encoding="utf-8")
    (local / "a-rules.yaml").write_text(RULES, encoding="utf-8")
    (local / "b-advice.yaml").write_text(ADVICE, encoding="utf-8")
    return local


def change(folder, file, old, new):
    """Replace a piece of text, once, and say on which line and in which column it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    before = text[: text.index(old)]
    path.write_text(text.replace(old, new), encoding="utf-8")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def problems(folder):
    with pytest.raises(RuleSetError) as error:
        load_rule_set(folder)
    return error.value.problems


def test_a_rule_set_without_mistakes_loads_and_checks(folder):
    rule_set = load_rule_set(folder)
    assert rule_set.id == "local"
    assert "local-rule" in rule_set.rules
    assert "harm-already" in rule_set.rules  # from the grandparent
    assert check_rule_set(rule_set, folder) == []


# In the rule file: what is changed into what, and what the message has to say. The place is that of the changed text.
MISTAKES = [
    ("title: Basic", "titel: Basic", ["Unknown key titel", "did you mean title"]),
    ("basic_care_poor, housing", "basic_care_por, housing", ["Unknown fact basic_care_por", "did you mean basic_care_poor"]),
    ("2B, concerns", "2C, concerns", ["Unknown value 2C of tier", "2A"]),
    ("parenting}", "parentng}", ["Unknown value parentng of concerns", "did you mean parenting"]),
    ("tier: 2B, concerns", "teir: 2B, concerns", ["Unknown outcome teir", "did you mean tier"]),
    ("practice, at", "practise, at", ["Unknown source practise", "did you mean practice"]),
    ("practice}", "practise}", ["basis", "did you mean practice"]),
    ("carer_uses_help\n", "strangulation\n", ["strangulation may not stand here", "protective facts"]),
    ("carer_uses_help\n", "dv_scale >= 3\n", ["exception may not read dv_scale"]),
    ("basic_care_poor, housing_poor_or_insecure]", "carer_uses_help]", ["carer_uses_help may not stand here", "unless"]),
    ("basic_care_poor, housing_poor_or_insecure]", "referral_source]", ["referral_source may not stand here", "context"]),
    ("basic_care_poor, housing_poor_or_insecure]", "incidents_12_months]", ["expected for example incidents_12_months >= 1"]),
    ("basic_care_poor, housing_poor_or_insecure]", "incidents_12_months < 3]", ["may only ask for so many or more"]),
    ("basic_care_poor, housing_poor_or_insecure]", "age_months >= 84]", ["growing older never raises"]),
    ("basic_care_poor, housing_poor_or_insecure]", "basic_care_poor is yes]", ["may not say is", "confirmed basic_care_poor"]),
    ("basic_care_poor, housing_poor_or_insecure]", "dv_scale <= 3]", ["has reached a value above the lowest"]),
    ("basic_care_poor, housing_poor_or_insecure]", "dv_scale >= 9]", ["Unknown value 9 of dv_scale"]),
    ("basic_care_poor, housing_poor_or_insecure]", "concerns include famly]", ["did you mean family"]),
    ("basic_care_poor, housing_poor_or_insecure]", "a b c d]", ["cannot be read as a condition"]),
    ("all: [", "some: [", ["Unknown key some in a condition", "all, any or at least N of"]),
    ("all: [", "at least 5 of: [", ["expected a number from 1 to 2"]),
    ("parenting}", "parenting, prompts: Think.}", ["Unknown outcome prompts", "advice: true"]),
    ("id: local-rule", "id: harm-already", ["harm-already is there already", "tier-definitions.yaml"]),
    ("id: local-rule", "id: Local Rule", ["small letters, digits and hyphens"]),
    ("conclude: {tier: 2B, concerns: parenting}", "conclude: {}", ["The rule concludes nothing"]),
    ("    source: {work", "    valid: {to: 2000-01-01}\n    source: {work", ["Only advice is dated"]),
    ("suspected, gives", "perhaps, gives", ["housing_poor_or_insecure", "no, suspected or yes"]),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=[f"{new.strip()}" for _, new, _ in MISTAKES])
def test_a_mistake_in_a_rule(folder, old, new, said):
    line, _ = change(folder, "a-rules.yaml", old, new)
    found = problems(folder)
    texts = [str(problem) for problem in found]
    assert any(all(word in text for word in said) for text in texts), texts
    problem = next(problem for problem in found if all(word in str(problem) for word in said))
    assert problem.place.file.endswith("a-rules.yaml")
    assert problem.place.line in (line, 2, 10)  # the text itself, or the rule or example that it belongs to
    assert problem.place.column >= 1
    assert problem.rule in ("local-rule", "harm-already", "Local Rule")


def test_the_place_is_the_line_and_column_of_the_very_text(folder):
    place = change(folder, "a-rules.yaml", "basic_care_poor, housing", "basic_care_por, housing")
    (problem,) = problems(folder)
    assert (problem.place.line, problem.place.column) == place
    assert str(problem).startswith(f"{folder / 'a-rules.yaml'}:{place[0]}:{place[1]}: rule local-rule: Unknown fact")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('    source: {work: practice, at: "a local reading", basis: practice}\n', "has no source"),
        ("    when:\n      all: [basic_care_poor, housing_poor_or_insecure]\n", "has no when"),
        ("      does_not: [{basic_care_poor: yes}]\n", "no example under does_not"),
        (", basis: practice", "has no basis"),
        ("    title: Basic care is poor and the home is cold\n", "has no title"),
    ],
)
def test_what_a_rule_has_to_have(folder, line, said):
    change(folder, "a-rules.yaml", line, "")
    assert any(said in str(problem) and problem.rule == "local-rule" for problem in problems(folder))


def test_a_finding_may_not_say_not(folder):
    change(folder, "a-rules.yaml", "all: [basic_care_poor, housing_poor_or_insecure]", "not: basic_care_poor")
    assert any("may not say not" in str(problem) for problem in problems(folder))


def test_a_key_given_twice(folder):
    change(folder, "a-rules.yaml", "    unless: carer", "    title: Again\n    unless: carer")
    (problem,) = problems(folder)
    assert "title is given twice; first on line 3" in str(problem)


def test_rules_that_wait_for_each_other(folder):
    (folder / "c-circle.yaml").write_text(
        textwrap.dedent("""\
        rules:
          - id: local-one
            title: One
            when: {all: [basic_care_poor, concerns include family]}
            conclude: {dv_scale: 2}
            source: {work: practice, at: here, basis: practice}
            examples: {counts: [{basic_care_poor: yes, concerns: family}], does_not: [{basic_care_poor: no}]}
          - id: local-two
            title: Two
            when: {all: [warmth_lacking, dv_scale >= 2]}
            conclude: {concerns: family}
            source: {work: practice, at: here, basis: practice}
            examples: {counts: [{warmth_lacking: yes, dv_scale: 2}], does_not: [{warmth_lacking: no}]}
        """),
        encoding="utf-8",
    )
    found = problems(folder)
    assert "local-one" in {problem.rule for problem in found}
    assert all("wait for each other" in str(problem) for problem in found)


def test_a_gap_that_judges_has_to_read_the_highest_tier(folder):
    change(
        folder,
        "b-advice.yaml",
        "{prompts: Do not wait.}",
        "{referral_gaps: {text: Not appropriate., calls_not_appropriate: true}}",
    )
    assert any("tier highest" in str(problem) for problem in problems(folder))


def test_an_advice_rule_may_not_find(folder):
    change(folder, "b-advice.yaml", "{prompts: Do not wait.}", "{tier: 3}")
    assert any("Unknown kind of advice tier" in str(problem) for problem in problems(folder))


def test_a_rule_that_counts_when_nothing_is_known(folder):
    change(folder, "a-rules.yaml", "all: [basic_care_poor, housing_poor_or_insecure]", "any: [age_months < 84]")
    assert any("nothing but an age is known" in str(problem) for problem in problems(folder))


def test_an_example_that_does_not_come_out(folder):
    line, _ = change(
        folder, "a-rules.yaml", "[{basic_care_poor: yes}]", "[{basic_care_poor: yes, housing_poor_or_insecure: yes}]"
    )
    (problem,) = check_rule_set(load_rule_set(folder), folder)
    assert (problem.rule, problem.place.line) == ("local-rule", line)
    assert "does not come out so: here the rule counts" in str(problem)


def test_what_an_example_gives_and_does_not(folder):
    change(folder, "a-rules.yaml", "gives: {tier: 2B}", "gives: {tier: 3}")
    (problem,) = check_rule_set(load_rule_set(folder), folder)
    assert "gives tier 2B, not what it says" in str(problem)


def test_a_floor_that_does_not_hold(folder):
    floor = """\
    floors:
      - id: local-floor
        title: Poor basic care is never below Tier 3
        when: basic_care_poor
        at_least: 3
        source: {work: practice, at: here, basis: practice}
    """
    (folder / "c-floors.yaml").write_text(textwrap.dedent(floor), encoding="utf-8")
    (problem,) = check_rule_set(load_rule_set(folder), folder)
    assert problem.rule == "local-floor"
    assert "basic_care_poor, with everything that protects, is Tier 2B" in str(problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: [\n", "not YAML"),
        ("rules: &a []\n", "Anchors"),
        ("rules: !!python/object:os.system []\n", "Tags"),
        ("rules: " + "[" * 3000 + "]" * 3000, "nested too deeply"),
        ("- a\n- b\n", "has to be a mapping"),
        ("rules: 3\n", "rules"),
        ("a: 1\n---\nb: 2\n", "document"),
    ],
)
def test_yaml_that_is_no_rule_file(folder, text, said):
    (folder / "c-more.yaml").write_text(text, encoding="utf-8")
    found = problems(folder)
    assert any(said in str(problem) for problem in found), [str(problem) for problem in found]
    assert all(problem.place.file.endswith("c-more.yaml") for problem in found)


def test_a_file_that_is_not_utf_8(folder):
    (folder / "c-more.yaml").write_bytes("about: Überblick\n".encode("latin-1"))
    (problem,) = problems(folder)
    assert "not text in UTF-8" in str(problem)


def test_an_empty_file_adds_nothing(folder):
    (folder / "c-more.yaml").write_text("", encoding="utf-8")
    assert load_rule_set(folder).id == "local"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: local", "id: elsewhere", "not the name of its folder"),
        ("extends: hackney-2011", "extends: hackney-2012", "did you mean hackney-2011"),
        ("extends: hackney-2011", "extends: local", "cannot extend itself"),
        ("2024-01-01\npathways", "first of May\npathways", "date"),
        ("status: draft\n", "", "has no status"),
        ("status: draft", "statuss: draft", "did you mean status"),
    ],
)
def test_settings(folder, old, new, said):
    change(folder, "ruleset.yaml", old, new)
    found = problems(folder)
    assert any(said in str(problem) for problem in found), [str(problem) for problem in found]


def test_a_rule_file_that_would_not_be_read_is_not_passed_over(folder):
    (folder / "more.yml").write_text("rules: []")
    (problem,) = problems(folder)
    assert "rename it to more.yaml" in problem.message


def test_a_folder_that_is_no_rule_set(tmp_path):
    (problem,) = problems(tmp_path / "nowhere")
    assert "no such file" in str(problem)


def test_all_mistakes_of_all_files_are_told_at_once_in_their_order(folder):
    change(folder, "a-rules.yaml", "title: Basic", "titel: Basic")
    change(folder, "a-rules.yaml", "carer_uses_help\n", "carer_uses_hepl\n")
    change(folder, "b-advice.yaml", "waiting_for_panel is yes", "waiting_for_panl is yes")
    found = problems(folder)
    assert [problem.place.file[-13:] for problem in found] == sorted(problem.place.file[-13:] for problem in found)
    said = "\n".join(str(problem) for problem in found)
    assert all(word in said for word in ("titel", "carer_uses_hepl", "waiting_for_panl"))


def test_a_name_is_never_a_path(folder):
    for name in (str(folder), "../local", "local"):
        with pytest.raises(KeyError, match="no shipped rule set"):
            load_rule_set(name)
    with pytest.raises(KeyError, match="did you mean hackney-2011"):
        load_rule_set("hackney-2O11")


def test_a_shipped_rule_set_is_read_once_whatever_the_threads():
    with ThreadPoolExecutor(8) as pool:
        loaded = set(pool.map(lambda _: id(load_rule_set("hackney-2009")), range(64)))
    assert len(loaded) == 1
