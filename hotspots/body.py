"""Io: its size, its names in SPICE and its coordinate frame.

Coordinates are body-fixed (``IAU_IO``), planetocentric, longitude east-positive
0..360 degrees.  The body is the triaxial ellipsoid of ``pck00011.tpc``
(Archinal et al. 2018, doi:10.1007/s10569-017-9805-5).
"""

from typing import Any

from array_api_compat import array_namespace

__all__ = [
    "IO_CRS",
    "IO_FRAME",
    "IO_MEAN_RADIUS_KM",
    "IO_NAIF_ID",
    "IO_NAME",
    "IO_RADII_KM",
    "SPEED_OF_LIGHT_KM_S",
    "latitude_longitude",
    "surface_normal",
]

IO_NAME = "IO"
IO_NAIF_ID = 501
IO_FRAME = "IAU_IO"

IO_RADII_KM = (1829.4, 1819.4, 1815.7)
"""Semi-axes towards Jupiter, along the orbit, towards the north pole (pck00011)."""

IO_MEAN_RADIUS_KM = 1821.49
"""Radius of the sphere of the IAU_2015:50100 coordinate system."""

IO_CRS = "IAU_2015:50100"
"""Geographic CRS of the products: planetocentric, longitude east-positive."""

SPEED_OF_LIGHT_KM_S = 299792.458


def latitude_longitude(point: Any) -> tuple[Any, Any]:
    """Planetocentric latitude and east longitude of body-fixed points.

    Parameters
    ----------
    point : array (..., 3)
        Body-fixed vectors, any length unit but zero.

    Returns
    -------
    latitude_deg, longitude_east_deg : arrays (...)
        Latitude in [-90, 90] and longitude in [0, 360).
    """
    xp = array_namespace(point)
    degree = 180.0 / xp.pi
    x, y, z = point[..., 0], point[..., 1], point[..., 2]
    longitude = xp.atan2(y, x) * degree
    longitude = xp.where(longitude < 0, longitude + 360.0, longitude)
    longitude = xp.where(longitude >= 360.0, xp.zeros_like(longitude), longitude)
    return xp.atan2(z, xp.hypot(x, y)) * degree, longitude


def surface_normal(point_km: Any, radii_km: Any) -> Any:
    """Outward unit normal of the ellipsoid at surface points.

    Parameters
    ----------
    point_km : array (..., 3)
        Points on the ellipsoid, km.
    radii_km : array (3,)
        Semi-axes, km, of the same namespace and device.

    Returns
    -------
    array (..., 3)
        Unit vectors: the gradient of x2/a2 + y2/b2 + z2/c2, normalised.
    """
    xp = array_namespace(point_km)
    gradient = point_km / radii_km**2
    return gradient / xp.sqrt(xp.sum(gradient**2, axis=-1, keepdims=True))
