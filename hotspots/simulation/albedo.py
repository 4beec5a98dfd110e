"""How bright each place of the ground is against the mean, in either band.

The logarithm of the albedo is a random pattern of many octaves, partly shared by the
bands, plus deposits.  It is held as a pyramid of maps: each holds the octaves that its
nodes can carry, so points that lie far apart are served from a coarse map and see the
mean of what lies between them.  The finest octaves, below the nodes of the finest map,
are looked up in a solid pattern and shared by the bands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.planck import Band
from hotspots.simulation.cube_map import CubeMap, cube_nodes, node_spacing_km, refined
from hotspots.simulation.deposits import Deposit, paint
from hotspots.simulation.solid_noise import SolidNoise, draw_solid_noise

__all__ = ["Albedo", "Texture", "draw_albedo"]

_COARSEST_INTERVALS = 16
_DETAIL_VOXEL_KM = 0.5
_DETAIL_SCALES = (0.8, 1.6, 3.2, 6.4)
"""Octaves below those of the maps, voxels: patterns of about 2 to 20 km."""

_APART_VOXELS = 11.0
"""Shift of each octave in the pattern against the last, along each axis, voxels: the middles
of the broadest ones would be alike."""

_BEND_KM, _BEND_WAVE_KM = 12.0, 170.0
"""Amplitude and length of the waves of `_bent`: a good part of the 32 km after which the
pattern repeats, without much stretching it."""

_GREATEST_DETAIL = 0.9
"""The pattern of the finest octaves is kept above the negative of this."""


@dataclass(frozen=True)
class Texture:
    """What kind of pattern the ground has.

    Parameters
    ----------
    l_contrast, m_contrast : float
        Standard deviation of the logarithm of the albedo, all octaves together (a fifth less
        where values are interpolated).
    band_correlation : float
        Of the patterns of the bands, 0..1.
    smoothness : float
        The amplitude of an octave goes as its wavelength to this power: at 0 every octave
        has the same contrast, at 1 broad patterns rule.
    finest_intervals : int
        Intervals of a face of the finest map: 16 times a power of two.  512 (nodes 5.6 km
        apart) takes 17 MB.
    """

    l_contrast: float
    m_contrast: float
    band_correlation: float
    smoothness: float
    finest_intervals: int = 512


@dataclass(frozen=True)
class Albedo:
    """Albedo over its mean.

    Parameters
    ----------
    l_maps, m_maps : tuple of CubeMap
        From the coarsest to the finest.
    detail : SolidNoise
        Pattern of the octaves below the finest map.
    l_detail, m_detail : float
        Its standard deviation.
    """

    l_maps: tuple[CubeMap, ...]
    m_maps: tuple[CubeMap, ...]
    detail: SolidNoise
    l_detail: float
    m_detail: float

    def factor(self, points: Any, band: Band, *, resolution_km: float = 0.0) -> Any:
        """Albedo over its mean at points of the surface.

        Parameters
        ----------
        points : array (k, 3) floating
            Body-fixed, km, no NaN; any array-API namespace.
        band : Band
        resolution_km : float
            Distance between neighbouring points; finer patterns are averaged.

        Returns
        -------
        array (k,)
        """
        xp = array_namespace(points)
        maps, detail = (
            (self.l_maps, self.l_detail) if band.name == "L" else (self.m_maps, self.m_detail)
        )
        # The coarsest map with nodes no farther apart than the points, else the finest.
        dense = (m for m in maps if node_spacing_km(m.intervals) <= resolution_km)
        result = next(dense, maps[-1]).sample(points)
        if detail > 0 and resolution_km < node_spacing_km(maps[-1].intervals):
            pattern = detail * self.detail.sample(_bent(points), _DETAIL_VOXEL_KM)
            result = result * (
                1 + xp.where(pattern > -_GREATEST_DETAIL, pattern, -_GREATEST_DETAIL)
            )
        return result


def draw_albedo(texture: Texture, deposits: Sequence[Deposit], rng: np.random.Generator) -> Albedo:
    """A new pattern of the ground with the given deposits."""
    levels = [_COARSEST_INTERVALS]
    while levels[-1] < texture.finest_intervals:
        levels.append(2 * levels[-1])
    # Three octaves are broader than the nodes of the coarsest map.
    octaves = (2, 4, 8, *levels)
    widths_km = np.array(
        [node_spacing_km(n) for n in octaves] + [_DETAIL_VOXEL_KM * s for s in _DETAIL_SCALES]
    )
    amplitudes = widths_km**texture.smoothness
    amplitudes /= np.linalg.norm(amplitudes)
    map_amplitudes, detail_amplitudes = np.split(amplitudes, [len(octaves)])
    shared, own = draw_solid_noise(rng), draw_solid_noise(rng)
    shares = (texture.band_correlation, sqrt(1 - texture.band_correlation**2))
    pattern = np.zeros((2, 6, levels[0] + 1, levels[0] + 1), dtype=np.float32)
    maps: list[tuple[CubeMap, CubeMap]] = []
    for number, intervals in enumerate(octaves):
        width_km, amplitude = float(widths_km[number]), map_amplitudes[number]
        if intervals > levels[0]:
            pattern = np.stack([refined(band) for band in pattern])
        common, apart = (
            amplitude * _at_nodes(noise, pattern.shape[2] - 1, width_km, number * _APART_VOXELS)
            for noise in (shared, own)
        )
        pattern[0] += common
        pattern[1] += shares[0] * common + shares[1] * apart
        if intervals >= levels[0]:
            variance = float(np.sum(map_amplitudes[: number + 1] ** 2))
            maps.append(_maps(pattern, variance, texture, deposits))
    detail = float(np.linalg.norm(detail_amplitudes))
    return Albedo(
        l_maps=tuple(pair[0] for pair in maps),
        m_maps=tuple(pair[1] for pair in maps),
        detail=draw_solid_noise(rng, tuple(zip(_DETAIL_SCALES, detail_amplitudes, strict=True))),
        l_detail=texture.l_contrast * detail,
        m_detail=texture.m_contrast * detail,
    )


def _bent(points: Any) -> Any:
    """Points shifted by smooth waves, which hides that the solid pattern repeats."""
    xp = array_namespace(points)
    return points + _BEND_KM * xp.sin(xp.roll(points, 1, axis=-1) * (2 * pi / _BEND_WAVE_KM))


def _at_nodes(
    noise: SolidNoise, intervals: int, voxel_km: float, shift_voxels: float
) -> NDArray[np.float32]:
    """A solid pattern at the nodes of a cube; a face at a time stays in the cache."""
    nodes = cube_nodes(intervals)
    shift = np.float32(voxel_km * shift_voxels)
    faces = [
        noise.sample(np.float32(IO_MEAN_RADIUS_KM) * np.reshape(face, (-1, 3)) + shift, voxel_km)
        for face in nodes
    ]
    return np.asarray(np.reshape(np.stack(faces), nodes.shape[:-1]))


def _maps(
    pattern: NDArray[np.float32], variance: float, texture: Texture, deposits: Sequence[Deposit]
) -> tuple[CubeMap, CubeMap]:
    """Albedo in L and M, of mean 1 but for the deposits."""
    logs = [
        (contrast * band - 0.5 * contrast**2 * variance).astype(np.float32)
        for contrast, band in zip((texture.l_contrast, texture.m_contrast), pattern, strict=True)
    ]
    paint(deposits, logs[0], logs[1])
    return CubeMap(np.exp(logs[0])), CubeMap(np.exp(logs[1]))
