r"""From a value and its error to intervals: a power is never below zero.

With a flat prior on powers from zero, the posterior of a power whose likelihood is Gaussian
is that Gaussian cut at zero; its quantiles are the ends of the intervals and its median is
the value.  Ten standard deviations from zero it is the Gaussian itself.  The power of a
source that is saturated in every frame follows from its wings, whose errors are factors: its
posterior is a Gaussian of the logarithm.
"""

import numpy as np
from scipy.special import log_ndtr, ndtri_exp

from hotspots.retrieval.measurement import Power

__all__ = ["posterior_power"]

LEVELS = (0.025, 0.158655, 0.5, 0.841345, 0.975)
"""Ends of the 95 % and 68 % intervals, and the median."""

LEAST_PART = 0.05
"""Least standard deviation of a logarithm."""


def posterior_power(value: float, sigma: float, *, saturated: bool) -> Power:
    """Power with its intervals.

    Parameters
    ----------
    value, sigma : float
        Mean and standard deviation of a Gaussian likelihood, GW/um; ``sigma`` above zero.
    saturated : bool
        The source is saturated in every frame.

    Returns
    -------
    Power
    """
    if saturated and value > 0:
        part = max(sigma / value, LEAST_PART)
        spread = np.sqrt(np.log1p(part**2))
        ends = value * np.exp(spread * np.array([-1.959964, -1.0, 0.0, 1.0, 1.959964]))
    else:
        # tail beyond zero, by logarithms: a power may be many deviations below zero
        tail = log_ndtr(value / sigma)
        above = np.log1p(-np.asarray(LEVELS))
        ends = value - sigma * ndtri_exp(tail + above)
        ends = np.maximum(ends, 0.0)
    lo95, lo, middle, hi, hi95 = (float(end) for end in ends)
    return Power(
        value=middle,
        sigma=0.5 * (hi - lo),
        lo=lo,
        hi=hi,
        lo95=lo95,
        hi95=hi95,
        saturated=saturated,
    )
