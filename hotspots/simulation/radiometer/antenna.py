"""Antenna temperature: the mean of everything around, weighted with the pattern.

``T_A = sum of gain x brightness x solid angle / sum of gain x solid angle``.  Each row is
the mean of two moments of its 100-ms integration, in which the antennas turn by 1.2
degrees.  Io hides what is behind it, and so does Jupiter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.fresnel import vertical_share
from hotspots.gridding.radiometer.cells import cell_area, cell_centres
from hotspots.radiometer import CHANNELS
from hotspots.simulation.radiometer.geometry import RowGeometry
from hotspots.simulation.radiometer.ground import MicrowaveGround
from hotspots.simulation.radiometer.patterns import Pattern, directions_in_antenna
from hotspots.simulation.radiometer.surroundings import Surroundings

__all__ = ["AntennaTemperature", "antenna_temperature"]

Float64 = NDArray[np.float64]

_CHANNELS_OF_ANTENNA = ((0,), (1, 2, 3, 4, 5))
"""Channels (less one) that look along each of the two boresights."""

_HALF_STEP_S = 0.05 / 3**0.5
"""Two Gaussian nodes of an integration of 0.1 s."""

_FINE_RANGE_KM = (6000.0, 14_000.0)
"""Below the first, facets of 29 km; below the second, of 58 km: half a degree or less."""

_SKY_SIDE = 32
"""Cells of 1.8 degrees, a sixth of the narrowest beam."""

_FAR_FROM_LIMB_DEG = 45.0
"""Farther than this from Io's limb only side lobes see it, and coarse facets do."""


@dataclass(frozen=True)
class AntennaTemperature:
    """Noise-free antenna temperatures of n rows, K, and their parts.

    Parameters
    ----------
    io, jupiter, belts, sky : array (n, 6)
        Parts that add up.
    fill : array (n, 6)
        Part of the pattern that Io fills.
    """

    io: Float64
    jupiter: Float64
    belts: Float64
    sky: Float64
    fill: Float64

    @property
    def total(self) -> Float64:
        """Sum of the parts (n, 6)."""
        return self.io + self.jupiter + self.belts + self.sky


def antenna_temperature(
    rows: RowGeometry,
    ground: MicrowaveGround,
    surroundings: Surroundings,
    patterns: Sequence[Pattern],
    polarisation_rad: float,
    spin_rate: float,
) -> AntennaTemperature:
    """Antenna temperatures of all rows.

    Parameters
    ----------
    rows : RowGeometry
    ground : MicrowaveGround
        Of the finest facets.
    surroundings : Surroundings
    patterns : sequence of 6 Pattern
    polarisation_rad : float
        Electric field of the antennas from their +X towards +Y.
    spin_rate : float
        rad/s.

    Returns
    -------
    AntennaTemperature
    """
    globes = [ground, ground.coarser()]
    globes += [globes[1].coarser(), globes[1].coarser().coarser()]
    scene = _Scene(globes, surroundings, patterns, polarisation_rad)
    clear_sky = scene.clear_sky(rows)
    channels = len(CHANNELS)
    parts = AntennaTemperature(*(np.zeros((len(rows), channels)) for _ in range(5)))
    for i in range(len(rows)):
        for antenna, members in enumerate(_CHANNELS_OF_ANTENNA):
            chosen = list(members)
            axes = [
                _turned(rows.antennas[i, antenna], spin_rate * step)
                for step in (-_HALF_STEP_S, _HALF_STEP_S)
            ]
            found = scene.row(rows, i, axes, chosen)
            parts.io[i, chosen], parts.jupiter[i, chosen] = found[0], found[1]
            parts.belts[i, chosen], parts.fill[i, chosen] = found[2], found[4]
            parts.sky[i, chosen] = clear_sky[i, chosen] - found[3]
    return parts


def _turned(axes: Float64, angle: float) -> Float64:
    """Axes of an antenna after the spacecraft has turned by ``angle`` about their +Y."""
    x, y, z = axes
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * x - sin * z, y, cos * z + sin * x])


