"""`FrameStates` put together by hand, without SPICE."""

import numpy as np
from scipy.spatial.transform import Rotation

from hotspots.geometry.state import FrameStates

IFOV_RAD = 237.767e-6


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


def camera_axes(position_km, *, centre_pixel=(215.5, 63.5), roll_deg=0.0):
    """Camera to body-fixed axes that show the body's centre at a pixel (no aberration).

    The camera looks along +Z; samples grow towards -Y and lines towards -X.
    """
    towards = -np.asarray(position_km, float)
    towards /= np.linalg.norm(towards)
    ray = np.array(
        [
            IFOV_RAD * (63.5 - centre_pixel[1]),
            IFOV_RAD * (215.5 - centre_pixel[0]),
            1.0,
        ]
    )
    ray /= np.linalg.norm(ray)
    # pole of the body up (towards line 0, +X), as far as the line of sight allows
    north = np.array([0.0, 0.0, 1.0]) - towards[2] * towards
    turn, _ = Rotation.align_vectors(
        [towards, north / np.linalg.norm(north)], [ray, [1.0, 0.0, 0.0]], weights=[np.inf, 1.0]
    )
    return (Rotation.from_rotvec(np.radians(roll_deg) * towards) * turn).as_matrix()


def turned_back(rotation, offset):
    """Axes that SPICE would predict where the true ones are ``rotation`` (offset in px)."""
    about_y = Rotation.from_rotvec([0.0, offset[1] * IFOV_RAD, 0.0])
    about_x = Rotation.from_rotvec([-offset[0] * IFOV_RAD, 0.0, 0.0])
    return rotation @ (about_y * about_x).inv().as_matrix()


def make_states(position_km, rotation, *, sun=(1.0, 0.0, 0.0), beta=None, eclipsed=False, et=0.0):
    """States of one frame."""
    sun = np.asarray(sun, float)
    return FrameStates(
        et=np.array([et]),
        position_km=np.asarray(position_km, float)[None],
        rotation=np.asarray(rotation, float)[None],
        beta=np.zeros((1, 3)) if beta is None else np.asarray(beta, float)[None],
        sun=(sun / np.linalg.norm(sun))[None],
        sun_distance_km=np.array([7.8e8]),
        eclipsed=np.array([eclipsed]),
    )


def stack_states(states):
    """States of several frames."""
    names = ("et", "position_km", "rotation", "beta", "sun", "sun_distance_km", "eclipsed")
    return FrameStates(**{n: np.concatenate([getattr(s, n) for s in states]) for n in names})
