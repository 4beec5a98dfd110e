"""The classical detector: matched filter, simultaneous fit of all peaks, linking.

1. resolved sources are outlined first and left out of what follows (`resolved`);
2. background from a mesh, and a smooth map in sunlight (`local_background`);
3. matched filter with the map's point spread function, peaks above a threshold that is
   given as expected false alarms per disc, all of them fitted at once (`peak_search`);
4. peaks whose ground between them glows are one extended source, and light that one
   frame alone delivered is none (`regions`).

The grids of a visit have a few million cells at most, so the search runs on the host.
"""

from typing import Any, ClassVar

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.detection.detector import Detections, register
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.peak_search import search_peaks
from hotspots.detection.probability import probability_planes
from hotspots.detection.regions import patch_region, point_regions, without_splinters
from hotspots.detection.resolved import resolved_patches
from hotspots.detection.roughness import ground_roughness
from hotspots.detection.scene import scene_of
from hotspots.detection.thresholds import threshold_for, threshold_map
from hotspots.grid import GridMap, Plane

__all__ = ["MatchedFilter"]

COARSE_TILES = 6
"""Side of the tiles under resolved sources, in tiles under point sources."""


@register("matched_filter", MatchedFilterSettings)
class MatchedFilter:
    """Matched-filter detector; see the module docstring.

    Parameters
    ----------
    settings : MatchedFilterSettings
    """

    name: ClassVar[str] = "matched_filter"

    def __init__(self, settings: MatchedFilterSettings) -> None:
        self.settings = settings

    def detect(self, grid_map: GridMap) -> Detections:
        """Search the M band of one map.

        Parameters
        ----------
        grid_map : GridMap
            A map without the M band is searched for nothing.

        Returns
        -------
        Detections
            With the planes ``m_snr``, ``m_background``, ``p_hotspot``, ``p_lava_lake``.
        """
        if "m_residual" not in grid_map:
            return Detections((), {})
        settings, cell_km = self.settings, grid_map.grid.cell_km
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
        found = search_peaks(scene, free, bar, ground_roughness(scene, cell_km), settings)
        regions = point_regions(found, scene, bar, cell_km, settings)
        lakes = [patch_region(scene, cells, found.background) for cells in patches]
        reach = settings.link_km / cell_km
        regions = without_splinters(regions, patches, lakes, reach, scene.image.shape)
        ordered = tuple(sorted([*regions, *lakes], key=lambda region: -region.snr))
        hotspot, lake = probability_planes(scene, found.snr, threshold, ordered)
        snr = np.where(scene.usable, found.snr, np.nan)
        like = grid_map["m_residual"]
        return Detections(
            ordered,
            {
                "m_snr": _plane(snr, like, "1", "matched-filter signal over noise"),
                "m_background": _plane(
                    found.background, like, "W m-2 sr-1", "local background of the residual"
                ),
                "p_hotspot": _plane(hotspot, like, "1", "probability of an unresolved hot spot"),
                "p_lava_lake": _plane(lake, like, "1", "probability of a lava lake"),
            },
        )


def _plane(values: NDArray[np.float64], like: Any, unit: str, description: str) -> Plane:
    """Plane beside the others of its map, on the host or on the device."""
    xp = array_namespace(like)
    return Plane(xp.asarray(values, device=device(like)), unit, description)
