"""What is assumed of a map before the data: that it resembles itself nearby.

The surface's deviation from a mean and a trend with latitude, both unknown, is a Gaussian
random field, the same everywhere.  Its covariance falls off exponentially (Matern class of
smoothness 1/2), which suits patches with edges.  On the sphere such a field is a set of
independent harmonics whose variances depend on the degree alone.  There are two of them:
local contrasts, whose reach is to be found, and contrasts between regions.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.harmonics import degrees

__all__ = ["MEAN_K", "REGION_KM", "harmonic_variances", "trend_variances"]

Float64 = NDArray[np.float64]

MEAN_K = 100.0
"""Mean about which temperatures are sought, K: Io's disc at centimetre waves is at 85..98 K
(de Pater et al. 1982, ApJ 261, 396)."""

REGION_KM = 1500.0
"""Reach of contrasts between regions, km: from one great plain to the next.  What a map says
about ground that was hardly seen hangs on them."""

MEAN_SIGMA_K = 100.0
TREND_SIGMA_K = 30.0
"""Priors of the mean and of the difference between equator and poles, K: no constraint."""


def harmonic_variances(sigma_k: float, correlation_km: float, highest: int) -> Float64:
    """Variance of the coefficients of each degree.

    Parameters
    ----------
    sigma_k : float
        Standard deviation of the field at a point, K.
    correlation_km : float
        Distance at which the correlation has fallen to 1/e, km.
    highest : int

    Returns
    -------
    array (highest + 1,) float64
        K2; the sum of (2 l + 1) / (4 pi) times these is ``sigma_k`` squared.
    """
    degree = np.arange(highest + 1)
    inverse = (IO_MEAN_RADIUS_KM / correlation_km) ** 2
    shape = (inverse + degree * (degree + 1.0)) ** -1.5
    power = np.sum((2 * degree + 1) * shape) / (4.0 * np.pi)
    return np.asarray(sigma_k**2 * shape / power)


def trend_variances(highest: int) -> Float64:
    """Additional variance of each harmonic from the unknown mean and trend; (p,) K2."""
    variance = np.zeros(len(degrees(highest)))
    variance[0] = 4.0 * np.pi * MEAN_SIGMA_K**2
    if highest >= 2:
        # P2 falls by 1.5 from pole to equator, and the harmonic is sqrt(5 / 4 pi) P2.
        variance[6] = 4.0 * np.pi / 5.0 * (TREND_SIGMA_K / 1.5) ** 2
    return variance
