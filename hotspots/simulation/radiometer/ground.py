"""`MicrowaveGround`: what every facet of a drawn Io radiates in six channels, in any direction.

Facets are the cells of `hotspots.gridding.radiometer.cells` on the triaxial ellipsoid, in
nested order, so that four neighbours are one facet of a coarser globe.  Temperatures are
stored so that no sum over depth is left: mean, two waves of the day, and lava.
"""

from dataclasses import dataclass, replace
from math import radians
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM, IO_RADII_KM, surface_normal
from hotspots.fresnel import reflectivity, transmitted_cosine
from hotspots.gridding.radiometer.cells import cell_area, cell_centres
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.cooling_lava import lava_seen_k
from hotspots.retrieval.microwave.depths import penetration_depth_m
from hotspots.retrieval.microwave.emission import sky_k
from hotspots.simulation.radiometer.ground_ranges import GroundRanges, LavaRanges
from hotspots.simulation.radiometer.lava_fields import LavaCover, draw_lava
from hotspots.simulation.radiometer.random_field import random_field

__all__ = ["MicrowaveGround", "draw_ground"]

Float64 = NDArray[np.float64]

_SLANT_OF_LAVA = 0.9
"""Cosine of the way in the ground for which the heat of lava is tabulated; it is 0.8 to 1
for any emission angle where the permittivity is 3, and heat follows depth almost evenly."""


@dataclass(frozen=True)
class MicrowaveGround:
    """A globe of n facets.

    Parameters
    ----------
    point_km : array (n, 3)
        Middles of the facets, body-fixed.
    normal : array (n, 3)
    area_km2 : array (n,)
        True area.
    mean_k : array (n,)
        Temperature at the surface, mean of a day.
    wave_k : array (n, 2) complex
        Waves of a day and half a day at the surface: amplitude and phase at local noon.
    depth_m : array (n, 6)
        Penetration depth.
    geotherm_k_m : float
    lava_k : array (n, 6)
        What lava adds to the temperature that is seen, looking straight down.
    permittivity : array (n,)
        Of the surface.
    subsurface_permittivity : float
    skin_depth_m : float
    """

    point_km: Float64
    normal: Float64
    area_km2: Float64
    mean_k: Float64
    wave_k: NDArray[np.complex128]
    depth_m: Float64
    geotherm_k_m: float
    lava_k: Float64
    permittivity: Float64
    subsurface_permittivity: float
    skin_depth_m: float

    def __len__(self) -> int:
        return len(self.area_km2)

    def seen_k(self, sun: Float64, cos_emission: Float64, facets: NDArray[np.int64]) -> Float64:
        """Temperature (m, 6) that is seen of some facets, before surface and sky.

        Parameters
        ----------
        sun : array (3,)
            Direction of the Sun, body-fixed.
        cos_emission : array (m,)
        facets : array (m,) int64
        """
        inside = transmitted_cosine(self.subsurface_permittivity, cos_emission)[:, None]
        point, depth = self.point_km[facets], self.depth_m[facets] * inside
        longitude = np.arctan2(point[:, 1], point[:, 0]) - np.arctan2(sun[1], sun[0])
        # East of the subsolar meridian is afternoon.
        result = self.mean_k[facets, None] + self.geotherm_k_m * depth
        for harmonic in (1, 2):
            ratio = depth / self.skin_depth_m * np.sqrt(harmonic)
            wave = self.wave_k[facets, harmonic - 1] * np.exp(1j * harmonic * longitude)
            result = result + (wave[:, None] / (1.0 + (1.0 + 1j) * ratio)).real
        return np.asarray(result + self.lava_k[facets] * inside / _SLANT_OF_LAVA)

    def polarised_k(
        self, sun: Float64, cos_emission: Float64, facets: NDArray[np.int64]
    ) -> tuple[Float64, Float64]:
        """Brightness temperatures (m, 6), vertical and horizontal, of some facets."""
        seen = self.seen_k(sun, cos_emission, facets)
        sky = np.array([sky_k(channel.frequency_ghz) for channel in CHANNELS])
        vertical, horizontal = reflectivity(self.permittivity[facets], cos_emission)
        return (
            seen + vertical[:, None] * (sky - seen),
            seen + horizontal[:, None] * (sky - seen),
        )

    def without_lava(self) -> Self:
        """The same globe as if no lava had ever come up."""
        return replace(self, lava_k=np.zeros_like(self.lava_k))

    def coarser(self) -> Self:
        """The same globe with every four facets joined to one."""

        def joined(values: NDArray[Any]) -> NDArray[Any]:
            return np.asarray(np.mean(values.reshape(-1, 4, *values.shape[1:]), axis=1))

        normal = joined(self.normal)
        return replace(
            self,
            point_km=joined(self.point_km),
            normal=normal / np.linalg.norm(normal, axis=1, keepdims=True),
            area_km2=self.area_km2.reshape(-1, 4).sum(axis=1),
            mean_k=joined(self.mean_k),
            wave_k=joined(self.wave_k),
            depth_m=joined(self.depth_m),
            lava_k=joined(self.lava_k),
            permittivity=joined(self.permittivity),
        )


