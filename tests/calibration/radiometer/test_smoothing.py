import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.calibration.radiometer.smoothing import robust_spread, smoothed
from hotspots.errors import CalibrationError

TIME = 7.5e8 + 0.12 * np.arange(2000)


def test_spread_is_that_of_normal_noise_and_ignores_strays():
    values = np.random.default_rng(0).normal(3.0, 2.0, 20000)
    values[:500] = 1e6
    values[500] = np.nan
    assert robust_spread(values) == pytest.approx(2.0, rel=0.05)
    assert np.isnan(robust_spread(np.array([np.nan])))


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_cubics_pass_unchanged(coefficients):
    x = (TIME - TIME[0]) / 100
    values = np.polyval(coefficients, x)
    np.testing.assert_allclose(smoothed(TIME, values, 15.0), values, atol=1e-7)


def test_strays_do_not_bend_the_curve():
    x = TIME - TIME[0]
    clean = 1000 + 0.1 * x
    values = clean + np.random.default_rng(1).normal(0, 0.1, len(x))
    values[::97] += 500
    assert np.abs(smoothed(TIME, values, 15.0) - clean).max() < 0.1


def test_fast_structure_is_averaged_away():
    values = np.where(np.arange(len(TIME)) % 2, 1.0, -1.0)
    assert np.abs(smoothed(TIME, values, 15.0)[20:-20]).max() < 0.1


def test_a_gap_in_time_and_missing_values_are_bridged():
    time = np.r_[TIME[:600], TIME[600:1200] + 900.0]
    values = 5.0 + 1e-3 * (time - time[0])
    known = values.copy()
    known[100:140] = np.nan
    np.testing.assert_allclose(smoothed(time, known, 15.0), values, atol=1e-6)


def test_three_values_are_too_few():
    with pytest.raises(CalibrationError, match="3 values"):
        smoothed(TIME[:5], np.array([1, 2, 3, np.nan, np.nan]), 15.0)
