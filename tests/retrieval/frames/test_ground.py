"""Kilometres east and north on the ellipsoid."""

import numpy as np
import pytest

from hotspots.body import IO_RADII_KM, latitude_longitude, surface_normal
from hotspots.retrieval.frames.ground import local_axes, moved

POINT = np.array([[IO_RADII_KM[0], 0.0, 0.0]])


def test_axes_at_the_equator_are_east_and_north():
    east, north = local_axes(POINT)
    assert east[0] == pytest.approx([0.0, 1.0, 0.0])
    assert north[0] == pytest.approx([0.0, 0.0, 1.0])


def test_axes_are_tangent_and_of_unit_length_everywhere():
    rng = np.random.default_rng(5)
    ray = rng.normal(size=(50, 3))
    points = ray / np.linalg.norm(ray / np.asarray(IO_RADII_KM), axis=-1, keepdims=True)
    east, north = local_axes(points)
    normal = surface_normal(points, np.asarray(IO_RADII_KM))
    for one, other in ((east, north), (east, normal), (north, normal)):
        assert np.sum(one * other, axis=-1) == pytest.approx(np.zeros(50), abs=1e-12)
    assert np.linalg.norm(north, axis=-1) == pytest.approx(np.ones(50))


def test_a_pole_has_axes_too():
    east, north = local_axes(np.array([[0.0, 0.0, IO_RADII_KM[2]]]))
    assert np.linalg.norm(east) == pytest.approx(1.0)
    assert np.linalg.norm(north) == pytest.approx(1.0)


def test_a_step_north_is_as_long_as_it_says_and_ends_on_the_body():
    there = moved(POINT, np.array([[3.0, 4.0]]))
    assert np.linalg.norm(there - POINT) == pytest.approx(5.0, rel=1e-4)
    assert np.sum((there / np.asarray(IO_RADII_KM)) ** 2) == pytest.approx(1.0)
    latitude, longitude = latitude_longitude(there)
    assert latitude[0] > 0
    assert 0 < longitude[0] < 1
