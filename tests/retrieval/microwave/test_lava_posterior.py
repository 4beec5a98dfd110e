"""Evidence and fraction of lava in one place against sums by brute force and drawn spectra."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from hotspots.retrieval.microwave.lava_posterior import (
    LavaPosterior,
    lava_posterior,
    log_likelihood_ratio,
)
from hotspots.retrieval.microwave.lava_spectrum import (
    AGE_CLASSES_YR,
    AGES_YR,
    CLASS_OF_AGE,
    lava_gain,
)

LAVA = 1350.0 * lava_gain(7.0)[None]
NOISE = np.diag([4.0, 3.0, 2.0, 1.5, 1.0, 1.0]) ** 2


def judged(spectrum: np.ndarray, covariance: np.ndarray = NOISE) -> LavaPosterior:
    inverse = np.linalg.inv(covariance)[None]
    return lava_posterior(spectrum[None], inverse, LAVA, 0.1, 1.0)


def test_lava_gain_falls_with_age_and_frequency() -> None:
    gain = lava_gain(6.5)
    assert gain.shape == (8, 6)
    assert np.all(np.diff(gain, axis=0) < 0)
    assert np.all(np.diff(gain, axis=1) < 0)
    assert np.all((gain > 0) & (gain < 1))


def test_ages_lie_in_their_classes() -> None:
    for age, index in zip(AGES_YR, CLASS_OF_AGE, strict=True):
        low, high = AGE_CLASSES_YR[index]
        assert low < age < high


@given(
    st.lists(st.floats(-40, 60), min_size=6, max_size=6),
    st.floats(0.02, 0.5),
    st.floats(0.3, 5.0),
)
@settings(max_examples=25, deadline=None)
def test_closed_form_is_the_integral(
    residual: list[float], mean_fraction: float, noise: float
) -> None:
    data, inverse = np.array(residual), np.linalg.inv(NOISE) / noise**2
    found = log_likelihood_ratio(data[None], inverse[None], LAVA, mean_fraction)[0]
    peak = max(
        float(lava @ inverse @ data * f - 0.5 * f * f * (lava @ inverse @ lava))
        for lava in LAVA[0]
        for f in np.linspace(0, 1, 401)
    )

    def density(fraction: float) -> float:
        prior = np.exp(-fraction / mean_fraction) / (
            mean_fraction * -np.expm1(-1.0 / mean_fraction)
        )
        exponent = [
            lava @ inverse @ data * fraction - 0.5 * fraction**2 * (lava @ inverse @ lava) - peak
            for lava in LAVA[0]
        ]
        return float(prior * np.mean(np.exp(exponent)))

    grid = list(np.linspace(0, 1, 60)[1:-1])
    total = quad(density, 0, 1, points=grid, limit=400)[0]
    assert found == pytest.approx(np.log(total) + peak, abs=2e-3)


def test_a_spectrum_of_lava_is_lava_of_its_age_and_fraction() -> None:
    for index in (1, 4):
        found = judged(0.2 * LAVA[0, index])
        assert found.probability[0] > 0.99
        assert found.log10_evidence[0] > 2
        assert abs(found.fraction[0] - 0.2) < 2 * found.sigma[0]
        own = CLASS_OF_AGE[index]
        assert found.age_probability[0].argmax() in (own - 1, own, own + 1)
        np.testing.assert_allclose(found.excess_k[0], 0.2 * LAVA[0, index], rtol=0.15, atol=1.0)


def test_a_warmer_emissivity_is_no_lava() -> None:
    flat = 100.0 * np.ones(6)
    covariance = NOISE + 0.04**2 * np.outer(flat, flat)
    found = judged(0.06 * flat, covariance)
    assert found.log10_evidence[0] < 0
    assert found.probability[0] < 0.5
    assert found.fraction[0] < 0.03


def test_nothing_is_learnt_from_nothing() -> None:
    found = judged(np.full(6, 5.0), 1e8 * np.eye(6))
    assert found.log10_evidence[0] == pytest.approx(0.0, abs=1e-4)
    assert found.probability[0] == pytest.approx(0.5, abs=1e-4)
    # Half of an exponential of mean 0.1; a spread as wide as that.
    assert found.fraction[0] == pytest.approx(0.05, rel=0.02)
    assert found.sigma[0] == pytest.approx(np.sqrt(0.5 * 0.02 - 0.05**2), rel=0.05)


def test_an_unknown_reach_of_the_waves_widens_the_fraction() -> None:
    inverse = np.linalg.inv(NOISE)[None]
    data = (0.2 * LAVA[0, 2])[None]
    sharp = lava_posterior(data, inverse, LAVA, 0.1, 1.0)
    wide = lava_posterior(data, inverse, LAVA, 0.1, 1.0, scale_error=0.3)
    assert wide.fraction == pytest.approx(sharp.fraction)
    assert wide.sigma[0] ** 2 == pytest.approx(
        sharp.sigma[0] ** 2 + 0.09 * (sharp.sigma[0] ** 2 + sharp.fraction[0] ** 2), rel=1e-3
    )


def test_no_places_are_a_posterior_of_none() -> None:
    none = LavaPosterior.joined([])
    assert none.fraction.shape == (0,)
    assert none.age_probability.shape == (0, 4)
    assert none.excess_k.shape == (0, 6)
