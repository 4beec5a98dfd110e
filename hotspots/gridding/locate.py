r"""From surface points to fractional cells and back, for the four projections.

Columns and rows are counted so that cell ``i`` covers ``[i, i + 1)``.  With
:math:`P` the body-fixed point in km, :math:`\lambda_0` the grid's centre longitude and
:math:`(r, u, t)` the axes of `Grid.basis`:

view
    x = r . P, y = u . P; seen where the ellipsoid's normal leans towards ``t``.
equirectangular
    x = R (longitude - lambda0), y = R latitude (planetocentric); longitudes are taken
    on the turn that is nearest to the middle of the grid.
polar stereographic (Snyder 1987, USGS PP 1395, eqs. 21-1 to 21-12, k0 = 1)
    x = 2 R sin(dl) tan(c/2), y = -+2 R cos(dl) tan(c/2), with tan(c/2) written as
    ``hypot(Px, Py) / (|P| +- Pz)``: no trigonometry.

`kernel_constants` puts the same formulas into the numbers that the compiled loops
(`footprint.cuh` and `clip_cpu`) read.
"""

import math
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.body import latitude_longitude
from hotspots.grid import Grid, Projection

__all__ = [
    "FARTHEST_COSINE",
    "PROJECTION_CODES",
    "cell_surface",
    "kernel_constants",
    "project",
    "surface_at",
]

PROJECTION_CODES = {
    Projection.VIEW: 0,
    Projection.EQUIRECTANGULAR: 1,
    Projection.POLAR_NORTH: 2,
    Projection.POLAR_SOUTH: 3,
}

FARTHEST_COSINE = -0.5
"""Polar grids end 120 degrees from their pole, where cells have shrunk to a quarter."""


def project(surface_km: Any, unit_point: Any, grid: Grid) -> tuple[Any, Any]:
    """Fractional cell of surface points.

    Parameters
    ----------
    surface_km, unit_point : arrays (..., 3)
        Body-fixed surface points, km, and the same on the unit sphere
        (`hotspots.geometry.intersect`).
    grid : Grid

    Returns
    -------
    column, row : arrays (...)
        Fractional cell, inside the grid where 0 <= column < columns and
        0 <= row < rows; NaN where the projection does not show the point.
    """
    xp = array_namespace(surface_km)

    def along(points: Any, axis: tuple[float, ...]) -> Any:
        return points[..., 0] * axis[0] + points[..., 1] * axis[1] + points[..., 2] * axis[2]

    if grid.projection is Projection.VIEW:
        right, up, towards = grid.basis()
        normal = tuple(t / radius for t, radius in zip(towards, grid.radii_km, strict=True))
        shown = along(unit_point, normal) > 0
        x, y = along(surface_km, right), along(surface_km, up)
    else:
        right, forward = _equator_axes(grid)
        a, b, c = along(surface_km, right), along(surface_km, forward), surface_km[..., 2]
        if grid.projection is Projection.EQUIRECTANGULAR:
            x = grid.sphere_radius_km * xp.atan2(a, b)
            y = grid.sphere_radius_km * xp.atan2(c, xp.hypot(a, b))
            around = 2 * math.pi * grid.sphere_radius_km
            middle = grid.x_min_km + 0.5 * grid.shape[1] * grid.cell_km
            x = x - around * xp.round((x - middle) / around)
            shown = xp.isfinite(x)
        else:
            north = 1.0 if grid.projection is Projection.POLAR_NORTH else -1.0
            radius = xp.sqrt(a * a + b * b + c * c)
            shown = north * c > FARTHEST_COSINE * radius
            stretch = 2 * grid.sphere_radius_km / xp.where(shown, radius + north * c, xp.nan)
            x, y = a * stretch, -north * b * stretch
    column = (x - grid.x_min_km) / grid.cell_km
    row = (grid.y_max_km - y) / grid.cell_km
    return xp.where(shown, column, xp.nan), xp.where(shown, row, xp.nan)


def cell_surface(grid: Grid, *, like: Any = None) -> tuple[Any, Any, Any]:
    """Place on the body of every cell's centre.

    Parameters
    ----------
    grid : Grid
    like : array, optional
        Lends its namespace and device to the answer; NumPy without it.

    Returns
    -------
    surface_km : array (rows, columns, 3) float64
        Body-fixed point on the triaxial ellipsoid, km; NaN off the body.
    latitude_deg, longitude_east_deg : arrays (rows, columns) float64
        Planetocentric; NaN off the body.
    """
    like = np.zeros(1) if like is None else like
    xp, place = array_namespace(like), device(like)
    rows, columns = grid.shape
    column = xp.arange(columns, dtype=xp.float64, device=place) + 0.5
    row = xp.arange(rows, dtype=xp.float64, device=place) + 0.5
    surface = surface_at(grid, column[None, :], row[:, None])
    latitude, longitude = latitude_longitude(surface)
    return surface, latitude, longitude


