"""Small counts cannot be worked out from what is shown."""

import itertools
import random

import pytest

from thresholds.agreement.suppression import FEWEST_SHOWN, suppressed


def fits(table, shown):
    """Whether a table could be the one behind what is shown."""

    def agree(count, seen):
        return seen is None or count == seen

    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    return (
        all(
            agree(count, seen)
            for row, seen_row in zip(table, shown.counts, strict=True)
            for count, seen in zip(row, seen_row, strict=True)
        )
        and all(map(agree, rows, shown.row_totals))
        and all(map(agree, columns, shown.column_totals))
        and agree(sum(rows), shown.total)
    )


def possible(shown, most):
    """Every table with hidden counts up to a number that fits what is shown."""
    height, width = len(shown.counts), len(shown.counts[0])
    flat = [seen for row in shown.counts for seen in row]
    ways = [range(most + 1) if seen is None else (seen,) for seen in flat]
    for some in itertools.product(*ways):
        table = [list(some[row * width : (row + 1) * width]) for row in range(height)]
        if fits(table, shown):
            yield table


def by_chance(seed):
    chance = random.Random(seed)
    height, width = chance.choice([(2, 2), (2, 3), (1, 3), (3, 2)])
    return [[chance.choice((0, 1, 2, 3, 4, 6)) for _ in range(width)] for _ in range(height)]


ZEROS_THAT_CANNOT_SHRINK = [[0, 0, 6], [2, 2, 7]]
"""With both zeros hidden and the rest of their row shown, neither can be anything else, whatever is hidden below them."""


@pytest.mark.parametrize("table", [*map(by_chance, range(60)), ZEROS_THAT_CANNOT_SHRINK])
@pytest.mark.parametrize("show_zero", [False, True])
def test_no_hidden_small_count_can_be_worked_out(table, show_zero):
    height, width = len(table), len(table[0])
    shown = suppressed(table, fewest_shown=3, show_zero=show_zero)
    assert fits(table, shown)
    others = list(possible(shown, most=8))
    for row, column in itertools.product(range(height), range(width)):
        count, seen = table[row][column], shown.counts[row][column]
        if count >= 3 or (show_zero and count == 0):
            continue
        assert seen is None
        assert len({other[row][column] for other in others}) > 1
    # Small totals are hidden too, and as safe.
    for row in range(height):
        if sum(table[row]) < 3 and not (show_zero and sum(table[row]) == 0):
            assert shown.row_totals[row] is None
            assert len({sum(other[row]) for other in others}) > 1


def test_a_count_is_hidden_with_as_few_others_as_will_do():
    shown = suppressed([[10, 2, 7], [8, 9, 12], [11, 20, 30]])
    assert shown.counts == ((None, None, 7), (None, None, 12), (11, 20, 30))
    assert (shown.row_totals, shown.column_totals, shown.total) == ((19, 29, 61), (29, 31, 49), 109)
    assert shown.hidden == 4
    assert shown.fewest_shown == FEWEST_SHOWN == 5


def test_nothing_small_hides_nothing():
    assert suppressed([[5, 6], [7, 8]]).hidden == 0


def test_a_zero_is_hidden_unless_it_is_to_be_shown():
    table = [[0, 20], [20, 20]]
    assert suppressed(table).counts == ((None, None), (None, None))
    assert suppressed(table, show_zero=True).counts == ((0, 20), (20, 20))


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]], [[-1]], [[1.5]]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(ValueError, match="table of counts"):
        suppressed(table)


def test_a_threshold_below_one_is_refused():
    with pytest.raises(ValueError, match="1 or above"):
        suppressed([[1]], 0)
