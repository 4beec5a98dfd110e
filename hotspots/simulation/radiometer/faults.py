"""What is wrong with the rows of an archive: lost fields, lines twice, lines out of place.

Faults are drawn beside the rows, so truth can list them.  Each row has one fault at most.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hotspots.config.checks import require_within
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["BadRow", "FaultRanges", "RowFault", "draw_faults"]


class RowFault(StrEnum):
    """Kinds of faults, as the table of truth names them."""

    BLANK = "blank"
    """Some fields in a row are empty."""
    NAN = "nan"
    """The archive's temperatures are NaN; counts are there."""
    DUPLICATE = "dup"
    """The line stands there twice."""
    SWAPPED = "swap"
    """The line stands after the next one."""
    SPIKE = "spike"
    """Interference: one receiver is far too warm."""
    NO_GEOLOCATION = "no_geolocation"
    """The geolocation's table has no such row."""
    TRUNCATED = "truncated"
    """The last line of the file ends early."""


@dataclass(frozen=True)
class FaultRanges:
    """How many rows of a flyby are bad; numbers are rounded.

    Parameters
    ----------
    blank, nan, duplicate, swapped, spikes, no_geolocation : Range
        Rows of each kind.
    spike_k : Range
        Size of a spike.
    truncated_fraction : float
        Part of the flybys whose last line is cut.
    no_table_fraction : float
        Part of the flybys that have no table of geolocation at all.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    blank: Range = Range(0.0, 8.0)
    nan: Range = Range(0.0, 6.0)
    duplicate: Range = Range(0.0, 6.0)
    swapped: Range = Range(0.0, 4.0)
    spikes: Range = Range(0.0, 6.0)
    no_geolocation: Range = Range(0.0, 6.0)
    spike_k: Range = Range(20.0, 200.0, logarithmic=True)
    truncated_fraction: float = 0.5
    no_table_fraction: float = 0.1

    def __post_init__(self) -> None:
        counts = ("blank", "nan", "duplicate", "swapped", "spikes", "no_geolocation")
        require_ranges(self, 0.0, 500.0, *counts)
        require_ranges(self, 0.0, 1e5, "spike_k")
        require_within(self, 0.0, 1.0, "truncated_fraction", "no_table_fraction")


@dataclass(frozen=True)
class BadRow:
    """One bad row.

    Parameters
    ----------
    row : int
        Its place among the rows in time order.
    fault : RowFault
    first, count : int
        Fields that are blank, counted from 0 without the times; receiver of a spike.
    size_k : float
        Of a spike.
    """

    row: int
    fault: RowFault
    first: int = 0
    count: int = 0
    size_k: float = 0.0


def draw_faults(
    ranges: FaultRanges, rows: int, fields: int, receivers: int, rng: np.random.Generator
) -> tuple[BadRow, ...]:
    """Draw bad rows.

    Parameters
    ----------
    ranges : FaultRanges
    rows : int
        Rows of the flyby.
    fields : int
        Fields of a row without the times.
    receivers : int
    rng : numpy.random.Generator

    Returns
    -------
    tuple of BadRow
        In time order, none beside another.
    """
    kinds = (
        [RowFault.BLANK] * round(ranges.blank.draw(rng))
        + [RowFault.NAN] * round(ranges.nan.draw(rng))
        + [RowFault.DUPLICATE] * round(ranges.duplicate.draw(rng))
        + [RowFault.SWAPPED] * round(ranges.swapped.draw(rng))
        + [RowFault.SPIKE] * round(ranges.spikes.draw(rng))
        + [RowFault.NO_GEOLOCATION] * round(ranges.no_geolocation.draw(rng))
    )
    # Every third row can be bad, so that none touches another; not the first nor the last.
    places = 1 + 3 * rng.permutation(max(0, (rows - 3) // 3))
    bad = []
    for kind, row in zip(kinds, places, strict=False):
        first, count, size = 0, 0, 0.0
        if kind is RowFault.BLANK:
            count = int(rng.integers(1, 60))
            first = int(rng.integers(0, fields - count))
        elif kind is RowFault.SPIKE:
            first, size = int(rng.integers(receivers)), ranges.spike_k.draw(rng)
        bad.append(BadRow(int(row), kind, first, count, size))
    if rng.random() < ranges.truncated_fraction:
        bad.append(BadRow(rows - 1, RowFault.TRUNCATED))
    return tuple(sorted(bad, key=lambda one: one.row))
