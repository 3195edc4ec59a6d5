"""A table of one's own, and what IPython shows as text."""

import re

import pytest

from thresholds import Session, suggest
from thresholds.scales import Tier
from thresholds.views.table import table

HOSTILE = "<script>alert(1)</script> | *y*"


def as_ipython_shows(shown):
    formatters = pytest.importorskip("IPython.core.formatters", reason="the extra notebooks is not installed")
    written, _ = formatters.DisplayFormatter().format(shown)
    return written


def test_a_table_has_a_caption_and_says_what_each_heading_heads():
    written = table("Tiers", ("Case", "Tier", "Steps"), [("a", Tier.TWO_B, 2), ("b", "no tier", 0)])._repr_html_()
    assert "<caption>Tiers</caption>" in written
    assert re.findall(r'<th scope="col">(.*?)</th>', written) == ["Case", "Tier", "Steps"]
    assert re.findall(r'<th scope="row">(.*?)</th>', written) == ["a", "b"]
    assert re.findall(r"<td>(.*?)</td>", written) == ["2B", "2", "no tier", "0"]


def test_a_table_escapes_what_it_is_given():
    shown = table(HOSTILE, (HOSTILE, "B"), [(HOSTILE, HOSTILE)])
    assert "<script>" not in shown.html()
    assert shown.html().count("&lt;script&gt;") == 4
    rows = [line for line in shown.markdown().splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)
    assert "*" + HOSTILE not in shown.markdown()


def test_a_table_as_text_says_its_caption_and_which_column_a_cell_is_of():
    shown = table("Tiers", ("Case", "Tier"), [("a", Tier.THREE)])
    assert str(shown).splitlines() == ["Tiers:", "  Case  Tier", "  ----  ----", "  a     3"]
    narrow = table("Tiers", ("Case", "What is known"), [("a", "word " * 12)])
    assert narrow.text(40).splitlines()[:2] == ["Tiers:", "  - a"]
    assert narrow.text(40).splitlines()[2].startswith("      What is known: word")


def test_ipython_shows_a_table_as_html_and_as_text():
    shown = table("Tiers", ("Case", "Tier"), [("a", Tier.THREE)])
    assert as_ipython_shows(shown) == {"text/plain": str(shown), "text/html": shown.html()}


def test_every_row_that_does_not_fit_is_said_at_once_and_no_cell_is_repeated():
    with pytest.raises(ValueError, match="Row 2: expected 2 cells") as wrong:
        table("Tiers", ("Case", "Tier"), [("a", "2B"), ("secret",), ("c", None), ("d", "secret", 3)])
    said = str(wrong.value)
    assert "Row 3, column 2: None is no cell" in said
    assert "Row 4: expected 2 cells" in said
    assert "Row 1" not in said
    assert "secret" not in said


def test_a_table_may_have_an_empty_cell_and_no_rows():
    assert "<td></td>" in table("Tiers", ("Case", "Tier"), [("a", "")]).html()
    assert "<tbody>\n</tbody>" in table("Tiers", ("Case", "Tier"), []).html()


@pytest.mark.parametrize(
    "ask",
    [lambda one: one.why(), lambda one: one.ask_next(2), lambda one: Session.begin(one.case).learn(bruise_or_mark="yes")],
)
def test_ipython_shows_an_answer_as_its_page_and_not_as_its_repr(ask):
    answer = ask(suggest({"age_months": 30, "weapon_used_or_threatened": "yes"}))
    assert as_ipython_shows(answer) == {"text/plain": str(answer), "text/html": answer.html()}
