r"""A prior that no width can be negative, as Gaussian pseudo-observations.

Most hot spots are smaller than a pixel and some fill a patera, so the variance of a source
has a mixture of two exponentials as its prior.  In a system of Gaussians it stands as the
Gaussian (the *site*) that turns what everything else says of the variance (the *cavity*)
into the mean and the variance of cavity times prior; found anew in every round, this is
expectation propagation (Minka 2001, arXiv:1301.2294).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, logsumexp

__all__ = ["SHARES_AND_MEANS", "WidthSites"]

Float64 = NDArray[np.float64]

SHARES_AND_MEANS = ((0.7, 4.0), (0.3, 60.0))
"""Parts of all sources, and the means of their variances, km2: an even disc of 8 km has
4 km2, about the emitting areas (10 to 100 km2) of the hot spots of Davies et al. 2024, and
one of 31 km has 60 km2, the floors of paterae (mean diameter 41 km, Radebaugh et al. 2001,
doi:10.1029/2000JE001406)."""

LOOSEST = 1e-3
"""Information that a cavity is given at least, of the square of the prior's smaller mean."""

PART = (1e-6, 1.0 - 1e-9)
"""Range of the variance that the prior leaves, over the cavity's: a site is never negative."""


class WidthSites:
    """Pseudo-observations of k widths; none at first.

    Parameters
    ----------
    count : int
    mixture : tuple of pairs of float
        Shares and means of the exponentials, km2.
    """

    def __init__(
        self, count: int, mixture: tuple[tuple[float, float], ...] = SHARES_AND_MEANS
    ) -> None:
        self.mixture = mixture
        self.information = np.zeros(count)
        self.pull = np.zeros(count)

    def update(self, value: Float64, variance: Float64) -> None:
        """Find the sites that go with a new solution.

        Parameters
        ----------
        value, variance : arrays (k,) float64
            Mean and variance of each width in the solution, sites included.
        """
        precision = 1.0 / np.maximum(variance, np.finfo(np.float64).tiny)
        least = LOOSEST / min(mean for _, mean in self.mixture) ** 2
        cavity = np.maximum(precision - self.information, least)
        centre = (value * precision - self.pull) / cavity
        mean, spread = _moments(centre, 1.0 / cavity, self.mixture)
        part = np.clip(spread * cavity, *PART)
        self.information = cavity / part - cavity
        self.pull = mean * cavity / part - centre * cavity


def _moments(
    centre: Float64, variance: Float64, mixture: tuple[tuple[float, float], ...]
) -> tuple[Float64, Float64]:
    """Mean and variance of Gaussians times a mixture of exponentials, from zero on."""
    weights, means, squares = [], [], []
    sigma = np.sqrt(variance)
    for share, mean in mixture:
        moved = centre - variance / mean  # a Gaussian times an exponential is a Gaussian
        tail = moved / sigma
        inside = log_ndtr(tail)
        weights.append(np.log(share / mean) - centre / mean + 0.5 * variance / mean**2 + inside)
        hazard = np.exp(-0.5 * tail**2 - 0.5 * np.log(2 * np.pi) - inside)
        means.append(moved + sigma * hazard)
        squares.append(variance * (1.0 - hazard * (hazard + tail)) + means[-1] ** 2)
    share_of = np.exp(weights - logsumexp(weights, axis=0))
    average = np.sum(share_of * means, axis=0)
    return average, np.sum(share_of * squares, axis=0) - average**2
