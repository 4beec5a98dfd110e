"""`LavaMap`: warm lava below the surface of Io, cell by cell, and what it was judged by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.microwave.passive_fit import PassiveFit

__all__ = ["LavaMap"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class LavaMap:
    """Warm lava in c cells; NaN where there is no spectrum.

    Parameters
    ----------
    lava_fraction, lava_fraction_sigma : array (c,)
        Part of the area within ``resolution_km`` that is lava of 1 to 100 years, mean and
        standard deviation.
    probability : array (c,)
        Of there being any.
    log10_evidence : array (c,)
        Of lava against a change of emissivity alone.
    age_probability : array (c, 4)
        Of the classes `hotspots.retrieval.microwave.lava_spectrum.AGE_CLASSES_YR`.
    resolution_km : array (c,)
        Common resolution of the six channels.
    spectrum_k, spectrum_sigma_k, passive_k : array (c, 6)
        Brightness temperatures at that resolution, and the passive model's.
    warm : array (c,) bool
        Whether the probability reaches the stated confidence.
    passive : PassiveFit
    values, sigmas : dict of str to float
        Physical values of the passive model; standard deviations over those of the priors.
    """

    lava_fraction: Float64
    lava_fraction_sigma: Float64
    probability: Float64
    log10_evidence: Float64
    age_probability: Float64
    resolution_km: Float64
    spectrum_k: Float64
    spectrum_sigma_k: Float64
    passive_k: Float64
    warm: NDArray[np.bool_]
    passive: PassiveFit
    values: dict[str, float]
    sigmas: dict[str, float]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Cells (c,) that have been judged."""
        return np.isfinite(self.lava_fraction)
