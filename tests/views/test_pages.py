"""The pages: what stands first, what is escaped, and tables that a screen reader can read."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from thresholds import load_rule_set, suggest
from thresholds.views import html, markdown, text
from thresholds.views.page import Bullets, Grid, Paragraph, page, part

HOSTILE = "<script>alert(1)</script> & | `x` *y* [z](w)"
PAGE = page(
    HOSTILE,
    (Paragraph(HOSTILE, strong=True),),
    (
        part("Part", Bullets((HOSTILE,)), Grid(HOSTILE, ("A", "B"), ((HOSTILE, HOSTILE), ("only", "")))),
        part("Empty", Bullets(())),
    ),
)


def first_sentence(facts):
    return suggest(facts).text().splitlines()[2]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"age_months": 60, "harm_already": "yes"}, "Tier 3."),
        (
            {"age_months": 60, "harm_already": "suspected"},
            "Tier 3; on confirmed facts alone too little is known for a tier. Suspicion is enough to act.",
        ),
        ({"age_months": 150, "attendance_below_90": "yes"}, "At least Tier 2A."),
        ({"age_months": 60}, "No tier is suggested: too little is known."),
        ({"age_months": 216}, "Not a question of thresholds: the person is 18 or over."),
        ({"immediate_danger": "yes"}, "Act first: someone is in danger today. Tier 3."),
    ],
)
def test_what_stands_first(facts, said):
    assert first_sentence(facts) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"age_months": 60, "harm_already": "yes"}, "Nothing that is not known would change the tier."),
        ({"age_months": 150, "attendance_below_90": "yes"}, "With what is not known it could be as high as 3."),
        ({"age_months": 8, "bruise_or_mark": "yes"}, "could be as low as 2A if what protects were established."),
        ({"age_months": 60}, "It could be anything from Tier 1 to 3."),
    ],
)
def test_the_range_in_words(facts, said):
    assert said in " ".join(suggest(facts).text().split())


def test_a_tier_that_rests_on_nothing_of_hackneys_says_so():
    said = " ".join(suggest({"age_months": 3, "bruise_or_mark": "yes"}).text().split())
    assert "The tier rests only on another board's published threshold, not Hackney's." in said
    assert "rests only" not in suggest({"age_months": 60, "harm_already": "yes"}).text()


def test_the_pathways_say_as_of_when():
    assert (
        "As things stood on 1 August 2011. Check what exists now" in suggest({"age_months": 60, "harm_already": "yes"}).text()
    )


def test_the_hand_off_has_the_parts_the_audit_asked_for():
    lines = (
        suggest({"age_months": 60, "harm_already": "yes", "response_wanted": "safeguarding_response"}).handoff().splitlines()
    )
    headings = [line for line in lines if line.isupper()]
    assert headings[:4] == ["CONCERN", "RISK", "RATIONALE", "RESPONSE EXPECTED"]


@pytest.mark.parametrize("width", [60, 96])
def test_text_keeps_to_its_width(width):
    for facts in ({"age_months": 60, "harm_already": "yes"}, {"age_months": 60}, {}):
        for line in suggest(facts).text(width).splitlines():
            assert len(line) <= width or " " not in line.strip().split(": ")[-1].strip()


def test_text_leaves_empty_cells_and_parts_out():
    shown = text.render(PAGE)
    assert "EMPTY" not in shown
    assert shown.count("B: ") == 1


def test_markdown_escapes_and_keeps_its_columns():
    shown = markdown.render(PAGE)
    assert "<script>" not in shown
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.tags, self.scopes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta",):
            self.open.append(tag)
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("facts", [{"age_months": 60, "harm_already": "suspected"}, {"age_months": 60}, {}])
def test_html_is_whole_and_its_tables_can_be_read_aloud(facts):
    shown = suggest(facts).html()
    parser = _Tables()
    parser.feed(shown)
    assert parser.open == []
    assert parser.tags.count("table") == parser.tags.count("caption") == parser.tags.count("thead") > 0
    assert set(parser.scopes) == {"col", "row"}
    assert "color" not in shown


def test_html_escapes_what_a_rule_set_says():
    for shown in (html.render(PAGE), html.document(PAGE)):
        assert "<script>" not in shown
    rule_set = load_rule_set("hackney-2011")
    hostile = replace(
        rule_set,
        findings=tuple(replace(rule, title=HOSTILE) for rule in rule_set.findings),
        advice=tuple(replace(rule, title=HOSTILE) for rule in rule_set.advice),
    )
    assert "<script>" not in suggest({"age_months": 60, "harm_already": "yes"}, hostile)._repr_html_()
