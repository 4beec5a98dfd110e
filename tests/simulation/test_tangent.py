"""Places and tangent planes: hand-worked places, areas, and the way there and back."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM, latitude_longitude, surface_normal
from hotspots.simulation.tangent import (
    displaced,
    east_north,
    surface_point_km,
    tangent_offsets,
)

LATITUDE = st.floats(-90, 90)
LONGITUDE = st.floats(0, 359.9)


def test_axes_of_the_body_are_on_it():
    np.testing.assert_allclose(surface_point_km(0, 0), (IO_RADII_KM[0], 0, 0))
    np.testing.assert_allclose(surface_point_km(0, 90), (0, IO_RADII_KM[1], 0), atol=1e-9)
    np.testing.assert_allclose(surface_point_km(-90, 17), (0, 0, -IO_RADII_KM[2]), atol=1e-9)


@given(LATITUDE, LONGITUDE)
def test_place_comes_back(lat, lon):
    point = surface_point_km(lat, lon)
    assert np.sum((point / np.array(IO_RADII_KM)) ** 2) == pytest.approx(1)
    back_lat, back_lon = latitude_longitude(point)
    assert back_lat == pytest.approx(lat, abs=1e-6)
    if abs(lat) < 89.9:
        assert (back_lon - lon + 180) % 360 == pytest.approx(180, abs=1e-6)


@given(LATITUDE, LONGITUDE)
def test_east_and_north_span_the_tangent_plane(lat, lon):
    point = surface_point_km(lat, lon)
    axes = np.stack([*east_north(point), surface_normal(point, np.array(IO_RADII_KM))])
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)


@given(LATITUDE, LONGITUDE, st.floats(0.1, 90), st.floats(0, 360))
def test_displaced_place_lies_that_far_that_way(lat, lon, distance, azimuth):
    lat = max(min(lat, 85), -85)
    centre = surface_point_km(lat, lon)
    there_lat, there_lon = displaced(lat, lon, distance, azimuth)
    assert -90 <= there_lat <= 90
    assert 0 <= there_lon < 360
    there = surface_point_km(there_lat, there_lon)
    east, north = tangent_offsets(there[None, :], centre)
    turn = np.deg2rad(azimuth)
    # The displacement goes by the mean sphere, 0.4 % off the ellipsoid at most.
    assert float(east[0]) == pytest.approx(distance * np.sin(turn), abs=0.01 * distance + 1e-6)
    assert float(north[0]) == pytest.approx(distance * np.cos(turn), abs=0.01 * distance + 1e-6)


def test_great_circle_over_the_pole():
    quarter = IO_MEAN_RADIUS_KM * np.pi / 2
    np.testing.assert_allclose(displaced(45, 10, quarter, 0), (45, 190))
    np.testing.assert_allclose(displaced(0, 350, quarter / 9, 90), (0, 0), atol=1e-9)


@pytest.mark.parametrize("place", [(0, 0), (3, 90), (50, 200), (-85, 30)])
def test_plane_keeps_areas_on_the_ellipsoid(place):
    centre = surface_point_km(*place)
    axis = np.linspace(-60, 60, 41)
    east, north = np.meshgrid(axis, axis)
    chart = (
        centre + east[..., None] * east_north(centre)[0] + north[..., None] * east_north(centre)[1]
    )
    ground = chart / np.linalg.norm(chart / np.array(IO_RADII_KM), axis=-1, keepdims=True)
    flat = np.stack(tangent_offsets(ground.reshape(-1, 3), centre), axis=-1).reshape(41, 41, 2)

    def areas(grid):
        along, across = grid[1:, :-1] - grid[:-1, :-1], grid[:-1, 1:] - grid[:-1, :-1]
        return np.linalg.norm(np.cross(across, along), axis=-1).sum()

    plane = np.concatenate([flat, np.zeros((41, 41, 1))], axis=-1)
    assert areas(plane) == pytest.approx(areas(ground), rel=1e-3)


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    centre = surface_point_km(20, 30)
    points = centre + np.random.default_rng(0).normal(0, 5, (20, 3))
    points[0] = centre
    strict = tangent_offsets(array_api_strict.asarray(points, device=place), centre)
    for ours, theirs in zip(tangent_offsets(points, centre), strict, strict=True):
        back = np.from_dlpack(theirs.to_device(array_api_strict.Device("CPU_DEVICE")))
        np.testing.assert_allclose(ours, back, atol=1e-9)
        assert ours[0] == 0
