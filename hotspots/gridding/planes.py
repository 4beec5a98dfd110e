"""The planes of a `GridMap`: what a group of frames says about every cell.

Names start with the band in small letters: ``m_mean``, ``l_sigma``...  Geometry planes
(``cos_emission``, ``cos_incidence``, ``km_per_px``) are those of the cell's centre seen
from the group's mean camera place.
"""

from typing import Any

import numpy as np
from array_api_compat import array_namespace, device

from hotspots.body import surface_normal
from hotspots.camera import Cameras
from hotspots.errors import GriddingError
from hotspots.grid import Grid, GridMap, Plane
from hotspots.gridding.combine import mean_map
from hotspots.gridding.drizzle import DrizzleSums, drizzle
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.locate import cell_surface
from hotspots.swath import Flag, Swath

__all__ = [
    "RADIANCE_UNIT",
    "band_planes",
    "cameras_of",
    "geometry_planes",
    "group_map",
    "mean_planes",
    "sample_weights",
]

RADIANCE_UNIT = "W m-2 sr-1"


def cameras_of(swath: Swath) -> Cameras:
    """Cameras of a swath that is to be gridded.

    Raises
    ------
    GriddingError
        If it has none.
    """
    if swath.cameras is None:
        msg = f"band {swath.band}: the swath has no cameras; solve its pointing first"
        raise GriddingError(msg)
    return swath.cameras


def sample_weights(swath: Swath) -> Any:
    """Weights 1/sigma^2 of the samples, zero where a sample must not be gridded.

    Returns
    -------
    array (n, lines, samples) float32
        Saturated and non-linear samples count: they are where the light is.  Their
        sigma is that of a dark sample, or a bright core would weigh less than its wings.
    """
    xp = array_namespace(swath.values)
    usable = (swath.flags & int(Flag.unusable() | Flag.OFF_BODY)) == 0
    floor = xp.min(swath.sigma, axis=(1, 2), keepdims=True)
    weights = 1.0 / xp.broadcast_to(floor, swath.sigma.shape) ** 2
    return xp.where(usable, weights, xp.zeros_like(weights))


def mean_planes(swath: Swath, grid: Grid) -> dict[str, Plane]:
    """Drizzle one band and keep what a map for people needs.

    Parameters
    ----------
    swath : Swath
        With cameras; arrays on the host or the device.
    grid : Grid

    Returns
    -------
    dict of str to Plane
        ``mean``, ``sigma`` (W m-2 sr-1) and ``frames`` (count), each behind the band's
        letter.

    Raises
    ------
    GriddingError
        If the swath has no cameras.
    """
    sums = drizzle(swath.values, sample_weights(swath), cameras_of(swath), grid)
    planes = _mean_planes(swath, sums)
    return {name: plane for name, plane in planes.items() if not name.endswith("_chi2")}


def band_planes(swath: Swath, grid: Grid) -> dict[str, Plane]:
    """Drizzle one band of a group of frames.

    Parameters
    ----------
    swath : Swath
        With cameras; arrays on the host or the device.
    grid : Grid

    Returns
    -------
    dict of str to Plane
        Those of `mean_planes`, and ``chi2`` (reduced, between frames) and ``saturated``
        (fraction of the weight that is saturated or non-linear).

    Raises
    ------
    GriddingError
        If the swath has no cameras.
    """
    xp = array_namespace(swath.values)
    weights, cameras = sample_weights(swath), cameras_of(swath)
    planes = _mean_planes(swath, drizzle(swath.values, weights, cameras, grid))
    censored = (swath.flags & int(Flag.SATURATED | Flag.NONLINEAR)) != 0
    censored = xp.astype(censored, swath.values.dtype)
    saturated, _, _ = mean_map(drizzle(censored, weights, cameras, grid))
    planes[f"{swath.band.lower()}_saturated"] = Plane(
        saturated, "1", "fraction of saturated or non-linear light"
    )
    return planes


