"""Cameras for tests: built in float64 from a position and a view, without SPICE."""

import numpy as np

from hotspots.body import IO_RADII_KM
from hotspots.camera import Cameras

IFOV_RAD = 237.767e-6
SHAPE = (128, 432)


def direction(latitude_deg, longitude_deg):
    """Unit vector towards a planetocentric place."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    return np.array(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )


def looking_at(position_km, target_km, roll_deg=0.0):
    """Rotation whose columns are the camera's axes (x right, y down, z ahead)."""
    ahead = np.asarray(target_km, float) - np.asarray(position_km, float)
    ahead /= np.linalg.norm(ahead)
    up = np.array([0.0, 0.0, 1.0]) if abs(ahead[2]) < 0.99 else np.array([1.0, 0.0, 0.0])
    right = np.cross(ahead, up)
    right /= np.linalg.norm(right)
    down = np.cross(ahead, right)
    roll = np.radians(roll_deg)
    x_axis = np.cos(roll) * right + np.sin(roll) * down
    y_axis = -np.sin(roll) * right + np.cos(roll) * down
    return np.stack([x_axis, y_axis, ahead], axis=1)


def make_camera(position_km, rotation, *, shape=SHAPE, ifov_rad=IFOV_RAD, radii_km=IO_RADII_KM):
    """`Cameras` of one frame that sees x and y grow along the rotation's first two columns."""
    radii = np.asarray(radii_km)
    position = np.asarray(position_km, float)
    lines, samples = shape
    middle = np.array([(samples - 1) / 2, (lines - 1) / 2])
    towards_body = rotation.T @ -position
    pixel = middle + towards_body[:2] / max(towards_body[2], 1e-9) / ifov_rad
    origin = np.clip(np.round(pixel), 0, [samples - 1, lines - 1])
    u, v = origin - middle
    axes = np.stack(
        [
            rotation[:, 2] + ifov_rad * (u * rotation[:, 0] + v * rotation[:, 1]),
            ifov_rad * rotation[:, 0],
            ifov_rad * rotation[:, 1],
        ]
    )
    axes /= radii
    axes /= np.linalg.norm(axes[0])
    moments = np.cross(position / radii, axes)
    return Cameras(
        constants=np.concatenate([axes.ravel(), moments.ravel()])[None].astype(np.float32),
        origin=origin[None].astype(np.float32),
        position_km=position[None],
        sun=np.array([[1.0, 0.0, 0.0]]),
        radii_km=tuple(radii_km),
        ifov_rad=ifov_rad,
    )


def stack_cameras(cameras):
    """One `Cameras` of several of one frame each."""
    first = cameras[0]
    names = ("constants", "origin", "position_km", "sun")
    return first.replace(**{n: np.concatenate([getattr(c, n) for c in cameras]) for n in names})


def camera_above(
    latitude_deg, longitude_deg, range_km, *, roll_deg=0.0, shift_px=(0.0, 0.0), shape=SHAPE
):
    """Look straight down at a place from ``range_km`` off the centre, moved by some pixels."""
    towards = direction(latitude_deg, longitude_deg)
    position = range_km * towards
    rotation = looking_at(position, np.zeros(3), roll_deg)
    distance = range_km - np.mean(IO_RADII_KM)
    target = -distance * IFOV_RAD * (shift_px[0] * rotation[:, 0] + shift_px[1] * rotation[:, 1])
    rotation = looking_at(position, target + towards * np.mean(IO_RADII_KM), roll_deg)
    return make_camera(position, rotation, shape=shape)
