"""What a visit could have seen at a place, from its ``limits.tif`` or ``limits.csv``.

The raster knows every place.  The table knows known volcanoes only; without the raster it
answers for them, and of any other place nothing is known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.light_curves import View
from hotspots.catalogue.limit_records import LimitRecord
from hotspots.catalogue.places import distance_km
from hotspots.errors import ProductError
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.products.limits import RASTER, TABLE, read_limits

__all__ = ["LimitRaster", "view_from_table", "view_of_visit"]

NEAR_KM = 30.0
"""A row of the table speaks for places so near to its volcano: those a link can reach."""

_M_PER_DEG = 1000.0 * IO_MEAN_RADIUS_KM * np.pi / 180.0


def view_of_visit(folder: Path) -> Callable[[float, float], View]:
    """How to ask what a visit could see at a latitude and an east longitude, degrees.

    Parameters
    ----------
    folder : Path
        The visit's own.  Without limits in it every answer is "not known".

    Raises
    ------
    ProductError
        If there are limits that cannot be read.
    """
    if (folder / RASTER).is_file():
        return LimitRaster.read(folder / RASTER).view
    if (folder / TABLE).is_file():
        rows = read_limits(folder / TABLE)
        return lambda lat_deg, lon_east_deg: view_from_table(rows, lat_deg, lon_east_deg)
    return lambda _lat_deg, _lon_east_deg: View(in_view=None)


def view_from_table(rows: Sequence[LimitRecord], lat_deg: float, lon_east_deg: float) -> View:
    """Limits of the nearest known volcano, if one is near; one that has no row was not in view."""
    known = known_hotspots()
    place = lat_deg, lon_east_deg
    if distance_km(*place, known.latitude_deg, known.longitude_east_deg).min() > NEAR_KM:
        return View(in_view=None)
    distance = distance_km(
        *place, [row.lat_deg for row in rows], [row.lon_east_deg for row in rows]
    )
    if distance.min(initial=np.inf) > NEAR_KM:
        return View(in_view=False)
    row = rows[int(np.argmin(distance))]
    return View(True, row.m_limit50_gw_um, row.m_limit90_gw_um)


@dataclass(frozen=True)
class LimitRaster:
    """``limits.tif`` in memory.

    Parameters
    ----------
    limits : array (2, rows, columns) float32
        Powers found in half and in nine tenths of the cases, GW/um; NaN where no power is.
    in_view : array (rows, columns) bool
    corner_deg : (float, float)
        East longitude of the left edge and latitude of the upper one, degrees.
    cell_deg : float
    """

    limits: NDArray[np.float32]
    in_view: NDArray[np.bool_]
    corner_deg: tuple[float, float]
    cell_deg: float

    @classmethod
    def read(cls, path: Path) -> "LimitRaster":
        """Read the file.

        Raises
        ------
        ProductError
            If it cannot be read, lacks a band or is not equirectangular.
        """
        try:
            with rasterio.open(path) as raster:
                limits = np.stack(
                    [_band(raster, path, name) for name in ("m_limit50_gw_um", "m_limit90_gw_um")]
                )
                frames = _band(raster, path, "frames")
                crs, transform = raster.crs.to_dict(), raster.transform
        except RasterioError as error:
            msg = f"{path}: cannot be read as a raster ({error}); do the visit again"
            raise ProductError(msg) from error
        if crs.get("proj") != "eqc":
            msg = f"{path}: its projection is {crs.get('proj')}; wanted the equirectangular eqc"
            raise ProductError(msg)
        left = float(crs.get("lon_0", 0.0)) + transform.c / _M_PER_DEG
        corner = left, transform.f / _M_PER_DEG
        return cls(limits, frames > 0, corner, transform.a / _M_PER_DEG)

    def view(self, lat_deg: float, lon_east_deg: float) -> View:
        """What could be seen at a place, degrees."""
        rows, columns = self.in_view.shape
        column = int(((lon_east_deg - self.corner_deg[0]) % 360.0) / self.cell_deg)
        row = int((self.corner_deg[1] - lat_deg) / self.cell_deg)
        if not (0 <= row <= rows and column < columns):
            return View(in_view=False)
        cell = min(row, rows - 1), column  # the south pole is the edge of the last row
        if not self.in_view[cell]:
            return View(in_view=False)
        half, most = (float(value) for value in self.limits[(slice(None), *cell)])
        return View(True, _known(half), _known(most))


def _band(raster: DatasetReader, path: Path, name: str) -> NDArray[np.float32]:
    if name not in raster.descriptions:
        msg = f"{path}: no band {name}; it has {', '.join(map(str, raster.descriptions))}"
        raise ProductError(msg)
    return np.asarray(raster.read(raster.descriptions.index(name) + 1), dtype=np.float32)


def _known(value: float) -> float | None:
    return value if np.isfinite(value) and value > 0 else None
