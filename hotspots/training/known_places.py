"""A table of places that have been hot, as a user's CSV file or as it ships.

Positions may be told east or west; what a column is called says which.
"""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from hotspots.errors import SampleError
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.training.label_layers import DrawnClass

__all__ = ["KnownPlace", "known_places"]

_LATITUDE = ("lat_deg", "lat", "latitude")
_EAST = ("lon_east_deg", "lonE", "lon_east")
_WEST = ("lon_west_deg", "lonW", "lon_west")


@dataclass(frozen=True)
class KnownPlace:
    """A place that has been hot.

    Parameters
    ----------
    lat_deg, lon_east_deg : float
        Planetocentric.
    sigma_km : float
        Error of the place per axis, km.
    is_lake : bool
        It is known to be a lava lake.
    """

    lat_deg: float
    lon_east_deg: float
    sigma_km: float
    is_lake: bool = False


def known_places(table: Path | None, sigma_km: float) -> tuple[KnownPlace, ...]:
    """Read a table of places.

    Parameters
    ----------
    table : Path or None
        CSV with a heading: ``lat_deg`` and ``lon_east_deg`` or ``lon_west_deg``, degrees;
        ``sigma_km`` and ``class`` (``hotspot`` or ``lava_lake``) where they are known.
        Lines that start with ``#`` are comments.  None: `known_hotspots`.
    sigma_km : float
        Error of the places that have none of their own.

    Returns
    -------
    tuple of KnownPlace

    Raises
    ------
    SampleError
        Naming file and line, if it is no such table.
    """
    if table is None:
        known = known_hotspots()
        return tuple(
            KnownPlace(float(latitude), float(longitude), sigma_km)
            for latitude, longitude in zip(
                known.latitude_deg, known.longitude_east_deg, strict=True
            )
        )
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{table}: cannot be read as a table ({error})"
        raise SampleError(msg) from error
    numbered = [(k, line) for k, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    rows = csv.DictReader(line for _, line in numbered)
    headings = rows.fieldnames or []
    latitude = next((name for name in _LATITUDE if name in headings), None)
    longitude = next((name for name in (*_EAST, *_WEST) if name in headings), None)
    if latitude is None or longitude is None:
        msg = (
            f"{table}: has the columns {', '.join(headings) or 'none'}; wanted lat_deg and "
            "lon_east_deg or lon_west_deg"
        )
        raise SampleError(msg)
    sign = -1.0 if longitude in _WEST else 1.0
    places = []
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        try:
            places.append(_place(row, latitude, longitude, sign, sigma_km))
        except (ValueError, TypeError) as error:
            msg = f"{table}, line {number}: no place ({error})"
            raise SampleError(msg) from error
    return tuple(places)


def _place(
    row: dict[str, str | None], latitude: str, longitude: str, sign: float, sigma_km: float
) -> KnownPlace:
    """One row; `ValueError` or `TypeError` where it is none."""
    lat_deg = float(row[latitude] or "nan")
    lon_deg = float(row[longitude] or "nan")
    sigma = float(row.get("sigma_km") or sigma_km)
    said = (row.get("class") or DrawnClass.hotspot.value).strip().lower()
    if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 360):
        msg = f"latitude {lat_deg:g}, longitude {lon_deg:g}; wanted degrees"
        raise ValueError(msg)
    if not (math.isfinite(sigma) and sigma >= 0):
        msg = f"sigma_km {sigma:g}; wanted zero or more"
        raise ValueError(msg)
    if said not in {DrawnClass.hotspot.value, DrawnClass.lava_lake.value}:
        msg = f"class {said}; wanted hotspot or lava_lake"
        raise ValueError(msg)
    is_lake = said == DrawnClass.lava_lake.value
    return KnownPlace(lat_deg, (sign * lon_deg) % 360.0, sigma, is_lake)