def _mean_planes(swath: Swath, sums: DrizzleSums) -> dict[str, Plane]:
    mean, sigma, chi2 = mean_map(sums)
    letter = swath.band.lower()
    return {
        f"{letter}_mean": Plane(mean, RADIANCE_UNIT, f"mean {swath.band}-band radiance"),
        f"{letter}_sigma": Plane(sigma, RADIANCE_UNIT, "standard deviation of the mean"),
        f"{letter}_frames": Plane(sums.frames, "1", "frames that cover the cell"),
        f"{letter}_chi2": Plane(chi2, "1", "reduced chi square between frames"),
    }


def geometry_planes(grid: Grid, cameras: Cameras, like: Any) -> dict[str, Plane]:
    """Angles, pixel size and coordinates of every cell.

    Parameters
    ----------
    grid : Grid
    cameras : Cameras
        Of the group; the mean of their places and suns is used.
    like : array
        Lends its namespace and device to the planes.

    Returns
    -------
    dict of str to Plane
    """
    xp = array_namespace(like)
    place = device(like)
    surface, _, _ = cell_surface(grid, like=like)
    radii = xp.asarray(np.asarray(grid.radii_km), device=place)
    normal = surface_normal(surface, radii)
    position = xp.asarray(cameras.position_km.mean(axis=0), device=place)
    sun = cameras.sun.mean(axis=0)
    sun_direction = xp.asarray(sun / np.linalg.norm(sun), device=place)
    towards = position - surface
    distance = xp.sqrt(xp.sum(towards**2, axis=-1))
    cos_emission = xp.sum(normal * towards, axis=-1) / distance
    cos_incidence = xp.sum(normal * sun_direction, axis=-1)
    return {
        "cos_emission": Plane(cos_emission, "1", "cosine of the emission angle"),
        "cos_incidence": Plane(cos_incidence, "1", "cosine of the incidence angle"),
        "km_per_px": Plane(distance * cameras.ifov_rad, "km", "size of a native pixel across"),
    }


def group_map(
    swaths: dict[str, Swath],
    grid: Grid,
    sunlight: dict[str, Sunlight],
    attributes: dict[str, Any],
) -> GridMap:
    """All planes of one group of frames.

    Parameters
    ----------
    swaths : dict of str to Swath
        Bands of the group.
    grid : Grid
        View grid or product grid.
    sunlight : dict of str to Sunlight
        Model of each band.
    attributes : dict
        What the map should remember of its group.

    Returns
    -------
    GridMap
        `band_planes` and, for each band, ``sunlight`` (model, W m-2 sr-1) and
        ``residual`` (mean less model), and `geometry_planes`; all in float32 but the
        counts.

    Raises
    ------
    GriddingError
        If a swath has no cameras.
    """
    some = next(iter(swaths.values()))
    planes: dict[str, Plane] = {}
    for swath in swaths.values():
        planes |= band_planes(swath, grid)
    planes |= geometry_planes(grid, cameras_of(some), some.values)
    cosine = planes["cos_incidence"].values
    for band, law in sunlight.items():
        if band not in swaths:
            continue
        letter = band.lower()
        model = law.radiance(cosine)
        residual = planes[f"{letter}_mean"].values - model
        planes[f"{letter}_sunlight"] = Plane(model, RADIANCE_UNIT, "reflected sunlight, model")
        planes[f"{letter}_residual"] = Plane(residual, RADIANCE_UNIT, "mean less sunlight")
    return GridMap(grid, {name: _single(plane) for name, plane in planes.items()}, attributes)


def _single(plane: Plane) -> Plane:
    """The plane in float32: its seven digits outlast any radiance's noise."""
    xp = array_namespace(plane.values)
    if not xp.isdtype(plane.values.dtype, "real floating"):
        return plane
    return Plane(xp.astype(plane.values, xp.float32), plane.unit, plane.description)
