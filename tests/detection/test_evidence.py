"""Planes of evidence: units of noise, both bands, and absence of one."""

import numpy as np
import pytest

from hotspots.backend import to_host
from hotspots.detection.candidates import find_candidates
from hotspots.detection.evidence import evidence_planes, evidence_scales
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.nets.inputs import PLANES, SCALES
from tests.detection.scenes import (
    FLUX_SIGMA,
    WIDTH,
    drawn,
    map_of,
    noise_of,
    on_strict_device,
)

SHAPE = (110, 100)
PLACE = (50.5, 60.5)
SETTINGS = MatchedFilterSettings()


def evidence_of(grid_map):
    candidates = find_candidates(grid_map, SETTINGS, 3.2)
    return candidates, evidence_planes(grid_map, candidates, SETTINGS.mesh_cells)


def map_with_source(snr=25.0, bands=("M", "L")):
    light = drawn(SHAPE, [PLACE], [snr * FLUX_SIGMA])
    return map_of({band: light + noise_of(SHAPE, 5 + k) for k, band in enumerate(bands)})


def test_a_source_shows_in_both_bands_in_units_of_noise():
    _, planes = evidence_of(map_with_source())
    at = int(PLACE[1]), int(PLACE[0])
    assert planes["m_snr"][at] == pytest.approx(25, abs=4)
    assert planes["l_snr"][at] == pytest.approx(25, abs=4)
    # the mark of the peak is as high as the peak and as narrow as a cell
    assert planes["m_peaks"][at] == pytest.approx(planes["m_snr"][at], rel=0.2)
    assert planes["m_peaks"][at[0], at[1] + 4] < 0.01
    # a Gaussian of this width has 1 / (2 pi s^2) of its flux in the central cell
    peak = 25 * 2 * np.sqrt(np.pi) * WIDTH / (2 * np.pi * WIDTH**2)
    assert planes["m_light"][at] == pytest.approx(peak, rel=0.25)
    assert abs(planes["m_left"][at]) < 4


def test_every_plane_is_one_that_a_network_knows():
    _, planes = evidence_of(map_with_source())
    assert set(planes) == set(PLANES)
    assert all(plane.shape == SHAPE for plane in planes.values())


def test_without_the_second_band_its_planes_are_left_out():
    _, planes = evidence_of(map_with_source(bands=("M",)))
    assert {name for name in PLANES if name not in planes} == {"l_signal", "l_snr", "l_frames"}


def test_scales_are_those_of_the_map():
    grid_map = map_with_source()
    candidates, _ = evidence_of(grid_map)
    scales = evidence_scales(grid_map, candidates.scene)
    assert set(scales) == set(SCALES)
    assert scales["spread_cells"] == pytest.approx(WIDTH)
    assert scales["spread_ratio"] == pytest.approx(1.0)
    assert scales["log_frames"] == pytest.approx(np.log(4))
    assert scales["sunlit"] == 0.0


def test_a_map_on_a_device_gives_the_same():
    grid_map = map_with_source()
    _, here = evidence_of(grid_map)
    _, there = evidence_of(on_strict_device(grid_map))
    for name, plane in here.items():
        np.testing.assert_array_equal(to_host(there[name]), plane)
