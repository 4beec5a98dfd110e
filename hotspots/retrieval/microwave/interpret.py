"""`interpret`: from six maps of brightness temperature to warm lava below the surface.

All channels are brought to one resolution; a passive model is fitted to the flyby; what is
left in each place is judged as lava against a change of emissivity.  The fraction is a mean
over both hypotheses, so where nothing can be told it is small with a large sigma.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.config.microwave import MicrowaveSettings
from hotspots.errors import RetrievalError
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.common_resolution import at_common_resolution
from hotspots.retrieval.microwave.judgement import judge
from hotspots.retrieval.microwave.lava_map import LavaMap
from hotspots.retrieval.microwave.passive_fit import fit_passive
from hotspots.retrieval.microwave.spectra import globe_of, spectra

__all__ = ["interpret"]

Float64 = NDArray[np.float64]

_MOST_FITTED = 240
"""Cells that the passive model is fitted to, spread evenly: more tell nothing new."""

_LEAST_NOISE_K = 0.1
"""A map is not better than this, whatever part of its sigma is its scale."""


def interpret(
    latitude_deg: Float64,
    longitude_east_deg: Float64,
    tb_k: Float64,
    tb_sigma_k: Float64,
    resolution_km: Float64,
    subsolar_longitude_deg: float,
    settings: MicrowaveSettings,
    *,
    scale_fraction: float = 0.0,
) -> LavaMap:
    """Judge every cell of six maps.

    Parameters
    ----------
    latitude_deg, longitude_east_deg : array (c,)
        Cells of equal area that cover the globe, planetocentric.
    tb_k : array (c, 6)
        Brightness temperature seen from straight above, K; NaN where unknown.
    tb_sigma_k : array (c, 6)
        One standard deviation, K.
    resolution_km : array (c, 6)
        Full width at half maximum.
    subsolar_longitude_deg : float
        East longitude of noon during the flyby.
    settings : MicrowaveSettings
    scale_fraction : float
        Error of the scale of a whole channel that is part of ``tb_sigma_k``; it is taken
        out, for the fit has gains of its own.

    Returns
    -------
    LavaMap

    Raises
    ------
    RetrievalError
        If the shapes contradict each other.
    """
    cells = len(latitude_deg)
    for name, values in (("tb_k", tb_k), ("sigma", tb_sigma_k), ("resolution", resolution_km)):
        if values.shape != (cells, len(CHANNELS)):
            msg = f"maps of {cells} cells: {name} has shape {values.shape}, wanted {cells} x 6"
            raise RetrievalError(msg)
    directions = _directions(latitude_deg, longitude_east_deg)
    noise = np.sqrt(np.maximum(tb_sigma_k**2 - (scale_fraction * tb_k) ** 2, _LEAST_NOISE_K**2))
    maps = at_common_resolution(directions, tb_k, noise, resolution_km)
    judged = np.flatnonzero(maps.resolution_km <= settings.widest_km)
    globe = globe_of(subsolar_longitude_deg, settings)
    spread = judged[:: max(1, -(-len(judged) // _MOST_FITTED))]
    share = len(judged) / max(1, len(spread))
    fit = fit_passive(globe.model, spectra(directions, maps, spread, globe, share))
    found, passive = judge(directions, maps, judged, globe, fit)

    def spread_out(values: Float64) -> Float64:
        result = np.full((cells, *values.shape[1:]), np.nan)
        result[judged] = values
        return result

    probability = spread_out(found.probability)
    return LavaMap(
        lava_fraction=spread_out(found.fraction),
        lava_fraction_sigma=spread_out(found.sigma),
        probability=probability,
        log10_evidence=spread_out(found.log10_evidence),
        age_probability=spread_out(found.age_probability),
        resolution_km=np.where(np.isfinite(probability), maps.resolution_km, np.nan),
        spectrum_k=spread_out(maps.tb_k[judged]),
        spectrum_sigma_k=spread_out(maps.sigma_k[judged]),
        passive_k=spread_out(passive),
        warm=np.nan_to_num(probability) >= settings.confidence,
        passive=fit,
        values=globe.model.values(fit.deviations),
        sigmas=fit.sigmas,
    )


def _directions(latitude_deg: Float64, longitude_deg: Float64) -> Float64:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    across = np.cos(latitude)
    return np.stack(
        [across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)], axis=-1
    )
