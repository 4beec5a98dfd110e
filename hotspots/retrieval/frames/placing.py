"""Places of fitted sources on the ground, with their covariance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.extended import offsets_from
from hotspots.retrieval.frames.ground import moved
from hotspots.retrieval.frames.solution import FrameFit

__all__ = ["FittedPlaces", "fitted_places"]

Float64 = NDArray[np.float64]

FLOOR_PX = 0.02
"""Places are never better known than this: the pixels' own pattern is not."""


@dataclass(frozen=True)
class FittedPlaces:
    """Places of k sources.

    Parameters
    ----------
    points_km : array (k, 3) float64
        Body-fixed surface points: the centre of light of a source of several points.
    covariance_km2 : array (k, 2, 2) float64
        East and north, without what all frames err by together.
    """

    points_km: Float64
    covariance_km2: Float64

    def with_pointing(self, jacobian: Float64, common_px2: Float64) -> Float64:
        """Covariance (k, 2, 2), km2, with the error that all frames share.

        Parameters
        ----------
        jacobian : array (k, 2, 2) float64
            Derivative of (sample, line) by km (east, north).
        common_px2 : array (2, 2) float64
        """
        inverse = np.linalg.inv(jacobian)
        shared = common_px2 + FLOOR_PX**2 * np.eye(2)
        turned = inverse @ shared @ np.swapaxes(inverse, 1, 2)
        return np.asarray(self.covariance_km2 + turned)


def fitted_places(fit: FrameFit, band: str) -> FittedPlaces:
    """Where the sources of a fit are.

    Parameters
    ----------
    fit : FrameFit
    band : str
        Band whose light is the measure in sources of several points.

    Returns
    -------
    FittedPlaces
    """
    unknowns, covariance = fit.adjusted.unknowns, fit.adjusted.covariance
    shift = fit.places()
    power, power_covariance = fit.powers(band)
    points, spread = [], []
    for i, source in enumerate(fit.sources):
        part = slice(unknowns.places.start + 2 * i, unknowns.places.start + 2 * i + 2)
        centre, own = shift[i], covariance[part, part]
        mine = np.flatnonzero(unknowns.source_of_point == i)
        total = float(power[mine].sum())
        if source.extended and total > 0:
            offsets = offsets_from(source.points_km[0], source.points_km)
            centre = power[mine] @ offsets / total
            gain = (offsets - centre) / total
            own = own + gain.T @ power_covariance[np.ix_(mine, mine)] @ gain
        points.append(moved(source.points_km[:1], centre[None])[0])
        spread.append(own)
    return FittedPlaces(np.array(points).reshape(-1, 3), np.array(spread).reshape(-1, 2, 2))
