"""Groups of frames and the grids chosen for them."""

import numpy as np
import pytest

from hotspots.errors import GriddingError
from hotspots.grid import Projection
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.view_grid import frame_views, group_frames, view_grid
from tests.helpers.cameras import (
    IFOV_RAD,
    SHAPE,
    camera_above,
    direction,
    looking_at,
    make_camera,
    stack_cameras,
)


def away_from_the_body():
    position = 20000.0 * direction(0, 0)
    return make_camera(position, looking_at(position, 2 * position))


def test_a_far_frame_is_seen_from_its_sub_spacecraft_point():
    views = frame_views(camera_above(23.0, 310.0, 150000.0))
    np.testing.assert_allclose(views.direction[0], direction(23.0, 310.0), atol=0.002)
    assert views.pixel_km[0] == pytest.approx(IFOV_RAD * (150000 - 1500), rel=0.005)


def test_a_close_frame_is_seen_from_where_it_looks_not_from_above_the_spacecraft():
    position = 4000.0 * direction(0.0, 0.0)
    camera = make_camera(position, looking_at(position, 1821 * direction(0.0, 30.0)))
    towards = frame_views(camera).direction[0]
    expected = position - 1821 * direction(0.0, 30.0)
    expected /= np.linalg.norm(expected)
    assert np.degrees(np.arccos(towards @ expected)) < 2.0


def test_frames_that_miss_the_body_have_no_view_and_no_group():
    cameras = stack_cameras([camera_above(0, 0, 20000.0), away_from_the_body()])
    views = frame_views(cameras)
    assert np.isfinite(views.pixel_km).tolist() == [True, False]
    assert group_frames(cameras) == [[0]]


def test_groups_split_by_direction_and_by_pixel_size_in_order_of_time():
    cameras = stack_cameras(
        [
            camera_above(0, 0, 20000.0),
            camera_above(0, 8, 21000.0),
            camera_above(0, 12, 20000.0),  # 12 degrees from the first
            camera_above(0, 4, 40000.0),  # twice the pixel
            camera_above(0, 3, 20000.0),
        ]
    )
    assert group_frames(cameras) == [[0, 1, 4], [2], [3]]
    assert group_frames(cameras, max_angle_deg=15.0, max_size_ratio=3.0) == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize("range_km", [3322.0, 16537.0, 97257.0])
def test_every_footprint_falls_on_the_grid(range_km):
    cameras = stack_cameras(
        [camera_above(20, 100 + i, range_km, roll_deg=50 * i, shift_px=(30 * i, 9)) for i in (0, 1)]
    )
    grid = view_grid(cameras)
    assert grid.projection is Projection.VIEW
    ones = np.ones((2, *SHAPE), np.float32)
    coverage = drizzle(ones, ones, cameras, grid).coverage
    edge = np.concatenate([coverage[0], coverage[-1], coverage[:, 0], coverage[:, -1]])
    assert edge.max() == 0.0
    rows, columns = np.nonzero(coverage)
    # The grid is no larger than it has to be.
    assert np.ptp(rows) + 1 > grid.shape[0] - 24
    assert np.ptp(columns) + 1 > grid.shape[1] - 24


def test_the_cell_is_a_part_of_the_native_pixel():
    grid = view_grid(camera_above(20, 100, 97257.0), cell_fraction=0.5)
    assert grid.cell_km == pytest.approx(0.5 * IFOV_RAD * (97257 - 1650), rel=0.005)
    assert grid.centre_latitude_deg == pytest.approx(20.0, abs=0.2)
    assert grid.centre_longitude_deg == pytest.approx(100.0, abs=0.2)


def test_too_many_cells_and_no_body_are_refused():
    with pytest.raises(GriddingError, match="more than 1000"):
        view_grid(camera_above(20, 100, 97257.0), max_cells=1000)
    with pytest.raises(GriddingError, match="none of the 1 frames"):
        view_grid(away_from_the_body())
