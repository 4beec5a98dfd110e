"""Ties to known places: only where chance cannot have made the matches."""

import numpy as np

from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.geometry.pointing.ground import REACH_KM, ground_ties


def test_known_places_moved_by_five_kilometres():
    table = known_hotspots()
    points = ellipsoid_point(table.latitude_deg[40:60], table.longitude_east_deg[40:60])
    moved = points + np.array([0.0, 0.0, 5.0])
    ties = ground_ties(moved)
    assert len(ties) == 20
    pulls = np.array([tie.shift_km for tie in ties])
    # five kilometres back along the axis: seen along the meridian, the cosine of latitude
    back = -5.0 * np.cos(np.radians(table.latitude_deg[40:60]))
    np.testing.assert_allclose(pulls[:, 1], back, atol=0.2)
    np.testing.assert_allclose(pulls[:, 0], 0.0, atol=0.2)


def test_places_that_no_table_knows():
    rng = np.random.default_rng(6)
    for _ in range(20):
        points = ellipsoid_point(
            np.degrees(np.arcsin(rng.uniform(-1, 1, 40))), rng.uniform(0, 360, 40)
        )
        table = known_hotspots()
        known = ellipsoid_point(table.latitude_deg, table.longitude_east_deg)
        distance = np.linalg.norm(points[:, None] - known[None], axis=-1).min(axis=1)
        assert ground_ties(points) == []
    # the last pattern does have some by chance
    assert (distance < REACH_KM).any()


def test_no_places():
    assert ground_ties(np.zeros((0, 3))) == []
