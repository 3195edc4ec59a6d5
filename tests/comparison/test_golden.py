"""The pages and JSON of a small audit in which nothing is even, as they were read and kept."""

import json
import re

import pytest

from tests.comparison.golden import KEPT, comparison, made

MADE = made()
_OF_THE_RULES = re.compile(r"sha256:[0-9a-f]+|thresholds \d[\w.]*")


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_is_shown_is_what_was_read_and_kept(name):
    kept, now = ((KEPT / name).read_text(encoding="utf-8"), MADE[name])
    assert _OF_THE_RULES.sub("", now) == _OF_THE_RULES.sub("", kept), (
        "read the difference; if it is meant: python -m tests.comparison.golden"
    )


def test_it_is_uneven_enough_that_a_mix_up_shows():
    found = json.loads(MADE["comparison.json"])
    direction = found["together"]["direction"]
    shares = [direction[name]["value"] for name in ("same", "over", "under", "under_by_two")]
    assert len(set(shares[:3])) == 3
    assert found["together"]["table"] != [list(row) for row in zip(*found["together"]["table"], strict=True)]
    assert found["together"]["agreement"]["observed"]["value"] != pytest.approx(shares[0])
    assert {case.called() for case in comparison().cases} >= set(type(comparison().cases[0].called()))