def draw_ground(
    ground: GroundRanges, lava: LavaRanges, side: int, rng: np.random.Generator
) -> tuple[MicrowaveGround, LavaCover]:
    """Draw a globe.

    Parameters
    ----------
    ground : GroundRanges
    lava : LavaRanges
    side : int
        Facets along the edge of one of the twelve diamonds, a power of two: 64 is 29 km.
    rng : numpy.random.Generator

    Returns
    -------
    MicrowaveGround
    LavaCover
        The lava in it.
    """
    directions = cell_centres(side)
    radii = np.asarray(IO_RADII_KM)
    distance = 1.0 / np.linalg.norm(directions / radii, axis=1)
    point = directions * distance[:, None]
    normal = surface_normal(point, radii)
    area = distance**2 * cell_area(side) / np.sum(normal * directions, axis=1)
    cosine = np.hypot(directions[:, 0], directions[:, 1])
    scale = ground.scale_km.draw(rng) / IO_MEAN_RADIUS_KM

    def pattern() -> Float64:
        return random_field(directions, scale, rng)

    drop = ground.pole_drop_k.draw(rng) * (1.0 - cosine ** ground.latitude_exponent.draw(rng))
    mean = ground.equator_k.draw(rng) - drop
    mean = mean + ground.temperature_scatter_k.draw(rng) * pattern()
    deep = ground.subsurface_permittivity.draw(rng)
    loss = ground.loss_tangent.draw(rng) * np.exp(ground.loss_tangent_scatter.draw(rng) * pattern())
    frequency = np.array([channel.frequency_ghz for channel in CHANNELS])
    tangent = loss[:, None] * frequency ** ground.loss_tangent_slope.draw(rng)
    depth = np.asarray(penetration_depth_m(frequency, deep, tangent))
    amplitude = ground.diurnal_amplitude_k.draw(rng) * cosine
    lag = radians(ground.diurnal_lag_deg.draw(rng))
    first = amplitude * np.exp(-1j * lag)
    second = ground.second_harmonic.draw(rng) * amplitude * np.exp(-2j * lag)
    permittivity = ground.permittivity.draw(rng) + ground.permittivity_scatter.draw(rng) * pattern()
    cover = draw_lava(lava, directions, rng)
    place, age = cover.facet, cover.age_yr[:, None]
    below = lava_seen_k(depth[place] * _SLANT_OF_LAVA, age, mean[place, None]) - mean[place, None]
    excess = np.stack([cover.total(below[:, k]) for k in range(len(CHANNELS))], axis=1)
    globe = MicrowaveGround(
        point_km=point,
        normal=normal,
        area_km2=area,
        mean_k=mean,
        wave_k=np.stack([first, second], axis=1),
        depth_m=depth,
        geotherm_k_m=ground.geotherm_k_m.draw(rng),
        lava_k=excess,
        permittivity=np.maximum(permittivity, 1.2),
        subsurface_permittivity=deep,
        skin_depth_m=ground.skin_depth_m.draw(rng),
    )
    return globe, cover
