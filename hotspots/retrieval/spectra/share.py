"""How much of a point's light falls into each pixel of the slit, and how well that is known.

The slit is one pixel wide, about as wide as the image of a point, so the share depends
steeply on how far the point is from the slit's middle.  That distance has an error, and
so has the width of the point's image: the share is the mean over both, and the scatter
over both is its error.
"""

from dataclasses import dataclass
from math import hypot, pi, sqrt
from typing import Self

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import erf

from hotspots.archive.spectrometer.layout import SLIT_PIXELS
from hotspots.retrieval.frames.optics import BandOptics, OpticsPrior

__all__ = ["SlitOptics", "SlitShare", "slit_share"]

Float64 = NDArray[np.float64]

CHANNEL_SIGMA = OpticsPrior().band_ratio_sigma
"""Relative difference of the widths at slit and camera, behind one telescope: that which
the two halves of the camera's detector are allowed."""

NARROWEST_FACTOR = 0.3

_NODES, _WEIGHTS = hermegauss(7)
_WEIGHTS = _WEIGHTS / sqrt(2 * pi)


@dataclass(frozen=True)
class SlitOptics:
    """Image of a point at the slit.

    Parameters
    ----------
    optics : BandOptics
    relative_sigma : float
        Relative standard deviation of the width of its core.
    """

    optics: BandOptics
    relative_sigma: float

    @classmethod
    def unmeasured(cls) -> Self:
        """What is known of it before a visit is looked at."""
        prior = OpticsPrior()
        return cls(prior.mean, hypot(prior.sigma[0], CHANNEL_SIGMA))

    @classmethod
    def of_camera(cls, optics: BandOptics, relative_sigma: float) -> Self:
        """What bright sources in the images of the visit tell of it."""
        return cls(optics, hypot(relative_sigma, CHANNEL_SIGMA))


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
    along_px: Float64,
    across_px: Float64,
    image: SlitOptics,
    extent_px: Float64,
    place_sigma_px: Float64,
) -> SlitShare:
    """Share of the light of points in the pixels of a slit.

    Parameters
    ----------
    along_px, across_px : arrays (n, k) float64
        Places of the points at n moments of the exposure, px from the centre of row 0 and
        from the middle of the slit; NaN where a point is out of view.
    image : SlitOptics
        Its core and wing, before the pixels integrate them.
    extent_px : array (k,) float64
        Standard deviation of the light of each source along one axis, px; 0 for a point.
    place_sigma_px : array (k,) float64
        Standard deviation of the places across the slit, px.

    Returns
    -------
    SlitShare
        Zero for points out of view.
    """
    along = np.nan_to_num(along_px, nan=-1e6)
    across = np.nan_to_num(across_px, nan=1e6)
    optics, core = image.optics, np.sqrt(image.optics.core_variance_px2)
    profiles, weights = [], []
    for step, step_weight in zip(_NODES, _WEIGHTS, strict=True):
        factor = max(1 + image.relative_sigma * step, NARROWEST_FACTOR)
        widths = [np.hypot(factor * axis, extent_px) for axis in core]
        wing = np.hypot(optics.wing_sigma_px, extent_px)
        for shift, shift_weight in zip(_NODES, _WEIGHTS, strict=True):
            beside = across + shift * place_sigma_px
            in_core = _profile(along, beside, widths[0], widths[1])
            in_wing = _profile(along, beside, wing, wing)
            profiles.append((1 - optics.wing_fraction) * in_core + optics.wing_fraction * in_wing)
            weights.append(step_weight * shift_weight)
    stack, weight = np.stack(profiles), np.asarray(weights)
    totals = np.sum(stack, axis=1)
    total = weight @ totals
    sigma = np.sqrt(np.maximum(weight @ totals**2 - total**2, 0.0))
    return SlitShare(np.tensordot(weight, stack, axes=1), total, sigma)


def _profile(
    along_px: Float64, across_px: Float64, along_width: Float64, across_width: Float64
) -> Float64:
    """Part of the light of Gaussians in the pixels of the slit, mean over moments, (256, k)."""
    rows = np.arange(SLIT_PIXELS, dtype=np.float64)[:, None, None]
    crossing = _in_pixel(across_px, across_width)
    return np.asarray(np.mean(_in_pixel(along_px - rows, along_width) * crossing, axis=1))


def _in_pixel(distance_px: Float64, width_px: Float64) -> Float64:
    """Part of a Gaussian within half a pixel of a place at a distance from its middle."""
    scale = width_px * sqrt(2.0)
    inside = erf((distance_px + 0.5) / scale) - erf((distance_px - 0.5) / scale)
    return np.asarray(0.5 * inside)
