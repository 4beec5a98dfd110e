"""``catalogue.*`` and what joins the visits: volcanoes, light curves, alerts.

Every visit's folder is read back, also those that an earlier run finished, so that the
catalogue is always that of the whole output folder.

===================== =========================================================
``catalogue.csv``     sources of all visits, also as layers and as a map
``volcanoes.csv``     which of them are one volcano; remembers the ids
``light_curves.csv``  what each visit says of each volcano, and their picture
``alerts.csv``        new volcanoes and outbursts, also as GeoJSON
===================== =========================================================
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hotspots.archive.product_name import parse_product_name
from hotspots.catalogue.alerts import Alert, raise_alerts
from hotspots.catalogue.light_curves import ObservedVisit
from hotspots.catalogue.misplaced import misplaced_visits
from hotspots.catalogue.records import SourceRecord
from hotspots.catalogue.volcanoes import Volcano, find_volcanoes
from hotspots.config import AcrossVisitsSettings, ProductSettings
from hotspots.products import provenance as provenance_file
from hotspots.products.alerts import write_alert_layer, write_alerts
from hotspots.products.atomic import atomic_file
from hotspots.products.light_curve_plot import write_light_curve_plot
from hotspots.products.overview import write_catalogue_map
from hotspots.products.tables import read_frames, read_sources, write_sources
from hotspots.products.vectors import write_geojson, write_geopackage, write_geoparquet
from hotspots.products.views import view_of_visit
from hotspots.products.volcanoes import remembered_ids, write_light_curves, write_volcanoes

__all__ = [
    "CATALOGUE",
    "WrittenCatalogue",
    "finished_visits",
    "observed_visits",
    "read_catalogue",
    "write_catalogue",
]

CATALOGUE = "catalogue.csv"
_MEMORY = "volcanoes.csv"


@dataclass(frozen=True)
class WrittenCatalogue:
    """What there is to say of a catalogue.

    Parameters
    ----------
    files : tuple of Path
        ``catalogue.csv`` first.
    alerts : tuple of Alert
    misplaced : tuple of str
        Visits whose pointing is in doubt, because their sources lie where none is known.
    """

    files: tuple[Path, ...]
    alerts: tuple[Alert, ...] = ()
    misplaced: tuple[str, ...] = ()


def finished_visits(out: Path) -> tuple[Path, ...]:
    """Folders of ``out`` that hold a visit's complete products, in the order of orbits."""
    folders = (path.parent for path in out.glob(f"*/{provenance_file.FILE_NAME}"))
    return tuple(sorted((f for f in folders if not f.name.startswith(".")), key=_orbit_order))


def read_catalogue(out: Path) -> tuple[SourceRecord, ...]:
    """Sources of all finished visits.

    Raises
    ------
    ProductError
        If a visit's ``hotspots.csv`` cannot be read.
    """
    return tuple(
        source
        for folder in finished_visits(out)
        for source in read_sources(folder / "hotspots.csv")
    )


def observed_visits(out: Path) -> tuple[ObservedVisit, ...]:
    """Times and limits of all finished visits; those that looked at nothing are left out.

    Raises
    ------
    ProductError
        If a visit's files cannot be read.
    """
    times = {folder: _time_utc(folder) for folder in finished_visits(out)}
    return tuple(
        ObservedVisit(folder.name, time, view_of_visit(folder))
        for folder, time in times.items()
        if time
    )


def write_catalogue(
    out: Path,
    settings: ProductSettings | None = None,
    across_visits: AcrossVisitsSettings | None = None,
) -> WrittenCatalogue:
    """Write the catalogue of all finished visits into their common folder.

    Parameters
    ----------
    out : Path
        Folder that holds the visits' folders.
    settings : ProductSettings, optional
        Which of the optional layers to write.
    across_visits : AcrossVisitsSettings, optional
        How sources are linked and alerts raised.

    Returns
    -------
    WrittenCatalogue

    Raises
    ------
    ProductError
        If a visit cannot be read or a file cannot be written.
    """
    settings = ProductSettings() if settings is None else settings
    across_visits = AcrossVisitsSettings() if across_visits is None else across_visits
    sources = read_catalogue(out)
    volcanoes = find_volcanoes(
        sources,
        observed_visits(out),
        across_visits,
        remembered=remembered_ids(out / _MEMORY),
    )
    alerts = raise_alerts(volcanoes, across_visits)
    linked = _with_ids(sources, volcanoes)
    title = f"Io: {len(sources)} sources in {len(finished_visits(out))} visits"
    writers: dict[str, Callable[[Path], None]] = {
        **_source_writers(linked, settings),
        "catalogue.png": lambda path: write_catalogue_map(path, linked, title=title),
        _MEMORY: lambda path: write_volcanoes(path, volcanoes),
        "light_curves.csv": lambda path: write_light_curves(path, volcanoes),
        "alerts.csv": lambda path: write_alerts(path, alerts),
        "alerts.json": lambda path: write_alert_layer(path, alerts),
    }
    if across_visits.plotted:
        writers["light_curves.png"] = lambda path: write_light_curve_plot(
            path, volcanoes, alerts, count=across_visits.plotted
        )
    for name, write in writers.items():
        with atomic_file(out / name) as unfinished:
            write(unfinished)
    files = tuple(out / name for name in writers)
    return WrittenCatalogue(files, alerts, misplaced_visits(volcanoes))


def _source_writers(
    sources: Sequence[SourceRecord], settings: ProductSettings
) -> dict[str, Callable[[Path], None]]:
    """Files of the sources that are wanted; the table always is."""
    writers: dict[str, Callable[[Path], None]] = {
        CATALOGUE: lambda path: write_sources(path, sources)
    }
    if settings.geopackage:
        writers["catalogue.gpkg"] = lambda path: write_geopackage(path, sources)
    if settings.geojson:
        writers["catalogue.geojson"] = lambda path: write_geojson(path, sources)
    if settings.geoparquet:
        writers["catalogue.parquet"] = lambda path: write_geoparquet(path, sources)
    return writers


def _with_ids(
    sources: Sequence[SourceRecord], volcanoes: Sequence[Volcano]
) -> tuple[SourceRecord, ...]:
    """Sources in their order, each with the id of its volcano."""
    ids = {
        (source.visit, source.source_id): volcano.volcano_id
        for volcano in volcanoes
        for source in volcano.members
    }
    return tuple(
        replace(source, volcano_id=ids[source.visit, source.source_id]) for source in sources
    )


def _time_utc(folder: Path) -> str | None:
    """Time of a visit's first source, else that in the name of its first product."""
    sources = read_sources(folder / "hotspots.csv")
    if sources:
        return min(source.time_utc for source in sources)
    frames = read_frames(folder / "frames.csv")
    names = (parse_product_name(frame.product_id) for frame in frames)
    times = [name.time.strftime("%Y-%m-%dT%H:%M:%S.000Z") for name in names if name]
    return min(times, default=None)


def _orbit_order(folder: Path) -> tuple[int, str]:
    """``PJ7`` comes before ``PJ12``."""
    number = re.search(r"\d+", folder.name)
    return (int(number.group()) if number else -1, folder.name)
