"""Files of the radiometer in a visit's folder.

============================ ==================================================
``radiometer.csv``           temperature, error and width of every cell and channel
``radiometer.tif``           the same as cloud-optimised GeoTIFF
``radiometer_rows.csv``      odd rows of the tables: reason, number, treatment
``radiometer_receivers.csv`` relation, noise and gain of the eight receivers
``scan_traces.png``          measured rows with the fitted model over them
============================ ==================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotspots.catalogue.radiometer_records import (
    RadiometerRecord,
    ReceiverRecord,
    RowCountRecord,
)
from hotspots.config import ProductSettings
from hotspots.grid import GridMap
from hotspots.products.rasters import write_cog
from hotspots.products.scan_traces import ScanTraces, write_scan_traces
from hotspots.products.tables import read_rows, write_rows

__all__ = ["RadiometerProducts", "read_radiometer", "write_radiometer"]

TABLE = "radiometer.csv"


@dataclass(frozen=True, kw_only=True)
class RadiometerProducts:
    """What the radiometer leaves behind in a visit.

    Parameters
    ----------
    cells : sequence of RadiometerRecord
        Empty if there was nothing to map.
    row_counts : sequence of RowCountRecord
    receivers : sequence of ReceiverRecord
    grid_map : GridMap or None
        The maps on an equirectangular grid.
    traces : ScanTraces or None
        None draws no picture.
    """

    cells: Sequence[RadiometerRecord]
    row_counts: Sequence[RowCountRecord]
    receivers: Sequence[ReceiverRecord] = ()
    grid_map: GridMap | None = None
    traces: ScanTraces | None = None

    @property
    def cells_mapped(self) -> int:
        """Number of places that have a temperature in any channel."""
        return len({(cell.lat_deg, cell.lon_east_deg) for cell in self.cells})


def write_radiometer(folder: Path, products: RadiometerProducts, settings: ProductSettings) -> None:
    """Write the radiometer's files.

    Parameters
    ----------
    folder : Path
        The visit's.
    products : RadiometerProducts
    settings : ProductSettings
        Whether rasters are wanted.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    write_rows(folder / TABLE, RadiometerRecord, products.cells)
    write_rows(folder / "radiometer_rows.csv", RowCountRecord, products.row_counts)
    write_rows(folder / "radiometer_receivers.csv", ReceiverRecord, products.receivers)
    if settings.cogs and products.grid_map is not None:
        write_cog(folder / "radiometer.tif", products.grid_map)
    if products.traces is not None:
        write_scan_traces(folder / "scan_traces.png", products.traces)


def read_radiometer(path: Path) -> tuple[RadiometerRecord, ...]:
    """Read ``radiometer.csv`` back.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    return read_rows(path, RadiometerRecord)
