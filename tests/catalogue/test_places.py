"""Offsets on the sphere against astropy, and error ellipses worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.places import displaced, distance_km, error_covariance, offsets_km
from tests.catalogue.made_sources import made_source

LATITUDES = st.floats(-89.9, 89.9)
LONGITUDES = st.floats(0, 360, exclude_max=True)


def test_offsets_are_those_of_astropy():
    from astropy import units
    from astropy.coordinates import SkyCoord

    rng = np.random.default_rng(5)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, (2, 200))))
    lon = rng.uniform(0, 360, (2, 200))
    lat[1, :100], lon[1, :100] = lat[0, :100] + 1e-4, lon[0, :100] - 1e-4
    one, other = (SkyCoord(lon[k] * units.deg, lat[k] * units.deg) for k in (0, 1))
    distance = one.separation(other).rad * IO_MEAN_RADIUS_KM
    azimuth = one.position_angle(other).rad
    offsets = offsets_km(lat[0], lon[0], lat[1], lon[1])
    assert offsets[:, 0] == pytest.approx(distance * np.sin(azimuth), rel=1e-9, abs=1e-9)
    assert offsets[:, 1] == pytest.approx(distance * np.cos(azimuth), rel=1e-9, abs=1e-9)
    assert distance_km(lat[0], lon[0], lat[1], lon[1]) == pytest.approx(distance, rel=1e-9)


def test_ends_of_a_diameter_are_half_a_circle_apart():
    assert distance_km(0.0, 10.0, 0.0, 190.0) == pytest.approx(np.pi * IO_MEAN_RADIUS_KM)


@given(LATITUDES, LONGITUDES, st.floats(-500, 500), st.floats(-500, 500))
def test_displaced_undoes_offsets(lat, lon, east, north):
    to_lat, to_lon = displaced(lat, lon, east, north)
    assert -90 <= to_lat <= 90
    assert 0 <= to_lon < 360
    assert offsets_km(lat, lon, to_lat, to_lon) == pytest.approx(np.array([east, north]), abs=1e-4)


def test_a_place_without_ellipse_has_a_circle():
    assert error_covariance(made_source(1, sigma_km=3.0)) == pytest.approx(np.diag([9.0, 9.0]))


@pytest.mark.parametrize(
    ("azimuth", "covariance"),
    [
        (0.0, [[4.0, 0.0], [0.0, 25.0]]),
        (90.0, [[25.0, 0.0], [0.0, 4.0]]),
        (45.0, [[14.5, 10.5], [10.5, 14.5]]),
    ],
)
def test_the_major_axis_turns_from_north_to_east(azimuth, covariance):
    source = made_source(
        1, sigma_major_km=5.0, sigma_minor_km=2.0, sigma_azimuth_deg=azimuth, sigma_km=10**0.5
    )
    assert error_covariance(source) == pytest.approx(np.array(covariance))
