"""Light that one frame alone delivered: a particle hit that the median could not catch.

If all the light of a source of stacked signal over noise s came from one frame, the
reduced chi square between frames would rise by about a tenth of s^2 in its core; light
that all frames share leaves it near one.  Where more than three frames overlap, hits
have been rejected before; where one looked, nothing can be said.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["one_frame_light"]

Float64 = NDArray[np.float64]

SHARE = 0.06
"""Rise of chi square over s^2 from which light is taken for that of one frame."""

CORE = 1
"""Half side of the core, cells."""

FRAMES = (2, 3)
"""Fewest and most frames that this can judge."""


def one_frame_light(row: float, column: float, snr: float, chi2: Float64, frames: Float64) -> bool:
    """Whether the frames contradict each other as only a hit in one of them makes them.

    Parameters
    ----------
    row, column : float
        Place of the source, fractional cells.
    snr : float
        Its stacked signal over noise.
    chi2, frames : arrays (rows, columns)
        Reduced chi square between frames (NaN for one frame), and their number.

    Returns
    -------
    bool
        Always False where the number of frames is not within `FRAMES`.
    """
    r, c = int(row), int(column)
    part = (slice(max(r - CORE, 0), r + CORE + 1), slice(max(c - CORE, 0), c + CORE + 1))
    count = frames[part]
    if not count.size or not FRAMES[0] <= round(float(np.median(count))) <= FRAMES[1]:
        return False
    core = chi2[part][np.isfinite(chi2[part])]
    return bool(core.size) and float(core.mean()) - 1.0 > SHARE * snr**2
