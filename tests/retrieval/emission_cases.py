"""Powers of made sources, and draws of sources from the published priors."""

import numpy as np

from hotspots.planck import L_BAND, M_BAND, exitance_gw_km2, exitance_gw_um_km2
from hotspots.retrieval.emission import SourcePowers
from hotspots.retrieval.emission_lakes import LakeSizes
from hotspots.retrieval.emission_likelihood import BandPowers


def band(value, part=0.05, *, sigma=None):
    """Powers with symmetric errors of a part of them, or of ``sigma``."""
    value = np.atleast_1d(np.asarray(value, dtype=float))
    sigma = part * value if sigma is None else np.broadcast_to(sigma, value.shape)
    nothing = np.full(value.shape, np.nan)
    return BandPowers(value, value - sigma, value + sigma, nothing, nothing)


def missing(count):
    return BandPowers(*np.full((5, count), np.nan))


def lower_limit(value):
    value = np.atleast_1d(np.asarray(value, dtype=float))
    nothing = np.full(value.shape, np.nan)
    return BandPowers(value, 0.95 * value, nothing, nothing, nothing)


def grey(kelvin, area_km2=1.0):
    """Powers in L and M and total power of grey bodies; sums over the last axis."""
    kelvin = np.asarray(kelvin, dtype=float)
    return tuple(
        np.asarray(area_km2 * exitance)
        for exitance in (
            exitance_gw_um_km2(L_BAND, kelvin),
            exitance_gw_um_km2(M_BAND, kelvin),
            exitance_gw_km2(kelvin),
        )
    )


def no_lakes(count, sizes=2):
    return LakeSizes(np.full((count, sizes), np.nan), np.zeros(count))


def sources(l_power, m_power, lakes=None):
    count = len(m_power.value)
    lakes = no_lakes(count) if lakes is None else lakes
    return SourcePowers(l_power, m_power, np.zeros(count), lakes)
