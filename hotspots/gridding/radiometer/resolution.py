"""How sharp a map is, cell by cell, and how far it may be from the truth at that sharpness.

Every estimate has an averaging kernel.  Its full width is that of the round Gaussian blur
which, of all widths, comes nearest to what the estimate does to a surface of the prior: the
expected square of the difference is least.  What difference is left belongs to the error, as
does the noise.  The width is never stated finer than half the beam's footprint.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.estimate import Estimate
from hotspots.gridding.radiometer.harmonics import gaussian_response

__all__ = ["LARGEST_KM", "Sharpness", "sharpness"]

Float64 = NDArray[np.float64]

WIDTHS = 2.0 ** np.arange(-1.0, 2.26, 0.25)
"""Widths tried, in footprints: from half of one to nearly five."""

LARGEST_KM = 4000.0
"""Wider than Io's diameter a blur is a mean over the half-sphere, however wide."""


@dataclass(frozen=True)
class Sharpness:
    """Width of the averaging kernels and error at that width.

    Parameters
    ----------
    width_km : array (c,) float64
        Full width at half maximum, km.
    sigma_k : array (c,) float64
        One standard deviation of estimate less truth smoothed to that width, K.
    """

    width_km: Float64
    sigma_k: Float64


def sharpness(
    found: Estimate, response: Float64, harmonics: Float64, footprint_km: Float64
) -> Sharpness:
    """Choose the width that describes each estimate best.

    Parameters
    ----------
    found : Estimate
        Of c cells.
    response : array (n, p) float64
        What each harmonic puts into each row.
    harmonics : array (c, p) float64
        At the cells.
    footprint_km : array (c,) float64
        Smallest footprint of the beam's half width on each cell, km.

    Returns
    -------
    Sharpness
    """
    highest = math.isqrt(response.shape[1]) - 1
    kernel = found.gain @ response
    # Kernel less blur, squared, needs only sums over the orders of each degree.
    first = np.arange(highest + 1) ** 2
    own, cross, truth = (
        np.add.reduceat(product * found.variances, first, axis=1)
        for product in (kernel**2, kernel * harmonics, harmonics**2)
    )
    noise = np.sum((found.gain @ found.noise) * found.gain, axis=1)
    best = np.full(len(footprint_km), np.inf)
    width = np.empty(len(footprint_km))
    for footprints in WIDTHS:
        tried = np.minimum(footprints * footprint_km, LARGEST_KM)
        blur = gaussian_response(tried / IO_MEAN_RADIUS_KM, highest)
        missed = np.maximum(np.sum(own - 2.0 * blur * cross + blur**2 * truth, axis=1), 0.0)
        better = missed < best
        best = np.where(better, missed, best)
        width = np.where(better, tried, width)
    return Sharpness(width, np.sqrt(best + noise))
