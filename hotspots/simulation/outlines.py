"""A lava lake as seen from near: crust in a polygon, a hot ring along it, hot or cold patches.

A ring of width ``w`` covers ``1 - (1 - w / h)**2`` of a triangle of the polygon of height
``h``.  Rings are tens of metres wide, far below a pixel: one is spread over a broader
band, with the filling factor that keeps its area in every triangle exactly, so that it
cannot slip between lines of sight.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import hypot, inf, pi, sqrt
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError
from hotspots.planck import Band, band_radiance
from hotspots.simulation.star_polygon import StarPolygon

__all__ = ["Outline", "Patch"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Patch:
    """A disc on the lake that is hotter (overturning crust) or colder (island) than the crust.

    Parameters
    ----------
    east_km, north_km : float
        Centre against that of the lake, km.
    radius_km : float
    temperature_k : float

    Raises
    ------
    ConfigurationError
        If radius or temperature is not positive.
    """

    east_km: float
    north_km: float
    radius_km: float
    temperature_k: float

    def __post_init__(self) -> None:
        require_positive(self, "radius_km", "temperature_k")


@dataclass(frozen=True)
class Outline:
    """Floor of a patera that is covered with lava, in the tangent plane of its centre.

    Parameters
    ----------
    vertices_km : tuple of (east, north)
        Closed polygon, km, counter-clockwise and star-shaped about (0, 0); the first
        vertex is not repeated.
    crust_temperature_k : float
        Of the floor, which it fills.
    ring_width_km : float
        Width of the exposed lava along the rim, km; 0 without a ring.
    ring_temperature_k : float
    ring_intact : tuple of bool
        Whether the ring runs along the edge from each vertex to the next.
    patches : tuple of Patch
        Each wholly within the polygon and apart from the others.

    Raises
    ------
    ConfigurationError
        If a temperature is not positive, the polygon does not wind once about (0, 0), the
        flags are not one a vertex, or a patch crosses the rim or another patch.
    """

    vertices_km: tuple[tuple[float, float], ...]
    crust_temperature_k: float
    ring_width_km: float
    ring_temperature_k: float
    ring_intact: tuple[bool, ...]
    patches: tuple[Patch, ...] = ()

    def __post_init__(self) -> None:
        require_positive(self, "crust_temperature_k", "ring_temperature_k")
        require_within(self, 0.0, inf, "ring_width_km")
        if len(self.ring_intact) != len(self.polygon.vertices_km):
            msg = (
                f"outline with {len(self.vertices_km)} vertices and {len(self.ring_intact)} flags "
                "of the ring; wanted one a vertex"
            )
            raise ConfigurationError(msg)
        for patch in self.patches:
            if self.polygon.distance_to_rim_km(patch.east_km, patch.north_km) < patch.radius_km:
                msg = f"{patch} crosses the rim of its lake; wanted it wholly inside"
                raise ConfigurationError(msg)
        for one, other in combinations(self.patches, 2):
            gap = hypot(one.east_km - other.east_km, one.north_km - other.north_km)
            if gap < one.radius_km + other.radius_km:
                msg = f"{one} and {other} overlap; wanted them apart"
                raise ConfigurationError(msg)

    @cached_property
    def polygon(self) -> StarPolygon:
        """The rim."""
        return StarPolygon(self.vertices_km)

    @property
    def reach_km(self) -> float:
        """Distance of the farthest vertex from the centre, km."""
        return self.polygon.reach_km

    @property
    def area_km2(self) -> float:
        """Area of the floor, km2."""
        return float(np.sum(self.polygon.areas_km2))

    @property
    def diameter_km(self) -> float:
        """Diameter of the disc of the same area, km."""
        return 2 * sqrt(self.area_km2 / pi)

    @property
    def components(self) -> tuple[tuple[float, float], ...]:
        """Temperature, K, and area, km2, of crust, ring and patches; what covers nothing is not."""
        ring = float(np.sum(self.polygon.areas_km2 * self._ring_share(self.ring_width_km)))
        patches = [(patch.temperature_k, pi * patch.radius_km**2) for patch in self.patches]
        crust = self.area_km2 - ring - sum(area for _, area in patches)
        parts = [(self.crust_temperature_k, crust), (self.ring_temperature_k, ring), *patches]
        return tuple(part for part in parts if part[1] > 0)

    def _ring_share(self, width_km: float) -> Float64:
        """Share of each triangle that a ring of this width covers."""
        inner = 1 - np.minimum(width_km / self.polygon.heights_km, 1)
        return np.asarray((1 - inner**2) * self.ring_intact)

    def flux_centre_km(self, band: Band) -> tuple[float, float]:
        """East and north of the middle of the light, km."""
        crust, ring, *patches = self._radiances(band)
        share = self._ring_share(self.ring_width_km)
        area, middle = self.polygon.areas_km2, self.polygon.middles_km
        # A triangle without its copy shrunk to s has 1 - s**2 of the area and 1 - s**3 of
        # the moment.
        moment_share = 1 - (1 - share) ** 1.5
        light = float(np.sum(area * (crust + (ring - crust) * share)))
        moment = (area * (crust + (ring - crust) * moment_share)) @ middle
        for patch, radiance in zip(self.patches, patches, strict=True):
            excess = (radiance - crust) * pi * patch.radius_km**2
            light += excess
            moment = moment + excess * np.array([patch.east_km, patch.north_km])
        return float(moment[0] / light), float(moment[1] / light)

    def radiance(self, east_km: Any, north_km: Any, band: Band, *, spread_km: float = 0.0) -> Any:
        """Thermal radiance at points of the tangent plane.

        Parameters
        ----------
        east_km, north_km : arrays (k,) floating
            Any array-API namespace.
        band : Band
        spread_km : float
            The ring is spread over a band of this width, km, where that is broader; the
            distance between the points lets none of it slip through.

        Returns
        -------
        array (k,)
            Band radiance, W m-2 sr-1; 0 outside the rim.
        """
        xp = array_namespace(east_km)
        place = {"dtype": east_km.dtype, "device": device(east_km)}
        crust, ring, *patches = self._radiances(band)
        broad = self._ring_share(max(spread_km, self.ring_width_km))
        fill = self._ring_share(self.ring_width_km) / np.where(broad > 0, broad, 1.0)
        share, edge = self.polygon.share_and_edge(east_km, north_km)
        inner = xp.take(xp.asarray(np.sqrt(1 - broad), **place), edge)
        excess = xp.take(xp.asarray((ring - crust) * fill, **place), edge)
        result = crust + xp.where(share > inner, excess, 0.0)
        for patch, radiance in zip(self.patches, patches, strict=True):
            squared = (east_km - patch.east_km) ** 2 + (north_km - patch.north_km) ** 2
            inside = xp.astype(squared < patch.radius_km**2, east_km.dtype)
            result = result + (radiance - crust) * inside
        return xp.where(share < 1, result, 0.0)

    def _radiances(self, band: Band) -> list[float]:
        """Band radiance of crust, ring and each patch."""
        temperatures = [self.crust_temperature_k, self.ring_temperature_k]
        temperatures += [patch.temperature_k for patch in self.patches]
        return [float(value) for value in band_radiance(band, np.asarray(temperatures))]
