"""Slowly varying background and noise of a map, robust against the sources on it.

The map is cut into tiles; each tile gives a clipped median and a robust deviation, and
both are spread over the cells by linear interpolation.  It is the mesh that astronomers
use (Bertin & Arnouts 1996, A&AS 117, 393), on either backend.
"""

import math
from typing import Any

from array_api_compat import array_namespace, device

from hotspots.backend import nanmedian

__all__ = ["mesh_statistics"]

FINE_TILE = 12
"""From this side on, cells, a quarter of a tile's cells is looked at."""

LEAST_CELLS = 20
"""A tile with fewer usable cells takes the median of all tiles."""

CLIPPINGS = 2
"""Rounds in which cells far from their tile's median are left out."""

GAUSSIAN = 1.4826
"""Standard deviation of a Gaussian over its median absolute deviation."""


def mesh_statistics(
    values: Any, usable: Any, tile: int, *, clip_sigma: float = 3.0
) -> tuple[Any, Any]:
    """Background and noise of every cell.

    Parameters
    ----------
    values : array (rows, columns) float
    usable : array (rows, columns) bool
        Cells to look at.
    tile : int
        Side of a tile, cells.
    clip_sigma : float
        Cells further than this from their tile's median are taken for sources.

    Returns
    -------
    background, noise : arrays (rows, columns)
        Same unit as ``values``.  Tiles with few usable cells take the median of all
        others; both are zero where no tile has enough.
    """
    xp = array_namespace(values)
    rows, columns = values.shape
    n_rows, n_columns = math.ceil(rows / tile), math.ceil(columns / tile)
    padded = xp.full(
        (n_rows * tile, n_columns * tile), xp.nan, dtype=values.dtype, device=device(values)
    )
    padded[:rows, :columns] = xp.where(usable, values, xp.nan)
    blocks = xp.reshape(padded, (n_rows, tile, n_columns, tile))
    # drizzled neighbours share samples: every other row and column says it all
    step = 2 if tile >= FINE_TILE else 1
    blocks = blocks[:, ::step, :, ::step]
    side = blocks.shape[1]
    cells = xp.reshape(xp.permute_dims(blocks, (1, 3, 0, 2)), (side * side, n_rows * n_columns))
    for _ in range(CLIPPINGS):
        centre = nanmedian(cells, axis=0)
        spread = GAUSSIAN * nanmedian(xp.abs(cells - centre), axis=0)
        outside = xp.abs(cells - centre) > clip_sigma * spread
        cells = xp.where(outside, xp.nan, cells)
    centre = nanmedian(cells, axis=0)
    spread = GAUSSIAN * nanmedian(xp.abs(cells - centre), axis=0)
    # clipping at 3 sigma takes 0.3 % of a Gaussian: no correction is needed
    enough = xp.sum(xp.astype(xp.isfinite(cells), values.dtype), axis=0) >= LEAST_CELLS
    for_all = _overall(centre, enough), _overall(spread, enough)
    meshes = [
        xp.reshape(xp.where(enough & xp.isfinite(mesh), mesh, whole), (n_rows, n_columns))
        for mesh, whole in zip((centre, spread), for_all, strict=True)
    ]
    background, noise = (_interpolated(_smooth(mesh), tile, (rows, columns)) for mesh in meshes)
    return background, noise


def _overall(mesh: Any, enough: Any) -> Any:
    xp = array_namespace(mesh)
    known = xp.where(enough & xp.isfinite(mesh), mesh, xp.nan)
    value = nanmedian(xp.reshape(known, (-1, 1)), axis=0)[0]
    return xp.where(xp.isfinite(value), value, xp.zeros_like(value))


def _smooth(mesh: Any) -> Any:
    """Median over 3 x 3 tiles, edges repeated."""
    xp = array_namespace(mesh)
    rows, columns = mesh.shape
    up = xp.concat([mesh[:1, :], mesh, mesh[-1:, :]], axis=0)
    wide = xp.concat([up[:, :1], up, up[:, -1:]], axis=1)
    shifted = [wide[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
    return nanmedian(xp.stack(shifted), axis=0)


def _interpolated(mesh: Any, tile: int, shape: tuple[int, int]) -> Any:
    """Bilinear interpolation between tile centres, constant beyond the outermost."""
    xp = array_namespace(mesh)
    result = mesh
    for axis in (0, 1):
        n = result.shape[axis]
        place = (xp.arange(shape[axis], dtype=mesh.dtype, device=device(mesh)) + 0.5) / tile - 0.5
        place = xp.clip(place, 0.0, float(n - 1))
        lower = xp.astype(xp.floor(place), xp.int64)
        upper = xp.where(lower + 1 < n, lower + 1, lower)
        part = xp.astype(place - xp.astype(lower, mesh.dtype), mesh.dtype)
        part = part[:, None] if axis == 0 else part[None, :]
        result = (
            xp.take(result, lower, axis=axis) * (1 - part)
            + xp.take(result, upper, axis=axis) * part
        )
    return result
