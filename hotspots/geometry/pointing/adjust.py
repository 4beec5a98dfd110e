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
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.pointing.normal import NormalEquations

__all__ = ["Adjustment", "GroundTie", "LimbTie", "SpotTie", "VisitPrior", "adjust"]

Float64 = NDArray[np.float64]

SPOT_SCALE, LIMB_SCALE, GROUND_SCALE = 2.5, 4.0, 2.0
"""Misses, in standard deviations, at which an observation has lost half its weight."""

LEAST_ERROR_PX = 1e-4
"""Stands for no shared error of limbs or spots."""


@dataclass(frozen=True)
class SpotTie:
    """One spot seen in one frame: ``residual`` = seen - expected, (samples, lines), px.

    ``ground`` (2, 2) is the derivative of the expected pixel by km east and km north.
    """

    frame: int
    spot: int
    residual: Float64
    ground: Float64
    sigma_px: float


@dataclass(frozen=True)
class LimbTie:
    """Offset that a frame's limb asks for, with its covariance (2, 2) in squared pixels."""

    frame: int
    offset: Float64
    covariance: Float64


@dataclass(frozen=True)
class GroundTie:
    """A spot that should lie ``shift_km`` (east, north) from where it is now."""

    spot: int
    shift_km: Float64
    sigma_km: float


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
    seen, edges, known = _Sightings.of(spots, start), _Limbs.of(limbs), _Grounds.of(grounds)
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


@dataclass(frozen=True)
class _Sightings:
    frame: NDArray[np.int64]
    spot: NDArray[np.int64]
    wanted: Float64
    ground: Float64
    sigma_px: Float64

    @classmethod
    def of(cls, ties: list[SpotTie], start: Float64) -> Self:
        frame = np.array([t.frame for t in ties], dtype=np.int64)
        residual = np.array([t.residual for t in ties]).reshape(-1, 2)
        return cls(
            frame,
            np.array([t.spot for t in ties], dtype=np.int64),
            residual + start[frame],
            np.array([t.ground for t in ties]).reshape(-1, 2, 2),
            np.array([t.sigma_px for t in ties]),
        )

    def add_to(
        self, system: NormalEquations, offset: Float64, bias: Float64, shift: Float64
    ) -> None:
        moved = (self.ground @ shift[self.spot][..., None])[..., 0]
        miss = (self.wanted - offset[self.frame] - bias - moved) / self.sigma_px[:, None]
        weight = _cauchy(np.sum(miss**2, axis=-1), SPOT_SCALE) / self.sigma_px**2
        weighted = weight[:, None, None] * np.swapaxes(self.ground, 1, 2)
        axis = np.arange(2)
        own = 2 * self.frame[:, None] + axis
        shared = np.broadcast_to(len(system.right) - 2 + axis, own.shape)
        for row in (own, shared):
            np.add.at(system.right, row, weight[:, None] * self.wanted)
            for column in (own, shared):
                np.add.at(system.cameras, (row, column), weight[:, None])
            at = (self.spot[:, None, None], axis[None, :, None], row[:, None, :])
            np.add.at(system.cross, at, weighted)
        np.add.at(system.spots, self.spot, weighted @ self.ground)
        np.add.at(system.right_spots, self.spot, (weighted @ self.wanted[..., None])[..., 0])


@dataclass(frozen=True)
class _Limbs:
    frame: NDArray[np.int64]
    offset: Float64
    information: Float64

    @classmethod
    def of(cls, ties: list[LimbTie]) -> Self:
        return cls(
            np.array([t.frame for t in ties], dtype=np.int64),
            np.array([t.offset for t in ties]).reshape(-1, 2),
            np.linalg.inv(np.array([t.covariance for t in ties]).reshape(-1, 2, 2)),
        )

    def add_to(self, system: NormalEquations, offset: Float64, bias: Float64) -> None:
        miss = self.offset - offset[self.frame] - bias
        squared = np.einsum("ki,kij,kj->k", miss, self.information, miss)
        information = self.information * _cauchy(squared, LIMB_SCALE)[:, None, None]
        own = 2 * self.frame[:, None] + np.arange(2)
        shared = np.broadcast_to(len(system.right) - 4 + np.arange(2), own.shape)
        wanted = np.einsum("kij,kj->ki", information, self.offset)
        for row in (own, shared):
            np.add.at(system.right, row, wanted)
            for column in (own, shared):
                np.add.at(system.cameras, (row[:, :, None], column[:, None, :]), information)


@dataclass(frozen=True)
class _Grounds:
    spot: NDArray[np.int64]
    shift_km: Float64
    sigma_km: Float64

    @classmethod
    def of(cls, ties: list[GroundTie]) -> Self:
        return cls(
            np.array([t.spot for t in ties], dtype=np.int64),
            np.array([t.shift_km for t in ties]).reshape(-1, 2),
            np.array([t.sigma_km for t in ties]),
        )

    def add_to(self, system: NormalEquations, shift: Float64) -> None:
        miss = (self.shift_km - shift[self.spot]) / self.sigma_km[:, None]
        weight = _cauchy(np.sum(miss**2, axis=-1), GROUND_SCALE) / self.sigma_km**2
        np.add.at(system.spots, self.spot, weight[:, None, None] * np.eye(2))
        np.add.at(system.right_spots, self.spot, weight[:, None] * self.shift_km)


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


def _cauchy(squared: Float64, scale: float) -> Float64:
    """Weights of observations by their squared misses, in squared standard deviations."""
    return np.asarray(1.0 / (1.0 + squared / scale**2))
