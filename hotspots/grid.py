"""`Grid`: a map projection cut into square cells, and `GridMap`: named planes on it.

All projections work in kilometres on their plane, ``x`` to the right and ``y`` up.
Row 0 is the top row; cell (row, column) covers
``x_min + column * cell .. + cell`` and ``y_max - row * cell .. - cell``.

``VIEW``
    Orthographic along a body-fixed direction: the true (triaxial) surface point is
    projected on the plane across that direction.  Seen from near that direction the
    camera's point spread function stays round and noise stays even.
``EQUIRECTANGULAR``
    x = R (longitude - centre longitude), y = R latitude, on the sphere of
    IAU_2015:50100.  Columns wrap around.
``POLAR_NORTH``, ``POLAR_SOUTH``
    Stereographic on the same sphere, true scale at the pole.
"""

import math
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Self

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM
from hotspots.errors import GriddingError

__all__ = ["Grid", "GridMap", "Plane", "Projection"]


class Projection(Enum):
    """Ways to flatten the body, explained in the module docstring."""

    VIEW = "view"
    EQUIRECTANGULAR = "equirectangular"
    POLAR_NORTH = "polar_north"
    POLAR_SOUTH = "polar_south"


@dataclass(frozen=True)
class Grid:
    """Square cells on one projection.

    Parameters
    ----------
    projection : Projection
    shape : tuple of int
        (rows, columns).
    cell_km : float
        Side of a cell on the projection plane, km.
    x_min_km, y_max_km : float
        Outer corner of cell (0, 0), km.
    centre_latitude_deg, centre_longitude_deg : float
        Direction of a ``VIEW`` grid; only the longitude matters to the others.
    radii_km : tuple of 3 floats
        Semi-axes of the body (``VIEW``).
    sphere_radius_km : float
        Radius of the map sphere (the other projections).

    Raises
    ------
    GriddingError
        If the cell or the shape is not positive, or an angle is out of range.
    """

    projection: Projection
    shape: tuple[int, int]
    cell_km: float
    x_min_km: float
    y_max_km: float
    centre_latitude_deg: float = 0.0
    centre_longitude_deg: float = 0.0
    radii_km: tuple[float, float, float] = IO_RADII_KM
    sphere_radius_km: float = IO_MEAN_RADIUS_KM

    def __post_init__(self) -> None:
        if not self.cell_km > 0 or min(self.shape) < 1:
            msg = f"grid of {self.shape} cells of {self.cell_km} km: both must be positive"
            raise GriddingError(msg)
        if not -90 <= self.centre_latitude_deg <= 90:
            msg = f"grid centre latitude {self.centre_latitude_deg} deg is outside -90..90"
            raise GriddingError(msg)

    def basis(self) -> tuple[tuple[float, float, float], ...]:
        """Body-fixed unit vectors (right, up, towards the viewer) of a ``VIEW`` grid."""
        latitude = math.radians(self.centre_latitude_deg)
        longitude = math.radians(self.centre_longitude_deg)
        sin_lat, cos_lat = math.sin(latitude), math.cos(latitude)
        sin_lon, cos_lon = math.sin(longitude), math.cos(longitude)
        right = (-sin_lon, cos_lon, 0.0)
        up = (-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat)
        towards = (cos_lat * cos_lon, cos_lat * sin_lon, sin_lat)
        return right, up, towards


@dataclass(frozen=True)
class Plane:
    """One layer of a `GridMap`: an array (rows, columns), its unit and its meaning."""

    values: Any
    unit: str
    description: str


@dataclass(frozen=True)
class GridMap:
    """Named planes on one grid.

    Parameters
    ----------
    grid : Grid
    planes : mapping of str to Plane
        Every plane has the grid's shape and one array namespace and device.
    attributes : mapping of str to str or float
        Provenance that travels with the map (visit, group, range, time...).

    Raises
    ------
    GriddingError
        If a plane does not have the grid's shape.
    """

    grid: Grid
    planes: MappingProxyType[str, Plane] | dict[str, Plane]
    attributes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, plane in self.planes.items():
            if tuple(plane.values.shape) != self.grid.shape:
                msg = f"plane {name} has shape {plane.values.shape}, the grid {self.grid.shape}"
                raise GriddingError(msg)
        object.__setattr__(self, "planes", MappingProxyType(dict(self.planes)))

    def __getitem__(self, name: str) -> Any:
        """Array of the plane called ``name``."""
        if name not in self.planes:
            msg = f"no plane {name!r} on this map; there are: {', '.join(self.planes)}"
            raise GriddingError(msg)
        return self.planes[name].values

    def __contains__(self, name: object) -> bool:
        return name in self.planes

    def with_planes(self, planes: dict[str, Plane]) -> Self:
        """Return a new map with ``planes`` added or exchanged."""
        return replace(self, planes={**self.planes, **planes})
