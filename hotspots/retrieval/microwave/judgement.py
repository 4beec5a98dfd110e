"""Every cell judged by the fitted model: lava or a change of emissivity."""

import numpy as np
from numpy.typing import NDArray

from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.common_resolution import CommonMaps
from hotspots.retrieval.microwave.lava_posterior import LavaPosterior, lava_posterior
from hotspots.retrieval.microwave.passive_fit import PassiveFit
from hotspots.retrieval.microwave.passive_model import PARAMETERS, PassiveModel
from hotspots.retrieval.microwave.spectra import Globe, spectra

__all__ = ["judge"]

Float64 = NDArray[np.float64]

_CHUNK = 512
"""Cells that are judged at once; bounds the memory."""

_STEP = 0.05
"""Of numerical derivatives, in standard deviations of the priors."""


def judge(
    directions: Float64,
    maps: CommonMaps,
    judged: NDArray[np.int64],
    globe: Globe,
    fit: PassiveFit,
) -> tuple[LavaPosterior, Float64]:
    """Judge cells with the errors of the fit among theirs.

    Parameters
    ----------
    directions : array (c, 3)
        Unit vectors to all cells of the globe.
    maps : CommonMaps
        Of all cells.
    judged : array (m,) int64
        Cells that are wanted.
    globe : Globe
    fit : PassiveFit

    Returns
    -------
    LavaPosterior
        Of m cells.
    array (m, 6)
        Their passive brightness temperature, K.
    """
    model = globe.model
    best = fit.deviations
    mean_fraction, odds = model.lava_prior(best)
    passive = model.brightness_k(best)
    steps = _STEP * np.eye(len(PARAMETERS))
    change = np.stack([(model.brightness_k(best + s) - passive) / _STEP for s in steps], axis=-1)
    contrast, spectrum = model.lava_k(best)
    scale_error = _scale_error(model, fit)
    parts, modelled = [], []
    for start in range(0, len(judged), _CHUNK):
        here = judged[start : start + _CHUNK]
        places = spectra(directions, maps, here, globe)
        jacobian = np.einsum("cp,pij->cij", places.averages, change, optimize=True)
        covariance = np.linalg.inv(places.inverse)
        covariance = covariance + jacobian @ fit.covariance @ np.swapaxes(jacobian, 1, 2)
        expected = places.averages @ passive
        lava = (places.averages @ contrast)[:, None, None] * spectrum
        parts.append(
            lava_posterior(
                places.tb_k - expected,
                np.linalg.inv(covariance),
                lava,
                mean_fraction,
                odds,
                scale_error,
            )
        )
        modelled.append(expected)
    return LavaPosterior.joined(parts), np.concatenate([np.zeros((0, len(CHANNELS))), *modelled])


def _scale_error(model: PassiveModel, fit: PassiveFit) -> float:
    """Error of the logarithm of what lava adds to channel 1, by the fit's own errors.

    The heat of a thin cover of old lava is seen as far as waves reach, so where the reach is
    not known a fraction is known to that factor only.
    """
    best = fit.deviations

    def reach(deviations: Float64) -> float:
        return float(np.mean(np.log(model.lava_k(deviations)[1][:, 0])))

    slope = [(reach(best + s) - reach(best)) / _STEP for s in _STEP * np.eye(len(PARAMETERS))]
    return float(np.sqrt(np.array(slope) @ fit.covariance @ np.array(slope)))
