"""Figures with their intervals, as they are printed."""

import pytest

from thresholds.agreement.intervals import Estimate
from thresholds.views.estimates import in_points


@pytest.mark.parametrize(
    ("figures", "printed"),
    [
        ((0.5, 0.25, 0.75), "+50 points (95% interval +25 to +75)"),
        ((1 / 3, 0.331, 0.334), "+33.3 points (95% interval +33.1 to +33.4)"),
        ((0.0, -0.0001, 0.0001), "+0.00 points (95% interval -0.01 to +0.01)"),
        ((-0.002, -0.25, 0.004), "+0 points (95% interval -25 to +0)"),
        ((-0.002, None, None), "+0 points (no interval)"),
    ],
)
def test_a_change_has_an_interval_with_a_width_and_no_nought_with_a_minus(figures, printed):
    assert in_points(Estimate(*figures, "by hand", 9)) == printed
