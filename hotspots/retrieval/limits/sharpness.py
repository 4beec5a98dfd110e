"""How sharp a visit's own bright sources are: made-up ones must be no sharper.

The width of the optics is not published and the error of the pointing widens what several
frames show, so that of lone bright sources on the map itself is measured.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from hotspots.detection.point_fit import PointFit
from hotspots.detection.point_kernel import kernel_values
from hotspots.detection.scene import Scene

__all__ = ["widening_of"]

Float64 = NDArray[np.float64]

CLEAR_SNR = 25.0
"""Signal over noise from which a source tells its width to a few percent."""

APART = 6.0
"""Distance of the next source, widths of the spread."""

SATURATED = 0.02
"""Fraction of saturated light from which a cell says nothing of widths."""

RANGE = (0.6, 2.0)
"""Widths that are tried, in those of the spread: optics of 0.1 to 1.6 px."""

PRIOR_SOURCES = 3.0
"""Number of sources that the expected width is worth."""

SHARE = 40.0
"""Percentile of the widths that is taken: some sources are wider than a point, none is
sharper."""


def widening_of(flat: Float64, weight: Float64, fit: PointFit, scene: Scene) -> float:
    """Width of lone bright sources over that of the map's point spread function.

    Parameters
    ----------
    flat : array (rows, columns) float64
        Image less background.
    weight : array (rows, columns) float64
        1/sigma^2, zero where not usable.
    fit : PointFit
        All point sources.
    scene : Scene

    Returns
    -------
    float
        One where no source tells.
    """
    reach = APART * scene.width
    widths = []
    for k in np.flatnonzero(fit.snr > CLEAR_SNR):
        apart = np.linalg.norm(fit.place - fit.place[k], axis=1)
        apart[k] = np.inf
        if apart.min(initial=np.inf) < reach:
            continue
        part, here = _around(fit.place[k], reach / 2, flat.shape)
        if (scene.saturated[part] > SATURATED).any() or not (weight[part] > 0).all():
            continue
        widths.append(_width(flat[part], weight[part], here, scene.spread))
    if not widths:
        return 1.0
    trust = len(widths) / (len(widths) + PRIOR_SOURCES)
    return 1.0 + trust * (float(np.percentile(widths, SHARE)) - 1.0)


def _around(
    place: Float64, half: float, shape: tuple[int, ...]
) -> tuple[tuple[slice, slice], Float64]:
    """Cells about a place, and the place among them."""
    reach = math.ceil(half)
    top, left = max(int(place[1]) - reach, 0), max(int(place[0]) - reach, 0)
    bottom, right = (
        min(int(place[1]) + reach + 1, shape[0]),
        min(int(place[0]) + reach + 1, shape[1]),
    )
    return (slice(top, bottom), slice(left, right)), place - np.array([left, top])


def _width(image: Float64, weight: Float64, place: Float64, spread: Float64) -> float:
    """Width of the kernel that fits best, its flux free."""
    shape = (image.shape[0], image.shape[1])

    def loss(width: float) -> float:
        kernel = kernel_values(place, width**2 * spread, shape)
        return -(float(np.sum(kernel * weight * image)) ** 2) / float(np.sum(kernel**2 * weight))

    return float(minimize_scalar(loss, bounds=RANGE, method="bounded").x)
