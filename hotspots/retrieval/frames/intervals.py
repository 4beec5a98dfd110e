r"""From a value and its error to intervals: a power is never below zero.

With a flat prior on powers from zero, the posterior of a power whose likelihood is Gaussian
is that Gaussian cut at zero; its quantiles are the ends of the intervals and its median is
the value.  Ten standard deviations from zero it is the Gaussian itself.  The power of a
source that is saturated in every frame follows from its wings, whose errors are factors: its
posterior is a Gaussian of the logarithm.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri_exp

from hotspots.retrieval.measurement import Power

__all__ = ["posterior_power"]

LEVELS = (0.025, 0.158655, 0.5, 0.841345, 0.975)
"""Ends of the 95 % and 68 % intervals, and the median."""

LEAST_PART = 0.05
"""Least standard deviation of a logarithm."""

DOUBTFUL_PART = 0.4
"""The same where the wings are not those of a point: a lake of some pixels has them two
thirds as bright or as faint for its power."""

LEAST_SHARE = 0.95
"""A lower limit counts for so much: the calibration's error is in it."""

OPEN_SPREAD = 0.8
"""Standard deviation of a logarithm from which an interval has no upper end: wings that hold
a hundredth of the light do not tell the rest."""


def posterior_power(
    value: float, sigma: float, *, saturated: bool, least: float = 0.0, believed: bool = True
) -> Power:
    """Power with its intervals.

    Parameters
    ----------
    value, sigma : float
        Mean and standard deviation of a Gaussian likelihood, GW/um; ``sigma`` above zero.
    saturated : bool
        The source is saturated in every frame.
    least : float
        Power that a saturated source has at least: that of its samples as they are.
    believed : bool
        The wings of a saturated source look as those of a point do; if not, its interval
        has no upper end, and the lower one is a generous one.

    Returns
    -------
    Power
    """
    is_open = False
    if saturated and value > 0:
        part = max(sigma / value, LEAST_PART if believed else DOUBTFUL_PART)
        spread = np.sqrt(np.log1p(part**2))
        ends = value * np.exp(spread * np.array([-1.959964, -1.0, 0.0, 1.0, 1.959964]))
        floor = LEAST_SHARE * min(least, value)
        if floor > 0:
            # where the wings are not believed, the sum of the samples is all that is known
            ends = np.maximum(ends, floor) if believed else _from_floor(ends, floor)
        is_open = spread > OPEN_SPREAD or not believed
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
        hi=None if is_open else hi,
        lo95=lo95,
        hi95=None if is_open else hi95,
        saturated=saturated,
    )


def _from_floor(ends: NDArray[np.float64], floor: float) -> NDArray[np.float64]:
    """Ends with the outermost one at a lower limit, the next half way in the logarithm."""
    lowest = min(floor, float(ends[0]))
    lower = np.array([lowest, np.sqrt(lowest * ends[1])])
    return np.concatenate([lower, ends[2:]])
