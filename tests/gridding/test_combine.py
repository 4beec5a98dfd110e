"""Means, their errors and chi squares, by hand and by simulated noise."""

import array_api_strict
import numpy as np
import pytest

from hotspots.backend import to_host
from hotspots.gridding.combine import mean_map
from hotspots.gridding.drizzle import DrizzleSums, drizzle
from hotspots.gridding.view_grid import view_grid
from tests.helpers.cameras import SHAPE, camera_above, stack_cameras


def hand_sums(place):
    """Two cells: samples 1 +- 1 and 3 +- 0.5 that cover it; nothing."""
    numbers = {
        "weighted": [1 * 1.0 + 4 * 3.0, 0.0],
        "weight": [5.0, 0.0],
        "weight_squared_overlap": [5.0, 0.0],
        "square": [1.0 + 4 * 9.0, 0.0],
        "coverage": [2.0, 0.0],
    }
    planes = {name: place(np.array([values])) for name, values in numbers.items()}
    return DrizzleSums(**planes, frames=place(np.array([[2, 0]], np.int32)))


@pytest.mark.parametrize("library", ["numpy", "strict"])
def test_two_samples_by_hand(library):
    device = array_api_strict.Device("device1")

    def place(array):
        return array_api_strict.asarray(array, device=device) if library == "strict" else array

    mean, sigma, chi2 = (to_host(plane) for plane in mean_map(hand_sums(place)))
    assert mean[0, 0] == pytest.approx(13 / 5)
    assert sigma[0, 0] == pytest.approx(1 / np.sqrt(5))
    # (1 - 2.6)^2 / 1 + (3 - 2.6)^2 / 0.25 over one degree of freedom
    assert chi2[0, 0] == pytest.approx(3.2)
    assert np.isnan([mean[0, 1], sigma[0, 1], chi2[0, 1]]).all()


@pytest.fixture(scope="module")
def noise():
    """Frames of pure noise of uneven sigma, drizzled with weights 1/sigma^2."""
    n = 6
    cameras = stack_cameras(
        [
            camera_above(5, 10, 9000.0, roll_deg=13 * i, shift_px=(2.3 * i, 1.1 * i))
            for i in range(n)
        ]
    )
    random = np.random.default_rng(8)
    sigma = random.uniform(0.5, 2.0, (n, *SHAPE)).astype(np.float32)
    values = (5.0 + sigma * random.normal(size=sigma.shape)).astype(np.float32)
    return drizzle(values, 1 / sigma**2, cameras, view_grid(cameras))


def test_sigma_is_the_scatter_of_the_mean(noise):
    mean, sigma, _ = mean_map(noise)
    full = noise.frames == 6
    assert full.sum() > 10000
    assert np.std((mean[full] - 5.0) / sigma[full]) == pytest.approx(1.0, abs=0.03)


def test_chi_square_of_noise_is_one(noise):
    chi2 = mean_map(noise)[2]
    assert np.mean(chi2[noise.frames == 6]) == pytest.approx(1.0, abs=0.02)
    assert np.isnan(chi2[noise.frames < 2]).all()


def test_chi_square_tells_frames_that_disagree():
    cameras = stack_cameras([camera_above(5, 10, 9000.0) for _ in range(3)])
    values = np.ones((3, *SHAPE), np.float32)
    values[1] = 11.0
    sums = drizzle(values, np.ones_like(values), cameras, view_grid(cameras))
    assert np.nanmedian(mean_map(sums)[2]) > 20
