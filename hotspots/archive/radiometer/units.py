"""Units and signs of the geolocation table, which its label does not state.

Each function decides by a relation inside the table that only one reading can satisfy, and
by the median of its rows: a garbled one does not decide.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import ArchiveError

__all__ = ["boresights_in_degrees", "juno_from_jupiter", "jupiter_angles_in_degrees"]

_ANTENNA_1_TO_OTHERS_DEG = 120.0
"""Between the boresights of A1 and of A2 to A6 (frame kernel ``juno_v12.tf``)."""

_TOLERANCE_DEG = 2.0
"""Antennas may be mounted a little askew; degrees taken for radians are off by far more."""

_COSINE_TOLERANCE = 0.01


def boresights_in_degrees(boresight: NDArray[np.float64], path: Path) -> NDArray[np.float64]:
    """Longitude, latitude and rotation of boresights in degrees.

    Parameters
    ----------
    boresight : array (n, 6, 3) float64
        As in the table.
    path : Path
        File, for the message.

    Returns
    -------
    array (n, 6, 3) float64
        The unit is the one in which A1 is 120 degrees from A2.

    Raises
    ------
    ArchiveError
        If neither unit fits.
    """
    for degrees in (boresight, np.degrees(boresight)):
        vectors = _unit_vectors(degrees[:, :2, :2])
        between = np.degrees(np.arccos(np.clip((vectors[:, 0] * vectors[:, 1]).sum(-1), -1, 1)))
        seen = between[np.isfinite(between)]
        if not len(seen) or abs(np.median(seen) - _ANTENNA_1_TO_OTHERS_DEG) < _TOLERANCE_DEG:
            return degrees
    msg = f"{path}: boresights A1 and A2 are not 120 degrees apart in degrees nor in radians"
    raise ArchiveError(msg)


def jupiter_angles_in_degrees(
    angles: NDArray[np.float64], cosines: NDArray[np.float64], path: Path
) -> NDArray[np.float64]:
    """Angles between boresight and Jupiter in degrees.

    Parameters
    ----------
    angles : array (n, 6) float64
        ``angle_JnJc_B*``; users of the archive take it for radians.
    cosines : array (n, 6) float64
        ``F*_dcz_JnJc``, the same angles' cosines.
    path : Path
        File, for the message.

    Returns
    -------
    array (n, 6) float64

    Raises
    ------
    ArchiveError
        If neither unit has these cosines.
    """
    known = np.isfinite(angles) & np.isfinite(cosines)
    for degrees in (np.degrees(angles), angles):
        off = np.abs(np.cos(np.radians(degrees[known])) - cosines[known])
        if not len(off) or np.median(off) < _COSINE_TOLERANCE:
            return degrees
    msg = f"{path}: angle_JnJc_B* has not the cosines F*_dcz_JnJc, in degrees nor in radians"
    raise ArchiveError(msg)


def juno_from_jupiter(
    position: NDArray[np.float64], sub_juno_deg: NDArray[np.float64], path: Path
) -> NDArray[np.float64]:
    """Juno from Jupiter's centre, whichever way the table has it.

    HITS: the label calls the columns "Juno to Jupiter center"; their users take them for
    the reverse.

    Parameters
    ----------
    position : array (n, 3) float64
        ``S3RH_*_JcJn``, km.
    sub_juno_deg : array (n, 2) float64
        East longitude and latitude of Jupiter below Juno, which decide.
    path : Path
        File, for the message.

    Returns
    -------
    array (n, 3) float64

    Raises
    ------
    ArchiveError
        If the vectors point neither towards that place nor away from it.
    """
    towards = _unit_vectors(sub_juno_deg)
    cosine = (towards * position).sum(-1) / np.linalg.norm(position, axis=-1)
    seen = cosine[np.isfinite(cosine)]
    if not len(seen) or np.median(seen) > 1 - _COSINE_TOLERANCE:
        return position
    if np.median(seen) < _COSINE_TOLERANCE - 1:
        return -position
    msg = f"{path}: S3RH_*_JcJn and PC_*_JsJnJc disagree on where Juno is"
    raise ArchiveError(msg)


def _unit_vectors(place_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    longitude, latitude = np.radians(place_deg[..., 0]), np.radians(place_deg[..., 1])
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
