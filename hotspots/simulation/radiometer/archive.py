"""`simulate_radiometer_archive`: flybys into one archive, with their truth beside it.

A flyby's truth is written last of all, so a run that was interrupted knows what is done.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from hotspots import __version__
from hotspots.errors import ConfigurationError
from hotspots.observer import Observer
from hotspots.products.atomic import atomic_file
from hotspots.simulation.radiometer.hourly_table import HourlyTable
from hotspots.simulation.radiometer.passage import (
    radiometer_metakernel,
    radiometer_text_kernels,
)
from hotspots.simulation.radiometer.settings import FlybyRanges, SimulateRadiometerSettings
from hotspots.simulation.radiometer.truth import write_radiometer_truth
from hotspots.simulation.radiometer.visit import simulate_flyby

__all__ = ["RadiometerArchive", "simulate_radiometer_archive"]


@dataclass(frozen=True)
class RadiometerArchive:
    """Where everything is.

    Parameters
    ----------
    archive : Path
        Tables and kernels, as ``infer.py`` takes them.
    truth : Path
        One folder a flyby.
    made, skipped : tuple of str
        Names of the flybys.
    """

    archive: Path
    truth: Path
    made: tuple[str, ...]
    skipped: tuple[str, ...]


def simulate_radiometer_archive(
    settings: SimulateRadiometerSettings, observer: Observer
) -> RadiometerArchive:
    """Make all flybys that are not there yet.

    Parameters
    ----------
    settings : SimulateRadiometerSettings
    observer : Observer
        Is told how far the run is.

    Returns
    -------
    RadiometerArchive

    Raises
    ------
    ConfigurationError
        If the folder holds flybys of other settings and they may not be overwritten.
    ProductError
        If the output folder cannot be written.
    """
    orbits = _orbits(settings)
    names = {orbit: f"PJ{orbit:02d}" for orbit in orbits}
    digest = _digest(settings)
    archive, truth = settings.out / "archive", settings.out / "truth"
    done = {path.parent.name: path for path in sorted(truth.glob("PJ*/settings.json"))}
    strange = [name for name, path in done.items() if _noted(path) != digest]
    lasting = sorted(set(strange) - set(names.values()))
    if lasting or (strange and not settings.overwrite):
        msg = (
            f"{settings.out}: holds flybys of other settings ({', '.join(lasting or strange)}); "
            "wanted an empty folder, the settings they were made with, or overwrite=true for "
            "flybys of the same orbits"
        )
        raise ConfigurationError(msg)
    there = {name for name in done if name not in strange and not settings.overwrite}
    observer.visits_found(list(names.values()))
    kernels = archive / "kernels"
    # Text kernels go through atomic files, which make their folder.
    radiometer_text_kernels(kernels)
    ready = sorted(there)
    for orbit, name in names.items():
        observer.visit_started(name)
        if name in there:
            observer.visit_finished(name, "made before, skipped")
            continue
        flyby = simulate_flyby(settings, _seed(settings.seed, orbit), kernels, orbit=orbit)
        for table in flyby.tables:
            _write_table(archive, table)
        radiometer_metakernel(kernels, ready, [flyby.passage])
        ready.append(name)
        write_radiometer_truth(flyby, truth / name)
        with atomic_file(truth / name / "settings.json") as partial:
            note = {"settings": digest, "version": __version__}
            partial.write_text(json.dumps(note) + "\n", encoding="utf-8")
        lava = flyby.lava.total().mean()
        closest = np.linalg.norm(flyby.rows.juno, axis=1).min()
        words = f"{len(flyby.rows)} rows, {closest:.0f} km from Io's centre, lava {lava:.1%}"
        observer.visit_finished(name, words)
    return RadiometerArchive(
        archive,
        truth,
        made=tuple(name for name in names.values() if name not in there),
        skipped=tuple(sorted(there)),
    )


def _write_table(archive: Path, table: HourlyTable) -> None:
    folder = archive / table.folder
    for suffix, text in ((".CSV", table.text), (".LBL", table.label)):
        with atomic_file(folder / (table.product_id + suffix)) as partial:
            partial.write_bytes(text.encode("ascii"))


def _orbits(settings: SimulateRadiometerSettings) -> tuple[int, ...]:
    """Orbits, ascending; more visits of the same seed keep those that fewer had."""
    rng = np.random.default_rng(settings.seed)
    orbits = rng.permutation(np.arange(settings.first_orbit, settings.last_orbit + 1))
    return tuple(sorted(int(orbit) for orbit in orbits[: settings.visits]))


def _seed(seed: int, orbit: int) -> int:
    return int(np.random.SeedSequence([seed, orbit]).generate_state(1)[0])


def _digest(settings: SimulateRadiometerSettings) -> str:
    """Of everything that a flyby is drawn from, and of the program."""
    mine = {name: getattr(settings, name) for name in FlybyRanges.__dataclass_fields__}
    plain = {
        name: asdict(value) if hasattr(value, "__dataclass_fields__") else value
        for name, value in mine.items()
    }
    text = json.dumps([__version__, settings.seed, plain], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _noted(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(note.get("settings", "")) if isinstance(note, dict) else ""
