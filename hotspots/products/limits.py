"""``limits.csv`` and ``limits.tif``: how faint a source could have been and still be found."""

from collections.abc import Sequence
from pathlib import Path

from hotspots.catalogue.limit_records import LimitRecord
from hotspots.grid import GridMap
from hotspots.products.rasters import write_cog
from hotspots.products.tables import read_rows, write_rows

__all__ = ["RASTER", "TABLE", "read_limits", "write_limits"]

TABLE = "limits.csv"
RASTER = "limits.tif"


def write_limits(
    folder: Path, records: Sequence[LimitRecord] | None, limit_map: GridMap | None
) -> None:
    """Write what there is of the limits of a visit.

    Parameters
    ----------
    folder : Path
        The visit's.
    records : sequence of LimitRecord or None
        None writes no table; an empty one has headings only.
    limit_map : GridMap or None
        On the equirectangular grid; None writes no raster.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    if records is not None:
        write_rows(folder / TABLE, LimitRecord, records)
    if limit_map is not None:
        write_cog(folder / RASTER, limit_map)


def read_limits(path: Path) -> tuple[LimitRecord, ...]:
    """Read ``limits.csv`` back.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    return read_rows(path, LimitRecord)
