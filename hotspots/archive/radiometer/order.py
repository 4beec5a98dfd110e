"""Rows in order of time, each time once: what duplicated and unordered rows cost.

Every fault has its own function, which says what it hits.
"""

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

__all__ = ["conflicting_rows", "duplicated_rows", "rows_out_of_order"]


def rows_out_of_order(time: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Rows that stand before an earlier one, as few as explain the disorder.

    HITS: rows swapped in the file; two rows for each swap, one where they are neighbours.

    Parameters
    ----------
    time : array (n,) float64
        In the order of the file.

    Returns
    -------
    array (n,) bool
        The rows outside of one longest run of times that do not decrease (patience
        sorting, Fredman 1975, doi:10.1016/0012-365X(75)90103-X).
    """
    tails: list[float] = []
    rows: list[int] = []
    before = np.full(len(time), -1)
    for row, value in enumerate(time.tolist()):
        place = bisect_right(tails, value)
        before[row] = rows[place - 1] if place else -1
        if place == len(tails):
            tails.append(value)
            rows.append(row)
        else:
            tails[place], rows[place] = value, row
    stray = np.ones(len(time), bool)
    row = rows[-1] if rows else -1
    while row >= 0:
        stray[row] = False
        row = int(before[row])
    return stray


def duplicated_rows(time: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Rows whose time stands in an earlier line, for times in order.

    HITS: rows written twice; the seam of two files that overlap.

    Parameters
    ----------
    time : array (n,) float64
        Not decreasing.

    Returns
    -------
    array (n,) bool
    """
    again = np.zeros(len(time), bool)
    again[1:] = np.diff(time) < _SAME_TIME_S
    return again


_SAME_TIME_S = 0.01
"""Rows are 0.1 s or more apart, and times have 1e-6 s: nearer ones are one row."""


def conflicting_rows(values: NDArray[np.float64], again: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells in which copies of a row disagree.

    HITS: two files of one hour that were calibrated differently.

    Parameters
    ----------
    values : array (n, columns) float64
        Rows in order of time; NaN disagrees with nothing.
    again : array (n,) bool
        From `duplicated_rows`.

    Returns
    -------
    array (n, columns) bool
        Set at the row that is not ``again``, the one that copies are copies of.
    """
    conflict = np.zeros(values.shape, bool)
    first = np.maximum.accumulate(np.where(again, 0, np.arange(len(again))))
    copies = np.flatnonzero(again)
    differs = np.abs(values[copies] - values[first[copies]]) > 0
    np.logical_or.at(conflict, first[copies], differs)
    return conflict
