"""All of Io that a camera may see: the ground, and the volcanoes on it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError
from hotspots.planck import Band
from hotspots.simulation.ground import Ground
from hotspots.simulation.outlines import Outline
from hotspots.simulation.population import draw_sources
from hotspots.simulation.scene_ranges import SceneRanges
from hotspots.simulation.source import Source
from hotspots.simulation.tangent import surface_point_km, tangent_offsets
from hotspots.simulation.terrain import draw_ground

__all__ = ["Outline", "Scene", "Source", "draw_scene", "surface_point_km"]


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
        near = xp.sum(offset * offset, axis=-1) <= outline.reach_km**2
        east, north = tangent_offsets(flat[near], centre)
        result = xp.zeros_like(flat[:, 0])
        result[near] = outline.radiance(east, north, band, spread_km=spread_km)
        return xp.reshape(result, points.shape[:-1])


def draw_scene(ranges: SceneRanges, rng: np.random.Generator) -> Scene:
    """A globe with its volcanoes; the same generator draws the same globe.

    Raises
    ------
    ConfigurationError
        If the globe has no room for the volcanoes.
    """
    sources = draw_sources(ranges.population, ranges.lakes, rng)
    return Scene(sources, draw_ground(ranges.ground, sources, rng))
