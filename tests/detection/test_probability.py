"""Probability planes."""

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.detection.probability import probability_planes
from tests.detection.scenes import scene_with

SHAPE = (30, 40)


def region(row, column, lake, cells=None):
    return Region(row, column, 20.0, ((row, column),), 1 - lake, lake, cells)


def test_odds_are_even_at_the_threshold_and_shared_between_the_kinds():
    usable = np.ones(SHAPE, bool)
    usable[0, 0] = False
    snr = np.full(SHAPE, 5.0)
    snr[20, 30] = 50.0
    patch = (np.array([5, 5]), np.array([8, 9]))
    regions = (region(20.5, 30.5, 0.2), region(5.5, 9.0, 0.97, patch))
    hotspot, lake = probability_planes(
        scene_with(np.zeros(SHAPE), usable=usable), snr, 5.0, regions
    )
    assert np.isnan(hotspot[0, 0])
    assert np.isnan(lake[0, 0])
    assert (hotspot[10, 10], lake[10, 10]) == (0.5, 0.0)
    assert (hotspot[20, 30], lake[20, 30]) == pytest.approx((0.8, 0.2))
    assert (hotspot[5, 8], lake[5, 8]) == pytest.approx((0.03, 0.97))  # outlined: certain
    total = (hotspot + lake)[usable]
    assert ((total >= 0) & (total <= 1)).all()


def test_regions_at_the_rim_stay_on_the_map():
    _, lake = probability_planes(
        scene_with(np.zeros(SHAPE)), np.full(SHAPE, 50.0), 5.0, (region(0.2, 39.9, 0.9),)
    )
    assert lake[0, -1] == pytest.approx(0.9)
    assert lake[-1, 0] == 0.0
