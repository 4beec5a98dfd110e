r"""A prior that no width can be negative, as Gaussian pseudo-observations.

Most hot spots are smaller than a pixel, so the variance of a source has an exponential
prior: it is at least zero and rarely large.  In a system of Gaussians it stands as the
Gaussian (the *site*) that turns what everything else says of the variance (the *cavity*)
into the mean and the variance of cavity times exponential; found anew in every round, this
is expectation propagation (Minka 2001, arXiv:1301.2294).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

__all__ = ["WidthSites"]

Float64 = NDArray[np.float64]

LOOSEST = 1e-3
"""Information that a cavity is given at least, of the square of the prior's mean."""


class WidthSites:
    """Pseudo-observations of k widths; none at first.

    Parameters
    ----------
    mean : array (k,) float64
        Means of the exponential priors, above zero.
    """

    def __init__(self, mean: Float64) -> None:
        self.mean = mean
        self.information = np.zeros(len(mean))
        self.pull = np.zeros(len(mean))

    def update(self, value: Float64, variance: Float64) -> None:
        """Find the sites that go with a new solution.

        Parameters
        ----------
        value, variance : arrays (k,) float64
            Mean and variance of each width in the solution, sites included.
        """
        precision = 1.0 / np.maximum(variance, np.finfo(np.float64).tiny)
        cavity = np.maximum(precision - self.information, LOOSEST / self.mean**2)
        centre = (value * precision - self.pull) / cavity
        spread = 1.0 / cavity
        moved = centre - spread / self.mean  # a Gaussian times an exponential
        tail = moved / np.sqrt(spread)
        hazard = np.exp(-0.5 * tail**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(tail))
        mean = moved + np.sqrt(spread) * hazard
        part = np.clip(1.0 - hazard * (hazard + tail), 1e-6, 1.0 - 1e-9)
        self.information = cavity / part - cavity
        self.pull = mean * cavity / part - centre * cavity
