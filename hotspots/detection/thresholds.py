"""Thresholds as what they cost: expected false alarms per disc of Io."""

import math

from scipy.stats import norm

__all__ = ["threshold_for"]


def threshold_for(false_alarms: float, disc_diameter: float, spread_area: float) -> float:
    """Signal over noise that chance exceeds so many times per disc.

    Parameters
    ----------
    false_alarms : float
        Expected number of noise peaks above the threshold on one whole disc.
    disc_diameter : float
        Diameter of Io on the map, cells.
    spread_area : float
        sqrt(det) of the covariance of the point spread function, squared cells.

    Returns
    -------
    float
        Gaussian quantile for as many independent trials as matched-filter beams
        (4 pi sqrt(det), the area of the squared kernel's autocorrelation) fit on the
        disc; at least 3.
    """
    trials = max(math.pi / 4 * disc_diameter**2 / (4 * math.pi * spread_area), 1.0)
    return max(3.0, float(norm.isf(min(false_alarms / trials, 0.5))))
