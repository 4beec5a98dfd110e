"""The second way: the geolocation file's own columns, without an attitude kernel.

Boresight and roll in J2000 give each antenna's axes; Juno's place is its System III vector
turned to J2000; Io comes from its ephemeris alone.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.attitude import axes_from_angles
from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.places import assembled, places
from hotspots.radiometer import RadiometerSwath

__all__ = ["beams_from_columns", "completed"]

Float64 = NDArray[np.float64]


def beams_from_columns(swath: RadiometerSwath) -> Beams:
    """Beams of a swath from its geolocation columns.

    Parameters
    ----------
    swath : RadiometerSwath
        Rows without geolocation give NaN beams.

    Returns
    -------
    Beams

    Raises
    ------
    KernelError
        If the loaded kernels lack Io's ephemeris or the axes of Io or Jupiter.
    """
    known = places(swath.et)
    juno = np.einsum("nji,nj->ni", known.to_jupiter, swath.juno_from_jupiter_km)
    return assembled(swath.et, axes_from_angles(swath.boresight), juno, known)


def completed(beams: Beams, other: Beams) -> Beams:
    """``beams`` with the rows that they do not know taken from ``other``, row by row."""
    rows = np.asarray(np.all(beams.known, axis=1))
    return Beams(
        beams.et,
        np.where(rows[:, None, None, None], beams.axes, other.axes),
        np.where(rows[:, None], beams.juno_km, other.juno_km),
        np.where(rows[:, None], beams.jupiter_km, other.jupiter_km),
        beams.sky,
        beams.jupiter_axes,
    )
