"""Tables of places: east or west, with and without error and class."""

import pytest

from hotspots.errors import SampleError
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.training.known_places import KnownPlace, known_places


def table(folder, text):
    path = folder / "places.csv"
    path.write_text(text)
    return path


def test_the_shipped_table_is_taken_without_another():
    places = known_places(None, 7.0)
    assert len(places) == len(known_hotspots().names)
    assert {place.sigma_km for place in places} == {7.0}
    assert places[0].lat_deg == known_hotspots().latitude_deg[0]


def test_columns_may_be_east_or_west(tmp_path):
    east = known_places(table(tmp_path, "# who\nname,lat_deg,lon_east_deg\nLoki,13,-51.5\n"), 9.0)
    west = known_places(table(tmp_path, "lat,lonW,sigma_km\n13,51.5,\n"), 9.0)
    assert east == west == (KnownPlace(13.0, 308.5, 9.0),)


def test_error_and_class_are_read(tmp_path):
    text = "lat_deg,lon_east_deg,sigma_km,class\n1,2,3,lava_lake\n4,5,,\n"
    assert known_places(table(tmp_path, text), 9.0) == (
        KnownPlace(1.0, 2.0, 3.0, is_lake=True),
        KnownPlace(4.0, 5.0, 9.0),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "columns none"),
        ("name,x\nLoki,3\n", "wanted lat_deg"),
        ("lat_deg,lon_east_deg\n# fine\n1,2\n91,2\n", "line 4: .*latitude 91"),
        ("lat_deg,lon_east_deg\n1,east\n", "line 2"),
        ("lat_deg,lon_east_deg\n1\n", "line 2"),
        ("lat_deg,lon_east_deg,class\n1,2,geyser\n", "class geyser"),
        ("lat_deg,lon_east_deg,sigma_km\n1,2,-3\n", "sigma_km -3"),
    ],
)
def test_what_is_no_place_is_named(tmp_path, text, complaint):
    with pytest.raises(SampleError, match=rf"places\.csv.*{complaint}"):
        known_places(table(tmp_path, text), 9.0)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(SampleError, match=r"none\.csv"):
        known_places(tmp_path / "none.csv", 9.0)
