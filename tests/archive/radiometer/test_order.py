import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotspots.archive.radiometer.order import (
    conflicting_rows,
    duplicated_rows,
    rows_out_of_order,
)

times = st.lists(st.integers(0, 30), max_size=20).map(lambda t: np.array(t, float))


def test_swapped_rows_are_two():
    assert rows_out_of_order(np.array([0.0, 5, 2, 3, 4, 1, 6])).sum() == 2


def test_copies_are_not_out_of_order():
    assert not rows_out_of_order(np.array([0.0, 1, 1, 2])).any()


@given(times)
def test_what_is_left_does_not_decrease_and_no_smaller_removal_does(time):
    stray = rows_out_of_order(time)
    assert np.all(np.diff(time[~stray]) >= 0)
    # longest run by the quadratic recurrence, an independent way
    longest = []
    for row in range(len(time)):
        before = [longest[i] for i in range(row) if time[i] <= time[row]]
        longest.append(1 + max(before, default=0))
    assert stray.sum() == len(time) - max(longest, default=0)


def test_copies_are_all_but_the_first():
    again = duplicated_rows(np.array([0.0, 0.12, 0.12, 0.120001, 0.24]))
    assert again.tolist() == [False, False, True, True, False]


def test_conflict_is_marked_at_the_first_copy_and_its_cell_only():
    values = np.array([[1.0, 2], [3, 4], [3, 5], [np.nan, 4], [6, 7]])
    again = np.array([False, False, True, True, False])
    conflict = conflicting_rows(values, again)
    assert np.argwhere(conflict).tolist() == [[1, 1]]
