"""Point spread functions and their prior."""

import numpy as np
import pytest

from hotspots.errors import RetrievalError
from hotspots.retrieval.frames.optics import BandOptics, OpticsPrior


def test_optics_and_their_parameters_are_the_same():
    optics = BandOptics(0.7, 1.1, 0.02, 3.0)
    again = BandOptics.of_vector(optics.vector)
    assert again.vector == pytest.approx(optics.vector)
    assert np.prod(optics.core_variance_px2) == pytest.approx(0.7**4)
    assert optics.core_variance_px2[0] / optics.core_variance_px2[1] == pytest.approx(1.21)


@pytest.mark.parametrize("wrong", [(0.0, 1.0, 0.0, 3.0), (0.6, 1.0, 1.0, 3.0), (0.6, 1.0, 0.0, -1)])
def test_impossible_optics_are_refused(wrong):
    with pytest.raises(RetrievalError, match="wanted widths"):
        BandOptics(*wrong)


def test_steps_too_far_end_at_what_is_possible():
    limited = BandOptics.limited(np.array([5.0, 0.0, -1.0, 9.0]))
    assert BandOptics.of_vector(limited).wing_fraction == 0.0
    assert BandOptics.of_vector(limited).core_sigma_px == pytest.approx(1.6)


def test_cores_of_the_bands_are_alike():
    prior = OpticsPrior()
    covariance = np.linalg.inv(prior.information(2))
    difference = covariance[0, 0] + covariance[4, 4] - 2 * covariance[0, 4]
    assert np.sqrt(difference) == pytest.approx(prior.band_ratio_sigma)
    assert np.sqrt(covariance[4, 4]) == pytest.approx(prior.sigma[0])
    assert covariance[1, 5] == 0.0
