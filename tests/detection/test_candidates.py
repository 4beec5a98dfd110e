"""Candidates: far below the bar when asked, at the bar otherwise."""

import numpy as np

from hotspots.detection.candidates import find_candidates
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from tests.detection.scenes import FLUX_SIGMA, drawn, map_of, noise_of

SHAPE = (120, 120)
SETTINGS = MatchedFilterSettings()


def test_a_low_bar_shows_noise_peaks_and_what_the_usual_bar_hides():
    faint = drawn(SHAPE, [(60.5, 60.5)], [4.5 * FLUX_SIGMA])
    grid_map = map_of({"M": faint + noise_of(SHAPE, 3)})
    usual = find_candidates(grid_map, SETTINGS)
    low = find_candidates(grid_map, SETTINGS, 3.0)
    near = np.hypot(*(low.found.fit.place - 60.5).T)
    assert near.min() < 1.5
    assert len(low.found.fit.place) > len(usual.found.fit.place)
    assert (low.bar == 3.0).all()
    assert usual.bar.min() > 4.5


def test_what_the_fit_leaves_holds_no_source():
    places = [(40.2, 60.7), (80.4, 50.1)]
    grid_map = map_of({"M": drawn(SHAPE, places, [90 * FLUX_SIGMA] * 2) + noise_of(SHAPE, 4)})
    found = find_candidates(grid_map, SETTINGS, 3.2).found
    for column, row in places:
        cell = int(row), int(column)
        assert found.snr[cell] > 60
        assert abs(found.left[cell]) < 6
