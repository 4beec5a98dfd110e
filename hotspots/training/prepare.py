"""Many simulated visits to a folder of samples: in parallel, and where it was left off.

The visit of a seed is the same wherever and in whatever order it is made, so the folder of
a larger run begins with the files of a smaller one.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from hotspots.config import MappingSettings
from hotspots.config.checks import require_within
from hotspots.detection.network_settings import NetworkSettings
from hotspots.errors import HotspotsError
from hotspots.products.atomic import write_bytes
from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import SimulationSettings
from hotspots.simulation.visit import simulate_visit
from hotspots.training.drawn_pointing import PointingError
from hotspots.training.preparation import visit_samples
from hotspots.training.samples import save_sample

__all__ = ["PreparationSettings", "Prepared", "prepare"]


@dataclass(frozen=True, kw_only=True)
class PreparationSettings:
    """What samples are made from.

    Parameters
    ----------
    simulation : SimulationSettings
        Ranges of the visits.
    mapping : MappingSettings
        Stages of the pipeline.
    network : NetworkSettings
        Search for candidates.
    solved_fraction : float
        Part of the visits whose pointing is solved; the others get the true one with a
        drawn error.
    shared_error_px, scatter_error_px : Range
        Standard deviations of that error, px, see `PointingError`.
    """

    simulation: SimulationSettings = field(default_factory=SimulationSettings)
    mapping: MappingSettings = field(default_factory=MappingSettings)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    solved_fraction: float = 0.3
    shared_error_px: Range = Range(0.02, 0.4, logarithmic=True)
    scatter_error_px: Range = Range(0.02, 0.4, logarithmic=True)

    def __post_init__(self) -> None:
        require_within(self, 0.0, 1.0, "solved_fraction")


@dataclass(frozen=True)
class Prepared:
    """What became of one visit.

    Parameters
    ----------
    seed : int
    samples : tuple of str
        Files written.
    problem : str
        Why there are none; empty where all went well.
    """

    seed: int
    samples: tuple[str, ...]
    problem: str = ""


def prepare(
    folder: Path, seeds: range, settings: PreparationSettings, jobs: int = 1
) -> Iterator[Prepared]:
    """Make the samples of many visits.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; visits that are finished in it are not done again.
    seeds : range
        One visit each.
    settings : PreparationSettings
    jobs : int
        Processes.

    Yields
    ------
    Prepared
        As they are finished, one a visit that was still to be done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rest = [seed for seed in seeds if not _receipt(folder, seed).exists()]
    if jobs == 1:
        for seed in rest:
            yield _prepare_visit(folder, seed, settings)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(_prepare_visit, folder, seed, settings) for seed in rest]
        for future in as_completed(waiting):
            yield future.result()


def _prepare_visit(folder: Path, seed: int, settings: PreparationSettings) -> Prepared:
    """Samples of one visit, and a receipt that it is done."""
    rng = np.random.default_rng([seed, 1])
    error = PointingError(
        float(settings.shared_error_px.draw(rng)), float(settings.scatter_error_px.draw(rng))
    )
    solved = rng.random() < settings.solved_fraction
    names: list[str] = []
    problem = ""
    with TemporaryDirectory(prefix="hotspots-") as kernels:
        try:
            visit = simulate_visit(settings.simulation, seed, Path(kernels))
            samples = visit_samples(
                visit, settings.mapping, settings.network, None if solved else error, rng
            )
            for sample in samples:
                path = folder / f"{sample.name.replace('/', '_')}.npz"
                save_sample(path, sample)
                names.append(path.name)
        except HotspotsError as failure:
            problem = str(failure)
    done = Prepared(seed, tuple(names), problem)
    write_bytes(_receipt(folder, seed), json.dumps(vars(done)).encode())
    return done


def _receipt(folder: Path, seed: int) -> Path:
    return folder / f"{seed:06d}.json"
