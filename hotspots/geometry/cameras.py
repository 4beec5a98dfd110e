r"""From spacecraft states to the 18 camera constants of a frame, and back to pixels.

The camera looks along +Z of its SPICE frame; line 0, sample 0 lies towards (+X, +Y)::

    d = (ifov (63.5 - y), ifov (215.5 - x), 1)

for line ``y`` and sample ``x`` counted from 0 at pixel centres (facts of the frame and
instrument kernels v12 and v02: IFOV 237.767 urad, no distortion).

A pointing correction is a pair of small rotations ``(rx, ry)`` in pixels (angle over
IFOV): the scene appears moved by about ``+rx`` samples and ``+ry`` lines against the
prediction.  They are kept as angles because, from orbit 44 on, they reach 7 degrees,
where the tangent plane is no longer flat: 534 pixels of angle are 537 lines.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM
from hotspots.camera import Cameras
from hotspots.geometry.state import FrameStates

__all__ = [
    "ARRAY_MIDDLE",
    "build_cameras",
    "corrected_rotation",
    "image_plane_shift",
    "pixel_of_centre",
]

Float64 = NDArray[np.float64]

ARRAY_MIDDLE = (215.5, 63.5)
"""Sample and line where the optical axis meets the half frame of a band."""


def corrected_rotation(rotation: Float64, offset: Float64, ifov_rad: float) -> Float64:
    """Turn predicted camera axes by a pointing correction.

    Parameters
    ----------
    rotation : array (n, 3, 3) float64
        Camera to body-fixed axes as SPICE predicts them.
    offset : array (n, 2) float64
        Correction (rx, ry) as angles in pixels.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    array (n, 3, 3) float64
        Camera to body-fixed axes that put the scene where it was seen.
    """
    about_x = -offset[:, 0] * ifov_rad
    about_y = offset[:, 1] * ifov_rad
    cos_x, sin_x = np.cos(about_x), np.sin(about_x)
    cos_y, sin_y = np.cos(about_y), np.sin(about_y)
    zero, one = np.zeros_like(cos_x), np.ones_like(cos_x)
    turn_x = np.stack([one, zero, zero, zero, cos_x, -sin_x, zero, sin_x, cos_x], axis=-1)
    turn_y = np.stack([cos_y, zero, sin_y, zero, one, zero, -sin_y, zero, cos_y], axis=-1)
    return np.asarray(rotation @ turn_y.reshape(-1, 3, 3) @ turn_x.reshape(-1, 3, 3))


def build_cameras(
    states: FrameStates,
    ifov_rad: float,
    *,
    offset: Float64 | None = None,
    radii_km: tuple[float, float, float] = IO_RADII_KM,
    shape: tuple[int, int] = (128, 432),
) -> Cameras:
    """Constants of the moment form for every frame, in float32 from float64.

    Parameters
    ----------
    states : FrameStates
        Geometry of n frames.
    ifov_rad : float
        Angle of one pixel, rad.
    offset : array (n, 2) float64, optional
        Pointing correction (rx, ry), pixels of angle; none means as predicted.
    radii_km : tuple of 3 floats
        Semi-axes of the body, km.
    shape : tuple of int
        Lines and samples of the half frame.

    Returns
    -------
    Cameras
        The origin of each frame is the whole pixel nearest to the body's centre
        (inside the frame), so that the constants stay small where they matter.
    """
    rotation = states.rotation
    if offset is not None:
        rotation = corrected_rotation(rotation, np.asarray(offset, np.float64), ifov_rad)
    radii = np.asarray(radii_km)
    origin = np.rint(pixel_of_centre(states, rotation, ifov_rad))
    origin[:, 0] = np.clip(np.nan_to_num(origin[:, 0], nan=215.0), 0, shape[1] - 1)
    origin[:, 1] = np.clip(np.nan_to_num(origin[:, 1], nan=63.0), 0, shape[0] - 1)
    axis = np.stack(
        [
            ifov_rad * (ARRAY_MIDDLE[1] - origin[:, 1]),
            ifov_rad * (ARRAY_MIDDLE[0] - origin[:, 0]),
            np.ones(len(states)),
        ],
        axis=-1,
    )
    length = np.linalg.norm(axis, axis=-1, keepdims=True)
    z = (np.einsum("nij,nj->ni", rotation, axis) - length * states.beta) / radii
    scale = np.linalg.norm(z, axis=-1, keepdims=True)
    z = z / scale
    along_sample = -rotation[:, :, 1] * ifov_rad / radii / scale
    along_line = -rotation[:, :, 0] * ifov_rad / radii / scale
    position = states.position_km / radii
    moments = [np.cross(position, vector) for vector in (z, along_sample, along_line)]
    constants = np.concatenate([z, along_sample, along_line, *moments], axis=-1)
    return Cameras(
        constants=constants.astype(np.float32),
        origin=origin.astype(np.float32),
        position_km=states.position_km,
        sun=states.sun,
        radii_km=radii_km,
        ifov_rad=ifov_rad,
    )


def pixel_of_centre(states: FrameStates, rotation: Float64, ifov_rad: float) -> Float64:
    """Sample and line at which the body's centre appears.

    Parameters
    ----------
    states : FrameStates
        Geometry of n frames.
    rotation : array (n, 3, 3) float64
        Camera to body-fixed axes, corrected or not.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    array (n, 2) float64
        (sample, line), NaN where the centre is behind the camera.
    """
    true = -states.position_km
    true = true / np.linalg.norm(true, axis=-1, keepdims=True)
    seen = np.einsum("nji,nj->ni", rotation, true + states.beta)
    with np.errstate(divide="ignore", invalid="ignore"):
        sample = ARRAY_MIDDLE[0] - seen[:, 1] / seen[:, 2] / ifov_rad
        line = ARRAY_MIDDLE[1] - seen[:, 0] / seen[:, 2] / ifov_rad
    pixel = np.stack([sample, line], axis=-1)
    return np.where(seen[:, 2:] > 0, pixel, np.nan)


def image_plane_shift(
    states: FrameStates, offset: Float64, ifov_rad: float, shape: tuple[int, int] = (128, 432)
) -> Float64:
    """Shift (dx, dy) of the scene on the image plane that a correction amounts to.

    Parameters
    ----------
    states : FrameStates
        Geometry of n frames as SPICE predicts it.
    offset : array (n, 2) float64
        Pointing correction (rx, ry), pixels of angle.
    ifov_rad : float
        Angle of one pixel, rad.
    shape : tuple of int
        Lines and samples of the half frame.

    Returns
    -------
    array (n, 2) float64
        Samples and lines from where the scene is predicted to where it is, at the
        body's centre or, where that is outside the array, at the array's middle.
    """
    corrected = corrected_rotation(states.rotation, offset, ifov_rad)
    centre = pixel_of_centre(states, corrected, ifov_rad)
    inside = (
        (centre[:, 0] > -0.5)
        & (centre[:, 0] < shape[1] - 0.5)
        & (centre[:, 1] > -0.5)
        & (centre[:, 1] < shape[0] - 0.5)
    )
    place = np.where(inside[:, None], centre, np.asarray(ARRAY_MIDDLE))
    ray = np.stack(
        [
            ifov_rad * (ARRAY_MIDDLE[1] - place[:, 1]),
            ifov_rad * (ARRAY_MIDDLE[0] - place[:, 0]),
            np.ones(len(states)),
        ],
        axis=-1,
    )
    predicted = np.einsum("nki,nkj,nj->ni", states.rotation, corrected, ray)
    shift = np.stack(
        [
            place[:, 0] - (ARRAY_MIDDLE[0] - predicted[:, 1] / predicted[:, 2] / ifov_rad),
            place[:, 1] - (ARRAY_MIDDLE[1] - predicted[:, 0] / predicted[:, 2] / ifov_rad),
        ],
        axis=-1,
    )
    return np.asarray(shift)
