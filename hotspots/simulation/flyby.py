"""`Trajectory`: where spacecraft, Io, Jupiter and the Sun are about one visit.

All tracks end here: drawn passes, tables of a real visit and real kernels.  Io keeps one
face to Jupiter, so where no ephemeris tells its place, it lies where its rotation model
says that Jupiter is: 421,800 km from it on the axis of longitude 180.
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.body import IO_FRAME, IO_MEAN_RADIUS_KM
from hotspots.geometry.state import JUPITER_RADIUS_KM
from hotspots.simulation.flyby_settings import FlybySettings
from hotspots.simulation.jupiter import jupiter_state

__all__ = [
    "IO_ORBIT_KM",
    "Trajectory",
    "assemble",
    "ephemeris_epochs",
    "io_state",
    "middle_of_visit",
    "random_flyby",
]

Float64 = NDArray[np.float64]

IO_ORBIT_KM = 421_800.0
"""Semi-major axis of Io's orbit (JPL mean elements of the satellites of Jupiter)."""

IO_PERIOD_S = 1.769138 * 86400.0
"""Sidereal period (the same)."""

MARGIN_S = 5400.0
"""Ephemerides reach this far beyond the frames; the light of the Sun is 45 minutes old."""

STEP_S = 60.0


@dataclass(frozen=True)
class Trajectory:
    """States of a few bodies on common epochs, J2000 axes, km and km/s.

    Parameters
    ----------
    et : array (k,)
        TDB seconds past J2000, ascending.
    spacecraft : array (k, 6)
        Spacecraft from Io's centre.
    io : array (k, 6)
        Io from the barycentre of Jupiter's system.
    jupiter : array (k, 6)
        That barycentre from the Sun.
    """

    et: Float64
    spacecraft: Float64
    io: Float64
    jupiter: Float64

    def position(self, et: float) -> Float64:
        """Spacecraft from Io's centre at one time, km, (3,): cubic Hermite, J2000 axes."""
        upper = int(np.clip(np.searchsorted(self.et, et), 1, len(self.et) - 1))
        start, end = self.et[upper - 1], self.et[upper]
        step = end - start
        s = (et - start) / step
        first, last = self.spacecraft[upper - 1], self.spacecraft[upper]
        return np.asarray(
            (1 + 2 * s) * (1 - s) ** 2 * first[:3]
            + s * (1 - s) ** 2 * step * first[3:]
            + s**2 * (3 - 2 * s) * last[:3]
            + s**2 * (s - 1) * step * last[3:]
        )


def io_state(et: float) -> Float64:
    """Io from Jupiter where its rotation puts it, km and km/s, J2000, (6,).

    Real Io librates about this by up to 0.5 degrees of orbit (eccentricity 0.0041).
    Needs the kernel of constants.
    """
    fixed = np.array([-IO_ORBIT_KM, 0.0, 0.0, 0.0, 0.0, 0.0])
    return np.asarray(spiceypy.sxform(IO_FRAME, "J2000", et) @ fixed)


def middle_of_visit(settings: FlybySettings, day_et: float, rng: np.random.Generator) -> float:
    """A time within one orbit of Io after ``day_et``, in or (mostly) out of eclipse.

    Parameters
    ----------
    settings : FlybySettings
    day_et : float
        TDB seconds past J2000.
    rng : numpy.random.Generator

    Returns
    -------
    float
        TDB seconds past J2000.
    """
    start = day_et + IO_PERIOD_S * rng.random()
    if rng.random() >= settings.eclipse_fraction:
        return float(start)
    # Half angle of the shadow at Io, less the way of a visit of ten minutes.
    half_angle = np.arcsin(JUPITER_RADIUS_KM / IO_ORBIT_KM) - np.radians(2.5)
    wanted = half_angle * rng.uniform(-1, 1)
    # Io moves along its orbit evenly, Jupiter hardly at all: the second step is exact.
    for _ in range(3):
        io, sun = io_state(start), -jupiter_state(start)[:3]
        pole = np.cross(io[:3], io[3:])
        pole /= np.linalg.norm(pole)
        shadow = -sun
        turn = np.arctan2(np.cross(shadow, io[:3]) @ pole, shadow @ io[:3])
        start += (wanted - turn) / (2 * np.pi) * IO_PERIOD_S
    return float(start)


def random_flyby(
    settings: FlybySettings, middle_et: float, *, despun: bool, rng: np.random.Generator
) -> Trajectory:
    """Draw a straight pass.

    Parameters
    ----------
    settings : FlybySettings
    middle_et : float
        Middle of the visit, TDB seconds past J2000.
    despun : bool
        Whether the mirror holds the scene (then visits are not so close).
    rng : numpy.random.Generator

    Returns
    -------
    Trajectory
    """
    altitude = settings.altitude_despun_km if despun else settings.altitude_km
    closest = IO_MEAN_RADIUS_KM + altitude.draw(rng)
    speed = settings.speed_km_s.draw(rng)
    nearest, farthest = settings.departure.low, settings.maximum_distance_km / closest
    farthest = max(nearest, min(settings.departure.high, farthest))
    ratio = replace(settings.departure, high=farthest).draw(rng)
    pole = np.asarray(spiceypy.pxform(IO_FRAME, "J2000", middle_et))[:, 2]
    direction = rng.normal(size=3) + settings.polar_bias * rng.choice([-1.0, 1.0]) * pole
    direction /= np.linalg.norm(direction)
    towards = np.cross(direction, rng.normal(size=3))
    towards /= np.linalg.norm(towards)
    away = rng.choice([-1.0, 1.0]) * closest * sqrt(ratio**2 - 1)
    middle = closest * towards + away * direction
    epochs = ephemeris_epochs(middle_et, middle_et)
    position = middle + (epochs - middle_et)[:, None] * speed * direction
    velocity = np.broadcast_to(speed * direction, position.shape)
    return assemble(epochs, np.hstack([position, velocity]))


def ephemeris_epochs(first_et: float, last_et: float) -> Float64:
    """Times of the states of a trajectory that serves frames between two times."""
    steps = np.ceil((last_et - first_et + 2 * MARGIN_S) / STEP_S)
    return np.asarray(first_et - MARGIN_S + STEP_S * np.arange(steps + 1))


def assemble(epochs: Float64, spacecraft: Float64) -> Trajectory:
    """Add Io and Jupiter, as computed, to the way of the spacecraft past Io."""
    return Trajectory(
        epochs,
        spacecraft,
        np.array([io_state(et) for et in epochs]),
        np.array([jupiter_state(et) for et in epochs]),
    )
