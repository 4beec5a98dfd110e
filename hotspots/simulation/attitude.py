"""`Spin`: how the spacecraft turns, and when its camera passes what it is to look at.

Juno turns evenly about its +Z axis, right-handed, some 30.5 s a turn.  The camera looks
across that axis, lines run along the spin, so a frame is aimed by the moment at which it
is taken; across the spin only the axis itself can be chosen, once a visit.
"""

from dataclasses import dataclass

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.geometry.cameras import ARRAY_MIDDLE, corrected_rotation

__all__ = ["Spin", "aimed_time", "camera_ray", "spin_axis"]

Float64 = NDArray[np.float64]

LARGEST_DRIFT_RAD = np.radians(1.5)
"""Io may wander this far across the spin during a visit that looks at all of it."""


@dataclass(frozen=True)
class Spin:
    """An even rotation.

    Parameters
    ----------
    axis : array (3,)
        +Z of the spacecraft, unit vector, J2000.
    reference : array (3,)
        Unit vector across the axis: where +X of the spacecraft points at ``start_et``.
    start_et : float
        TDB seconds past J2000.
    period_s : float
        Of one turn.
    """

    axis: Float64
    reference: Float64
    start_et: float
    period_s: float

    @property
    def rate(self) -> float:
        """Angular speed, rad/s."""
        return 2 * np.pi / self.period_s

    def to_inertial(self, et: float) -> Float64:
        """Matrix (3, 3) from spacecraft to J2000 axes."""
        angle = self.rate * (et - self.start_et)
        across = np.cross(self.axis, self.reference)
        x = np.cos(angle) * self.reference + np.sin(angle) * across
        return np.stack([x, np.cross(self.axis, x), self.axis], axis=1)


def spin_axis(
    first: Float64, last: Float64, rng: np.random.Generator, *, tilt_rad: float = 0.0
) -> Float64:
    """Choose an axis so that a body stays in the field of a camera that looks across it.

    Parameters
    ----------
    first, last : array (3,)
        Directions to the body's centre (or the place of interest) at the first and last
        frame.
    rng : numpy.random.Generator
    tilt_rad : float
        How far towards the axis the body shall appear in the middle of the visit.

    Returns
    -------
    array (3,)
        Unit vector.  It is drawn from all around the line of sight where the body hardly
        moves, and from near the normal to its motion where it moves much.
    """
    middle = first / np.linalg.norm(first) + last / np.linalg.norm(last)
    middle /= np.linalg.norm(middle)
    along = last / np.linalg.norm(last) - first / np.linalg.norm(first)
    along -= (along @ middle) * middle
    half_way = np.linalg.norm(along) / 2
    if half_way < 1e-9:
        along = np.cross(middle, rng.normal(size=3))
    along /= np.linalg.norm(along)
    largest = np.pi / 2 if half_way <= LARGEST_DRIFT_RAD else LARGEST_DRIFT_RAD / half_way
    roll = rng.uniform(-1, 1) * min(largest, np.pi / 2)
    axis = np.cos(roll) * np.cross(middle, along) + np.sin(roll) * along
    axis *= rng.choice([-1.0, 1.0])
    return np.asarray(np.cos(tilt_rad) * axis + np.sin(tilt_rad) * middle)


def camera_ray(camera_frame: str, line: float, offset_px: Float64, ifov_rad: float) -> Float64:
    """Where a line of a camera looks, in spacecraft axes.

    Parameters
    ----------
    camera_frame : str
        SPICE frame of the band; needs the frame kernel.
    line : float
        Line from 0 at the middle of the array's samples.
    offset_px : array (2,)
        True pointing correction (rx, ry) against that frame, pixels of angle.
    ifov_rad : float

    Returns
    -------
    array (3,)
        Unit vector.
    """
    # A fixed offset of frames: any time does.
    mounting = np.asarray(spiceypy.pxform(camera_frame, "JUNO_JIRAM_URF", 0.0))
    mounting = np.asarray(spiceypy.pxform("JUNO_JIRAM_URF", "JUNO_SPACECRAFT", 0.0)) @ mounting
    turned = corrected_rotation(mounting[None], offset_px[None], ifov_rad)[0]
    ray = turned @ np.array([ifov_rad * (ARRAY_MIDDLE[1] - line), 0.0, 1.0])
    return np.asarray(ray / np.linalg.norm(ray))


def aimed_time(spin: Spin, ray: Float64, towards: Float64, about_et: float) -> float:
    """Time nearest to ``about_et`` at which a ray of the spacecraft passes a direction.

    Parameters
    ----------
    spin : Spin
    ray : array (3,)
        In spacecraft axes, from `camera_ray`.
    towards : array (3,)
        J2000; only its angle about the axis counts.
    about_et : float

    Returns
    -------
    float
        TDB seconds past J2000.
    """
    across = np.cross(spin.axis, spin.reference)
    wanted = np.arctan2(towards @ across, towards @ spin.reference)
    phase = wanted - np.arctan2(ray[1], ray[0])
    turns = (about_et - spin.start_et) / spin.period_s - phase / (2 * np.pi)
    return float(spin.start_et + (phase / (2 * np.pi) + np.round(turns)) * spin.period_s)
