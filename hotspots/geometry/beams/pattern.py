"""`Pattern`: how an antenna shares its attention over the whole sphere.

The gain is tabulated over the chord ``2 sin(theta / 2)`` from the boresight, in which every
pattern is smooth and which costs no arc cosine, and, where it is known, over azimuth
about the boresight.  It is normalised: its mean over the sphere is 1.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.errors import GeometryError

__all__ = ["Pattern", "pattern_from_profile", "stretched", "with_pedestal"]

Float64 = NDArray[np.float64]

NODES = 4097
"""Nodes over the chord 0..2: steps of 0.03 degrees near the boresight."""


@dataclass(frozen=True)
class Pattern:
    """Gain of one antenna.

    Parameters
    ----------
    gain : array (azimuths, nodes) float64
        Gain over isotropic at azimuths ``360 i / azimuths`` degrees from antenna +X towards
        +Y and chords ``2 j / (nodes - 1)``.  Scaled on construction so that its mean over
        the sphere is 1.

    Raises
    ------
    GeometryError
        If the table has no sphere's worth of nodes or is negative, not finite or all zero.
    """

    gain: Float64

    def __post_init__(self) -> None:
        table = np.atleast_2d(np.asarray(self.gain, np.float64))
        if table.shape[1] < 2 or not np.isfinite(table).all() or (table < 0).any():
            msg = f"antenna pattern of shape {table.shape}: wanted finite gains of 0 or more"
            raise GeometryError(msg)
        chord = np.linspace(0.0, 2.0, table.shape[1])
        # The solid angle of a ring is pi d(chord squared): d(cos theta) = -chord d(chord).
        total = 0.5 * np.trapezoid(table.mean(0) * chord, chord)
        if not total > 0:
            msg = "antenna pattern is zero everywhere: wanted gains above 0"
            raise GeometryError(msg)
        object.__setattr__(self, "gain", table / total)

    @property
    def beamwidth_deg(self) -> float:
        """Full width at half maximum of the azimuthal mean, degrees."""
        mean = self.gain.mean(0)
        below = int(np.argmax(mean < 0.5 * mean[0]))
        high, low = mean[below - 1], mean[below]
        node = below - 1 + (high - 0.5 * mean[0]) / (high - low)
        return float(np.degrees(4.0 * np.arcsin(node / (len(mean) - 1))))

    def towards(self, direction: Any) -> Any:
        """Gain in directions given in the antenna's axes.

        Parameters
        ----------
        direction : array (..., 3)
            Unit vectors, X, Y and Z of the antenna (+Z is the boresight).

        Returns
        -------
        array (...)
            Linear between the nodes.
        """
        xp = array_namespace(direction)
        azimuths, nodes = self.gain.shape
        table = xp.asarray(self.gain.ravel(), dtype=direction.dtype, device=device(direction))
        chord = xp.sqrt(xp.clip(2.0 - 2.0 * direction[..., 2], 0.0, 4.0))
        node = chord * (0.5 * (nodes - 1))
        if azimuths == 1:
            return _between(xp, table, node, 0, nodes)
        turn = xp.atan2(direction[..., 1], direction[..., 0]) * (azimuths / (2.0 * xp.pi))
        turn = xp.where(turn < 0, turn + azimuths, turn)
        lower = xp.floor(turn)
        share = turn - lower
        first = xp.astype(lower, xp.int64) % azimuths
        second = (first + 1) % azimuths
        return (1.0 - share) * _between(xp, table, node, first * nodes, nodes) + share * _between(
            xp, table, node, second * nodes, nodes
        )


def pattern_from_profile(theta_deg: Float64, power: Float64) -> Pattern:
    """Pattern from gains at angles from the boresight, in any scale.

    Parameters
    ----------
    theta_deg : array (k,) float64
        Increasing, degrees.  Beyond the last angle there is no gain.
    power : array (k,) or (azimuths, k) float64
        Negative values, which fits have, count as zero.
    """
    chord = np.linspace(0.0, 2.0, NODES)
    wanted = np.degrees(2.0 * np.arcsin(0.5 * chord))
    rows = [
        np.interp(wanted, theta_deg, row, right=0.0) for row in np.atleast_2d(np.maximum(power, 0))
    ]
    return Pattern(np.asarray(rows))


def with_pedestal(pattern: Pattern, fraction: float) -> Pattern:
    """``pattern`` with ``fraction`` of its power spread evenly over the sphere.

    The far sidelobes of the antennas are not public; this is the least that can be
    assumed about a fraction of the power that the main lobe has not.

    Raises
    ------
    GeometryError
        If the fraction is not in [0, 1).
    """
    if not 0.0 <= fraction < 1.0:
        msg = f"{fraction} of the power in the far sidelobes: wanted 0 or more, less than 1"
        raise GeometryError(msg)
    return Pattern((1.0 - fraction) * pattern.gain + fraction)


def stretched(pattern: Pattern, factor: float) -> Pattern:
    """``pattern`` made wider by ``factor`` (1.01: by one per cent)."""
    nodes = pattern.gain.shape[1]
    chord = np.linspace(0.0, 2.0, nodes)
    theta = 2.0 * np.arcsin(0.5 * chord) / factor
    source = 2.0 * np.sin(0.5 * np.minimum(theta, np.pi))
    return Pattern(np.asarray([np.interp(source, chord, row) for row in pattern.gain]))


def _between(xp: Any, table: Any, node: Any, offset: Any, nodes: int) -> Any:
    """Linear interpolation in one row of a table laid out flat."""
    lower = xp.clip(xp.floor(node), 0.0, float(nodes - 2))
    share = node - lower
    index = xp.astype(lower, xp.int64) + offset
    flat = xp.reshape(index, (-1,))
    first = xp.reshape(xp.take(table, flat), index.shape)
    second = xp.reshape(xp.take(table, flat + 1), index.shape)
    return first + share * (second - first)
