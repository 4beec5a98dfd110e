r"""Where surface points appear: the moment form of `hotspots.camera` the other way round.

A line of sight with direction :math:`d = Z + uX + vY` and moment
:math:`m = C_0 + uC_1 + vC_2` passes through the point ``s`` where
:math:`s \times d = m`.  That is linear in the pixel::

    A + u B + v C = 0,   A = s x Z - C0,   B = s x X - C1,   C = s x Y - C2

All three are across the line from the camera to the point, so the cross product with
``C`` (with ``B``) leaves ``u`` (``v``) as a ratio of two parallel vectors.  Aberration
is in the constants, and therefore in the result.
"""

from dataclasses import dataclass
from typing import Any

from array_api_compat import array_namespace, device

from hotspots.backend import to_host
from hotspots.body import surface_normal
from hotspots.camera import Cameras
from hotspots.geometry.cameras import ARRAY_MIDDLE
from hotspots.geometry.intersect import faces_body

__all__ = ["Projected", "pixel_solid_angle", "project_points"]


@dataclass(frozen=True)
class Projected:
    """Points (k) in frames (n); the arrays live where the points do.

    Parameters
    ----------
    sample, line : arrays (n, k) float64
        Pixel coordinates; NaN on the far side and behind the camera.
    cos_emission : array (n, k) float64
        Cosine of the angle between the surface normal and the direction to the camera;
        negative on the far side.
    range_km : array (n, k) float64
        Distance from the camera.
    facing : array (n, k) bool
        On the near side and in front of the camera, inside the array or not.
    """

    sample: Any
    line: Any
    cos_emission: Any
    range_km: Any
    facing: Any


def project_points(cameras: Cameras, points_km: Any) -> Projected:
    """Find the pixels at which surface points appear.

    Parameters
    ----------
    cameras : Cameras
        Of n frames.
    points_km : array (k, 3) float64
        Body-fixed points of the surface, km.

    Returns
    -------
    Projected
        Inverse of `hotspots.geometry.intersect.intersect`, to rounding.
    """
    xp = array_namespace(points_km)
    place = device(points_km)

    def there(values: Any) -> Any:
        return xp.asarray(to_host(values), dtype=xp.float64, device=place)

    constants = there(cameras.constants)[:, None, :]
    origin = there(cameras.origin)[:, None, :]
    position = there(cameras.position_km)[:, None, :]
    radii = xp.asarray(cameras.radii_km, dtype=xp.float64, device=place)
    towards = points_km[None, :, :] - position
    range_km = xp.sqrt(xp.sum(towards**2, axis=-1))
    normal = surface_normal(points_km, radii)
    cos_emission = -xp.sum(normal[None, :, :] * towards, axis=-1) / range_km
    ray = towards / radii
    point = [(points_km / radii)[None, :, axis] for axis in range(3)]
    a, b, c = (
        _less(_cross(point, constants[..., i : i + 3]), constants[..., i + 9 : i + 12])
        for i in (0, 3, 6)
    )
    across = _dot(_cross(b, c), ray)
    seen = xp.where(across != 0, across, xp.nan)
    sample = origin[..., 0] - _dot(_cross(a, c), ray) / seen
    line = origin[..., 1] - _dot(_cross(b, a), ray) / seen
    ahead = xp.sum(constants[..., :3] * ray, axis=-1) > 0
    in_front = xp.asarray(faces_body(cameras), device=place)[:, None]
    facing = ahead & in_front & (cos_emission > 0)
    return Projected(
        sample=xp.where(facing, sample, xp.nan),
        line=xp.where(facing, line, xp.nan),
        cos_emission=cos_emission,
        range_km=range_km,
        facing=facing,
    )


def pixel_solid_angle(sample: Any, line: Any, ifov_rad: float) -> Any:
    """Solid angle of a pixel of the flat detector, sr: less by cos^3 off the axis.

    Parameters
    ----------
    sample, line : arrays (...)
        Pixel coordinates.
    ifov_rad : float
        Angle of the pixel on the axis, rad.

    Returns
    -------
    array (...)
    """
    x = ifov_rad * (sample - ARRAY_MIDDLE[0])
    y = ifov_rad * (line - ARRAY_MIDDLE[1])
    return ifov_rad**2 / (1.0 + x**2 + y**2) ** 1.5


def _cross(a: Any, b: Any) -> tuple[Any, Any, Any]:
    """Cross product of two vectors: triples, or arrays (..., 3)."""
    a0, a1, a2 = a if isinstance(a, list | tuple) else (a[..., 0], a[..., 1], a[..., 2])
    b0, b1, b2 = b if isinstance(b, list | tuple) else (b[..., 0], b[..., 1], b[..., 2])
    return a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0


def _less(a: tuple[Any, Any, Any], b: Any) -> tuple[Any, Any, Any]:
    return a[0] - b[..., 0], a[1] - b[..., 1], a[2] - b[..., 2]


def _dot(a: tuple[Any, Any, Any], b: Any) -> Any:
    return a[0] * b[..., 0] + a[1] * b[..., 1] + a[2] * b[..., 2]
