"""The completeness curve: back from trials of a known one, and held by its priors."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from hotspots.retrieval.limits.curve import CurvePriors, fit_curve

WEAK = CurvePriors(mean=np.array([1.5, 0.0]), sigma=np.array([5.0, 5.0]), log_width_sigma=2.0)


def trials(count, seed, *, slope=0.4, width=0.15, loss=0.03):
    middle = math.log(5.0)
    random = np.random.default_rng(seed)
    log_snr = random.uniform(math.log(1.5), math.log(30), count)
    lit = (random.random(count) < 0.5).astype(float)
    chance = (1 - loss) * expit((log_snr - middle - slope * lit) / width)
    return log_snr, np.column_stack([np.ones(count), lit]), random.random(count) < chance


def test_a_known_curve_comes_back():
    curve = fit_curve(*trials(20_000, 1), WEAK)
    assert curve.coefficients == pytest.approx([math.log(5.0), 0.4], abs=0.02)
    assert curve.width == pytest.approx(0.15, rel=0.06)
    assert curve.loss == pytest.approx(0.03, abs=0.006)


def test_errors_are_those_of_repeated_fits():
    fits = [fit_curve(*trials(300, seed), WEAK) for seed in range(60)]
    off = np.array([fit.coefficients[0] - math.log(5.0) for fit in fits])
    stated = np.array([fit.covariance[0, 0] ** 0.5 for fit in fits])
    assert 0.7 < np.std(off / stated) < 1.3


def test_without_trials_the_priors_stand():
    curve = fit_curve(np.zeros(0), np.zeros((0, 2)), np.zeros(0, bool), WEAK)
    assert curve.coefficients.tolist() == [1.5, 0.0]
    assert curve.covariance[0, 0] == pytest.approx(25.0)
    assert curve.log_width == WEAK.log_width


def test_few_trials_of_a_patch_leave_it_with_the_map():
    log_snr, design, found = trials(2000, 3, slope=0.0)
    design[:, 1] = 0.0
    # three misses of bright sources in one patch
    log_snr[:3], design[:3, 1], found[:3] = math.log(8.0), 1.0, False
    held = CurvePriors(mean=np.array([1.5, 0.0]), sigma=np.array([5.0, 0.15]))
    free = CurvePriors(mean=np.array([1.5, 0.0]), sigma=np.array([5.0, 5.0]))
    assert 0.0 < fit_curve(log_snr, design, found, held).coefficients[1] < 0.35
    assert fit_curve(log_snr, design, found, free).coefficients[1] > 0.45


def test_the_fit_is_the_mode_of_the_posterior():
    """Independent minimisation of the same posterior, by a method without derivatives."""
    log_snr, design, found = trials(400, 7)
    curve = fit_curve(log_snr, design, found, WEAK)

    def cost(theta):
        chance = (1 - expit(theta[3])) * expit((log_snr - design @ theta[:2]) / np.exp(theta[2]))
        chance = np.clip(chance, 1e-6, 1 - 1e-6)
        prior = np.sum(((theta[:2] - WEAK.mean) / WEAK.sigma) ** 2)
        prior += ((theta[2] - WEAK.log_width) / WEAK.log_width_sigma) ** 2
        prior += ((theta[3] - WEAK.loss_logit) / WEAK.loss_logit_sigma) ** 2
        return 0.5 * prior - np.log(np.where(found, chance, 1 - chance)).sum()

    start = np.array([*curve.coefficients, curve.log_width, curve.loss_logit])
    better = minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
    np.testing.assert_allclose(start, better.x, atol=2e-4)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 60))
def test_any_outcome_gives_a_curve_that_rises(seed, count):
    random = np.random.default_rng(seed)
    log_snr = random.uniform(-1, 4, count)
    design = np.column_stack([np.ones(count), random.random(count)])
    curve = fit_curve(log_snr, design, random.random(count) < random.random(), WEAK)
    assert 0 < curve.loss < 1
    assert curve.width > 0
    assert (np.linalg.eigvalsh(curve.covariance) > 0).all()
    chance = curve.probability(np.linspace(-3, 6, 50), np.array(curve.coefficients[0]))
    assert (np.diff(chance) >= 0).all()
    assert curve.middle_sigma(design).min() > 0
