"""Intervals of powers that cannot be negative."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import truncnorm

from hotspots.retrieval.frames.intervals import posterior_power


def test_far_from_zero_it_is_the_gaussian():
    power = posterior_power(20.0, 1.0, saturated=False)
    assert (power.value, power.sigma) == pytest.approx((20.0, 1.0), rel=1e-5)
    assert power.lo95 == pytest.approx(20.0 - 1.96, abs=1e-3)


@given(value=st.floats(-8.0, 8.0), sigma=st.floats(0.1, 3.0))
def test_quantiles_are_those_of_the_cut_gaussian(value, sigma):
    power = posterior_power(value, sigma, saturated=False)
    cut = truncnorm(-value / sigma, np.inf, loc=value, scale=sigma)
    found = [cut.cdf(x) for x in (power.lo95, power.lo, power.value, power.hi, power.hi95)]
    assert found == pytest.approx([0.025, 0.158655, 0.5, 0.841345, 0.975], abs=1e-6)
    assert power.lo95 >= 0


def test_a_power_far_below_zero_is_a_small_positive_one():
    power = posterior_power(-30.0, 1.0, saturated=False)
    assert 0 <= power.lo95 < power.hi95 < 0.2


def test_a_saturated_power_errs_by_factors():
    power = posterior_power(100.0, 50.0, saturated=True)
    assert power.saturated
    assert power.value == 100.0
    assert power.hi / 100.0 == pytest.approx(100.0 / power.lo)
    assert power.hi95 / 100.0 == pytest.approx((power.hi / 100.0) ** 1.959964)


def test_a_saturated_power_is_at_least_what_its_samples_sum_up_to():
    believed = posterior_power(100.0, 50.0, saturated=True, least=90.0)
    assert believed.lo95 == believed.lo == pytest.approx(0.95 * 90.0)


def test_wings_that_look_like_no_points_leave_the_interval_open_above():
    doubted = posterior_power(100.0, 5.0, saturated=True, least=20.0, believed=False)
    assert doubted.hi is None
    assert doubted.hi95 is None
    assert doubted.lo95 == pytest.approx(0.95 * 20.0)
    assert doubted.lo95 < doubted.lo < doubted.value
    unsure = posterior_power(100.0, 300.0, saturated=True)
    assert unsure.hi95 is None
