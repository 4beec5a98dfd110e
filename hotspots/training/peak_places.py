"""Places on the ground and peaks on a map: which belongs to which, and where it is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.host import ellipsoid_point
from hotspots.grid import Grid
from hotspots.gridding.locate import cell_surface, project

__all__ = ["cells_of", "pairs_within", "place_of"]

Float64 = NDArray[np.float64]


def cells_of(grid: Grid, places_deg: Sequence[tuple[float, float]]) -> tuple[Float64, Float64]:
    """Cells of planetocentric places.

    Parameters
    ----------
    grid : Grid
    places_deg : sequence of (latitude, longitude east)

    Returns
    -------
    columns, rows : arrays (n,) float64
        Fractional, cell i covers i to i + 1; NaN where the projection does not show the
        place.
    """
    latitude, longitude = np.array(places_deg, dtype=np.float64).reshape(-1, 2).T
    points = ellipsoid_point(latitude, longitude)
    column, row = project(points, points / np.asarray(grid.radii_km), grid)
    return np.asarray(column), np.asarray(row)


def place_of(grid: Grid, column: float, row: float) -> tuple[float, float]:
    """Planetocentric (latitude, longitude east) of a fractional cell, degrees; NaN off the body."""
    cell = replace(
        grid,
        shape=(1, 1),
        x_min_km=grid.x_min_km + (column - 0.5) * grid.cell_km,
        y_max_km=grid.y_max_km - (row - 0.5) * grid.cell_km,
    )
    _, latitude, longitude = cell_surface(cell)
    return float(latitude[0, 0]), float(longitude[0, 0])


def pairs_within(distance: Float64, order: Float64, reach: Float64) -> dict[int, int]:
    """Give each place at most one peak, and each peak at most one place.

    Parameters
    ----------
    distance : array (places, peaks) float64
        NaN where there is none.
    order : array (places, peaks) float64
        The pair of the lowest number is taken first.
    reach : array (places,) float64
        Peaks farther than this do not belong to the place.

    Returns
    -------
    dict of int to int
        Peak of each place that has one.
    """
    rows, columns = np.nonzero(distance <= reach[:, None])
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for k in np.argsort(order[rows, columns], kind="stable"):
        place, peak = int(rows[k]), int(columns[k])
        if place not in pairs and peak not in taken:
            pairs[place] = peak
            taken.add(peak)
    return pairs
