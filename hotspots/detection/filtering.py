"""Matched filter: the most likely flux of a point source at every cell, and its noise."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray
from scipy.fft import next_fast_len

from hotspots.detection.point_kernel import kernel_image

__all__ = ["PointFilter", "local_maxima", "matched_filter", "point_filter"]

Float64 = NDArray[np.float64]

LEAST_ENERGY = 1.0 / 3.0
"""Part of the kernel's sum of squares that must fall on usable cells."""


@dataclass(frozen=True)
class PointFilter:
    r"""Matched filter of a point source for given weights: what does not depend on the image.

    Parameters
    ----------
    kernel : array (odd, odd)
        Point source of unit flux.
    weight : array (rows, columns)
        1/sigma^2, zero where a cell must not be used.
    energy : array (rows, columns)
        :math:`\sum K^2 w`.
    enough : array (rows, columns) bool
        Whether `LEAST_ENERGY` of the kernel's energy falls on usable cells.
    """

    kernel: Any
    weight: Any
    energy: Any
    enough: Any

    def apply(self, image: Any) -> tuple[Any, Any]:
        """Flux and signal over noise of an image, as `matched_filter` gives them."""
        xp = array_namespace(image)
        data = xp.where(self.weight > 0, image * self.weight, xp.zeros_like(image))
        numerator = _correlate(data, self.kernel)
        safe = xp.where(self.enough, self.energy, xp.ones_like(self.energy))
        zero = xp.zeros_like(numerator)
        return (
            xp.where(self.enough, numerator / safe, zero),
            xp.where(self.enough, numerator / xp.sqrt(safe), zero),
        )


def point_filter(weight: Any, spread: Float64) -> PointFilter:
    """Prepare a matched filter for several images with the same weights.

    Parameters
    ----------
    weight : array (rows, columns)
        1/sigma^2, zero where a cell must not be used.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.

    Returns
    -------
    PointFilter
    """
    xp = array_namespace(weight)
    kernel = xp.asarray(kernel_image(spread), dtype=weight.dtype, device=device(weight))
    energy = _correlate(weight, kernel**2)
    present = _correlate(xp.astype(weight > 0, weight.dtype), kernel**2)
    enough = (present > LEAST_ENERGY * xp.sum(kernel**2)) & (energy > 0)
    return PointFilter(kernel, weight, energy, enough)


def matched_filter(image: Any, weight: Any, spread: Float64) -> tuple[Any, Any]:
    r"""Flux and signal over noise of a point source centred on each cell.

    Parameters
    ----------
    image : array (rows, columns)
        Background removed; NaN only where the weight is zero.
    weight : array (rows, columns)
        1/sigma^2, zero where a cell must not be used.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.

    Returns
    -------
    flux, snr : arrays (rows, columns)
        :math:`\hat f = \sum K w d / \sum K^2 w` (map unit times cells), and
        :math:`\hat f \sqrt{\sum K^2 w}`.  Zero where less than `LEAST_ENERGY` of the
        kernel's energy falls on usable cells.
    """
    return point_filter(weight, spread).apply(image)


def _correlate(image: Any, kernel: Any) -> Any:
    """Correlation with a small odd-sided kernel, zeros beyond the rim, by FFT."""
    xp = array_namespace(image)
    rows, columns = image.shape
    half = (kernel.shape[0] // 2, kernel.shape[1] // 2)
    size = (next_fast_len(rows + 2 * half[0]), next_fast_len(columns + 2 * half[1]))
    spectrum = xp.fft.rfftn(image, s=size, axes=(0, 1)) * xp.fft.rfftn(
        xp.flip(kernel), s=size, axes=(0, 1)
    )
    full = xp.fft.irfftn(spectrum, s=size, axes=(0, 1))
    part = full[half[0] : half[0] + rows, half[1] : half[1] + columns]
    return xp.astype(part, image.dtype)


def local_maxima(image: Any, threshold: Any) -> Any:
    """Cells above a threshold that none of their eight neighbours exceeds.

    Parameters
    ----------
    image : array (rows, columns)
    threshold : float or array

    Returns
    -------
    array (rows, columns) bool
        Never on the outermost rows and columns.
    """
    xp = array_namespace(image)
    rows, columns = image.shape
    inner = image[1:-1, 1:-1]
    peak = xp.ones_like(inner, dtype=xp.bool)
    for i in range(3):
        for j in range(3):
            if (i, j) == (1, 1):
                continue
            other = image[i : i + rows - 2, j : j + columns - 2]
            peak = peak & ((inner > other) if (i, j) < (1, 1) else (inner >= other))
    result = xp.zeros_like(image, dtype=xp.bool)
    result[1:-1, 1:-1] = peak
    return result & (image > threshold)
