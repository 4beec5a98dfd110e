"""A lava lake as seen from near: crust in a polygon, a hot ring along it, hot or cold patches.

The polygon is star-shaped about its centre, so it falls into triangles, one an edge.  In
a triangle a point lies at the fraction ``s`` of the way from the centre to the edge and
``h (1 - s)`` away from the edge's line, ``h`` being the distance of the centre.  A ring
of width ``w`` is thus all with ``1 - s < w / h``, and covers ``1 - (1 - w / h)**2`` of
the triangle.  Rings are tens of metres wide, far below a pixel: one is spread over a
broader band with the filling factor that keeps its area in every triangle exactly, so
no line of sight can miss it.
"""

from dataclasses import dataclass
from functools import cached_property
from math import pi
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError
from hotspots.planck import Band, band_radiance

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
    """

    east_km: float
    north_km: float
    radius_km: float
    temperature_k: float


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
        Each wholly within the polygon.

    Raises
    ------
    ConfigurationError
        If the polygon does not wind once about (0, 0), the flags are not one a vertex, or
        a patch crosses the rim.
    """

    vertices_km: tuple[tuple[float, float], ...]
    crust_temperature_k: float
    ring_width_km: float
    ring_temperature_k: float
    ring_intact: tuple[bool, ...]
    patches: tuple[Patch, ...] = ()

    def __post_init__(self) -> None:
        if len(self.vertices_km) < 3 or len(self.ring_intact) != len(self.vertices_km):
            msg = (
                f"outline with {len(self.vertices_km)} vertices and {len(self.ring_intact)} flags "
                "of the ring; wanted three or more, and a flag each"
            )
            raise ConfigurationError(msg)
        turns = np.sum(np.atan2(self._cross, self._dot)) / (2 * pi)
        if not (self._cross > 0).all() or round(float(turns)) != 1:
            msg = "outline is not star-shaped and counter-clockwise about its centre (0, 0)"
            raise ConfigurationError(msg)
        for patch in self.patches:
            if self.distance_to_rim_km(patch.east_km, patch.north_km) < patch.radius_km:
                msg = f"{patch} crosses the rim of its lake; wanted it wholly inside"
                raise ConfigurationError(msg)

    @cached_property
    def _start(self) -> Float64:
        return np.asarray(self.vertices_km, dtype=np.float64)

    @cached_property
    def _end(self) -> Float64:
        return np.roll(self._start, -1, axis=0)

    @cached_property
    def _cross(self) -> Float64:
        """Twice the area of each triangle."""
        first, second = self._start, self._end
        return np.asarray(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])

    @cached_property
    def _dot(self) -> Float64:
        return np.asarray(np.sum(self._start * self._end, axis=1))

    @cached_property
    def _height(self) -> Float64:
        """Distance of the centre from the line through each edge, km."""
        return np.asarray(self._cross / np.hypot(*(self._end - self._start).T))

    def distance_to_rim_km(self, east_km: float, north_km: float) -> float:
        """Distance of a point from the nearest rim, km; negative outside."""
        point = np.array([east_km, north_km])
        along = self._end - self._start
        fraction = np.sum((point - self._start) * along, axis=1) / np.sum(along**2, axis=1)
        nearest = self._start + np.clip(fraction, 0, 1)[:, None] * along
        distance = float(np.min(np.hypot(*(nearest - point).T)))
        share, _ = self._share_and_edge(np.array([east_km]), np.array([north_km]))
        return distance if share[0] < 1 else -distance

    @property
    def area_km2(self) -> float:
        """Area of the floor, km2."""
        return float(np.sum(self._cross)) / 2

    @property
    def diameter_km(self) -> float:
        """Diameter of the disc of the same area, km."""
        return float(2 * np.sqrt(self.area_km2 / pi))

    @property
    def reach_km(self) -> float:
        """Distance of the farthest vertex from the centre, km."""
        return float(np.max(np.hypot(*self._start.T)))

    def _covered(self, width_km: float) -> Float64:
        """Share of each triangle that a ring of this width covers where it is intact."""
        return np.asarray(1 - (1 - np.minimum(width_km / self._height, 1)) ** 2)

    @property
    def components(self) -> tuple[tuple[float, float], ...]:
        """Temperature, K, and area, km2, of crust, ring and patches; what covers nothing is not."""
        ring = float(np.sum(self._cross / 2 * self._covered(self.ring_width_km) * self.ring_intact))
        patches = [(patch.temperature_k, pi * patch.radius_km**2) for patch in self.patches]
        crust = self.area_km2 - ring - sum(area for _, area in patches)
        parts = [(self.crust_temperature_k, crust), (self.ring_temperature_k, ring), *patches]
        return tuple(part for part in parts if part[1] > 0)

    def _share_and_edge(self, east_km: Any, north_km: Any) -> tuple[Any, Any]:
        """Fraction of the way from the centre to the rim, and the edge on that way."""
        xp = array_namespace(east_km)
        place = device(east_km)

        def constant(values: Float64) -> Any:
            return xp.asarray(values, dtype=east_km.dtype, device=place)

        angles = np.atan2(self._start[:, 1], self._start[:, 0])
        first = int(np.argmin(angles))
        edge = xp.searchsorted(
            constant(np.roll(angles, -first)), xp.atan2(north_km, east_km), side="right"
        )
        count = len(self.vertices_km)
        edge = (edge - 1 + first + count) % count
        # s = a + b where point = a start + b end: one scalar product with the edge's normal.
        normal = np.stack(
            [self._end[:, 1] - self._start[:, 1], self._start[:, 0] - self._end[:, 0]]
        )
        slope = constant(normal / self._cross)
        share = east_km * xp.take(slope[0, ...], edge) + north_km * xp.take(slope[1, ...], edge)
        return share, edge

    def radiance(self, east_km: Any, north_km: Any, band: Band, *, spread_km: float = 0.0) -> Any:
        """Thermal radiance at points of the tangent plane.

        Parameters
        ----------
        east_km, north_km : arrays (k,) floating
            Any array-API namespace.
        band : Band
        spread_km : float
            The ring is spread over a band of this width, km, where that is broader; half
            the distance between the samples or more lets none of it slip through.

        Returns
        -------
        array (k,)
            Band radiance, W m-2 sr-1; 0 outside the rim.
        """
        xp = array_namespace(east_km)
        share, edge = self._share_and_edge(east_km, north_km)
        crust, ring = self._radiances((self.crust_temperature_k, self.ring_temperature_k), band)
        true, spread = (
            self._covered(self.ring_width_km),
            self._covered(max(spread_km, self.ring_width_km)),
        )
        excess = (ring - crust) * np.divide(true, spread, out=np.zeros_like(true), where=spread > 0)
        excess = xp.asarray(excess * self.ring_intact, dtype=east_km.dtype, device=device(east_km))
        inner = xp.asarray(np.sqrt(1 - spread), dtype=east_km.dtype, device=device(east_km))
        result = crust + xp.where(share > xp.take(inner, edge), xp.take(excess, edge), 0.0)
        for patch in self.patches:
            squared = (east_km - patch.east_km) ** 2 + (north_km - patch.north_km) ** 2
            contrast = self._radiances((patch.temperature_k,), band)[0] - crust
            result = result + xp.where(squared < patch.radius_km**2, contrast, 0.0)
        return xp.where(share < 1, result, 0.0)

    @staticmethod
    def _radiances(temperatures_k: tuple[float, ...], band: Band) -> list[float]:
        return [float(value) for value in band_radiance(band, np.asarray(temperatures_k))]
