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
from hotspots.backend import select_backend, to_host
from hotspots.calibration.swaths import calibrate, dark_frames
from hotspots.config import MappingSettings
from hotspots.detection.candidates import Candidates, find_candidates
from hotspots.detection.evidence import evidence_planes, evidence_scales
from hotspots.detection.network_settings import NetworkSettings
from hotspots.grid import GridMap
from hotspots.nets.inputs import network_planes, network_scales
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.pipeline.grouping import groups_of
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.pointing import point_visit
from hotspots.simulation.visit import SimulatedVisit
from hotspots.training.drawn_pointing import PointingError, drawn_pointing
from hotspots.training.known_sources import expected_snr, known_sources, product_ids
from hotspots.training.labels import KnownSource, label_map
from hotspots.training.samples import Sample

__all__ = ["map_sample", "searched_sample", "visit_samples"]


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
    snr = expected_snr(visit)
    for group in groups_of(clean, pointed, mapping.grid):
        if "M" not in group.swaths:
            continue
        _, grid_map = map_group(group, pointed, sunlight, mapping.grid, backend)
        if not bool((grid_map["m_frames"] > 0).any()):
            continue
        shown = group.swaths["M"].product_ids
        here = [i for i, name in enumerate(product_ids(visit)) if name in shown]
        km_per_px = float(np.nanmedian(to_host(grid_map["km_per_px"])))
        known = known_sources(visit.scene, np.sqrt(np.sum(snr[here] ** 2, axis=0)), km_per_px)
        yield map_sample(f"{visit.seed:06d}_{visit.name}/{group.name}", grid_map, known, network)


def map_sample(
    name: str, grid_map: GridMap, known: Sequence[KnownSource], network: NetworkSettings
) -> Sample:
    """Sample of one map of which all is known.

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
    return searched_sample(name, grid_map, candidates, known, candidates.scene.usable, network)


def searched_sample(
    name: str,
    grid_map: GridMap,
    candidates: Candidates,
    known: Sequence[KnownSource],
    judged: NDArray[np.bool_],
    network: NetworkSettings,
) -> Sample:
    """Sample of one map that has been searched.

    Parameters
    ----------
    name : str
        ``visit/group``.
    grid_map : GridMap
    candidates : Candidates
        Of this map, with the settings of ``network``.
    known : sequence of KnownSource
    judged : array (rows, columns) bool
        Cells in which no other sources are; the others are ignored.
    network : NetworkSettings

    Returns
    -------
    Sample
    """
    evidence = evidence_planes(grid_map, candidates, network.search().mesh_cells)
    scene = candidates.scene
    labels, objects = label_map(grid_map.grid, scene.width, judged & scene.usable, known)
    return Sample(
        name=name,
        planes=network_planes(evidence),
        scales=network_scales(evidence_scales(grid_map, scene)),
        labels=labels,
        objects=objects,
    )
