"""How much warmer ground looks that is wholly lava, by channel and age."""

import numpy as np
from numpy.typing import NDArray

from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.cooling_lava import MAGMA_K, lava_seen_k

__all__ = ["AGES_YR", "AGE_CLASSES_YR", "CLASS_OF_AGE", "lava_gain"]

Float64 = NDArray[np.float64]

AGE_CLASSES_YR = ((1.0, 3.0), (3.0, 10.0), (10.0, 30.0), (30.0, 100.0))
"""Ages that six channels can tell apart at best.  Younger lava glows in the infrared; older
has too little heat left within the reach of the longest wave."""

_PER_CLASS = 2

AGES_YR = np.concatenate(
    [
        np.exp(np.log(low) + (np.arange(_PER_CLASS) + 0.5) / _PER_CLASS * np.log(high / low))
        for low, high in AGE_CLASSES_YR
    ]
)
"""Ages (8,) at which likelihoods are worked out; all logarithms of age are equally likely."""

CLASS_OF_AGE = np.repeat(np.arange(len(AGE_CLASSES_YR)), _PER_CLASS)
"""Class (8,) that each of `AGES_YR` belongs to."""


def lava_gain(penetration_wavelengths: float) -> Float64:
    """Part of the difference of magma and surface that is seen of lava, from straight above.

    Parameters
    ----------
    penetration_wavelengths : float
        Penetration depth over the wavelength in vacuum.

    Returns
    -------
    array (8, 6) float64
        By age (`AGES_YR`) and channel, 0..1.
    """
    wavelength = 0.299792458 / np.array([channel.frequency_ghz for channel in CHANNELS])
    depth = penetration_wavelengths * wavelength
    return lava_seen_k(depth, AGES_YR[:, None], 0.0) / MAGMA_K
