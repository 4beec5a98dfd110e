"""A polygon whose whole rim can be seen from (0, 0): so many triangles, one an edge.

In a triangle a point lies at the fraction ``s`` of the way from the centre to the edge,
and ``h (1 - s)`` from the edge's line, ``h`` being the distance of the centre.
"""

from dataclasses import dataclass
from functools import cached_property
from math import pi
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError

__all__ = ["StarPolygon"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class StarPolygon:
    """A closed polygon in a plane, km.

    Parameters
    ----------
    vertices_km : tuple of (east, north)
        Counter-clockwise about (0, 0); the first is not repeated.

    Raises
    ------
    ConfigurationError
        If it has less than three vertices or does not wind once about (0, 0), ever
        forward.
    """

    vertices_km: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if len(self.vertices_km) < 3:
            msg = f"outline with {len(self.vertices_km)} vertices; wanted three or more"
            raise ConfigurationError(msg)
        steps = np.atan2(2 * self.areas_km2, np.sum(self._start * self._end, axis=1))
        if not ((steps > 0) & (steps < pi)).all() or round(float(np.sum(steps)) / (2 * pi)) != 1:
            msg = "outline is not star-shaped and counter-clockwise about its centre (0, 0)"
            raise ConfigurationError(msg)

    @cached_property
    def _start(self) -> Float64:
        return np.asarray(self.vertices_km, dtype=np.float64)

    @cached_property
    def _end(self) -> Float64:
        return np.roll(self._start, -1, axis=0)

    @cached_property
    def areas_km2(self) -> Float64:
        """Area of each triangle, km2."""
        first, second = self._start, self._end
        return np.asarray(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]) / 2

    @cached_property
    def middles_km(self) -> Float64:
        """Centre of gravity of each triangle, km, (n, 2)."""
        return np.asarray((self._start + self._end) / 3)

    @cached_property
    def heights_km(self) -> Float64:
        """Distance of the centre from the line through each edge, km."""
        return np.asarray(2 * self.areas_km2 / np.hypot(*(self._end - self._start).T))

    @property
    def reach_km(self) -> float:
        """Distance of the farthest vertex from the centre, km."""
        return float(np.max(np.hypot(*self._start.T)))

    def distance_to_rim_km(self, east_km: float, north_km: float) -> float:
        """Distance of a point from the nearest place of the rim, km; negative outside."""
        point = np.array([east_km, north_km], dtype=np.float64)
        along = self._end - self._start
        fraction = np.sum((point - self._start) * along, axis=1) / np.sum(along**2, axis=1)
        nearest = self._start + np.clip(fraction, 0, 1)[:, None] * along
        distance = float(np.min(np.hypot(*(nearest - point).T)))
        share, _ = self.share_and_edge(point[:1], point[1:])
        return distance if share[0] < 1 else -distance

    def share_and_edge(self, east_km: Any, north_km: Any) -> tuple[Any, Any]:
        """How far out points lie, and the edge ahead of them.

        Parameters
        ----------
        east_km, north_km : arrays (k,) floating
            Any array-API namespace.

        Returns
        -------
        share : array (k,)
            Fraction of the way from the centre to the rim; above 1 outside.
        edge : array (k,) int64
            Number of the vertex where it starts.
        """
        xp = array_namespace(east_km)
        place = {"dtype": east_km.dtype, "device": device(east_km)}
        angles = np.atan2(self._start[:, 1], self._start[:, 0])
        first = int(np.argmin(angles))
        ordered = xp.asarray(np.roll(angles, -first), **place)
        edge = xp.searchsorted(ordered, xp.atan2(north_km, east_km), side="right")
        count = len(self.vertices_km)
        edge = (edge + (first - 1 + count)) % count
        # A share of 1 lies on the edge: a scalar product with its normal, over h.
        along = self._end - self._start
        slope = np.stack([along[:, 1], -along[:, 0]]) / (2 * self.areas_km2)
        east_slope, north_slope = (xp.asarray(axis, **place) for axis in slope)
        return east_km * xp.take(east_slope, edge) + north_km * xp.take(north_slope, edge), edge
