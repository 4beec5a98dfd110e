"""Spectra of cells, ready for the fit: covariance, weight, and where they average the model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config.microwave import MicrowaveSettings
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.common_resolution import CommonMaps, gaussian_weights
from hotspots.retrieval.microwave.passive_fit import Places
from hotspots.retrieval.microwave.passive_model import PARAMETERS, PassiveModel

__all__ = ["Globe", "globe_of", "spectra"]

Float64 = NDArray[np.float64]

_MODEL_SIDE = 8
"""The model is worked out at 768 places, 233 km apart.  Means over 600 km are within 0.03 K
(standard deviation) and 0.2 K (the worst, near a pole) of those of places 58 km apart."""

_UNKNOWN_K = 1e4
"""Sigma of a channel that a place does not have."""


@dataclass(frozen=True)
class Globe:
    """The passive model and the places it is worked out at.

    Parameters
    ----------
    model : PassiveModel
        Of p places.
    directions : array (p, 3)
        Unit vectors to them.
    """

    model: PassiveModel
    directions: Float64


def globe_of(subsolar_longitude_deg: float, settings: MicrowaveSettings) -> Globe:
    """The passive model of a flyby whose noon is at an east longitude (degrees)."""
    middles = cell_centres(_MODEL_SIDE)
    longitude = np.arctan2(middles[:, 1], middles[:, 0])
    hour = longitude - np.radians(subsolar_longitude_deg)
    return Globe(PassiveModel(np.arcsin(middles[:, 2]), hour, settings), middles)


def spectra(
    directions: Float64,
    maps: CommonMaps,
    chosen: NDArray[np.int64],
    globe: Globe,
    share: float = 1.0,
) -> Places:
    """Spectra of some cells.

    Parameters
    ----------
    directions : array (c, 3)
        Unit vectors to all cells of the globe, of equal area.
    maps : CommonMaps
        Of all cells.
    chosen : array (m,) int64
        Cells that are wanted.
    globe : Globe
    share : float
        How many cells each of them stands for.

    Returns
    -------
    Places
    """
    model = globe.model
    settings = model.settings
    known = np.isfinite(maps.tb_k[chosen])
    level = model.brightness_k(np.zeros(len(PARAMETERS))).mean(axis=0)
    covariance = _covariance(np.where(known, maps.sigma_k[chosen], _UNKNOWN_K), level, settings)
    cell_km2 = 4 * np.pi * IO_MEAN_RADIUS_KM**2 / len(directions)
    # Area of a Gaussian of this width: pi / (4 ln 2) R**2.
    beam_km2 = np.pi / (4 * np.log(2.0)) * maps.resolution_km[chosen] ** 2
    return Places(
        tb_k=np.where(known, maps.tb_k[chosen], level),
        inverse=np.asarray(np.linalg.inv(covariance), np.float64),
        weight=np.minimum(share * cell_km2 / beam_km2, 1.0),
        averages=gaussian_weights(directions[chosen], globe.directions, maps.resolution_km[chosen]),
    )


def _covariance(sigma_k: Float64, level_k: Float64, settings: MicrowaveSettings) -> Float64:
    """Covariance (c, 6, 6) of noise, of what no model knows, and of emissivity."""
    decades = np.log10([channel.frequency_ghz for channel in CHANNELS])
    slope = level_k * (decades - decades.mean()) * settings.emissivity_slope_sigma
    flat = level_k * settings.emissivity_sigma
    common = np.outer(flat, flat) + np.outer(slope, slope)
    own = sigma_k**2 + settings.model_sigma_k**2
    return np.asarray(common + own[:, :, None] * np.eye(len(CHANNELS)))
