"""Where sources lie on the body."""

import numpy as np
import pytest

from hotspots.retrieval.placement import place_sources
from tests.detection.scenes import map_of, on_strict_device
from tests.helpers.cameras import direction

SHAPE = (80, 100)
GRID_MAP = map_of({"M": np.zeros(SHAPE)}, cell_km=10.0)


def test_the_middle_of_the_grid_is_below_the_camera():
    found = place_sources(GRID_MAP, np.array([(50.0, 40.0)]))
    assert found.latitude_deg[0] == pytest.approx(20.0, abs=0.02)
    assert found.longitude_deg[0] == pytest.approx(110.0, abs=0.02)
    # the ellipsoid's normal leans a little away from the radius
    assert found.emission_deg[0] < 0.5
    assert found.incidence_deg[0] == pytest.approx(120.0)
    assert found.km_per_px[0] == pytest.approx(10 / 0.6)


def test_ten_cells_to_the_right_are_a_hundred_km_east():
    found = place_sources(GRID_MAP, np.array([(50.0, 40.0), (60.0, 40.0), (50.0, 30.0)]))
    point = direction(found.latitude_deg, found.longitude_deg).T * 1821.0
    right, up, _ = (np.asarray(axis) for axis in GRID_MAP.grid.basis())
    assert (point[1] - point[0]) @ right == pytest.approx(100.0, abs=1.0)
    assert (point[2] - point[0]) @ up == pytest.approx(100.0, abs=1.0)


def test_a_map_elsewhere_gives_the_same_places():
    place = np.array([(12.3, 45.6), (80.1, 7.8)])
    here, there = place_sources(GRID_MAP, place), place_sources(on_strict_device(GRID_MAP), place)
    for name, value in vars(here).items():
        np.testing.assert_array_equal(getattr(there, name), value)
