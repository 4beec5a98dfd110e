"""`simulate_archive`: many visits into one archive, resumable, by several processes.

A visit is simulated beside the archive and moved in when it is whole; a note of what it
was drawn from is the last thing that is written.  A run that was interrupted is finished
by the same command, and one that is repeated does nothing.
"""

import hashlib
import json
import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hotspots import __version__
from hotspots.errors import ConfigurationError, HotspotsError
from hotspots.observer import Observer
from hotspots.products.atomic import atomic_file, atomic_folder
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.archive_files import KERNEL_FOLDER, copy_kernels, write_products
from hotspots.simulation.damage import damaged_products
from hotspots.simulation.frame_products import image_folder
from hotspots.simulation.kernels import write_metakernel, write_text_kernels
from hotspots.simulation.settings import SimulateSettings, SimulationSettings
from hotspots.simulation.truth import write_truth
from hotspots.simulation.visit import SimulatedVisit, simulate_visit

__all__ = ["Order", "SimulatedArchive", "orders", "simulate_archive"]


@dataclass(frozen=True)
class Order:
    """One visit to be made.

    Parameters
    ----------
    orbit : int
    seed : int
    """

    orbit: int
    seed: int

    @property
    def name(self) -> str:
        """Such as ``PJ57``."""
        return f"PJ{self.orbit:02d}"


@dataclass(frozen=True)
class SimulatedArchive:
    """Where everything is.

    Parameters
    ----------
    archive : Path
        Products and kernels, as ``infer.py`` takes them.
    truth : Path
        Tables, as ``python -m hotspots.evaluate`` takes them.
    made, skipped : tuple of str
        Names of the visits.
    failed : dict of str to str
        Reasons.
    """

    archive: Path
    truth: Path
    made: tuple[str, ...]
    skipped: tuple[str, ...]
    failed: dict[str, str]


def orders(settings: SimulateSettings) -> tuple[Order, ...]:
    """Draw orbits and seeds of the visits, by orbit.

    Parameters
    ----------
    settings : SimulateSettings

    Returns
    -------
    tuple of Order
        No orbit twice; more visits of the same seed keep those that fewer had.
    """
    rng = np.random.default_rng(settings.seed)
    observing = settings.observing
    orbits = rng.permutation(np.arange(observing.first_orbit, observing.last_orbit + 1))
    chosen = [
        Order(int(orbit), int(np.random.SeedSequence([settings.seed, orbit]).generate_state(1)[0]))
        for orbit in orbits[: settings.visits]
    ]
    return tuple(sorted(chosen, key=lambda order: order.orbit))


def simulate_archive(settings: SimulateSettings, observer: Observer) -> SimulatedArchive:
    """Make all visits that are not there yet.

    Parameters
    ----------
    settings : SimulateSettings
    observer : Observer
        Is told how far the run is.

    Returns
    -------
    SimulatedArchive

    Raises
    ------
    ConfigurationError
        If the folder holds visits of other settings and they may not be overwritten.
    ProductError
        If the output folder cannot be written.
    """
    digest = _digest(settings)
    wanted = orders(settings)
    _refuse_strangers(settings, wanted, digest)
    todo = [
        order
        for order in wanted
        if settings.overwrite or not _is_done(settings, order.name, digest)
    ]
    skipped = tuple(order.name for order in wanted if order not in todo)
    observer.visits_found([order.name for order in wanted])
    for name in skipped:
        observer.visit_started(name)
        observer.visit_finished(name, "made before, skipped")
    kernels = settings.out / "archive" / KERNEL_FOLDER
    write_text_kernels(kernels)
    failed: dict[str, str] = {}
    for order, words, reason in _results(settings, todo, digest, observer):
        if reason:
            failed[order.name] = reason
        observer.visit_finished(order.name, "failed" if reason else words)
        write_metakernel(kernels, _visits_there(settings))
    write_metakernel(kernels, _visits_there(settings))
    return SimulatedArchive(
        settings.out / "archive",
        settings.out / "truth",
        made=tuple(order.name for order in todo if order.name not in failed),
        skipped=skipped,
        failed=failed,
    )


