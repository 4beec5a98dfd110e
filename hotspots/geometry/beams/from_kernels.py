"""The first way to know where the antennas looked: attitude and frame kernels.

The frame kernel fixes the six antennas to the spacecraft, by nominal angles.
"""

import numpy as np
import spiceypy
from numpy.typing import NDArray
from spiceypy.utils.exceptions import SpiceyError

from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.places import assembled, places, spice_problem
from hotspots.radiometer import CHANNELS

__all__ = ["beams_from_kernels"]

Float64 = NDArray[np.float64]

SPACECRAFT = "JUNO"
SPACECRAFT_FRAME = "JUNO_SPACECRAFT"


def beams_from_kernels(et: Float64) -> Beams:
    """Beams of many rows, all from SPICE.

    Parameters
    ----------
    et : array (n,) float64
        Middle of the integrations, TDB seconds past J2000.

    Returns
    -------
    Beams

    Raises
    ------
    KernelError
        If the loaded kernels do not cover an epoch, or lack a body or an antenna's frame.
    """
    known = places(et)
    try:
        juno = [spiceypy.spkpos(SPACECRAFT, time, "J2000", "NONE", "JUPITER")[0] for time in et]
        craft = [spiceypy.pxform("J2000", SPACECRAFT_FRAME, time) for time in et]
        antennas = [
            spiceypy.pxform(SPACECRAFT_FRAME, channel.frame, 0.0 if len(et) == 0 else et[0])
            for channel in CHANNELS
        ]
    except SpiceyError as error:
        raise spice_problem(error, "no attitude of the radiometer's antennas") from error
    to_craft = np.asarray(craft, np.float64).reshape(-1, 3, 3)
    axes = np.asarray(antennas) @ to_craft[:, None]
    return assembled(et, axes, np.asarray(juno, np.float64).reshape(-1, 3), known)
