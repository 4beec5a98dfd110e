"""`run_preparation`: a folder of samples, whoever says what is on the maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hotspots.errors import ConfigurationError
from hotspots.observer import Observer
from hotspots.training.mapped_visits import mapped_work
from hotspots.training.prepare import simulated_digests, simulated_samples
from hotspots.training.prepare_settings import PreparedData, PrepareSettings
from hotspots.training.receipts import Prepared, SamplesOf, forget, prepare_visits, receipt_of

__all__ = ["PreparedSamples", "run_preparation"]


@dataclass(frozen=True)
class PreparedSamples:
    """What a run leaves behind.

    Parameters
    ----------
    folder : Path
    visits : tuple of Prepared
        All that were asked for, by name.
    skipped : int
        How many of them were finished before.
    """

    folder: Path
    visits: tuple[Prepared, ...]
    skipped: int

    @property
    def samples(self) -> int:
        """How many sample files belong to these visits."""
        return sum(len(visit.samples) for visit in self.visits)

    @property
    def failed(self) -> tuple[Prepared, ...]:
        """Visits with a problem."""
        return tuple(visit for visit in self.visits if visit.problem)


def run_preparation(settings: PrepareSettings, observer: Observer) -> PreparedSamples:
    """Make the samples of all visits that are not done.

    Parameters
    ----------
    settings : PrepareSettings
    observer : Observer
        Is told how far the run is.

    Returns
    -------
    PreparedSamples

    Raises
    ------
    ConfigurationError
        If an input is not named, or the folder holds simulated visits of other settings
        that may not be overwritten.
    ProductError
        If the folder cannot be written.
    SampleError
        If maps, labels or table cannot be read.
    """
    settings.require_inputs()
    folder = settings.out
    digests, samples_of = _work(settings)
    if settings.overwrite:
        for name in digests:
            forget(folder, name)
    elif settings.data is PreparedData.simulated:
        _refuse_strangers(folder, digests)
    done = {name: receipt_of(folder, name) for name in digests}
    before = {name: one for name, one in done.items() if one and one.digest == digests[name]}
    todo = {name: digest for name, digest in digests.items() if name not in before}
    observer.visits_found(list(todo))
    made: dict[str, Prepared] = {}
    observer.visit_started("")
    for visit in prepare_visits(folder, todo, samples_of, settings.jobs):
        made[visit.name] = visit
        words = f"samples: {len(visit.samples)}"
        observer.visit_finished(visit.name, f"failed, {words}" if visit.problem else words)
        observer.visit_started("")
    together = before | made
    return PreparedSamples(folder, tuple(together[name] for name in digests), len(before))


def _work(settings: PrepareSettings) -> tuple[Mapping[str, str], SamplesOf]:
    if settings.data is PreparedData.simulated:
        seeds = range(settings.seed, settings.seed + settings.visits)
        return simulated_digests(seeds, settings), partial(simulated_samples, settings=settings)
    return mapped_work(settings)


def _refuse_strangers(folder: Path, digests: Mapping[str, str]) -> None:
    """Hours of work would be done again, and visits of two kinds lie side by side."""
    wanted = next(iter(digests.values()))
    names = [path.stem for path in folder.glob("[0-9]*.json")]
    receipts = [receipt_of(folder, name) for name in names]
    strange = sorted(one.name for one in receipts if one and one.digest != wanted)
    if strange:
        msg = (
            f"{folder}: holds {len(strange)} visits of other settings or another version "
            f"({strange[0]} ...); wanted an empty folder, those settings, or overwrite=true"
        )
        raise ConfigurationError(msg)
