r"""Where lines of sight meet the body: the moment form of `hotspots.camera`, vectorised.

In the space where the ellipsoid is the unit sphere, the line with direction ``d`` and
moment ``m`` passes the centre at the distance ``|m| / |d|``; it hits where that is at
most 1, first at ``s = (d x m - sqrt(|d|^2 - |m|^2) d) / |d|^2``.  Every term is of the
order of the body, so float32 does (`hotspots.camera` has the measured errors).
"""

from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.camera import Cameras
from hotspots.errors import GeometryError

__all__ = ["faces_body", "intersect", "on_device"]


def on_device(cameras: Cameras, like: Any) -> Cameras:
    """Cameras with ``constants`` and ``origin`` where the array ``like`` lives."""
    xp = array_namespace(like)
    place = device(like)
    return cameras.replace(
        constants=xp.asarray(to_host(cameras.constants), device=place),
        origin=xp.asarray(to_host(cameras.origin), device=place),
    )


def faces_body(cameras: Cameras) -> NDArray[np.bool_]:
    """Whether the body lies ahead of each camera and not behind its back.

    A line has no front end: without this test the lines of a camera that looks away
    would meet the body backwards.

    Returns
    -------
    array (n,) bool, host
    """
    towards = np.asarray(to_host(cameras.constants)[:, :3], dtype=np.float64)
    place = np.asarray(cameras.position_km, dtype=np.float64) / np.asarray(cameras.radii_km)
    return np.asarray(np.sum(towards * place, axis=1) < 0)


def intersect(cameras: Cameras, x: Any, y: Any) -> tuple[Any, Any, Any]:
    """Meet the body along the lines of sight of samples.

    Parameters
    ----------
    cameras : Cameras
        Of n frames, ``constants`` in the namespace and on the device of ``x``
        (`on_device` moves them).
    x, y : arrays (n, ...) or (1, ...) float32
        Sample and line, fractions allowed, counted from 0 at pixel centres; the
        first axis runs over the frames or is broadcast over them.

    Returns
    -------
    hit : array (n, ...) bool
        Whether the line meets the body.
    unit_point : array (n, ..., 3) float32
        Point on the unit sphere; NaN where there is no hit.
    surface_km : array (n, ..., 3) float32
        Body-fixed surface point, km; NaN where there is no hit.

    Raises
    ------
    GeometryError
        If the first axis fits neither 1 nor the number of cameras.
    """
    n = len(cameras)
    if x.shape[0] not in {1, n} or y.shape[0] not in {1, n}:
        msg = f"intersect: x {x.shape} and y {y.shape} do not fit {n} cameras"
        raise GeometryError(msg)
    xp = array_namespace(x)
    trailing = (1,) * (max(x.ndim, y.ndim) - 1)

    def per_frame(values: Any) -> Any:
        return xp.reshape(values, (n, *trailing))

    constants = cameras.constants
    u = x - per_frame(cameras.origin[:, 0])
    v = y - per_frame(cameras.origin[:, 1])
    d0, d1, d2, m0, m1, m2 = (
        per_frame(constants[:, base + axis])
        + u * per_frame(constants[:, base + 3 + axis])
        + v * per_frame(constants[:, base + 6 + axis])
        for base in (0, 9)
        for axis in range(3)
    )
    squared_length = d0 * d0 + d1 * d1 + d2 * d2
    discriminant = squared_length - (m0 * m0 + m1 * m1 + m2 * m2)
    ahead = xp.asarray(faces_body(cameras), device=device(x))
    hit = (discriminant >= 0) & per_frame(ahead)
    root = xp.sqrt(xp.where(hit, discriminant, xp.nan))
    unit_point = xp.stack(
        [
            (d1 * m2 - d2 * m1 - root * d0) / squared_length,
            (d2 * m0 - d0 * m2 - root * d1) / squared_length,
            (d0 * m1 - d1 * m0 - root * d2) / squared_length,
        ],
        axis=-1,
    )
    radii = xp.asarray(cameras.radii_km, dtype=unit_point.dtype, device=device(x))
    return hit, unit_point, unit_point * radii
