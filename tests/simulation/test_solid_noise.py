"""Solid patterns: their moments, their scale, and that they repeat where they should."""

import array_api_strict
import numpy as np
import pytest

from hotspots.simulation.solid_noise import SolidNoise, draw_solid_noise


def test_same_generator_same_pattern():
    one, other = (draw_solid_noise(np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one.volume, other.volume)
    np.testing.assert_array_equal(one.axes, other.axes)
    assert not np.array_equal(one.volume, draw_solid_noise(np.random.default_rng(6)).volume)


def test_moments():
    noise = draw_solid_noise(np.random.default_rng(1), ((1.0, 1.0), (3.0, 2.0)))
    inside = noise.volume[:-1, :-1, :-1]
    assert inside.mean() == pytest.approx(0, abs=1e-5)
    assert inside.std() == pytest.approx(1, abs=1e-5)
    np.testing.assert_array_equal(noise.volume[0], noise.volume[-1])


@pytest.mark.parametrize("scale", [1.0, 2.0, 4.0])
def test_neighbours_are_alike_over_the_scale(scale):
    # White noise smoothed with sigma has the correlation exp(-d**2 / (4 sigma**2)).
    volume = draw_solid_noise(np.random.default_rng(2), ((scale, 1.0),)).volume[:-1, :-1, :-1]
    shift = round(2 * scale)
    correlation = float(np.mean(volume * np.roll(volume, shift, axis=1)))
    assert correlation == pytest.approx(np.exp(-1), abs=0.08)


def test_corners_and_middles_of_voxels_by_hand():
    volume = np.zeros((3, 3, 3), dtype=np.float32)
    volume[1, 0, 0] = 8.0
    volume[0, 1, 1] = 4.0
    noise = SolidNoise(volume, np.eye(3))
    points = 2.0 * np.array([[1, 0, 0], [0.5, 0, 0], [0, 1, 1], [0.5, 0.5, 0.5], [-1, 2, 4]])
    np.testing.assert_allclose(noise.sample(points, 2.0), [8, 4, 4, 1.5, 8])


def test_pattern_repeats_along_its_own_axes():
    noise = draw_solid_noise(np.random.default_rng(3))
    points = np.random.default_rng(4).uniform(-500, 500, (100, 3))
    there = noise.sample(points + 64 * 7.0 * noise.axes[1], 7.0)
    np.testing.assert_allclose(there, noise.sample(points, 7.0), atol=1e-5)
    assert np.abs(noise.sample(points + 31.0, 7.0) - there).max() > 0.5


def test_second_device_of_the_strict_namespace():
    place = array_api_strict.Device("device1")
    noise = draw_solid_noise(np.random.default_rng(3))
    points = np.random.default_rng(4).uniform(-50, 50, (40, 3))
    strict = noise.sample(array_api_strict.asarray(points, device=place), 3.0)
    back = np.from_dlpack(strict.to_device(array_api_strict.Device("CPU_DEVICE")))
    np.testing.assert_allclose(back, noise.sample(points, 3.0), atol=1e-6)
