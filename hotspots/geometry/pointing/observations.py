"""What ties the pointing of a visit: spots seen, limbs, places known to be hot.

One tie is a small record; all of a kind together add themselves to the normal equations,
each weighed by how well it fits what was found so far.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.pointing.normal import NormalEquations

__all__ = ["GroundTie", "Grounds", "LimbTie", "Limbs", "Sightings", "SpotTie"]

Float64 = NDArray[np.float64]

SPOT_SCALE, LIMB_SCALE, GROUND_SCALE = 2.5, 4.0, 2.0
"""Misses, in standard deviations, at which an observation has lost half its weight."""


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
class Sightings:
    """All sightings of spots, as arrays over them."""

    frame: NDArray[np.int64]
    spot: NDArray[np.int64]
    wanted: Float64
    ground: Float64
    sigma_px: Float64

    @classmethod
    def of(cls, ties: list[SpotTie], start: Float64) -> Self:
        """Gather ties whose residuals were taken at the offsets ``start`` (n, 2)."""
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
        """Add to the equations, weighed by the misses at an offset, a bias and shifts."""
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
class Limbs:
    """All limbs, as arrays over them."""

    frame: NDArray[np.int64]
    offset: Float64
    information: Float64

    @classmethod
    def of(cls, ties: list[LimbTie]) -> Self:
        """Gather ties."""
        return cls(
            np.array([t.frame for t in ties], dtype=np.int64),
            np.array([t.offset for t in ties]).reshape(-1, 2),
            np.linalg.inv(np.array([t.covariance for t in ties]).reshape(-1, 2, 2)),
        )

    def add_to(self, system: NormalEquations, offset: Float64, bias: Float64) -> None:
        """Add to the equations, weighed by the misses at an offset and a bias."""
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
class Grounds:
    """All known places, as arrays over them."""

    spot: NDArray[np.int64]
    shift_km: Float64
    sigma_km: Float64

    @classmethod
    def of(cls, ties: list[GroundTie]) -> Self:
        """Gather ties."""
        return cls(
            np.array([t.spot for t in ties], dtype=np.int64),
            np.array([t.shift_km for t in ties]).reshape(-1, 2),
            np.array([t.sigma_km for t in ties]),
        )

    def add_to(self, system: NormalEquations, shift: Float64) -> None:
        """Add to the equations, weighed by the misses at shifts of the spots."""
        miss = (self.shift_km - shift[self.spot]) / self.sigma_km[:, None]
        weight = _cauchy(np.sum(miss**2, axis=-1), GROUND_SCALE) / self.sigma_km**2
        np.add.at(system.spots, self.spot, weight[:, None, None] * np.eye(2))
        np.add.at(system.right_spots, self.spot, weight[:, None] * self.shift_km)


def _cauchy(squared: Float64, scale: float) -> Float64:
    """Weights of observations by their squared misses, in squared standard deviations."""
    return np.asarray(1.0 / (1.0 + squared / scale**2))
