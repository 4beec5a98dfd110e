r"""Bundle adjustment: the offsets of all frames and the places of all spots at once.

Unknowns are the offset :math:`o_i` of every frame (two angles in pixels), the offset
:math:`\mu` that the frames of a visit share, and a shift of every spot on the ground
(km east, km north).  What is known about them:

* a spot seen at a pixel: :math:`z = \pi(P_j; o_i)`, where moving the pointing by one
  pixel moves the image by one pixel;
* a frame's limb, with its covariance;
* frames of a visit scatter about :math:`\mu` by a little (the mirror's or the spin
  phase's jitter), and :math:`\mu` is where such visits have been before;
* some spots are known places, to a dozen kilometres.

All are Gaussian but the spots and the known places, whose weights fall off (Cauchy), so
that a wrong match pulls no frame away.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Adjustment", "GroundTie", "LimbTie", "SpotTie", "VisitPrior", "adjust"]

Float64 = NDArray[np.float64]


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
    """

    offset: Float64
    sigma_px: Float64
    jitter_px: Float64


@dataclass(frozen=True)
class Adjustment:
    """Solution of the bundle adjustment.

    Parameters
    ----------
    offset : array (n, 2) float64
        Offset of every frame, px.
    covariance : array (n, 2, 2) float64
        Squared pixels.
    visit_offset : array (2,) float64
        Offset that the frames share, px.
    shift_km : array (s, 2) float64
        Shift of every spot, km east and north.
    """

    offset: Float64
    covariance: Float64
    visit_offset: Float64
    shift_km: Float64


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
    n_frames = len(start)
    size = 2 * n_frames + 2 + 2 * n_spots
    shared = 2 * n_frames
    ground = shared + 2
    unknown = np.zeros(size)
    unknown[:shared] = start.ravel()
    unknown[shared:ground] = prior.offset
    linear = unknown.copy()
    normal = np.eye(size)
    for _ in range(iterations):
        normal = 1e-12 * np.eye(size)
        right = np.zeros(size)

        def add(
            rows: NDArray[np.int64],
            design: Float64,
            wanted: Float64,
            information: Float64,
            into: tuple[Float64, Float64] = (normal, right),
        ) -> None:
            into[0][np.ix_(rows, rows)] += design.T @ information @ design
            into[1][rows] += design.T @ information @ wanted

        for tie in spots:
            rows = np.array(
                [2 * tie.frame, 2 * tie.frame + 1, ground + 2 * tie.spot, ground + 2 * tie.spot + 1]
            )
            design = np.hstack([np.eye(2), tie.ground])
            wanted = tie.residual + start[tie.frame]
            miss = (wanted - design @ unknown[rows]) / tie.sigma_px
            add(rows, design, wanted, np.eye(2) / tie.sigma_px**2 * _cauchy(miss, 2.5))
        for limb in limbs:
            rows = np.array([2 * limb.frame, 2 * limb.frame + 1])
            information = np.linalg.inv(limb.covariance)
            miss_limb = limb.offset - unknown[rows]
            distance = np.sqrt(max(miss_limb @ information @ miss_limb, 0.0))
            add(rows, np.eye(2), limb.offset, information * _cauchy(np.array([distance]), 4.0))
        for known in grounds:
            rows = np.array([ground + 2 * known.spot, ground + 2 * known.spot + 1])
            miss = (known.shift_km - unknown[rows]) / known.sigma_km
            add(rows, np.eye(2), known.shift_km, np.eye(2) / known.sigma_km**2 * _cauchy(miss, 2.0))
        jitter = np.diag(1.0 / prior.jitter_px**2)
        for frame in range(n_frames):
            rows = np.array([2 * frame, 2 * frame + 1, shared, shared + 1])
            add(rows, np.hstack([np.eye(2), -np.eye(2)]), np.zeros(2), jitter)
        rows = np.array([shared, shared + 1])
        add(rows, np.eye(2), prior.offset, np.diag(1.0 / prior.sigma_px**2))
        linear = np.linalg.solve(normal + 1e-9 * np.eye(size), right)
        if np.abs(linear - unknown).max() < 1e-3:
            unknown = linear
            break
        unknown = linear
    covariance = np.linalg.inv(normal + 1e-9 * np.eye(size))
    blocks = np.stack(
        [covariance[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] for i in range(n_frames)]
    ).reshape(n_frames, 2, 2)
    return Adjustment(
        offset=unknown[:shared].reshape(n_frames, 2),
        covariance=blocks,
        visit_offset=unknown[shared:ground],
        shift_km=unknown[ground:].reshape(n_spots, 2),
    )


def _cauchy(miss: Float64, scale: float) -> float:
    """Weight of an observation that misses by ``miss`` standard deviations."""
    return float(1.0 / (1.0 + np.sum(miss**2) / scale**2))
