"""Simulated visits to samples, through the pipeline's own stages.

Frames are calibrated, pointed, cleaned, grouped and gridded by the functions that do it for
the archive's visits.  Only the pointing may differ: solving it is slow, so most visits get
the true pointing with a drawn error, and some go through the solver.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from hotspots.archive.kernels import KernelPool
from hotspots.backend import select_backend
from hotspots.calibration.swaths import calibrate, dark_frames
from hotspots.config import MappingSettings
from hotspots.detection.candidates import find_candidates
from hotspots.detection.evidence import evidence_planes, evidence_scales
from hotspots.detection.network_settings import NetworkSettings
from hotspots.grid import GridMap
from hotspots.nets.inputs import network_planes, network_scales
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.pipeline.grouping import Group, groups_of
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.pointing import point_visit
from hotspots.simulation.truth import source_outlines_deg, source_snr
from hotspots.simulation.visit import SimulatedVisit
from hotspots.training.drawn_pointing import PointingError, drawn_pointing
from hotspots.training.labels import KnownSource, label_map
from hotspots.training.samples import HOTSPOT, LAVA_LAKE, Sample

__all__ = ["map_sample", "visit_samples"]

RESOLVED_PX = 3.0
"""Diameter from which a lava lake can be told from a point, pixels."""


def visit_samples(
    visit: SimulatedVisit,
    mapping: MappingSettings,
    network: NetworkSettings,
    error: PointingError | None,
    rng: Generator,
) -> Iterator[Sample]:
    """Samples of one simulated visit, one a group of frames.

    Parameters
    ----------
    visit : SimulatedVisit
    mapping : MappingSettings
        Of the stages up to the maps.
    network : NetworkSettings
        How candidates are searched.
    error : PointingError or None
        Error to draw about the true pointing; None lets the solver find it.
    rng : Generator

    Yields
    ------
    Sample
    """
    frames = list(visit.frames)
    backend = select_backend(mapping.backend.value)
    with KernelPool(visit.metakernel):
        swaths = calibrate(frames, mapping.instrument, mapping.calibration)
        empty = dark_frames(frames, mapping.instrument)
        if error is None:
            pointed = point_visit(swaths, frames, visit.orbit, mapping, empty)
        else:
            pointed = drawn_pointing(visit, swaths, mapping.instrument, error, rng)
    if "M" not in pointed.swaths:
        return
    clean, sunlight = clean_swaths(pointed, mapping)
    snr = source_snr(visit, "M")
    for group in groups_of(clean, pointed, mapping.grid):
        if "M" not in group.swaths:
            continue
        _, grid_map = map_group(group, pointed, sunlight, mapping.grid, backend)
        known = _known_sources(visit, group, grid_map, snr)
        yield map_sample(f"{visit.name}/{group.name}", grid_map, known, network)


def map_sample(
    name: str, grid_map: GridMap, known: Sequence[KnownSource], network: NetworkSettings
) -> Sample:
    """Sample of one map.

    Parameters
    ----------
    name : str
        ``visit/group``.
    grid_map : GridMap
        With the planes of `hotspots.gridding.planes`.
    known : sequence of KnownSource
        All that is known to be on the ground it shows.
    network : NetworkSettings

    Returns
    -------
    Sample
    """
    candidates = find_candidates(grid_map, network.search(), network.least_snr)
    evidence = evidence_planes(grid_map, candidates, network.search().mesh_cells)
    scene = candidates.scene
    labels, objects = label_map(grid_map.grid, scene.width, scene.usable, known)
    return Sample(
        name=name,
        planes=network_planes(evidence),
        scales=network_scales(evidence_scales(grid_map, scene)),
        labels=labels,
        objects=objects,
    )


def _known_sources(
    visit: SimulatedVisit, group: Group, grid_map: GridMap, snr: NDArray[np.float64]
) -> list[KnownSource]:
    """Sources that the frames of a group show, with what they show together."""
    here = [
        i
        for i, frame in enumerate(visit.bands["M"].frames)
        if visit.frames[frame].product.product_id in group.swaths["M"].product_ids
    ]
    together = np.sqrt(np.sum(snr[here] ** 2, axis=0))
    km_per_px = float(np.nanmedian(np.asarray(grid_map["km_per_px"])))
    outlines = source_outlines_deg(visit.scene)
    known = []
    for i, source in enumerate(visit.scene.sources):
        outline = source.outline
        resolved = outline is not None and outline.diameter_km >= RESOLVED_PX * km_per_px
        known.append(
            KnownSource(
                source.lat_deg,
                source.lon_east_deg,
                LAVA_LAKE if resolved else HOTSPOT,
                float(together[i]),
                outlines[i] if resolved else (),
            )
        )
    return known
