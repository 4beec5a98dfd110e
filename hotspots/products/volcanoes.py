"""``volcanoes.csv`` and ``light_curves.csv``; the first is the memory of ids too."""

import csv
from collections.abc import Sequence
from pathlib import Path

from hotspots.catalogue.light_curves import LightCurvePoint
from hotspots.catalogue.variability import VolcanoRecord, volcano_record
from hotspots.catalogue.volcanoes import Volcano
from hotspots.errors import ProductError
from hotspots.products.tables import write_rows

__all__ = ["remembered_ids", "write_light_curves", "write_volcanoes"]


def write_volcanoes(path: Path, volcanoes: Sequence[Volcano]) -> None:
    """Write ``volcanoes.csv``, one row a volcano.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    write_rows(path, VolcanoRecord, map(volcano_record, volcanoes))


def write_light_curves(path: Path, volcanoes: Sequence[Volcano]) -> None:
    """Write ``light_curves.csv``, one row a volcano and visit.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    points = (point for volcano in volcanoes for point in volcano.light_curve)
    write_rows(path, LightCurvePoint, points)


def remembered_ids(path: Path) -> tuple[str, ...]:
    """Ids in a ``volcanoes.csv`` of any version of this program; none if there is no file.

    Raises
    ------
    ProductError
        If the file is there and no such table: ids would be given anew without a word.
    """
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            headings = tuple(reader.fieldnames or ())
            ids = tuple(row.get("volcano_id") or "" for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: cannot be read as a table ({error}); the ids of new volcanoes stand there"
        raise ProductError(msg) from error
    if "volcano_id" not in headings:
        msg = f"{path}: no column volcano_id, which keeps the ids; mend the file or remove it"
        raise ProductError(msg)
    return ids
