"""Classes of cells: cores, margins, who wins where two overlap."""

import numpy as np
import pytest

from hotspots.gridding.locate import cell_surface
from hotspots.training.labels import KnownSource, label_map
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED, LAVA_LAKE
from tests.detection.scenes import view_grid_of

SHAPE = (60, 70)
GRID = view_grid_of(SHAPE, cell_km=4.0)
USABLE = np.ones(SHAPE, dtype=bool)
WIDTH = 1.25


def place_of(row, column):
    _, latitude, longitude = cell_surface(GRID)
    return float(latitude[row, column]), float(longitude[row, column])


def source(row, column, snr, kind=HOTSPOT, rim=()):
    latitude, longitude = place_of(row, column)
    return KnownSource(latitude, longitude, kind, snr, tuple(place_of(*v) for v in rim))


def test_an_empty_map_is_background():
    labels, objects = label_map(GRID, WIDTH, USABLE, [])
    assert (labels == BACKGROUND).all()
    assert len(objects) == 0


def test_a_point_has_a_core_and_a_margin():
    labels, objects = label_map(GRID, WIDTH, USABLE, [source(30, 40, 20.0)])
    assert labels[30, 40] == HOTSPOT
    assert np.count_nonzero(labels == HOTSPOT) == 5
    assert (labels[30, [38, 42]] == IGNORED).all()
    assert labels[30, 45] == BACKGROUND
    (one,) = objects
    assert (one["row"], one["column"]) == pytest.approx((30.5, 40.5), abs=1e-3)
    assert one["asked"]


@pytest.mark.parametrize(
    ("snr", "core", "count", "asked"),
    [(0.9, BACKGROUND, 0, False), (2.0, IGNORED, 1, False), (3.0, HOTSPOT, 1, True)],
)
def test_what_cannot_be_seen_does_not_teach(snr, core, count, asked):
    labels, objects = label_map(GRID, WIDTH, USABLE, [source(30, 40, snr)])
    assert labels[30, 40] == core
    assert len(objects) == count
    assert all(one["asked"] == asked for one in objects)


def test_the_stronger_of_two_neighbours_wins():
    lake = source(30, 40, 300.0, LAVA_LAKE, [(24, 34), (24, 46), (36, 46), (36, 34)])
    for order in ([lake, source(30, 40, 9.0)], [source(30, 40, 9.0), lake]):
        labels, _ = label_map(GRID, WIDTH, USABLE, order)
        assert labels[30, 40] == LAVA_LAKE
        assert np.count_nonzero(labels == LAVA_LAKE) == pytest.approx(12 * 12, abs=24)
        assert np.count_nonzero(labels == HOTSPOT) == 0


def test_a_close_pair_stays_two():
    labels, objects = label_map(GRID, WIDTH, USABLE, [source(30, 40, 50.0), source(30, 44, 9.0)])
    assert labels[30, 40] == labels[30, 44] == HOTSPOT
    assert labels[30, 42] == IGNORED
    assert len(objects) == 2


def test_unusable_cells_are_ignored_and_hold_no_object():
    usable = USABLE.copy()
    usable[:, 35:] = False
    labels, objects = label_map(GRID, WIDTH, usable, [source(30, 40, 50.0)])
    assert (labels[~usable] == IGNORED).all()
    assert len(objects) == 0


def test_the_far_side_is_not_painted():
    latitude, longitude = place_of(30, 40)
    behind = KnownSource(-latitude, longitude + 180.0, HOTSPOT, 99.0)
    labels, objects = label_map(GRID, WIDTH, USABLE, [behind])
    assert (labels == BACKGROUND).all()
    assert len(objects) == 0
