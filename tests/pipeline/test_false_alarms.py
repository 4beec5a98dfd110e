"""Counting false alarms: noise gives as many as noise gives, wherever it is looked at."""

import numpy as np
import pytest

from hotspots.detection.thresholds import threshold_for
from hotspots.pipeline.false_alarms import false_alarms_of
from tests.pipeline.made_search import first_look, made_search


def test_noise_gives_the_alarms_that_its_threshold_costs():
    """Ten noise peaks a disc by the formula of a Gaussian random field."""
    probe, group = made_search(3.0)
    grid_map = first_look(probe, group).grid_map
    spread = np.asarray(grid_map.attributes["m_spread"]).reshape(2, 2)
    diameter = 2 * 1821.49 / grid_map.grid.cell_km
    snr = threshold_for(10.0, diameter, float(np.sqrt(np.linalg.det(spread))))
    search, group = made_search(snr)
    alarms = false_alarms_of([first_look(search, group)], search, np.random.default_rng(4))
    assert set(alarms) == {"sky", "sign", "shuffled"}
    for kind in alarms.values():
        assert kind["discs"] > 0.2
        assert kind["low95"] < 20
        assert kind["high95"] > 5
    assert sum(kind["reports"] for kind in alarms.values()) > 0


def test_a_strict_detector_gives_none_and_a_bound():
    search, group = made_search(9.0)
    alarms = false_alarms_of([first_look(search, group)], search, np.random.default_rng(4))
    for kind in alarms.values():
        assert kind["reports"] == 0
        assert kind["high95"] == pytest.approx(-np.log(0.025) / kind["discs"])


def test_few_frames_cannot_be_shuffled():
    search, group = made_search(9.0, frames=2)
    alarms = false_alarms_of([first_look(search, group)], search, np.random.default_rng(4))
    assert alarms["shuffled"]["per_disc"] is None
    assert alarms["sign"]["per_disc"] == 0.0
