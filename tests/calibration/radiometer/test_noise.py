import numpy as np
import pytest

from hotspots.calibration.radiometer.noise import noise_covariance, row_noise, third_differences
from tests.calibration.radiometer.made_rows import beam_scene


def test_parabolas_have_no_third_difference():
    x = np.arange(20.0)
    np.testing.assert_allclose(third_differences(3 + 2 * x - x**2), 0.0, atol=1e-12)


def test_noise_is_found_under_a_scene_with_edges():
    n = 20000
    noise = np.random.default_rng(3).standard_normal((n, 2)) * [0.15, 1.0]
    values = beam_scene(n)[:, None] + noise
    values[::500] = np.nan
    assert row_noise(values) == pytest.approx([0.15, 1.0], rel=0.06)


def test_nothing_to_measure_is_nan():
    assert np.isnan(row_noise(np.full((10, 1), np.nan))).all()


@pytest.mark.parametrize("correlation", [0.0, 0.6, -0.4])
def test_covariance_of_two_series_of_one_scene(correlation):
    n = 40000
    wanted = np.array([[1.0, 0.6 * correlation], [0.6 * correlation, 0.36]])
    noise = np.random.default_rng(4).multivariate_normal([0, 0], wanted, n)
    scene = beam_scene(n)
    found = noise_covariance(scene + noise[:, 0], scene + noise[:, 1])
    np.testing.assert_allclose(found, wanted, atol=0.05)
