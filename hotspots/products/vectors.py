"""Sources as points for geographic information systems: GeoPackage, GeoJSON, GeoParquet.

The coordinate system is IAU_2015:50100, Io's sphere with planetocentric latitude and
east longitude.  Geometries lie in -180..180 degrees, where such systems draw the
world; the attribute ``lon_east_deg`` keeps the 0..360 of the tables.
"""

import importlib.util
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyogrio
from pyogrio.errors import DataSourceError

from hotspots.body import IO_CRS
from hotspots.catalogue.records import SourceRecord, column_names
from hotspots.errors import ProductError
from hotspots.products.atomic import write_bytes
from hotspots.products.tables import row_of_text

__all__ = ["read_layer", "source_layer", "write_geojson", "write_geopackage", "write_geoparquet"]

_TEXT_COLUMNS = frozenset(
    {"visit", "source_id", "time_utc", "class", "name", "emission_model", "shape", "volcano_id"}
)
_WHOLE_COLUMNS = frozenset({"saturated", "n_frames"})
_LAYER = "hotspots"


def source_layer(sources: Sequence[SourceRecord]) -> Any:
    """Sources as ``geopandas.GeoDataFrame`` of points, with the columns and digits of the table."""
    rows = [row_of_text(source) for source in sources]
    columns = {
        name: _column(name, [row[name] for row in rows]) for name in column_names(SourceRecord)
    }
    longitude = columns["lon_east_deg"].to_numpy()
    points = geopandas.points_from_xy(
        np.where(longitude > 180, longitude - 360, longitude), columns["lat_deg"].to_numpy()
    )
    return geopandas.GeoDataFrame(columns, geometry=points, crs=IO_CRS)


def write_geopackage(path: Path, sources: Sequence[SourceRecord]) -> None:
    """Write a GeoPackage with one layer ``hotspots``.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    _write(path, sources, driver="GPKG")


def write_geojson(path: Path, sources: Sequence[SourceRecord]) -> None:
    """Write a GeoJSON whose member ``crs`` names Io's coordinate system.

    Readers that follow RFC 7946 to the letter ignore that member and draw on the Earth.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    _write(path, sources, driver="GeoJSON", COORDINATE_PRECISION=4)


def write_geoparquet(path: Path, sources: Sequence[SourceRecord]) -> None:
    """Write a GeoParquet file.

    Raises
    ------
    ProductError
        If pyarrow is not installed or the file cannot be written.
    """
    if importlib.util.find_spec("pyarrow") is None:
        msg = f"{path}: GeoParquet needs pyarrow; pip install 'hotspots[parquet]', or leave it out"
        raise ProductError(msg)
    content = BytesIO()
    source_layer(sources).to_parquet(content)
    write_bytes(path, content.getbuffer())


def read_layer(path: Path) -> Any:
    """Read a layer of sources as ``geopandas.GeoDataFrame`` in exactly `IO_CRS`.

    The formats keep the coordinate system but not always its name in the registry.

    Raises
    ------
    ProductError
        If the file cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            layer = geopandas.read_parquet(path)
        else:
            layer = geopandas.read_file(path, engine="pyogrio")
    except (OSError, DataSourceError) as error:
        msg = f"{path}: cannot be read as a vector layer ({error})"
        raise ProductError(msg) from error
    return layer.set_crs(IO_CRS, allow_override=True)


def _column(name: str, cells: list[str]) -> "pd.Series[Any]":
    """Cells of one column in a type that every format keeps, also when there are none."""
    if name in _TEXT_COLUMNS:
        return pd.Series([cell or None for cell in cells], dtype="str")
    if name in _WHOLE_COLUMNS:
        return pd.Series([int(cell) for cell in cells], dtype="int32")
    return pd.Series([float(cell) if cell else np.nan for cell in cells], dtype="float64")


def _write(path: Path, sources: Sequence[SourceRecord], **options: Any) -> None:
    content = BytesIO()
    pyogrio.write_dataframe(
        source_layer(sources), content, layer=_LAYER, geometry_type="Point", **options
    )
    write_bytes(path, content.getbuffer())
