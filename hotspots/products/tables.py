"""``hotspots.csv`` and ``frames.csv``: records as rows, and rows as records again.

Columns stand in the order of the record's fields.  Numbers are written with the digits
that mean something; an empty cell is "not measured"; booleans are 0 and 1.
"""

import csv
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from hotspots.catalogue.records import FrameRecord, SourceRecord, column_names
from hotspots.errors import ProductError
from hotspots.products.atomic import write_bytes

__all__ = [
    "read_frames",
    "read_rows",
    "read_sources",
    "row_of_text",
    "write_frames",
    "write_rows",
    "write_sources",
]

Record = TypeVar("Record")

_ANGLE, _POWER = "z.4f", "z.5g"
_FORMATS: Mapping[str, str] = {
    "lat_deg": _ANGLE,
    "lon_east_deg": _ANGLE,
    "sigma_km": "z.3f",
    "p_hotspot": "z.4f",
    "p_lava_lake": "z.4f",
    "snr": "z.2f",
    "m_power_gw_um": _POWER,
    "m_power_lo_gw_um": _POWER,
    "m_power_hi_gw_um": _POWER,
    "l_power_gw_um": _POWER,
    "l_power_lo_gw_um": _POWER,
    "l_power_hi_gw_um": _POWER,
    "temperature_k": "z.1f",
    "temperature_lo_k": "z.1f",
    "temperature_hi_k": "z.1f",
    "area_km2": "z.4g",
    "area_lo_km2": "z.4g",
    "area_hi_km2": "z.4g",
    "range_km": "z.1f",
    "km_per_px": "z.4f",
    "emission_deg": "z.2f",
    "incidence_deg": "z.2f",
    "diameter_km": "z.2f",
    "name_distance_km": "z.1f",
    "m_power_lo95_gw_um": _POWER,
    "m_power_hi95_gw_um": _POWER,
    "l_power_lo95_gw_um": _POWER,
    "l_power_hi95_gw_um": _POWER,
    "total_power_gw": _POWER,
    "total_power_lo_gw": _POWER,
    "total_power_hi_gw": _POWER,
    "log10_evidence": "z.2f",
    "diameter_lo_km": "z.2f",
    "diameter_hi_km": "z.2f",
    "sigma_major_km": "z.3f",
    "sigma_minor_km": "z.3f",
    "sigma_azimuth_deg": "z.1f",
    "dx_px": "z.3f",
    "dy_px": "z.3f",
    "sigma_px": "z.3f",
    "distance_km": "z.1f",
    "m_limit50_gw_um": _POWER,
    "m_limit90_gw_um": _POWER,
    "m_limit_relative_sigma": "z.3f",
    "reference_distance_km": "z.1f",
    "m_median_gw_um": _POWER,
    "m_median_lo_gw_um": _POWER,
    "m_median_hi_gw_um": _POWER,
    "m_max_gw_um": _POWER,
    "l_median_gw_um": _POWER,
    "l_max_gw_um": _POWER,
    "m_scatter": "z.3f",
    "m_scatter_lo": "z.3f",
    "m_scatter_hi": "z.3f",
    "m_variation": "z.3f",
    "m_ratio": "z.4g",
    "m_ratio_sigma": "z.1f",
    "ordinary_m_power_gw_um": "z.3g",
    "factor": "z.3g",
    "expected_false_alarms": "z.2g",
    "tb_k": "z.2f",
    "tb_sigma_k": "z.3f",
    "resolution_km": "z.1f",
    "lava_fraction": "z.4f",
    "lava_fraction_sigma": "z.4f",
    "relation_rms_k": "z.2e",
    "noise_k": "z.3f",
    "scale_sigma": "z.5f",
    "weight": "z.3f",
    "diode1_stray": "z.5f",
    "diode2_stray": "z.5f",
    "diode3_stray": "z.5f",
}


def write_sources(path: Path, sources: Iterable[SourceRecord]) -> None:
    """Write ``hotspots.csv``; no sources give a table of headings.

    Raises
    ------
    ProductError
        If a number that every source must have is not finite, or the file cannot be written.
    """
    write_rows(path, SourceRecord, sources)


