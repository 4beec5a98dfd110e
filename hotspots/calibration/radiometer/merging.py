"""Two gains of one channel made one temperature: the weights that leave least noise.

Both receivers look through one antenna, so their noise may be correlated; the weights
come from the covariance measured on the data.  Where one gain is saturated or missing the
other stands alone, on the zero of the high gain.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.calibration.radiometer.noise import noise_covariance

__all__ = ["MergedGains", "least_noise_weights", "merge_gains"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class MergedGains:
    """One temperature of two.

    Parameters
    ----------
    antenna_k, sigma_k : array (n,) float64
        Temperature and noise of a row, K; NaN where neither gain has one.
    weights : array (2,) float64
        Of low and high gain where both are there; their sum is one.
    offset_k : float
        Median of low less high gain, taken off the low one, K; 0 if they never meet.
    """

    antenna_k: Float64
    sigma_k: Float64
    weights: Float64
    offset_k: float


def least_noise_weights(covariance: Float64) -> Float64:
    """Weights, not negative, of the mean of two numbers that has least variance.

    Parameters
    ----------
    covariance : array (2, 2) float64

    Returns
    -------
    array (2,) float64
        The second number alone if the covariance is unknown.
    """
    spare = covariance.trace() - 2 * covariance[0, 1]
    if not np.isfinite(spare) or spare <= 0:
        return np.array([0.0, 1.0])
    first = float(np.clip((covariance[1, 1] - covariance[0, 1]) / spare, 0.0, 1.0))
    return np.array([first, 1.0 - first])


def merge_gains(low_k: Float64, high_k: Float64) -> MergedGains:
    """Merge the two gains of a channel.

    Parameters
    ----------
    low_k, high_k : array (n,) float64
        Temperatures of the same rows, K; NaN where missing or saturated.

    Returns
    -------
    MergedGains
    """
    covariance = noise_covariance(low_k, high_k)
    weights = least_noise_weights(covariance)
    both = np.isfinite(low_k) & np.isfinite(high_k)
    offset = float(np.median(low_k[both] - high_k[both])) if both.any() else 0.0
    low = low_k - offset
    merged = np.where(both, weights[0] * low + weights[1] * high_k, np.fmax(low, high_k))
    variance = np.where(
        both,
        weights @ np.nan_to_num(covariance) @ weights,
        np.where(np.isfinite(high_k), covariance[1, 1], covariance[0, 0]),
    )
    sigma = np.where(np.isfinite(merged), np.sqrt(variance), np.nan)
    return MergedGains(merged, sigma, weights, offset)
