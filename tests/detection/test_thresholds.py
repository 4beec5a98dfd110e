"""Thresholds: the formula, the trials that it promises, and where they are higher."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import search_peaks
from hotspots.detection.thresholds import LOWEST, threshold_for, threshold_map
from tests.detection.scenes import WIDTH, noise_of, scene_with


def test_worked_example():
    # 160,000 squared cells: 160,000 / (2 1.25^2) = 51,200; at u = 5 the formula gives
    # 51,200 5 exp(-12.5) / 15.75 = 0.0606 peaks
    diameter = np.sqrt(4 / np.pi) * 400.0
    peaks = 51200 * 5.0 * np.exp(-12.5) / (2 * np.pi) ** 1.5
    assert peaks == pytest.approx(0.0606, rel=1e-3)
    assert threshold_for(peaks, diameter, WIDTH**2) == pytest.approx(5.0)


@given(st.floats(1e-6, 1.0), st.floats(50.0, 5000.0), st.floats(0.5, 9.0))
def test_fewer_alarms_or_more_beams_need_a_higher_threshold(alarms, diameter, area):
    threshold = threshold_for(alarms, diameter, area)
    assert threshold >= LOWEST
    assert threshold_for(0.5 * alarms, diameter, area) >= threshold
    assert threshold_for(alarms, 2 * diameter, area) >= threshold


def test_never_below_the_lowest():
    assert threshold_for(1e6, 400.0, WIDTH**2) == LOWEST
    assert threshold_for(0.5, 1.0, WIDTH**2) == LOWEST


def test_false_alarms_in_noise_are_as_many_as_asked_for():
    side, maps, asked = 240, 10, 8.0
    settings = MatchedFilterSettings()
    # a square of this side has the area of a disc of this diameter
    threshold = threshold_for(asked, side * np.sqrt(4 / np.pi), WIDTH**2)
    assert threshold > LOWEST
    found = 0
    for seed in range(maps):
        scene = scene_with(noise_of((side, side), seed))
        bar = np.full((side, side), threshold)
        search = search_peaks(scene, scene.usable, bar, np.zeros_like(bar), settings)
        found += np.count_nonzero(search.fit.snr > threshold)
    # 80 are expected; noise is measured tile by tile, which lets a few more through
    assert 0.5 * asked * maps < found < 2.0 * asked * maps


def test_higher_in_sunlight_and_where_few_frames_looked():
    settings = MatchedFilterSettings(few_frames_factor=1.44, sunlit_factor=1.5)
    image = np.zeros((1, 4))
    scene = scene_with(image, sunlight=np.array([[0.0, 0.0, 0.0, 1.0]]))
    scene.frames[:] = [[1, 2, 3, 3]]
    np.testing.assert_allclose(threshold_map(scene, 5.0, settings), [[7.2, 6.0, 5.0, 7.5]])
