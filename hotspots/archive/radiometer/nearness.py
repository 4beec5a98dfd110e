"""Which hours and rows of the radiometer are an encounter with Io: geometry decides.

The label's target is always Jupiter.
"""

import math
from collections.abc import Iterable

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.body import IO_MEAN_RADIUS_KM, IO_NAME
from hotspots.radiometer import CHANNELS

__all__ = ["beam_filling", "hours_near_io", "io_from_juno_km"]

_HOUR_S = 3600.0
_STEP_S = 60.0
"""Between looks at Io's distance: a fly-by lasts tens of minutes."""


def io_from_juno_km(et: NDArray[np.float64]) -> NDArray[np.float64]:
    """Io's centre as seen from Juno, without light time.

    Parameters
    ----------
    et : array (n,) float64
        TDB seconds past J2000.

    Returns
    -------
    array (n, 3) float64
        J2000, km; NaN at times that the loaded kernels do not cover.
    """
    position = np.full((len(et), 3), np.nan)
    for row, time in enumerate(et.tolist()):
        try:
            position[row] = spiceypy.spkpos(IO_NAME, time, "J2000", "NONE", "JUNO")[0]
        except spiceypy.exceptions.SpiceyError:
            continue
    return position


def beam_filling(distance_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the narrowest beam that Io fills when the beam is centred on it.

    Parameters
    ----------
    distance_km : array (...) float64
        From Juno to Io's centre.

    Returns
    -------
    array (...) float64
        Solid angle of Io's disc over that of the cone at half power, at most 1.
    """
    radius = np.arcsin(np.clip(IO_MEAN_RADIUS_KM / distance_km, 0.0, 1.0))
    half = math.radians(min(channel.beamwidth_deg for channel in CHANNELS)) / 2
    return np.minimum((radius / half) ** 2, 1.0)


def hours_near_io(
    hours: Iterable[RadiometerHour], minimum_filling: float
) -> tuple[RadiometerHour, ...]:
    """Hours in which Io fills enough of the beam at some time.

    Parameters
    ----------
    hours : iterable of RadiometerHour
        Kernels with leap seconds and positions of Juno and Io must be loaded.
    minimum_filling : float
        Of `beam_filling`.

    Returns
    -------
    tuple of RadiometerHour
        Without those that the kernels do not cover.
    """
    near = []
    for hour in hours:
        try:
            start = float(spiceypy.utc2et(hour.start.strftime("%Y-%m-%dT%H:%M:%S")))
        except spiceypy.exceptions.SpiceyError:
            continue
        times = start + np.arange(0.0, _HOUR_S + _STEP_S, _STEP_S)
        distance = np.linalg.norm(io_from_juno_km(times), axis=-1)
        if np.any(beam_filling(distance) >= minimum_filling):
            near.append(hour)
    return tuple(near)
