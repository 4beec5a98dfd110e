"""Six maps of different sharpness brought to that of the least sharp one, place by place.

A spectrum is one only where all channels mean the same ground.  A map of resolution r
(full width at half maximum) becomes one of resolution R by a Gaussian of ``sqrt(R2 - r2)``.
Errors of a map are alike within its own resolution, so the mean over the larger area
has ``r / R`` of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM

__all__ = ["CommonMaps", "at_common_resolution", "gaussian_weights"]

Float64 = NDArray[np.float64]

_CHUNK = 512
"""Cells that are averaged at once; bounds the memory."""


@dataclass(frozen=True)
class CommonMaps:
    """Maps of one resolution.

    Parameters
    ----------
    tb_k, sigma_k : array (c, 6)
        NaN where a channel knows nothing.
    resolution_km : array (c,)
        NaN where no channel knows anything.
    """

    tb_k: Float64
    sigma_k: Float64
    resolution_km: Float64


def gaussian_weights(at: Float64, of: Float64, width_km: Float64) -> Float64:
    """Weights of places in Gaussian means about other places.

    Parameters
    ----------
    at : array (m, 3)
        Unit vectors to the middles of the Gaussians.
    of : array (p, 3)
        Unit vectors to the places that are averaged.
    width_km : array (m,)
        Full width at half maximum; narrower than the spacing of places: the nearest one.

    Returns
    -------
    array (m, p)
        Rows add up to 1.
    """
    squared = np.maximum(2.0 - 2.0 * at @ of.T, 0.0) * IO_MEAN_RADIUS_KM**2
    exponent = -4.0 * np.log(2.0) * squared / np.maximum(width_km, 1e-3)[:, None] ** 2
    weights = np.exp(exponent - exponent.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def at_common_resolution(
    directions: Float64, tb_k: Float64, sigma_k: Float64, resolution_km: Float64
) -> CommonMaps:
    """Smooth each channel to the resolution of the least sharp one.

    Parameters
    ----------
    directions : array (c, 3)
        Unit vectors to cells of equal area.
    tb_k, sigma_k, resolution_km : array (c, 6)
        NaN where unknown.

    Returns
    -------
    CommonMaps
    """
    known = np.isfinite(tb_k)
    width = np.where(known, resolution_km, -np.inf).max(axis=1)
    width = np.where(np.isfinite(width), width, np.nan)
    smooth, sigma = np.full(tb_k.shape, np.nan), np.full(tb_k.shape, np.nan)
    for channel in range(tb_k.shape[1]):
        cells = np.flatnonzero(known[:, channel])
        values = np.stack([tb_k[cells, channel], sigma_k[cells, channel]], axis=1)
        for start in range(0, len(cells), _CHUNK):
            here = cells[start : start + _CHUNK]
            own = resolution_km[here, channel]
            wider = np.sqrt(np.maximum(width[here] ** 2 - own**2, 0.0))
            mean = gaussian_weights(directions[here], directions[cells], wider) @ values
            smooth[here, channel] = mean[:, 0]
            sigma[here, channel] = mean[:, 1] * own / width[here]
    return CommonMaps(smooth, sigma, width)
