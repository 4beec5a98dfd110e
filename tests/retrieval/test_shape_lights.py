"""A map as the sum of its sources."""

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.retrieval.shape_lights import LEAST_JUDGES, lights_of, seen_spread, window_of
from tests.detection.scenes import FLUX_SIGMA, NOISE, SPREAD, drawn, noise_of, scene_with

SHAPE = (120, 130)
PLACES = np.array([(x, y) for x in (25.0, 50.5, 76.2, 101.0) for y in (22.0, 58.4, 95.0)])
REGIONS = [Region(y, x, 100.0, ((y, x),), 0.9, 0.1) for x, y in PLACES]


def crowd(widening: float) -> np.ndarray:
    light = np.full(len(PLACES), 300 * FLUX_SIGMA)
    return drawn(SHAPE, PLACES, light, widening**2 * SPREAD) + noise_of(SHAPE, 3)


def test_background_and_neighbours_are_taken_off():
    image = crowd(1.0) + 7 * NOISE
    lights = lights_of(scene_with(image), REGIONS)
    np.testing.assert_allclose(lights.flux, 300 * FLUX_SIGMA, rtol=0.03)
    first = np.array([10, 8])
    part = window_of(first, 25)
    rest = lights.image[part] - lights.neighbours(0, first, 25)
    alone = drawn(SHAPE, PLACES[:1], [300 * FLUX_SIGMA])[part]
    assert np.abs(rest - alone).max() < 6 * NOISE


@pytest.mark.parametrize("widening", [1.0, 1.5])
def test_the_median_source_tells_the_width(widening):
    lights = lights_of(scene_with(crowd(widening)), REGIONS)
    spread = seen_spread(lights, range(len(REGIONS)))
    np.testing.assert_allclose(spread, widening**2 * SPREAD, rtol=0.25)


def test_a_few_sources_are_not_asked():
    lights = lights_of(scene_with(crowd(1.5)), REGIONS)
    np.testing.assert_array_equal(seen_spread(lights, range(LEAST_JUDGES - 1)), SPREAD)


def test_windows_end_at_the_edge():
    lights = lights_of(scene_with(crowd(1.0)), REGIONS)
    assert lights.holds(np.array([0, 0]), 120)
    assert not lights.holds(np.array([0, 1]), 120)
    assert not lights.holds(np.array([-1, 0]), 20)
    assert not lights.holds(np.array([111, 0]), 20)
