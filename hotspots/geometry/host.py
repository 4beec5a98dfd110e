"""Float64 projections on the host, between body-fixed points and pixels.

The device works with the moment form in float32 (`hotspots.geometry.intersect`).  The
pointing solution handles a few thousand points and wants derivatives, so it uses these
plain float64 functions instead.  All take one frame.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM
from hotspots.geometry.cameras import ARRAY_MIDDLE

__all__ = ["cos_incidence", "ellipsoid_point", "pixel_to_surface", "surface_to_pixel"]

Float64 = NDArray[np.float64]

RADII_KM = np.asarray(IO_RADII_KM)


def surface_to_pixel(
    points_km: Float64, position_km: Float64, rotation: Float64, beta: Float64, ifov_rad: float
) -> tuple[Float64, Float64, Float64]:
    """Where body-fixed points appear in a frame.

    Parameters
    ----------
    points_km : array (k, 3) float64
        Points on the surface, km.
    position_km, beta : arrays (3,) float64
        Spacecraft and its velocity over c, body-fixed (`FrameStates`).
    rotation : array (3, 3) float64
        Camera to body-fixed axes, pointing corrected.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    sample, line, mu : arrays (k,) float64
        Pixel coordinates, and the cosine of the emission angle (negative: far side).
    """
    away = points_km - position_km
    distance = np.linalg.norm(away, axis=-1, keepdims=True)
    normal = points_km / RADII_KM**2
    normal = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    mu = -np.sum(normal * away, axis=-1) / distance[:, 0]
    seen = (away / distance + beta) @ rotation
    sample = ARRAY_MIDDLE[0] - seen[:, 1] / seen[:, 2] / ifov_rad
    line = ARRAY_MIDDLE[1] - seen[:, 0] / seen[:, 2] / ifov_rad
    return sample, line, np.where(seen[:, 2] > 0, mu, -1.0)


def pixel_to_surface(
    sample: Float64,
    line: Float64,
    position_km: Float64,
    rotation: Float64,
    beta: Float64,
    ifov_rad: float,
) -> Float64:
    """Body-fixed points that pixels look at, NaN where they look past the body.

    Parameters
    ----------
    sample, line : arrays (...) float64
        Pixel coordinates.
    position_km, rotation, beta, ifov_rad
        As in `surface_to_pixel`.

    Returns
    -------
    array (..., 3) float64
        Kilometres.
    """
    ray = np.stack(
        [
            ifov_rad * (ARRAY_MIDDLE[1] - line),
            ifov_rad * (ARRAY_MIDDLE[0] - sample),
            np.ones_like(line),
        ],
        axis=-1,
    )
    length = np.linalg.norm(ray, axis=-1, keepdims=True)
    direction = (ray @ rotation.T - length * beta) / RADII_KM
    place = position_km / RADII_KM
    moment = np.cross(place, direction)
    squared = np.sum(direction**2, axis=-1)
    discriminant = squared - np.sum(moment**2, axis=-1)
    ahead = np.sum(direction * place, axis=-1) < 0
    root = np.sqrt(np.where((discriminant >= 0) & ahead, discriminant, np.nan))
    point = np.cross(direction, moment) - root[..., None] * direction
    return np.asarray(point / squared[..., None] * RADII_KM)


def cos_incidence(points_km: Float64, sun: Float64) -> Float64:
    """Cosine of the angle between the surface normal and the Sun (NaN passes through)."""
    normal = points_km / RADII_KM**2
    normal = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.asarray(normal @ sun)


def ellipsoid_point(latitude_deg: Float64, longitude_east_deg: Float64) -> Float64:
    """Surface point of planetocentric coordinates.

    Parameters
    ----------
    latitude_deg, longitude_east_deg : arrays (...) float64

    Returns
    -------
    array (..., 3) float64
        Kilometres, on the triaxial ellipsoid.
    """
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_east_deg)
    unit = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
    return np.asarray(unit / np.linalg.norm(unit / RADII_KM, axis=-1, keepdims=True))