class _Scene:
    """All that is around, and the antennas that look at it."""

    def __init__(
        self,
        globes: Sequence[MicrowaveGround],
        surroundings: Surroundings,
        patterns: Sequence[Pattern],
        polarisation_rad: float,
    ) -> None:
        self._globes = globes
        self._surroundings = surroundings
        self._patterns = patterns
        self._polarisation = polarisation_rad
        self._beam_sr = np.array([pattern.solid_angle() for pattern in patterns])

    def _gain(self, axes: Sequence[Float64], towards: Float64, channels: list[int]) -> Float64:
        """Gain (m, k) over its integral, mean of several turns of the antenna."""
        total = np.zeros((len(towards), len(channels)))
        for one in axes:
            theta, cos_two_phi = directions_in_antenna(one, towards)
            for column, channel in enumerate(channels):
                total[:, column] += self._patterns[channel].relative_gain(theta, cos_two_phi)
        return np.asarray(total / (len(axes) * self._beam_sr[channels]))

    def clear_sky(self, rows: RowGeometry) -> Float64:
        """Antenna temperature (n, 6) of the sky with nothing before it.

        It only depends on the phase of the turn: one turn is worked out.
        """
        sky = cell_centres(_SKY_SIDE)
        first = np.flatnonzero(rows.turn == rows.turn[len(rows) // 2])
        brightness = self._surroundings.sky_k(sky) * cell_area(_SKY_SIDE)
        result = np.empty((len(rows), len(CHANNELS)))
        for antenna, members in enumerate(_CHANNELS_OF_ANTENNA):
            chosen = list(members)
            seen = np.array(
                [
                    np.sum(
                        self._gain([rows.antennas[i, antenna]], sky, chosen)
                        * brightness[:, chosen],
                        axis=0,
                    )
                    for i in first
                ]
            )
            for column, channel in enumerate(chosen):
                result[:, channel] = np.interp(
                    rows.phase_rad, rows.phase_rad[first], seen[:, column], period=2 * np.pi
                )
        return result

    def row(
        self, rows: RowGeometry, i: int, axes: list[Float64], channels: list[int]
    ) -> tuple[Float64, Float64, Float64, Float64, Float64]:
        """Io, Jupiter, belts, hidden sky (K) and Io's part of the pattern, each (k,)."""
        juno = rows.juno[i]
        distance = float(np.linalg.norm(juno))
        limb = np.arcsin(IO_MEAN_RADIUS_KM / distance)
        to_io = -juno / distance
        boresight = 0.5 * (axes[0][2] + axes[1][2])
        off_limb = np.degrees(np.arccos(np.clip(boresight @ to_io, -1, 1)) - limb)
        far = off_limb > _FAR_FROM_LIMB_DEG
        globe = self._globes[3 if far else int(np.searchsorted(_FINE_RANGE_KM, distance))]
        io, fill, hidden = self._io(globe, rows, i, axes[:1] if far else axes, channels)
        to_jupiter = rows.to_jupiter[i]
        place = to_jupiter @ (juno - rows.jupiter[i])
        others = []
        for towards, weight in (self._surroundings.disc(place), self._surroundings.belts(place)):
            inertial = towards @ to_jupiter
            clear = inertial @ to_io < np.cos(limb)
            gain = self._gain(axes[:1], inertial[clear], channels)
            others.append(np.sum(gain * weight[clear][:, channels], axis=0))
        return (
            io,
            others[0],
            others[1],
            hidden + self._behind_jupiter(rows, i, axes, channels),
            fill,
        )

    def _io(
        self,
        globe: MicrowaveGround,
        rows: RowGeometry,
        i: int,
        axes: list[Float64],
        channels: list[int],
    ) -> tuple[Float64, Float64, Float64]:
        """Io's antenna temperature, its part of the pattern, and the sky that it hides."""
        to_io = rows.to_io[i]
        away = to_io @ rows.juno[i] - globe.point_km
        distance = np.linalg.norm(away, axis=1)
        towards_juno = away / distance[:, None]
        cosine = np.sum(towards_juno * globe.normal, axis=1)
        facets = np.flatnonzero(cosine > 0)
        cosine, towards_juno = cosine[facets], towards_juno[facets]
        solid = globe.area_km2[facets] * cosine / distance[facets] ** 2
        vertical, horizontal = globe.polarised_k(to_io @ rows.sun[i], cosine, facets)
        middle = np.mean(axes, axis=0)
        field = np.cos(self._polarisation) * middle[0] + np.sin(self._polarisation) * middle[1]
        share = vertical_share(to_io @ field, towards_juno, globe.normal[facets])[:, None]
        brightness = share * vertical + (1.0 - share) * horizontal
        inertial = -towards_juno @ to_io
        gain = self._gain(axes, inertial, channels) * solid[:, None]
        behind = self._surroundings.sky_k(inertial)
        return (
            np.sum(gain * brightness[:, channels], axis=0),
            np.sum(gain, axis=0),
            np.sum(gain * behind[:, channels], axis=0),
        )

    def _behind_jupiter(
        self, rows: RowGeometry, i: int, axes: list[Float64], channels: list[int]
    ) -> Float64:
        """Antenna temperature (k,) of the sky that Jupiter hides, as if all were its middle."""
        towards = rows.jupiter[i] - rows.juno[i]
        distance = np.linalg.norm(towards)
        towards = towards[None] / distance
        solid = np.pi * 71492.0 * 66854.0 / distance**2
        gain = self._gain(axes[:1], towards, channels)[0]
        return np.asarray(gain * solid * self._surroundings.sky_k(towards)[0, channels])
