import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import GriddingError
from hotspots.gridding.radiometer.cells import cell_area, cell_centres


def test_twelve_cells_by_hand():
    centres = cell_centres(1)
    np.testing.assert_allclose(centres[:, 2], [2 / 3] * 4 + [0] * 4 + [-2 / 3] * 4, atol=1e-15)
    longitude = np.degrees(np.arctan2(centres[:, 1], centres[:, 0])) % 360
    expected = [45, 135, 225, 315, 0, 90, 180, 270, 45, 135, 225, 315]
    np.testing.assert_allclose(longitude, expected, atol=1e-12)


@pytest.mark.parametrize("side", [1, 2, 8, 32])
def test_cells_are_many_balanced_and_unit(side):
    centres = cell_centres(side)
    assert centres.shape == (12 * side**2, 3)
    np.testing.assert_allclose(np.linalg.norm(centres, axis=1), 1.0)
    np.testing.assert_allclose(centres.sum(axis=0), 0.0, atol=1e-9)
    assert len(np.unique(centres.round(9), axis=0)) == len(centres)
    assert cell_area(side) * len(centres) == pytest.approx(4 * np.pi)


def test_quarters_of_a_cell_lie_in_it():
    coarse, fine = cell_centres(8), cell_centres(16)
    nearest = np.argmax(fine @ coarse.T, axis=1)
    # diamonds are not the nearest places of their middles, so a few fall to a neighbour
    assert (nearest == np.arange(len(fine)) // 4).mean() > 0.8
    middle = fine.reshape(-1, 4, 3).sum(axis=1)
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    assert (np.sum(middle * coarse, axis=1) > np.cos(np.radians(1.5))).all()


@given(st.integers(0, 5), st.integers(0, 5))
def test_areas_are_equal_products_of_low_degree_integrate_exactly(i, j):
    x = cell_centres(16)
    power = x[:, 0] ** (2 * (i % 3)) * x[:, 2] ** (2 * (j % 3))
    a, b = 2 * (i % 3), 2 * (j % 3)
    # mean of x^a z^b over the sphere
    rising = np.prod(np.arange(1, a, 2)) * np.prod(np.arange(1, b, 2))
    assert power.mean() == pytest.approx(rising / np.prod(np.arange(3, a + b + 2, 2)), rel=5e-3)


@pytest.mark.parametrize("side", [0, 3, -4])
def test_side_must_be_a_power_of_two(side):
    with pytest.raises(GriddingError, match="power of two"):
        cell_centres(side)
