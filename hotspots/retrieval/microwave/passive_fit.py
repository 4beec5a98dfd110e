"""The passive model fitted to one flyby, with lava allowed in every place.

Were lava not allowed for, a tenth of the globe would bend the model towards itself.  So
the likelihood of a place is a mixture: passive and emissivity alone, or lava of any fraction
and age as well.  Places closer together than the resolution tell the same; each counts
with its area over that of the beam.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from hotspots.retrieval.microwave.lava_posterior import log_likelihood_ratio
from hotspots.retrieval.microwave.passive_model import PARAMETERS, PassiveModel

__all__ = ["PassiveFit", "Places", "fit_passive"]

Float64 = NDArray[np.float64]

_STEP = 0.02
"""Of numerical derivatives, in standard deviations."""

_MOST_STEPS, _TOLERANCE = 80, 1e-6
"""A step that changes the logarithm of the posterior by less than 0.001 changes nothing."""


@dataclass(frozen=True)
class Places:
    """Spectra of c places, and where they are averages of the model.

    Parameters
    ----------
    tb_k : array (c, 6)
        At one resolution; any finite number where ``inverse`` gives it no weight.
    inverse : array (c, 6, 6)
        Inverse covariance of noise and of changes of emissivity, K-2.
    weight : array (c,)
        How much of an independent measurement each is.
    averages : array (c, p)
        Weights of the model's places in each.
    """

    tb_k: Float64
    inverse: Float64
    weight: Float64
    averages: Float64


@dataclass(frozen=True)
class PassiveFit:
    """The most likely passive model.

    Parameters
    ----------
    deviations : array (17,)
        From the priors, in their standard deviations, as `PassiveModel` takes them.
    covariance : array (17, 17)
        Of the same.
    """

    deviations: Float64
    covariance: Float64

    @property
    def sigmas(self) -> dict[str, float]:
        """Standard deviation over that of the prior, by name: 1 is nothing learnt."""
        spread = np.sqrt(np.diag(self.covariance))
        return dict(zip(PARAMETERS, map(float, spread), strict=True))


def fit_passive(model: PassiveModel, places: Places) -> PassiveFit:
    """Fit the passive model.

    Parameters
    ----------
    model : PassiveModel
        Of p places.
    places : Places

    Returns
    -------
    PassiveFit
        That of the priors where there are no data.
    """
    count = len(PARAMETERS)
    if not len(places.tb_k):
        return PassiveFit(np.zeros(count), np.eye(count))
    # Steps of one sigma of the data, were there no lava: all directions are then alike.
    scale = np.linalg.inv(np.linalg.cholesky(_information(model, places))).T
    steps = _STEP * np.eye(count)

    def cost(scaled: Float64) -> float:
        deviations = scale @ scaled
        misfit = _log_likelihood(model, places, deviations)
        return 0.5 * float(deviations @ deviations) - misfit

    def gradient(scaled: Float64) -> Float64:
        here = cost(scaled)
        return np.array([(cost(scaled + step) - here) / _STEP for step in steps])

    options: Any = {"maxiter": _MOST_STEPS, "ftol": _TOLERANCE}
    answer = minimize(cost, np.zeros(count), jac=gradient, method="L-BFGS-B", options=options)
    found = np.asarray(answer.x, np.float64)
    here = gradient(found)
    rows = np.array([(gradient(found + 5 * step) - here) / (5 * _STEP) for step in steps])
    # In units of the priors, of which there is always one: less is a bend by chance.
    inverse = np.linalg.inv(scale)
    values, vectors = np.linalg.eigh(inverse.T @ (0.5 * (rows + rows.T)) @ inverse)
    covariance = (vectors / np.maximum(values, 1.0)) @ vectors.T
    return PassiveFit(scale @ found, np.asarray(covariance))


def _information(model: PassiveModel, places: Places) -> Float64:
    """Curvature (17, 17) of the posterior at the priors' middle, were there no lava."""
    start = np.zeros(len(PARAMETERS))
    here = model.brightness_k(start)
    columns = [
        places.averages @ (model.brightness_k(step) - here) / _STEP
        for step in _STEP * np.eye(len(PARAMETERS))
    ]
    change = np.stack(columns, axis=-1)
    weighted = places.weight[:, None, None] * (places.inverse @ change)
    return np.asarray(np.einsum("cij,cik->jk", change, weighted) + np.eye(len(PARAMETERS)))


def _log_likelihood(model: PassiveModel, places: Places, deviations: Float64) -> float:
    residual = places.tb_k - places.averages @ model.brightness_k(deviations)
    contrast, spectrum = model.lava_k(deviations)
    lava = (places.averages @ contrast)[:, None, None] * spectrum
    mean_fraction, odds = model.lava_prior(deviations)
    ratio = log_likelihood_ratio(residual, places.inverse, lava, mean_fraction)
    mixture = np.logaddexp(0.0, np.log(odds) + ratio) - np.log1p(odds)
    misfit = np.einsum("ci,cij,cj->c", residual, places.inverse, residual)
    return float(np.sum(places.weight * (mixture - 0.5 * misfit)))
