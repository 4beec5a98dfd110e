import numpy as np
import pytest

from hotspots.calibration.radiometer.saturation import saturated_counts

RISING = np.round(np.linspace(1000, 5000, 4000) + np.random.default_rng(5).normal(0, 8, 4000))


def test_noise_makes_no_plateau():
    assert not saturated_counts(RISING, 8.0).any()


@pytest.mark.parametrize("end", [4000.0, 4700.0])
def test_a_plateau_is_found_wherever_the_converter_ends(end):
    clipped = np.minimum(RISING, end)
    np.testing.assert_array_equal(saturated_counts(clipped, 8.0), end <= RISING)


def test_missing_counts_are_not_saturated():
    clipped = np.minimum(RISING, 4000.0)
    clipped[-10] = np.nan
    found = saturated_counts(clipped, 8.0)
    assert not found[-10]
    assert found[-1]
    assert not saturated_counts(np.full(5, np.nan), 8.0).any()
