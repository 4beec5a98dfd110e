"""The map: unknown field, known beams, Gaussian errors; the evidence chooses how smooth.

In the space of the rows everything is small: K = sum over degrees of C_l P_l + N, where P_l is
what harmonics of degree l put into pairs of rows and N the covariance of the rows'
errors.  The evidence of a choice of prior and of model error costs one
factorisation of K, so a grid of choices can be tried.
"""

import math
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from hotspots.gridding.radiometer.harmonics import degrees
from hotspots.gridding.radiometer.prior import REGION_KM, harmonic_variances, trend_variances

__all__ = ["Candidate", "Estimate", "Samples", "best_candidate", "estimate"]

Float64 = NDArray[np.float64]

PRIOR_SIGMAS_K = (3.0, 6.0, 12.0, 25.0, 50.0)
CORRELATIONS_KM = (150.0, 300.0, 600.0, 1200.0)
MODEL_FRACTIONS = (0.005, 0.01, 0.02)
BACKGROUND_FACTORS = (1.0, 2.0, 4.0)
REGIONAL_SIGMAS_K = (3.0, 10.0, 30.0)
"""Choices tried.  Contrasts from those of an even surface to those of fresh lava; from less
than a footprint to a hemisphere; the operator's error from half a per cent, the power in
the sidelobes that the shipped patterns leave open, to a badly known beam; errors of the
background as found, or larger because its shapes do not fit; contrasts between regions."""


@dataclass(frozen=True)
class Samples:
    """Rows of one channel that see Io, background removed.

    Parameters
    ----------
    value_k : array (n,) float64
        Io's part of the antenna temperature less that of a surface of the prior mean, K.
    response : array (n, p) float64
        What each harmonic of the surface puts into each row.
    noise : array (n, n) float64
        Covariance of receiver noise and of what all rows share (gain, pattern), K2.
    background : array (n, n) float64
        Covariance of the background as the rows off Io leave it, K2.
    model : array (n, n) float64
        Covariance of the operator's error for an error of 1 (100 %), K2.
    """

    value_k: Float64
    response: Float64
    noise: Float64
    background: Float64
    model: Float64

    @property
    def highest(self) -> int:
        """Highest degree of the harmonics."""
        return math.isqrt(self.response.shape[1]) - 1

    def errors(self, model_fraction: float, background_factor: float) -> Float64:
        """Covariance (n, n) of all errors of the rows under one choice, K2."""
        background = background_factor**2 * self.background
        return np.asarray(self.noise + background + model_fraction**2 * self.model)


@dataclass(frozen=True)
class Candidate:
    """One choice of the prior and of the rows' errors, with its evidence."""

    prior_sigma_k: float
    correlation_km: float
    model_fraction: float
    background_factor: float
    regional_sigma_k: float
    log_evidence: float

    def variances(self, highest: int) -> Float64:
        """Prior variance of each degree, without mean and trend; (highest + 1,) K2."""
        local = harmonic_variances(self.prior_sigma_k, self.correlation_km, highest)
        return local + harmonic_variances(self.regional_sigma_k, REGION_KM, highest)


def best_candidate(samples: Samples, near: Candidate | None = None) -> Candidate:
    """Choose prior and model error by the evidence of the rows.

    Parameters
    ----------
    samples : Samples
    near : Candidate, optional
        Choice from which to search, such as that of a like problem.

    Returns
    -------
    Candidate
    """
    highest = samples.highest
    degree = degrees(highest)
    trend = (samples.response * trend_variances(highest)) @ samples.response.T
    parts = np.empty((highest + 1, *trend.shape))
    for l in range(highest + 1):
        some = samples.response[:, degree == l]
        np.matmul(some, some.T, out=parts[l])
    tried: dict[tuple[int, ...], float] = {}

    def evidence(place: tuple[int, ...]) -> float:
        if place not in tried:
            choice = _choice(place)
            surface = np.tensordot(choice.variances(highest), parts, axes=1)
            errors = samples.errors(choice.model_fraction, choice.background_factor)
            total = surface + trend + errors
            tried[place] = _log_evidence(total, samples.value_k)
        return tried[place]

    place = START if near is None else _place(near)
    while True:
        better = max(_neighbours(place), key=evidence)
        if evidence(better) <= evidence(place):
            break
        place = better
    return replace(_choice(place), log_evidence=tried[place])


