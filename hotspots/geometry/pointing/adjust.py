r"""Bundle adjustment: the offsets of all frames and the places of all spots at once.

Unknowns are the offset :math:`o_i` of every frame (two angles in pixels), the offset
:math:`\mu` that the frames of a visit share, the errors :math:`b, c` that its limbs
and its spots share, and a shift of every spot on the ground (km east, km north).  What is
known about them:

* a spot seen at a pixel: :math:`z = \pi(P_j; o_i) + c`, where moving the pointing by one
  pixel moves the image by one pixel.  Without :math:`c` hundreds of spots would seem to fix
  the pointing by how perspective changes from frame to frame, to a hundredth of a pixel,
  which blended and undersampled spots cannot;
* a frame's limb is where it should be, off by :math:`o_i + b`, with its covariance;
* frames of a visit scatter about :math:`\mu` by a little (the mirror's or the spin
  phase's jitter), and :math:`\mu` is where such visits have been before;
* some spots are known places, to a dozen kilometres.

All are Gaussian but the spots and the known places, whose weights fall off (Cauchy), so
that a wrong match pulls no frame away.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.pointing.normal import NormalEquations
from hotspots.geometry.pointing.observations import (
    Grounds,
    GroundTie,
    Limbs,
    LimbTie,
    Sightings,
    SpotTie,
)

__all__ = ["Adjustment", "VisitPrior", "adjust"]

Float64 = NDArray[np.float64]

LEAST_ERROR_PX = 1e-4
"""Stands for no shared error of limbs or spots."""


@dataclass(frozen=True)
class VisitPrior:
    """What is known of the offset of a visit before looking.

    Parameters
    ----------
    offset : array (2,) float64
        Expected offset, px.
    sigma_px : array (2,) float64
        Scatter of visits about it, px.
    jitter_px : array (2,) float64
        Scatter of a visit's frames about the visit's own offset, px.
    limb_px, spot_px : float
        What all limbs, and the centroids of all spots, of the visit err by together, px, one
        standard deviation.
    """

    offset: Float64
    sigma_px: Float64
    jitter_px: Float64
    limb_px: float = 0.0
    spot_px: float = 0.0


@dataclass(frozen=True)
class Adjustment:
    """Solution of the bundle adjustment.

    Parameters
    ----------
    offset : array (n, 2) float64
        Offset of every frame, px.
    joint : array (n, 2, n, 2) float64
        Covariance of all offsets with each other, squared pixels.
    visit_offset : array (2,) float64
        Offset that the frames share, px.
    shift_km : array (s, 2) float64
        Shift of every spot, km east and north.
    """

    offset: Float64
    joint: Float64
    visit_offset: Float64
    shift_km: Float64

    @property
    def covariance(self) -> Float64:
        """Covariance (n, 2, 2) of every frame's offset, squared pixels."""
        frame = np.arange(len(self.offset))
        return self.joint[frame, :, frame, :]


def adjust(
    start: Float64,
    n_spots: int,
    spots: list[SpotTie],
    limbs: list[LimbTie],
    grounds: list[GroundTie],
    prior: VisitPrior,
    *,
    iterations: int = 8,
) -> Adjustment:
    """Solve for all offsets by iteratively reweighted least squares.

    Parameters
    ----------
    start : array (n, 2) float64
        Offsets at which the residuals of ``spots`` were taken, px.
    n_spots : int
        Number of spots on the ground.
    spots, limbs, grounds
        Observations.
    prior : VisitPrior
    iterations : int
        Rounds of reweighting.

    Returns
    -------
    Adjustment
    """
    frames = 2 * len(start)
    seen, edges, known = Sightings.of(spots, start), Limbs.of(limbs), Grounds.of(grounds)
    offset, shared = start.astype(np.float64), prior.offset.astype(np.float64)
    errors, shift = np.zeros(4), np.zeros((n_spots, 2))
    inverse = np.eye(frames + 6)
    for _ in range(iterations):
        system = NormalEquations.empty(len(start), n_spots)
        seen.add_to(system, offset, errors[2:], shift)
        edges.add_to(system, offset, errors[:2])
        known.add_to(system, shift)
        _add_prior(system, prior)
        inverse, solved, moved = system.solve()
        change = np.abs(solved - np.concatenate([offset.ravel(), shared, errors])).max()
        change = max(change, np.abs(moved - shift).max(initial=0.0))
        offset, shared, errors = solved[:frames].reshape(-1, 2), solved[frames:-4], solved[-4:]
        shift = moved
        if change < 1e-3:
            break
    joint = inverse[:frames, :frames].reshape(len(start), 2, len(start), 2)
    return Adjustment(offset, joint, shared, shift)


def _add_prior(system: NormalEquations, prior: VisitPrior) -> None:
    """Every frame near the visit's offset, that near the prior's, shared errors near 0."""
    shared = len(system.right) - 6
    for axis in range(2):
        jitter = 1.0 / prior.jitter_px[axis] ** 2
        frames = np.arange(axis, shared, 2)
        visit = shared + axis
        system.cameras[frames, frames] += jitter
        system.cameras[frames, visit] -= jitter
        system.cameras[visit, frames] -= jitter
        known = 1.0 / prior.sigma_px[axis] ** 2
        system.cameras[visit, visit] += jitter * len(frames) + known
        system.right[visit] += known * prior.offset[axis]
        for error, sigma in ((visit + 2, prior.limb_px), (visit + 4, prior.spot_px)):
            system.cameras[error, error] += 1.0 / max(sigma, LEAST_ERROR_PX) ** 2
