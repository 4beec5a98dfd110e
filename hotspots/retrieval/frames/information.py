"""`Information`: a matrix of information, factored once, asked several times."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

__all__ = ["Information"]

Float64 = NDArray[np.float64]

RIDGE = 1e-9
"""Added to the scaled matrix: two points on one spot share their light."""


class Information:
    """Cholesky factor of an information matrix whose unknowns have very different units.

    Parameters
    ----------
    matrix : array (u, u) float64
        Symmetric, positive but for rounding.
    """

    def __init__(self, matrix: Float64) -> None:
        diagonal = np.maximum(np.diag(matrix), np.finfo(np.float64).tiny)
        self._scale = 1.0 / np.sqrt(diagonal)
        scaled = matrix * self._scale[:, None] * self._scale[None, :]
        scaled[np.diag_indices_from(scaled)] += RIDGE
        self._factor = cho_factor(scaled, lower=True, check_finite=False)

    def solve(self, right: Float64) -> Float64:
        """Solution (u,) for a right side (u,)."""
        return np.asarray(self._scale * cho_solve(self._factor, self._scale * right))

    def variances(self, chosen: NDArray[np.int64]) -> Float64:
        """Diagonal of the inverse at some unknowns, (k,)."""
        unit = np.zeros((len(self._scale), len(chosen)))
        unit[chosen, np.arange(len(chosen))] = self._scale[chosen]
        part = cho_solve(self._factor, unit)[chosen, np.arange(len(chosen))]
        return np.asarray(self._scale[chosen] * part)

    def inverse(self) -> Float64:
        """The whole inverse, (u, u): the covariance."""
        whole = cho_solve(self._factor, np.eye(len(self._scale)))
        return np.asarray(self._scale[:, None] * whole * self._scale[None, :])
