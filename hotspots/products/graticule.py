"""Parallels and meridians on a map, and the cells that places fall in."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.grid import Grid
from hotspots.gridding.locate import project

__all__ = ["cells_of", "draw_graticule"]

_STEPS_DEG = (30, 15, 10, 5, 2, 1)
_LINE: dict[str, Any] = {"color": "white", "alpha": 0.28, "linewidth": 0.6}
_TEXT: dict[str, Any] = {"color": "white", "alpha": 0.6, "fontsize": 6.5, "ha": "center"}
_SHORTEST_LABELLED = 20


def cells_of(grid: Grid, latitude_deg: ArrayLike, longitude_deg: ArrayLike) -> tuple[Any, Any]:
    """Fractional column and row of places on the ellipsoid; NaN where not shown.

    Parameters
    ----------
    grid : Grid
    latitude_deg, longitude_deg : array-like
        Planetocentric latitude and east longitude, broadcast against each other.
    """
    latitude, longitude = np.broadcast_arrays(np.deg2rad(latitude_deg), np.deg2rad(longitude_deg))
    direction = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
    radii = np.asarray(grid.radii_km)
    unit_point = direction / radii
    unit_point /= np.linalg.norm(unit_point, axis=-1, keepdims=True)
    return project(unit_point * radii, unit_point, grid)


def draw_graticule(axes: Axes, grid: Grid) -> None:
    """Draw parallels and meridians over axes whose coordinates are columns and rows."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    extent_deg = np.rad2deg(max(right - left, bottom - top) * grid.cell_km / IO_MEAN_RADIUS_KM)
    step = next((one for one in _STEPS_DEG if one <= 0.3 * extent_deg), _STEPS_DEG[-1])
    around = np.linspace(-180.0, 180.0, 3601)
    for latitude in range(-90 + step, 90, step):
        name = f"{abs(latitude)}°{('', 'N', 'S')[np.sign(latitude)]}"
        _draw_line(axes, grid, *cells_of(grid, latitude, around), name)
    # Meridians stop short of the poles, where they would crowd.
    upwards = np.linspace(step - 90.0, 90.0 - step, 1801)
    for longitude in range(0, 360, step):
        _draw_line(axes, grid, *cells_of(grid, upwards, longitude), f"{longitude}°E")


def _draw_line(axes: Axes, grid: Grid, column: Any, row: Any, name: str) -> None:
    """Draw a line and write its name at the middle of its part inside the picture."""
    # A line that leaves an equirectangular map comes back on its other side.
    jumps = np.abs(np.diff(column, prepend=column[:1])) > 0.5 * grid.shape[1]
    column = np.where(jumps, np.nan, column)
    axes.plot(column, row, **_LINE)
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    inside = np.flatnonzero((column > left) & (column < right) & (row < bottom) & (row > top))
    if inside.size > _SHORTEST_LABELLED:
        middle = inside[inside.size // 2]
        axes.annotate(name, (column[middle], row[middle]), va="center", clip_on=True, **_TEXT)
