"""Normal equations of a bundle adjustment, solved spot by spot.

No observation joins two spots, so their part of the matrix is one 2 x 2 block a spot and
they are eliminated first (Schur complement): what is left to invert has the size of the
frames, a few dozen, where the whole has hundreds.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["NormalEquations"]

Float64 = NDArray[np.float64]

RIDGE = 1e-9
"""Keeps the equations solvable where a spot is seen once and known nowhere."""


@dataclass(frozen=True)
class NormalEquations:
    """Sums that observations are added to, in place.

    Parameters
    ----------
    cameras : array (2 n + 6, 2 n + 6) float64
        Information on two angles a frame, then the two that the visit shares, then the
        errors that its limbs and its spots share.
    cross : array (s, 2, 2 n + 6) float64
        Information that ties spots to cameras.
    spots : array (s, 2, 2) float64
        Information on the place of each spot.
    right : array (2 n + 6,) float64
    right_spots : array (s, 2) float64
        Information times wanted values.
    """

    cameras: Float64
    cross: Float64
    spots: Float64
    right: Float64
    right_spots: Float64

    @classmethod
    def empty(cls, n_frames: int, n_spots: int) -> Self:
        """Equations that know nothing yet."""
        size = 2 * n_frames + 6
        return cls(
            RIDGE * np.eye(size),
            np.zeros((n_spots, 2, size)),
            np.tile(RIDGE * np.eye(2), (n_spots, 1, 1)),
            np.zeros(size),
            np.zeros((n_spots, 2)),
        )

    def solve(self) -> tuple[Float64, Float64, Float64]:
        """Least-squares solution.

        Returns
        -------
        covariance : array (2 n + 6, 2 n + 6) float64
            Of the cameras, whatever the spots are.
        cameras : array (2 n + 6,) float64
        spots : array (s, 2) float64
        """
        gain = np.linalg.solve(self.spots, self.cross)
        reduced = self.cameras - np.einsum("ska,skb->ab", self.cross, gain, optimize=True)
        right = self.right - np.einsum("ska,sk->a", gain, self.right_spots, optimize=True)
        inverse = np.linalg.inv(reduced)
        cameras = inverse @ right
        spots = np.linalg.solve(self.spots, self.right_spots[..., None])[..., 0] - gain @ cameras
        return inverse, cameras, spots
