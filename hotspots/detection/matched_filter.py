"""The classical detector: matched filter, simultaneous fit of all peaks, linking.

1. resolved sources are outlined first and left out of what follows (`resolved`);
2. background from a mesh, and a smooth map in sunlight (`local_background`);
3. matched filter with the map's point spread function, peaks above a threshold that is
   given as expected false alarms per disc, all of them fitted at once (`peak_search`);
4. peaks whose ground between them glows are one extended source, and light that one
   frame alone delivered is none (`regions`).

The grids of a visit have a few million cells at most, so the search runs on the host.
"""

from typing import ClassVar

import numpy as np

from hotspots.detection.candidates import find_candidates
from hotspots.detection.detector import Detections, plane_beside, register
from hotspots.detection.matched_filter_settings import MatchedFilterSettings
from hotspots.detection.probability import probability_planes
from hotspots.detection.regions import patch_region, point_regions, without_splinters
from hotspots.grid import GridMap

__all__ = ["MatchedFilter"]


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
        cell_km = grid_map.grid.cell_km
        candidates = find_candidates(grid_map, self.settings)
        scene, found = candidates.scene, candidates.found
        regions = point_regions(found, scene, candidates.bar, cell_km, self.settings)
        lakes = [patch_region(scene, cells, found.background) for cells in candidates.patches]
        reach = self.settings.link_km / cell_km
        regions = without_splinters(regions, candidates.patches, lakes, reach, scene.image.shape)
        ordered = tuple(sorted([*regions, *lakes], key=lambda region: -region.snr))
        hotspot, lake = probability_planes(scene, found.snr, candidates.threshold, ordered)
        snr = np.where(scene.usable, found.snr, np.nan)
        like = grid_map["m_residual"]
        return Detections(
            ordered,
            {
                "m_snr": plane_beside(snr, like, "1", "matched-filter signal over noise"),
                "m_background": plane_beside(
                    found.background, like, "W m-2 sr-1", "local background of the residual"
                ),
                "p_hotspot": plane_beside(
                    hotspot, like, "1", "probability of an unresolved hot spot"
                ),
                "p_lava_lake": plane_beside(lake, like, "1", "probability of a lava lake"),
            },
        )