def _results(
    settings: SimulateSettings, todo: Sequence[Order], digest: str, observer: Observer
) -> Iterator[tuple[Order, str, str]]:
    """Each order with how it went in a few words, and why it failed if it did."""
    if settings.jobs == 1:
        for order in todo:
            observer.visit_started(order.name)
            yield order, *_make(settings, order, digest)
        return
    # SPICE and the threads of numerical libraries do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.jobs, mp_context=context) as pool:
        running = {pool.submit(_make, settings, order, digest): order for order in todo}
        for order in running.values():
            observer.visit_started(order.name)
        for future in as_completed(running):
            yield running[future], *future.result()


def _make(settings: SimulateSettings, order: Order, digest: str) -> tuple[str, str]:
    """Make one visit; what it holds in a few words, or why it failed."""
    try:
        with tempfile.TemporaryDirectory(prefix="hotspots-") as folder:
            visit = simulate_visit(settings, order.seed, Path(folder), orbit=order.orbit)
            _write(settings, visit, digest)
    except HotspotsError as error:
        return "", str(error)
    on_io = sum(kind is FrameKind.IO for kind in visit.kinds)
    return f"{visit.level}, frames: {len(visit.frames)}, of Io: {on_io}", ""


def _write(settings: SimulateSettings, visit: SimulatedVisit, digest: str) -> None:
    """Put a visit into the archive, and its truth beside; the note of it comes last."""
    note = _note(settings, visit.name)
    note.unlink(missing_ok=True)
    damaged = damaged_products(visit, settings.observing.damaged_products)
    images = settings.out / "archive" / image_folder(visit.orbit, visit.level)
    for level in {"EDR", "RDR"} - {visit.level}:  # of a run with other settings
        shutil.rmtree(
            settings.out / "archive" / image_folder(visit.orbit, level).parent, ignore_errors=True
        )
    with atomic_folder(images) as partial:
        write_products(visit, partial, damaged)
    copy_kernels(visit, settings.out / "archive" / KERNEL_FOLDER)
    write_truth(visit, settings.out / "truth", damaged)
    text = {
        "visit": visit.name,
        "seed": visit.seed,
        "level": visit.level,
        "settings": digest,
        "version": __version__,
    }
    with atomic_file(note) as partial:
        partial.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")


def _note(settings: SimulateSettings, name: str) -> Path:
    return settings.out / "visits" / f"{name}.json"


def _digest(settings: SimulateSettings) -> str:
    """Of everything that a visit is drawn from, and of the program."""
    mine = {field: getattr(settings, field) for field in SimulationSettings.__dataclass_fields__}
    plain = {name: asdict(value) for name, value in mine.items()}
    text = json.dumps([__version__, settings.seed, plain], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read_note(settings: SimulateSettings, name: str) -> dict[str, Any]:
    try:
        note = json.loads(_note(settings, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _visits_there(settings: SimulateSettings) -> list[str]:
    """Names of the finished visits, by orbit."""
    names = (path.stem for path in (settings.out / "visits").glob("PJ*.json"))
    return sorted(names, key=lambda name: (len(name), name))


def _is_done(settings: SimulateSettings, name: str, digest: str) -> bool:
    return _read_note(settings, name).get("settings") == digest


def _refuse_strangers(settings: SimulateSettings, wanted: Sequence[Order], digest: str) -> None:
    """Visits of other settings would be overwritten, or stay in the archive unnoticed."""
    strange = [name for name in _visits_there(settings) if not _is_done(settings, name, digest)]
    lasting = sorted(set(strange) - {order.name for order in wanted})
    if lasting or (strange and not settings.overwrite):
        remedy = "" if lasting else ", or overwrite=true"
        msg = (
            f"{settings.out}: holds visits of another run ({', '.join(lasting or strange)}); "
            f"wanted an empty folder, or the settings they were made with{remedy}"
        )
        raise ConfigurationError(msg)
