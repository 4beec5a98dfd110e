"""Places on the ground in local kilometres east and north."""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM, surface_normal

__all__ = ["local_axes", "moved"]

Float64 = NDArray[np.float64]


def local_axes(points_km: Float64) -> tuple[Float64, Float64]:
    """Unit vectors towards east and north along the surface.

    Parameters
    ----------
    points_km : array (p, 3) float64
        Surface points; at a pole, east is towards 90 degrees.

    Returns
    -------
    east, north : arrays (p, 3) float64
    """
    normal = surface_normal(points_km, np.asarray(IO_RADII_KM))
    flat = np.hypot(normal[:, 0], normal[:, 1])
    safe = np.where(flat > 0, flat, 1.0)
    east = np.stack([-normal[:, 1] / safe, normal[:, 0] / safe, np.zeros(len(normal))], axis=-1)
    east[flat == 0] = (0.0, 1.0, 0.0)
    north = np.cross(normal, east)
    return east, north


def moved(points_km: Float64, shift_km: Float64) -> Float64:
    """Points shifted along the surface.

    Parameters
    ----------
    points_km : array (p, 3) float64
    shift_km : array (p, 2) float64
        East and north, short against the body.

    Returns
    -------
    array (p, 3) float64
        On the ellipsoid again.
    """
    east, north = local_axes(points_km)
    there = points_km + shift_km[:, :1] * east + shift_km[:, 1:] * north
    scale = np.sqrt(np.sum((there / np.asarray(IO_RADII_KM)) ** 2, axis=-1, keepdims=True))
    return np.asarray(there / scale)
