"""Column backgrounds: from dark samples, or from the neighbours where the disc fills them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.calibration.columns import column_background

SHAPE = (128, 432)
ALL = np.ones(SHAPE, bool)
SIGMA = np.full(SHAPE, 4e-3, np.float32)


def noisy(seed=0):
    return np.random.default_rng(seed).normal(0, 4e-3, SHAPE).astype(np.float32)


@given(seed=st.integers(0, 100), height=st.floats(-0.02, 0.02))
@settings(max_examples=10)
def test_odd_even_columns(seed, height):
    stripes = (height * (np.arange(432) % 2)).astype(np.float32)
    found = column_background(noisy(seed) + stripes, ALL, ALL, SIGMA)
    assert found.dtype == np.float32
    # median of 128 samples: 1.25 / sqrt(128) of the noise, five times that at most
    assert np.abs(found - stripes).max() < 5 * 1.2533 / np.sqrt(128) * 4e-3
    assert np.abs(np.mean(found - stripes)) < 1e-4


def test_reflection_below_a_source_but_not_the_source():
    values = noisy()
    values[:, 200:204] += 0.012
    values[50:60, 200:204] += 2.0
    found = column_background(values, ALL, ALL, SIGMA)
    assert found[200:204] == pytest.approx(0.012, abs=2e-3)
    assert np.abs(found[100:190]).max() < 2e-3


def test_sunlit_columns_are_compared_with_their_neighbours():
    lit = np.zeros(SHAPE, bool)
    lit[:, 100:300] = True
    stripes = 0.006 * (np.arange(432) % 2)
    values = (noisy() + stripes + np.where(lit, 0.02, 0.0)).astype(np.float32)
    found = column_background(values, ALL, ~lit, SIGMA)
    inside = found[120:280]
    # the mean of the disc is no background; what odd columns have more than even ones is
    assert abs(inside.mean()) < 5e-4
    assert inside[1::2].mean() - inside[::2].mean() == pytest.approx(0.006, abs=5e-4)
    assert found[20:80].mean() == pytest.approx(0.003, abs=3e-4)


def test_samples_that_may_not_be_looked_at():
    values = noisy()
    values[:, 50] += 0.01
    usable = ALL.copy()
    usable[:, 60:70] = False
    usable[20:, 50] = False
    values[20:, 50] = 99.0
    found = column_background(values, usable, ALL, SIGMA)
    np.testing.assert_array_equal(found[60:70], 0.0)
    assert found[50] == pytest.approx(0.01, abs=4e-3)


def test_nothing_to_look_at():
    np.testing.assert_array_equal(column_background(noisy(), ~ALL, ALL, SIGMA), 0.0)
    np.testing.assert_allclose(column_background(noisy(), ALL, ~ALL, SIGMA), 0.0, atol=3e-3)
