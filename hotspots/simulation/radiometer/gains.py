"""`Gains`: what share of an antenna temperature comes from a direction, and the sky by it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.gridding.radiometer.cells import cell_area, cell_centres
from hotspots.radiometer import CHANNELS
from hotspots.simulation.radiometer.geometry import RowGeometry
from hotspots.simulation.radiometer.patterns import Pattern, directions_in_antenna
from hotspots.simulation.radiometer.surroundings import Surroundings

__all__ = ["CHANNELS_OF_ANTENNA", "Gains", "clear_sky"]

Float64 = NDArray[np.float64]

CHANNELS_OF_ANTENNA = ((0,), (1, 2, 3, 4, 5))
"""Channels (less one) that look along each of the two boresights."""

_SKY_SIDE = 32
"""Cells of 1.8 degrees, a sixth of the narrowest beam."""


class Gains:
    """Patterns of the six antennas over their integrals.

    Parameters
    ----------
    patterns : sequence of 6 Pattern
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._beam_sr = np.array([pattern.solid_angle() for pattern in patterns])

    def towards(self, axes: Sequence[Float64], directions: Float64, channels: list[int]) -> Float64:
        """Gain (m, k) over its integral, sr-1, mean of several turns of the antenna.

        Parameters
        ----------
        axes : sequence of array (3, 3)
            Rows are X, Y, Z of the antenna.
        directions : array (m, 3)
            Unit vectors in the same frame.
        channels : list of k int
            Counted from 0.
        """
        total = np.zeros((len(directions), len(channels)))
        for one in axes:
            theta, cos_two_phi = directions_in_antenna(one, directions)
            for column, channel in enumerate(channels):
                total[:, column] += self._patterns[channel].relative_gain(theta, cos_two_phi)
        return np.asarray(total / (len(axes) * self._beam_sr[channels]))


def clear_sky(rows: RowGeometry, surroundings: Surroundings, gains: Gains) -> Float64:
    """Antenna temperature (n, 6) of the sky with nothing before it, K.

    The axis of the turn stands still, so it depends on the phase alone: one turn is worked
    out.
    """
    sky = cell_centres(_SKY_SIDE)
    first = np.flatnonzero(rows.turn == rows.turn[len(rows) // 2])
    brightness = surroundings.sky_k(sky) * cell_area(_SKY_SIDE)
    result = np.empty((len(rows), len(CHANNELS)))
    for antenna, members in enumerate(CHANNELS_OF_ANTENNA):
        for channel in members:
            seen = [
                np.sum(
                    gains.towards([rows.antennas[i, antenna]], sky, [channel])[:, 0]
                    * brightness[:, channel]
                )
                for i in first
            ]
            result[:, channel] = np.interp(
                rows.phase_rad, rows.phase_rad[first], seen, period=2 * np.pi
            )
    return result
