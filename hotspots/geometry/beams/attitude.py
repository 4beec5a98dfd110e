"""Turning an antenna: from longitude, latitude and roll to its three axes, and back.

The archive gives the boresight as longitude and latitude and, as roll, the position angle
of the antenna's +X axis: from the pole of the frame through its east.  That reading
of the roll is an inference (no public text defines it); `hotspots.geometry.beams.agreement`
tests it against the attitude kernels.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["angles_from_axes", "axes_from_angles", "turned_about_y"]

Float64 = NDArray[np.float64]


def axes_from_angles(angles_deg: Float64) -> Float64:
    """Axes of antennas from where they point.

    Parameters
    ----------
    angles_deg : array (..., 3) float64
        Longitude and latitude of +Z, position angle of +X, degrees.

    Returns
    -------
    array (..., 3, 3) float64
        Rows are the antenna's X, Y and Z as unit vectors: the matrix takes vectors of the
        frame to the antenna's.  NaN stays NaN.
    """
    longitude, latitude, roll = np.moveaxis(np.radians(angles_deg), -1, 0)
    zero = np.zeros_like(longitude)
    z = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
    east = np.stack([-np.sin(longitude), np.cos(longitude), zero], axis=-1)
    north = np.cross(z, east)
    x = np.cos(roll)[..., None] * north + np.sin(roll)[..., None] * east
    return np.asarray(np.stack([x, np.cross(z, x), z], axis=-2))


def angles_from_axes(axes: Float64) -> Float64:
    """Longitude and latitude of +Z and position angle of +X, degrees.

    Parameters
    ----------
    axes : array (..., 3, 3) float64
        As `axes_from_angles` returns them.

    Returns
    -------
    array (..., 3) float64
        Longitude in [0, 360), latitude in [-90, 90], position angle in [0, 360).
    """
    x, z = axes[..., 0, :], axes[..., 2, :]
    longitude = np.arctan2(z[..., 1], z[..., 0])
    latitude = np.arctan2(z[..., 2], np.hypot(z[..., 0], z[..., 1]))
    east = np.stack([-np.sin(longitude), np.cos(longitude), np.zeros_like(longitude)], axis=-1)
    roll = np.arctan2(np.sum(x * east, -1), np.sum(x * np.cross(z, east), -1))
    angles = np.degrees(np.stack([longitude, latitude, roll], axis=-1))
    angles[..., [0, 2]] %= 360.0
    return np.asarray(angles)


def turned_about_y(axes: Float64, angle_rad: float) -> Float64:
    """Axes of antennas after the spacecraft has turned about their +Y.

    Every antenna's +Y is the spacecraft's spin axis (frame kernel ``juno_v12.tf``), so
    this is where an antenna looks ``angle_rad / spin rate`` later.

    Parameters
    ----------
    axes : array (..., 3, 3) float64
    angle_rad : float
        Positive: right-handed about +Y.

    Returns
    -------
    array (..., 3, 3) float64
    """
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    turn = np.array([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]])
    return np.asarray(np.matmul(turn, axes))
