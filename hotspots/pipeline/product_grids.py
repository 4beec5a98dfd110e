"""Stage 4: the frames of a visit on the equirectangular and polar product grids."""

import math

import numpy as np

from hotspots.backend import to_host
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config import ProductSettings
from hotspots.grid import Grid, GridMap, Projection
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.mapping import on_product_grid

__all__ = ["equirectangular_grid", "polar_grid", "product_maps"]

POLAR_LATITUDE_DEG = 60.0
"""Equator-ward rim of the polar grids."""


def equirectangular_grid(cell_deg: float) -> Grid:
    """Choose the global grid, longitude -180..180.

    Parameters
    ----------
    cell_deg : float
        Side of a cell at the equator, degrees; made a little smaller or larger, so that
        a whole number of columns goes round.

    Returns
    -------
    Grid
    """
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
    """Choose a square stereographic grid about a pole.

    Parameters
    ----------
    projection : Projection
        ``POLAR_NORTH`` or ``POLAR_SOUTH``.
    cell_km : float
        Side of a cell at the pole, km.

    Returns
    -------
    Grid
        Reaches `POLAR_LATITUDE_DEG` in the middles of its edges.
    """
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


def product_maps(groups: tuple[Group, ...], settings: ProductSettings) -> tuple[GridMap, ...]:
    """Maps for the rasters of a visit.

    Parameters
    ----------
    groups : tuple of Group
        With particle hits flagged.
    settings : ProductSettings
        ``cogs`` and ``equirectangular_cell_deg``.

    Returns
    -------
    tuple of GridMap
        Those of ``equirectangular``, ``north_polar`` and ``south_polar`` that frames
        see; none unless ``cogs`` is set.
    """
    if not settings.cogs:
        return ()
    flat = equirectangular_grid(settings.equirectangular_cell_deg)
    wanted = {
        "equirectangular": flat,
        "north_polar": polar_grid(Projection.POLAR_NORTH, flat.cell_km),
        "south_polar": polar_grid(Projection.POLAR_SOUTH, flat.cell_km),
    }
    made = []
    for name, grid in wanted.items():
        grid_map = on_product_grid(groups, grid, name)
        counts = [grid_map[plane] for plane in grid_map.planes if plane.endswith("_frames")]
        if any(np.any(to_host(frames) > 0) for frames in counts):
            made.append(grid_map)
    return tuple(made)
