"""Coordinates and normals of Io."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM, latitude_longitude, surface_normal

COORDINATE = st.floats(-2000, 2000)


@pytest.mark.parametrize(
    ("point", "latitude", "longitude"),
    [
        ((1, 0, 0), 0, 0),
        ((0, 1, 0), 0, 90),
        ((-1, 0, 0), 0, 180),
        ((0, -1, 0), 0, 270),
        ((1, -1e-9, 0), 0, 360 - np.degrees(1e-9)),
        ((0, 0, 1), 90, 0),
        ((0, 0, -2), -90, 0),
        ((1, 1, np.sqrt(2)), 45, 45),
    ],
)
def test_axes(point, latitude, longitude):
    found = latitude_longitude(np.array(point, float))
    assert [float(a) for a in found] == pytest.approx([latitude, longitude])


@given(x=COORDINATE, y=COORDINATE, z=COORDINATE, dtype=st.sampled_from([np.float32, np.float64]))
def test_ranges(x, y, z, dtype):
    latitude, longitude = latitude_longitude(np.array([x, y, z], dtype))
    assert -90 <= latitude <= 90
    assert 0 <= longitude < 360
    assert latitude.dtype == longitude.dtype == dtype


def test_coordinates_are_those_of_spice():
    import spiceypy

    rng = np.random.default_rng(0)
    points = rng.normal(0, 1800, (50, 3))
    latitude, longitude = latitude_longitude(points)
    expected = np.degrees([spiceypy.reclat(p)[1:] for p in points])
    np.testing.assert_allclose(longitude, expected[:, 0] % 360)
    np.testing.assert_allclose(latitude, expected[:, 1])


def test_normals_are_those_of_spice():
    import spiceypy

    rng = np.random.default_rng(1)
    units = rng.normal(0, 1, (50, 3))
    points = units / np.linalg.norm(units / np.array(IO_RADII_KM), axis=1, keepdims=True)
    found = surface_normal(points, np.array(IO_RADII_KM))
    expected = [spiceypy.surfnm(*IO_RADII_KM, p) for p in points]
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_other_array_library_on_its_own_device():
    place = array_api_strict.Device("device1")
    points = np.random.default_rng(2).normal(0, 1800, (4, 5, 3))
    there = array_api_strict.asarray(points, device=place)
    radii = array_api_strict.asarray(IO_RADII_KM, device=place)
    found = (*latitude_longitude(there), surface_normal(there, radii))
    expected = (*latitude_longitude(points), surface_normal(points, np.array(IO_RADII_KM)))
    for ours, theirs in zip(expected, found, strict=True):
        assert theirs.device == place
        back = np.from_dlpack(theirs.to_device(array_api_strict.Device("CPU_DEVICE")))
        np.testing.assert_allclose(back, ours)


def test_mean_radius_is_that_of_the_axes():
    assert pytest.approx(np.mean(IO_RADII_KM), abs=0.1) == IO_MEAN_RADIUS_KM
