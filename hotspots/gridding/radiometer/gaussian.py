"""A linear model with Gaussian unknowns and Gaussian noise: its evidence and its posterior."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

__all__ = ["NormalEquations", "normal_equations"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class NormalEquations:
    """What rows y = A x + noise, with independent noise N, say about p unknowns x.

    Parameters
    ----------
    normal : array (p, p) float64
        A' N^-1 A.
    moment : array (p,) float64
        A' N^-1 y.
    constant : float
        y' N^-1 y + log det(2 pi N).
    """

    normal: Float64
    moment: Float64
    constant: float

    def log_evidence(self, precision: Float64) -> float:
        """Log probability density of the rows under a prior of mean 0.

        Parameters
        ----------
        precision : array (p, p) float64
            Inverse of the prior covariance, positive definite.
        """
        factor = cho_factor(self.normal + precision, lower=True)
        prior = cho_factor(precision, lower=True)
        explained = float(self.moment @ cho_solve(factor, self.moment))
        ratio = _log_determinant(prior[0]) - _log_determinant(factor[0])
        return 0.5 * (explained - self.constant + ratio)

    def posterior(self, precision: Float64) -> tuple[Float64, Float64]:
        """Mean (p,) and covariance (p, p) of the unknowns under the same prior."""
        factor = cho_factor(self.normal + precision, lower=True)
        identity = np.eye(len(self.moment))
        return cho_solve(factor, self.moment), cho_solve(factor, identity)


def normal_equations(matrix: Float64, value: Float64, sigma: Float64) -> NormalEquations:
    """Add rows up.

    Parameters
    ----------
    matrix : array (m, p) float64
    value, sigma : arrays (m,) float64
        Rows and their standard deviations.
    """
    scaled, rows = matrix / sigma[:, None], value / sigma
    constant = float(rows @ rows + 2.0 * np.sum(np.log(sigma)) + len(sigma) * np.log(2 * np.pi))
    return NormalEquations(scaled.T @ scaled, scaled.T @ rows, constant)


def _log_determinant(triangle: Float64) -> float:
    return 2.0 * float(np.sum(np.log(np.diag(triangle))))
