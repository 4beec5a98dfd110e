"""The zero of each turn, from the sky beside Io.

The load's brightness is known to a few kelvin and wanders; the sky far from Io and Jupiter
is known to tenths.  Each turn sees both within seconds.  What is taken off here is the
median of a turn, against an even sky: the wide part of the error.  The rest, and the uneven
sky at low frequency, is fitted with the map (`hotspots.gridding.radiometer`).
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import JUPITER_RADII_KM, Beams
from hotspots.radiometer import CHANNELS

__all__ = ["even_sky_k", "looks_at_sky", "zero_of_turns"]

IO_CLEARANCE = 1.5
"""Beamwidths between boresight and Io's limb: Io's share is below 1e-3 of its temperature."""

JUPITER_CLEARANCE = 1.5
"""Beamwidths between boresight and the radiation belts."""

BELTS_RADII = 2.85
"""Reach of the synchrotron emission in Jupiter's radii (de Pater et al. 2003,
doi:10.1016/S0019-1035(03)00067-8, map the belts to about 3)."""

_FEWEST_ROWS = 10
"""Rows of sky that a turn needs to have a zero of its own."""


def even_sky_k() -> NDArray[np.float64]:
    """Mean brightness of the sky in each channel.

    Returns
    -------
    array (6,) float64
        K: microwave background and the power law of what ARCADE 2 found beside it (Fixsen
        et al. 2011, doi:10.1088/0004-637X/734/1/5, table 4), which the monopole of Juno's own
        sky maps is tied to.
    """
    frequency = np.array([channel.frequency_ghz for channel in CHANNELS])
    return np.asarray(2.725 + 24.1 * (frequency / 0.310) ** -2.599)


def looks_at_sky(beams: Beams) -> NDArray[np.bool_]:
    """Rows and channels that see nothing but sky.

    Parameters
    ----------
    beams : Beams

    Returns
    -------
    array (n, 6) bool
        Away from Io and from Jupiter with its belts; False where the geometry is unknown.
    """
    width = np.array([channel.beamwidth_deg for channel in CHANNELS])
    distance = np.linalg.norm(beams.jupiter_km, axis=-1)
    belts = np.degrees(np.arcsin(np.clip(BELTS_RADII * JUPITER_RADII_KM[0] / distance, 0, 1)))
    with np.errstate(invalid="ignore"):
        off_io = beams.io_angle_deg - beams.io_radius_deg[:, None] > IO_CLEARANCE * width
        off_jupiter = beams.jupiter_angle_deg - belts[:, None] > JUPITER_CLEARANCE * width
    return np.asarray(beams.known & off_io & off_jupiter)


def zero_of_turns(
    antenna_k: NDArray[np.float64],
    sky: NDArray[np.bool_],
    turn: NDArray[np.int32],
    sky_k: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What to take off each cell so that the sky has its temperature.

    Parameters
    ----------
    antenna_k : array (n, 6) float64
        K; NaN where missing.
    sky : array (n, 6) bool
        From `looks_at_sky`.
    turn : array (n,) int32
        From `hotspots.calibration.radiometer.turns`.
    sky_k : array (6,) float64
        Temperature of the sky, K.

    Returns
    -------
    array (n, 6) float64
        K, the same for all rows of a turn; between neighbouring turns where one sees no
        sky, and 0 in a channel that never does.
    """
    count = int(turn[-1]) + 1 if len(turn) else 0
    zero = np.zeros(antenna_k.shape)
    for channel in range(antenna_k.shape[1]):
        usable = sky[:, channel] & np.isfinite(antenna_k[:, channel])
        found = np.full(count, np.nan)
        for number in range(count):
            values = antenna_k[usable & (turn == number), channel]
            if len(values) >= _FEWEST_ROWS:
                found[number] = np.median(values) - sky_k[channel]
        known = np.flatnonzero(np.isfinite(found))
        if len(known):
            zero[:, channel] = np.interp(turn, known, found[known])
    return zero
