"""Background of detector columns: stripes that calibration leaves and reflections add.

Archived frames keep an odd-even error and every bright source adds a faint reflection
along its columns (night sky medians of 3e-4 to 1.6e-2 W m-2 sr-1).  Samples that look
past the body or at its night side show a column's background directly; a column that
sees only the sunlit disc is compared with its neighbours instead.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import nanmedian

__all__ = ["ENOUGH", "column_background", "without_broad_sources"]

Float32 = NDArray[np.float32]

ENOUGH = 16
"""Dark samples from which a column's own median is trusted."""

NEIGHBOURS = 15
"""Half width, in columns, of the running median that a sunlit column is compared with."""


def column_background(
    values: Float32,
    usable: NDArray[np.bool_],
    dark: NDArray[np.bool_],
    sigma: Float32,
    clip_sigma: float = 3.0,
) -> Float32:
    """Background of every column of one frame.

    Parameters
    ----------
    values : array (lines, samples) float32
        Radiance less the sunlit disc that is expected there.
    usable : array (lines, samples) bool
        Samples that may be looked at.
    dark : array (lines, samples) bool
        Samples that look at the sky or at the night side.
    sigma : array (lines, samples) float32
        Standard deviation, same unit as ``values``.
    clip_sigma : float
        Samples further than this above the first median are sources and left out.

    Returns
    -------
    array (samples,) float32
        Median of the dark samples of a column where there are at least 16; elsewhere how
        far the column's median stands off that of its 31 neighbours, the mean of odd and
        even ones.  Zero where nothing is usable.
    """
    own, n_own = _clipped_median(values, usable & dark, sigma, clip_sigma)
    whole, n_whole = _clipped_median(values, usable, sigma, clip_sigma)
    trusted = n_own >= ENOUGH
    whole = np.where(n_whole >= ENOUGH, whole, np.nan)
    windows = _neighbourhoods(whole)
    # odd and even columns differ: a median over both would fall on whichever are more
    running = nanmedian(np.stack([nanmedian(windows[:, k::2], axis=1) for k in (0, 1)]))
    running = np.nan_to_num(running)
    relative = np.where(np.isfinite(whole), whole - running, 0.0)
    return np.where(trusted, np.nan_to_num(own), relative).astype(np.float32)


def without_broad_sources(columns: Float32, sees_sky: NDArray[np.bool_]) -> Float32:
    """Column backgrounds of a visit's frames, cleared of light that is no background.

    A lava lake seen from nearby fills a column for dozens of lines, and most of its
    neighbours with it.  The detector's stripes are the same in all frames, and a
    reflection is a few columns wide; what deviates from the frames' median over more
    than fifteen columns is ground.

    Parameters
    ----------
    columns : array (n, samples) float32
        From `column_background`, frame by frame.
    sees_sky : array (n, samples) bool
        Columns with enough samples past the body, which no ground can deceive.

    Returns
    -------
    array (n, samples) float32
        Less the running median, over 31 columns, of the deviation from the median frame,
        where a column does not see the sky.  Unchanged for a single frame.
    """
    deviation = columns - nanmedian(columns)
    broad = np.stack([nanmedian(_neighbourhoods(one), axis=1) for one in deviation])
    return np.where(sees_sky, columns, columns - broad).astype(np.float32)


def _neighbourhoods(columns: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Every column with its 15 neighbours on either side, NaN beyond the rim."""
    padded = np.pad(columns, NEIGHBOURS, mode="constant", constant_values=np.nan)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1)


def _clipped_median(
    values: Float32, good: NDArray[np.bool_], sigma: Float32, clip_sigma: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    masked = np.where(good, values, np.nan)
    empty = ~good.any(axis=0)
    masked[:, empty] = 0.0
    first = np.nanmedian(masked, axis=0)
    keep = good & (np.abs(values - first) < clip_sigma * sigma)
    masked = np.where(keep, values, np.nan)
    empty = ~keep.any(axis=0)
    masked[:, empty] = 0.0
    return np.nanmedian(masked, axis=0), keep.sum(axis=0)
