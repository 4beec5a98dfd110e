import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.looks import looks
from hotspots.gridding.radiometer.surface import facets

CELLS = facets(16, 1)


def test_cell_below_juno_has_the_footprint_of_the_height():
    height = 1500.0
    place = np.array([[IO_MEAN_RADIUS_KM + height, 0.0, 0.0]])
    found = looks(np.array([[-1.0, 0.0, 0.0]]), place, 12.0, CELLS, 75.0)
    below = np.argmax(CELLS.normal[:, 0])
    assert found.seen[below]
    assert found.footprint_km[below] == pytest.approx(np.radians(12.0) * height, rel=0.02)
    # 6 degrees at 1500 km: a cap of 157 km, which holds a handful of cells of 116 km
    assert 2 <= found.seen.sum() <= 9
    assert np.isinf(found.footprint_km[~found.seen]).all()


def test_the_best_of_several_looks_counts():
    directions = np.array([[-1.0, 0.0, 0.0]] * 2)
    places = np.array([[8000.0, 0.0, 0.0], [4000.0, 0.0, 0.0]])
    both = looks(directions, places, 12.0, CELLS, 75.0)
    near = looks(directions[1:], places[1:], 12.0, CELLS, 75.0)
    far = looks(directions[:1], places[:1], 12.0, CELLS, 75.0)
    np.testing.assert_array_equal(both.seen, near.seen | far.seen)
    np.testing.assert_array_equal(
        both.footprint_km, np.minimum(near.footprint_km, far.footprint_km)
    )


def test_looking_away_or_too_obliquely_sees_nothing():
    place = np.array([[4000.0, 0.0, 0.0]])
    assert not looks(np.array([[1.0, 0.0, 0.0]]), place, 12.0, CELLS, 75.0).seen.any()
    steep = looks(np.array([[-1.0, 0.0, 0.0]]), place, 60.0, CELLS, 75.0).seen
    gentle = looks(np.array([[-1.0, 0.0, 0.0]]), place, 60.0, CELLS, 30.0).seen
    assert gentle.sum() < steep.sum()
    assert not (gentle & ~steep).any()
