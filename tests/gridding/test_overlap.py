"""Frames that see common ground."""

import numpy as np
import pytest

from hotspots.gridding.overlap import footprint_caps, split_by_overlap
from tests.helpers.cameras import (
    IFOV_RAD,
    camera_above,
    direction,
    looking_at,
    make_camera,
    stack_cameras,
)


def near(longitude, range_km=3000.0):
    return camera_above(0.0, longitude, range_km)


def away():
    position = 20000.0 * direction(0, 0)
    return make_camera(position, looking_at(position, 2 * position))


def test_the_cap_of_a_close_frame_reaches_to_its_corners():
    centre, radius = footprint_caps(near(40.0))
    np.testing.assert_allclose(centre[0], direction(0, 40), atol=1e-3)
    height = 3000.0 - 1822.0
    half = 0.5 * IFOV_RAD * np.hypot(431, 127) * height / 1822.0
    assert radius[0] == pytest.approx(half, rel=0.02)


def test_a_frame_of_the_whole_disc_has_a_cap_of_a_hemisphere():
    _, radius = footprint_caps(near(0.0, 120000.0))
    # a lattice point every 16 samples falls short of the limb
    assert 60 < np.degrees(radius[0]) < 90


def test_a_frame_of_the_sky_has_no_cap():
    centre, radius = footprint_caps(away())
    assert np.isnan(centre).all()
    assert radius[0] == 0.0


def test_frames_are_linked_by_common_ground_even_through_others():
    # each footprint is 3.8 degrees across: 0 and 3 overlap, 3 and 6 overlap, 20 is alone
    cameras = stack_cameras([near(lon) for lon in (0.0, 20.0, 3.0, 6.0)])
    assert split_by_overlap(cameras, [0, 1, 2, 3]) == [[0, 2, 3], [1]]


def test_without_the_link_the_ends_are_apart():
    cameras = stack_cameras([near(lon) for lon in (0.0, 3.0, 6.0)])
    assert split_by_overlap(cameras, [0, 2]) == [[0], [2]]
    assert split_by_overlap(cameras, [2, 0]) == [[2], [0]]


def test_a_frame_of_the_sky_is_a_part_of_its_own():
    cameras = stack_cameras([near(0.0), away(), near(1.0)])
    assert split_by_overlap(cameras, [0, 1, 2]) == [[0, 2], [1]]
