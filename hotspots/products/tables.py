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
from hotspots.products.table_formats import ANGLE, FORMATS

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
    text = format(value, FORMATS[heading]) if heading in FORMATS else str(value)
    # Rounding may close the circle, which the column's range leaves open.
    return format(0.0, ANGLE) if heading == "lon_east_deg" and float(text) == 360 else text


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
