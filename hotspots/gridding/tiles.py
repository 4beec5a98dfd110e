"""A grid cut into tiles, and which frames fall on each: bounds the memory of stacks."""

from dataclasses import dataclass, replace

import numpy as np

from hotspots.camera import Cameras
from hotspots.grid import Grid
from hotspots.gridding.locate import project
from hotspots.gridding.view_grid import LATTICE_STEP, lattice

__all__ = ["Tile", "cut_tiles", "frames_on_tiles"]


@dataclass(frozen=True)
class Tile:
    """A rectangle of cells and the grid that it is by itself.

    Parameters
    ----------
    rows, columns : slice
        Place in the whole grid.
    grid : Grid
    """

    rows: slice
    columns: slice
    grid: Grid


def cut_tiles(grid: Grid, side: int) -> list[Tile]:
    """Cut a grid into tiles of at most ``side`` x ``side`` cells, row by row."""
    rows, columns = grid.shape
    tiles = []
    for top in range(0, rows, side):
        for left in range(0, columns, side):
            bottom, right = min(top + side, rows), min(left + side, columns)
            part = replace(
                grid,
                shape=(bottom - top, right - left),
                x_min_km=grid.x_min_km + left * grid.cell_km,
                y_max_km=grid.y_max_km - top * grid.cell_km,
            )
            tiles.append(Tile(slice(top, bottom), slice(left, right), part))
    return tiles


def frames_on_tiles(
    cameras: Cameras, shape: tuple[int, int], grid: Grid, tiles: list[Tile]
) -> list[list[int]]:
    """Frames whose box on the grid meets each tile.

    Parameters
    ----------
    cameras : Cameras
    shape : tuple of int
        (lines, samples) of a frame.
    grid : Grid
        View grid that the tiles were cut from.
    tiles : list of Tile

    Returns
    -------
    list of list of int
        Indices of frames, for each tile; a frame may be named that only comes close.
    """
    surface, unit_point = lattice(cameras, shape)
    column, row = project(surface, unit_point, grid)
    # The lattice may stop short of the limb by one of its steps.
    distance = np.linalg.norm(
        np.asarray(cameras.position_km)[:, None, :] - surface.astype(np.float64), axis=-1
    )
    boxes = []
    for index in range(len(cameras)):
        seen = np.isfinite(column[index])
        if not np.any(seen):
            boxes.append((np.inf, -np.inf, np.inf, -np.inf))
            continue
        farthest = float(np.nanmax(distance[index]))
        reach = 1 + LATTICE_STEP * cameras.ifov_rad * farthest / grid.cell_km
        left, right = column[index][seen].min() - reach, column[index][seen].max() + reach
        top, bottom = row[index][seen].min() - reach, row[index][seen].max() + reach
        boxes.append((top, bottom, left, right))
    return [
        [
            index
            for index, (top, bottom, left, right) in enumerate(boxes)
            if top < tile.rows.stop
            and bottom > tile.rows.start
            and left < tile.columns.stop
            and right > tile.columns.start
        ]
        for tile in tiles
    ]
