"""Lower limits in the normal equations: against the likelihood itself."""

import numpy as np
import pytest
from scipy.stats import norm

from hotspots.retrieval.frames.censoring import newton_terms, robust_weight

NOT = np.array([False])
YES = np.array([True])


@pytest.mark.parametrize("model", [-30.0, -2.0, 0.0, 1.5, 6.0])
def test_a_lower_limit_pulls_as_its_likelihood_does(model):
    value, sigma, step = 0.0, 1.3, 1e-4

    def log_likelihood(at):
        return norm.logcdf((at - value) / sigma)

    slope = (log_likelihood(model + step) - log_likelihood(model - step)) / (2 * step)
    bend = (
        log_likelihood(model + step) - 2 * log_likelihood(model) + log_likelihood(model - step)
    ) / step**2
    misfit, weight = newton_terms(np.array([value - model]), np.array([sigma]), YES, NOT)
    assert (misfit * weight)[0] == pytest.approx(slope, rel=1e-4, abs=1e-6)
    assert weight[0] == pytest.approx(-bend, rel=1e-2, abs=1e-5)


def test_a_number_keeps_its_misfit_and_loses_weight_if_far_off():
    misfit, weight = newton_terms(np.array([8.0]), np.array([2.0]), NOT, NOT)
    assert misfit[0] == 8.0
    assert weight[0] == pytest.approx(0.5 / 4.0)
    _, trusted = newton_terms(np.array([8.0]), np.array([2.0]), NOT, YES)
    assert trusted[0] == pytest.approx(1 / 4.0)
    assert robust_weight(np.array([0.0]))[0] == 1.0


def test_a_limit_far_exceeded_says_nothing():
    misfit, weight = newton_terms(np.array([-50.0]), np.array([1.0]), YES, NOT)
    assert np.isfinite(misfit).all()
    assert weight[0] == pytest.approx(0.0, abs=1e-12)
