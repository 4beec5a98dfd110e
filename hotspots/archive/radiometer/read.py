"""`read_hour`: instrument and geolocation tables of one hour, joined on time."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer import columns as names
from hotspots.archive.radiometer.epoch import ephemeris_time
from hotspots.archive.radiometer.order import (
    conflicting_rows,
    duplicated_rows,
    rows_out_of_order,
)
from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.radiometer.reasons import RowCount, RowFault, sum_of_counts
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.archive.radiometer.table import RowTable, read_table
from hotspots.archive.radiometer.units import (
    boresights_in_degrees,
    juno_from_jupiter,
    jupiter_angles_in_degrees,
)
from hotspots.errors import ArchiveError
from hotspots.radiometer import CHANNELS, RowFlag

__all__ = ["join_on_time", "read_hour"]

_FLAG_OF_FAULT = {
    RowFault.BLANK: RowFlag.BLANK,
    RowFault.NOT_A_NUMBER: RowFlag.NOT_A_NUMBER,
    RowFault.TRUNCATED: RowFlag.TRUNCATED,
}

_SAME_ROW_S = 0.05
"""Half of the shortest spacing of rows: times of one row in two tables are nearer."""


def read_hour(hour: RadiometerHour) -> tuple[RadiometerRows, tuple[RowCount, ...]]:
    """Read both tables of an hour.

    Parameters
    ----------
    hour : RadiometerHour
        Leap seconds must be loaded.

    Returns
    -------
    rows : RadiometerRows
        In order of time; a missing, damaged or shorter geolocation table leaves NaN and
        the flag NO_GEOLOCATION.
    counts : tuple of RowCount
        What was odd, by file.

    Raises
    ------
    ArchiveError
        If the instrument table cannot be used.
    KernelError
        If no leap seconds are loaded.
    """
    table = read_table(hour.instrument, names.INSTRUMENT_COLUMNS)
    order = _in_order(table, hour.instrument)
    values = table.numbers[order.rows]
    receivers = len(names.RECEIVERS)
    size = receivers * len(names.DIODES) * len(names.DIODE_POSITIONS)
    edges = np.cumsum([receivers, receivers, size, size, receivers])
    antenna, load, diode, diode_k, load_k, archived = np.split(values, edges, axis=1)
    conflict = conflicting_rows(antenna, order.again)
    flags = _flags(table, order, np.isnan(antenna))
    flags[conflict] |= np.uint16(RowFlag.DUPLICATE)
    order.counts[RowFault.CONFLICTING] = int(conflict.any(axis=1).sum())
    keep = ~order.again
    sky, missing, more = _geolocation(hour, order.et[keep])
    flags = flags[keep]
    flags[missing] |= np.uint16(RowFlag.NO_GEOLOCATION)
    diodes = (-1, receivers, len(names.DIODES), len(names.DIODE_POSITIONS))
    rows = RadiometerRows(
        et=order.et[keep],
        antenna_count=antenna[keep],
        load_count=load[keep],
        diode_count=diode[keep].reshape(diodes),
        diode_k=diode_k[keep].reshape(diodes),
        load_k=load_k[keep],
        archived_k=archived[keep],
        flags=flags,
        **sky,
    )
    counted = [
        RowCount(product_id=hour.product_id, fault=fault, rows=count)
        for fault, count in order.counts.items()
    ]
    return rows, sum_of_counts([*counted, *more])


def join_on_time(
    time: NDArray[np.float64], other: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each row of one table the row of the other that has its time.

    Parameters
    ----------
    time, other : arrays (n,), (m,) float64
        Times, s, both increasing.

    Returns
    -------
    place : array (n,) int
        Index into ``other``; meaningless where nothing was found.
    found : array (n,) bool
        Whether a time within half the spacing of rows stands there.
    """
    if not len(other):
        return np.zeros(len(time), np.intp), np.zeros(len(time), bool)
    after = np.clip(np.searchsorted(other, time), 0, len(other) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(other[before] - time) < np.abs(other[after] - time)
    place = np.where(nearer, before, after)
    return place, np.abs(other[place] - time) < _SAME_ROW_S


@dataclass(frozen=True)
class _Order:
    """Rows of a table by time: times, places in the table, copies, strays, what was odd."""

    et: NDArray[np.float64]
    rows: NDArray[np.intp]
    again: NDArray[np.bool_]
    stray: NDArray[np.bool_]
    counts: dict[RowFault, int]


def _in_order(table: RowTable, path: Path) -> _Order:
    et = ephemeris_time(table.time, table.utc, path)
    rows = np.argsort(et, kind="stable")
    again = duplicated_rows(et[rows])
    stray = rows_out_of_order(et)[rows]
    counts = table.counts | {
        RowFault.OUT_OF_ORDER: int(stray.sum()),
        RowFault.DUPLICATE: int(again.sum()),
    }
    return _Order(et[rows], rows, again, stray, counts)


def _flags(table: RowTable, order: _Order, missing: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """Bits of the cells without counts, by what is wrong with their row."""
    flags = np.zeros(missing.shape, np.uint16)
    for fault, flag in _FLAG_OF_FAULT.items():
        flags[table.faults[fault][order.rows][:, None] & missing] |= np.uint16(flag)
    flags[order.stray] |= np.uint16(RowFlag.UNORDERED)
    return flags


def _geolocation(
    hour: RadiometerHour, et: NDArray[np.float64]
) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.bool_], list[RowCount]]:
    """Fields of `RadiometerRows` at times, rows that have none, and what was odd."""
    values = np.full((len(et), len(names.GEOLOCATION_COLUMNS)), np.nan)
    found = np.zeros(len(et), bool)
    product_id, counts = hour.product_id, dict[RowFault, int]()
    path = hour.instrument if hour.geolocation is None else hour.geolocation
    fields = _geolocation_fields(values, path)
    if hour.geolocation is not None:
        try:
            table = read_table(path, names.GEOLOCATION_COLUMNS, gaps_are_faults=False)
            order = _in_order(table, path)
            times, rows = order.et[~order.again], order.rows[~order.again]
            place, found = join_on_time(et, times)
            values[found] = table.numbers[rows[place[found]]]
            fields = _geolocation_fields(values, path)
        except ArchiveError:
            # as good as missing, and counted as that
            found[:] = False
        else:
            product_id, counts = path.stem.upper(), order.counts
            counts[RowFault.NO_INSTRUMENT_ROW] = int((~join_on_time(times, et)[1]).sum())
    counts[RowFault.NO_GEOLOCATION] = int((~found).sum())
    return (
        fields,
        ~found,
        [RowCount(product_id=product_id, fault=fault, rows=n) for fault, n in counts.items()],
    )


def _geolocation_fields(values: NDArray[np.float64], path: Path) -> dict[str, NDArray[np.float64]]:
    """Columns by the names of `RadiometerRows`, in its units."""
    n, channels = len(values), len(CHANNELS)
    widths = [3 * channels, 2 * channels, channels, channels, 3]
    boresight, intercept, angle, cosine, position, below = np.split(
        values, np.cumsum(widths), axis=1
    )
    return {
        "boresight": boresights_in_degrees(boresight.reshape(n, channels, 3), path),
        "jupiter_intercept_deg": intercept.reshape(n, channels, 2),
        "jupiter_angle_deg": jupiter_angles_in_degrees(angle, cosine, path),
        "juno_from_jupiter_km": juno_from_jupiter(position, below, path),
    }
