"""Harmonics, prior and posterior against dense formulas."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import eval_legendre, sph_harm_y
from scipy.stats import multivariate_normal

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.cells import cell_area, cell_centres
from hotspots.gridding.radiometer.estimate import (
    Samples,
    best_candidate,
    estimate,
)
from hotspots.gridding.radiometer.harmonics import (
    degrees,
    gaussian_response,
    spherical_harmonics,
)
from hotspots.gridding.radiometer.prior import harmonic_variances, trend_variances
from hotspots.gridding.radiometer.resolution import sharpness

HIGHEST = 12


def test_harmonics_are_orthonormal():
    harmonics = spherical_harmonics(cell_centres(16), 8)
    np.testing.assert_allclose(harmonics.T @ harmonics * cell_area(16), np.eye(81), atol=6e-3)


@given(st.integers(0, 20), st.floats(0.01, 3.13), st.floats(-3.1, 3.1))
def test_harmonics_are_those_of_scipy(l, theta, phi):
    sine = np.sin(theta)
    direction = np.array([[sine * np.cos(phi), sine * np.sin(phi), np.cos(theta)]])
    ours = spherical_harmonics(direction, 20)[0]
    for m in range(l + 1):
        expected = sph_harm_y(l, m, theta, phi) * (-1) ** m * (np.sqrt(2) if m else 1)
        assert ours[l * l + l + m] == pytest.approx(expected.real, abs=1e-9)
        if m:
            assert ours[l * l + l - m] == pytest.approx(expected.imag, abs=1e-9)


def test_blur_of_a_pole_is_a_gaussian_of_that_width():
    width = 0.5
    theta = np.linspace(0, 1.0, 60)
    l = np.arange(61)
    response = gaussian_response(np.array([width]), 60)[0]
    kernel = eval_legendre(l, np.cos(theta)[:, None]) @ ((2 * l + 1) * response / (4 * np.pi))
    half = np.interp(-0.5 * kernel[0], -kernel, theta)
    assert 2 * half == pytest.approx(width, rel=0.02)


@given(st.floats(1.0, 60.0), st.sampled_from([300.0, 600.0, 1200.0]))
@settings(max_examples=20)
def test_prior_has_the_wanted_variance_and_reach(sigma, reach):
    variances = harmonic_variances(sigma, reach, 200)
    l = np.arange(201)
    angle = np.array([0.0, reach / IO_MEAN_RADIUS_KM])
    covariance = eval_legendre(l, np.cos(angle)[:, None]) @ ((2 * l + 1) * variances) / (4 * np.pi)
    assert covariance[0] == pytest.approx(sigma**2)
    assert covariance[1] / covariance[0] == pytest.approx(np.exp(-1), abs=0.08)


def made_samples(rng, n=60, sigma=0.3, contrast=20.0):
    """Rows that see blurred points of a surface drawn from the prior."""
    harmonics = spherical_harmonics(cell_centres(8), HIGHEST)
    blur = gaussian_response(np.array([0.4]), HIGHEST)[0][degrees(HIGHEST)]
    response = harmonics[rng.choice(768, n, replace=False)] * blur
    variances = harmonic_variances(contrast, 600.0, HIGHEST)[degrees(HIGHEST)]
    surface = rng.normal(size=len(variances)) * np.sqrt(variances)
    value = response @ surface + rng.normal(0, sigma, n)
    none = np.zeros((n, n))
    return Samples(value, response, sigma**2 * np.eye(n), none, none), surface, harmonics


def test_choice_has_the_evidence_of_the_dense_normal_distribution():
    samples, _, _ = made_samples(np.random.default_rng(0))
    best = best_candidate(samples)
    variances = best.variances(HIGHEST)[degrees(HIGHEST)] + trend_variances(HIGHEST)
    total = (samples.response * variances) @ samples.response.T + samples.noise
    expected = multivariate_normal(np.zeros(len(total)), total).logpdf(samples.value_k)
    assert best.log_evidence == pytest.approx(expected)


def test_evidence_tells_a_lively_surface_from_a_calm_one():
    rng = np.random.default_rng(1)
    lively = best_candidate(made_samples(rng, 200, contrast=50.0)[0])
    calm = best_candidate(made_samples(rng, 200, contrast=3.0)[0])
    assert np.hypot(lively.prior_sigma_k, lively.regional_sigma_k) > 20.0
    assert np.hypot(calm.prior_sigma_k, calm.regional_sigma_k) < 15.0


def test_posterior_is_regularised_least_squares():
    samples, _, harmonics = made_samples(np.random.default_rng(2))
    best = best_candidate(samples)
    found = estimate(samples, best, harmonics)
    # min |y - G x|^2 / s^2 + x' S^-1 x, stacked as one ordinary least-squares problem
    prior = np.sqrt(best.variances(HIGHEST)[degrees(HIGHEST)] + trend_variances(HIGHEST))
    rows = np.vstack([samples.response / 0.3, np.diag(1 / prior)])
    right = np.concatenate([samples.value_k / 0.3, np.zeros(len(prior))])
    solution = np.linalg.lstsq(rows, right, rcond=None)[0]
    np.testing.assert_allclose(found.value_k, harmonics @ solution, atol=1e-6)
    np.testing.assert_allclose(found.gain @ samples.value_k, found.value_k)


def test_stated_sigma_is_the_scatter_about_the_smoothed_truth():
    rng = np.random.default_rng(3)
    ratio = []
    for _ in range(8):
        samples, surface, harmonics = made_samples(rng, 150)
        best = best_candidate(samples)
        places = harmonics[::9]
        footprint = np.full(len(places), 0.4 * IO_MEAN_RADIUS_KM)
        wide = gaussian_response(footprint / IO_MEAN_RADIUS_KM, HIGHEST)[:, degrees(HIGHEST)]
        found = estimate(samples, best, places * wide)
        sharp = sharpness(found, samples.response, places, footprint)
        assert (sharp.width_km >= 0.5 * footprint).all()
        blur = gaussian_response(sharp.width_km / IO_MEAN_RADIUS_KM, HIGHEST)[:, degrees(HIGHEST)]
        ratio.append((found.value_k - (blur * places) @ surface) / sharp.sigma_k)
    inside = np.mean(np.abs(np.concatenate(ratio)) < 1)
    assert 0.55 < inside < 0.8
