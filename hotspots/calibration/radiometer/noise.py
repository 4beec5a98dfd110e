"""Noise of single rows, from third differences: what no beam can do from row to row.

A beam 11 degrees wide passes in eight rows.  The third difference of what it sees is below
a tenth of the noise even over Io's edge at 100 K, so the scene need not be known.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.calibration.radiometer.smoothing import robust_spread

__all__ = ["noise_covariance", "row_noise", "third_differences"]

_WEIGHTS = np.array([-1.0, 3.0, -3.0, 1.0])
_AMPLIFICATION = float(np.sqrt(np.sum(_WEIGHTS**2)))


def third_differences(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Third differences along the rows, scaled to the noise of one row.

    Parameters
    ----------
    values : array (n, ...) float64
        NaN spoils the four differences that it is in.

    Returns
    -------
    array (n - 3, ...) float64
        Of standard deviation sigma where ``values`` has independent noise of sigma.
    """
    return np.diff(values, 3, axis=0) / _AMPLIFICATION


def row_noise(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard deviation of one row's noise in each column.

    Parameters
    ----------
    values : array (n, columns) float64
        NaN where missing, or where not to measure.

    Returns
    -------
    array (columns,) float64
        NaN where too few neighbouring cells are usable.
    """
    return np.array([robust_spread(column) for column in third_differences(values).T])


def noise_covariance(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Covariance of the noise of two series of the same scene.

    Parameters
    ----------
    one, other : array (n,) float64
        NaN where missing.

    Returns
    -------
    array (2, 2) float64
        From robust spreads of sum and difference (Gnanadesikan & Kettenring 1972,
        doi:10.2307/2528963); NaN if there are too few common rows.
    """
    a, b = third_differences(one), third_differences(other)
    variance = robust_spread(a) ** 2, robust_spread(b) ** 2
    product = (robust_spread(a + b) ** 2 - robust_spread(a - b) ** 2) / 4
    return np.array([[variance[0], product], [product, variance[1]]])
