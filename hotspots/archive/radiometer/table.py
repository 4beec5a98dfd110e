"""`read_table`: some columns of a delimited table as numbers, and the faults of its rows."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import TIME, UTC
from hotspots.archive.radiometer.lines import LineBlock, line_blocks, read_header
from hotspots.archive.radiometer.reasons import RowFault
from hotspots.errors import ArchiveError

__all__ = ["RowTable", "read_table"]


@dataclass(frozen=True)
class RowTable:
    """Columns of one file, rows as they stand in it.

    Parameters
    ----------
    time : array (n,) float64
        ``t_ephem_time`` as the file has it, s; finite.
    utc : array (n,) of str
        ``t_utc_doy``.
    numbers : array (n, columns) float64
        The columns asked for, in that order; NaN where there is no number.
    faults : dict of RowFault to array (n,) bool
        Rows with blank fields, NaN or a broken line.
    counts : dict of RowFault to int
        Rows of each kind in the whole file, those that were left out included.
    """

    time: NDArray[np.float64]
    utc: NDArray[np.str_]
    numbers: NDArray[np.float64]
    faults: dict[RowFault, NDArray[np.bool_]]
    counts: dict[RowFault, int]


_MARKED = (RowFault.BLANK, RowFault.NOT_A_NUMBER, RowFault.TRUNCATED)


def read_table(path: Path, columns: Sequence[str], *, gaps_are_faults: bool = True) -> RowTable:
    """Read columns of a table, in blocks of lines.

    Parameters
    ----------
    path : Path
        CSV file with one line of column names; ends of line CRLF or LF.
    columns : sequence of str
        Names of the columns wanted beside the two of time.
    gaps_are_faults : bool
        Whether a field that is empty or ``NaN`` is counted as a fault of its row.

    Returns
    -------
    RowTable
        Without the rows whose time is unknown and the lines of a wrong length.

    Raises
    ------
    ArchiveError
        If the file cannot be read, lacks a column or has no row with a time.
    """
    header = read_header(path)
    missing = [name for name in (TIME, UTC, *columns) if name not in header]
    if missing:
        shown = ", ".join(missing[:5])
        msg = f"{path}: no column {shown}; wanted a table of the radiometer's RDR level"
        raise ArchiveError(msg)
    parts = [
        _parsed(block, header, columns)
        for block in line_blocks(path, fields=len(header), gaps_are_faults=gaps_are_faults)
    ]
    if not any(len(part.time) for part in parts):
        msg = f"{path}: holds no row with a time"
        raise ArchiveError(msg)
    return RowTable(
        time=np.concatenate([part.time for part in parts]),
        utc=np.concatenate([part.utc for part in parts]),
        numbers=np.concatenate([part.numbers for part in parts]),
        faults={fault: np.concatenate([part.faults[fault] for part in parts]) for fault in _MARKED},
        counts={
            fault: sum(part.counts[fault] for part in parts)
            for fault in (*_MARKED, RowFault.WRONG_LENGTH, RowFault.NO_TIME)
        },
    )


def _parsed(block: LineBlock, header: tuple[str, ...], columns: Sequence[str]) -> RowTable:
    marks = {fault: np.zeros(block.lines, bool) for fault in _MARKED}
    for place, fault in block.faults:
        marks[fault][place] = True
    utc, numbers, garbled = _numbers(block, header, columns)
    marks[RowFault.NOT_A_NUMBER] |= garbled
    known = np.isfinite(numbers[:, 0])
    counts = {fault: int(mark.sum()) for fault, mark in marks.items()}
    counts[RowFault.WRONG_LENGTH] = block.dropped
    counts[RowFault.NO_TIME] = int((~known).sum())
    return RowTable(
        time=numbers[known, 0],
        utc=utc[known],
        numbers=numbers[known, 1:],
        faults={fault: mark[known] for fault, mark in marks.items()},
        counts=counts,
    )


def _numbers(
    block: LineBlock, header: tuple[str, ...], columns: Sequence[str]
) -> tuple[NDArray[np.str_], NDArray[np.float64], NDArray[np.bool_]]:
    """UTC (n,), time and columns (n, 1 + columns), rows with text that is no number (n,)."""
    names = (TIME, *columns)
    garbled = np.zeros(block.lines, bool)
    if not block.lines:
        return np.zeros(0, "U32"), np.zeros((0, len(names))), garbled
    frame = pd.read_csv(
        BytesIO(block.text),
        header=None,
        names=list(header),
        usecols=[UTC, *names],
        dtype={UTC: str},
        keep_default_na=False,
        na_values=["", "NaN", "nan", "NAN"],
        encoding="latin-1",
        quoting=csv.QUOTE_NONE,
        low_memory=False,
    )
    numbers = np.empty((block.lines, len(names)))
    for place, name in enumerate(names):
        column = pd.to_numeric(frame[name], errors="coerce")
        garbled |= (column.isna() & frame[name].notna()).to_numpy()
        numbers[:, place] = column.to_numpy(dtype=np.float64)
    return frame[UTC].fillna("").to_numpy(dtype="U32"), numbers, garbled
