"""One plane of a map as an image, on a scale that shows noise and sources alike.

The scale is linear within the noise and logarithmic above it.
"""

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import AsinhNorm, Colormap
from numpy.typing import NDArray

__all__ = ["draw_plane", "seen_window"]

_MOST_CELLS = 1400


def draw_plane(axes: Axes, values: NDArray[Any], *, cmap: str | Colormap) -> None:
    """Draw a plane so that the axes' coordinates are columns and, downwards, rows.

    Parameters
    ----------
    axes : Axes
    values : float array (rows, columns)
        NaN where nothing was seen.
    cmap : str or Colormap
    """
    shrunk, factor = _shrunk(values)
    axes.imshow(
        shrunk,
        norm=_norm(values),
        cmap=cmap,
        extent=(0, factor * shrunk.shape[1], factor * shrunk.shape[0], 0),
        interpolation="nearest",
    )


def seen_window(values: NDArray[Any]) -> tuple[int, int, int, int]:
    """Rows (first, end) and columns (first, end) around the cells seen, with a margin."""
    rows = np.flatnonzero(np.isfinite(values).any(axis=1))
    columns = np.flatnonzero(np.isfinite(values).any(axis=0))
    if not rows.size:
        return 0, values.shape[0], 0, values.shape[1]
    margin = int(0.03 * max(np.ptp(rows), np.ptp(columns))) + 1
    return (
        int(rows[0]) - margin,
        int(rows[-1]) + 1 + margin,
        int(columns[0]) - margin,
        int(columns[-1]) + 1 + margin,
    )


def _shrunk(values: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """Brightest of each block of cells, so that small sources survive the size of the picture."""
    factor = math.ceil(max(values.shape) / _MOST_CELLS)
    margins = [(0, -size % factor) for size in values.shape]
    padded = np.pad(values, margins, constant_values=np.nan)
    blocks = padded.reshape(padded.shape[0] // factor, factor, -1, factor)
    return np.fmax.reduce(np.fmax.reduce(blocks, axis=3), axis=1), factor


def _norm(values: NDArray[Any]) -> AsinhNorm:
    """Linear across the noise, logarithmic above it, and up to the brightest cells."""
    seen = values[np.isfinite(values)]
    if not seen.size:
        return AsinhNorm(linear_width=1.0, vmin=0.0, vmax=1.0)
    # Neighbours differ by noise alone, also on the sunlit side.
    steps = np.abs(np.diff(values, axis=1))
    steps = steps[np.isfinite(steps)]
    noise = 1.05 * float(np.median(steps)) if steps.size else 0.0
    top = float(np.quantile(seen, 0.9998))
    width = 3.0 * noise if noise > 0 else max(1e-3 * abs(top), 1e-12)
    low = min(0.0, float(np.median(seen)) - width)
    return AsinhNorm(linear_width=width, vmin=low, vmax=max(top, low + 10.0 * width))
