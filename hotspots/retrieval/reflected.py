"""Bright ground in sunlight told from lava by its colour."""

import math

from hotspots.retrieval.measurement import Power

__all__ = ["is_reflected"]

BLUEST_LAVA = 1.6
"""Spectral power in L over M of a grey body of 1,075 K."""

FAINT_SNR = 25.0
"""Brighter sources are believed whatever their colour."""


def is_reflected(powers: dict[str, Power], snr: float, cos_incidence: float) -> bool:
    """Whether a faint source in sunlight has the colour of sunlight, not of lava.

    Bright ground stands out by 4.4 times as much spectral power in L as in M (the ratio
    of the sunlit disc).  Lava that blue would be hotter than any but that of outbursts,
    and those are not faint.

    Parameters
    ----------
    powers : dict of str to Power
        By band.
    snr : float
        Signal over noise of the source in M.
    cos_incidence : float
        Of sunlight at its place.

    Returns
    -------
    bool
        False at night, where one of the bands is missing, and wherever the errors allow
        lava.
    """
    if cos_incidence <= 0 or snr > FAINT_SNR or not {"L", "M"} <= powers.keys():
        return False
    excess = powers["L"].value - BLUEST_LAVA * powers["M"].value
    return excess > math.hypot(powers["L"].sigma, BLUEST_LAVA * powers["M"].sigma)
