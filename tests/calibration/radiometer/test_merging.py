import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.calibration.radiometer.merging import least_noise_weights, merge_gains
from tests.calibration.radiometer.made_rows import beam_scene

N = 8000


def two_gains(seed=6, offset=0.0):
    noise = np.random.default_rng(seed).standard_normal((2, N))
    scene = beam_scene(N)
    return scene, scene + offset + noise[0], scene + 0.6 * noise[1]


def test_independent_noise_has_inverse_variance_weights():
    np.testing.assert_allclose(least_noise_weights(np.array([[1.0, 0.0], [0.0, 0.25]])), [0.2, 0.8])


def test_noise_common_to_both_gives_the_low_gain_nothing():
    np.testing.assert_allclose(least_noise_weights(np.array([[1.0, 0.3], [0.3, 0.25]])), [0.0, 1.0])


def test_unknown_covariance_trusts_the_high_gain():
    np.testing.assert_array_equal(least_noise_weights(np.full((2, 2), np.nan)), [0.0, 1.0])


@given(st.floats(0.1, 3), st.floats(0.1, 3), st.floats(-0.95, 0.95))
def test_no_other_weights_have_less_variance(one, other, correlation):
    product = one * other * correlation
    covariance = np.array([[one**2, product], [product, other**2]])
    weights = least_noise_weights(covariance)
    least = weights @ covariance @ weights
    for first in np.linspace(0, 1, 41):
        tried = np.array([first, 1 - first])
        assert tried @ covariance @ tried >= least - 1e-9


def test_merged_noise_is_less_than_that_of_either():
    scene, low, high = two_gains()
    merged = merge_gains(low, high)
    assert np.std(merged.antenna_k - scene) == pytest.approx(1 / np.hypot(1, 1 / 0.6), rel=0.05)
    assert np.median(merged.sigma_k) == pytest.approx(np.std(merged.antenna_k - scene), rel=0.05)


def test_where_the_high_gain_is_saturated_the_low_one_steps_in_on_its_zero():
    scene, low, high = two_gains(offset=3.0)
    high[scene > 80] = np.nan
    merged = merge_gains(low, high)
    bright = scene > 80
    assert merged.offset_k == pytest.approx(3.0, abs=0.1)
    assert np.mean(merged.antenna_k[bright] - scene[bright]) == pytest.approx(0.0, abs=0.1)
    assert np.median(merged.sigma_k[bright]) == pytest.approx(1.0, rel=0.1)


def test_cells_without_either_stay_empty():
    _, low, high = two_gains()
    low[5] = high[5] = high[6] = np.nan
    merged = merge_gains(low, high)
    assert np.isnan([merged.antenna_k[5], merged.sigma_k[5]]).all()
    assert np.isfinite(merged.antenna_k[6])


def test_one_gain_alone():
    _, low, high = two_gains()
    merged = merge_gains(np.full(N, np.nan), high)
    np.testing.assert_array_equal(merged.antenna_k, high)
    assert np.median(merged.sigma_k) == pytest.approx(0.6, rel=0.05)
    merged = merge_gains(low, np.full(N, np.nan))
    np.testing.assert_array_equal(merged.antenna_k, low)
    assert np.median(merged.sigma_k) == pytest.approx(1.0, rel=0.05)
