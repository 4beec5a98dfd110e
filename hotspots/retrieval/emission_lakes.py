"""How large a source may be as a lava lake, and how probably it is one: `lake_sizes`.

A lake that the optics resolve has a measured diameter.  One that they do not is smaller
than the smallest that would have shown, so that close views rule lakes out.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import RetrievalError
from hotspots.retrieval.emission_priors import EmissionPriors

__all__ = ["LakeSizes", "lake_sizes"]

SIZE_NODES = 10

FLOOR_SCATTER = 0.22
"""Standard deviation of the logarithm of the floor's diameter about the measured one: 0.15
because islands, bare parts and outlines that are no circles change the area of crust by 0.3,
and 0.16 of the measurement, whose disc of even light is up to 0.35 wider than a bright rim."""

UNRESOLVED_PX = 1.5
"""A lake wider than this is seen to be wider than a point: of a disc 1.5 pixels across the
image is 10 % wider than that of a point, for a core of 0.8 pixels."""

WIDEST_UNRESOLVED_PX = 2.5
"""A lake of which one patch alone shines may hide up to this width."""


@dataclass(frozen=True)
class LakeSizes:
    """Sizes of n sources if they are lava lakes, and how probably they are.

    Parameters
    ----------
    diameters_km : array (n, sizes), float64
        Equally probable diameters; NaN in the row of a source that can be no lake.
    probability : array (n,), float64
        Of being a lake, before the powers are looked at; 0 where there are no diameters.

    Raises
    ------
    RetrievalError
        If the shapes do not belong together.
    """

    diameters_km: Any
    probability: Any

    def __post_init__(self) -> None:
        if self.diameters_km.ndim != 2 or self.probability.shape != self.diameters_km.shape[:1]:
            msg = (
                f"diameters of shape {self.diameters_km.shape} and probabilities of shape "
                f"{self.probability.shape}; wanted (n, sizes) and (n,)"
            )
            raise RetrievalError(msg)


def lake_sizes(
    diameter_km: NDArray[np.float64],
    km_per_px: NDArray[np.float64],
    detected_probability: NDArray[np.float64],
    saturated: NDArray[np.bool_],
    priors: EmissionPriors | None = None,
) -> LakeSizes:
    """Sizes of sources as lakes.

    Parameters
    ----------
    diameter_km : float64 array (n,)
        Measured diameters; NaN where a source is not resolved, and not believed below
        `UNRESOLVED_PX` pixels.
    km_per_px : float64 array (n,)
        Scale at the source.
    detected_probability : float64 array (n,)
        Of being a lake as the detector sees it, 0 to 1; used where a source is resolved.
    saturated : bool array (n,)
        A plateau is wider than the source and looks like a lake: its diameter is the most
        that a lake may have, and the detector is not asked.
    priors : EmissionPriors, optional
        Those published, if none are given.

    Returns
    -------
    LakeSizes of NumPy arrays
    """
    priors = EmissionPriors() if priors is None else priors
    sizes = priors.lake_diameter_km
    published = NormalDist(sizes.middle, sizes.width)
    levels = [(i + 0.5) / SIZE_NODES for i in range(SIZE_NODES)]
    diameters = np.full((len(diameter_km), SIZE_NODES), np.nan)
    probability = np.zeros(len(diameter_km))
    for i, measured in enumerate(diameter_km):
        if measured >= UNRESOLVED_PX * km_per_px[i] and not saturated[i]:
            about = NormalDist(math.log(measured), FLOOR_SCATTER)
            diameters[i] = [math.exp(about.inv_cdf(level)) for level in levels]
            probability[i] = max(priors.lake_share, detected_probability[i])
            continue
        widest = WIDEST_UNRESOLVED_PX * km_per_px[i]
        if saturated[i]:
            widest = np.fmax(widest, measured)
        small_share = published.cdf(math.log(widest))
        small_lakes = priors.lake_share * small_share
        # normal quantiles of less than this are not numbers that matter
        if small_share > 1e-6:
            diameters[i] = [math.exp(published.inv_cdf(small_share * level)) for level in levels]
            probability[i] = small_lakes / (1.0 - priors.lake_share + small_lakes)
    return LakeSizes(diameters, probability)
