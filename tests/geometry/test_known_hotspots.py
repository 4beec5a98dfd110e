"""The table of places that have been hot."""

import numpy as np

from hotspots.geometry.known_hotspots import known_hotspots


def test_table_is_whole():
    table = known_hotspots()
    assert len(table.names) == len(table.latitude_deg) == len(table.longitude_east_deg) == 343
    assert (np.abs(table.latitude_deg) <= 90).all()
    assert ((table.longitude_east_deg >= 0) & (table.longitude_east_deg < 360)).all()
    assert all(table.names)


def test_loki_and_pele_are_where_maps_have_them():
    table = known_hotspots()
    for name, latitude, longitude in (("Loki", 13.0, 51.2), ("Pele", -18.7, 104.7)):
        distance = np.hypot(table.latitude_deg - latitude, table.longitude_east_deg - longitude)
        nearest = int(np.argmin(distance))
        assert distance[nearest] < 1.5
        assert name in table.names[nearest]
