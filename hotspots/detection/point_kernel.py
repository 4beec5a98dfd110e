r"""The model of a point source on a map: a Gaussian with the map's covariance.

.. math:: K(x) = \frac{1}{2\pi\sqrt{\det C}}\,e^{-x^T C^{-1} x / 2}

sampled at cell centres, so that its sum over cells is one.  It ends at `REACH` standard
deviations, which leaves out 3 parts in 10,000 of the light.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["KernelCells", "kernel_cells", "kernel_image", "kernel_values", "point_model"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

REACH = 4.0
"""Standard deviations at which the model ends."""


@dataclass(frozen=True)
class KernelCells:
    """Kernels of k sources as a list of the m cells that they reach.

    Parameters
    ----------
    source : array (m,) int64
        Number of the source.
    cell : array (m,) int64
        Flat index of the cell.
    kernel : array (m,) float64
        Its part of the source's light.
    by_column, by_row : arrays (m,) float64
        Derivative of ``kernel`` by the source's column and row, 1/cell.
    """

    source: Int64
    cell: Int64
    kernel: Float64
    by_column: Float64
    by_row: Float64


def kernel_cells(place: Float64, spread: Float64, shape: tuple[int, int]) -> KernelCells:
    """List the cells that some sources reach.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells; cell i covers i to i + 1.
    spread : array (2, 2) float64
        Covariance in (column, row), squared cells.
    shape : tuple of int
        Rows and columns of the map; cells beyond are left out.

    Returns
    -------
    KernelCells
    """
    half = _half_sides(spread)
    d_column, d_row = np.meshgrid(
        np.arange(-half[0], half[0] + 1), np.arange(-half[1], half[1] + 1)
    )
    base = np.floor(place).astype(np.int64)
    column = base[:, 0, None] + d_column.ravel()
    row = base[:, 1, None] + d_row.ravel()
    inside = (column >= 0) & (column < shape[1]) & (row >= 0) & (row < shape[0])
    offset = np.stack([column + 0.5 - place[:, 0, None], row + 0.5 - place[:, 1, None]], axis=-1)
    scaled = offset @ np.linalg.inv(spread)
    distance = np.sum(scaled * offset, axis=-1)
    kernel = np.where(distance < REACH**2, _peak(spread) * np.exp(-0.5 * distance), 0.0)
    source = np.broadcast_to(np.arange(len(place))[:, None], inside.shape)
    cell = row * shape[1] + column
    return KernelCells(
        source=source[inside],
        cell=cell[inside],
        kernel=kernel[inside],
        by_column=(kernel * scaled[..., 0])[inside],
        by_row=(kernel * scaled[..., 1])[inside],
    )


def kernel_image(spread: Float64) -> Float64:
    """Kernel of a source in the middle of a cell.

    Parameters
    ----------
    spread : array (2, 2) float64
        Covariance in (column, row), squared cells.

    Returns
    -------
    array (rows, columns) float64
        Odd sides, unit sum.
    """
    half = _half_sides(spread)
    shape = (2 * int(half[1]) + 1, 2 * int(half[0]) + 1)
    middle = half[None].astype(np.float64) + 0.5
    image = point_model(middle, np.ones(1), spread, shape)
    return np.asarray(image / image.sum())


def kernel_values(place: Float64, spread: Float64, shape: tuple[int, int]) -> Float64:
    """Kernel of one source on a small map, without an end.

    Parameters
    ----------
    place : array (2,) float64
        (column, row), fractional cells.
    spread : array (2, 2) float64
        Covariance in (column, row), squared cells.
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    array (rows, columns) float64
        Unit sum over the plane.
    """
    column = np.arange(shape[1]) + 0.5 - place[0]
    row = np.arange(shape[0]) + 0.5 - place[1]
    inverse = np.linalg.inv(spread)
    distance = (
        inverse[0, 0] * column[None, :] ** 2
        + 2 * inverse[0, 1] * column[None, :] * row[:, None]
        + inverse[1, 1] * row[:, None] ** 2
    )
    return np.asarray(_peak(spread) * np.exp(-0.5 * distance))


def point_model(place: Float64, flux: Float64, spread: Float64, shape: tuple[int, int]) -> Float64:
    """Map of point sources.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells.
    flux : array (k,) float64
        Sum over cells.
    spread : array (2, 2) float64
        Covariance in (column, row), squared cells.
    shape : tuple of int
        Rows and columns.

    Returns
    -------
    array (rows, columns) float64
    """
    if not len(place):
        return np.zeros(shape)
    cells = kernel_cells(place, spread, shape)
    light = cells.kernel * flux[cells.source]
    flat = np.bincount(cells.cell, weights=light, minlength=shape[0] * shape[1])
    return np.asarray(flat, dtype=np.float64).reshape(shape)


def _half_sides(spread: Float64) -> Int64:
    """Cells from the middle to the end of the kernel, by column and by row."""
    return np.ceil(REACH * np.sqrt(np.diag(spread))).astype(np.int64)


def _peak(spread: Float64) -> float:
    return float(1.0 / (2 * np.pi * np.sqrt(np.linalg.det(spread))))
