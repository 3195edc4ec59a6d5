"""The pictures: they hold the numbers as text, and what has to be printed with each figure."""

import pytest

pytest.importorskip("matplotlib", reason="pictures need the extra charts")

from tests.comparison.audits import BRUISE, SLOW, audit, audited
from tests.readme import README
from thresholds.comparison.audit_files import read_audit
from thresholds.comparison.charts import charts, direction_chart, subgroup_chart, tier_table_chart
from thresholds.comparison.comparing import compare
from thresholds.comparison.figures import INVENTED


def texts(figure):
    (axes,) = figure.axes
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
    drawn = dict(charts(compare(read_audit(README.parent / "examples/audit-2011/cases.jsonl"))))
    assert list(drawn) == ["tier-table", "direction", "by-process", "by-stage", "by-multi-agency"]
    assert all(INVENTED in figure.get_suptitle() for figure in drawn.values())


def test_a_picture_is_written(tmp_path):
    tier_table_chart(SMALL.together).savefig(tmp_path / "table.png")
    assert (tmp_path / "table.png").read_bytes().startswith(b"\x89PNG")
