"""Flux of a lone source that may be a little wider than the point spread function.

A lake of one or two pixels is found as one peak, but a fit with the bare point spread
function misses a tenth of its light.  Each source is therefore matched with a ladder of
widened kernels, and the widest that is significantly better is believed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.detection.point_kernel import kernel_values

__all__ = ["WidthFit", "fit_width"]

Float64 = NDArray[np.float64]

LADDER = (1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.4)
"""Standard deviations tried, in widths of the point spread function."""

GAIN = 9.0
"""Drop of chi square that a wider kernel must bring (three standard deviations)."""


@dataclass(frozen=True)
class WidthFit:
    """Best kernel of one source.

    Parameters
    ----------
    flux, sigma : float
        Sum over cells and its standard deviation, map unit times cells.
    widening : float
        Standard deviation of the kernel over that of the point spread function.
    """

    flux: float
    sigma: float
    widening: float


def fit_width(image: Float64, weight: Float64, place: Float64, spread: Float64) -> WidthFit | None:
    """Match one source with kernels of growing width.

    Parameters
    ----------
    image : array (rows, columns) float64
        Background and all other sources removed.
    weight : array (rows, columns) float64
        1/sigma^2, zero where not usable.
    place : array (2,) float64
        (column, row), fractional cells.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.

    Returns
    -------
    WidthFit or None
        None where no usable cell lies on the source.
    """
    reach = int(np.ceil(4 * LADDER[-1] * np.sqrt(np.diag(spread).max())))
    top, left = int(place[1]) - reach, int(place[0]) - reach
    part = (
        slice(max(top, 0), int(place[1]) + reach + 1),
        slice(max(left, 0), int(place[0]) + reach + 1),
    )
    data, w = image[part], weight[part]
    if not (w > 0).any():
        return None
    here = place - np.array([part[1].start, part[0].start])
    best, best_gain = None, -np.inf
    for step, widening in enumerate(LADDER):
        kernel = kernel_values(here, spread * widening**2, data.shape)
        energy = float(np.sum(kernel**2 * w))
        if energy <= 0:
            continue
        flux = float(np.sum(kernel * w * data)) / energy
        gain = flux * abs(flux) * energy - (GAIN if step else 0.0)
        if gain > best_gain:
            best = WidthFit(flux, float(energy**-0.5), widening)
            best_gain = gain
    return best
