"""Bundle adjustment against a dense least-squares solution and cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.geometry.pointing.adjust import VisitPrior, adjust
from hotspots.geometry.pointing.observations import GroundTie, LimbTie, SpotTie

PRIOR = VisitPrior(np.array([3.0, -500.0]), np.array([1.0, 4.0]), np.array([0.5, 2.0]))


def test_prior_alone():
    solution = adjust(np.zeros((2, 2)), 0, [], [], [], PRIOR)
    np.testing.assert_allclose(solution.offset, [PRIOR.offset] * 2)
    np.testing.assert_allclose(solution.visit_offset, PRIOR.offset)
    np.testing.assert_allclose(solution.covariance, [np.diag([1.25, 20.0])] * 2)
    assert solution.shift_km.shape == (0, 2)


def test_limb_and_prior_by_hand():
    # One frame, along samples: limb at 5 +- 1, prior 3 +- sqrt(1 + 0.25).
    limb = LimbTie(0, np.array([5.0, -500.0]), np.eye(2))
    solution = adjust(np.zeros((1, 2)), 0, [], [limb], [], PRIOR)
    # its miss of 0.9 sigma costs it 1 / (1 + 0.9**2 / 16) of its weight
    offset = solution.offset[0, 0]
    weight = 1 / (1 + (5 - offset) ** 2 / 16)
    expected = (5 * weight + 3 / 1.25) / (weight + 1 / 1.25)
    assert offset == pytest.approx(expected, abs=1e-3)
    assert solution.covariance[0, 0, 0] == pytest.approx(1 / (weight + 1 / 1.25), rel=1e-3)


def test_spot_shared_with_a_limb_frame_carries_its_pointing():
    ground = np.array([[0.1, 0.0], [0.0, -0.1]])
    limb = LimbTie(0, np.array([3.0, -500.0]), 0.01 * np.eye(2))
    start = np.array([[3.0, -500.0], [3.0, -500.0]])
    ties = [SpotTie(0, k, np.zeros(2), ground, 0.1) for k in range(9)] + [
        SpotTie(1, k, np.array([0.4, -1.5]), ground, 0.1) for k in range(9)
    ]
    solution = adjust(start, 9, ties, [limb], [], PRIOR)
    np.testing.assert_allclose(solution.offset[1] - solution.offset[0], [0.4, -1.5], atol=0.01)
    # 0.1 px by the limb, 0.1 sqrt(2) / 3 px by nine spots seen twice
    assert np.sqrt(solution.covariance[1, 1, 1]) == pytest.approx(0.11, abs=0.01)


@pytest.mark.parametrize("kind", ["limb", "spot"])
def test_an_error_that_all_share_does_not_average_out(kind):
    """Twenty limbs, or spots tied to a limb, know no better than what they have in common."""
    prior = VisitPrior(PRIOR.offset, np.full(2, 50.0), np.full(2, 50.0), **{f"{kind}_px": 0.3})
    n = 20
    start = np.tile(PRIOR.offset, (n, 1))
    limbs = [LimbTie(i, start[i], 0.01 * np.eye(2)) for i in range(n)]
    if kind == "limb":
        solution = adjust(start, 0, [], limbs, [], prior)
        expected = np.hypot(0.3, 0.1)
    else:
        # perspective alone would fix the frames here: every spot is one known place
        ties = [SpotTie(i, 0, np.zeros(2), np.zeros((2, 2)), 0.01) for i in range(n)]
        solution = adjust(start, 1, ties, [], [], prior)
        expected = np.hypot(0.3, 0.01)
    np.testing.assert_allclose(np.sqrt(solution.covariance[:, 0, 0]), expected, rtol=0.02)
    apart = solution.joint[0, 0, 0, 0] + solution.joint[1, 0, 1, 0] - 2 * solution.joint[0, 0, 1, 0]
    assert np.sqrt(apart) < 0.5 * expected


def test_one_wrong_match_pulls_no_frame_away():
    ground = np.array([[0.1, 0.0], [0.0, -0.1]])
    start = np.array([[3.0, -500.0], [3.0, -500.0]])
    ties = [SpotTie(f, k, np.zeros(2), ground, 0.1) for k in range(6) for f in range(2)]
    ties += [SpotTie(0, 6, np.zeros(2), ground, 0.1), SpotTie(1, 6, np.full(2, 1.4), ground, 0.1)]
    solution = adjust(start, 7, ties, [], [], PRIOR)
    assert np.abs(solution.offset[1] - solution.offset[0]).max() < 0.05


def test_known_places_tie_the_visit_to_the_ground():
    ground = np.array([[0.1, 0.0], [0.0, -0.1]])
    start = np.array([[3.0, -500.0]] * 2)
    ties = [SpotTie(f, k, np.zeros(2), ground, 0.1) for k in range(16) for f in range(2)]
    known = [GroundTie(k, np.array([10.0, 20.0]), 12.0) for k in range(16)]
    solution = adjust(start, 16, ties, [], known, PRIOR)
    # All known places lie 10 km east and 20 km north: one pixel, minus two lines; 16 of them
    # know that to 0.3 px, the prior to some more.
    shift = solution.offset - start
    assert (shift[:, 0] < -0.7).all()
    assert (shift[:, 1] > 1.8).all()
    assert np.sqrt(solution.covariance[0].diagonal()) == pytest.approx([0.3, 0.3], rel=0.15)


def dense(start, n_spots, spots, limbs, grounds, prior):
    """The same problem as one linear system without weights that fall off."""
    n = len(start)
    size = 2 * n + 2 + 2 * n_spots
    rows, wanted = [], []

    def add(columns, values, target, sigma):
        row = np.zeros(size)
        row[columns] = values
        rows.append(row / sigma)
        wanted.append(target / sigma)

    for tie in spots:
        at = 2 * n + 2 + 2 * tie.spot
        for axis in range(2):
            target = tie.residual[axis] + start[tie.frame, axis]
            add([2 * tie.frame + axis, at, at + 1], [1, *tie.ground[axis]], target, tie.sigma_px)
    for limb in limbs:
        root = np.linalg.cholesky(np.linalg.inv(limb.covariance)).T
        for axis in range(2):
            add([2 * limb.frame, 2 * limb.frame + 1], root[axis], root[axis] @ limb.offset, 1.0)
    for known in grounds:
        for axis in range(2):
            add([2 * n + 2 + 2 * known.spot + axis], [1], known.shift_km[axis], known.sigma_km)
    for axis in range(2):
        for frame in range(n):
            add([2 * frame + axis, 2 * n + axis], [1, -1], 0.0, prior.jitter_px[axis])
        add([2 * n + axis], [1], prior.offset[axis], prior.sigma_px[axis])
    matrix = np.array(rows)
    return np.linalg.lstsq(matrix, np.array(wanted), rcond=None)[0], np.linalg.inv(
        matrix.T @ matrix
    )


@given(seed=st.integers(0, 10_000), n=st.integers(1, 4), n_spots=st.integers(1, 6))
@settings(max_examples=30)
def test_agrees_with_dense_least_squares_where_everything_fits(seed, n, n_spots):
    """Observations made from one truth: no weight falls off, both must find the truth."""
    rng = np.random.default_rng(seed)
    start = PRIOR.offset + rng.normal(0, 0.5, (n, 2))
    truth = np.tile(PRIOR.offset, (n, 1))
    shifts = np.zeros((n_spots, 2))
    spots = []
    for spot in range(n_spots):
        for frame in range(n):
            ground = rng.normal(0, 0.1, (2, 2))
            residual = truth[frame] - start[frame] + ground @ shifts[spot]
            spots.append(SpotTie(frame, spot, residual, ground, rng.uniform(0.1, 0.3)))
    limbs = [LimbTie(0, truth[0], np.array([[0.05, 0.02], [0.02, 0.3]]))]
    grounds = [GroundTie(s, shifts[s], 12.0) for s in range(n_spots)]
    solution = adjust(start, n_spots, spots, limbs, grounds, PRIOR)
    unknown, covariance = dense(start, n_spots, spots, limbs, grounds, PRIOR)
    np.testing.assert_allclose(solution.offset.ravel(), unknown[: 2 * n], atol=1e-5)
    np.testing.assert_allclose(solution.offset, truth, atol=1e-5)
    for frame in range(n):
        block = slice(2 * frame, 2 * frame + 2)
        np.testing.assert_allclose(
            solution.covariance[frame], covariance[block, block], rtol=1e-5, atol=1e-9
        )
