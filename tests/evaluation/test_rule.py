import numpy as np
import pytest
from astropy.coordinates import angular_separation
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.evaluation.rule import (
    SourceRole,
    great_circle_km,
    match_radius_km,
    offset_km,
    role_of,
    separations_km,
)

ONE_DEGREE_KM = 31.7910  # 1821.49 km x pi / 180

latitudes = st.floats(-90, 90)
longitudes = st.floats(0, 360)


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({}, "asked"),
        ({"stacked_snr": 3.0}, "asked"),
        ({"stacked_snr": 2.99}, "neutral"),
        ({"stacked_snr": 1.0}, "neutral"),
        ({"stacked_snr": 0.99}, "unseen"),
        ({"emission_deg": 69.9}, "asked"),
        ({"emission_deg": 70.0}, "neutral"),
        ({"blended": True}, "neutral"),
        ({"blended": True, "stacked_snr": 0.5}, "unseen"),
        ({"m_frames": (), "n_l_frames": 2, "stacked_snr": 0.0}, "neutral"),
        ({"m_frames": (), "n_l_frames": 0, "stacked_snr": 0.0}, "unseen"),
    ],
)
def test_roles(make, changes, role):
    assert role_of(make.source(**changes)) is SourceRole(role)


@pytest.mark.parametrize(
    ("km_per_px", "footprint_km", "radius"),
    [
        (48.0, 0.0, 72.0),  # 1.5 px is more than a degree
        (20.0, 0.0, ONE_DEGREE_KM),  # 1.5 px = 30 < 1 degree < 3 px = 60
        (5.0, 0.0, 15.0),  # 3 px is less than a degree
        (5.0, 5.0, 15.0),  # as wide as a pixel: not extended
        (5.0, 40.0, 35.0),  # 15 + 40 / 2
    ],
)
def test_reach_of_a_source(make, km_per_px, footprint_km, radius):
    source = make.source(km_per_px=km_per_px, footprint_km=footprint_km)
    assert match_radius_km(source) == pytest.approx(radius, abs=1e-3)


def test_great_circles_by_hand():
    zero = np.array(0.0)
    quarter = IO_MEAN_RADIUS_KM * np.pi / 2
    assert great_circle_km(zero, zero, zero, np.array(1.0)) == pytest.approx(
        ONE_DEGREE_KM, abs=1e-3
    )
    assert great_circle_km(np.array(90.0), zero, zero, np.array(123.0)) == pytest.approx(quarter)
    across = great_circle_km(zero, np.array(359.5), zero, np.array(0.5))
    assert across == pytest.approx(ONE_DEGREE_KM, abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes)
def test_great_circles_agree_with_astropy(lat, lon, other_lat, other_lon):
    ours = great_circle_km(*(np.array(value) for value in (lat, lon, other_lat, other_lon)))
    angle = angular_separation(*np.radians([lon, lat, other_lon, other_lat]))
    assert ours == pytest.approx(IO_MEAN_RADIUS_KM * angle, abs=1e-4)


def test_an_extended_source_is_met_at_its_middle_or_its_flux(make):
    extended = make.source(lon_east_deg=10.0, centre_lon_east_deg=12.0, footprint_km=90.0)
    point = make.source(lon_east_deg=10.0, centre_lon_east_deg=12.0)
    at_middle = make.detection(lon_east_deg=12.0)
    at_flux = make.detection(lon_east_deg=10.0)
    distances = separations_km([extended, point], [at_middle, at_flux])
    expected = [[0.0, 2 * ONE_DEGREE_KM], [0.0, 0.0]]
    np.testing.assert_allclose(distances, expected, atol=1e-3)


def test_an_offset_points_from_source_to_detection(make):
    source = make.source(lat_deg=60.0, lon_east_deg=359.9)
    # a degree of longitude is half as long at 60 degrees
    east, north = offset_km(source, make.detection(lat_deg=60.0, lon_east_deg=0.1))
    assert (east, north) == pytest.approx((0.1 * ONE_DEGREE_KM, 0.0), abs=0.01)
    east, north = offset_km(source, make.detection(lat_deg=59.8, lon_east_deg=359.9))
    assert (east, north) == pytest.approx((0.0, -0.2 * ONE_DEGREE_KM), abs=1e-3)


@given(lat=st.floats(-85, 85), step=st.floats(-2, 2), lon=longitudes)
def test_an_offset_is_as_long_as_the_separation(make, lat, step, lon):
    source = make.source(lat_deg=lat, footprint_km=99.0, centre_lat_deg=lat + step / 2)
    detection = make.detection(lat_deg=lat + step, lon_east_deg=lon)
    length = float(np.hypot(*offset_km(source, detection)))
    assert length == pytest.approx(separations_km([source], [detection])[0, 0], abs=1e-6)
