"""The table of published hot spots: sound, and the facts it is quoted for."""

import re

from hotspots.catalogue.identity import place_of_id
from hotspots.catalogue.published import PublishedHotspot, published_hotspots


def test_the_table_is_sound():
    table = published_hotspots()
    assert len({one.volcano_id for one in table}) == len(table) == 365
    assert sum(one.measured > 0 for one in table) == 266
    for one in table:
        assert re.fullmatch(r"[a-z0-9_]+", one.volcano_id) or place_of_id(one.volcano_id)
        assert -90 <= one.lat_deg <= 90
        assert 0 <= one.lon_east_deg < 360
        assert (one.mean_gw_um is not None) == (one.measured > 0)
        if one.mean_gw_um is not None:
            assert one.least_gw_um <= one.mean_gw_um <= one.greatest_gw_um <= one.brightest_gw_um


def test_loki_is_the_most_powerful():
    loki = max(published_hotspots(), key=lambda one: one.total_power_gw or 0.0)
    assert (loki.volcano_id, loki.name, loki.total_power_gw) == ("loki_patera", "Loki Patera", 9600)
    assert (loki.lat_deg, loki.lon_east_deg) == (12.8, 51.6)
    assert round(loki.diameter_km) == 165


def test_without_an_area_there_is_no_extent():
    assert (
        PublishedHotspot(
            volcano_id="x", name="", jrm_id="", lat_deg=0.0, lon_east_deg=0.0
        ).diameter_km
        == 0.0
    )
