"""Limits of every cell of a product grid."""

import numpy as np

from hotspots.grid import Grid, GridMap, Plane
from hotspots.gridding.locate import cell_surface
from hotspots.retrieval.limits.completeness import (
    GroupCompleteness,
    limit_here,
    log_middles_at,
)

__all__ = ["limit_map"]

LEVELS = (0.5, 0.9)
"""Completeness of the two limits."""

ROWS_AT_ONCE = 64
"""Rows of the product grid that are worked on together: bounds memory."""


def limit_map(groups: tuple[GroupCompleteness, ...], grid: Grid) -> GridMap:
    """Work out the limits of every cell, a few rows at a time.

    Parameters
    ----------
    groups : tuple of GroupCompleteness
        At least one.
    grid : Grid
        Equirectangular.

    Returns
    -------
    GridMap
        ``m_limit50_gw_um`` and ``m_limit90_gw_um`` (GW/um, for one more source beside those
        that were found), ``m_limit50_alone_gw_um`` (as if none had been found),
        ``cos_emission`` and ``frames``; NaN where nothing was in view.
    """
    names = ("m_limit50_gw_um", "m_limit90_gw_um", "m_limit50_alone_gw_um")
    planes = {name: np.full(grid.shape, np.nan, dtype=np.float32) for name in names}
    cosine = np.full(grid.shape, np.nan, dtype=np.float32)
    frames = np.zeros(grid.shape, dtype=np.float32)
    for first in range(0, grid.shape[0], ROWS_AT_ONCE):
        rows = slice(first, min(first + ROWS_AT_ONCE, grid.shape[0]))
        surface, _, _ = cell_surface(_strip(grid, rows))
        middles = log_middles_at(groups, surface)
        seen = np.isfinite(middles).any(axis=0)
        if not seen.any():
            continue
        alone = log_middles_at(groups, surface[seen], alone=True)
        values = (
            *(limit_here(groups, middles[:, seen], level) for level in LEVELS),
            limit_here(groups, alone, LEVELS[0]),
        )
        for name, value in zip(names, values, strict=True):
            planes[name][rows][seen] = value
        cosine[rows][seen] = np.max(
            [group.at(group.cos_emission, surface[seen], 0.0) for group in groups], axis=0
        )
        frames[rows][seen] = np.sum(
            [group.at(group.frames, surface[seen], 0.0) for group in groups], axis=0
        )
    described = {
        names[0]: "spectral power found as often as not, beside the sources found",
        names[1]: "spectral power found nine times in ten, beside the sources found",
        names[2]: "spectral power found as often as not, if no source were near",
    }
    limits = {name: Plane(planes[name], "GW um-1", described[name]) for name in names}
    limits["cos_emission"] = Plane(cosine, "1", "cosine of the emission angle, best group")
    limits["frames"] = Plane(frames, "1", "frames of the M band that cover the cell")
    return GridMap(grid, limits, {"name": "limits"})


def _strip(grid: Grid, rows: slice) -> Grid:
    """Some rows of a grid."""
    return Grid(
        projection=grid.projection,
        shape=(rows.stop - rows.start, grid.shape[1]),
        cell_km=grid.cell_km,
        x_min_km=grid.x_min_km,
        y_max_km=grid.y_max_km - rows.start * grid.cell_km,
    )
