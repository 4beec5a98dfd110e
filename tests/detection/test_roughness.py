"""What sunlit ground may do by itself is no source."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import search_peaks
from hotspots.detection.roughness import ALBEDO_PATTERN, EDGE_PATTERN, ground_roughness
from tests.detection.scenes import NOISE, drawn, noise_of, scene_with

SHAPE = (120, 120)
CELL_KM = 20.0


def half_lit(brightness):
    scene = scene_with(drawn(SHAPE, [], []) + noise_of(SHAPE, 4))
    sunlight = np.zeros(SHAPE)
    sunlight[:, :60] = brightness
    return replace(scene, sunlight=sunlight)


def test_night_is_smooth():
    scene = scene_with(drawn(SHAPE, [], []))
    assert not ground_roughness(scene, CELL_KM).any()


def test_disc_and_terminator():
    rough = ground_roughness(half_lit(0.01), CELL_KM)
    assert rough[60, 20] == pytest.approx(ALBEDO_PATTERN * 0.01, rel=1e-6)
    assert rough[60, 110] == pytest.approx(0.0, abs=1e-9)
    at_edge = 0.5 * (rough[60, 59] + rough[60, 60])
    expected = (EDGE_PATTERN + 0.5 * ALBEDO_PATTERN) * 0.01
    assert at_edge == pytest.approx(expected, rel=0.02)


def test_a_bump_as_faint_as_the_ground_may_be_is_found_at_night_only():
    brightness = 400 * NOISE
    dark = half_lit(0.0)
    # peaks of 8 times the noise, a fiftieth of the sunlit ground
    flux = 8 * NOISE * 2 * np.pi * dark.width**2
    image = dark.image + drawn(SHAPE, [(20.5, 30.5)], [flux])
    bar = np.full(SHAPE, 5.0)
    for light, n_found in ((0.0, 1), (brightness, 0)):
        scene = replace(half_lit(light), image=image)
        rough = ground_roughness(scene, CELL_KM)
        found = search_peaks(scene, scene.usable, bar, rough, MatchedFilterSettings())
        assert len(found.fit.flux) == n_found
