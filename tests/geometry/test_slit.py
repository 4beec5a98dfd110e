"""The slit against SPICE and against the camera whose telescope it shares."""

import numpy as np
import pytest

from hotspots.body import IO_RADII_KM
from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.slit import FIRST_SAMPLE, slit_cameras, slit_footprints, slit_positions
from hotspots.geometry.state import FrameStates

IFOV = 2.37767e-4
AWAY_KM = 100_000.0


def looking_down(velocity_km_s=(0.0, 0.0, 0.0)):
    """Above the equator at 90 E, slit along the meridian with row 0 towards the north."""
    # camera axes in the body's: +X to the east (-x), +Y north (z), +Z down (-y)
    rotation = np.stack([[-1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]], axis=-1)
    return FrameStates(
        et=np.array([0.0]),
        position_km=np.array([[0.0, AWAY_KM, 0.0]]),
        rotation=rotation[None],
        beta=np.array([velocity_km_s]) / 299792.458,
        sun=np.array([[0.0, 1.0, 0.0]]),
        sun_distance_km=np.array([8e8]),
        eclipsed=np.array([False]),
    )


def cameras(state, offset=(0.0, 0.0)):
    return slit_cameras(state, np.array(offset), 1.0, IFOV)


def test_rows_run_from_north_to_south_and_the_middle_is_below():
    found = slit_footprints(cameras(looking_down()))
    seen = np.flatnonzero(np.isfinite(found.lat_deg))
    assert (np.diff(found.lat_deg[seen]) < 0).all()
    assert found.lat_deg[127] == pytest.approx(-found.lat_deg[128], abs=1e-4)
    np.testing.assert_allclose(found.lon_east_deg[seen], 90.0, atol=1e-3)
    # one pixel from the surface below, 98,180.6 km away
    half = np.degrees(0.5 * IFOV * (AWAY_KM - IO_RADII_KM[1]) / IO_RADII_KM[1])
    assert found.lat_deg[127] == pytest.approx(half, rel=2e-3)


def test_positions_are_the_inverse_of_footprints():
    slit = cameras(looking_down((3.0, 0.0, 5.0)), (2.0, -1.0))
    found = slit_footprints(slit)
    rows = np.flatnonzero(np.isfinite(found.lat_deg))[3:-3:7]
    points = ellipsoid_point(found.lat_deg[rows], found.lon_east_deg[rows])
    places = slit_positions(slit, points)
    middle = len(places.along_px) // 2
    np.testing.assert_allclose(places.along_px[middle], rows, atol=0.02)
    np.testing.assert_allclose(places.across_px[middle], 0.0, atol=0.02)


def test_offset_moves_the_scene_like_that_of_the_camera():
    points = ellipsoid_point(np.array([0.0]), np.array([90.0]))
    still = slit_positions(cameras(looking_down()), points)
    moved = slit_positions(cameras(looking_down(), (3.0, -2.0)), points)
    np.testing.assert_allclose(moved.along_px - still.along_px, 3.0, atol=1e-2)
    np.testing.assert_allclose(moved.across_px - still.across_px, -2.0, atol=1e-2)


def test_flight_moves_the_scene_during_the_exposure():
    points = ellipsoid_point(np.array([0.0]), np.array([90.0]))
    # to the north by 40 km in the second: the scene goes south, to higher rows
    places = slit_positions(cameras(looking_down((0.0, 0.0, 40.0))), points)
    per_second = 40.0 / (AWAY_KM - IO_RADII_KM[1]) / IFOV
    steps = np.diff(places.along_px[:, 0])
    np.testing.assert_allclose(steps, per_second / len(places.along_px), rtol=1e-2)


def test_stand_in_samples_are_centred():
    assert FIRST_SAMPLE == 88.0
