r"""What samples say that are numbers, and what those say that are but lower limits.

A sample beyond the linear range of the converter says that the light is at least what was
read: its likelihood is :math:`\Phi(z)` with :math:`z = (\mathrm{model} - \mathrm{value})/\sigma`.
With :math:`h = \varphi/\Phi` the first derivative of its logarithm is :math:`h/\sigma` and
the second :math:`-h(h + z)/\sigma^2`: a Newton step sees it as a number with the weight
:math:`h (h + z)/\sigma^2` that misses the model by :math:`\sigma/(h + z)`.  It pulls like a
sample where the model is below it and is silent where the model is above.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

__all__ = ["newton_terms", "robust_weight"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

ROBUST_SCALE = 4.0
"""Misfit, in standard deviations, at which a sample has lost half its weight: particle hits
that no flag tells of."""


def robust_weight(z: Float64) -> Float64:
    """Weights of samples by their misfits in standard deviations (Cauchy)."""
    return np.asarray(1.0 / (1.0 + (z / ROBUST_SCALE) ** 2))


def newton_terms(
    misfit: Float64, sigma: Float64, limit: Mask, trusted: Mask
) -> tuple[Float64, Float64]:
    """Misfits and weights with which samples stand in the normal equations.

    Parameters
    ----------
    misfit : array (m,) float64
        Value less model.
    sigma : array (m,) float64
    limit : array (m,) bool
        Samples that are lower limits.
    trusted : array (m,) bool
        Samples that keep their weight however much they miss the model.

    Returns
    -------
    misfit, weight : arrays (m,) float64
    """
    z = -misfit / sigma
    # the ratio of density and distribution by logarithms: both vanish far below the limit
    hazard = np.exp(-0.5 * z**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(z))
    sum_of_both = np.maximum(hazard + z, 1e-12)
    seen = np.where(limit, sigma / sum_of_both, misfit)
    weight = (
        np.where(limit, hazard * sum_of_both, np.where(trusted, 1.0, robust_weight(z))) / sigma**2
    )
    return seen, weight
