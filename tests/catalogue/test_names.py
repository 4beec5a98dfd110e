"""Names by the nearest feature, and no name where there is none near."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.catalogue.names import FARTHEST_KM, nearest_names, volcanic_features


def test_the_table_is_sound():
    features = volcanic_features()
    assert len({feature.name for feature in features}) == len(features) > 150
    assert {f.kind for f in features} == {"patera", "eruptive centre", "fluctus", "tholus"}
    assert all(-90 <= f.lat_deg <= 90 and 0 <= f.lon_east_deg < 360 for f in features)
    assert all(f.diameter_km is None for f in features if f.kind == "eruptive centre")


@pytest.mark.parametrize(
    ("lat_deg", "lon_east_deg", "name"),
    [
        (12.8, 51.6, "Loki Patera"),
        (-18.7, 104.7, "Pele"),
        (68.4, 110.1, "Chors Patera"),
        (62.8, 236.5, "Tvashtar Paterae"),
    ],
)
def test_famous_volcanoes(lat_deg, lon_east_deg, name):
    (place,) = nearest_names([lat_deg], [lon_east_deg])
    assert place.name == name
    assert place.distance_km < 20


def test_inside_a_large_patera_the_rim_decides():
    # 3 degrees (95 km) south of Loki Patera's centre, inside its radius of 113 km.
    (place,) = nearest_names([10.01], [51.21])
    assert place.name == "Loki Patera"
    assert place.distance_km == pytest.approx(np.deg2rad(3.0) * 1821.49, rel=1e-3)


def test_longitude_closes_and_poles_are_one_place():
    # Ruwa Patera lies at 0.20 N, 358.35 E: 60 km east of it is beyond the zero meridian.
    places = nearest_names([0.2, 0.2], [358.35, 0.25])
    assert [place.name for place in places] == ["Ruwa Patera", "Ruwa Patera"]
    assert nearest_names([90.0], [0.0]) == nearest_names([90.0], [180.0])


def test_far_from_everything_there_is_no_name():
    # The north pole: Pajonn Patera, 6.5 degrees away, is the nearest.
    assert nearest_names([90.0], [0.0]) == [None]
    (place,) = nearest_names([90.0], [0.0], farthest_km=500.0)
    assert place.name == "Pajonn Patera"


def test_no_places_no_names():
    assert nearest_names([], []) == []


@given(lat=st.floats(-90, 90), lon=st.floats(0, 360, exclude_max=True))
def test_a_name_is_given_exactly_within_the_limit(lat, lon):
    (place,) = nearest_names([lat], [lon])
    (anything,) = nearest_names([lat], [lon], farthest_km=6000.0)
    feature = next(f for f in volcanic_features() if f.name == anything.name)
    radius = 0.5 * (feature.diameter_km or 0.0) if feature.kind == "patera" else 0.0
    beyond = anything.distance_km - radius
    assert place == (anything if beyond <= FARTHEST_KM else None)