AXES = (
    PRIOR_SIGMAS_K,
    CORRELATIONS_KM,
    MODEL_FRACTIONS,
    BACKGROUND_FACTORS,
    REGIONAL_SIGMAS_K,
)

START: tuple[int, ...] = (2, 1, 0, 0, 0)
"""Where the search begins: a contrast of 12 K over 300 km, the least errors."""


def _choice(place: tuple[int, ...]) -> Candidate:
    sigma, reach, fraction, factor, regional = (
        axis[i] for axis, i in zip(AXES, place, strict=True)
    )
    return Candidate(sigma, reach, fraction, factor, regional, -math.inf)


def _place(candidate: Candidate) -> tuple[int, ...]:
    values = (
        candidate.prior_sigma_k,
        candidate.correlation_km,
        candidate.model_fraction,
        candidate.background_factor,
        candidate.regional_sigma_k,
    )
    return tuple(axis.index(value) for axis, value in zip(AXES, values, strict=True))


def _neighbours(place: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Choices one step along one axis away, or along both axes of the local prior."""
    steps: list[tuple[int, ...]] = [(i, j, 0, 0, 0) for i, j in product((-1, 0, 1), repeat=2)]
    steps += [(0,) * axis + (i,) + (0,) * (4 - axis) for axis in (2, 3, 4) for i in (-1, 1)]
    near = [tuple(p + d for p, d in zip(place, step, strict=True)) for step in steps]
    ends = [len(axis) for axis in AXES]
    return [
        one
        for one in near
        if one != place and all(0 <= i < end for i, end in zip(one, ends, strict=True))
    ]


def _log_evidence(covariance: Float64, value: Float64) -> float:
    factor = cho_factor(covariance, lower=True, check_finite=False)
    square = float(value @ cho_solve(factor, value, check_finite=False))
    log_determinant = 2.0 * float(np.sum(np.log(np.diag(factor[0]))))
    return float(-0.5 * (square + log_determinant + len(value) * np.log(2.0 * np.pi)))


@dataclass(frozen=True)
class Estimate:
    """Posterior of the surface at c places.

    Parameters
    ----------
    value_k : array (c,) float64
        Expected deviation from the prior mean, K.
    gain : array (c, n) float64
        d estimate / d row.
    weighted_rows : array (n,) float64
        Rows times the inverse of their covariance, 1/K: what posteriors are made of.
    variances : array (p,) float64
        Prior variance of every harmonic, K2.
    noise : array (n, n) float64
        Covariance of all errors of the rows, K2.
    """

    value_k: Float64
    gain: Float64
    weighted_rows: Float64
    variances: Float64
    noise: Float64


def estimate(samples: Samples, candidate: Candidate, harmonics: Float64) -> Estimate:
    """Posterior mean under one choice.

    Parameters
    ----------
    samples : Samples
    candidate : Candidate
    harmonics : array (c, p) float64
        At the places wanted; blurred, to estimate the blurred surface.

    Returns
    -------
    Estimate
    """
    highest = samples.highest
    variances = candidate.variances(highest)[degrees(highest)] + trend_variances(highest)
    weighted = samples.response * variances
    noise = samples.errors(candidate.model_fraction, candidate.background_factor)
    factor = cho_factor(weighted @ samples.response.T + noise, lower=True)
    gain = cho_solve(factor, weighted @ harmonics.T).T
    rows = cho_solve(factor, samples.value_k)
    return Estimate(gain @ samples.value_k, gain, rows, variances, noise)
