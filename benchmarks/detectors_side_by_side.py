"""Network against matched filter on simulated visits that no training has seen.

Every visit is simulated, calibrated, pointed and gridded once; each detector then searches
the same maps.  What is written is what `hotspots.compare` reads: truth tables, and a
catalogue of each detector.  With ``--nuisance`` one fault of the instrument is set to twice
the largest value that training drew, everything else is drawn as ever.

    python benchmarks/detectors_side_by_side.py --out /tmp/held-out --visits 14
    python -m hotspots.compare /tmp/held-out/truth \
        matched_filter=/tmp/held-out/matched_filter network=/tmp/held-out/network
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.backend import select_backend
from hotspots.calibration.swaths import calibrate, dark_frames
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.config import MappingSettings, PhotometrySettings
from hotspots.detection.detector import Detector, make_detector
from hotspots.errors import HotspotsError
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.pipeline.grouping import groups_of
from hotspots.pipeline.mapping import map_group
from hotspots.pipeline.merging import merge_groups
from hotspots.pipeline.pointing import Pointed, point_visit
from hotspots.pipeline.sources import source_records
from hotspots.products.tables import write_frames, write_sources
from hotspots.retrieval.photometry import measure
from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import SimulationSettings
from hotspots.simulation.truth import write_truth
from hotspots.simulation.visit import SimulatedVisit, simulate_visit
from hotspots.swath import Swath
from hotspots.training.drawn_pointing import PointingError, drawn_pointing

FIRST_SEED = 900_000
"""Training draws seeds from 0 up."""

FACTOR = 2.0
"""Nuisances are set to so many times their largest drawn value."""

RESIDUAL_PX = 1.0
"""Error of the pointing, frame by frame, in ``--nuisance pointing``."""


def _doubled(settings: SimulationSettings, part: str, *names: str) -> SimulationSettings:
    group = getattr(settings.camera, part)
    fixed = {name: Range.fixed(FACTOR * getattr(group, name).high) for name in names}
    return replace(settings, camera=replace(settings.camera, **{part: replace(group, **fixed)}))


NUISANCES: dict[str, Callable[[SimulationSettings], SimulationSettings]] = {
    "columns": lambda s: _doubled(
        s, "columns", "odd_even_offset_dn", "odd_even_gain", "background_dn", "drift_dn"
    ),
    "ghosts": lambda s: _doubled(s, "columns", "ghost_fraction"),
    "hits": lambda s: _doubled(s, "defects", "hits_per_half"),
    "psf": lambda s: _doubled(s, "optics", "core_sigma_px"),
    "pointing": lambda s: s,
}


def run_visit(
    visit: SimulatedVisit, detectors: dict[str, Detector], out: Path, error: PointingError | None
) -> dict[str, float]:
    """Write the catalogues of one visit; seconds that each detector took."""
    mapping, photometry = MappingSettings(), PhotometrySettings()
    frames = list(visit.frames)
    taken = dict.fromkeys(detectors, 0.0)
    with KernelPool(visit.metakernel):
        swaths = calibrate(frames, mapping.instrument, mapping.calibration)
        empty = dark_frames(frames, mapping.instrument)
        pointed = (
            point_visit(swaths, frames, visit.orbit, mapping, empty)
            if error is None
            else _wrong(visit, swaths, mapping, error)
        )
        clean, sunlight = clean_swaths(pointed, mapping)
        measured = {name: [] for name in detectors}
        for group in groups_of(clean, pointed, mapping.grid):
            _, grid_map = map_group(group, pointed, sunlight, mapping.grid, select_backend("auto"))
            for name, detector in detectors.items():
                start = time.perf_counter()
                found = detector.detect(grid_map)
                taken[name] += time.perf_counter() - start
                measured[name].append(measure(grid_map, found.regions, photometry))
        for name, parts in measured.items():
            folder = out / name / visit.name
            folder.mkdir(parents=True, exist_ok=True)
            records = source_records(visit.name, merge_groups(parts), photometry, _utc)
            write_sources(folder / "hotspots.csv", records)
            write_frames(folder / "frames.csv", pointed.records)
    return taken


def _wrong(
    visit: SimulatedVisit,
    swaths: dict[str, Swath],
    mapping: MappingSettings,
    error: PointingError,
) -> Pointed:
    """True pointing with an error that nobody knows the size of."""
    rng = np.random.default_rng([visit.seed, 2])
    pointed = drawn_pointing(visit, swaths, mapping.instrument, error, rng)
    used = sorted({name for swath in pointed.swaths.values() for name in swath.product_ids})
    records = tuple(
        FrameRecord(
            product_id=name,
            status=FrameStatus.USED,
            reason="pointing drawn",
            dx_px=0.0,
            dy_px=0.0,
            sigma_px=RESIDUAL_PX,
        )
        for name in used
    )
    return replace(pointed, records=records)


def _utc(et: float) -> str:
    return str(spiceypy.et2utc(et, "ISOC", 3)) + "Z"


def main() -> int:
    """Simulate, search, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--visits", type=int, default=14)
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--nuisance", choices=sorted(NUISANCES))
    parser.add_argument("--model", default="io-hotspots", help="released model, or a folder")
    parser.add_argument("--least-probability", type=float, help="of a network's region")
    parser.add_argument(
        "--pointing-px",
        type=float,
        help="take the true pointing with this error, frame by frame, instead of solving it",
    )
    words = parser.parse_args()
    parameters = {"model": words.model}
    if words.least_probability is not None:
        parameters["least_probability"] = words.least_probability
    detectors = {
        "matched_filter": make_detector("matched_filter", {}),
        "network": make_detector("network", parameters),
    }
    settings = SimulationSettings()
    scatter = RESIDUAL_PX if words.nuisance == "pointing" else words.pointing_px
    error = None if scatter is None else PointingError(0.0, scatter)
    if words.nuisance:
        settings = NUISANCES[words.nuisance](settings)
    orbits = np.random.default_rng(words.seed).permutation(np.arange(5, 100))
    for number in range(words.visits):
        seed = words.seed + number
        with TemporaryDirectory(prefix="hotspots-") as kernels:
            start = time.perf_counter()
            visit = simulate_visit(settings, seed, Path(kernels), orbit=int(orbits[number]))
            simulated = time.perf_counter() - start
            try:
                taken = run_visit(visit, detectors, words.out, error)
            except HotspotsError as failure:
                print(f"{visit.name}: {failure}", file=sys.stderr)
                continue
            write_truth(visit, words.out / "truth")
        seconds = ", ".join(f"{name} {value:.1f} s" for name, value in taken.items())
        print(f"{visit.name} (seed {seed}): simulated in {simulated:.1f} s, {seconds}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
