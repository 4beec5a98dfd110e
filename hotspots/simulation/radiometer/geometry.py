"""`RowGeometry`: where spacecraft, Io, Jupiter and antennas are in each row, from the flyby itself.

This is worked out from the drawn trajectory and spin, not from the kernels that are
written of them: what a reader gets from the kernels can be compared with it.
"""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.body import IO_FRAME
from hotspots.simulation.radiometer.passage import Passage

__all__ = ["ANTENNA_AZIMUTH_DEG", "RowGeometry", "antenna_axes", "row_geometry"]

Float64 = NDArray[np.float64]

ANTENNA_AZIMUTH_DEG = (60.0, -60.0)
"""Boresight of antenna 1 and of antennas 2 to 6 in the spacecraft's XY plane (juno_v12.tf)."""


@dataclass(frozen=True)
class RowGeometry:
    """Geometry of n rows, J2000 axes, km.

    Parameters
    ----------
    et : array (n,)
    juno : array (n, 3)
        From Io's centre.
    jupiter : array (n, 3)
        From Io's centre.
    sun : array (n, 3)
        Unit vector from Io to the Sun.
    to_io, to_jupiter : array (n, 3, 3)
        Take J2000 axes to those of Io and of Jupiter (System III).
    antennas : array (n, 2, 3, 3)
        Axes of antenna 1 and of antennas 2 to 6: rows are X, Y, Z in J2000.
    phase_rad : array (n,)
        How far the spacecraft has turned in its turn, 0..2 pi.
    turn : array (n,) int64
        Number of the spacecraft's turn.
    """

    et: Float64
    juno: Float64
    jupiter: Float64
    sun: Float64
    to_io: Float64
    to_jupiter: Float64
    antennas: Float64
    phase_rad: Float64
    turn: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.et)


def antenna_axes(to_inertial: Float64) -> Float64:
    """Axes of both groups of antennas.

    Parameters
    ----------
    to_inertial : array (..., 3, 3)
        Spacecraft to J2000.

    Returns
    -------
    array (..., 2, 3, 3)
        Rows are X, Y, Z: Z the boresight, Y the spin axis.
    """
    mounted = []
    for azimuth in map(radians, ANTENNA_AZIMUTH_DEG):
        boresight = np.array([cos(azimuth), sin(azimuth), 0.0])
        axis = np.array([0.0, 0.0, 1.0])
        mounted.append(np.stack([np.cross(axis, boresight), axis, boresight]))
    return np.asarray(np.stack(mounted) @ np.swapaxes(to_inertial, -1, -2)[..., None, :, :])


def row_geometry(passage: Passage) -> RowGeometry:
    """Geometry of all rows of a flyby; the text kernels must be loaded.

    Parameters
    ----------
    passage : Passage

    Returns
    -------
    RowGeometry
    """
    et, way = passage.et, passage.trajectory
    # The trajectory kernel interpolates with the same cubic (type 13, degree 3).
    io = np.array([_between(way.et, way.io, time) for time in et])
    solar = np.array([_between(way.et, way.jupiter, time) for time in et]) + io
    return RowGeometry(
        et=et,
        juno=np.array([way.position(time) for time in et]),
        jupiter=-io,
        sun=-solar / np.linalg.norm(solar, axis=1, keepdims=True),
        to_io=np.array([spiceypy.pxform("J2000", IO_FRAME, time) for time in et]),
        to_jupiter=np.array([spiceypy.pxform("J2000", "IAU_JUPITER", time) for time in et]),
        antennas=antenna_axes(np.array([passage.spin.to_inertial(time) for time in et])),
        phase_rad=np.asarray(passage.spin.rate * (et - passage.spin.start_et) % (2 * np.pi)),
        turn=passage.turn,
    )


def _between(epochs: Float64, states: Float64, et: float) -> Float64:
    """Place at one time, (3,): cubic Hermite through states (k, 6)."""
    upper = int(np.clip(np.searchsorted(epochs, et), 1, len(epochs) - 1))
    step = epochs[upper] - epochs[upper - 1]
    s = (et - epochs[upper - 1]) / step
    first, last = states[upper - 1], states[upper]
    return np.asarray(
        (1 + 2 * s) * (1 - s) ** 2 * first[:3]
        + s * (1 - s) ** 2 * step * first[3:]
        + s**2 * (3 - 2 * s) * last[:3]
        + s**2 * (s - 1) * step * last[3:]
    )
