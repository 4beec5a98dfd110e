"""Lava in one place: fraction, age and evidence from six residuals.

Residuals of a place are explained by noise and a change of emissivity alone, or by lava
of one age as well.  Likelihoods are Gaussian, so a table over fractions and ages holds
the whole posterior: ``log L = b f - a f**2 / 2`` with ``a = x' C^-1 x``, ``b = x' C^-1 r``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, logsumexp

from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.lava_spectrum import AGE_CLASSES_YR, AGES_YR, CLASS_OF_AGE

__all__ = ["LavaPosterior", "lava_posterior", "log_likelihood_ratio"]

Float64 = NDArray[np.float64]

_FRACTIONS = np.linspace(0.0, 1.0, 97) ** 2
"""Fractions at which likelihoods are worked out: finest near 0."""

_LEAST_CURVATURE = 1e-4
"""Data that cannot tell a fraction of 0 from one of 1 are no data."""


@dataclass(frozen=True)
class LavaPosterior:
    """What is known of lava in c places.

    Parameters
    ----------
    fraction, sigma : array (c,)
        Mean and standard deviation of the fraction over both hypotheses, lava and none.
    probability : array (c,)
        Of there being lava.
    log10_evidence : array (c,)
        Of lava and emissivity against emissivity alone.
    age_probability : array (c, 4)
        Of `AGE_CLASSES_YR`, given that there is lava.
    excess_k : array (c, 6)
        What lava adds to the six channels, mean over both hypotheses.
    """

    fraction: Float64
    sigma: Float64
    probability: Float64
    log10_evidence: Float64
    age_probability: Float64
    excess_k: Float64

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Posteriors of several lists of places, one after the other; of none, if need be."""
        lists = {field.name: [getattr(part, field.name) for part in parts] for field in fields(cls)}
        widths = {"age_probability": len(AGE_CLASSES_YR), "excess_k": len(CHANNELS)}
        none = {name: np.zeros((0, widths[name]) if name in widths else 0) for name in lists}
        return cls(**{name: np.concatenate([none[name], *lists[name]]) for name in lists})


def log_likelihood_ratio(
    residual: Float64, inverse: Float64, lava: Float64, mean_fraction: float
) -> Float64:
    """Natural logarithm (c,) of the likelihood with lava over that without.

    The integral over the fraction, with an exponential prior cut off at 1, is that of a
    normal distribution between 0 and 1.

    Parameters
    ----------
    residual : array (c, 6)
        Measured less passive brightness temperature, K.
    inverse : array (c, 6, 6)
        Inverse of its covariance, K-2.
    lava : array (c, 8, 6)
        What ground wholly of lava of each age would add, K.
    mean_fraction : float
        Of the exponential prior, before it is cut off.
    """
    a, b = _coefficients(residual, inverse, lava)
    a = np.maximum(a, _LEAST_CURVATURE)
    b = b - 1.0 / mean_fraction
    root = np.sqrt(a)
    low, high = -b / root, (a - b) / root
    # The difference of two probabilities keeps its digits in the lower tail only.
    swap = low > 0
    upper = log_ndtr(np.where(swap, -low, high))
    lower = log_ndtr(np.where(swap, -high, low))
    inside = upper + np.log1p(-np.exp(np.minimum(lower - upper, -1e-300)))
    normal = b**2 / (2.0 * a) + 0.5 * np.log(2.0 * np.pi / a) + inside
    prior = np.log(mean_fraction) + np.log1p(-np.exp(-1.0 / mean_fraction))
    return np.asarray(logsumexp(normal, axis=1) - prior - np.log(len(AGES_YR)))


def _coefficients(residual: Float64, inverse: Float64, lava: Float64) -> tuple[Float64, Float64]:
    """The a and b (c, 8) of ``log L = b f - a f**2 / 2``, by age."""
    weighted = lava @ inverse
    return np.sum(weighted * lava, axis=2), np.einsum("cai,ci->ca", weighted, residual)


def _table(residual: Float64, inverse: Float64, lava: Float64, mean_fraction: float) -> Float64:
    """Logarithm (c, 8, 97) of likelihood ratio times prior, by age and fraction."""
    a, b = (one[..., None] for one in _coefficients(residual, inverse, lava))
    steps = np.gradient(_FRACTIONS)
    steps[[0, -1]] *= 0.5
    prior = np.exp(-_FRACTIONS / mean_fraction) * steps
    ratio = b * _FRACTIONS - 0.5 * a * _FRACTIONS**2
    return np.asarray(ratio + np.log(prior / prior.sum()) - np.log(len(AGES_YR)))


def lava_posterior(
    residual: Float64,
    inverse: Float64,
    lava: Float64,
    mean_fraction: float,
    prior_odds: float,
    scale_error: float = 0.0,
) -> LavaPosterior:
    """Posterior of lava in each place.

    Parameters
    ----------
    residual, inverse, lava, mean_fraction
        As in `log_likelihood_ratio`.
    prior_odds : float
        Of there being lava.
    scale_error : float
        Relative error of ``lava``, common to all ages and places.

    Returns
    -------
    LavaPosterior
    """
    table = _table(residual, inverse, lava, mean_fraction)
    evidence = logsumexp(table, axis=(1, 2))
    share = np.exp(table - evidence[:, None, None])
    log_odds = evidence + np.log(prior_odds)
    probability = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -500.0, 500.0)))
    by_fraction = share.sum(axis=1)
    first = by_fraction @ _FRACTIONS
    second = by_fraction @ _FRACTIONS**2
    mean = probability * first
    spread = probability * second * (1.0 + scale_error**2) - mean**2
    by_age = share.sum(axis=2)
    classes = [by_age[:, i == CLASS_OF_AGE].sum(axis=1) for i in range(len(AGE_CLASSES_YR))]
    excess = np.einsum("ca,cai->ci", share @ _FRACTIONS, lava)
    return LavaPosterior(
        fraction=mean,
        sigma=np.sqrt(np.maximum(spread, 0.0)),
        probability=probability,
        log10_evidence=np.asarray(evidence / np.log(10.0)),
        age_probability=np.stack(classes, axis=1),
        excess_k=probability[:, None] * excess,
    )
