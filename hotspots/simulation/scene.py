"""All of Io that a camera may see: the ground, and the volcanoes on it."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM, surface_normal
from hotspots.errors import ConfigurationError
from hotspots.planck import Band
from hotspots.simulation.ground import Ground
from hotspots.simulation.outlines import Outline
from hotspots.simulation.source import Source

__all__ = ["Outline", "Scene", "Source", "surface_point_km"]


def surface_point_km(lat_deg: float, lon_east_deg: float) -> NDArray[np.float64]:
    """Point of Io's ellipsoid at planetocentric coordinates, body-fixed, km, (3,)."""
    lat, lon = radians(lat_deg), radians(lon_east_deg)
    towards = np.array([cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)])
    return np.asarray(towards / np.linalg.norm(towards / np.asarray(IO_RADII_KM)))


@dataclass(frozen=True)
class Scene:
    """Ground and sources of the whole globe.

    Parameters
    ----------
    sources : tuple of Source
    ground : Ground
    """

    sources: tuple[Source, ...]
    ground: Ground

    @cached_property
    def lakes(self) -> tuple[int, ...]:
        """Places in ``sources`` of those with an outline."""
        return tuple(i for i, source in enumerate(self.sources) if source.outline is not None)

    @cached_property
    def source_points_km(self) -> NDArray[np.float64]:
        """Body-fixed places of the sources, km, (n, 3)."""
        points = [surface_point_km(s.lat_deg, s.lon_east_deg) for s in self.sources]
        return np.asarray(points, dtype=np.float64).reshape(-1, 3)

    def lake_radiance(self, points: Any, band: Band, which: int, *, spread_km: float = 0.0) -> Any:
        """Thermal radiance that one lava lake adds at points of the surface.

        The tangent plane is the equal-area one (distances from the centre are chords), so
        the integral over the true surface gives `Source.power_gw_um`.

        Parameters
        ----------
        points : array (..., 3)
            Body-fixed points of the surface, km; NaN (off the body) gives 0.
        band : Band
        which : int
            Place of the lake in ``sources``; one of `lakes`.
        spread_km : float
            Width, km, over which a narrower ring is spread; about the distance between
            neighbouring points.

        Returns
        -------
        array (...)
                W m-2 sr-1; 0 outside the lake.

        Raises
        ------
        ConfigurationError
            If ``which`` is no lava lake.
        """
        outline = self.sources[which].outline
        if outline is None:
            msg = f"source {which} ({self.sources[which].name}) has no outline; wanted a lava lake"
            raise ConfigurationError(msg)
        xp = array_namespace(points)
        flat = xp.reshape(points, (-1, 3))
        centre = self.source_points_km[which]
        offset = flat - xp.asarray(centre, dtype=points.dtype, device=device(points))
        chord = xp.sqrt(xp.sum(offset * offset, axis=-1))
        near = chord <= outline.reach_km
        chord, offset = chord[near], offset[near, :]
        tangent = xp.asarray(_east_north(centre), dtype=points.dtype, device=device(points))
        level = xp.matmul(offset, xp.permute_dims(tangent, (1, 0)))
        length = xp.sqrt(xp.sum(level * level, axis=-1))
        stretch = chord / xp.where(length > 0, length, 1.0)
        result = xp.zeros_like(flat[:, 0])
        result[near] = outline.radiance(
            level[:, 0] * stretch, level[:, 1] * stretch, band, spread_km=spread_km
        )
        return xp.reshape(result, points.shape[:-1])


def _east_north(point_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors to the east and north in the tangent plane of a point, (2, 3)."""
    up = surface_normal(point_km, np.asarray(IO_RADII_KM))
    east = np.array([-up[1], up[0], 0.0])
    length = np.linalg.norm(east)
    east = east / length if length > 0 else np.array([0.0, 1.0, 0.0])
    return np.stack([east, np.cross(up, east)])
