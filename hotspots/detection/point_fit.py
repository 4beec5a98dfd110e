r"""Simultaneous fit of point sources to a map, as crowded-field photometry does it.

Every source is :math:`f\,K(x - x_i)` with the map's point spread function :math:`K`
(`hotspots.detection.point_kernel`).  Fluxes are linear and solved for all sources at
once; places are improved by Gauss-Newton steps.  Only cells near a source take part, so
the system is sparse and a thousand sources take a moment.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from hotspots.detection.point_kernel import KernelCells, kernel_cells

__all__ = ["PointFit", "fit_points"]

Float64 = NDArray[np.float64]

LONGEST_STEP = 0.5
"""Cells that a place may move in one Gauss-Newton step."""

RIDGE = 1e-9
"""Added to the normal matrix, in units of its largest diagonal element, so that two
sources on one spot share their light and do not divide by zero."""

LEAST_RIDGE = 1e-300
"""The same where no source has a usable cell: flux 0, and an error beyond all bounds."""


@dataclass(frozen=True)
class PointFit:
    """Point sources fitted to a map.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells; cell i covers i to i + 1.
    flux : array (k,) float64
        Sum of the source over cells, map unit times cells.
    flux_sigma : array (k,) float64
        One standard deviation, neighbours marginalised, white noise.
    place_sigma : array (k,) float64
        One standard deviation of each coordinate, cells (infinite where flux <= 0).
    """

    place: Float64
    flux: Float64
    flux_sigma: Float64
    place_sigma: Float64

    @classmethod
    def empty(cls) -> Self:
        """Fit of no source."""
        return cls(np.zeros((0, 2)), np.zeros(0), np.zeros(0), np.zeros(0))

    @property
    def snr(self) -> Float64:
        """Flux over its standard deviation, (k,)."""
        return self.flux / np.maximum(self.flux_sigma, np.finfo(np.float64).tiny)


def fit_points(
    image: Float64,
    weight: Float64,
    place: Float64,
    spread: Float64,
    *,
    steps: int = 3,
    farthest: float = 1.5,
) -> PointFit:
    r"""Fit fluxes, and places if wanted, of all sources at once.

    Parameters
    ----------
    image : array (rows, columns) float64
        Background removed.
    weight : array (rows, columns) float64
        1/sigma^2; zero where a cell must not be used (its value may be NaN).
    place : array (k, 2) float64
        First guess (column, row), fractional cells.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.
    steps : int
        Gauss-Newton steps of the places; 0 holds them.
    farthest : float
        Cells that a place may move from its guess altogether.

    Returns
    -------
    PointFit
        The error of a place is that of a lone Gaussian source on a noisy ground,
        :math:`\sqrt2\,s\,\sigma_f / f` for a kernel of standard deviation :math:`s`.
    """
    n = len(place)
    if n == 0:
        return PointFit.empty()
    place = np.array(place, dtype=np.float64).reshape(n, 2)
    start = place.copy()
    data = np.where(weight > 0, image, 0.0).ravel()
    root = np.sqrt(np.where(weight > 0, weight, 0.0)).ravel()
    shape = (image.shape[0], image.shape[1])
    for step in range(steps + 1):
        cells = kernel_cells(place, spread, shape)
        used, equation = np.unique(cells.cell, return_inverse=True)
        design = _columns(cells, cells.kernel, equation, root, n)
        target = data[used] * root[used]
        flux, variance = _solve(design, target, errors=step == steps)
        if step == steps:
            break
        light = np.maximum(flux, 0.0)[cells.source]
        slopes = [
            _columns(cells, slope * light, equation, root, n)
            for slope in (cells.by_column, cells.by_row)
        ]
        full = sparse.csc_array(sparse.hstack([design, *slopes]))
        solution, _ = _solve(full, target - design @ flux, errors=False)
        shift = np.stack([solution[n : 2 * n], solution[2 * n :]], axis=-1)
        moved = place + np.clip(shift, -LONGEST_STEP, LONGEST_STEP)
        place = start + np.clip(moved - start, -farthest, farthest)
    sigma = np.sqrt(variance)
    width = np.linalg.det(spread) ** 0.25
    safe = np.where(flux > 0, flux, 1.0)
    place_sigma = np.where(flux > 0, np.sqrt(2.0) * width * sigma / safe, np.inf)
    return PointFit(place, flux, sigma, place_sigma)


def _columns(
    cells: KernelCells, factor: Float64, equation: NDArray[np.int64], root: Float64, n: int
) -> sparse.csc_array:
    """Part of the design matrix: one column a source, rows scaled by 1/sigma."""
    shape = (int(equation.max(initial=-1)) + 1, n)
    return sparse.csc_array((factor * root[cells.cell], (equation, cells.source)), shape=shape)


def _solve(design: sparse.csc_array, target: Float64, *, errors: bool) -> tuple[Float64, Float64]:
    """Least squares by the normal equations, with variances where they are wanted."""
    normal = sparse.csc_array(design.T @ design)
    size = normal.shape[0]
    ridge = RIDGE * float(normal.diagonal().max(initial=0.0)) + LEAST_RIDGE
    factor = splu(normal + ridge * sparse.eye_array(size, format="csc"))
    solution = np.asarray(factor.solve(design.T @ target))
    if not errors:
        return solution, np.zeros(0)
    return solution, np.maximum(np.diag(factor.solve(np.eye(size))), 0.0)
