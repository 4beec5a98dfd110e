"""Antenna temperature: the mean of everything around, weighted with the pattern.

``T_A = sum of gain x brightness x solid angle / sum of gain x solid angle``.  Each row is
the mean of two moments of its 100-ms integration, in which the antennas turn by 1.2
degrees.  Io hides what is behind it, and so does Jupiter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.fresnel import vertical_share
from hotspots.radiometer import CHANNELS
from hotspots.simulation.radiometer.gains import CHANNELS_OF_ANTENNA, Gains, clear_sky
from hotspots.simulation.radiometer.geometry import RowGeometry
from hotspots.simulation.radiometer.ground import MicrowaveGround
from hotspots.simulation.radiometer.patterns import Pattern
from hotspots.simulation.radiometer.surroundings import Surroundings

__all__ = ["AntennaTemperature", "antenna_temperature"]

Float64 = NDArray[np.float64]

_HALF_STEP_S = 0.05 / 3**0.5
"""Two Gaussian nodes of an integration of 0.1 s."""

_FINE_RANGE_KM = (6000.0, 14_000.0)
"""Below the first, facets of 29 km; below the second, of 58 km: half a degree or less."""

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
    gains = Gains(patterns)
    scene = _Scene(globes, surroundings, gains, polarisation_rad)
    sky = clear_sky(rows, surroundings, gains)
    channels = len(CHANNELS)
    parts = AntennaTemperature(*(np.zeros((len(rows), channels)) for _ in range(5)))
    for i in range(len(rows)):
        for antenna, members in enumerate(CHANNELS_OF_ANTENNA):
            chosen = list(members)
            axes = [
                _turned(rows.antennas[i, antenna], spin_rate * step)
                for step in (-_HALF_STEP_S, _HALF_STEP_S)
            ]
            found = scene.row(rows, i, axes, chosen)
            parts.io[i, chosen] = found.io
            parts.jupiter[i, chosen] = found.jupiter
            parts.belts[i, chosen] = found.belts
            parts.sky[i, chosen] = sky[i, chosen] - found.hidden_sky
            parts.fill[i, chosen] = found.fill
    return parts


def _turned(axes: Float64, angle: float) -> Float64:
    """Axes of an antenna after the spacecraft has turned by ``angle`` about their +Y."""
    x, y, z = axes
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * x - sin * z, y, cos * z + sin * x])


class _Row(NamedTuple):
    """Parts of one row in k channels, each (k,): K, and Io's part of the pattern."""

    io: Float64
    jupiter: Float64
    belts: Float64
    hidden_sky: Float64
    fill: Float64


class _Scene:
    """All that is around, and the antennas that look at it."""

    def __init__(
        self,
        globes: Sequence[MicrowaveGround],
        surroundings: Surroundings,
        gains: Gains,
        polarisation_rad: float,
    ) -> None:
        self._globes = globes
        self._surroundings = surroundings
        self._gains = gains
        self._polarisation = polarisation_rad

    def row(self, rows: RowGeometry, i: int, axes: list[Float64], channels: list[int]) -> "_Row":
        """One row of some channels that look along one boresight."""
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
        disc, belts = (
            self._beyond(cloud, to_jupiter, to_io, float(limb), axes, channels)
            for cloud in (self._surroundings.disc(place), self._surroundings.belts(place))
        )
        hidden = hidden + self._behind_jupiter(rows, i, axes, channels)
        return _Row(io=io, jupiter=disc, belts=belts, hidden_sky=hidden, fill=fill)

    def _beyond(
        self,
        cloud: tuple[Float64, Float64],
        to_jupiter: Float64,
        to_io: Float64,
        limb_rad: float,
        axes: list[Float64],
        channels: list[int],
    ) -> Float64:
        """Antenna temperature (k,) of points around Jupiter that Io does not hide."""
        towards, weight = cloud
        inertial = towards @ to_jupiter
        clear = inertial @ to_io < np.cos(limb_rad)
        gain = self._gains.towards(axes[:1], inertial[clear], channels)
        return np.asarray(np.sum(gain * weight[clear][:, channels], axis=0))

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
        gain = self._gains.towards(axes, inertial, channels) * solid[:, None]
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
        gain = self._gains.towards(axes[:1], towards, channels)[0]
        return np.asarray(gain * solid * self._surroundings.sky_k(towards)[0, channels])
