"""What decides, besides signal over noise, whether a source is found: terms of the curve.

Each term is a plane of the map and a Gaussian prior of its coefficient in the logarithm of
the signal over noise that is needed.  Those of the light and of the ground hold for the
whole map; a coarse mesh on top of them takes up what single patches have of their own.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.limits.curve import CurvePriors
from hotspots.retrieval.limits.sensitivity import Sensitivity

__all__ = ["TERMS", "Term", "design_at", "middle_plane", "priors_for"]

Float64 = NDArray[np.float64]

PATCHES = 5
"""Tiles of the mesh along the longer side of the map."""

PATCH_SIGMA = 0.15
"""By how much patches may differ from the map as a whole, natural logarithm."""

TRUSTED = 0.04
"""Part of a bright source's light that the search for peaks does not trust beside it."""


@dataclass(frozen=True)
class Term:
    """One term.

    Parameters
    ----------
    name : str
    mean, sigma : float
        Prior of its coefficient.
    plane : callable
        Takes a `Sensitivity` to an array (rows, columns) float64.
    """

    name: str
    mean: float
    sigma: float
    plane: Callable[[Sensitivity], Float64]


TERMS = (
    # five standard deviations: what one noise peak in a hundred discs exceeds
    Term("threshold", math.log(5.0), 0.4, lambda s: np.ones(s.light.shape)),
    Term("lit", 0.0, 0.3, lambda s: s.lit.astype(np.float64)),
    Term("one frame", 0.3, 0.4, lambda s: (s.frames <= 1).astype(np.float64)),
    Term("two frames", 0.15, 0.3, lambda s: (s.frames == 2).astype(np.float64)),
    Term("slant", 0.0, 0.3, lambda s: -np.log(np.clip(s.cos_emission, 0.05, 1.0))),
    Term("light beside", 0.7, 0.5, lambda s: np.log1p(TRUSTED * s.light)),
    Term("source beside", 0.5, 0.5, lambda s: s.beside),
)
"""Terms that hold for the whole map."""


def priors_for(shape: tuple[int, int]) -> CurvePriors:
    """Priors of all coefficients on a map: the terms', then the mesh's."""
    knots = int(np.prod(_knots(shape)))
    return CurvePriors(
        mean=np.concatenate([[term.mean for term in TERMS], np.zeros(knots)]),
        sigma=np.concatenate([[term.sigma for term in TERMS], np.full(knots, PATCH_SIGMA)]),
    )


def design_at(
    sensitivity: Sensitivity, row: NDArray[np.int64], column: NDArray[np.int64]
) -> Float64:
    """Terms and shares of the mesh's knots in some cells.

    Parameters
    ----------
    sensitivity : Sensitivity
    row, column : arrays (n,) int64

    Returns
    -------
    array (n, p) float64
    """
    shape = sensitivity.light.shape
    fixed = [term.plane(sensitivity)[row, column] for term in TERMS]
    knots = _knots(shape)
    by_row = _shares(shape[0], knots[0])[row]
    by_column = _shares(shape[1], knots[1])[column]
    mesh = (by_row[:, :, None] * by_column[:, None, :]).reshape(len(row), -1)
    return np.column_stack([*fixed, mesh])


def middle_plane(coefficients: Float64, sensitivity: Sensitivity) -> Float64:
    """Product of the design and the coefficients in all cells, one plane at a time.

    Parameters
    ----------
    coefficients : array (p,) float64
    sensitivity : Sensitivity

    Returns
    -------
    array (rows, columns) float64
    """
    shape = sensitivity.light.shape
    knots = _knots(shape)
    mesh = coefficients[len(TERMS) :].reshape(knots)
    plane = _shares(shape[0], knots[0]) @ mesh @ _shares(shape[1], knots[1]).T
    for coefficient, term in zip(coefficients, TERMS, strict=False):
        plane += coefficient * term.plane(sensitivity)
    return plane


def _knots(shape: tuple[int, ...]) -> tuple[int, int]:
    tile = max(shape) / PATCHES
    return math.ceil(shape[0] / tile) + 1, math.ceil(shape[1] / tile) + 1


def _shares(count: int, knots: int) -> Float64:
    """Shares (count, knots) of evenly spaced knots in the cells between them: tents."""
    place = (np.arange(count) + 0.5) / count * (knots - 1)
    return np.maximum(1.0 - np.abs(place[:, None] - np.arange(knots)), 0.0)
