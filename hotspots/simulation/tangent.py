"""Places on the globe and the plane that touches it there."""

from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM, surface_normal

__all__ = ["displaced", "east_north", "surface_point_km", "tangent_offsets"]

Float64 = NDArray[np.float64]


def surface_point_km(lat_deg: float, lon_east_deg: float) -> Float64:
    """Point of Io's ellipsoid at planetocentric coordinates, body-fixed, km, (3,)."""
    lat, lon = radians(lat_deg), radians(lon_east_deg)
    towards = np.array([cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)])
    return np.asarray(towards / np.linalg.norm(towards / np.asarray(IO_RADII_KM)))


def east_north(point_km: Float64) -> Float64:
    """Unit vectors to the east and to the north in the tangent plane of a point, (2, 3).

    At a pole, where there is neither, the first is the y axis.
    """
    up = surface_normal(point_km, np.asarray(IO_RADII_KM))
    east = np.array([-up[1], up[0], 0.0])
    length = np.linalg.norm(east)
    east = east / length if length > 0 else np.array([0.0, 1.0, 0.0])
    return np.stack([east, np.cross(up, east)])


def tangent_offsets(points: Any, centre_km: Float64) -> tuple[Any, Any]:
    """East and north of a centre, in a plane that keeps areas.

    Lambert's azimuthal projection: distances from the centre are chords, which makes
    areas true on a sphere and, within 100 km of the centre, true to 1e-3 on Io.

    Parameters
    ----------
    points : array (k, 3) floating
        Body-fixed points near the centre, km.
    centre_km : array (3,) float64, host

    Returns
    -------
    east_km, north_km : arrays (k,)
    """
    xp = array_namespace(points)
    place = {"dtype": points.dtype, "device": device(points)}
    offset = points - xp.asarray(centre_km, **place)
    axes = east_north(centre_km)
    east, north = (xp.sum(offset * xp.asarray(axis, **place), axis=-1) for axis in axes)
    level = xp.hypot(east, north)
    stretch = xp.sqrt(xp.sum(offset * offset, axis=-1)) / xp.where(level > 0, level, 1.0)
    return east * stretch, north * stretch


def displaced(
    lat_deg: float, lon_east_deg: float, distance_km: float, azimuth_deg: float
) -> tuple[float, float]:
    """Latitude and east longitude some way off, along a great circle of the mean sphere.

    ``azimuth_deg`` counts from north through east.
    """
    lat, azimuth, arc = radians(lat_deg), radians(azimuth_deg), distance_km / IO_MEAN_RADIUS_KM
    sine = sin(lat) * cos(arc) + cos(lat) * sin(arc) * cos(azimuth)
    turn = atan2(sin(azimuth) * sin(arc) * cos(lat), cos(arc) - sin(lat) * sine)
    longitude = (lon_east_deg + degrees(turn)) % 360.0
    # A longitude a rounding error below zero comes back as 360.
    return degrees(asin(min(1.0, max(-1.0, sine)))), 0.0 if longitude >= 360.0 else longitude
