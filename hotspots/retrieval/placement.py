"""Where sources lie on the body, and under which angles they were seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from hotspots.backend import to_host
from hotspots.body import IO_RADII_KM, latitude_longitude, surface_normal
from hotspots.grid import GridMap
from hotspots.gridding.locate import cell_surface

__all__ = ["Placement", "place_sources", "places_of"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Placement:
    """Geometry of n sources of one map.

    Parameters
    ----------
    latitude_deg, longitude_deg : arrays (n,) float64
        Planetocentric, east-positive.
    normals : array (n, 3) float64
        Outward unit normals of the surface, body-fixed.
    cos_grid : array (n,) float64
        Cosine between the surface normal and the direction of the view grid.
    cos_emission, cos_incidence : arrays (n,) float64
    km_per_px : array (n,) float64
        Size of a native pixel across the line of sight, km.
    """

    latitude_deg: Float64
    longitude_deg: Float64
    normals: Float64
    cos_grid: Float64
    cos_emission: Float64
    cos_incidence: Float64
    km_per_px: Float64

    @property
    def emission_deg(self) -> Float64:
        """Emission angles, degrees."""
        return np.degrees(np.arccos(np.clip(self.cos_emission, -1.0, 1.0)))

    @property
    def incidence_deg(self) -> Float64:
        """Incidence angles, degrees."""
        return np.degrees(np.arccos(np.clip(self.cos_incidence, -1.0, 1.0)))


def place_sources(grid_map: GridMap, place: Float64) -> Placement:
    """Interpolate the map's geometry between cell centres.

    Parameters
    ----------
    grid_map : GridMap
        On a view grid, with the geometry planes of `hotspots.gridding.planes`.
    place : array (n, 2) float64
        (column, row), fractional cells.

    Returns
    -------
    Placement
    """

    def plane_at(name: str) -> Float64:
        return _interpolated(np.asarray(to_host(grid_map[name]), dtype=np.float64), place)

    points = places_of(grid_map, place)
    latitude, longitude = latitude_longitude(points)
    normal = surface_normal(points, np.asarray(IO_RADII_KM))
    return Placement(
        latitude_deg=latitude,
        longitude_deg=longitude,
        normals=np.asarray(normal),
        cos_grid=normal @ np.asarray(grid_map.grid.basis()[2]),
        cos_emission=plane_at("cos_emission"),
        cos_incidence=plane_at("cos_incidence"),
        km_per_px=plane_at("km_per_px"),
    )


def places_of(grid_map: GridMap, place: Float64) -> Float64:
    """Surface points of places on a map.

    Parameters
    ----------
    grid_map : GridMap
    place : array (n, 2) float64
        (column, row), fractional cells.

    Returns
    -------
    array (n, 3) float64
        Body-fixed, km.
    """
    surface, _, _ = cell_surface(grid_map.grid)
    return np.stack([_interpolated(surface[..., axis], place) for axis in range(3)], axis=-1)


def _interpolated(plane: Float64, place: Float64) -> Float64:
    """Bilinear between cell centres."""
    where = [place[:, 1] - 0.5, place[:, 0] - 0.5]
    return np.asarray(map_coordinates(np.nan_to_num(plane), where, order=1, mode="nearest"))
