"""``catalogue.*``: the sources of all visits in one table, in layers and on one map.

Every visit's folder is read back, also those that an earlier run finished, so that the
catalogue is always that of the whole output folder.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from hotspots.catalogue.records import SourceRecord
from hotspots.config import ProductSettings
from hotspots.products import provenance as provenance_file
from hotspots.products.atomic import atomic_file
from hotspots.products.overview import write_catalogue_map
from hotspots.products.tables import read_sources, write_sources
from hotspots.products.vectors import write_geojson, write_geopackage, write_geoparquet

__all__ = ["finished_visits", "read_catalogue", "write_catalogue"]


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


def write_catalogue(out: Path, settings: ProductSettings | None = None) -> tuple[Path, ...]:
    """Write the catalogue of all finished visits into their common folder.

    Parameters
    ----------
    out : Path
        Folder that holds the visits' folders.
    settings : ProductSettings, optional
        Which of the optional layers to write.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    ProductError
        If a visit cannot be read or a file cannot be written.
    """
    settings = ProductSettings() if settings is None else settings
    sources = read_catalogue(out)
    visits = len(finished_visits(out))
    writers: dict[str, Callable[[Path, Sequence[SourceRecord]], None]] = {".csv": write_sources}
    if settings.geopackage:
        writers[".gpkg"] = write_geopackage
    if settings.geojson:
        writers[".geojson"] = write_geojson
    if settings.geoparquet:
        writers[".parquet"] = write_geoparquet
    files = [out / f"catalogue{suffix}" for suffix in [*writers, ".png"]]
    for path in files:
        with atomic_file(path) as partial:
            if path.suffix == ".png":
                title = f"Io: {len(sources)} sources in {visits} visits"
                write_catalogue_map(partial, sources, title=title)
            else:
                writers[path.suffix](partial, sources)
    return tuple(files)


def _orbit_order(folder: Path) -> tuple[int, str]:
    """``PJ7`` comes before ``PJ12``."""
    number = re.search(r"\d+", folder.name)
    return (int(number.group()) if number else -1, folder.name)
