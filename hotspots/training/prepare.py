"""Many simulated visits to a folder of samples.

The visit of a seed is the same wherever and in whatever order it is made, so the folder of
a larger run begins with the files of a smaller one.
"""

from collections.abc import Iterator
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from hotspots.simulation.visit import simulate_visit
from hotspots.training.drawn_pointing import PointingError
from hotspots.training.preparation import visit_samples
from hotspots.training.prepare_settings import PreparationSettings
from hotspots.training.receipts import Prepared, digest_of, prepare_visits
from hotspots.training.samples import Sample

__all__ = ["PreparationSettings", "Prepared", "prepare", "simulated_digests", "simulated_samples"]


def prepare(
    folder: Path, seeds: range, settings: PreparationSettings, jobs: int = 1
) -> Iterator[Prepared]:
    """Make the samples of many visits.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; visits that are finished in it with the same settings
        are not done again.
    seeds : range
        One visit each.
    settings : PreparationSettings
    jobs : int
        Processes.

    Yields
    ------
    Prepared
        As they are finished, one a visit that was still to be done.

    Raises
    ------
    ProductError
        If the folder cannot be written.
    """
    work = partial(simulated_samples, settings=settings)
    yield from prepare_visits(folder, simulated_digests(seeds, settings), work, jobs)


def simulated_digests(seeds: range, settings: PreparationSettings) -> dict[str, str]:
    """Digest of the settings for each visit, by its name."""
    # only what samples depend on: a subclass may also say where they go
    mine = {field.name: getattr(settings, field.name) for field in fields(PreparationSettings)}
    plain = {
        name: asdict(value) if hasattr(value, "__dataclass_fields__") else value
        for name, value in mine.items()
    }
    digest = digest_of("simulated", plain)
    return {f"{seed:06d}": digest for seed in seeds}


def simulated_samples(name: str, settings: PreparationSettings) -> Iterator[Sample]:
    """Samples of the visit of one seed.

    Parameters
    ----------
    name : str
        The seed.
    settings : PreparationSettings

    Yields
    ------
    Sample

    Raises
    ------
    HotspotsError
        If the visit cannot be simulated or mapped.
    """
    seed = int(name)
    rng = np.random.default_rng([seed, 1])
    error = PointingError(
        float(settings.shared_error_px.draw(rng)), float(settings.scatter_error_px.draw(rng))
    )
    solved = rng.random() < settings.solved_fraction
    with TemporaryDirectory(prefix="hotspots-") as kernels:
        visit = simulate_visit(settings.simulation, seed, Path(kernels))
        yield from visit_samples(
            visit, settings.mapping, settings.network, None if solved else error, rng
        )
