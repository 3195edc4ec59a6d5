"""The pictures: they hold the numbers as text, and what has to be printed with each figure."""

import base64

import pytest

pytest.importorskip("matplotlib", reason="pictures need the extra charts")

from tests.comparison.audits import BRUISE, SLOW, audit, audited
from tests.readme import README
from thresholds.audits.files import read_audit
from thresholds.audits.report_figures import INVENTED
from thresholds.comparison.comparing import compare
from thresholds.views.charts import charts, direction_chart, subgroup_chart, tier_table_chart


def texts(picture):
    (axes,) = picture.figure.axes
    return [text.get_text() for text in axes.texts]


SMALL = compare(
    audit(audited("a", BRUISE, {"x": "3"}), audited("b", BRUISE, {"x": "2B"}), audited("c", SLOW, {"x": "3"})), fewest_shown=1
)


def test_the_tier_table_holds_every_count():
    found = texts(tier_table_chart(SMALL.together))
    assert [text for text in found if text != "-"] == [str(n) for row in SMALL.together.table for n in row if n]
    assert len(found) == 25


def test_the_direction_counts_each_step():
    assert [text for text in texts(direction_chart(SMALL.together)) if text] == ["1", "1", "1"]
    assert texts(direction_chart(compare(audit()).together)) == [""] * 7


def test_a_part_whose_counts_are_few_is_named_and_not_drawn():
    hidden = compare(SMALL.audit).subgroups[0]
    assert texts(subgroup_chart(hidden)) == ["not shown: too few"]
    assert texts(subgroup_chart(SMALL.subgroups[0])) == ["33% of 3"]


def test_every_picture_of_the_rebuilt_audit_says_that_its_facts_are_invented():
    drawn = list(charts(compare(read_audit(README.parent / "examples/audit-2011/cases.jsonl"))))
    assert [one.name for one in drawn] == ["tier-table", "direction", "by-process", "by-stage", "by-multi-agency"]
    assert all(INVENTED in one.figure.get_suptitle() and INVENTED in one.says for one in drawn)


def test_every_picture_says_in_words_what_it_shows():
    assert "the auditors / the rules. Tier 2B / Tier 3: 1;" in str(tier_table_chart(SMALL.together))
    assert str(direction_chart(SMALL.together)).endswith("2 below: 1; the same: 1; 1 above: 1.")
    assert str(subgroup_chart(SMALL.subgroups[0])).endswith("mat: 33% of 3, 6% to 79%.")
    assert str(direction_chart(compare(audit()).together)).endswith("No case.")


def test_a_picture_is_shown_in_a_notebook_and_written_to_a_file(tmp_path):
    picture = tier_table_chart(SMALL.together)
    picture.save(tmp_path / "table.png")
    assert (tmp_path / "table.png").read_bytes().startswith(b"\x89PNG")
    shown = picture._repr_mimebundle_()
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")
    assert shown["text/plain"] == picture.says
