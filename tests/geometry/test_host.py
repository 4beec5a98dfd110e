"""Float64 projections of the host: there, back, and against a textbook quadratic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_RADII_KM, latitude_longitude
from hotspots.geometry.host import (
    cos_incidence,
    ellipsoid_point,
    pixel_to_surface,
    surface_to_pixel,
)
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction

NO_MOTION = np.zeros(3)
POSITION = 30_000.0 * direction(15, 250)
ROTATION = camera_axes(POSITION, centre_pixel=(220.0, 50.0))


@given(lat=st.floats(-60, 60), lon=st.floats(200, 300), beta=st.floats(-1e-4, 1e-4))
def test_there_and_back(lat, lon, beta):
    point = ellipsoid_point(np.array([lat]), np.array([lon]))
    velocity = np.array([beta, -beta, 2 * beta])
    sample, line, mu = surface_to_pixel(point, POSITION, ROTATION, velocity, IFOV_RAD)
    if mu[0] > 0.05:
        back = pixel_to_surface(sample, line, POSITION, ROTATION, velocity, IFOV_RAD)
        np.testing.assert_allclose(back, point, atol=0.05)


@given(lat=st.floats(-90, 90), lon=st.floats(0, 359.99))
def test_points_lie_on_the_ellipsoid_at_their_coordinates(lat, lon):
    point = ellipsoid_point(np.array(lat), np.array(lon))
    assert np.sum((point / np.array(IO_RADII_KM)) ** 2) == pytest.approx(1.0)
    latitude, longitude = latitude_longitude(point)
    assert float(latitude) == pytest.approx(lat, abs=1e-9)
    if abs(lat) < 89.999:
        assert np.cos(np.radians(float(longitude) - lon)) == pytest.approx(1.0)


@given(x=st.floats(0, 431), y=st.floats(0, 127))
def test_intersection_solves_the_textbook_quadratic(x, y):
    found = pixel_to_surface(np.array(x), np.array(y), POSITION, ROTATION, NO_MOTION, IFOV_RAD)
    radii = np.array(IO_RADII_KM)
    ray = ROTATION @ np.array([IFOV_RAD * (63.5 - y), IFOV_RAD * (215.5 - x), 1.0])
    d, p = ray / radii, POSITION / radii
    roots = np.roots([d @ d, 2 * d @ p, p @ p - 1])
    if np.iscomplex(roots).any():
        assert np.isnan(found).all()
    else:
        np.testing.assert_allclose(found, POSITION + roots.real.min() * ray, atol=1e-3)


def test_far_side_has_negative_cosine_of_emission():
    there = ellipsoid_point(np.array([15.0, -15.0]), np.array([250.0, 70.0]))
    _, _, mu = surface_to_pixel(there, POSITION, ROTATION, NO_MOTION, IFOV_RAD)
    assert mu[0] > 0.99
    assert mu[1] < -0.99


def test_camera_that_looks_away_sees_nothing():
    away = camera_axes(-POSITION)
    point = pixel_to_surface(np.array(215.5), np.array(63.5), POSITION, away, NO_MOTION, IFOV_RAD)
    assert np.isnan(point).all()
    here = ellipsoid_point(np.array([15.0]), np.array([250.0]))
    _, _, mu = surface_to_pixel(here, POSITION, away, NO_MOTION, IFOV_RAD)
    assert mu[0] == -1.0


def test_incidence_at_the_axes():
    radii = np.diag(IO_RADII_KM)
    sun = np.array([0.6, 0.0, 0.8])
    np.testing.assert_allclose(cos_incidence(radii, sun), sun)
    assert np.isnan(cos_incidence(np.full((1, 3), np.nan), sun)).all()
