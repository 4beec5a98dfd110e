"""Cells around sources, and the light that a Gaussian misses in the optics' wings."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from hotspots.detection.point_fit import PointFit
from hotspots.detection.scene import Scene

__all__ = ["cells_near", "grown_cells", "wing_correction"]

Float64 = NDArray[np.float64]
Cells = tuple[NDArray[np.int64], NDArray[np.int64]]

WINGS = 6.0
"""Aperture, in standard deviations of the spread, that catches the optics' wings (4.5 px)."""

FAR_WINGS = 1.011
"""All light over that within the aperture.  No point spread function of the camera is
published; between 5 and 14 px the mean profile of the bright sources of five simulated
visits gained 1.1 % (from -1.2 to 2.7 %), too little to measure in a single map."""

USUAL = 1.016
"""Light in that aperture over light in the fitted Gaussian where a map cannot tell: median
of the M-band maps of simulated visits that could (1.008 to 1.052)."""

PRIOR_SOURCES = 3.0
"""Number of lone sources that the usual value is worth."""

POSSIBLE = (0.97, 1.12)
"""Range in which a measured ratio is believed."""

CLEAR_SNR = 60.0
"""Signal over noise from which a lone source tells of its wings."""


def cells_near(place: Float64, reach: float, shape: tuple[int, ...]) -> Cells:
    """Cells whose centres lie within ``reach`` of any place.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells; k > 0.
    reach : float
        Cells.
    shape : tuple of int
        Rows and columns of the map.

    Returns
    -------
    rows, columns : arrays (m,) int64
    """
    low = np.floor(place.min(axis=0) - reach).astype(int).clip(0)
    high = np.ceil(place.max(axis=0) + reach).astype(int) + 1
    columns = np.arange(low[0], min(high[0], shape[1]))
    rows = np.arange(low[1], min(high[1], shape[0]))
    x, y = np.meshgrid(columns + 0.5, rows + 0.5)
    distance = np.hypot(x[..., None] - place[:, 0], y[..., None] - place[:, 1])
    row, column = np.nonzero(distance.min(axis=-1) <= reach)
    return row + low[1], column + low[0]


def grown_cells(cells: Cells, reach: float, shape: tuple[int, ...]) -> Cells:
    """Cells of a resolved source and those next to it.

    Parameters
    ----------
    cells : (rows, columns) index arrays
    reach : float
        Steps from cell to neighbouring cell, rounded, at least one.
    shape : tuple of int
        Rows and columns of the map.

    Returns
    -------
    rows, columns : arrays (m,) int64
    """
    mask = np.zeros(shape, dtype=bool)
    mask[cells] = True
    row, column = np.nonzero(binary_dilation(mask, iterations=max(round(reach), 1)))
    return row, column


def wing_correction(
    scene: Scene,
    fit: PointFit,
    remaining: Float64,
    censored: NDArray[np.bool_],
    owner: NDArray[np.int64],
) -> float:
    """All light over the light in the fitted Gaussian, from bright lone sources.

    Lone, unsaturated sources measure it within `WINGS` in each map; their median is
    drawn to the usual value.  What lies beyond is added as `FAR_WINGS`.

    Parameters
    ----------
    scene : Scene
    fit : PointFit
        Of all points.
    remaining : array (rows, columns) float64
        Image less background and fitted points.
    censored : array (rows, columns) bool
        Saturated cells.
    owner : array (k,) int64
        Source that each point belongs to.

    Returns
    -------
    float
        About 1.045.
    """
    reach = WINGS * scene.width
    ratios = []
    for k in np.flatnonzero(fit.flux > CLEAR_SNR * fit.flux_sigma):
        apart = np.linalg.norm(fit.place - fit.place[k], axis=-1)
        apart[k] = np.inf
        if apart.min(initial=np.inf) < 2 * reach or np.count_nonzero(owner == owner[k]) > 1:
            continue
        inside = cells_near(fit.place[k : k + 1], reach, scene.image.shape)
        if scene.usable[inside].all() and not censored[inside].any():
            ratios.append(1.0 + remaining[inside].sum() / fit.flux[k])
    if not ratios:
        return FAR_WINGS * USUAL
    weight = len(ratios) / (len(ratios) + PRIOR_SOURCES)
    measured = float(np.clip(np.median(ratios), *POSSIBLE))
    return FAR_WINGS * (weight * measured + (1 - weight) * USUAL)