def surface_at(grid: Grid, column: Any, row: Any) -> Any:
    """Place on the body of any points of a grid.

    Parameters
    ----------
    grid : Grid
    column, row : arrays (...) float64
        Fractional cells; cell i covers i to i + 1.  Shapes broadcast.

    Returns
    -------
    array (..., 3) float64
        Body-fixed point on the triaxial ellipsoid, km; NaN off the body.
    """
    xp = array_namespace(column)
    x = grid.x_min_km + column * grid.cell_km
    y = grid.y_max_km - row * grid.cell_km
    radii = xp.asarray(grid.radii_km, dtype=xp.float64, device=device(column))
    if grid.projection is Projection.VIEW:
        return _view_surface(grid, x, y, radii)
    direction = _sphere_direction(grid, x, y)
    return direction / xp.sqrt(xp.sum((direction / radii) ** 2, axis=-1, keepdims=True))


def kernel_constants(grid: Grid) -> NDArray[np.float32]:
    """Numbers of one grid for the compiled loops.

    Returns
    -------
    array (14,) float32
        Three axes that a unit-sphere point is multiplied with (0..8), column and row
        of the projection's origin (9, 10), cells per unit (11), columns of a full
        turn or 0 (12), middle column (13).
    """
    radii = np.asarray(grid.radii_km)
    column_0, row_0 = -grid.x_min_km / grid.cell_km, grid.y_max_km / grid.cell_km
    turn = 0.0
    scale = 1.0
    if grid.projection is Projection.VIEW:
        right, up, towards = (np.asarray(axis) for axis in grid.basis())
        axes = [right * radii / grid.cell_km, up * radii / grid.cell_km, towards / radii]
    else:
        right, forward = (np.asarray(axis) for axis in _equator_axes(grid))
        axes = [right * radii, forward * radii, np.asarray([0.0, 0.0, radii[2]])]
        scale = grid.sphere_radius_km / grid.cell_km
        if grid.projection is Projection.EQUIRECTANGULAR:
            turn = 2 * math.pi * scale
        else:
            scale *= 2
    scalars = [column_0, row_0, scale, turn, 0.5 * grid.shape[1]]
    return np.concatenate([*axes, scalars]).astype(np.float32)


def _equator_axes(grid: Grid) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return unit vectors in the equator: 90 degrees east of the centre longitude, and along it."""
    angle = math.radians(grid.centre_longitude_deg)
    return (-math.sin(angle), math.cos(angle), 0.0), (math.cos(angle), math.sin(angle), 0.0)


def _view_surface(grid: Grid, x: Any, y: Any, radii: Any) -> Any:
    """Near intersection of the lines along the view direction with the ellipsoid."""
    xp = array_namespace(x)
    right, up, towards = (
        xp.asarray(axis, dtype=x.dtype, device=device(x)) for axis in grid.basis()
    )
    flat = x[..., None] * right + y[..., None] * up
    a = xp.sum((towards / radii) ** 2)
    b = xp.sum(flat * towards / radii**2, axis=-1)
    c = xp.sum((flat / radii) ** 2, axis=-1) - 1.0
    discriminant = b * b - a * c
    root = xp.sqrt(xp.where(discriminant >= 0, discriminant, xp.nan))
    return flat + ((root - b) / a)[..., None] * towards


def _sphere_direction(grid: Grid, x: Any, y: Any) -> Any:
    """Return unit vectors of the cells of a map of the sphere; NaN off the map."""
    xp = array_namespace(x)
    x, y = xp.broadcast_arrays(x, y)
    if grid.projection is Projection.EQUIRECTANGULAR:
        latitude = y / grid.sphere_radius_km
        longitude = x / grid.sphere_radius_km
        shown = xp.abs(latitude) <= 0.5 * math.pi
    else:
        north = 1.0 if grid.projection is Projection.POLAR_NORTH else -1.0
        from_pole = 2 * xp.atan(xp.hypot(x, y) / (2 * grid.sphere_radius_km))
        latitude = north * (0.5 * math.pi - from_pole)
        longitude = xp.atan2(x, -north * y)
        shown = xp.cos(from_pole) > FARTHEST_COSINE
    longitude = longitude + math.radians(grid.centre_longitude_deg)
    latitude = xp.where(shown, latitude, xp.nan)
    return xp.stack(
        [
            xp.cos(latitude) * xp.cos(longitude),
            xp.cos(latitude) * xp.sin(longitude),
            xp.sin(latitude),
        ],
        axis=-1,
    )
