"""From probabilities and candidates to regions."""

import numpy as np
import pytest

from hotspots.detection.candidates import Candidates
from hotspots.detection.judged_regions import JudgedMap, judged_regions
from hotspots.detection.peak_search import PeakSearch
from hotspots.detection.point_fit import PointFit
from tests.detection.scenes import scene_with

SHAPE = (60, 70)


def candidates_at(places=(), fluxes=(), patches=(), glow=0.0):
    places = np.asarray(places, float).reshape(-1, 2)
    fluxes = np.asarray(fluxes, float)
    fit = PointFit(places, fluxes, np.ones(len(fluxes)), np.full(len(fluxes), 0.1))
    found = PeakSearch(fit, np.zeros(SHAPE), np.full(SHAPE, float(glow)), np.zeros(SHAPE))
    scene = scene_with(np.full(SHAPE, 1e-3))
    return Candidates(scene, tuple(patches), found, 5.0, np.full(SHAPE, 3.0))


def judged(hotspots=(), lakes=()):
    hotspot, lake = np.zeros(SHAPE), np.zeros(SHAPE)
    for row, column, probability in hotspots:
        hotspot[row, column] = probability
    for box, probability in lakes:
        lake[box] = probability
    return JudgedMap(hotspot, lake)


def regions_of(answer, candidates, least=0.5):
    return judged_regions(answer, candidates, least, near=3.0, glow=0.5)


def test_nothing_is_a_result():
    assert regions_of(judged(), candidates_at([(10.5, 20.5)], [9.0])) == []


def test_a_candidate_is_as_likely_as_its_cell():
    answer = judged([(20, 10, 0.8), (40, 30, 0.3)])
    (region,) = regions_of(answer, candidates_at([(10.4, 20.7), (30.5, 40.5)], [9.0, 50.0]))
    assert (region.column, region.row) == (10.4, 20.7)
    assert region.probability_hotspot == pytest.approx(0.8)
    assert region.probability_lava_lake == 0.0
    assert region.snr == 9.0


def test_candidates_on_one_lake_are_one_source_of_that_class():
    box = (slice(10, 31), slice(10, 31))
    ring = [(12.5, 12.5), (28.5, 12.5), (28.5, 28.5), (12.5, 28.5)]
    answer = judged(lakes=[(box, 0.9)])
    (region,) = regions_of(answer, candidates_at(ring, [40.0, 30.0, 40.0, 30.0]))
    assert len(region.components) == 4
    assert (region.row, region.column) == pytest.approx((20.5, 20.5))
    assert region.probability_lava_lake == pytest.approx(0.9)


def test_two_hot_spots_apart_stay_two():
    answer = judged([(20, 20, 0.9), (20, 26, 0.9)])
    assert len(regions_of(answer, candidates_at([(20.5, 20.5), (26.5, 20.5)], [20.0, 9.0]))) == 2


def test_a_broad_lake_without_a_candidate_is_the_networks_own():
    answer = judged(lakes=[((slice(20, 32), slice(30, 44)), 0.7)])
    (region,) = regions_of(answer, candidates_at([(10.5, 10.5)], [5.0]))
    assert (region.row, region.column) == pytest.approx((26.0, 37.0))
    assert region.probability_lava_lake == pytest.approx(0.7)
    assert region.cells is not None
    assert len(region.cells[0]) == 12 * 14


def test_a_narrow_rim_is_no_lake_with_or_without_a_candidate():
    answer = judged(lakes=[((slice(20, 22), slice(10, 60)), 0.9)])
    assert regions_of(answer, candidates_at([(30.5, 20.5)], [5.0])) == []


def test_a_burnt_out_core_with_a_shore_about_it_is_no_sliver():
    # the plateau of a saturated outburst: hot spot in the middle, lake one cell wide about it
    core = [(row, column, 0.9) for row in (19, 20, 21) for column in (19, 20, 21)]
    whole, inside = (slice(18, 23), slice(18, 23)), (slice(19, 22), slice(19, 22))
    answer = judged(core, lakes=[(whole, 0.8), (inside, 0.05)])
    (region,) = regions_of(answer, candidates_at([(18.5, 20.5), (22.5, 20.5)], [60.0, 55.0]))
    assert region.probability_hotspot + region.probability_lava_lake == pytest.approx(0.8)


def test_an_outlined_patch_is_judged_as_a_whole():
    rows, columns = np.nonzero(np.pad(np.ones((10, 10), bool), ((5, 45), (5, 55))))
    lake = judged(lakes=[((slice(5, 15), slice(5, 15)), 0.95)])
    (region,) = regions_of(lake, candidates_at(patches=[(rows, columns)]))
    assert region.cells is not None
    assert (region.row, region.column) == pytest.approx((10.0, 10.0))
    assert region.probability_lava_lake == pytest.approx(0.95)
    assert regions_of(judged(), candidates_at(patches=[(rows, columns)])) == []


def test_a_higher_bar_keeps_fewer():
    answer = judged([(20, 20, 0.6), (40, 40, 0.9)])
    candidates = candidates_at([(20.5, 20.5), (40.5, 40.5)], [9.0, 9.0])
    assert [len(regions_of(answer, candidates, p)) for p in (0.5, 0.8, 0.95)] == [2, 1, 0]


def test_both_probabilities_are_those_of_one_cell():
    answer = judged([(20, 20, 0.95)], lakes=[((slice(21, 26), slice(18, 23)), 0.6)])
    (region,) = regions_of(answer, candidates_at([(20.5, 20.5)], [9.0]))
    assert region.probability_hotspot == pytest.approx(0.95)
    assert region.probability_lava_lake == 0.0


def test_points_too_close_to_be_two_are_one_source():
    patch = [(20, column, 0.99) for column in range(19, 24)]
    pair = [(20.2, 20.5), (22.2, 20.5)]
    (region,) = regions_of(judged(patch), candidates_at(pair, [900.0, 300.0]))
    assert len(region.components) == 2
    assert region.column == pytest.approx(20.7)
    assert region.probability_lava_lake < 0.1
