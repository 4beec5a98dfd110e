"""How much of a point's light falls into each pixel of the slit, and how well that is known.

The slit is one pixel wide, about as wide as the image of a point, so the share depends
steeply on how far the point is from the slit's middle.  That distance has an error, and
so has the width of the point's image: the share is the mean over both, and the scatter
over both is its error.
"""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import erf

from hotspots.archive.spectrometer.layout import SLIT_PIXELS

__all__ = ["SlitShare", "slit_share"]

Float64 = NDArray[np.float64]

WIDTH_SIGMA = 0.15
"""Relative error of the width of a point's image: none is published, and the widths that
bright spots show differ by that much between bands and visits."""

_NODES, _WEIGHTS = hermegauss(7)
_WEIGHTS = _WEIGHTS / sqrt(2 * pi)


@dataclass(frozen=True)
class SlitShare:
    """Light of points (k) in the pixels of a slit.

    Parameters
    ----------
    profile : array (256, k) float64
        Part of a point's light in each pixel.
    total : array (k,) float64
        Sum of it over the slit.
    sigma : array (k,) float64
        One standard deviation of ``total``.
    """

    profile: Float64
    total: Float64
    sigma: Float64


def slit_share(
    along_px: Float64, across_px: Float64, width_px: Float64, place_sigma_px: Float64
) -> SlitShare:
    """Share of the light of points in the pixels of a slit.

    Parameters
    ----------
    along_px, across_px : arrays (n, k) float64
        Places of the points at n moments of the exposure, px from the centre of row 0 and
        from the middle of the slit; NaN where a point is out of view.
    width_px : array (k,) float64
        Standard deviation of each point's image before the pixels integrate it, px.
    place_sigma_px : array (k,) float64
        Standard deviation of the places across the slit, px.

    Returns
    -------
    SlitShare
        Zero for points out of view.
    """
    along = np.nan_to_num(along_px, nan=-1e6)
    across = np.nan_to_num(across_px, nan=1e6)
    rows = np.arange(SLIT_PIXELS, dtype=np.float64)[:, None, None]
    profiles, weights = [], []
    for step, step_weight in zip(_NODES, _WEIGHTS, strict=True):
        width = width_px * np.clip(1 + WIDTH_SIGMA * step, 0.3, None)
        for shift, shift_weight in zip(_NODES, _WEIGHTS, strict=True):
            crossing = _in_pixel(across + shift * place_sigma_px, width)
            profiles.append(np.mean(_in_pixel(along - rows, width) * crossing, axis=1))
            weights.append(step_weight * shift_weight)
    stack, weight = np.stack(profiles), np.asarray(weights)
    totals = np.sum(stack, axis=1)
    total = weight @ totals
    sigma = np.sqrt(np.maximum(weight @ totals**2 - total**2, 0.0))
    return SlitShare(np.tensordot(weight, stack, axes=1), total, sigma)


def _in_pixel(distance_px: Float64, width_px: Float64) -> Float64:
    """Part of a Gaussian within half a pixel of a place at a distance from its middle."""
    scale = width_px * sqrt(2.0)
    inside = erf((distance_px + 0.5) / scale) - erf((distance_px - 0.5) / scale)
    return np.asarray(0.5 * inside)