def write_frames(path: Path, frames: Iterable[FrameRecord]) -> None:
    """Write ``frames.csv``; no frames give a table of headings.

    Raises
    ------
    ProductError
        If a number that every frame must have is not finite, or the file cannot be written.
    """
    write_rows(path, FrameRecord, frames)


def read_sources(path: Path) -> tuple[SourceRecord, ...]:
    """Read ``hotspots.csv`` back.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    return read_rows(path, SourceRecord)


def read_frames(path: Path) -> tuple[FrameRecord, ...]:
    """Read ``frames.csv`` back.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    return read_rows(path, FrameRecord)


def row_of_text(record: Any) -> dict[str, str]:
    """Cells of one record (a frozen dataclass) by column, as they stand in the table.

    Raises
    ------
    ProductError
        If a number that every record must have is not finite.
    """
    optional = _optional_fields(type(record))
    row = {}
    for heading, field in zip(column_names(type(record)), fields(record), strict=True):
        value = getattr(record, field.name)
        if isinstance(value, float) and not math.isfinite(value):
            if field.name not in optional:
                msg = f"{record}: {heading} is {value}; wanted a finite number"
                raise ProductError(msg)
            value = None
        row[heading] = _text(heading, value)
    return row


def _text(heading: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    text = format(value, _FORMATS[heading]) if heading in _FORMATS else str(value)
    # Rounding may close the circle, which the column's range leaves open.
    return format(0.0, _ANGLE) if heading == "lon_east_deg" and float(text) == 360 else text


def write_rows(path: Path, record_type: type[Record], records: Iterable[Record]) -> None:
    """Write records of one type as a table; none give a table of headings.

    Parameters
    ----------
    path : Path
    record_type : type
        Frozen dataclass; its fields are the columns.
    records : iterable of record_type

    Raises
    ------
    ProductError
        If a number that every record must have is not finite, or the file cannot be written.
    """
    stream = StringIO(newline="")
    writer = csv.DictWriter(stream, column_names(record_type), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row_of_text(record) for record in records)
    write_bytes(path, stream.getvalue().encode())


def read_rows(path: Path, record_type: type[Record]) -> tuple[Record, ...]:
    """Read a table of records of one type back.

    Parameters
    ----------
    path : Path
    record_type : type
        Frozen dataclass; its fields are the columns.

    Raises
    ------
    ProductError
        If the file is missing, lacks a column or holds a cell of the wrong kind.
    """
    headings = column_names(record_type)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
            missing = [name for name in headings if name not in (reader.fieldnames or ())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: cannot be read as a table ({error})"
        raise ProductError(msg) from error
    if missing:
        msg = f"{path}: no column {', '.join(missing)}; wanted a table written by this program"
        raise ProductError(msg)
    parsers = dict(zip(headings, _parsers(record_type), strict=True))
    return tuple(
        _record(path, number, row, record_type, parsers) for number, row in enumerate(rows, 2)
    )


def _record(
    path: Path,
    line: int,
    row: Mapping[str, str | None],
    record_type: Any,
    parsers: Mapping[str, Callable[[str], Any]],
) -> Any:
    values = {}
    for field, (heading, parse) in zip(fields(record_type), parsers.items(), strict=True):
        text = row[heading] or ""
        try:
            values[field.name] = parse(text)
        except ValueError as error:
            msg = f"{path}, line {line}: {heading} is {text!r} ({error})"
            raise ProductError(msg) from error
    return record_type(**values)


def _optional_fields(record_type: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(record_type) if type(None) in get_args(f.type))


def _parsers(record_type: type) -> list[Callable[[str], Any]]:
    """How to read each field's text, from the field's type."""
    hints = get_type_hints(record_type)
    return [_parser(hints[field.name]) for field in fields(record_type)]


def _parser(hint: Any) -> Callable[[str], Any]:
    members = get_args(hint)
    if type(None) in members:
        (inner,) = (_parser(member) for member in members if member is not type(None))
        return lambda text: inner(text) if text else None
    if hint is bool:
        return lambda text: bool(int(text))
    parser: Callable[[str], Any] = hint
    return parser
