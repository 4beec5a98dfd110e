"""Exponential priors as Gaussian sites."""

import numpy as np
import pytest
from scipy.integrate import quad

from hotspots.retrieval.frames.widths import WidthSites

MIXTURE = ((0.7, 2.0), (0.3, 20.0))


@pytest.mark.parametrize(("seen", "sigma"), [(3.0, 1.0), (0.2, 1.0), (-2.0, 1.5), (40.0, 2.0)])
def test_the_site_gives_mean_and_variance_of_the_product(seen, sigma):
    def product(width):
        prior = sum(share / mean * np.exp(-width / mean) for share, mean in MIXTURE)
        return np.exp(-0.5 * ((width - seen) / sigma) ** 2) * prior

    top = max(seen, 0.0) + 15 * sigma
    area = quad(product, 0, top)[0]
    wanted = quad(lambda w: w * product(w), 0, top)[0] / area
    variance = quad(lambda w: (w - wanted) ** 2 * product(w), 0, top)[0] / area
    sites = WidthSites(1, MIXTURE)
    sites.update(np.array([seen]), np.array([sigma**2]))
    information = 1 / sigma**2 + sites.information[0]
    assert 1 / information == pytest.approx(variance, rel=1e-3)
    assert (seen / sigma**2 + sites.pull[0]) / information == pytest.approx(wanted, rel=1e-3)


def test_a_second_round_from_its_own_solution_changes_nothing():
    sites = WidthSites(1)
    sites.update(np.array([1.0]), np.array([4.0]))
    before = sites.information.copy(), sites.pull.copy()
    information = 1 / 4.0 + sites.information
    sites.update((1.0 / 4.0 + sites.pull) / information, 1 / information)
    assert sites.information == pytest.approx(before[0])
    assert sites.pull == pytest.approx(before[1])
