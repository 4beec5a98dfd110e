"""All that might be a source on a map: outlined patches first, then fitted peaks.

The matched filter reports those above its thresholds; a network is shown those far below
them as well, and judges each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import PeakSearch, search_peaks
from hotspots.detection.resolved import resolved_patches
from hotspots.detection.roughness import ground_roughness
from hotspots.detection.scene import Scene, scene_of
from hotspots.detection.thresholds import threshold_for, threshold_map
from hotspots.grid import GridMap

__all__ = ["Candidates", "find_candidates"]

COARSE_TILES = 6
"""Side of the tiles under resolved sources, in tiles under point sources."""


@dataclass(frozen=True)
class Candidates:
    """Candidate sources in the M band of one map.

    Parameters
    ----------
    scene : Scene
    patches : tuple of (rows, columns) index arrays
        Outlines of resolved sources.
    found : PeakSearch
        Peaks outside the outlines.
    threshold : float
        Signal over noise that noise exceeds ``false_alarms_per_disc`` times.
    bar : array (rows, columns) float64
        Signal over noise that a peak had to exceed.
    """

    scene: Scene
    patches: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]
    found: PeakSearch
    threshold: float
    bar: NDArray[np.float64]


def find_candidates(
    grid_map: GridMap, settings: MatchedFilterSettings, least_snr: float | None = None
) -> Candidates:
    """Search the M band of a map.

    Parameters
    ----------
    grid_map : GridMap
        With the planes of the M band.
    settings : MatchedFilterSettings
    least_snr : float, optional
        Signal over noise that a peak must exceed, the same in every cell; without it
        that of the settings, higher in sunlight and under few frames.

    Returns
    -------
    Candidates
    """
    cell_km = grid_map.grid.cell_km
    scene = scene_of(grid_map, "M", settings.least_cos_emission)
    threshold = threshold_for(
        settings.false_alarms_per_disc, 2 * IO_MEAN_RADIUS_KM / cell_km, scene.width**2
    )
    patches = []
    if scene.width * cell_km < settings.resolved_km:
        patches = resolved_patches(
            scene,
            threshold=threshold,
            tile=COARSE_TILES * settings.mesh_cells,
            gap=settings.gap_km / cell_km,
        )
    free = scene.usable.copy()
    for cells in patches:
        free[cells] = False
    bar = threshold_map(scene, threshold, settings)
    if least_snr is not None:
        bar = np.full_like(bar, least_snr)
    found = search_peaks(scene, free, bar, ground_roughness(scene, cell_km), settings)
    return Candidates(scene, tuple(patches), found, threshold, bar)
