"""Which frames share a grid, and the grid that suits them: `group_frames`, `view_grid`.

A view grid is orthographic along the direction from which the surface was seen, so the
camera's point spread function keeps its round shape there and the bands of a visit
fall on the same cells.  That holds while the frames of a group look from about the
same side (10 degrees) with pixels of about the same size (a factor of 1.6).

Frames are looked at on a lattice of every `LATTICE_STEP`-th sample: enough for a
direction, a pixel size and an outline.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.camera import Cameras
from hotspots.errors import GriddingError
from hotspots.geometry.intersect import intersect, on_device
from hotspots.grid import Grid, Projection
from hotspots.gridding.locate import project

__all__ = ["LATTICE_STEP", "FrameViews", "frame_views", "group_frames", "lattice", "view_grid"]

LATTICE_STEP = 4
MARGIN_CELLS = 2

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class FrameViews:
    """From where and how finely n frames see the body.

    Parameters
    ----------
    direction : array (n, 3) float64
        Body-fixed unit vector from the middle of the seen surface to the camera; NaN
        where a frame misses the body.
    pixel_km : array (n,) float64
        Median over the seen surface of the angle of a sample times its distance, km;
        NaN where a frame misses the body.
    """

    direction: Float64
    pixel_km: Float64


def frame_views(cameras: Cameras, shape: tuple[int, int] = (128, 432)) -> FrameViews:
    """Look at the surface that each frame sees.

    Parameters
    ----------
    cameras : Cameras
    shape : tuple of int
        (lines, samples) of a frame.
    """
    surface, _ = lattice(cameras, shape)
    direction = np.full((len(cameras), 3), np.nan)
    pixel_km = np.full(len(cameras), np.nan)
    for index, position in enumerate(np.asarray(cameras.position_km, dtype=np.float64)):
        seen = surface[index][np.isfinite(surface[index, :, 0])].astype(np.float64)
        if len(seen):
            towards = position - seen
            distance = np.linalg.norm(towards, axis=1)
            mean = np.mean(towards / distance[:, None], axis=0)
            direction[index] = mean / np.linalg.norm(mean)
            pixel_km[index] = cameras.ifov_rad * np.median(distance)
    return FrameViews(direction, pixel_km)


def group_frames(
    cameras: Cameras,
    shape: tuple[int, int] = (128, 432),
    *,
    max_angle_deg: float = 10.0,
    max_size_ratio: float = 1.6,
) -> list[list[int]]:
    """Sort frames into groups that may share one view grid.

    Each frame, in the order given, joins the first group all of whose members it
    resembles, or founds the next one.

    Parameters
    ----------
    cameras : Cameras
        In order of time.
    shape : tuple of int
        (lines, samples) of a frame.
    max_angle_deg : float
        Largest angle between the view directions of two frames of a group.
    max_size_ratio : float
        Largest ratio of their native pixel sizes.

    Returns
    -------
    list of list of int
        Indices of the frames of each group; frames that miss the body are in none.
    """
    views = frame_views(cameras, shape)
    least_cosine = math.cos(math.radians(max_angle_deg))
    groups: list[list[int]] = []
    for index in np.flatnonzero(np.isfinite(views.pixel_km)).tolist():
        for group in groups:
            cosine = views.direction[group] @ views.direction[index]
            ratio = np.abs(np.log(views.pixel_km[group] / views.pixel_km[index]))
            if np.all(cosine >= least_cosine) and np.all(ratio <= math.log(max_size_ratio)):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def view_grid(
    cameras: Cameras,
    shape: tuple[int, int] = (128, 432),
    *,
    cell_fraction: float = 0.6,
    max_cells: int = 25_000_000,
) -> Grid:
    """Choose the orthographic grid of a group of frames.

    Parameters
    ----------
    cameras : Cameras
        Of the group (`group_frames`), both bands' if they are to share cells.
    shape : tuple of int
        (lines, samples) of a frame.
    cell_fraction : float
        Cell over the median native pixel size.
    max_cells : int
        Refuse grids with more cells than this.

    Returns
    -------
    Grid
        Centred on the mean direction from the seen surface to the cameras (the
        sub-spacecraft point, seen from afar), wide enough for every footprint.

    Raises
    ------
    GriddingError
        If no frame sees the body, or the grid would have more than ``max_cells``.
    """
    views = frame_views(cameras, shape)
    if not np.any(np.isfinite(views.pixel_km)):
        msg = f"view grid: none of the {len(cameras)} frames sees the body; leave them out"
        raise GriddingError(msg)
    towards = np.nanmean(views.direction, axis=0)
    towards /= np.linalg.norm(towards)
    pixel_km = float(np.nanmedian(views.pixel_km))
    probe = Grid(
        projection=Projection.VIEW,
        shape=(1, 1),
        cell_km=cell_fraction * pixel_km,
        x_min_km=0.0,
        y_max_km=0.0,
        centre_latitude_deg=math.degrees(math.asin(max(-1.0, min(1.0, towards[2])))),
        centre_longitude_deg=math.degrees(math.atan2(towards[1], towards[0])) % 360.0,
        radii_km=cameras.radii_km,
    )
    left, right, top, bottom = _outline(cameras, shape, probe, views)
    rows, columns = bottom - top, right - left
    if rows * columns > max_cells:
        msg = (
            f"view grid: {rows} x {columns} cells of {probe.cell_km:.3g} km are more than "
            f"{max_cells}; raise cell_fraction or max_cells, or split the group"
        )
        raise GriddingError(msg)
    return Grid(
        projection=Projection.VIEW,
        shape=(rows, columns),
        cell_km=probe.cell_km,
        x_min_km=left * probe.cell_km,
        y_max_km=-top * probe.cell_km,
        centre_latitude_deg=probe.centre_latitude_deg,
        centre_longitude_deg=probe.centre_longitude_deg,
        radii_km=cameras.radii_km,
    )


def lattice(cameras: Cameras, shape: tuple[int, int]) -> tuple[Float32, Float32]:
    """Return surface (n, points, 3) and unit-sphere points of every few sample corners.

    Points are NaN where the line of sight misses the body.
    """
    lines, samples = shape
    x = np.append(np.arange(-0.5, samples - 0.5, LATTICE_STEP), samples - 0.5)
    y = np.append(np.arange(-0.5, lines - 0.5, LATTICE_STEP), lines - 0.5)
    grid_x, grid_y = (a.reshape(1, -1).astype(np.float32) for a in np.meshgrid(x, y))
    _, unit_point, surface = intersect(on_device(cameras, grid_x), grid_x, grid_y)
    return surface, unit_point


def _outline(
    cameras: Cameras, shape: tuple[int, int], probe: Grid, views: FrameViews
) -> tuple[int, int, int, int]:
    """Columns and rows (left, right, top, bottom) that hold every footprint."""
    surface, unit_point = lattice(cameras, shape)
    column, row = project(surface, unit_point, probe)
    # A footprint at the limb may reach one lattice step beyond the last point that hit;
    # nothing reaches beyond the outline of the body.
    reach = LATTICE_STEP * float(np.nanmax(views.pixel_km)) / probe.cell_km
    outline = [
        math.sqrt(sum((axis[k] * probe.radii_km[k]) ** 2 for k in range(3))) / probe.cell_km
        for axis in probe.basis()[:2]
    ]
    edges = []
    for values, limit in zip((column, row), outline, strict=True):
        low = max(float(np.nanmin(values)) - reach, -limit) - MARGIN_CELLS
        high = min(float(np.nanmax(values)) + reach, limit) + MARGIN_CELLS
        edges += [math.floor(low), math.ceil(high)]
    return edges[0], edges[1], edges[2], edges[3]
