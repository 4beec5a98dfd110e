"""Labels that people drew: points and outlines with a class, from GeoPackage or GeoJSON.

They are read into degrees on Io whatever coordinate system of Io they were drawn in.  A
GeoJSON that names none is taken as Io's: the format has no way to say so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from pyogrio.errors import DataSourceError
from pyproj.exceptions import CRSError, ProjError

from hotspots.body import IO_CRS, IO_MEAN_RADIUS_KM
from hotspots.errors import SampleError

__all__ = ["SUFFIXES", "DrawnClass", "DrawnLabel", "label_files", "read_labels"]

SUFFIXES = (".gpkg", ".geojson")

RADIUS_TOLERANCE = 0.01
"""A coordinate system is Io's if its sphere or ellipsoid is so near to Io's, relatively."""


class DrawnClass(Enum):
    """What a person may say of a place; the names stand in the column ``class``."""

    hotspot = "hotspot"
    lava_lake = "lava_lake"
    ignore = "ignore"
    """Nobody can say: cells that neither teach nor count."""
    surveyed = "surveyed"
    """All sources in this area are drawn; where there is such an area, cells outside count not."""


@dataclass(frozen=True)
class DrawnLabel:
    """One drawn point or area.

    Parameters
    ----------
    drawn_class : DrawnClass
    shape : shapely Point or Polygon
        Longitude east and planetocentric latitude, degrees.
    """

    drawn_class: DrawnClass
    shape: Any

    @property
    def is_point(self) -> bool:
        """Whether it has no extent."""
        return bool(self.shape.geom_type == "Point")


def label_files(labels: Path, visits: Collection[str]) -> dict[str, Path]:
    """The file with the labels of each visit.

    Parameters
    ----------
    labels : Path
        A folder with ``<visit>.gpkg`` or ``<visit>.geojson``; or one file, for the visits in
        its column ``visit``, or without one for the visit of its own name.
    visits : collection of str
        Visits that there are maps of.

    Returns
    -------
    dict of str to Path
        Visits without labels are left out.

    Raises
    ------
    SampleError
        If there are no labels, two files for one visit, or labels of other visits only.
    """
    if labels.is_dir():
        paths = sorted(path for path in labels.iterdir() if path.suffix.lower() in SUFFIXES)
        found: dict[str, Path] = {}
        for path in paths:
            if path.stem in found:
                msg = f"{path}: {found[path.stem].name} holds labels of the same visit; keep one"
                raise SampleError(msg)
            found[path.stem] = path
    else:
        named = {visit for layer in _layers(labels) for visit in layer.get("visit", ())}
        found = dict.fromkeys(map(str, named), labels) if named else {labels.stem: labels}
    wanted = {visit: path for visit, path in found.items() if visit in visits}
    if not wanted:
        msg = (
            f"{labels}: labels of {', '.join(sorted(found)) or 'no visit'}, maps of "
            f"{', '.join(sorted(visits)) or 'no visit'}; wanted <visit>.gpkg or <visit>.geojson, "
            "or a column visit"
        )
        raise SampleError(msg)
    return wanted


def read_labels(path: Path, visit: str) -> tuple[DrawnLabel, ...]:
    """Labels of one visit.

    Parameters
    ----------
    path : Path
        All layers of it are read.
    visit : str
        Rows with another name in the column ``visit`` are left out.

    Returns
    -------
    tuple of DrawnLabel
        Points and polygons of groups singly.

    Raises
    ------
    SampleError
        If the file cannot be read, is not on Io, or holds what is no label.
    """
    labels = []
    for layer in _layers(path):
        if "class" not in layer:
            msg = (
                f"{path}: a layer has the columns {', '.join(map(str, layer.columns))}; wanted a "
                f"column class that says {_class_names()}"
            )
            raise SampleError(msg)
        if "visit" in layer:
            layer = layer[layer["visit"].astype(str) == visit]  # noqa: PLW2901
        for said, shape in zip(layer["class"], layer.geometry, strict=True):
            labels += _labels_of(path, said, shape)
    return tuple(labels)


def _labels_of(path: Path, said: object, shape: Any) -> list[DrawnLabel]:
    """Points and polygons of one row."""
    name = str(said).strip().lower()
    if name not in DrawnClass.__members__:
        msg = f"{path}: class is {said!r}; wanted {_class_names()}"
        raise SampleError(msg)
    drawn_class = DrawnClass[name]
    parts = [] if shape is None or shape.is_empty else list(getattr(shape, "geoms", [shape]))
    for part in parts:
        wanted = {"Polygon"} if drawn_class is DrawnClass.surveyed else {"Polygon", "Point"}
        if part.geom_type not in wanted:
            msg = (
                f"{path}: a {name} is drawn as {part.geom_type}; wanted "
                f"{' or '.join(sorted(wanted))}"
            )
            raise SampleError(msg)
        west, south, east, north = part.bounds
        if not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
            msg = (
                f"{path}: a {name} lies at longitudes {west:g}..{east:g} and latitudes "
                f"{south:g}..{north:g}; wanted degrees on Io ({IO_CRS})"
            )
            raise SampleError(msg)
    return [DrawnLabel(drawn_class, part) for part in parts]


def _layers(path: Path) -> list[Any]:
    """Layers of a file as ``geopandas.GeoDataFrame`` in degrees on Io."""
    try:
        names = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry]
        layers = [geopandas.read_file(path, layer=name, engine="pyogrio") for name in names]
    except (OSError, DataSourceError) as error:
        msg = f"{path}: cannot be read as labels ({error}); wanted {' or '.join(SUFFIXES)}"
        raise SampleError(msg) from error
    return [_on_io(path, layer) for layer in layers]


def _on_io(path: Path, layer: Any) -> Any:
    """The layer in degrees on Io, if that is where it is."""
    crs = layer.crs
    unnamed = crs is None or (path.suffix.lower() == ".geojson" and crs.equals("EPSG:4326"))
    if unnamed:
        return layer.set_crs(IO_CRS, allow_override=True)
    radius = crs.ellipsoid.semi_major_metre / 1000 if crs.ellipsoid else 0.0
    if abs(radius / IO_MEAN_RADIUS_KM - 1) > RADIUS_TOLERANCE:
        msg = (
            f"{path}: its coordinate system is {crs.name}, of a body with a radius of "
            f"{radius:.0f} km; wanted one of Io: set the layer to {IO_CRS} in QGIS and draw on it"
        )
        raise SampleError(msg)
    try:
        return layer.to_crs(IO_CRS)
    except (CRSError, ProjError) as error:
        msg = f"{path}: {crs.name} cannot be turned into {IO_CRS} ({error})"
        raise SampleError(msg) from error


def _class_names() -> str:
    return ", ".join(DrawnClass.__members__)
