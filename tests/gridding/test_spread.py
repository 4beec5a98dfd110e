"""Spread of a map, by hand and against a gridded point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_RADII_KM
from hotspots.grid import Grid, Projection
from hotspots.gridding.spread import map_spread, motion_blur
from tests.helpers.cameras import IFOV_RAD, camera_above, stack_cameras

RANGE_KM = 40_000.0
PIXEL_KM = IFOV_RAD * (RANGE_KM - IO_RADII_KM[0])


def view(cell_km, latitude=0.0, longitude=0.0):
    size = int(3800 / cell_km)
    return Grid(Projection.VIEW, (size, size), cell_km, -1900.0, 1900.0, latitude, longitude)


def test_motion_of_two_milliseconds():
    blur = motion_blur(np.array([2e-3, 2e-3, 0.1]), np.array([True, False, False]), 0.6, 860.0)
    # a box of 1.72 px has a standard deviation of 1.72 / sqrt(12) = 0.4965
    np.testing.assert_allclose(blur[0], [np.hypot(0.6, 0.4965), 0.6], atol=1e-4)
    np.testing.assert_allclose(blur[1:], 0.6)


@given(t=st.floats(0, 0.01), optics=st.floats(0.2, 2))
def test_motion_blurs_along_the_lines_only(t, optics):
    blur = motion_blur(np.array([t]), np.array([True]), optics, 860.0)[0]
    assert blur[1] == optics
    assert blur[0] >= optics


@pytest.mark.parametrize("cells_a_pixel", [0.6, 1.0, 2.0])
def test_spread_seen_from_above_by_hand(cells_a_pixel):
    blur = np.array([[0.8, 0.6]])
    cell = PIXEL_KM * cells_a_pixel
    found = map_spread(camera_above(0, 0, RANGE_KM), view(cell), blur)
    # per axis: optics, pixel and footprint in pixels, turned into cells, and the cell itself
    expected = np.array([0.6**2 + 2 / 12, 0.8**2 + 2 / 12]) / cells_a_pixel**2 + 1 / 12
    np.testing.assert_allclose(np.diag(found), expected, rtol=0.05)
    assert abs(found[0, 1]) < 0.02 * expected.max()


def test_rolled_camera_turns_the_spread():
    blur = np.array([[1.6, 0.5]])
    upright = map_spread(camera_above(0, 0, RANGE_KM), view(PIXEL_KM), blur)
    turned = map_spread(camera_above(0, 0, RANGE_KM, roll_deg=90), view(PIXEL_KM), blur)
    np.testing.assert_allclose(np.diag(turned), np.diag(upright)[::-1], rtol=0.02)
    diagonal = map_spread(camera_above(0, 0, RANGE_KM, roll_deg=45), view(PIXEL_KM), blur)
    assert diagonal[0, 0] == pytest.approx(diagonal[1, 1], rel=0.05)
    assert abs(diagonal[0, 1]) > 0.5
    np.testing.assert_allclose(diagonal, diagonal.T)
    assert (np.linalg.eigvalsh(diagonal) > 0).all()


def test_frames_are_averaged():
    near, far = camera_above(0, 0, RANGE_KM), camera_above(0, 0, 2 * RANGE_KM)
    blur = np.full((2, 2), 0.6)
    both = map_spread(stack_cameras([near, far]), view(PIXEL_KM), blur)
    single = [map_spread(c, view(PIXEL_KM), blur[:1]) for c in (near, far)]
    np.testing.assert_allclose(both, 0.5 * (single[0] + single[1]), rtol=1e-6)


def test_no_frame_that_sees_the_grid():
    away = camera_above(0, 0, RANGE_KM, shift_px=(5000.0, 0.0))
    np.testing.assert_array_equal(map_spread(away, view(PIXEL_KM), np.full((1, 2), 0.6)), np.eye(2))
