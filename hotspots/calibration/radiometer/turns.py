"""Turns of the spacecraft, and where in a turn the receivers' zero steps.

The zero wanders from turn to turn.  Where a turn begins for the receivers is not
published, so the sky decides: the cut is put where an offset and a slope a turn leave least
of what even sky shows.  Where the sky has no opinion the cut is put where no antenna is near
Io.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import Beams

__all__ = ["number_of_turn", "phase_of_steps", "turns_completed"]

Float64 = NDArray[np.float64]

_ANTENNA_2 = 1

_NOMINAL_TURN_S = 30.0
"""2 turns a minute, for rows of which nobody knows where they looked."""

_PHASES = 100
"""Cuts that are tried: every 3.6 degrees, two or three rows at the fast rate."""

_CLEARLY_BETTER = 30.0
"""Chi squared by which a cut must be better than the one away from Io: five standard
deviations and some for having tried a hundred."""


def turns_completed(beams: Beams) -> Float64:
    """Turns about the spin axis, against the stars, since the first row.

    Parameters
    ----------
    beams : Beams
        Rows without geometry are counted by time between the others.

    Returns
    -------
    array (n,) float64
        Increasing.
    """
    seconds = beams.et - beams.et[0] if len(beams) else beams.et
    # from IAU_IO, which turns slowly, to the stars
    boresight, spin = (
        np.einsum("nji,nj->ni", beams.sky, beams.axes[:, _ANTENNA_2, row]) for row in (2, 1)
    )
    known = np.isfinite(boresight).all(axis=1)
    if known.sum() < 2:
        return np.asarray(seconds / _NOMINAL_TURN_S)
    axis = spin[known].mean(axis=0)
    axis /= np.linalg.norm(axis)
    aside = np.eye(3)[np.argmin(np.abs(axis))]
    across = np.cross(axis, aside)
    across /= np.linalg.norm(across)
    along = np.cross(axis, across)
    azimuth = np.unwrap(np.arctan2(boresight[known] @ along, boresight[known] @ across))
    turned = np.abs(azimuth - azimuth[0]) / (2 * np.pi)
    rate = turned[-1] / (seconds[known][-1] - seconds[known][0])
    # outside the known rows the spacecraft goes on turning
    ahead = np.interp(seconds, seconds[known], turned - rate * seconds[known])
    result = ahead + rate * seconds
    return np.asarray(result - result[0])


def number_of_turn(completed: Float64, phase: float) -> NDArray[np.int32]:
    """Number of the turn of each row, from 0.

    Parameters
    ----------
    completed : array (n,) float64
        From `turns_completed`.
    phase : float
        Part of a turn by which the first row is past a cut.

    Returns
    -------
    array (n,) int32
        Does not decrease.
    """
    if not len(completed):
        return np.zeros(0, np.int32)
    number = np.maximum.accumulate(np.floor(completed + phase)).astype(np.int32)
    return np.asarray(number - number[0], dtype=np.int32)


def phase_of_steps(
    completed: Float64, antenna_k: Float64, sigma_k: Float64, sky: NDArray[np.bool_], beams: Beams
) -> float:
    """Where in a turn to cut.

    Parameters
    ----------
    completed : array (n,) float64
        From `turns_completed`.
    antenna_k, sigma_k : array (n, c) float64
        Channels in which the sky is even, and their noise, K.
    sky : array (n, c) bool
        Rows that see nothing but sky.
    beams : Beams

    Returns
    -------
    float
        For `number_of_turn`.
    """
    away = _away_from_io(completed, beams)
    usable = sky & np.isfinite(antenna_k) & (sigma_k > 0)
    tried = [away, *(np.arange(_PHASES) / _PHASES)]
    misfit = [
        sum(
            _misfit(completed[rows], antenna_k[rows, c] / sigma_k[rows, c], phase)
            for c, rows in enumerate(usable.T)
        )
        for phase in tried
    ]
    best = int(np.argmin(misfit))
    return float(tried[best]) if misfit[0] - misfit[best] > _CLEARLY_BETTER else away


def _misfit(completed: Float64, values: Float64, phase: float) -> float:
    """Squares that are left of values over their noise by a straight line a turn."""
    if not len(completed):
        return 0.0
    turn = number_of_turn(completed, phase)
    count = np.maximum(np.bincount(turn), 1)

    def centred(x: Float64) -> Float64:
        return np.asarray(x - (np.bincount(turn, x) / count)[turn])

    time, level = centred(completed), centred(values)
    squared = np.bincount(turn, time**2)
    slope = np.bincount(turn, time * level) / np.where(squared > 0, squared, 1.0)
    return float(np.sum((level - slope[turn] * time) ** 2))


def _away_from_io(completed: Float64, beams: Beams) -> float:
    """Phase that cuts where both groups of antennas are farthest from Io at closest approach."""
    nearest = np.min(beams.io_angle_deg[:, : _ANTENNA_2 + 1], axis=1)
    if not np.isfinite(nearest).any():
        return 0.0
    closest = int(np.nanargmin(np.where(np.isfinite(nearest), beams.range_km, np.nan)))
    around = np.abs(completed - completed[closest]) <= 0.5
    row = int(np.nanargmax(np.where(around, nearest, np.nan)))
    return float(-completed[row] % 1.0)
