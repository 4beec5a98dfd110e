"""Places on Io and their errors: offsets in kilometres on the plane that touches the sphere.

Offsets are azimuthal equidistant: true in length and direction from the place they are
counted from, so they hold for any distance and beside the poles too.  The sphere is that
of the IAU_2015:50100 coordinate system.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.records import SourceRecord

__all__ = ["IO_SURFACE_KM2", "displaced", "distance_km", "error_covariance", "offsets_km"]

Float64: TypeAlias = NDArray[np.float64]

IO_SURFACE_KM2 = 4.0 * np.pi * IO_MEAN_RADIUS_KM**2


def offsets_km(
    lat_deg: ArrayLike, lon_east_deg: ArrayLike, to_lat_deg: ArrayLike, to_lon_east_deg: ArrayLike
) -> Float64:
    """How far east and north other places lie.

    Parameters
    ----------
    lat_deg, lon_east_deg : array-like (...)
        Places that offsets are counted from, degrees.
    to_lat_deg, to_lon_east_deg : array-like (...)
        The other places; shapes broadcast.

    Returns
    -------
    array (..., 2) float64
        Offset to the east and to the north, km; its length is the great-circle distance.
    """
    east, north, cosine = _components(lat_deg, lon_east_deg, to_lat_deg, to_lon_east_deg)
    sine = np.hypot(east, north)
    angle = np.arctan2(sine, cosine)
    scale = IO_MEAN_RADIUS_KM * np.where(sine > 0, angle / np.where(sine > 0, sine, 1.0), 1.0)
    return np.stack([scale * east, scale * north], axis=-1)


def distance_km(
    lat_deg: ArrayLike, lon_east_deg: ArrayLike, to_lat_deg: ArrayLike, to_lon_east_deg: ArrayLike
) -> Float64:
    """Great-circle distance of places, km; shapes broadcast."""
    east, north, cosine = _components(lat_deg, lon_east_deg, to_lat_deg, to_lon_east_deg)
    return np.asarray(IO_MEAN_RADIUS_KM * np.arctan2(np.hypot(east, north), cosine))


def displaced(
    lat_deg: float, lon_east_deg: float, east_km: float, north_km: float
) -> tuple[float, float]:
    """Place at an offset: the inverse of `offsets_km`.

    Returns
    -------
    latitude, longitude : float
        Degrees, longitude in 0..360.
    """
    angle = float(np.hypot(east_km, north_km)) / IO_MEAN_RADIUS_KM
    azimuth = np.arctan2(east_km, north_km)
    lat = np.deg2rad(lat_deg)
    sine = np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(azimuth)
    turn = np.arctan2(
        np.sin(azimuth) * np.sin(angle) * np.cos(lat), np.cos(angle) - np.sin(lat) * sine
    )
    longitude = float(np.mod(lon_east_deg + np.rad2deg(turn), 360.0))
    # a tiny negative angle is rounded up to the whole circle
    return float(np.rad2deg(np.arcsin(np.clip(sine, -1.0, 1.0)))), longitude % 360.0


def error_covariance(source: SourceRecord) -> Float64:
    """Covariance (2, 2) of a source's place, east and north, km2: its ellipse, or a circle."""
    if (
        source.sigma_major_km is None
        or source.sigma_minor_km is None
        or source.sigma_azimuth_deg is None
    ):
        return np.eye(2) * source.sigma_km**2
    azimuth = np.deg2rad(source.sigma_azimuth_deg)
    major = np.array([np.sin(azimuth), np.cos(azimuth)])
    minor = np.array([np.cos(azimuth), -np.sin(azimuth)])
    return np.asarray(
        source.sigma_major_km**2 * np.outer(major, major)
        + source.sigma_minor_km**2 * np.outer(minor, minor)
    )


def _components(
    lat_deg: ArrayLike, lon_east_deg: ArrayLike, to_lat_deg: ArrayLike, to_lon_east_deg: ArrayLike
) -> tuple[Float64, Float64, Float64]:
    """Unit vectors of the other places along east, north and up of the first."""
    lat, lon = np.deg2rad(lat_deg), np.deg2rad(lon_east_deg)
    to_lat, to_lon = np.deg2rad(to_lat_deg), np.deg2rad(to_lon_east_deg)
    east = np.cos(to_lat) * np.sin(to_lon - lon)
    # cos(lat) sin(to_lat) - sin(lat) cos(to_lat) cos(...), without a difference of near numbers
    north = np.sin(to_lat - lat) + 2.0 * np.sin(lat) * np.cos(to_lat) * (
        np.sin((to_lon - lon) / 2.0) ** 2
    )
    up = np.sin(lat) * np.sin(to_lat) + np.cos(lat) * np.cos(to_lat) * np.cos(to_lon - lon)
    return np.asarray(east), np.asarray(north), np.asarray(up)
