r"""Shape and wavelengths of the spectrometer: numbers that its files do not carry.

The centre of channel n, counted from 0, is

.. math:: \lambda_n = 2006.761 + 8.99083\,n \;\mathrm{nm},

the grid that was delivered with a spectrum of Io of orbit 26, on which the bands of SO2
frost lie where the laboratory has them (2.79, 3.56, 4.07 and 4.37 um).  The formula of the
archive's SIS (version 7.5) starts at 1993.275 nm instead, 1.5 channels shorter.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CHANNELS",
    "CHANNEL_STEP_UM",
    "FIRST_WAVELENGTH_UM",
    "ROWS_OF_MODE",
    "SLIT_PIXELS",
    "channel_wavelengths_um",
]

CHANNELS = 336
"""Wavelengths of a spectrum (SIS, table 6)."""

SLIT_PIXELS = 256
"""Pixels along the slit, of one IFOV each (SIS, table 6; instrument kernel v02)."""

ROWS_OF_MODE = {"S1": SLIT_PIXELS, "S2": 64, "S3": 16}
"""Rows of a file by mode (SIS, table 6)."""

FIRST_WAVELENGTH_UM = 2.006761
CHANNEL_STEP_UM = 8.99083e-3


def channel_wavelengths_um(first_um: float = FIRST_WAVELENGTH_UM) -> NDArray[np.float64]:
    """Centres of the channels.

    Parameters
    ----------
    first_um : float
        Centre of the first one, um.

    Returns
    -------
    array (336,) float64
        um.
    """
    return np.asarray(first_um + CHANNEL_STEP_UM * np.arange(CHANNELS), np.float64)
