"""The network detector: a trained segmentation network judges what the classical search finds.

1. the classical search runs with a low bar: peaks far below what noise alone reaches
   (`candidates`), so nothing that can be seen is lost;
2. all it knows of every cell becomes planes of evidence (`evidence`), which a network turns
   into the probabilities of hot spot and lava lake (`judge`);
3. candidates that the network believes, and places of its own, become regions
   (`judged_regions`).
"""

from pathlib import Path
from typing import ClassVar

import numpy as np

from hotspots.backend import torch_device
from hotspots.detection.candidates import find_candidates
from hotspots.detection.detector import Detections, plane_beside, register
from hotspots.detection.evidence import evidence_planes, evidence_scales
from hotspots.detection.judge import class_probabilities
from hotspots.detection.judged_regions import JudgedMap, judged_regions
from hotspots.detection.network_settings import NetworkSettings
from hotspots.grid import GridMap
from hotspots.nets.folder import load_model
from hotspots.nets.inputs import network_planes, network_scales
from hotspots.nets.released import released_model

__all__ = ["Network"]


@register("network", NetworkSettings)
class Network:
    """Network detector; see the module docstring.

    Parameters
    ----------
    settings : NetworkSettings

    Raises
    ------
    ModelError
        If the model is not there, is damaged, or answers other classes than Io's.
    """

    name: ClassVar[str] = "network"

    def __init__(self, settings: NetworkSettings) -> None:
        self.settings = settings
        folder = Path(settings.model) if settings.is_folder() else released_model(settings.model)
        self.model = load_model(folder)

    def detect(self, grid_map: GridMap) -> Detections:
        """Search the M band of one map, the L band and the geometry as further evidence.

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
        settings, search = self.settings, self.settings.search()
        candidates = find_candidates(grid_map, search, settings.least_snr)
        scene, found = candidates.scene, candidates.found
        like = grid_map["m_residual"]
        _, hotspot, lake = class_probabilities(
            self.model,
            network_planes(evidence_planes(grid_map, candidates, search.mesh_cells)),
            network_scales(evidence_scales(grid_map, scene)),
            tile_cells=settings.tile_cells,
            symmetries=settings.symmetries,
            device=torch_device(like),
        )
        judged = JudgedMap(np.where(scene.usable, hotspot, 0.0), np.where(scene.usable, lake, 0.0))
        regions = judged_regions(
            judged,
            candidates,
            settings.least_probability,
            near=search.link_km / grid_map.grid.cell_km,
            glow=search.link_glow,
        )
        planes = {
            "m_snr": (found.snr, "1", "matched-filter signal over noise"),
            "m_background": (found.background, "W m-2 sr-1", "local background of the residual"),
            "p_hotspot": (hotspot, "1", "probability of an unresolved hot spot"),
            "p_lava_lake": (lake, "1", "probability of a lava lake"),
        }
        return Detections(
            tuple(sorted(regions, key=lambda region: -region.snr)),
            {
                name: plane_beside(np.where(scene.usable, values, np.nan), like, unit, text)
                for name, (values, unit, text) in planes.items()
            },
        )
