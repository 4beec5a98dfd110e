"""Bright spots of single frames, to tie frames to each other.

This is no detector of hot spots: it wants the few dozen brightest compact maxima of one
frame with good centroids, and does not mind particle hits, which no other frame shares.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter

__all__ = ["SPOT_BIAS_PX", "Spots", "find_spots"]

Float64 = NDArray[np.float64]

BACKGROUND_PX = 9
"""Side of the window whose median of row medians is the local background, px."""

CENTROID_FLOOR_PX = 0.12
"""Error of a centroid that no brightness removes: undersampling, blends, px."""

SPOT_BIAS_PX = 0.08
"""What the centroids of all frames may err by together, px: most of what one does, for
frames of a visit see the same blends in the same light."""

KNEE = 20.0
"""Signal over noise beyond which light is compressed, so that flat tops keep a centre."""


@dataclass(frozen=True)
class Spots:
    """k compact maxima of one band of one frame, brightest first.

    Parameters
    ----------
    sample, line : arrays (k,) float64
        Centroid, px.
    sigma_px : array (k,) float64
        One standard deviation of each coordinate, px.
    snr : array (k,) float64
        Matched-filter signal over noise.
    """

    sample: Float64
    line: Float64
    sigma_px: Float64
    snr: Float64

    def __len__(self) -> int:
        return len(self.snr)


def find_spots(
    values: NDArray[np.float32],
    sigma: NDArray[np.float32],
    usable: NDArray[np.bool_],
    blur_px: tuple[float, float],
    *,
    threshold: float = 8.0,
    maximum: int = 80,
) -> Spots:
    """Compact maxima above a local background.

    Parameters
    ----------
    values, sigma : arrays (lines, samples)
        Radiance and its standard deviation, one unit.
    usable : array (lines, samples) bool
        Others are filled with the local background.
    blur_px : tuple of float
        Standard deviation of the point spread function, (lines, samples), px.
    threshold : float
        Least matched-filter signal over noise.
    maximum : int
        Keep at most this many.

    Returns
    -------
    Spots
        Possibly none.
    """
    filled = np.where(usable, values, np.float32(np.nan))
    background = _local_median(np.nan_to_num(values * usable))
    excess = np.where(usable, np.nan_to_num(filled) - background, 0.0) / sigma
    kernel_energy = 1.0 / (4 * np.pi * blur_px[0] * blur_px[1])
    matched = gaussian_filter(excess, blur_px, mode="nearest") / np.sqrt(kernel_energy)
    peak = (matched == maximum_filter(matched, size=5)) & (matched > threshold)
    peak[:2] = peak[-2:] = False
    peak[:, :2] = peak[:, -2:] = False
    line, sample = np.nonzero(peak)
    order = np.argsort(matched[line, sample])[::-1][:maximum]
    line, sample = line[order], sample[order]
    snr = matched[line, sample]
    smooth = gaussian_filter(np.arcsinh(np.clip(excess, -KNEE, None) / KNEE), blur_px)
    return Spots(
        sample=sample + _vertex(smooth, line, sample, axis=1),
        line=line + _vertex(smooth, line, sample, axis=0),
        sigma_px=np.hypot(CENTROID_FLOOR_PX, 0.9 * np.sqrt(blur_px[0] * blur_px[1]) * 1.4 / snr),
        snr=snr,
    )


def _local_median(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Median along the lines of medians along the samples: eight times faster than of all 81."""
    middle = BACKGROUND_PX // 2
    for axis in (1, 0):
        width = [(middle, middle) if k == axis else (0, 0) for k in range(2)]
        windows = sliding_window_view(np.pad(image, width, mode="edge"), BACKGROUND_PX, axis=axis)
        image = np.partition(windows, middle, axis=-1)[..., middle]
    return image


def _vertex(
    image: Float64, line: NDArray[np.int64], sample: NDArray[np.int64], *, axis: int
) -> Float64:
    """Top of the parabola through a maximum and its two neighbours, within half a pixel."""
    step = (1, 0) if axis == 0 else (0, 1)
    before = image[line - step[0], sample - step[1]]
    here = image[line, sample]
    after = image[line + step[0], sample + step[1]]
    curvature = before - 2 * here + after
    safe = np.where(curvature < 0, curvature, -1.0)
    return np.asarray(
        np.clip(np.where(curvature < 0, 0.5 * (before - after) / safe, 0.0), -0.5, 0.5)
    )
