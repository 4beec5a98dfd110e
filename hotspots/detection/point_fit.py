r"""Simultaneous fit of point sources to a map, as crowded-field photometry does it.

Every source is a Gaussian :math:`f\,K(x - x_i)` with the map's point spread function
:math:`K` (unit sum over cells).  Fluxes are linear and solved for all sources at once;
places are improved by Gauss-Newton steps.  Only cells within four standard deviations
of a source take part, so the system is sparse and a thousand sources take a moment.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

__all__ = ["PointFit", "fit_points", "kernel_image", "kernel_values", "point_model"]

Float64 = NDArray[np.float64]

REACH = 4.0
"""Standard deviations at which the model ends."""


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


def _patches(
    place: Float64, spread: Float64, shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Float64, Float64, Float64]:
    """Source number, flat cell, kernel and its derivatives by column and row."""
    half = np.ceil(REACH * np.sqrt(np.diag(spread))).astype(int)
    d_column, d_row = np.meshgrid(
        np.arange(-half[0], half[0] + 1), np.arange(-half[1], half[1] + 1)
    )
    base = np.floor(place).astype(np.int64)
    column = base[:, 0, None] + d_column.ravel()
    row = base[:, 1, None] + d_row.ravel()
    inside = (column >= 0) & (column < shape[1]) & (row >= 0) & (row < shape[0])
    offset = np.stack(
        [column + 0.5 - place[:, 0, None], row + 0.5 - place[:, 1, None]], axis=-1
    )
    inverse = np.linalg.inv(spread)
    scaled = offset @ inverse
    distance = np.sum(scaled * offset, axis=-1)
    norm = 1.0 / (2 * np.pi * np.sqrt(np.linalg.det(spread)))
    kernel = np.where(distance < REACH**2, norm * np.exp(-0.5 * distance), 0.0)
    source = np.broadcast_to(np.arange(len(place))[:, None], inside.shape)
    cell = row * shape[1] + column
    return (
        source[inside],
        cell[inside],
        kernel[inside],
        (kernel * scaled[..., 0])[inside],
        (kernel * scaled[..., 1])[inside],
    )


def kernel_image(spread: Float64) -> Float64:
    """Kernel of a source in the middle of a cell, odd sides, unit sum."""
    half = np.ceil(REACH * np.sqrt(np.diag(spread))).astype(int)
    shape = (2 * int(half[1]) + 1, 2 * int(half[0]) + 1)
    place = np.array([[half[0] + 0.5, half[1] + 0.5]])
    image = point_model(place, np.ones(1), spread, shape)
    return image / image.sum()


def kernel_values(place: Float64, spread: Float64, shape: tuple[int, int]) -> Float64:
    """Kernel of one source on a small map, unit sum over the plane.

    Parameters
    ----------
    place : array (2,) float64
        (column, row), fractional cells.
    spread : array (2, 2) float64
        Covariance, squared cells.
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    array (rows, columns) float64
    """
    column = np.arange(shape[1]) + 0.5 - place[0]
    row = np.arange(shape[0]) + 0.5 - place[1]
    inverse = np.linalg.inv(spread)
    distance = (
        inverse[0, 0] * column[None, :] ** 2
        + 2 * inverse[0, 1] * column[None, :] * row[:, None]
        + inverse[1, 1] * row[:, None] ** 2
    )
    return np.asarray(np.exp(-0.5 * distance) / (2 * np.pi * np.sqrt(np.linalg.det(spread))))


def point_model(
    place: Float64, flux: Float64, spread: Float64, shape: tuple[int, int]
) -> Float64:
    """Map of point sources.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells.
    flux : array (k,) float64
        Sum over cells.
    spread : array (2, 2) float64
        Covariance of the point spread function, squared cells.
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    array (rows, columns) float64
    """
    if not len(place):
        return np.zeros(shape)
    source, cell, kernel, _, _ = _patches(place, spread, shape)
    flat = np.bincount(cell, weights=kernel * flux[source], minlength=shape[0] * shape[1])
    return flat.reshape(shape)


def fit_points(
    image: Float64,
    weight: Float64,
    place: Float64,
    spread: Float64,
    *,
    move: bool = True,
    steps: int = 3,
    farthest: float = 1.5,
) -> PointFit:
    """Fit fluxes, and places if wanted, of all sources at once.

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
    move : bool
        Whether places are fitted too.
    steps : int
        Gauss-Newton steps.
    farthest : float
        Cells that a place may move from its guess altogether.

    Returns
    -------
    PointFit
    """
    n = len(place)
    place = np.array(place, dtype=np.float64).reshape(n, 2)
    if n == 0:
        return PointFit(place, np.zeros(0), np.zeros(0), np.zeros(0))
    start = place.copy()
    data = np.where(weight > 0, image, 0.0).ravel()
    root = np.sqrt(np.where(weight > 0, weight, 0.0)).ravel()
    flux = np.zeros(n)
    rounds = steps if move else 0
    for step in range(rounds + 1):
        source, cell, kernel, by_column, by_row = _patches(place, spread, image.shape)
        used, cell = np.unique(cell, return_inverse=True)
        shape = (len(used), n)
        scale = root[used][cell]
        design = sparse.csc_matrix((kernel * scale, (cell, source)), shape=shape)
        target = data[used] * root[used]
        flux, variance = _solve(design, target)
        if step == rounds:
            break
        strength = np.maximum(flux, 0.0)
        slopes = [
            sparse.csc_matrix((d * scale * strength[source], (cell, source)), shape=shape)
            for d in (by_column, by_row)
        ]
        full = sparse.hstack([design, *slopes], format="csc")
        solution, _ = _solve(full, target - design @ flux, errors=False)
        shift = np.stack([solution[n : 2 * n], solution[2 * n :]], axis=-1)
        place += np.clip(shift, -0.5, 0.5)
        place = start + np.clip(place - start, -farthest, farthest)
    sigma = np.sqrt(variance)
    width = np.sqrt(np.linalg.det(spread) ** 0.5)
    with np.errstate(divide="ignore"):
        place_sigma = np.where(flux > 0, np.sqrt(2.0) * width * sigma / flux, np.inf)
    return PointFit(place, flux, sigma, place_sigma)


def _solve(
    design: sparse.csc_matrix, target: Float64, *, errors: bool = True
) -> tuple[Float64, Float64]:
    """Least squares by the normal equations, with variances where they are wanted."""
    normal = (design.T @ design).tocsc()
    ridge = 1e-9 * float(normal.diagonal().max(initial=0.0)) + 1e-300
    factor = splu(normal + ridge * sparse.identity(normal.shape[0], format="csc"))
    solution = factor.solve(design.T @ target)
    if not errors:
        return solution, np.zeros(0)
    identity = np.eye(normal.shape[0])
    return solution, np.maximum(np.diag(factor.solve(identity)), 0.0)
