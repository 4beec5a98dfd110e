"""Which cells were in a beam, and how small the beam was on them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.gridding.radiometer.surface import Facets

__all__ = ["Looks", "looks"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Looks:
    """Best look at each of c cells.

    Parameters
    ----------
    seen : array (c,) bool
        In the half-power beam of at least one row, not too obliquely.
    footprint_km : array (c,) float64
        Smallest footprint of the half-power beam among those rows: the geometric mean of
        its axes, km; infinite where not seen.
    """

    seen: NDArray[np.bool_]
    footprint_km: Float64


def looks(
    boresight: Float64,
    juno_km: Float64,
    beamwidth_deg: float,
    cells: Facets,
    maximum_emission_deg: float,
) -> Looks:
    """Go through the rows and keep the best look at each cell.

    Parameters
    ----------
    boresight : array (n, 3) float64
        Body-fixed unit vectors.
    juno_km : array (n, 3) float64
        Juno from Io's centre, body-fixed, km.
    beamwidth_deg : float
        Full width at half power.
    cells : Facets
        Centres and normals of the cells, one facet each.
    maximum_emission_deg : float
        Cells seen more obliquely do not count.
    """
    inside = np.cos(np.radians(0.5 * beamwidth_deg))
    steepest = np.cos(np.radians(maximum_emission_deg))
    best = np.full(cells.cells, np.inf)
    for direction, place in zip(boresight, juno_km, strict=True):
        towards = place - cells.point_km
        distance = np.linalg.norm(towards, axis=1)
        mu = np.sum(towards * cells.normal, axis=1) / distance
        seen = (mu > steepest) & (towards @ direction < -inside * distance)
        size = np.radians(beamwidth_deg) * distance / np.sqrt(np.maximum(mu, steepest))
        best = np.where(seen, np.minimum(best, size), best)
    return Looks(np.isfinite(best), best)
