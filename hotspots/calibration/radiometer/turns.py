"""Turns of the spacecraft, cut where no antenna is near Io.

Antenna 1 looks 60 degrees to one side of the spacecraft's +X axis and antennas 2 to 6 to
the other.  A turn therefore ends when Io is opposite to +X: 120 degrees from both.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import Beams

__all__ = ["number_of_turn"]

_ANTENNA_2 = 1
_FROM_X_DEG = -60.0
"""Azimuth of antenna 2 about the spin axis, from +X (frame kernel ``juno_v12.tf``)."""

_NOMINAL_TURN_S = 30.0
"""2 turns a minute, for rows of which nobody knows where they looked."""


def number_of_turn(beams: Beams) -> NDArray[np.int32]:
    """Number of the turn that each row belongs to, from 0.

    Parameters
    ----------
    beams : Beams
        Of the rows; those without geometry are counted by time between the others.

    Returns
    -------
    array (n,) int32
        Does not decrease.
    """
    if not len(beams):
        return np.zeros(0, np.int32)
    towards = -beams.juno_km / beams.range_km[:, None]
    seen = np.einsum("nij,nj->ni", beams.axes[:, _ANTENNA_2], towards)
    # +Y of the antenna is the spin axis: a turn about it takes +Z to +X
    azimuth = np.radians(_FROM_X_DEG) + np.arctan2(seen[:, 0], seen[:, 2])
    known = np.isfinite(azimuth)
    seconds = beams.et - beams.et[0]
    if known.sum() < 2:
        turned = seconds / _NOMINAL_TURN_S
    else:
        phase = -np.unwrap(azimuth[known]) / (2 * np.pi)
        turned = np.interp(seconds, seconds[known], phase)
    number = np.maximum.accumulate(np.floor(turned + 0.5)).astype(np.int32)
    return np.asarray(number - number[0], dtype=np.int32)
