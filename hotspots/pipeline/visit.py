"""One visit through all stages."""

from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from typing import Any

import numpy as np
import spiceypy

from hotspots.archive.visits import Visit
from hotspots.backend import select_backend
from hotspots.calibration.swaths import calibrate, dark_frames
from hotspots.catalogue.records import FrameRecord
from hotspots.config import InferSettings
from hotspots.detection.detector import make_detector
from hotspots.grid import GridMap
from hotspots.gridding.illumination import Sunlight
from hotspots.observer import Observer
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.pipeline.grouping import Group, groups_of
from hotspots.pipeline.limits import visit_limits
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.measuring import measure_visit
from hotspots.pipeline.outcome import VisitOutcome
from hotspots.pipeline.pointing import Pointed, point_visit
from hotspots.pipeline.product_grids import product_maps
from hotspots.pipeline.reading import read_frames
from hotspots.pipeline.searching import Search, Searched
from hotspots.pipeline.sources import source_records
from hotspots.pipeline.spectra import measure_spectra
from hotspots.retrieval.measurement import Measurement
from hotspots.retrieval.photometry import measure

__all__ = ["run_visit"]


def run_visit(visit: Visit, settings: InferSettings, observer: Observer) -> VisitOutcome:
    """Take one visit from its files to its sources.

    Parameters
    ----------
    visit : Visit
        Products and issues of one orbit; a kernel pool must be open.
    settings : InferSettings
    observer : Observer
        Is told the stages.

    Returns
    -------
    VisitOutcome
        A visit in which no frame shows Io, or no source was found, is a result too.

    Raises
    ------
    HotspotsError
        If the visit as a whole cannot be done.
    """
    backend = select_backend(settings.backend.value)
    detector = make_detector(settings.detector.name, settings.detector.parameters)
    observer.stage("reading")
    frames, records = read_frames(visit, settings.calibration)
    observer.stage("calibrating")
    swaths = calibrate(frames, settings.instrument, settings.calibration)
    empty = dark_frames(frames, settings.instrument)
    observer.stage("pointing")
    pointed = point_visit(swaths, frames, visit.orbit, settings, empty)
    records += pointed.records
    if not pointed.swaths:
        spectra = measure_spectra(visit, (), pointed, settings)
        return VisitOutcome(
            name=visit.name,
            sources=(),
            frames=_sorted(records, spectra.frames),
            spectra=spectra.products,
        )
    observer.stage("gridding")
    clean, sunlight = clean_swaths(pointed, settings)
    maps: list[GridMap] = []
    measured: list[tuple[Measurement, ...]] = []
    gridded: list[Group] = []
    searched: list[Searched] = []
    for group in groups_of(clean, pointed, settings.grid):
        observer.stage("gridding")
        flagged, grid_map = map_group(group, pointed, sunlight, settings.grid, backend)
        gridded.append(flagged)
        observer.stage("detecting")
        found = detector.detect(grid_map)
        maps.append(grid_map.with_planes(dict(found.planes)))
        searched.append(Searched(group, grid_map, found.regions))
        observer.stage("measuring")
        measured.append(measure(grid_map, found.regions, settings.photometry))
    observer.stage("measuring")
    together, fit = measure_visit(gridded, measured, pointed, sunlight, settings)
    sources = source_records(visit.name, together, settings.photometry, _utc)
    spectra = measure_spectra(visit, sources, pointed, settings, fit)
    observer.stage("limits")
    search = Search(pointed, sunlight, detector, settings, backend)
    limits = visit_limits(visit.name, searched, sources, search)
    observer.stage("mapping")
    return VisitOutcome(
        name=visit.name,
        sources=sources,
        frames=_sorted(records, spectra.frames),
        maps=tuple(maps),
        product_maps=product_maps(tuple(gridded), settings.products),
        limits=limits,
        spectra=spectra.products,
        notes={
            "dark_frames": len(empty),
            **_notes(pointed, sunlight),
            **({} if limits is None else {"limits": limits.notes}),
        },
    )


def _sorted(*records: Iterable[FrameRecord]) -> tuple[FrameRecord, ...]:
    return tuple(sorted(chain(*records), key=lambda record: record.product_id))


def _notes(pointed: Pointed, sunlight: dict[str, Sunlight]) -> dict[str, Any]:
    """What provenance should remember of the fits."""
    shifts = [(r.dx_px, r.dy_px) for r in pointed.records if r.dx_px is not None]
    return {
        "sunlight": {band: asdict(law) for band, law in sunlight.items()},
        "pointing_shift_px_median": np.median(np.array(shifts, float), axis=0).tolist(),
    }


def _utc(et: float) -> str:
    """ISO string of TDB seconds past J2000, to the millisecond."""
    return str(spiceypy.et2utc(et, "ISOC", 3)) + "Z"
