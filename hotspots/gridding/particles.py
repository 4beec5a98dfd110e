"""Charged-particle hits that one frame shows by itself.

A hit lights one detector element, or a thin trail of them; the optics spread a source
over its neighbours.  This finds the former where too few frames overlap for the median
of `hotspots.gridding.radiation` to help.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, percentile_filter

from hotspots.swath import Flag

__all__ = ["lone_hits", "neighbour_share"]

Float32 = NDArray[np.float32]

SAFETY = 0.8
"""A sample is a hit if its neighbours get less than this part of what the sharpest
source (centred on the sample) would give them, three standard deviations allowed."""

GROUND_PERCENTILE, GROUND_PX = 25, 7
"""The local background is this percentile of a window of so many samples a side."""

TRAIL_SIGMA = 4.0
TRAIL_STEPS = 2
"""A sample beside a hit that exceeds this many standard deviations, and lacks neighbours
by one standard deviation, belongs to its trail."""


def neighbour_share(blur_px: tuple[float, float]) -> tuple[float, float]:
    """Light of a centred point source in the next sample over that in its own.

    Parameters
    ----------
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px, pixel
        response not included.

    Returns
    -------
    tuple of float
        Along lines and along samples: ratio of the Gaussian's integrals over the two
        pixels.
    """

    def share(sigma: float) -> float:
        scale = 1.0 / (math.sqrt(2.0) * sigma)
        own = math.erf(0.5 * scale)
        following = 0.5 * (math.erf(1.5 * scale) - math.erf(0.5 * scale))
        return following / own

    return share(blur_px[0]), share(blur_px[1])


def lone_hits(
    values: Float32,
    sigma: Float32,
    flags: NDArray[np.uint8],
    blur_px: tuple[float, float],
    *,
    threshold: float = 8.0,
) -> NDArray[np.bool_]:
    """Samples sharper than the optics allow.

    Parameters
    ----------
    values, sigma : arrays (lines, samples) float32
        Radiance and its standard deviation, one unit.
    flags : array (lines, samples) uint8
        Bits of `Flag`; saturated samples and their neighbours are left alone.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    threshold : float
        Least excess over the local median, standard deviations.

    Returns
    -------
    array (lines, samples) bool
        True where a sample stands out and both its neighbours along one axis lack the
        light that the blur along that axis must give them, by more than three standard
        deviations; and where a fainter sample continues the trail.
    """
    # a low percentile: around a thin bright ring the median is on the ring's own wings
    background = percentile_filter(values, GROUND_PERCENTILE, size=GROUND_PX, mode="nearest")
    excess = values - background
    padded = np.pad(excess, 1, mode="edge")
    noise = np.pad(sigma, 1, mode="edge")
    line_share, sample_share = neighbour_share(blur_px)
    hit = np.zeros(values.shape, dtype=bool)
    trail = np.zeros(values.shape, dtype=bool)
    for share, before, after in (
        (line_share, (slice(0, -2), slice(1, -1)), (slice(2, None), slice(1, -1))),
        (sample_share, (slice(1, -1), slice(0, -2)), (slice(1, -1), slice(2, None))),
    ):
        mean = 0.5 * (padded[before] + padded[after])
        error = 0.5 * np.hypot(noise[before], noise[after])
        hit |= mean + 3 * error < SAFETY * share * excess
        trail |= mean + error < SAFETY * share * excess
    usable = (flags & (Flag.unusable() | Flag.SATURATED | Flag.NONLINEAR)) == 0
    sharp = hit & usable & (excess > threshold * sigma)
    for _ in range(TRAIL_STEPS):
        beside = binary_dilation(sharp, structure=np.ones((3, 3), dtype=bool))
        sharp |= beside & trail & usable & (excess > TRAIL_SIGMA * sigma)
    return np.asarray(sharp)
