"""What a run wrote: the sources and frames of a visit, from its output folder.

An output folder holds ``<visit>/hotspots.csv`` and ``<visit>/frames.csv``.  Only the
columns that are judged must be there, so that other programs' tables can be judged too;
SNR, pixel scale and probabilities are judged where they are given.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceClass
from hotspots.errors import TruthError
from hotspots.evaluation.tables import TableRow, read_table, require_distinct

__all__ = [
    "Detection",
    "MeasuredPower",
    "MeasuredQuantity",
    "PlaceError",
    "VisitOutput",
    "output_visits",
    "read_visit_output",
]

_CATALOGUE = "hotspots.csv"
_FRAMES = "frames.csv"
_ROUNDING = 1e-3
"""Two probabilities written with few decimals may add up to a little more than 1."""
_VISIT = re.compile(r"PJ\d+")
_CATALOGUE_COLUMNS = (
    *("source_id", "lat_deg", "lon_east_deg", "class", "saturated", "emission_deg"),
    *("m_power_gw_um", "m_power_lo_gw_um", "m_power_hi_gw_um"),
    *("l_power_gw_um", "l_power_lo_gw_um", "l_power_hi_gw_um"),
)
_FRAME_COLUMNS = ("product_id", "status", "reason", "dx_px", "dy_px", "sigma_px")


@dataclass(frozen=True)
class MeasuredPower:
    """Spectral power with the ends of its intervals, GW/um; None = not measured or open."""

    value: float | None
    low: float | None
    high: float | None
    """68 %."""
    low_95: float | None = None
    high_95: float | None = None


@dataclass(frozen=True)
class MeasuredQuantity:
    """Any quantity with the ends of its 68 % interval; None = not measured or open."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class PlaceError:
    """Claimed error of a place: one standard deviation along one axis, and the ellipse's axes.

    The major axis points ``azimuth_deg`` east of north.
    """

    sigma_km: float
    major_km: float | None = None
    minor_km: float | None = None
    azimuth_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class Detection:
    """One source that a run reports: the columns of ``hotspots.csv`` that are judged."""

    source_id: str
    lat_deg: float
    lon_east_deg: float
    source_class: SourceClass
    emission_deg: float | None
    saturated: bool
    m_power: MeasuredPower
    l_power: MeasuredPower
    snr: float | None = None
    km_per_px: float | None = None
    p_source: float | None = None
    """Probability of being any source: of a hot spot and of a lava lake together."""
    temperature_k: MeasuredQuantity = MeasuredQuantity()
    total_power_gw: MeasuredQuantity = MeasuredQuantity()
    place_error: PlaceError | None = None


@dataclass(frozen=True)
class VisitOutput:
    """What a run says of one visit.  `exists` is False where it says nothing at all."""

    visit: str
    exists: bool
    detections: tuple[Detection, ...] = ()
    frames: tuple[FrameRecord, ...] = ()


def output_visits(folder: Path) -> tuple[str, ...]:
    """Names of the visits in an output folder, sorted.

    Raises
    ------
    TruthError
        No such folder, or no visit in it.
    """
    if not folder.is_dir():
        msg = f"{folder}: no such folder; wanted one with PJnn/{_CATALOGUE} files"
        raise TruthError(msg)
    found = [
        path.name
        for path in folder.iterdir()
        if _VISIT.fullmatch(path.name)
        and ((path / _CATALOGUE).is_file() or (path / _FRAMES).is_file())
    ]
    if not found:
        msg = f"{folder}: no PJnn/{_CATALOGUE} in it; wanted the output folder of a run"
        raise TruthError(msg)
    return tuple(sorted(found))


def read_visit_output(folder: Path, visit: str) -> VisitOutput:
    """Both tables of one visit; a table that is not there counts as empty.

    Raises
    ------
    TruthError
        A table is there but unreadable; the message names file, line and column.
    """
    catalogue, frames = folder / visit / _CATALOGUE, folder / visit / _FRAMES
    sources = read_table(catalogue, _CATALOGUE_COLUMNS) if catalogue.is_file() else ()
    products = read_table(frames, _FRAME_COLUMNS) if frames.is_file() else ()
    require_distinct(products, "product_id")
    return VisitOutput(
        visit,
        exists=catalogue.is_file() or frames.is_file(),
        detections=tuple(map(_detection, sources)),
        frames=tuple(map(_frame, products)),
    )


def _detection(row: TableRow) -> Detection:
    return Detection(
        source_id=row.text("source_id"),
        lat_deg=row.number("lat_deg", -90, 90),
        lon_east_deg=row.number("lon_east_deg", 0, 360),
        source_class=row.choice("class", SourceClass),
        emission_deg=row.optional_number("emission_deg"),
        saturated=row.flag("saturated"),
        m_power=_power(row, "m"),
        l_power=_power(row, "l"),
        snr=row.number_if_there("snr"),
        km_per_px=row.number_if_there("km_per_px"),
        p_source=_probability(row),
        temperature_k=_quantity(row, "temperature", "k"),
        total_power_gw=_quantity(row, "total_power", "gw"),
        place_error=_place_error(row),
    )


def _probability(row: TableRow) -> float | None:
    """Sum of the classes' probabilities, where both are given."""
    hotspot = row.number_if_there("p_hotspot")
    lava_lake = row.number_if_there("p_lava_lake")
    if hotspot is None or lava_lake is None:
        return None
    if min(hotspot, lava_lake) < 0 or hotspot + lava_lake > 1.0 + _ROUNDING:
        wanted = f"two probabilities that add up to 0..1, and p_lava_lake is {lava_lake:g}"
        raise row.complaint(column="p_hotspot", wanted=wanted)
    return min(hotspot + lava_lake, 1.0)


def _power(row: TableRow, band: str) -> MeasuredPower:
    return MeasuredPower(
        value=row.optional_number(f"{band}_power_gw_um"),
        low=row.optional_number(f"{band}_power_lo_gw_um"),
        high=row.optional_number(f"{band}_power_hi_gw_um"),
        low_95=row.number_if_there(f"{band}_power_lo95_gw_um"),
        high_95=row.number_if_there(f"{band}_power_hi95_gw_um"),
    )


def _quantity(row: TableRow, name: str, unit: str) -> MeasuredQuantity:
    return MeasuredQuantity(
        value=row.number_if_there(f"{name}_{unit}"),
        low=row.number_if_there(f"{name}_lo_{unit}"),
        high=row.number_if_there(f"{name}_hi_{unit}"),
    )


def _place_error(row: TableRow) -> PlaceError | None:
    sigma_km = row.number_if_there("sigma_km")
    if sigma_km is None:
        return None
    return PlaceError(
        sigma_km,
        major_km=row.number_if_there("sigma_major_km"),
        minor_km=row.number_if_there("sigma_minor_km"),
        azimuth_deg=row.number_if_there("sigma_azimuth_deg"),
    )


def _frame(row: TableRow) -> FrameRecord:
    return FrameRecord(
        product_id=row.text("product_id"),
        status=row.choice("status", FrameStatus),
        reason=row.text("reason"),
        dx_px=row.optional_number("dx_px"),
        dy_px=row.optional_number("dy_px"),
        sigma_px=row.optional_number("sigma_px"),
    )
