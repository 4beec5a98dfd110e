"""From points to regions: rings, pairs, hits, patches."""

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import PeakSearch
from hotspots.detection.point_fit import PointFit
from hotspots.detection.regions import (
    PATCH_LAKE,
    POINT_LAKE,
    patch_region,
    point_regions,
    without_splinters,
)
from tests.detection.scenes import WIDTH, scene_with

SHAPE = (60, 60)
SETTINGS = MatchedFilterSettings()
CELL_KM = 4.0


def found(places, fluxes, glow):
    places = np.asarray(places, float)
    fluxes = np.asarray(fluxes, float)
    fit = PointFit(places, fluxes, np.ones(len(fluxes)), np.full(len(fluxes), 0.1))
    return PeakSearch(fit, np.zeros(SHAPE), np.full(SHAPE, float(glow)), np.zeros(SHAPE))


def regions_of(search, threshold=5.0, scene=None):
    scene = scene or scene_with(np.zeros(SHAPE))
    return point_regions(search, scene, np.full(SHAPE, threshold), CELL_KM, SETTINGS)


def test_no_peak_is_no_region():
    assert regions_of(found(np.zeros((0, 2)), [], 0.0)) == []


def test_lone_points_on_dark_ground_are_hot_spots():
    regions = regions_of(found([(10.5, 20.5), (40.5, 30.5)], [50.0, 9.0], glow=1.0))
    assert [(r.row, r.column, r.snr) for r in regions] == [(20.5, 10.5, 50.0), (30.5, 40.5, 9.0)]
    assert all(r.probability_lava_lake == POINT_LAKE for r in regions)
    assert all(r.probability_hotspot + r.probability_lava_lake == 1 for r in regions)


def test_points_of_a_ring_are_one_lava_lake_with_its_middle_inside():
    angle = np.arange(12) * np.pi / 6
    ring = np.stack([30 + 8 * np.cos(angle), 30 + 8 * np.sin(angle)], axis=-1)
    (lake,) = regions_of(found(ring, np.full(12, 40.0), glow=20.0))
    assert len(lake.components) == 12
    assert (lake.row, lake.column) == pytest.approx((30, 30))
    assert lake.probability_lava_lake > 0.95


def test_a_tight_pair_is_more_likely_a_hot_spot():
    pair = [(30.0, 30.0), (30.0 + WIDTH, 30.0)]
    (region,) = regions_of(found(pair, [40.0, 40.0], glow=30.0))
    assert len(region.components) == 2
    assert region.probability_lava_lake < 0.5


def test_a_region_needs_one_point_above_the_threshold():
    pair = [(30.0, 30.0), (33.0, 30.0)]
    assert len(regions_of(found(pair, [9.0, 4.5], glow=8.0))) == 1
    assert regions_of(found(pair, [4.9, 4.5], glow=8.0)) == []


def test_a_hit_in_one_of_two_frames_is_no_region():
    scene = scene_with(np.zeros(SHAPE), frames=2)
    scene.chi2[:] = 1 + 0.1 * 30.0**2
    search = found([(30.0, 30.0)], [30.0], glow=1.0)
    assert regions_of(search, scene=scene) == []
    scene.frames[:] = 5
    assert len(regions_of(search, scene=scene)) == 1


def test_a_patch_is_centred_on_its_light():
    image = np.zeros(SHAPE)
    cells = (np.array([10, 10, 10]), np.array([20, 21, 22]))
    image[cells] = [1.0, 2.0, 5.0]
    background = np.full(SHAPE, 1.0)
    region = patch_region(scene_with(image, noise=0.5), cells, background)
    assert region.column == pytest.approx((21.5 + 4 * 22.5) / 5)
    assert region.row == 10.5
    assert region.snr == pytest.approx(8.0)
    assert region.probability_lava_lake == PATCH_LAKE
    assert region.cells is cells


def test_a_patch_below_its_ground_is_centred_on_its_cells():
    cells = (np.array([10, 10]), np.array([20, 22]))
    region = patch_region(scene_with(np.zeros(SHAPE)), cells, np.ones(SHAPE))
    assert (region.row, region.column, region.snr) == (10.5, 21.5, 0.0)


def lone(row: float, column: float, snr: float) -> Region:
    """Unresolved region at a place."""
    return Region(row, column, snr, ((row, column),), 0.95, 0.05)


def test_faint_pieces_beside_an_outlined_lake_are_its_splinters() -> None:
    rows, columns = (index.ravel() for index in np.mgrid[20:30, 20:40])
    lake = lone(25.0, 30.0, 200.0)
    splinter = lone(33.5, 30.5, 15.0)
    bright_neighbour = lone(33.5, 25.5, 60.0)
    far = lone(50.5, 30.5, 15.0)
    pieces = [splinter, bright_neighbour, far]
    kept = without_splinters(pieces, [(rows, columns)], [lake], 8.0, (60, 60))
    assert kept == [bright_neighbour, far]
    assert without_splinters(pieces, [], [], 8.0, (60, 60)) == pieces
