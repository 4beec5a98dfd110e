"""The search of a visit, to be done again on changed frames: gridding, detector, colour."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import Backend
from hotspots.config import InferSettings
from hotspots.detection.detector import Detector, Region
from hotspots.grid import Grid, GridMap
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.locate import surface_at
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.pointing import Pointed
from hotspots.retrieval.limits.believed import believed_regions

__all__ = ["Search", "Searched", "places_km"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Search:
    """What all searches of a visit have in common.

    Parameters
    ----------
    pointed : Pointed
    sunlight : dict of str to Sunlight
    detector : Detector
    settings : InferSettings
    backend : Backend
    """

    pointed: Pointed
    sunlight: dict[str, Sunlight]
    detector: Detector
    settings: InferSettings
    backend: Backend

    def __call__(self, group: Group, grid: Grid) -> tuple[GridMap, tuple[Region, ...]]:
        """Grid a group of frames and say what is believed to be a source on the map."""
        _, grid_map = map_group(
            group, self.pointed, self.sunlight, self.settings.grid, self.backend, grid
        )
        return grid_map, self.on(grid_map)

    def on(self, grid_map: GridMap) -> tuple[Region, ...]:
        """Search a map, and keep what is believed."""
        found = self.detector.detect(grid_map).regions
        return believed_regions(grid_map, found, self.settings.photometry.model_fraction)


@dataclass(frozen=True)
class Searched:
    """A group of frames as the visit saw it.

    Parameters
    ----------
    group : Group
        On the host, before particle hits were flagged between its frames.
    grid_map : GridMap
    regions : tuple of Region
        What the detector found on it.
    """

    group: Group
    grid_map: GridMap
    regions: tuple[Region, ...]


def places_km(grid: Grid, regions: tuple[Region, ...]) -> Float64:
    """Body-fixed places (k, 3) of regions, km; those off the body are left out."""
    column = np.array([region.column for region in regions], dtype=np.float64)
    row = np.array([region.row for region in regions], dtype=np.float64)
    surface = np.asarray(surface_at(grid, column, row)).reshape(-1, 3)
    return np.asarray(surface[np.isfinite(surface).all(axis=1)])
