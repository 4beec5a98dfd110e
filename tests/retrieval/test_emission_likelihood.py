"""Planes of powers against integrals done by hand."""

import numpy as np
import pytest

from hotspots.errors import RetrievalError
from hotspots.retrieval.emission_likelihood import BandPowers, power_plane
from tests.retrieval.emission_cases import band, lower_limit, missing

COLOURS = (-12.0, 1.0)


def plane(m_power, l_power, correlation=0.0):
    return power_plane(np, m_power, l_power, np.full(len(m_power.value), correlation), COLOURS)


@pytest.mark.parametrize("correlation", [0.0, 0.5, -0.8])
def test_weights_are_the_integral_of_a_gaussian(correlation):
    # of exp(-chi2 / 2) over both logarithms: 2 pi sigma_M sigma_L sqrt(1 - c^2) / (M L)
    found = plane(band([2.0], 0.01), band([1.0], 0.02), correlation).weight.sum()
    expected = 2 * np.pi * 0.01 * 0.02 * np.sqrt(1 - correlation**2)
    assert found == pytest.approx(expected, rel=2e-3)


def test_correlation_ties_the_powers():
    found = plane(band([2.0], 0.01), band([1.0], 0.02), 0.8)
    m = np.exp(found.log_m) / 2.0 - 1.0
    l = np.exp(found.log_l) - 1.0
    total = found.weight.sum()
    covariance = (found.weight * m * l).sum() / total
    assert covariance == pytest.approx(0.8 * 0.01 * 0.02, rel=0.02)


def test_ends_of_95_per_cent_set_the_tails():
    # 68 % ends one away, 95 % ends four away: the tail above falls off four times as slowly
    lopsided = BandPowers(*(np.array([x]) for x in (10.0, 9.0, 11.0, 8.04, 14.0)))
    found = plane(lopsided, band([1.0], 1e-3))
    at = found.log_l[0] == found.log_l[0][np.argmin(abs(found.log_l[0]))]
    power, weight = np.exp(found.log_m[0][at]), found.weight[0][at]
    likelihood = weight / weight.max()
    below = np.interp([8.04, 9.0], power, likelihood)
    above = np.interp([11.0, 14.0], power, likelihood)
    expected = np.exp(-0.5 * np.array([1.96**2, 1.0]))
    np.testing.assert_allclose(below, expected, rtol=0.15)
    np.testing.assert_allclose(above, expected[::-1], rtol=0.15)


def test_a_lower_limit_says_nothing_against_larger_powers():
    found = plane(lower_limit([2.0]), band([1.0], 1e-3))
    best = found.log_l[0] == found.log_l[0][np.argmax(found.weight[0])]
    power, weight = np.exp(found.log_m[0][best]), found.weight[0][best]
    assert np.ptp(weight[power >= 2.0]) == pytest.approx(0.0, abs=1e-12 * weight.max())
    assert power.max() == pytest.approx(2000.0)
    assert weight[power < 1.6].max(initial=0.0) < 1e-3 * weight.max()


@pytest.mark.parametrize("bands", [(band([2.0]), missing(1)), (missing(1), band([2.0]))])
def test_a_missing_band_is_bounded_by_the_colours_alone(bands):
    found = plane(*bands)
    colour = found.log_l - found.log_m
    assert colour.min() <= COLOURS[0] + 0.5
    assert colour.max() >= COLOURS[1] - 0.5
    assert np.isfinite(found.weight).all()


def test_less_than_nothing_allows_only_what_the_noise_hides():
    found = plane(band([1.0]), band([-0.3], sigma=0.1))
    heavy = found.weight[0] > 1e-3 * found.weight[0].max()
    assert np.exp(found.log_l[0][heavy]).max() < 0.15
    assert found.weight.sum() > 0


def test_arrays_of_one_shape_are_wanted():
    with pytest.raises(RetrievalError, match="one number a source"):
        BandPowers(np.ones(2), np.ones(2), np.ones(3), np.ones(2), np.ones(2))
