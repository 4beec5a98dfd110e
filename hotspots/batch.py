"""Many visits: find them, do those that are not done, and gather what they hold.

One visit that fails is reported with its reason and the others go on.  A visit's folder
appears complete or not at all and carries a fingerprint of what it was made from, so a
run that was interrupted is finished by the same command.
"""

import importlib.util
import platform
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.products import Inventory, IssueStatus
from hotspots.archive.visits import Visit, unassigned_issues
from hotspots.backend import Backend, gpu_module, select_backend
from hotspots.catalogue.alerts import Alert
from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceRecord
from hotspots.config import InferSettings
from hotspots.detection.detector import make_detector
from hotspots.errors import ConfigurationError, HotspotsError, ProductError
from hotspots.grid import GridMap
from hotspots.observer import Observer
from hotspots.pipeline import VisitOutcome
from hotspots.pipeline.finding import find_holdings, find_visits, near_io
from hotspots.pipeline.instruments import run_instruments
from hotspots.products.atomic import atomic_file
from hotspots.products.catalogue import WrittenCatalogue, write_catalogue
from hotspots.products.provenance import (
    FileDigest,
    Provenance,
    file_digest,
    fingerprint,
    is_finished,
    settings_that_matter,
    utc_now,
)
from hotspots.products.tables import read_sources, write_frames
from hotspots.products.visit import VisitProducts, write_visit

__all__ = ["BatchOutcome", "VisitResult", "run_archive"]


@dataclass(frozen=True, kw_only=True)
class VisitResult:
    """What became of one visit.

    Parameters
    ----------
    name : str
    folder : Path or None
        Where its files are; None if it failed.
    sources : tuple of SourceRecord
    skipped : bool
        It was finished before, from the same input.
    reason : str
        Why it failed.
    """

    name: str
    folder: Path | None
    sources: tuple[SourceRecord, ...] = ()
    skipped: bool = False
    reason: str = ""


@dataclass(frozen=True)
class BatchOutcome:
    """What became of all visits.

    Parameters
    ----------
    visits : tuple of VisitResult
        In order of time.
    catalogue : Path or None
        Table of the sources of all visits in the output folder; None if it could not be
        written.
    alerts : tuple of Alert
        New volcanoes and outbursts of all visits in the output folder.
    """

    visits: tuple[VisitResult, ...]
    catalogue: Path | None
    alerts: tuple[Alert, ...] = ()

    @property
    def failed(self) -> tuple[VisitResult, ...]:
        """Visits without result."""
        return tuple(visit for visit in self.visits if visit.folder is None)


def run_archive(settings: InferSettings, observer: Observer) -> BatchOutcome:
    """Do every visit of an archive that is not done, and write the catalogue.

    Parameters
    ----------
    settings : InferSettings
    observer : Observer
        Is told how far the run is.

    Returns
    -------
    BatchOutcome

    Raises
    ------
    ArchiveError
        If the archive is no folder or holds no products of either instrument.
    ConfigurationError
        If a visit, backend, detector or file format that was asked for is not there.
    KernelError
        If there are no kernels, or they cannot be loaded.
    ProductError
        If the output folder cannot be written.
    """
    backend = select_backend(settings.backend.value)
    make_detector(settings.detector.name, settings.detector.parameters)
    if settings.products.geoparquet and importlib.util.find_spec("pyarrow") is None:
        msg = "products.geoparquet=true needs pyarrow: pip install 'hotspots[parquet]'"
        raise ConfigurationError(msg)
    holdings = find_holdings(settings)
    pool = KernelPool(find_metakernel(settings.archive, settings.kernels))
    _make_output_folder(settings.out)
    results = []
    with pool:
        holdings = near_io(holdings, settings)
        visits = find_visits(holdings, settings)
        observer.visits_found([visit.name for visit in visits])
        kernels = tuple(file_digest(kernel) for kernel in pool.kernels)
        for visit in visits:
            observer.visit_started(visit.name)
            result, words = _do_visit(visit, kernels, settings, backend, observer)
            observer.visit_finished(visit.name, words)
            results.append(result)
    written = _gather(settings, holdings.inventory, visits, observer)
    if written is None:
        return BatchOutcome(tuple(results), None)
    return BatchOutcome(tuple(results), written.files[0], written.alerts)


