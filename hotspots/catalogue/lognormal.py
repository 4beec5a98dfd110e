r"""Powers that scatter from visit to visit, from measurements, lower limits and upper limits.

The logarithm of a volcano's power is normal with middle :math:`\mu` and scatter :math:`s`
from visit to visit.  A measurement with error :math:`e` has the likelihood
:math:`N(y; \mu, s^2 + e^2)`; a power of at least (at most) :math:`y`, where the limit itself
is soft by :math:`e`, has :math:`\Phi(\pm(\mu - y)/\sqrt{s^2 + e^2})`: data censored to the
right or left (Tobin 1958, doi:10.2307/1907382).  The posterior is worked out on a grid of
both, so that few and one-sided data give wide answers and not wrong ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr

__all__ = [
    "LogNormalPosterior",
    "PowerGrid",
    "PowerKind",
    "PowerObservation",
    "log_likelihood",
    "posterior",
]

Float64: TypeAlias = NDArray[np.float64]


class PowerKind(StrEnum):
    """What a visit says of a power."""

    MEASURED = "measured"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class PowerObservation:
    """One visit's word on a power.

    Parameters
    ----------
    kind : PowerKind
    log_power : float
        Natural logarithm of the power, or of the limit.
    sigma : float
        One standard deviation of that logarithm: the error of a measurement, the softness
        of a limit.
    """

    kind: PowerKind
    log_power: float
    sigma: float = 0.0


@dataclass(frozen=True)
class PowerGrid:
    """Points at which the posterior is worked out.

    Parameters
    ----------
    middle : array (m,) float64
        Natural logarithms of the median power, evenly spaced.
    scatter : array (k,) float64
        Standard deviations of the logarithm, above 0, evenly spaced in their logarithm.
    """

    middle: Float64
    scatter: Float64

    @classmethod
    def about(cls, log_powers: ArrayLike, *, margin: float = 6.0) -> "PowerGrid":
        """Grid that reaches ``margin`` beyond the given logarithms: a factor of 400."""
        low, high = float(np.min(log_powers)) - margin, float(np.max(log_powers)) + margin
        return cls(np.linspace(low, high, 301), np.geomspace(0.03, 3.0, 32))


@dataclass(frozen=True)
class LogNormalPosterior:
    """What is known of a volcano's power.

    Parameters
    ----------
    grid : PowerGrid
    weight : array (m, k) float64
        Probability of each point of the grid; sums to 1.
    """

    grid: PowerGrid
    weight: Float64

    def median_quantiles(self, levels: ArrayLike) -> Float64:
        """Quantiles of the median power, in the unit of the powers."""
        return np.asarray(np.exp(_quantiles(self.grid.middle, self.weight.sum(axis=1), levels)))

    def scatter_quantiles(self, levels: ArrayLike) -> Float64:
        """Quantiles of the standard deviation of the logarithm."""
        logs = _quantiles(np.log(self.grid.scatter), self.weight.sum(axis=0), levels)
        return np.asarray(np.exp(logs))

    def exceedance(self, log_power: float, sigma: float = 0.0) -> float:
        """Probability that the next measurement, with an error ``sigma``, is at least so high."""
        width = np.hypot(self.grid.scatter, sigma)
        above = ndtr((self.grid.middle[:, None] - log_power) / width)
        return float(np.sum(self.weight * above))


def log_likelihood(observations: Iterable[PowerObservation], grid: PowerGrid) -> Float64:
    """Logarithm of the likelihood of all observations at every point of a grid, (m, k)."""
    total = np.zeros((grid.middle.size, grid.scatter.size))
    for one in observations:
        width = np.hypot(grid.scatter, one.sigma)
        deviation = (grid.middle[:, None] - one.log_power) / width
        if one.kind is PowerKind.MEASURED:
            total += -0.5 * deviation**2 - np.log(width)
        else:
            total += log_ndtr(deviation if one.kind is PowerKind.AT_LEAST else -deviation)
    return total


def posterior(
    observations: Iterable[PowerObservation], grid: PowerGrid, log_prior: Float64
) -> LogNormalPosterior:
    """Posterior of middle and scatter.

    Parameters
    ----------
    observations : iterable of PowerObservation
    grid : PowerGrid
    log_prior : array (m, k) or one that broadcasts to it, float64
        Logarithm of the prior's density in the logarithms of both; any constant.

    Returns
    -------
    LogNormalPosterior
    """
    total = log_likelihood(observations, grid) + log_prior
    weight = np.exp(total - total.max())
    return LogNormalPosterior(grid, weight / weight.sum())


def _quantiles(points: Float64, weight: Float64, levels: ArrayLike) -> Float64:
    """Quantiles of evenly spaced points: each holds its weight evenly to its neighbours' middle."""
    step = points[1] - points[0]
    edges = np.append(points - step / 2, points[-1] + step / 2)
    cumulative = np.concatenate([[0.0], np.cumsum(weight)])
    return np.asarray(np.interp(np.asarray(levels, dtype=np.float64), cumulative, edges))
