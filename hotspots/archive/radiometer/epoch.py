"""The epoch of ``t_ephem_time``, proved on the column of UTC.

The label says "seconds since 12:00 AM Jan. 1, 2000", which is midnight; ephemeris time
counts from noon.  Half a day of error would put Juno 1.3 million kilometres off.
"""

from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.errors import ArchiveError, KernelError

__all__ = ["MIDNIGHT_S", "ephemeris_time"]

MIDNIGHT_S = 43200.0
"""Seconds from the midnight of the label to the noon of J2000."""

_TOLERANCE_S = 0.01
"""UTC has 1 ms."""

_WITNESSES = 16
"""Rows that are compared, about."""


def ephemeris_time(
    time: NDArray[np.float64], utc: NDArray[np.str_], path: Path
) -> NDArray[np.float64]:
    """TDB seconds past J2000 (noon) of rows.

    HITS: none known; a file that took its label at its word would be 43 200 s off.

    Parameters
    ----------
    time : array (n,) float64
        ``t_ephem_time``.
    utc : array (n,) of str
        ``t_utc_doy``, ``yyyy-doyThh:mm:ss.sss``.
    path : Path
        File, for the message.

    Returns
    -------
    array (n,) float64

    Raises
    ------
    ArchiveError
        If the two columns agree on neither epoch, or no row has both.
    KernelError
        If no leap seconds are loaded.
    """
    with_utc = np.flatnonzero(np.char.str_len(utc) > 0)
    chosen = with_utc[:: max(1, len(with_utc) // _WITNESSES)]
    offsets = [time[row] - _seconds(str(utc[row]), path) for row in chosen]
    if not offsets:
        msg = f"{path}: no row has t_utc_doy, so that the epoch of t_ephem_time is unknown"
        raise ArchiveError(msg)
    # a single garbled row must not decide
    offset = float(np.nanmedian(offsets)) if np.isfinite(offsets).any() else float("nan")
    for epoch in (0.0, MIDNIGHT_S):
        if abs(offset - epoch) < _TOLERANCE_S:
            return time - epoch
    msg = (
        f"{path}: t_ephem_time is {offset:.3f} s off t_utc_doy; wanted TDB seconds past "
        f"J2000, or {MIDNIGHT_S:.0f} s more (from midnight)"
    )
    raise ArchiveError(msg)


def _seconds(utc: str, path: Path) -> float:
    try:
        return float(spiceypy.utc2et(utc))
    except spiceypy.exceptions.SpiceyError as error:
        if error.short == "SPICE(MISSINGTIMEINFO)" or "LEAPSEC" in error.short.upper():
            msg = f"{path}: t_utc_doy needs a leap seconds kernel (LSK)"
            raise KernelError(msg) from error
        return float("nan")