def _make_output_folder(out: Path) -> None:
    """Find out before hours of work whether their result can be kept."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        msg = (
            f"{out}: cannot be written ({error.strerror}); "
            "wanted a folder with write permission: choose another with out=FOLDER"
        )
        raise ProductError(msg) from error


def _do_visit(
    visit: Visit,
    kernels: tuple[FileDigest, ...],
    settings: InferSettings,
    backend: Backend,
    observer: Observer,
) -> tuple[VisitResult, str]:
    """Skip, do or give up a visit; also says so in a few words."""
    folder = settings.out / visit.name
    started = utc_now()
    try:
        inputs = _input_digests(visit, settings.archive)
        configuration = settings_that_matter(settings)
        print_of_input = fingerprint(inputs, kernels, configuration)
        if not settings.overwrite and is_finished(folder, print_of_input):
            sources = tuple(read_sources(folder / "hotspots.csv"))
            result = VisitResult(name=visit.name, folder=folder, sources=sources, skipped=True)
            return result, "finished before, skipped"
        outcome = run_instruments(visit, settings, observer)
        observer.stage("writing")
        provenance = Provenance(
            visit=visit.name,
            fingerprint=print_of_input,
            inputs=inputs,
            kernels=kernels,
            configuration=configuration | {"notes": outcome.notes},
            backend=backend.value,
            device=_device_name(backend),
            started_utc=started,
            finished_utc=utc_now(),
        )
        write_visit(folder, _products_of(outcome), provenance, settings.products)
    except HotspotsError as error:
        return VisitResult(name=visit.name, folder=None, reason=str(error)), "failed"
    result = VisitResult(name=visit.name, folder=folder, sources=outcome.sources)
    return result, _in_words(outcome)


def _input_digests(visit: Visit, archive: Path) -> tuple[FileDigest, ...]:
    """Checksums of the files whose change would change the result."""
    paths = {path for item in visit.products for path in (item.label_path, item.image_path)}
    paths |= {path for item in visit.spectra for path in (item.label_path, item.data_path)}
    paths |= {issue.path for issue in visit.issues if issue.status is IssueStatus.FAILED}
    for hour in visit.radiometer:
        paths |= {path for path in (hour.instrument, hour.geolocation) if path is not None}
    return tuple(
        file_digest(path, path.relative_to(archive).as_posix())
        for path in sorted(paths)
        if path.is_file()
    )


def _products_of(outcome: VisitOutcome) -> VisitProducts:
    return VisitProducts(
        visit=outcome.name,
        sources=outcome.sources,
        frames=outcome.frames,
        maps=_named(outcome.maps, "group"),
        product_maps=_named(outcome.product_maps, "map"),
        limits=None if outcome.limits is None else outcome.limits.records,
        limit_map=None if outcome.limits is None else outcome.limits.limit_map,
        radiometer=outcome.radiometer,
        spectra=outcome.spectra,
    )


def _named(maps: Iterable[GridMap], kind: str) -> dict[str, GridMap]:
    """Maps by the attribute ``name``, or by number where they have none."""
    return {
        str(one.attributes.get("name", f"{kind}_{number}")): one
        for number, one in enumerate(maps, start=1)
    }


def _device_name(backend: Backend) -> str:
    if backend is Backend.GPU:
        properties = gpu_module().cuda.runtime.getDeviceProperties(0)
        return str(properties["name"].decode())
    return platform.processor() or platform.machine()


def _in_words(outcome: VisitOutcome) -> str:
    used = sum(frame.status is FrameStatus.USED for frame in outcome.frames)
    words = f"sources: {len(outcome.sources)}, products used: {used} of {len(outcome.frames)}"
    if outcome.radiometer is None:
        return words
    return f"{words}, cells of the radiometer: {outcome.radiometer.cells_mapped}"


def _gather(
    settings: InferSettings, inventory: Inventory, visits: tuple[Visit, ...], observer: Observer
) -> WrittenCatalogue | None:
    """Write what concerns all visits; a damaged older visit spoils nothing but this."""
    try:
        _write_other_files(settings.out, inventory, visits)
        written = write_catalogue(settings.out, settings.products, settings.across_visits)
    except ProductError as error:
        observer.message(f"no catalogue written: {error}")
        return None
    for visit in written.misplaced:
        observer.message(
            f"{visit}: few of its sources lie where volcanoes are known; "
            "its pointing is in doubt, and it raises no alerts"
        )
    return written


def _write_other_files(out: Path, inventory: Inventory, visits: tuple[Visit, ...]) -> None:
    """List the files of the archive that belong to no visit."""
    records = [
        FrameRecord(
            product_id=issue.product_id, status=FrameStatus(issue.status.value), reason=issue.reason
        )
        for issue in unassigned_issues(inventory, visits)
    ]
    if records:
        with atomic_file(out / "other_files.csv") as partial:
            write_frames(partial, records)
