"""Stage 5: the frames of a visit on the equirectangular and polar product grids."""

import math

import numpy as np

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config import InferSettings
from hotspots.grid import Grid, GridMap, Projection
from hotspots.pipeline.mapping import Group, on_product_grid

__all__ = ["equirectangular_grid", "polar_grid", "product_maps"]

POLAR_LATITUDE_DEG = 60.0
"""Equator-ward rim of the polar grids."""


def equirectangular_grid(cell_deg: float) -> Grid:
    """Global grid, longitude -180..180, with cells of ``cell_deg`` at the equator."""
    columns = round(360.0 / cell_deg)
    cell_km = 2 * math.pi * IO_MEAN_RADIUS_KM / columns
    rows = columns // 2
    return Grid(
        projection=Projection.EQUIRECTANGULAR,
        shape=(rows, columns),
        cell_km=cell_km,
        x_min_km=-0.5 * columns * cell_km,
        y_max_km=0.5 * rows * cell_km,
    )


def polar_grid(projection: Projection, cell_km: float) -> Grid:
    """Square stereographic grid about a pole, out to 60 degrees latitude."""
    colatitude = math.radians(90.0 - POLAR_LATITUDE_DEG)
    half = 2 * IO_MEAN_RADIUS_KM * math.tan(colatitude / 2)
    side = 2 * math.ceil(half / cell_km)
    return Grid(
        projection=projection,
        shape=(side, side),
        cell_km=cell_km,
        x_min_km=-0.5 * side * cell_km,
        y_max_km=0.5 * side * cell_km,
    )


def product_maps(groups: tuple[Group, ...], settings: InferSettings) -> tuple[GridMap, ...]:
    """Maps for the rasters of a visit.

    Parameters
    ----------
    groups : tuple of Group
        With particle hits flagged.
    settings : InferSettings

    Returns
    -------
    tuple of GridMap
        ``equirectangular`` and, where frames see them, ``north_polar``, ``south_polar``.
    """
    if not settings.products.cogs:
        return ()
    flat = equirectangular_grid(settings.products.equirectangular_cell_deg)
    wanted = {
        "equirectangular": flat,
        "north_polar": polar_grid(Projection.POLAR_NORTH, flat.cell_km),
        "south_polar": polar_grid(Projection.POLAR_SOUTH, flat.cell_km),
    }
    made = []
    for name, grid in wanted.items():
        grid_map = on_product_grid(groups, grid, name)
        seen = [grid_map[plane] for plane in grid_map.planes if plane.endswith("_frames")]
        if any(bool(np.any(frames > 0)) for frames in seen):
            made.append(grid_map)
    return tuple(made)
