"""Places, cells, and which peak belongs to which place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.training.peak_places import cells_of, pairs_within, place_of
from tests.detection.scenes import view_grid_of

GRID = view_grid_of((60, 80), cell_km=4.0)


@given(st.floats(1, 79), st.floats(1, 59))
def test_a_cell_and_its_place_are_one(column, row):
    columns, rows = cells_of(GRID, [place_of(GRID, column, row)])
    assert (columns[0], rows[0]) == pytest.approx((column, row), abs=1e-6)


def test_the_far_side_has_no_cell():
    latitude, longitude = place_of(GRID, 40, 30)
    columns, rows = cells_of(GRID, [(-latitude, longitude + 180)])
    assert np.isnan(columns).all()
    assert np.isnan(rows).all()
    assert all(values.shape == (0,) for values in cells_of(GRID, []))


def test_nearest_pairs_come_first_and_nobody_is_used_twice():
    distance = np.array([[1.0, 2.0], [0.5, 9.0], [np.nan, np.nan]])
    assert pairs_within(distance, distance, np.full(3, 5.0)) == {1: 0, 0: 1}
    assert pairs_within(distance, distance, np.array([1.5, 0.4, 9.0])) == {0: 0}


def test_another_order_can_be_asked_for():
    distance = np.array([[1.0, 2.0]])
    weak_then_strong = np.array([[-5.0, -50.0]])
    assert pairs_within(distance, weak_then_strong, np.array([3.0])) == {0: 1}
