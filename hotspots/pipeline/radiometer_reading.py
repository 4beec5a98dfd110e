"""Radiometer, stage 1: the hours of a visit to rows, those far from Io left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotspots.archive.radiometer.nearness import beam_filling, io_from_juno_km
from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.radiometer.read import read_hour
from hotspots.archive.radiometer.reasons import RowCount, RowFault, sum_of_counts
from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.errors import ArchiveError

__all__ = ["RadiometerReading", "read_radiometer"]


@dataclass(frozen=True)
class RadiometerReading:
    """What the tables of a visit gave.

    Parameters
    ----------
    rows : RadiometerRows or None
        In order of time; None if no table could be used.
    counts : tuple of RowCount
        What was odd with how many rows.
    products : tuple of FrameRecord
        What became of each instrument table, for ``frames.csv``.
    """

    rows: RadiometerRows | None
    counts: tuple[RowCount, ...]
    products: tuple[FrameRecord, ...]


def read_radiometer(
    hours: Sequence[RadiometerHour], minimum_filling: float, window_s: float
) -> RadiometerReading:
    """Read the tables of a visit.

    Parameters
    ----------
    hours : sequence of RadiometerHour
        In order of time; kernels must be loaded.
    minimum_filling : float
        Rows are kept while Io fills this share of the narrowest beam.
    window_s : float
        And this long before and after the closest approach, s.

    Returns
    -------
    RadiometerReading
        A table that cannot be used is a record with its reason; the others go on.

    Raises
    ------
    KernelError
        If no leap seconds are loaded.
    """
    parts: list[tuple[RadiometerHour, RadiometerRows]] = []
    counts: list[RowCount] = []
    products = []
    last = closest_et = -np.inf
    closest_km = np.inf
    for hour in hours:
        try:
            rows, odd = read_hour(hour)
        except ArchiveError as error:
            reason = str(error).removeprefix(f"{hour.instrument}: ")
            products.append(_record(hour, FrameStatus.FAILED, reason))
            continue
        distance = np.linalg.norm(io_from_juno_km(rows.et), axis=-1)
        near = beam_filling(distance) >= minimum_filling
        # an hour may begin with the last rows of the one before
        overlap = rows.et <= last
        counts += odd
        counts.append(_count(hour, RowFault.FAR_FROM_IO, int((~near).sum())))
        counts.append(_count(hour, RowFault.DUPLICATE, int((near & overlap).sum())))
        kept = rows.select(near & ~overlap)
        parts.append((hour, kept))
        if len(kept):
            last = kept.et[-1]
            here = int(np.nanargmin(distance))
            if distance[here] < closest_km:
                closest_et, closest_km = rows.et[here], distance[here]
    used = []
    for hour, kept in parts:
        inside = np.abs(kept.et - closest_et) <= window_s
        counts.append(_count(hour, RowFault.FAR_FROM_IO, int((~inside).sum())))
        status, reason = FrameStatus.USED, ""
        if inside.any():
            used.append(kept.select(inside))
        else:
            status, reason = FrameStatus.REJECTED, "no row near Io"
        products.append(_record(hour, status, reason))
    return RadiometerReading(
        rows=RadiometerRows.concatenate(used) if used else None,
        counts=sum_of_counts(counts),
        products=tuple(sorted(products, key=lambda record: record.product_id)),
    )


def _count(hour: RadiometerHour, fault: RowFault, rows: int) -> RowCount:
    return RowCount(product_id=hour.product_id, fault=fault, rows=rows)


def _record(hour: RadiometerHour, status: FrameStatus, reason: str) -> FrameRecord:
    return FrameRecord(product_id=hour.product_id, status=status, reason=reason)
