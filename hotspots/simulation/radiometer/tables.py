"""The archive's hourly tables: text of every row, faults put in, one file an hour and kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.simulation.radiometer.column_names import (
    GEOLOCATION_NAMES,
    INSTRUMENT_NAMES,
    THERMISTOR_NAMES,
)
from hotspots.simulation.radiometer.faults import BadRow, RowFault
from hotspots.simulation.radiometer.hourly_table import HourlyTable, hourly_table
from hotspots.simulation.radiometer.receiver import RECEIVERS, ReceiverRecord

__all__ = [
    "hourly_tables",
    "instrument_columns",
    "time_texts",
    "with_spikes",
]

Float64 = NDArray[np.float64]

_TIMES = 2
_COUNT_FORMAT, _WHOLE_FORMAT, _KELVIN_FORMAT, _ANGLE_FORMAT = "%.3f", "%.1f", "%.4f", "%.5f"
_DAY_HOUR = len("2023-364T08")


def time_texts(et: Float64) -> tuple[str, ...]:
    """Times as ``2023-364T08:30:00.866``; the leap seconds must be loaded."""
    return tuple(spiceypy.et2utc(time, "ISOD", 3) for time in et)


def with_spikes(record: ReceiverRecord, bad: Iterable[BadRow]) -> ReceiverRecord:
    """Add the spikes among bad rows to counts and to what the archive makes of them."""
    counts, archived = record.antenna_counts.copy(), record.archived_k.copy()
    diode = record.diode - 1
    for one in bad:
        if one.fault is RowFault.SPIKE:
            row, receiver = one.row, one.first
            gain = (
                record.diode_counts[row, receiver, diode, 0]
                / record.diode_k[row, receiver, diode, 0]
            )
            added = np.round(one.size_k * gain)
            counts[row, receiver] += added
            archived[row, receiver] += added / gain
    return replace(record, antenna_counts=counts, archived_k=archived)


def instrument_columns(record: ReceiverRecord, rng: np.random.Generator) -> dict[str, Float64]:
    """Columns of the instrument's table but the times, by name."""
    columns: dict[str, Float64] = {}
    rows = len(record)
    for name in THERMISTOR_NAMES:
        level = 172.0 if name.startswith("A") else 235.0 if name.startswith("RFTL") else 295.0
        columns[name] = rng.normal(level, 2.0) + rng.normal(0.0, 0.03, rows)
    for i, receiver in enumerate(RECEIVERS):
        columns[receiver + "AntCnt"] = record.antenna_counts[:, i]
        columns[receiver + "RefCnt"] = record.load_counts[:, i]
        columns[receiver + "TA"] = record.archived_k[:, i]
        columns[receiver + "TOFF"] = record.load_k[:, i]
        for diode in range(3):
            for place, position in enumerate("AR"):
                ending = f"{diode + 1}{position}"
                columns[f"{receiver}ND{ending}Cnt"] = record.diode_counts[:, i, diode, place]
                columns[f"{receiver}TND{ending}"] = record.diode_k[:, i, diode, place]
    return columns


def hourly_tables(
    orbit: int,
    et: Float64,
    utc: Sequence[str],
    instrument: Mapping[str, Float64],
    geolocation: Mapping[str, Float64] | None,
    bad: Sequence[BadRow],
) -> tuple[HourlyTable, ...]:
    """Tables and labels of a flyby, with its faults.

    Parameters
    ----------
    orbit : int
    et : array (n,)
        TDB seconds past J2000.
    utc : sequence of n str
        From `time_texts`.
    instrument : mapping of str to array (n,)
    geolocation : mapping of str to array (n,), or None
        None for a flyby that has lost it.
    bad : sequence of BadRow

    Returns
    -------
    tuple of HourlyTable
        By hour; of each hour the instrument's comes first.
    """
    faults = {one.row: one for one in bad}
    hours = sorted({text[:_DAY_HOUR] for text in utc})
    tables = []
    for hour in hours:
        rows = [i for i, text in enumerate(utc) if text.startswith(hour)]
        lines = _instrument_lines(rows, et, utc, instrument, faults)
        tables.append(hourly_table(orbit, "I", hour, INSTRUMENT_NAMES, lines, utc, rows))
        if geolocation is None:
            continue
        known = [
            i for i in rows if i not in faults or faults[i].fault is not RowFault.NO_GEOLOCATION
        ]
        lines = _lines(known, et, utc, geolocation, GEOLOCATION_NAMES)
        tables.append(hourly_table(orbit, "G", hour, GEOLOCATION_NAMES, lines, utc, known))
    return tuple(tables)


def _instrument_lines(
    rows: Sequence[int],
    et: Float64,
    utc: Sequence[str],
    columns: Mapping[str, Float64],
    faults: Mapping[int, BadRow],
) -> list[str]:
    """Lines of an hour with its faults."""
    lines: list[str] = []
    held: str | None = None
    for row, line in zip(rows, _lines(rows, et, utc, columns, INSTRUMENT_NAMES), strict=True):
        fault = faults.get(row)
        match fault.fault if fault else None:
            case RowFault.BLANK:
                assert fault is not None
                here = [_damaged(line, fault.first, fault.count, "")]
            case RowFault.NAN:
                first = INSTRUMENT_NAMES.index("R1_1TA") - _TIMES
                here = [_damaged(line, first, len(RECEIVERS), "NaN")]
            case RowFault.DUPLICATE:
                here = [line, line]
            case RowFault.SWAPPED:
                held = line
                continue
            case RowFault.TRUNCATED:
                here = [line[: 2 * len(line) // 3]]
            case _:
                here = [line]
        lines += here
        if held is not None:
            lines.append(held)
            held = None
    return lines if held is None else [*lines, held]


def _damaged(line: str, first: int, count: int, text: str) -> str:
    fields = line.split(",")
    start = _TIMES + first
    fields[start : start + count] = [text] * count
    return ",".join(fields)


def _lines(
    rows: Sequence[int],
    et: Float64,
    utc: Sequence[str],
    columns: Mapping[str, Float64],
    names: Sequence[str],
) -> list[str]:
    pattern = ",".join(map(_format, names[_TIMES:]))
    values = np.stack([columns[name][list(rows)] for name in names[_TIMES:]], axis=1)
    return [
        f"{et[row]:.6f},{utc[row]}," + (pattern % tuple(line)).replace("nan", "NaN")
        for row, line in zip(rows, values.tolist(), strict=True)
    ]


def _format(name: str) -> str:
    if name.endswith("AntCnt"):
        return _WHOLE_FORMAT
    if name.endswith("Cnt"):
        return _COUNT_FORMAT
    if name.endswith(("TA", "TOFF")) or "TND" in name or name in THERMISTOR_NAMES:
        return _KELVIN_FORMAT
    if name.startswith(("F", "angle", "JDSS", "JMag", "S3RH")) and not name.endswith("JcJn"):
        return "%.7f"
    return "%.3f" if name.endswith("JcJn") or name.startswith("range") else _ANGLE_FORMAT
