r"""The completeness curve: how likely a source is found, given how clearly it stands out.

With the signal over noise :math:`s` of `hotspots.retrieval.limits.sensitivity`,

.. math:: P(s) = (1 - \ell)\,\Lambda\!\left(\frac{\ln s - x^T\beta}{b}\right)

where :math:`\Lambda` is the logistic function, :math:`x` what is known of the cell and
:math:`\ell` the part of sources that is lost however bright.  All coefficients are drawn
from Gaussian priors, so the model is hierarchical: those of single patches of the map are
held to what the map as a whole says (the intercept) by as much as patches may differ, and
few trials leave them there.  Fitted by Fisher scoring to the mode of the posterior; the
covariance is the inverse of the information there (Gelman et al. 2013, Bayesian Data
Analysis, ch. 4 and 16).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

__all__ = ["CompletenessCurve", "CurvePriors", "fit_curve"]

Float64 = NDArray[np.float64]

STEPS = 40
"""Most steps of the fit; five to ten do."""

CONVERGED = 1e-6
"""Largest change of a parameter at which the fit ends."""


@dataclass(frozen=True)
class CurvePriors:
    """Gaussian priors of `CompletenessCurve`.

    Parameters
    ----------
    mean, sigma : arrays (p,) float64
        Of the coefficients.
    log_width, log_width_sigma : float
        Of ln b.  A threshold on a measurement with unit noise has b = 0.6 / threshold;
        detectors that judge more than the signal have softer ones.
    loss_logit, loss_logit_sigma : float
        Of the logit of the part that is always lost: 2 %, within a factor of three.
    """

    mean: Float64
    sigma: Float64
    log_width: float = math.log(0.18)
    log_width_sigma: float = 0.4
    loss_logit: float = -3.9
    loss_logit_sigma: float = 1.0


@dataclass(frozen=True)
class CompletenessCurve:
    """Fitted curve.

    Parameters
    ----------
    coefficients : array (p,) float64
    log_width, loss_logit : float
    covariance : array (p + 2, p + 2) float64
        Of the coefficients and the two others, in that order.
    """

    coefficients: Float64
    log_width: float
    loss_logit: float
    covariance: Float64

    @property
    def width(self) -> float:
        """b, in natural logarithms of signal over noise."""
        return math.exp(self.log_width)

    @property
    def loss(self) -> float:
        """Part of sources that is lost however bright."""
        return float(expit(self.loss_logit))

    def middle(self, design: Float64) -> Float64:
        """Natural logarithm of the signal over noise in the curve's middle, (n,)."""
        return np.asarray(design @ self.coefficients)

    def middle_sigma(self, design: Float64) -> Float64:
        """Standard deviation of `middle`, (n,)."""
        part = self.covariance[:-2, :-2]
        return np.asarray(np.sqrt(np.einsum("ij,jk,ik->i", design, part, design)))

    def probability(self, log_snr: Float64, middle: Float64) -> Float64:
        """Probability of being found at natural logarithms of signal over noise."""
        return np.asarray((1 - self.loss) * expit((log_snr - middle) / self.width))


def fit_curve(
    log_snr: Float64, design: Float64, found: NDArray[np.bool_], priors: CurvePriors
) -> CompletenessCurve:
    """Fit the curve to trials.

    Parameters
    ----------
    log_snr : array (n,) float64
        Natural logarithm of the signal over noise of each trial.
    design : array (n, p) float64
        What is known of its cell.
    found : array (n,) bool
    priors : CurvePriors
        With p coefficients.

    Returns
    -------
    CompletenessCurve
        Of no trials: the priors.
    """
    centre = np.concatenate([priors.mean, [priors.log_width, priors.loss_logit]])
    spread = np.concatenate([priors.sigma, [priors.log_width_sigma, priors.loss_logit_sigma]])
    precision = np.diag(spread**-2.0)
    theta = centre.copy()
    best = _cost(theta, centre, spread, log_snr, design, found)
    for _ in range(STEPS):
        chance, slopes = _curve(theta, log_snr, design)
        information = slopes.T @ (slopes / (chance * (1 - chance))[:, None]) + precision
        score = slopes.T @ ((found - chance) / (chance * (1 - chance)))
        step = np.linalg.solve(information, score - (theta - centre) / spread**2)
        size = 1.0
        while size > CONVERGED:
            cost = _cost(theta + size * step, centre, spread, log_snr, design, found)
            if cost <= best:
                break
            size /= 2
        else:
            break
        theta, best = theta + size * step, cost
        if float(np.abs(size * step).max()) < CONVERGED:
            break
    chance, slopes = _curve(theta, log_snr, design)
    information = slopes.T @ (slopes / (chance * (1 - chance))[:, None]) + precision
    return CompletenessCurve(
        theta[:-2],
        float(theta[-2]),
        float(theta[-1]),
        np.asarray(np.linalg.inv(information), dtype=np.float64),
    )


LEAST_CHANCE = 1e-6
"""Keeps logarithms finite where a curve is sure of itself."""


def _curve(theta: Float64, log_snr: Float64, design: Float64) -> tuple[Float64, Float64]:
    """Probability of each trial, (n,), and its derivatives by the parameters, (n, p + 2)."""
    width, loss = math.exp(theta[-2]), float(expit(theta[-1]))
    z = (log_snr - design @ theta[:-2]) / width
    rise = expit(z)
    steep = (1 - loss) * rise * (1 - rise)
    slopes = np.column_stack(
        [-design * (steep / width)[:, None], -steep * z, -loss * (1 - loss) * rise]
    )
    return np.clip((1 - loss) * rise, LEAST_CHANCE, 1 - LEAST_CHANCE), slopes


def _cost(
    theta: Float64,
    centre: Float64,
    spread: Float64,
    log_snr: Float64,
    design: Float64,
    found: NDArray[np.bool_],
) -> float:
    """Negative logarithm of the posterior, up to a constant."""
    chance, _ = _curve(theta, log_snr, design)
    likelihood = np.where(found, np.log(chance), np.log1p(-chance)).sum()
    return float(0.5 * np.sum(((theta - centre) / spread) ** 2) - likelihood)
